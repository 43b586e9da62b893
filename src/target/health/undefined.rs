//! Words that readers will look for in the glossary, and not find.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::{How, Named, Undefined};
use crate::guide::{Guide, Link, Page};
use crate::name::fold;
use crate::syntax::body::{Body, By, Element, Event};

/// On how many pages initials must be before one wonders what they mean.
const SHARED: usize = 3;

/// How many letters initials have.
const LETTERS: std::ops::RangeInclusive<usize> = 2..=6;

/// How many of each sort are told.
const TOLD: usize = 20;

/// Initials that need no glossary.
const KNOWN: [&str; 24] = [
    "CD", "CSS", "CSV", "CV", "DVD", "FAQ", "GIF", "GPS", "HTML", "HTTPS", "JPEG", "JSON", "MP3", "OK", "PC", "PDF",
    "PNG", "SMS", "SVG", "TV", "URL", "USB", "XML", "YAML",
];

/// The raw HTML elements whose words are explained where they stand, or are no prose.
const EXPLAINED: [&str; 5] = ["abbr", "code", "kbd", "samp", "pre"];

/// Where a word is used.
struct Use<'a> {
    uses: usize,
    pages: usize,
    first: &'a Page,
}

/// What is used as if it were defined: first what is linked, then initials, those of most pages first.
pub(super) fn find<'a>(guide: &'a Guide, named: impl Fn(&'a Page) -> Named<'a>) -> Vec<Undefined<'a>> {
    let (whole, names) = (whole_names(guide), names(guide));
    let mut all: BTreeMap<(How, String), Use<'a>> = BTreeMap::new();
    for page in guide.order.iter().map(|&page| &guide.pages[page]) {
        let mut here: Vec<(How, String)> = linked(page)
            // A page that is there, but not with the anchor that is asked for, is no name that is missing.
            .filter(|name| !whole.contains(&fold(name)))
            .map(|name| (How::Linked, name))
            .collect();
        for draft in page.drafts() {
            initials(&draft.body, &mut |word| {
                if !names.contains(&fold(word)) && !KNOWN.contains(&word) {
                    here.push((How::Initials, word.to_owned()));
                }
            });
        }
        here.sort_unstable();
        for group in here.chunk_by(|one, other| one == other) {
            let known = all.entry(group[0].clone()).or_insert(Use { uses: 0, pages: 0, first: page });
            (known.uses, known.pages) = (known.uses + group.len(), known.pages + 1);
        }
    }
    let wanted = all.into_iter().filter(|((how, _), found)| *how == How::Linked || found.pages >= SHARED);
    let mut wanted: Vec<Undefined<'a>> = wanted
        .map(|((how, text), Use { uses, pages, first })| Undefined { text, how, uses, pages, first: named(first) })
        .collect();
    wanted.sort_by_key(|undefined| (undefined.how, Reverse(undefined.pages), Reverse(undefined.uses)));
    let mut left = [TOLD; 2];
    wanted.retain(|undefined| {
        let left = &mut left[undefined.how as usize];
        let has_room = *left > 0;
        *left = left.saturating_sub(1);
        has_room
    });
    wanted
}

/// The names that pages answer to.
fn all_names(guide: &Guide) -> impl Iterator<Item = &str> {
    let pages = guide.pages.as_slice().iter();
    pages.flat_map(|page| page.draft.front_matter.synonyms.iter().map(String::as_str).chain([page.title()]))
}

fn whole_names(guide: &Guide) -> FxHashSet<String> {
    let slugs = guide.pages.as_slice().iter().filter_map(|page| page.key.rsplit('/').next());
    all_names(guide).chain(slugs).map(fold).collect()
}

/// Every word of them.
fn names(guide: &Guide) -> FxHashSet<String> {
    all_names(guide).flat_map(|name| name.split(|c: char| !c.is_alphanumeric())).map(fold).collect()
}

