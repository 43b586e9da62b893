//! Views as the values that templates see. What differs from a view's own fields is spelled out here; all others are
//! derived.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};
use tera::Value;

use super::known::Known;
use super::view::{Colophon, Html, Link, MapEntry, Page, Redirect, SiteMap};
use super::walked::{MenuEntry, WholeMenu};

/// What one file is made of.
pub(crate) struct Context {
    /// The page's address, for messages.
    pub(super) subject: String,
    /// Where the page is, where it is one.
    pub(super) place: Option<Place>,
    pub(super) values: tera::Context,
}

/// What the finished parts of a page may know of it.
pub(super) struct Place {
    pub(super) url: String,
    /// The main part that it belongs to.
    pub(super) part: Option<String>,
    /// Whether it asks questions to answer together.
    pub(super) asks: bool,
}

impl Context {
    /// For the templates of pages.
    pub(crate) fn page(page: &Page) -> Context {
        let mut values = tera::Context::new();
        values.insert("page", page);
        Context { subject: page.url.clone(), place: Some(Place::of(page)), values }
    }

    /// For `site-map.html`.
    pub(crate) fn site_map(page: &Page, map: &SiteMap) -> Context {
        let mut context = Context::page(page);
        let SiteMap { entries } = map;
        context.values.insert("map", &Rows { entries: rows(&entries.items), entries_html: &entries.html });
        context
    }

    /// For `partials/menu.html`, around its finished entries.
    pub(super) fn menu(WholeMenu { menu, entries }: &WholeMenu) -> Context {
        let mut values = tera::Context::new();
        values.insert("menu", menu);
        values.insert("entries", entries);
        Context { subject: menu.title.clone(), place: None, values }
    }

    /// For `partials/menu-entry.html`.
    pub(super) fn menu_entry(MenuEntry { link, is_current }: &MenuEntry) -> Context {
        let mut values = tera::Context::new();
        values.insert("link", link);
        values.insert_value("current", Value::from(*is_current));
        Context { subject: link.title.clone(), place: None, values }
    }

    /// For `redirect.html`.
    pub(crate) fn redirect(redirect: &Redirect) -> Context {
        let mut values = tera::Context::new();
        values.insert("redirect", redirect);
        Context { subject: redirect.url.clone(), place: None, values }
    }
}

impl Place {
    pub(super) fn of(page: &Page) -> Place {
        let asks = !page.linked.questions.is_empty();
        Place { url: page.url.clone(), part: part(page).map(str::to_owned), asks }
    }
}

fn part(page: &Page) -> Option<&str> {
    page.breadcrumb.get(1).and_then(|link| link.url.as_deref())
}

impl Serialize for Page {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut page = serializer.serialize_struct("page", 31)?;
        page.serialize_field("id", &self.id)?;
        page.serialize_field("lang", &self.lang)?;
        page.serialize_field("title", &self.title)?;
        page.serialize_field("head_title", &self.head_title)?;
        page.serialize_field("description", &self.description)?;
        page.serialize_field("url", &self.url)?;
        page.serialize_field("full_url", &self.full_url)?;
        page.serialize_field("image", &self.image)?;
        page.serialize_field("noindex", &self.noindex)?;
        page.serialize_field("kind", &self.kind)?;
        page.serialize_field("kind_label", &self.kind_label)?;
        page.serialize_field("breadcrumb", &self.breadcrumb)?;
        page.serialize_field("breadcrumb_html", &self.breadcrumb_html)?;
        page.serialize_field("part", &part(self))?;
        page.serialize_field("json_ld", &self.json_ld)?;
        page.serialize_field("intro", &self.intro)?;
        self.facets.tell(&mut page, ["facets", "facets_html"])?;
        page.serialize_field("facets_count", &self.facets.count)?;
        page.serialize_field("rest", &self.rest)?;
        self.contents.tell(&mut page, ["contents", "contents_html"])?;
        page.serialize_field("menu", &self.menu)?;
        page.serialize_field("previous", &self.previous)?;
        page.serialize_field("next", &self.next)?;
        page.serialize_field("children", &self.children)?;
        page.serialize_field("more_children", &self.more_children)?;
        page.serialize_field("shape", &self.shape)?;
        page.serialize_field("fields", &self.fields)?;
        page.serialize_field("about", &self.about)?;
        page.serialize_field("linked", &self.linked)?;
        page.end()
    }
}

impl Serialize for Colophon {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Colophon { authors, owner, date, updated, review_by, contributors, edit_url, edit_facets } = self;
        let any = !authors.is_empty() || owner.is_some() || date.is_some() || updated.is_some() || review_by.is_some();
        let mut about = serializer.serialize_struct("about", 9)?;
        about.serialize_field("any", &any)?;
        about.serialize_field("authors", authors)?;
        about.serialize_field("owner", owner)?;
        about.serialize_field("date", date)?;
        about.serialize_field("updated", updated)?;
        about.serialize_field("review_by", review_by)?;
        about.serialize_field("contributors", contributors)?;
        about.serialize_field("edit_url", edit_url)?;
        about.serialize_field("edit_facets", edit_facets)?;
        about.end()
    }
}

/// A site map as templates see it.
#[derive(Serialize)]
struct Rows<'a> {
    entries: Vec<Row<'a>>,
    entries_html: &'a Html,
}

/// A page in the site map, whether a list of what is below it `opens` after it, and how many lists it `closes`.
#[derive(Serialize)]
struct Row<'a> {
    title: &'a str,
    url: Option<&'a str>,
    lang: Option<&'a str>,
    more: Option<&'a Known<Link>>,
    opens: bool,
    closes: usize,
}

/// The tree as rows in reading order, since templates cannot follow a tree down.
fn rows(entries: &[MapEntry]) -> Vec<Row<'_>> {
    let mut rows = Vec::new();
    let mut levels = vec![entries.iter()];
    while let Some(level) = levels.last_mut() {
        let Some(entry) = level.next() else {
            levels.pop();
            continue;
        };
        let opens = !entry.children.is_empty();
        let ended = levels.iter().rev().take_while(|level| level.len() == 0).count();
        let closes = if opens { 0 } else { ended.min(levels.len() - 1) };
        rows.push(Row {
            title: &entry.page.title,
            url: entry.page.url.as_deref(),
            lang: entry.page.lang.as_deref(),
            more: entry.more.as_ref(),
            opens,
            closes,
        });
        if opens {
            levels.push(entry.children.iter());
        }
    }
    rows
}
