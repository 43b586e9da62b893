//! Which words of a run name a page, case by case, and what holds for every text.

mod choice;
mod inflection;
mod laws;
mod words;

use super::laws::hits;
use super::{Clash, Hit, Name, Vocabulary};
use crate::guide::PageId;
use crate::language::Tongue;

/// A vocabulary in which each name leads to a page of its own, numbered from 0.
fn vocabulary(names: &[&str], tongue: Tongue) -> (Vocabulary, Vec<Clash>) {
    let names = names.iter().enumerate().map(|(page, &text)| Name { page: PageId::nth(page), text });
    Vocabulary::new(names, tongue)
}

/// `run` with its hits between `⟨` and `⟩`; a page other than the first has its number inside: `⟨2:name⟩`.
fn marked(run: &str, hits: &[Hit]) -> String {
    let mut marked = String::new();
    let mut at = 0;
    for hit in hits {
        let page = if hit.page.index() == 0 { String::new() } else { format!("{}:", hit.page.index()) };
        marked += &format!("{}⟨{page}{}⟩", &run[at..hit.range.start], &run[hit.range.clone()]);
        at = hit.range.end;
    }
    marked + &run[at..]
}

/// The run that a marked one is made of.
fn unmarked(marked: &str) -> String {
    let mut parts = marked.split('⟨');
    let mut run = parts.next().unwrap().to_owned();
    for part in parts {
        let number = part.chars().take_while(char::is_ascii_digit).count();
        let has_number = number > 0 && part[number..].starts_with(':');
        run += &part[if has_number { number + 1 } else { 0 }..].replace('⟩', "");
    }
    run
}

/// Finds `names` in each of the marked runs, and compares; one scanner reads them all.
#[track_caller]
fn check_in(tongue: Tongue, names: &[&str], expected: &[&str]) {
    let (vocabulary, _) = vocabulary(names, tongue);
    let mut scanner = vocabulary.scanner();
    for expected in expected {
        let run = unmarked(expected);
        let mut hits = Vec::new();
        scanner.scan(&run, &mut hits);
        assert_eq!(marked(&run, &hits), *expected, "names: {names:?}");
    }
}

#[track_caller]
fn check(names: &[&str], expected: &[&str]) {
    check_in(Tongue::French, names, expected);
}

#[test]
fn links_are_where_the_manual_says() {
    check(&["art"], &["Le partage de l’⟨art⟩"]);
    let community = ["Communauté de Pratique"];
    check(&community, &["LA ⟨COMMUNAUTÉ DE PRATIQUE⟩"]);
    check(&community, &["la ⟨communauté\nde pratique⟩", "des ⟨communautés de pratiques⟩ vivantes"]);
    check(&["Communauté de Pratique", "Sollicitée"], &["une ⟨Communauté de Pratique⟩ ⟨1:sollicitée⟩"]);
    check(&["CoP"], &["cop", "La ⟨CoP⟩ vit."]);
    check(&["Animateur"], &["co-animateur"]);
    check(&["Communauté"], &["« ⟨communauté⟩ », ⟨communauté⟩!"]);
}

#[test]
fn what_has_no_word_names_nothing() {
    let (nothing, clashes) = vocabulary(&["", "  ", "?", "« … »", "\u{301}", "👍", "-", "’", "ʼ"], Tongue::French);
    assert!(nothing.is_empty() && clashes.is_empty());
    assert_eq!(hits(&nothing, "Quoi ? « … » 👍 - ’ ʼ"), []);
    let (something, _) = vocabulary(&["", "a"], Tongue::French);
    assert!(!something.is_empty());
    assert_eq!(hits(&something, ""), []);
}

#[test]
fn a_vocabulary_is_shared_by_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&vocabulary(&["a"], Tongue::French).0);
}

#[test]
fn hits_are_appended() {
    let (vocabulary, _) = vocabulary(&["a"], Tongue::French);
    let mut hits = vec![Hit { range: 7..9, page: PageId::nth(3) }];
    vocabulary.scanner().scan("a", &mut hits);
    assert_eq!(hits.len(), 2);
    assert_eq!(hits[1], Hit { range: 0..1, page: PageId::nth(0) });
}
