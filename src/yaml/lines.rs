//! The plainest YAML, as nearly all front matter is: lines that each give a key one short value. It is taken as it stands,
//! in a tenth of the time. All else is for the parser, and what is taken here, the parser would read the same.

use super::{Entry, Node, Value};
use crate::source::{FileId, Span};

/// The lines of a text that stands in a file from a byte on.
#[derive(Clone, Copy)]
struct Lines<'t> {
    text: &'t str,
    file: FileId,
    start: usize,
}

/// How many bytes a key has at most: longer ones are not taken for keys, from some length on.
const KEY: usize = 100;

/// The map that is written in `text`, where each of its lines is plain.
pub(super) fn read(text: &str, (file, start): (FileId, usize)) -> Option<Node<'_>> {
    let lines = Lines { text, file, start };
    let entries = text.split_terminator('\n').map(|line| lines.entry(line)).collect::<Option<Vec<_>>>()?;
    (!entries.is_empty()).then(|| lines.node(text, Value::Map(entries)))
}

impl<'t> Lines<'t> {
    fn node(self, written: &'t str, value: Value<'t>) -> Node<'t> {
        let start = self.start + written.as_ptr().addr() - self.text.as_ptr().addr();
        Node { span: Span::new(self.file, start..start + written.trim_end().len()), value }
    }

    fn entry(self, line: &'t str) -> Option<Entry<'t>> {
        let (key, value) = line.split_once(':')?;
        let is_key = key.len() <= KEY && begins_plain(key) && key.chars().all(|c| c.is_alphanumeric() || c == '_');
        let value = value.strip_prefix(' ')?.trim_matches(' ');
        let list = || value.strip_prefix('[').and_then(|value| value.strip_suffix(']'));
        let value = match list() {
            _ if !is_key => return None,
            None => self.scalar(value)?,
            Some(items) => self.node(value, Value::List(self.items(items)?)),
        };
        Some(Entry { key: self.node(key, Value::Plain(key.into())), value })
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

/// Whether a text begins with a letter or a digit, as nothing does that has a meaning in YAML.
fn begins_plain(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_alphanumeric)
}

/// Whether a byte may be of a tab, of another control character, or of a byte order mark.
fn is_strange(byte: u8) -> bool {
    byte.is_ascii_control() || byte == 0xEF
}
