//! A build that is killed at any write, is refused any call, or finds the disk full, leaves a site in which every file is
//! old or new and every link reached from the home page leads to a file; and the next build completes. Killed where there was no
//! site yet, it may leave files cut short, but no home page.
//!
//! Needs `strace` and `prlimit`, which `bash tests/run tools` installs.
#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "the test makes guides and looks at what became of them")]
#![expect(clippy::print_stderr, reason = "what could not be checked is said")]
#![expect(clippy::unwrap_used, reason = "what surrounds a test fails it")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

type Tree = BTreeMap<String, Vec<u8>>;

/// What changes the disk. Each is a way to be killed at: a signal comes before the call does anything.
const WRITES: &str = "write,rename,renameat,renameat2,unlink,unlinkat,rmdir,mkdir,mkdirat,copy_file_range,sendfile";

/// Opening is what creates files; it cannot be told from opening to read.
const OPENS: &str = "openat";

const OLD: &[(&str, &str)] = &[
    ("guide.yaml", "title: Guide\nlang: fr\nsearch: false\n"),
    ("content/index.md", "# Guide\n\n[Un](un.md), [Deux](deux.md) et [Parti](dossier/parti.md).\n"),
    ("content/un.md", "# Un\n\nVers [Parti](dossier/parti.md).\n"),
    ("content/deux.md", "# Deux\n\nPareil.\n"),
    ("content/dossier/parti.md", "# Parti\n\nVers [Un](../un.md).\n"),
    ("content/dossier/plan.txt", "ancien plan"),
    ("static/CNAME", "exemple.org"),
];

const NEW: &[(&str, &str)] = &[
    ("guide.yaml", "title: Guide\nlang: fr\nsearch: false\n"),
    ("content/index.md", "# Guide\n\n[Un](un.md), [Deux](deux.md) et [Venu](venu/index.md).\n"),
    ("content/un.md", "# Un\n\nVers [Venu](venu/index.md), et plus long.\n"),
    ("content/deux.md", "# Deux\n\nPareil.\n"),
    ("content/venu/index.md", "# Venu\n\nVers [Un](../un.md).\n"),
    ("content/venu/plan.txt", "nouveau plan"),
    ("static/CNAME", "exemple.net"),
];

/// Two states of a guide, and the site that each makes in an empty folder.
struct Fixture {
    folder: TempDir,
    old: Tree,
    new: Tree,
}

impl Fixture {
    fn new() -> Fixture {
        Fixture::of(|_| {})
    }

    /// The two guides after `change` to the folder that they are in.
    fn of(change: impl FnOnce(&Path)) -> Fixture {
        let folder = TempDir::new().unwrap();
        for (guide, files) in [("old", OLD), ("new", NEW)] {
            for (path, text) in files {
                write(&folder.path().join(guide).join(path), text.as_bytes());
            }
        }
        change(folder.path());
        let mut fixture = Fixture { folder, old: Tree::new(), new: Tree::new() };
        fixture.old = fixture.clean("old");
        fixture.new = fixture.clean("new");
        assert_ne!(fixture.old, fixture.new);
        fixture
    }

    fn clean(&self, guide: &str) -> Tree {
        let site = self.folder.path().join(format!("{guide}-site"));
        assert_done(&self.build(guide, &site, &[]));
        assert_links_lead_somewhere(&tree(&site));
        tree(&site)
    }

    /// Builds `guide` into `site`, the command line after `before`.
    fn build(&self, guide: &str, site: &Path, before: &[&str]) -> Output {
        let program = env!("CARGO_BIN_EXE_boussole");
        let mut words = before.iter().copied().chain([program, "build", "--date", "2024-01-01"]);
        let mut command = Command::new(words.next().expect("there is at least the program"));
        command.args(words).arg("--root").arg(self.folder.path().join(guide)).arg("--output").arg(site);
        command.env("RAYON_NUM_THREADS", "1").stdin(Stdio::null()).output().unwrap()
    }

