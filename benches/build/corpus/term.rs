//! The glossary: a page for each term, and how the prose of other pages mentions them.

use super::Variety;
use super::name::{DIFFERENT, Name, Shape};
use super::prose::Writer;

/// How many terms a guide can have; their synonyms take as many names again.
pub(crate) const MOST: u32 = DIFFERENT / 2;

/// One term in so many has a synonym.
const PER_SYNONYM: u32 = 3;

/// What tells the words of definitions and the choice of mentions from the prose of roles, all drawn from one seed.
const DEFINITIONS: u64 = 1 << 40;
const MENTIONS: u64 = 1 << 41;

/// The terms of a guide; where there are any, they alone are targets of automatic links.
#[derive(Clone, Copy)]
pub(crate) struct Names {
    /// Term pages, at most [`MOST`]; 0 leaves a guide without a glossary.
    pub(crate) terms: u32,
    /// So many terms, the first ones, are targets.
    pub(crate) targets: u32,
    /// So many terms, the first ones, are mentioned by the prose of roles.
    pub(crate) mentioned: u32,
    /// How they are called.
    pub(crate) shape: Shape,
    /// What becomes of mentions.
    pub(crate) automatic: Automatic,
}

/// Which mentions become links, as `guide.yaml` says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Automatic {
    /// The first mention of a target in each facet.
    FirstPerFacet,
    /// None.
    None,
}

impl Names {
    /// Whether there is a glossary.
    pub(super) fn any(self) -> bool {
        self.terms > 0
    }

    /// The lines of `guide.yaml` about them.
    pub(super) fn settings(self) -> &'static str {
        match self.automatic {
            _ if !self.any() => "",
            Automatic::FirstPerFacet => "links: {automatic: first-per-facet}\n",
            Automatic::None => "links: {automatic: none}\n",
        }
    }

    /// The front matter by which a role's page leaves it to terms to be targets; in a rich guide, both are.
    pub(super) fn of_role(self, variety: Variety) -> &'static str {
        if self.any() && variety == Variety::Plain { "autolink: false\n" } else { "" }
    }

    /// The front matter that names the term with this number and says whether it is a target.
    pub(super) fn of_term(self, number: u32) -> String {
        let synonym = synonym(self.shape, number).map(|name| format!("synonyms: [\"{}\"]\n", name.title()));
        format!("{}autolink: {}\n", synonym.unwrap_or_default(), number < self.targets)
    }

    /// The title of the term with this number.
    pub(super) fn title(self, number: u32) -> String {
        Name::new(self.shape, number).title()
    }
}

/// The path from `content/` of the term with this number.
pub(super) fn path(number: u32) -> String {
    format!("glossaire/terme-{number:06}.md")
}

/// A paragraph that mentions no term.
pub(super) fn definition(seed: u64, number: u32) -> String {
    let mut writer = Writer::new(seed ^ DEFINITIONS, number);
    format!("{} {}\n", writer.sentence(), writer.sentence())
}

/// The other name of the term with this number, where it has one.
fn synonym(shape: Shape, number: u32) -> Option<Name> {
    number.is_multiple_of(PER_SYNONYM).then(|| Name::new(shape, MOST + number))
}

/// Draws the mentions of one page.
pub(super) struct Mentions {
    names: Names,
    writer: Writer,
}

impl Mentions {
    /// Of the page with this number.
    pub(super) fn new(names: Names, seed: u64, page: u32) -> Mentions {
        Mentions { names, writer: Writer::new(seed ^ MENTIONS, page) }
    }

    /// The object of a sentence: a term in one of its forms, or `None` where none is to be mentioned.
    pub(super) fn draw(&mut self) -> Option<String> {
        let Names { mentioned, shape, .. } = self.names;
        if mentioned == 0 {
            return None;
        }
        let number = self.writer.below(mentioned);
        let (by_synonym, form) = (self.writer.below(2) == 0, self.writer.below(4));
        let name = synonym(shape, number).filter(|_| by_synonym).unwrap_or_else(|| Name::new(shape, number));
        Some(match form {
            0 => format!("les {}", name.plural()),
            1 if name.begins_with_vowel() => format!("l’{name}"),
            1 | 2 => format!("notre {name}"),
            _ => format!("chaque {name}"),
        })
    }
}
