//! What the world does to a build: it refuses, vanishes, runs out, or has other builds in it. A build says so in words
//! and by its exit status, never panics, never waits for ever, leaves a site that works, and the next one completes.
//!
//! What is killed or refused at any moment, and full disks, are in `tests/interrupted.rs`. Needs `strace`, which
//! `bash tests/run tools` installs, and `setpriv` and `prlimit`, which every Linux has.
#![cfg(target_os = "linux")]
#![expect(clippy::disallowed_methods, reason = "the tests make guides and look at what became of them")]
#![expect(clippy::unwrap_used, reason = "what surrounds a test fails it")]

#[path = "../site/guide.rs"]
#[expect(dead_code, reason = "not all of it is of use here")]
mod guide;
mod limits;
mod places;
mod rights;
mod streams;
mod together;

use std::path::Path;
use std::process::{Command, Output, Stdio};

use guide::Guide;

const PROGRAM: &str = env!("CARGO_BIN_EXE_boussole");

const YAML: &str = "title: Guide\nbase_url: https://exemple.org/\nsearch: false\n";

/// A guide without a fault.
fn sound() -> Guide {
    Guide::new(&[
        ("guide.yaml", YAML),
        ("content/index.md", "# Accueil\n\nVoir [un](partie/un.md) et [deux](partie/deux.md).\n"),
        ("content/partie/index.md", "# Partie\n"),
        ("content/partie/un.md", "# Un\n\nLe premier.\n"),
        ("content/partie/deux.md", "# Deux\n\nLe second.\n"),
        ("content/partie/plan.txt", "un plan"),
    ])
}

/// The command `boussole build` of that guide, after the words `before`, which may run it in some other way. It is
/// stopped where it does not end by itself.
fn build(guide: &Guide, before: &[&str]) -> Command {
    build_into(&guide.site(), guide, before)
}

/// The same, into the folder `site`.
fn build_into(site: &Path, guide: &Guide, before: &[&str]) -> Command {
    let mut command = Command::new("timeout");
    command.args(["--signal=KILL", "120"]).args(before).args([PROGRAM, "build", "--date", "2026-03-01", "--root"]);
    command.arg(guide.root()).arg("--output").arg(site);
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "SOURCE_DATE_EPOCH"] {
        command.env_remove(name);
    }
    command
}

/// Its exit status, and what it told.
fn ending(command: &mut Command) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = command.stdin(Stdio::null()).output().unwrap();
    let told = String::from_utf8_lossy(&stderr).into_owned();
    assert!(!told.contains("panicked"), "{told}");
    (status.code(), told)
}

/// The files of the site with what is in them; nothing where there is no site.
fn files(guide: &Guide) -> Vec<(String, Vec<u8>)> {
    guide.tree().into_iter().map(|(path, file)| (path, file.bytes)).collect()
}

/// Another guide of the same files, built in peace.
fn in_peace(guide: &Guide) -> Vec<(String, Vec<u8>)> {
    let other = Guide::new(&[]);
    let copied = Command::new("cp").arg("-r").arg(guide.root().join(".")).arg(other.root()).status().unwrap();
    assert!(copied.success());
    other.build();
    files(&other)
}

/// Whether the program that `words` begin with is there and does what they say.
fn works(words: &[&str]) -> bool {
    let mut command = Command::new(words[0]);
    command.args(&words[1..]).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
