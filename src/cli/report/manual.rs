//! The pages of the manual on messages, held to what is shown: the example of each gives the message that the page quotes,
//! and what the page says to do about it takes the message away.
//!
//! Every page has four parts: how it comes about, what one reads, how to mend it, how grave it is. A block of code there is
//! a file of a guide, whose path is the second word after its fence, else that of the message. What else there is
//! stands in `tests/manual/messages/`: `guide.txt` for all pages, `CODE.txt` for one, as [`crate::fixture`] writes files;
//! `CODE.mended.txt` takes its place where a file must go for the message to go.
//! `BOUSSOLE_GOLDEN=write cargo test` writes what one reads into the pages.
#![expect(clippy::disallowed_methods, reason = "the manual is made of files")]

use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use super::human;
use crate::cli::console::Colours;
use crate::cli::place::Place;
use crate::diagnostic::{CODES, Code, Severity};
use crate::fixture::{Block, Fixture, blocks};
use crate::path::GuidePath;
use crate::pipeline::Findings;
use crate::pipeline::tests::find_in;
use crate::source::FaultKind;

const CAUSE: &str = "Comment cela arrive";
const TOLD: &str = "Ce que vous lisez";
const MENDED: &str = "Corriger";
const GRAVITY: &str = "Gravité";

type Files = Vec<(GuidePath, String)>;

