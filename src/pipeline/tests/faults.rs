//! Every code of the table, in a guide that shows it.
//!
//! `faults/CODE.txt` holds a guide with the faults of that code, as [`crate::fixture`] writes them. What a test cannot
//! put into memory is told by the names of files (see [`of_the_disk`]), and `U+FFFD` stands for a byte that is no
//! character. `BOUSSOLE_GOLDEN=write cargo test` writes the faults that are found.
#![expect(clippy::disallowed_methods, reason = "the guides are files beside this one")]

use std::collections::BTreeMap;
use std::fs;
use std::io::ErrorKind;
use std::path::PathBuf;

use super::findings;
use crate::diagnostic::{CODES, Code, Diagnostic};
use crate::fixture::Fixture;
use crate::path::GuidePath;
use crate::pipeline::Findings;
use crate::source::{Fault, FaultKind, Gap, History, Sources, Span};

/// The guides of every code, by the names of their files: those of one code differ by a number, `CODE` and `CODE.2`.
fn texts() -> BTreeMap<String, String> {
    let listed = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    listed
        .map(|path| (path.file_stem().unwrap().to_str().unwrap().to_owned(), fs::read_to_string(path).unwrap()))
        .collect()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/pipeline/tests/faults")
}

/// The code that a guide is an example of.
fn code_of(name: &str) -> &str {
    name.split('.').next().unwrap_or(name)
}

/// The findings of every example, in the order of the table of codes.
pub(crate) fn examples() -> Vec<(&'static str, Findings)> {
    let texts = texts();
    let of = |code: &'static str| {
        let own = texts.iter().filter(move |(name, _)| code_of(name) == code);
        own.map(move |(_, text)| (code, find(&Fixture::new(text))))
    };
    CODES.iter().flat_map(|code| of(code.name())).collect()
}

fn find(fixture: &Fixture) -> Findings {
    find_in(&fixture.files, &|path| of_the_disk(path.name()))
}

/// What is found in `files`, in which `U+FFFD` stands for a byte that is no character; `refused` is what the loader would
/// say of a file.
pub(crate) fn find_in(files: &[(GuidePath, String)], refused: &dyn Fn(&GuidePath) -> Option<FaultKind>) -> Findings {
    let bytes = |text: &str| text.bytes().collect::<Vec<u8>>();
    let files = files.iter().map(|(path, text)| {
        let pieces: Vec<Vec<u8>> = text.split('\u{FFFD}').map(bytes).collect();
        (path.clone(), pieces.join(&0xE9))
    });
    let (sources, mut unreadable) = Sources::in_memory(files);
    unreadable.extend(sources.iter().filter_map(|(file, source)| {
        let kind = refused(&source.path)?;
        Some(Fault { span: Span::whole(file), kind })
    }));
    let has_git = sources.iter().all(|(_, source)| source.path.name() != "sans-historique.md");
    let sources = if has_git { sources } else { sources.with_history(History::without(Gap::NoGit)) };
    findings(&sources, &unreadable)
}

/// What the loader would say of a file of this name.
fn of_the_disk(name: &str) -> Option<FaultKind> {
    let refused = |kind| FaultKind::Unreadable { kind, words: "Input/output error".to_owned() };
    Some(match name {
        "fermé.png" => refused(ErrorKind::PermissionDenied),
        "tube.png" => FaultKind::Special,
        "nom-illisible.png" => FaultKind::NameNotUnicode,
        "dehors.png" => FaultKind::OutsideLink,
        "boucle.png" => FaultKind::CircularLink,
        "perdu.png" => FaultKind::DanglingLink,
        "absent.png" => refused(ErrorKind::NotFound),
        "abîmé.png" => refused(ErrorKind::Other),
        "dossier.png" => refused(ErrorKind::IsADirectory),
        "sous-fichier.png" => refused(ErrorKind::NotADirectory),
        "énorme.md" => FaultKind::TooLarge,
        _ => return None,
    })
}

