//! Finding the files, and what each is for by its place.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::Arc;

use walkdir::{DirEntry, WalkDir};

use super::load::unreadable;
use super::{Error, FaultKind, Role};
use crate::path::GuidePath;

/// A name that was found under the root.
pub(super) struct Found {
    pub(super) path: GuidePath,
    /// The path as the disk spells it, which may not be in NFC.
    pub(super) spelling: Arc<str>,
    pub(super) origin: Origin,
}

/// Where the bytes of a file come from.
pub(super) enum Origin {
    Disk(Role, PathBuf),
    Memory(Role, Vec<u8>),
    /// Nowhere: another file has the same path.
    Twin,
    /// Nowhere: this stands in the way.
    Fault(FaultKind),
}

/// The files of a guide, found but not read: every one, and everything that stands in the way of one, in the order of their
/// paths.
pub(crate) struct Walk {
    pub(super) root: PathBuf,
    pub(super) found: Vec<Found>,
}

impl Walk {
    /// The guide at `root`.
    ///
    /// Symbolic links are followed as long as they stay under the root, and out of what is hidden there.
    pub(crate) fn of(root: &Path) -> Result<Walk, Error> {
        let mut found = walk(root)?;
        sort(&mut found);
        Ok(Walk { root: root.to_owned(), found })
    }
}

/// Puts what was found into the order of its paths.
pub(super) fn sort(found: &mut [Found]) {
    found.sort_by(|a, b| (&a.path, &a.spelling).cmp(&(&b.path, &b.spelling)));
}

/// What the file at `path` is for; `None` where a guide has no use for it.
pub(super) fn role(path: &str) -> Option<Role> {
    let Some((tree, below)) = path.split_once('/') else {
        return (path == "guide.yaml").then_some(Role::Configuration);
    };
    let names = || below.as_bytes().split(|byte| *byte == b'/');
    let any_starts = |marks: &[u8]| names().any(|name| name.first().is_some_and(|first| marks.contains(first)));
    match tree {
        "content" if any_starts(b"._") => None,
        "content" if is_markdown(below) => Some(Role::Page),
        "content" => Some(Role::Asset),
        "static" => Some(Role::Static),
        "themes" if any_starts(b".") => None,
        "themes" => Some(Role::Theme),
        _ => None,
    }
}

fn is_markdown(path: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, extension)| extension.eq_ignore_ascii_case("md"))
}

/// What is in [`Walk`], in no order.
fn walk(root: &Path) -> Result<Vec<Found>, Error> {
    let cannot_be_read = |cause| Error { path: root.to_owned(), cause };
    let real_root = fs::canonicalize(root).map_err(cannot_be_read)?;
    if !real_root.is_dir() {
        return Err(cannot_be_read(ErrorKind::NotADirectory.into()));
    }
    let mut found = Vec::new();
    // So sorted, they are in the order of their paths but for few, and putting them there costs little.
    let by_path = |one: &DirEntry, other: &DirEntry| one.path().as_os_str().cmp(other.path().as_os_str());
    let mut entries = WalkDir::new(root).min_depth(1).follow_links(true).sort_by(by_path).into_iter();
    while let Some(entry) = entries.next() {
        let (path, is_folder) = match &entry {
            Ok(entry) => (entry.path(), entry.file_type().is_dir()),
            Err(error) => (error.path().unwrap_or(root), false),
        };
        let place = Place::under(root, path);
        if entry.is_err() && place.spelling.is_empty() {
            let cause = entry.err().and_then(walkdir::Error::into_io_error);
            return Err(cannot_be_read(cause.unwrap_or_else(|| ErrorKind::Other.into())));
        }
        let wanted = place.wanted();
        let named = wanted.as_ref().and_then(|_| place.named());
        let is_unwanted = wanted.is_none();
        let origin = wanted.and_then(|wanted| origin(wanted, entry, &real_root));
        if is_folder && (is_unwanted || origin.is_some()) {
            entries.skip_current_dir();
        }
        found.extend(named.zip(origin).map(|((path, spelling), origin)| Found { path, spelling, origin }));
    }
    Ok(found)
}

/// A name on disk, seen from the root.
struct Place<'a> {
    spelling: Cow<'a, str>,
    is_unicode: bool,
}

