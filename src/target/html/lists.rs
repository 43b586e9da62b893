//! Lists that belong to a page: the rest of long ones, which are pages of their own below it, and the sentences that cite it.

use std::ops::Range;
use std::sync::{Arc, Mutex, PoisonError};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rayon::slice::ParallelSlice;
use rustc_hash::FxHashMap;

use super::Generated;
use super::shared::{LONG_LIST, Shared, escaped};
use super::views::weight;
use crate::guide::{Backlink, Guide, Page, PageId, prefetch};
use crate::id::{Id, IdVec};
use crate::language::Tongue;
use crate::path::{Address, Slug};
use crate::theme::listing::{Items, ListGroup, Listing};
use crate::theme::{Known, Listed, view};

/// How many entries of a list stand at most on the page itself, and on each page of the rest.
const ON_PAGE: usize = 500;

/// Lists of so many entries are never too long.
const SHORT: usize = 50;

/// How many backlinks a page has at most for their sentences to be told.
const SENTENCES: usize = 50;

/// How many titles are looked at together.
const TOGETHER: usize = 64;

/// About how many bytes of HTML an entry takes up beside its title, its address and its summary.
const ENTRY: usize = 50;

/// A list that a page has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum List {
    /// The pages that link to it.
    Backlinks,
    /// The pages of the theme that it is.
    Theme,
    /// The pages for the role that it is.
    Role,
    /// The pages that are related to it.
    Related,
}

/// The place of a page in [`Lists`].
pub(in crate::target) type RestId = Id<Rest>;

/// A page with some of a list's entries.
#[derive(Clone, Debug)]
pub(in crate::target) struct Rest {
    list: List,
    page: PageId,
    /// Which page of the list it is, from 2: the first is the page itself.
    number: usize,
    /// Which of the list's pages it shows.
    shown: Range<usize>,
    address: Address,
}

/// The sentences that cite a page, in the order of its backlinks.
pub(in crate::target) type Sentences = Arc<[Box<str>]>;

/// What pages list.
pub(in crate::target) struct Lists {
    /// Every page with the rest of a list.
    rests: IdVec<Rest>,
    /// The first of each list.
    first: FxHashMap<(List, PageId), RestId>,
    /// The sentences that cite each page, from when one shows them until another does: the page, and `guide.json`.
    sentences: Vec<Mutex<Option<Sentences>>>,
}

impl List {
    const ALL: [List; 4] = [List::Backlinks, List::Theme, List::Role, List::Related];

    /// The pages that a page's list holds; of those that cite it or are of its theme, by kind, those with a written link
    /// before others.
    pub(super) fn pages(self, guide: &Guide, page: PageId) -> Vec<PageId> {
        let of = &guide.pages[page];
        let mut pages: Vec<PageId> = match self {
            List::Theme => of.inverse.in_theme.clone(),
            List::Role => return of.inverse.for_role.clone(),
            List::Related => return of.inverse.related.clone(),
            List::Backlinks => {
                let mut backlinks: Vec<_> = of.backlinks.iter().collect();
                backlinks.sort_by_key(|backlink| backlink.how);
                backlinks.into_iter().map(|backlink| backlink.text.page).collect()
            }
        };
        pages.sort_by_key(|&page| guide.pages.kind(page));
        pages
    }

    fn count(self, guide: &Guide, page: PageId) -> usize {
        let page = &guide.pages[page];
        match self {
            List::Backlinks => page.backlinks.len(),
            List::Theme => page.inverse.in_theme.len(),
            List::Role => page.inverse.for_role.len(),
            List::Related => page.inverse.related.len(),
        }
    }

    /// Where the list is cut, so that each of its pages holds no more than one should.
    fn cuts(self, guide: &Guide, page: PageId) -> Vec<usize> {
        if self.count(guide, page) <= SHORT {
            return Vec::new();
        }
        let mut cuts = Vec::new();
        let (mut filled, mut count) = (0, 0);
        let pages = self.pages(guide, page);
        prefetch(pages.iter().map(|&page| guide.pages[page].title()));
        for (at, entry) in pages.into_iter().enumerate() {
            let weight = self.weight(guide, entry);
            if filled + weight > LONG_LIST || count == ON_PAGE {
                cuts.push(at);
                (filled, count) = (0, 0);
            }
            (filled, count) = (filled + weight, count + 1);
        }
        cuts
    }

