//! Which words stand in a text, by the form under which names know them: what a name does not begin with cannot be it.

use std::hash::{Hash, Hasher};

use rustc_hash::FxHasher;

use super::lexeme::{Kind, Lexeme, lex};
use super::stem;
use crate::language::Tongue;

/// A word's stem, or a mark, by a hash: two that differ may share it.
pub(in crate::guide) type Stem = u32;

/// Gathers the stems of one run after another.
#[derive(Debug)]
pub(in crate::guide) struct Stems {
    tongue: Tongue,
    lexemes: Vec<Lexeme>,
    spelling: String,
    found: Vec<Stem>,
}

impl Stems {
    /// None yet, of a guide in `tongue`.
    pub(in crate::guide) fn new(tongue: Tongue) -> Stems {
        Stems { tongue, lexemes: Vec::new(), spelling: String::new(), found: Vec::new() }
    }

    /// Adds those of `run`.
    pub(in crate::guide) fn add(&mut self, run: &str) {
        lex(run, &mut self.lexemes);
        for lexeme in self.lexemes.iter().filter(|lexeme| lexeme.opens) {
            self.found.push(hash(stem(lexeme.text(run), self.tongue, &mut self.spelling)));
        }
    }

    /// Each once, sorted.
    pub(in crate::guide) fn finish(mut self) -> Box<[Stem]> {
        self.found.sort_unstable();
        self.found.dedup();
        self.found.into()
    }
}

/// What a text must have for `name` to stand in it; `None` for what is no name.
pub(in crate::guide) fn first_stem(name: &str, tongue: Tongue) -> Option<Stem> {
    let mut lexemes = Vec::new();
    lex(name, &mut lexemes);
    let is_name = lexemes.iter().any(|lexeme| lexeme.kind != Kind::Mark);
    let first = lexemes.first().filter(|_| is_name)?;
    Some(hash(stem(first.text(name), tongue, &mut String::new())))
}

fn hash(stem: &str) -> Stem {
    let mut hasher = FxHasher::default();
    stem.hash(&mut hasher);
    let hash = hasher.finish();
    u32::try_from(hash >> 32).expect("the upper half of 64 bits are 32")
}
