//! The views that no author wrote: the glossary, the facets, the frequent questions, who does what.
//!
//! [`Views::of`] says which pages they have; a view too long for one page has one for each of its groups (letters,
//! sections, themes), and several where a group is too long. One of very many groups goes on from page to page, but for a facet's
//! that can be narrowed: that leads to its narrower views alone.

mod facets;
mod glossary;
mod questions;
mod tasks;
pub(super) mod weight;

use rustc_hash::{FxHashMap, FxHashSet};

use super::shared::{LONG_LIST, Shared};
use super::{Generated, Pages};
use crate::config::KindId;
use crate::diagnostic::Diagnostic;
use crate::guide::{FolderId, Guide, PageId};
use crate::id::{Id, IdVec};
use crate::language::Tongue;
use crate::path::{Address, Slug};
use crate::theme::listing::{ListGroup, Listing, Tab};
use crate::theme::{Context, Listed, Theme, view};

pub(in crate::target) use tasks::{csv, csv_file};

/// How many groups a view has at most for each to have a page of its own, and a place in the index of all.
const MOST_GROUPS: usize = 60;

/// The place of a page in [`Views`].
pub(in crate::target) type ViewId = Id<ViewPage>;

/// What is viewed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum View {
    Glossary,
    Questions,
    Tasks,
    /// A facet, as an index into `Config::facets`.
    Facet(usize, Narrowed),
}

/// Which pages a facet's view is narrowed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Narrowed {
    No,
    /// Those of one of the guide's main parts; `None` for the pages that are in none.
    Section(Option<FolderId>),
    Kind(KindId),
}

/// Pages under a title; a question may be in several groups.
#[derive(Clone, Debug)]
pub(super) struct Grouped {
    /// Its anchor, and the last segment of its address where it has a page of its own.
    id: String,
    title: String,
    items: Vec<Item>,
}

impl Grouped {
    fn without_items(&self) -> Grouped {
        Grouped { id: self.id.clone(), title: self.title.clone(), items: Vec::new() }
    }
}

/// A page in a view, and which of its tasks it is there for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Item {
    page: PageId,
    task: usize,
    /// About how many bytes of HTML it takes up.
    weight: usize,
}

/// One page of a view.
#[derive(Clone, Debug)]
pub(in crate::target) struct ViewPage {
    view: View,
    address: Address,
    /// Which group it shows, of which it is the page of this number, from 1; `None` for the first page.
    piece: Option<(String, usize)>,
    groups: Vec<Grouped>,
    /// Whether there is another page after it with more of the same.
    goes_on: bool,
    /// The groups of the whole view and where each begins.
    index: Vec<(String, Address, Option<String>)>,
}

/// Every page of every view.
pub(in crate::target) struct Views {
    pages: IdVec<ViewPage>,
    by_address: FxHashMap<Address, ViewId>,
    facets: FxHashMap<usize, FacetView>,
    /// The columns of who does what.
    columns: Vec<PageId>,
}

/// The view of a facet.
struct FacetView {
    /// What it can be narrowed to.
    ways: Vec<Way>,
    firsts: facets::Firsts,
}

/// What the view of a facet can be narrowed to: a kind, or a section.
struct Way {
    narrowed: Narrowed,
    title: String,
    address: Address,
}

