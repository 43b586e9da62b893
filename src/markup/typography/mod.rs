//! French typography: the spaces round punctuation and units, and the apostrophe.
//!
//! Only spaces and apostrophes ever change, and what has been set once is left alone by a second
//! pass. Addresses keep every character. What changes is found in one look over the bytes of a text, which is not copied
//! for that.

mod address;
#[cfg(test)]
mod tests;
mod unit;

use std::borrow::Cow;
use std::iter;
use std::ops::Range;

use self::address::Addresses;
use crate::lanes::{self, Lanes, are, lie};
use crate::language::Language;

const NO_BREAK: &str = "\u{A0}";
const NARROW: &str = "\u{202F}";

/// What a language puts where.
#[derive(Clone, Copy, Debug)]
struct Spaces {
    /// Before `;`, `!` and `?`; empty where the language has none there.
    high: &'static str,
    /// Before `:`, inside `« »`, and between a number and its unit.
    wide: &'static str,
}

/// A place of a run that is set otherwise than it is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Change {
    /// The event that the run is the text of.
    pub(super) event: u32,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) with: &'static str,
}

/// Sets the text of one block after another, each block given in runs.
///
/// What was seen last is kept from run to run, so that `*mot*!` is set like `mot!`. A typographer
/// never takes back what it has returned: where a space ends a run, whether it stands before a
/// sign is known only if [`Typographer::find`] was told what follows.
#[derive(Debug)]
pub(crate) struct Typographer {
    spaces: Option<Spaces>,
    /// The last character of the block so far that is no space.
    before: Option<char>,
    /// Whether a space has been written since.
    spaced: bool,
    /// Whether the block so far ends inside an address.
    in_address: bool,
}

/// `text`, set as a block of its own; lent back where nothing changes.
pub(crate) fn apply(language: Language, text: &str) -> Cow<'_, str> {
    if !may_be_set(text) {
        return Cow::Borrowed(text);
    }
    let mut changes = Vec::new();
    Typographer::new(language).find(0, (text, &|| ""), &mut changes);
    set(text, &changes)
}

/// Whether anything may be set in a text that is a block of its own: most titles have nothing.
fn may_be_set(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_set = |at: usize| match bytes[at] {
        b'\'' | b':' | b';' | b'!' | b'?' | 0xC2 => true,
        byte => byte.is_ascii_digit() && bytes.get(at + 1).is_some_and(|&next| may_be_space(next)),
    };
    lanes::find(bytes, are_marks, |at| is_set(at).then_some(())).is_some()
}

/// `run` with its `changes`.
fn set<'a>(run: &'a str, changes: &[Change]) -> Cow<'a, str> {
    if changes.is_empty() {
        return Cow::Borrowed(run);
    }
    let mut set = String::with_capacity(run.len() + changes.len() * NARROW.len());
    let mut from = 0;
    for change in changes {
        set.push_str(&run[from..change.start]);
        set.push_str(change.with);
        from = change.end;
    }
    set.push_str(&run[from..]);
    Cow::Owned(set)
}

impl Typographer {
    /// A typographer at the start of a block.
    pub(crate) fn new(language: Language) -> Typographer {
        let spaces = match language {
            Language::French | Language::FrenchBelgium | Language::FrenchLuxembourg => {
                Some(Spaces { high: NARROW, wide: NO_BREAK })
            }
            Language::FrenchSwitzerland => Some(Spaces { high: NARROW, wide: NARROW }),
            Language::FrenchCanada => Some(Spaces { high: "", wide: NO_BREAK }),
            Language::English => None,
        };
        Typographer { spaces, before: None, spaced: false, in_address: false }
    }

    /// A block starts: nothing stands before what comes next.
    pub(crate) fn block(&mut self) {
        (self.before, self.spaced, self.in_address) = (None, false, false);
    }

    /// Something that is not set (code, an address, an image, a line break) stands here and ends in `last`.
    pub(crate) fn skip(&mut self, last: Option<char>) {
        (self.before, self.spaced, self.in_address) = (last, last.is_some_and(is_space), false);
    }

