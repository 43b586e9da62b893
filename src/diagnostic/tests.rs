#![expect(clippy::disallowed_methods, reason = "the tests make the files that are read")]

use std::fs;
use std::io::ErrorKind;

use tempfile::TempDir;

use super::{Code, Diagnostic};
use crate::path::GuidePath;
use crate::source::{Fault, FaultKind, Reserved, Sources, Span};

fn memory(files: &[(&str, &[u8])]) -> (Sources, Vec<Fault>) {
    Sources::in_memory(files.iter().map(|(path, bytes)| (GuidePath::new(path).unwrap(), bytes.to_vec())))
}

fn disk(files: &[(&str, &[u8])]) -> TempDir {
    let root = TempDir::new().unwrap();
    for (path, bytes) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    root
}

#[test]
fn every_fault_says_what_to_do() {
    let (sources, faults) = memory(&[("content/A.md", b""), ("content/a.md", b"\xFF")]);
    let file = faults[0].span;
    let first = sources.iter().next().unwrap().0;
    let kinds = [
        FaultKind::NotUtf8,
        FaultKind::Unreadable { kind: ErrorKind::PermissionDenied, words: "denied (os error 13)".to_owned() },
        FaultKind::OutsideLink,
        FaultKind::CircularLink,
        FaultKind::DanglingLink,
        FaultKind::TooLarge,
        FaultKind::Special,
        FaultKind::SamePath(first),
        FaultKind::SameName(first),
        FaultKind::ReservedName { name: "aux.md".to_owned(), why: Reserved::Device },
        FaultKind::NameNotUnicode,
    ];
    let mut messages = Vec::new();
    for kind in kinds {
        let diagnostic = Diagnostic::of_a_file(&Fault { span: file, kind }, &sources);
        assert_eq!(diagnostic.span, Some(file));
        assert!(diagnostic.help.is_some(), "{diagnostic:?}");
        messages.push(diagnostic.message.french);
    }
    messages.sort();
    messages.dedup();
    assert_eq!(messages.len(), 11);
}

/// The message and the help about each fault, in French.
fn words(files: &[(&str, &[u8])]) -> Vec<(String, String)> {
    let (sources, faults) = memory(files);
    let words = |fault: &Fault| {
        let diagnostic = Diagnostic::of_a_file(fault, &sources);
        (diagnostic.message.french, diagnostic.help.unwrap().french)
    };
    faults.iter().map(words).map(|(message, help)| (plain(&message), plain(&help))).collect()
}

fn plain(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

#[test]
fn what_is_told_of_a_name_names_it_and_says_why() {
    for (name, message) in [
        ("aux.md", "Windows garde le nom `aux.md` pour lui-même"),
        ("a?.md", "le nom `a?.md` contient `?`, que Windows n’accepte pas"),
        ("a\u{1}b", "le nom `a\u{1}b` contient un caractère invisible, que Windows n’accepte pas"),
        ("a.", "le nom `a.` finit par un point, ce que Windows n’accepte pas"),
        ("a ", "le nom `a ` finit par une espace, ce que Windows n’accepte pas"),
        ("nul/a.md", "Windows garde le nom `nul` pour lui-même"),
    ] {
        assert_eq!(words(&[(&format!("content/{name}"), b"")])[0].0, message);
    }
    for (one, other, message) in [
        ("a/B.md", "a/b.md", "sous Windows et sur Mac, `content/a/b.md` et `content/a/B.md` n’en font qu’un"),
        ("R/a.md", "r/b.md", "sous Windows et sur Mac, les dossiers `content/r` et `content/R` n’en font qu’un"),
    ] {
        let files: [(&str, &[u8]); 2] = [(&format!("content/{one}"), b""), (&format!("content/{other}"), b"")];
        assert_eq!(words(&files)[0].0, message);
    }
}

#[test]
fn two_spellings_of_one_path_are_an_error_that_shows_both() {
    let root = disk(&[("content/é.md", b"first"), ("content/e\u{301}.md", b"second")]);
    let (sources, faults) = Sources::load(root.path()).unwrap();
    let diagnostic = Diagnostic::of_a_file(&faults[0], &sources);
    assert_eq!((faults.len(), diagnostic.code, diagnostic.related.len()), (1, Code::SameOutput, 1));
    assert_eq!(
        plain(&diagnostic.message.french),
        "deux fichiers portent le nom `content/é.md`, avec des accents codés de deux façons"
    );
    assert_eq!(diagnostic.help.as_ref().unwrap().french, "gardez un seul des deux, ou renommez l’autre");
    assert_ne!(diagnostic.span.unwrap().file, diagnostic.related[0].0.file);
    let root = disk(&[("content/é/a.md", b""), ("content/e\u{301}/b.md", b"")]);
    let (sources, faults) = Sources::load(root.path()).unwrap();
    let diagnostic = Diagnostic::of_a_file(&faults[0], &sources);
    assert_eq!((faults.len(), diagnostic.code), (1, Code::SameName));
    assert_eq!(
        plain(&diagnostic.message.french),
        "sur Mac, un dossier de `content/é/b.md` et un dossier de `content/é/a.md` se confondent : seul le codage de leurs \
         accents diffère"
    );
}

#[test]
fn the_refusals_of_the_system_are_told_in_the_language_of_the_guide() {
    let (sources, _) = memory(&[("content/a.md", b"")]);
    let span = Span::whole(sources.iter().next().unwrap().0);
    for (kind, french) in [
        (ErrorKind::PermissionDenied, "`content/a.md` ne peut pas être lu : l’accès est refusé"),
        (ErrorKind::NotFound, "`content/a.md` ne peut pas être lu : il n’existe pas"),
        (ErrorKind::IsADirectory, "`content/a.md` ne peut pas être lu : c’est un dossier"),
        (ErrorKind::NotADirectory, "`content/a.md` ne peut pas être lu : ce n’est pas un dossier"),
        (ErrorKind::Other, "`content/a.md` ne peut pas être lu : le système dit « EWHATEVER »"),
    ] {
        let kind = FaultKind::Unreadable { kind, words: "EWHATEVER".to_owned() };
        assert_eq!(plain(&Diagnostic::of_a_file(&Fault { span, kind }, &sources).message.french), french);
    }
}
