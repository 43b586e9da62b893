//! What links a page has, case by case: where words become links, which number each has, who is told of it.
//!
//! `linking/THEME.txt` holds the files that all cases of a theme share, then the cases:
//!
//! ```text
//! == the name of a case
//! //- content/ici.md
//! the page that is read
//! //- content/autre.md
//! another, in the place of a shared one at that path
//! -- page
//! what it becomes
//! ```
//!
//! The page is its text in reading order, a line for each block: `⟨words → page⟩` is an automatic link, `[words →
//! page#anchor]` a written one, each followed by its number, `↵` a soft break, `(1)` the call of a note; what is
//! included stands behind bars. After `-- references`, `-- links` and `-- backlinks`, where a case has them, are the page's,
//! after `-- text` its `index.txt`, and after `-- faults` all that is found. `BOUSSOLE_GOLDEN=write cargo test` writes what is found.
#![expect(clippy::disallowed_methods, reason = "the cases are in files beside this one")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use super::html::{Element, Node, parse};
use super::{findings, site};
use crate::diagnostic::Severity;
use crate::fixture::Fixture;
use crate::source::Sources;

/// A test for each theme, and the list of them.
macro_rules! themes {
    ($($test:ident $name:literal,)*) => {
        const THEMES: &[&str] = &[$($name,)*];

        $(
            #[test]
            fn $test() {
                check($name);
            }
        )*
    };
}

themes! {
    cases_are_as_the_rules_say "rules",
    words_are_linked_where_they_are_eligible "eligibility",
    words_are_linked_that_name_a_page "words",
    words_lead_to_targets_only "targets",
    targets_are_linked_once_in_each_facet "counting",
    written_links_count "written",
    modes_say_how_often_words_are_linked "modes",
    included_parts_count_for_themselves "inclusion",
    notes_count_for_themselves "notes",
    links_are_numbered "references",
    pages_know_who_links_to_them "backlinks",
}

#[test]
fn every_theme_is_checked() {
    let found = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let found: BTreeSet<String> = found.map(|path| path.file_name().unwrap().to_str().unwrap().to_owned()).collect();
    assert_eq!(found, THEMES.iter().map(|theme| format!("{theme}.txt")).collect());
}

/// A case: a guide, and what its first page becomes.
struct Case {
    name: String,
    guide: String,
    /// What is expected, by the names of the sections.
    expected: Vec<(String, String)>,
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/pipeline/tests/linking")
}

fn check(theme: &str) {
    let path = folder().join(format!("{theme}.txt"));
    let text = fs::read_to_string(&path).unwrap();
    let (shared, cases) = read(&text);
    let names: BTreeSet<&String> = cases.iter().map(|case| &case.name).collect();
    assert_eq!(names.len(), cases.len(), "two cases of {theme} have one name");
    let found: Vec<Case> = cases.iter().map(|case| found(case, &shared)).collect();
    if std::env::var_os("BOUSSOLE_GOLDEN").is_some_and(|value| value == "write") {
        return fs::write(&path, written(&shared, &found)).unwrap();
    }
    let differ = |(expected, found): (&Case, &Case)| {
        let told = || format!("── expected ──\n{}── found ──\n{}", told(expected), told(found));
        (told_of(expected) != told_of(found)).then(told)
    };
    let wrong: Vec<String> = cases.iter().zip(&found).filter_map(differ).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
    assert!(text == written(&shared, &found), "{theme}.txt is not written as it is read");
}

/// The shared files, and the cases.
fn read(text: &str) -> (String, Vec<Case>) {
    let mut shared = String::new();
    let mut cases: Vec<Case> = Vec::new();
    for line in text.lines() {
        if let Some(name) = line.strip_prefix("== ") {
            cases.push(Case { name: name.to_owned(), guide: String::new(), expected: Vec::new() });
            continue;
        }
        let Some(case) = cases.last_mut() else {
            shared += &format!("{line}\n");
            continue;
        };
        if let Some(section) = line.strip_prefix("-- ") {
            case.expected.push((section.to_owned(), String::new()));
            continue;
        }
        let text = case.expected.last_mut().map_or(&mut case.guide, |(_, text)| text);
        *text += &format!("{line}\n");
    }
    (shared, cases)
}