    /// What must hold of a site in which the build of the new guide was stopped.
    fn assert_old_or_new(&self, site: &Path, moment: &str) {
        let found = tree(site);
        for (path, bytes) in &found {
            let is_whole =
                path == ".boussole.json" || [&self.old, &self.new].iter().any(|tree| tree.get(path) == Some(bytes));
            let is_begun =
                !found.contains_key("index.html") && self.new.get(path).is_some_and(|new| new.starts_with(bytes));
            assert!(is_whole || is_begun || is_temporary(path), "{moment}: `{path}` is neither old nor new");
        }
        assert_links_lead_somewhere(&found);
    }

    /// What must hold after the next build.
    fn assert_completes(&self, site: &Path, moment: &str) {
        assert_done(&self.build("new", site, &[]));
        assert!(tree(site) == self.new, "{moment}: the next build left {:?}", names(site));
    }

    /// Kills the build at the first of `calls`, at the second … until it is done; how often it was killed.
    ///
    /// strace counts for each thread: `-f` reaches those of the workers, without it those of the main thread.
    fn kill_at_every(&self, calls: &str, threads: Option<&str>, start: &Tree) -> usize {
        let site = self.folder.path().join("site");
        for nth in 1.. {
            let moment = format!("{calls} number {nth}, {}", threads.unwrap_or("main thread"));
            restore(&site, start);
            let (trace, inject) = (format!("trace={calls}"), format!("inject={calls}:signal=KILL:when={nth}"));
            let strace = ["strace", "-qq", "-o", "/dev/null", "-e", &trace, "-e", &inject];
            let before: Vec<&str> = strace.into_iter().chain(threads).collect();
            let output = self.build("new", &site, &before);
            self.assert_old_or_new(&site, &moment);
            if output.status.success() {
                assert!(tree(&site) == self.new);
                return nth - 1;
            }
            assert_eq!(output.status.code(), None, "{moment}: {}", String::from_utf8_lossy(&output.stderr));
            self.assert_completes(&site, &moment);
        }
        unreachable!("a build comes to an end")
    }

    fn kill_everywhere(&self, start: &Tree) {
        for threads in [Some("-f"), None] {
            let deaths: usize = WRITES.split(',').map(|call| self.kill_at_every(call, threads, start)).sum();
            let opened = self.kill_at_every(OPENS, threads, start);
            assert!(deaths > 2 && opened > 0, "killed {deaths} times only: are these the calls that the system knows?");
        }
    }
}

#[test]
fn a_build_over_another_may_be_killed_at_any_moment() {
    need_tools();
    let fixture = Fixture::new();
    fixture.kill_everywhere(&fixture.old);
}

#[test]
fn a_first_build_may_be_killed_at_any_moment() {
    need_tools();
    Fixture::new().kill_everywhere(&Tree::new());
}

/// With pictures in other sizes, icons and a search index, all of which change; files that are renamed, and one that
/// becomes a folder.
#[test]
fn a_build_of_costly_files_may_be_killed_at_any_moment() {
    need_tools();
    let fixture = Fixture::of(|folder| {
        let images = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/images/guide/content");
        let picture = fs::read(images.join("Été 1.png")).unwrap();
        let logo = fs::read_to_string(images.join("logo.svg")).unwrap();
        for (guide, name, logo) in
            [("old", "avant", logo.clone()), ("new", "apres", logo.replace("<svg", "<svg id=\"a\""))]
        {
            let folder = folder.join(guide);
            let index = fs::read_to_string(folder.join("content/index.md")).unwrap();
            let index = format!("{index}\n![Une image]({name}.png)\n");
            write(&folder.join("content/index.md"), index.as_bytes());
            write(&folder.join(format!("content/{name}.png")), &picture);
            write(&folder.join("content/logo.svg"), logo.as_bytes());
            write(&folder.join("guide.yaml"), b"title: Guide\nlang: fr\nlogo: content/logo.svg\n");
        }
        write(&folder.join("old/static/place"), b"un fichier");
        write(&folder.join("new/static/place/dedans"), b"un dossier");
    });
    let calls = ["rename,renameat,renameat2", "unlink,unlinkat", "rmdir", "mkdir,mkdirat"];
    let deaths: usize = calls.iter().map(|calls| fixture.kill_at_every(calls, Some("-f"), &fixture.old)).sum();
    assert!(deaths > 20, "killed {deaths} times only");
}

