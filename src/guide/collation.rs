//! The order of titles in a language.

use icu_collator::options::{AlternateHandling, CollatorOptions};
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;

use crate::language::Language;

/// Sorts as a dictionary of its language does, numbers by value.
pub(crate) struct Collation {
    collator: CollatorBorrowed<'static>,
}

impl Collation {
    /// The order of `language`.
    pub(crate) fn new(language: Language) -> Collation {
        let locale: Locale = language.tag().parse().expect("the tags of `Language` are well formed");
        let mut preferences = CollatorPreferences::from(&locale);
        preferences.numeric_ordering = Some(CollationNumericOrdering::True);
        let mut options = CollatorOptions::default();
        options.alternate_handling = Some(AlternateHandling::NonIgnorable);
        let collator = Collator::try_new(preferences, options).expect("the library has data for every locale");
        Collation { collator }
    }

    /// Bytes that sort as `text` does.
    pub(crate) fn key(&self, text: &str) -> Vec<u8> {
        let mut key = Vec::with_capacity(text.len() * 2);
        let Ok(()) = self.collator.write_sort_key_to(text, &mut key);
        key
    }
}

#[cfg(test)]
mod tests {
    use super::Collation;
    use crate::language::Language;

    #[test]
    fn accents_case_and_numbers_sort_as_readers_expect() {
        let collation = Collation::new(Language::French);
        let mut titles = ["Zone", "Étape 10", "étape 2", "Etude", "Écho", "avant"];
        titles.sort_by_key(|title| collation.key(title));
        assert_eq!(titles, ["avant", "Écho", "étape 2", "Étape 10", "Etude", "Zone"]);
    }
}
