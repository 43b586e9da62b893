//! The guides that benchmarks are run on: repeatable, of the announced size, without a dead link, and with as many
//! names and mentions as asked for; rich ones with pictures, series, tasks and relations that all lead somewhere. And
//! what is made of them: whether a site that some program built lacks anything.
#![allow(clippy::disallowed_methods, reason = "they look at sites of their own making")]

#[path = "../../benches/build/corpus/mod.rs"]
mod corpus;
mod rich;
mod whole;

use std::collections::{BTreeMap, BTreeSet};

use pulldown_cmark::{Event, Options, Parser, Tag};
use rayon::prelude::ParallelIterator;

use corpus::{Automatic, Corpus, File, Format, MOST_NAMES, Names, Shape, Variety};

const FORMATS: [Format; 5] = [Format::Boussole, Format::Hugo, Format::Zola, Format::Mdbook, Format::Zensical];
const SHAPES: [Shape; 2] = [Shape::Varied, Shape::Shared];
const PAGES: u32 = 125;

fn files(seed: u64, format: Format) -> BTreeMap<String, String> {
    files_with(seed, format, names(0, Shape::Varied))
}

fn files_with(seed: u64, format: Format, names: Names) -> BTreeMap<String, String> {
    let corpus = Corpus { seed, pages: PAGES, variety: Variety::Plain, format, names };
    corpus.files().map(|file| (file.path.clone(), text(file))).collect()
}

fn text(file: File) -> String {
    String::from_utf8(file.bytes).expect("it is no picture")
}

/// The texts and the pictures of a rich guide, with 30 terms.
fn rich_guide(format: Format) -> (BTreeMap<String, String>, BTreeMap<String, Vec<u8>>) {
    let corpus = Corpus { seed: 1, pages: PAGES, variety: Variety::Rich, format, names: names(30, Shape::Shared) };
    let files: Vec<File> = corpus.files().collect();
    let (pictures, texts): (Vec<File>, Vec<File>) = files.into_iter().partition(|file| file.path.ends_with(".png"));
    let texts = texts.into_iter().map(|file| (file.path.clone(), text(file)));
    (texts.collect(), pictures.into_iter().map(|file| (file.path, file.bytes)).collect())
}

/// The pages in groups, of whatever kind.
fn group_pages(files: &BTreeMap<String, String>) -> impl Iterator<Item = (&str, &str)> {
    let files = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    files.filter(|(path, _)| path.contains("/groupe-") && !path.ends_with("index.md"))
}

/// So many terms, all of them targets and mentioned.
fn names(count: u32, shape: Shape) -> Names {
    Names { terms: count, targets: count, mentioned: count, shape, automatic: Automatic::FirstPerFacet }
}

/// A guide for Boussole with so many names.
fn named(count: u32, shape: Shape) -> BTreeMap<String, String> {
    files_with(1, Format::Boussole, names(count, shape))
}

fn role_pages(files: &BTreeMap<String, String>) -> impl Iterator<Item = (&str, &str)> {
    let files = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    files.filter(|(path, _)| path.contains("/role-"))
}

fn term_pages(files: &BTreeMap<String, String>) -> impl Iterator<Item = (&str, &str)> {
    let files = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    files.filter(|(path, _)| path.contains("/terme-"))
}

/// The title of a term page and, where there is one, its synonym.
fn names_of(text: &str) -> Vec<&str> {
    let front = text.split("---").nth(1).expect("every page has front matter");
    let lines = front.lines().filter(|line| line.starts_with("title:") || line.starts_with("synonyms:"));
    lines.map(|line| line.split('"').nth(1).expect("names are quoted")).collect()
}

/// Words in lower case, each without its plural or its elided article, with one space on each side.
fn plain(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let words = words.map(|word| format!(" {} ", word.to_lowercase().trim_end_matches('s')));
    words.collect::<String>().replace("  ", " ")
}

/// How often each term, by any of its names, stands in the prose of roles.
fn mentions(files: &BTreeMap<String, String>) -> Vec<usize> {
    let prose: Vec<String> = role_pages(files).map(|(_, text)| plain(body(text))).collect();
    let count = |name: &str| prose.iter().map(|page| page.matches(&plain(name)).count()).sum::<usize>();
    term_pages(files).map(|(_, text)| names_of(text).into_iter().map(count).sum()).collect()
}

/// The body of a page, front matter or first heading aside.
fn body(text: &str) -> &str {
    &text[text.find("## Théorie").expect("every role has that facet")..]
}

/// The path in the guide that the written `link` of the page at `path` leads to.
fn target(path: &str, link: &str) -> String {
    if let Some(inside) = link.strip_prefix("@/") {
        return format!("content/{inside}");
    }
    if let Some(address) = link.strip_prefix('/') {
        return format!("content/{}.md", address.trim_end_matches('/'));
    }
    let folders_above = link.split('/').filter(|segment| *segment == "..").count();
    let segments: Vec<&str> = path.split('/').collect();
    let folder = &segments[..segments.len() - 1 - folders_above];
    format!("{}/{}", folder.join("/"), link.trim_start_matches("../"))
}