impl Views {
    /// The views of a guide.
    pub(in crate::target) fn of(guide: &Guide) -> Views {
        let mut planner = Planner { pages: Vec::new() };
        let mut facets = FxHashMap::default();
        let generated = &guide.generated;
        if let Some(address) = &generated.glossary {
            planner.plan(View::Glossary, address, glossary::groups(guide));
        }
        if let Some(address) = &generated.questions {
            planner.plan(View::Questions, address, questions::groups(guide));
        }
        let mut columns = Vec::new();
        if let Some(address) = &generated.tasks {
            columns = tasks::columns(guide);
            planner.plan(View::Tasks, address, tasks::groups(guide, columns.len()));
        }
        for ((facet, address), groups) in generated.facets.iter().zip(facets::groups(guide)) {
            let first = planner.pages.len();
            let count = count(&groups);
            let ways = facets::narrowings(guide, &groups, address);
            for Way { narrowed, address, .. } in &ways {
                let narrow = facets::narrow(guide, &groups, *narrowed);
                planner.pieces(View::Facet(*facet, *narrowed), address, &narrow);
            }
            let view = View::Facet(*facet, Narrowed::No);
            if ways.is_empty() {
                planner.pieces(view, address, &groups);
            } else {
                planner.whole_or_none(view, address, groups);
            }
            let listed: usize = planner.pages[first..].iter().map(|page| self::count(&page.groups)).sum();
            let firsts = facets::Firsts::new(guide.pages.len(), listed / count.max(1));
            facets.insert(*facet, FacetView { ways, firsts });
        }
        let pages: IdVec<ViewPage> = planner.pages.into_iter().collect();
        let by_address = pages.iter().map(|(id, page)| (page.address.clone(), id)).collect();
        Views { pages, by_address, facets, columns }
    }

    /// Where each page is.
    pub(in crate::target) fn addresses(&self) -> impl Iterator<Item = (ViewId, &Address)> {
        self.pages.iter().map(|(id, page)| (id, &page.address))
    }

    /// The last page of authors that one of these lists.
    pub(in crate::target) fn last(&self, id: ViewId) -> Option<PageId> {
        self.pages[id].groups.last().and_then(|group| group.items.last()).map(|item| item.page)
    }

    /// Keeps what a page says first in a facet, where that is to be listed.
    pub(super) fn keep(&self, page: PageId, (facet, first): (usize, &str), shared: &Shared<'_>) {
        if let Some(of) = self.facets.get(&facet) {
            of.firsts.give(page, || facets::entry(page, (facet, first), shared));
        }
    }

    /// The page at `address`.
    pub(in crate::target) fn at(&self, address: &Address) -> Option<ViewId> {
        self.by_address.get(address).copied()
    }

    /// A page of a view as one that no author wrote.
    pub(in crate::target) fn host(&self, id: ViewId, pages: &Pages<'_>) -> Generated {
        let page = &self.pages[id];
        let shared = pages.shared();
        let guide = shared.spelling.guide;
        let generated = &guide.generated;
        let (mut title, front) = match page.view {
            View::Glossary => (shared.words.glossary.clone(), generated.glossary.as_ref()),
            View::Questions => (shared.words.questions.clone(), generated.questions.as_ref()),
            View::Tasks => (shared.words.who_does_what.clone(), generated.tasks.as_ref()),
            View::Facet(facet, _) => {
                let front = generated.facets.iter().find(|(of, _)| *of == facet);
                (shared.facet_title(facet).to_owned(), front.map(|(_, address)| address))
            }
        };
        let mut above = Vec::new();
        if let Some(front) = front.filter(|front| **front != page.address) {
            above.push(view::Link::to((title.clone(), shared.spelling.address(front))).into());
            if let View::Facet(facet, narrowed) = page.view
                && let Some(way) = self.ways(facet).iter().find(|way| way.narrowed == narrowed)
            {
                title = way.page_title(&title, self.ways(facet), shared.tongue());
            } else if let Some((group, _)) = page.piece.as_ref().filter(|(group, _)| !group.is_empty()) {
                title = format!("{title} – {group}");
            }
            if let Some((_, number)) = page.piece.as_ref().filter(|(_, number)| *number > 1) {
                title = format!("{title} ({number})");
            }
        }
        Generated { title, address: page.address.clone(), above }
    }

    fn ways(&self, facet: usize) -> &[Way] {
        self.facets.get(&facet).map_or(&[], |of| &of.ways)
    }

