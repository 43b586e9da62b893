//! Which of several names is found, and which cannot be told apart.

use super::{check, hits, marked, vocabulary};
use crate::guide::PageId;
use crate::guide::mention::{Name, Vocabulary};
use crate::language::Tongue;

#[test]
fn the_longest_of_the_leftmost_names_is_found() {
    check(
        &["communauté", "communauté de pratique"],
        &["⟨1:communauté de pratique⟩", "⟨communauté⟩ de pratiquer", "⟨communauté⟩"],
    );
    check(&["a b", "b c d"], &["⟨a b⟩ c d", "x ⟨1:b c d⟩"]);
    check(&["a", "a b c", "b"], &["⟨a⟩ ⟨2:b⟩ d", "⟨1:a b c⟩"]);
    check(&["a a"], &["⟨a a⟩ a", "⟨a a⟩ ⟨a a⟩", "a, ⟨a a⟩"]);
    check(&["a b c d", "b c"], &["a ⟨1:b c⟩ e", "⟨a b c d⟩"]);
}

#[test]
fn a_long_name_that_does_not_fit_leaves_room_for_a_short_one() {
    check(
        &["groupe", "groupe de CoP", "groupe des rôles"],
        &["⟨groupe⟩ de cop", "⟨1:groupes de CoPs⟩", "⟨groupe⟩ de rôle", "⟨2:groupe des rôle⟩"],
    );
    check(&["chef", "chef de co"], &["⟨chef⟩ de co-x"]);
}

#[test]
fn names_that_begin_alike_are_told_apart() {
    check(&["Rôle 1", "Rôle 2", "Rôle 21", "Rôle"], &["⟨rôle 1⟩ ⟨1:rôle 2⟩ ⟨2:rôle 21⟩ ⟨3:rôle⟩ 3 rôle-22"]);
    check(&["plan de X", "plan des X", "plan d’X"], &["⟨plan de x⟩ ⟨1:plan des x⟩ ⟨2:plan d'x⟩"]);
    check(&["plan-x", "plan x", "plan, x"], &["⟨plan-x⟩ ⟨1:plan x⟩ ⟨2:plan, x⟩ planx"]);
}

#[test]
fn a_declared_name_beats_an_inflection() {
    check(&["rôles", "rôle"], &["⟨rôles⟩ ⟨1:rôle⟩"]);
    check(&["rôle", "rôles"], &["⟨1:rôles⟩ ⟨rôle⟩"]);
    check(&["plans de rôle", "plan de rôles"], &["⟨plans de rôle⟩ ⟨1:plan de rôles⟩ ⟨plan de rôle⟩ ⟨plans de rôles⟩"]);
    check(&["canal", "canail"], &["⟨canaux⟩"]);
    check(&["canail", "canal"], &["⟨canaux⟩"]);
}

#[test]
fn a_name_that_asks_for_capitals_beats_one_that_does_not() {
    check(&["cop", "CoP", "COP"], &["⟨1:CoP⟩ ⟨2:COP⟩ ⟨cop⟩ ⟨Cop⟩ ⟨1:CoPs⟩ ⟨cops⟩"]);
    assert_eq!(clashes(&["cop", "CoP", "COP"]), []);
}

/// The pages that clash when each name is of a page of its own, and over which name.
#[track_caller]
fn clashes(names: &[&str]) -> Vec<(usize, usize, String)> {
    let clashes = vocabulary(names, Tongue::French).1.into_iter();
    clashes.map(|clash| (clash.first.index(), clash.second.index(), clash.name)).collect()
}

#[test]
fn two_pages_of_one_name_clash() {
    let found = |names: &[&str]| clashes(names).len();
    assert_eq!(clashes(&["Rôle", "rôle"]), [(0, 1, "rôle".to_owned())]);
    assert_eq!(clashes(&["a", "b", "A", "a "]), [(0, 2, "A".to_owned()), (0, 3, "a ".to_owned())]);
    let alike = [
        ["L’équipe", "l'équipe"],
        ["co-x", "Co\u{2011}X"],
        ["e\u{301}t", "Ét"],
        ["Straße", "strasse"],
        ["a?", "a\u{202F}?"],
    ];
    assert!(alike.iter().all(|names| found(names) == 1));
    assert_eq!(found(&["CoP", "CoP"]), 1);
    let different = [
        ["rôle", "rôles"],
        ["CoP", "COP"],
        ["CoP", "cop"],
        ["co-x", "co x"],
        ["de", "des"],
        ["a?", "a"],
        ["pratique", "pratiqué"],
    ];
    assert!(different.iter().all(|names| found(names) == 0));
    assert_eq!(found(&["", ""]), 0);
    check(&["x", "rôle", "RôLE", "Rôle"], &["⟨1:rôle⟩"]);
}

#[test]
fn a_page_may_say_its_name_twice() {
    let name = |page, text| Name { page: PageId::nth(page), text };
    let names = [name(5, "rôle"), name(2, "Rôle"), name(5, "Rôle"), name(2, "rôle"), name(2, "rôle")];
    let (vocabulary, clashes) = Vocabulary::new(names, Tongue::French);
    assert_eq!(clashes.len(), 1);
    assert_eq!((clashes[0].first.index(), clashes[0].second.index()), (2, 5));
    assert_eq!(marked("un rôle", &hits(&vocabulary, "un rôle")), "un ⟨2:rôle⟩");
}
