//! The sentence in which something stands.

use memchr::{memchr_iter, memchr3_iter};

use super::{Body, Event};
use crate::lanes::{self, are};

/// How long a sentence may be, in characters; a longer one is cut on both sides of the place.
const LENGTH: usize = 240;

/// How many bytes are looked at on each side: what is farther is cut off anyway.
const REACH: usize = 4 * LENGTH;

/// The first byte of `…`.
const ELLIPSIS: u8 = 0xE2;

impl Body {
    /// The sentence with byte `offset` of the text of the event `at`, as plain text in one line.
    pub(crate) fn sentence(&self, at: u32, offset: u32) -> String {
        let (text, place) = self.block(at, offset);
        let (start, end) = (start(&text, place), end(&text, place));
        let line = line(&text[start..end]);
        if line.len() <= LENGTH {
            return line;
        }
        around(line, text[start..place].split_whitespace().map(|word| word.chars().count() + 1).sum())
    }

    /// The text round byte `offset` of the text of the event `at`, in the same block and not beyond reach, and where that
    /// place is in it.
    fn block(&self, at: u32, offset: u32) -> (String, usize) {
        let (at, offset) = (at as usize, offset as usize);
        let own = self.piece(at);
        let (head, tail) = own.split_at(offset.min(own.len()));
        let (mut first, mut length) = (at, head.len());
        while first > 0 && length <= REACH && !ends_block(&self.events[first - 1]) {
            first -= 1;
            length += self.piece(first).len();
        }
        let mut text = String::with_capacity(length + REACH);
        (first..at).for_each(|event| text.push_str(self.piece(event)));
        text.push_str(head);
        text.drain(..text.ceil_char_boundary(text.len().saturating_sub(REACH)));
        let place = text.len();
        text.push_str(&tail[..tail.floor_char_boundary(REACH)]);
        for event in at + 1..self.events.len() {
            if text.len() > place + REACH || ends_block(&self.events[event]) {
                break;
            }
            text.push_str(self.piece(event));
        }
        (text, place)
    }

    /// What readers see of an event in a line of text.
    fn piece(&self, event: usize) -> &str {
        match self.events[event] {
            Event::Text(piece) | Event::Code(piece) | Event::Verbatim(piece) => self.text(piece),
            Event::SoftBreak | Event::HardBreak => " ",
            _ => "",
        }
    }
}

/// Whether an event begins or ends a block.
fn ends_block(event: &Event) -> bool {
    match event {
        Event::Open(element) | Event::Close(element) => !element.is_inline(),
        Event::Rule | Event::Include(_) => true,
        _ => false,
    }
}

/// `text` with a space for each white space, and none round it.
fn line(text: &str) -> String {
    // Bytes of which no white space is but a plain space.
    let is_plain = text.bytes().fold(true, |all, byte| all & matches!(byte, b' '..=0xC1 | 0xC3..=0xE0));
    if is_plain && !text.contains("  ") {
        return text.trim_matches(' ').to_owned();
    }
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        line.push_str(if line.is_empty() { "" } else { " " });
        line.push_str(word);
    }
    line
}

/// Where the sentence starts that goes on at `place`.
fn start(text: &str, place: usize) -> usize {
    let before = &text.as_bytes()[..place];
    let ended = |at| end_at(text, at).filter(|&end| end <= place);
    let by_sign = memchr3_iter(b'.', b'!', b'?', before).rev().find_map(ended).unwrap_or(0);
    // What ends after that.
    memchr_iter(ELLIPSIS, &before[by_sign..]).rev().find_map(|at| ended(by_sign + at)).unwrap_or(by_sign)
}

/// Where the sentence ends that goes on at `place`.
fn end(text: &str, place: usize) -> usize {
    let after = &text.as_bytes()[place..];
    let pick = |bytes| are(bytes, b'.') | are(bytes, b'!') | are(bytes, b'?') | are(bytes, ELLIPSIS);
    lanes::find(after, pick, |at| end_at(text, place + at)).unwrap_or(text.len())
}

/// Where the sentence ends that a sign at byte `at` ends, white space after it included; `None` where there is no sign,
/// or where it goes on.
fn end_at(text: &str, at: usize) -> Option<usize> {
    let length = match text.as_bytes()[at] {
        b'.' | b'!' | b'?' => 1,
        ELLIPSIS if text[at..].starts_with('…') => '…'.len_utf8(),
        _ => return None,
    };
    let after = &text[at + length..];
    let closed = after.trim_start_matches(['»', '”', '"', ')', '.', '!', '?', '…']);
    // French quotation marks stand after a space.
    let closed = closed.trim_start().strip_prefix('»').unwrap_or(closed);
    let next = closed.trim_start();
    let is_spaced = next.len() < closed.len() || closed.is_empty();
    let begins = |c: char| c.is_uppercase() || c.is_numeric() || matches!(c, '«' | '“' | '"' | '—');
    let ends = is_spaced && next.chars().next().is_none_or(begins);
    let is_abbreviated = || text.as_bytes()[at] == b'.' && is_initial(&text[..at]);
    (ends && !is_abbreviated()).then(|| text.len() - next.len())
}

