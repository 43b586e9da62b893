//! What stands where the files are to be, looked at before anything is written.
#![expect(clippy::disallowed_methods, reason = "`output` looks at what it wrote")]

use std::fs::{self, Metadata};
use std::io::{self, ErrorKind};
use std::path::Path;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::manifest::{self, Files, Hash, OnDisk};
use super::tidy::{Leaving, Removal};
use super::{Error, content, temporary};
use crate::path::OutputPath;

/// What stands in the place of a file that is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Standing {
    /// Nothing.
    Absent,
    /// Nothing, nor the folder that it is to be in.
    Unhoused,
    /// A file of ours, of that many bytes.
    File { size: u64 },
    /// What someone put in the place of a file of ours: a link, a device. It is replaced, not followed.
    Other,
    /// A folder with nothing but files of ours, all of which go.
    Folder,
    /// Nothing, and one of its folders is a file of ours, which goes.
    Blocked,
}

/// What is in the place of a folder.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ground {
    Absent,
    Folder,
    /// A file of ours, or below one.
    File,
    /// Something else, or below it: what is not ours, or a link, which may lead out of the output.
    Barred,
}

struct Survey<'a> {
    root: &'a Path,
    known: &'a Files,
    grounds: FxHashMap<&'a str, Ground>,
}

/// What stands in the place of each of `files`, which are sorted, and the files of before that are not among them.
pub(super) fn survey(
    root: &Path,
    before: &OnDisk,
    files: &[OutputPath],
) -> Result<(Vec<Standing>, Vec<Leaving>), Error> {
    refuse_kept_names(root, files)?;
    // A page has two files in a folder of its own.
    let grounds = FxHashMap::with_capacity_and_hasher(files.len() / 2, FxBuildHasher);
    let mut survey = Survey { root, known: &before.manifest.files, grounds };
    if survey.known.is_empty() && before.json.is_none() {
        survey.grounds.insert("", Ground::Absent);
    } else {
        survey.grounds.insert("", Ground::Folder);
    }
    for file in files.iter().chain(survey.known.iter().map(|(file, _)| file)) {
        survey.look_at_folders_of(file)?;
    }
    refuse_files_in_files(&survey, files)?;
    let standing: Vec<Standing> = files.par_iter().map(|file| survey.standing(file)).collect::<Result<_, _>>()?;
    let leaving = survey.leaving(files, &standing);
    Ok((standing, leaving))
}

/// Refuses the names that Boussole keeps for itself.
fn refuse_kept_names(root: &Path, files: &[OutputPath]) -> Result<(), Error> {
    let is_kept = |file: &&OutputPath| {
        file.as_str() == manifest::NAME
            || (file.as_str().contains(".boussole") && file.as_str().split('/').any(temporary::is_temporary))
    };
    files.iter().find(is_kept).map_or(Ok(()), |file| Err(Error::InTheWay(root.join(file.as_str()))))
}

/// Refuses a file that another file is to be in.
fn refuse_files_in_files(survey: &Survey, files: &[OutputPath]) -> Result<(), Error> {
    for file in files.iter().filter(|file| survey.grounds.contains_key(file.as_str())) {
        let inside = format!("{file}/");
        let next = files.partition_point(|other| other.as_str() < inside.as_str());
        if files.get(next).is_some_and(|other| other.as_str().starts_with(&inside)) {
            return Err(Error::InTheWay(survey.root.join(file.as_str())));
        }
    }
    Ok(())
}

/// The folders that `file` is in, the outermost first.
fn folders_of(file: &OutputPath) -> impl DoubleEndedIterator<Item = &str> {
    let file = file.as_str();
    file.match_indices('/').map(move |(slash, _)| &file[..slash])
}

/// The folder that `path` is in; `""` for the output itself.
pub(super) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

/// Whether the disk says that nothing is there, nor can be.
pub(super) fn is_absent(error: &io::Error) -> bool {
    matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory | ErrorKind::InvalidFilename)
}

/// What the disk knows about `path` itself, links not followed.
fn look(path: &Path) -> Result<Option<Metadata>, Error> {
    match fs::symlink_metadata(path) {
        Ok(entry) => Ok(Some(entry)),
        Err(error) if is_absent(&error) => Ok(None),
        Err(cause) => Err(Error::Disk { path: path.to_owned(), cause }),
    }
}

