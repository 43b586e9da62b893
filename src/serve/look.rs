//! The disk, looked at again and again, where the system does not tell what changes.
#![expect(clippy::disallowed_methods, reason = "how long a round takes says how soon the next may begin")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant, SystemTime};

use notify::Event;
use notify::event::{CreateKind, DataChange, EventKind, ModifyKind, RemoveKind};
use walkdir::WalkDir;

use super::gather::TREES;
use super::watch::Tell;

/// The time between two rounds.
const INTERVAL: Duration = Duration::from_millis(500);
/// How many times as long as a round takes is waited, where that is more.
const REST: u32 = 10;

/// Rounds that are made until this is dropped.
pub(super) struct Rounds {
    _end: Sender<()>,
}

/// What tells one state of a file from another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    is_file: bool,
    size: u64,
    written: Option<SystemTime>,
}

/// The files and folders of a guide.
type Seen = BTreeMap<PathBuf, Stamp>;

impl Rounds {
    /// Looks at the guide at `root`, and tells what is other than the time before.
    pub(super) fn start(root: PathBuf, tell: Tell) -> Rounds {
        let (end, ended) = channel();
        let mut before = look(&root);
        std::thread::spawn(move || {
            let mut pause = INTERVAL;
            while let Err(RecvTimeoutError::Timeout) = ended.recv_timeout(pause) {
                let start = Instant::now();
                let now = look(&root);
                for event in events(&before, &now) {
                    tell(Ok(event));
                }
                before = now;
                pause = INTERVAL.max(start.elapsed() * REST);
            }
        });
        Rounds { _end: end }
    }
}

fn look(root: &Path) -> Seen {
    let trees = TREES.iter().chain(&["guide.yaml"]).map(|tree| WalkDir::new(root.join(tree)).follow_links(true));
    let entries = trees.flatten().filter_map(Result::ok);
    let seen = entries.filter_map(|entry| {
        let metadata = entry.metadata().ok()?;
        let is_file = metadata.is_file();
        let (size, written) = if is_file { (metadata.len(), metadata.modified().ok()) } else { (0, None) };
        Some((entry.into_path(), Stamp { is_file, size, written }))
    });
    seen.collect()
}

/// What happened between two rounds.
fn events(before: &Seen, now: &Seen) -> Vec<Event> {
    let gone = before.keys().filter(|path| !now.contains_key(*path));
    let gone = gone.map(|path| (EventKind::Remove(RemoveKind::Any), path));
    let other = now.iter().filter_map(|(path, stamp)| match before.get(path) {
        Some(earlier) if earlier == stamp => None,
        Some(_) => Some((EventKind::Modify(ModifyKind::Data(DataChange::Any)), path)),
        None => Some((EventKind::Create(CreateKind::Any), path)),
    });
    gone.chain(other).map(|(kind, path)| Event::new(kind).add_path(path.clone())).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{events, look};

    #[test]
    fn what_is_new_other_or_gone_is_seen_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        for path in ["content/a.md", "content/b.md", "content/sub/c.md", "public/x.html", "guide.yaml"] {
            fs::create_dir_all(at(path).parent().unwrap()).unwrap();
            fs::write(at(path), "un").unwrap();
        }
        let before = look(folder.path());
        assert_eq!(events(&before, &look(folder.path())), []);
        fs::write(at("content/a.md"), "autre").unwrap();
        fs::write(at("guide.yaml"), "autre").unwrap();
        fs::write(at("public/x.html"), "autre").unwrap();
        fs::remove_file(at("content/b.md")).unwrap();
        fs::rename(at("content/sub"), at("content/neuf")).unwrap();
        let seen = events(&before, &look(folder.path()));
        let mut told: Vec<String> = seen
            .iter()
            .map(|event| {
                let path = event.paths[0].strip_prefix(folder.path()).unwrap().to_str().unwrap().to_owned();
                format!(
                    "{path} {}",
                    if event.kind.is_modify() {
                        "other"
                    } else if event.kind.is_create() {
                        "new"
                    } else {
                        "gone"
                    }
                )
            })
            .collect();
        told.sort();
        assert_eq!(
            told,
            [
                "content/a.md other",
                "content/b.md gone",
                "content/neuf new",
                "content/neuf/c.md new",
                "content/sub gone",
                "content/sub/c.md gone",
                "guide.yaml other",
            ]
        );
    }
}
