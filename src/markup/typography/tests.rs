//! What the typographer sets, case by case, and what holds for every text.

use proptest::prelude::{Strategy, prop_assert_eq, proptest};
use proptest::sample::select;

use super::{Typographer, apply, set};
use crate::language::Language;

/// Sets each text and compares; `_` stands for U+00A0 and `~` for U+202F, on both sides.
#[track_caller]
fn check(language: Language, cases: &[(&str, &str)]) {
    for (written, expected) in cases {
        let set = apply(language, &shown(written)).into_owned();
        assert_eq!(hidden(&set), *expected, "{} in {}", written, language.tag());
    }
}

/// Sets `runs` one after another, each with the next in sight.
#[track_caller]
fn check_runs(runs: &[&str], expected: &[&str]) {
    let mut typographer = Typographer::new(Language::French);
    let runs: Vec<String> = runs.iter().map(|run| shown(run)).collect();
    let set: Vec<String> = (0..runs.len())
        .map(|at| {
            let next = runs.get(at + 1).map_or("", String::as_str);
            hidden(&next_run(&mut typographer, &runs[at], next))
        })
        .collect();
    assert_eq!(set, expected);
}

/// The next run, set, before `next`.
fn next_run(typographer: &mut Typographer, run: &str, next: &str) -> String {
    let mut changes = Vec::new();
    typographer.find(0, (run, &|| next), &mut changes);
    set(run, &changes).into_owned()
}

fn shown(text: &str) -> String {
    text.replace('_', "\u{A0}").replace('~', "\u{202F}")
}

fn hidden(text: &str) -> String {
    text.replace('\u{A0}', "_").replace('\u{202F}', "~")
}

#[test]
fn a_written_space_before_a_high_sign_becomes_narrow() {
    check(
        Language::French,
        &[
            ("Oui ! Non ? Si ;", "Oui~! Non~? Si~;"),
            ("Oui_! Oui~! Oui  ! Oui _~!", "Oui~! Oui~! Oui~! Oui~!"),
            ("(oui) ?", "(oui)~?"),
            ("quoi ?!", "quoi~?!"),
            (" !", "~!"),
            ("https://exemple.org !", "https://exemple.org~!"),
        ],
    );
}

#[test]
fn a_missing_space_is_added_after_a_letter_where_a_word_ends() {
    check(
        Language::French,
        &[
            ("Oui! Non? Si;", "Oui~! Non~? Si~;"),
            ("(oui!)", "(oui~!)"),
            ("pass\u{e9}! passe\u{301}!", "pass\u{e9}~! passe\u{301}~!"),
            ("quoi?! oh!!! ah?\u{2026}", "quoi~?! oh~!!! ah~?\u{2026}"),
            ("2024? (oui)? *!", "2024? (oui)? *!"),
            ("a?b a!=b a?/ a;1", "a?b a!=b a?/ a;1"),
            ("!", "!"),
        ],
    );
}

#[test]
fn a_colon_and_guillemets_keep_a_written_space_and_get_none() {
    check(
        Language::French,
        &[
            ("ceci : cela~: ceci: 10:30", "ceci_: cela_: ceci: 10:30"),
            ("« oui » «~non~» «si» «  »", "«_oui_» «_non_» «si» «_»"),
            ("« oui ! »", "«_oui~!_»"),
            ("« ! »", "«_!_»"),
        ],
    );
}

#[test]
fn a_number_keeps_its_unit() {
    check(
        Language::French,
        &[
            ("5 % de 3,5 km et 10~°C", "5_% de 3,5_km et 10_°C"),
            ("20 m², 7 km/h, 30 min.", "20_m², 7_km/h, 30_min."),
            ("10 k€ 3 Mo 2 kWh 5 μg", "10_k€ 3_Mo 2_kWh 5_μg"),
            ("10 EUR, 5 CHF et 3 CADRE", "10_EUR, 5_CHF et 3 CADRE"),
            ("2 kmart, 3 mois, 2 l'ont, 2 m’ont, 4 gens, 5 h30", "2 kmart, 3 mois, 2 l’ont, 2 m’ont, 4 gens, 5 h30"),
            ("10 000 km, km 5", "10 000_km, km 5"),
            ("5km 5% 5", "5km 5% 5"),
        ],
    );
}

#[test]
fn apostrophes_are_curved() {
    check(Language::French, &[("l'eau, aujourd'hui, 'oui'", "l’eau, aujourd’hui, ’oui’"), ("l’eau", "l’eau")]);
}

#[test]
fn addresses_are_left_alone() {
    check(
        Language::French,
        &[
            ("voir https://exemple.org/l'eau?a;", "voir https://exemple.org/l'eau?a;"),
            ("l'https://a.b/c? d'eau?", "l’https://a.b/c? d’eau~?"),
            ("(www.exemple.org/l'eau!) oui!", "(www.exemple.org/l'eau!) oui~!"),
            ("l'ami@exemple.org; c'est lui;", "l’ami@exemple.org; c’est lui~;"),
            ("d'un@ d'un @d'un (://d'un", "d’un@ d’un @d’un (://d’un"),
        ],
    );
}

#[test]
fn canada_has_no_space_before_high_signs() {
    check(
        Language::FrenchCanada,
        &[
            ("Oui ! Non~? Si; oui_! !", "Oui! Non? Si; oui!!"),
            ("« oui » : 5 %", "«_oui_»_: 5_%"),
            ("a != b ?/ c, l'eau", "a != b ?/ c, l’eau"),
            ("a !b, a ?2, a_;b", "a!b, a?2, a;b"),
        ],
    );
}

