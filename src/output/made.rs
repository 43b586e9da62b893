//! Files that cost much to make: what an earlier build made of the same is kept.

use std::collections::BTreeMap;
use std::fs::Metadata;
use std::path::Path;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::manifest::{self, Hash, Manifest, OnDisk, Remembered, Whole};
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
            let hash = self.manifest.files.get(file).copied().flatten();
            hash.is_some() && survey::is_as_recorded(&folder.join(file.as_str()), hash).unwrap_or(false)
        };
        files.iter().all(is_there).then_some(files.as_slice())
    }

    /// What the whole site was made of, where that was recorded.
    pub(crate) fn whole(&self) -> Option<&Whole> {
        self.manifest.whole.as_ref()
    }

    /// How many files the site has.
    pub(crate) fn len(&self) -> usize {
        self.manifest.files.len()
    }

    /// Whether all of such a site stands as it was written.
    pub(crate) fn stands(&self) -> bool {
        let Some(folder) = self.folder.filter(|_| self.manifest.whole.is_some() && !self.is_interrupted) else {
            return false;
        };
        // The manifest is written last. What was touched since may have become something else.
        let Some(sealed) = touched(&folder.join(manifest::NAME)) else { return false };
        let files: Vec<(&OutputPath, &Option<Hash>)> = self.manifest.files.iter().collect();
        files.par_iter().all(|(file, hash)| {
            let path = folder.join(file.as_str());
            touched(&path).is_some_and(|touched| {
                touched < sealed || hash.is_some() && survey::is_as_recorded(&path, **hash).unwrap_or(false)
            })
        })
    }
}

/// When the file at `path` was last written, renamed or otherwise touched; `None` where there is none.
#[cfg(unix)]
fn touched(path: &Path) -> Option<(i64, i64)> {
    use std::os::unix::fs::MetadataExt;
    let metadata = path.symlink_metadata().ok().filter(Metadata::is_file)?;
    Some((metadata.ctime(), metadata.ctime_nsec()))
}

/// When the file at `path` was last written; `None` where there is none.
#[cfg(not(unix))]
fn touched(path: &Path) -> Option<std::time::SystemTime> {
    path.symlink_metadata().ok().filter(Metadata::is_file)?.modified().ok()
}
