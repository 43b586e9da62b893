//! The authors' manual, held to what Boussole does: every example in it is built in a small guide, and what comes out is
//! compared with what did before.
//!
//! Blocks of `markdown`, `yaml` and `html` are examples: a page where they say nothing else, the front matter of one where
//! they are YAML, or the file that the second word after the fence names. The small guide is in `tests/manual/guide/`, what
//! comes out in `tests/manual/examples/`, a file for each page of the manual. `BOUSSOLE_GOLDEN=write cargo test` writes
//! these again. What the pages on messages show is held in `cli/report`.
#![expect(clippy::disallowed_methods, reason = "the manual is made of files")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::html::{Element, parse};
use super::{findings, prepared, site};
use crate::diagnostic::{CODES, Severity};
use crate::fixture::{Block, blocks};
use crate::path::GuidePath;
use crate::source::Sources;

/// The page that an example is, where it does not say otherwise.
const EXAMPLE: &str = "content/essai/exemple.md";

/// The page that shows what settings do.
const SUBJECT: &str = "content/roles/animateur.md";

/// Languages of blocks that are no examples: what is typed, what is said, what machines read.
const OTHERS: [&str; 4] = ["console", "text", "json", "css"];

fn folder(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// The pages of the manual by their paths below `content/ecrire`, but those on messages.
fn pages() -> BTreeMap<String, String> {
    let root = folder("content/ecrire");
    let files = WalkDir::new(&root).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let named = files.filter_map(|entry| {
        let path = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        let stem = path.strip_suffix(".md")?.to_owned();
        let is_on_message = CODES.iter().any(|code| stem == format!("messages/{}", code.name()));
        (!is_on_message).then(|| (stem, fs::read_to_string(entry.path()).unwrap()))
    });
    named.collect()
}

/// The files of the small guide.
fn small_guide() -> BTreeMap<String, Vec<u8>> {
    let root = folder("tests/manual/guide");
    let files = WalkDir::new(&root).into_iter().map(Result::unwrap).filter(|entry| entry.file_type().is_file());
    let named = files.map(|entry| {
        let path = entry.path().strip_prefix(&root).unwrap().to_str().unwrap().replace('\\', "/");
        (path, fs::read(entry.path()).unwrap())
    });
    named.collect()
}

/// The file that an example is, and its whole text.
fn file(block: &Block<'_>, configured: &str) -> (String, String) {
    let path = block.path().unwrap_or(EXAMPLE);
    let text = block.text;
    if path == "guide.yaml" {
        let key = |line: &str| line.split(':').next().unwrap_or_default().to_owned();
        let given: Vec<String> = text.lines().map(key).collect();
        let kept = configured.lines().filter(|line| !given.contains(&key(line)));
        return (path.to_owned(), format!("{}\n{text}", kept.collect::<Vec<_>>().join("\n")));
    }
    let is_titled = ["titre:", "title:", "volet:"].iter().any(|key| text.lines().any(|line| line.starts_with(key)));
    let title = if is_titled { "" } else { "titre: Exemple\n" };
    let whole = match block.language() {
        _ if text.starts_with("---\n") || !path.ends_with(".md") => text.to_owned(),
        "yaml" => format!("---\n{title}{text}---\n\nUn texte.\n"),
        _ => format!("---\ntitre: Exemple\n---\n\n{text}"),
    };
    (path.to_owned(), whole)
}

/// What comes out of an example: what is wrong with it, or the page that it is or changes. Files of a theme stand together,
/// and a page with the settings that come before it under its heading.
fn shown(at: usize, all: &[Block<'_>]) -> Result<String, String> {
    let block = &all[at];
    let mut files = small_guide();
    let theme = all.iter().filter(|other| in_theme(other));
    for settings in all[..at].iter().filter(|other| other.part == block.part && other.path() == Some("guide.yaml")) {
        let (path, text) = file(settings, std::str::from_utf8(&files["guide.yaml"]).unwrap());
        files.insert(path, text.into_bytes());
    }
    for (path, other) in theme.filter(|_| in_theme(block)).filter_map(|other| Some((other.path()?, other))) {
        files.insert(path.to_owned(), other.text.as_bytes().to_vec());
    }
    let (path, text) = file(block, std::str::from_utf8(&files["guide.yaml"]).unwrap());
    files.insert(path.clone(), text.into_bytes());
    let files = files.into_iter().map(|(path, bytes)| (GuidePath::new(&path).unwrap(), bytes));
    let (sources, unreadable) = Sources::in_memory(files);
    let found = findings(&sources, &unreadable).found;
    let faults: Vec<String> = found
        .iter()
        .filter(|finding| finding.severity != Severity::Note)
        .map(|finding| format!("{}: {}", finding.diagnostic.code.name(), finding.diagnostic.message.french))
        .collect();
    if !faults.is_empty() {
        return Err(faults.join("\n"));
    }
    Ok(main_of(&path, &site(&sources)))
}

/// The content of the page that the file at `path` is a part of.
fn main_of(path: &str, files: &[(String, Vec<u8>)]) -> String {
    let text = |name: &str| {
        let (_, bytes) = files.iter().find(|(known, _)| known == name).unwrap_or_else(|| panic!("no {name}"));
        std::str::from_utf8(bytes).unwrap()
    };
    let guide: serde_json::Value = serde_json::from_str(text("guide.json")).unwrap();
    let subject = if path.ends_with(".md") { path } else { SUBJECT };
    let front = format!("{}/index.md", subject.rsplit_once('/').unwrap().0);
    let page = |source: &str| guide["pages"].as_array().unwrap().iter().find(|page| page["source"] == source);
    let page = page(subject).or_else(|| page(&front)).unwrap_or_else(|| panic!("{path} is no page"));
    let html = text(&format!("{}index.html", page["url"].as_str().unwrap().trim_start_matches('/')));
    let (_, main) = html.split_once("<main id=\"contenu\"").unwrap();
    let (_, main) = main.split_once('>').unwrap();
    main.split_once("</main>").unwrap().0.trim().to_owned()
}

/// Whether it is a file of a theme.
fn in_theme(block: &Block<'_>) -> bool {
    block.path().is_some_and(|path| path.starts_with("themes/"))
}

/// What comes out of all examples of a page.
fn examples(page: &str) -> Result<String, String> {
    let (mut out, mut wrong) = (String::new(), Vec::new());
    let all = blocks(page);
    for (at, block) in all.iter().enumerate().filter(|(_, block)| block.is_file()) {
        match shown(at, &all) {
            Ok(main) => write!(out, "══ {}\n{}\n{main}\n\n", block.part, block.text).unwrap(),
            Err(faults) => wrong.push(format!("{}\n{}{faults}", block.part, block.text)),
        }
    }
    if wrong.is_empty() { Ok(out) } else { Err(wrong.join("\n\n")) }
}

#[test]
fn every_example_of_the_manual_is_built_and_shows_what_it_did() {
    let is_written = std::env::var_os("BOUSSOLE_GOLDEN").is_some_and(|value| value == "write");
    let golden = folder("tests/manual/examples");
    let mut known: BTreeMap<String, PathBuf> = WalkDir::new(&golden)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| (entry.file_name().to_str().unwrap().to_owned(), entry.path().to_owned()))
        .collect();
    let mut wrong = Vec::new();
    for (name, page) in pages() {
        let file = format!("{}.txt", name.replace('/', "-"));
        let before = known.remove(&file).map(|path| fs::read_to_string(path).unwrap()).unwrap_or_default();
        match examples(&page) {
            Err(faults) => wrong.push(format!("── {name} ──\n{faults}")),
            Ok(now) if now == before => {}
            Ok(now) if is_written => write_example(&golden.join(file), &now),
            Ok(now) => {
                let first = now.lines().zip(before.lines()).find(|(now, before)| now != before);
                wrong.push(format!("── {name}: not what it was ──\n{first:#?}"));
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n\n"));
    assert!(known.is_empty(), "of no page: {:?}", known.keys());
}

fn write_example(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// No block is passed over without saying what it is.
#[test]
fn every_block_of_the_manual_is_an_example_or_of_a_language_that_is_none() {
    for (name, page) in pages() {
        for block in blocks(&page) {
            let is_known = block.is_file() || OTHERS.contains(&block.language());
            assert!(is_known, "{name}: `{}` is no language of the manual", block.info);
        }
    }
}

/// The files at the root of the small guide's site, and the folders of what is generated: each has its line in the manual.
#[test]
fn the_manual_names_every_file_that_is_added_to_a_site() {
    let page = pages().remove("ce-que-le-site-contient").unwrap();
    let files = small_guide().into_iter().map(|(path, bytes)| (GuidePath::new(&path).unwrap(), bytes));
    let (sources, _) = Sources::in_memory(files);
    let written = site(&sources);
    let own = prepared(&sources, &[]).guide;
    let addresses = own.generated.addresses().map(|address| {
        let first = address.as_str().split('/').nth(1).unwrap();
        format!("`/{first}/")
    });
    let names = written.iter().map(|(name, _)| name.as_str()).filter(|name| !name.contains('/'));
    let added = names.filter(|name| !name.starts_with("index.")).map(|name| format!("`{name}`"));
    let missing: Vec<String> = addresses.chain(added).filter(|name| !page.contains(name)).collect();
    assert!(missing.is_empty(), "not in the manual: {missing:?}");
}

/// Whether `element` is what a selector of one step says: `name#id.class[attribute=value]`, each but the name if need be.
fn is_selected(element: &Element, selector: &str) -> bool {
    let (head, attribute) = selector.trim_end_matches(']').split_once('[').unwrap_or((selector, ""));
    let (head, class) = head.split_once('.').unwrap_or((head, ""));
    let (name, id) = head.split_once('#').unwrap_or((head, ""));
    let (key, value) = attribute.split_once('=').unwrap_or_default();
    let has = |key: &str, value: &str| value.is_empty() || element.attribute(key) == Some(value);
    let classed = class.is_empty() || element.is(&format!("{name}.{class}"));
    element.name == name && classed && has("id", id) && has(key, value)
}

/// The hooks that stylesheets may rely on are in the pages of the small guide.
#[test]
fn the_hooks_that_the_manual_names_are_there() {
    let files = small_guide().into_iter().map(|(path, bytes)| (GuidePath::new(&path).unwrap(), bytes));
    let written = site(&Sources::in_memory(files).0);
    let html = written.iter().filter(|(name, _)| name.ends_with(".html"));
    let documents: Vec<Element> = html
        .map(|(name, bytes)| {
            let text = std::str::from_utf8(bytes).unwrap();
            parse(text).unwrap_or_else(|wrong| panic!("{name}: {wrong}"))
        })
        .collect();
    let page = pages().remove("apparence").unwrap();
    let (_, table) = page.split_once("Table: Les repères d'une page").unwrap();
    let hooks: Vec<&str> = table.lines().filter_map(|line| line.split('|').nth(1)).collect();
    let selectors: Vec<&str> = hooks.iter().flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    assert!(selectors.len() > 12, "{selectors:?}");
    let is_there = |selector: &&str| {
        documents
            .iter()
            .any(|document| document.descendants().into_iter().any(|element| is_selected(element, selector)))
    };
    let missing: Vec<&&str> = selectors.iter().filter(|selector| !is_there(selector)).collect();
    assert!(missing.is_empty(), "on no page: {missing:?}");
}
