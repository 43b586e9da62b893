//! The interface's words: the theme's own over the built-in ones.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Layers;
use super::embedded::embedded_text;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::language::Tongue;
use crate::source::{FileId, Span};
use crate::yaml::{self, Value};

/// Words by their key.
pub(super) type Words = BTreeMap<String, String>;

/// The words of the interface in `tongue`.
pub(super) fn read(layers: &Layers<'_>, tongue: Tongue) -> (Words, Vec<Diagnostic>) {
    let name = format!("{}.yaml", tongue.tag());
    let mut words = built_in(tongue).clone();
    let mut found = Vec::new();
    for (_, file) in layers.own("i18n").filter(|(own, _)| *own == name) {
        match parse(layers.sources.text(file), file) {
            Ok((own, faults)) => {
                words.extend(own);
                found.extend(faults);
            }
            Err(fault) => found.push(*fault),
        }
    }
    (words, found)
}

/// The built-in words. They are read once, however often a guide is built.
pub(super) fn built_in(tongue: Tongue) -> &'static Words {
    static FRENCH: LazyLock<Words> = LazyLock::new(|| embedded_words(Tongue::French));
    static ENGLISH: LazyLock<Words> = LazyLock::new(|| embedded_words(Tongue::English));
    match tongue {
        Tongue::French => &FRENCH,
        Tongue::English => &ENGLISH,
    }
}

fn embedded_words(tongue: Tongue) -> Words {
    embedded_text("i18n")
        .filter(|(name, _)| name.strip_suffix(".yaml") == Some(tongue.tag()))
        .filter_map(|(_, text)| parse(text, FileId::nth(0)).ok())
        .flat_map(|(words, _)| words)
        .collect()
}

/// A file's words, and the keys without one.
fn parse(text: &str, file: FileId) -> Result<(Words, Vec<Diagnostic>), Box<Diagnostic>> {
    let Some(root) = yaml::parse_text(text, (file, 0))? else { return Ok((Words::new(), Vec::new())) };
    let Value::Map(entries) = &root.value else { return Err(Box::new(not_a_word(root.span))) };
    let mut words = Words::new();
    let mut found = Vec::new();
    for entry in entries {
        match (entry.key.as_text(), &entry.value.value) {
            (Some(key), Value::Plain(word) | Value::Quoted(word)) => {
                drop(words.insert(key.to_owned(), word.to_string()))
            }
            _ => found.push(not_a_word(entry.value.span)),
        }
    }
    Ok((words, found))
}

fn not_a_word(place: Span) -> Diagnostic {
    let message = say!("ceci n’est pas un texte de l’interface", "this is no text of the interface");
    Diagnostic::new(Code::WrongType, place, message).help(say!(
        "écrivez sur chaque ligne une clé, `: `, puis un texte",
        "write on each line a key, `: `, then a text"
    ))
}

#[cfg(test)]
mod tests {
    use super::{Tongue, built_in};

    #[test]
    fn both_tongues_have_the_same_keys_and_no_empty_word() {
        let (french, english) = (built_in(Tongue::French), built_in(Tongue::English));
        assert!(french.len() > 20);
        assert_eq!(french.keys().collect::<Vec<_>>(), english.keys().collect::<Vec<_>>());
        for (key, word) in french.iter().chain(english) {
            assert!(!word.trim().is_empty(), "{key}");
            assert!(!word.contains('\''), "{key}: a typewriter apostrophe");
        }
        for (key, word) in french {
            assert!(!word.contains(" :"), "{key}: a colon takes a no-break space");
        }
    }
}
