//! A facet of all pages: the first paragraph of each, leading to its source, by section; narrowed to a section or a kind.

use std::mem;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use rustc_hash::FxHashMap;

use super::super::shared::{Shared, escaped};
use super::{Grouped, Item, Narrowed, Pages, ViewPage, Way, distinct, weight};
use crate::config::KindId;
use crate::guide::{FolderId, Guide, PageId};
use crate::language::Tongue;
use crate::markup::typography;
use crate::path::{Address, Slug};
use crate::theme::listing::{Items, ListGroup, TextItem};
use crate::theme::{Listed, TextLine, view};

/// About how many bytes of HTML an entry takes up beside its words.
const ENTRY: usize = 120;

/// For each facet that has a view, the pages with it, by the main parts of the guide.
pub(super) fn groups(guide: &Guide) -> Vec<Vec<Grouped>> {
    let facets = &guide.generated.facets;
    let found = |&page: &PageId| {
        let parts = &guide.pages[page].reading.own.parts;
        parts.iter().enumerate().filter_map(move |(at, part)| {
            let is_first = parts[..at].iter().all(|before| before.facet != part.facet);
            let view = facets.iter().position(|(facet, _)| part.facet == Some(*facet)).filter(|_| is_first)?;
            Some((view, Item { page, task: 0, weight: weight(guide, page, facets[view].0) }))
        })
    };
    let found: Vec<(usize, Item)> = guide.order.par_iter().flat_map_iter(found).collect();
    let mut groups: Vec<Vec<Grouped>> = facets.iter().map(|_| Vec::new()).collect();
    let mut places: FxHashMap<(usize, Option<FolderId>), usize> = FxHashMap::default();
    for (view, item) in found {
        let section = section(guide, item.page);
        let groups = &mut groups[view];
        let place = *places.entry((view, section)).or_insert_with(|| {
            groups.push(Grouped { id: slug_of(guide, section), title: title_of(guide, section), items: Vec::new() });
            groups.len() - 1
        });
        groups[place].items.push(item);
    }
    groups.into_iter().map(distinct).collect()
}

fn weight(guide: &Guide, page: PageId, facet: usize) -> usize {
    let shown = weight::first_paragraph(guide, page, Some(facet)).html + weight::address(guide, page);
    ENTRY + escaped(guide.pages[page].title()) + shown
}

/// The main part of the guide that a page is in.
fn section(guide: &Guide, page: PageId) -> Option<FolderId> {
    let is_below_home = |&folder: &FolderId| guide.folders[folder].parent.is_some();
    guide.upward(Some(guide.pages[page].place.folder)).take_while(is_below_home).last()
}

/// The main part of the guide that a group's pages are in.
fn section_of(guide: &Guide, group: &Grouped) -> Option<FolderId> {
    group.items.first().and_then(|item| section(guide, item.page))
}

fn slug_of(guide: &Guide, section: Option<FolderId>) -> String {
    let address = section.map(|section| guide.folders[section].address.as_str());
    let home = match guide.config.site.language.tongue() {
        Tongue::French => "accueil",
        Tongue::English => "home",
    };
    address.map_or(home, |address| address.trim_matches('/')).to_owned()
}

fn title_of(guide: &Guide, section: Option<FolderId>) -> String {
    let title = section.map_or(guide.home_title(), |section| &guide.folders[section].title);
    typography::apply(guide.config.site.language, title).into_owned()
}

/// What the view of a facet can be narrowed to, with its title and address; nothing where there is nothing to choose.
pub(super) fn narrowings(guide: &Guide, groups: &[Grouped], address: &Address) -> Vec<Way> {
    let tongue = guide.config.site.language.tongue();
    let at = |french: &str, english: &str, name: &str| {
        let word = if tongue == Tongue::French { french } else { english };
        Some(address.join(&Slug::of(&format!("{word}-{name}"))?))
    };
    let pages = || groups.iter().flat_map(|group| &group.items).map(|item| item.page);
    let mut ways = Vec::new();
    if (2..=super::MOST_GROUPS).contains(&groups.len()) {
        for group in groups {
            let address = at("partie", "part", &group.id);
            let (narrowed, title) = (Narrowed::Section(section_of(guide, group)), group.title.clone());
            ways.extend(address.map(|address| Way { narrowed, title, address }));
        }
    }
    let mut kinds: Vec<KindId> = pages().map(|page| guide.pages.kind(page)).collect();
    kinds.sort_unstable();
    kinds.dedup();
    if kinds.len() > 1 {
        for kind in kinds {
            let of = &guide.config.kinds[kind];
            let address = at("genre", "kind", of.spelled(tongue));
            let title = typography::apply(guide.config.site.language, &of.plural).into_owned();
            ways.extend(address.map(|address| Way { narrowed: Narrowed::Kind(kind), title, address }));
        }
    }
    ways
}

