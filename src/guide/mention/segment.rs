//! Where the words of a run begin and end: the boundaries of UAX #29, quickly found in plain text.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::spelling::{LETTER_APOSTROPHE, is_apostrophe, is_hyphen, is_invisible};

/// What stands between two boundaries; bytes of the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    /// Plain letters and digits alone, which most words are.
    Plain(Range<usize>),
    /// Something else with a letter or a digit.
    Word(Range<usize>),
    /// Something else that can be seen.
    Mark(Range<usize>),
}

/// Tells `found` the segments of the first stretch of `run` from byte `at` on, in order; answers where it ends.
///
/// A boundary is at every white space, so that what is between two is divided alone: UAX #29 would join words at a narrow
/// no-break space.
pub(super) fn segments(run: &str, at: usize, mut found: impl FnMut(Segment)) -> usize {
    // Most stretches are one word, after one space.
    let mut start = at + usize::from(run.as_bytes()[at..].starts_with(b" "));
    if !run.as_bytes().get(start).is_some_and(u8::is_ascii_graphic) {
        start = run.len() - run[start..].trim_start_matches(is_space).len();
    }
    let end = start + plain_length(&run.as_bytes()[start..]);
    if end > start && matches!(run.as_bytes().get(end), None | Some(b' ')) {
        found(Segment::Plain(start..end));
        return end;
    }
    let end = stretch_end(run, start);
    let stretch = &run[start..end];
    if is_plain(stretch) {
        plain_segments(stretch, start, &mut found);
    } else {
        unicode_segments(stretch, start, &mut found);
    }
    end
}

/// Where the first white space is from byte `at` on, or the end of `run`.
fn stretch_end(run: &str, at: usize) -> usize {
    let bytes = &run.as_bytes()[at..];
    let may_be_space = |byte: &u8| matches!(byte, 0..=0x20 | 0xC2 | 0xE1..=0xE3);
    let mut end = 0;
    while let Some(ahead) = bytes[end..].iter().position(may_be_space) {
        end += ahead;
        match run[at + end..].chars().next() {
            Some(c) if !is_space(c) => end += c.len_utf8(),
            _ => return at + end,
        }
    }
    run.len()
}

/// What follows the last white space of `text` begins at this byte.
pub(super) fn after_last_space(text: &str) -> usize {
    let last = text.char_indices().rfind(|&(_, c)| is_space(c));
    last.map_or(0, |(at, space)| at + space.len_utf8())
}

/// Whether `c` is white space, be it narrow or of no width.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{200B}'
}

/// The segments of any `stretch`, which begins at `start` of its run.
fn unicode_segments(stretch: &str, start: usize, found: &mut impl FnMut(Segment)) {
    for (at, text) in stretch.split_word_bound_indices() {
        let range = start + at..start + at + text.len();
        if text.chars().any(|c| c.is_alphanumeric() && c != LETTER_APOSTROPHE) {
            found(Segment::Word(range));
        } else if !text.chars().all(is_invisible) {
            found(Segment::Mark(range));
        }
    }
}

/// The segments of a plain `stretch`, which begins at `start` of its run.
fn plain_segments(stretch: &str, start: usize, found: &mut impl FnMut(Segment)) {
    let mut at = 0;
    while let Some(first) = stretch[at..].chars().next() {
        let here = start + at;
        let length = plain_word(&stretch[at..]);
        if length > 0 {
            found(Segment::Word(here..here + length));
            at += length;
        } else {
            found(Segment::Mark(here..here + first.len_utf8()));
            at += first.len_utf8();
        }
    }
}

/// The length of the word that plain `text` begins with.
fn plain_word(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at += plain_length(&bytes[at..]);
        let Some(sign) = text[at..].chars().next() else { return at };
        let after = at + sign.len_utf8();
        let joins = is_apostrophe(sign) && ends_in_letter(&bytes[..at]) && plain_letter(&bytes[after..]).is_some();
        if !joins {
            return at;
        }
        at = after;
    }
}

/// Whether `stretch` is of letters and signs whose boundaries are the obvious ones.
fn is_plain(stretch: &str) -> bool {
    let bytes = stretch.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let mut at = 0;
    loop {
        let length = plain_length(&bytes[at..]);
        at += length;
        let Some(sign) = stretch[at..].chars().next() else { return true };
        let after = at + sign.len_utf8();
        let is_obvious = match sign {
            // Between two of a word these may join or part.
            '.' | ':' | ',' | ';' => length == 0 || plain_length(&bytes[after..]) == 0,
            '\'' | '’' => length == 0 || !(is_digit(at - 1) && is_digit(after)),
            '_' => false,
            '«' | '»' | '“' | '”' | '–' | '—' | '…' => true,
            c => c.is_ascii_punctuation() || is_hyphen(c),
        };
        if !is_obvious {
            return false;
        }
        at = after;
    }
}

/// How many bytes of plain letters and digits `bytes` begin with.
fn plain_length(bytes: &[u8]) -> usize {
    let mut at = 0;
    loop {
        at += match bytes.get(at) {
            Some(b'0'..=b'9') => 1,
            Some(_) => match plain_letter(&bytes[at..]) {
                Some(length) => length,
                None => return at,
            },
            None => return at,
        };
    }
}

/// The length of the Latin letter that `bytes` begin with, where it is one of those that French and its neighbours write.
fn plain_letter(bytes: &[u8]) -> Option<usize> {
    match bytes {
        [b'a'..=b'z' | b'A'..=b'Z', ..] => Some(1),
        // But not `×` and `÷`.
        [0xC3, second, ..] => (!matches!(second, 0x97 | 0xB7)).then_some(2),
        [0xC4 | 0xC5, ..] => Some(2),
        _ => None,
    }
}

/// Whether `bytes`, of plain letters, digits and signs, end in a letter.
fn ends_in_letter(bytes: &[u8]) -> bool {
    bytes.last().is_some_and(|last| last.is_ascii_alphabetic() || !last.is_ascii())
}
