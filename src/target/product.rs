//! Files that cost much to make, and are kept as long as what they are made of is the same.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use crate::output::{Content, Kept};
use crate::path::OutputPath;

/// Files that were made of the same in one go, or kept.
#[derive(Clone, Debug)]
pub(crate) struct Product {
    /// What they were made of, and how: two products with one fingerprint are the same.
    pub(crate) fingerprint: String,
    pub(crate) files: Vec<MadeFile>,
}

/// One of them.
#[derive(Clone, Debug)]
pub(crate) struct MadeFile {
    pub(crate) file: OutputPath,
    /// `None` where it stands in the output already.
    pub(crate) bytes: Option<Arc<[u8]>>,
}

/// Where what an earlier build made is found again.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Earlier<'a> {
    /// In the output.
    Output(&'a Kept<'a>),
    /// In memory, by fingerprint.
    Memory(&'a FxHashMap<String, Product>),
}

impl Product {
    /// What an earlier build left, where that is the same.
    pub(super) fn known(earlier: Earlier<'_>, fingerprint: &str) -> Option<Product> {
        match earlier {
            Earlier::Memory(products) => products.get(fingerprint).cloned(),
            Earlier::Output(kept) => {
                let files = kept.files(fingerprint)?.iter().map(|file| MadeFile { file: file.clone(), bytes: None });
                Some(Product { fingerprint: fingerprint.to_owned(), files: files.collect() })
            }
        }
    }

    /// The product as the output records it.
    pub(crate) fn entry(&self) -> (String, Vec<OutputPath>) {
        (self.fingerprint.clone(), self.files.iter().map(|made| made.file.clone()).collect())
    }
}

impl MadeFile {
    /// A file of these bytes.
    pub(super) fn new(file: OutputPath, bytes: Vec<u8>) -> MadeFile {
        MadeFile { file, bytes: Some(Arc::from(bytes)) }
    }

    /// What the output is to hold.
    pub(crate) fn content(&self) -> Content {
        match &self.bytes {
            Some(bytes) => Content::Shared(Arc::clone(bytes)),
            None => Content::Kept,
        }
    }
}
