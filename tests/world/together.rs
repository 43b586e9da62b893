//! Several builds at once in one folder: one after the other, whoever comes first.

use std::fs::File;
use std::process::{Child, Stdio};
use std::time::Duration;

use crate::{Guide, build, build_into, ending, files, in_peace, sound, works};

fn start(guide: &Guide) -> Child {
    build(guide, &[]).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
}

/// Another guide, which is to be built into the same folder.
fn other() -> Guide {
    let guide = sound();
    guide.write("content/index.md", "# Autre accueil\n\nVoir [trois](trois.md).\n");
    guide.write("content/trois.md", "# Trois\n");
    guide.remove("content/partie/plan.txt");
    guide
}

#[test]
fn builds_of_one_guide_may_come_at_once() {
    let guide = sound();
    let whole = in_peace(&guide);
    for _ in 0..3 {
        let builds: Vec<Child> = (0..4).map(|_| start(&guide)).collect();
        for build in builds {
            let output = build.wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        }
        assert!(files(&guide) == whole);
        std::fs::remove_dir_all(guide.site()).unwrap();
    }
}

#[test]
fn builds_of_two_guides_may_come_at_once() {
    let (one, two) = (sound(), other());
    let wholes = [in_peace(&one), in_peace(&two)];
    for round in 0..3 {
        let builds: Vec<Child> = (0..4)
            .map(|turn| build_into(&one.site(), if turn % 2 == 0 { &one } else { &two }, &[]))
            .map(|mut command| command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap())
            .collect();
        for build in builds {
            let output = build.wait_with_output().unwrap();
            assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        }
        assert!(wholes.contains(&files(&one)), "round {round}: it is neither guide's site");
    }
}

/// As Ctrl-C and `kill` do, before a file takes its place.
#[test]
fn a_build_may_be_stopped_by_hand() {
    let guide = sound();
    guide.build();
    guide.write("content/partie/un.md", "# Un\n\nAutrement.\n");
    let new = in_peace(&guide);
    for signal in ["INT", "TERM", "HUP", "QUIT"] {
        // Whatever whoever runs the tests has done to its own.
        let (default, inject) =
            (format!("--default-signal={signal}"), format!("inject=rename,renameat,renameat2:signal={signal}"));
        let before = ["env", &default, "strace", "-f", "-qq", "-o", "/dev/null", "-e", &inject];
        let (status, told) = ending(&mut build(&guide, &before));
        assert!(status != Some(0), "{signal}: {told}");
        let page = guide.page("partie/un/index.html");
        assert!(page.contains("Le premier.") && !page.contains("Autrement."), "{signal}");
    }
    guide.build();
    assert!(files(&guide) == new);
}

#[test]
fn whoever_waits_builds_what_is_there_then() {
    let guide = sound();
    guide.build();
    let site = File::open(guide.site()).unwrap();
    site.lock().unwrap();
    let waiting = start(&guide);
    // It waits once it has the folder open a second time, to ask for the lock; until then it reads.
    let is_asking = || {
        let children =
            std::fs::read_to_string(format!("/proc/{0}/task/{0}/children", waiting.id())).unwrap_or_default();
        let child = children.split_whitespace().next().unwrap_or_default().to_owned();
        let folders = std::fs::read_dir(format!("/proc/{child}/fd")).into_iter().flatten().flatten();
        folders.filter_map(|fd| std::fs::read_link(fd.path()).ok()).any(|path| path == guide.site())
    };
    while !is_asking() {
        std::thread::sleep(Duration::from_millis(1));
    }
    guide.write("content/partie/un.md", "# Un\n\nÉcrit pendant l’attente.\n");
    site.unlock().unwrap();
    let output = waiting.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(files(&guide) == in_peace(&guide));
}

#[test]
fn files_may_come_and_go_while_git_is_heard() {
    let guide = sound();
    let git = "#!/bin/sh\ncd \"${0%/bin/git}/content\" && rm -f parti.md && echo '# Venu' > venu.md\nexit 128\n";
    guide.write("bin/git", git);
    assert!(works(&["chmod", "+x", guide.root().join("bin/git").to_str().unwrap()]));
    let path = format!("{}:{}", guide.root().join("bin").display(), std::env::var("PATH").unwrap());
    let heard = || {
        guide.write("content/parti.md", "# Parti\n");
        guide.write(".git", "");
        let (status, told) = ending(build(&guide, &[]).env("PATH", &path));
        assert_eq!(status, Some(0), "{told}");
        assert!(!guide.root().join("content/parti.md").exists(), "git was not heard");
        guide.remove(".git");
    };
    heard();
    // Over a site in which nothing was found, so that there may be nothing to do.
    guide.build();
    heard();
    let site = guide.tree();
    assert!(site.contains_key("venu/index.html") && !site.contains_key("parti/index.html"));
}

#[test]
fn nobody_waits_for_ever() {
    let guide = sound();
    let before = guide.build();
    guide.write("content/partie/un.md", "# Un\n\nAutrement.\n");
    let site = File::open(guide.site()).unwrap();
    site.lock().unwrap();
    let (status, told) = ending(&mut build(&guide, &[]));
    assert_eq!(status, Some(3), "{told}");
    let folder = guide.site();
    assert_eq!(
        told.replace('\u{a0}', " "),
        format!(
            "erreur : Boussole fabrique déjà un site dans `{}`, depuis un autre programme ou une autre fenêtre\n  aide : attendez que ce soit fini, puis recommencez\n",
            folder.display()
        )
    );
    assert_eq!(guide.tree(), before);
    drop(site);
    guide.build();
    assert!(files(&guide) == in_peace(&guide));
}
