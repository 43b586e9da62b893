//! The files of a manifest in its JSON: each path with its hash, which is empty where it is not known.
//!
//! There are as many as the site has, so none is made a text of its own on the way.

use std::borrow::Cow;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, MapAccess, Visitor};
use serde::ser::Serializer;

use super::{Files, Hash};
use crate::path::OutputPath;

pub(super) fn write<S: Serializer>(files: &Files, serializer: S) -> Result<S::Ok, S::Error> {
    let hex = |hash: &Option<Hash>| hash.map(Hash::to_hex).unwrap_or_default();
    serializer.collect_map(files.iter().map(|(file, hash)| (file.as_str(), hex(hash))))
}

/// Those whose path and hash can be.
pub(super) fn read<'a, 'de, D: Deserializer<'de>>(deserializer: D) -> Result<Cow<'a, Files>, D::Error> {
    deserializer.deserialize_map(Read).map(Cow::Owned)
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