fn links(text: &str) -> Vec<String> {
    let written = Parser::new_ext(text, Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Start(Tag::Link { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    });
    written.collect()
}

fn shown_pictures(text: &str) -> Vec<String> {
    let shown = Parser::new_ext(text, Options::ENABLE_TABLES).filter_map(|event| match event {
        Event::Start(Tag::Image { dest_url, .. }) => Some(dest_url.into_string()),
        _ => None,
    });
    shown.collect()
}

#[test]
fn equal_seeds_give_equal_guides_and_others_do_not() {
    for format in FORMATS {
        assert_eq!(files(1, format), files(1, format));
        assert_ne!(files(1, format), files(2, format));
        for shape in SHAPES {
            let files = |seed| files_with(seed, format, names(30, shape));
            assert_eq!(files(1), files(1));
            assert_ne!(files(1), files(2));
        }
        assert_eq!(rich_guide(format), rich_guide(format));
    }
}

#[test]
fn a_page_does_not_depend_on_the_format_but_for_the_spelling_of_links() {
    let without_links = |format| -> Vec<String> {
        let files = files(1, format);
        let bodies = role_pages(&files).map(|(_, text)| {
            links(body(text))
                .iter()
                .fold(body(text).to_owned(), |body, link| body.replacen(&format!("]({link})"), "]", 1))
        });
        bodies.collect()
    };
    let expected = without_links(Format::Boussole);
    assert_eq!(expected.len(), PAGES as usize);
    for format in FORMATS {
        assert_eq!(without_links(format), expected, "{format:?}");
    }
}

#[test]
fn a_page_is_about_three_and_a_half_kilobytes() {
    for format in FORMATS {
        let files = files(1, format);
        let bytes: usize = role_pages(&files).map(|(_, text)| text.len()).sum();
        let average = bytes / PAGES as usize;
        assert!((3300..=3700).contains(&average), "{average} bytes in {format:?}");
    }
}

#[test]
fn every_link_leads_to_a_page_and_its_anchor_to_a_heading() {
    for format in FORMATS {
        for files in [files_with(1, format, names(30, Shape::Shared)), rich_guide(format).0] {
            for (path, text) in group_pages(&files) {
                let links = links(text);
                assert_eq!(links.len(), if path.contains("/question-") { 2 } else { 5 }, "{path}");
                for link in links {
                    let (address, anchor) = link.split_once('#').unwrap_or((&link, ""));
                    let found = files.get(&target(path, address));
                    let page = found.unwrap_or_else(|| panic!("{link} of {path} leads nowhere"));
                    assert!(anchor.is_empty() || page.contains("\n## Pratique\n"), "{link} of {path}");
                }
            }
        }
    }
}

#[test]
fn every_folder_has_a_front_page() {
    for (format, front) in FORMATS.into_iter().zip(["index.md", "_index.md", "_index.md", "index.md", "index.md"]) {
        let files = files_with(1, format, names(1, Shape::Varied));
        let folders =
            ["content", "content/glossaire", "content/roles", "content/roles/groupe-0000", "content/roles/groupe-0006"];
        for folder in folders {
            assert!(files.contains_key(&format!("{folder}/{front}")), "{folder} in {format:?}");
        }
        assert!(files.contains_key("content/roles/groupe-0006/role-000124.md"));
    }
}

#[test]
fn one_page_in_fifty_has_a_code_block() {
    let files = files(1, Format::Boussole);
    let with_code: Vec<&str> =
        role_pages(&files).filter(|(_, text)| text.contains("\n```yaml\n")).map(|(path, _)| path).collect();
    assert_eq!(with_code.len(), 3, "{with_code:?}");
}

#[test]
fn mdbook_lists_every_page_as_a_chapter() {
    let files = files_with(1, Format::Mdbook, names(30, Shape::Varied));
    let listed = links(&files["content/SUMMARY.md"]);
    let pages = files.keys().filter(|path| path.ends_with(".md") && !path.ends_with("SUMMARY.md"));
    assert_eq!(listed.len(), pages.count());
    for link in listed {
        assert!(files.contains_key(&format!("content/{link}")), "{link}");
    }
}

#[test]
fn without_names_there_is_no_trace_of_them() {
    for format in FORMATS {
        for (path, text) in files(1, format) {
            assert!(!path.contains("glossaire"), "{path}");
            assert!(!text.contains("autolink") && !text.contains("automatic"), "{path} in {format:?}");
        }
    }
}

#[test]
fn names_are_as_many_as_asked_for_all_different_and_of_one_length() {
    for shape in SHAPES {
        let files = named(1000, shape);
        let names: Vec<&str> = term_pages(&files).flat_map(|(_, text)| names_of(text)).collect();
        assert_eq!(names.len(), 1000 + 334, "titles, and a synonym of every third");
        assert_eq!(names.iter().map(|name| plain(name)).collect::<BTreeSet<_>>().len(), names.len());
        assert_eq!(names.iter().map(|name| name.len()).collect::<BTreeSet<_>>().len(), 1);
        assert_eq!(names.iter().map(|name| name.split(' ').count()).collect::<BTreeSet<_>>(), [2, 3].into());
        let first_words: BTreeSet<&str> = names.iter().filter_map(|name| name.split(' ').next()).collect();
        let expected = if shape == Shape::Shared { 1 } else { names.len() };
        assert_eq!(first_words.len(), expected, "{shape:?}");
    }
}

#[test]
fn the_last_of_all_names_is_still_one_of_its_own() {
    let names = names(MOST_NAMES, Shape::Shared);
    let all = Corpus { seed: 1, pages: 1, variety: Variety::Plain, format: Format::Boussole, names }.files();
    let of_terms = all.filter(|file| file.path.contains("/terme-"));
    let mut names: Vec<String> = of_terms
        .flat_map_iter(|file| names_of(&text(file)).into_iter().map(str::to_owned).collect::<Vec<_>>())
        .collect();
    let count = names.len();
    assert!(count > MOST_NAMES as usize);
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
}

#[test]
fn only_terms_are_targets_and_only_the_first_so_many() {
    let few = Names { targets: 10, mentioned: 20, ..names(30, Shape::Varied) };
    let files = files_with(1, Format::Boussole, few);
    let targets = files.values().filter(|text| text.contains("\nautolink: true\n"));
    assert_eq!(targets.count(), 10);
    assert!(role_pages(&files).all(|(_, text)| text.contains("\nautolink: false\n")));
    let mentioned: Vec<bool> = mentions(&files).iter().map(|&count| count > 0).collect();
    assert_eq!(mentioned, [[true; 10], [true; 10], [false; 10]].concat());
}

#[test]
fn targets_and_the_setting_change_nothing_but_what_they_say() {
    let many = names(300, Shape::Varied);
    let without_autolink = |names| -> BTreeMap<String, String> {
        let files = files_with(1, Format::Boussole, names).into_iter();
        files.map(|(path, text)| (path, text.replace("autolink: false", "autolink: true"))).collect()
    };
    let all = Names { mentioned: 3, ..many };
    let few = Names { targets: 3, ..all };
    assert_ne!(files_with(1, Format::Boussole, few), files_with(1, Format::Boussole, all));
    assert_eq!(without_autolink(few), without_autolink(all));
    let mut automatic = files_with(1, Format::Boussole, many);
    let mut none = files_with(1, Format::Boussole, Names { automatic: Automatic::None, ..many });
    assert!(automatic.remove("guide.yaml").unwrap().contains("\nlinks: {automatic: first-per-facet}\n"));
    assert!(none.remove("guide.yaml").unwrap().contains("\nlinks: {automatic: none}\n"));
    assert_eq!(automatic, none);
}

#[test]
fn each_facet_mentions_two_terms_and_each_term_is_mentioned_about_as_often() {
    for shape in SHAPES {
        let files = named(10, shape);
        let counts = mentions(&files);
        assert_eq!(counts.iter().sum::<usize>(), 8 * PAGES as usize, "{shape:?}");
        assert!(counts.iter().all(|count| (70..=130).contains(count)), "{counts:?} in {shape:?}");
        let names: Vec<&str> = term_pages(&files).flat_map(|(_, text)| names_of(text)).collect();
        for (path, text) in role_pages(&files) {
            for facet in body(text).split("\n## ") {
                let facet = plain(facet);
                let found: usize = names.iter().map(|name| facet.matches(&plain(name)).count()).sum();
                assert_eq!(found, 2, "{path} in {shape:?}");
            }
        }
    }
}

#[test]
fn mentions_take_plurals_elisions_and_synonyms() {
    for shape in SHAPES {
        let files = named(9, shape);
        let text: String = role_pages(&files).map(|(_, text)| body(text)).collect();
        let names: Vec<String> =
            term_pages(&files).flat_map(|(_, text)| names_of(text)).map(str::to_lowercase).collect();
        let forms = |article: &str| names.iter().filter(|name| text.contains(&format!("{article}{name}"))).count();
        assert_eq!(forms("chaque "), names.len(), "{shape:?}");
        // Four of the titles begin with a vowel, and two of the synonyms.
        assert_eq!(forms("l’"), if shape == Shape::Varied { 6 } else { 0 });
        let plurals = names.iter().filter(|name| {
            let (noun, rest) = name.split_once(' ').expect("names have words");
            let agreement = if rest.starts_with("de ") { "" } else { "s" };
            text.contains(&format!("les {noun}s {rest}{agreement} "))
        });
        assert_eq!(plurals.count(), names.len(), "{shape:?}");
    }
}

#[test]
fn pages_are_as_long_whatever_the_number_of_names() {
    let size = |count, shape| -> usize { role_pages(&named(count, shape)).map(|(_, text)| body(text).len()).sum() };
    let without = size(0, Shape::Varied);
    for shape in SHAPES {
        let (few, many) = (size(100, shape), size(10_000, shape));
        assert!(few.abs_diff(many) < few / 500, "{few} and {many} bytes in {shape:?}");
        assert!(few.abs_diff(without) < without / 20, "{few} bytes in {shape:?}, {without} without names");
    }
}
