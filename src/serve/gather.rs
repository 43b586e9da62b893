//! Events of the disk, gathered until they stop: what they say has changed.
//!
//! Events are only a hint that something happened. What it was is decided when they have stopped, by what is on the
//! disk then and what the last build knew, so that it does not matter by which steps an editor saves.

use std::collections::BTreeSet;
use std::io;
use std::path::{Path, PathBuf};

use notify::event::{EventKind, ModifyKind, RenameMode};
use notify::{ErrorKind, Event, Result};

use crate::pipeline::Changed;

/// The folders of sources below the root.
pub(super) const TREES: [&str; 3] = ["content", "static", "themes"];

/// What happened since the last build.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Gathered {
    /// Below the root.
    paths: BTreeSet<PathBuf>,
    /// From where to where, below the root.
    moves: Vec<(String, String)>,
    /// Events were lost, or something happened elsewhere.
    lost: bool,
}

/// What changed, once events have stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Changes {
    /// What is to be built again.
    pub(super) changed: Changed,
    /// What was renamed: from where to where, below the root.
    pub(super) moves: Vec<(String, String)>,
    /// What is to be told of it: paths below the root.
    pub(super) paths: Vec<PathBuf>,
    /// Whether the folders of sources themselves came, went, or may be others.
    pub(super) trees: bool,
}

/// What a path is on the disk.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OnDisk {
    /// Nothing.
    Absent,
    /// A plain file.
    File,
    /// A folder, a symbolic link, or something else.
    Other,
}

/// What the last build knew a path as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Known {
    /// It did not know it.
    Not,
    /// As a file.
    File,
    /// As a folder with files in it.
    Folder,
    /// As a file, perhaps: that has the same name in other bytes.
    Otherwise,
}

/// What gathered paths are looked up in.
pub(super) trait Ground {
    /// What is at `path`, below the root.
    fn on_disk(&self, path: &Path) -> OnDisk;
    /// What the last build knew at `path`.
    fn known(&self, path: &Path) -> Known;
}

impl Changes {
    /// Nothing is known.
    pub(super) fn anything() -> Changes {
        Changes { changed: Changed::Anything, moves: Vec::new(), paths: Vec::new(), trees: true }
    }
}

impl Gathered {
    /// Takes an event in; whether it can matter to the guide at `root`.
    pub(super) fn add(&mut self, root: &Path, event: Result<Event>) -> bool {
        let event = match event {
            Ok(event) if event.need_rescan() => return self.lose(),
            Ok(event) => event,
            // What has gone in the meantime is told of otherwise, too.
            Err(error) if is_gone(&error) => return false,
            Err(_) => return self.lose(),
        };
        if matches!(event.kind, EventKind::Access(_)) {
            return false;
        }
        let mut matters = false;
        for path in &event.paths {
            match path.strip_prefix(root) {
                Ok(below) if is_source(below) => {
                    self.paths.insert(below.to_owned());
                    matters = true;
                }
                // The root is watched for what is in itself only: this is what a symbolic link leads to.
                Ok(below) if is_elsewhere(below) && !is_temporary(&name(path)) => matters = self.lose(),
                Err(_) if !is_temporary(&name(path)) => matters = self.lose(),
                _ => {}
            }
        }
        if let (EventKind::Modify(ModifyKind::Name(RenameMode::Both)), [from, to]) = (event.kind, &*event.paths) {
            self.moves.extend(below(root, from).zip(below(root, to)));
        }
        matters
    }

    fn lose(&mut self) -> bool {
        self.lost = true;
        true
    }

    /// What changed; `None` where nothing did: a temporary file that came and went.
    pub(super) fn settle(&self, ground: &dyn Ground) -> Option<Changes> {
        let trees = self.lost || self.paths.iter().any(|path| TREES.iter().any(|tree| path == Path::new(tree)));
        let (mut files, mut anything) = (Vec::new(), trees);
        let mut paths = Vec::new();
        for path in &self.paths {
            match (ground.known(path), ground.on_disk(path)) {
                (Known::Not, OnDisk::Absent) => continue,
                (Known::Not, _) if is_temporary(&name(path)) => continue,
                (Known::File, OnDisk::File) => files.push(path.clone()),
                _ => anything = true,
            }
            paths.push(path.clone());
        }
        let changed = match anything {
            true => Changed::Anything,
            false if files.is_empty() => return None,
            false => Changed::Files(files),
        };
        Some(Changes { changed, moves: self.moves.clone(), paths, trees })
    }

    /// How many paths something happened to.
    pub(super) fn len(&self) -> usize {
        self.paths.len()
    }

    /// Whether all that happened is an editor's own: nobody needs to wait for it.
    pub(super) fn is_temporary(&self, ground: &dyn Ground) -> bool {
        !self.lost && self.paths.iter().all(|path| is_temporary(&name(path)) && ground.known(path) == Known::Not)
    }
}

/// Whether an error says only that something is not there.
pub(super) fn is_gone(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound | ErrorKind::WatchNotFound => true,
        ErrorKind::Io(error) => matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory),
        _ => false,
    }
}

fn below(root: &Path, path: &Path) -> Option<String> {
    path.strip_prefix(root).ok().map(spelled)
}

/// A path below the root as the guide spells it: with `/` between names, whatever the system puts there.
pub(super) fn spelled(path: &Path) -> String {
    let names: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
    names.join("/")
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Whether something at `path` below the root may be a source, by its names.
pub(super) fn is_source(path: &Path) -> bool {
    let spelled = spelled(path);
    let Some((first, rest)) = spelled.split_once('/') else {
        return spelled == "guide.yaml" || TREES.contains(&&*spelled);
    };
    let left_out = |mark: &[char]| rest.split('/').any(|name| name.starts_with(mark));
    match first {
        "content" => !left_out(&['.', '_']),
        "themes" => !left_out(&['.']),
        "static" => true,
        _ => false,
    }
}

/// Whether something at `path` below the root is in a folder that holds no sources.
fn is_elsewhere(path: &Path) -> bool {
    let mut names = path.iter();
    names.next().is_some_and(|first| !TREES.iter().any(|tree| first == *tree)) && names.next().is_some()
}

/// Whether a file of this name is most often an editor's own, and soon gone. A page may be called `plan.tmp.md`.
fn is_temporary(name: &str) -> bool {
    let starts = [".#", ".~", "~$", ".goutputstream-", ".nfs", ".fuse_hidden"];
    let ends = ["~", ".swp", ".swo", ".swx", ".tmp", ".part", ".crdownload", "___jb_tmp___", "___jb_old___"];
    let is_page = name.len() >= 3 && name.as_bytes()[name.len() - 3..].eq_ignore_ascii_case(b".md");
    starts.iter().any(|start| name.starts_with(start))
        || ends.iter().any(|end| name.ends_with(end))
        || (name.contains(".tmp.") || name.contains(".tmp-")) && !is_page
        || name == "4913"
        || name.len() > 1 && name.starts_with('#') && name.ends_with('#')
}

#[cfg(test)]
mod tests;
