//! About how many bytes of HTML texts take up: what views are divided by.

use std::ops::Range;

use super::super::shared::escaped;
use crate::guide::{Excerpt, Guide, Link, PageId, Shown};
use crate::syntax::body::{Element, Event};

/// A tag.
const TAG: usize = 8;

/// A link, beside its address and its words.
const LINK: usize = 60;

/// How many times its length highlighted code takes up.
const HIGHLIGHTED: usize = 4;

/// What a text takes up.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Weight {
    /// As HTML, in bytes.
    pub(super) html: usize,
    /// As plain text, in bytes.
    pub(super) text: usize,
}

impl std::ops::AddAssign for Weight {
    fn add_assign(&mut self, other: Weight) {
        self.html += other.html;
        self.text += other.text;
    }
}

/// What the address of a page takes up.
pub(in super::super) fn address(guide: &Guide, page: PageId) -> usize {
    // The slash between a base path and an address is of both.
    guide.pages.path_len(page) + 1
}

/// What the full address of a page takes up, where there is one.
pub(super) fn full_address(guide: &Guide, page: PageId) -> usize {
    guide.config.base.origin.as_ref().map_or(0, |origin| origin.len() + address(guide, page))
}

/// What an excerpt takes up as a whole.
pub(super) fn whole(guide: &Guide, excerpt: &Excerpt) -> Weight {
    let mut weight = Weight::default();
    for part in &excerpt.parts {
        weight += stretch(guide, &excerpt.texts[part.text], part.events.clone());
    }
    weight
}

/// What the first paragraph of a page, or of one of its facets, takes up.
pub(super) fn first_paragraph(guide: &Guide, page: PageId, facet: Option<usize>) -> Weight {
    let own = &guide.pages[page].reading.own;
    let parts = own.parts.iter().filter(|part| facet.is_none() || part.facet == facet);
    let first = parts.into_iter().find_map(|part| {
        let shown = &own.texts[part.text];
        let events = guide.text(shown.id).draft.body.first_paragraph(&part.events)?;
        Some(stretch(guide, shown, events))
    });
    first.unwrap_or_default()
}

/// What some events of a text take up.
fn stretch(guide: &Guide, shown: &Shown, events: Range<u32>) -> Weight {
    let text = guide.text(shown.id);
    let body = &text.draft.body;
    let mentions = shown.mentions_within(&events).iter();
    let linked: usize = mentions.map(|mention| LINK + address(guide, mention.page)).sum();
    let mut weight = Weight { html: TAG * events.len() + linked, text: 0 };
    let mut times = 1;
    for at in events {
        match body.events[at as usize] {
            Event::Open(Element::CodeBlock(_)) => times = HIGHLIGHTED,
            Event::Close(Element::CodeBlock(_)) => times = 1,
            Event::Text(piece) | Event::Code(piece) | Event::Verbatim(piece) | Event::Html(piece) => {
                let piece = body.text(piece);
                weight += Weight { html: times * escaped(piece), text: piece.len() };
            }
            Event::Open(Element::Link(link)) => {
                weight.html += LINK + body.text(body.tables.links[link as usize].destination).len();
                if let Link::Page(page, _) = text.links[link as usize] {
                    weight.html += address(guide, page);
                }
            }
            Event::Open(Element::Image(_) | Element::Html(_)) => weight.html += LINK,
            Event::Include(_) => {
                let included = shown.inclusion(at).map(|included| whole(guide, &included.excerpt));
                weight += included.unwrap_or_default();
            }
            _ => {}
        }
    }
    weight
}
