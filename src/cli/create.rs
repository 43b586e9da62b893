//! Files that are written for authors to change: never over one that is there.
#![expect(
    clippy::disallowed_methods,
    reason = "`output` writes the site; these are sources, of which none is replaced"
)]

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;

use super::failure::Failure;
use crate::diagnostic::say;

/// How many files that are in the way are named.
const LISTED: usize = 10;

/// A file to write: its path, with `/` between names, and its bytes.
pub(super) type NewFile<'a> = (&'a str, &'a [u8]);

/// Writes `files` into `folder`, or none of them where one is there already.
pub(super) fn create(folder: &Path, files: &[NewFile<'_>]) -> Result<(), Failure> {
    let in_the_way: Vec<String> = files.iter().filter_map(|(path, _)| obstacle(folder, path)).collect();
    if !in_the_way.is_empty() {
        return Err(taken(in_the_way).help(say!(
            "rien n’a été écrit\u{a0}; déplacez ou supprimez ce qui est là",
            "nothing was written; move or remove what is there"
        )));
    }
    write_all(folder, files)
}

/// What came of files of which some were there.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Added<'a> {
    /// Those that were written.
    pub(super) written: Vec<&'a str>,
    /// Those that were there, and were left as they are.
    pub(super) left: Vec<&'a str>,
}

/// Writes those of `files` that are not in `folder`; none of them where a file stands in place of a folder.
pub(super) fn add<'a>(folder: &Path, files: &[NewFile<'a>]) -> Result<Added<'a>, Failure> {
    let is_there = |path: &str| folder.join(path).symlink_metadata().is_ok();
    let in_the_way = files.iter().filter_map(|(path, _)| obstacle(folder, path).filter(|there| there != path));
    let in_the_way: Vec<String> = in_the_way.collect();
    if !in_the_way.is_empty() {
        return Err(taken(in_the_way).help(say!(
            "rien n’a été écrit\u{a0}; déplacez ce qui est là, ou choisissez un autre dossier",
            "nothing was written; move what is there, or choose another folder"
        )));
    }
    let (left, new): (Vec<NewFile<'a>>, Vec<NewFile<'a>>) = files.iter().partition(|(path, _)| is_there(path));
    write_all(folder, &new)?;
    let paths = |files: Vec<NewFile<'a>>| files.into_iter().map(|(path, _)| path).collect();
    Ok(Added { written: paths(new), left: paths(left) })
}

/// The text of a file that an author may have changed; none where there is none.
pub(super) fn text(path: &Path) -> Option<String> {
    fs::read_to_string(path).ok()
}

/// What stands where `path` or one of its folders would be.
fn obstacle(folder: &Path, path: &str) -> Option<String> {
    let ends = path.match_indices('/').map(|(end, _)| end);
    let file = ends.map(|end| &path[..end]).find(|parent| {
        let parent = folder.join(parent);
        parent.symlink_metadata().is_ok() && !parent.is_dir()
    });
    let there = || folder.join(path).symlink_metadata().is_ok();
    file.or_else(|| there().then_some(path)).map(str::to_owned)
}

fn taken(mut paths: Vec<String>) -> Failure {
    paths.sort_unstable();
    paths.dedup();
    let others = paths.len().saturating_sub(LISTED);
    let list = paths.iter().take(LISTED).map(String::as_str).collect::<Vec<_>>().join("\n  - ");
    Failure::usage(match (paths.len(), others) {
        (..2, _) => say!("`{list}` existe déjà", "`{list}` exists already"),
        (_, 0) => say!("ces fichiers existent déjà\u{a0}:\n  - {list}", "these files exist already:\n  - {list}"),
        (_, 1) => say!(
            "ces fichiers existent déjà\u{a0}:\n  - {list}\n  … et 1 autre",
            "these files exist already:\n  - {list}\n  … and 1 other"
        ),
        _ => say!(
            "ces fichiers existent déjà\u{a0}:\n  - {list}\n  … et {others} autres",
            "these files exist already:\n  - {list}\n  … and {others} others"
        ),
    })
}

/// Writes files that are not there; where one of them cannot be, those that were are taken away again.
fn write_all(folder: &Path, files: &[NewFile<'_>]) -> Result<(), Failure> {
    for (at, (path, bytes)) in files.iter().enumerate() {
        if let Err(failure) = write(&folder.join(path), bytes) {
            files[..at].iter().for_each(|(path, _)| discard(&folder.join(path)));
            return Err(failure);
        }
    }
    Ok(())
}

/// Takes away what was just written. That it cannot be is no news: there is a greater failure to tell.
fn discard(path: &Path) {
    fs::remove_file(path).unwrap_or_default();
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let world = |error| Failure::world(path, error);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).map_err(|error| Failure::world(parent, error))?;
    }
    match OpenOptions::new().write(true).create_new(true).open(path) {
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(taken(vec![path.display().to_string()])
            .help(say!("déplacez-le ou supprimez-le, puis recommencez", "move it or remove it, then start again"))),
        Err(error) => Err(world(error)),
        Ok(mut file) => file.write_all(bytes).map_err(|error| {
            discard(path);
            world(error)
        }),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{Added, add, create, taken};
    use crate::cli::console::Verbosity;
    use crate::language::Tongue;

    #[test]
    fn nothing_is_written_where_one_file_is_there() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("b"), "mine").unwrap();
        fs::write(folder.path().join("c"), "mine").unwrap();
        let files: [(&str, &[u8]); 4] = [("a", b"new"), ("b", b"new"), ("c/d/e", b"new"), ("c/f", b"new")];
        let failure = create(folder.path(), &files).unwrap_err();
        let told = failure.text(Tongue::English, Verbosity::Normal);
        assert!(told.starts_with("error: these files exist already:\n  - b\n  - c\n"), "{told}");
        assert!(!folder.path().join("a").exists());
        assert_eq!(fs::read_to_string(folder.path().join("b")).unwrap(), "mine");
    }

    #[test]
    fn a_long_list_of_what_is_in_the_way_is_cut_short() {
        for (many, end) in [(10, "\n  - f19"), (11, "\n  … et 1 autre"), (12, "\n  … et 2 autres")] {
            let told = taken((10..10 + many).map(|file| format!("f{file}")).collect());
            let told = told.text(Tongue::French, Verbosity::Normal);
            assert!(told.ends_with(end), "{told}");
            assert_eq!(told.matches("\n  - ").count(), 10);
        }
    }

    #[test]
    fn what_is_there_is_left_and_the_rest_is_written() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("b"), "mine").unwrap();
        let added = add(folder.path(), &[("a/c", b"new"), ("b", b"new")]).unwrap();
        assert_eq!(added, Added { written: vec!["a/c"], left: vec!["b"] });
        assert_eq!(fs::read_to_string(folder.path().join("b")).unwrap(), "mine");
        assert!(add(folder.path(), &[("e", b"new"), ("b/d", b"new")]).is_err());
        assert!(!folder.path().join("e").exists());
    }

    #[test]
    fn files_are_written_in_new_folders() {
        let folder = tempfile::tempdir().unwrap();
        create(&folder.path().join("guide"), &[("content/roles/a.md", b"# A\n")]).unwrap();
        assert_eq!(fs::read(folder.path().join("guide/content/roles/a.md")).unwrap(), b"# A\n");
    }
}
