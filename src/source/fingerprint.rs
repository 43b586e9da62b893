//! What a guide is known by: a hash of all its files and of what git knows of them.
#![expect(clippy::disallowed_methods, reason = "only `source` reads the guide")]

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use blake3::{Hash, Hasher};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::walk::{Found, Origin, Walk};
use super::{Content, History, Role, SourceFile, Sources, load, names, text};
use crate::path::GuidePath;

/// How many bytes of a file that is only copied are read at a time.
const PIECE: u64 = 1 << 20;

impl Sources {
    /// What these files are known by; `None` where one cannot be read, or what git knows may change.
    pub(crate) fn fingerprint(&self) -> Option<Hash> {
        let origin = self.history.origin()?;
        let hash = |buffer: &mut Vec<u8>, file: &SourceFile| match &file.content {
            Content::Text(text) => Some(blake3::hash(text.as_bytes())),
            Content::Memory(bytes) => Some(blake3::hash(bytes)),
            Content::Disk(disk) => piecewise(disk, buffer).ok(),
            Content::Absent => None,
        };
        let hashes: Option<Vec<Hash>> = self.files.as_slice().par_iter().map_init(Vec::new, hash).collect();
        let files = self.files.iter().zip(hashes?).map(|((_, file), hash)| (&file.path, file.role, hash));
        Some(of_all(origin, files))
    }
}

impl Walk {
    /// The same of files that are read for this alone. What is wrong with them need not be found: it shows in the hash, and
    /// only fingerprints of guides in which nothing was wrong are kept.
    pub(crate) fn fingerprint(&self, history: &History) -> Option<Hash> {
        let (found, origin) = (&self.found, history.origin()?);
        // But for this: a name spelled as no path is may be another's double, which its path does not show.
        if found.iter().any(|found| found.spelling != found.path.as_str()) {
            let spellings: Vec<String> = found.iter().map(|found| found.spelling.clone()).collect();
            if !names::faults(&spellings).is_empty() {
                return None;
            }
        }
        let hashes: Option<Vec<_>> = found.par_iter().map_init(Vec::new, |buffer, found| found.hash(buffer)).collect();
        let files = found.iter().zip(hashes?).map(|(found, (role, hash))| (&found.path, role, hash));
        Some(of_all(origin, files))
    }
}

impl Found {
    /// What the file is for, and the hash of its text, or else of its bytes.
    fn hash(&self, buffer: &mut Vec<u8>) -> Option<(Role, Hash)> {
        let Origin::Disk(role, disk) = &self.origin else { return None };
        if !load::is_text(*role, &self.path) {
            return Some((*role, piecewise(disk, buffer).ok()?));
        }
        load::read(disk, buffer).ok()?;
        let hash = if text::is_plain(buffer) {
            blake3::hash(buffer)
        } else {
            blake3::hash(text::decode(buffer).ok()?.as_bytes())
        };
        Some((*role, hash))
    }
}

/// The hash of a file of any length.
fn piecewise(disk: &Path, buffer: &mut Vec<u8>) -> io::Result<Hash> {
    let (mut file, mut hasher) = (File::open(disk)?, Hasher::new());
    loop {
        buffer.clear();
        let read = file.by_ref().take(PIECE).read_to_end(buffer)?;
        hasher.update(buffer);
        if read < PIECE as usize {
            return Ok(hasher.finalize());
        }
    }
}

/// One hash of all `files`, in the order of their paths, and of where their history stands.
fn of_all<'a>(origin: &str, files: impl Iterator<Item = (&'a GuidePath, Role, Hash)>) -> Hash {
    let mut hasher = Hasher::new();
    hasher.update(origin.as_bytes());
    for (path, role, hash) in files {
        hasher.update(path.as_str().as_bytes()).update(&[0, role as u8]).update(hash.as_bytes());
    }
    hasher.finalize()
}
