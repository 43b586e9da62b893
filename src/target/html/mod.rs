//! HTML pages: from the guide to the views that templates see.

mod life_cycle;
mod linked;
pub(super) mod lists;
pub(super) mod map;
pub(super) mod meta;
mod page;
mod shape;
pub(super) mod shared;
mod trail;
pub(super) mod views;
mod words;

use crate::diagnostic::Diagnostic;
use crate::guide::{PageId, Redirect};
use crate::markup::html::{Edition, References, Writer};
use crate::markup::spelling::Spelling;
use crate::markup::typeset::Sets;
use crate::memo::Memo;
use crate::path::Address;
use crate::source::Sources;
use crate::theme::{Context, Known, Theme, view};
use lists::{Lists, RestId};
pub(super) use page::escaped;
use shared::{LONG_LIST, Shared};
use trail::{Breadcrumb, Trail};
use views::Views;

/// Makes the views of pages.
pub(super) struct Pages<'a> {
    shared: Shared<'a>,
    lists: Lists,
    sources: &'a Sources,
    memo: &'a Memo,
}

/// About how many bytes a page has around its text.
const FRAME: usize = 8 * 1024;

/// A page that no author wrote.
pub(super) struct Generated {
    pub(super) title: String,
    pub(super) address: Address,
    /// The pages between home and this one.
    pub(super) above: Vec<Known<view::Link>>,
}

impl<'a> Pages<'a> {
    /// The pages of the guide that `shared` knows.
    pub(super) fn new(shared: Shared<'a>, sources: &'a Sources, memo: &'a Memo) -> Pages<'a> {
        let lists = Lists::of(shared.spelling.guide);
        Pages { shared, lists, sources, memo }
    }

    /// The pages with the rests of long lists.
    pub(super) fn lists(&self) -> &Lists {
        &self.lists
    }

    pub(super) fn spelling(&self) -> Spelling<'a> {
        self.shared.spelling
    }

