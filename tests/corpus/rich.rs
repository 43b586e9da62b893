//! Rich guides: pages of every kind, and what relates them, as Boussole reads it and as other programs do.

use std::collections::{BTreeMap, BTreeSet};

use super::{FORMATS, PAGES, group_pages, links, rich_guide, shown_pictures};
use crate::corpus::Format;

/// The names in the list or the single value after each `key: ` of a page's front matter.
fn named_by<'a>(text: &'a str, key: &str) -> Vec<&'a str> {
    let front = text.split("---").nth(1).expect("every page has front matter");
    let start = format!("{key}: [");
    let values = front.match_indices(&start).filter_map(|(at, found)| {
        let (inside, _) = front[at + found.len()..].split_once(']')?;
        Some(inside.split(", "))
    });
    values.flatten().collect()
}

/// How many pages say so in their front matter.
fn count(files: &BTreeMap<String, String>, line: &str) -> usize {
    files.values().filter(|text| text.contains(&format!("\n{line}\n"))).count()
}

#[test]
fn a_rich_guide_has_pages_of_every_kind() {
    let (files, pictures) = rich_guide(Format::Boussole);
    let kinds = ["role", "article", "coplanning", "question", "term", "theme"];
    let counts = kinds.map(|kind| count(&files, &format!("kind: {kind}")));
    // 125 pages in groups of 20, each group a theme.
    assert_eq!(counts, [89, 12, 12, 12, 30, 7]);
    assert_eq!(count(&files, "tasks:"), 13);
    assert_eq!(pictures.len(), 13);
    let questions = group_pages(&files).filter(|(path, _)| path.contains("/coplanification-"));
    assert!(questions.map(|(_, text)| text.matches(" ?\n\n").count()).all(|count| count >= 4));
}

#[test]
fn what_relates_pages_of_a_rich_guide_leads_to_pages_of_the_right_kind() {
    let (files, _) = rich_guide(Format::Boussole);
    let of_kind = |kind: &str| -> BTreeSet<&str> {
        let files = files.iter().filter(|(_, text)| text.contains(&format!("\nkind: {kind}\n")));
        // What an address ends in: the name of the file, or of the folder of a front page.
        let slugs =
            files.filter_map(|(path, _)| path.trim_end_matches("/index.md").trim_end_matches(".md").rsplit('/').next());
        slugs.collect()
    };
    let (roles, themes) = (of_kind("role"), of_kind("theme"));
    let mut related = 0;
    for (path, text) in group_pages(&files) {
        for (key, allowed) in [
            ("related", &roles),
            ("roles", &roles),
            ("about", &roles),
            ("responsible", &roles),
            ("involved", &roles),
            ("themes", &themes),
        ] {
            let named = named_by(text, key);
            related += named.len();
            assert!(named.iter().all(|name| allowed.contains(name)), "{key}: {named:?} of {path}");
        }
    }
    // Roles: a theme, two roles, and a responsible and an involved role in 13; articles: two roles; the others a theme too.
    assert_eq!(related, 89 * 3 + 13 * 2 + 12 * 2 + 12 * 3 + 12 * 2);
}

#[test]
fn the_parts_of_a_series_are_numbered_without_a_gap() {
    let (files, _) = rich_guide(Format::Boussole);
    let line = |text: &str, key: &str| text.lines().find_map(|line| line.strip_prefix(key).map(str::to_owned));
    let mut parts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for text in files.values() {
        if let Some(series) = line(text, "series: ") {
            parts.entry(series).or_default().push(line(text, "part: ").expect("it is a part"));
        }
    }
    let numbers = |last: u32| (1..=last).map(|number| number.to_string()).collect::<Vec<_>>();
    assert_eq!(parts, [("\"Récits 0000\"".into(), numbers(10)), ("\"Récits 0001\"".into(), numbers(2))].into());
}

