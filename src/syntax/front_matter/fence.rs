//! Where a front matter begins and ends.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, say};
use crate::source::{FileId, Span};

/// The line that opens a front matter.
pub(super) const MARK: &str = "---";

/// What the first lines of a page are.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Fence {
    /// Body: there is no front matter.
    None,
    /// A front matter.
    Closed {
        /// What stands between its marks.
        yaml: Range<usize>,
        /// Where the body begins.
        body: usize,
    },
    /// A front matter whose end is missing.
    Unclosed {
        /// Where the body probably begins: at the first blank line.
        body: usize,
    },
}

/// Finds the front matter of `text`: it opens on the very first line.
///
/// A page may also begin with a thematic break, which is written the same. It is one where no second mark follows and
/// what follows is no key, or where a blank line follows and then no key.
pub(super) fn find(text: &str) -> Fence {
    let Some(first) = text.split_inclusive('\n').next().filter(|line| line.ends_with('\n') && is_mark(line)) else {
        return Fence::None;
    };
    let start = first.len();
    let rest = &text[start..];
    let keyed = rest.lines().find(|line| !line.trim().is_empty()).is_some_and(is_keyed);
    let airy = rest.lines().next().is_some_and(|line| line.trim().is_empty());
    let mut at = start;
    for line in rest.split_inclusive('\n') {
        if is_mark(line) || (line.starts_with("...") && line.trim_end() == "...") {
            let broken = airy && !keyed && !rest[..at - start].trim().is_empty();
            return if broken { Fence::None } else { Fence::Closed { yaml: start..at, body: at + line.len() } };
        }
        at += line.len();
    }
    if !keyed {
        return Fence::None;
    }
    let blank = rest.find("\n\n").map_or(text.len(), |at| start + at + 1);
    Fence::Unclosed { body: blank }
}

/// The fault of a front matter without an end.
pub(super) fn unclosed(file: FileId) -> Diagnostic {
    Diagnostic::new(
        Code::UnclosedFrontMatter,
        Span::new(file, 0..MARK.len()),
        say!("l’en-tête ouvert ici n’est jamais fermé", "the front matter opened here never closes"),
    )
    .help(say!("écrivez une ligne `---` après sa dernière clé", "write a line `---` after its last key"))
}

fn is_mark(line: &str) -> bool {
    line.starts_with(MARK) && line.trim_end() == MARK
}

/// Whether a line looks like `key: value`, or like the comment before one.
fn is_keyed(line: &str) -> bool {
    let key = line.split_once(':').filter(|(_, value)| value.is_empty() || value.starts_with([' ', '\t']));
    key.is_some_and(|(key, _)| !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')))
}

#[cfg(test)]
mod tests {
    use super::{Fence, find};

    #[test]
    fn a_front_matter_stands_between_marks_on_the_first_line() {
        for (text, yaml, body) in [
            ("---\na: 1\n---\nb", "a: 1\n", "b"),
            ("---  \na: 1\n---\t\nb", "a: 1\n", "b"),
            ("---\na: 1\n...\n---\nb", "a: 1\n", "---\nb"),
            ("---\n---\n", "", ""),
            ("---\n\n---\nb", "\n", "b"),
            ("---\n\na: 1\n---", "\na: 1\n", ""),
            ("---\ntexte\n---\n", "texte\n", ""),
        ] {
            let Fence::Closed { yaml: range, body: at } = find(text) else { panic!("{text:?}") };
            assert_eq!((&text[range], &text[at..]), (yaml, body), "{text:?}");
        }
    }

    #[test]
    fn other_first_lines_are_body() {
        for text in [
            "",
            "---",
            "texte",
            "\n---\na: 1\n---\n",
            "----\na: 1\n---\n",
            " ---\na: 1\n---\n",
            "---\nUn texte: voilà\n",
            "---\n\ntexte\n\n---\n",
        ] {
            assert_eq!(find(text), Fence::None, "{text:?}");
        }
    }

    #[test]
    fn keys_without_an_end_are_a_front_matter_up_to_the_first_blank_line() {
        assert_eq!(find("---\ntitre: a\n"), Fence::Unclosed { body: 13 });
        assert_eq!(find("---\ntitre: a\n\n# b\n"), Fence::Unclosed { body: 13 });
    }
}
