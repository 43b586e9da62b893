//! Readers of single values: a typed value, or a fault that says what is expected and what is there.

use jiff::civil::Date;

use super::{Entry, Node, Value, these};
use crate::diagnostic::{Code, Diagnostic, Say, say};
use crate::name::{fold, nearest};

/// What a reader returns. Boxed, as faults are rare and large.
pub(crate) type Read<T> = Result<T, Box<Diagnostic>>;

/// The types that readers ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Type {
    /// Text.
    Text,
    /// A whole number.
    Integer,
    /// `true` or `false`.
    Boolean,
    /// A day.
    Date,
    /// A list.
    List,
    /// Keys and their values.
    Keys,
}

/// A value and the key that it is for, as the author spelled it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named<'a> {
    /// The key.
    pub(crate) key: &'a str,
    /// The value.
    pub(crate) node: &'a Node<'a>,
}

impl<'a> Named<'a> {
    /// Text, trimmed; numbers, dates and booleans as they are written.
    pub(crate) fn text<T: From<&'a str>>(self) -> Read<T> {
        self.written().map(T::from)
    }

    /// The same, borrowed.
    pub(crate) fn written(self) -> Read<&'a str> {
        self.node.as_text().ok_or_else(|| {
            let fault = self.wrong_type(Type::Text);
            match self.node.value {
                Value::Map(_) => Box::new(fault.help(say!(
                    "mettez-le entre guillemets si c’est un texte qui contient `: `",
                    "put it in quotes if it is a text that holds `: `"
                ))),
                _ => fault,
            }
        })
    }

    /// A whole number.
    pub(crate) fn integer(self) -> Read<i64> {
        match &self.node.value {
            Value::Plain(text) => text.trim().parse().map_err(|_| self.wrong_type(Type::Integer)),
            Value::Quoted(text) => Err(match text.trim().parse::<i64>() {
                Ok(number) => self.unquoted(Type::Integer, number.to_string()),
                Err(_) => self.wrong_type(Type::Integer),
            }),
            _ => Err(self.wrong_type(Type::Integer)),
        }
    }

    /// `true` or `false`.
    pub(crate) fn boolean(self) -> Read<bool> {
        match (&self.node.value, self.node.as_text()) {
            (Value::Plain(_), Some("true" | "True" | "TRUE")) => Ok(true),
            (Value::Plain(_), Some("false" | "False" | "FALSE")) => Ok(false),
            (_, Some(text)) => Err(match truth(text) {
                Some(truth) => Box::new(self.wrong_type(Type::Boolean).nearest(Some(truth))),
                None => self.wrong_type(Type::Boolean),
            }),
            _ => Err(self.wrong_type(Type::Boolean)),
        }
    }

    /// A day, `2026-03-01`.
    pub(crate) fn date(self) -> Read<Date> {
        let Some(text) = self.node.as_text() else { return Err(self.wrong_type(Type::Date)) };
        let message = match day(text) {
            Some(Ok(date)) => return Ok(date),
            Some(Err(())) => {
                say!("`{text}` n’est pas un jour du calendrier", "`{text}` is not a day of the calendar")
            }
            None => say!("`{text}` n’est pas une date", "`{text}` is not a date"),
        };
        Err(Box::new(self.fault(message).help(Type::Date.help())))
    }

    /// One of a few words.
    pub(crate) fn one_of<T: Copy>(self, words: &[(&str, T)]) -> Read<T> {
        let written = self.written()?;
        let folded = fold(written);
        if let Some((_, meant)) = words.iter().find(|(word, _)| fold(word) == folded) {
            return Ok(*meant);
        }
        let key = self.key;
        let fault = self.fault(say!("`{key}` ne peut pas être `{written}`", "`{key}` cannot be `{written}`"));
        Err(Box::new(match nearest(written, words.iter().map(|(word, _)| *word)) {
            None => fault.help(these(words.iter().map(|(word, _)| *word))),
            near => fault.nearest(near),
        }))
    }

    /// The items of a list, absent ones aside; a value that stands alone is a list of one.
    pub(crate) fn items(self) -> Read<impl Iterator<Item = Named<'a>>> {
        let items = match &self.node.value {
            Value::List(items) => items.as_slice(),
            Value::Plain(_) | Value::Quoted(_) => std::slice::from_ref(self.node),
            Value::Map(_) => return Err(self.wrong_type(Type::List)),
        };
        Ok(items.iter().filter(|item| !item.is_absent()).map(move |node| Named { node, ..self }))
    }

    /// The keys and values of a map.
    pub(crate) fn entries(self) -> Read<&'a [Entry<'a>]> {
        match &self.node.value {
            Value::Map(entries) => Ok(entries),
            _ => Err(self.wrong_type(Type::Keys)),
        }
    }

    /// The fault of a value that its key does not accept.
    pub(crate) fn fault(self, message: Say) -> Box<Diagnostic> {
        Box::new(Diagnostic::new(Code::WrongValue, self.node.span, message))
    }

    /// The fault of a value of another type than `expected`.
    fn wrong_type(self, expected: Type) -> Box<Diagnostic> {
        let Named { key, node } = self;
        let (wanted, found) = (expected.wanted(), kind_of(node));
        let message = Say {
            french: format!("`{key}` doit {}, pas {}", wanted.french, found.french),
            english: format!("`{key}` must {}, not {}", wanted.english, found.english),
        };
        Box::new(Diagnostic::new(Code::WrongType, node.span, message).help(expected.help()))
    }

    fn unquoted(self, expected: Type, text: String) -> Box<Diagnostic> {
        let help = say!("enlevez les guillemets", "remove the quotes");
        Box::new(self.wrong_type(expected).help(help).patch(self.node.span, text))
    }
}

