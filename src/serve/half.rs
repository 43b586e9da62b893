//! Files that an editor has begun to save: empty, or with a front matter that does not end yet.
#![expect(clippy::disallowed_methods, reason = "a file is looked at before it is read, to know whether it can be")]

use std::fs;
use std::path::Path;

use crate::path::GuidePath;
use crate::source::{Content, Role, Sources};

/// Whether the file at `path`, below the root, looks half saved, and did not when `sources` were read.
pub(super) fn is_half_saved(sources: &Sources, path: &Path) -> bool {
    let spelled: Vec<_> = path.iter().map(|name| name.to_string_lossy()).collect();
    let Some(file) = GuidePath::new(&spelled.join("/")).and_then(|path| sources.at(&path)) else { return false };
    let Content::Text(before) = &sources[file].content else { return false };
    let role = sources[file].role;
    let Ok(now) = fs::read(sources.root().join(path)) else { return false };
    looks_half(&now, role) && !looks_half(before.as_bytes(), role)
}

fn looks_half(text: &[u8], role: Role) -> bool {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    if text.trim_ascii().is_empty() {
        return true;
    }
    let mut lines = text.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii_end);
    role == Role::Page && lines.next() == Some(b"---") && !lines.any(|line| matches!(line, b"---" | b"..."))
}

#[cfg(test)]
mod tests {
    use super::looks_half;
    use crate::source::Role;

    #[test]
    fn what_is_empty_or_does_not_end_its_front_matter_looks_half_saved() {
        for (text, role, half) in [
            ("", Role::Page, true),
            ("", Role::Theme, true),
            (" \r\n", Role::Configuration, true),
            ("\u{feff}", Role::Page, true),
            ("---\ntitre: A\n", Role::Page, true),
            ("---\r\ntitre: A\r\n--", Role::Page, true),
            ("---", Role::Page, true),
            ("---\ntitre: A\n---\n", Role::Page, false),
            ("---\r\ntitre: A\r\n---\r\n\r\nTexte.\r\n", Role::Page, false),
            ("---\ntitre: A\n...\n", Role::Page, false),
            ("# A\n", Role::Page, false),
            ("---\ntitle: A\n", Role::Configuration, false),
        ] {
            assert_eq!(looks_half(text.as_bytes(), role), half, "{text:?}");
        }
    }
}
