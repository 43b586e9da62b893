//! What was a find once, and what inputs are made of: both hold.
//!
//! `fuzz/found/TARGET/` keeps every input that was a find, under a name that says what it was. Inputs to begin with are not
//! kept: they are made of the CommonMark specification, of the guide in `content/` and of the tests' own guides.
//! `BOUSSOLE_SEEDS=FOLDER` writes them there.
#![expect(clippy::disallowed_methods, reason = "these tests read the repository, and write where they are told to")]

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};
use walkdir::WalkDir;

use super::TARGETS;
use crate::fixture::{Fixture, blocks};
use crate::markup::spec_examples::{commonmark, github};

/// An input of a target.
struct Input {
    target: &'static str,
    name: String,
    bytes: Vec<u8>,
}

/// What links may say that is not what it seems.
const LINKS: [&str; 40] = [
    "javascript:alert(1)",
    "java\tscript:alert(1)",
    " data:text/html,x",
    "//exemple.net",
    "/\\exemple.net",
    "\\\\exemple.net",
    "/guide/",
    "/",
    "#",
    "#partie",
    "../index.md",
    "../index.md#theorie",
    "été.md",
    "%C3%A9t%C3%A9.md",
    "e\u{301}te\u{301}.md",
    "plan%20du%20site.png",
    "https://exemple.org/guide/dossier/",
    "https://exemple.org/guide/rien/",
    "HTTPS://EXEMPLE.ORG:443/guide#a",
    "mailto:ana@exemple.org",
    "tel:+33",
    "L’été",
    "C#",
    "Rôle#détail",
    "saison|x",
    "/video.mp4",
    "/robots.pdf",
    "?a",
    "role.md?x#detail",
    "secret.draft.md",
    "/plan-du-site/",
    "/glossaire/",
    "/volets/theorie/",
    "x\" onerror=\"y",
    "<b>",
    "../../..",
    "a/../role.md",
    "./",
    "dossier",
    "/dossier/role#detail",
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The files below a folder of the repository, with their paths from there.
fn files(folder: &str) -> Vec<(String, Vec<u8>)> {
    let folder = root().join(folder);
    if !folder.exists() {
        return Vec::new();
    }
    let entries = WalkDir::new(&folder).sort_by_file_name().into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file()).map(walkdir::DirEntry::into_path);
    let named = |path: PathBuf| {
        let name = path.strip_prefix(&folder).unwrap().to_str().unwrap().replace('\\', "/");
        (name, fs::read(path).unwrap())
    };
    files.map(named).collect()
}

/// The same, of which the text is what matters.
fn texts(folder: &str, end: &str) -> Vec<(String, String)> {
    let own = files(folder).into_iter().filter(|(name, _)| name.ends_with(end));
    own.filter_map(|(name, bytes)| Some((name, String::from_utf8(bytes).ok()?))).collect()
}

fn found() -> Vec<Input> {
    let all = TARGETS.iter().flat_map(|(target, _)| {
        let own = files(&format!("fuzz/found/{target}")).into_iter();
        own.map(|(name, bytes)| Input { target, name, bytes })
    });
    all.collect()
}

/// What inputs are made of.
fn seeds() -> Vec<Input> {
    let mut seeds = Vec::new();
    let mut add = |target, name: String, text: &str| {
        seeds.push(Input { target, name: name.replace('/', "-"), bytes: text.as_bytes().to_vec() });
    };
    for example in commonmark().iter().chain(&github()) {
        add("markdown", format!("{}-{}", example.section.replace(' ', "-"), example.number), &example.markdown);
    }
    let mut names: Vec<String> = Vec::new();
    for (path, text) in texts("content", ".md") {
        let (front, body) = text.split_once("\n---\n").unwrap_or(("", &text));
        let title = front.lines().find_map(|line| line.strip_prefix("titre: ")).unwrap_or_default();
        names.push(title.trim_matches('"').to_owned());
        add("markdown", path.clone(), body);
        add("front_matter", path.clone(), &format!("{front}\n---\nDu texte.\n"));
        let recent = names[names.len().saturating_sub(8)..].join("|");
        add("mentions", path.clone(), &format!("{recent}\n{}", body.split("\n\n").nth(1).unwrap_or(body)));
        for (at, block) in blocks(&text).iter().enumerate() {
            match (block.language(), block.path()) {
                ("yaml", Some("guide.yaml")) => add("settings", format!("{path}-{at}"), block.text),
                ("yaml", _) => add("front_matter", format!("{path}-{at}"), &format!("---\n{}---\n", block.text)),
                _ => add("markdown", format!("{path}-{at}"), block.text),
            }
        }
    }
    for (name, text) in texts("src/pipeline/tests/faults", ".txt") {
        let files = Fixture::new(&text).files;
        let file = |(path, text): &(crate::path::GuidePath, String)| format!("//- {path}\n{text}");
        add("guide", name, &files.iter().map(file).collect::<String>());
    }
    for guide in ["base-path", "english", "french", "linked", "minimal"] {
        let settings = texts(&format!("tests/golden/{guide}/guide"), "guide.yaml");
        settings.iter().for_each(|(_, text)| add("settings", guide.to_owned(), text));
    }
    for (at, link) in LINKS.iter().enumerate() {
        add("links", format!("link-{at}"), link);
    }
    seeds
}

/// Gives every input to its function; tells of all that do not hold.
#[track_caller]
fn check(inputs: &[Input]) {
    let failing = |input: &&Input| {
        let (_, holds) = TARGETS.iter().find(|(target, _)| *target == input.target).expect("a target of that name");
        catch_unwind(AssertUnwindSafe(|| holds(&input.bytes))).is_err()
    };
    let wrong: Vec<String> =
        inputs.par_iter().filter(failing).map(|input| format!("{}/{}", input.target, input.name)).collect();
    assert!(wrong.is_empty(), "these do not hold, as told above: {wrong:#?}");
}

#[test]
fn what_was_found_once_holds() {
    let known = files("fuzz/found");
    let found = found();
    assert_eq!(known.len(), found.len(), "a folder that no target reads: {known:?}");
    check(&found);
}

#[test]
fn what_inputs_are_made_of_holds() {
    let seeds = seeds();
    for (target, _) in TARGETS {
        assert!(seeds.iter().filter(|seed| seed.target == target).count() > 5, "{target} has nothing to begin with");
    }
    if let Some(folder) = std::env::var_os("BOUSSOLE_SEEDS").map(PathBuf::from) {
        for seed in &seeds {
            let folder = folder.join(seed.target);
            fs::create_dir_all(&folder).unwrap();
            fs::write(folder.join(&seed.name), &seed.bytes).unwrap();
        }
    }
    check(&seeds);
}