    /// Adds what changes in the next run of the block's text, that of an event, in order, where `next` answers the text that follows it in
    /// the block, which is asked for where it matters; where that is empty, a space that ends the run stays as it is.
    pub(super) fn find<'n>(
        &mut self,
        event: u32,
        (run, next): (&str, &dyn Fn() -> &'n str),
        changes: &mut Vec<Change>,
    ) {
        let Some(spaces) = self.spaces.filter(|_| !run.is_empty()) else { return };
        let touching = if self.spaced { None } else { self.before };
        let addresses = Addresses::new(run, self.in_address);
        let content = spaces_before(run, run.len(), 0);
        let first = changes.len();
        let mut line = Line { spaces, event, run, content, next, touching, addresses, changes, settled: 0 };
        line.set();
        self.in_address = line.addresses.open();
        // Where the spaces that end the run are changed, all of them are.
        let is_taken = |change: &Change| change.end == run.len() && change.with.is_empty();
        let spaced = content < run.len() && !changes[first..].last().is_some_and(is_taken);
        if let Some(last) = run[..content].chars().next_back() {
            (self.before, self.spaced) = (Some(last), spaced);
        } else {
            self.spaced |= spaced;
        }
    }
}

/// One run at work.
struct Line<'a, 'n> {
    spaces: Spaces,
    event: u32,
    run: &'a str,
    /// Where the spaces that end the run start.
    content: usize,
    next: &'a dyn Fn() -> &'n str,
    /// What touches the run's first character from the left.
    touching: Option<char>,
    addresses: Addresses<'a>,
    changes: &'a mut Vec<Change>,
    /// Spaces before this place have been decided.
    settled: usize,
}

impl Line<'_, '_> {
    fn set(&mut self) {
        match self.touching {
            Some('«') => self.opening(0),
            Some('0'..='9') => self.number(0),
            _ => {}
        }
        let bytes = self.run.as_bytes();
        lanes::each(bytes, are_marks, |at| self.mark(at, bytes[at]));
        self.trailing();
    }

    fn mark(&mut self, at: usize, byte: u8) {
        let next = self.run.as_bytes().get(at + 1).copied();
        match byte {
            b'\'' => self.apostrophe(at),
            b';' | b'!' | b'?' => self.high(at),
            b':' => self.wide(at),
            b'0'..=b'9' if next.is_some_and(may_be_space) => self.number(at + 1),
            0xC2 if next == Some(0xAB) => self.opening(at + '«'.len_utf8()),
            0xC2 if next == Some(0xBB) => self.wide(at),
            b'.' if !self.run.as_bytes()[..at].ends_with(b"w") => {}
            b'.' | b'/' | b'@' => self.addresses.note(at),
            _ => {}
        }
    }

    fn apostrophe(&mut self, at: usize) {
        if !self.addresses.holds(at) {
            self.write(at..at + 1, "’");
        }
    }

    /// A sign that takes the high space stands at `at`.
    fn high(&mut self, at: usize) {
        let start = spaces_before(self.run, at, self.settled);
        if start < at {
            if self.goes(self.char_after(at + 1)) {
                self.replace(start..at, self.spaces.high);
            }
        } else if ends_word(self.char_after(at + 1)) && is_letter(self.char_before(at)) && !self.addresses.holds(at) {
            self.replace(at..at, self.spaces.high);
        }
    }

    /// Whether a space written before a sign that `next` follows gives way to the high one: also where that is none,
    /// but there not in `a != b`.
    fn goes(&self, next: Option<char>) -> bool {
        !self.spaces.high.is_empty() || !next.is_some_and(is_operator)
    }

    /// A sign that takes the wide space, where one is written, stands at `at`.
    fn wide(&mut self, at: usize) {
        let start = spaces_before(self.run, at, self.settled);
        self.fix(start..at);
    }

    /// A `«` ends at `at`.
    fn opening(&mut self, at: usize) {
        let end = spaces_after(self.run, at);
        self.fix_or_leave(at..end);
        self.settled = end;
    }

