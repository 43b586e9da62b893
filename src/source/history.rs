//! What git knows of the guide: when each file was changed last, and by whom.
//!
//! The program `git` is asked, where the repository stands, and, where that is not what is known already, for its
//! log. A file's date is that of the newest commit on the way from the first commit to where the repository
//! stands, as its author's calendar had it; renames are not followed, and what is not committed has no part in it. In a
//! shallow clone, which does not say when the files of its oldest commit were changed, these have no date: none is better
//! than a wrong one. Names are read only where the guide has a theme of its own, since the built-in one shows none.

mod output;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io::ErrorKind;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::Sources;
use crate::output::Remembered;
use crate::path::GuidePath;
use output::output;

/// What git knows of a guide; nothing of one that is in no repository, or in one without a commit.
#[derive(Clone, Debug, Default)]
pub(crate) struct History {
    /// A fingerprint of where the repository stands: while it is the same, so is all the rest.
    at: Option<Arc<str>>,
    past: Arc<Past>,
    names: Option<Arc<Names>>,
    gap: Option<Gap>,
}

/// Why some dates, or all of them, are not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Gap {
    /// There is a repository, but no program to read it.
    NoGit,
    /// The repository is someone else's, so that git does not read it.
    Distrusted,
    /// Git does not read it for another reason, in its own words.
    Unreadable(String),
    /// Git said nothing for a long time.
    Silent,
    /// The repository does not go back to the first commit.
    Shallow,
}

/// Who changed a file, in the order of their first change, and how many times.
pub(crate) type Contribution = (Arc<str>, usize);

/// When files were changed last.
#[derive(Debug, Default)]
struct Past {
    last: FxHashMap<Key, Date>,
    /// The files that were changed before the history begins.
    before: FxHashSet<Key>,
}

/// Who changed which file.
type Names = FxHashMap<Key, Vec<Contribution>>;

/// What a file is found by: a hash of its path, so that what is remembered names no file.
type Key = u64;

/// How histories are read; another number reads all of them anew.
const FORMAT: u32 = 1;

/// How long git may say nothing.
const PATIENCE: Duration = Duration::from_secs(60);

/// What sets one commit apart from the one before.
const COMMIT: char = '\u{1}';

/// What git is told before any question: nothing of the repository's own settings is run, and no repository is taken for
/// one that lies among the guide's files as if it were one of them.
const SETTINGS: [&str; 7] =
    ["--no-pager", "-c", "log.showRoot=true", "-c", "core.fsmonitor=false", "-c", "safe.bareRepository=explicit"];

/// What would have git look at another repository than the one that the guide is in.
const STRAY: [&str; 9] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_COMMON_DIR",
    "GIT_INDEX_FILE",
    "GIT_OBJECT_DIRECTORY",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES",
    "GIT_SHALLOW_FILE",
    "GIT_NAMESPACE",
    "GIT_PREFIX",
];

impl Sources {
    /// The same files, with what git knows of them.
    #[must_use]
    pub(crate) fn with_history(self, history: History) -> Sources {
        Sources { history, ..self }
    }

    /// What git knows of the files.
    pub(crate) fn history(&self) -> &History {
        &self.history
    }
}

impl History {
    /// The history of the guide at `root`. Where the repository stands as it did, `known` gives what was known then: it is
    /// asked with the fingerprint of that, and answers with a history of the same fingerprint, or none.
    pub(crate) fn of(root: &Path, known: &dyn Fn(&str) -> Option<History>) -> History {
        let git = Git { program: "git".as_ref(), root, patience: PATIENCE };
        git.history(known)
    }

    /// What an earlier build knew.
    pub(crate) fn remembered(kept: &Remembered) -> History {
        let date = |(key, date): (&String, &String)| Some((Key::from_str_radix(key, 16).ok()?, date.parse().ok()?));
        let past = Past { last: kept.dates.iter().filter_map(date).collect(), before: FxHashSet::default() };
        History { at: Some(kept.at.as_str().into()), past: Arc::new(past), names: None, gap: None }
    }

