//! YAML as authors write it: a small tree in which every value knows its place, and readers that turn values into
//! typed ones or into faults.
//!
//! One parser serves faults and all else alike, but for lines so plain that they need none. Nothing is guessed from a value's looks before a reader asks
//! for a type: `titre: 1.10` is the text "1.10". All faults of a file come out of one pass, unless it is not YAML.

mod lines;
mod map;
mod syntax;
mod tree;
mod value;

pub(crate) use map::{Given, Key, Map, correct_or_remove, missing, repeated, these, twice, unknown};
pub(crate) use tree::{parse, parse_text};
pub(crate) use value::{Named, Read, Type};

use std::borrow::Cow;

use crate::source::Span;

/// A value with its place.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Node<'t> {
    /// Where it is written; an alias's place where it is repeated by one.
    pub(crate) span: Span,
    /// What it is.
    pub(crate) value: Value<'t>,
}

/// What a value is, before any type is asked of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value<'t> {
    /// Text without quotes: perhaps a number, a date, `true`, or nothing at all.
    Plain(Cow<'t, str>),
    /// Text in quotes, or a block of lines.
    Quoted(Cow<'t, str>),
    /// A list.
    List(Vec<Node<'t>>),
    /// Keys and their values, in the order of the source, keys given twice included.
    Map(Vec<Entry<'t>>),
}

/// A key and its value.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Entry<'t> {
    /// The key.
    pub(crate) key: Node<'t>,
    /// Its value.
    pub(crate) value: Node<'t>,
}

impl Node<'_> {
    /// The trimmed text of a scalar.
    pub(crate) fn as_text(&self) -> Option<&str> {
        match &self.value {
            Value::Plain(text) | Value::Quoted(text) => Some(text.trim()),
            Value::List(_) | Value::Map(_) => None,
        }
    }

    /// Whether it counts as absent: empty, `~` or `null`.
    pub(crate) fn is_absent(&self) -> bool {
        match &self.value {
            Value::Plain(text) => matches!(text.trim(), "" | "~" | "null" | "Null" | "NULL"),
            Value::Quoted(text) => text.trim().is_empty(),
            Value::List(_) | Value::Map(_) => false,
        }
    }
}

#[cfg(test)]
mod tests;
