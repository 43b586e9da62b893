//! Where guides are made and built: in memory where the system offers it, gone afterwards.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use walkdir::WalkDir;

use crate::corpus::Variety;
use crate::run;

const IN_MEMORY: &str = "/dev/shm";

/// A temporary folder.
pub(crate) struct Workspace {
    folder: TempDir,
    seed: u64,
}

impl Workspace {
    /// A folder in `parent`, else in memory, else where the system keeps temporary files.
    pub(crate) fn new(parent: Option<&Path>, seed: u64) -> io::Result<Workspace> {
        let memory = Path::new(IN_MEMORY);
        let builder = tempfile::Builder::new()
            .prefix("boussole-bench-")
            .tempdir_in(parent.or(memory.is_dir().then_some(memory)).unwrap_or(&std::env::temp_dir()));
        builder.map(|folder| Workspace { folder, seed })
    }

    pub(crate) fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Where it is and what works there, to be printed above results.
    pub(crate) fn description(&self) -> String {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        format!("{cores} cores, in {}", self.path().parent().unwrap_or(self.path()).display())
    }

    /// The root of a new guide of so many pages, plain or rich, in the folder called `name`; the command `corpus` gets
    /// `arguments` too.
    pub(crate) fn varied(
        &self,
        name: &str,
        (variety, pages): (Variety, u32),
        arguments: &[&str],
    ) -> io::Result<PathBuf> {
        self.corpus(name, pages, &[variety.arguments(), arguments].concat())
    }

    /// The root of a new guide of so many pages in the folder called `name`; the command `corpus` gets `arguments` too.
    pub(crate) fn corpus(&self, name: &str, pages: u32, arguments: &[&str]) -> io::Result<PathBuf> {
        let root = self.path().join(name);
        let mut command = run::itself()?;
        command.arg("corpus").arg(&root).args(["--pages", &pages.to_string(), "--seed", &self.seed.to_string()]);
        command.args(arguments);
        run::run(command)?;
        Ok(root)
    }

    /// The folder called `name`, which does not exist.
    pub(crate) fn absent(&self, name: &str) -> io::Result<PathBuf> {
        let path = self.path().join(name);
        remove(&path)?;
        Ok(path)
    }
}

/// Remove a folder, where there is one.
pub(crate) fn remove(folder: &Path) -> io::Result<()> {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

impl Variety {
    /// What tables call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Variety::Plain => "plain",
            Variety::Rich => "rich",
        }
    }

    /// What the command `corpus` is told for it: a rich guide also has 1,000 terms that all begin with one word.
    pub(crate) fn arguments(self) -> &'static [&'static str] {
        match self {
            Variety::Plain => &[],
            Variety::Rich => &["--variety", "rich", "--names", "1000", "--name-shape", "shared"],
        }
    }
}

/// Replace the line that tells a person who waits how far the measure is.
pub(crate) fn tell(progress: &str) {
    if io::stderr().is_terminal() {
        eprint!("\r\x1b[K{progress}");
    }
}

/// An error where fewer than `pages` pages were written in `output`: a fast program that does nothing is no winner.
pub(crate) fn check_written(output: &Path, pages: u32) -> io::Result<()> {
    let written = WalkDir::new(output)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "html"))
        .count();
    if written < pages as usize {
        return Err(io::Error::other(format!("{written} pages in {} instead of {pages}", output.display())));
    }
    Ok(())
}
