//! A page as it is read: its texts in order, what they include, which words of them are links, and the references.
//!
//! Everything here depends on the page that is read: the same words of an included text may be a link in one page and
//! not in another. Targets look it up; they decide nothing of it.

mod excerpt;
mod material;
mod walk;

use std::ops::Range;
use std::sync::Arc;

use super::{Guide, PageId, TextId};
use crate::path::Address;
use crate::source::FileId;
use crate::syntax::draft::Draft;

pub(super) use material::Material;
pub(super) use walk::{Read, Space, asked, read};

pub(crate) use excerpt::lowered;

/// A page as it is read.
#[derive(Debug, Default)]
pub(crate) struct Reading {
    /// Its own texts.
    pub(crate) own: Excerpt,
    /// The frequent questions about it, each whole.
    pub(crate) questions: Vec<Included>,
    /// What the page's links lead to, in the order of their numbers, which begin with 1: the page itself first. Empty
    /// where the guide does not know its full address.
    pub(crate) references: Vec<Reference>,
}

/// Some of a page's texts.
#[derive(Debug, Default)]
pub(crate) struct Excerpt {
    /// In reading order: the beginning, the facets as configured, then the other sections.
    pub(crate) parts: Vec<Part>,
    /// The texts that the parts are of, each once.
    pub(crate) texts: Vec<Shown>,
}

/// A stretch of a text.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// Its text, in [`Excerpt::texts`].
    pub(crate) text: usize,
    /// The facet that it is, as an index into `Config::facets`.
    pub(crate) facet: Option<usize>,
    /// The level-2 heading that it begins with, unless that is a facet's.
    pub(crate) heading: Option<u32>,
    /// A facet's heading is not among them.
    pub(crate) events: Range<u32>,
}

/// A text as an excerpt shows it.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) id: TextId,
    /// How many levels its headings are moved down.
    pub(crate) shift: i8,
    /// The words that are links, in their order.
    pub(crate) mentions: Vec<Mention>,
    /// Its written links that are shown, by their place in the body's table, and their numbers; 0 for one without.
    pub(crate) numbers: Vec<(u32, u32)>,
    /// What is included, by the events that say so.
    pub(crate) inclusions: Vec<(u32, Included)>,
}

/// Words that are a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Mention {
    pub(crate) page: PageId,
    /// The event with its first word, and the byte of that event's text.
    pub(crate) start: (u32, u32),
    /// The event with its last word, and the byte of that event's text after it.
    pub(crate) end: (u32, u32),
    /// Its number among the references; 0 where there are none.
    pub(crate) number: u32,
}

/// A page, or a part of it, that is shown in another.
#[derive(Debug)]
pub(crate) struct Included {
    pub(crate) page: PageId,
    /// The part; `None` for the whole.
    pub(crate) anchor: Option<Arc<str>>,
    /// The level of the headings that its facets get.
    pub(crate) top: u8,
    /// Which of the page's inclusions it is, from 1: for ids that are its own.
    pub(crate) number: u32,
    pub(crate) excerpt: Excerpt,
}

/// What a numbered link leads to.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Reference {
    Page(PageId, Option<Arc<str>>),
    /// A page that no author wrote, and a place in it, from `#` on.
    Generated(Box<(Address, Box<str>)>),
    /// A file that is copied, and a place in it, from `#` on.
    File(FileId, Box<str>),
    /// A full address outside the guide.
    Url(Box<str>),
}

impl Reference {
    /// The page that it is.
    pub(crate) fn page(&self) -> Option<PageId> {
        if let Reference::Page(page, _) = self { Some(*page) } else { None }
    }
}

impl Excerpt {
    /// Whether it shows the heading at an anchor of `page`.
    pub(crate) fn shows(&self, guide: &Guide, page: PageId, anchor: &str) -> bool {
        self.has_heading(|id| guide.text(id).draft, (page, anchor))
    }

    /// The same, among drafts.
    fn has_heading<'d>(&self, draft: impl Fn(TextId) -> &'d Draft, (page, anchor): (PageId, &str)) -> bool {
        let mut texts = self.texts.iter().enumerate().filter(|(_, shown)| shown.id.page == page);
        texts.any(|(text, shown)| {
            let headings = &draft(shown.id).body.tables.headings;
            headings.iter().filter(|heading| heading.anchor == anchor).any(|heading| {
                self.parts.iter().any(|part| part.text == text && part.events.contains(&heading.content.start))
            })
        })
    }
}

impl Shown {
    /// Whether a written link, by its place in the body's table, is shown: not in a note that nothing calls.
    pub(crate) fn shows(&self, link: u32) -> bool {
        self.numbers.binary_search_by_key(&link, |&(link, _)| link).is_ok()
    }

    /// The number of a written link, by its place in the body's table; `None` for one without a number.
    pub(crate) fn number(&self, link: u32) -> Option<u32> {
        let at = self.numbers.binary_search_by_key(&link, |&(link, _)| link).ok()?;
        Some(self.numbers[at].1).filter(|&number| number > 0)
    }

    /// The words of some events' texts that are links, by where they begin.
    pub(crate) fn mentions_within(&self, events: &Range<u32>) -> &[Mention] {
        let start = self.mentions.partition_point(|mention| mention.start.0 < events.start);
        let end = self.mentions.partition_point(|mention| mention.start.0 < events.end);
        &self.mentions[start..end]
    }

    /// What is included at an event.
    pub(crate) fn inclusion(&self, event: u32) -> Option<&Included> {
        let at = self.inclusions.binary_search_by_key(&event, |(event, _)| *event).ok()?;
        Some(&self.inclusions[at].1)
    }
}
