//! When a page was changed last, and by whom.

use std::cmp::Reverse;
use std::sync::Arc;

use jiff::civil::Date;

use super::tree::Entry;
use crate::path::GuidePath;
use crate::source::{Contribution, Sources};

/// What a page's files have been through.
#[derive(Debug, Default)]
pub(super) struct Life {
    pub(super) updated: Option<Date>,
    pub(super) contributors: Box<[Arc<str>]>,
}

impl Life {
    /// The life of the page that `entry` is, its own file and those of its facets taken together. What the author says
    /// stands; what git knows counts where it is after the page's own date.
    pub(super) fn of(entry: &Entry, sources: &Sources) -> Life {
        let history = sources.history();
        let front_matter = &entry.draft.front_matter;
        let files = || entry.drafts().map(|draft| &sources[draft.file].path);
        let known = || files().filter_map(|path| history.last(path)).max();
        let is_news = |updated: &Date| front_matter.date.is_none_or(|date| *updated > date);
        let updated = front_matter.updated.filter(|updated| Some(*updated) != front_matter.date);
        Life {
            updated: if front_matter.updated.is_some() { updated } else { known().filter(is_news) },
            contributors: contributors(files().map(|path: &GuidePath| history.names(path))),
        }
    }
}

/// Everyone who changed one of the files, those with the most changes first, then those who came first.
fn contributors<'a>(files: impl Iterator<Item = &'a [Contribution]>) -> Box<[Arc<str>]> {
    let mut all: Vec<Contribution> = Vec::new();
    for (name, times) in files.flatten() {
        match all.iter_mut().find(|(other, _)| other == name) {
            Some((_, sum)) => *sum += times,
            None => all.push((Arc::clone(name), *times)),
        }
    }
    all.sort_by_key(|(_, times)| Reverse(*times));
    all.into_iter().map(|(name, _)| name).collect()
}

#[cfg(test)]
mod tests {
    use super::contributors;
    use crate::source::Contribution;

    #[test]
    fn the_files_of_a_page_are_taken_together_and_who_came_first_goes_first_among_equals() {
        let file = |shares: &[(&str, usize)]| -> Vec<Contribution> {
            shares.iter().map(|&(name, times)| (name.into(), times)).collect()
        };
        let files = [file(&[("Zoé", 2), ("Yves", 1), ("Ada", 1)]), file(&[("Chloé", 3), ("Yves", 2), ("Bruno", 1)])];
        let all = contributors(files.iter().map(Vec::as_slice));
        assert_eq!(all.iter().map(|name| &**name).collect::<Vec<_>>(), ["Yves", "Chloé", "Zoé", "Ada", "Bruno"]);
        assert!(contributors(std::iter::empty()).is_empty());
    }
}
