//! Lists that come to templates finished: those that are on most pages, or long. A template takes many times as long over
//! each of their items.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Serialize;
use serde::ser::SerializeStruct;

use super::known::Known;
use super::linked::{Entry, Group, Question};
use super::listing::{Tab, TextItem};
use super::view::{Facet, Heading, Html, Link, MapEntry};
use crate::put;

/// For how many bytes a list has room from the first, at most.
const ROOM: usize = 64 << 10;

/// A list as finished elements, and item by item, where templates may look at that.
#[derive(Clone, Debug)]
pub(crate) struct Listed<T> {
    pub(crate) count: usize,
    pub(crate) html: Html,
    pub(super) items: Vec<T>,
}

impl<T: Serialize> Listed<T> {
    /// Adds it to what templates see, under the name of its items and that of its elements.
    pub(super) fn tell<S: SerializeStruct>(&self, fields: &mut S, names: [&'static str; 2]) -> Result<(), S::Error> {
        fields.serialize_field(names[0], &self.items)?;
        fields.serialize_field(names[1], &self.html)
    }
}

/// How templates are told lists.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Telling {
    /// Item by item, too: only the guide's own templates look at that.
    pub(crate) by_item: bool,
    /// The language of the interface.
    pub(crate) lang: &'static str,
}

/// What can be listed.
pub(crate) trait Item {
    /// About how many bytes it takes up.
    fn size(&self) -> usize;

    /// Adds it to a list.
    fn put(&self, list: &mut String, telling: Telling);
}

impl<T> Default for Listed<T> {
    fn default() -> Listed<T> {
        Listed { count: 0, html: Html::default(), items: Vec::new() }
    }
}

impl<T> Listed<T> {
    /// A list of these.
    pub(crate) fn of<I: Item + Into<T>>(items: impl IntoIterator<Item = I>, telling: Telling) -> Listed<T> {
        let mut listed = Listed::default();
        let mut items = items.into_iter();
        while let Some(item) = items.next() {
            if listed.count == 0 {
                listed.html.0.reserve(item.size().max(ROOM.min(item.size() * (1 + items.size_hint().0))));
            }
            item.put(&mut listed.html.0, telling);
            listed.count += 1;
            if telling.by_item {
                listed.items.push(item.into());
            }
        }
        listed
    }
}

impl<T: Clone> Listed<T> {
    /// What these list, one after the other.
    pub(crate) fn joined(lists: &[Arc<Listed<T>>]) -> Listed<T> {
        let mut html = String::with_capacity(lists.iter().map(|list| list.html.0.len()).sum());
        lists.iter().for_each(|list| html.push_str(&list.html.0));
        let count = lists.iter().map(|list| list.count).sum();
        Listed { count, html: Html(html), items: lists.iter().flat_map(|list| list.items.iter().cloned()).collect() }
    }
}

/// An [`Entry`] to list, with what is known elsewhere.
#[derive(Clone, Debug)]
pub(crate) struct Line<'a> {
    pub(crate) page: &'a Known<Link>,
    pub(crate) anchor: Option<&'a str>,
    pub(crate) lang: Option<&'a str>,
    pub(crate) text: Option<Cow<'a, str>>,
    /// How it begins, where that is made already.
    pub(crate) begins: Option<&'a str>,
}

impl From<Line<'_>> for Entry {
    fn from(Line { page, anchor, lang, text, begins: _ }: Line<'_>) -> Entry {
        let (anchor, lang) = (anchor.map(str::to_owned), lang.map(str::to_owned));
        Entry { page: page.clone(), anchor, lang, text: text.map(Cow::into_owned), date: None }
    }
}

impl Line<'_> {
    /// Where it leads, in pieces.
    fn url(&self) -> [&str; 3] {
        [self.page.url.as_deref().unwrap_or_default(), self.anchor.map_or("", |_| "#"), self.anchor.unwrap_or_default()]
    }

    /// How it begins: what is before its text.
    pub(crate) fn beginning(&self) -> Cow<'_, str> {
        if let Some(begins) = self.begins {
            return Cow::Borrowed(begins);
        }
        let mut begins = String::with_capacity(128);
        begin(&mut begins, self.lang, (&self.url(), &self.page.title));
        Cow::Owned(begins)
    }
}

impl Item for Line<'_> {
    fn size(&self) -> usize {
        20 + self.begins.map_or(120, str::len) + self.text.as_deref().map_or(0, str::len)
    }

    fn put(&self, list: &mut String, _: Telling) {
        list.push_str(&self.beginning());
        if let Some(text) = self.text.as_deref().filter(|text| !text.is_empty()) {
            list.push_str("<p>");
            put::attribute(list, text);
            list.push_str("</p>");
        }
        list.push_str("</li>");
    }
}

