//! Folders, addresses, and what stands where.

use std::iter;
use std::sync::{Arc, OnceLock};

use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use rustc_hash::{FxHashMap, FxHashSet};

use super::fault;
use super::{Folder, FolderId, Node, PageId};
use crate::diagnostic::Diagnostic;
use crate::id::IdVec;
use crate::name;
use crate::path::{Address, GuidePath, Slug};
use crate::source::{FileId, Sources};
use crate::syntax::body::Body;
use crate::syntax::draft::Draft;

/// A page on its way to its place.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) draft: Arc<Draft>,
    /// The facets that have files of their own.
    pub(super) leaves: Vec<LeafEntry>,
    pub(super) key: Arc<str>,
    pub(super) folder: FolderId,
    pub(super) front: bool,
    pub(super) address: Address,
    anchors: OnceLock<FxHashSet<String>>,
    /// Anchors by their bare form and that of their headings' texts, for links that spell them otherwise.
    spelled: OnceLock<FxHashMap<String, String>>,
}

/// A facet's own file on its way to its page.
#[derive(Debug)]
pub(super) struct LeafEntry {
    /// As an index into `Config::facets`.
    pub(super) facet: usize,
    /// The facet's anchor in the page.
    pub(super) anchor: Arc<str>,
    pub(super) draft: Arc<Draft>,
}

impl Entry {
    /// One of the page's drafts: its own, or that of a leaf.
    pub(super) fn draft(&self, leaf: Option<u32>) -> &Draft {
        match leaf {
            None => &self.draft,
            Some(leaf) => &self.leaves[leaf as usize].draft,
        }
    }

    /// Whether the page has this anchor.
    pub(super) fn has_anchor(&self, anchor: &str) -> bool {
        let headings = || self.bodies().flat_map(|body| &body.tables.headings).map(|heading| heading.anchor.clone());
        let leaves = || self.leaves.iter().map(|leaf| leaf.anchor.to_string());
        self.anchors.get_or_init(|| headings().chain(leaves()).collect()).contains(anchor)
    }

    /// The page's drafts: its own, then those of its leaves.
    pub(super) fn drafts(&self) -> impl Iterator<Item = &Arc<Draft>> {
        iter::once(&self.draft).chain(self.leaves.iter().map(|leaf| &leaf.draft))
    }

    /// The texts of the page: its own, then those of its facets' files.
    pub(super) fn bodies(&self) -> impl Iterator<Item = &Body> {
        self.drafts().map(|draft| &draft.body)
    }

    /// The anchor that `written` means: a forge's spelling of it, or its heading's text. The first where two are meant.
    pub(super) fn anchor_like(&self, written: &str) -> Option<&str> {
        let spelled = self.spelled.get_or_init(|| {
            let headings =
                || self.bodies().flat_map(|body| body.tables.headings.iter().map(move |heading| (body, heading)));
            let anchors = headings().map(|(_, heading)| (bare(&heading.anchor), heading));
            let texts = headings().map(|(body, heading)| (bare(&body.plain(heading.content.clone())), heading));
            let mut spelled = FxHashMap::default();
            for (bare, heading) in anchors.chain(texts).filter(|(bare, _)| !bare.is_empty()) {
                spelled.entry(bare).or_insert_with(|| heading.anchor.clone());
            }
            for leaf in &self.leaves {
                spelled.entry(bare(&leaf.draft.title)).or_insert_with(|| leaf.anchor.to_string());
            }
            spelled
        });
        spelled.get(&bare(written)).map(String::as_str)
    }
}

/// The folders, and the pages in them.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) folders: IdVec<Folder>,
    /// By the ids that they will have as pages.
    pub(super) entries: Vec<Entry>,
    by_path: FxHashMap<GuidePath, FolderId>,
}

/// Places drafts, which are in the order of their paths.
pub(super) struct Planter<'a> {
    sources: &'a Sources,
    /// The front page of each folder, as an index into the drafts.
    fronts: FxHashMap<GuidePath, usize>,
    folders: Vec<Folder>,
    by_path: FxHashMap<GuidePath, FolderId>,
    /// The folder of the last page.
    last: FolderId,
    faults: Vec<Diagnostic>,
}

impl Tree {
    /// The tree of `drafts`.
    pub(super) fn plant(drafts: Vec<Arc<Draft>>, sources: &Sources) -> (Tree, Vec<Diagnostic>) {
        let fronts = drafts.iter().enumerate().filter_map(|(at, draft)| {
            let path = &sources[draft.file].path;
            is_front(path).then(|| path.parent().map(|folder| (folder, at)))?
        });
        let mut planter = Planter {
            sources,
            fronts: fronts.collect(),
            folders: Vec::new(),
            by_path: FxHashMap::default(),
            last: FolderId::nth(0),
            faults: Vec::new(),
        };
        planter.root();
        let homes: Vec<FolderId> = drafts.iter().map(|draft| planter.home(draft, &drafts)).collect();
        let Planter { mut folders, by_path, mut faults, .. } = planter;
        let entry = |(draft, folder): (Arc<Draft>, FolderId)| {
            let above = &folders[folder.index()].address;
            let (address, fault) = address(&draft, above, sources);
            let path = &sources[draft.file].path;
            let entry = Entry {
                key: key(path),
                front: is_front(path),
                draft,
                leaves: Vec::new(),
                folder,
                address,
                anchors: OnceLock::new(),
                spelled: OnceLock::new(),
            };
            (entry, fault)
        };
        let (entries, wrong): (Vec<Entry>, Vec<Option<Box<Diagnostic>>>) =
            drafts.into_par_iter().zip(homes).map(entry).unzip();
        faults.extend(wrong.into_iter().flatten().map(|fault| *fault));
        for (at, entry) in entries.iter().enumerate() {
            let page = PageId::nth(at);
            let folder = &mut folders[entry.folder.index()];
            if entry.front {
                folder.index = Some(page);
                if !entry.draft.title.is_empty() {
                    folder.title = entry.draft.title.to_string();
                }
            } else {
                folder.children.push(Node::Page(page));
            }
            folder.pages += 1;
        }
        for at in (1..folders.len()).rev() {
            let pages = folders[at].pages;
            if let Some(parent) = folders[at].parent {
                folders[parent.index()].pages += pages;
            }
        }
        (Tree { folders: folders.into_iter().collect(), entries, by_path }, faults)
    }

