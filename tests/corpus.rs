//! The guides that benchmarks are run on: repeatable, of the announced size, without a dead link, and with as many
//! names and mentions as asked for; rich ones with pictures, series, tasks and relations that all lead somewhere. And
//! what is made of them: whether a site that some program built lacks anything.
#![allow(clippy::disallowed_methods, reason = "they look at sites of their own making")]

#[path = "../benches/build/corpus/mod.rs"]
mod corpus;
#[path = "../benches/build/proof.rs"]
mod proof;

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
fn rich(format: Format) -> (BTreeMap<String, String>, BTreeMap<String, Vec<u8>>) {
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
        assert_eq!(rich(format), rich(format));
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
        for files in [files_with(1, format, names(30, Shape::Shared)), rich(format).0] {
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
    let (files, pictures) = rich(Format::Boussole);
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
    let (files, _) = rich(Format::Boussole);
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
    let (files, _) = rich(Format::Boussole);
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
        let (files, pictures) = rich(format);
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
    for (path, bytes) in rich(Format::Boussole).1 {
        let picture = image::load_from_memory(&bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert_eq!((picture.width(), picture.height()), (96, 64));
    }
}

#[test]
fn other_programs_get_the_same_rich_pages_without_relations() {
    let texts = |format| -> Vec<String> {
        let (files, _) = rich(format);
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
        let (files, _) = rich(*format);
        for key in ["related", "roles", "themes", "about", "series", "tasks", "kind"] {
            assert!(files.values().all(|text| !text.contains(&format!("\n{key}: "))), "{key} in {format:?}");
        }
    }
}

/// What is missing in a site of these files, of a guide of two pages, one of which has a picture and a link to the other.
fn missing(site: &[(&str, &str)]) -> Option<String> {
    let folder = tempfile::tempdir().expect("there is room for small files");
    let page = "![Une image](a.png)\n\nVoir [la seconde](b.md#pratique) pour *elle*.\n";
    let guide = [("content/a.md", page), ("content/b.md", "## Pratique\n"), ("content/a.png", "")];
    let site = site.iter().map(|(path, text)| (format!("site/{path}"), *text));
    for (path, text) in guide.into_iter().map(|(path, text)| (path.to_owned(), text)).chain(site) {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().expect("it is in a folder")).expect("a folder can be made");
        std::fs::write(file, text).expect("a file can be written");
    }
    let written = proof::Written::in_content(&folder.path().join("content")).expect("the guide can be read");
    let error = written.check(&folder.path().join("site")).err()?.to_string();
    Some(error.replace(&*folder.path().join("site").to_string_lossy(), "site").replace('\\', "/"))
}

#[test]
fn a_site_is_whole_however_it_spells_its_links() {
    let page =
        |address: &str| format!("<p>Voir <a class=\"role\" href=\"{address}\">la seconde</a> pour <em>elle</em>.");
    for address in ["/b/#pratique", "../b/", "https://guide.example.org/b/#pratique", "../b/index.html"] {
        let site = [("a/index.html", page(address)), ("b/index.html", String::new()), ("a.png", String::new())];
        assert_eq!(missing(&site.each_ref().map(|(path, text)| (*path, text.as_str()))), None, "{address}");
    }
    assert_eq!(missing(&[("a.html", &page("b.html#pratique")), ("b.html", ""), ("a.png", "")]), None);
}

#[test]
fn what_a_site_lacks_is_told() {
    let (linked, dead) = ("Voir <a href=\"/b/\">la seconde</a>", "Voir <a href=\"/c/\">la seconde</a>");
    let (a, b, picture) = (("a/index.html", linked), ("b/index.html", ""), ("a.png", ""));
    let told = |site: &[(&str, &str)]| missing(site).expect("something is missing");
    assert_eq!(told(&[b, picture]), "1 pages instead of 2");
    assert_eq!(told(&[a, b]), "0 pictures instead of 1");
    assert_eq!(told(&[("a/index.html", ""), b, picture]), "0 links instead of 1");
    assert_eq!(told(&[("a/index.html", dead), b, picture]), "/c/ of site/a/index.html leads nowhere");
}