#[test]
fn switzerland_has_narrow_spaces_everywhere() {
    check(Language::FrenchSwitzerland, &[("« Oui ! » : 5 %, non?", "«~Oui~!~»~: 5~%, non~?")]);
}

#[test]
fn belgium_and_luxembourg_follow_france_and_english_is_left_alone() {
    for language in [Language::FrenchBelgium, Language::FrenchLuxembourg] {
        check(language, &[("« l'eau ! » : 5 %", "«_l’eau~!_»_: 5_%")]);
    }
    check(Language::English, &[("Isn't it? « No ! » : 5 %", "Isn't it? « No ! » : 5 %")]);
}

#[test]
fn runs_of_a_block_are_set_together() {
    check_runs(&["un ", "mot", " !"], &["un ", "mot", "~!"]);
    check_runs(&["mot", "!"], &["mot", "~!"]);
    check_runs(&["mot ", "!"], &["mot~", "!"]);
    check_runs(&["mot ", " !"], &["mot", "~!"]);
    check_runs(&["mot!", "x"], &["mot!", "x"]);
    check_runs(&["« ", "mot", " »"], &["«_", "mot", "_»"]);
    check_runs(&["«", " mot ", "»"], &["«", "_mot_", "»"]);
    check_runs(&["5 ", "km"], &["5_", "km"]);
    check_runs(&["« ", " mot"], &["«", "_mot"]);
    check_runs(&["5 ", " km"], &["5", "_km"]);
    check_runs(&["mot ", " : x"], &["mot", "_: x"]);
    check_runs(&["mot", " ", "»"], &["mot", "_", "»"]);
    check_runs(&["5", " k", "m"], &["5", "_k", "m"]);
    check_runs(&["https://a.b/", "l'eau?", " l'eau?"], &["https://a.b/", "l'eau?", " l’eau~?"]);
}

#[test]
fn a_run_without_sight_of_the_next_keeps_its_last_space() {
    let mut typographer = Typographer::new(Language::French);
    assert_eq!(next_run(&mut typographer, "mot ", ""), "mot ");
    assert_eq!(next_run(&mut typographer, "!", ""), "!");
}

#[test]
fn what_is_skipped_counts_as_what_it_ends_in() {
    let mut typographer = Typographer::new(Language::French);
    next_run(&mut typographer, "https://a.b", "");
    typographer.skip(Some('x'));
    assert_eq!(hidden(&next_run(&mut typographer, "! l'eau", "")), "~! l’eau");
    typographer.skip(Some('»'));
    assert_eq!(next_run(&mut typographer, "!", ""), "!");
    typographer.skip(Some('«'));
    assert_eq!(hidden(&next_run(&mut typographer, " a", "")), "_a");
    typographer.block();
    assert_eq!(next_run(&mut typographer, ";", ""), ";");
}

#[test]
fn a_text_with_nothing_to_set_is_lent_back() {
    for text in ["Rien à faire ici, vraiment.", "déjà\u{202F}! « oui", "10:30, l’été", "«\u{A0}oui\u{A0}»"] {
        let text = text.replace("« ", "«\u{A0}");
        assert!(matches!(apply(Language::French, &text), std::borrow::Cow::Borrowed(_)), "{text}");
    }
}

/// Texts of pieces that meet in every order.
fn texts() -> impl Strategy<Value = String> {
    let pieces = [
        "mot", "a", "é", "e\u{301}", "km", "h", "°C", "m²", "5", "10", "%", "€", "'", "’", " ", " ", "\u{A0}",
        "\u{202F}", "\n", "!", "?", ";", ":", "«", "»", "(", ")", "=", "/", ",", "\u{2026}",
    ];
    proptest::collection::vec(select(pieces.to_vec()), 0..20).prop_map(|pieces| pieces.concat())
}

/// The same, with addresses among them.
fn texts_with_addresses() -> impl Strategy<Value = String> {
    let piece = (texts(), select(vec!["", "https://", "www.", "@", "ami@a", ".fr/l'", "?x"]));
    proptest::collection::vec(piece, 0..4).prop_map(|pieces| pieces.into_iter().map(|(a, b)| a + b).collect())
}

fn without_spaces(text: &str) -> String {
    text.chars().filter(|character| !super::is_space(*character)).collect::<String>().replace('\'', "’")
}

proptest! {
    #[test]
    fn a_second_pass_changes_nothing(text in texts_with_addresses(), language in select(Language::ALL.to_vec())) {
        let once = apply(language, &text);
        prop_assert_eq!(&*apply(language, &once), &*once);
    }

    #[test]
    fn only_spaces_and_apostrophes_change(text in texts_with_addresses(), language in select(Language::ALL.to_vec())) {
        prop_assert_eq!(without_spaces(&apply(language, &text)), without_spaces(&text));
    }

    #[test]
    fn any_text_is_survived(text in "\\PC*", language in select(Language::ALL.to_vec())) {
        prop_assert_eq!(without_spaces(&apply(language, &text)), without_spaces(&text));
    }

    #[test]
    fn a_text_is_set_as_a_run_alone(text in texts_with_addresses(), language in select(Language::ALL.to_vec())) {
        prop_assert_eq!(next_run(&mut Typographer::new(language), &text, ""), apply(language, &text));
    }

    #[test]
    fn where_a_run_ends_makes_no_difference(
        text in texts(),
        cut in 0..60_usize,
        language in select(Language::ALL.to_vec()),
    ) {
        let cut = (0..=cut.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let (first, second) = text.split_at(cut);
        let mut typographer = Typographer::new(language);
        let joined = next_run(&mut typographer, first, second) + &next_run(&mut typographer, second, "");
        prop_assert_eq!(joined, apply(language, &text));
    }
}
