//! Facets that have files of their own: each goes to the page at its folder's `index.md`.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::fault;
use super::tree::{Entry, LeafEntry, Tree, is_front};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::path::GuidePath;
use crate::source::{FileId, Sources, Span};
use crate::syntax::draft::Draft;
use crate::syntax::front_matter;

/// Divides drafts into those of pages and those of facets' own files.
pub(super) fn divide(drafts: Vec<Arc<Draft>>, sources: &Sources) -> (Vec<Arc<Draft>>, Vec<Arc<Draft>>) {
    drafts.into_iter().partition(|draft| draft.front_matter.facet.is_none() || is_front(&sources[draft.file].path))
}

/// What attaching the files of facets needs to know.
pub(super) struct Attach<'a> {
    pub(super) sources: &'a Sources,
    pub(super) config: &'a Config,
    /// The files of pages that are left out.
    pub(super) left_out: &'a FxHashSet<FileId>,
}

impl Attach<'_> {
    /// Gives each of `leaves` to its page; those without one, or whose facet the page has already, are faults. The
    /// files of facets whose page is left out are left out with it.
    pub(super) fn attach(&self, leaves: Vec<Arc<Draft>>, tree: &mut Tree) -> (FxHashSet<FileId>, Vec<Diagnostic>) {
        let mut faults: Vec<Diagnostic> = tree.entries.iter().filter_map(|entry| self.of_itself(entry)).collect();
        let mut left_out = FxHashSet::default();
        for draft in leaves {
            let file = draft.file;
            let folder = self.sources[file].path.folder();
            let page = tree.folder(folder).and_then(|folder| tree.folders[folder].index);
            let front = GuidePath::spelled(folder, "index.md").and_then(|path| self.sources.spelled(&path));
            match page {
                Some(page) => faults.extend(self.give(draft, &mut tree.entries[page.index()])),
                None if front.is_some_and(|front| self.left_out.contains(&front)) => drop(left_out.insert(file)),
                None => faults.push(fault::facet_without_page(self.place(file))),
            }
        }
        faults.extend(tree.entries.iter().flat_map(twice));
        (left_out, faults)
    }

    /// A folder's front page that says it is a facet.
    fn of_itself(&self, entry: &Entry) -> Option<Diagnostic> {
        entry.draft.front_matter.facet.map(|_| fault::facet_of_itself(self.place(entry.draft.file)))
    }

    fn place(&self, file: FileId) -> Span {
        front_matter::place(file, self.sources, "facet", &[])
    }

    fn give(&self, draft: Arc<Draft>, entry: &mut Entry) -> Option<Diagnostic> {
        let facet = draft.front_matter.facet?;
        let name = &self.config.facets[facet];
        let open = entry.draft.sections.iter().find(|section| section.facet == Some(facet));
        let heading = open.and_then(|section| section.heading);
        let first = match heading {
            Some(heading) => Some(entry.draft.body.tables.headings[heading as usize].span),
            None => entry.leaves.iter().find(|leaf| leaf.facet == facet).map(|leaf| self.place(leaf.draft.file)),
        };
        if let Some(first) = first {
            return Some(fault::facet_in_two_files(self.place(draft.file), first, &name.title));
        }
        entry.leaves.push(LeafEntry { facet, anchor: name.id.as_str().into(), draft });
        None
    }
}

/// Anchors that stand in a page's own file and in one of its facets', or in two of those.
fn twice(entry: &Entry) -> Vec<Diagnostic> {
    if entry.leaves.is_empty() {
        return Vec::new();
    }
    let mut taken: FxHashMap<&str, Span> = FxHashMap::default();
    let mut faults = Vec::new();
    for heading in entry.bodies().flat_map(|body| &body.tables.headings) {
        let first = *taken.entry(&heading.anchor).or_insert(heading.span);
        if first.file != heading.span.file {
            faults.push(fault::anchor_in_two_files(heading.span, first, &heading.anchor));
        }
    }
    faults
}
