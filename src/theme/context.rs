//! Views as the values that templates see. Built by hand: going through serde costs more than rendering.

use tera::value::Key;
use tera::{Map, Value};

use super::linked::{Cycle, perhaps};
use super::view::{
    Colophon, Current, Facet, Field, Heading, Link, MapEntry, Menu, Page, Part, PartEntry, Redirect, SiteMap,
};

/// What one file is made of.
pub(crate) struct Context {
    /// The page's address, for messages.
    pub(super) subject: String,
    pub(super) values: tera::Context,
}

impl Context {
    /// For the templates of pages.
    pub(crate) fn page(page: &Page) -> Context {
        let mut values = tera::Context::new();
        values.insert_value("page", page_value(page));
        Context { subject: page.url.clone(), values }
    }

    /// For `site-map.html`.
    pub(crate) fn site_map(page: &Page, map: &SiteMap) -> Context {
        let mut context = Context::page(page);
        context.values.insert_value("map", record([("entries", Value::from(rows(&map.entries)))]));
        context
    }

    /// For `partials/menu.html`, around its finished entries.
    pub(super) fn menu(menu: &Menu, entries: &str) -> Context {
        let mut values = tera::Context::new();
        values.insert_value("menu", Value::from_serializable(menu));
        values.insert_value("entries", Value::safe_string(entries));
        Context { subject: menu.title.clone(), values }
    }

    /// For `partials/menu-entry.html`.
    pub(super) fn menu_entry(of: &Link, current: Current) -> Context {
        let mut values = tera::Context::new();
        values.insert_value("link", link(of));
        values.insert_value("current", Value::from(current == Current::Yes));
        Context { subject: of.title.clone(), values }
    }

    /// For `redirect.html`.
    pub(crate) fn redirect(redirect: &Redirect) -> Context {
        let mut values = tera::Context::new();
        values.insert("redirect", redirect);
        Context { subject: redirect.url.clone(), values }
    }
}

fn page_value(page: &Page) -> Value {
    let part = page.breadcrumb.get(1).and_then(|link| link.url.as_deref());
    record([
        ("id", maybe(page.id.as_deref())),
        ("lang", text(&page.lang)),
        ("title", text(&page.title)),
        ("head_title", text(&page.head_title)),
        ("description", text(&page.description)),
        ("url", text(&page.url)),
        ("full_url", maybe(page.full_url.as_deref())),
        ("image", maybe(page.image.as_deref())),
        ("noindex", Value::from(page.noindex)),
        ("kind", text(&page.kind)),
        ("kind_label", maybe(page.kind_label.as_deref())),
        ("breadcrumb", list(&page.breadcrumb, link)),
        ("part", maybe(part)),
        ("json_ld", page.json_ld.as_ref().map_or_else(Value::none, |html| Value::safe_string(&html.0))),
        ("intro", Value::safe_string(&page.intro.0)),
        ("facets", list(&page.facets, facet)),
        ("rest", Value::safe_string(&page.rest.0)),
        ("contents", list(&page.contents, heading)),
        ("menu", Value::safe_string(&page.menu.0)),
        ("previous", page.previous.as_ref().map_or_else(Value::none, link)),
        ("next", page.next.as_ref().map_or_else(Value::none, link)),
        ("children", Value::from(page.children.iter().map(Value::from_serializable).collect::<Vec<_>>())),
        ("more_children", page.more_children.as_ref().map_or_else(Value::none, link)),
        ("shape", list(&page.shape, part_of_guide)),
        ("fields", list(&page.fields, field)),
        ("about", colophon(&page.about)),
        ("linked", page.linked.value()),
    ])
}

fn colophon(about: &Colophon) -> Value {
    let Colophon { authors, owner, date, updated, review_by, contributors, edit_url, edit_facets } = about;
    let any = !authors.is_empty() || owner.is_some() || date.is_some() || updated.is_some() || review_by.is_some();
    record([
        ("any", Value::from(any)),
        ("authors", list(authors, |author| text(author))),
        ("owner", maybe(owner.as_deref())),
        ("date", Value::from_serializable(date)),
        ("updated", Value::from_serializable(updated)),
        ("review_by", Value::from_serializable(review_by)),
        ("contributors", list(contributors, |name| text(name))),
        ("edit_url", maybe(edit_url.as_deref())),
        ("edit_facets", list(edit_facets, link)),
    ])
}

fn facet(facet: &Facet) -> Value {
    record([("id", text(&facet.id)), ("title", text(&facet.title)), ("html", Value::safe_string(&facet.html.0))])
}

fn field(field: &Field) -> Value {
    record([("label", text(&field.label)), ("html", Value::safe_string(&field.html.0))])
}

fn part_of_guide(of: &Part) -> Value {
    let entry = |entry: &PartEntry| record([("page", link(&entry.page)), ("children", list(&entry.children, link))]);
    record([
        ("page", link(&of.page)),
        ("kind", text(&of.kind)),
        ("summary", maybe(of.summary.as_deref())),
        ("entries", list(&of.entries, entry)),
        ("more", perhaps(of.more.as_ref())),
        ("cycle", of.cycle.as_ref().map_or_else(Value::none, Cycle::value)),
    ])
}

fn heading(of: &Heading) -> Value {
    let children = list(&of.children, heading);
    record([("id", text(&of.id)), ("title", text(&of.title)), ("children", children)])
}

pub(super) fn link(link: &Link) -> Value {
    record([("title", text(&link.title)), ("url", maybe(link.url.as_deref())), ("lang", maybe(link.lang.as_deref()))])
}

/// The tree as rows in reading order, since templates cannot follow a tree down: each says whether a list of what is
/// below it `opens` after it, and how many lists it `closes`.
fn rows(entries: &[MapEntry]) -> Vec<Value> {
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
        rows.push(record([
            ("title", text(&entry.title)),
            ("url", maybe(entry.url.as_deref())),
            ("lang", maybe(entry.lang.as_deref())),
            ("more", entry.more.as_ref().map_or_else(Value::none, link)),
            ("opens", Value::from(opens)),
            ("closes", Value::from(closes)),
        ]));
        if opens {
            levels.push(entry.children.iter());
        }
    }
    rows
}

pub(super) fn record<const N: usize>(fields: [(&'static str, Value); N]) -> Value {
    let mut map = Map::with_capacity(N);
    for (name, value) in fields {
        map.insert(Key::Str(name), value);
    }
    Value::from(map)
}

pub(super) fn list<T>(items: &[T], value: impl Fn(&T) -> Value) -> Value {
    Value::from(items.iter().map(value).collect::<Vec<_>>())
}

pub(super) fn text(text: &str) -> Value {
    Value::normal_string(text)
}

pub(super) fn maybe(text: Option<&str>) -> Value {
    text.map_or_else(Value::none, Value::normal_string)
}
