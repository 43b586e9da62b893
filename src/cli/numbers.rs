//! Numbers and durations as each language writes them.

use std::time::Duration;

use crate::language::Tongue;
pub(super) use crate::language::{counted, number};

/// A duration in seconds: `0,12 s`.
pub(super) fn seconds(duration: Duration, tongue: Tongue) -> String {
    let seconds = duration.as_secs_f64();
    let text = if seconds < 10.0 { format!("{seconds:.2}") } else { format!("{seconds:.1}") };
    match tongue {
        Tongue::French => format!("{}\u{a0}s", text.replace('.', ",")),
        Tongue::English => format!("{text}\u{a0}s"),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{counted, number, seconds};
    use crate::language::Tongue::{English, French};

    #[test]
    fn thousands_are_set_apart() {
        for (count, french, english) in [
            (0, "0", "0"),
            (999, "999", "999"),
            (1234, "1234", "1,234"),
            (1_234_567, "1\u{202f}234\u{202f}567", "1,234,567"),
        ] {
            assert_eq!(number(count, French), french);
            assert_eq!(number(count, English), english);
        }
    }

    #[test]
    fn none_is_singular_in_french_and_plural_in_english() {
        let french = [0, 1, 2].map(|count| counted(count, French, ["erreur", "erreurs"]));
        let english = [0, 1, 2].map(|count| counted(count, English, ["error", "errors"]));
        assert_eq!(french, ["0\u{a0}erreur", "1\u{a0}erreur", "2\u{a0}erreurs"]);
        assert_eq!(english, ["0\u{a0}errors", "1\u{a0}error", "2\u{a0}errors"]);
    }

    #[test]
    fn a_duration_has_a_decimal_comma_in_french() {
        assert_eq!(seconds(Duration::from_millis(123), French), "0,12\u{a0}s");
        assert_eq!(seconds(Duration::from_millis(123), English), "0.12\u{a0}s");
        assert_eq!(seconds(Duration::from_millis(61_250), French), "61,2\u{a0}s");
    }
}
