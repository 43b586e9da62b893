//! What a guide is known by: a hash of all its files and of what git knows of them.
#![expect(clippy::disallowed_methods, reason = "only `source` reads the guide")]

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

use blake3::{Hash, Hasher};
use rayon::iter::ParallelIterator;
use rayon::slice::ParallelSlice;

use super::walk::{Found, Origin, Walk};
use super::{Content, History, Role, SourceFile, Sources, load, names, text};
use crate::path::GuidePath;

/// How many bytes of a file that is only copied are read at a time.
const PIECE: u64 = 1 << 20;

/// How many bytes a small one has.
const SHORT: usize = 8 << 10;

/// How many texts are hashed in one go: a processor hashes many thousand bytes at once, and most texts have few.
const TOGETHER: usize = 16;

impl Sources {
    /// What these files are known by; `None` where one cannot be read, or what git knows may change.
    pub(crate) fn fingerprint(&self) -> Option<Hash> {
        let put = |file: &SourceFile, bytes: &mut Vec<u8>| {
            let from = bytes.len();
            match &file.content {
                Content::Text(text) => bytes.extend_from_slice(text.as_bytes()),
                Content::Memory(content) => bytes.extend_from_slice(blake3::hash(content).as_bytes()),
                Content::Disk(disk) => put_hash_of(disk, bytes).ok()?,
                Content::Absent => return None,
            }
            put_name(bytes, from, (&file.path, file.role));
            Some(())
        };
        let is_text = |file: &SourceFile| matches!(file.content, Content::Text(_));
        of_all(self.history.origin()?, self.files.as_slice(), (is_text, put))
    }
}

impl Walk {
    /// The same of files that are read for this alone. What is wrong with them need not be found: it shows in the hash, and
    /// only fingerprints of guides in which nothing was wrong are kept.
    pub(crate) fn fingerprint(&self, history: &History) -> Option<Hash> {
        // But for this: a name spelled as no path is may be another's double, which its path does not show.
        if self.found.iter().any(|found| *found.spelling != *found.path.as_str()) {
            let spellings: Vec<Arc<str>> = self.found.iter().map(|found| Arc::clone(&found.spelling)).collect();
            if !names::faults(&spellings).is_empty() {
                return None;
            }
        }
        of_all(history.origin()?, &self.found, (Found::is_text, Found::put))
    }
}

impl Found {
    fn is_text(&self) -> bool {
        matches!(self.origin, Origin::Disk(role, _) if load::is_text(role, &self.path))
    }

    /// Adds the file's text, or a hash of its bytes, and what the file is.
    fn put(&self, bytes: &mut Vec<u8>) -> Option<()> {
        let Origin::Disk(role, disk) = &self.origin else { return None };
        let from = bytes.len();
        if self.is_text() {
            load::read(disk, bytes).ok()?;
            if !text::is_plain(&bytes[from..]) {
                let text = text::decode(&bytes[from..]).ok()?;
                bytes.truncate(from);
                bytes.extend_from_slice(text.as_bytes());
            }
        } else {
            put_hash_of(disk, bytes).ok()?;
        }
        put_name(bytes, from, (&self.path, *role));
        Some(())
    }
}

/// Adds what the file is that stands in `bytes` from `from` on, so that no other files make the same bytes.
fn put_name(bytes: &mut Vec<u8>, from: usize, (path, role): (&GuidePath, Role)) {
    let lengths = [bytes.len() - from, path.as_str().len()];
    bytes.extend_from_slice(path.as_str().as_bytes());
    bytes.push(role as u8);
    for length in lengths {
        bytes.extend_from_slice(&(length as u64).to_le_bytes());
    }
}

/// Adds the hash of a file of any length.
fn put_hash_of(disk: &Path, bytes: &mut Vec<u8>) -> io::Result<()> {
    let (mut file, mut hasher, from) = (File::open(disk)?, Hasher::new(), bytes.len());
    // Without it, the first read would be of a few bytes.
    bytes.reserve(SHORT);
    loop {
        let read = file.by_ref().take(PIECE).read_to_end(bytes)?;
        hasher.update(&bytes[from..]);
        bytes.truncate(from);
        if read < PIECE as usize {
            bytes.extend_from_slice(hasher.finalize().as_bytes());
            return Ok(());
        }
    }
}

/// One hash of what is `put` for each of `files`, in their order, and of where their history stands.
fn of_all<F: Sync>(
    origin: &str,
    files: &[F],
    (is_text, put): (impl Fn(&F) -> bool + Sync, impl Fn(&F, &mut Vec<u8>) -> Option<()> + Sync),
) -> Option<Hash> {
    let hash = |bytes: &mut Vec<u8>, files: &[F]| {
        bytes.clear();
        files.iter().try_for_each(|file| put(file, bytes))?;
        Some(blake3::hash(bytes))
    };
    // What is only copied may be long, and is hashed beside all else.
    let texts_or_one = files.par_chunk_by(|file, next| is_text(file) && is_text(next));
    let together = texts_or_one.flat_map(|files| files.par_chunks(TOGETHER));
    let hashes: Vec<Option<Hash>> = together.map_init(Vec::new, hash).collect();
    let mut hasher = Hasher::new();
    hasher.update(origin.as_bytes());
    for hash in hashes {
        hasher.update(hash?.as_bytes());
    }
    Some(hasher.finalize())
}