#[test]
fn pictures_are_where_pages_show_them_and_all_are_different() {
    for format in FORMATS {
        let (files, pictures) = rich_guide(format);
        let mut shown = BTreeSet::new();
        for (path, text) in group_pages(&files) {
            for picture in shown_pictures(text) {
                let folder = path.rsplit_once('/').expect("it is in a folder").0;
                shown.insert(match picture.strip_prefix('/') {
                    Some(inside) => format!("content/{inside}"),
                    None => format!("{folder}/{picture}"),
                });
            }
        }
        assert_eq!(shown, pictures.keys().cloned().collect(), "{format:?}");
        let different: BTreeSet<&Vec<u8>> = pictures.values().collect();
        assert_eq!(different.len(), pictures.len());
    }
}

#[cfg(feature = "images")]
#[test]
fn pictures_can_be_decoded() {
    for (path, bytes) in rich_guide(Format::Boussole).1 {
        let picture = image::load_from_memory(&bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!((picture.width(), picture.height()), (96, 64));
    }
}

/// What the front matter of a page says under `key`, in whichever spelling: several values, or one.
fn said<'a>(text: &'a str, key: &str) -> Vec<&'a str> {
    let value = text.lines().find_map(|line| {
        let rest = line.strip_prefix(key)?;
        rest.strip_prefix(": ").or_else(|| rest.strip_prefix(" = "))
    });
    let values = value.into_iter().flat_map(|value| value.trim_matches(['[', ']']).split(", "));
    values.map(|value| value.trim_matches('"')).collect()
}

#[test]
fn other_programs_get_the_same_rich_pages() {
    let texts = |format| -> Vec<String> {
        let (files, _) = rich_guide(format);
        let pages = group_pages(&files).map(|(_, text)| {
            let addresses = [links(text), shown_pictures(text)].concat();
            let body = text.rsplit("---\n\n").next().and_then(|text| text.rsplit("+++\n\n").next()).unwrap_or(text);
            let body =
                body.split_once("\n\n").filter(|(first, _)| first.starts_with("# ")).map_or(body, |(_, rest)| rest);
            addresses.iter().fold(body.to_owned(), |body, address| body.replacen(&format!("]({address})"), "]", 1))
        });
        pages.collect()
    };
    let expected = texts(Format::Boussole);
    assert_eq!(expected.len(), PAGES as usize);
    for format in &FORMATS[1..] {
        assert_eq!(texts(*format), expected, "{format:?}");
    }
}

#[test]
fn other_programs_are_told_of_the_same_relations_where_they_understand_any() {
    const KEYS: [&str; 7] = ["series", "part", "date", "themes", "related", "roles", "about"];
    let (expected, _) = rich_guide(Format::Boussole);
    for format in [Format::Hugo, Format::Zola] {
        let (files, _) = rich_guide(format);
        for (path, text) in group_pages(&expected) {
            for key in KEYS {
                let values = said(&files[path], key).into_iter();
                let values: Vec<&str> = values.map(|value| value.trim_matches('/').trim_end_matches(".md")).collect();
                // Themes are named as Boussole names them, pages by their paths.
                for page in values.iter().filter(|value| value.contains('/')) {
                    assert!(files.contains_key(&format!("content/{page}.md")), "{page} in {path} for {format:?}");
                }
                let slugs: Vec<&str> = values.iter().filter_map(|value| value.rsplit('/').next()).collect();
                assert_eq!(slugs, said(text, key), "{key} of {path} for {format:?}");
            }
        }
    }
    let none = |format, keys: &[&str]| {
        let (files, _) = rich_guide(format);
        for key in keys {
            assert!(files.values().all(|text| !text.contains(&format!("\n{key}"))), "{key} for {format:?}");
        }
    };
    for format in [Format::Mdbook, Format::Zensical] {
        none(format, &KEYS);
    }
    for format in &FORMATS[1..] {
        none(*format, &["kind", "tasks", "synonyms", "autolink"]);
    }
}
