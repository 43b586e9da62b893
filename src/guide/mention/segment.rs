//! Where the words of a run begin and end: the boundaries of UAX #29, quickly found in plain text.

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use super::spelling::{LETTER_APOSTROPHE, is_apostrophe, is_hyphen, is_invisible};

/// What stands between two boundaries; bytes of the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Segment {
    /// Something with a letter or a digit.
    Word(Range<usize>),
    /// Something else that can be seen.
    Mark(Range<usize>),
    /// One white space, be it narrow or of no width.
    Space,
}

/// Tells `found` the segments of a `part` of `run`, in order.
pub(super) fn segments(run: &str, part: Range<usize>, mut found: impl FnMut(Segment)) {
    let mut at = part.start;
    let run = &run[..part.end];
    while at < run.len() {
        let rest = &run[at..];
        // A boundary is at every white space, so that what is between is divided alone: UAX #29 would join words at a
        // narrow no-break space.
        let chunk = &rest[..chunk_length(rest)];
        if chunk.bytes().all(|byte| byte.is_ascii_alphabetic()) {
            if !chunk.is_empty() {
                found(Segment::Word(at..at + chunk.len()));
            }
        } else if is_plain(chunk) {
            plain_segments(chunk, at, &mut found);
        } else {
            unicode_segments(chunk, at, &mut found);
        }
        at += chunk.len();
        if let Some(space) = run[at..].chars().next() {
            found(Segment::Space);
            at += space.len_utf8();
        }
    }
}

/// How far it is to the first white space.
fn chunk_length(text: &str) -> usize {
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    text[letters..].find(is_space).map_or(text.len(), |rest| letters + rest)
}

/// Whether `c` is white space, be it narrow or of no width.
pub(super) fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{200B}'
}

/// The segments of any `chunk`, which begins at `start` of its run.
fn unicode_segments(chunk: &str, start: usize, found: &mut impl FnMut(Segment)) {
    for (at, text) in chunk.split_word_bound_indices() {
        let range = start + at..start + at + text.len();
        if text.chars().any(|c| c.is_alphanumeric() && c != LETTER_APOSTROPHE) {
            found(Segment::Word(range));
        } else if !text.chars().all(is_invisible) {
            found(Segment::Mark(range));
        }
    }
}

/// The segments of a plain `chunk`, which begins at `start` of its run.
fn plain_segments(chunk: &str, start: usize, found: &mut impl FnMut(Segment)) {
    let mut at = 0;
    while let Some(first) = chunk[at..].chars().next() {
        let here = start + at;
        if is_plain_word(first) {
            let length = plain_word(&chunk[at..]);
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
    let end = neighbourhoods(text).find(|&(_, [before, c, after])| {
        let joins = is_apostrophe(c) && is_plain_letter(before) && is_plain_letter(after);
        !is_plain_word(c) && !joins
    });
    end.map_or(text.len(), |(at, _)| at)
}

/// Whether `chunk` is of letters and signs whose boundaries are the obvious ones.
fn is_plain(chunk: &str) -> bool {
    neighbourhoods(chunk).all(|(_, [before, c, after])| match c {
        c if is_plain_word(c) => true,
        // Between two of a word these may join or part.
        '.' | ':' | ',' | ';' => !(is_plain_word(before) && is_plain_word(after)),
        '\'' | '’' => !(before.is_ascii_digit() && after.is_ascii_digit()),
        '_' => false,
        '«' | '»' | '“' | '”' | '–' | '—' | '…' => true,
        c => c.is_ascii_punctuation() || is_hyphen(c),
    })
}

/// The characters of `text`, each with its place and between its neighbours; a space stands for none.
fn neighbourhoods(text: &str) -> impl Iterator<Item = (usize, [char; 3])> {
    let mut before = ' ';
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        let (at, c) = chars.next()?;
        let after = chars.peek().map_or(' ', |&(_, after)| after);
        Some((at, [std::mem::replace(&mut before, c), c, after]))
    })
}

fn is_plain_word(c: char) -> bool {
    is_plain_letter(c) || c.is_ascii_digit()
}

/// Whether `c` is a Latin letter of those that French and its neighbours write.
fn is_plain_letter(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ſ')
}
