//! What the languages of guides do to words: regular plurals, articles and prepositions, elision.
//!
//! Words are caseless here, as [`super::spelling`] makes them.

use crate::language::Tongue;

/// What `word` has in common with its singular and plural: its beginning, up to where they may differ.
///
/// Other words may share it; whether two are forms of one is for [`is_plural`] to say.
pub(super) fn stem(word: &str, tongue: Tongue) -> &str {
    match tongue {
        Tongue::French => {
            let trunk = word.trim_end_matches(['s', 'x']);
            let ending = match trunk.as_bytes() {
                [.., b'a', b'i', b'l'] => "ail",
                [.., b'a', b'l' | b'u'] => "al",
                _ => "",
            };
            &trunk[..trunk.len() - ending.len()]
        }
        Tongue::English => {
            let trunk = word.trim_end_matches(['s', 'e']);
            trunk.strip_suffix(['i', 'y']).unwrap_or(trunk)
        }
    }
}

/// Whether `plural` is a regular plural of `singular` that differs from it.
pub(super) fn is_plural(plural: &str, singular: &str, tongue: Tongue) -> bool {
    has_plural(singular)
        && match tongue {
            Tongue::French => is_french_plural(plural, singular),
            Tongue::English => is_english_plural(plural, singular),
        }
}

/// Whether `word` is an article, a preposition or a conjunction between nouns: it stays as it is in every plural.
pub(super) fn is_fixed(word: &str, tongue: Tongue) -> bool {
    match tongue {
        Tongue::French => FRENCH_FIXED.contains(&word),
        Tongue::English => ENGLISH_FIXED.contains(&word),
    }
}

/// Whether `word`, as written, has lost its last vowel before an apostrophe: `l` of `l’équipe`, `Lorsqu` of `Lorsqu’on`.
pub(super) fn is_elided(word: &str) -> bool {
    ELIDED.iter().any(|elided| elided.eq_ignore_ascii_case(word))
}

/// What stays as it is in French.
const FRENCH_FIXED: [&str; 48] = [
    "a",
    "à",
    "après",
    "au",
    "aux",
    "avant",
    "avec",
    "chez",
    "contre",
    "d",
    "dans",
    "de",
    "depuis",
    "derrière",
    "des",
    "devant",
    "du",
    "durant",
    "dès",
    "en",
    "entre",
    "envers",
    "et",
    "hors",
    "jusqu",
    "jusque",
    "l",
    "la",
    "le",
    "les",
    "malgré",
    "ni",
    "ou",
    "où",
    "par",
    "parmi",
    "pendant",
    "pour",
    "sans",
    "sauf",
    "selon",
    "sous",
    "sur",
    "un",
    "une",
    "vers",
    "via",
    "ès",
];

/// What stays as it is in English.
const ENGLISH_FIXED: [&str; 43] = [
    "a", "about", "above", "across", "after", "against", "along", "among", "an", "and", "around", "as", "at", "before",
    "behind", "below", "between", "beyond", "by", "during", "for", "from", "in", "into", "near", "nor", "of", "off",
    "on", "onto", "or", "over", "per", "since", "the", "through", "to", "under", "until", "via", "with", "within",
    "without",
];

/// What stands elided before an apostrophe, in any case of ASCII.
const ELIDED: [&str; 15] =
    ["c", "ç", "Ç", "d", "j", "jusqu", "l", "lorsqu", "m", "n", "puisqu", "qu", "quoiqu", "s", "t"];

/// Whether `word` is more than one letter, and no number.
fn has_plural(word: &str) -> bool {
    let mut backwards = word.chars().rev();
    backwards.next().is_some_and(|last| !last.is_numeric()) && backwards.next().is_some()
}

fn is_french_plural(plural: &str, singular: &str) -> bool {
    if singular.ends_with(['s', 'x', 'z']) {
        return false;
    }
    match plural.strip_prefix(singular) {
        Some("s") => true,
        Some("x") => ["au", "eu", "ou"].iter().any(|ending| singular.ends_with(ending)),
        _ => plural
            .strip_suffix("aux")
            .is_some_and(|root| !root.is_empty() && matches!(singular.strip_prefix(root), Some("al" | "ail"))),
    }
}

fn is_english_plural(plural: &str, singular: &str) -> bool {
    let hisses = ["s", "x", "z", "ch", "sh"].iter().any(|ending| singular.ends_with(ending));
    if let Some(root) = root_before_y(singular) {
        return plural.strip_prefix(root) == Some("ies");
    }
    match plural.strip_prefix(singular) {
        Some("s") => !hisses,
        Some("es") => hisses,
        _ => false,
    }
}

/// What stands before the final y of a word, where a consonant does.
fn root_before_y(word: &str) -> Option<&str> {
    word.strip_suffix('y').filter(|root| !root.is_empty() && !root.ends_with(['a', 'e', 'i', 'o', 'u']))
}
