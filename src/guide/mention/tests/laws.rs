//! What holds for every text and every set of names.

use proptest::collection::vec;
use proptest::prelude::{Just, Strategy, any, prop_assert, prop_assert_eq, prop_oneof, proptest};
use proptest::sample::select;
use unicode_segmentation::UnicodeSegmentation;

use super::{hits, vocabulary};
use crate::guide::PageId;
use crate::guide::mention::segment::{Segment, segments};
use crate::guide::mention::{Name, Vocabulary, laws};
use crate::language::Tongue;

/// What names and runs are made of, so that they meet often.
const PIECES: [&str; 56] = [
    "rôle", "rôles", "Rôle", "RÔLE", "canal", "canaux", "CoP", "CoPs", "cop", "de", "des", "d", "l", "s", "t", "qu",
    "a", "A", "e\u{301}", "é", "ß", "ss", "1", "2", " ", " ", " ", "\u{202F}", "\n", "-", "\u{2011}", "’", "'", "ʼ",
    "·", ".", ",", "?", "_", "👍", "\u{AD}", "\u{301}", "à", "\u{328}", "社", "»", ":", ";", "œ", "(", "\u{3000}",
    "\u{205F}", "activit", "×", "÷", "ŗ",
];

fn text() -> impl Strategy<Value = String> {
    let pieces = vec(select(&PIECES[..]), 0..24).prop_map(|pieces| pieces.concat());
    prop_oneof![4 => pieces, 1 => any::<String>()]
}

fn names() -> impl Strategy<Value = Vec<String>> {
    vec(vec(select(&PIECES[..]), 0..6).prop_map(|pieces| pieces.concat()), 0..12)
}

/// Names that several pages have, or almost.
const ALIKE: [&str; 10] =
    ["rôle", "Rôle", "rôles", "canal", "canaux", "CoP", "cop", "CoPs", "rôle de CoP", "rôles de canal"];

fn tongue() -> impl Strategy<Value = Tongue> {
    prop_oneof![Just(Tongue::French), Just(Tongue::English)]
}

/// The vocabulary of `names`, each of the page that its place among them makes, some of them of the same one.
fn shared(names: &[(usize, &str)], tongue: Tongue) -> Vocabulary {
    Vocabulary::new(names.iter().map(|&(page, text)| Name { page: PageId::nth(page / 2), text }), tongue).0
}

fn borrowed(names: &[String]) -> Vec<&str> {
    names.iter().map(String::as_str).collect()
}

