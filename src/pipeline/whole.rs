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

/// The site made of what `fingerprint` stands for, where it stands in its folder untouched.
pub(super) fn standing(
    fingerprint: &str,
    Loaded { sources, config, .. }: &Loaded,
    (request, folder): (&Request, &Path),
) -> Option<(Findings, Option<Built>)> {
    let kept = Kept::of(folder);
    let lasts = |whole: &Whole| whole.until.as_ref().is_none_or(|until| request.date.to_string() <= *until);
    let (whole, files) = kept.whole_of(fingerprint).filter(|(whole, _)| lasts(whole))?;
    let pages = whole.pages;
    let written = Written { unchanged: files, ..Written::default() };
    let tongue = config.site.language.tongue();
    let findings = Findings { sources: Arc::clone(sources), tongue, found: Vec::new(), pages, fatal: false };
    Some((findings, Some(Built { folder: folder.to_owned(), written, address: super::address(config) })))
}
