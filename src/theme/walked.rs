//! What views say, in the order in which it is parted: their own texts, and all else that templates may ask for.

use tera::{Map, Value};

use super::context::Context;
use super::form::{Walk, Walked};
use super::frame::{FRAME, PARTS};
use super::known::Known;
use super::linked::{Entry, Group, Linked, Question, Series, SeriesPart, Stages, Task};
use super::listing::{Items, ListGroup, Listing};
use super::view::{Child, Colophon, DateView, Field, Html, Link, Menu, Page};

/// What a template makes a page of.
pub(super) struct Drawn {
    /// The finished parts, as in [`PARTS`].
    frame: [Value; PARTS.len()],
    page: Page,
    listing: Option<Listing>,
}

/// An entry of a menu.
pub(super) struct MenuEntry {
    pub(super) link: Known<Link>,
    pub(super) is_current: bool,
}

/// A menu, and its entries as they were made.
pub(super) struct WholeMenu {
    pub(super) menu: Menu,
    pub(super) entries: Html,
}

impl Drawn {
    /// A page, and what it lists as a view, in its frame.
    pub(super) fn of(page: Page, listing: Option<Listing>, frame: &Map) -> Drawn {
        let part = |(name, _): (&'static str, &str)| frame.get(&name.into()).map_or(Value::none(), Value::clone);
        Drawn { frame: PARTS.map(part), page, listing }
    }

    /// Whether others are likely to have its form, as none has that of a page that shows the guide as a whole.
    pub(super) fn is_common(page: &Page) -> bool {
        page.shape.is_empty() && page.linked.cycle.is_none()
    }

    /// What its template sees.
    pub(super) fn context(&self) -> Context {
        let Drawn { frame, page, listing } = self;
        let mut context = Context::of(page, listing.as_ref());
        let parts = PARTS.iter().zip(frame).map(|((name, _), part)| ((*name).into(), part.clone()));
        context.values.insert_value(FRAME, Value::from(Map::from_iter(parts)));
        context
    }
}

impl Walked for Drawn {
    fn walk(&mut self, walk: &mut Walk) {
        let Drawn { frame, page, listing } = self;
        frame.iter_mut().for_each(|part| walk.shared(part));
        self::page(walk, page);
        walk.option(listing, self::listing);
    }
}

impl Walked for MenuEntry {
    fn walk(&mut self, walk: &mut Walk) {
        walk.link(&mut self.link);
        walk.flag(self.is_current);
    }
}

impl Walked for WholeMenu {
    fn walk(&mut self, walk: &mut Walk) {
        let WholeMenu { menu: Menu { title, url, entries, more }, entries: html } = self;
        walk.text(title);
        walk.option(url, Walk::text);
        walk.list(entries, Walk::link);
        walk.option(more, Walk::link);
        walk.html(html);
    }
}

fn page(walk: &mut Walk, page: &mut Page) {
    let Page {
        id,
        lang,
        title,
        head_title,
        description,
        url,
        full_url,
        image,
        noindex,
        kind,
        kind_label,
        breadcrumb,
        breadcrumb_html,
        json_ld,
        intro,
        facets,
        rest,
        contents,
        menu,
        previous,
        next,
        children,
        more_children,
        shape: _,
        fields,
        about,
        linked,
    } = page;
    walk.said(lang);
    walk.said(kind);
    walk.flag(*noindex);
    [title, head_title, description, url].into_iter().for_each(|text| walk.text(text));
    [id, full_url, image, kind_label].into_iter().for_each(|text| walk.option(text, Walk::text));
    [breadcrumb_html, intro, rest, menu].into_iter().for_each(|html| walk.html(html));
    walk.option(json_ld, Walk::html);
    walk.listed(facets, 2);
    walk.listed(contents, 1);
    walk.list(breadcrumb, Walk::link);
    [previous, next, more_children].into_iter().for_each(|link| walk.option(link, Walk::link));
    walk.list(children, child);
    walk.list(fields, field);
    self::about(walk, about);
    self::linked(walk, linked);
}

fn child(walk: &mut Walk, Child { title, url, summary, lang, kind, pages }: &mut Child) {
    [title, kind].into_iter().for_each(|text| walk.text(text));
    [url, summary, lang].into_iter().for_each(|text| walk.option(text, Walk::text));
    walk.number(*pages);
}

fn field(walk: &mut Walk, Field { label, html }: &mut Field) {
    walk.text(label);
    walk.html(html);
}

fn about(walk: &mut Walk, about: &mut Colophon) {
    let Colophon { authors, owner, date, updated, review_by, contributors, edit_url, edit_facets } = about;
    [authors, contributors].into_iter().for_each(|names| walk.list(names, Walk::text));
    [owner, edit_url].into_iter().for_each(|text| walk.option(text, Walk::text));
    [date, updated, review_by].into_iter().for_each(|date| walk.option(date, self::date));
    walk.list(edit_facets, Walk::link);
}

fn date(walk: &mut Walk, DateView { iso, text }: &mut DateView) {
    [iso, text].into_iter().for_each(|text| walk.text(text));
}

fn linked(walk: &mut Walk, linked: &mut Linked) {
    let Linked {
        whole,
        roles,
        for_role,
        tasks,
        more_tasks,
        themes,
        in_theme,
        related,
        more_related,
        stages: Stages { previous, next },
        cycle: _,
        series,
        articles,
        more_articles,
        questions,
        asked,
        more_asked,
        backlinks,
        references,
    } = linked;
    walk.flag(*whole);
    [roles, articles].into_iter().for_each(|entries| walk.list(entries, entry));
    walk.list(for_role, group);
    walk.list(tasks, task);
    let more = [more_tasks, more_related, more_articles, more_asked];
    more.into_iter().for_each(|link| walk.option(link, Walk::link));
    [themes, related].into_iter().for_each(|links| walk.listed(links, 1));
    [in_theme, backlinks].into_iter().for_each(|groups| walk.listed(groups, 1));
    walk.listed(references, 1);
    [previous, next, questions].into_iter().for_each(|links| walk.list(links, Walk::link));
    walk.option(series, self::series);
    walk.list(asked, question);
}

fn entry(walk: &mut Walk, Entry { page, anchor, lang, text, date }: &mut Entry) {
    walk.link(page);
    [anchor, lang, text].into_iter().for_each(|text| walk.option(text, Walk::text));
    walk.option(date, self::date);
}

fn group(walk: &mut Walk, Group { title, entries, more, several }: &mut Group) {
    walk.text(title);
    walk.listed(entries, 2);
    // Templates ask whether it is one, and tell how many.
    if entries.count > 1 && several.is_none() {
        *several = Some(entries.count.to_string());
    }
    walk.option(several, Walk::text);
    walk.option(more, Walk::link);
}

fn task(walk: &mut Walk, Task { task, share, page, responsible, involved }: &mut Task) {
    walk.text(task);
    walk.said(share.unwrap_or_default());
    walk.option(page, Walk::link);
    [responsible, involved].into_iter().for_each(|roles| walk.list(roles, Walk::link));
}

fn series(walk: &mut Walk, Series { title, parts, previous, next }: &mut Series) {
    walk.text(title);
    walk.list(parts, |walk, SeriesPart { page, number, is_current }| {
        walk.link(page);
        walk.said(&number.to_string());
        walk.flag(*is_current);
    });
    [previous, next].into_iter().for_each(|link| walk.option(link, Walk::link));
}

fn question(walk: &mut Walk, Question { title, url, lang, html }: &mut Question) {
    [title, url].into_iter().for_each(|text| walk.text(text));
    walk.option(lang, Walk::text);
    walk.html(html);
}

fn listing(walk: &mut Walk, Listing { index, kinds, groups, more }: &mut Listing) {
    [index, kinds].into_iter().for_each(|tabs| walk.listed(tabs, 1));
    walk.list(groups, list_group);
    walk.option(more, Walk::link);
}

fn list_group(walk: &mut Walk, ListGroup { id, title, items }: &mut ListGroup) {
    [id, title].into_iter().for_each(|text| walk.text(text));
    match items {
        Items::Texts(texts) => walk.listed(texts, 1),
        Items::Questions(questions) => walk.listed(questions, 1),
        Items::Pages(pages) => walk.listed(pages, 1),
    }
}

#[cfg(test)]
mod tests {
    use tera::{Map, Value};

