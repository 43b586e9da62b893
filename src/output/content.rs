//! What a file is to hold: compared with what is there, or written.
#![expect(clippy::disallowed_methods, reason = "`output` reads what it wrote")]

use std::fs::File;
use std::io::{self, ErrorKind, Read, Seek, Write};
use std::path::Path;
use std::sync::Arc;

use super::manifest::Hash;

/// What one output file is to hold.
#[derive(Debug)]
pub enum Content {
    /// These bytes.
    Bytes(Vec<u8>),
    /// These bytes, which others hold too.
    Shared(Arc<[u8]>),
    /// The bytes of that file, copied without being held in memory.
    Copy(File),
    /// What is there already, as [`super::Kept`] found it.
    Kept,
}

/// How many bytes are read at a time.
const CHUNK: usize = 64 << 10;

impl Content {
    /// The content's hash where the file at `path`, of `size` bytes, holds the same.
    pub(super) fn held_by(&mut self, path: &Path, size: u64) -> io::Result<Option<Hash>> {
        match self {
            Content::Bytes(bytes) => bytes_held_by(bytes, path, size),
            Content::Shared(bytes) => bytes_held_by(bytes, path, size),
            Content::Copy(original) => copy_held_by(original, path, size),
            Content::Kept => Ok(None),
        }
    }

    /// Writes the content to `file`, which is empty, and gives its hash.
    pub(super) fn write_to(&mut self, file: &mut File) -> io::Result<Hash> {
        let bytes: &[u8] = match self {
            Content::Bytes(bytes) => bytes,
            Content::Shared(bytes) => bytes,
            Content::Copy(original) => return copy_to(original, file),
            Content::Kept => return Err(io::Error::new(ErrorKind::NotFound, "it went away meanwhile")),
        };
        file.write_all(bytes)?;
        Ok(Hash::of(bytes))
    }
}

/// The file at `path`; `None` where it went away meanwhile, or may not be read: then it is replaced.
fn existing(path: &Path) -> io::Result<Option<File>> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::PermissionDenied) => Ok(None),
        Err(error) => Err(error),
    }
}

fn bytes_held_by(bytes: &[u8], path: &Path, size: u64) -> io::Result<Option<Hash>> {
    if size != bytes.len() as u64 {
        return Ok(None);
    }
    let Some(mut file) = existing(path)? else { return Ok(None) };
    let mut chunk = vec![0; CHUNK.min(bytes.len())];
    for expected in bytes.chunks(CHUNK) {
        let read = fill(&mut file, &mut chunk)?;
        if chunk[..read] != *expected {
            return Ok(None);
        }
    }
    Ok(Some(Hash::of(bytes)))
}

fn copy_held_by(original: &mut File, path: &Path, size: u64) -> io::Result<Option<Hash>> {
    if size != original.metadata()?.len() {
        return Ok(None);
    }
    let Some(mut file) = existing(path)? else { return Ok(None) };
    let (mut chunk, mut expected) = (vec![0; CHUNK], vec![0; CHUNK]);
    let mut hasher = blake3::Hasher::new();
    loop {
        let read = fill(original, &mut expected)?;
        if fill(&mut file, &mut chunk)? != read || chunk[..read] != expected[..read] {
            return Ok(None);
        }
        if read == 0 {
            return Ok(Some(Hash::from(hasher.finalize())));
        }
        hasher.update(&expected[..read]);
    }
}

fn copy_to(original: &mut File, file: &mut File) -> io::Result<Hash> {
    // The comparison may have read some of it.
    original.rewind()?;
    let mut chunk = vec![0; CHUNK];
    let mut hasher = blake3::Hasher::new();
    loop {
        let read = fill(original, &mut chunk)?;
        if read == 0 {
            return Ok(Hash::from(hasher.finalize()));
        }
        hasher.update(&chunk[..read]);
        file.write_all(&chunk[..read])?;
    }
}

/// The hash of the file at `path`.
pub(super) fn hash_of(path: &Path) -> io::Result<Hash> {
    let mut hasher = blake3::Hasher::new();
    hasher.update_reader(File::open(path)?)?;
    Ok(Hash::from(hasher.finalize()))
}

/// Reads until `chunk` is full or the file at its end; how many bytes that were.
fn fill(file: &mut File, chunk: &mut [u8]) -> io::Result<usize> {
    let mut full = 0;
    while full < chunk.len() {
        match file.read(&mut chunk[full..]) {
            Ok(0) => break,
            Ok(read) => full += read,
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
    Ok(full)
}
