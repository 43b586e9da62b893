//! The spelling under which words are compared: composed (NFC), with one apostrophe and one hyphen, accents kept.

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// `word` as it is compared where case does not count: fully case folded, so that `ß` is `ss`.
///
/// What is written so already is returned as it stands; else `scratch` holds the answer.
pub(super) fn caseless<'t>(word: &'t str, scratch: &'t mut String) -> &'t str {
    if word.bytes().all(is_plain) || word.chars().all(is_caseless) {
        return word;
    }
    scratch.clear();
    if word.chars().all(|c| c.is_ascii() || is_caseless(c)) {
        scratch.push_str(word);
        scratch.make_ascii_lowercase();
        return scratch;
    }
    canonical(word).for_each(|c| fold(c, scratch));
    if !is_nfc(scratch) {
        *scratch = scratch.nfc().collect();
    }
    scratch
}

/// `word` as it is compared where case counts.
pub(super) fn exact<'t>(word: &str, scratch: &'t mut String) -> &'t str {
    scratch.clear();
    scratch.extend(canonical(word));
    scratch
}

/// Whether case counts in `word`: it has two capitals or more.
pub(super) fn is_cased(word: &str) -> bool {
    word.chars().filter(|c| c.is_uppercase()).nth(1).is_some()
}

/// Whether `c` is an apostrophe: straight, typographic, or the letter that looks like one.
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | LETTER_APOSTROPHE)
}

/// Whether `c` is a hyphen: of the keyboard, typographic, or unbreakable.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// The apostrophe that Unicode counts among letters.
pub(super) const LETTER_APOSTROPHE: char = '\u{2BC}';

/// Whether `c` is a soft hyphen, a mark of direction or a joiner: it shows nothing.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200E}' | '\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// What is seen of `word`, composed, with one kind of apostrophe and of hyphen.
fn canonical(word: &str) -> impl Iterator<Item = char> {
    word.chars().filter(|&c| !is_invisible(c)).map(unified).nfc()
}

fn unified(c: char) -> char {
    match c {
        c if is_apostrophe(c) => '\'',
        c if is_hyphen(c) => '-',
        c => c,
    }
}

/// Appends the full case folding of `c`.
fn fold(c: char, folded: &mut String) {
    match c {
        // The dotless i has a capital in common with `i`, but is another letter.
        'ı' => folded.push(c),
        // By way of capitals, so that what has several small forms (`ς`, `ſ`) or none (`ß`) comes out alike.
        c => folded.extend(c.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase)),
    }
}

/// Whether a text of such bytes alone is caseless: plain small letters, digits and signs, and the accented letters of French.
fn is_plain(byte: u8) -> bool {
    // After 0xC3, those from 0xA0 on are small letters; but 0xB7 is `÷`.
    matches!(byte, 0..=b'@' | b'['..=0x7F | 0xA0..=0xB6 | 0xB8..=0xBF | 0xC3)
}

/// Whether `c`, next to others such, is its own caseless form: what most words are made of.
fn is_caseless(c: char) -> bool {
    c.is_ascii() && !c.is_ascii_uppercase() || matches!(c, 'à'..='ö' | 'ø'..='ÿ' | 'œ')
}
