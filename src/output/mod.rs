//! ⑤ WRITE. The only writer of the site.
//!
//! An [`Output`] is a folder that Boussole made, known by its manifest `.boussole.json`. Files are replaced one at a
//! time and whole: new files first, then changed ones, removals last, so that at any moment every link reached from
//! the home page leads to a file (save for the instant in which a file and a folder of one name trade places). What
//! is unchanged is not touched, what Boussole did not write is neither replaced nor removed, and a folder that is
//! neither empty nor Boussole's is refused. A build holds its folder by a [`Lock`] meanwhile.
//!
//! A build that is killed at any moment leaves every file old or new, and a manifest from which the next build knows
//! its own. Where there was no site yet, files are written in their places, and may be left cut short: nobody
//! comes to a site without a home page, which is last. All this holds for a killed program, not for a loss of power:
//! nothing waits for the disk to have written.

mod content;
mod lock;
mod made;
mod manifest;
mod survey;
mod temporary;
#[cfg(test)]
mod tests;
mod tidy;

pub(crate) use content::{Content, Stream};
use content::{InPlace, Writable};
pub(crate) use lock::Lock;
pub(crate) use made::{Kept, Made};
pub(crate) use manifest::{Remembered, Whole};
pub(crate) use temporary::replace;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use rayon::slice::ParallelSliceMut;
use rustc_hash::FxHashSet;

use crate::path::OutputPath;
use manifest::{Hash, Manifest, OnDisk};
use survey::Standing;
use tidy::{Leaving, Removal};

/// The folder that the site is written to.
///
/// Dropped before [`Output::finish`], it takes away what it prepared.
#[derive(Debug)]
pub(crate) struct Output {
    folder: PathBuf,
    /// What the last build left.
    before: OnDisk,
    /// The files of this build, sorted.
    slots: Vec<Slot>,
    /// Where among them each file is, in the order in which they were announced.
    places: Vec<u32>,
    /// The files of the last build that this one is without.
    leaving: Vec<Leaving>,
    /// Which of the files are made of what.
    made: Made,
    /// What the next build may know of the sources' history.
    history: Option<Remembered>,
    /// What the whole site is made of, where the next build may rely on it.
    whole: Option<Whole>,
    /// Set once the disk knows what this build is about to write; the lock is held meanwhile.
    announced: OnceLock<()>,
    announcing: Mutex<()>,
}

/// The place of one file.
#[derive(Debug)]
struct Slot {
    file: OutputPath,
    /// What stood there when the output was opened.
    standing: Standing,
    done: OnceLock<Done>,
}

/// What was done for one file.
#[derive(Debug)]
struct Done {
    hash: Hash,
    fate: Fate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    /// Not touched.
    Unchanged,
    /// Written.
    Written,
    /// Whole under its temporary name, to be renamed in its turn.
    Prepared(Turn),
}

/// When a prepared file takes its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Turn {
    /// First, where a file makes room for a folder.
    Unblocked,
    /// Then what replaces a file.
    Changed,
    /// Then the home page, from which everything is reached.
    Home,
    /// After the removals, where a folder makes room for a file.
    Emptied,
}

/// How many files of the output a build created, changed, left alone and removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Written {
    /// Files that were not there.
    pub created: usize,
    /// Files whose content is another.
    pub changed: usize,
    /// Files that were not touched.
    pub unchanged: usize,
    /// Files that are no longer part of the site.
    pub removed: usize,
}

/// Why the output could not be written.
#[derive(Debug)]
pub enum Error {
    /// The folder is neither empty nor made by Boussole.
    Foreign(PathBuf),
    /// The manifest is damaged, or of another version.
    Unreadable(PathBuf),
    /// Another build has been writing there for a while.
    Busy(PathBuf),
    /// What Boussole did not write stands where a file must be written, or the file has a name that Boussole keeps
    /// for itself (`.boussole.json`, `.NAME.boussole`).
    InTheWay(PathBuf),
    /// The disk says no.
    Disk {
        /// To what.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
}

impl Error {
    /// For `map_err`: the disk's refusal at `path`.
    fn at(path: &Path) -> impl FnOnce(io::Error) -> Error {
        |cause| Error::Disk { path: path.to_owned(), cause }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Foreign(path) => write!(f, "`{}` is neither empty nor made by Boussole", path.display()),
            Error::Unreadable(path) => write!(f, "`{}` cannot be understood", path.display()),
            Error::Busy(path) => write!(f, "another build writes into `{}`", path.display()),
            Error::InTheWay(path) => write!(f, "`{}` is in the way", path.display()),
            Error::Disk { path, .. } => write!(f, "`{}` cannot be written", path.display()),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Error::Disk { cause, .. } => Some(cause),
            Error::Foreign(_) | Error::Unreadable(_) | Error::Busy(_) | Error::InTheWay(_) => None,
        }
    }
}