impl Listed<Group> {
    /// Adds pages under a title.
    pub(crate) fn add_pages<'a>(
        &mut self,
        title: &str,
        lines: impl Iterator<Item = Line<'a>> + Clone,
        telling: Telling,
    ) {
        if telling.by_item {
            self.items.push(Group::of(title.to_owned(), Listed::of(lines.clone(), telling)));
        }
        let list = &mut self.html.0;
        if !title.is_empty() {
            list.push_str("<h3>");
            put::attribute(list, title);
            list.push_str("</h3>\n");
        }
        list.push_str("<ul>");
        lines.for_each(|line| line.put(list, telling));
        list.push_str("\n</ul>\n");
        self.count += 1;
    }

    /// Adds the way to the rest of them.
    pub(crate) fn go_on(&mut self, more: Known<Link>, telling: Telling) {
        let list = &mut self.html.0;
        list.push_str("<p class=\"more\">");
        Link::put(&more, list, &more.title);
        list.push_str("</p>\n");
        if telling.by_item {
            self.items.push(Group { more: Some(more), ..Group::default() });
        }
        self.count += 1;
    }
}

impl Item for &Known<Link> {
    fn size(&self) -> usize {
        40 + self.title.len() + self.url.as_ref().map_or(0, String::len)
    }

    fn put(&self, list: &mut String, _: Telling) {
        list.push_str("\n<li>");
        Link::put(self, list, &self.title);
        list.push_str("</li>");
    }
}

/// What a page says somewhere: a [`TextItem`] to list, with what is known elsewhere.
#[derive(Clone, Debug)]
pub(crate) struct TextLine<'a> {
    pub(crate) page: &'a Known<Link>,
    pub(crate) anchor: &'a str,
    pub(crate) lang: Option<&'a str>,
    pub(crate) kind: &'a str,
    pub(crate) html: &'a str,
}

impl From<TextLine<'_>> for TextItem {
    fn from(line: TextLine<'_>) -> TextItem {
        TextItem {
            title: line.page.title.clone(),
            url: line.url().concat(),
            lang: line.lang.map(str::to_owned),
            synonyms: Vec::new(),
            kind: Some(line.kind.to_owned()),
            html: Html(line.html.to_owned()),
        }
    }
}

impl TextLine<'_> {
    fn url(&self) -> [&str; 3] {
        [self.page.url.as_deref().unwrap_or_default(), "#", self.anchor]
    }
}

impl Item for TextLine<'_> {
    fn size(&self) -> usize {
        100 + self.url().map(str::len).iter().sum::<usize>() + self.page.title.len() + self.html.len()
    }

    fn put(&self, list: &mut String, telling: Telling) {
        begin(list, self.lang, (&self.url(), &self.page.title));
        if !self.kind.is_empty() {
            list.push_str(" <span class=\"count\"");
            put_lang(list, self.lang.map(|_| telling.lang));
            list.push('>');
            put::attribute(list, self.kind);
            list.push_str("</span>");
        }
        if !self.html.is_empty() {
            list.push_str("<p>");
            list.push_str(self.html);
            list.push_str("</p>");
        }
        list.push_str("</li>");
    }
}

/// A term of the glossary.
impl Item for TextItem {
    fn size(&self) -> usize {
        80 + self.url.len()
            + self.title.len()
            + self.html.0.len()
            + self.synonyms.iter().map(String::len).sum::<usize>()
    }

    fn put(&self, list: &mut String, _: Telling) {
        list.push_str("\n<div");
        put_lang(list, self.lang.as_deref());
        list.push_str("><dt><a class=\"term\" href=\"");
        put_target(list, &[&self.url], &self.title);
        for (at, synonym) in self.synonyms.iter().enumerate() {
            list.push_str(if at == 0 { " <span>" } else { ", " });
            put::attribute(list, synonym);
        }
        list.push_str(if self.synonyms.is_empty() { "</dt>\n<dd>" } else { "</span></dt>\n<dd>" });
        list.push_str(&self.html.0);
        list.push_str("</dd></div>");
    }
}

impl Item for Question {
    fn size(&self) -> usize {
        80 + self.url.len() + self.title.len() + self.html.0.len()
    }

    fn put(&self, list: &mut String, _: Telling) {
        list.push_str("<section class=\"asked\"");
        put_lang(list, self.lang.as_deref());
        list.push_str(">\n<h3><a href=\"");
        put_target(list, &[&self.url], &self.title);
        list.push_str("</h3>\n");
        list.push_str(&self.html.0);
        list.push_str("\n</section>\n");
    }
}

impl Item for Tab {
    fn size(&self) -> usize {
        40 + self.url.len() + self.title.len()
    }

    fn put(&self, list: &mut String, _: Telling) {
        let Tab { title, url, is_current } = self;
        list.push_str(if *is_current { "\n<li><span aria-current=\"true" } else { "\n<li><a href=\"" });
        if !is_current {
            put::attribute(list, url);
        }
        list.push_str("\">");
        put::attribute(list, title);
        list.push_str(if *is_current { "</span></li>" } else { "</a></li>" });
    }
}

