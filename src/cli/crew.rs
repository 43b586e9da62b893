//! The threads that share a command's work.
#![expect(clippy::disallowed_methods, reason = "`cli` may ask the environment")]

use std::io;
use std::num::NonZero;
use std::sync::mpsc::{Sender, channel};
use std::thread::{Builder, available_parallelism};

use rayon::{ThreadBuilder, ThreadPoolBuilder};

use super::failure::Failure;
use crate::diagnostic::say;

/// How many threads are left to others (the search index, what git answers) where not all are granted.
const SPARE: usize = 2;

/// How many threads there must be room for while a guide is served.
#[cfg(feature = "serve")]
const ROOM: usize = 8;

/// Starts as many threads as there are cores, or as `RAYON_NUM_THREADS` says; fewer where the system grants no more.
///
/// Left to itself, the library that shares the work out would stop the program there.
pub(super) fn gather() -> Result<(), Failure> {
    let wanted = wanted();
    let mut ready: Vec<Sender<ThreadBuilder>> = (0..wanted).map_while(|_| wait_for_work()).collect();
    if ready.len() < wanted {
        ready.truncate(ready.len().saturating_sub(SPARE).max(1));
    }
    if ready.is_empty() {
        return Err(none());
    }
    let gone = || io::Error::other("a thread went away");
    let crew = ThreadPoolBuilder::new().num_threads(ready.len()).spawn_handler(|thread| {
        let start = ready.pop().ok_or_else(gone)?;
        start.send(thread).map_err(|_| gone())
    });
    // In one process there may be several commands: the first one's threads are there for all.
    drop(crew.build_global());
    Ok(())
}

/// Sees that the system grants the few threads that a server starts as it goes, and could not go on without.
#[cfg(feature = "serve")]
pub(super) fn make_room() -> Result<(), Failure> {
    let ready: Vec<_> = (0..ROOM).map_while(|_| wait_for_work()).collect();
    if ready.len() < ROOM { Err(none()) } else { Ok(()) }
}

fn wanted() -> usize {
    let asked =
        std::env::var("RAYON_NUM_THREADS").ok().and_then(|number| number.parse().ok()).filter(|number| *number > 0);
    asked.unwrap_or_else(|| available_parallelism().map_or(1, NonZero::get)).min(rayon::max_num_threads())
}

/// A thread that does nothing until it is given its part; `None` where the system refuses it.
fn wait_for_work() -> Option<Sender<ThreadBuilder>> {
    let (start, started) = channel::<ThreadBuilder>();
    let wait = move || started.recv().map_or((), ThreadBuilder::run);
    Builder::new().spawn(wait).ok().map(|_| start)
}

fn none() -> Failure {
    Failure::without_means(say!(
        "le système n’a plus de quoi faire travailler Boussole\u{a0}: trop de programmes sont ouverts",
        "the system has nothing left for Boussole to work with: too many programs are running"
    ))
    .help(say!("fermez-en quelques-uns, puis recommencez", "close some of them, then start again"))
}
