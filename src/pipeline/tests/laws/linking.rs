//! What holds of links in every guide, whatever is written in it.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::{Just, ProptestConfig, Strategy, any, prop, prop_oneof, proptest};
use proptest::test_runner::TestCaseError;
use proptest::{prop_assert, prop_assert_eq};
use serde_json::Value;

use crate::diagnostic::Severity;
use crate::path::GuidePath;
use crate::pipeline::tests::html::{Element, Node, parse};
use crate::pipeline::tests::{findings, site, site_made};
use crate::source::Sources;

/// Pieces of lines: names, inflected and in every dress, links of every spelling, and what stands round them.
const WORDS: [&str; 60] = [
    "CoP",
    "les CoPs",
    "l’animateur",
    "l'Animateur",
    "animateurs",
    "co-animateur",
    "communaut&eacute; de pratique",
    "communauté\nde pratique",
    "communautés de pratiques",
    "une communauté",
    "de pratique",
    "un mot",
    "5",
    "phase 5",
    " km",
    "qui fait quoi ?",
    "(",
    ")",
    "« ",
    " »",
    "«CoP»",
    " ! ",
    "?",
    "CoP:",
    "CoP : oui",
    " ; ",
    "-",
    "*CoP*",
    "**l’animateur**",
    "anim*ateur*",
    "*CoP*s",
    "`CoP`",
    "\\*CoP\\*",
    "~~communauté~~ de pratique",
    "communauté\\\nde pratique",
    "[CoP]{lang=en}",
    "<b>CoP</b>",
    "<abbr title=\"CoP\">CoP</abbr>",
    "<kbd>CoP</kbd>",
    "<https://exemple.net/CoP>",
    "https://exemple.net/CoP",
    "CoP@exemple.org",
    "[la CoP](/cop.md)",
    "[[Animateur]]",
    "[[CoP#theorie|sa théorie]]",
    "voir [[/autre.md]] ",
    "<a href=\"/cop.md\">elle</a>",
    "[ailleurs](https://exemple.net:443/#)",
    "[CoP](HTTPS://exemple.net)",
    "[son adresse](https://exemple.org/cop/)",
    "[écrire](mailto:ana@exemple.net)",
    "[là](#theorie)",
    "[là-bas](/autre.md#theorie)",
    "[ici](/ici.md)",
    "[le dossier](/dossier/theorie.md)",
    "[le plan](/plan-du-site/)",
    "[mort](/rien.md)",
    "![CoP](/plan.svg)",
    "![voir [elle](/cop.md)](/plan.svg)",
    "[^1] ",
];

const BETWEEN: [&str; 8] = [" ", " ", " ", "\n", ", ", "", "'", "/"];

/// A page: where its file is, its front matter, and what it may include so that nothing includes itself.
struct Page {
    path: &'static str,
    front: &'static str,
    includes: &'static [&'static str],
}

const PAGES: [Page; 8] = [
    Page {
        path: "content/ici.md",
        front: "titre: Ici",
        includes: &["![[Autre#theorie]]", "![[Autre]]", "![[Dossier#theorie]]", "![[Dossier]]", "![[CoP]]"],
    },
    Page {
        path: "content/autre.md",
        front: "titre: Autre\nrôles: [Animateur]",
        includes: &["![[Dossier#theorie]]", "![[CoP]]", "![[CoP#theorie]]"],
    },
    Page { path: "content/dossier/index.md", front: "titre: Dossier", includes: &["![[CoP]]"] },
    Page { path: "content/dossier/theorie.md", front: "volet: theorie", includes: &["![[CoP]]"] },
    Page { path: "content/cop.md", front: "titre: CoP\ngenre: terme", includes: &["![[Animateur]]"] },
    Page {
        path: "content/animateur.md",
        front: "titre: Animateur\ngenre: rôle\nsynonymes: [une communauté]",
        includes: &["![[Communauté de Pratique#theorie]]"],
    },
    Page {
        path: "content/communaute.md",
        front: "titre: Communauté de Pratique\ngenre: terme\nsynonymes: [Phase 5, km, \"Qui fait quoi ?\"]",
        includes: &[],
    },
    Page {
        path: "content/question.md",
        front: "titre: Qui anime la CoP ?\ngenre: question\nà-propos-de: [Ici, CoP]",
        includes: &["![[Autre]]"],
    },
];

