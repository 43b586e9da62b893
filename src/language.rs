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
    /// Its own of the two, French first.
    pub(crate) fn pick<T>(self, [french, english]: [T; 2]) -> T {
        match self {
            Tongue::French => french,
            Tongue::English => english,
        }
    }

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Tongue::French => "fr",
            Tongue::English => "en",
        }
    }
}

/// `count` with its thousands apart: `12 345`, `12,345`.
pub(crate) fn number(count: usize, tongue: Tongue) -> String {
    let digits = count.to_string();
    let separator = match tongue {
        Tongue::French if digits.len() < 5 => return digits,
        Tongue::French => '\u{202f}',
        Tongue::English => ',',
    };
    let mut spaced = String::with_capacity(digits.len() + digits.len() / 3 * 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            spaced.push(separator);
        }
        spaced.push(digit);
    }
    spaced
}

/// `count` with the word for one or for many: in French none is singular, in English plural.
pub(crate) fn counted(count: usize, tongue: Tongue, forms: [&str; 2]) -> String {
    let [one, many] = forms;
    let single = match tongue {
        Tongue::French => count < 2,
        Tongue::English => count == 1,
    };
    format!("{}\u{a0}{}", number(count, tongue), if single { one } else { many })
}
