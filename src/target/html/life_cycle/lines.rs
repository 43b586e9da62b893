//! How a title is divided into lines, without knowing the font.

use unicode_segmentation::UnicodeSegmentation;

/// How wide a line is at most: about 22 letters.
const LINE: usize = 200;

/// The lines of `title`, broken between words; only a word that is longer than a line is broken itself.
pub(super) fn wrap(title: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    // Spaces that do not break are not ASCII.
    for word in title.split_ascii_whitespace() {
        match lines.last_mut() {
            Some(line) if width(line) + width(" ") + width(word) <= LINE => {
                line.push(' ');
                line.push_str(word);
            }
            _ => cut(word, &mut lines),
        }
    }
    lines
}

/// Adds `word` to `lines`, as many as it needs.
fn cut(word: &str, lines: &mut Vec<String>) {
    let mut line = String::new();
    let mut left = LINE;
    for letter in word.graphemes(true) {
        let width = width(letter);
        if width > left && !line.is_empty() {
            lines.push(std::mem::take(&mut line));
            left = LINE;
        }
        line.push_str(letter);
        left = left.saturating_sub(width);
    }
    lines.push(line);
}

/// How wide `text` is in most fonts, and rather more than less.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(advance).sum()
}

/// How wide a letter is at the size of 17 pixels that the theme gives to titles.
fn advance(letter: char) -> usize {
    match letter {
        ' ' | '\u{a0}' | '\u{202f}' | 'i' | 'j' | 'l' | 'I' | 'f' | 'r' | 't' | '.' | ',' | ':' | ';' | '!' | '|'
        | '\'' | '’' | '(' | ')' | '[' | ']' | '/' | '-' => 7,
        'm' | 'w' | 'M' | 'W' | 'œ' | 'Œ' | '—' | '…' | '@' | '%' => 17,
        '\u{2e80}'.. => 18,
        _ if letter.is_uppercase() => 13,
        _ => 10,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop_assert, prop_assert_eq, proptest};

    use super::{LINE, width, wrap};

    #[test]
    fn titles_are_broken_between_words() {
        assert_eq!(wrap("Potentiel"), ["Potentiel"]);
        assert_eq!(wrap(" "), Vec::<String>::new());
        assert_eq!(
            wrap("La communauté se donne un nom, une charte et des rôles"),
            ["La communauté se", "donne un nom, une", "charte et des rôles"]
        );
    }

    #[test]
    fn spaces_that_do_not_break_stay_in_their_line() {
        assert_eq!(wrap("La communauté se donne un nom"), ["La communauté se", "donne un nom"]);
        assert_eq!(wrap("La communauté se\u{a0}donne un nom"), ["La communauté", "se\u{a0}donne un nom"]);
    }

    #[test]
    fn a_word_longer_than_a_line_is_cut_and_the_next_follows_it() {
        assert_eq!(wrap("Une anticonstitutionnellementvôtre fin"), ["Une", "anticonstitutionnellem", "entvôtre fin"]);
    }

    proptest! {
        #[test]
        fn no_line_is_too_wide_and_no_letter_is_lost(title in "[ \u{a0}a-zA-Zé—漢\u{301}]{0,120}") {
            let lines = wrap(&title);
            prop_assert!(lines.iter().all(|line| width(line) <= LINE && !line.is_empty()));
            prop_assert_eq!(lines.concat().replace(' ', ""), title.replace(' ', ""));
        }
    }
}