const MODES: [&str; 4] = ["none", "first-per-facet", "first-per-page", "all"];

fn line() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec((prop::sample::select(&WORDS[..]), prop::sample::select(&BETWEEN[..])), 1..7);
    pieces.prop_map(|pieces| pieces.into_iter().map(|(word, between)| format!("{word}{between}")).collect())
}

/// A line that stays one: no break in it, no bar.
fn single() -> impl Strategy<Value = String> {
    line().prop_map(|line| line.replace("\\\n", " ").replace('\n', " ").replace('|', "\\|").trim().to_owned())
}

fn block(includes: &'static [&'static str]) -> impl Strategy<Value = String> {
    let inclusion = if includes.is_empty() { &["CoP"][..] } else { includes };
    prop_oneof![
        4 => line(),
        1 => line().prop_map(|line| format!("{} {{.sans-lien}}", line.trim_end())),
        1 => (line(), single()).prop_map(|(first, second)| format!("- {first}\n- {second}")),
        1 => single().prop_map(|line| format!("> {line}\n> CoP")),
        1 => (single(), single()).prop_map(|(head, cell)| format!("Table: CoP\n\n| {head} | b |\n|---|---|\n| {cell} | CoP |")),
        1 => single().prop_map(|line| format!("### {line}")),
        1 => single().prop_map(|line| format!("## Section {line}")),
        1 => single().prop_map(|line| format!("<details>\n<summary>CoP</summary>\n\n{line}\n\n</details>")),
        1 => Just("```text\nCoP\n```".to_owned()),
        1 => Just("![Plan](/plan.svg \"La CoP\")".to_owned()),
        1 => Just("CoP\n: l’animateur".to_owned()),
        2 => prop::sample::select(inclusion).prop_map(str::to_owned),
    ]
}

/// A page's file: what comes first, a facet or two, a note that is called, and one that is not.
fn page(Page { path, front, includes }: &'static Page) -> impl Strategy<Value = String> {
    let blocks = || prop::collection::vec(block(includes), 0..4).prop_map(|blocks| blocks.join("\n\n"));
    (blocks(), blocks(), blocks(), single()).prop_map(move |(first, theory, practice, note)| {
        // A facet's own file has no other facets; the page that it is of does not open that one again.
        let body = match *path {
            "content/dossier/theorie.md" => format!("{first}\n\n{theory}").replace("## ", "### Volet "),
            "content/dossier/index.md" => format!("{first}\n\n## Pratique\n\n{theory}"),
            _ => format!("{first}\n\n## Pratique\n\n{practice}\n\n## Théorie\n\n{theory}"),
        };
        format!("---\n{front}\n---\n{body}\n\nFin[^1].\n\n[^1]: {note}\n\n[^2]: [elle](/cop.md), CoP\n")
    })
}

pub(super) fn pages() -> impl Strategy<Value = Vec<String>> {
    PAGES.iter().map(page).collect::<Vec<_>>()
}

/// The files of a guide in which words are linked in this mode.
pub(super) fn files(pages: &[String], mode: &str) -> Vec<(GuidePath, Vec<u8>)> {
    let settings = format!(
        "title: Guide\nbase_url: https://exemple.org/\nlinks: {{automatic: {mode}}}\nchecks: {{dead-link: warning}}\n"
    );
    let written = PAGES.iter().map(|page| page.path).zip(pages.iter().map(String::as_str));
    let others = [("guide.yaml", &*settings), ("content/plan.svg", "PNG")];
    let file = |(path, text): (&str, &str)| (GuidePath::new(path).unwrap(), text.as_bytes().to_vec());
    written.chain(others).map(file).collect()
}

/// The texts of a site by their paths, and its pages.
struct Built {
    files: BTreeMap<String, Vec<u8>>,
    pages: BTreeMap<String, Element>,
    data: Value,
}

