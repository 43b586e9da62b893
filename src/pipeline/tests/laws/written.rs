//! What holds of every site as it lies on the disk.
#![expect(clippy::disallowed_methods, reason = "these laws write guides of their own, and read what is built of them")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use percent_encoding::percent_decode_str;
use proptest::prelude::{ProptestConfig, prop, proptest};
use proptest::{prop_assert, prop_assert_eq};

use super::linking;
use crate::pipeline::tests::request;
use crate::pipeline::{Request, build};
use crate::tags::{Scope, Tags, read};

/// Where the guide is published: at an address of its own, and below a path.
const BASES: [&str; 3] =
    ["https://exemple.org/", "https://exemple.org/guide/", "http://localhost:8080/notre%20guide/a/"];

/// The files below `folder`, by their paths.
fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let file = |entry: walkdir::DirEntry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        (path, fs::read(entry.path()).unwrap())
    };
    files.map(file).collect()
}

/// Builds the guide at `root` on so many threads: the site, and what was found.
fn built(root: &Path, threads: usize) -> (BTreeMap<String, Vec<u8>>, Vec<String>) {
    let output = root.join(format!("public-{threads}"));
    let request = Request { root: root.to_owned(), output: Some(output.clone()), ..request() };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let (findings, built) = pool.install(|| build(&request, &|_| {})).unwrap();
    assert!(built.is_some(), "{:?}", findings.found);
    (tree(&output), findings.found.iter().map(|finding| format!("{finding:?}")).collect())
}

/// Whether a link stays in the site: whatever has no scheme of its own.
fn is_internal(lead: &str) -> bool {
    let head = lead.split(['/', '#', '?']).next().unwrap_or_default();
    !head.contains(':') && !lead.starts_with("//")
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Links of the page at `path` that a host below `base` answers with nothing.
fn dead<'a>(path: &str, base: &str, pages: &'a BTreeMap<String, Tags>, files: &BTreeSet<String>) -> Vec<&'a str> {
    let is_dead = |lead: &&str| {
        let (address, id) = lead.split_once('#').map_or((*lead, None), |(address, id)| (address, Some(decoded(id))));
        let file = match address.strip_prefix(base) {
            Some(below) if below.is_empty() || below.ends_with('/') => decoded(below) + "index.html",
            Some(below) => decoded(below),
            None if address.is_empty() => path.to_owned(),
            None => return true,
        };
        !files.contains(&file) || id.is_some_and(|id| !pages[&file].ids.contains(&id))
    };
    pages[path].leads.iter().map(String::as_str).filter(|lead| is_internal(lead)).filter(is_dead).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_written_site_is_whole_and_the_same_on_any_number_of_threads(
        pages in linking::pages(),
        base in prop::sample::select(&BASES[..]),
    ) {
        let folder = tempfile::tempdir().unwrap();
        for (path, bytes) in linking::files(&pages, "first-per-facet") {
            let file = folder.path().join(path.as_str());
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            fs::write(file, bytes).unwrap();
        }
        // The search index is pagefind's, which is asked for on one thread whatever their number.
        let settings = format!("title: Guide\nbase_url: {base}\nsearch: false\nchecks: {{dead-link: warning}}\n");
        fs::write(folder.path().join("guide.yaml"), settings).unwrap();
        let (site, found) = built(folder.path(), 1);
        for threads in [2, 7] {
            let (other, others) = built(folder.path(), threads);
            prop_assert_eq!(site.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
            for (path, bytes) in &site {
                prop_assert!(*bytes == other[path], "{path} on {threads} threads");
            }
            prop_assert_eq!(&found, &others);
        }
        let html = site.iter().filter(|(path, _)| path.ends_with(".html"));
        let pages = html.map(|(path, bytes)| (path.clone(), read(std::str::from_utf8(bytes).unwrap(), Scope::Page)));
        let pages: BTreeMap<String, Tags> = pages.collect();
        let files: BTreeSet<String> = site.keys().cloned().collect();
        let path = url::Url::parse(base).unwrap().path().to_owned();
        for (page, tags) in &pages {
            prop_assert_eq!(&tags.wrong, &Vec::<String>::new(), "{}", page);
            prop_assert_eq!(&tags.wrong_ids, &Vec::<String>::new(), "{}", page);
            prop_assert_eq!(dead(page, &path, &pages, &files), Vec::<&str>::new(), "{}", page);
        }
    }
}