    /// The folder at `path`, where pages are below it.
    pub(super) fn folder(&self, path: &str) -> Option<FolderId> {
        self.by_path.get(path).copied()
    }
}

/// The letters and digits of a name, folded: what all spellings of an anchor share.
fn bare(name: &str) -> String {
    let mut bare = name::fold(name);
    bare.retain(char::is_alphanumeric);
    bare
}

/// Whether `path` is its folder's `index.md`.
pub(super) fn is_front(path: &GuidePath) -> bool {
    page_stem(path) == "index"
}

/// The name of a page's file without `.md` and `.draft`.
pub(super) fn page_stem(path: &GuidePath) -> &str {
    let stem = path.stem();
    stem.strip_suffix(".draft").filter(|stem| !stem.is_empty()).unwrap_or(stem)
}

/// A page's name for other tools.
pub(super) fn key(path: &GuidePath) -> Arc<str> {
    let below = path.below("content").unwrap_or(path.as_str());
    let stem = below.rsplit_once('.').map_or(below, |(stem, _)| stem);
    let stem = stem.strip_suffix(".draft").unwrap_or(stem);
    stem.strip_suffix("/index").unwrap_or(stem).into()
}

/// What stands for the slug that cannot be made, so that one fault does not bring others; the guide is not written.
fn stand_in(file: FileId) -> Slug {
    Slug::of(&format!("page sans adresse {}", file.index())).expect("it has letters")
}

/// The address of a page in a folder whose own is `above`; and what is wrong where its name makes none.
fn address(draft: &Draft, above: &Address, sources: &Sources) -> (Address, Option<Box<Diagnostic>>) {
    let path = &sources[draft.file].path;
    if is_front(path) {
        return (above.clone(), None);
    }
    let slug = draft.front_matter.slug.as_deref().and_then(Slug::exact).or_else(|| Slug::of(page_stem(path)));
    match slug {
        Some(slug) => (above.join(&slug), None),
        None => (above.join(&stand_in(draft.file)), Some(fault::no_address_of_file(draft.file, path.name()).into())),
    }
}

impl Planter<'_> {
    fn root(&mut self) {
        let path = GuidePath::new("content").expect("`content` stays below the root");
        self.add(Folder {
            title: path.name().to_owned(),
            path,
            address: Address::root(),
            index: None,
            parent: None,
            children: Vec::new(),
            pages: 0,
        });
    }

    fn add(&mut self, folder: Folder) -> FolderId {
        let id = FolderId::nth(self.folders.len());
        self.by_path.insert(folder.path.clone(), id);
        if let Some(parent) = folder.parent {
            self.folders[parent.index()].children.push(Node::Folder(id));
        }
        self.folders.push(folder);
        id
    }

    /// The folder of a page.
    fn home(&mut self, draft: &Draft, drafts: &[Arc<Draft>]) -> FolderId {
        let path = &self.sources[draft.file].path;
        // Most pages come right after another of their folder.
        if self.folders[self.last.index()].path.as_str() != path.folder() {
            let folder = path.parent().unwrap_or_else(|| path.clone());
            self.last = self.folder(&folder, draft.file, drafts);
        }
        self.last
    }

    /// The folder at `path`, which holds `file`; made with those above it where it is new.
    fn folder(&mut self, path: &GuidePath, file: FileId, drafts: &[Arc<Draft>]) -> FolderId {
        let mut missing: Vec<GuidePath> = Vec::new();
        let mut at = path.clone();
        let mut known = loop {
            if let Some(&known) = self.by_path.get(&at) {
                break known;
            }
            let above = at.parent();
            missing.push(at);
            at = above.expect("every page is below `content`, which is known");
        };
        for path in missing.into_iter().rev() {
            let front = self.fronts.get(&path).map(|&at| &drafts[at]);
            let chosen = front.and_then(|front| front.front_matter.slug.as_deref()).and_then(Slug::exact);
            let slug = chosen.or_else(|| Slug::of(path.name())).unwrap_or_else(|| {
                let file = front.map_or(file, |front| front.file);
                self.faults.push(fault::no_address_of_folder(file, path.name()));
                stand_in(file)
            });
            let address = self.folders[known.index()].address.join(&slug);
            let title = path.name().to_owned();
            known = self.add(Folder {
                path,
                title,
                address,
                index: None,
                parent: Some(known),
                children: Vec::new(),
                pages: 0,
            });
        }
        known
    }
}