/// What the disk may answer to each call: that a file is gone, that it is forbidden, that it is broken, that there is no
/// room. The third number is how many of them are let through between one that is refused and the next.
const REFUSALS: [(&str, &str, usize); 10] = [
    ("statx,newfstatat", "EIO", 3),
    ("openat", "ENOENT", 3),
    ("openat", "EMFILE", 4),
    ("read,pread64", "EIO", 3),
    ("getdents64", "EIO", 1),
    ("flock", "ENOLCK", 1),
    ("write", "ENOSPC", 2),
    ("rename,renameat,renameat2", "EACCES", 1),
    ("unlink,unlinkat,rmdir", "EACCES", 1),
    ("mkdir,mkdirat", "EIO", 1),
];

#[test]
fn any_call_may_be_refused_at_any_moment() {
    need_tools();
    let fixture = Fixture::new();
    let site = fixture.folder.path().join("site");
    for (calls, error, step) in REFUSALS {
        let mut refused = 0;
        // The program is loaded by such calls, too: where that fails it is not there to say anything.
        for nth in (1..).step_by(step) {
            let moment = format!("{calls} number {nth}: {error}");
            restore(&site, &fixture.old);
            let log = fixture.folder.path().join("log");
            let (trace, inject) = (format!("trace={calls}"), format!("inject={calls}:error={error}:when={nth}"));
            let strace = ["strace", "-f", "-qq", "-o", log.to_str().unwrap(), "-e", &trace, "-e", &inject];
            let output = fixture.build("new", &site, &strace);
            let words = String::from_utf8_lossy(&output.stderr);
            if !fs::read_to_string(&log).unwrap().contains("(INJECTED)") {
                assert!(tree(&site) == fixture.new, "{moment}: {words}");
                break;
            }
            refused += 1;
            assert!(!words.contains("panicked"), "{moment}: {words}");
            fixture.assert_old_or_new(&site, &moment);
            match output.status.code() {
                Some(0) => assert!(tree(&site) == fixture.new, "{moment}: {words}"),
                Some(1..=3) => assert!(words.contains("erreur"), "{moment}: {words}"),
                Some(127) => assert!(words.contains("shared librar"), "{moment}: {words}"),
                status => panic!("{moment}: {status:?}: {words}"),
            }
            if tree(&site) != fixture.old {
                fixture.assert_completes(&site, &moment);
            }
        }
        assert!(refused > 0, "{calls}: are these the calls that the system knows?");
    }
}

#[test]
fn a_file_may_be_too_large_for_the_disk() {
    need_tools();
    let fixture = Fixture::new();
    let site = fixture.folder.path().join("site");
    let largest = fixture.new.values().map(Vec::len).max().unwrap_or(0);
    for start in [&fixture.old, &Tree::new()] {
        for limit in [0, 8, 64, largest / 4, largest / 2, largest - 1] {
            restore(&site, start);
            let limit = format!("prlimit --fsize={limit} \"$@\"");
            let output = fixture.build("new", &site, &["sh", "-c", &limit, "sh"]);
            if tree(&site) != fixture.new {
                assert_no_space(&output, &limit);
            }
            fixture.assert_old_or_new(&site, &limit);
            fixture.assert_completes(&site, &limit);
        }
    }
}

#[test]
fn the_disk_may_be_full() {
    let disk = TempDir::new().unwrap();
    let Some(_mounted) = Mounted::at(disk.path()) else {
        eprintln!("a small disk cannot be mounted here; the limit on the size of files stands for it");
        return;
    };
    let fixture = Fixture::new();
    let site = disk.path().join("site");
    let mut refusals = 0;
    for start in [&fixture.old, &Tree::new()] {
        for pages in 0..24 {
            restore(&site, start);
            fill(disk.path(), pages);
            let output = fixture.build("new", &site, &[]);
            let moment = format!("{pages} pages left");
            fixture.assert_old_or_new(&site, &moment);
            if tree(&site) != fixture.new {
                assert_no_space(&output, &moment);
                assert!(names(&site).iter().all(|name| !is_temporary(name)), "{moment}: {:?}", names(&site));
                refusals += 1;
            }
            fs::remove_file(disk.path().join("ballast")).unwrap();
            fixture.assert_completes(&site, &moment);
        }
    }
    assert!(refusals > 4, "the disk was full {refusals} times only");
}