    /// What a later build may know of it, without names of people or files; nothing of a shallow clone, which may grow.
    pub(crate) fn to_remember(&self) -> Option<Remembered> {
        let at = self.at.as_deref().filter(|_| self.gap.is_none())?;
        let mut dates = BTreeMap::new();
        #[expect(clippy::iter_over_hash_type, reason = "they are sorted here")]
        for (key, date) in &self.past.last {
            dates.insert(format!("{key:016x}"), date.to_string());
        }
        Some(Remembered { at: at.to_owned(), dates })
    }

    /// Where the repository stands: while that is the same, so is the history.
    pub(crate) fn at(&self) -> Option<&str> {
        self.at.as_deref()
    }

    /// What all of it follows from; `None` where it may become more, or names people.
    pub(crate) fn origin(&self) -> Option<&str> {
        let is_settled = self.gap.is_none() && self.names.is_none();
        is_settled.then(|| self.at.as_deref().unwrap_or_default())
    }

    /// When the file at `path` was changed last.
    pub(crate) fn last(&self, path: &GuidePath) -> Option<Date> {
        if self.past.last.is_empty() { None } else { self.past.last.get(&key(path)).copied() }
    }

    /// Who changed it; nobody where the guide has no use for names.
    pub(crate) fn names(&self, path: &GuidePath) -> &[Contribution] {
        self.names.as_ref().and_then(|names| names.get(&key(path))).map_or(&[], Vec::as_slice)
    }

    /// Why dates are missing.
    pub(crate) fn gap(&self) -> Option<&Gap> {
        self.gap.as_ref()
    }

    /// Whether the date of the file at `path` is missing for that reason, and not because it was never committed.
    pub(crate) fn lacks(&self, path: &GuidePath) -> bool {
        match self.gap {
            None => false,
            Some(Gap::Shallow) => self.past.before.contains(&key(path)),
            Some(_) => true,
        }
    }

    /// A history of which nothing is known.
    pub(crate) fn without(gap: Gap) -> History {
        History { gap: Some(gap), ..History::default() }
    }
}

/// The program, and where it is asked.
struct Git<'a> {
    program: &'a Path,
    root: &'a Path,
    patience: Duration,
}

/// Where the repository stands.
struct Standing {
    at: Arc<str>,
    is_shallow: bool,
}