/// The groups, which are those of [`groups`], with what belongs to a narrower view.
pub(super) fn narrow(guide: &Guide, groups: &[Grouped], narrowed: Narrowed) -> Vec<Grouped> {
    match narrowed {
        Narrowed::No => groups.to_vec(),
        Narrowed::Section(of) => groups.iter().filter(|group| section_of(guide, group) == of).cloned().collect(),
        Narrowed::Kind(kind) => {
            let group = |group: &Grouped| {
                let is_of_kind = |item: &&Item| guide.pages.kind(item.page) == kind;
                let items: Vec<Item> = group.items.iter().filter(is_of_kind).copied().collect();
                (!items.is_empty()).then(|| Grouped { items, ..group.without_items() })
            };
            groups.iter().filter_map(group).collect()
        }
    }
}

/// What pages say first in a facet, made with the pages and kept until its views have listed it.
pub(super) struct Firsts {
    /// How often each is listed, as a rule: among all where these fit on a page, among those of its section, and of its kind.
    times: usize,
    /// By page.
    pages: Vec<Mutex<Kept>>,
}

/// What a page says first, as an entry.
type First = Arc<Listed<TextItem>>;

/// What is kept of it.
#[derive(Default)]
enum Kept {
    /// Nothing yet.
    #[default]
    Unmade,
    /// The entry, to be listed so often.
    Made(First, usize),
    /// Nothing any more: it was listed as often as was to be expected.
    Listed,
}

impl Kept {
    fn new(entry: First, times: usize) -> Kept {
        if times > 0 { Kept::Made(entry, times) } else { Kept::Listed }
    }
}

impl Firsts {
    /// None yet, of so many pages, each to be listed so many `times`.
    pub(super) fn new(pages: usize, times: usize) -> Firsts {
        Firsts { times, pages: std::iter::repeat_with(Mutex::default).take(pages).collect() }
    }

    fn kept(&self, page: PageId) -> MutexGuard<'_, Kept> {
        self.pages[page.index()].lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what a page says first, where it is to be listed; nothing where a view came before it.
    pub(super) fn give(&self, page: PageId, make: impl FnOnce() -> Listed<TextItem>) {
        let mut kept = self.kept(page);
        if matches!(*kept, Kept::Unmade) && self.times > 0 {
            *kept = Kept::new(make().into(), self.times);
        }
    }

    /// An entry, made where it is not kept.
    fn take(&self, page: PageId, make: impl FnOnce() -> Listed<TextItem>) -> First {
        let mut kept = self.kept(page);
        match mem::take(&mut *kept) {
            Kept::Unmade => {
                let entry = Arc::new(make());
                *kept = Kept::new(Arc::clone(&entry), self.times.saturating_sub(1));
                entry
            }
            Kept::Made(entry, times) => {
                *kept = Kept::new(Arc::clone(&entry), times - 1);
                entry
            }
            Kept::Listed => {
                *kept = Kept::Listed;
                drop(kept);
                make().into()
            }
        }
    }

    /// What a page of the facet's view lists.
    pub(super) fn list(&self, page: &ViewPage, facet: usize, pages: &Pages<'_>) -> Vec<ListGroup> {
        let make = |page| {
            let view::Html(first) = pages.first_paragraph(page, Some(facet));
            entry(page, (facet, &first), pages.shared())
        };
        page.list(|group| {
            let firsts: Vec<First> = group.items.iter().map(|item| self.take(item.page, || make(item.page))).collect();
            Items::Texts(Listed::joined(&firsts))
        })
    }
}

/// What a page says first in a facet.
pub(super) fn entry(page: PageId, (facet, html): (usize, &str), shared: &Shared<'_>) -> Listed<TextItem> {
    let guide = shared.spelling.guide;
    let (of, anchor) = (shared.way_to_page(page), guide.config.facets[facet].id.as_str());
    let (lang, kind) = (guide.pages.own_lang(page), shared.kind_of(page));
    Listed::of([TextLine { page: of, anchor, lang, kind, html }], shared.telling)
}
