//! What is added to a text that is being written: text as HTML and JSON spell it, and numbers.
//!
//! There is very much of it, and nearly all of it is spelled as it is: that is copied in long stretches.

use std::borrow::Cow;

use crate::lanes::{self, Lanes, are, lie};

/// Adds `text` as it stands between tags.
pub(crate) fn text(out: &mut String, text: &str) {
    spelled(out, text, is_markup, html);
}

/// Whether [`text`] spells a text as it is.
pub(crate) fn is_text(text: &str) -> bool {
    position(text.as_bytes(), is_markup).is_none()
}

/// Adds `text` as the value of an attribute.
pub(crate) fn attribute(out: &mut String, text: &str) {
    spelled(out, text, is_quoted_markup, html);
}

/// `text` as [`attribute`] spells it.
#[inline]
pub(crate) fn quoted(text: &str) -> Cow<'_, str> {
    if position(text.as_bytes(), is_quoted_markup).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    attribute(&mut out, text);
    Cow::Owned(out)
}

/// How many of its characters [`attribute`] spells otherwise.
pub(crate) fn count_of_markup(text: &str) -> usize {
    lanes::count(text.as_bytes(), is_quoted_markup)
}

/// Adds an address as the value of an attribute.
pub(crate) fn address(out: &mut String, address: &str) {
    spelled(out, address, is_no_address, in_address);
}

/// Spells what was added from `start` on as [`address`] does.
pub(crate) fn as_address(out: &mut String, start: usize) {
    if position(&out.as_bytes()[start..], is_no_address).is_some() {
        let text = out.split_off(start);
        address(out, &text);
    }
}

/// Spells what was added from `start` on as [`attribute`] does.
pub(crate) fn as_attribute(out: &mut String, start: usize) {
    if position(&out.as_bytes()[start..], is_quoted_markup).is_some() {
        let text = out.split_off(start);
        attribute(out, &text);
    }
}

/// Adds the text that `put` adds, as a string of JSON.
pub(crate) fn json(out: &mut String, put: impl FnOnce(&mut String)) {
    out.push('"');
    let start = out.len();
    put(out);
    as_json(out, start);
    out.push('"');
}

/// Spells what was added from `start` on as a string of JSON does.
fn as_json(out: &mut String, start: usize) {
    if position(&out.as_bytes()[start..], is_no_json).is_some() {
        let text = out.split_off(start);
        spelled(out, &text, is_no_json, in_json);
    }
}

/// Adds a number.
pub(crate) fn number(out: &mut String, number: u32) {
    out.push_str(itoa::Buffer::new().format(number));
}

/// Adds `text`, but `spell` writes each byte that `is_other` picks out, all of which are ASCII.
#[inline]
fn spelled(out: &mut String, text: &str, is_other: impl Fn(Lanes) -> Lanes + Copy, spell: impl Fn(&mut String, u8)) {
    let mut from = 0;
    while let Some(ahead) = position(&text.as_bytes()[from..], is_other) {
        out.push_str(&text[from..from + ahead]);
        from += ahead;
        // A character that is not ASCII is spelled byte by byte, if at all.
        let end = text.ceil_char_boundary(from + 1);
        text.as_bytes()[from..end].iter().for_each(|&byte| spell(out, byte));
        from = end;
    }
    out.push_str(&text[from..]);
}

/// Where the first byte is that `is_other` picks out.
#[inline]
fn position(bytes: &[u8], is_other: impl Fn(Lanes) -> Lanes + Copy) -> Option<usize> {
    lanes::find(bytes, is_other, Some)
}

#[inline]
fn is_markup(bytes: Lanes) -> Lanes {
    are(bytes, b'&') | are(bytes, b'<') | are(bytes, b'>')
}

#[inline]
fn is_quoted_markup(bytes: Lanes) -> Lanes {
    is_markup(bytes) | are(bytes, b'"') | are(bytes, b'\'')
}

/// Which bytes strings of JSON spell otherwise.
#[inline]
fn is_no_json(bytes: Lanes) -> Lanes {
    lie(bytes, 0, 0x1F) | are(bytes, b'"') | are(bytes, b'\\')
}

fn in_json(out: &mut String, byte: u8) {
    let letter = match byte {
        b'\n' => 'n',
        b'\r' => 'r',
        b'\t' => 't',
        0x08 => 'b',
        0x0C => 'f',
        b'"' | b'\\' => char::from(byte),
        _ => {
            out.push_str("\\u00");
            return hex(out, byte);
        }
    };
    out.push('\\');
    out.push(letter);
}

