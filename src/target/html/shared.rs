//! What many pages show alike, made once: titles, menus, lists.

use std::borrow::Cow;
use std::sync::OnceLock;

use super::lists::Rest;
use super::map::Maps;
use super::trail::Trail;
use super::words::Words;
use crate::config::{Accessibility, Builtin};
use crate::diagnostic::Diagnostic;
use crate::guide::{FolderId, Guide, Node, Page, PageId, prefetch};
use crate::language::{Language, Tongue};
use crate::markup::spelling::Spelling;
use crate::markup::typography;
use crate::path::Address;
use crate::put;
use crate::theme::{Known, Line, Menu, Telling, Theme, view};

/// How many entries a section's menu has at most.
const MENU: usize = 60;

/// How many of the guide's parts stand at the head of every page.
pub(super) const MAIN_MENU: usize = 12;

/// How many bytes of HTML a list may have on a page that is not made for it.
pub(super) const LONG_LIST: usize = 60_000;

/// What pages share.
pub(in crate::target) struct Shared<'a> {
    pub(in crate::target) spelling: Spelling<'a>,
    /// The ways to pages and to folders, each made when it is first shown.
    pages: Vec<Way>,
    folders: Vec<OnceLock<Known<view::Link>>>,
    home: Known<view::Link>,
    /// By folder, the way to what it holds.
    pub(super) trails: Vec<OnceLock<Trail>>,
    /// By folder, each rendered when a page first shows it.
    menus: Vec<OnceLock<Result<Option<Menu>, Box<Diagnostic>>>>,
    /// Where each page is in its section's menu.
    positions: Vec<Option<usize>>,
    /// Where the whole of each folder's list is.
    lists: Vec<String>,
    /// The pages that the law wants.
    legal: Vec<PageId>,
    pub(super) words: Words,
    /// How templates are told lists.
    pub(super) telling: Telling,
    /// The stages, where there are any.
    pub(super) life: Option<Life>,
}

/// The way to a page, and how its line in lists begins.
#[derive(Default)]
struct Way {
    link: OnceLock<Known<view::Link>>,
    line: OnceLock<Box<str>>,
}

/// All stages of the guide, in reading order.
pub(super) struct Life {
    pub(super) stages: Vec<PageId>,
    /// The lowest folder that holds them all.
    pub(super) folder: FolderId,
}

impl Life {
    fn of(guide: &Guide) -> Option<Life> {
        let is_stage = |page: &PageId| guide.builtin(*page) == Some(Builtin::Stage);
        let stages: Vec<PageId> = guide.order.iter().copied().filter(is_stage).collect();
        let above = |page: &PageId| guide.ancestors(*page);
        let shared = stages.iter().map(above).reduce(|one, other| {
            one.into_iter().zip(other).take_while(|(one, other)| one == other).map(|(one, _)| one).collect()
        });
        let folder = shared?.last().copied()?;
        Some(Life { stages, folder })
    }
}

