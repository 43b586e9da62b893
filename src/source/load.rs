//! Taking the files in.
#![expect(clippy::disallowed_methods, reason = "only `source` reads the guide")]

use std::fs::File;
use std::io::{self, Read};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rayon::iter::{IntoParallelIterator, ParallelIterator};
use rustc_hash::{FxBuildHasher, FxHashMap};

use super::walk::{self, Found, Origin, Walk};
use super::{Content, Error, Fault, FaultKind, FileId, History, Role, SourceFile, Sources, Span, names, text};
use crate::id::IdVec;
use crate::path::GuidePath;

/// The size in bytes from which a text is refused: its places would not fit in a [`Span`].
const TOO_LARGE: u64 = 2 << 30;

/// The size in bytes from which it is asked how large a file is, before it is read.
const LONG: u64 = 1 << 20;

/// A file as it goes into [`Sources`].
struct Taken {
    file: SourceFile,
    fault: Option<(Range<usize>, FaultKind)>,
}

impl Walk {
    /// Reads what was found.
    pub(crate) fn load(self) -> (Sources, Vec<Fault>) {
        Sources::take_in(self.root, self.found)
    }
}

impl Sources {
    /// Reads the guide at `root`.
    pub fn load(root: &Path) -> Result<(Sources, Vec<Fault>), Error> {
        Walk::of(root).map(Walk::load)
    }

    /// Only the `guide.yaml` at `root`, for whoever needs no more than what a guide says of itself.
    pub(crate) fn settings(root: &Path) -> Sources {
        let disk = root.join("guide.yaml");
        let path = GuidePath::new("guide.yaml").filter(|_| disk.is_file());
        let found =
            path.map(|path| Found { spelling: path.shared(), path, origin: Origin::Disk(Role::Configuration, disk) });
        Sources::take_in(root.to_owned(), found.into_iter().collect()).0
    }

    /// A guide from files in memory: paths under the root and their bytes. Names that no guide uses are left out.
    pub fn in_memory(files: impl IntoIterator<Item = (GuidePath, Vec<u8>)>) -> (Sources, Vec<Fault>) {
        let found = files.into_iter().filter_map(|(path, bytes)| {
            let role = walk::role(path.as_str())?;
            Some(Found { spelling: path.shared(), path, origin: Origin::Memory(role, bytes) })
        });
        let mut found: Vec<Found> = found.collect();
        walk::sort(&mut found);
        Sources::take_in(PathBuf::new(), found)
    }

    /// The same guide, after what is in the files at `changed` may have become something else; `None` where that is not
    /// all that there is to know of them, so that the whole guide must be read again.
    #[cfg(feature = "serve")]
    pub(crate) fn read_again(&self, changed: &[PathBuf]) -> Option<Sources> {
        let mut sources = self.clone();
        for path in changed {
            let disk = self.root.join(path);
            let own = GuidePath::new(path.to_str()?)?;
            let file = self.at(&own)?;
            // Spelled otherwise, it may be another file: the twin of one that is known.
            if own.as_str() != path.to_str()? {
                return None;
            }
            // Where a link leads, or what stands in a file's place, is for whoever walks the whole guide.
            let is_plain = disk.symlink_metadata().is_ok_and(|metadata| metadata.is_file());
            if !is_plain || self.files[file].role == Role::Faulty {
                return None;
            }
            let Content::Text(before) = &self.files[file].content else { continue };
            let mut bytes = Vec::new();
            read(&disk, &mut bytes).ok()?;
            let text = text::decode(&bytes).ok()?;
            if text != *before {
                sources.files.replace(file, SourceFile { content: Content::Text(text), ..self.files[file].clone() });
                sources.checkpoints[file.index()] = OnceLock::new();
            }
        }
        Some(sources)
    }

    /// The same, with the texts of `before` where they are equal; and whether both have the same files.
    #[cfg(feature = "serve")]
    pub(crate) fn sharing(mut self, before: &Sources) -> (Sources, bool) {
        let same = |(one, other): (&SourceFile, &SourceFile)| one.path == other.path && one.role == other.role;
        let files = self.files.as_slice().iter().zip(before.files.as_slice());
        if self.files.len() != before.files.len() || !files.clone().all(same) {
            return (self, false);
        }
        for file in before.files.ids() {
            if let (Content::Text(own), Content::Text(known)) = (&self.files[file].content, &before.files[file].content)
                && !Arc::ptr_eq(own, known)
                && own == known
            {
                let content = Content::Text(Arc::clone(known));
                self.files.replace(file, SourceFile { content, ..self.files[file].clone() });
            }
        }
        (self, true)
    }

