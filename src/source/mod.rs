//! ① LOAD. The only reader of content, configuration and themes.
//!
//! [`Sources`] holds every file of a guide: text that the later stages read, and the places of what they only copy.
//! Text is UTF-8 without a byte order mark, with `\n` at the end of lines. What cannot be taken in is a [`Fault`],
//! and all faults are found in one pass; only a root that cannot be listed is an error.

mod fingerprint;
mod history;
mod load;
mod names;
mod span;
#[cfg(test)]
mod tests;
mod text;
mod walk;

pub(crate) use history::{Contribution, Gap, History};
pub(crate) use names::Reserved;
pub(crate) use span::{LineColumn, Span};
pub(crate) use walk::Walk;

use std::fmt;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Cursor, Seek};
use std::ops::Index;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use crate::id::{Id, IdVec};
use crate::output;
use crate::path::GuidePath;
use span::Checkpoints;

/// The place of a file in [`Sources`].
pub(crate) type FileId = Id<SourceFile>;

/// One file of the guide.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Where it is under the root.
    pub path: GuidePath,
    /// What it is for.
    pub role: Role,
    /// What is in it.
    pub content: Content,
}

/// What a file is for, by its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// `guide.yaml`.
    Configuration,
    /// `content/**/*.md`, drafts (`*.draft.md`) included.
    Page,
    /// Any other file in `content/`.
    Asset,
    /// `static/**`.
    Static,
    /// `themes/**`.
    Theme,
    /// What could not be taken in as it should, wherever it is: a [`Fault`] says why, and no stage uses it.
    Faulty,
}

/// What is in a file.
#[derive(Clone, Debug)]
pub enum Content {
    /// Text: configuration, pages, a theme's templates and translations.
    Text(Arc<str>),
    /// Bytes that are only copied; they stay where they are, in the file of that path.
    Disk(PathBuf),
    /// Bytes that are only copied, of a file that is on no disk.
    Memory(Arc<[u8]>),
    /// A file that could not be taken in; a [`Fault`] says why.
    Absent,
}

impl Content {
    /// The text, where it is one.
    pub(crate) fn text(&self) -> Option<&Arc<str>> {
        match self {
            Content::Text(text) => Some(text),
            _ => None,
        }
    }
}

/// Every file of a guide, in the order of their paths.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    root: PathBuf,
    files: IdVec<SourceFile>,
    by_path: FxHashMap<GuidePath, FileId>,
    checkpoints: Vec<OnceLock<Checkpoints>>,
    history: History,
}

/// What is wrong with a file as a file.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Where: an empty span at the start for the file as a whole.
    pub span: Span,
    /// What.
    pub kind: FaultKind,
}

/// The kinds of [`Fault`].
#[derive(Clone, Debug)]
pub enum FaultKind {
    /// The byte at the span is not part of a UTF-8 character; the file's text ends with that line.
    NotUtf8,
    /// The file or folder cannot be read.
    Unreadable {
        /// What the system's refusal means.
        kind: io::ErrorKind,
        /// The system's own words.
        words: String,
    },
    /// A symbolic link that leads out of the root.
    OutsideLink,
    /// A symbolic link that leads back to a folder above it.
    CircularLink,
    /// A symbolic link to nothing.
    DanglingLink,
    /// 2 GiB of text, or more.
    TooLarge,
    /// Neither a file nor a folder: a pipe, a socket, a device.
    Special,
    /// Another file's path is the same in another Unicode form; this file is left out.
    SamePath(FileId),
    /// Another file's name differs by case only, or that of a folder by case or Unicode form.
    SameName(FileId),
    /// A name that Windows reserves or cannot hold.
    ReservedName {
        /// The name, of the file or of a folder that it is in.
        name: String,
        /// Why.
        why: Reserved,
    },
    /// A name that is not Unicode.
    NameNotUnicode,
}

