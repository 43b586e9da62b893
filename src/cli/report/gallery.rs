//! What an author sees of every fault, in both languages: written out, so that the words can be read and judged.
//!
//! `BOUSSOLE_GOLDEN=write cargo test` writes the files in `tests/gallery/` again.

use std::fmt::Write as _;

use super::human;
use crate::cli::console::Colours;
use crate::cli::place::Place;
use crate::fixture::check_golden;
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
    check_golden(&format!("tests/gallery/{}.txt", tongue.tag()), &gallery(tongue));
}

#[test]
fn every_fault_as_a_french_author_sees_it() {
    check(Tongue::French);
}

#[test]
fn every_fault_as_an_english_author_sees_it() {
    check(Tongue::English);
}