fn html(out: &mut String, byte: u8) {
    out.push_str(match byte {
        b'&' => "&amp;",
        b'<' => "&lt;",
        b'>' => "&gt;",
        b'"' => "&quot;",
        _ => "&#39;",
    });
}

/// Which bytes addresses have no place for: they have for what they reserve, and for what is encoded already.
#[inline]
fn is_no_address(bytes: Lanes) -> Lanes {
    let is_sign = lie(bytes, b'(', b';') | are(bytes, b'=') | are(bytes, b'!') | lie(bytes, b'#', b'%');
    // Capital letters after `?` and `@`.
    let is_letter = lie(bytes, b'?', b'Z') | lie(bytes, b'a', b'z');
    !(is_sign | is_letter | lie(bytes, b'^', b'_') | are(bytes, b'~'))
}

fn in_address(out: &mut String, byte: u8) {
    match byte {
        b'&' => out.push_str("&amp;"),
        b'\'' => out.push_str("&#x27;"),
        byte => {
            out.push('%');
            digits(out, byte, b"0123456789ABCDEF");
        }
    }
}

/// Adds the two digits of a byte, in small letters.
pub(crate) fn hex(out: &mut String, byte: u8) {
    digits(out, byte, b"0123456789abcdef");
}

/// Adds the two digits of a byte.
fn digits(out: &mut String, byte: u8, digits: &[u8; 16]) {
    for digit in [byte >> 4, byte & 0xF] {
        out.push(char::from(digits[usize::from(digit)]));
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::proptest;

    use super::{address, as_address, as_attribute, as_json, attribute, count_of_markup, text};

    fn written(put: impl Fn(&mut String)) -> String {
        let mut out = String::from("é");
        put(&mut out);
        out.split_off('é'.len_utf8())
    }

    #[test]
    fn what_would_be_markup_is_spelled_out() {
        let given = "L’« un » & l'autre, <b> ou \"c\" : assez long pour deux regards";
        let between = written(|out| text(out, given));
        assert_eq!(between, "L’« un » &amp; l'autre, &lt;b&gt; ou \"c\" : assez long pour deux regards");
        let quoted = written(|out| attribute(out, given));
        assert_eq!(quoted, between.replace('\'', "&#39;").replace('"', "&quot;"));
        assert_eq!([super::quoted(given), super::quoted("é")], [quoted.as_str(), "é"]);
        assert_eq!(count_of_markup(&given.repeat(5)), 5 * 6);
        assert_eq!([given, "L’« un » et l'autre"].map(super::is_text), [false, true]);
    }

    #[test]
    fn an_address_keeps_what_it_reserves_and_encodes_the_rest() {
        for (given, expected) in [
            ("https://a.org/b?c=d&e=%20#f", "https://a.org/b?c=d&amp;e=%20#f"),
            ("/l'été/[1]{2}|\\`<>\"", "/l&#x27;%C3%A9t%C3%A9/%5B1%5D%7B2%7D%7C%5C%60%3C%3E%22"),
            ("!$()*+,-.:;@^_~\u{7f} ", "!$()*+,-.:;@^_~%7F%20"),
        ] {
            assert_eq!(written(|out| address(out, given)), expected);
            assert_eq!(
                written(|out| {
                    out.push_str(given);
                    as_address(out, 'é'.len_utf8())
                }),
                expected
            );
        }
    }

    proptest! {
        #[test]
        fn texts_and_addresses_are_spelled_as_others_spell_them(given in "\\PC*|[\\x00-\\x7F]{0,60}|[a-z é'&<]{0,60}") {
            let (mut between, mut quoted, mut link) = (String::new(), String::new(), String::new());
            pulldown_cmark_escape::escape_html_body_text(&mut between, &given).unwrap();
            pulldown_cmark_escape::escape_html(&mut quoted, &given).unwrap();
            pulldown_cmark_escape::escape_href(&mut link, &given).unwrap();
            assert_eq!(written(|out| text(out, &given)), between);
            assert_eq!(written(|out| attribute(out, &given)), quoted.replace('\'', "&#39;"));
            assert_eq!(super::quoted(&given), quoted.replace('\'', "&#39;"));
            let added = written(|out| {
                out.push_str(&given);
                as_attribute(out, 'é'.len_utf8());
            });
            assert_eq!(added, quoted.replace('\'', "&#39;"));
            assert_eq!(written(|out| address(out, &given)), link);
            let as_json = written(|out| {
                out.push_str(&given);
                as_json(out, 'é'.len_utf8());
            });
            assert_eq!(format!("\"{as_json}\""), serde_json::to_string(&given).unwrap());
        }
    }
}