    /// About how many bytes of HTML the entry of a page takes up.
    fn weight(self, guide: &Guide, page: PageId) -> usize {
        let of = &guide.pages[page];
        let entry = ENTRY + escaped(of.title()) + weight::address(guide, page);
        if self != List::Role {
            return entry;
        }
        match of.reading.own.parts.iter().filter(|part| part.facet.is_some()).count() {
            0 => entry + escaped(&of.summary),
            // It stands under each of its facets.
            facets => facets * (entry + ENTRY / 2),
        }
    }

    fn slug(self, tongue: Tongue) -> &'static str {
        match (self, tongue) {
            (List::Backlinks, Tongue::French) => "cite-dans",
            (List::Backlinks, Tongue::English) => "cited-in",
            (List::Theme, Tongue::French) => "dans-ce-theme",
            (List::Theme, Tongue::English) => "in-this-theme",
            (List::Role, Tongue::French) => "pour-ce-role",
            (List::Role, Tongue::English) => "for-this-role",
            (List::Related, Tongue::French) => "voir-aussi",
            (List::Related, Tongue::English) => "see-also",
        }
    }
}

/// What no entry of a list weighs more than, the lists of roles apart.
fn heaviest(guide: &Guide) -> usize {
    let longest = |pages: &[Page]| {
        prefetch(pages.iter().map(Page::title));
        pages.iter().map(|page| escaped(page.title())).max()
    };
    let longest_title = guide.pages.as_slice().par_chunks(TOGETHER).filter_map(longest).max().unwrap_or_default();
    let longest_address = guide.pages.ids().map(|page| weight::address(guide, page)).max().unwrap_or_default();
    ENTRY + longest_title + longest_address
}

impl Lists {
    /// The lists of `guide`.
    pub(in crate::target) fn of(guide: &Guide) -> Lists {
        let sentences = guide.pages.ids().map(|_| Mutex::default()).collect();
        let mut lists = Lists { rests: IdVec::new(), first: FxHashMap::default(), sentences };
        let listing: Vec<PageId> = guide.pages.ids().filter(|&page| guide.pages.longest_list(page) > SHORT).collect();
        if listing.is_empty() {
            return lists;
        }
        let heaviest = heaviest(guide);
        let cut = |&page: &PageId| {
            let is_long = move |list: &List| {
                let count = list.count(guide, page);
                count > ON_PAGE || *list == List::Role || count * heaviest > LONG_LIST
            };
            let lists = List::ALL.into_iter().filter(is_long);
            lists.map(move |list| (page, list, list.cuts(guide, page))).filter(|(.., cuts)| !cuts.is_empty())
        };
        let cut: Vec<(PageId, List, Vec<usize>)> = listing.par_iter().flat_map_iter(cut).collect();
        for (page, list, cuts) in cut {
            let ends = cuts.iter().skip(1).copied().chain([list.count(guide, page)]);
            for (number, (&start, end)) in (2..).zip(cuts.iter().zip(ends)) {
                let slug = Slug::exact(list.slug(guide.config.site.language.tongue())).expect("it is one");
                let piece = Slug::exact(&number.to_string()).expect("a number is a slug");
                let address = guide.pages[page].address.join(&slug).join(&piece);
                let rest = lists.rests.push(Rest { list, page, number, shown: start..end, address });
                lists.first.entry((list, page)).or_insert(rest);
            }
        }
        lists
    }

    /// The sentences that cite a page; `None` where there are very many.
    pub(in crate::target) fn sentences(&self, guide: &Guide, page: PageId) -> Option<Sentences> {
        let backlinks = &guide.pages[page].backlinks;
        if backlinks.len() > SENTENCES {
            return None;
        }
        let mut kept = self.sentences[page.index()].lock().unwrap_or_else(PoisonError::into_inner);
        let made = || backlinks.iter().map(|from| sentence(guide, from)).collect();
        Some(kept.take().unwrap_or_else(|| Arc::clone(kept.insert(made()))))
    }