/// A page in the site map, with what is below it.
impl Item for MapEntry {
    fn size(&self) -> usize {
        (&self.page).size() + self.children.iter().map(Item::size).sum::<usize>()
    }

    fn put(&self, list: &mut String, _: Telling) {
        put_row(list, self);
    }
}

fn put_row(list: &mut String, MapEntry { page, children, more }: &MapEntry) {
    list.push_str("\n<li>");
    Link::put(page, list, &page.title);
    if let Some(more) = more {
        list.push_str(" <a class=\"more\" href=\"");
        put_target(list, &[more.url.as_deref().unwrap_or_default()], &more.title);
    }
    if !children.is_empty() {
        list.push_str("<ul>");
        children.iter().for_each(|below| put_row(list, below));
        list.push_str("</ul>");
    }
    list.push_str("</li>");
}

impl Listed<Facet> {
    /// Adds a facet of which `put` adds the text, at the start of a line; answers what that does.
    pub(crate) fn add<R>(
        &mut self,
        (id, title): (&str, &str),
        telling: Telling,
        put: impl FnOnce(&mut String) -> R,
    ) -> R {
        let list = &mut self.html.0;
        list.push_str("<section class=\"facet\" data-facet=\"");
        put::attribute(list, id);
        list.push_str("\" id=\"");
        put::attribute(list, id);
        list.push_str("\">\n<h2>");
        put::attribute(list, title);
        list.push_str("</h2>\n");
        let start = list.len();
        let answer = put(list);
        if telling.by_item {
            let html = Html(list[start..].to_owned());
            self.items.push(Facet { id: id.to_owned(), title: title.to_owned(), html });
        }
        list.push_str("\n</section>\n");
        self.count += 1;
        answer
    }
}

/// A heading in the table of contents, with those below it.
impl Item for Heading {
    fn size(&self) -> usize {
        24 + self.id.len() + self.title.len() + self.children.iter().map(|below| 16 + below.size()).sum::<usize>()
    }

    fn put(&self, list: &mut String, _: Telling) {
        put_heading(list, self);
    }
}

fn put_heading(list: &mut String, heading: &Heading) {
    list.push_str("<li><a href=\"#");
    put::attribute(list, &heading.id);
    list.push_str("\">");
    put::attribute(list, &heading.title);
    list.push_str("</a>");
    if !heading.children.is_empty() {
        list.push_str("<ul>");
        heading.children.iter().for_each(|below| put_heading(list, below));
        list.push_str("</ul>");
    }
    list.push_str("</li>");
}

/// The element of a page in a list, as far as its title.
fn begin(list: &mut String, lang: Option<&str>, (url, title): (&[&str], &str)) {
    list.push_str("\n<li");
    put_lang(list, lang);
    list.push_str("><a href=\"");
    put_target(list, url, title);
}

/// What is left of a link from its address, which is in pieces, on.
fn put_target(html: &mut String, url: &[&str], title: &str) {
    let start = html.len();
    url.iter().for_each(|piece| html.push_str(piece));
    put::as_attribute(html, start);
    html.push_str("\">");
    put::attribute(html, title);
    html.push_str("</a>");
}

fn put_lang(html: &mut String, lang: Option<&str>) {
    if let Some(lang) = lang.filter(|lang| !lang.is_empty()) {
        html.push_str(" lang=\"");
        put::attribute(html, lang);
        html.push('"');
    }
}

impl Link {
    /// Adds it under a title, linked where it leads somewhere.
    fn put(&self, html: &mut String, title: &str) {
        let Some(url) = &self.url else { return put::attribute(html, title) };
        html.push_str("<a href=\"");
        put::attribute(html, url);
        html.push('"');
        put_lang(html, self.lang.as_deref());
        html.push('>');
        put::attribute(html, title);
        html.push_str("</a>");
    }

    /// Adds it to a breadcrumb, under a title, as what is above the page.
    pub(crate) fn put_above(&self, crumbs: &mut String, title: &str) {
        crumbs.push_str("<li>");
        match (&self.url, &self.lang) {
            (None, Some(_)) => {
                crumbs.push_str("<span");
                self.put_rest(crumbs, title);
            }
            _ => self.put(crumbs, title),
        }
        crumbs.push_str("</li>");
    }

    /// Adds it to a breadcrumb, under a title, as the page itself.
    pub(crate) fn put_here(&self, crumbs: &mut String, title: &str) {
        crumbs.push_str("<li><span aria-current=\"page\"");
        self.put_rest(crumbs, title);
        crumbs.push_str("</li>");
    }

    fn put_rest(&self, crumbs: &mut String, title: &str) {
        put_lang(crumbs, self.lang.as_deref());
        crumbs.push('>');
        put::attribute(crumbs, title);
        crumbs.push_str("</span>");
    }
}
