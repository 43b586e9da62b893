//! ③ RESOLVE. Every page with its place, its address and where each of its links leads.
//!
//! Here, once, is decided what later stages only look up. A [`Guide`] never changes; threads share it.

mod collation;
mod fault;
#[allow(dead_code, reason = "found, and tested, before links are made of it")]
mod mention;
mod names;
mod order;
mod relation;
mod resolve;
mod target;
mod tree;

use std::sync::Arc;

use rustc_hash::FxHashMap;

pub use resolve::Drafts;
pub(crate) use resolve::{Resolved, resolve};

use crate::config::{Config, KindId};
use crate::id::{Id, IdVec};
use crate::language::Tongue;
use crate::path::{Address, GuidePath, OutputPath};
use crate::source::FileId;
use crate::syntax::draft::{Draft, Section};
use crate::syntax::front_matter::FieldValue;

/// The place of a page in [`Guide`].
pub(crate) type PageId = Id<Page>;

/// The place of a folder in [`Guide`].
pub(crate) type FolderId = Id<Folder>;

/// The resolved guide.
#[derive(Debug)]
pub(crate) struct Guide {
    pub(crate) config: Config,
    /// In the order of their files' paths.
    pub(crate) pages: IdVec<Page>,
    /// The root first; each after the folder that holds it.
    pub(crate) folders: IdVec<Folder>,
    /// The files that are copied, and where to.
    pub(crate) assets: FxHashMap<FileId, OutputPath>,
    pub(crate) redirects: Vec<Redirect>,
    /// Where the logo is copied to.
    pub(crate) logo: Option<OutputPath>,
    /// Where the site map is; an author's page may be there too.
    pub(crate) site_map: Address,
}

/// A page with a source of its own.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) draft: Box<Draft>,
    /// Its source's path without `content/`, `.md` and `/index`: its name for other tools.
    pub(crate) key: Arc<str>,
    pub(crate) kind: KindId,
    pub(crate) address: Address,
    pub(crate) place: Place,
    /// Where each of the body's links leads.
    pub(crate) links: Vec<Link>,
    pub(crate) relations: Relations,
    pub(crate) summary: String,
}

/// Where a page is in the guide.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    /// The folder that holds it; for an `index.md`, the one that it fronts.
    pub(crate) folder: FolderId,
    /// Whether it is its folder's `index.md`.
    pub(crate) front: bool,
    /// The pages before and after it when the guide is read from end to end.
    pub(crate) previous: Option<PageId>,
    pub(crate) next: Option<PageId>,
}

/// A folder of `content/` with pages somewhere below it.
#[derive(Debug)]
pub(crate) struct Folder {
    pub(crate) path: GuidePath,
    /// Its front page's title, else its name.
    pub(crate) title: String,
    pub(crate) address: Address,
    pub(crate) index: Option<PageId>,
    /// The root has none.
    pub(crate) parent: Option<FolderId>,
    /// What is in it, in reading order, its front page apart.
    pub(crate) children: Vec<Node>,
    /// How many pages are in it and below.
    pub(crate) pages: usize,
}

/// What a folder holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Node {
    Page(PageId),
    Folder(FolderId),
}

/// Where a link goes, once every page has an address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Link {
    /// A page, perhaps at one of its anchors.
    Page(PageId, Option<Arc<str>>),
    /// An anchor of the page itself.
    Here(Arc<str>),
    /// A page that no author wrote.
    Generated(Address),
    /// A file that is copied.
    Asset(FileId),
    /// Outside the guide, as written.
    External,
    /// Nowhere; a fault says so.
    Dead,
}

/// What a page's front matter says of other pages.
#[derive(Clone, Debug, Default)]
pub(crate) struct Relations {
    pub(crate) roles: Vec<PageId>,
    pub(crate) themes: Vec<PageId>,
    pub(crate) about: Vec<PageId>,
    pub(crate) leads_to: Vec<PageId>,
    #[allow(dead_code, reason = "checked here like every name; shown once pages list what is related")]
    pub(crate) related: Vec<PageId>,
    pub(crate) tasks: Vec<Task>,
    pub(crate) fields: Vec<(String, Value)>,
    /// The image for social previews.
    pub(crate) image: Option<Link>,
}

/// A task of a page.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub(crate) task: String,
    pub(crate) responsible: Vec<PageId>,
    pub(crate) involved: Vec<PageId>,
}

/// The value of a field of the authors' own.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    /// Anything but pages.
    Plain(FieldValue),
    Page(PageId),
    List(Vec<Value>),
}

/// An old address and the page that it leads to.
#[derive(Clone, Debug)]
pub(crate) struct Redirect {
    pub(crate) file: OutputPath,
    pub(crate) page: PageId,
}

impl Guide {
    /// The root folder.
    pub(crate) fn root(&self) -> FolderId {
        self.folders.ids().next().expect("a guide has its root folder, even an empty one")
    }

    /// What the first crumb of every page says.
    pub(crate) fn home_title(&self) -> &'static str {
        match self.config.site.language.tongue() {
            Tongue::French => "Accueil",
            Tongue::English => "Home",
        }
    }

    /// The folders from the root down to the one that holds `page` (for a front page, the one above its own).
    pub(crate) fn ancestors(&self, page: PageId) -> Vec<FolderId> {
        let place = self.pages[page].place;
        let nearest = if place.front { self.folders[place.folder].parent } else { Some(place.folder) };
        self.chain(nearest)
    }

    /// The folders from the root down to `folder`.
    pub(crate) fn chain(&self, folder: Option<FolderId>) -> Vec<FolderId> {
        let mut chain: Vec<FolderId> = std::iter::successors(folder, |&folder| self.folders[folder].parent).collect();
        chain.reverse();
        chain
    }

    /// The address that a folder's crumb leads to, where a page is there.
    pub(crate) fn front(&self, folder: FolderId) -> Option<&Address> {
        let folder = &self.folders[folder];
        let generated = folder.parent.is_none() || folder.address == self.site_map;
        (folder.index.is_some() || generated).then_some(&folder.address)
    }
}

impl Page {
    /// Its title.
    pub(crate) fn title(&self) -> &str {
        &self.draft.title
    }

    /// Its sections in the order in which they are read: the beginning, the facets as configured, then the others.
    pub(crate) fn sections(&self) -> Vec<&Section> {
        reading_order(&self.draft)
    }
}

/// A draft's sections in the order in which they are read.
fn reading_order(draft: &Draft) -> Vec<&Section> {
    let mut sections: Vec<&Section> = draft.sections.iter().collect();
    sections.sort_by_key(|section| (section.heading.is_some(), section.facet.is_none(), section.facet));
    sections
}
