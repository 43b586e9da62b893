//! What an author sees of every fault, in both languages: written out, so that the words can be read and judged.
//!
//! `BOUSSOLE_GOLDEN=write cargo test` writes the files in `tests/gallery/` again.
#![expect(clippy::disallowed_methods, reason = "the gallery is made of files")]

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use super::human;
use crate::cli::console::Colours;
use crate::cli::place::Place;
use crate::language::Tongue;
use crate::pipeline::tests::examples;

fn gallery(tongue: Tongue) -> String {
    let place = Place::new("/guide".into(), "/guide".into());
    let mut gallery = String::new();
    let mut told = "";
    for (code, mut findings) in examples() {
        findings.tongue = tongue;
        let mut report = Vec::new();
        human::write(&findings, &place, Colours::Plain, &mut report).unwrap();
        if code != told {
            write!(gallery, "══ {code} ══\n\n").unwrap();
            told = code;
        }
        gallery.push_str(&String::from_utf8(report).unwrap());
    }
    gallery
}

#[track_caller]
fn check(tongue: Tongue) {
    let name = format!("tests/gallery/{}.txt", tongue.tag());
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(&name);
    let gallery = gallery(tongue);
    if std::env::var_os("BOUSSOLE_GOLDEN").is_some_and(|value| value == "write") {
        return fs::write(path, gallery).unwrap();
    }
    let known = fs::read_to_string(path).unwrap();
    let first = gallery.lines().zip(known.lines()).find(|(now, then)| now != then);
    assert!(gallery == known, "{name} is no longer what is shown; the first change: {first:#?}");
}

#[test]
fn every_fault_as_a_french_author_sees_it() {
    check(Tongue::French);
}

#[test]
fn every_fault_as_an_english_author_sees_it() {
    check(Tongue::English);
}
