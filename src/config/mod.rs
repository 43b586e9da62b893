//! `guide.yaml`: what users write (raw), read into a [`Config`] whose every value is valid.

mod accent;
mod base;
mod checks;
mod colour;
mod facet;
pub(crate) mod keys;
mod kind;
mod kinds;
mod read;

pub(crate) use checks::SEVERITIES;
pub(crate) use colour::{Colour, DARK_GROUND, LIGHT_GROUND, READABLE};
pub(crate) use facet::{CONTENT_ANCHOR, find as find_facet, slug};
pub(crate) use keys::{PAGE as PAGE_KEYS, TASK as TASK_KEYS};
pub(crate) use kind::{Builtin, Field, FieldType, Kind, KindId, Kinds};
pub(crate) use kinds::TYPES as FIELD_TYPES;
pub(crate) use kinds::find_kind;
pub(crate) use read::place;

use crate::diagnostic::{Code, Severity};
use crate::language::Language;
use crate::name::fold;
use crate::path::GuidePath;
use crate::yaml::Given;
use rustc_hash::FxHashMap;

/// The settings of a guide.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    /// What the guide says of itself.
    pub site: Site,
    /// Where it is published.
    pub base: Base,
    /// The facets, in their order.
    pub facets: Vec<FacetName>,
    /// The kinds of pages, built-in ones first.
    pub kinds: Kinds,
    /// Which words become links.
    #[allow(dead_code, reason = "checked here like every key; read once words link themselves")]
    pub automatic: Automatic,
    /// How much each fault weighs.
    pub checks: Checks,
    /// Appearance and interface.
    pub look: Look,
    /// The output folder as written: relative to the root. Default `public`.
    pub output: String,
}

/// What the guide says of itself.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// Its title. Default: the name of the root folder, or "Guide".
    pub title: String,
    /// One or two sentences about it.
    pub description: Option<String>,
    /// Its language.
    pub language: Language,
    /// The address of a page's source on the forge, with `{path}`.
    pub edit_url: Option<String>,
    /// The licence of its text.
    pub license: Option<String>,
    /// The address to write to.
    pub contact: Option<String>,
    /// The accessibility statement.
    pub accessibility: Option<Accessibility>,
}

/// The state that the accessibility statement declares. Always a human's verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Accessibility {
    /// `non`
    None,
    /// `partial`
    Partial,
    /// `total`
    Total,
}

/// Where the guide is published.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Base {
    /// Scheme, host and port without a final slash (`https://exemple.org`); `None` without `base_url`.
    pub origin: Option<String>,
    /// The base path; starts and ends with `/`.
    pub path: String,
    /// Whether the guide says it: where it does so in a way that cannot be read, no more need be said of it.
    pub given: Given,
}

/// A facet of the guide.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FacetName {
    /// Its id: a slug, the anchor of its section.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Both as names are compared.
    folded: [String; 2],
}

impl FacetName {
    /// A facet with this id and title.
    fn new(id: String, title: String) -> FacetName {
        FacetName { folded: [fold(&id), fold(&title)], id, title }
    }

    /// Whether a name, folded, is its id or its title.
    pub(crate) fn is_called(&self, folded: &str) -> bool {
        self.folded.iter().any(|own| own == folded)
    }
}

/// `links.automatic`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Automatic {
    /// The first mention in each facet.
    FirstPerFacet,
    /// The first mention in each page.
    FirstPerPage,
    /// Every mention.
    All,
    /// None.
    None,
}

/// The severities that a guide gives to faults.
#[derive(Clone, Debug, Default)]
pub(crate) struct Checks {
    chosen: FxHashMap<Code, Option<Severity>>,
}

/// Appearance and interface.
#[derive(Clone, Debug)]
pub(crate) struct Look {
    /// The theme's name.
    pub theme: String,
    /// The logo's file.
    pub logo: Option<GuidePath>,
    /// The accent colours, `#rrggbb`: on the light ground, and on the dark one where given.
    pub accent: Option<Accent>,
    /// Whether the guide has a search.
    #[allow(dead_code, reason = "checked here like every key; read once there is a search")]
    pub search: bool,
}

/// The accent colours, as `#rrggbb` in lower case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Accent {
    /// On the light ground.
    pub light: String,
    /// On the dark ground.
    pub dark: String,
}

impl Accessibility {
    /// What `accessibility` may be.
    pub(crate) const WORDS: [(&str, Accessibility); 3] =
        [("non", Accessibility::None), ("partial", Accessibility::Partial), ("total", Accessibility::Total)];
}

impl Automatic {
    /// What `links.automatic` may be.
    pub(crate) const WORDS: [(&str, Automatic); 4] = [
        ("first-per-facet", Automatic::FirstPerFacet),
        ("first-per-page", Automatic::FirstPerPage),
        ("all", Automatic::All),
        ("none", Automatic::None),
    ];
}

impl Checks {
    /// The severity of `code` in this guide; `None` where it is off.
    pub(crate) fn severity(&self, code: Code) -> Option<Severity> {
        self.chosen.get(&code).copied().unwrap_or(Some(code.severity()))
    }
}

#[cfg(test)]
mod tests;