/// What is wrong with the example of `code`; a new version of it is written where that is asked for.
fn differs(name: &str, text: &str) -> Option<String> {
    let code = code_of(name);
    let fixture = Fixture::new(text);
    let findings = find(&fixture);
    let found: Vec<Diagnostic> = findings.found.into_iter().map(|finding| finding.diagnostic).collect();
    if !found.iter().any(|fault| fault.code.name() == code) {
        return Some(format!("── {code} ── is not among what is found:\n{found:#?}"));
    }
    let annotated = fixture.annotated(&findings.sources, &found);
    if annotated == text {
        return None;
    }
    if std::env::var_os("BOUSSOLE_GOLDEN").is_some_and(|value| value == "write") {
        fs::write(folder().join(format!("{name}.txt")), &annotated).unwrap();
        return None;
    }
    Some(format!("── {name}: expected ──\n{text}── found ──\n{annotated}"))
}

#[test]
fn every_code_has_its_example_and_every_example_its_code() {
    let mut codes: Vec<&str> = CODES.iter().map(|code| code.name()).collect();
    codes.sort_unstable();
    let texts = texts();
    let mut explained: Vec<&str> = texts.keys().map(|name| code_of(name)).collect();
    explained.dedup();
    assert_eq!(explained, codes);
}

#[test]
fn every_code_has_its_page_in_the_manual_and_its_place_in_the_list() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("content/ecrire/messages");
    let list = fs::read_to_string(folder.join("index.md")).unwrap();
    let pages = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
    let mut explained: Vec<String> = pages.filter(|name| name != "index.md").collect();
    explained.sort_unstable();
    let mut expected: Vec<String> = CODES.iter().map(|code| format!("{}.md", code.name())).collect();
    expected.sort_unstable();
    assert_eq!(explained, expected);
    for name in CODES.iter().map(|code| code.name()) {
        let page = fs::read_to_string(folder.join(format!("{name}.md"))).unwrap();
        assert!(page.contains(&format!("\nsynonymes: [{name}]\n")), "{name}: not found by its code");
        assert!(page.contains(&format!("[{name}]: ")), "{name}: its message is not shown");
        assert_eq!(list.matches(&format!("]({name}.md) : `{name}`\n")).count(), 1, "{name}: not listed once");
    }
}

#[test]
fn every_example_shows_its_faults_at_their_places() {
    let wrong: Vec<String> = texts().iter().filter_map(|(name, text)| differs(name, text)).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What is no fault of the code that a guide is made for is a mistake of the guide, or of the check.
#[test]
fn an_example_shows_its_own_code_first_and_foremost() {
    for (code, findings) in examples() {
        let own = findings.found.iter().filter(|finding| finding.diagnostic.code.name() == code).count();
        assert!(own * 2 >= findings.found.len(), "{code}");
    }
}

#[test]
fn every_fault_says_what_to_do_in_both_languages() {
    for (code, findings) in examples() {
        for finding in &findings.found {
            let fault = &finding.diagnostic;
            // What a value must be is in the message of its fault.
            assert!(fault.help.is_some() || fault.code == Code::WrongType, "{code}: no help: {fault:?}");
            for say in [Some(&fault.message), fault.help.as_ref()].into_iter().flatten() {
                assert!(!say.french.is_empty() && !say.english.is_empty(), "{code}: {fault:?}");
                assert_ne!(say.french, say.english, "{code}: {fault:?}");
            }
        }
    }
}

/// French texts as French typography wants them; what stands in backticks is the author's.
#[test]
fn french_messages_follow_french_typography() {
    let mut wrong = Vec::new();
    for (code, findings) in examples() {
        for finding in &findings.found {
            let fault = &finding.diagnostic;
            let told = [Some(&fault.message), fault.label.as_ref(), fault.help.as_ref()];
            let related = fault.related.iter().map(|(_, label)| label);
            for say in told.into_iter().flatten().chain(related) {
                let prose: String = say.french.split('`').step_by(2).collect::<Vec<_>>().join("x");
                let bare = prose.match_indices([':', ';', '!', '?']).any(|(at, mark)| {
                    let space = if mark == ":" { '\u{a0}' } else { '\u{202f}' };
                    !prose[..at].ends_with(space)
                });
                if bare || prose.contains(['\'', '"']) || prose.contains("«\u{20}") || prose.contains("\u{20}»") {
                    wrong.push(format!("{code}: {}", say.french));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}
