//! What a file is to hold: compared with what is there, or written.
#![expect(clippy::disallowed_methods, reason = "`output` reads what it wrote")]

use std::fs::File;
use std::io::{self, BufReader, BufWriter, ErrorKind, Read, Seek, Write};
use std::path::Path;
use std::sync::Arc;

use twox_hash::xxhash3_128::Hasher;

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

/// What is too long to be held in memory, written piece by piece; the same each time.
pub(crate) struct Stream<'a>(pub(crate) &'a dyn Fn(&mut dyn Write) -> io::Result<()>);

/// What can be compared with a file, or written to one.
pub(super) trait Writable {
    /// The content's hash where `file`, which a build left so, holds the same.
    fn held_by(&mut self, file: &InPlace<'_>) -> io::Result<Option<Hash>>;

    /// Writes the content to `file`, which is empty, and gives its hash.
    fn write_to(&mut self, file: &mut File) -> io::Result<Hash>;
}

/// A file that an earlier build left.
pub(super) struct InPlace<'a> {
    pub(super) path: &'a Path,
    pub(super) size: u64,
    /// Its hash, as that build recorded it.
    pub(super) recorded: Option<Hash>,
}

/// How many bytes are read or written at a time.
const CHUNK: usize = 64 << 10;

impl Writable for Content {
    fn held_by(&mut self, file: &InPlace<'_>) -> io::Result<Option<Hash>> {
        match self {
            Content::Bytes(bytes) => bytes_held_by(bytes, file),
            Content::Shared(bytes) => bytes_held_by(bytes, file),
            Content::Copy(original) => copy_held_by(original, file),
            Content::Kept => Ok(file.recorded),
        }
    }

    fn write_to(&mut self, file: &mut File) -> io::Result<Hash> {
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

impl Writable for Stream<'_> {
    fn held_by(&mut self, file: &InPlace<'_>) -> io::Result<Option<Hash>> {
        compare(file.path, self.0)
    }

    fn write_to(&mut self, file: &mut File) -> io::Result<Hash> {
        write(file, self.0)
    }
}

/// The hash of what `pieces` writes, where the file at `path` holds the same.
fn compare(path: &Path, pieces: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<Option<Hash>> {
    let Some(old) = existing(path)? else { return Ok(None) };
    let mut comparison = Comparison { old, chunk: vec![0; CHUNK], hasher: Hasher::new(), is_same: true };
    let mut buffer = BufWriter::with_capacity(CHUNK, &mut comparison);
    let compared = pieces(&mut buffer).and_then(|()| buffer.flush());
    drop(buffer.into_parts());
    match compared {
        Err(_) if !comparison.is_same => Ok(None),
        Err(error) => Err(error),
        Ok(()) => Ok((comparison.old.read(&mut [0])? == 0).then(|| Hash::from(comparison.hasher))),
    }
}

/// Writes to `file` what `pieces` writes, and gives its hash.
fn write(file: &mut File, pieces: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<Hash> {
    let mut hashed = Hashed { file, hasher: Hasher::new() };
    let mut buffer = BufWriter::with_capacity(CHUNK, &mut hashed);
    pieces(&mut buffer)?;
    buffer.flush()?;
    drop(buffer);
    Ok(Hash::from(hashed.hasher))
}

/// Passes all of `original` on.
fn pass_on(original: &mut File, to: &mut dyn Write) -> io::Result<()> {
    io::copy(&mut BufReader::with_capacity(CHUNK, original), to).map(drop)
}

/// Takes what is written for as long as it is what a file holds.
struct Comparison {
    old: File,
    chunk: Vec<u8>,
    hasher: Hasher,
    is_same: bool,
}

impl Write for Comparison {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let length = bytes.len().min(CHUNK);
        let read = fill(&mut self.old, &mut self.chunk[..length])?;
        self.is_same = self.chunk[..read] == bytes[..length];
        if !self.is_same {
            return Err(io::Error::other("it is another"));
        }
        self.hasher.write(&bytes[..length]);
        Ok(length)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A file to write to, with the hash of what it was given.
struct Hashed<'a> {
    file: &'a mut File,
    hasher: Hasher,
}

impl Write for Hashed<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hasher.write(&bytes[..written]);
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
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

fn bytes_held_by(bytes: &[u8], &InPlace { path, size, .. }: &InPlace<'_>) -> io::Result<Option<Hash>> {
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

fn copy_held_by(original: &mut File, &InPlace { path, size, .. }: &InPlace<'_>) -> io::Result<Option<Hash>> {
    if size != original.metadata()?.len() {
        return Ok(None);
    }
    compare(path, |file| pass_on(original, file))
}

fn copy_to(original: &mut File, file: &mut File) -> io::Result<Hash> {
    // The comparison may have read some of it.
    original.rewind()?;
    write(file, |file| pass_on(original, file))
}

/// The hash of the file at `path`.
pub(super) fn hash_of(path: &Path) -> io::Result<Hash> {
    let (mut file, mut chunk, mut hasher) = (File::open(path)?, vec![0; CHUNK], Hasher::new());
    loop {
        let read = fill(&mut file, &mut chunk)?;
        hasher.write(&chunk[..read]);
        if read < CHUNK {
            return Ok(Hash::from(hasher));
        }
    }
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