/// A disk of 8 MiB, until it is dropped.
struct Mounted<'a>(&'a Path);

impl Mounted<'_> {
    fn at(folder: &Path) -> Option<Mounted<'_>> {
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=8m", "tmpfs"]).arg(folder).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then_some(Mounted(folder))
    }
}

impl Drop for Mounted<'_> {
    fn drop(&mut self) {
        let unmounted = Command::new("umount").arg(self.0).status();
        assert!(std::thread::panicking() || unmounted.is_ok_and(|status| status.success()));
    }
}

/// Leaves `pages` times 4 KiB of the disk free.
fn fill(disk: &Path, pages: usize) {
    use std::io::Write;

    let path = disk.join("ballast");
    let mut ballast = fs::File::create(&path).unwrap();
    while ballast.write_all(&[1; 4096]).is_ok() {}
    let full = ballast.metadata().unwrap().len() / 4096;
    ballast.set_len((full - pages as u64) * 4096).unwrap();
}

/// Fails where the tools that make a build's life hard are absent.
fn need_tools() {
    let kill = ["-qq", "-o", "/dev/null", "-e", "trace=execve", "true"];
    let runs =
        |program: &str, words: &[&str]| Command::new(program).args(words).status().is_ok_and(|status| status.success());
    assert!(runs("strace", &kill), "`strace` is needed here: run `bash tests/run tools`");
    assert!(runs("prlimit", &["--fsize=100", "true"]), "`prlimit` is needed here");
}

fn assert_done(output: &Output) {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn assert_no_space(output: &Output, moment: &str) {
    let words = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{moment}: {words}");
    assert!(!words.trim().is_empty(), "{moment}: nothing was said");
}

/// Follows the links from the home page, where there is one; all must lead to a file of `site`.
fn assert_links_lead_somewhere(site: &Tree) {
    let mut reached = BTreeSet::new();
    let mut next: Vec<String> = site.contains_key("index.html").then(|| "index.html".to_owned()).into_iter().collect();
    while let Some(path) = next.pop() {
        if !reached.insert(path.clone()) || !path.ends_with(".html") {
            continue;
        }
        let page = String::from_utf8_lossy(&site[&path]);
        for link in links(&page) {
            assert!(site.contains_key(&link), "`{path}` leads to `{link}`, which is absent");
            next.push(link);
        }
    }
    assert!(!site.contains_key("index.html") || reached.len() > 3, "the home page leads nowhere: {reached:?}");
}

/// The files of the site that `page` leads to.
fn links(page: &str) -> Vec<String> {
    let mut links = Vec::new();
    for attribute in ["href=\"/", "src=\"/"] {
        for rest in page.split(attribute).skip(1).filter(|rest| !rest.starts_with('/')) {
            let address = rest.split(['"', '#', '?']).next().unwrap_or("");
            let is_folder = address.is_empty() || address.ends_with('/');
            links.push(if is_folder { format!("{address}index.html") } else { address.to_owned() });
        }
    }
    links
}

fn is_temporary(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.starts_with('.') && name.ends_with(".boussole")
}

fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}

/// Makes `site` what `start` is; absent where that is empty.
fn restore(site: &Path, start: &Tree) {
    if site.exists() {
        fs::remove_dir_all(site).unwrap();
    }
    for (path, bytes) in start {
        write(&site.join(path), bytes);
    }
}

fn names(site: &Path) -> Vec<String> {
    tree(site).into_keys().collect()
}

/// The files in `folder`, by their paths.
fn tree(folder: &Path) -> Tree {
    let files =
        walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok).filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
    files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap())).collect()
}
