//! Files that cost much to make: what an earlier build made of the same is kept.

use std::collections::BTreeMap;
use std::path::Path;

use super::manifest::{Manifest, OnDisk, Remembered};
use super::survey;
use crate::path::OutputPath;

/// Files by a fingerprint of all that they were made of: sources, settings, and the version of whatever made them.
pub(crate) type Made = BTreeMap<String, Vec<OutputPath>>;

/// What an earlier build made and left in the output.
#[derive(Debug, Default)]
pub(crate) struct Kept<'a> {
    folder: Option<&'a Path>,
    manifest: Manifest,
}

impl<'a> Kept<'a> {
    /// What is in `folder`; nothing where Boussole has not built.
    pub(crate) fn of(folder: &'a Path) -> Kept<'a> {
        match OnDisk::read(folder) {
            Ok(before) => Kept { folder: Some(folder), manifest: before.manifest },
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
}
