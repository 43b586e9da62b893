//! A guide in a temporary folder, and what is built from it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant, SystemTime};

use tempfile::TempDir;

/// A guide, and beside it a folder for its site.
pub(crate) struct Guide {
    folder: TempDir,
}

/// A file as it was found: when it was written, and what is in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Found {
    pub(crate) written: SystemTime,
    pub(crate) bytes: Vec<u8>,
}

/// A folder's files, by their paths.
pub(crate) type Tree = BTreeMap<String, Found>;

/// What a run of the program ended with.
pub(crate) struct Ending {
    pub(crate) status: i32,
    /// Standard error.
    pub(crate) told: String,
    pub(crate) took: Duration,
}

impl Guide {
    /// A guide of these files, by their paths from its root.
    pub(crate) fn new(files: &[(&str, &str)]) -> Guide {
        let guide = Guide { folder: tempfile::tempdir().unwrap() };
        fs::create_dir(guide.root()).unwrap();
        for (path, text) in files {
            guide.write(path, text);
        }
        guide
    }

    pub(crate) fn root(&self) -> PathBuf {
        self.folder.path().join("guide")
    }

    pub(crate) fn site(&self) -> PathBuf {
        self.folder.path().join("site")
    }

    pub(crate) fn write(&self, path: &str, text: &str) {
        write(&self.root().join(path), text);
    }

    pub(crate) fn remove(&self, path: &str) {
        fs::remove_file(self.root().join(path)).unwrap();
    }

    /// Runs `boussole build`.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ending {
        let mut command = Command::new(env!("CARGO_BIN_EXE_boussole"));
        command.args(["build", "--date", "2026-03-01", "--root"]).arg(self.root());
        command.arg("--output").arg(self.site()).args(arguments);
        for name in ["LC_ALL", "LC_MESSAGES", "LANG", "SOURCE_DATE_EPOCH"] {
            command.env_remove(name);
        }
        run(&mut command)
    }

    /// Runs `boussole build`, which must succeed.
    pub(crate) fn build(&self) -> Tree {
        let ending = self.run(&[]);
        assert_eq!(ending.status, 0, "{}", ending.told);
        self.tree()
    }

    /// The files of the site.
    pub(crate) fn tree(&self) -> Tree {
        tree(&self.site())
    }

    /// A page of the site.
    pub(crate) fn page(&self, path: &str) -> String {
        fs::read_to_string(self.site().join(path)).unwrap()
    }
}

pub(crate) fn run(command: &mut Command) -> Ending {
    let started = Instant::now();
    let Output { status, stderr, .. } = command.stdin(Stdio::null()).output().unwrap();
    let told = String::from_utf8_lossy(&stderr).into_owned();
    let status = status.code().unwrap_or_else(|| panic!("stopped by a signal: {told}"));
    Ending { status, told, took: started.elapsed() }
}

pub(crate) fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// The files of `folder`.
pub(crate) fn tree(folder: &Path) -> Tree {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| !entry.file_type().is_dir());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
    files
        .map(|entry| {
            let written = entry.metadata().unwrap().modified().unwrap();
            (name(entry.path()), Found { written, bytes: fs::read(entry.path()).unwrap_or_default() })
        })
        .collect()
}

/// The files that are other, new or absent in `after`.
pub(crate) fn touched(before: &Tree, after: &Tree) -> Vec<String> {
    let paths = before.keys().chain(after.keys().filter(|path| !before.contains_key(*path)));
    let mut paths: Vec<String> = paths.filter(|path| before.get(*path) != after.get(*path)).cloned().collect();
    paths.sort();
    paths
}

/// What stands in `text` after the first `start` and before the next `end`.
pub(crate) fn between<'a>(text: &'a str, start: &str, end: &str) -> &'a str {
    let from = text.find(start).unwrap_or_else(|| panic!("no {start} in {text}")) + start.len();
    let to = text[from..].find(end).unwrap_or_else(|| panic!("no {end} after {start} in {text}"));
    &text[from..from + to]
}

/// HTML without its tags, each block on a line of its own as it is written.
pub(crate) fn bare(html: &str) -> String {
    let mut text = String::new();
    for piece in html.split('<').enumerate() {
        text.push_str(match piece {
            (0, piece) => piece,
            (_, piece) => piece.split_once('>').map_or("", |(_, after)| after),
        });
    }
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.join("\n")
}