    #[cfg(feature = "search")]
    pub(super) fn memo(&self) -> &'a Memo {
        self.memo
    }

    pub(super) fn shared(&self) -> &Shared<'a> {
        &self.shared
    }

    /// The view of an author's page. What it says first in its facets is kept for `views` that list it, what typography
    /// changes in its texts in `sets`.
    pub(super) fn view(
        &self,
        theme: &Theme,
        page: PageId,
        (views, sets): (Option<&Views>, &Sets),
    ) -> Result<view::Page, Box<Diagnostic>> {
        let Pages { shared, lists, sources, memo } = self;
        page::View { shared, lists, sources, memo, views, sets, page }.build(theme)
    }

    /// The first paragraph of a page, or of one of its facets, with its links.
    fn first_paragraph(&self, page: PageId, facet: Option<usize>) -> view::Html {
        let own = &self.spelling().guide.pages[page].reading.own;
        let mut writer = self.writer(page);
        let parts = own.parts.iter().filter(|part| facet.is_none() || part.facet == facet);
        view::Html(parts.into_iter().find_map(|part| writer.first_paragraph(part)).unwrap_or_default())
    }

    /// The whole text of a question as one of several on a page: the one of this number, from 1, after so many tables.
    /// Also answers how many tables there are then.
    fn answer(&self, page: PageId, number: usize, tables: usize) -> (view::Html, usize) {
        let mut writer = self.writer(page);
        writer.among_others(number);
        writer.go_on_from(tables);
        let html = writer.whole(Some(2));
        (view::Html(html), writer.tables())
    }

    fn writer(&self, page: PageId) -> Writer<'_> {
        let guide = self.spelling().guide;
        let edition = Edition {
            spelling: self.spelling(),
            memo: self.memo,
            excerpt: &guide.pages[page].reading.own,
            of: page,
            references: References::None,
            number: 0,
        };
        Writer::edition(edition, "")
    }

    /// The home page of a guide whose authors wrote none.
    pub(super) fn home(&self, theme: &Theme) -> view::Page {
        let guide = self.shared.spelling.guide;
        let generated = Generated { title: theme.word("home").to_owned(), address: Address::root(), above: Vec::new() };
        let mut view = self.generated(&generated);
        view.title.clone_from(&guide.config.site.title);
        view.head_title.clone_from(&guide.config.site.title);
        view.kind = "section".to_owned();
        view.json_ld = meta::beside(view.json_ld.as_ref(), meta::site(self.shared.spelling));
        self.shared.list_children(guide.root(), &mut view);
        view.shape = shape::shape(&self.shared, &view.linked);
        view
    }

    /// The view of a page that no author wrote.
    pub(super) fn generated(&self, generated: &Generated) -> view::Page {
        let spelling = self.shared.spelling;
        let config = &spelling.guide.config;
        let url = spelling.address(&generated.address);
        let own = view::Link::to((generated.title.clone(), url.clone()));
        let home = Some(self.shared.home()).filter(|_| generated.address != Address::root());
        let above = home.into_iter().chain(generated.above.iter().cloned()).collect();
        let Breadcrumb { links, html, json_ld } = Trail::through(above, &self.shared).to(own.into(), &self.shared);
        view::Page {
            lang: config.site.language.tag().to_owned(),
            head_title: format!("{} – {}", generated.title, self.shared.title()),
            title: generated.title.clone(),
            description: config.site.description.clone().unwrap_or_default(),
            full_url: spelling.full(&url),
            url,
            kind: "page".to_owned(),
            json_ld,
            breadcrumb: links,
            breadcrumb_html: html,
            ..view::Page::default()
        }
    }

    /// The page for addresses that lead nowhere.
    pub(super) fn not_found(&self, theme: &Theme) -> Result<Vec<u8>, Box<Diagnostic>> {
        let title = theme.word("not_found").to_owned();
        let mut view = self.generated(&Generated { title, address: Address::root(), above: Vec::new() });
        let home = Trail::through(vec![self.shared.home()], &self.shared);
        let Breadcrumb { links, html, .. } = home.to(view.breadcrumb[0].clone(), &self.shared);
        (view.breadcrumb, view.breadcrumb_html, view.json_ld) = (links, html, None);
        view.full_url = None;
        view.noindex = true;
        view.url = String::new();
        theme.render("404.html", Context::page(&view), FRAME)
    }

    pub(super) fn redirect(&self, theme: &Theme, redirect: &Redirect) -> Result<Vec<u8>, Box<Diagnostic>> {
        let url = self.shared.spelling.page(redirect.page);
        let title = self.shared.page_title(redirect.page).to_owned();
        let full_url = self.shared.spelling.full(&url);
        theme.render("redirect.html", Context::redirect(&view::Redirect { title, url, full_url }), FRAME)
    }

    /// The page as its kind's template draws it, else as its place's.
    pub(super) fn render(&self, theme: &Theme, view: view::Page) -> Result<Vec<u8>, Box<Diagnostic>> {
        let of_kind = theme.has_own_templates().then(|| format!("kinds/{}.html", view.kind));
        let template = if let Some(of_kind) = of_kind.as_deref().filter(|of_kind| theme.has(of_kind)) {
            of_kind
        } else if view.breadcrumb.len() == 1 {
            "home.html"
        } else if view.children.is_empty() {
            "page.html"
        } else {
            "section.html"
        };
        let size = size(&view);
        theme.render_page(template, (view, None), size)
    }

    /// The rest of a long list.
    pub(super) fn render_list(&self, theme: &Theme, rest: RestId) -> Result<Vec<u8>, Box<Diagnostic>> {
        let (generated, listing) = self.lists.page(rest, &self.shared);
        theme.render_page("list.html", (self.generated(&generated), Some(listing)), LONG_LIST)
    }

    pub(super) fn render_map(
        &self,
        theme: &Theme,
        view: &view::Page,
        map: &view::SiteMap,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        theme.render("site-map.html", Context::site_map(view, map), LONG_LIST)
    }
}

/// About how many bytes the page of `view` has.
fn size(view: &view::Page) -> usize {
    FRAME
        + view.intro.0.len()
        + view.facets.html.0.len()
        + view.rest.0.len()
        + view.menu.0.len()
        + view.children.len() * 256
}
