//! Taking away what is no longer part of the site, and what a killed build left.
#![expect(clippy::disallowed_methods, reason = "only `output` removes")]

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rustc_hash::FxHashSet;

use super::manifest::Hash;
use super::survey::{is_absent, is_as_recorded, parent};
use super::{Error, Fate, Output, temporary};
use crate::path::OutputPath;

/// A file of the last build that this one is without.
#[derive(Debug)]
pub(super) struct Leaving {
    pub(super) file: OutputPath,
    /// What it held; `None` where the last build was interrupted and it may be anything of ours.
    pub(super) hash: Option<Hash>,
    pub(super) removal: Removal,
}

/// When a file is removed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Removal {
    /// At once: a folder is to be in its place.
    First,
    /// When nothing that is reached leads to it any more.
    Last,
}

impl Output {
    /// Removes the files whose time it is, and the folders that have nothing left in them; how many files.
    ///
    /// A file that was changed since it was written is someone's work: it stays, and is no longer Boussole's.
    pub(super) fn remove(&self, removal: Removal) -> Result<usize, Error> {
        let mut removed = 0;
        for leaving in self.leaving.iter().filter(|leaving| leaving.removal == removal) {
            let path = self.folder.join(leaving.file.as_str());
            if is_as_recorded(&path, leaving.hash)? {
                fs::remove_file(&path).map_err(Error::at(&path))?;
                removed += 1;
            }
            self.remove_emptied_folders(parent(leaving.file.as_str()))?;
        }
        Ok(removed)
    }

    /// Removes `folder` and those that it is in, as long as they are empty.
    fn remove_emptied_folders(&self, folder: &str) -> Result<(), Error> {
        let mut folder = folder;
        while !folder.is_empty() {
            let path = self.folder.join(folder);
            match fs::remove_dir(&path) {
                Err(error) if matches!(error.kind(), ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists) => break,
                Err(error) if error.kind() == ErrorKind::NotADirectory => break,
                removed => gone(removed).map_err(Error::at(&path))?,
            }
            folder = parent(folder);
        }
        Ok(())
    }

    /// Takes away what an interrupted build left under temporary names.
    pub(super) fn sweep(&self) -> Result<(), Error> {
        if !self.before.is_interrupted {
            return Ok(());
        }
        let is_prepared = |fate| matches!(fate, Some(Fate::Prepared(_)));
        let (prepared, others): (Vec<_>, Vec<_>) = self.slots.iter().partition(|slot| is_prepared(slot.fate()));
        let in_use: FxHashSet<PathBuf> = prepared.into_iter().map(|slot| self.temporary(slot)).collect();
        let files = others.into_iter().map(|slot| &slot.file).chain(self.leaving.iter().map(|leaving| &leaving.file));
        let beside = files.map(|file| temporary::beside(&self.folder.join(file.as_str())));
        for path in beside.chain(temporaries_in(&self.folder)?).filter(|path| !in_use.contains(path)) {
            gone(fs::remove_file(&path)).map_err(Error::at(&path))?;
        }
        Ok(())
    }
}

/// The temporary files in `folder` itself.
fn temporaries_in(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::at(folder))? {
        let entry = entry.map_err(Error::at(folder))?;
        if entry.file_name().to_str().is_some_and(temporary::is_temporary) {
            found.push(entry.path());
        }
    }
    Ok(found)
}

/// Removes `folder`, in which there are at most folders without files, and temporary files.
pub(super) fn remove_empty_folders(folder: &Path) -> Result<(), Error> {
    let entries = match fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries.map_err(Error::at(folder))?,
    };
    for entry in entries {
        let entry = entry.map_err(Error::at(folder))?;
        let path = entry.path();
        if entry.file_type().map_err(Error::at(&path))?.is_dir() {
            remove_empty_folders(&path)?;
        } else if entry.file_name().to_str().is_some_and(temporary::is_temporary) {
            gone(fs::remove_file(&path)).map_err(Error::at(&path))?;
        }
    }
    fs::remove_dir(folder).map_err(Error::at(folder))
}

/// What is gone already has not to be removed.
fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if is_absent(&error) => Ok(()),
        removed => removed,
    }
}