fn folder(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn companions(name: &str) -> Files {
    fs::read_to_string(companions_of(name)).map_or_else(|_| Vec::new(), |text| Fixture::new(&text).files)
}

fn has_companions(name: &str) -> bool {
    companions_of(name).is_file()
}

fn companions_of(name: &str) -> PathBuf {
    folder("tests/manual/messages").join(format!("{name}.txt"))
}

/// Puts a block into the files of a guide: at its path, or at the end of what is there where it is no whole file.
fn put(files: &mut Files, path: &str, text: &str) {
    let path = GuidePath::new(path).unwrap_or_else(|| panic!("{path} is no path"));
    let is_whole = match path.as_str() {
        "guide.yaml" => text.starts_with("title:"),
        path => !path.ends_with(".md") || text.starts_with("---\n") || text.starts_with("# "),
    };
    match files.iter_mut().find(|(known, _)| *known == path) {
        Some((_, known)) if is_whole => text.clone_into(known),
        Some((_, known)) => known.push_str(&format!("\n{text}")),
        None => files.push((path, text.to_owned())),
    }
}

/// The paths that messages name, each once.
fn named(told: &str) -> Vec<&str> {
    let mut paths = Vec::new();
    for line in told.lines() {
        let place = line.trim_start().strip_prefix("--> ").or_else(|| line.trim_start().strip_prefix("::: "));
        let path = place.and_then(|place| place.rsplitn(3, ':').nth(2));
        if let Some(path) = path.filter(|path| !paths.contains(path)) {
            paths.push(path);
        }
    }
    paths
}

/// What the loader would say of files that no test can make.
fn refused(code: &str) -> impl Fn(&GuidePath) -> Option<FaultKind> {
    let kind = move || match code {
        "unreadable" => {
            Some(("veilleur.md", FaultKind::Unreadable { kind: ErrorKind::PermissionDenied, words: String::new() }))
        }
        "outside-link" => Some(("grille.pdf", FaultKind::OutsideLink)),
        "too-large" => Some(("archives.md", FaultKind::TooLarge)),
        _ => None,
    };
    move |path| kind().filter(|(name, _)| path.name() == *name).map(|(_, kind)| kind)
}

/// A page of the manual on a code.
struct Page {
    code: Code,
    text: String,
    /// What the page quotes.
    told: String,
}

impl Page {
    fn of(code: Code) -> Page {
        let text = fs::read_to_string(Page::path(code)).unwrap();
        let told = blocks(&text).iter().filter(|block| block.part == TOLD).map(|block| block.text).collect::<Vec<_>>();
        let told = told.join("\n");
        Page { code, text, told }
    }

    fn path(code: Code) -> PathBuf {
        folder("content/ecrire/messages").join(format!("{}.md", code.name()))
    }

    /// The guide in which it comes about.
    fn guide(&self) -> Files {
        self.beside(companions(self.code.name()))
    }

    /// Its example and `others`, which come first where they are called the same.
    fn beside(&self, others: Files) -> Files {
        let mut files = companions("guide");
        let mut paths = named(&self.told).into_iter();
        for block in blocks(&self.text).iter().filter(|block| block.part == CAUSE && block.is_file()) {
            let path = block
                .path()
                .or_else(|| paths.next())
                .unwrap_or_else(|| panic!("{}: no path: {block:?}", self.code.name()));
            put(&mut files, path, block.text);
        }
        for (path, text) in others {
            files.retain(|(known, _)| *known != path);
            files.push((path, text));
        }
        files
    }

    fn findings(&self, files: &Files) -> Findings {
        let mut findings = find_in(files, &refused(self.code.name()));
        findings.tongue = crate::language::Tongue::French;
        findings
    }

    /// What is shown of its example, against what it quotes.
    fn differs(&self) -> Option<String> {
        let shown = shown(&self.findings(&self.guide()));
        if shown == self.told {
            return None;
        }
        if std::env::var_os("BOUSSOLE_GOLDEN").is_some_and(|value| value == "write") {
            fs::write(Page::path(self.code), self.quoting(&shown)).unwrap();
            return None;
        }
        Some(format!("── {}: quoted ──\n{}── shown ──\n{shown}", self.code.name(), self.told))
    }

    /// The page with `shown` in place of what it quotes: as many messages in each block as there were.
    fn quoting(&self, shown: &str) -> String {
        let mut messages: Vec<&str> = messages(shown);
        let mut text = self.text.clone();
        let all = blocks(&self.text);
        let quoted: Vec<&Block<'_>> = all.iter().filter(|block| block.part == TOLD).collect();
        for (at, block) in quoted.iter().enumerate() {
            let count = if at + 1 == quoted.len() { messages.len() } else { self::messages(block.text).len() };
            let own: Vec<&str> = messages.drain(..count.min(messages.len())).collect();
            text = text.replacen(block.text, &format!("{}\n", own.concat().trim_end()), 1);
        }
        text
    }

    /// What of its remedies does not mend it.
    fn unmended(&self) -> Vec<String> {
        let all = blocks(&self.text);
        let first = named(&self.told).first().map(|path| (*path).to_owned());
        let name = self.code.name();
        let mended = format!("{name}.mended");
        let mended = companions(if has_companions(&mended) { &mended } else { name });
        let mut tries: Vec<Files> = Vec::new();
        let mut put_in: Vec<String> = Vec::new();
        for block in all.iter().filter(|block| block.part == MENDED && block.is_file()) {
            let path = block.path().or(first.as_deref()).unwrap_or_default().to_owned();
            // Two blocks for one file are two ways; for two files they go together.
            if tries.is_empty() || put_in.contains(&path) {
                tries.push(self.beside(mended.clone()));
                put_in.clear();
            }
            let files = tries.last_mut().unwrap();
            put(files, &path, block.text);
            put_in.push(path);
        }
        let left = tries.iter().filter_map(|files| {
            let findings = self.findings(files);
            (!findings.found.is_empty()).then(|| format!("── {}: still ──\n{}", self.code.name(), shown(&findings)))
        });
        left.collect()
    }

    /// What its settings do not do as they say.
    fn misweighed(&self) -> Vec<String> {
        let all = blocks(&self.text);
        let settings = all.iter().filter(|block| block.part == GRAVITY && block.is_file());
        let wrong = settings.filter_map(|block| {
            let mut files = self.guide();
            put(&mut files, "guide.yaml", block.text);
            let findings = self.findings(&files);
            let weights: Vec<Severity> = findings
                .found
                .iter()
                .filter(|finding| finding.diagnostic.code == self.code)
                .map(|finding| finding.severity)
                .collect();
            let wanted = block.text.trim_end().rsplit(' ').next().unwrap_or_default();
            let is_so = match wanted {
                "off" => weights.is_empty(),
                wanted => !weights.is_empty() && weights.iter().all(|weight| weight.name() == wanted),
            };
            (!is_so).then(|| format!("── {}: not `{wanted}` ──\n{}", self.code.name(), shown(&findings)))
        });
        wrong.collect()
    }
}

/// The findings as an author reads them, without the last empty line.
fn shown(findings: &Findings) -> String {
    let place = Place::new("/guide".into(), "/guide".into());
    let mut report = Vec::new();
    human::write(findings, &place, Colours::Plain, &mut report).unwrap();
    format!("{}\n", String::from_utf8(report).unwrap().trim_end())
}

/// The messages of a report, each with all that belongs to it.
fn messages(report: &str) -> Vec<&str> {
    let starts = |line: &str| ["erreur[", "avertissement[", "note["].iter().any(|word| line.starts_with(word));
    let mut places: Vec<usize> = Vec::new();
    let mut at = 0;
    for line in report.split_inclusive('\n') {
        if starts(line) {
            places.push(at);
        }
        at += line.len();
    }
    let ends = places.iter().copied().skip(1).chain([report.len()]);
    places.iter().copied().zip(ends).map(|(start, end)| &report[start..end]).collect()
}

fn pages() -> impl Iterator<Item = Page> {
    CODES.iter().copied().map(Page::of)
}

#[track_caller]
fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_page_on_a_message_quotes_what_is_shown() {
    none(&pages().filter_map(|page| page.differs()).collect::<Vec<_>>());
}

#[test]
fn every_page_on_a_message_mends_it() {
    none(&pages().flat_map(|page| page.unmended()).collect::<Vec<_>>());
}

#[test]
fn every_weight_that_a_page_gives_is_taken() {
    none(&pages().flat_map(|page| page.misweighed()).collect::<Vec<_>>());
}

#[test]
fn every_companion_is_of_a_page() {
    let listed = fs::read_dir(folder("tests/manual/messages")).unwrap();
    for entry in listed {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let stem = name.strip_suffix(".txt").unwrap();
        let stem = stem.strip_suffix(".mended").unwrap_or(stem);
        assert!(stem == "guide" || CODES.iter().any(|code| code.name() == stem), "{name}");
    }
}
