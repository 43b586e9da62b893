//! A word as a name declares it, and which words of a text are that word.

use super::grammar::{is_fixed, is_plural};
use super::spelling::{caseless, exact, is_cased};
use crate::language::Tongue;

/// A word, or a mark of punctuation, of a declared name.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Form {
    /// One with two capitals or more: in this case only, a plural -s aside.
    Cased(Box<str>),
    /// An article or a preposition: in any case, but never inflected.
    Fixed(Box<str>),
    /// Any other: in any case, singular or plural.
    Regular(Box<str>),
}

/// How a word of a text is one of a name, the better first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Fit {
    /// As declared.
    Declared,
    /// Its plural where the singular is declared, or its singular where the plural is.
    Inflected,
}

impl Form {
    /// The form that a name declares with `word`.
    pub(super) fn new(word: &str, tongue: Tongue) -> Form {
        let scratch = &mut String::new();
        if is_cased(word) {
            return Form::Cased(exact(word, scratch).into());
        }
        let word = caseless(word, scratch);
        if is_fixed(word, tongue) { Form::Fixed(word.into()) } else { Form::Regular(word.into()) }
    }

    /// How `word` of a text is this word, if it is.
    pub(super) fn fit(&self, word: &str, tongue: Tongue, scratch: &mut String) -> Option<Fit> {
        let (Form::Cased(declared) | Form::Fixed(declared) | Form::Regular(declared)) = self;
        if **declared == *word {
            return Some(Fit::Declared);
        }
        match self {
            Form::Cased(declared) => {
                let word = exact(word, scratch);
                fit(declared, word, |plural, singular| plural.strip_suffix('s') == Some(singular))
            }
            Form::Fixed(declared) => fit(declared, caseless(word, scratch), |_, _| false),
            Form::Regular(declared) => {
                let word = caseless(word, scratch);
                // The preposition `sous` is not the plural of `sou`.
                fit(declared, word, |plural, singular| is_plural(plural, singular, tongue) && !is_fixed(word, tongue))
            }
        }
    }
}

/// How `word` is the `declared` one, where `is_plural` tells whether its first argument is a plural of its second.
fn fit(declared: &str, word: &str, is_plural: impl Fn(&str, &str) -> bool) -> Option<Fit> {
    if word == declared {
        return Some(Fit::Declared);
    }
    (is_plural(word, declared) || is_plural(declared, word)).then_some(Fit::Inflected)
}