impl Output {
    /// Opens `folder` for a build that will write exactly `files`, of which some are `made` at a cost; writes nothing.
    ///
    /// Refuses a folder that is not Boussole's, and whatever is in the way of a file.
    pub(crate) fn open(folder: &Path, files: &[OutputPath], made: Made) -> Result<Output, Error> {
        let before = OnDisk::read(folder)?;
        let (files, places) = sorted(files);
        let (standing, leaving) = survey::survey(folder, &before, &files)?;
        let slots = files.into_iter().zip(standing);
        Ok(Output {
            folder: folder.to_owned(),
            before,
            slots: slots.map(|(file, standing)| Slot { file, standing, done: OnceLock::new() }).collect(),
            places,
            leaving,
            made,
            history: None,
            whole: None,
            announced: OnceLock::new(),
            announcing: Mutex::new(()),
        })
    }

    /// With what the next build may know of the sources' history, and of what all is made of.
    #[must_use]
    pub(crate) fn remembering(mut self, history: Option<Remembered>, whole: Option<Whole>) -> Output {
        (self.history, self.whole) = (history, whole);
        self
    }

    /// Writes the file that was announced as number `at`, or, where it changes a file that is there (and for the home page,
    /// always), prepares it beside its place until [`Output::finish`]. May be called from several threads at once, once for
    /// each file.
    pub(crate) fn put(&self, at: usize, mut content: Content) -> Result<(), Error> {
        self.put_any(at, &mut content)
    }

    /// The same for what is written piece by piece.
    pub(crate) fn put_stream(&self, at: usize, mut stream: Stream<'_>) -> Result<(), Error> {
        self.put_any(at, &mut stream)
    }

    fn put_any(&self, at: usize, content: &mut dyn Writable) -> Result<(), Error> {
        let slot = &self.slots[self.places[at] as usize];
        let path = self.path_of(&slot.file);
        if let Standing::File { size } = slot.standing {
            let recorded = self.before.manifest.files.get(&slot.file).flatten();
            let held = content.held_by(&InPlace { path: &path, size, recorded }).map_err(Error::at(&path))?;
            if let Some(hash) = held {
                return slot.settle(hash, Fate::Unchanged).map_err(Error::at(&path));
            }
        }
        self.announce()?;
        // The first file of a folder makes it; where another comes before that, writing does.
        if slot.standing == Standing::Unhoused && slot.file.as_str().ends_with("/index.html") {
            temporary::make_folder_of(&path)?;
        }
        let fate = slot.turn().map_or(Fate::Written, Fate::Prepared);
        let is_in_place = fate == Fate::Written && self.before.json.is_none();
        let beside = if is_in_place { None } else { Some(self.temporary(slot)) };
        let hash = temporary::write(beside.as_deref().unwrap_or(&path), content).map_err(Error::at(&path))?;
        if let Some(beside) = beside.filter(|_| fate == Fate::Written) {
            temporary::rename(&beside, &path)?;
        }
        slot.settle(hash, fate).map_err(Error::at(&path))
    }

    /// Puts the prepared files in their places, removes what is no longer part of the site, and seals the manifest.
    pub(crate) fn finish(mut self) -> Result<Written, Error> {
        if let Some(slot) = self.slots.iter().find(|slot| slot.done.get().is_none()) {
            let cause = io::Error::other("announced, but never written");
            return Err(Error::Disk { path: self.path_of(&slot.file), cause });
        }
        self.sweep()?;
        let mut removed = self.remove(Removal::First)?;
        self.place(Turn::Unblocked)?;
        self.place(Turn::Changed)?;
        self.place(Turn::Home)?;
        removed += self.remove(Removal::Last)?;
        self.place(Turn::Emptied)?;
        let mut written = Written { removed, ..Written::default() };
        for slot in &self.slots {
            *slot.count(&mut written) += 1;
        }
        self.seal()?;
        Ok(written)
    }

    fn path_of(&self, file: &OutputPath) -> PathBuf {
        // With room for both, it is made in one piece.
        let mut path = PathBuf::with_capacity(self.folder.as_os_str().len() + 1 + file.as_str().len());
        path.push(&self.folder);
        path.push(file.as_str());
        path
    }

    fn temporary(&self, slot: &Slot) -> PathBuf {
        match slot.standing {
            Standing::Blocked => temporary::aside(&self.folder, &slot.file),
            _ => temporary::beside(&self.path_of(&slot.file)),
        }
    }