impl<'a> Survey<'a> {
    fn look_at_folders_of(&mut self, file: &'a OutputPath) -> Result<(), Error> {
        if self.grounds.contains_key(parent(file.as_str())) {
            return Ok(());
        }
        for folder in folders_of(file) {
            if !self.grounds.contains_key(folder) {
                let ground = match self.grounds[parent(folder)] {
                    Ground::Folder => self.ground(folder)?,
                    above => above,
                };
                self.grounds.insert(folder, ground);
            }
        }
        Ok(())
    }

    fn ground(&self, folder: &str) -> Result<Ground, Error> {
        Ok(match look(&self.root.join(folder))? {
            None => Ground::Absent,
            Some(entry) if entry.is_dir() => Ground::Folder,
            Some(_) if self.is_ours(folder)? => Ground::File,
            Some(_) => Ground::Barred,
        })
    }

    fn standing(&self, file: &OutputPath) -> Result<Standing, Error> {
        let path = || self.root.join(file.as_str());
        match self.grounds[parent(file.as_str())] {
            Ground::Absent => Ok(Standing::Unhoused),
            Ground::File => Ok(Standing::Blocked),
            Ground::Barred => {
                let bar = folders_of(file).find(|folder| self.grounds[folder] == Ground::Barred);
                Err(Error::InTheWay(bar.map_or_else(path, |bar| self.root.join(bar))))
            }
            Ground::Folder => match look(&path())? {
                None => Ok(Standing::Absent),
                Some(entry) if entry.is_dir() && self.holds_only_ours(file.as_str())? => Ok(Standing::Folder),
                Some(entry) if entry.is_dir() || self.known.get(file).is_none() => Err(Error::InTheWay(path())),
                Some(entry) if entry.is_file() => Ok(Standing::File { size: entry.len() }),
                Some(_) => Ok(Standing::Other),
            },
        }
    }

    /// Whether the file at `path` is as Boussole wrote it.
    fn is_ours(&self, path: &str) -> Result<bool, Error> {
        let recorded = OutputPath::new(path).and_then(|file| self.known.get(&file));
        match recorded {
            None => Ok(false),
            Some(hash) => is_as_recorded(&self.root.join(path), hash),
        }
    }

    fn holds_only_ours(&self, folder: &str) -> Result<bool, Error> {
        let path = self.root.join(folder);
        let entries = fs::read_dir(&path).and_then(Iterator::collect::<io::Result<Vec<_>>>);
        for entry in entries.map_err(Error::at(&path))? {
            let is_folder = entry.file_type().map_err(Error::at(&path))?.is_dir();
            let name = entry.file_name();
            let is_ours = match name.to_str().map(|name| (name, format!("{folder}/{name}"))) {
                Some((_, inside)) if is_folder => self.holds_only_ours(&inside)?,
                Some((name, inside)) => temporary::is_temporary(name) || self.is_ours(&inside)?,
                None => false,
            };
            if !is_ours {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The files of before that are not among `files`, without those that something stands before.
    fn leaving(&self, files: &[OutputPath], standing: &[Standing]) -> Vec<Leaving> {
        let blocked = files.iter().zip(standing).filter(|(_, standing)| **standing == Standing::Blocked);
        let blockers: FxHashSet<&str> = blocked.flat_map(|(file, _)| folders_of(file)).collect();
        let is_gone = |file: &OutputPath| files.binary_search(file).is_err();
        let is_reached =
            |file: &OutputPath| matches!(self.grounds[parent(file.as_str())], Ground::Folder | Ground::Absent);
        let gone = self.known.iter().filter(|(file, _)| is_gone(file) && is_reached(file));
        let leaving = |(file, hash): &(OutputPath, Option<Hash>)| {
            let removal = if blockers.contains(file.as_str()) { Removal::First } else { Removal::Last };
            Leaving { file: file.clone(), hash: *hash, removal }
        };
        gone.map(leaving).collect()
    }
}

/// Whether a file stands at `path` and has the hash that was recorded of it, where one was.
pub(super) fn is_as_recorded(path: &Path, hash: Option<Hash>) -> Result<bool, Error> {
    let Some(entry) = look(path)? else { return Ok(false) };
    Ok(entry.is_file()
        && match hash {
            Some(hash) => content::hash_of(path).map_err(Error::at(path))? == hash,
            None => true,
        })
}
