//! Which singulars and plurals are found without being declared.

use super::{check, check_in};
use crate::guide::mention::grammar::{is_plural, stem};
use crate::language::Tongue;

#[test]
fn french_plurals_are_regular() {
    check(&["rôle"], &["⟨rôles⟩ ⟨RÔLES⟩ rôlex rôless rôlaux rôl"]);
    check(
        &["tuyau", "réseau", "jeu", "bijou"],
        &["⟨tuyaux⟩ ⟨tuyaus⟩", "⟨1:réseaux⟩", "⟨2:jeux⟩", "⟨3:bijoux⟩ ⟨3:bijous⟩"],
    );
    check(&["canal", "travail", "festival"], &["⟨canaux⟩ ⟨canal⟩ canau", "⟨1:travaux⟩ ⟨1:travails⟩", "⟨2:festivals⟩"]);
    check(&["local"], &["⟨locaux⟩ ⟨locals⟩ locale locales"]);
    check(&["ail", "al"], &["aux", "⟨ails⟩", "⟨1:als⟩"]);
}

#[test]
fn french_plurals_have_singulars() {
    check(
        &["rôles", "réseaux", "journaux"],
        &["⟨rôle⟩ ⟨rôles⟩", "⟨1:réseau⟩ ⟨1:réseaux⟩ réseaus", "⟨2:journal⟩ ⟨2:journaux⟩ ⟨2:journail⟩"],
    );
    check(&["Communautés de pratique"], &["⟨communauté de pratique⟩ ⟨communautés de pratiques⟩"]);
}

#[test]
fn what_ends_in_s_x_or_z_is_invariable() {
    check(&["choix", "gaz", "avis"], &["⟨choix⟩ choixs choixx", "⟨1:gaz⟩ gazs", "⟨2:avis⟩ aviss avisx"]);
    check(&["voix"], &["voi"]);
}

#[test]
fn one_letter_and_numbers_have_no_plural() {
    check(&["c", "Rôle 10", "os"], &["cs ⟨c⟩", "⟨1:rôles 10⟩ rôle 10s", "o ⟨2:os⟩"]);
}

#[test]
fn every_word_but_articles_and_prepositions_is_inflected() {
    let community = ["communauté de pratique"];
    check(
        &community,
        &[
            "⟨communautés de pratique⟩, ⟨communautés de pratiques⟩, ⟨communauté de pratiques⟩",
            "communauté des pratique",
        ],
    );
    check(&community, &["communautés des pratiques", "communauté d’pratique", "⟨COMMUNAUTÉS DE PRATIQUES⟩"]);
    check(
        &["travail de la matière"],
        &["⟨travaux de la matière⟩", "travaux de les matières", "travaux de las matières"],
    );
    check(&["appel à projet"], &["⟨Appels à projets⟩", "appel às projets", "appel a projet"]);
    check(&["pot-au-feu"], &["⟨pots-au-feux⟩", "pot-aux-feu"]);
    check(&["compte rendu", "co-animateur"], &["⟨comptes rendus⟩", "⟨1:co-animateurs⟩ ⟨1:cos-animateurs⟩"]);
    check(&["sous", "sou"], &["⟨sous⟩ ⟨1:sou⟩"]);
    check(&["sou", "ver"], &["sous vers ⟨sou⟩ ⟨1:ver⟩"]);
    check(&["animateur·rice"], &["animatrice"]);
}

#[test]
fn english_plurals_are_regular() {
    let check = |names: &[&str], expected: &[&str]| check_in(Tongue::English, names, expected);
    check(&["role"], &["⟨roles⟩ ⟨Role⟩ rolees"]);
    check(
        &["process", "box", "buzz", "coach", "wish"],
        &["⟨processes⟩ processs", "⟨1:boxes⟩ boxs", "⟨2:buzzes⟩", "⟨3:coaches⟩ coachs", "⟨4:wishes⟩"],
    );
    check(&["community", "day"], &["⟨communities⟩ communitys communitie", "⟨1:days⟩ daies"]);
    check(&["Communities of practice", "boxes", "days"], &["a ⟨community of practice⟩", "⟨1:box⟩ bo", "⟨2:day⟩"]);
    check(&["community of practice"], &["⟨communities of practices⟩ community ofs practice community off practice"]);
    check(&["network"], &["networx networkx", "⟨networks⟩"]);
    check(&["animal"], &["animaux"]);
    check(&["CoP", "STR"], &["⟨CoPs⟩ CoPes", "⟨1:STRs⟩"]);
}

#[test]
fn a_word_and_its_plurals_have_a_stem_in_common() {
    let french = [
        ("rôle", "rôles"),
        ("jeu", "jeux"),
        ("canal", "canaux"),
        ("travail", "travaux"),
        ("val", "vals"),
        ("bleu", "bleus"),
    ];
    let english = [
        ("role", "roles"),
        ("process", "processes"),
        ("axis", "axises"),
        ("city", "cities"),
        ("day", "days"),
        ("see", "sees"),
    ];
    for (tongue, pairs) in [(Tongue::French, french), (Tongue::English, english)] {
        for (singular, plural) in pairs {
            assert!(is_plural(plural, singular, tongue), "{plural}");
            assert!(!is_plural(singular, plural, tongue), "{plural}");
            assert_eq!(stem(plural, tongue), stem(singular, tongue), "{plural}");
        }
    }
}
