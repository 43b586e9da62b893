//! Where the guide is built, and where those who show it come to ask.
//!
//! One thread builds. Between two builds it answers whoever asks, on all cores; from the first sign of a change on,
//! whoever asks waits for the build that has it, so that nobody is shown what is past.
#![expect(clippy::disallowed_methods, reason = "what is being written is waited for")]

use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rayon::Scope;
use tokio::sync::oneshot;
use unicode_normalization::UnicodeNormalization;

use super::gather::{Changes, Gathered, Ground, Known, OnDisk, spelled};
use super::half::{HALF_SAVED, Halves, half_saved};
use super::live::Hall;
use super::watch::{Hearing, Standing, Watch};
use super::{Listener, News};
use crate::language::Tongue;
use crate::path::GuidePath;
use crate::pipeline::{Changed, Error, Incremental, Preview};
use crate::source::Sources;

/// How long no event may come before those that came are taken for all.
const QUIET: Duration = Duration::from_millis(5);
/// How long events are gathered where they do not stop.
const LONGEST: Duration = Duration::from_millis(50);
/// How many paths are more than an author saves at once: whatever writes them goes on, with halts.
const MANY: usize = 20;
/// How long no event may come then.
const LULL: Duration = Duration::from_millis(30);
/// How long they are gathered then.
const UTMOST: Duration = Duration::from_millis(500);
/// How soon a file that looks half saved is looked at again.
const GLANCE: Duration = Duration::from_millis(5);
/// How long nothing must have changed for a build to be told of: of a thousand files that come one by one, the last is.
const SETTLED: Duration = Duration::from_millis(150);
/// How often the root itself is looked for.
const ROUND: Duration = Duration::from_secs(1);
/// How soon a guide that cannot be read at all is tried again.
const RETRY: Duration = Duration::from_millis(500);

/// The guide as it was built last, or why it cannot be read.
pub(super) type Seen<'a, 'b> = Result<&'a Preview<'b>, &'a Unreadable>;

/// A guide that cannot be read any more, and what is still known of it.
pub(super) struct Unreadable {
    pub(super) error: Error,
    pub(super) tongue: Tongue,
    /// Its base path.
    pub(super) base: String,
}

/// What is done with the guide as it is.
type Look = Box<dyn FnOnce(Seen<'_, '_>) + Send>;

/// What the thread that builds is told.
pub(super) enum Message {
    /// Something happened on the disk.
    Event(notify::Result<notify::Event>),
    /// Somebody asks.
    Look(Look),
}

/// Where one asks.
#[derive(Clone)]
pub(super) struct Desk(pub(super) Sender<Message>);

impl Desk {
    /// What `look` makes of the guide as it is after the last change; `None` where nobody builds any more.
    pub(super) async fn look<R, F>(&self, look: F) -> Option<R>
    where
        R: Send + 'static,
        F: FnOnce(Seen<'_, '_>) -> R + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        // Whoever asked may be gone before the answer is there.
        let look = move |seen: Seen<'_, '_>| drop(reply.send(look(seen)));
        self.0.send(Message::Look(Box::new(look))).ok()?;
        answer.await.ok()
    }
}

/// What builds, and what it needs for that.
pub(super) struct Builder {
    pub(super) inbox: Receiver<Message>,
    pub(super) watch: Arc<Mutex<Watch>>,
    pub(super) hall: Arc<Hall>,
    pub(super) listener: Arc<dyn Listener>,
    /// Those who wait for the next build.
    pub(super) waiting: Vec<Look>,
    /// The files that changed since the last build that was told of.
    pub(super) untold: Vec<PathBuf>,
    /// The language and the base path of the guide, as they were last.
    pub(super) known: (Tongue, String),
}

/// A change, and when the first sign of it came.
struct Since {
    changes: Changes,
    start: Instant,
}