/// The names between double brackets that lead nowhere.
fn linked(page: &Page) -> impl Iterator<Item = String> {
    let own = (&page.draft.body, &page.links);
    let texts = [own].into_iter().chain(page.leaves.iter().map(|leaf| (&leaf.draft.body, &leaf.links)));
    texts.flat_map(|(body, links)| {
        let dead = body.tables.links.iter().zip(links.iter()).filter(|(_, link)| **link == Link::Dead);
        let named = dead.filter(|(written, _)| matches!(written.by, By::Name | By::BareName));
        named.map(|(written, _)| name_of(body.text(written.destination))).filter(|name| is_name(name))
    })
}

fn name_of(destination: &str) -> String {
    destination.split('#').next().unwrap_or_default().trim().to_owned()
}

/// Whether a page is asked for by a name, and not by its path.
fn is_name(name: &str) -> bool {
    !name.is_empty() && !name.contains('/') && !name.ends_with(".md")
}

/// The words in capitals that a text has, where nothing explains them.
fn initials(body: &Body, found: &mut dyn FnMut(&str)) {
    let is_explained = |tag: u32| EXPLAINED.contains(&body.tables.html[tag as usize].name.as_str());
    let mut explained = 0usize;
    for event in &body.events {
        match *event {
            Event::Open(Element::Html(tag)) if is_explained(tag) => explained += 1,
            Event::Close(Element::Html(tag)) if is_explained(tag) => explained -= 1,
            Event::Text(text) if explained == 0 => initials_of(body.text(text), found),
            _ => {}
        }
    }
}

/// The words in capitals alone, such as initials are; not those that stand beside another, which are raised voices, nor
/// Roman numbers.
fn initials_of(text: &str, found: &mut dyn FnMut(&str)) {
    // Most texts hold none, which is quickly seen.
    let may_be = |byte: &u8| byte.is_ascii_uppercase() || !byte.is_ascii();
    let is_hint = |pair: &[u8]| pair.iter().all(may_be) && pair.iter().any(u8::is_ascii_uppercase);
    if !text.as_bytes().windows(2).any(is_hint) {
        return;
    }
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let is_raised = |at: Option<&&str>| at.is_some_and(|word| word.len() > 1 && is_capitals(word));
    for (at, word) in words.iter().enumerate() {
        let is_alone = !is_raised(at.checked_sub(1).and_then(|at| words.get(at))) && !is_raised(words.get(at + 1));
        if is_alone && LETTERS.contains(&word.chars().count()) && is_capitals(word) && !is_roman(word) {
            found(word);
        }
    }
}

fn is_capitals(word: &str) -> bool {
    word.chars().all(char::is_uppercase)
}

fn is_roman(word: &str) -> bool {
    word.chars().all(|letter| "IVXLCDM".contains(letter))
}

#[cfg(test)]
mod tests {
    use super::initials;
    use crate::config::Config;
    use crate::path::GuidePath;
    use crate::source::Sources;
    use crate::syntax::draft::Draft;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let path = GuidePath::new("content/a.md").unwrap();
        let (sources, _) = Sources::in_memory([(path.clone(), text.as_bytes().to_vec())]);
        let (config, _) = Config::read(&sources);
        let (draft, _) = Draft::parse(sources.at(&path).unwrap(), &sources, &config);
        let mut found = Vec::new();
        initials(&draft.body, &mut |word| found.push(word.to_owned()));
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn initials_are_words_in_capitals_that_stand_alone() {
        check("Le CRIFA (à l’ULiège) et l’ARS, au 3e.", &["CRIFA", "ARS"]);
        check("Des CoP, un A, Louis XIV, MMXX, COMMUNAUTE.", &[]);
        check("NE PAS OUBLIER. C’EST IMPORTANT", &[]);
        check("Le `CRIFA` et <code>ARS</code>, <abbr title=\"a\">ARS</abbr>, puis ONSS", &["ONSS"]);
        check("Le ÉPÉ", &["ÉPÉ"]);
        check("Le ÉPÉ, ou l’ÉPHAD", &["ÉPÉ", "ÉPHAD"]);
    }
}