/// What is written short, and goes on after its dot.
const SHORT: [&str; 12] = ["cf", "pp", "art", "chap", "vol", "fig", "mm", "mme", "dr", "pr", "st", "no"];

/// Whether a text ends in a single letter or an abbreviation, as before the dots of "M. Dupont, cf. p. 3".
fn is_initial(text: &str) -> bool {
    // Most words are longer than any of these.
    if text.as_bytes().last_chunk::<5>().is_some_and(|last| last.iter().all(u8::is_ascii_alphabetic)) {
        return false;
    }
    let word = text.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let mut letters = word.chars();
    let is_letter = letters.next().is_some_and(char::is_alphabetic) && letters.next().is_none();
    is_letter || SHORT.iter().any(|short| short.eq_ignore_ascii_case(word))
}

/// A sentence, cut where it is long so that the character at `place` stays.
fn around(sentence: String, place: usize) -> String {
    let length = sentence.chars().count();
    if length <= LENGTH {
        return sentence;
    }
    let from = place.saturating_sub(LENGTH / 3).min(length - LENGTH);
    let cut: String = sentence.chars().skip(from).take(LENGTH).collect();
    let head = if from == 0 { 0 } else { cut.find(' ').map_or(0, |at| at + 1) };
    let tail = if from + LENGTH >= length { cut.len() } else { cut.rfind(' ').unwrap_or(cut.len()) };
    let cut = cut.get(head..tail.max(head)).unwrap_or_default();
    format!("{}{cut}{}", if from == 0 { "" } else { "…" }, if from + LENGTH >= length { "" } else { "…" })
}

#[cfg(test)]
mod tests {
    use super::super::{Body, Dialect, Event, Input};
    use crate::id::Id;

    /// The sentence round the `|` of a text.
    fn sentence(text: &str) -> String {
        let place = text.find('|').unwrap();
        let text: std::sync::Arc<str> = text.replace('|', "").into();
        let input = Input { file: Id::nth(0), text: &text, range: 0..text.len(), dialect: Dialect::Guide };
        let (body, _) = Body::parse(&input);
        let at = (0u32..).zip(&body.events).find_map(|(at, event)| match event {
            Event::Text(piece) => {
                let range = piece.source_range()?;
                (range.start <= place && place < range.end).then(|| (at, u32::try_from(place - range.start).unwrap()))
            }
            _ => None,
        });
        let (at, offset) = at.unwrap();
        body.sentence(at, offset)
    }

    #[test]
    fn a_sentence_ends_where_readers_see_its_end() {
        for (text, expected) in [
            ("Un début. La |CoP vit ! Et la suite.", "La CoP vit !"),
            ("La |CoP", "La CoP"),
            ("Voyez p. ex. la |CoP. Fin.", "Voyez p. ex. la CoP."),
            ("Avec M. Dupont, la |CoP. Fin.", "Avec M. Dupont, la CoP."),
            (
                "Un. M. Dupont (cf. p. 3) anime la |CoP, etc. et continue. Suite.",
                "M. Dupont (cf. p. 3) anime la CoP, etc. et continue.",
            ),
            ("Un *mot* et `code`. Deux **la** |CoP *et* plus.", "Deux la CoP et plus."),
            ("- un\n- la *|CoP* de\n  l’école. Deux.\n", "la CoP de l’école."),
            ("Il dit : « La |CoP vit. » Puis il part.", "Il dit : « La CoP vit. »"),
            ("Le 3.5 de la |CoP… et plus. Non", "Le 3.5 de la CoP… et plus."),
        ] {
            assert_eq!(sentence(text), expected, "{text}");
        }
    }

    #[test]
    fn a_long_sentence_is_cut_round_the_place() {
        let text = format!("{}la |CoP {}", "mot ".repeat(100), "fin ".repeat(100));
        let cut = sentence(&text);
        assert!(cut.starts_with('…') && cut.ends_with('…') && cut.contains("la CoP"), "{cut}");
        assert!(cut.chars().count() <= super::LENGTH + 2);
    }
}
