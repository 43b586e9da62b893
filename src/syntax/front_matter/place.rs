//! Where a value stands, for faults that are found later.

use super::fence::{self, Fence};
use crate::config::{PAGE_KEYS, TASK_KEYS};
use crate::name::fold;
use crate::source::{FileId, Sources, Span};
use crate::yaml::{self, Entry, Key, Node, Value};

/// Where the value of `key` stands (its English name; either spelling is found), down `path` through lists and maps:
/// `place(file, sources, "roles", &["1"])` is the second role. The key's own place where there is no such value;
/// the file's start where there is no such key. Reads the file again: for faults only.
pub(crate) fn place(file: FileId, sources: &Sources, key: &str, path: &[&str]) -> Span {
    let whole = Span::whole(file);
    let Fence::Closed { yaml, .. } = fence::find(sources.text(file)) else { return whole };
    let Ok(Some(Node { value: Value::Map(entries), .. })) = yaml::parse(file, sources, yaml) else { return whole };
    let Some(entry) = entry(&entries, key, PAGE_KEYS) else { return whole };
    let found = path.iter().try_fold(&entry.value, |node, step| below(node, step));
    found.filter(|node| !node.is_absent()).map_or(entry.key.span, |node| node.span)
}

fn entry<'a>(entries: &'a [Entry<'a>], key: &str, keys: &'static [Key]) -> Option<&'a Entry<'a>> {
    let known = Key::find(keys, key);
    let folded = fold(key);
    let is_it = |written: &str| match known {
        Some(_) => Key::find(keys, written) == known,
        None => fold(written) == folded,
    };
    entries.iter().find(|entry| entry.key.as_text().is_some_and(is_it))
}

fn below<'a>(node: &'a Node<'a>, step: &str) -> Option<&'a Node<'a>> {
    match &node.value {
        Value::Map(entries) => entry(entries, step, TASK_KEYS).map(|entry| &entry.value),
        Value::List(items) => items.iter().filter(|item| !item.is_absent()).nth(step.parse().ok()?),
        Value::Plain(_) | Value::Quoted(_) => (step == "0").then_some(node),
    }
}