fn built(pages: &[String], mode: &str) -> Result<Built, TestCaseError> {
    let sources = Sources::in_memory(files(pages, mode)).0;
    let wrong = findings(&sources, &[]).found.into_iter().find(|finding| finding.severity == Severity::Error);
    if let Some(wrong) = wrong {
        return Err(TestCaseError::fail(format!("the guide has an error: {:?}", wrong.diagnostic)));
    }
    let files: BTreeMap<String, Vec<u8>> = site(&sources).into_iter().collect();
    let mut pages = BTreeMap::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let page = parse(std::str::from_utf8(bytes).unwrap());
        pages.insert(path.clone(), page.map_err(|wrong| TestCaseError::fail(format!("{path}: {wrong}")))?);
    }
    let data = serde_json::from_slice(&files["guide.json"]).unwrap();
    Ok(Built { files, pages, data })
}

impl Built {
    fn text(&self, path: &str) -> &str {
        std::str::from_utf8(&self.files[path]).unwrap()
    }

    /// The authors' pages: the path of each, what `guide.json` says of it, and its HTML.
    fn authored(&self) -> impl Iterator<Item = (String, &Value, &Element)> {
        self.data["pages"].as_array().unwrap().iter().map(|data| {
            let path = format!("{}index.html", &data["url"].as_str().unwrap()[1..]);
            let page = &self.pages[&path];
            (path, data, page)
        })
    }
}

/// What depends on links beside the text that holds them.
fn is_of_links(element: &Element) -> bool {
    ["sup.ref", "section.references", "aside.backlinks"].iter().any(|selector| element.is(selector))
}