/// What every template knows of the guide.
pub(in crate::target) fn site(spelling: Spelling<'_>, theme: &Theme) -> view::Site {
    let guide = spelling.guide;
    let (config, language) = (&guide.config, guide.config.site.language);
    let set = |text: &String| typography::apply(language, text).into_owned();
    let legal = legal_pages(guide);
    let parts = guide.folders[guide.root()].children.iter().filter(|&&node| !is_one_of(guide, node, &legal));
    let menu = parts.take(MAIN_MENU).map(|&node| link(spelling, node)).collect();
    let accessibility = legal.iter().find(|page| guide.pages[**page].address.as_str() == legal_addresses(guide)[0]);
    view::Site {
        title: set(&config.site.title),
        description: config.site.description.as_ref().map(set),
        lang: language.tag().to_owned(),
        url: spelling.address(&Address::root()),
        logo: guide.logo.as_ref().map(|file| spelling.file(file)),
        icons: None,
        license: config.site.license.as_ref().map(set),
        contact: config.site.contact.clone(),
        accessibility: config.site.accessibility.map(|state| match state {
            Accessibility::None => "non",
            Accessibility::Partial => "partial",
            Accessibility::Total => "total",
        }),
        legal: legal.iter().map(|&page| link(spelling, Node::Page(page))).collect(),
        accessibility_page: accessibility.map(|&page| spelling.page(page)),
        menu,
        site_map: spelling.address(&guide.generated.site_map),
        views: views(spelling, theme),
        assets: theme.assets().map(|asset| (asset.name.clone(), spelling.file(&asset.output))).collect(),
        search: has_search(guide).then(|| format!("{}{}", spelling.address(&Address::root()), super::super::SEARCH)),
        policy: view::Html(super::page::escaped(&super::super::host::policy(guide))),
        feed: has_feed(guide).then(|| spelling.file(&super::super::own(super::super::FEED))),
        generator: concat!("Boussole ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}

/// Whether there is a search index.
pub(in crate::target) fn has_search(guide: &Guide) -> bool {
    let is_found = |page: &Page| !page.draft.front_matter.noindex;
    cfg!(feature = "search") && guide.config.look.search && guide.pages.as_slice().iter().any(is_found)
}

/// Whether there is a feed: articles with a date, at a full address.
pub(in crate::target) fn has_feed(guide: &Guide) -> bool {
    let is_dated = |page: &PageId| guide.pages[*page].draft.front_matter.date.is_some();
    guide.config.base.origin.is_some() && guide.articles.iter().any(is_dated)
}

/// The generated pages that are worth a link from everywhere, under the titles of the authors' pages that stand there.
fn views(spelling: Spelling<'_>, theme: &Theme) -> Vec<view::Link> {
    let guide = spelling.guide;
    let generated = &guide.generated;
    let named =
        [("glossary", &generated.glossary), ("questions", &generated.questions), ("who_does_what", &generated.tasks)];
    let named = named.into_iter().filter_map(|(word, address)| Some((theme.word(word), address.as_ref()?)));
    let facets = generated.facets.iter().map(|(facet, at)| (guide.config.facets[*facet].title.as_str(), at));
    let link = |(title, at): (&str, &Address)| {
        let own = guide.pages.at(at.as_str()).map(|page| guide.pages[page].title());
        let title = typography::apply(guide.config.site.language, own.unwrap_or(title)).into_owned();
        view::Link::to((title, spelling.address(at)))
    };
    named.chain(facets).map(link).collect()
}

/// Where the pages are that the law wants: on accessibility first, then the legal notice.
fn legal_addresses(guide: &Guide) -> [&'static str; 2] {
    match guide.config.site.language.tongue() {
        Tongue::French => ["/accessibilite/", "/mentions-legales/"],
        Tongue::English => ["/accessibility/", "/legal-notice/"],
    }
}

/// Those of them that the authors wrote.
fn legal_pages(guide: &Guide) -> Vec<PageId> {
    legal_addresses(guide).into_iter().filter_map(|address| guide.pages.at(address)).collect()
}

fn is_one_of(guide: &Guide, node: Node, pages: &[PageId]) -> bool {
    guide.page_of(node).is_some_and(|page| pages.contains(&page))
}

/// The language of a page's title, where it is not the interface's.
fn other_language(guide: &Guide, page: PageId) -> Option<String> {
    let lang = guide.lang_of(page);
    (lang != guide.config.site.language.tag()).then(|| lang.to_owned())
}

/// A node's title and address.
fn link(spelling: Spelling<'_>, node: Node) -> view::Link {
    let guide = spelling.guide;
    let (title, url) = match node {
        Node::Page(page) => (guide.pages[page].title(), Some(spelling.page(page))),
        Node::Folder(folder) => {
            (guide.folders[folder].title.as_str(), guide.front(folder).map(|address| spelling.address(address)))
        }
    };
    let lang = guide.page_of(node).and_then(|page| other_language(guide, page));
    view::Link { title: typography::apply(guide.config.site.language, title).into_owned(), url, lang }
}

impl<'a> Shared<'a> {
    /// What the pages of a guide share in `theme`.
    pub(in crate::target) fn of(spelling: Spelling<'a>, maps: &Maps, theme: &Theme) -> Shared<'a> {
        let guide = spelling.guide;
        let home = (guide.home_title().to_owned(), spelling.address(&Address::root()));
        Shared {
            spelling,
            pages: guide.pages.ids().map(|_| Way::default()).collect(),
            folders: guide.folders.ids().map(|_| OnceLock::new()).collect(),
            home: view::Link::to(home).into(),
            trails: guide.folders.ids().map(|_| OnceLock::new()).collect(),
            menus: guide.folders.ids().map(|_| OnceLock::new()).collect(),
            positions: positions(guide),
            lists: guide.folders.ids().map(|folder| spelling.address(maps.of_folder(guide, folder))).collect(),
            legal: legal_pages(guide),
            words: Words::of(theme, &guide.config),
            telling: Telling { by_item: theme.has_own_templates(), lang: guide.config.site.language.tag() },
            life: Life::of(guide),
        }
    }

    /// Whether a node is one of the pages that the law wants, which every page links to.
    pub(super) fn is_legal(&self, node: Node) -> bool {
        is_one_of(self.spelling.guide, node, &self.legal)
    }

    /// The guide's title.
    pub(super) fn title(&self) -> String {
        typography::apply(self.language(), &self.spelling.guide.config.site.title).into_owned()
    }

    pub(super) fn language(&self) -> Language {
        self.spelling.guide.config.site.language
    }

    pub(super) fn tongue(&self) -> Tongue {
        self.language().tongue()
    }

    /// A page's title as it is shown.
    pub(in crate::target) fn page_title(&self, page: PageId) -> &str {
        &self.way_to_page(page).title
    }

    /// A folder's title as it is shown.
    pub(in crate::target) fn folder_title(&self, folder: FolderId) -> &str {
        &self.way_to_folder(folder).title
    }

    /// The crumb that every breadcrumb begins with.
    pub(super) fn home(&self) -> Known<view::Link> {
        self.home.clone()
    }

    pub(super) fn page(&self, page: PageId) -> Known<view::Link> {
        self.way_to_page(page).clone()
    }

    pub(super) fn way_to_page(&self, page: PageId) -> &Known<view::Link> {
        self.pages[page.index()].link.get_or_init(|| {
            let guide = self.spelling.guide;
            let title = self.set(page, guide.pages[page].title());
            let (url, lang) = (Some(self.spelling.page(page)), other_language(guide, page));
            view::Link { title, url, lang }.into()
        })
    }

    pub(super) fn folder(&self, folder: FolderId) -> Known<view::Link> {
        self.way_to_folder(folder).clone()
    }

    fn way_to_folder(&self, folder: FolderId) -> &Known<view::Link> {
        self.folders[folder.index()].get_or_init(|| {
            let guide = self.spelling.guide;
            let title = self.set_here(&guide.folders[folder].title);
            let url = guide.front(folder).map(|address| self.spelling.address(address));
            let lang = guide.folders[folder].index.and_then(|page| other_language(guide, page));
            view::Link { title, url, lang }.into()
        })
    }

    pub(super) fn node(&self, node: Node) -> Known<view::Link> {
        match node {
            Node::Page(page) => self.page(page),
            Node::Folder(folder) => self.folder(folder),
        }
    }

    /// What a page is called that is more than a page or a section.
    pub(in crate::target) fn kind_label(&self, page: PageId) -> Option<&str> {
        let is_plain = matches!(self.spelling.guide.builtin(page), Some(Builtin::Page | Builtin::Section));
        (!is_plain).then(|| self.kind_of(page))
    }

    /// What a page is called after its kind.
    pub(super) fn kind_of(&self, page: PageId) -> &str {
        &self.words.kinds[self.spelling.guide.pages.kind(page).index()].label
    }

    /// A facet's title as it is shown.
    pub(in crate::target) fn facet_title(&self, facet: usize) -> &str {
        &self.words.facets[facet]
    }

    /// The same on a page.
    pub(super) fn facet_title_on(&self, page: PageId, facet: usize) -> Cow<'_, str> {
        match self.spelling.guide.language_of(page) {
            language if language == self.language() => Cow::Borrowed(self.facet_title(facet)),
            other => typography::apply(other, &self.spelling.guide.config.facets[facet].title),
        }
    }

    /// Text of a page in its typography.
    pub(super) fn set(&self, page: PageId, text: &str) -> String {
        typography::apply(self.spelling.guide.language_of(page), text).into_owned()
    }

    /// Text of the interface or of the guide as a whole in its typography.
    pub(super) fn set_here(&self, text: &str) -> String {
        typography::apply(self.language(), text).into_owned()
    }

    /// A page in a list, with what is told of it there.
    pub(super) fn line<'t>(&'t self, page: PageId, text: Option<Cow<'t, str>>) -> Line<'t> {
        let line = self.line_at(page, None);
        let begins: &str = self.pages[page.index()].line.get_or_init(|| line.beginning().into());
        Line { text, begins: Some(begins), ..line }
    }

    /// The same, where it leads to a place in the page.
    pub(super) fn line_at<'t>(&'t self, page: PageId, anchor: Option<&'t str>) -> Line<'t> {
        let lang = self.spelling.guide.pages.own_lang(page);
        Line { page: self.way_to_page(page), anchor, lang, text: None, begins: None }
    }

    /// Prefetches how the lines of `pages` begin, where that is made already.
    pub(super) fn prefetch_lines(&self, pages: &[PageId]) {
        prefetch(pages.iter().filter_map(|page| self.pages[page.index()].line.get()).map(|line| &**line));
    }

    /// Prefetches the ways to pages, where they are made already.
    pub(super) fn prefetch_ways<'t>(&self, pages: impl Iterator<Item = &'t PageId>) {
        prefetch(pages.filter_map(|page| self.pages[page.index()].link.get()).map(|link| link.title.as_str()));
    }

    /// A page in a list, with its summary.
    pub(super) fn summed(&self, page: PageId) -> Line<'_> {
        let guide = self.spelling.guide;
        let summary = Some(&*guide.pages[page].summary).filter(|summary| !summary.is_empty());
        self.line(page, summary.map(|summary| typography::apply(guide.language_of(page), summary)))
    }

    /// Pages that are sorted by kind, under the names of their kinds.
    pub(super) fn by_kind<'t>(&'t self, pages: &'t [PageId]) -> impl Iterator<Item = (&'t str, &'t [PageId])> {
        let kind = |page: PageId| self.spelling.guide.pages.kind(page);
        let same = pages.chunk_by(move |&one, &other| kind(one) == kind(other));
        same.map(move |same| (self.words.kinds[kind(same[0]).index()].plural.as_str(), same))
    }

    /// The way to the rest of a long list.
    pub(super) fn rest(&self, rest: &Rest) -> Known<view::Link> {
        view::Link::to((self.words.more.clone(), self.spelling.address(rest.address()))).into()
    }

    /// The menu of a page's section.
    pub(super) fn menu(&self, page: PageId, theme: &Theme) -> Result<view::Html, Box<Diagnostic>> {
        let folder = self.section(page);
        let render = || self.menu_of(folder).map(|menu| theme.menu(menu)).transpose();
        let menu = self.menus[folder.index()].get_or_init(render).as_ref().map_err(Clone::clone)?;
        Ok(menu.as_ref().map(|menu| menu.at(self.positions[page.index()])).unwrap_or_default())
    }

    /// The folder in whose menu a page is. A front page with nothing below it, whose folder holds files of its facets
    /// only, is one of its neighbours.
    fn section(&self, page: PageId) -> FolderId {
        let guide = self.spelling.guide;
        let place = guide.pages[page].place;
        let folder = &guide.folders[place.folder];
        let above = folder.parent.filter(|_| place.front && folder.children.is_empty());
        above.unwrap_or(place.folder)
    }

    fn menu_of(&self, folder: FolderId) -> Option<view::Menu> {
        let resolved = &self.spelling.guide.folders[folder];
        if resolved.children.is_empty() || resolved.parent.is_none() {
            return None;
        }
        let own = self.folder(folder);
        let is_long = resolved.children.len() > MENU;
        let entries: Vec<Known<view::Link>> =
            if is_long { Vec::new() } else { resolved.children.iter().map(|&node| self.node(node)).collect() };
        let more = is_long.then(|| self.whole_list(folder));
        Some(view::Menu { title: own.title.clone(), url: own.url.clone(), entries, more })
    }

    /// The way to the tasks of all pages.
    pub(super) fn tasks(&self) -> Option<Known<view::Link>> {
        let address = self.spelling.guide.generated.tasks.as_ref()?;
        Some(view::Link::to((self.words.who_does_what.clone(), self.spelling.address(address))).into())
    }

    /// The way to the whole list of what is in a folder.
    pub(super) fn whole_list(&self, folder: FolderId) -> Known<view::Link> {
        let pages = count(self.spelling.guide.folders[folder].pages, self.tongue());
        view::Link::to((pages, self.lists[folder.index()].clone())).into()
    }

    /// Lists in `view` what is in a folder: with summaries where there is room, and as much of it as there is room for.
    /// Articles have a list of their own, by date.
    pub(super) fn list_children(&self, folder: FolderId, view: &mut view::Page) {
        let has_articles = folder != self.spelling.guide.root() && !view.linked.articles.is_empty();
        let is_listed = |node: &&Node| !(has_articles && self.is_article(**node));
        let children = &self.spelling.guide.folders[folder].children;
        let children: Vec<Node> = children.iter().filter(is_listed).copied().collect();
        let mut list: Vec<view::Child> = children.iter().take(LONG_LIST / 40).map(|&node| self.child(node)).collect();
        let size = |list: &[view::Child]| -> usize { list.iter().map(child_size).sum() };
        if size(&list) > LONG_LIST {
            list.iter_mut().for_each(|child| child.summary = None);
        }
        let mut taken = 0;
        let shown = list.iter().take_while(|child| {
            taken += child_size(child);
            taken <= LONG_LIST
        });
        let shown = shown.count();
        list.truncate(shown);
        view.more_children = (list.len() < children.len()).then(|| self.whole_list(folder));
        view.children = list;
    }

    fn is_article(&self, node: Node) -> bool {
        let guide = self.spelling.guide;
        guide.page_of(node).is_some_and(|page| guide.builtin(page) == Some(Builtin::Article))
    }

    fn child(&self, node: Node) -> view::Child {
        let guide = self.spelling.guide;
        let link = self.node(node);
        let (front, pages) = match node {
            Node::Page(page) => (Some(page), 0),
            Node::Folder(folder) => {
                let folder = &guide.folders[folder];
                (folder.index, folder.pages - usize::from(folder.index.is_some()))
            }
        };
        let own = front.and_then(|page| guide.pages.own_lang(page));
        let summary = front.map(|page| &guide.pages[page]).filter(|page| !page.summary.is_empty());
        view::Child {
            title: link.title.clone(),
            url: link.url.clone(),
            summary: summary.zip(front).map(|(page, id)| self.set(id, &page.summary)),
            lang: own.map(str::to_owned),
            kind: front.map_or("section", |page| &guide.config.kinds[guide.pages[page].kind].name).to_owned(),
            pages,
        }
    }
}