    /// Renders a page of a view: `view` is the page around it.
    pub(in crate::target) fn render(
        &self,
        id: ViewId,
        (pages, theme): (&Pages<'_>, &Theme),
        mut view: view::Page,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        let page = &self.pages[id];
        let weight: usize = page.groups.iter().flat_map(|group| &group.items).map(|item| item.weight).sum();
        let size = weight + LONG_LIST / 4;
        let more = page.goes_on.then(|| self.pages.as_slice().get(id.index() + 1)).flatten();
        let more = more.map(|next| {
            view::Link::to((pages.shared().words.more.clone(), pages.spelling().address(&next.address))).into()
        });
        let (template, groups) = match page.view {
            View::Glossary => ("glossary.html", glossary::list(page, pages)),
            View::Questions => ("questions.html", questions::list(page, pages)),
            View::Facet(facet, _) => ("facet.html", self.facets[&facet].firsts.list(page, facet, pages)),
            View::Tasks => {
                let table = tasks::table(page, pages, (&self.columns, more));
                return theme.render("who-does-what.html", Context::tasks(&view, &table), size);
            }
        };
        view.json_ld = match page.view {
            View::Glossary => glossary::json_ld(page, pages, &view),
            View::Questions => questions::json_ld(page, pages, &view),
            View::Facet(..) | View::Tasks => view.json_ld,
        };
        let telling = pages.shared().telling;
        let (index, kinds) =
            (Listed::of(self.index(page, pages), telling), Listed::of(self.kinds(page, pages), telling));
        let listing = Listing { index, kinds, groups, more };
        theme.render_page(template, (view, Some(listing)), size)
    }

    fn index(&self, page: &ViewPage, pages: &Pages<'_>) -> Vec<Tab> {
        if let View::Facet(facet, narrowed) = page.view {
            let sections = self.ways(facet).iter().filter(|way| matches!(way.narrowed, Narrowed::Section(_)));
            return sections.map(|way| way.tab(narrowed, pages)).collect();
        }
        let tab = |(title, address, anchor): &(String, Address, Option<String>)| {
            let own = page.piece.as_ref().is_some_and(|(group, _)| group == title);
            let url = match anchor {
                Some(anchor) => format!("#{anchor}"),
                None => pages.spelling().address(address),
            };
            Tab { title: title.clone(), url, is_current: own }
        };
        page.index.iter().map(tab).collect()
    }

    fn kinds(&self, page: &ViewPage, pages: &Pages<'_>) -> Vec<Tab> {
        let View::Facet(facet, narrowed) = page.view else { return Vec::new() };
        let kinds = self.ways(facet).iter().filter(|way| matches!(way.narrowed, Narrowed::Kind(_)));
        kinds.map(|way| way.tab(narrowed, pages)).collect()
    }
}

impl Way {
    /// The title of the narrowed view: that of the view, and what it is narrowed to. A kind may be called like a section.
    fn page_title(&self, view: &str, ways: &[Way], tongue: Tongue) -> String {
        let of = &self.title;
        let is_kind = matches!(self.narrowed, Narrowed::Kind(_));
        let is_shared = is_kind && ways.iter().any(|other| other.narrowed != self.narrowed && other.title == *of);
        match (is_shared, tongue) {
            (false, _) => format!("{view} – {of}"),
            (true, Tongue::French) => format!("{view} – {of} (type de page)"),
            (true, Tongue::English) => format!("{view} – {of} (kind of page)"),
        }
    }

