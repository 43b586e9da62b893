//! The plainest YAML, as nearly all front matter is: lines that each give a key one short value, or an item of its list. It is
//! taken as it stands, in a tenth of the time. All else is for the parser, and what is taken here, the parser would read the same.

use std::iter::Peekable;
use std::str::SplitTerminator;

use super::{Entry, Node, Value};
use crate::source::{FileId, Span};

/// The lines of a text that stands in a file from a byte on.
#[derive(Clone, Copy)]
struct Lines<'t> {
    text: &'t str,
    file: FileId,
    start: usize,
}

/// The lines that come next.
type Rest<'t> = Peekable<SplitTerminator<'t, char>>;

/// How many bytes a key has at most: longer ones are not taken for keys, from some length on.
const KEY: usize = 100;

/// How far items stand from the margin at most.
const FAR: usize = 16;

/// The map that is written in `text`, where each of its lines is plain.
pub(super) fn read(text: &str, (file, start): (FileId, usize)) -> Option<Node<'_>> {
    let lines = Lines { text, file, start };
    let mut rest = text.split_terminator('\n').peekable();
    let entries = lines.entries(Vec::new(), &mut rest, 0)?;
    (!entries.is_empty() && rest.next().is_none()).then(|| lines.node(text, Value::Map(entries)))
}

impl<'t> Lines<'t> {
    fn node(self, written: &'t str, value: Value<'t>) -> Node<'t> {
        let start = self.start + written.as_ptr().addr() - self.text.as_ptr().addr();
        Node { span: Span::new(self.file, start..start + written.trim_end().len()), value }
    }

    /// What begins where `written` does, and ends at a byte of the file.
    fn up_to(self, written: &'t str, end: u32, value: Value<'t>) -> Node<'t> {
        let begins = self.node(written, value);
        Node { span: Span { end, ..begins.span }, ..begins }
    }

    /// The entries after `entries` that stand so far from the margin.
    fn entries(self, mut entries: Vec<Entry<'t>>, rest: &mut Rest<'t>, margin: usize) -> Option<Vec<Entry<'t>>> {
        while let Some(line) = rest.next_if(|line| margin_of(line) == margin) {
            entries.push(self.entry(&line[margin..], rest, margin)?);
        }
        Some(entries)
    }

    /// The entry of a line, and of those of its list.
    fn entry(self, line: &'t str, rest: &mut Rest<'t>, margin: usize) -> Option<Entry<'t>> {
        let (key, value) = line.split_once(':').filter(|(key, _)| is_key(key))?;
        let value = match value.trim_matches(' ') {
            "" => self.list(rest, margin)?,
            text => value.starts_with(' ').then(|| self.value(text))??,
        };
        Some(Entry { key: self.node(key, Value::Plain(key.into())), value })
    }

    /// The items of a list, each on a line, or on several where it is a map.
    fn list(self, rest: &mut Rest<'t>, above: usize) -> Option<Node<'t>> {
        let margin = margin_of(rest.peek()?);
        let is_item = |line: &&'t str| margin_of(line) == margin && line[margin..].starts_with("- ");
        let mut items: Vec<Node<'t>> = Vec::new();
        let first = &rest.peek()?[margin..];
        while let Some(line) = rest.next_if(is_item).filter(|_| (above..=FAR).contains(&margin)) {
            let item = line[margin + 2..].trim_end_matches(' ');
            items.push(match begins_plain(item) && item.contains(':') {
                true => {
                    let first = self.entry(item, rest, margin + 2)?;
                    let entries = self.entries(vec![first], rest, margin + 2)?;
                    let last = entries.last()?.value.span.end;
                    self.up_to(item, last, Value::Map(entries))
                }
                false => self.value(item.trim_start_matches(' '))?,
            });
        }
        // As the parser has it: from the first mark on where the list is indented, else from the first item on.
        let (begin, end) = (items.first()?.span.start, items.last()?.span.end);
        let whole = self.up_to(first, end, Value::List(items));
        Some(if margin > above { whole } else { Node { span: Span { start: begin, ..whole.span }, ..whole } })
    }

    /// A value on one line.
    fn value(self, written: &'t str) -> Option<Node<'t>> {
        let inside = |begin, end| written.strip_prefix(begin).and_then(|rest| rest.strip_suffix(end));
        if let Some(entries) = inside('{', '}') {
            let entry = |entry: &'t str| {
                let (key, value) = entry.trim_matches(' ').split_once(": ").filter(|(key, _)| is_key(key))?;
                let value = Some(value.trim_matches(' ')).filter(|value| !value.starts_with('{'))?;
                let value = self.value(value)?;
                let is_whole = !matches!(&value.value, Value::Plain(text) if text.contains(','));
                is_whole.then(|| Entry { key: self.node(key, Value::Plain(key.into())), value })
            };
            return Some(self.node(written, Value::Map(parts(entries).map(entry).collect::<Option<_>>()?)));
        }
        match inside('[', ']') {
            Some(items) => Some(self.node(written, Value::List(self.items(items)?))),
            None => self.scalar(written),
        }
    }

    fn items(self, items: &'t str) -> Option<Vec<Node<'t>>> {
        if items.trim_matches(' ').is_empty() {
            return Some(Vec::new());
        }
        // No half of a quoted text with a comma is one itself.
        items.split(',').map(|item| self.scalar(item.trim_matches(' '))).collect()
    }

    /// A text in quotes with nothing that these change, or one without quotes and with nothing that could mean anything.
    fn scalar(self, written: &'t str) -> Option<Node<'t>> {
        let quote = *written.as_bytes().first()?;
        let quoted = matches!(quote, b'"' | b'\'').then(|| written[1..].strip_suffix(char::from(quote)));
        let (value, is_sound) = match quoted {
            Some(quoted) => {
                let is_changed = |byte| byte == quote || byte == b'\\' || is_strange(byte);
                (Value::Quoted(quoted?.into()), !quoted?.bytes().any(is_changed))
            }
            None => {
                let has_meaning = |byte| matches!(byte, b':' | b'#' | b'[' | b']' | b'{' | b'}') || is_strange(byte);
                // In brackets, the parser wants no hyphen before what ends an item.
                let is_plain = begins_plain(written) && !written.ends_with('-');
                (Value::Plain(written.into()), is_plain && !written.bytes().any(has_meaning))
            }
        };
        is_sound.then(|| self.node(written, value))
    }
}

/// How many spaces a line begins with.
fn margin_of(line: &str) -> usize {
    line.bytes().take_while(|byte| *byte == b' ').count()
}

fn is_key(text: &str) -> bool {
    text.len() <= KEY && begins_plain(text) && text.chars().all(|c| c.is_alphanumeric() || c == '_')
}

/// What commas divide that stand neither in quotes nor in brackets.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let mut closing = None;
    text.split(move |c| {
        match (closing, c) {
            (Some(end), c) if c == end => closing = None,
            (None, '"' | '\'') => closing = Some(c),
            (None, '[') => closing = Some(']'),
            (None, ',') => return true,
            _ => {}
        }
        false
    })
}

/// Whether a text begins with a letter or a digit, as nothing does that has a meaning in YAML.
fn begins_plain(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_alphanumeric)
}

/// Whether a byte may be of a tab, of another control character, or of a byte order mark.
fn is_strange(byte: u8) -> bool {
    byte.is_ascii_control() || byte == 0xEF
}