/// Where each page is among what its folder holds; a front page is not, unless its folder holds nothing else.
fn positions(guide: &Guide) -> Vec<Option<usize>> {
    let mut positions = vec![None; guide.pages.len()];
    for folder in guide.folders.as_slice() {
        for (at, child) in folder.children.iter().enumerate() {
            let page = match *child {
                Node::Page(page) => Some(page),
                Node::Folder(folder) => {
                    guide.folders[folder].index.filter(|_| guide.folders[folder].children.is_empty())
                }
            };
            if let Some(page) = page {
                positions[page.index()] = Some(at);
            }
        }
    }
    positions
}

/// About how many bytes of HTML a child takes up.
fn child_size(child: &view::Child) -> usize {
    let summary = child.summary.as_deref().map_or(0, escaped);
    link_size(&child.title, child.url.as_deref()) + summary
}

/// About how many bytes of HTML a link in a list takes up.
pub(super) fn link_size(title: &str, url: Option<&str>) -> usize {
    60 + escaped(title) + url.map_or(0, str::len)
}

/// About how many bytes `text` takes up in HTML.
pub(super) fn escaped(text: &str) -> usize {
    text.len() + 5 * put::count_of_markup(text)
}

/// "12 pages"
pub(super) fn count(pages: usize, tongue: Tongue) -> String {
    match (pages, tongue) {
        (0 | 1, Tongue::French) | (1, Tongue::English) => format!("{pages} page"),
        _ => format!("{pages} pages"),
    }
}