/// What is expected of a name that a guide has a use for.
enum Wanted {
    /// One of the folders `content`, `static` and `themes`.
    Tree,
    /// Anything in them, and `guide.yaml`.
    Role(Role),
    /// Whatever it is: its name is the fault.
    Unnamed,
}

impl<'a> Place<'a> {
    fn under(root: &Path, path: &'a Path) -> Place<'a> {
        // Taking a path apart, name by name, takes longer than all else here.
        let below = path.to_str().and_then(|path| path.strip_prefix(root.to_str()?)?.strip_prefix(MAIN_SEPARATOR));
        let path = below.map_or_else(|| path.strip_prefix(root).unwrap_or(path), Path::new);
        let spelling = path.to_string_lossy();
        let spelling = if MAIN_SEPARATOR == '/' { spelling } else { spelling.replace(MAIN_SEPARATOR, "/").into() };
        Place { spelling, is_unicode: path.to_str().is_some() }
    }

    fn wanted(&self) -> Option<Wanted> {
        match self.spelling.as_ref() {
            "content" | "static" | "themes" => Some(Wanted::Tree),
            spelling => match role(spelling)? {
                role if self.is_unicode => Some(Wanted::Role(role)),
                _ => Some(Wanted::Unnamed),
            },
        }
    }

    /// The path, and how it is spelled; one text where that is the same.
    fn named(&self) -> Option<(GuidePath, Arc<str>)> {
        let path = GuidePath::new(&self.spelling)?;
        let spelling = if path.as_str() == self.spelling { path.shared() } else { Arc::from(self.spelling.as_ref()) };
        Some((path, spelling))
    }
}

/// Where the bytes of an entry come from, or why they come from nowhere; `None` for a folder to walk.
fn origin(wanted: Wanted, entry: walkdir::Result<DirEntry>, real_root: &Path) -> Option<Origin> {
    let entry = match entry {
        Ok(entry) => entry,
        Err(error) => return Some(Origin::Fault(fault(&error))),
    };
    if entry.path_is_symlink() && leaves(entry.path(), real_root) {
        return Some(Origin::Fault(FaultKind::OutsideLink));
    }
    let file_type = entry.file_type();
    match wanted {
        Wanted::Unnamed => Some(Origin::Fault(FaultKind::NameNotUnicode)),
        Wanted::Role(Role::Configuration) if file_type.is_dir() => {
            Some(Origin::Fault(unreadable(&ErrorKind::IsADirectory.into())))
        }
        _ if file_type.is_dir() => None,
        Wanted::Tree => Some(Origin::Fault(unreadable(&ErrorKind::NotADirectory.into()))),
        Wanted::Role(role) if file_type.is_file() => Some(Origin::Disk(role, entry.into_path())),
        Wanted::Role(_) => Some(Origin::Fault(FaultKind::Special)),
    }
}

/// Whether a link leads out of the root, or to what is hidden in it: there programs keep their own, passwords too. Where
/// it leads nowhere any more, it does not lead out.
fn leaves(link: &Path, real_root: &Path) -> bool {
    let Ok(target) = fs::canonicalize(link) else { return false };
    let Ok(below) = target.strip_prefix(real_root) else { return true };
    let is_hidden = |name: &OsStr| name.as_encoded_bytes().starts_with(b".");
    // What is in `static` is copied whatever its name.
    !below.starts_with("static") && below.iter().any(is_hidden)
}

/// Why a name could not be looked at.
fn fault(error: &walkdir::Error) -> FaultKind {
    if error.loop_ancestor().is_some() {
        return FaultKind::CircularLink;
    }
    let unknown = io::Error::from(ErrorKind::Other);
    let cause = error.io_error().unwrap_or(&unknown);
    let is_link = error.path().and_then(|path| fs::symlink_metadata(path).ok()).is_some_and(|entry| entry.is_symlink());
    match cause.kind() {
        ErrorKind::PermissionDenied => unreadable(cause),
        ErrorKind::NotFound | ErrorKind::NotADirectory if is_link => FaultKind::DanglingLink,
        // Links that lead to one another: the system gives up on them, under another name on each system.
        _ if is_link => FaultKind::CircularLink,
        _ => unreadable(cause),
    }
}
