//! What a run is made of: words with what joins them, and marks of punctuation.

use std::ops::Range;

use super::grammar::is_elided;
use super::segment::{Segment, segments};
use super::spelling::{LETTER_APOSTROPHE, is_apostrophe, is_hyphen, is_invisible};

/// A word or a mark, at bytes of its run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Lexeme {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) kind: Kind,
    /// What stands before it.
    pub(super) joiner: Joiner,
    /// Whether a name may begin with it.
    pub(super) opens: bool,
    /// Whether a name may end with it.
    pub(super) closes: bool,
}

impl Lexeme {
    /// How the `run` that it is of writes it.
    pub(super) fn text(self, run: &str) -> &str {
        &run[self.start..self.end]
    }
}

/// What a lexeme is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word, or a part of a compound.
    Word,
    /// A mark of punctuation, or another sign.
    Mark,
}

/// What stands between two lexemes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Joiner {
    /// White space of any kind and length.
    Space,
    /// The hyphen of a compound.
    Hyphen,
    /// The apostrophe after an elided word, or before the s of a possessive.
    Apostrophe,
    /// Nothing: scripts that write no spaces.
    Nothing,
    /// Next to a mark it does not count whether there is white space.
    Loose,
}

/// Puts the lexemes of `run` into `lexemes`, in the place of what was there.
pub(super) fn lex(run: &str, lexemes: &mut Vec<Lexeme>) {
    lexemes.clear();
    let mut at = 0;
    while at < run.len() {
        at = lex_stretch(run, at, lexemes);
    }
}

/// Adds the lexemes of the first stretch of `run` from byte `at` on, which white space parts from what was added before;
/// answers where it ends.
pub(super) fn lex_stretch(run: &str, at: usize, lexemes: &mut Vec<Lexeme>) -> usize {
    let mut lexer = Lexer { run, lexemes, joiner: Joiner::Space, held: None };
    let end = segments(run, at, |segment| match segment {
        Segment::Mark(range) => lexer.mark(range),
        Segment::Plain(range) => lexer.plain(range),
        Segment::Word(range) => lexer.word(range),
    });
    lexer.release();
    end
}

/// Joins the segments of a stretch into lexemes.
struct Lexer<'r> {
    run: &'r str,
    lexemes: &'r mut Vec<Lexeme>,
    /// What stands before the next lexeme.
    joiner: Joiner,
    /// A hyphen or an apostrophe right after a word: it joins if a word is right after it.
    held: Option<Range<usize>>,
}

