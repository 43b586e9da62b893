//! Names of pages, found in prose.
//!
//! A [`Vocabulary`] is made once of all names; then threads share it, each with a [`Scanner`] of its own. Finding is a walk
//! through a trie over words, so that its cost is that of the text (times the words of the longest name, at worst),
//! whatever the number of names. The trie knows words by their stem; whether the words of a text are inflected and
//! capitalised as a name allows is asked only where a whole name has been walked.
//!
//! Which text may have links, and which hits become one, is not decided here.

mod build;
mod form;
mod glance;
mod grammar;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) mod laws;
mod lexeme;
mod segment;
mod spelling;
mod stems;
#[cfg(test)]
mod tests;

use std::cmp::Reverse;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::PageId;
use crate::id::{Id, IdVec};
use crate::language::Tongue;
use form::{Fit, Form};
use glance::Glance;
use lexeme::{Joiner, Lexeme};
use segment::after_last_space;
pub(super) use stems::{Stem, Stems, first_stem};

/// The names of all targets, ready to be found in prose.
#[derive(Debug)]
pub(super) struct Vocabulary {
    tongue: Tongue,
    /// The stems of all words, and all marks, of all names.
    symbols: FxHashMap<Box<str>, SymbolId>,
    /// What follows in a name. A first word is at the end of a [`Joiner::Loose`] edge from the root.
    edges: FxHashMap<(NodeId, Joiner, SymbolId), NodeId>,
    /// By id; the root first.
    nodes: Vec<Node>,
    forms: IdVec<Form>,
    /// How names begin.
    glance: Glance,
}

/// A name and the page it leads to.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name<'a> {
    pub(super) page: PageId,
    /// As an author wrote it.
    pub(super) text: &'a str,
}

/// Words of a run that name a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Hit {
    /// Bytes of the run.
    pub(super) range: Range<usize>,
    pub(super) page: PageId,
}

/// Two pages with the same declared name; where there are more, each is told of with the first of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Clash {
    /// The one that the name leads to: it has the lower id.
    pub(super) first: PageId,
    pub(super) second: PageId,
    /// As the second page writes it.
    pub(super) name: String,
}

/// What finds names in one run after another; it keeps the space that it needs.
#[derive(Debug)]
pub(super) struct Scanner<'v> {
    vocabulary: &'v Vocabulary,
    /// What was read of the run, from the stretch at hand on, and the symbols of the first of these, where names have them.
    lexemes: Vec<Lexeme>,
    symbols: Vec<Option<SymbolId>>,
    /// How far the run was read.
    read: usize,
    /// Where names end that begin at the current place: after which lexeme, at which node.
    ends: Vec<(usize, NodeId)>,
    spelling: String,
    /// How many edges were asked for.
    #[cfg(test)]
    steps: usize,
}

/// The names that have the same stems.
#[derive(Debug, Default)]
struct Node {
    candidates: Vec<Candidate>,
    /// Whether longer names begin with these stems.
    goes_on: bool,
}

/// A declared name: its page and all its words and marks.
#[derive(Debug)]
struct Candidate {
    page: PageId,
    forms: Forms,
}

/// What words of the same stem have in common, as a type of its own.
#[derive(Debug)]
struct Symbol;

/// The words and marks of a name.
type Forms = Box<[Id<Form>]>;

/// What a name's words and a text's have in common, by number.
type SymbolId = Id<Symbol>;
/// The place of a node in [`Vocabulary`].
type NodeId = Id<Node>;

impl Vocabulary {
    /// The vocabulary of `names`, in whatever order they come, and which of them are two pages' own.
    ///
    /// A name without a letter or digit is none.
    pub(super) fn new<'a>(names: impl IntoIterator<Item = Name<'a>>, tongue: Tongue) -> (Vocabulary, Vec<Clash>) {
        build::build(names, tongue)
    }

    /// Whether there is no name to find.
    pub(super) fn is_empty(&self) -> bool {
        self.edges.is_empty()
    }

    /// What finds these names.
    pub(super) fn scanner(&self) -> Scanner<'_> {
        Scanner {
            vocabulary: self,
            lexemes: Vec::new(),
            symbols: Vec::new(),
            read: 0,
            ends: Vec::new(),
            spelling: String::new(),
            #[cfg(test)]
            steps: 0,
        }
    }

    /// The symbol of a word or mark, where a name has it; `spelling` is scratch space.
    fn symbol(&self, text: &str, spelling: &mut String) -> Option<SymbolId> {
        self.symbols.get(stem(text, self.tongue, spelling)).copied()
    }

    fn root(&self) -> NodeId {
        NodeId::nth(0)
    }
}