/// The lines of a page's text.
fn prose(page: &Element) -> Vec<String> {
    let text: String = page.all("main").iter().map(|main| main.text_without(&is_of_links)).collect();
    text.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// A plain text without its list of references, and the numbers in it apart.
fn without_numbers(text: &str) -> (String, Vec<usize>) {
    let text = text.split("\n\nRéférences\n\n").next().unwrap_or_default();
    let mut pieces = text.split(" [");
    let mut plain = pieces.next().unwrap_or_default().to_owned();
    let mut numbers = Vec::new();
    for piece in pieces {
        let number = piece.split_once(']').and_then(|(number, rest)| Some((number.parse().ok()?, rest)));
        match number {
            Some((number, rest)) => {
                numbers.push(number);
                plain += rest;
            }
            None => plain += &format!(" [{piece}"),
        }
    }
    (plain, numbers)
}

/// A page's content: its title, its text, the questions at its foot.
fn content(page: &Element) -> Vec<&Element> {
    ["h1", "div.text", "section.questions-about"].iter().flat_map(|part| page.all(part)).collect()
}

/// Elements that do not end a word.
const INLINE: [&str; 10] = ["a", "abbr", "b", "code", "del", "em", "kbd", "span", "strong", "sup"];

/// An element's text with `⟨` and `⟩` round the words of automatic links, numbers left out.
fn marked(element: &Element) -> String {
    let child = |child: &Node| match child {
        Node::Text(text) => text.clone(),
        Node::Element(inner) if inner.is("sup.ref") => String::new(),
        Node::Element(inner) if inner.is("sup.footnote-ref") => " ".to_owned(),
        Node::Element(inner) if inner.attribute("data-link") == Some("automatic") => format!("⟨{}⟩", marked(inner)),
        Node::Element(inner) if INLINE.contains(&&*inner.name) => marked(inner),
        Node::Element(inner) => format!("\n{}\n", marked(inner)),
    };
    element.children.iter().map(child).collect()
}

/// Whether these characters begin with one of a word.
fn goes_on(mut characters: impl Iterator<Item = char>) -> bool {
    characters.next().is_some_and(char::is_alphanumeric)
}

/// The same, or a compound goes on.
fn goes_on_past_hyphens(characters: impl Iterator<Item = char>) -> bool {
    goes_on(characters.skip_while(|&next| next == '-'))
}

/// The links of a page to others, in what counts as one: a facet, another section, an included part, the notes.
#[derive(Default)]
struct Unit {
    automatic: Vec<String>,
    written: BTreeSet<String>,
}

/// The units of a page's text; what is in `element` belongs to the last, or begins others.
fn divide(element: &Element, own: usize, units: &mut Vec<Unit>) {
    let is_whole = |element: &Element| {
        ["div.included", "section.footnotes", "section.facet", "section.asked"].iter().any(|unit| element.is(unit))
    };
    let mut own = own;
    for child in &element.children {
        let Node::Element(child) = child else { continue };
        let is_section = element.is("div.text") && child.is("h2");
        // A note belongs to what calls it, and is looked at alone here.
        let is_note = child.is("li") && child.attribute("id").is_some_and(|id| id.starts_with("note"));
        let begins = is_whole(child) || is_section || is_note;
        if begins {
            units.push(Unit::default());
        }
        let at = if begins { units.len() - 1 } else { own };
        own = if is_section { at } else { own };
        let page = child.attribute("href").map(|href| href.split('#').next().unwrap_or_default().to_owned());
        match (child.attribute("data-link"), page) {
            (Some("automatic"), Some(page)) => units[at].automatic.push(page),
            (Some("written"), Some(page)) => drop(units[at].written.insert(page)),
            _ => {}
        }
        divide(child, at, units);
    }
}

/// Every link of `element` with what comes right after it.
fn links(element: &Element) -> Vec<(&Element, Option<&Element>)> {
    let mut found = Vec::new();
    for (at, child) in element.children.iter().enumerate() {
        let Node::Element(child) = child else { continue };
        if child.name == "a" {
            let next = element.children.get(at + 1);
            found.push((child, next.and_then(|next| if let Node::Element(next) = next { Some(next) } else { None })));
        }
        found.extend(links(child));
    }
    found
}

/// Pairs of pages, each with the other that its links, or backlinks, are of.
fn pairs(built: &Built, list: &str, other: &str) -> BTreeSet<(String, String)> {
    let mut pairs = BTreeSet::new();
    for data in built.data["pages"].as_array().unwrap() {
        let id = data["id"].as_str().unwrap();
        let others = data[list].as_array().unwrap().iter().filter_map(|link| link[other].as_str());
        pairs.extend(others.filter(|&other| other != id).map(|other| (id.to_owned(), other.to_owned())));
    }
    pairs
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn links_change_no_word(pages in pages()) {
        let plain = built(&pages, "none")?;
        for mode in &MODES[1..] {
            let linked = built(&pages, mode)?;
            prop_assert_eq!(plain.files.keys().collect::<Vec<_>>(), linked.files.keys().collect::<Vec<_>>());
            for (path, page) in &plain.pages {
                prop_assert_eq!(prose(page), prose(&linked.pages[path]), "{} {}", mode, path);
            }
            for path in plain.files.keys().filter(|path| path.ends_with("index.txt")) {
                prop_assert_eq!(without_numbers(plain.text(path)).0, without_numbers(linked.text(path)).0, "{}", mode);
            }
        }
    }

    #[test]
    fn automatic_links_hold_whole_words(pages in pages()) {
        let built = built(&pages, "all")?;
        for (path, page) in &built.pages {
            let text: String = page.all("main").iter().map(|main| marked(main)).collect();
            let after = text.match_indices('⟩').map(|(at, end)| {
                goes_on(text[..at].chars().rev()) && goes_on_past_hyphens(text[at + end.len()..].chars())
            });
            let before = text.match_indices('⟨').map(|(at, start)| {
                goes_on(text[at + start.len()..].chars()) && goes_on_past_hyphens(text[..at].chars().rev())
            });
            prop_assert!(!before.chain(after).any(|is_cut| is_cut), "{path}: {text}");
        }
    }

    #[test]
    fn a_linked_guide_is_built_the_same_again(pages in pages(), turn in any::<prop::sample::Index>()) {
        let mut files = files(&pages, "first-per-facet");
        let first = site(&Sources::in_memory(files.clone()).0);
        let turned = turn.index(files.len());
        files.rotate_left(turned);
        prop_assert!(first == site(&Sources::in_memory(files).0));
    }

    #[test]
    fn files_are_the_same_in_whatever_order_they_are_made(pages in pages()) {
        let sources = Sources::in_memory(files(&pages, "first-per-facet")).0;
        let planned = site(&sources);
        for ((path, bytes), (_, backwards)) in planned.iter().zip(site_made(&sources, <[_]>::reverse)) {
            prop_assert!(*bytes == backwards, "{path}");
        }
    }

    #[test]
    fn every_link_leads_somewhere(pages in pages()) {
        let built = built(&pages, "first-per-facet")?;
        let mut ids: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for (path, page) in &built.pages {
            let own = ids.entry(path).or_default();
            for element in page.descendants() {
                prop_assert!(element.attribute("id").is_none_or(|id| own.insert(id)), "{path}: {element:?}");
                prop_assert!(element.name != "a" || element.all("a").is_empty(), "{path}: {element:?}");
            }
        }
        for (path, page) in &built.pages {
            for href in page.descendants().iter().filter_map(|element| element.attribute("href")) {
                let (address, id) = href.split_once('#').map_or((href, None), |(address, id)| (address, Some(id)));
                let file = match address.strip_prefix('/') {
                    Some(file) if file.is_empty() || file.ends_with('/') => format!("{file}index.html"),
                    Some(file) => file.to_owned(),
                    None if address.is_empty() => path.clone(),
                    None => continue,
                };
                prop_assert!(built.files.contains_key(&file), "{path}: {href}");
                prop_assert!(id.is_none_or(|id| ids[&*file].contains(id)), "{path}: {href}");
            }
        }
    }

    #[test]
    fn numbers_and_references_agree(pages in pages(), mode in prop::sample::select(&MODES[..])) {
        let built = built(&pages, mode)?;
        for (path, data, page) in built.authored() {
            let references: Vec<&str> = data["references"].as_array().unwrap().iter().map(|to| to.as_str().unwrap()).collect();
            let items = page.all("ol.references")[0].all("li");
            prop_assert_eq!(items.iter().map(|item| item.text()).collect::<Vec<_>>(), references.clone());
            let marks = content(page).into_iter().flat_map(|part| part.all("sup.ref"));
            let numbers: Vec<usize> = marks.map(|mark| mark.text().parse().unwrap()).collect();
            let mut known = 0;
            for &number in &numbers {
                prop_assert!(number <= known + 1, "{path}: {numbers:?}");
                known = known.max(number);
            }
            prop_assert_eq!(known, references.len(), "{}", path);
            let plain = built.text(&path.replace("index.html", "index.txt"));
            prop_assert_eq!(without_numbers(plain).1, numbers, "{}", plain);
            let list = plain.split("\n\nRéférences\n\n").nth(1).unwrap_or_default();
            let lines = (1..).zip(&references).map(|(number, to)| format!("[{number}] {to}\n"));
            prop_assert_eq!(list, lines.collect::<String>());
        }
    }

    #[test]
    fn links_to_pages_are_followed_by_their_numbers(pages in pages()) {
        let built = built(&pages, "first-per-facet")?;
        for (path, data, page) in built.authored() {
            let url = data["url"].as_str().unwrap();
            for (link, next) in content(page).into_iter().flat_map(links).filter(|(link, _)| link.attribute("data-link").is_some()) {
                let href = link.attribute("href").unwrap_or_default();
                let number = next.filter(|next| next.is("sup.ref")).map(|next| next.text().parse::<usize>().unwrap());
                let is_here = href.strip_prefix(url).is_some_and(|rest| rest.starts_with('#'));
                prop_assert_eq!(number.is_none(), is_here, "{}: {}", path, href);
                if let Some(number) = number {
                    prop_assert_eq!(&data["references"][number - 1], &format!("https://exemple.org{href}"));
                }
            }
        }
    }

    #[test]
    fn links_and_backlinks_agree(pages in pages(), mode in prop::sample::select(&MODES[..])) {
        let built = built(&pages, mode)?;
        let turned = pairs(&built, "backlinks", "from").into_iter().map(|(page, from)| (from, page));
        prop_assert_eq!(pairs(&built, "links", "to"), turned.collect::<BTreeSet<_>>());
    }

    #[test]
    fn a_target_is_linked_once_in_what_counts_as_one(pages in pages()) {
        let built = built(&pages, "first-per-facet")?;
        for (path, data, page) in built.authored() {
            let mut units = vec![Unit::default()];
            for part in content(page) {
                units.push(Unit::default());
                let last = units.len() - 1;
                divide(part, last, &mut units);
            }
            for Unit { automatic, written } in &units {
                let once: BTreeSet<&String> = automatic.iter().collect();
                prop_assert_eq!(once.len(), automatic.len(), "{}: {:?}", path, automatic);
                prop_assert!(automatic.iter().all(|page| !written.contains(page)), "{path}: {automatic:?} {written:?}");
                prop_assert!(automatic.iter().all(|page| page != data["url"].as_str().unwrap()), "{path}: {automatic:?}");
            }
        }
    }
}
