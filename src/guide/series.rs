//! Series: pages that are parts of one text, in the order of their parts.

use std::collections::BTreeMap;

use super::PageId;
use super::fault;
use super::tree::Entry;
use crate::diagnostic::Diagnostic;
use crate::id::{Id, IdVec};
use crate::name;
use crate::source::Sources;
use crate::syntax::front_matter;

/// The place of a series in `Guide::series`.
pub(crate) type SeriesId = Id<Series>;

/// A series.
#[derive(Clone, Debug)]
pub(crate) struct Series {
    /// As its first part spells it.
    pub(crate) title: String,
    /// In the order of their numbers.
    pub(crate) parts: Vec<PageId>,
}

/// Every series, the place of each page in one, and what is wrong with their numbers.
pub(super) struct Found {
    pub(super) series: IdVec<Series>,
    pub(super) places: Vec<Option<(SeriesId, usize)>>,
    pub(super) faults: Vec<Diagnostic>,
}

/// The series of these pages; `order` is the reading order.
pub(super) fn find(entries: &[Entry], order: &[PageId], sources: &Sources) -> Found {
    let mut found = Found { series: IdVec::new(), places: vec![None; entries.len()], faults: Vec::new() };
    let mut by_name: BTreeMap<String, Vec<(i64, PageId)>> = BTreeMap::new();
    for &page in order {
        let front_matter = &entries[page.index()].draft.front_matter;
        let place = |key: &str| front_matter::place(entries[page.index()].draft.file, sources, key, &[]);
        match (&front_matter.series, front_matter.part) {
            (Some(series), Some(part)) => by_name.entry(name::fold(series)).or_default().push((part, page)),
            (Some(series), None) => found.faults.push(fault::series_without_part(place("series"), series)),
            (None, Some(_)) => found.faults.push(fault::part_without_series(place("part"))),
            (None, None) => {}
        }
    }
    for mut parts in by_name.into_values() {
        parts.sort_by_key(|&(part, _)| part);
        let title = entries[parts[0].1.index()].draft.front_matter.series.clone().unwrap_or_default();
        found.faults.extend(numbering(&title, &parts, entries, sources));
        let parts: Vec<PageId> = parts.into_iter().map(|(_, page)| page).collect();
        let id = found.series.push(Series { title: title.into(), parts });
        for (at, page) in found.series[id].parts.iter().enumerate() {
            found.places[page.index()] = Some((id, at));
        }
    }
    found
}

/// Numbers that two parts of the series called `title` share, and numbers that are left out.
fn numbering(title: &str, parts: &[(i64, PageId)], entries: &[Entry], sources: &Sources) -> Vec<Diagnostic> {
    let place = |page: PageId| front_matter::place(entries[page.index()].draft.file, sources, "part", &[]);
    let part = |number, page| fault::Part { place: place(page), number, series: title };
    let before = std::iter::once((0, None)).chain(parts.iter().map(|&(part, page)| (part, Some(page))));
    let pair = |((before, other), &(number, page)): ((i64, Option<PageId>), &(i64, PageId))| match other {
        Some(other) if before == number => Some(fault::duplicate_part(part(number, page), place(other))),
        _ if number > before.saturating_add(1) => Some(fault::missing_part(part(number, page), before + 1)),
        _ => None,
    };
    before.zip(parts).filter_map(pair).collect()
}
