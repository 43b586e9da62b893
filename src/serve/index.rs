//! The search index, made when it is first asked for, beside everything else.
//!
//! Pages never wait for it. Whoever searches waits for the first one, and a moment for one that is no longer what the
//! guide says; then the old one answers until the new one is there. At most one is made at a time, and of the texts
//! that it is made of nothing is kept.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::watch;

use super::desk::Desk;
use super::{Listener, News};
use crate::output::Content;
use crate::path::OutputPath;
use crate::target::{Product, Texts};

/// The folder that it is in.
pub(super) const FOLDER: &str = "pagefind/";
/// The file that a search begins with.
const ENTRY: &str = "pagefind/pagefind-entry.json";
/// How long a search waits for the new index where there is an old one.
const PATIENCE: Duration = Duration::from_secs(2);

/// The search index.
pub(super) struct Index {
    state: Mutex<State>,
    /// Changes when an index has been made.
    made: watch::Sender<u64>,
    listener: Arc<dyn Listener>,
}

#[derive(Default)]
struct State {
    current: Option<Product>,
    /// The one before: pages that began to search with it go on.
    before: Option<Product>,
    /// What the one that is being made will be known by.
    making: Option<String>,
    /// What the one is known by that cannot be made.
    failed: Option<String>,
}

/// How the index is, compared with the guide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Freshness {
    /// It is the guide's.
    Current,
    /// One is being made.
    Making,
    /// There is none, and none comes.
    None,
}

impl Index {
    pub(super) fn new(listener: Arc<dyn Listener>) -> Index {
        Index { state: Mutex::default(), made: watch::Sender::new(0), listener }
    }

    /// A file of the index; `None` where it has none such.
    pub(super) async fn file(self: &Arc<Self>, path: &OutputPath, desk: &Desk) -> Option<Content> {
        let has_one = self.state().current.is_some();
        if !has_one {
            self.fresh(desk).await;
        } else if path.as_str() == ENTRY {
            // After that time the old one answers.
            drop(tokio::time::timeout(PATIENCE, self.fresh(desk)).await);
        }
        let state = self.state();
        let products = state.current.iter().chain(&state.before);
        let mut files = products.flat_map(|product| &product.files);
        files.find(|made| made.file == *path).map(|made| made.content())
    }

    /// Waits until the index is that of the guide, or cannot be.
    async fn fresh(self: &Arc<Self>, desk: &Desk) {
        let mut made = self.made.subscribe();
        loop {
            let index = Arc::clone(self);
            let freshness = desk.look(move |seen| match seen.ok().and_then(|preview| preview.texts()) {
                Some(texts) => index.consider(texts),
                None => index.forget(),
            });
            if freshness.await != Some(Freshness::Making) || made.changed().await.is_err() {
                return;
            }
        }
    }

    /// Begins to make the index of `texts` where it is not there.
    fn consider(self: Arc<Self>, texts: Texts) -> Freshness {
        let fingerprint = texts.fingerprint();
        let mut state = self.state();
        if state.current.as_ref().is_some_and(|index| index.fingerprint == fingerprint) {
            return Freshness::Current;
        }
        if state.failed.as_ref() == Some(&fingerprint) {
            return Freshness::None;
        }
        if state.making.is_none() {
            state.making = Some(fingerprint.clone());
            let index = Arc::clone(&self);
            std::thread::spawn(move || index.make(|| texts.index(fingerprint)));
        }
        Freshness::Making
    }

    fn make(&self, make: impl FnOnce() -> Result<Product, String>) {
        let mut making = Making { index: self, made: None };
        making.made = Some(make());
    }

    /// Takes in what was made; `None` where making it panicked.
    fn take_in(&self, made: Option<Result<Product, String>>) {
        let mut state = self.state();
        let fingerprint = state.making.take();
        let words = match made {
            Some(Ok(index)) => {
                state.before = state.current.replace(index);
                state.failed = None;
                None
            }
            Some(Err(words)) => Some(words),
            // What it was has been said where it happened.
            None => Some("panic".to_owned()),
        };
        if words.is_some() {
            state.failed = fingerprint;
        }
        drop(state);
        self.made.send_modify(|count| *count += 1);
        if let Some(words) = words {
            self.listener.tell(&News::NoIndex(&words));
        }
    }

    /// The guide has no search.
    fn forget(&self) -> Freshness {
        let mut state = self.state();
        (state.current, state.before) = (None, None);
        Freshness::None
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An index that is being made: whatever comes of it, those who wait are let go.
struct Making<'a> {
    index: &'a Index,
    made: Option<Result<Product, String>>,
}

impl Drop for Making<'_> {
    fn drop(&mut self) {
        self.index.take_in(self.made.take());
    }
}

#[cfg(test)]
mod tests {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::sync::{Arc, Mutex};

    use super::{Index, Listener, News};

    #[derive(Default)]
    struct Heard(Mutex<Vec<String>>);

    impl Listener for Heard {
        fn tell(&self, news: &News<'_>) {
            if let News::NoIndex(words) = news {
                self.0.lock().unwrap().push((*words).to_owned());
            }
        }
    }

    #[test]
    fn an_index_that_cannot_be_made_is_not_made_for_ever() {
        let heard = Arc::new(Heard::default());
        let index = Index::new(Arc::clone(&heard) as Arc<dyn Listener>);
        let waiting = index.made.subscribe();
        for panics in [false, true] {
            index.state().making = Some(format!("{panics}"));
            let outcome = catch_unwind(AssertUnwindSafe(|| {
                index.make(|| if panics { panic!("as asked") } else { Err("no".to_owned()) });
            }));
            assert_eq!(outcome.is_err(), panics);
            assert!(index.state().making.is_none() && index.state().current.is_none());
            assert_eq!(index.state().failed, Some(format!("{panics}")));
        }
        assert_eq!(*waiting.borrow(), 2);
        assert_eq!(*heard.0.lock().unwrap(), ["no", "panic"]);
    }
}
