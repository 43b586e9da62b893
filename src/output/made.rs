//! Files that cost much to make: what an earlier build made of the same is kept.

use std::collections::BTreeMap;
#[cfg(not(unix))]
use std::fs::Metadata;
#[cfg(unix)]
use std::os::fd::OwnedFd;
use std::path::Path;
#[cfg(not(unix))]
use std::path::PathBuf;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
#[cfg(unix)]
use rustix::fs::{self, AtFlags, FileType, Mode, OFlags};

use super::manifest::{self, Manifest, OnDisk, Remembered, Whole};
use super::survey;
use crate::path::OutputPath;

/// Files by a fingerprint of all that they were made of: sources, settings, and the version of whatever made them.
pub(crate) type Made = BTreeMap<String, Vec<OutputPath>>;

/// What an earlier build made and left in the output.
#[derive(Debug, Default)]
pub(crate) struct Kept<'a> {
    folder: Option<&'a Path>,
    manifest: Manifest,
    is_interrupted: bool,
}

impl<'a> Kept<'a> {
    /// What is in `folder`; nothing where Boussole has not built.
    pub(crate) fn of(folder: &'a Path) -> Kept<'a> {
        match OnDisk::read(folder) {
            Ok(OnDisk { manifest, is_interrupted, .. }) => Kept { folder: Some(folder), manifest, is_interrupted },
            // Whoever opens the output says so.
            Err(_) => Kept::default(),
        }
    }

    /// What it knew of the sources' history.
    pub(crate) fn history(&self) -> Option<&Remembered> {
        self.manifest.history.as_ref()
    }

    /// The files that were made of what `fingerprint` stands for, in the order in which they were recorded; `None`
    /// where they are not all there as they were written. They may then be put as [`super::Content::Kept`].
    pub(crate) fn files(&self, fingerprint: &str) -> Option<&[OutputPath]> {
        let (folder, files) = (self.folder?, self.manifest.made.get(fingerprint)?);
        let is_there = |file: &OutputPath| {
            let hash = self.manifest.files.get(file).flatten();
            hash.is_some() && survey::is_as_recorded(&folder.join(file.as_str()), hash).unwrap_or(false)
        };
        files.iter().all(is_there).then_some(files.as_slice())
    }

    /// What the whole site was made of, where that was recorded, and no build was interrupted since.
    pub(crate) fn whole(&self) -> Option<&Whole> {
        self.manifest.whole.as_ref().filter(|_| !self.is_interrupted)
    }

    /// How many files the site has.
    pub(crate) fn len(&self) -> usize {
        self.manifest.files.len()
    }

    /// Whether all of such a site stands as it was written.
    pub(crate) fn stands(&self) -> bool {
        let Some(folder) = self.folder.filter(|_| self.whole().is_some()) else { return false };
        // The manifest is written last. What was touched since may have become something else.
        let Some(site) = Folder::of(folder) else { return false };
        let Some(sealed) = site.touched(manifest::NAME) else { return false };
        self.manifest.files.as_slice().par_iter().all(|(file, hash)| {
            site.touched(file.as_str()).is_some_and(|touched| {
                let path = || folder.join(file.as_str());
                touched < sealed || hash.is_some() && survey::is_as_recorded(&path(), *hash).unwrap_or(false)
            })
        })
    }
}

/// A folder from which the system finds its files: that takes it half as long as from the root of all folders.
#[cfg(unix)]
struct Folder(OwnedFd);

#[cfg(unix)]
impl Folder {
    fn of(folder: &Path) -> Option<Folder> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        fs::open(folder, flags, Mode::empty()).ok().map(Folder)
    }

    /// When a file was last written, renamed or otherwise touched; `None` where there is none.
    fn touched(&self, file: &str) -> Option<(i128, i128)> {
        let found = fs::statat(&self.0, file, AtFlags::SYMLINK_NOFOLLOW).ok()?;
        let is_file = FileType::from_raw_mode(found.st_mode).is_file();
        is_file.then(|| (found.st_ctime.into(), found.st_ctime_nsec.into()))
    }
}

#[cfg(not(unix))]
struct Folder(PathBuf);

#[cfg(not(unix))]
impl Folder {
    fn of(folder: &Path) -> Option<Folder> {
        Some(Folder(folder.to_owned()))
    }

    /// When a file was last written; `None` where there is none.
    fn touched(&self, file: &str) -> Option<std::time::SystemTime> {
        self.0.join(file).symlink_metadata().ok().filter(Metadata::is_file)?.modified().ok()
    }
}