impl Lexer<'_> {
    /// What was held joins nothing: it is a mark.
    fn release(&mut self) {
        if let Some(range) = self.held.take() {
            self.push(Kind::Mark, range);
        }
    }

    fn mark(&mut self, range: Range<usize>) {
        self.release();
        let sign = single(&self.run[range.clone()]);
        if sign.is_some_and(is_hyphen) && self.touches_word() {
            self.held = Some(range);
        } else if sign.is_some_and(is_apostrophe) && self.touches_elided() {
            self.close();
            self.held = Some(range);
        } else {
            self.push(Kind::Mark, range);
        }
    }

    /// A word without apostrophes.
    fn plain(&mut self, range: Range<usize>) {
        self.join();
        self.push(Kind::Word, range);
    }

    fn word(&mut self, mut range: Range<usize>) {
        // The first bytes of all apostrophes.
        if !self.run[range.clone()].bytes().any(|byte| matches!(byte, b'\'' | 0xE2 | 0xCA)) {
            return self.plain(range);
        }
        let mut quotes = Vec::new();
        while self.run[range.clone()].starts_with(LETTER_APOSTROPHE) {
            let quote = range.start..range.start + LETTER_APOSTROPHE.len_utf8();
            range.start = quote.end;
            self.mark(quote);
            self.pass_unseen(&mut range);
        }
        while self.run[range.clone()].ends_with(LETTER_APOSTROPHE) {
            let quote = range.end - LETTER_APOSTROPHE.len_utf8()..range.end;
            range.end = quote.start;
            quotes.push(quote);
        }
        if !range.is_empty() {
            self.join();
            self.pieces(range);
        }
        quotes.into_iter().rev().for_each(|quote| self.mark(quote));
    }

    /// What was held joins the word to come.
    fn join(&mut self) {
        let Some(range) = self.held.take() else { return };
        self.joiner = if self.run[range].starts_with(is_hyphen) { Joiner::Hyphen } else { Joiner::Apostrophe };
        if self.joiner == Joiner::Hyphen {
            self.bind();
        }
    }

    /// A name that ends before this place would end inside a compound.
    fn bind(&mut self) {
        for lexeme in self.lexemes.iter_mut().rev() {
            lexeme.closes = false;
            if lexeme.joiner != Joiner::Apostrophe {
                break;
            }
        }
    }

    /// A word with its apostrophes: what is elided, the word, and the s of a possessive.
    fn pieces(&mut self, mut range: Range<usize>) {
        while let Some(at) = elision(&self.run[range.clone()]) {
            self.push(Kind::Word, range.start..range.start + at);
            self.close();
            self.joiner = Joiner::Apostrophe;
            range.start += at + self.run[range.start + at..].chars().next().map_or(0, char::len_utf8);
            self.pass_unseen(&mut range);
        }
        let Some(at) = possessive(&self.run[range.clone()]) else { return self.push(Kind::Word, range) };
        self.push(Kind::Word, range.start..range.start + at);
        self.joiner = Joiner::Apostrophe;
        self.push(Kind::Word, range.end - 1..range.end);
    }

    /// What is not seen belongs to what it follows, not to the rest of a word at `range`.
    fn pass_unseen(&self, range: &mut Range<usize>) {
        range.start = range.end - self.run[range.clone()].trim_start_matches(is_invisible).len();
    }

    fn push(&mut self, kind: Kind, range: Range<usize>) {
        let before = self.lexemes.last();
        let by_mark = kind == Kind::Mark || before.is_some_and(|before| before.kind == Kind::Mark);
        let joiner = if by_mark { Joiner::Loose } else { self.joiner };
        let opens = match joiner {
            Joiner::Hyphen => false,
            // After what is elided, but not after what has a possessive.
            Joiner::Apostrophe => before.is_some_and(|before| before.opens && !before.closes),
            Joiner::Space | Joiner::Nothing | Joiner::Loose => true,
        };
        self.lexemes.push(Lexeme { start: range.start, end: range.end, kind, joiner, opens, closes: true });
        self.joiner = Joiner::Nothing;
    }

    /// No name ends with the last lexeme.
    fn close(&mut self) {
        if let Some(last) = self.lexemes.last_mut() {
            last.closes = false;
        }
    }

    /// Whether a word ends right here.
    fn touches_word(&self) -> bool {
        self.joiner == Joiner::Nothing && self.lexemes.last().is_some_and(|last| last.kind == Kind::Word)
    }

    /// Whether a word that may be elided ends right here.
    fn touches_elided(&self) -> bool {
        self.touches_word() && self.lexemes.last().is_some_and(|last| is_elided(last.text(self.run)))
    }
}

/// The one character of `text` that can be seen.
fn single(text: &str) -> Option<char> {
    let mut chars = text.chars().filter(|&c| !is_invisible(c));
    chars.next().filter(|_| chars.next().is_none())
}

/// Where the apostrophe is after what `word` begins with elided.
fn elision(word: &str) -> Option<usize> {
    let at = word.find(is_apostrophe)?;
    let rest = word[at..].trim_start_matches(|c| is_apostrophe(c) || is_invisible(c));
    (is_elided(&word[..at]) && !rest.is_empty()).then_some(at)
}

/// Where the apostrophe is before the s of a possessive.
fn possessive(word: &str) -> Option<usize> {
    let owner = word.strip_suffix(['s', 'S'])?.strip_suffix(is_apostrophe)?;
    (!owner.is_empty()).then_some(owner.len())
}
