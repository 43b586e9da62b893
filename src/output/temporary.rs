//! New files, most of them under a temporary name until they are whole.
//!
//! The name follows from the final one (`.NAME.boussole`), so that what a killed build left can be found.
#![expect(clippy::disallowed_methods, reason = "only `output` writes")]

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::Error;
use super::content::{Content, Writable};
use super::manifest::Hash;
use crate::path::OutputPath;

/// How long a name can be, in bytes, with room left for what a temporary name adds.
const LONG: usize = 240;

/// The temporary name of the file at `path`, in the same folder.
pub(super) fn beside(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default();
    match name.to_str().filter(|name| name.len() <= LONG) {
        Some(name) => path.with_file_name(format!(".{name}.boussole")),
        None => path.with_file_name(hashed(name.as_encoded_bytes())),
    }
}

/// The temporary name of a file whose folder cannot be made yet, in the output's own.
pub(super) fn aside(folder: &Path, file: &OutputPath) -> PathBuf {
    folder.join(hashed(file.as_str().as_bytes()))
}

fn hashed(name: &[u8]) -> String {
    let mut hashed = String::from(".");
    Hash::of(name).put(&mut hashed);
    hashed + ".boussole"
}

/// Whether `name` could be a temporary one.
pub(super) fn is_temporary(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(".boussole")
}

/// Puts `bytes` in the place of whatever file is at `path`, all of them or none; a link is followed.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> Result<(), Error> {
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    put(&path, &mut Content::Bytes(bytes.to_vec()))
}

/// Puts `content` in the place of whatever is at `path`, all of it or none; a link is replaced.
pub(super) fn put(path: &Path, content: &mut dyn Writable) -> Result<(), Error> {
    let temporary = beside(path);
    write(&temporary, content).map_err(Error::at(path))?;
    rename(&temporary, path)
}

/// Writes `content` to a new file at `path`, in a folder that is made where it is absent; leaves nothing where it
/// cannot be written whole.
pub(super) fn write(path: &Path, content: &mut dyn Writable) -> io::Result<Hash> {
    let written = create(path).and_then(|mut file| content.write_to(&mut file));
    if written.is_err() {
        discard(path);
    }
    written
}

/// Takes away a file that is not whole, or not in its place. That it cannot be is no news: whoever calls has a greater error
/// to tell.
pub(super) fn discard(path: &Path) {
    fs::remove_file(path).unwrap_or_default();
}

/// A file that is ours alone: never one that a link of that name leads to.
fn create(path: &Path) -> io::Result<File> {
    let create_new = || OpenOptions::new().write(true).create_new(true).open(path);
    match create_new() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            fs::create_dir_all(path.parent().unwrap_or(Path::new("")))?;
            create_new()
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            create_new()
        }
        created => created,
    }
}

/// Makes the folder that the file at `path` is to be in.
pub(super) fn make_folder_of(path: &Path) -> Result<(), Error> {
    let folder = path.parent().unwrap_or(Path::new(""));
    // Nearly always the one above is there.
    fs::create_dir(folder).or_else(|_| fs::create_dir_all(folder)).map_err(Error::at(folder))
}

/// Gives a whole file its name; where it cannot have it, the file is taken away.
pub(super) fn rename(temporary: &Path, path: &Path) -> Result<(), Error> {
    fs::rename(temporary, path).map_err(|cause| {
        discard(temporary);
        Error::Disk { path: path.to_owned(), cause }
    })
}
