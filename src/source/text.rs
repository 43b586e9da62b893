//! From bytes to text: UTF-8, no byte order mark, no NUL, `\n` at the end of lines.

use std::ops::Range;
use std::sync::Arc;

use memchr::{memchr, memchr2};

/// What can be shown of bytes that are no text.
pub(super) struct Faulty {
    /// The text up to the end of the line in which the fault is.
    pub(super) text: Arc<str>,
    /// The first byte that is no character: a `�` in the text.
    pub(super) place: Range<usize>,
}

/// How much of the faulty line is shown after the fault, in bytes.
const SHOWN: usize = 160;

/// The mark that some editors begin a text with.
const BYTE_ORDER_MARK: &[u8] = b"\xEF\xBB\xBF";

/// Whether `bytes`, if they are text, are the text that they are decoded to.
pub(super) fn is_plain(bytes: &[u8]) -> bool {
    memchr2(b'\r', b'\0', bytes).is_none() && !bytes.starts_with(BYTE_ORDER_MARK)
}

/// The text that `bytes` are.
pub(super) fn decode(bytes: &[u8]) -> Result<Arc<str>, Faulty> {
    let bytes = bytes.strip_prefix(BYTE_ORDER_MARK).unwrap_or(bytes);
    match simdutf8::compat::from_utf8(bytes) {
        Ok(text) if is_plain(bytes) => Ok(Arc::from(text)),
        Ok(text) => Ok(Arc::from(with_newlines(text))),
        Err(error) => {
            let (before, from) = bytes.split_at(error.valid_up_to());
            let line = &from[..memchr2(b'\r', b'\n', from).unwrap_or(from.len()).min(SHOWN)];
            let mut text = with_newlines(&String::from_utf8_lossy(before));
            let place = text.len()..text.len() + char::REPLACEMENT_CHARACTER.len_utf8();
            text.push_str(&String::from_utf8_lossy(line));
            Err(Faulty { text: Arc::from(text), place })
        }
    }
}

/// `text` with `\n` in place of `\r\n` and of a lone `\r`, and `�` in place of NUL, which no page may hold.
fn with_newlines(text: &str) -> String {
    let mut lines = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'\r', rest.as_bytes()) {
        lines.push_str(&rest[..at]);
        lines.push('\n');
        rest = &rest[at + 1..];
        rest = rest.strip_prefix('\n').unwrap_or(rest);
    }
    lines.push_str(rest);
    if memchr(b'\0', lines.as_bytes()).is_some() {
        lines = lines.replace('\0', "\u{FFFD}");
    }
    lines
}
