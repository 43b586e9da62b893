//! The files of a manifest, and how its JSON has them: each path with its hash, which is empty where it is not known.
//!
//! There are as many as the site has, so none is made a text of its own on the way.

use std::fmt;
use std::io::{self, Write};

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};

use super::Hash;
use crate::path::OutputPath;
use crate::put;

/// A file with its hash.
type File = (OutputPath, Option<Hash>);

/// Files with their hashes, in the order of their paths.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::output) struct Files(Vec<File>);

impl FromIterator<File> for Files {
    /// Where a path comes more than once, it is the last time that counts.
    fn from_iter<I: IntoIterator<Item = File>>(files: I) -> Files {
        let mut files: Vec<File> = files.into_iter().collect();
        files.sort_by(|one, other| one.0.cmp(&other.0));
        files.dedup_by(|later, first| {
            let is_same = later.0 == first.0;
            if is_same {
                std::mem::swap(later, first);
            }
            is_same
        });
        Files(files)
    }
}

impl Files {
    /// The file at `path`, by its hash where that is known.
    pub(in crate::output) fn get(&self, path: &OutputPath) -> Option<Option<Hash>> {
        self.0.binary_search_by(|(file, _)| file.cmp(path)).ok().map(|at| self.0[at].1)
    }

    pub(in crate::output) fn as_slice(&self) -> &[File] {
        &self.0
    }

    pub(in crate::output) fn iter(&self) -> impl Iterator<Item = &File> {
        self.0.iter()
    }

    pub(in crate::output) fn len(&self) -> usize {
        self.0.len()
    }

    pub(in crate::output) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn leave_unhashed_out(&mut self) {
        self.0.retain(|(_, hash)| hash.is_some());
    }

    /// Writes their JSON, with a line for each.
    pub(super) fn write(&self, json: &mut dyn Write) -> io::Result<()> {
        let mut line = String::from("{");
        for (at, (file, hash)) in self.iter().enumerate() {
            line.push_str(if at == 0 { "\n    " } else { ",\n    " });
            put::json(&mut line, |json| json.push_str(file.as_str()));
            line.push_str(": \"");
            if let Some(hash) = hash {
                hash.put(&mut line);
            }
            line.push('"');
            json.write_all(line.as_bytes())?;
            line.clear();
        }
        line.push_str(if self.is_empty() { "}" } else { "\n  }" });
        json.write_all(line.as_bytes())
    }
}

/// Those whose path and hash can be.
pub(super) fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Files, D::Error> {
    deserializer.deserialize_map(Read)
}

struct Read;

impl<'de> Visitor<'de> for Read {
    type Value = Files;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("files with their hashes")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Files, A::Error> {
        let hash = |text: &str| if text.is_empty() { Some(None) } else { Hash::from_hex(text).map(Some) };
        let mut files = Vec::new();
        while let Some(file) = map.next_key_seed(Text(OutputPath::new))? {
            files.extend(file.zip(map.next_value_seed(Text(hash))?));
        }
        Ok(files.into_iter().collect())
    }
}

/// A text, and what it stands for; that is `None` where it cannot be.
struct Text<F>(F);

impl<'de, T, F: Fn(&str) -> Option<T>> DeserializeSeed<'de> for Text<F> {
    type Value = Option<T>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<T>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<T, F: Fn(&str) -> Option<T>> Visitor<'_> for Text<F> {
    type Value = Option<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E>(self, text: &str) -> Result<Option<T>, E> {
        Ok(self.0(text))
    }
}
