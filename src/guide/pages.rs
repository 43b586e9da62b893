//! The pages of a guide, and what others ask of each, side by side: links lead to pages from everywhere, and ask for little of what a
//! page is, which is spread over much memory.

use std::ops::{Deref, Range};

use super::{Inverse, Page, PageId};
use crate::config::{Config, KindId};
use crate::id::IdVec;
use crate::language::Language;

/// All pages, in the order of their files' paths.
#[derive(Debug)]
pub(crate) struct Pages {
    all: IdVec<Page>,
    briefs: Vec<Brief>,
    /// Their paths, one after the other.
    paths: String,
    /// How long the base path is, with which each begins.
    base: usize,
}

/// What others ask of a page.
#[derive(Debug)]
struct Brief {
    /// Where its path is among all.
    path: Range<u32>,
    kind: KindId,
    language: Language,
    /// Whether its front matter says its language.
    has_own_lang: bool,
    /// Whether its key is what its address says between the first slash and the last.
    has_plain_key: bool,
    /// How many pages the longest of its lists holds.
    longest_list: u32,
}

impl Deref for Pages {
    type Target = IdVec<Page>;

    fn deref(&self) -> &IdVec<Page> {
        &self.all
    }
}

impl Pages {
    /// These pages, at a base path.
    pub(super) fn of(all: IdVec<Page>, config: &Config) -> Pages {
        let mut paths = String::new();
        let end = |paths: &String| u32::try_from(paths.len()).expect("addresses take up less than four gigabytes");
        let brief = |page: &Page| {
            let own = page.draft.front_matter.lang.as_deref();
            let start = end(&paths);
            paths.push_str(&config.base.path);
            paths.push_str(&page.address.as_str()[1..]);
            Brief {
                path: start..end(&paths),
                kind: page.kind,
                language: own.map_or(config.site.language, Language::of_tag),
                has_own_lang: own.is_some(),
                has_plain_key: page.address.as_str().trim_matches('/') == &*page.key,
                longest_list: longest_list(page),
            }
        };
        let briefs = all.as_slice().iter().map(brief).collect();
        Pages { all, briefs, paths, base: config.base.path.len() }
    }

    fn brief(&self, page: PageId) -> &Brief {
        &self.briefs[page.index()]
    }

    /// The path of a page: its address below the base path.
    pub(crate) fn path(&self, page: PageId) -> &str {
        let Range { start, end } = self.brief(page).path;
        &self.paths[start as usize..end as usize]
    }

    /// How long that is, in bytes.
    pub(crate) fn path_len(&self, page: PageId) -> usize {
        self.brief(page).path.len()
    }

    /// The page at an address.
    pub(crate) fn at(&self, address: &str) -> Option<PageId> {
        let (start, len) = (self.base - 1, self.base - 1 + address.len());
        let is_there = |brief: &Brief| {
            brief.path.len() == len && self.paths[brief.path.start as usize + start..].starts_with(address)
        };
        self.briefs.iter().position(is_there).map(PageId::nth)
    }

    /// Prefetches what links to `pages` ask for.
    pub(crate) fn prefetch(&self, pages: impl Iterator<Item = PageId>) {
        prefetch(pages.map(|page| self.path(page)));
    }

    /// The key of a page, where that is made of slugs, as its address is: text that every format spells as it is.
    pub(crate) fn plain_key(&self, page: PageId) -> Option<&str> {
        self.brief(page).has_plain_key.then(|| self.path(page)[self.base..].trim_end_matches('/'))
    }

    /// How many pages the longest of its lists holds.
    pub(crate) fn longest_list(&self, page: PageId) -> usize {
        self.brief(page).longest_list as usize
    }

    /// What a page is.
    pub(crate) fn kind(&self, page: PageId) -> KindId {
        self.brief(page).kind
    }

    /// The language whose typography a page has.
    pub(super) fn language(&self, page: PageId) -> Language {
        self.brief(page).language
    }

    /// The tag of the language that a page says it is in.
    pub(crate) fn own_lang(&self, page: PageId) -> Option<&str> {
        if self.brief(page).has_own_lang { self.all[page].draft.front_matter.lang.as_deref() } else { None }
    }
}

/// Brings texts that are wanted soon, and are anywhere in memory, into the processor's cache: that fetches many at once, but one after
/// the other where each is written as soon as it is there.
pub(crate) fn prefetch<'a>(texts: impl Iterator<Item = &'a str>) {
    // Short as they are, they may begin in one line of it and end in the next.
    let ends = |text: &str| text.bytes().next().max(text.bytes().next_back()).unwrap_or_default();
    std::hint::black_box(texts.map(ends).fold(0, u8::max));
}

/// How many pages the longest of a page's lists holds, or as many as can be told.
fn longest_list(page: &Page) -> u32 {
    let Inverse { for_role, in_theme, related, .. } = &page.inverse;
    let lists = [page.backlinks.len(), for_role.len(), in_theme.len(), related.len()];
    u32::try_from(lists.into_iter().max().unwrap_or_default()).unwrap_or(u32::MAX)
}
