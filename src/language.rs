//! The languages a guide can be written in, and the two the interface speaks.

/// The language and region of a guide: decides typography, sorting and interface.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Language {
    /// French of France (`fr`).
    French,
    /// French of Canada (`fr-CA`).
    FrenchCanada,
    /// French of Switzerland (`fr-CH`).
    FrenchSwitzerland,
    /// French of Belgium (`fr-BE`).
    FrenchBelgium,
    /// French of Luxembourg (`fr-LU`).
    FrenchLuxembourg,
    /// English (`en`).
    English,
}

/// The language of the interface and of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tongue {
    /// French.
    French,
    /// English.
    English,
}

impl Language {
    /// Every language that a guide can have, in the order in which they are documented.
    pub(crate) const ALL: [Language; 6] = [
        Language::French,
        Language::FrenchCanada,
        Language::FrenchSwitzerland,
        Language::FrenchBelgium,
        Language::FrenchLuxembourg,
        Language::English,
    ];

    /// The language whose BCP 47 tag is `tag`, in any case.
    pub(crate) fn from_tag(tag: &str) -> Option<Language> {
        Language::ALL.into_iter().find(|language| language.tag().eq_ignore_ascii_case(tag))
    }

    /// The language whose typography a text in the language `tag` has: for one that is not French, that of English,
    /// which changes nothing.
    pub(crate) fn of_tag(tag: &str) -> Language {
        let primary = tag.split('-').next().unwrap_or(tag);
        let french = primary.eq_ignore_ascii_case("fr").then_some(Language::French);
        Language::from_tag(tag).or(french).unwrap_or(Language::English)
    }

    /// The BCP 47 tag.
    pub(crate) fn tag(self) -> &'static str {
        match self {
            Language::French => "fr",
            Language::FrenchCanada => "fr-CA",
            Language::FrenchSwitzerland => "fr-CH",
            Language::FrenchBelgium => "fr-BE",
            Language::FrenchLuxembourg => "fr-LU",
            Language::English => "en",
        }
    }

    /// The language of the interface for a guide in this language.
    pub(crate) fn tongue(self) -> Tongue {
        match self {
            Language::English => Tongue::English,
            _ => Tongue::French,
        }
    }
}

impl Tongue {
    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Tongue::French => "fr",
            Tongue::English => "en",
        }
    }
}
