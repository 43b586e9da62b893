//! What tells one state of a page from another: what it says, and what it is dressed in.

use std::fmt;
use std::fs::File;

use super::site::{self, Found};
use crate::output::Content;
use crate::pipeline::Preview;

/// A state of a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Version {
    /// Of all that it says and shows, the names of stylesheets apart.
    text: u64,
    /// Of its stylesheets.
    dress: u64,
}

impl Version {
    /// That of an HTML page of `preview`; pictures that it shows and stylesheets that keep their names are part of it.
    pub(super) fn of(html: &[u8], preview: &Preview<'_>) -> Version {
        let (mut text, mut dress) = (blake3::Hasher::new(), blake3::Hasher::new());
        let mut rest = html;
        while let Some(at) = memchr::memmem::find(rest, b"=\"") {
            let (before, value) = (&rest[..at], &rest[at + 2..]);
            let end = memchr::memchr(b'"', value).unwrap_or(value.len());
            let (value, after) = value.split_at(end);
            text.update(before);
            if value.ends_with(b".css") {
                dress.update(value).update(&stamp(value, preview));
            } else {
                text.update(value);
                if before.ends_with(b"src") {
                    text.update(&stamp(value, preview));
                }
            }
            rest = after;
        }
        text.update(rest);
        Version { text: first(&text), dress: first(&dress) }
    }

    /// That of a page that is made of these bytes alone.
    pub(super) fn plain(bytes: &[u8]) -> Version {
        Version { text: first(blake3::Hasher::new().update(bytes)), dress: 0 }
    }

    /// The version that is spelled so.
    pub(super) fn read(spelled: &str) -> Option<Version> {
        let (text, dress) = spelled.split_once('-')?;
        let number = |text| u64::from_str_radix(text, 16).ok();
        Some(Version { text: number(text)?, dress: number(dress)? })
    }

    /// Whether both say the same, whatever they are dressed in.
    pub(super) fn says_the_same(self, other: Version) -> bool {
        self.text == other.text
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}-{:016x}", self.text, self.dress)
    }
}

fn first(hasher: &blake3::Hasher) -> u64 {
    let mut bytes = [0; 8];
    hasher.finalize_xof().fill(&mut bytes);
    u64::from_le_bytes(bytes)
}

/// What tells one state of an authors' file from another, where its name does not; nothing for what the site makes.
fn stamp(address: &[u8], preview: &Preview<'_>) -> Vec<u8> {
    let Ok(address) = std::str::from_utf8(address) else { return Vec::new() };
    match address.starts_with('/').then(|| site::find(preview, address)) {
        Some(Found::File { content: Content::Copy(file), here: true, .. }) => of_file(&file),
        _ => Vec::new(),
    }
}

fn of_file(file: &File) -> Vec<u8> {
    let Ok(metadata) = file.metadata() else { return Vec::new() };
    let written = metadata.modified().ok().and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    let written = written.map_or(0, |since| since.as_nanos());
    [metadata.len().to_le_bytes().as_slice(), written.to_le_bytes().as_slice()].concat()
}

#[cfg(test)]
mod tests {
    use super::Version;

    #[test]
    fn a_version_is_read_as_it_is_spelled() {
        let version = Version::plain("déjà".as_bytes());
        assert_eq!(Version::read(&version.to_string()), Some(version));
        for wrong in ["", "-", "12", "12-", "zz-00", "0-0-0"] {
            assert_eq!(Version::read(wrong), None, "{wrong}");
        }
    }
}