    use super::super::form::Parted;
    use super::super::sample;
    use super::Drawn;

    /// The texts in a value, each under its name, but those of lists that are told finished, too.
    fn texts(name: &str, value: &Value, found: &mut Vec<(String, String)>) {
        if let Some(map) = value.as_map() {
            let names = map.iter().map(|(key, value)| (key.as_str().unwrap(), value));
            let is_told = |name: &str| !map.contains_key(&format!("{name}_html").into());
            names.filter(|(name, _)| is_told(name)).for_each(|(name, value)| texts(name, value, found));
        } else if let Some(list) = value.as_array() {
            list.iter().for_each(|value| texts(name, value, found));
        } else if let Some(text) = value.as_str() {
            found.push((name.to_owned(), text.to_owned()));
        }
    }

    #[test]
    fn a_form_holds_no_text_of_a_page() {
        for listing in [sample::listing(), sample::questions(), sample::firsts(), sample::pages()] {
            let mut page = sample::page();
            page.linked.cycle = None;
            let parts = ["head_assets", "header", "footer"].map(|name| (name.into(), Value::safe_string("<p>")));
            let mut parted = Parted::of("page.html", Drawn::of(page, Some(listing), &Map::from_iter(parts)));
            let context = parted.marked().context();
            let mut found = Vec::new();
            ["page", "list", super::FRAME]
                .iter()
                .for_each(|name| texts(name, context.values.get(name).unwrap(), &mut found));
            assert!(found.len() > 60);
            found.retain(|(name, text)| {
                let is_asked = ["lang", "kind", "share"].contains(&name.as_str()) && !text.contains('\u{fdd0}');
                !(text.is_empty() || is_asked || text.starts_with('\u{fdd0}'))
            });
            assert!(found.is_empty(), "{found:?}");
        }
    }
}