    /// A digit ends at `at`.
    fn number(&mut self, at: usize) {
        let end = spaces_after(self.run, at);
        if end == at || unit::is_exceeded(&self.run.as_bytes()[end..]) {
            return;
        }
        let following = iter::once_with(self.next).flat_map(|next| {
            let continued = if end == self.run.len() { spaces_after(next, 0) } else { 0 };
            next[continued..].chars()
        });
        if unit::starts(self.run[end..].chars().chain(following)) {
            self.fix_or_leave(at..end);
            self.settled = end;
        }
    }

    /// The spaces that end the run, when a sign starts what follows.
    fn trailing(&mut self) {
        let end = self.run.len();
        let start = self.content.max(self.settled);
        if start == end {
            return;
        }
        let next = (self.next)();
        let continued = spaces_after(next, 0);
        let mut signs = next[continued..].chars();
        match signs.next() {
            Some(':' | '»') => self.fix_or_leave(start..end),
            Some(';' | '!' | '?') if self.goes(signs.next()) => {
                let space = if continued > 0 { "" } else { self.spaces.high };
                self.replace(start..end, space);
            }
            _ => {}
        }
    }

    /// Sets the spaces in `range`; those that go on in what follows are set with that.
    fn fix_or_leave(&mut self, range: Range<usize>) {
        if range.end == self.run.len() && spaces_after((self.next)(), 0) > 0 {
            self.replace(range, "");
        } else {
            self.fix(range);
        }
    }

    fn fix(&mut self, range: Range<usize>) {
        if !range.is_empty() {
            self.replace(range, self.spaces.wide);
        }
    }

    fn replace(&mut self, range: Range<usize>, with: &'static str) {
        if self.run[range.clone()] != *with {
            self.write(range, with);
        }
    }

    fn write(&mut self, range: Range<usize>, with: &'static str) {
        self.changes.push(Change { event: self.event, start: range.start, end: range.end, with });
    }

    fn char_before(&self, at: usize) -> Option<char> {
        self.run[..at].chars().next_back().or(self.touching)
    }

    fn char_after(&self, at: usize) -> Option<char> {
        self.run[at..].chars().next().or_else(|| (self.next)().chars().next())
    }
}

/// Which bytes are looked at: all that may have to be set, and all that makes an address, lies between `!` and `@`, or begins
/// as `«` and `»` do.
#[inline]
fn are_marks(bytes: Lanes) -> Lanes {
    lie(bytes, b'!', b'@') | are(bytes, 0xC2)
}

/// Whether a sign before `next` ends a word, as it does not in `a?b`, `!=` and `?/`.
fn ends_word(next: Option<char>) -> bool {
    !next.is_some_and(|next| next.is_alphanumeric() || is_operator(next))
}

/// Whether `character` makes another sign of the one before it: `!=`, `?/`.
fn is_operator(character: char) -> bool {
    matches!(character, '=' | '/')
}

/// Whether `character` is a letter, or an accent that is written after its letter.
fn is_letter(character: Option<char>) -> bool {
    character.is_some_and(|character| character.is_alphabetic() || matches!(character, '\u{300}'..='\u{36F}'))
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\u{A0}' | '\u{202F}')
}

/// Where the spaces that end at `end` start, at `floor` at the earliest.
#[inline]
fn spaces_before(text: &str, end: usize, floor: usize) -> usize {
    // The last bytes of the three spaces.
    if !text.as_bytes()[..end].last().is_some_and(|last| matches!(last, b' ' | 0xA0 | 0xAF)) {
        return end;
    }
    text.get(floor..end).map_or(end, |part| floor + part.trim_end_matches(is_space).len())
}

/// Where the spaces that start at `start` end.
#[inline]
fn spaces_after(text: &str, start: usize) -> usize {
    if !text.as_bytes().get(start).is_some_and(|&first| may_be_space(first)) {
        return start;
    }
    let part = &text[start..];
    start + (part.len() - part.trim_start_matches(is_space).len())
}

/// Whether `first` is the first byte of one of the three spaces.
fn may_be_space(first: u8) -> bool {
    matches!(first, b' ' | 0xC2 | 0xE2)
}
