//! Names of terms: two or three words in French spelling, as many as wanted, and all of one length.

use std::fmt::{self, Display, Formatter};

/// How names begin.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Shape {
    /// Each with a word of its own.
    Varied,
    /// All with the word "communauté".
    Shared,
}

const CONSONANTS: &[u8; 15] = b"bcdfgjlmnprstvz";
const VOWELS: &[u8; 5] = b"aeiou";

/// How many syllables there are, each of a consonant and a vowel.
const SYLLABLES: u32 = 75;

/// How many names a shape can tell apart: each has three syllables of its own.
pub(super) const DIFFERENT: u32 = SYLLABLES * SYLLABLES * SYLLABLES;

/// Makes neighbours differ in every syllable; without a factor in common with [`DIFFERENT`], so that none meet.
const STRIDE: u64 = 200_003;

/// As long as one another, in letters and in bytes, so that names are; all take a plural in -s.
const ADJECTIVES: [&str; 8] =
    ["partagée", "acceptée", "discutée", "formulée", "présente", "légitime", "concrète", "complète"];

/// Each shorter than an adjective by the length of "de ".
const COMPLEMENTS: [&str; 8] = ["santé", "débat", "règle", "récit", "thème", "série", "congé", "degré"];

/// A name of a term, in lower case and in the singular.
pub(super) struct Name {
    noun: String,
    second: Second,
}

/// What follows the noun.
enum Second {
    /// An adjective, which takes the noun's plural.
    Adjective(String),
    /// What stands after "de", which does not.
    Complement(String),
}

impl Name {
    /// The name with this number, which is less than [`DIFFERENT`]; no two in a shape are alike.
    pub(super) fn new(shape: Shape, number: u32) -> Name {
        match shape {
            Shape::Varied => varied(number),
            Shape::Shared => shared(number),
        }
    }

    /// The name with a capital.
    pub(super) fn title(&self) -> String {
        let mut title = self.to_string();
        if let Some(first) = title.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        title
    }

    /// The name of several.
    pub(super) fn plural(&self) -> String {
        let Name { noun, second } = self;
        match second {
            Second::Adjective(adjective) => format!("{noun}s {adjective}s"),
            Second::Complement(complement) => format!("{noun}s de {complement}"),
        }
    }

    /// Whether an article is elided before it.
    pub(super) fn begins_with_vowel(&self) -> bool {
        self.noun.bytes().next().is_some_and(|first| VOWELS.contains(&first))
    }
}

impl Display for Name {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let Name { noun, second } = self;
        match second {
            Second::Adjective(adjective) => write!(formatter, "{noun} {adjective}"),
            Second::Complement(complement) => write!(formatter, "{noun} de {complement}"),
        }
    }
}

/// A name whose noun no other has; every second noun begins with a vowel.
fn varied(number: u32) -> Name {
    let noun = if number.is_multiple_of(2) {
        coined(number, |consonant, vowel| [consonant, vowel]) + "tion"
    } else {
        coined(number, |consonant, vowel| [vowel, consonant]) + "ance"
    };
    let choice = (number / 4 % 8) as usize;
    let second = if number % 4 < 2 {
        Second::Adjective(ADJECTIVES[choice].into())
    } else {
        Second::Complement(COMPLEMENTS[choice].into())
    };
    Name { noun, second }
}

/// A name with the noun of all, and a second word that no other has.
fn shared(number: u32) -> Name {
    let stem = coined(number, |consonant, vowel| [consonant, vowel]);
    let second =
        if number.is_multiple_of(2) { Second::Adjective(stem + "tionnel") } else { Second::Complement(stem + "tion") };
    Name { noun: "communauté".into(), second }
}

/// Three syllables that no other `number` gets, each with its letters in the order of `syllable`.
fn coined(number: u32, syllable: fn(char, char) -> [char; 2]) -> String {
    let mut rest = u64::from(number) * STRIDE % u64::from(DIFFERENT);
    let mut stem = String::new();
    for _ in 0..3 {
        let digit = (rest % u64::from(SYLLABLES)) as usize;
        stem.extend(syllable(CONSONANTS[digit % 15].into(), VOWELS[digit / 15].into()));
        rest /= u64::from(SYLLABLES);
    }
    stem
}
