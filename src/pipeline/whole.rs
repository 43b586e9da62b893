//! A build of what was built before, which has nothing to do: known by a fingerprint of all that a site is made of.
//!
//! Only of a guide in which nothing was found, since findings are kept nowhere.

use std::path::Path;
use std::sync::Arc;

use super::{Built, Drafts, Findings, Loaded, Request};
use crate::guide::Guide;
use crate::output::{Kept, Whole, Written};

/// What the site that `request` asks for is made of, this program included; `None` where that may change unseen.
pub(super) fn fingerprint(loaded: &Loaded, request: &Request) -> Option<String> {
    if !loaded.unreadable.is_empty() {
        return None;
    }
    let mut hasher = blake3::Hasher::new();
    let drafts = if request.drafts == Drafts::Built { "drafts" } else { "" };
    for part in [env!("BOUSSOLE_PROGRAM"), drafts, request.base_url.as_deref().unwrap_or_default()] {
        hasher.update(part.as_bytes()).update(&[0]);
    }
    hasher.update(loaded.sources.fingerprint()?.as_bytes());
    Some(hasher.finalize().to_hex().as_str()[..32].to_owned())
}

/// What the next build may know of this one, in which nothing was found.
pub(super) fn record(of: String, guide: &Guide) -> Whole {
    let until = guide.pages.iter().filter_map(|(_, page)| page.draft.front_matter.review_by).min();
    Whole { of, pages: guide.pages.len(), until: until.map(|date| date.to_string()) }
}

/// The site that stands in its folder, where it was made of what `fingerprint` stands for.
pub(super) fn standing(
    fingerprint: &str,
    Loaded { sources, config, .. }: &Loaded,
    (request, (folder, kept)): (&Request, (&Path, &Kept<'_>)),
) -> Option<(Findings, Option<Built>)> {
    let lasts = |whole: &Whole| whole.until.as_ref().is_none_or(|until| request.date.to_string() <= *until);
    let whole = kept.whole().filter(|whole| whole.of == fingerprint && lasts(whole))?;
    let (pages, files) = (whole.pages, kept.len());
    let written = Written { unchanged: files, ..Written::default() };
    let tongue = config.site.language.tongue();
    let findings = Findings { sources: Arc::clone(sources), tongue, found: Vec::new(), pages, fatal: false };
    Some((findings, Some(Built { folder: folder.to_owned(), written, address: super::address(config) })))
}