impl Git<'_> {
    fn history(&self, known: &dyn Fn(&str) -> Option<History>) -> History {
        let root = self.root.canonicalize();
        if !root.is_ok_and(|root| root.ancestors().any(|folder| folder.join(".git").exists())) {
            return History::default();
        }
        let Standing { at, is_shallow } = match self.standing() {
            Ok(Some(standing)) => standing,
            Ok(None) => return History::default(),
            Err(gap) => return History::without(gap),
        };
        let known = known(&at).filter(|history| history.at() == Some(&*at) && !is_shallow);
        let history = match known {
            Some(history) => history,
            None => match self.past(is_shallow) {
                Ok(past) => {
                    let gap = (is_shallow && !past.before.is_empty()).then_some(Gap::Shallow);
                    History { at: Some(at), past: Arc::new(past), names: None, gap }
                }
                Err(gap) => return History::without(gap),
            },
        };
        if history.names.is_some() || !self.root.join("themes").is_dir() {
            return history;
        }
        // Without them there are dates nonetheless.
        History { names: self.names().ok().map(Arc::new), ..history }
    }

    /// Where the repository stands; nowhere where the folder is in none after all, or in one without a commit.
    fn standing(&self) -> Result<Option<Standing>, Gap> {
        let said = match self.ask(&["rev-parse", "--is-shallow-repository", "--show-prefix", "--verify", "HEAD"]) {
            Ok(said) => said,
            Err(gap) => return if is_elsewhere(&gap) { Ok(None) } else { Err(gap) },
        };
        let (shallow, rest) = said.split_once('\n').unwrap_or_default();
        // The folder within the repository, and on the next line the commit, where there is one.
        let has_commit = rest.trim_end_matches('\n').contains('\n');
        let at = blake3::hash(format!("{FORMAT}\n{rest}").as_bytes()).to_hex()[..32].into();
        Ok(has_commit.then_some(Standing { at, is_shallow: shallow == "true" }))
    }

    /// When each file was changed last.
    fn past(&self, is_shallow: bool) -> Result<Past, Gap> {
        // A merge counts as the change that it brought about where it was merged.
        let log = self.log(&["--first-parent", "-m", "--format=%x01%P%x00%ad"])?;
        let mut past = Past::default();
        for commit in log.split(COMMIT).skip(1) {
            let mut parts = commit.split('\0');
            let (parents, date) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
            let is_oldest = is_shallow && parents.trim().is_empty();
            let Ok(date) = date.trim().parse() else { continue };
            for key in parts.filter_map(file).filter(|key| !past.last.contains_key(key)).collect::<Vec<Key>>() {
                if is_oldest {
                    past.before.insert(key);
                } else {
                    past.last.insert(key, date);
                }
            }
        }
        Ok(past)
    }

    /// Who changed each file, robots left out.
    fn names(&self) -> Result<Names, Gap> {
        // Those who merged are not those who wrote.
        let log = self.log(&["--full-history", "--no-merges", "--topo-order", "--reverse", "--format=%x01%aN"])?;
        let mut names = Names::default();
        let mut known: FxHashSet<Arc<str>> = FxHashSet::default();
        for commit in log.split(COMMIT).skip(1) {
            let mut parts = commit.split('\0');
            let name = parts.next().unwrap_or_default().trim();
            if name.is_empty() || name.ends_with("[bot]") {
                continue;
            }
            let name = known.get(name).cloned().unwrap_or_else(|| name.into());
            known.insert(Arc::clone(&name));
            for key in parts.filter_map(file) {
                let shares = names.entry(key).or_default();
                match shares.iter_mut().find(|(other, _)| *other == name) {
                    Some((_, times)) => *times += 1,
                    None => shares.push((Arc::clone(&name), 1)),
                }
            }
        }
        Ok(names)
    }

    /// The commits that changed something in `content/`, the newest first unless told otherwise.
    fn log(&self, options: &[&str]) -> Result<String, Gap> {
        const FILES: [&str; 10] = [
            "--date=short",
            "--name-only",
            "-z",
            "--no-renames",
            "--relative",
            "--no-show-signature",
            "--no-ext-diff",
            "--no-textconv",
            "--encoding=UTF-8",
            "HEAD",
        ];
        self.ask(&[&["log"], options, &FILES, &["--", "content"]].concat())
    }

    /// What git answers.
    fn ask(&self, question: &[&str]) -> Result<String, Gap> {
        let mut git = Command::new(self.program);
        git.current_dir(self.root).stdin(Stdio::null());
        for variable in STRAY {
            git.env_remove(variable);
        }
        // Its words are read below; and a clone that leaves some of its objects elsewhere is not to fetch them now, by
        // whatever way the repository says.
        git.env("LC_ALL", "C")
            .env("GIT_NO_LAZY_FETCH", "1")
            .env("GIT_ALLOW_PROTOCOL", "")
            .env("GIT_TERMINAL_PROMPT", "0");
        let answer = match output(git.args(SETTINGS).args(question), self.patience) {
            Ok(answer) => answer,
            Err(error) if error.kind() == ErrorKind::NotFound => return Err(Gap::NoGit),
            Err(error) if error.kind() == ErrorKind::TimedOut => return Err(Gap::Silent),
            Err(error) => return Err(Gap::Unreadable(error.to_string())),
        };
        let said = String::from_utf8_lossy(&answer.stdout).into_owned();
        // A repository without a commit is told of, too.
        if answer.status.success() || said.starts_with("false\n") {
            return Ok(said);
        }
        let words = String::from_utf8_lossy(&answer.stderr);
        if words.contains("dubious ownership") {
            return Err(Gap::Distrusted);
        }
        let first = words.lines().next().unwrap_or_default();
        Err(Gap::Unreadable(first.strip_prefix("fatal: ").unwrap_or(first).trim().to_owned()))
    }
}

/// Whether git knows of no repository where one seemed to be.
fn is_elsewhere(gap: &Gap) -> bool {
    matches!(gap, Gap::Unreadable(words) if words.starts_with("not a git repository"))
}

/// The file that a part of a commit names; the first stands on a line of its own.
fn file(part: &str) -> Option<Key> {
    let path = part.trim_start_matches('\n');
    if path.is_empty() { None } else { GuidePath::new(path).map(|path| key(&path)) }
}

fn key(path: &GuidePath) -> Key {
    let hash = blake3::hash(path.as_str().as_bytes());
    hash.as_bytes().iter().take(8).fold(0, |key, byte| key << 8 | Key::from(*byte))
}