impl Builder {
    /// Builds until nobody asks any more. The first build must succeed.
    pub(super) fn run(mut self, mut incremental: Incremental) -> Result<(), Error> {
        let mut since = Since { changes: Changes::anything(), start: Instant::now() };
        let mut is_first = true;
        loop {
            let first = std::mem::take(&mut is_first);
            self.prepare(&mut since.changes, first);
            let outcome = incremental.build(&since.changes.changed, |preview| self.show(preview, &since));
            let next = match outcome {
                Err(error) if first => return Err(error),
                Err(error) => self.stand_by(error),
                Ok(next) => next,
            };
            let Some(next) = next else { return Ok(()) };
            since = next;
        }
    }

    /// Watches anew what may be other folders now, and looks at links as what they may be.
    fn prepare(&self, changes: &mut Changes, first: bool) {
        let mut watch = self.watch.lock().unwrap_or_else(PoisonError::into_inner);
        let before = watch.hearing();
        if changes.trees && !first {
            // Where the folders cannot be watched now, the root tells when they come back.
            drop(watch.again());
        }
        if before == Hearing::Told && watch.hearing() == Hearing::Looked {
            self.listener.tell(&News::Looking);
        }
        if watch.has_links() {
            changes.changed = Changed::Anything;
        }
    }

    /// Shows the guide until it changes; what has changed then.
    fn show(&mut self, preview: &Preview<'_>, since: &Since) -> Option<Since> {
        let took = since.start.elapsed();
        self.known = (preview.findings().tongue, preview.base().to_owned());
        rayon::in_place_scope(|scope| {
            self.admit(scope, Ok(preview));
            let (hall, moves) = (Arc::clone(&self.hall), since.changes.moves.clone());
            scope.spawn(move |_| hall.announce(Ok(preview), &moves));
            if since.changes.changed == Changed::Anything {
                let watch = Arc::clone(&self.watch);
                scope.spawn(move |_| watch.lock().unwrap_or_else(PoisonError::into_inner).follow_links());
            }
            self.untold.extend_from_slice(&since.changes.paths);
            // A file that changed twice is one.
            self.untold.sort_unstable();
            self.untold.dedup();
            self.attend(scope, preview, took)
        })
    }

