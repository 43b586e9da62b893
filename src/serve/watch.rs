//! The disk, watched: content, static files, themes and `guide.yaml`. Never the output.

#[cfg(unix)]
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;
#[cfg(not(unix))]
use std::time::SystemTime;

use notify::{Config, ErrorKind, Event, RecommendedWatcher, RecursiveMode, Watcher};
use rustc_hash::FxHashSet;
use walkdir::WalkDir;

use super::gather::{TREES, is_gone};
use super::look::Rounds;

/// How changes are heard of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hearing {
    /// The system tells of them.
    Told,
    /// The disk is looked at again and again: for network drives, and where the system's means are used up.
    Looked,
}

/// What events are told to.
pub(super) type Tell = Arc<dyn Fn(notify::Result<Event>) + Send + Sync>;

/// Which file or folder stands at a path: another of the same name is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Standing(#[cfg(unix)] (u64, u64), #[cfg(not(unix))] SystemTime);

impl Standing {
    /// What stands at `path`; `None` where nothing does, or the system has no name for it.
    pub(super) fn of(path: &Path) -> Option<Standing> {
        let found = path.metadata().ok()?;
        #[cfg(unix)]
        return Some(Standing((found.dev(), found.ino())));
        #[cfg(not(unix))]
        return found.created().ok().map(Standing);
    }
}

/// What watches a guide.
pub(super) struct Watch {
    root: PathBuf,
    /// The root that is watched.
    standing: Option<Standing>,
    tell: Tell,
    means: Means,
    /// Where symbolic links lead to, outside of what is watched anyway.
    beyond: FxHashSet<PathBuf>,
    /// Whether the guide has symbolic links at all.
    has_links: bool,
}

/// By which means.
enum Means {
    System(RecommendedWatcher),
    /// Held for as long as they are to go on.
    Rounds {
        _held: Rounds,
    },
}

impl Watch {
    /// Watches the guide at `root`, and tells of events through `tell`; looks at the disk where the system cannot tell.
    pub(super) fn start(root: &Path, hearing: Hearing, tell: Tell) -> notify::Result<Watch> {
        // Asked before it is watched: what is put in its place from now on is another.
        let standing = Standing::of(root);
        let means = match hearing {
            Hearing::Looked => None,
            Hearing::Told => match system(&tell) {
                Err(error) if is_used_up(&error) => None,
                watcher => Some(Means::System(watcher?)),
            },
        };
        let means = means.unwrap_or_else(|| rounds(root, &tell));
        let (root, beyond) = (root.to_owned(), FxHashSet::default());
        let mut watch = Watch { root, standing, tell, means, beyond, has_links: false };
        watch.watch()?;
        Ok(watch)
    }

    /// How changes are heard of.
    pub(super) fn hearing(&self) -> Hearing {
        match self.means {
            Means::System(_) => Hearing::Told,
            Means::Rounds { .. } => Hearing::Looked,
        }
    }

    /// Whether the root is away, or another folder than the one that is watched.
    pub(super) fn has_lost_root(&self) -> bool {
        !self.root.is_dir() || Standing::of(&self.root) != self.standing
    }

    /// Whether some file may be seen at another place, too.
    pub(super) fn has_links(&self) -> bool {
        self.has_links
    }

    /// Watches the same anew: folders may have come, or be others of the same name.
    pub(super) fn again(&mut self) -> notify::Result<()> {
        self.standing = Standing::of(&self.root);
        let Means::System(watcher) = &mut self.means else { return Ok(()) };
        let own = TREES.iter().map(|tree| self.root.join(tree)).chain([self.root.clone()]);
        for path in own.chain(self.beyond.drain()) {
            // It is not watched where it was away.
            drop(watcher.unwatch(&path));
        }
        self.watch()
    }

    fn watch(&mut self) -> notify::Result<()> {
        let Means::System(watcher) = &mut self.means else { return Ok(()) };
        let trees = TREES.iter().map(|tree| (self.root.join(tree), RecursiveMode::Recursive));
        for (path, mode) in [(self.root.clone(), RecursiveMode::NonRecursive)].into_iter().chain(trees) {
            // What is not there yet is told of where it comes.
            if !path.is_dir() {
                continue;
            }
            match watcher.watch(&path, mode) {
                Ok(()) => {}
                Err(error) if is_gone(&error) => {}
                Err(error) if is_used_up(&error) => {
                    self.means = rounds(&self.root, &self.tell);
                    return Ok(());
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Watches what symbolic links lead to as well.
    pub(super) fn follow_links(&mut self) {
        let mut links = self.links().into_iter().peekable();
        self.has_links = links.peek().is_some();
        let Means::System(watcher) = &mut self.means else { return };
        for link in links {
            let Ok(real) = link.canonicalize() else { continue };
            let (folder, mode) = match real.parent() {
                Some(parent) if !real.is_dir() => (parent, RecursiveMode::NonRecursive),
                _ => (&*real, RecursiveMode::Recursive),
            };
            let is_watched = TREES.iter().any(|tree| folder.starts_with(self.root.join(tree))) || folder == self.root;
            if !is_watched && self.beyond.insert(folder.to_owned()) {
                // Where it cannot be watched, the next change of anything else shows it.
                drop(watcher.watch(folder, mode));
            }
        }
    }

    fn links(&self) -> Vec<PathBuf> {
        let trees = TREES.iter().map(|tree| WalkDir::new(self.root.join(tree)));
        let entries = trees.flatten().filter_map(Result::ok);
        entries.filter(walkdir::DirEntry::path_is_symlink).map(walkdir::DirEntry::into_path).collect()
    }
}

fn system(tell: &Tell) -> notify::Result<RecommendedWatcher> {
    let tell = Arc::clone(tell);
    RecommendedWatcher::new(move |event| tell(event), Config::default())
}

fn rounds(root: &Path, tell: &Tell) -> Means {
    Means::Rounds { _held: Rounds::start(root.to_owned(), Arc::clone(tell)) }
}

/// Whether the system has no more means to tell of changes.
fn is_used_up(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::MaxFilesWatch => true,
        // Too many watchers (`EMFILE`, `ENFILE`), or no room for one (`ENOSPC`).
        ErrorKind::Io(error) => matches!(error.raw_os_error(), Some(23 | 24 | 28)),
        _ => false,
    }
}
