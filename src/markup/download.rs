//! What readers are told of a file before they take it: of what type it is, and how heavy.

use std::borrow::Cow;

use crate::guide::{Download, Guide, Link};
use crate::language::Tongue;

/// What stands after the `words` of a link, where that leads to a file and its author does not say so already.
pub(super) fn of<'t>(
    guide: &Guide,
    link: &Link,
    words: impl FnOnce() -> Cow<'t, str>,
    tongue: Tongue,
) -> Option<String> {
    let Link::Asset(file) = link else { return None };
    note(guide.files.downloads.get(file)?, &words(), tongue)
}

/// What stands after the words of a link to a file, with the space before it; nothing where its author says so already.
fn note(download: &Download, words: &str, tongue: Tongue) -> Option<String> {
    let Download { kind, size } = download;
    let weight = weight(*size, tongue);
    if tells_size(words) {
        return None;
    }
    Some(if tells_type(words, kind) { format!(" ({weight})") } else { format!(" ({kind}, {weight})") })
}

/// Whether `words` name the type of a file.
fn tells_type(words: &str, kind: &str) -> bool {
    let is_apart = |c: char| !c.is_alphanumeric();
    words.split(is_apart).any(|word| word.eq_ignore_ascii_case(kind))
}

/// Whether `words` have a size in brackets.
fn tells_size(words: &str) -> bool {
    words.split('(').skip(1).filter_map(|rest| rest.split_once(')')).any(|(bracketed, _)| is_size(bracketed))
}

/// The units of sizes in both languages, in small letters.
const UNITS: [&str; 13] = ["o", "ko", "mo", "go", "b", "kb", "mb", "gb", "kio", "mio", "gio", "octets", "bytes"];

/// Whether `text` holds a number with a unit of sizes after it.
fn is_size(text: &str) -> bool {
    let lower = text.to_lowercase();
    let mut is_number = false;
    for word in lower.split(|c: char| c.is_whitespace() || c == '/').filter(|word| !word.is_empty()) {
        let unit = word.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
        let has_digits = unit.len() < word.len();
        let unit = unit.trim_end_matches(|c: char| !c.is_alphanumeric());
        if (has_digits || is_number) && UNITS.contains(&unit) {
            return true;
        }
        is_number = has_digits && unit.is_empty();
    }
    false
}

/// A number of bytes as people say it: three digits at most, with a no-break space before the unit.
fn weight(bytes: u64, tongue: Tongue) -> String {
    let units = match tongue {
        Tongue::French => ["o", "Ko", "Mo", "Go"],
        Tongue::English => ["B", "kB", "MB", "GB"],
    };
    let (mut unit, mut divisor) = (0, 1_u64);
    // What would be rounded to a thousand is one of the next unit.
    while unit + 1 < units.len() && bytes.saturating_mul(2) >= divisor.saturating_mul(1999) {
        unit += 1;
        divisor *= 1000;
    }
    let tenths = bytes.saturating_mul(10).saturating_add(divisor / 2) / divisor;
    // Of bytes and thousands nobody needs parts.
    let number = if unit < 2 || tenths >= 100 || tenths.is_multiple_of(10) {
        (bytes.saturating_add(divisor / 2) / divisor).to_string()
    } else {
        let mark = if tongue == Tongue::French { ',' } else { '.' };
        format!("{}{mark}{}", tenths / 10, tenths % 10)
    };
    format!("{number}\u{a0}{}", units[unit])
}

#[cfg(test)]
mod tests {
    use super::{note, weight};
    use crate::guide::Download;
    use crate::language::Tongue;

    #[test]
    fn sizes_are_told_as_people_say_them() {
        for (bytes, french, english) in [
            (0, "0\u{a0}o", "0\u{a0}B"),
            (999, "999\u{a0}o", "999\u{a0}B"),
            (1000, "1\u{a0}Ko", "1\u{a0}kB"),
            (340_400, "340\u{a0}Ko", "340\u{a0}kB"),
            (999_499, "999\u{a0}Ko", "999\u{a0}kB"),
            (999_500, "1\u{a0}Mo", "1\u{a0}MB"),
            (1_440_000, "1,4\u{a0}Mo", "1.4\u{a0}MB"),
            (9_960_000, "10\u{a0}Mo", "10\u{a0}MB"),
            (23_600_000, "24\u{a0}Mo", "24\u{a0}MB"),
            (2_500_000_000, "2,5\u{a0}Go", "2.5\u{a0}GB"),
            (u64::MAX, "18446744073\u{a0}Go", "18446744073\u{a0}GB"),
        ] {
            assert_eq!(weight(bytes, Tongue::French), french);
            assert_eq!(weight(bytes, Tongue::English), english);
        }
    }

    #[test]
    fn what_the_author_says_is_not_said_again() {
        let download = Download { kind: "PDF".to_owned(), size: 340_000 };
        let told = |words: &str| note(&download, words, Tongue::French);
        assert_eq!(told("la grille").as_deref(), Some(" (PDF, 340\u{a0}Ko)"));
        assert_eq!(told("le pdfisme").as_deref(), Some(" (PDF, 340\u{a0}Ko)"));
        assert_eq!(told("la grille en PDF").as_deref(), Some(" (340\u{a0}Ko)"));
        assert_eq!(told("grille.pdf").as_deref(), Some(" (340\u{a0}Ko)"));
        assert_eq!(told("la grille (2 pages)").as_deref(), Some(" (PDF, 340\u{a0}Ko)"));
        assert_eq!(told("la grille (340 pages, ko)").as_deref(), Some(" (PDF, 340\u{a0}Ko)"));
        for words in ["la grille (340 Ko)", "la grille (document, 1,2\u{a0}Mo)", "(3mb)"] {
            assert_eq!(told(words), None, "{words}");
        }
    }
}
