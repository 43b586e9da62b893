//! The glossary: the terms from A to Z, each with its definition.

use std::collections::BTreeMap;

use super::super::super::json::Json;
use super::super::meta;
use super::super::page::escaped as escaped_text;
use super::super::shared::escaped;
use super::{Grouped, Item, Pages, ViewPage, weight};
use crate::guide::{Guide, PageId};
use crate::language::Tongue;
use crate::path::Slug;
use crate::theme::listing::{Items, ListGroup, TextItem};
use crate::theme::{Listed, view};

/// About how many bytes of HTML an entry takes up beside its words.
const ENTRY: usize = 70;

/// About how many bytes an entry takes up in what machines read, beside its words.
const TOLD: usize = 100;

/// The terms by their letters; what begins with none comes first.
pub(super) fn groups(guide: &Guide) -> Vec<Grouped> {
    let mut by_letter: BTreeMap<Option<char>, Vec<Item>> = BTreeMap::new();
    for &page in &guide.terms {
        let item = Item { page, task: 0, weight: weight(guide, page) };
        by_letter.entry(letter(guide.pages[page].title())).or_default().push(item);
    }
    let prefix = match guide.config.site.language.tongue() {
        Tongue::French => "lettre",
        Tongue::English => "letter",
    };
    let group = |(letter, items): (Option<char>, Vec<Item>)| Grouped {
        id: format!("{prefix}-{}", letter.unwrap_or('0')),
        title: letter.map_or_else(|| "0–9".to_owned(), |letter| letter.to_uppercase().to_string()),
        items,
    };
    by_letter.into_iter().map(group).collect()
}

/// The letter from A to Z that a title is listed under, whatever its script; `None` for one that begins with none.
fn letter(title: &str) -> Option<char> {
    let slug = Slug::of(title)?;
    slug.as_str().chars().next().filter(char::is_ascii_alphabetic)
}

fn weight(guide: &Guide, page: PageId) -> usize {
    let of = &guide.pages[page];
    let synonyms: usize = of.draft.front_matter.synonyms.iter().map(|synonym| 2 + escaped(synonym)).sum();
    let shown = weight::first_paragraph(guide, page, None).html + weight::address(guide, page);
    let told = match weight::full_address(guide, page) {
        0 => 0,
        address => TOLD + of.title().len() + meta::description(&of.summary).len() + 2 * address,
    };
    ENTRY + escaped(of.title()) + synonyms + shown + told
}

/// What a page of the glossary lists.
pub(super) fn list(page: &ViewPage, pages: &Pages<'_>) -> Vec<ListGroup> {
    let term = |item: &Item| term(item.page, pages);
    page.list(|group| Items::Texts(Listed::of(group.items.iter().map(term), pages.shared().telling)))
}

fn term(page: PageId, pages: &Pages<'_>) -> TextItem {
    let shared = pages.shared();
    let guide = shared.spelling.guide;
    let of = &guide.pages[page];
    TextItem {
        title: shared.page_title(page).to_owned(),
        url: shared.spelling.page(page),
        lang: shared.spelling.guide.pages.own_lang(page).map(str::to_owned),
        synonyms: of.draft.front_matter.synonyms.iter().map(|synonym| shared.set(page, synonym)).collect(),
        kind: None,
        html: match pages.first_paragraph(page, None) {
            view::Html(text) if text.is_empty() => view::Html(escaped_text(&shared.set(page, &of.summary))),
            text => text,
        },
    }
}

/// The terms as schema.org's `DefinedTermSet`.
pub(super) fn json_ld(page: &ViewPage, pages: &Pages<'_>, view: &view::Page) -> Option<view::Html> {
    let shared = pages.shared();
    let guide = shared.spelling.guide;
    let front = guide.generated.glossary.as_ref()?;
    let set = shared.spelling.full(&shared.spelling.address(front))?;
    let mut own = Json::default();
    own.text(r#"{"@context":"https://schema.org","@type":"DefinedTermSet","@id":"#, &set);
    own.text(",\"name\":", &view.title);
    let items = page.groups.iter().flat_map(|group| &group.items);
    own.list(",\"hasDefinedTerm\":[", items, |json, item| {
        let of = &guide.pages[item.page];
        json.text(r#"{"@type":"DefinedTerm","name":"#, of.title());
        json.text(",\"description\":", &meta::description(&of.summary));
        json.option(",\"url\":", shared.spelling.full(guide.pages.path(item.page)).as_deref());
        json.text(",\"inDefinedTermSet\":", &set);
        json.put("}");
    });
    own.put("}");
    meta::beside(view.json_ld.as_ref(), own)
}