proptest! {
    #[test]
    fn hits_are_in_order_and_apart(names in names(), run in text(), tongue in tongue()) {
        let (vocabulary, _) = vocabulary(&borrowed(&names), tongue);
        let hits = hits(&vocabulary, &run);
        laws::are_in_order(&hits, &run);
        prop_assert!(hits.iter().all(|hit| hit.page.index() < names.len()));
    }

    #[test]
    fn a_glance_passes_over_no_name(names in names(), run in text(), tongue in tongue()) {
        let (vocabulary, _) = vocabulary(&borrowed(&names), tongue);
        laws::are_all(&vocabulary, &hits(&vocabulary, &run), &run);
    }

    #[test]
    fn hits_are_whole_words(names in names(), run in text(), tongue in tongue()) {
        let (vocabulary, _) = vocabulary(&borrowed(&names), tongue);
        laws::are_whole_words(&hits(&vocabulary, &run), &run);
    }

    #[test]
    fn hits_do_not_depend_on_the_order_of_names(
        names in vec(select(&ALIKE[..]), 1..12),
        words in vec(select(&ALIKE[..]), 1..12),
        by in any::<usize>(),
        tongue in tongue(),
    ) {
        let run = words.join(" ");
        let mut names: Vec<(usize, &str)> = names.into_iter().enumerate().collect();
        let expected = hits(&shared(&names, tongue), &run);
        names.reverse();
        let by = by % names.len();
        names.rotate_left(by);
        prop_assert_eq!(hits(&shared(&names, tongue), &run), expected);
    }

    #[test]
    fn what_was_found_is_found_again_alone(names in names(), run in text(), tongue in tongue()) {
        let (vocabulary, _) = vocabulary(&borrowed(&names), tongue);
        laws::are_found_alone(&vocabulary, &hits(&vocabulary, &run), &run);
        laws::are_seen_at_a_glance(&vocabulary, &hits(&vocabulary, &run), &run);
    }

    #[test]
    fn a_name_is_found_in_itself_and_among_words(name in text(), tongue in tongue()) {
        let (vocabulary, _) = vocabulary(&[&name], tongue);
        let run = format!("y {name} y");
        let found = hits(&vocabulary, &run);
        prop_assert!(vocabulary.is_empty() || !found.is_empty(), "{run:?}");
    }

    #[test]
    fn words_are_those_of_unicode(run in text()) {
        let spaced: String = run.chars().map(|c| if c.is_whitespace() || c == '\u{200B}' { ' ' } else { c }).collect();
        let (mut words, mut at) = (Vec::new(), 0);
        while at < spaced.len() {
            at = segments(&spaced, at, |segment| {
                if let Segment::Plain(range) | Segment::Word(range) = segment {
                    words.push(spaced[range].to_owned());
                }
            });
        }
        // What combines with a space is none of a word here.
        let expected = spaced.unicode_words().map(str::trim_start);
        let expected: Vec<&str> = expected.filter(|word| word.chars().any(|c| c.is_alphanumeric() && c != 'ʼ')).collect();
        prop_assert_eq!(words, expected);
    }
}

/// How many edges are walked to find the names `Rôle 1` to `Rôle n` in a text, and how many names are found.
fn work(names: usize) -> (usize, usize) {
    let names: Vec<String> = (1..=names).map(|n| format!("Rôle {n}")).collect();
    let (vocabulary, _) = vocabulary(&borrowed(&names), Tongue::French);
    let mut scanner = vocabulary.scanner();
    let mut hits = Vec::new();
    scanner.scan(&"Le rôle 1, des rôles, puis le Rôle 10 et 7 autres : rôle neuf. ".repeat(100), &mut hits);
    (scanner.steps, hits.len())
}

#[test]
fn many_names_cost_no_more_steps_than_few() {
    let few = work(10);
    assert_eq!(few.1, 200);
    assert_eq!(work(10_000), few);
}

/// How many edges are walked to read `words` times the beginning of a long name.
fn work_in(words: usize) -> usize {
    let (vocabulary, _) = vocabulary(&["a a a a a a a b"], Tongue::English);
    let mut scanner = vocabulary.scanner();
    scanner.scan(&"a ".repeat(words), &mut Vec::new());
    scanner.steps
}

#[test]
fn steps_grow_with_the_text() {
    for words in [1_000, 10_000] {
        let steps = work_in(words);
        assert!(steps > words && steps <= 8 * words, "{steps}");
    }
}

#[test]
fn names_and_runs_may_be_very_long() {
    let thousand = vec!["mot"; 1_000].join(" ");
    let letters = "y".repeat(1 << 18);
    let (vocabulary, _) = vocabulary(&[&thousand, &letters, &"é·".repeat(10_000)], Tongue::French);
    assert_eq!(hits(&vocabulary, &format!("un {thousand}")).len(), 1);
    assert_eq!(hits(&vocabulary, &vec!["mot"; 999].join(" ")).len(), 0);
    assert_eq!(hits(&vocabulary, &format!("{letters} {letters}s {letters}x")).len(), 2);
    for strange in ["l’", "a-", "’", "-", "é·", "l’a’s-", "\u{301}", "👍", "ʼ", "a.", "\u{202F}"] {
        assert_eq!(hits(&vocabulary, &strange.repeat(1 << 16)), []);
    }
}
