//! Which places of a run lie in an address, found only where it is asked.

use std::ops::Range;

use memchr::{memchr_iter, memmem};

/// The addresses of one run, of which signs are noted as they are come by. Each of its words is looked at once at most.
pub(super) struct Addresses<'a> {
    run: &'a str,
    /// Whether the run's first word goes on with an address.
    continued: bool,
    /// Whether a `/`, an `@` or the dot of `www.` was noted, or an address goes on from the run before.
    possible: bool,
    /// The word looked at last.
    word: Range<usize>,
    /// Where in the run that word's address starts.
    start: Option<usize>,
}

impl<'a> Addresses<'a> {
    /// The addresses of `run`, whose first word goes on with an address where that is `continued`.
    pub(super) fn new(run: &'a str, continued: bool) -> Addresses<'a> {
        Addresses { run, continued, possible: continued, word: 0..0, start: None }
    }

    /// A dot, a slash or an `@` stands at `at`.
    pub(super) fn note(&mut self, at: usize) {
        let bytes = self.run.as_bytes();
        self.possible |= bytes[at] != b'.' || bytes[..at].ends_with(b"www");
    }

    /// Whether the sign or the apostrophe at `at` belongs to an address. Only what was noted before it matters: from
    /// its `://`, `www.` or `@` on, an address reaches back over no sign that is asked about here.
    pub(super) fn holds(&mut self, at: usize) -> bool {
        if !self.possible {
            return false;
        }
        if !self.word.contains(&at) {
            self.look(at);
        }
        self.start.is_some_and(|start| start <= at)
    }

    /// Whether the run ends inside an address, once all its signs are noted.
    pub(super) fn open(&self) -> bool {
        if !self.possible {
            return false;
        }
        let last = last_word(self.run);
        self.continued && last.len() == self.run.len() || address_in(last).is_some()
    }

    fn look(&mut self, at: usize) {
        let run = self.run;
        let start = at - last_word(&run[..at]).len();
        let end = run[at..].find(char::is_whitespace).map_or(run.len(), |ahead| at + ahead);
        self.word = start..end;
        self.start = match start {
            0 if self.continued => Some(0),
            _ => address_in(&run[start..end]).map(|address| start + address),
        };
    }
}

/// What follows the last space of `text`.
fn last_word(text: &str) -> &str {
    let mut words = text.rsplit(char::is_whitespace);
    words.next().unwrap_or(text)
}

/// Where the address in `word` starts; it ends with the word.
fn address_in(word: &str) -> Option<usize> {
    [with_scheme(word), with_www(word), mail(word)].into_iter().flatten().min()
}

fn with_scheme(word: &str) -> Option<usize> {
    let colon = memmem::find(word.as_bytes(), b"://")?;
    let start = run_before(word, colon, |byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte));
    (start < colon).then_some(start)
}

fn with_www(word: &str) -> Option<usize> {
    let bare = word.trim_start_matches(['(', '[', '<', '«', '"', '\'', '’', '“']);
    bare.starts_with("www.").then(|| word.len() - bare.len())
}

fn mail(word: &str) -> Option<usize> {
    let bytes = word.as_bytes();
    memchr_iter(b'@', bytes).find_map(|at| {
        let start = run_before(word, at, |byte| byte.is_ascii_alphanumeric() || b"._%+-".contains(&byte));
        let host = bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        (start < at && host).then_some(start)
    })
}

/// Where the bytes before `end` start that are all `allowed`.
fn run_before(word: &str, end: usize, allowed: impl Fn(u8) -> bool) -> usize {
    let bytes = &word.as_bytes()[..end];
    bytes.iter().rposition(|byte| !allowed(*byte)).map_or(0, |last| last + 1)
}
