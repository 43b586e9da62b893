//! The files of a manifest in its JSON: each path with its hash, which is empty where it is not known.
//!
//! There are as many as the site has, so none is made a text of its own on the way.

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
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
        let mut files = Vec::new();
        while let Some((Spelled(file), Spelled(hash))) = map.next_entry()? {
            files.extend(file.zip(hash));
        }
        Ok(files.into_iter().collect())
    }
}

/// What a text stands for; `None` where it cannot be that.
struct Spelled<T>(Option<T>);

trait Spelling: Sized {
    fn read(text: &str) -> Option<Self>;
}

impl Spelling for OutputPath {
    fn read(text: &str) -> Option<OutputPath> {
        OutputPath::new(text)
    }
}

impl Spelling for Option<Hash> {
    fn read(text: &str) -> Option<Option<Hash>> {
        if text.is_empty() { Some(None) } else { Hash::from_hex(text).map(Some) }
    }
}

impl<'de, T: Spelling> Deserialize<'de> for Spelled<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Spelled<T>, D::Error> {
        deserializer.deserialize_str(Text(PhantomData))
    }
}

struct Text<T>(PhantomData<T>);

impl<T: Spelling> Visitor<'_> for Text<T> {
    type Value = Spelled<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text")
    }

    fn visit_str<E>(self, text: &str) -> Result<Spelled<T>, E> {
        Ok(Spelled(T::read(text)))
    }
}
