//! The files that are made of authors' pictures: smaller ones for smaller screens, icons of the logo.
//!
//! They are made before anything is rendered, since pages name them, and after the guide was found to be sound. What was
//! made of the same bytes before, and is still in the output, is not made again.

#[cfg(feature = "images")]
mod icons;
#[cfg(feature = "images")]
mod make;

use super::product::{Earlier, Product};
use super::{WEB_MANIFEST, own};
use crate::diagnostic::Diagnostic;
use crate::guide::Guide;
use crate::markup::candidates::Candidates;
use crate::markup::spelling::Spelling;
use crate::path::OutputPath;
use crate::picture::Format;
use crate::source::Sources;
use crate::theme::view;

/// All files that are made of the guide's pictures.
#[derive(Debug, Default)]
pub(crate) struct Pictures {
    pub(super) candidates: Candidates,
    pub(super) icons: Option<Icons>,
    pub(crate) products: Vec<Product>,
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
    pub(crate) fn make(guide: &Guide, sources: &Sources, earlier: Earlier<'_>) -> (Pictures, Vec<Diagnostic>) {
        make::Maker { guide, sources, earlier }.make()
    }

    /// None: every picture is shown as it is.
    #[cfg(not(feature = "images"))]
    pub(crate) fn make(_guide: &Guide, _sources: &Sources, _earlier: Earlier<'_>) -> (Pictures, Vec<Diagnostic>) {
        (Pictures::default(), Vec::new())
    }
}