impl Scanner<'_> {
    /// Where the first stretch between white spaces begins in which a name may begin, were `run` not touched by anything.
    pub(super) fn first(&self, run: &str) -> Option<usize> {
        self.vocabulary.glance.find(run, 0)
    }

    /// Appends the names in `run` to `hits`: leftmost-longest, in order, without overlap.
    ///
    /// A run is a stretch of prose in which a name may be: soft line breaks are line feeds, entities are resolved.
    pub(super) fn scan(&mut self, run: &str, hits: &mut Vec<Hit>) {
        self.scan_from((run, 0), hits);
    }

    /// The same from a byte on at which a stretch begins.
    pub(super) fn scan_from(&mut self, (run, from): (&str, usize), hits: &mut Vec<Hit>) {
        if self.vocabulary.is_empty() {
            return;
        }
        // Names begin at `free` or after it. What is between two white spaces is a stretch.
        let (mut from, mut free) = (from, from);
        while let Some(start) = self.vocabulary.glance.find(run, from) {
            self.begin(start);
            self.read_on(run);
            from = self.read;
            free = self.names(run, from, (free, &mut *hits));
            // A name that goes on beyond this stretch may end within another.
            from += after_last_space(run.get(from..free).unwrap_or_default());
        }
    }

    /// Appends the names among what was read that begin before `end`, at `free` or after it.
    fn names(&mut self, run: &str, end: usize, (mut free, hits): (usize, &mut Vec<Hit>)) -> usize {
        let mut at = 0;
        while at < self.lexemes.len() && self.lexemes[at].start < end {
            let Lexeme { start, opens, .. } = self.lexemes[at];
            let found = if opens && start >= free { self.longest(run, at) } else { None };
            let Some((next, page)) = found else {
                at += 1;
                continue;
            };
            let range = self.lexemes[at].start..self.lexemes[next - 1].end;
            free = range.end;
            hits.push(Hit { range, page });
            at = next;
        }
        free
    }

    /// Begins to read at byte `start`, where a stretch begins.
    fn begin(&mut self, start: usize) {
        self.lexemes.clear();
        self.symbols.clear();
        self.read = start;
    }

    /// Reads on to the end of the next stretch of `run` that has a lexeme: one of characters that are not seen has none.
    fn read_on(&mut self, run: &str) {
        let known = self.lexemes.len();
        while self.lexemes.len() == known && self.read < run.len() {
            self.read = lexeme::lex_stretch(run, self.read, &mut self.lexemes);
        }
    }

    /// The symbol of a lexeme, where a name has it.
    fn symbol_at(&mut self, run: &str, at: usize) -> Option<SymbolId> {
        while self.symbols.len() <= at {
            let lexeme = self.lexemes[self.symbols.len()];
            self.symbols.push(self.vocabulary.symbol(lexeme.text(run), &mut self.spelling));
        }
        self.symbols[at]
    }

    /// The page of the longest name that begins at `first`, and where what follows it is.
    fn longest(&mut self, run: &str, first: usize) -> Option<(usize, PageId)> {
        self.walk(run, first);
        while let Some((next, node)) = self.ends.pop() {
            if let Some(page) = self.page(run, first..next, node) {
                return Some((next, page));
            }
        }
        None
    }

    /// Notes where names may end that begin at `first`, the longest last. The run is read as far as a name may go on.
    fn walk(&mut self, run: &str, first: usize) {
        self.ends.clear();
        let (mut node, mut joiner) = (self.vocabulary.root(), Joiner::Loose);
        for at in first.. {
            if at == self.lexemes.len() {
                self.read_on(run);
            }
            let Some(&lexeme) = self.lexemes.get(at) else { return };
            if at > first {
                joiner = lexeme.joiner;
            }
            let Some(symbol) = self.symbol_at(run, at) else { return };
            #[cfg(test)]
            {
                self.steps += 1;
            }
            let Some(&next) = self.vocabulary.edges.get(&(node, joiner, symbol)) else { return };
            node = next;
            let Node { candidates, goes_on } = &self.vocabulary.nodes[node.index()];
            if lexeme.closes && !candidates.is_empty() {
                self.ends.push((at + 1, node));
            }
            if !goes_on {
                return;
            }
        }
    }

    /// The page that the lexemes at `range`, which led to `node`, name best: as declared rather than inflected, then by
    /// the name that asks most of case, then the first page.
    fn page(&mut self, run: &str, range: Range<usize>, node: NodeId) -> Option<PageId> {
        let vocabulary = self.vocabulary;
        let candidates = vocabulary.nodes[node.index()].candidates.iter();
        let fits = candidates.filter_map(|candidate| {
            let fit = self.fit(run, range.start, candidate)?;
            let cased = candidate.forms.iter().filter(|&&form| matches!(vocabulary.forms[form], Form::Cased(_)));
            Some((fit, Reverse(cased.count()), candidate.page))
        });
        fits.min().map(|(_, _, page)| page)
    }

    /// How the lexemes from `first` on are the words of `candidate`, if they are.
    fn fit(&mut self, run: &str, first: usize, candidate: &Candidate) -> Option<Fit> {
        let mut worst = Fit::Declared;
        for (lexeme, &form) in self.lexemes[first..].iter().zip(&candidate.forms) {
            let form = &self.vocabulary.forms[form];
            worst = worst.max(form.fit(lexeme.text(run), self.vocabulary.tongue, &mut self.spelling)?);
        }
        Some(worst)
    }
}

/// The form under which the trie knows `text`; `spelling` is scratch space.
fn stem<'t>(text: &'t str, tongue: Tongue, spelling: &'t mut String) -> &'t str {
    grammar::stem(spelling::caseless(text, spelling), tongue)
}