fn written(shared: &str, cases: &[Case]) -> String {
    let mut text = shared.to_owned();
    cases.iter().for_each(|case| text += &told(case));
    text
}

fn told(case: &Case) -> String {
    format!("== {}\n{}{}", case.name, case.guide, told_of(case))
}

fn told_of(case: &Case) -> String {
    case.expected.iter().map(|(section, text)| format!("-- {section}\n{text}")).collect()
}

/// The case with what is found in the place of what is expected.
fn found(case: &Case, shared: &str) -> Case {
    let mut fixture = Fixture::new(&case.guide);
    let own: Vec<_> = fixture.files.iter().map(|(path, _)| path.clone()).collect();
    // Above the shared files is what the theme is.
    let shared = shared.find("//- ").map_or("", |at| &shared[at..]);
    fixture.files.extend(Fixture::new(shared).files.into_iter().filter(|(path, _)| !own.contains(path)));
    let sources = fixture.sources();
    let first = own.first().unwrap_or_else(|| panic!("{} has no page", case.name)).to_string();
    let page = Read::new(&sources, &first);
    let sections = if case.expected.is_empty() { vec!["page"] } else { sections(case) };
    let faults = faults(&sources);
    assert!(faults.is_empty() || sections.contains(&"faults"), "{}: {faults}", case.name);
    let text = |section: &str| match section {
        "page" => page.text(),
        "references" => page.references(),
        "links" => page.links(),
        "backlinks" => page.backlinks(),
        "text" => page.plain.clone(),
        "faults" => faults.clone(),
        other => panic!("{}: there is no section {other}", case.name),
    };
    let expected = sections.into_iter().map(|section| (section.to_owned(), text(section))).collect();
    Case { name: case.name.clone(), guide: case.guide.clone(), expected }
}

fn sections(case: &Case) -> Vec<&str> {
    case.expected.iter().map(|(section, _)| section.as_str()).collect()
}

/// Every error of the guide at its place.
fn faults(sources: &Sources) -> String {
    let found = findings(sources, &[]).found.into_iter().filter(|finding| finding.severity == Severity::Error);
    let line = |fault: crate::diagnostic::Diagnostic| {
        let place = fault.span.map_or(String::new(), |span| {
            let (start, _) = sources.locate(span);
            format!("{}:{}:{}: ", sources[span.file].path, start.line, start.column)
        });
        format!("{place}{}\n", fault.code.name())
    };
    found.map(|finding| line(finding.diagnostic)).collect()
}

/// A page of a site that was built.
struct Read {
    page: Element,
    plain: String,
    data: Value,
    /// The pages by their addresses.
    keys: BTreeMap<String, String>,
}

impl Read {
    /// The page whose source is at `path`.
    fn new(sources: &Sources, path: &str) -> Read {
        let files: BTreeMap<String, Vec<u8>> = site(sources).into_iter().collect();
        let data: Value = serde_json::from_slice(&files["guide.json"]).unwrap();
        let pages = data["pages"].as_array().unwrap();
        let text = |page: &Value, key: &str| page[key].as_str().unwrap().to_owned();
        let keys = pages.iter().map(|page| (text(page, "url"), text(page, "id"))).collect();
        let data = pages.iter().find(|page| page["source"] == path).unwrap_or_else(|| panic!("no page {path}")).clone();
        let file = format!("{}index.html", &text(&data, "url")[1..]);
        let html = std::str::from_utf8(&files[&file]).unwrap();
        let plain = String::from_utf8(files[&file.replace(".html", ".txt")].clone()).unwrap();
        Read { plain, page: parse(html).unwrap_or_else(|wrong| panic!("{path}: {wrong}")), data, keys }
    }

    /// The title, the text and the questions at the foot.
    fn text(&self) -> String {
        let mut printer = Printer { read: self, out: String::new(), line: String::new(), margins: Vec::new() };
        for part in ["h1", "div.text", "section.questions-about"] {
            let elements = self.page.all(part);
            elements.iter().for_each(|element| printer.element(element));
        }
        printer.out
    }

