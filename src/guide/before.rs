//! What one resolution keeps for the next: what was found out about each page, for as long as all that it rests on is
//! the same.
//!
//! It decides only whether something is worked out again, never what comes of it: resolving with it gives what resolving
//! without it would.

use std::sync::Arc;

#[cfg(feature = "serve")]
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use super::PageId;
use super::linking::{Decided, Lexicon};
use super::names::FoldedNames;
use super::order::Order;
use super::reading::Read;
use super::scan::Scan;
use super::tree::Entry;
#[cfg(feature = "serve")]
use crate::language::Tongue;
use crate::syntax::draft::Draft;

/// What the last resolution left, for one of the same configuration and the same files.
#[derive(Debug, Default)]
pub(crate) struct Before {
    /// Whether anything is to be kept.
    keeps: bool,
    /// All drafts, those that were left out included.
    drafts: Vec<Arc<Draft>>,
    /// By page.
    rows: Vec<Row>,
    order: Option<Order>,
    names: Option<Arc<FoldedNames>>,
    lexicon: Option<Arc<Lexicon>>,
    /// What the last resolution had to work out.
    pub(crate) work: Work,
}

/// How many pages something was worked out for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Work {
    /// Where their links lead.
    pub(crate) decided: usize,
    /// Which names stand in them.
    pub(crate) scanned: usize,
    /// How they are read.
    pub(crate) read: usize,
}

/// Texts whose words are not yet noted.
#[cfg(feature = "serve")]
pub(crate) struct Unread {
    texts: Vec<(Arc<Draft>, Arc<Scan>)>,
    tongue: Option<Tongue>,
}

#[cfg(feature = "serve")]
impl Unread {
    /// Notes them.
    pub(crate) fn read(self) {
        let Some(tongue) = self.tongue else { return };
        self.texts.par_iter().for_each(|(draft, scan)| scan.index(&draft.body, tongue));
    }
}

/// What is known of a page.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Its own draft, then those of its leaves.
    pub(super) drafts: Vec<Arc<Draft>>,
    pub(super) decided: Decided,
    pub(super) scans: Vec<Arc<Scan>>,
    /// The questions about it.
    pub(super) asked: Vec<PageId>,
    pub(super) read: Arc<Read>,
}

impl Row {
    /// Whether the page has the same texts.
    pub(super) fn is_of(&self, entry: &Entry) -> bool {
        let same = |(one, other): (&Arc<Draft>, &Arc<Draft>)| Arc::ptr_eq(one, other);
        self.drafts.len() == entry.drafts().count() && self.drafts.iter().zip(entry.drafts()).all(same)
    }
}

impl Before {
    /// Nothing yet, and everything from now on.
    #[cfg(feature = "serve")]
    pub(crate) fn keeping() -> Before {
        Before { keeps: true, ..Before::default() }
    }

    /// Forgets what rests on another configuration or on other files.
    #[cfg(feature = "serve")]
    pub(crate) fn forget(&mut self) {
        *self = Before { keeps: self.keeps, ..Before::default() };
    }

    /// The texts whose words are not yet noted: who does so in good time spares the next resolution reading all texts where
    /// only a name has changed.
    #[cfg(feature = "serve")]
    pub(crate) fn unread_words(&self) -> Unread {
        let texts = self.rows.iter().flat_map(|row| row.drafts.iter().zip(&row.scans));
        let unread = texts.filter(|(_, scan)| !scan.is_indexed());
        let texts = unread.map(|(draft, scan)| (Arc::clone(draft), Arc::clone(scan))).collect();
        Unread { texts, tongue: self.lexicon.as_ref().map(|lexicon| lexicon.tongue()) }
    }

    /// Whether the pages are those of the last resolution, and look the same to each other.
    pub(super) fn meets(&mut self, drafts: &[Arc<Draft>]) -> bool {
        if !self.keeps {
            return false;
        }
        let before = std::mem::replace(&mut self.drafts, drafts.to_vec());
        let same = |(one, other): (&Arc<Draft>, &Arc<Draft>)| Arc::ptr_eq(one, other) || one.has_the_face_of(other);
        before.len() == drafts.len() && before.iter().zip(drafts).all(same)
    }

    /// The order of the pages: that of the last resolution, where they `look_the_same`.
    pub(super) fn order(&mut self, look_the_same: bool, sort: impl FnOnce() -> Order) -> Order {
        let order = self.order.take().filter(|_| look_the_same).unwrap_or_else(sort);
        self.order = self.keeps.then(|| order.clone());
        order
    }

    /// What the pages are called: the same as in the last resolution, where they `look_the_same`.
    pub(super) fn names(&mut self, look_the_same: bool, fold: impl FnOnce() -> FoldedNames) -> Arc<FoldedNames> {
        let names = self.names.take().filter(|_| look_the_same).unwrap_or_else(|| Arc::new(fold()));
        self.names = self.keeps.then(|| Arc::clone(&names));
        names
    }

    /// What is known of the pages, by page; nothing where they are not the same files.
    pub(super) fn rows(&mut self, entries: &[Entry]) -> Vec<Row> {
        let file = |draft: &Arc<Draft>| draft.file;
        let is_of = |(row, entry): (&Row, &Entry)| entry.drafts().map(file).eq(row.drafts.iter().map(file));
        let rows = std::mem::take(&mut self.rows);
        if rows.len() == entries.len() && rows.iter().zip(entries).all(is_of) { rows } else { Vec::new() }
    }

    /// The names that were looked for.
    pub(super) fn lexicon(&self) -> Option<&Arc<Lexicon>> {
        self.lexicon.as_ref()
    }

    /// Whether anything is kept for the next resolution.
    pub(super) fn keeps(&self) -> bool {
        self.keeps
    }

    /// Keeps what the next resolution may use.
    pub(super) fn keep(&mut self, rows: impl Iterator<Item = Row>, lexicon: &Arc<Lexicon>, work: Work) {
        self.rows = rows.collect();
        self.lexicon = Some(Arc::clone(lexicon));
        self.work = work;
    }
}
