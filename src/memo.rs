//! What one build may keep for the next: results that are a function of their key alone.

use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;

/// How many pieces of code are kept at most: while a guide is served, each state of a block that is being written is one.
const MOST: usize = 10_000;

/// Kept results. Shared by threads; never decides what a result is, only whether it is computed again.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    highlighted: Mutex<FxHashMap<(String, String), Arc<str>>>,
}

impl Memo {
    /// An empty memo.
    pub(crate) fn new() -> Memo {
        Memo::default()
    }

    /// The HTML of `code` in `language`, from before, else from `highlight`.
    pub(crate) fn highlighted(&self, language: &str, code: &str, highlight: impl FnOnce() -> String) -> Arc<str> {
        let key = (language.to_owned(), code.to_owned());
        let lock = || self.highlighted.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = lock().get(&key) {
            return Arc::clone(known);
        }
        let fresh: Arc<str> = highlight().into();
        let mut known = lock();
        if known.len() >= MOST {
            known.clear();
        }
        Arc::clone(known.entry(key).or_insert(fresh))
    }
}