    /// Records, before the first write of all, what is about to be written, so that a build after an interrupted one
    /// knows its own files. An unchanged build never comes here.
    fn announce(&self) -> Result<(), Error> {
        if self.announced.get().is_some() {
            return Ok(());
        }
        let _alone = self.announcing.lock().unwrap_or_else(PoisonError::into_inner);
        if self.announced.get().is_none() {
            // What is made of the same stays what it is, however this build ends.
            let mut made = self.before.manifest.made.clone();
            made.retain(|fingerprint, _| self.made.contains_key(fingerprint));
            let lasting: FxHashSet<&OutputPath> = made.values().flatten().collect();
            let changing = self.slots.iter().filter(|slot| !lasting.contains(&slot.file));
            let changing = changing.map(|slot| (slot.file.clone(), None));
            let files = self.before.manifest.files.iter().cloned().chain(changing).collect();
            let history = self.history.clone();
            Manifest { complete: false, files, made, history, whole: None }.write(&self.folder)?;
            self.announced.get_or_init(|| ());
        }
        Ok(())
    }

    /// Renames the files whose turn it is.
    fn place(&mut self, turn: Turn) -> Result<(), Error> {
        for at in 0..self.slots.len() {
            if self.slots[at].fate() != Some(Fate::Prepared(turn)) {
                continue;
            }
            let path = self.path_of(&self.slots[at].file);
            match turn {
                Turn::Unblocked => temporary::make_folder_of(&path)?,
                Turn::Emptied => tidy::remove_empty_folders(&path)?,
                Turn::Changed | Turn::Home => {}
            }
            temporary::rename(&self.temporary(&self.slots[at]), &path)?;
            if let Some(done) = self.slots[at].done.get_mut() {
                done.fate = Fate::Written;
            }
        }
        Ok(())
    }

    /// Writes the manifest of a finished build where it is not there already.
    fn seal(&self) -> Result<(), Error> {
        let hashes = self.slots.iter().map(|slot| (slot.file.clone(), slot.done.get().map(|done| done.hash)));
        let (made, history, whole) = (self.made.clone(), self.history.clone(), self.whole.clone());
        let sealed = Manifest { complete: true, files: hashes.collect(), made, history, whole };
        if self.announced.get().is_none() && self.before.json.as_deref().is_some_and(|before| sealed.is(before)) {
            return Ok(());
        }
        sealed.write(&self.folder)
    }
}

/// Files in order, each once, and where among them each of them is.
fn sorted(files: &[OutputPath]) -> (Vec<OutputPath>, Vec<u32>) {
    let mut order: Vec<(&OutputPath, usize)> = files.iter().zip(0..).collect();
    order.par_sort_unstable();
    let (mut sorted, mut places) = (Vec::<OutputPath>::with_capacity(files.len()), vec![0; files.len()]);
    for (file, at) in order {
        if sorted.last() != Some(file) {
            sorted.push(file.clone());
        }
        places[at] = u32::try_from(sorted.len() - 1).expect("a site has fewer than four billion files");
    }
    (sorted, places)
}

impl Drop for Output {
    fn drop(&mut self) {
        let is_prepared = |slot: &&Slot| matches!(slot.fate(), Some(Fate::Prepared(_)));
        for slot in self.slots.iter().filter(is_prepared) {
            temporary::discard(&self.temporary(slot));
        }
    }
}

impl Slot {
    fn fate(&self) -> Option<Fate> {
        self.done.get().map(|done| done.fate)
    }

    fn settle(&self, hash: Hash, fate: Fate) -> io::Result<()> {
        self.done.set(Done { hash, fate }).map_err(|_| io::Error::other("written twice"))
    }

    /// When the file takes its place, if it has to wait for it.
    fn turn(&self) -> Option<Turn> {
        match self.standing {
            Standing::Blocked => Some(Turn::Unblocked),
            Standing::Folder => Some(Turn::Emptied),
            _ if self.file.as_str() == "index.html" => Some(Turn::Home),
            Standing::File { .. } | Standing::Other => Some(Turn::Changed),
            Standing::Absent | Standing::Unhoused => None,
        }
    }

    /// Where the file counts, once it is in its place.
    fn count<'a>(&self, written: &'a mut Written) -> &'a mut usize {
        match (self.fate(), &self.standing) {
            (Some(Fate::Unchanged), _) => &mut written.unchanged,
            (_, Standing::File { .. } | Standing::Other) => &mut written.changed,
            _ => &mut written.created,
        }
    }
}
