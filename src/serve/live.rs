//! The pages that are open in browsers: each is told when it is no longer what it was, and what was found in the guide.

use std::pin::Pin;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use futures_core::Stream;
use rustc_hash::FxHashMap;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use super::broken;
use super::desk::Seen;
use super::faults::{self, Reader};
use super::site::{self, Found};
use super::version::Version;
use crate::diagnostic::Diagnostic;
use crate::output::Content;
use crate::path::GuidePath;
use crate::pipeline::Preview;
use crate::source::Sources;

/// How many renames are remembered.
const REMEMBERED: usize = 16;

/// What an open page is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Signal {
    /// It says something else now.
    Reload,
    /// Only its stylesheets are others; it will be this version once it has them.
    Dress(String),
    /// It is at another address now.
    Moved(String),
    /// What was found in the guide, as JSON.
    Faults(String),
}

/// What is told to one page, until it is closed.
pub(super) struct Signals(UnboundedReceiver<Signal>);

impl Stream for Signals {
    type Item = Signal;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Signal>> {
        self.0.poll_recv(context)
    }
}

/// An open page, as it introduces itself.
#[derive(Clone, Debug)]
pub(super) struct Visit {
    /// The address that it was opened at.
    pub(super) page: String,
    /// What it is; `None` where it does not know.
    pub(super) version: Option<Version>,
    /// The source that it shows.
    pub(super) source: Option<String>,
    pub(super) reader: Reader,
}

/// An open page.
struct Guest {
    visit: Visit,
    /// The faults that it was told last.
    told: String,
    sender: UnboundedSender<Signal>,
}

/// All pages that are open.
#[derive(Default)]
pub(super) struct Hall {
    guests: Mutex<Vec<Guest>>,
    /// What was renamed lately: a page may still be loading when its file goes.
    moves: Mutex<Vec<(String, String)>>,
}

/// A page as it is now.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) version: Version,
    pub(super) source: Option<String>,
    /// Whether there is a page.
    is_here: bool,
    /// What is wrong with the page itself.
    fault: Option<Box<Diagnostic>>,
}

impl State {
    /// The state of the page at the address `path`.
    pub(super) fn of(seen: Seen<'_, '_>, path: &str) -> State {
        let preview = match seen {
            Ok(preview) => preview,
            Err(error) => return State::plain(&broken::unreadable(error), false, None),
        };
        let source = site::page_file(preview.base(), path).and_then(|file| preview.source(&file).map(str::to_owned));
        match site::find(preview, path) {
            Found::File { content: Content::Bytes(html), here, .. } => {
                State { version: Version::of(&html, preview), source, is_here: here, fault: None }
            }
            Found::Broken(fault) => {
                let page = broken::page(preview, fault.as_deref());
                State { source, fault, ..State::plain(&page, true, None) }
            }
            Found::Elsewhere(to) => State::plain(to.as_bytes(), true, None),
            Found::File { .. } | Found::Nothing => State::plain(b"", false, None),
        }
    }

    fn plain(bytes: &[u8], is_here: bool, source: Option<String>) -> State {
        State { version: Version::plain(bytes), source, is_here, fault: None }
    }
}

impl Hall {
    /// Lets a page in, and tells it at once how it stands.
    pub(super) fn enter(&self, seen: Seen<'_, '_>, visit: Visit) -> Signals {
        let (sender, signals) = unbounded_channel();
        let state = State::of(seen, &visit.page);
        let mut guest = Guest { visit, told: String::new(), sender };
        guest.tell(seen, &state, &self.moves());
        let mut guests = self.guests();
        guests.retain(|guest| !guest.sender.is_closed());
        guests.push(guest);
        Signals(signals)
    }

    /// Tells every page that is not what it was; `moves` are files that were renamed, from and to.
    pub(super) fn announce(&self, seen: Seen<'_, '_>, moves: &[(String, String)]) {
        let mut lately = self.moves();
        lately.extend_from_slice(moves);
        if let Ok(preview) = seen {
            // What has the name again did not go: it is what editors do to save, or another file.
            lately.retain(|(from, _)| !is_there(&preview.findings().sources, from));
        }
        let old = lately.len().saturating_sub(REMEMBERED);
        lately.drain(..old);
        let mut guests = self.guests();
        guests.retain(|guest| !guest.sender.is_closed());
        let mut states: FxHashMap<String, State> = FxHashMap::default();
        for guest in guests.iter_mut() {
            let page = guest.visit.page.clone();
            let state = states.entry(page).or_insert_with_key(|page| State::of(seen, page)).clone();
            guest.tell(seen, &state, &lately);
        }
    }

    fn moves(&self) -> MutexGuard<'_, Vec<(String, String)>> {
        self.moves.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn guests(&self) -> MutexGuard<'_, Vec<Guest>> {
        self.guests.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether the guide has a file, or a folder with files, at `path`.
fn is_there(sources: &Sources, path: &str) -> bool {
    let Some(path) = GuidePath::new(path) else { return false };
    sources.at(&path).is_some() || sources.iter().any(|(_, file)| file.path.below(path.as_str()).is_some())
}

impl Guest {
    /// Tells the page what it does not know yet.
    fn tell(&mut self, seen: Seen<'_, '_>, state: &State, moves: &[(String, String)]) {
        let signal = match self.visit.version {
            None => None,
            Some(version) if version == state.version => None,
            Some(version) if version.says_the_same(state.version) => Some(Signal::Dress(state.version.to_string())),
            Some(_) => match seen.ok().filter(|_| !state.is_here).and_then(|preview| self.moved(preview, moves)) {
                Some(address) => Some(Signal::Moved(address)),
                None => Some(Signal::Reload),
            },
        };
        self.visit.version = Some(state.version);
        if state.source.is_some() {
            self.visit.source.clone_from(&state.source);
        }
        if let Ok(preview) = seen {
            let told =
                faults::tell(preview.findings(), state.source.as_deref(), self.visit.reader, state.fault.as_deref());
            let told = serde_json::to_string(&told).expect("text and numbers are JSON");
            if told != self.told {
                self.told.clone_from(&told);
                self.send(Signal::Faults(told));
            }
        }
        if let Some(signal) = signal {
            self.send(signal);
        }
    }

    /// Where the source that the page showed went: it may be another file, or have another address.
    fn moved(&self, preview: &Preview<'_>, moves: &[(String, String)]) -> Option<String> {
        let mut source = self.visit.source.clone()?;
        for (from, to) in moves {
            match source.strip_prefix(from.as_str()) {
                Some(rest) if rest.is_empty() || rest.starts_with('/') => source = format!("{to}{rest}"),
                _ => {}
            }
        }
        let address = preview.address_of(&source)?;
        Some(format!("{}{}", preview.base(), address.trim_start_matches('/')))
    }

    /// A page that has been closed meanwhile needs not know.
    fn send(&self, signal: Signal) {
        drop(self.sender.send(signal));
    }
}