/// A root that cannot be read at all.
#[derive(Debug)]
pub struct Error {
    /// What could not be read.
    pub path: PathBuf,
    /// Why.
    pub cause: std::io::Error,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` cannot be read", self.path.display())
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.cause)
    }
}

/// A file that is read piece by piece.
pub(crate) trait Pieces: BufRead + Seek {}

impl<T: BufRead + Seek> Pieces for T {}

impl Sources {
    /// The folder that holds `guide.yaml` or `content/`.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The files in the order of their paths.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (FileId, &SourceFile)> {
        self.files.iter()
    }

    /// The file at `path`.
    pub fn at(&self, path: &GuidePath) -> Option<FileId> {
        self.spelled(path.as_str())
    }

    /// The file at what is a path as it is spelled.
    pub(crate) fn spelled(&self, path: &str) -> Option<FileId> {
        self.by_path.get(path).copied()
    }

    /// The text of a file; empty for what is only copied or could not be read.
    pub fn text(&self, file: FileId) -> &Arc<str> {
        static EMPTY: std::sync::LazyLock<Arc<str>> = std::sync::LazyLock::new(|| Arc::from(""));
        match &self.files[file].content {
            Content::Text(text) => text,
            _ => &EMPTY,
        }
    }

    /// The text at `span`.
    pub fn slice(&self, span: Span) -> &str {
        self.text(span.file).get(span.range()).unwrap_or_default()
    }

    /// Line and column of the span's start and end, both from 1, columns in characters.
    ///
    /// The first call for a file reads its text once; the others cost the same however long it is.
    pub fn locate(&self, span: Span) -> (LineColumn, LineColumn) {
        let text = self.text(span.file);
        let checkpoints = self.checkpoints[span.file.index()].get_or_init(|| Checkpoints::of(text));
        (checkpoints.locate(text, span.start), checkpoints.locate(text, span.end))
    }

    /// The bytes of a file: as they are on disk where it is only copied, as [`Sources::text`] has them elsewhere.
    #[expect(clippy::disallowed_methods, reason = "only `source` reads the guide")]
    pub fn read(&self, file: FileId) -> io::Result<Vec<u8>> {
        match &self.files[file].content {
            Content::Text(text) => Ok(text.as_bytes().to_vec()),
            Content::Disk(disk) => std::fs::read(disk),
            Content::Memory(bytes) => Ok(bytes.to_vec()),
            Content::Absent => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// The same, to be read piece by piece: for those who look at the beginning of a large file.
    #[expect(clippy::disallowed_methods, reason = "only `source` reads the guide")]
    pub(crate) fn look_into(&self, file: FileId) -> io::Result<Box<dyn Pieces>> {
        match &self.files[file].content {
            Content::Text(text) => Ok(Box::new(Cursor::new(Arc::<[u8]>::from(Arc::clone(text))))),
            Content::Disk(disk) => Ok(Box::new(BufReader::new(File::open(disk)?))),
            Content::Memory(bytes) => Ok(Box::new(Cursor::new(Arc::clone(bytes)))),
            Content::Absent => Err(io::ErrorKind::NotFound.into()),
        }
    }

    /// How many bytes a file has; `None` where it cannot be told.
    pub(crate) fn size(&self, file: FileId) -> Option<u64> {
        match &self.files[file].content {
            Content::Text(text) => Some(text.len() as u64),
            Content::Disk(disk) => disk.metadata().ok().map(|metadata| metadata.len()),
            Content::Memory(bytes) => Some(bytes.len() as u64),
            Content::Absent => None,
        }
    }

    /// The same, for the output to copy without holding it in memory. Holds a file open: ask for it when it is written.
    #[expect(clippy::disallowed_methods, reason = "only `source` reads the guide")]
    pub fn open(&self, file: FileId) -> io::Result<output::Content> {
        match &self.files[file].content {
            Content::Text(text) => Ok(output::Content::Shared(Arc::from(Arc::clone(text)))),
            Content::Disk(disk) => File::open(disk).map(output::Content::Copy),
            Content::Memory(bytes) => Ok(output::Content::Shared(Arc::clone(bytes))),
            Content::Absent => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

impl Index<FileId> for Sources {
    type Output = SourceFile;

    fn index(&self, file: FileId) -> &SourceFile {
        &self.files[file]
    }
}
