//! How large a drawing is, by its first tag.

use std::io::Read;

use super::Size;

/// How far the first tag may begin and end.
const HEAD: u64 = 64 << 10;

/// The size that the drawing in `file` says it has: its width and height, else those of its view box.
pub(super) fn size(file: &mut impl Read) -> Option<Size> {
    let mut head = Vec::new();
    file.take(HEAD).read_to_end(&mut head).ok()?;
    let head = String::from_utf8_lossy(&head);
    let attributes = root(&head)?;
    let view = attribute(attributes, "viewBox").and_then(view_box);
    let (width, height) = (attribute(attributes, "width"), attribute(attributes, "height"));
    let (width, height) = match (width.and_then(pixels), height.and_then(pixels), view) {
        (Some(width), Some(height), _) => (width, height),
        (Some(width), None, Some((w, h))) => (width, width * h / w),
        (None, Some(height), Some((w, h))) => (height * w / h, height),
        (None, None, Some(view)) => view,
        _ => return None,
    };
    Some(Size { width: whole(width)?, height: whole(height)? })
}

/// The attributes of the first element, which is `svg`; comments and declarations stand before it.
fn root(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = &rest[rest.find('<')?..];
        let end = match rest {
            _ if rest.starts_with("<!--") => "-->",
            // With declarations of its own in brackets.
            _ if rest.starts_with("<!") && rest.find('[') < rest.find('>') && rest.find('[').is_some() => "]>",
            _ if rest.starts_with("<!") => ">",
            _ if rest.starts_with("<?") => "?>",
            _ => break,
        };
        rest = &rest[rest.find(end)? + end.len()..];
    }
    let attributes = rest.strip_prefix("<svg")?;
    let is_named_so = attributes.starts_with(|c: char| c.is_whitespace() || c == '>' || c == '/');
    let end = tag_end(attributes)?;
    is_named_so.then(|| &attributes[..end])
}

/// Where a tag ends: at the first `>` that is in no value.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in tag.char_indices() {
        match (quote, c) {
            (None, '>') => return Some(at),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    None
}

/// The value of an attribute in a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let mut rest = tag;
    loop {
        let (key, after) = rest.split_once('=')?;
        let after = after.trim_start();
        let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let (value, next) = after[1..].split_once(quote)?;
        if key.trim() == name {
            return Some(value);
        }
        rest = next;
    }
}

/// The width and height of a view box.
fn view_box(value: &str) -> Option<(f64, f64)> {
    let numbers = value.split([' ', ',', '\t', '\n', '\r']).filter(|piece| !piece.is_empty());
    let numbers: Vec<f64> = numbers.map(str::parse).collect::<Result<_, _>>().ok()?;
    match numbers[..] {
        [_, _, width, height] if width > 0.0 && height > 0.0 => Some((width, height)),
        _ => None,
    }
}

/// A length in pixels; none for what depends on where the drawing stands.
fn pixels(value: &str) -> Option<f64> {
    let value = value.trim();
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '+' | '-'));
    let number: f64 = value[..value.len() - unit.len()].parse().ok()?;
    let factor = match unit.trim() {
        "" | "px" => 1.0,
        "pt" => 96.0 / 72.0,
        "pc" => 16.0,
        "mm" => 96.0 / 25.4,
        "cm" => 96.0 / 2.54,
        "in" => 96.0,
        _ => return None,
    };
    Some(number * factor).filter(|length| *length > 0.0)
}

/// The nearest whole number of pixels, at least one.
fn whole(length: f64) -> Option<u32> {
    let most = 1_000_000.0;
    let fits = length.is_finite() && length > 0.0 && length < most;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 1 and a million")]
    fits.then(|| length.round().max(1.0) as u32)
}
