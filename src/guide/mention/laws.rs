//! What holds for every text and every set of names; for tests.

use unicode_segmentation::UnicodeSegmentation;

use super::segment::is_space;
use super::spelling::is_invisible;
use super::{Hit, Name, Vocabulary, lexeme};
use crate::guide::PageId;
use crate::language::Tongue;

/// Marks after and before which a word may be a name without being one of Unicode's words.
const ELISION: [char; 3] = ['\'', '’', 'ʼ'];

/// All that holds of `names`, each that of a page of its own, in `run`; panics where something does not.
pub(crate) fn hold(names: &[&str], run: &str, tongue: Tongue) {
    let names = names.iter().enumerate().map(|(page, &text)| Name { page: PageId::nth(page), text });
    let (vocabulary, _) = Vocabulary::new(names, tongue);
    let hits = hits(&vocabulary, run);
    are_in_order(&hits, run);
    are_whole_words(&hits, run);
    are_all(&vocabulary, &hits, run);
    are_found_alone(&vocabulary, &hits, run);
    are_seen_at_a_glance(&vocabulary, &hits, run);
}

/// What is found in `run`.
pub(super) fn hits(vocabulary: &Vocabulary, run: &str) -> Vec<Hit> {
    let mut hits = Vec::new();
    vocabulary.scanner().scan(run, &mut hits);
    hits
}

/// Hits are in the run, in their order, and apart.
pub(super) fn are_in_order(hits: &[Hit], run: &str) {
    let mut free = 0;
    for hit in hits {
        assert!(free <= hit.range.start && hit.range.start < hit.range.end, "{hit:?} in {run:?}");
        assert!(run.get(hit.range.clone()).is_some(), "{hit:?} in {run:?}");
        free = hit.range.end;
    }
}

/// Hits begin and end where words do.
pub(super) fn are_whole_words(hits: &[Hit], run: &str) {
    // A narrow no-break space counts as a space here, while UAX #29 joins words with it.
    let spaced = run.replace('\u{202F}', "\u{2003}");
    let boundaries: Vec<usize> = spaced.split_word_bound_indices().map(|(at, _)| at).chain([run.len()]).collect();
    for hit in hits {
        // What is not seen is of what it follows.
        let before = |at: usize| run[..at].trim_end_matches(is_invisible);
        let apart = |at: usize| run[at..].starts_with(ELISION) || before(at).ends_with(ELISION);
        // Texts are divided at white space, also where a joiner follows it, which UAX #29 counts to the space.
        let divided = |at: usize| run[..at].ends_with(is_space);
        for edge in [hit.range.start, hit.range.end] {
            assert!(boundaries.binary_search(&edge).is_ok() || apart(edge) || divided(edge), "{run:?} at {edge}");
        }
    }
}

/// A glance passes over none.
pub(super) fn are_all(vocabulary: &Vocabulary, hits: &[Hit], run: &str) {
    let mut scanner = vocabulary.scanner();
    let mut whole = Vec::new();
    scanner.begin(run.len());
    lexeme::lex(run, &mut scanner.lexemes);
    scanner.names(run, run.len(), (0, &mut whole));
    assert_eq!(hits, whole, "{run:?}");
}

/// A glance sees what was found, whatever else the run is cut of.
pub(super) fn are_seen_at_a_glance(vocabulary: &Vocabulary, hits: &[Hit], run: &str) {
    for Hit { range, .. } in hits {
        let first = vocabulary.scanner().first(&run[..range.end]);
        assert!(first.is_some_and(|at| at <= range.start), "{range:?} in {run:?}");
        assert_eq!(vocabulary.scanner().first(&run[range.start..]), Some(0), "{range:?} in {run:?}");
    }
}

/// What was found is found again where it stands alone.
pub(super) fn are_found_alone(vocabulary: &Vocabulary, hits: &[Hit], run: &str) {
    for hit in hits {
        let alone = &run[hit.range.clone()];
        let again = self::hits(vocabulary, alone);
        assert_eq!(again, [Hit { range: 0..alone.len(), page: hit.page }], "{alone:?} in {run:?}");
    }
}
