//! Names as patterns: what the readers take for the same name, a regular expression matches.
//!
//! Case, accents, and hyphens, underscores or spaces between words do not count. Readers overlook separators inside
//! of words, too (`ti-tre`); patterns do not, as nobody writes that on purpose.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::name::fold;

/// What may stand between two words of a name.
const BETWEEN: &str = r"[\s_-]*";

/// What may follow a letter that is written as a letter and its accent.
const ACCENT: &str = r"[\u0300-\u036f]*";

/// The letters of western Europe that have an accent, in both cases, by what they are without it.
static ACCENTED: LazyLock<FxHashMap<char, String>> = LazyLock::new(|| {
    let mut accented: FxHashMap<char, String> = FxHashMap::default();
    for c in '\u{c0}'..='\u{ff}' {
        let mut folded = fold(&c.to_string());
        if let Some(bare) = folded.pop().filter(|bare| folded.is_empty() && *bare != c && bare.is_ascii_lowercase()) {
            accented.entry(bare).or_default().push(c);
        }
    }
    accented
});

/// Which letters of a name may have an accent.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Accents {
    /// Any that can have one: names that authors give, who may write `secretaire` for `secrétaire`, and the reverse.
    Anywhere,
    /// Those that have one: names that are known as they are written.
    Written,
}

/// A pattern for the whole of a text that is one of `names`.
pub(super) fn pattern<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    format!("^{}$", alternatives(names, Accents::Anywhere))
}

/// A pattern for the whole of a text that is one of `names`, each of which is known as it is written.
pub(super) fn known<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    format!("^{}$", alternatives(names, Accents::Written))
}

/// The same where the text is not spelled `spelled`.
pub(super) fn pattern_but<'n>(spelled: &str, names: impl IntoIterator<Item = &'n str>, accents: Accents) -> String {
    format!("^(?!{}$){}$", escaped(spelled), alternatives(names, accents))
}

fn alternatives<'n>(names: impl IntoIterator<Item = &'n str>, accents: Accents) -> String {
    let mut all: Vec<String> = Vec::new();
    for name in names.into_iter().map(|name| any_spelling(name, accents)) {
        if !all.contains(&name) {
            all.push(name);
        }
    }
    format!(r"\s*(?:{})\s*", all.join("|"))
}

fn any_spelling(name: &str, accents: Accents) -> String {
    let letters: Vec<Letter> = letters(name, accents);
    let mut pattern = String::new();
    let mut rest = letters.as_slice();
    while let Some((first, after)) = rest.split_first() {
        rest = after;
        match (first.c, after.first().map(|next| next.c)) {
            ('o', Some('e')) => {
                pattern.push_str(&format!("(?:[œŒ]|{}{})", first.pattern(), after[0].pattern()));
                rest = &after[1..];
            }
            ('a', Some('e')) => {
                pattern.push_str(&format!("(?:[æÆ]|{}{})", first.pattern(), after[0].pattern()));
                rest = &after[1..];
            }
            ('\'' | '’' | 'ʼ', _) => pattern.push_str("['’ʼ]"),
            (c, _) if is_separator(c) => {
                if !pattern.ends_with(BETWEEN) {
                    pattern.push_str(BETWEEN);
                }
            }
            _ => pattern.push_str(&first.pattern()),
        }
    }
    pattern
}

/// A letter or sign in lower case, without its accent.
struct Letter {
    c: char,
    /// Whether it may have an accent.
    accented: bool,
}

fn letters(name: &str, accents: Accents) -> Vec<Letter> {
    let mut letters: Vec<Letter> = Vec::new();
    for c in name.nfkd().flat_map(char::to_lowercase) {
        match c {
            c if is_combining_mark(c) => letters.iter_mut().rev().take(1).for_each(|letter| letter.accented = true),
            'œ' | 'æ' => {
                letters.extend([if c == 'œ' { 'o' } else { 'a' }, 'e'].map(|c| Letter { c, accented: true }))
            }
            c => letters.push(Letter { c, accented: accents == Accents::Anywhere }),
        }
    }
    letters
}

fn is_separator(c: char) -> bool {
    c.is_whitespace() || matches!(c, '-' | '_' | '\u{2010}'..='\u{2015}')
}

impl Letter {
    /// It in any case, with any accent that western Europe gives it where it may have one.
    fn pattern(&self) -> String {
        let c = self.c;
        let upper: Vec<char> = c.to_uppercase().collect();
        if !c.is_alphabetic() || upper.len() != 1 || upper[0] == c {
            return escaped(&c.to_string());
        }
        match ACCENTED.get(&c) {
            Some(accented) if self.accented => format!("[{c}{}{accented}]{ACCENT}", upper[0]),
            _ => format!("[{c}{}]", upper[0]),
        }
    }
}

/// `text` as a pattern that matches it alone.
fn escaped(text: &str) -> String {
    let mut pattern = String::new();
    for c in text.chars() {
        if r"^$\.*+?()[]{}|/".contains(c) {
            pattern.push('\\');
        }
        pattern.push(c);
    }
    pattern
}

/// A pattern for `word` in any case, for schemes of addresses.
pub(super) fn any_case(word: &str) -> String {
    word.chars().map(|c| format!("[{}{}]", c.to_ascii_lowercase(), c.to_ascii_uppercase())).collect()
}