impl Type {
    /// What a value of it must be or hold, in an author's words.
    fn wanted(self) -> Say {
        match self {
            Type::Text => say!("être du texte", "be text"),
            Type::Integer => say!("être un nombre entier", "be a whole number"),
            Type::Boolean => say!("être `true` ou `false`", "be `true` or `false`"),
            Type::Date => say!("être une date", "be a date"),
            Type::List => say!("être une liste", "be a list"),
            Type::Keys => say!("contenir des lignes `clé: valeur`", "hold lines `key: value`"),
        }
    }

    /// How one is written.
    pub(crate) fn help(self) -> Say {
        match self {
            Type::Text => say!("écrivez un seul texte, sans `[ ]` ni `- `", "write one text, without `[ ]` and `- `"),
            Type::Integer => say!("écrivez un nombre entier, comme `3`", "write a whole number, like `3`"),
            Type::Boolean => say!("écrivez `true` ou `false`", "write `true` or `false`"),
            Type::Date => say!(
                "écrivez l’année, le mois et le jour\u{a0}: `2026-03-01`",
                "write the year, the month and the day: `2026-03-01`"
            ),
            Type::List => say!("écrivez une liste, comme `[a, b]`", "write a list, like `[a, b]`"),
            Type::Keys => say!(
                "écrivez sur chaque ligne une clé, `: `, puis une valeur",
                "write on each line a key, `: `, then a value"
            ),
        }
    }
}

/// What a value is, in an author's words.
fn kind_of(node: &Node<'_>) -> Say {
    match &node.value {
        Value::List(_) => say!("une liste", "a list"),
        Value::Map(_) => say!("des clés et leurs valeurs", "keys and their values"),
        Value::Quoted(_) => say!("du texte", "text"),
        Value::Plain(text) => match text.trim() {
            truth @ ("true" | "false") => say!("`{truth}`", "`{truth}`"),
            number if number.parse::<i64>().is_ok() => say!("un nombre entier", "a whole number"),
            number if is_decimal(number) => say!("un nombre à virgule", "a decimal number"),
            text if matches!(day(text), Some(Ok(_))) => say!("une date", "a date"),
            _ => say!("du texte", "text"),
        },
    }
}

fn is_decimal(text: &str) -> bool {
    text.parse::<f64>().is_ok() && text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte))
}

fn truth(text: &str) -> Option<&'static str> {
    match fold(text).as_str() {
        "true" | "oui" | "yes" | "vrai" | "on" => Some("true"),
        "false" | "non" | "no" | "faux" | "off" => Some("false"),
        _ => None,
    }
}

/// `None` where `text` does not look like `2026-03-01`, an error where no calendar has that day.
fn day(text: &str) -> Option<Result<Date, ()>> {
    let bytes = text.as_bytes();
    let shaped = bytes.len() == 10
        && bytes
            .iter()
            .enumerate()
            .all(|(at, byte)| if at == 4 || at == 7 { *byte == b'-' } else { byte.is_ascii_digit() });
    if !shaped {
        return None;
    }
    let (year, month, day) = (text[..4].parse().ok()?, text[5..7].parse().ok()?, text[8..].parse().ok()?);
    Some(Date::new(year, month, day).map_err(|_| ()))
}
