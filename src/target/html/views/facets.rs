//! A facet of all pages: the first paragraph of each, leading to its source, by section; narrowed to a section or a kind.

use std::sync::{Mutex, MutexGuard, PoisonError};

use rustc_hash::FxHashMap;

use super::super::shared::{Shared, escaped};
use super::{Grouped, Item, Narrowed, Pages, ViewPage, Way, distinct, weight};
use crate::config::KindId;
use crate::guide::{FolderId, Guide, PageId};
use crate::language::Tongue;
use crate::markup::typography;
use crate::path::{Address, Slug};
use crate::theme::listing::{Items, ListGroup, TextItem};
use crate::theme::{Known, Listed, view};

/// About how many bytes of HTML an entry takes up beside its words.
const ENTRY: usize = 120;

/// The pages with a facet, by the main parts of the guide.
pub(super) fn groups(guide: &Guide, facet: usize) -> Vec<Grouped> {
    let mut groups: Vec<Grouped> = Vec::new();
    let mut places: FxHashMap<Option<FolderId>, usize> = FxHashMap::default();
    for &page in &guide.order {
        if !guide.pages[page].reading.own.parts.iter().any(|part| part.facet == Some(facet)) {
            continue;
        }
        let section = section(guide, page);
        let place = *places.entry(section).or_insert_with(|| {
            groups.push(Grouped { id: slug_of(guide, section), title: title_of(guide, section), items: Vec::new() });
            groups.len() - 1
        });
        groups[place].items.push(Item { page, task: 0, weight: weight(guide, page, facet) });
    }
    distinct(groups)
}

fn weight(guide: &Guide, page: PageId, facet: usize) -> usize {
    let shown = weight::first_paragraph(guide, page, Some(facet)).html + weight::address(guide, page);
    ENTRY + escaped(guide.pages[page].title()) + shown
}

/// The main part of the guide that a page is in.
fn section(guide: &Guide, page: PageId) -> Option<FolderId> {
    guide.chain(Some(guide.pages[page].place.folder)).get(1).copied()
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
            let section = group.items.first().and_then(|item| section(guide, item.page));
            let address = at("partie", "part", &group.id);
            let (narrowed, title) = (Narrowed::Section(section), group.title.clone());
            ways.extend(address.map(|address| Way { narrowed, title, address }));
        }
    }
    let mut kinds: Vec<KindId> = pages().map(|page| guide.pages[page].kind).collect();
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

/// The groups with what belongs to a narrower view.
pub(super) fn narrow(guide: &Guide, groups: &[Grouped], narrowed: Narrowed) -> Vec<Grouped> {
    let belongs = |item: &Item| match narrowed {
        Narrowed::No => true,
        Narrowed::Section(of) => section(guide, item.page) == of,
        Narrowed::Kind(kind) => guide.pages[item.page].kind == kind,
    };
    let group = |group: &Grouped| {
        let items: Vec<Item> = group.items.iter().filter(|item| belongs(item)).copied().collect();
        Grouped { items, ..group.clone() }
    };
    groups.iter().map(group).filter(|group| !group.items.is_empty()).collect()
}

/// What pages say first in their facets, made with the pages and kept until the views have listed it.
#[derive(Default)]
pub(super) struct Firsts(Mutex<FxHashMap<(PageId, usize), Kept>>);

/// An entry of a facet's view.
struct Kept {
    /// `None` once it was listed as often as was to be expected.
    entry: Option<Known<TextItem>>,
    /// How often it is still to be listed.
    times: usize,
}

impl Kept {
    fn new(entry: Known<TextItem>, times: usize) -> Kept {
        Kept { entry: Some(entry).filter(|_| times > 0), times }
    }

    fn list(&mut self) -> Option<Known<TextItem>> {
        self.times = self.times.saturating_sub(1);
        if self.times == 0 { self.entry.take() } else { self.entry.clone() }
    }
}

impl Firsts {
    fn lock(&self) -> MutexGuard<'_, FxHashMap<(PageId, usize), Kept>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps what a page says first in a facet, to be listed so many `times`; nothing where a view came before it.
    pub(super) fn give(&self, page: PageId, (facet, times): (usize, usize), entry: impl FnOnce() -> TextItem) {
        if times > 0 && !self.lock().contains_key(&(page, facet)) {
            let kept = Kept::new(entry().into(), times);
            self.lock().entry((page, facet)).or_insert(kept);
        }
    }

    /// An entry that is listed so many `times`, made where it is not kept.
    fn take(&self, page: PageId, (facet, times): (usize, usize), make: impl FnOnce() -> TextItem) -> Known<TextItem> {
        let known = self.lock().get_mut(&(page, facet)).and_then(Kept::list);
        known.unwrap_or_else(|| {
            let fresh: Known<TextItem> = make().into();
            self.lock().entry((page, facet)).or_insert_with(|| Kept::new(fresh.clone(), times.saturating_sub(1)));
            fresh
        })
    }

    /// What a page of a facet's view lists; each entry is on so many pages in all.
    pub(super) fn list(&self, page: &ViewPage, facet: (usize, usize), pages: &Pages<'_>) -> Vec<ListGroup> {
        let make = |page| entry(page, facet.0, pages.first_paragraph(page, Some(facet.0)), pages.shared());
        let item = |item: &Item| self.take(item.page, facet, || make(item.page));
        let telling = pages.shared().telling;
        page.list(|group| Items::Firsts(Listed::of(group.items.iter().map(item), telling)))
    }
}

/// What a page says first in a facet.
pub(super) fn entry(page: PageId, facet: usize, html: view::Html, shared: &Shared<'_>) -> TextItem {
    let guide = shared.spelling.guide;
    let of = &guide.pages[page];
    let url = [&shared.spelling.page(page), "#", &guide.config.facets[facet].id].concat();
    TextItem {
        title: shared.page_title(page).to_owned(),
        url,
        lang: of.draft.front_matter.lang.clone(),
        synonyms: Vec::new(),
        kind: Some(shared.kind_of(page).to_owned()),
        html,
    }
}
