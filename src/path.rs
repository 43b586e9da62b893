//! Names of places: files under the guide's root, addresses of pages, files of the output.

use std::borrow::Borrow;
use std::fmt;
use std::sync::Arc;

use unicode_normalization::{UnicodeNormalization, is_nfc};

/// A file or folder under the guide's root: relative, `/` between names, in NFC, without `.` or `..`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GuidePath(Arc<str>);

impl GuidePath {
    /// The path spelled `text`, with `.` and `..` resolved; `None` where it would leave the root.
    pub fn new(text: &str) -> Option<GuidePath> {
        // Nearly all are spelled as they are.
        let is_name = |name: &[u8]| !matches!(name, b"" | b"." | b"..");
        if text.is_ascii() && text.as_bytes().split(|byte| *byte == b'/').all(is_name) {
            return Some(GuidePath(text.into()));
        }
        GuidePath::spelled("", text).map(|path| GuidePath(path.into()))
    }

    /// The path that `text` spells, seen from `folder`, which is one already, as text alone: enough for whoever looks for what
    /// is there. `None` where it would leave the root.
    pub(crate) fn spelled(folder: &str, text: &str) -> Option<String> {
        let mut path = String::with_capacity(folder.len() + 1 + text.len());
        path.push_str(folder);
        for name in text.split('/') {
            match name {
                "" | "." => {}
                ".." if path.is_empty() => return None,
                ".." => path.truncate(path.rfind('/').unwrap_or(0)),
                _ => {
                    if !path.is_empty() {
                        path.push('/');
                    }
                    path.push_str(name);
                }
            }
        }
        Some(if path.is_ascii() || is_nfc(&path) { path } else { path.nfc().collect() })
    }

    /// The whole path as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The same, for whoever keeps it.
    pub(crate) fn shared(&self) -> Arc<str> {
        Arc::clone(&self.0)
    }

    /// The last name: `coordinateur.md`.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or("")
    }

    /// The last name without its extension: `coordinateur`.
    pub fn stem(&self) -> &str {
        let name = self.name();
        name.rsplit_once('.').map_or(name, |(stem, _)| if stem.is_empty() { name } else { stem })
    }

    /// What follows the last name's last dot, as written.
    pub fn extension(&self) -> Option<&str> {
        self.name().rsplit_once('.').filter(|(stem, _)| !stem.is_empty()).map(|(_, extension)| extension)
    }

    /// The folder that holds it; the root's is the empty path, which has none.
    pub fn parent(&self) -> Option<GuidePath> {
        (!self.0.is_empty()).then(|| GuidePath(self.folder().into()))
    }

    /// The same as text; the root's is its own.
    pub(crate) fn folder(&self) -> &str {
        self.0.rsplit_once('/').map_or("", |(parent, _)| parent)
    }

    /// The path that `relative` names when it stands in this folder; `None` where it leaves the root.
    pub fn join(&self, relative: &str) -> Option<GuidePath> {
        GuidePath::spelled(&self.0, relative).map(|path| GuidePath(path.into()))
    }

    /// What remains of it below `folder`.
    pub fn below(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }
}

impl Borrow<str> for GuidePath {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for GuidePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for GuidePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One segment of an [`Address`]: `a`–`z`, `0`–`9` and hyphens, never empty.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Slug(Arc<str>);

impl Slug {
    /// The slug of `title`, transliterated, or `None` where no letter or digit is left.
    pub(crate) fn of(title: &str) -> Option<Slug> {
        let slug = slug::slugify(title);
        (!slug.is_empty()).then(|| Slug(slug.into()))
    }

    /// `text` where it already is a slug.
    pub(crate) fn exact(text: &str) -> Option<Slug> {
        let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        (!text.is_empty() && text.chars().all(fits) && text.bytes().any(|b| b != b'-')).then(|| Slug(text.into()))
    }

    /// The slug as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

/// A page's URL path without the base path: starts and ends with `/`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Address(Arc<str>);

impl Address {
    /// The home page's.
    pub(crate) fn root() -> Address {
        Address("/".into())
    }

    /// The address one segment further down.
    pub(crate) fn join(&self, segment: &Slug) -> Address {
        Address([&*self.0, segment.as_str(), "/"].concat().into())
    }

    /// The address as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The file that a static host answers with at this address.
    pub(crate) fn file(&self) -> OutputPath {
        OutputPath([&self.0[1..], "index.html"].concat().into())
    }

    /// The address at which a static host answers with `file`, where it has one of its own.
    pub(crate) fn of_file(file: &OutputPath) -> Option<Address> {
        let folder = file.0.strip_suffix("index.html").filter(|folder| folder.is_empty() || folder.ends_with('/'))?;
        Some(Address(format!("/{folder}").into()))
    }

    /// The file with the same page as plain text.
    pub(crate) fn text_file(&self) -> OutputPath {
        OutputPath([&self.0[1..], "index.txt"].concat().into())
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file of the output: relative to its folder, `/` between names, without `.` or `..`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct OutputPath(Arc<str>);

impl OutputPath {
    /// The path spelled `text`; `None` where it is empty, absolute, or has an empty, `.` or `..` name.
    pub(crate) fn new(text: &str) -> Option<OutputPath> {
        let is_name = |name: &[u8]| !matches!(name, b"" | b"." | b"..");
        let names = || text.as_bytes().split(|byte| *byte == b'/');
        let is_path = memchr::memchr2(b'\\', b'\0', text.as_bytes()).is_none() && names().all(is_name);
        is_path.then(|| OutputPath(text.into()))
    }

    /// The path as text.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
