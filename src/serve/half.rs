//! Files that an editor has begun to save: empty, or with a front matter that does not end yet.
#![expect(clippy::disallowed_methods, reason = "a file is looked at before it is read, to know whether it can be")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use walkdir::{DirEntry, WalkDir};

use super::gather::{is_source, spelled};
use crate::path::GuidePath;
use crate::source::{Content, Role, Sources};

/// How long a file may look half saved before it is taken as it is.
pub(super) const HALF_SAVED: Duration = Duration::from_millis(100);

/// The files that look half saved, and since when each does.
#[derive(Debug, Default)]
pub(super) struct Halves(BTreeMap<PathBuf, Instant>);

impl Halves {
    /// Takes in those that look so `now`; whether one of them is to be looked at again.
    pub(super) fn are_waited_for(&mut self, half: Vec<PathBuf>, now: Instant) -> bool {
        let before = std::mem::take(&mut self.0);
        for path in half {
            let since = before.get(&path).copied().unwrap_or(now);
            self.0.insert(path, since);
        }
        self.0.values().any(|&since| now.saturating_duration_since(since) < HALF_SAVED)
    }

    /// Whether none looks so.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// The files at `paths`, below the root, or in the folders there, that look half saved and did not when `sources` were read.
pub(super) fn half_saved(sources: &Sources, paths: &[PathBuf]) -> Vec<PathBuf> {
    let root = sources.root();
    // Of what is in a folder that came, the system may tell nothing.
    let entries = paths.iter().flat_map(|path| WalkDir::new(root.join(path))).filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file()).map(DirEntry::into_path);
    let below = files.filter_map(|file| file.strip_prefix(root).ok().map(Path::to_owned));
    below.filter(|path| is_source(path) && is_half_saved(sources, path)).collect()
}

/// Of what was not there, only pages have a form that says whether they are whole.
fn is_half_saved(sources: &Sources, below: &Path) -> bool {
    let Some(path) = GuidePath::new(&spelled(below)) else { return false };
    let (role, was_half) = match sources.at(&path).map(|file| &sources[file]) {
        Some(file) => match &file.content {
            Content::Text(before) => (file.role, looks_half(before.as_bytes(), file.role)),
            _ => return false,
        },
        None if is_page(&path) => (Role::Page, false),
        None => return false,
    };
    !was_half && fs::read(sources.root().join(below)).is_ok_and(|now| looks_half(&now, role))
}

fn is_page(path: &GuidePath) -> bool {
    path.below("content").is_some() && path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("md"))
}

fn looks_half(text: &[u8], role: Role) -> bool {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text);
    if text.trim_ascii().is_empty() {
        return true;
    }
    let mut lines = text.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii_end);
    role == Role::Page && lines.next() == Some(b"---") && !lines.any(|line| matches!(line, b"---" | b"..."))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::PathBuf;
    use std::time::Instant;

    use super::{HALF_SAVED, Halves, half_saved, looks_half};
    use crate::source::{Role, Sources};

    const WHOLE: &str = "---\ntitre: A\n---\n\nTexte.\n";
    const HALF: &str = "---\ntitre: A\n";

    fn paths(paths: &[&str]) -> Vec<PathBuf> {
        paths.iter().map(PathBuf::from).collect()
    }

    #[test]
    fn what_is_new_may_be_half_saved_and_what_was_is_not_again() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("content/neuf/_brouillons")).unwrap();
        let write = |path: &str, text: &str| fs::write(folder.path().join(path), text).unwrap();
        write("guide.yaml", "title: A\n");
        write("content/entiere.md", WHOLE);
        write("content/connue.md", WHOLE);
        write("content/moitie.md", HALF);
        write("content/carte.svg", "<svg/>");
        let (sources, _) = Sources::load(folder.path()).unwrap();
        write("content/connue.md", HALF);
        write("content/moitie.md", "");
        write("content/carte.svg", "");
        write("content/vide.MD", "");
        write("content/nouvelle.md", WHOLE);
        write("content/nouvelle.svg", "");
        write("content/neuf/commencee.md", HALF);
        write("content/neuf/_brouillons/vide.md", "");
        let changed = paths(&[
            "content/entiere.md",
            "content/connue.md",
            "content/moitie.md",
            "content/carte.svg",
            "content/vide.MD",
            "content/nouvelle.md",
            "content/nouvelle.svg",
            "content/neuf",
            "content/absente.md",
        ]);
        let half = paths(&["content/connue.md", "content/vide.MD", "content/neuf/commencee.md"]);
        assert_eq!(half_saved(&sources, &changed), half);
    }

    #[test]
    fn each_file_is_waited_for_as_long_as_every_other_and_no_longer() {
        let (mut halves, start) = (Halves::default(), Instant::now());
        let almost = HALF_SAVED * 9 / 10;
        assert!(!halves.are_waited_for(Vec::new(), start) && halves.is_empty());
        assert!(halves.are_waited_for(paths(&["a.md"]), start) && !halves.is_empty());
        assert!(halves.are_waited_for(paths(&["a.md", "b.md"]), start + almost));
        assert!(halves.are_waited_for(paths(&["a.md", "b.md"]), start + HALF_SAVED));
        assert!(!halves.are_waited_for(paths(&["a.md"]), start + HALF_SAVED));
        // What was whole in the meantime begins anew.
        assert!(!halves.are_waited_for(Vec::new(), start + HALF_SAVED));
        assert!(halves.are_waited_for(paths(&["a.md"]), start + HALF_SAVED));
        assert!(!halves.are_waited_for(paths(&["a.md"]), start + HALF_SAVED * 2));
    }

    #[test]
    fn what_is_empty_or_does_not_end_its_front_matter_looks_half_saved() {
        for (text, role, half) in [
            ("", Role::Page, true),
            ("", Role::Theme, true),
            (" \r\n", Role::Configuration, true),
            ("\u{feff}", Role::Page, true),
            ("---\ntitre: A\n", Role::Page, true),
            ("---\r\ntitre: A\r\n--", Role::Page, true),
            ("---", Role::Page, true),
            ("---\ntitre: A\n---\n", Role::Page, false),
            ("---\r\ntitre: A\r\n---\r\n\r\nTexte.\r\n", Role::Page, false),
            ("---\ntitre: A\n...\n", Role::Page, false),
            ("# A\n", Role::Page, false),
            ("---\ntitle: A\n", Role::Configuration, false),
        ] {
            assert_eq!(looks_half(text.as_bytes(), role), half, "{text:?}");
        }
    }
}