    /// Answers whoever asks until something changes, and tells of the build, which took so long, once it seems to be the last.
    fn attend<'s>(&mut self, scope: &Scope<'s>, preview: &'s Preview<'s>, took: Duration) -> Option<Since> {
        let root = preview.findings().sources.root();
        let mut round = Instant::now() + ROUND;
        // What nobody changed is told of at once: the first build.
        let mut tell = Some(Instant::now() + if self.untold.is_empty() { Duration::ZERO } else { SETTLED });
        loop {
            if tell.is_some_and(|tell| tell <= Instant::now()) {
                tell = None;
                let paths = std::mem::take(&mut self.untold);
                self.listener.tell(&News::Built { preview, paths: &paths, took });
            }
            // Of a root that is renamed, or replaced, the system tells nothing.
            if round <= Instant::now() {
                round = Instant::now() + ROUND;
                // Where links are being followed, the next round is soon enough.
                if self.watch.try_lock().is_ok_and(|watch| watch.has_lost_root()) {
                    return Some(Since { changes: Changes::anything(), start: Instant::now() });
                }
            }
            let next = tell.map_or(round, |tell| tell.min(round));
            match self.inbox.recv_timeout(next.saturating_duration_since(Instant::now())) {
                Ok(Message::Look(look)) => scope.spawn(move |_| look(Ok(preview))),
                Ok(Message::Event(event)) => {
                    let mut gathered = Gathered::default();
                    let sources = &preview.findings().sources;
                    if gathered.add(root, event) && !gathered.is_temporary(&Disk { sources }) {
                        if let Some(since) = self.gather(gathered, sources) {
                            return Some(since);
                        }
                        self.admit(scope, Ok(preview));
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
            }
        }
    }

    /// Lets those who wait look.
    fn admit<'s>(&mut self, scope: &Scope<'s>, seen: Seen<'s, 's>) {
        for look in self.waiting.drain(..) {
            scope.spawn(move |_| look(seen));
        }
    }

    /// Takes in events until they stop, and what they were about can be read; `None` where nothing has changed.
    fn gather(&mut self, mut gathered: Gathered, sources: &Sources) -> Option<Since> {
        let start = Instant::now();
        let mut until = start + QUIET;
        let mut halves = Halves::default();
        loop {
            let (quiet, longest) = pace(gathered.len());
            let last = start + if halves.is_empty() { longest } else { UTMOST + HALF_SAVED };
            match self.inbox.recv_timeout(until.min(last).saturating_duration_since(Instant::now())) {
                Ok(Message::Look(look)) => self.waiting.push(look),
                Ok(Message::Event(event)) => {
                    if gathered.add(sources.root(), event) {
                        until = Instant::now() + quiet;
                    }
                }
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => {
                    let changes = gathered.settle(&Disk { sources })?;
                    let half = half_saved(sources, &changes.paths);
                    let now = Instant::now();
                    if !halves.are_waited_for(half, now) || now >= start + UTMOST + HALF_SAVED {
                        return Some(Since { changes, start });
                    }
                    until = now + GLANCE;
                }
            }
        }
    }

    /// Tells everybody that the guide cannot be read, until something changes or it is time to try again.
    fn stand_by(&mut self, error: Error) -> Option<Since> {
        let (tongue, base) = self.known.clone();
        let error = &Unreadable { error, tongue, base };
        self.listener.tell(&News::Unreadable);
        self.hall.announce(Err(error), &[]);
        for look in self.waiting.drain(..) {
            look(Err(error));
        }
        let until = Instant::now() + RETRY;
        loop {
            match self.inbox.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(Message::Look(look)) => look(Err(error)),
                // The root may be another one: what happens in it is not looked at.
                Ok(Message::Event(_)) => {}
                Err(RecvTimeoutError::Disconnected) => return None,
                Err(RecvTimeoutError::Timeout) => {
                    return Some(Since { changes: Changes::anything(), start: Instant::now() });
                }
            }
        }
    }
}

/// How long no event may come before those of so many paths are taken for all, and how long they are gathered at most.
fn pace(paths: usize) -> (Duration, Duration) {
    if paths > MANY { (LULL, UTMOST) } else { (QUIET, LONGEST) }
}

/// The disk, and what was read of it.
struct Disk<'a> {
    sources: &'a Sources,
}

impl Ground for Disk<'_> {
    fn on_disk(&self, path: &Path) -> OnDisk {
        match self.sources.root().join(path).symlink_metadata() {
            Ok(found) if found.is_file() => OnDisk::File,
            Ok(_) => OnDisk::Other,
            Err(_) => OnDisk::Absent,
        }
    }

    fn known(&self, path: &Path) -> Known {
        let spelled = spelled(path);
        let Some(path) = GuidePath::new(&spelled) else { return Known::Not };
        let inside = format!("{path}/");
        match self.sources.at(&path) {
            Some(_) if spelled != path.as_str() || self.has_twin(&path) => Known::Otherwise,
            Some(_) => Known::File,
            None if self.sources.iter().any(|(_, file)| file.path.as_str().starts_with(&inside)) => Known::Folder,
            None => Known::Not,
        }
    }
}

impl Disk<'_> {
    /// Whether beside the file at `path` stands another that a guide cannot tell from it: its accents are letters of their own.
    fn has_twin(&self, path: &GuidePath) -> bool {
        if path.as_str().is_ascii() {
            return false;
        }
        let apart: String = path.as_str().nfd().collect();
        let root = self.sources.root();
        // Some disks cannot tell them apart either.
        let [one, other] = [path.as_str(), &apart].map(|path| Standing::of(&root.join(path)));
        other.is_some() && one != other
    }
}

#[cfg(test)]
mod tests;
