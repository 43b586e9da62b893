#![expect(clippy::disallowed_methods, reason = "the tests make the repositories that are read")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use jiff::civil::{Date, date};
use tempfile::TempDir;

use super::{Gap, Git, History, PATIENCE};
use crate::path::GuidePath;

/// A repository in a folder of its own, with nothing of whoever runs the tests.
struct Repository {
    folder: TempDir,
}

impl Repository {
    fn new() -> Repository {
        let repository = Repository { folder: TempDir::new().unwrap() };
        repository.git(&["init", "--quiet", "--initial-branch=main"]);
        repository
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn git(&self, words: &[&str]) {
        self.git_as("Zoé", "2026-01-01T12:00:00+00:00", words);
    }

    fn git_as(&self, name: &str, day: &str, words: &[&str]) {
        let mut git = Command::new("git");
        git.current_dir(self.root()).args(["-c", "protocol.file.allow=always"]).args(words);
        git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        // Whoever commits does so much later: what counts is when the author wrote.
        git.env("GIT_COMMITTER_DATE", "2026-12-31T00:00:00+00:00").env("GIT_AUTHOR_DATE", day);
        git.env("GIT_COMMITTER_NAME", "Robot").env("GIT_COMMITTER_EMAIL", "robot@exemple.org");
        let output = git.env("GIT_AUTHOR_NAME", name).env("GIT_AUTHOR_EMAIL", "a@exemple.org").output().unwrap();
        assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Writes files and commits all that is there.
    fn commit(&self, name: &str, day: &str, paths: &[&str]) {
        paths.iter().for_each(|path| self.write(path, &format!("{name} {day}")));
        self.git(&["add", "--all"]);
        self.git_as(name, day, &["commit", "--quiet", "--message", "x"]);
    }
}

/// Nothing is known beforehand.
fn read(root: &Path) -> History {
    History::of(root, &|_| None)
}

fn last(history: &History, path: &str) -> Option<Date> {
    history.last(&GuidePath::new(path).unwrap())
}

fn names<'a>(history: &'a History, path: &str) -> Vec<(&'a str, usize)> {
    let names = history.names(&GuidePath::new(path).unwrap());
    names.iter().map(|(name, times)| (&**name, *times)).collect()
}

fn state(history: &History) -> (Option<&Gap>, Option<Date>) {
    (history.gap(), last(history, "content/a.md"))
}

#[test]
fn a_file_has_the_date_of_its_last_commit_where_its_author_was() {
    let repository = Repository::new();
    // Whatever a person would rather see of it.
    repository.git(&["config", "log.showRoot", "false"]);
    repository.commit("Zoé", "2026-03-01T23:30:00-05:00", &["content/a.md", "content/été/page d’accueil.md"]);
    repository.commit("Zoé", "2026-04-01T00:30:00+14:00", &["content/été/page d’accueil.md", "README.md"]);
    repository.write("content/a.md", "not committed");
    repository.write("content/new.md", "not committed");
    let history = read(repository.root());
    assert_eq!(last(&history, "content/a.md"), Some(date(2026, 3, 1)));
    assert_eq!(last(&history, "content/été/page d’accueil.md"), Some(date(2026, 4, 1)));
    assert_eq!((last(&history, "content/new.md"), last(&history, "README.md")), (None, None));
    assert_eq!(history.gap(), None);
}

#[test]
fn a_guide_may_be_a_folder_of_a_repository() {
    let repository = Repository::new();
    repository.commit("Zoé", "2026-03-01T12:00:00Z", &["docs/mon guide/content/a.md", "content/a.md"]);
    repository.commit("Zoé", "2026-05-01T12:00:00Z", &["content/a.md"]);
    let guide = repository.root().join("docs/mon guide");
    assert_eq!(last(&read(&guide), "content/a.md"), Some(date(2026, 3, 1)));
    assert_ne!(read(&guide).at(), read(repository.root()).at());
}

#[test]
fn a_merge_counts_where_it_was_merged_and_a_renamed_file_is_a_new_one() {
    let repository = Repository::new();
    repository.commit("Zoé", "2026-01-01T12:00:00Z", &["content/a.md", "content/b.md", "content/c.md"]);
    repository.git(&["checkout", "--quiet", "-b", "side"]);
    repository.commit("Yves", "2026-01-02T12:00:00Z", &["content/a.md"]);
    repository.git(&["checkout", "--quiet", "main"]);
    repository.commit("Zoé", "2026-01-03T12:00:00Z", &["content/b.md"]);
    repository.git_as("Zoé", "2026-02-01T12:00:00Z", &["merge", "--quiet", "--no-ff", "--no-edit", "side"]);
    repository.git(&["mv", "content/c.md", "content/d.md"]);
    repository.commit("Zoé", "2026-03-01T12:00:00Z", &[]);
    let history = read(repository.root());
    let dates = ["a", "b", "d"].map(|name| last(&history, &format!("content/{name}.md")));
    assert_eq!(dates, [Some(date(2026, 2, 1)), Some(date(2026, 1, 3)), Some(date(2026, 3, 1))]);
}

#[test]
fn names_are_those_of_people_who_wrote_and_only_where_a_theme_may_show_them() {
    let repository = Repository::new();
    repository.commit("Zoé", "2026-01-01T12:00:00Z", &["content/a.md"]);
    repository.git(&["checkout", "--quiet", "-b", "side"]);
    repository.commit("Yves", "2026-01-02T12:00:00Z", &["content/a.md"]);
    repository.commit("Yves", "2026-01-03T12:00:00Z", &["content/a.md"]);
    repository.git(&["checkout", "--quiet", "main"]);
    repository.git_as("Xavier", "2026-02-01T12:00:00Z", &["merge", "--quiet", "--no-ff", "--no-edit", "side"]);
    repository.commit("renovate[bot]", "2026-02-02T12:00:00Z", &["content/a.md"]);
    assert_eq!(names(&read(repository.root()), "content/a.md"), []);
    repository.write("themes/mien/theme.yaml", "");
    assert_eq!(names(&read(repository.root()), "content/a.md"), [("Zoé", 1), ("Yves", 2)]);
}

#[test]
fn a_shallow_clone_has_the_dates_that_it_knows_and_no_others() {
    let repository = Repository::new();
    repository.commit("Zoé", "2026-01-01T12:00:00Z", &["content/a.md", "content/b.md"]);
    repository.commit("Zoé", "2026-02-01T12:00:00Z", &["content/b.md"]);
    repository.commit("Zoé", "2026-03-01T12:00:00Z", &["content/b.md"]);
    let url = format!("file://{}", repository.root().display());
    repository.git(&["clone", "--quiet", "--depth=2", &url, "clone"]);
    let clone = repository.root().join("clone");
    fs::write(clone.join("content/new.md"), "").unwrap();
    let history = read(&clone);
    assert_eq!(last(&history, "content/b.md"), Some(date(2026, 3, 1)));
    assert_eq!(state(&history), (Some(&Gap::Shallow), None));
    let lacks = ["a", "b", "new"].map(|name| history.lacks(&GuidePath::new(&format!("content/{name}.md")).unwrap()));
    assert_eq!(lacks, [true, false, false]);
    assert_eq!(history.to_remember(), None);
}

#[test]
fn where_there_is_nothing_to_know_nothing_is_missed() {
    let folder = TempDir::new().unwrap();
    assert_eq!(state(&read(folder.path())), (None, None));
    assert_eq!(state(&read(&folder.path().join("absent"))), (None, None));
    // What only looks like a repository.
    fs::create_dir(folder.path().join(".git")).unwrap();
    assert_eq!(state(&read(folder.path())), (None, None));
    assert_eq!(state(&read(Repository::new().root())), (None, None));
    // Someone else's, far above.
    let repository = Repository::new();
    repository.commit("Zoé", "2026-01-01T12:00:00Z", &["other.txt"]);
    repository.write("a/b/c/content/a.md", "");
    assert_eq!(state(&read(&repository.root().join("a/b/c"))), (None, None));
}

#[test]
fn what_keeps_git_from_answering_is_told() {
    let repository = Repository::new();
    repository.commit("Zoé", "2026-01-01T12:00:00Z", &["content/a.md"]);
    let absent = Git { program: Path::new("no-such-git"), root: repository.root(), patience: PATIENCE };
    assert_eq!(absent.history(&|_| None).gap(), Some(&Gap::NoGit));
    fs::write(repository.root().join(".git/config"), "[core\n").unwrap();
    assert_eq!(
        read(repository.root()).gap(),
        Some(&Gap::Unreadable("bad config line 1 in file .git/config".to_owned()))
    );
}

/// A program in the place of git, in the folder of a repository, that does what `script` says.
#[cfg(unix)]
fn in_place_of_git(repository: &Repository, script: &str) -> PathBuf {
    use std::os::unix::fs::PermissionsExt;

    let program: PathBuf = repository.root().join("other-git");
    // Written by another process, which has closed it: a file that is open for writing cannot be run.
    let write = format!("printf '%s\\n' '#!/bin/sh' '{script}' >other-git");
    assert!(Command::new("sh").current_dir(repository.root()).args(["-c", &write]).status().unwrap().success());
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    program
}

#[cfg(unix)]
#[test]
fn a_repository_of_someone_else_is_told_apart() {
    let repository = Repository::new();
    let words = "fatal: detected dubious ownership in repository at /srv/guide";
    let program = in_place_of_git(&repository, &format!("echo \"{words}\" >&2; exit 128"));
    let git = Git { program: &program, root: repository.root(), patience: PATIENCE };
    assert_eq!(git.history(&|_| None).gap(), Some(&Gap::Distrusted));
}

/// Whether it hangs itself, or whatever it started, or has said something before, or all there is to say.
#[cfg(unix)]
#[test]
fn a_git_that_does_not_answer_is_not_waited_for() {
    let repository = Repository::new();
    for script in ["exec sleep 60", "sleep 60 & wait", "echo false; exec sleep 60", "exec >&- 2>&-; exec sleep 60"] {
        let program = in_place_of_git(&repository, script);
        let git = Git { program: &program, root: repository.root(), patience: Duration::from_millis(50) };
        assert_eq!(git.history(&|_| None).gap(), Some(&Gap::Silent), "{script}");
    }
}

/// Each word comes soon enough after the last one.
#[cfg(unix)]
#[test]
fn a_slow_git_is_heard_out() {
    let repository = Repository::new();
    let script =
        "for word in a b c d e f; do echo $word >&2; sleep 0.2; done; echo fatal: not a git repository >&2; exit 128";
    let program = in_place_of_git(&repository, script);
    let git = Git { program: &program, root: repository.root(), patience: Duration::from_secs(1) };
    assert_eq!(git.history(&|_| None).gap(), Some(&Gap::Unreadable("a".to_owned())));
}

#[test]
fn what_is_known_is_not_asked_again_until_the_repository_moves() {
    let repository = Repository::new();
    repository.commit("Zoé", "2026-01-01T12:00:00Z", &["content/a.md"]);
    let first = read(repository.root());
    let kept = first.to_remember().unwrap();
    assert_eq!(kept.dates.values().collect::<Vec<_>>(), ["2026-01-01"]);
    // What is remembered is believed: no log says this.
    let mut altered = kept.clone();
    altered.dates.values_mut().for_each(|date| "2001-01-01".clone_into(date));
    let known = |at: &str| (at == altered.at).then(|| History::remembered(&altered));
    let second = History::of(repository.root(), &known);
    assert_eq!(last(&second, "content/a.md"), Some(date(2001, 1, 1)));
    assert_eq!(second.to_remember(), Some(altered.clone()));
    repository.commit("Zoé", "2026-02-01T12:00:00Z", &["content/a.md"]);
    let third = History::of(repository.root(), &|_| Some(History::remembered(&altered)));
    assert_eq!(last(&third, "content/a.md"), Some(date(2026, 2, 1)));
}
