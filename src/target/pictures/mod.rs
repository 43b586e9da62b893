//! The files that are made of authors' pictures: smaller ones for smaller screens, icons of the logo.
//!
//! They are made before anything is rendered, since pages name them, and after the guide was found to be sound. What was
//! made of the same bytes before, and is still in the output, is not made again: [`Before`] knows.

#[cfg(feature = "images")]
mod icons;
#[cfg(feature = "images")]
mod make;

use std::sync::Arc;

use super::{WEB_MANIFEST, own};
use crate::diagnostic::Diagnostic;
use crate::guide::Guide;
use crate::markup::candidates::Candidates;
use crate::markup::spelling::Spelling;
use crate::output::{Content, Kept, Made};
use crate::path::OutputPath;
use crate::picture::Format;
use crate::source::Sources;
use crate::theme::view;

/// All files that are made of the guide's pictures.
#[derive(Debug, Default)]
pub(crate) struct Pictures {
    pub(super) candidates: Candidates,
    pub(super) icons: Option<Icons>,
    pub(super) batches: Vec<Batch>,
}

/// The files that were made of the same bytes in one go.
#[derive(Clone, Debug)]
pub(crate) struct Batch {
    /// What they were made of, and how: two batches with one fingerprint are the same.
    pub(crate) fingerprint: String,
    pub(crate) files: Vec<MadeFile>,
}

/// One of them.
#[derive(Clone, Debug)]
pub(crate) struct MadeFile {
    pub(crate) file: OutputPath,
    /// `None` where it stands in the output already.
    pub(crate) bytes: Option<Arc<[u8]>>,
}

/// The icons of the guide.
#[derive(Clone, Debug)]
pub(crate) struct Icons {
    /// `favicon.ico`
    pub(super) ico: OutputPath,
    /// For home screens, on an opaque ground.
    pub(super) touch: OutputPath,
    /// Those that the web manifest lists, with their sides.
    pub(super) listed: Vec<(u32, OutputPath)>,
}

/// What was made before.
pub(crate) trait Before: Sync {
    /// The files that were made under a fingerprint, where all of them are still as they were made.
    fn files(&self, fingerprint: &str) -> Option<Vec<OutputPath>>;
}

impl Before for Kept<'_> {
    fn files(&self, fingerprint: &str) -> Option<Vec<OutputPath>> {
        Kept::files(self, fingerprint).map(<[OutputPath]>::to_vec)
    }
}

/// Nothing was.
#[cfg(test)]
pub(crate) struct Nothing;

#[cfg(test)]
impl Before for Nothing {
    fn files(&self, _fingerprint: &str) -> Option<Vec<OutputPath>> {
        None
    }
}

impl MadeFile {
    /// What the output is to hold.
    pub(super) fn content(&self) -> Content {
        match &self.bytes {
            Some(bytes) => Content::Shared(Arc::clone(bytes)),
            None => Content::Kept,
        }
    }
}

impl Icons {
    /// What templates see of them.
    pub(super) fn view(&self, spelling: Spelling<'_>) -> view::Icons {
        let Icons { ico, touch, .. } = self;
        let is_vector = |file: &&OutputPath| Format::of_name(file.as_str()) == Some(Format::Svg);
        view::Icons {
            ico: spelling.file(ico),
            svg: spelling.guide.logo.as_ref().filter(is_vector).map(|file| spelling.file(file)),
            touch: spelling.file(touch),
            manifest: spelling.file(&own(WEB_MANIFEST)),
        }
    }
}

impl Pictures {
    /// Those of `guide`, and the pictures of which none can be made.
    #[cfg(feature = "images")]
    pub(crate) fn make(guide: &Guide, sources: &Sources, before: &dyn Before) -> (Pictures, Vec<Diagnostic>) {
        make::Maker { guide, sources, before }.make()
    }

    /// None: every picture is shown as it is.
    #[cfg(not(feature = "images"))]
    pub(crate) fn make(_guide: &Guide, _sources: &Sources, _before: &dyn Before) -> (Pictures, Vec<Diagnostic>) {
        (Pictures::default(), Vec::new())
    }

    /// The files by batch.
    pub(crate) fn batches(&self) -> &[Batch] {
        &self.batches
    }

    /// What the output is to know of them, so that they need not be made again.
    pub(crate) fn made(&self) -> Made {
        let files = |batch: &Batch| batch.files.iter().map(|made| made.file.clone()).collect();
        self.batches.iter().map(|batch| (batch.fingerprint.clone(), files(batch))).collect()
    }
}