    /// Reads what was found, in its order.
    fn take_in(root: PathBuf, mut found: Vec<Found>) -> (Sources, Vec<Fault>) {
        leave_twins_out(&mut found);
        let spellings: Vec<Arc<str>> = found.iter().map(|found| Arc::clone(&found.spelling)).collect();
        let (taken, misnamed): (Vec<Taken>, Vec<Fault>) = rayon::join(
            || found.into_par_iter().map_init(Vec::new, |buffer, found| found.take(buffer)).collect(),
            || names::faults(&spellings),
        );
        let mut sources = Sources {
            root,
            files: IdVec::with_capacity(taken.len()),
            by_path: FxHashMap::with_capacity_and_hasher(taken.len(), FxBuildHasher),
            checkpoints: Vec::with_capacity(taken.len()),
            history: History::default(),
        };
        let (mut faults, mut twins) = (Vec::new(), Vec::new());
        for taken in taken {
            let first = sources.at(&taken.file.path);
            let id = sources.add(taken.file);
            faults.extend(taken.fault.map(|(range, kind)| Fault { span: Span::new(id, range), kind }));
            if let Some(first) = first {
                faults.push(Fault { span: Span::whole(id), kind: FaultKind::SamePath(first) });
                twins.push(id);
            }
        }
        // What is told of a twin says as much of its name as need be.
        let is_news = |fault: &Fault| {
            !matches!(fault.kind, FaultKind::SameName(_)) || twins.binary_search(&fault.span.file).is_err()
        };
        faults.extend(misnamed.into_iter().filter(is_news));
        faults.sort_by_key(|fault| fault.span);
        (sources, faults)
    }

    fn add(&mut self, file: SourceFile) -> FileId {
        let path = file.path.clone();
        let id = self.files.push(file);
        self.by_path.entry(path).or_insert(id);
        self.checkpoints.push(OnceLock::new());
        id
    }
}

/// Leaves all but the first out of files whose paths are one in NFC.
fn leave_twins_out(found: &mut [Found]) {
    for twin in 1..found.len() {
        if found[twin].path == found[twin - 1].path {
            found[twin].origin = Origin::Twin;
        }
    }
}

impl Found {
    fn take(self, buffer: &mut Vec<u8>) -> Taken {
        let whole = |kind| Some((0..0, kind));
        let (role, content, fault) = match self.origin {
            Origin::Twin => (Role::Faulty, Content::Absent, None),
            Origin::Fault(kind) => (Role::Faulty, Content::Absent, whole(kind)),
            Origin::Memory(role, bytes) if is_text(role, &self.path) => decode(role, &bytes),
            Origin::Memory(role, bytes) => (role, Content::Memory(Arc::from(bytes)), None),
            Origin::Disk(role, disk) if is_text(role, &self.path) => {
                buffer.clear();
                match read(&disk, buffer) {
                    Ok(()) => decode(role, buffer),
                    Err(kind) => (Role::Faulty, Content::Absent, whole(kind)),
                }
            }
            // Opened only to know now, with every other fault, that it can be copied later.
            Origin::Disk(role, disk) => match File::open(&disk) {
                Ok(_) => (role, Content::Disk(disk), None),
                Err(cause) => (Role::Faulty, Content::Absent, whole(unreadable(&cause))),
            },
        };
        Taken { file: SourceFile { path: self.path, role, content }, fault }
    }
}

/// Whether later stages read the file as text, by its place alone: what is in it does not matter.
pub(super) fn is_text(role: Role, path: &GuidePath) -> bool {
    match role {
        Role::Configuration | Role::Page => true,
        Role::Asset | Role::Static | Role::Faulty => false,
        Role::Theme => {
            let in_theme = path.below("themes").and_then(|below| below.split_once('/')).map_or("", |(_, rest)| rest);
            in_theme == "theme.yaml" || in_theme.starts_with("templates/") || in_theme.starts_with("i18n/")
        }
    }
}

fn decode(role: Role, bytes: &[u8]) -> (Role, Content, Option<(Range<usize>, FaultKind)>) {
    match text::decode(bytes) {
        Ok(text) => (role, Content::Text(text), None),
        Err(faulty) => (Role::Faulty, Content::Text(faulty.text), Some((faulty.place, FaultKind::NotUtf8))),
    }
}

/// Reads a file into `buffer`, after what is there.
pub(super) fn read(disk: &Path, buffer: &mut Vec<u8>) -> Result<(), FaultKind> {
    let bytes_of = |file: File| -> io::Result<u64> {
        // Most files are short: their size need not be asked for.
        let mut read = (&file).take(LONG).read_to_end(buffer)? as u64;
        if read < LONG {
            return Ok(read);
        }
        let size = file.metadata()?.len();
        if size < TOO_LARGE {
            // A file may grow while it is read.
            read += file.take(TOO_LARGE - LONG).read_to_end(buffer)? as u64;
        }
        Ok(size.max(read))
    };
    match File::open(disk).and_then(bytes_of) {
        Ok(size) if size >= TOO_LARGE => Err(FaultKind::TooLarge),
        Ok(_) => Ok(()),
        Err(cause) => Err(unreadable(&cause)),
    }
}

pub(super) fn unreadable(cause: &io::Error) -> FaultKind {
    FaultKind::Unreadable { kind: cause.kind(), words: cause.to_string() }
}
