//! Code blocks coloured by syntect, as classes that the theme gives colours to.

use std::sync::LazyLock;

use syntect::html::{ClassStyle, ClassedHTMLGenerator};
use syntect::parsing::SyntaxSet;
use syntect::util::LinesWithEndings;

use crate::memo::Memo;
use crate::put;

/// Loaded when the first block of a known language is met.
static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Over this many bytes a block is shown without colours: colouring costs far more than reading.
const LONGEST: usize = 64 * 1024;

/// The same for a line, in bytes: what colouring it costs grows with the square of its length.
const LONGEST_LINE: usize = 2048;

/// Writes `code` as HTML, coloured where `language` is known.
pub(crate) fn write(out: &mut String, language: &str, code: &str, memo: &Memo) {
    if language.is_empty() || code.len() > LONGEST || code.lines().any(|line| line.len() > LONGEST_LINE) {
        // Quotation marks are spelled out too, as they are where it is coloured.
        return put::attribute(out, code);
    }
    out.push_str(&memo.highlighted(language, code, || {
        coloured(language, code).unwrap_or_else(|| {
            let mut html = String::with_capacity(code.len());
            put::attribute(&mut html, code);
            html
        })
    }));
}

/// `None` for a language that is not known, and for code that its grammar stumbles over.
fn coloured(language: &str, code: &str) -> Option<String> {
    let syntax = SYNTAXES.find_syntax_by_token(language)?;
    let style = ClassStyle::SpacedPrefixed { prefix: "s-" };
    let mut generator = ClassedHTMLGenerator::new_with_class_style(syntax, &SYNTAXES, style);
    for line in LinesWithEndings::from(code) {
        generator.parse_html_for_line_which_includes_newline(line).ok()?;
    }
    Some(generator.finalize())
}

#[cfg(test)]
mod tests {
    use super::{LONGEST_LINE, write};
    use crate::memo::Memo;

    fn written(code: &str) -> String {
        let mut html = String::new();
        write(&mut html, "sh", code, &Memo::default());
        html
    }

    #[test]
    fn a_line_that_is_very_long_takes_the_colours_away() {
        assert!(written("echo a\n").contains("<span"));
        let long = "a".repeat(LONGEST_LINE + 1);
        assert_eq!(written(&format!("echo <\n{long}\n")), format!("echo &lt;\n{long}\n"));
        assert!(written(&long[1..]).contains("<span"));
    }
}