    fn tab(&self, current: Narrowed, pages: &Pages<'_>) -> Tab {
        let url = pages.spelling().address(&self.address);
        Tab { title: self.title.clone(), url, is_current: self.narrowed == current }
    }
}

/// Divides views into pages.
struct Planner {
    pages: Vec<ViewPage>,
}

/// The groups, each with an id of its own.
fn distinct(mut groups: Vec<Grouped>) -> Vec<Grouped> {
    let mut taken: FxHashSet<String> = FxHashSet::default();
    for group in &mut groups {
        let numbered = (2..).map(|number| format!("{}-{number}", group.id));
        let mut ids = std::iter::once(group.id.clone()).chain(numbered);
        group.id = ids.find(|id| taken.insert(id.clone())).expect("there is always another number");
    }
    groups
}

fn count(groups: &[Grouped]) -> usize {
    groups.iter().map(|group| group.items.len()).sum()
}

fn weight_of(groups: &[Grouped]) -> usize {
    groups.iter().map(|group| 100 + group.items.iter().map(|item| item.weight).sum::<usize>()).sum()
}

impl Planner {
    /// One page with all groups, or one with their index and pages for each.
    fn plan(&mut self, view: View, address: &Address, groups: Vec<Grouped>) {
        if weight_of(&groups) <= LONG_LIST {
            let index = groups.iter().map(|group| (group.title.clone(), address.clone(), Some(group.id.clone())));
            let index = index.collect();
            let page = ViewPage { view, address: address.clone(), piece: None, groups, goes_on: false, index };
            return self.pages.push(page);
        }
        if !(2..=MOST_GROUPS).contains(&groups.len()) {
            return self.pieces(view, address, &groups);
        }
        let of = |group: &Grouped| match Slug::exact(&group.id) {
            Some(slug) => address.join(&slug),
            None => address.clone(),
        };
        let index: Vec<(String, Address, Option<String>)> =
            groups.iter().map(|group| (group.title.clone(), of(group), None)).collect();
        let front = ViewPage {
            view,
            address: address.clone(),
            piece: None,
            groups: Vec::new(),
            goes_on: false,
            index: index.clone(),
        };
        let first = self.pages.len();
        self.pages.push(front);
        for group in &groups {
            self.pieces(view, &of(group), std::slice::from_ref(group));
        }
        self.pages[first..].iter_mut().for_each(|page| page.index.clone_from(&index));
    }

    /// One page with all groups; where that is too long, with none of them, which the narrower views that it leads to have.
    fn whole_or_none(&mut self, view: View, address: &Address, groups: Vec<Grouped>) {
        let groups = if weight_of(&groups) <= LONG_LIST { groups } else { Vec::new() };
        let address = address.clone();
        self.pages.push(ViewPage { view, address, piece: None, groups, goes_on: false, index: Vec::new() });
    }

    /// Pages that go on from one to the next, each as full as may be.
    fn pieces(&mut self, view: View, address: &Address, groups: &[Grouped]) {
        let title = match groups {
            [group] => group.title.as_str(),
            _ => "",
        };
        let divided = divided(groups);
        let count = divided.len();
        for (number, groups) in (1..).zip(divided) {
            let slug = Slug::exact(&number.to_string()).filter(|_| number > 1);
            let address = slug.map_or_else(|| address.clone(), |slug| address.join(&slug));
            let piece = Some((title.to_owned(), number));
            self.pages.push(ViewPage { view, address, piece, groups, goes_on: number < count, index: Vec::new() });
        }
    }
}

/// The groups, divided into pages that are each as full as may be.
fn divided(groups: &[Grouped]) -> Vec<Vec<Grouped>> {
    let mut pages = Vec::new();
    let mut open: Vec<Grouped> = Vec::new();
    let mut filled = 0;
    for group in groups {
        let mut part = group.without_items();
        for &item in &group.items {
            if filled + item.weight > LONG_LIST && filled > 0 {
                open.push(std::mem::replace(&mut part, group.without_items()));
                pages.push(std::mem::take(&mut open));
                filled = 0;
            }
            filled += item.weight;
            part.items.push(item);
        }
        open.push(part);
    }
    pages.push(open);
    pages.iter_mut().for_each(|groups| groups.retain(|group| !group.items.is_empty()));
    pages
}

impl ViewPage {
    /// Its groups, with what `items` makes of their items.
    fn list(&self, items: impl Fn(&Grouped) -> crate::theme::listing::Items) -> Vec<ListGroup> {
        let group =
            |group: &Grouped| ListGroup { id: group.id.clone(), title: group.title.clone(), items: items(group) };
        self.groups.iter().map(group).collect()
    }
}
