//! What views say in the words of the interface and of the configuration, set once.

use super::lists::List;
use crate::config::Config;
use crate::markup::typography;
use crate::theme::Theme;

/// The words of the interface that views hold.
pub(super) struct Words {
    pub(super) home: String,
    pub(super) life_cycle: String,
    pub(super) glossary: String,
    pub(super) questions: String,
    pub(super) who_does_what: String,
    pub(super) more: String,
    backlinks: String,
    in_theme: String,
    for_role: String,
    related: String,
    /// What kinds of pages are called.
    pub(super) kinds: Vec<KindWords>,
    /// The titles of the facets.
    pub(super) facets: Vec<String>,
}

/// What pages of a kind are called, one and several.
pub(super) struct KindWords {
    pub(super) label: String,
    pub(super) plural: String,
}

impl Words {
    pub(super) fn of(theme: &Theme, config: &Config) -> Words {
        let word = |key: &str| theme.word(key).to_owned();
        let set = |text: &str| typography::apply(config.site.language, text).into_owned();
        let kinds =
            config.kinds.iter().map(|(_, kind)| KindWords { label: set(&kind.label), plural: set(&kind.plural) });
        Words {
            home: word("home"),
            life_cycle: word("life_cycle"),
            glossary: word("glossary"),
            questions: word("questions"),
            who_does_what: word("who_does_what"),
            more: word("more"),
            backlinks: word("backlinks"),
            in_theme: word("in_theme"),
            for_role: word("for_role"),
            related: word("related"),
            kinds: kinds.collect(),
            facets: config.facets.iter().map(|facet| set(&facet.title)).collect(),
        }
    }

    /// The title of a list.
    pub(super) fn of_list(&self, list: List) -> &str {
        match list {
            List::Backlinks => &self.backlinks,
            List::Theme => &self.in_theme,
            List::Role => &self.for_role,
            List::Related => &self.related,
        }
    }
}