    fn references(&self) -> String {
        let lists = self.page.all("ol.references");
        let items = lists.iter().flat_map(|list| list.all("li"));
        (1..).zip(items).fold(String::new(), |told, (number, item)| format!("{told}{number} {}\n", item.text()))
    }

    fn links(&self) -> String {
        let links = self.data["links"].as_array().unwrap().iter();
        let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
        let line = |link: &Value| {
            let target = if link["to"].is_null() { &link["url"] } else { &link["to"] };
            format!("{}, {}, {}\n", text(target), text(&link["how"]), text(&link["facet"]))
        };
        links.map(line).collect()
    }

    fn backlinks(&self) -> String {
        let backlinks = self.data["backlinks"].as_array().unwrap().iter();
        let text = |backlink: &Value, key: &str| backlink[key].as_str().unwrap().to_owned();
        let line = |backlink: &Value| {
            let (from, how, sentence) = (text(backlink, "from"), text(backlink, "how"), text(backlink, "text"));
            format!("{from}, {how}: {sentence}\n")
        };
        backlinks.map(line).collect()
    }

    /// Where a link leads: a page of the guide by its name.
    fn target(&self, href: &str) -> String {
        let (address, anchor) = href.find('#').map_or((href, ""), |at| href.split_at(at));
        self.keys.get(address).map_or_else(|| href.to_owned(), |key| format!("{key}{anchor}"))
    }
}

/// Elements that stand on lines of their own.
const BLOCKS: [&str; 20] = [
    "blockquote",
    "caption",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "figcaption",
    "figure",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ol",
    "p",
    "pre",
    "summary",
    "ul",
];

/// Writes a page's text.
struct Printer<'r> {
    read: &'r Read,
    out: String,
    line: String,
    /// What the lines of blocks begin with.
    margins: Vec<&'static str>,
}

impl Printer<'_> {
    fn element(&mut self, element: &Element) {
        match element.name.as_str() {
            "a" if element.is("a.footnote-back") => {}
            "a" => self.link(element),
            "sup" if element.is("sup.footnote-ref") => self.line += &format!("({})", element.text()),
            "sup" if element.is("sup.ref") => self.line += &element.text(),
            "img" => self.line += &format!("({})", element.attribute("alt").unwrap_or_default()),
            "br" => self.line += " / ",
            "div" if element.is("div.included") => self.block(element, "| "),
            "section" if element.is("section.footnotes") => self.block(element, "† "),
            "tr" | "section" => self.block(element, ""),
            "li" => self.block(element, "- "),
            "td" | "th" => {
                self.line += if self.line.is_empty() { "" } else { " | " };
                self.content(element);
            }
            heading if heading.starts_with('h') && BLOCKS.contains(&heading) => {
                self.end_line();
                let level = heading[1..].parse().unwrap();
                self.line = format!("{} ", "#".repeat(level));
                self.block_content(element);
            }
            block if BLOCKS.contains(&block) => self.block(element, ""),
            _ => self.content(element),
        }
    }

    fn content(&mut self, element: &Element) {
        for child in &element.children {
            match child {
                Node::Element(element) => self.element(element),
                Node::Text(text) if text.trim().is_empty() && text.contains('\n') => {}
                Node::Text(text) => self.line += &text.replace('\n', "↵"),
            }
        }
    }

    fn block(&mut self, element: &Element, margin: &'static str) {
        self.end_line();
        self.margins.push(margin);
        self.block_content(element);
        self.margins.pop();
    }

    fn block_content(&mut self, element: &Element) {
        self.content(element);
        self.end_line();
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line).replace(" / ↵", " / ");
        let line = line.trim_matches([' ', '↵']);
        if !line.is_empty() {
            writeln!(self.out, "{}{line}", self.margins.concat()).unwrap();
        }
    }

    fn link(&mut self, link: &Element) {
        let target = self.read.target(link.attribute("href").unwrap_or("nowhere"));
        let is_automatic = link.attribute("data-link") == Some("automatic");
        self.line += if is_automatic { "⟨" } else { "[" };
        self.content(link);
        self.line += &format!(" → {target}{}", if is_automatic { "⟩" } else { "]" });
    }
}