    /// The same of all pages. They are found page by page as these cite: what a page says takes up much memory, which is gone
    /// through once.
    pub(in crate::target) fn all_sentences(&self, guide: &Guide) -> Vec<Option<Sentences>> {
        let told = |page: &Page| page.backlinks.len() <= SENTENCES;
        let mut citing: Vec<Vec<(Backlink, PageId, usize)>> = guide.pages.ids().map(|_| Vec::new()).collect();
        for (to, page) in guide.pages.iter().filter(|(_, page)| told(page)) {
            for (at, &from) in page.backlinks.iter().enumerate() {
                citing[from.text.page.index()].push((from, to, at));
            }
        }
        let unmade = |page: &Page| told(page).then(|| vec![Box::default(); page.backlinks.len()]);
        let mut all: Vec<Option<Vec<Box<str>>>> = guide.pages.as_slice().iter().map(unmade).collect();
        for (from, to, at) in citing.into_iter().flatten() {
            if let Some(sentences) = &mut all[to.index()] {
                sentences[at] = sentence(guide, &from);
            }
        }
        let keep = |(sentences, kept): (Option<Vec<Box<str>>>, &Mutex<Option<Sentences>>)| {
            let sentences: Sentences = sentences?.into();
            let mut kept = kept.lock().unwrap_or_else(PoisonError::into_inner);
            // A page that was made before has shown its own.
            *kept = if kept.is_some() { None } else { Some(Arc::clone(&sentences)) };
            Some(sentences)
        };
        all.into_iter().zip(&self.sentences).map(keep).collect()
    }

    /// Where each page is.
    pub(in crate::target) fn addresses(&self) -> impl Iterator<Item = (RestId, &Address)> {
        self.rests.iter().map(|(id, rest)| (id, &rest.address))
    }

    /// How many of the list's `count` entries stand on the page itself.
    pub(super) fn on_page(&self, list: List, page: PageId, count: usize) -> usize {
        self.of_page(list, page).map_or(count, |rest| rest.shown.start)
    }

    /// The rest of a page's list, where that is long.
    pub(super) fn of_page(&self, list: List, page: PageId) -> Option<&Rest> {
        self.first.get(&(list, page)).map(|&rest| &self.rests[rest])
    }

    /// A page of a list as one that no author wrote, and what it lists.
    pub(in crate::target) fn page(&self, id: RestId, shared: &Shared<'_>) -> (Generated, Listing) {
        let rest = &self.rests[id];
        let guide = shared.spelling.guide;
        let mut listed = rest.list.pages(guide, rest.page)[rest.shown.clone()].to_vec();
        listed.sort_by_key(|&page| guide.pages.kind(page));
        let group = |(title, pages): (&str, &[PageId])| {
            let entries = Listed::of(pages.iter().map(|&page| shared.line(page, None)), shared.telling);
            ListGroup { id: String::new(), title: title.to_owned(), items: Items::Pages(entries) }
        };
        let groups = shared.by_kind(&listed).map(group).collect();
        let next = self.rests.as_slice().get(id.index() + 1);
        let next = next.filter(|next| (next.list, next.page) == (rest.list, rest.page));
        let title = format!("{} – {} ({})", shared.page_title(rest.page), shared.words.of_list(rest.list), rest.number);
        let mut above: Vec<Known<view::Link>> =
            guide.ancestors(rest.page).into_iter().skip(1).map(|folder| shared.folder(folder)).collect();
        above.push(shared.page(rest.page));
        let listing = Listing { groups, more: next.map(|next| shared.rest(next)), ..Listing::default() };
        (Generated { title, address: rest.address.clone(), above }, listing)
    }
}

/// The sentence with a link.
fn sentence(guide: &Guide, from: &Backlink) -> Box<str> {
    guide.text(from.text).draft.body.sentence(from.event, from.offset).into()
}

impl Rest {
    /// Where it is.
    pub(super) fn address(&self) -> &Address {
        &self.address
    }
}
