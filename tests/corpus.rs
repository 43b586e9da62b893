//! The guides that benchmarks are run on: repeatable, of the announced size, without a dead link.

#[path = "../benches/build/corpus/mod.rs"]
mod corpus;

use std::collections::BTreeMap;

use pulldown_cmark::{Event, Options, Parser, Tag};
use rayon::prelude::ParallelIterator;

use corpus::{Corpus, Format};

const FORMATS: [Format; 4] = [Format::Boussole, Format::Hugo, Format::Zola, Format::Mdbook];
const PAGES: u32 = 125;

fn files(seed: u64, format: Format) -> BTreeMap<String, String> {
    Corpus { seed, pages: PAGES, format }.files().map(|file| (file.path, file.text)).collect()
}

fn role_pages(files: &BTreeMap<String, String>) -> impl Iterator<Item = (&str, &str)> {
    let files = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    files.filter(|(path, _)| path.contains("/role-"))
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

#[test]
fn equal_seeds_give_equal_guides_and_others_do_not() {
    for format in FORMATS {
        assert_eq!(files(1, format), files(1, format));
        assert_ne!(files(1, format), files(2, format));
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
        let files = files(1, format);
        for (path, text) in role_pages(&files) {
            let links = links(text);
            assert_eq!(links.len(), 5, "{path}");
            for link in links {
                let (address, anchor) = link.split_once('#').unwrap_or((&link, ""));
                let found = files.get(&target(path, address));
                let page = found.unwrap_or_else(|| panic!("{link} of {path} leads nowhere"));
                assert!(anchor.is_empty() || page.contains("\n## Pratique\n"), "{link} of {path}");
            }
        }
    }
}

#[test]
fn every_folder_has_a_front_page() {
    for (format, front) in FORMATS.into_iter().zip(["index.md", "_index.md", "_index.md", "index.md"]) {
        let files = files(1, format);
        for folder in ["content", "content/roles", "content/roles/groupe-0000", "content/roles/groupe-0006"] {
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
    let files = files(1, Format::Mdbook);
    let listed = links(&files["content/SUMMARY.md"]);
    let pages = files.keys().filter(|path| path.ends_with(".md") && !path.ends_with("SUMMARY.md"));
    assert_eq!(listed.len(), pages.count());
    for link in listed {
        assert!(files.contains_key(&format!("content/{link}")), "{link}");
    }
}
