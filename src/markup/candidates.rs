//! The files that a page may show a picture with: smaller ones beside the author's own.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::path::OutputPath;
use crate::source::FileId;

/// A smaller version of a picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Candidate {
    pub(crate) file: OutputPath,
    /// In pixels.
    pub(crate) width: u32,
}

/// The smaller versions of each picture, the smallest first.
#[derive(Clone, Debug, Default)]
pub(crate) struct Candidates(FxHashMap<FileId, Vec<Candidate>>);

impl Candidates {
    /// None of any picture.
    pub(crate) fn none() -> &'static Candidates {
        static NONE: LazyLock<Candidates> = LazyLock::new(Candidates::default);
        &NONE
    }

    /// Those of one picture.
    pub(crate) fn of(&self, picture: FileId) -> &[Candidate] {
        self.0.get(&picture).map_or(&[], Vec::as_slice)
    }
}

impl FromIterator<(FileId, Vec<Candidate>)> for Candidates {
    fn from_iter<T: IntoIterator<Item = (FileId, Vec<Candidate>)>>(all: T) -> Candidates {
        Candidates(all.into_iter().filter(|(_, candidates)| !candidates.is_empty()).collect())
    }
}
