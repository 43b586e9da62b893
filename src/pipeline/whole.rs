//! A build of what was built before, which has nothing to do: known by a fingerprint of all that a site is made of.
//!
//! Only of a guide in which nothing was found, since findings are kept nowhere.

use std::path::Path;
use std::sync::Arc;

use blake3::{Hash, Hasher};

use super::{Built, Drafts, Findings, Loaded, Request};
use crate::config::Config;
use crate::guide::Guide;
use crate::output::{Kept, Whole, Written};
use crate::source::{History, Walk};

/// What the site that `request` asks for is made of, this program included; `None` where that may change unseen.
pub(super) fn fingerprint(loaded: &Loaded, request: &Request) -> Option<String> {
    if !loaded.unreadable.is_empty() {
        return None;
    }
    Some(as_asked(loaded.sources.fingerprint()?, request))
}

/// A site made of `sources` as `request` asks, by this program.
fn as_asked(sources: Hash, request: &Request) -> String {
    let mut hasher = Hasher::new();
    let drafts = if request.drafts == Drafts::Built { "drafts" } else { "" };
    for part in [env!("BOUSSOLE_PROGRAM"), drafts, request.base_url.as_deref().unwrap_or_default()] {
        hasher.update(part.as_bytes()).update(&[0]);
    }
    hasher.update(sources.as_bytes());
    hasher.finalize().to_hex().as_str()[..32].to_owned()
}

/// What the next build may know of this one, in which nothing was found.
pub(super) fn record(of: String, guide: &Guide) -> Whole {
    let until = guide.pages.iter().filter_map(|(_, page)| page.draft.front_matter.review_by).min();
    Whole { of, pages: guide.pages.len(), until: until.map(|date| date.to_string()) }
}

/// Whether a whole site was `kept`, in whose guide nothing new is to be found on the day of the build.
pub(super) fn lasts(kept: &Kept<'_>, request: &Request) -> bool {
    let is_in_time = |whole: &Whole| whole.until.as_ref().is_none_or(|until| request.date.to_string() <= *until);
    kept.whole().is_some_and(is_in_time)
}

/// The site that stands in its folder, where it was made of the same sources, asked for alike, and is as it was written: that
/// takes as long to see as the sources to read, and where these are others, as mostly they are, does not matter.
pub(super) fn standing(
    config: &Config,
    request: &Request,
    (walk, history): (&Walk, &History),
    (folder, kept): (&Path, &Kept<'_>),
) -> Option<(Findings, Option<Built>)> {
    let whole = kept.whole()?;
    if as_asked(walk.fingerprint(history)?, request) != whole.of || !kept.stands() {
        return None;
    }
    let written = Written { unchanged: kept.len(), ..Written::default() };
    let (sources, tongue) = (Arc::default(), config.site.language.tongue());
    let findings = Findings { sources, tongue, found: Vec::new(), pages: whole.pages, fatal: false };
    Some((findings, Some(Built { folder: folder.to_owned(), written, address: super::address(config) })))
}
