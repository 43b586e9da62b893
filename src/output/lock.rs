//! One build at a time in one folder.
//!
//! Of two builds that write into a folder at once, each would take the other's files for those of the build before. So
//! a build holds its folder by the system's own lock, from before it looks at what is there until all is written, and
//! whoever comes meanwhile waits a while. The folder itself is what is locked: no file stands for the lock, and it goes
//! with the process, however that ends. Where the system has none of the kind (Windows, some disks of a network),
//! builds are not kept apart.
#![expect(clippy::disallowed_methods, reason = "`output` makes the folder that it holds")]

use std::fs::{self, File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::Error;

/// How often it is looked whether another build is done, and how long after the last look: half a minute in all.
const LOOKS: u32 = 1500;
const PAUSE: Duration = Duration::from_millis(20);

/// A folder held for one build.
#[derive(Debug)]
pub(crate) struct Lock {
    folder: PathBuf,
    held: Option<File>,
    /// The folders that were made to hold one, the innermost first.
    made: Vec<PathBuf>,
}

impl Lock {
    /// Holds `folder` where it exists; makes nothing.
    pub(crate) fn of(folder: &Path) -> Result<Lock, Error> {
        let mut lock = Lock { folder: folder.to_owned(), held: None, made: Vec::new() };
        lock.hold(LOOKS)?;
        Ok(lock)
    }

    /// Holds the folder, which is made where it is absent. Dropped with nothing in it, it goes again.
    pub(crate) fn settle(&mut self) -> Result<(), Error> {
        if self.held.is_some() {
            return Ok(());
        }
        if !self.folder.exists() {
            let absent =
                self.folder.ancestors().take_while(|folder| !folder.as_os_str().is_empty() && !folder.exists());
            self.made = absent.map(Path::to_owned).collect();
            fs::create_dir_all(&self.folder).map_err(Error::at(&self.folder))?;
        }
        self.hold(LOOKS)
    }

    fn hold(&mut self, looks: u32) -> Result<(), Error> {
        for _ in 0..looks {
            // Opening anything else than a folder might wait for someone at its other end.
            let Some(folder) = Some(&self.folder).filter(|folder| folder.is_dir()) else { return Ok(()) };
            let Ok(file) = File::open(folder) else { return Ok(()) };
            match file.try_lock() {
                Ok(()) if stands(&file, folder) => {
                    self.held = Some(file);
                    return Ok(());
                }
                // Whoever held it has taken it away.
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    std::thread::sleep(PAUSE);
                }
                Err(TryLockError::Error(_)) => return Ok(()),
            }
        }
        Err(Error::Busy(self.folder.clone()))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        for folder in &self.made {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }
}

/// Whether the open folder is the one that stands at `path`.
#[cfg(unix)]
fn stands(folder: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    let id = |entry: fs::Metadata| (entry.dev(), entry.ino());
    folder.metadata().map(id).ok() == fs::metadata(path).map(id).ok()
}

#[cfg(not(unix))]
fn stands(_: &File, _: &Path) -> bool {
    true
}

#[cfg(all(test, unix))]
mod tests {
    use std::fs;

    use super::Lock;
    use crate::output::Error;

    #[test]
    fn a_held_folder_is_busy_until_it_is_let_go() {
        let folder = tempfile::tempdir().unwrap();
        let first = Lock::of(folder.path()).unwrap();
        assert!(first.held.is_some());
        let mut second = Lock { folder: folder.path().to_owned(), held: None, made: Vec::new() };
        assert!(matches!(second.hold(2), Err(Error::Busy(busy)) if busy == folder.path()));
        drop(first);
        second.hold(1).unwrap();
        assert!(second.held.is_some());
    }

    #[test]
    fn a_folder_is_made_when_it_is_needed_and_goes_where_nothing_came_in() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("a/b/site");
        let mut lock = Lock::of(&folder).unwrap();
        assert!(!parent.path().join("a").exists());
        lock.settle().unwrap();
        assert!(folder.is_dir() && lock.held.is_some());
        drop(lock);
        assert!(!parent.path().join("a").exists());
        let mut lock = Lock::of(&folder).unwrap();
        lock.settle().unwrap();
        fs::write(parent.path().join("a/b/file"), "").unwrap();
        drop(lock);
        assert!(!folder.exists() && parent.path().join("a/b/file").exists());
    }

    #[test]
    fn what_is_no_folder_is_not_held() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("site");
        fs::write(&path, "").unwrap();
        let mut lock = Lock::of(&path).unwrap();
        lock.settle().unwrap();
        assert!(lock.held.is_none() && path.is_file());
    }
}
