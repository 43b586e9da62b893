//! What stands where something is read or written: anything.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;

use crate::{Guide, build, ending, files, in_peace, sound, works};

/// Makes something at a path.
type Make<'a> = &'a dyn Fn(&Path);

fn pipe(path: &Path) {
    assert!(works(&["mkfifo", path.to_str().unwrap()]));
}

#[test]
fn pipes_sockets_and_devices_are_not_waited_for() {
    let guide = sound();
    let site = guide.build();
    let socket = |path: &Path| drop(UnixListener::bind(path).unwrap());
    let endless = |path: &Path| symlink("/dev/zero", path).unwrap();
    let kinds: [(Make<'_>, &str); 3] = [(&pipe, "unreadable"), (&socket, "unreadable"), (&endless, "outside-link")];
    for path in ["content/x.md", "content/x.png", "static/x", "guide.yaml", "themes/boussole/theme.yaml"] {
        for (make, code) in kinds {
            let place = guide.root().join(path);
            fs::create_dir_all(place.parent().unwrap()).unwrap();
            let before = fs::read(&place).ok();
            drop(fs::remove_file(&place));
            make(&place);
            let (status, told) = ending(&mut build(&guide, &[]));
            assert_eq!(status, Some(1), "{path}: {told}");
            assert!(told.contains(&format!("erreur[{code}]")) && told.contains(path), "{path}: {told}");
            assert_eq!(guide.tree(), site);
            fs::remove_file(&place).unwrap();
            before.into_iter().for_each(|bytes| fs::write(&place, bytes).unwrap());
        }
    }
}

#[test]
fn anything_may_stand_where_the_site_is_to_be() {
    let guide = sound();
    let whole = in_peace(&guide);
    let site = guide.site();
    let cases: [(&dyn Fn(), &str); 5] = [
        (&|| fs::write(&site, "").unwrap(), "un fichier occupe la place d’un dossier"),
        (&|| pipe(&site), "un fichier occupe la place d’un dossier"),
        (&|| symlink("/dev/null", &site).unwrap(), "un fichier occupe la place d’un dossier"),
        (&|| symlink("nulle-part", &site).unwrap(), "` ne mène nulle part"),
        (&|| symlink(&site, &site).unwrap(), "` ne mène nulle part"),
    ];
    for (make, words) in cases {
        make();
        let (status, told) = ending(&mut build(&guide, &[]));
        assert_eq!(status, Some(3), "{told}");
        assert!(told.contains(words) && told.contains(site.to_str().unwrap()), "{told}");
        fs::remove_file(&site).unwrap();
    }
    let elsewhere = tempfile::tempdir().unwrap();
    symlink(elsewhere.path(), &site).unwrap();
    guide.build();
    let tree = crate::guide::tree(elsewhere.path());
    let found: Vec<_> = tree.into_iter().map(|(path, file)| (path, file.bytes)).collect();
    assert!(found == whole, "a link that leads to a folder is followed");
}

#[test]
fn a_manifest_may_be_damaged_or_hostile() {
    let guide = sound();
    guide.build();
    let whole = files(&guide);
    let manifest = guide.site().join(".boussole.json");
    let sealed = fs::read_to_string(&manifest).unwrap();
    let deep = "[".repeat(1 << 20);
    for damaged in ["", "{", "null", &sealed[..300], &sealed.replacen("\"version\": 2", "\"version\": 3", 1), &deep] {
        fs::write(&manifest, damaged).unwrap();
        let before = files(&guide);
        let (status, told) = ending(&mut build(&guide, &[]));
        assert_eq!(status, Some(2), "{told}");
        assert!(
            told.contains("est abîmé ou vient d’une autre version") && told.contains("supprimez ce dossier"),
            "{told}"
        );
        assert!(files(&guide) == before);
    }
    // Longer than any that was ever written, and than memory.
    fs::File::create(&manifest).unwrap().set_len(1 << 40).unwrap();
    assert_eq!(ending(&mut build(&guide, &[])).0, Some(2));
    fs::remove_file(&manifest).unwrap();
    pipe(&manifest);
    assert_eq!(ending(&mut build(&guide, &[])).0, Some(2), "it is nothing that was written");
    fs::remove_file(&manifest).unwrap();
    for victim in
        ["../victim.txt", "partie/../../victim.txt", "/victim.txt", "..\\victim.txt", "a//victim.txt", "victim.txt/"]
    {
        let named = format!("\"files\": {{\n    {}: \"\",", serde_json::to_string(victim).unwrap());
        let hostile =
            sealed.replacen("\"files\": {", &named, 1).replacen("\"complete\": true", "\"complete\": false", 1);
        fs::write(&manifest, hostile).unwrap();
        let outside = guide.root().parent().unwrap().join("victim.txt");
        fs::write(&outside, "à moi").unwrap();
        guide.build();
        assert_eq!(fs::read_to_string(&outside).unwrap(), "à moi", "{victim}");
        assert!(files(&guide) == whole, "{victim}");
    }
}

#[test]
fn names_may_be_as_long_as_the_system_allows() {
    let guide = sound();
    let (page, file) = (format!("content/{}.md", "a".repeat(252)), format!("content/{}.txt", "é".repeat(125)));
    guide.write(&page, "# Longue\n");
    guide.write(&file, "un");
    guide.build();
    guide.write(&file, "deux");
    guide.build();
    assert!(files(&guide) == in_peace(&guide));
    let there = guide.site().join(file.strip_prefix("content/").unwrap());
    assert_eq!(fs::read_to_string(there).unwrap(), "deux");
}

/// The system takes paths of 4,095 bytes, and those of the site are longer than those of its sources.
#[test]
fn a_path_may_be_too_long_for_the_site() {
    let guide = sound();
    let old = guide.build();
    let mut folder = guide.root().join("content");
    while folder.as_os_str().len() < 3_900 {
        folder.push("p".repeat(150));
    }
    folder.push("p".repeat(4_085 - folder.as_os_str().len()));
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("a.md"), "# Au fond\n").unwrap();
    let (status, told) = ending(&mut build(&guide, &[]));
    assert_eq!(status, Some(3), "{}", told.get(..2_000).unwrap_or(&told));
    assert!(told.contains("le système n’accepte pas le nom") && told.contains("donnez un nom plus court"), "{told}");
    for (path, file) in &old {
        let found = fs::read(guide.site().join(path)).unwrap();
        let is_changed = found != file.bytes;
        assert!(!is_changed || path == ".boussole.json", "`{path}` was changed");
    }
    fs::remove_dir_all(guide.root().join("content").join("p".repeat(150))).unwrap();
    guide.build();
    assert!(files(&guide) == in_peace(&guide));
}

#[test]
fn names_that_are_no_text_are_told_in_the_guide_and_taken_around_it() {
    let guide = sound();
    let strange = OsStr::from_bytes(b"\xffx");
    let whole = in_peace(&guide);
    let around = guide.root().parent().unwrap().join(strange);
    fs::create_dir(&around).unwrap();
    fs::rename(guide.root(), around.join("guide")).unwrap();
    let mut command = std::process::Command::new(crate::PROGRAM);
    command.args(["build", "--date", "2026-03-01", "--root"]).arg(around.join("guide"));
    command.arg("--output").arg(around.join("site"));
    assert_eq!(ending(&mut command).0, Some(0));
    let tree = crate::guide::tree(&around.join("site"));
    assert!(tree.into_iter().map(|(path, file)| (path, file.bytes)).collect::<Vec<_>>() == whole);
    fs::write(around.join("guide/content").join(strange), "").unwrap();
    let (status, told) = ending(&mut command);
    assert_eq!(status, Some(1), "{told}");
    assert!(told.contains("contient un caractère que Boussole ne peut pas lire"), "{told}");
}

/// What other commands write is whole or not there, so that they can be given again once there is room.
#[test]
fn no_command_leaves_half_a_file() {
    let guide = sound();
    // The last limits let some of the files be written before one cannot be.
    let commands: [(&[&str], &[u64]); 5] = [
        (&["new", "rôle", "Essai"], &[0, 20]),
        (&["init", "nouveau"], &[0, 20, 300]),
        (&["theme", "eject"], &[0, 20, 4_000]),
        (&["schema", "--output", "schemas"], &[0, 20]),
        (&["report", "--html", "rapport.html"], &[0, 20, 4_000]),
    ];
    for (words, limits) in commands {
        let before = crate::guide::tree(&guide.root());
        let run = |limit: &[&str]| {
            let mut command = std::process::Command::new("prlimit");
            let limit = if limit.is_empty() { &["--core=0"] } else { limit };
            command.args(limit).arg(crate::PROGRAM).args(words).current_dir(guide.root());
            command.stdout(std::process::Stdio::null());
            ending(&mut command)
        };
        for bytes in limits {
            let (status, told) = run(&[&format!("--fsize={bytes}")]);
            assert_eq!(status, Some(3), "{words:?} {bytes}: {told}");
            assert!(crate::guide::tree(&guide.root()) == before, "{words:?} {bytes}: {told}");
        }
        assert_eq!(run(&[]).0, Some(0), "{words:?}");
    }
}

/// A guide on one disk and its site on another, of which a part is on a third.
#[test]
fn the_site_may_be_on_other_disks() {
    let guide: Guide = sound();
    let memory = Path::new("/dev/shm");
    assert!(memory.is_dir(), "every Linux has it");
    let elsewhere = tempfile::tempdir_in(memory).unwrap();
    symlink(elsewhere.path(), guide.site()).unwrap();
    guide.build();
    guide.write("content/partie/un.md", "# Un\n\nAutrement.\n");
    guide.build();
    let site = crate::guide::tree(elsewhere.path());
    assert!(site.into_iter().map(|(path, file)| (path, file.bytes)).collect::<Vec<_>>() == in_peace(&guide));
}
