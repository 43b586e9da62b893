//! Where guides are made and built: in memory where the system offers it, gone afterwards.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use tempfile::TempDir;
use walkdir::WalkDir;

use crate::corpus::Format;
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

    /// The root of a new guide of so many pages.
    pub(crate) fn guide(&self, pages: u32, format: Format) -> io::Result<PathBuf> {
        let format = format!("{format:?}").to_lowercase();
        self.corpus(&format!("{format}-{pages}"), pages, &["--format", &format])
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
        match std::fs::remove_dir_all(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
            _ => Ok(path),
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
