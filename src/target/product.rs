//! Files that cost much to make, and are kept as long as what they are made of is the same.

use crate::output::{Content, Made};
use crate::path::OutputPath;

/// Files that were made together, or kept.
#[derive(Debug)]
pub(crate) struct Product {
    /// What they were made of.
    fingerprint: String,
    /// Each with its bytes, unless it is kept.
    files: Vec<(OutputPath, Option<Vec<u8>>)>,
}

impl Product {
    /// Files that an earlier build left.
    pub(super) fn kept(fingerprint: String, files: &[OutputPath]) -> Product {
        Product { fingerprint, files: files.iter().map(|file| (file.clone(), None)).collect() }
    }

    /// Files that were made just now.
    pub(super) fn made(fingerprint: String, files: Vec<(OutputPath, Vec<u8>)>) -> Product {
        Product { fingerprint, files: files.into_iter().map(|(file, bytes)| (file, Some(bytes))).collect() }
    }

    /// Takes the files out, each with what is to be written, and records in `made` which they are.
    pub(crate) fn files(self, made: &mut Made) -> impl Iterator<Item = (OutputPath, Content)> + use<> {
        made.insert(self.fingerprint, self.files.iter().map(|(file, _)| file.clone()).collect());
        let content = |bytes: Option<Vec<u8>>| bytes.map_or(Content::Kept, Content::Bytes);
        self.files.into_iter().map(move |(file, bytes)| (file, content(bytes)))
    }
}
