//! One index of all names that pages answer to: paths, titles, synonyms, slugs.

use std::iter;
use std::sync::{Arc, OnceLock};

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use super::PageId;
use super::tree::{Entry, Tree};
use crate::name::{self, Nearby};

/// What pages are called.
pub(super) struct Names<'a> {
    tree: &'a Tree,
    folded: Arc<FoldedNames>,
    /// Made when a fault first asks.
    nearest: OnceLock<Nearby>,
}

/// The names of all pages, folded.
#[derive(Debug)]
pub(super) struct FoldedNames {
    /// By folded path without `content/`, `.md` and `/index`.
    paths: FxHashMap<String, PageId>,
    /// By folded name: who is called so, the best rank first.
    called: FxHashMap<String, Vec<(Rank, PageId)>>,
    /// The folded names of drafts, which are not there.
    drafts: FxHashSet<String>,
}

/// The path of a page and its names, folded.
fn folded(entry: &Entry) -> (String, Vec<(Rank, String)>) {
    let slug = entry.address.as_str().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    let synonyms = entry.draft.front_matter.synonyms.iter().map(|synonym| (Rank::Synonym, name::fold(synonym)));
    let mut names = vec![(Rank::Title, name::fold(&entry.draft.title)), (Rank::Slug, name::fold(slug))];
    names.extend(synonyms);
    (fold_path(&entry.key), names)
}

/// Who is called by each of the `names` of all pages.
fn called(names: Vec<Vec<(Rank, String)>>) -> FxHashMap<String, Vec<(Rank, PageId)>> {
    let count = names.iter().map(Vec::len).sum();
    let mut called: FxHashMap<String, Vec<(Rank, PageId)>> = FxHashMap::with_capacity_and_hasher(count, FxBuildHasher);
    let names = names.into_iter().enumerate().flat_map(|(at, names)| names.into_iter().map(move |name| (at, name)));
    for (at, (rank, name)) in names.filter(|(_, (_, name))| !name.is_empty()) {
        let page = PageId::nth(at);
        let pages = called.entry(name).or_default();
        // A page's names come one after the other, so that one it has twice is near.
        if !pages.iter().rev().take_while(|(_, of)| *of == page).any(|&(known, _)| known == rank) {
            pages.push((rank, page));
        }
    }
    called
}

/// Which of a page's names it is; the first rank with a hit decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Title,
    Synonym,
    Slug,
}

/// Why a name leads to no page.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Missing {
    /// Two pages or more have it.
    Ambiguous(Vec<PageId>),
    /// A draft has it.
    Draft,
    /// Nobody has it; the nearest name that somebody has.
    Unknown(Option<String>),
}

impl FoldedNames {
    /// The names of the pages of `tree`, and of the drafts that are left out.
    pub(super) fn of(tree: &Tree, drafts: &[String]) -> FoldedNames {
        let folded: Vec<(String, Vec<(Rank, String)>)> = tree.entries.par_iter().map(folded).collect();
        let (paths, names): (Vec<String>, Vec<Vec<(Rank, String)>>) = folded.into_iter().unzip();
        let (paths, called) = rayon::join(
            || paths.into_iter().enumerate().map(|(at, path)| (path, PageId::nth(at))).collect(),
            || called(names),
        );
        FoldedNames { paths, called, drafts: drafts.iter().map(|draft| name::fold(draft)).collect() }
    }
}

impl<'a> Names<'a> {
    /// The names of the pages of `tree`.
    pub(super) fn of(tree: &'a Tree, folded: Arc<FoldedNames>) -> Names<'a> {
        Names { tree, folded, nearest: OnceLock::new() }
    }

    /// The page that `written` names.
    pub(super) fn find(&self, written: &str) -> Result<PageId, Missing> {
        let is_file = written.strip_suffix(".md").is_some_and(|stem| !stem.is_empty());
        if is_file || written.contains('/') {
            let path = fold_path(written.trim_matches('/'));
            return self.folded.paths.get(&path).copied().ok_or_else(|| self.missing(written));
        }
        let Some(pages) = self.folded.called.get(&name::fold(written)) else { return Err(self.missing(written)) };
        let best = pages.iter().map(|&(rank, _)| rank).min();
        let mut hits = pages.iter().filter(|&&(rank, _)| Some(rank) == best).map(|&(_, page)| page);
        match (hits.clone().nth(1), hits.next()) {
            (None, Some(page)) => Ok(page),
            (_, first) => Err(Missing::Ambiguous(first.into_iter().chain(hits).collect())),
        }
    }

    /// The one page whose slug, title or synonym a file's name is.
    pub(super) fn by_file_name(&self, stem: &str) -> Option<PageId> {
        match self.folded.called.get(&name::fold(stem)).map(Vec::as_slice) {
            Some([(_, page)]) => Some(*page),
            Some([(_, first), (_, second)]) if first == second => Some(*first),
            _ => None,
        }
    }

    /// Whether a draft has this name or path.
    pub(super) fn is_draft(&self, written: &str) -> bool {
        self.folded.drafts.contains(&name::fold(written)) || self.folded.drafts.contains(&fold_path(written))
    }

    /// A page's name for other tools, which is its path too.
    fn key(&self, page: PageId) -> String {
        self.tree.entries[page.index()].key.to_string()
    }

    fn missing(&self, written: &str) -> Missing {
        if self.is_draft(written) {
            return Missing::Draft;
        }
        // A title with a slash is no path: its page answers to its own.
        let titled = self.folded.called.get(&name::fold(written)).and_then(|pages| pages.first());
        if let Some((_, page)) = titled {
            return Missing::Unknown(Some(self.key(*page)));
        }
        let stem = written.rsplit('/').next().unwrap_or(written).trim_end_matches(".md");
        let elsewhere = || self.by_file_name(stem).map(|page| self.key(page));
        let near = self.nearest.get_or_init(|| self.nearby()).to(written).map(str::to_owned);
        Missing::Unknown(near.or_else(elsewhere))
    }

    /// All titles and synonyms.
    fn nearby(&self) -> Nearby {
        let of = |entry: &'a Entry| {
            iter::once(&*entry.draft.title).chain(entry.draft.front_matter.synonyms.iter().map(String::as_str))
        };
        Nearby::of(self.tree.entries.iter().flat_map(of).map(|name| (name, name)))
    }
}

/// The form under which a path from `content/` is looked up.
pub(super) fn fold_path(path: &str) -> String {
    let path = path.strip_prefix("content/").unwrap_or(path);
    let path = path.strip_suffix(".md").unwrap_or(path);
    let path = path.strip_suffix("/index").unwrap_or(path);
    name::fold(path)
}
