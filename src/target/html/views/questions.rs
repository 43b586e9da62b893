//! The frequent questions, by theme, each with its answer.

use super::super::super::json::Json;
use super::super::meta;
use super::super::shared::escaped;
use super::{Grouped, Item, Pages, ViewPage, distinct, weight};
use crate::config::Builtin;
use crate::guide::{Guide, PageId};
use crate::language::Tongue;
use crate::markup::{plain, typography};
use crate::theme::linked::Question;
use crate::theme::listing::{Items, ListGroup};
use crate::theme::{Listed, view};

/// About how many bytes of HTML an entry takes up beside its words.
const ENTRY: usize = 180;

/// The questions of each theme, then those that have none.
pub(super) fn groups(guide: &Guide) -> Vec<Grouped> {
    let is_question = |page: &&PageId| guide.builtin(**page) == Some(Builtin::Question);
    let item = |&page: &PageId| Item { page, task: 0, weight: weight(guide, page) };
    let mut groups = Vec::new();
    for &theme in &guide.order {
        let of: Vec<Item> = guide.pages[theme].inverse.in_theme.iter().filter(is_question).map(item).collect();
        if !of.is_empty() {
            let slug = guide.pages[theme].address.as_str().trim_matches('/').rsplit('/').next().unwrap_or_default();
            groups.push(Grouped {
                id: format!("theme-{slug}"),
                title: typography::apply(guide.language_of(theme), guide.pages[theme].title()).into_owned(),
                items: of,
            });
        }
    }
    let has_no_theme = |page: &&PageId| guide.pages[**page].relations.themes.is_empty();
    let others: Vec<Item> = guide.order.iter().filter(is_question).filter(has_no_theme).map(item).collect();
    if !others.is_empty() {
        let (id, title) = match guide.config.site.language.tongue() {
            Tongue::French => ("autres-questions", "Autres questions"),
            Tongue::English => ("other-questions", "Other questions"),
        };
        groups.push(Grouped { id: id.to_owned(), title: title.to_owned(), items: others });
    }
    distinct(groups)
}

fn weight(guide: &Guide, page: PageId) -> usize {
    let of = &guide.pages[page];
    let answer = weight::whole(guide, &of.reading.own);
    // The answer is told twice: to readers, and to machines.
    ENTRY + 2 * escaped(of.title()) + weight::address(guide, page) + answer.html + answer.text
}

/// What a page of the questions lists.
pub(super) fn list(page: &ViewPage, pages: &Pages<'_>) -> Vec<ListGroup> {
    let shared = pages.shared();
    let count = std::cell::Cell::new(0);
    let tables = std::cell::Cell::new(0);
    let question = |item: &Item| {
        count.set(count.get() + 1);
        let (html, written) = pages.answer(item.page, count.get(), tables.get());
        tables.set(written);
        Question {
            title: shared.page_title(item.page).to_owned(),
            url: shared.spelling.page(item.page),
            lang: shared.spelling.guide.pages.own_lang(item.page).map(str::to_owned),
            html,
        }
    };
    page.list(|group| Items::Questions(Listed::of(group.items.iter().map(question), shared.telling)))
}

/// The questions as schema.org's `FAQPage`.
pub(super) fn json_ld(page: &ViewPage, pages: &Pages<'_>, view: &view::Page) -> Option<view::Html> {
    let guide = pages.spelling().guide;
    let mut known = rustc_hash::FxHashSet::default();
    let items = page.groups.iter().flat_map(|group| &group.items).filter(|item| known.insert(item.page));
    let mut own = Json::default();
    own.list(r#"{"@context":"https://schema.org","@type":"FAQPage","mainEntity":["#, items, |json, item| {
        json.text(r#"{"@type":"Question","name":"#, guide.pages[item.page].title());
        json.text(r#","acceptedAnswer":{"@type":"Answer","text":"#, &plain::answer(guide, item.page));
        json.put("}}");
    });
    own.put("}");
    meta::beside(view.json_ld.as_ref().filter(|_| !known.is_empty()), own).or_else(|| view.json_ld.clone())
}
