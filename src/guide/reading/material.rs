//! All that a page's reading is made of.

use std::sync::Arc;

use crate::config::Config;
use crate::guide::inverse::Inverse;
use crate::guide::linking::Decided;
use crate::guide::scan::Scan;
use crate::guide::tree::Entry;
use crate::guide::{Link, PageId, TextId};
use crate::syntax::draft::Draft;

/// The texts of all pages, with where their links lead and what stands where in them.
pub(in crate::guide) struct Material<'a> {
    pub(in crate::guide) config: &'a Config,
    pub(in crate::guide) entries: &'a [Entry],
    /// By page, then by text: the page's own first.
    pub(in crate::guide) decided: &'a [Decided],
    pub(in crate::guide) scans: &'a [Vec<Arc<Scan>>],
    pub(in crate::guide) inverse: &'a [Inverse],
}

impl<'a> Material<'a> {
    pub(super) fn entry(&self, page: PageId) -> &'a Entry {
        &self.entries[page.index()]
    }

    pub(super) fn draft(&self, text: TextId) -> &'a Draft {
        self.entry(text.page).draft(text.leaf)
    }

    pub(super) fn links(&self, text: TextId) -> &'a [Link] {
        &self.decided[text.page.index()].links[place(text)]
    }

    pub(super) fn scan(&self, text: TextId) -> &'a Scan {
        &self.scans[text.page.index()][place(text)]
    }

    /// Whether words of a page's texts may become links.
    pub(super) fn links_words(&self, page: PageId) -> bool {
        self.entry(page).draft.front_matter.autolink_here.unwrap_or(true)
    }
}

/// Where a text is among those of its page.
fn place(text: TextId) -> usize {
    text.leaf.map_or(0, |leaf| leaf as usize + 1)
}
