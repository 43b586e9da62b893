//! The language of the interface, before any guide is known.
#![expect(clippy::disallowed_methods, reason = "`cli` may ask the environment")]

use crate::language::Tongue;

/// French, unless the locale says English.
pub(super) fn tongue() -> Tongue {
    tongue_of(["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).ok()))
}

/// The first of the variables that is not empty decides.
fn tongue_of(values: [Option<String>; 3]) -> Tongue {
    let locale = values.into_iter().flatten().find(|value| !value.is_empty()).unwrap_or_default();
    let language = locale.split(['_', '-', '.', '@']).next().unwrap_or_default();
    if language.eq_ignore_ascii_case("en") { Tongue::English } else { Tongue::French }
}

#[cfg(test)]
mod tests {
    use super::tongue_of;
    use crate::language::Tongue;

    #[test]
    fn only_an_english_locale_makes_the_interface_english() {
        for (values, tongue) in [
            (["", "", ""], Tongue::French),
            (["", "", "en_GB.UTF-8"], Tongue::English),
            (["", "", "en"], Tongue::English),
            (["", "fr_BE.UTF-8", "en_US.UTF-8"], Tongue::French),
            (["en-CA", "fr_CA.UTF-8", ""], Tongue::English),
            (["C.UTF-8", "en_US", "en_US"], Tongue::French),
            (["", "", "eno_XX"], Tongue::French),
        ] {
            assert_eq!(tongue_of(values.map(|value| Some(value.to_owned()))), tongue, "{values:?}");
        }
        assert_eq!(tongue_of([None, None, Some("en_US".to_owned())]), Tongue::English);
    }
}
