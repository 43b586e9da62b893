//! ③ RESOLVE. Every page with its place, its address and where each of its links leads.
//!
//! Here, once, is decided what later stages only look up. A [`Guide`] never changes; threads share it.

mod backlink;
mod before;
mod collation;
mod facet_file;
mod fault;
mod files;
mod generated;
mod inverse;
mod life;
mod linking;
mod mention;
mod names;
mod order;
mod pages;
mod reading;
mod relation;
mod resolve;
mod scan;
mod series;
mod target;
mod tree;

use std::sync::Arc;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

pub(crate) use backlink::{Backlink, How};
pub(crate) use before::Before;
#[cfg(test)]
pub(crate) use before::Work;
pub(crate) use files::{Download, Files, Pictured};
pub(crate) use generated::Generated;
pub(crate) use inverse::{Inverse, Share};
pub(crate) use linking::Used;
#[cfg(any(test, feature = "fuzzing"))]
pub(crate) use mention::laws as mention_laws;
pub(crate) use pages::{Pages, prefetch};
pub(crate) use reading::{Excerpt, Included, Mention, Part, Reading, Reference, Shown, lowered};
pub use resolve::Drafts;
pub(crate) use resolve::{Resolved, resolve};
pub(crate) use series::{Series, SeriesId};

use crate::config::{Builtin, Config, KindId};
use crate::id::{Id, IdVec};
use crate::language::{Language, Tongue};
use crate::path::{Address, GuidePath, OutputPath};
use crate::source::FileId;
use crate::syntax::draft::Draft;
use crate::syntax::front_matter::FieldValue;

/// The place of a page in [`Guide`].
pub(crate) type PageId = Id<Page>;

/// The place of a folder in [`Guide`].
pub(crate) type FolderId = Id<Folder>;

/// The resolved guide.
#[derive(Debug)]
pub(crate) struct Guide {
    pub(crate) config: Config,
    pub(crate) pages: Pages,
    /// The root first; each after the folder that holds it.
    pub(crate) folders: IdVec<Folder>,
    /// The files that are copied, and where to.
    pub(crate) assets: FxHashMap<FileId, OutputPath>,
    /// What is known of those that pages show or link to.
    pub(crate) files: Files,
    pub(crate) redirects: Vec<Redirect>,
    /// Where the logo is copied to.
    pub(crate) logo: Option<OutputPath>,
    /// The pages that no author wrote.
    pub(crate) generated: Generated,
    pub(crate) series: IdVec<Series>,
    /// The pages as they are read from end to end.
    pub(crate) order: Vec<PageId>,
    /// The terms as the language collates them.
    pub(crate) terms: Vec<PageId>,
    /// The articles, the newest first, those without a date last.
    pub(crate) articles: Vec<PageId>,
}

/// A page with a source of its own.
#[derive(Debug)]
pub(crate) struct Page {
    pub(crate) draft: Arc<Draft>,
    /// Its source's path without `content/`, `.md` and `/index`: its name for other tools.
    pub(crate) key: Arc<str>,
    pub(crate) kind: KindId,
    pub(crate) address: Address,
    pub(crate) place: Place,
    /// Where each of the body's links leads.
    pub(crate) links: Arc<[Link]>,
    /// The facets that have files of their own.
    pub(crate) leaves: Box<[Leaf]>,
    pub(crate) relations: Arc<Relations>,
    /// What other pages' relations say of it.
    pub(crate) inverse: Inverse,
    /// Who links here: one for each page, in reading order.
    pub(crate) backlinks: Box<[Backlink]>,
    pub(crate) reading: Arc<Reading>,
    /// Where its names stand in texts; nowhere where words do not lead to it.
    pub(crate) used: Used,
    /// The series that it is a part of, and which, from 0.
    pub(crate) series: Option<(SeriesId, usize)>,
    pub(crate) summary: Arc<str>,
    /// When it was changed last, as its author says or else as git knows; never the day that it is dated.
    pub(crate) updated: Option<Date>,
    /// Who wrote it as git knows, those with the most changes first; nobody where the guide has no use for it.
    pub(crate) contributors: Box<[Arc<str>]>,
}

/// A facet of a page that has a file of its own.
#[derive(Debug)]
pub(crate) struct Leaf {
    /// As an index into `Config::facets`.
    pub(crate) facet: usize,
    pub(crate) draft: Arc<Draft>,
    /// Where each of its body's links leads.
    pub(crate) links: Arc<[Link]>,
}

/// One of a page's texts: that of its own file, or of one of its leaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct TextId {
    pub(crate) page: PageId,
    pub(crate) leaf: Option<u32>,
}

/// What one file says, and where each of its links leads.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    pub(crate) draft: &'a Draft,
    pub(crate) links: &'a [Link],
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

impl Link {
    /// Whether it leads nowhere.
    pub(crate) fn is_dead(&self) -> bool {
        matches!(self, Link::Dead)
    }
}

/// What a page's front matter says of other pages.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Relations {
    pub(crate) roles: Box<[PageId]>,
    pub(crate) themes: Box<[PageId]>,
    pub(crate) about: Box<[PageId]>,
    pub(crate) leads_to: Box<[PageId]>,
    pub(crate) related: Box<[PageId]>,
    pub(crate) tasks: Box<[Task]>,
    pub(crate) fields: Box<[(String, Value)]>,
    /// The image for social previews.
    pub(crate) image: Option<Link>,
}

/// A task of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Task {
    pub(crate) task: String,
    pub(crate) responsible: Box<[PageId]>,
    pub(crate) involved: Box<[PageId]>,
}

/// The value of a field of the authors' own.
#[derive(Clone, Debug, PartialEq, Eq)]
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
        self.chain(self.holder(page))
    }

    /// The part of the guide that a page is in: the folder that its title is told with.
    pub(crate) fn part_of(&self, page: PageId) -> Option<FolderId> {
        self.holder(page).filter(|&folder| self.folders[folder].parent.is_some())
    }

    /// The folder that lists a page: the one that holds it, for a front page the one above its own.
    pub(crate) fn holder(&self, page: PageId) -> Option<FolderId> {
        let Place { folder, front, .. } = self.pages[page].place;
        if front { self.folders[folder].parent } else { Some(folder) }
    }

    /// The page that a node is: a folder’s is its front page.
    pub(crate) fn page_of(&self, node: Node) -> Option<PageId> {
        match node {
            Node::Page(page) => Some(page),
            Node::Folder(folder) => self.folders[folder].index,
        }
    }

    /// What is directly in a folder and of a built-in kind, in reading order.
    pub(crate) fn of_kind_in(&self, folder: FolderId, kind: Builtin) -> impl Iterator<Item = PageId> + '_ {
        let pages = self.folders[folder].children.iter().filter_map(|&node| self.page_of(node));
        pages.filter(move |&page| self.builtin(page) == Some(kind))
    }

    /// The folders from `folder` up to the root.
    pub(crate) fn upward(&self, folder: Option<FolderId>) -> impl Iterator<Item = FolderId> + '_ {
        std::iter::successors(folder, |&folder| self.folders[folder].parent)
    }

    /// The folders from the root down to `folder`.
    pub(crate) fn chain(&self, folder: Option<FolderId>) -> Vec<FolderId> {
        let mut chain: Vec<FolderId> = self.upward(folder).collect();
        chain.reverse();
        chain
    }

    /// The address that a folder's crumb leads to, where a page is there.
    pub(crate) fn front(&self, folder: FolderId) -> Option<&Address> {
        let folder = &self.folders[folder];
        let generated = folder.parent.is_none() || self.generated.has(&folder.address);
        (folder.index.is_some() || generated).then_some(&folder.address)
    }

    /// One of a page's texts.
    pub(crate) fn text(&self, id: TextId) -> Text<'_> {
        let page = &self.pages[id.page];
        match id.leaf {
            None => Text { draft: &page.draft, links: &page.links },
            Some(leaf) => {
                let leaf = &page.leaves[leaf as usize];
                Text { draft: &leaf.draft, links: &leaf.links }
            }
        }
    }

    /// The tag of the language that a page is in.
    pub(crate) fn lang_of(&self, page: PageId) -> &str {
        self.pages.own_lang(page).unwrap_or(self.config.site.language.tag())
    }

    /// The language whose typography a page has.
    pub(crate) fn language_of(&self, page: PageId) -> Language {
        self.pages.language(page)
    }

    /// The language of the few words that are added to a page's text.
    pub(crate) fn tongue_of(&self, page: PageId) -> Tongue {
        match self.lang_of(page) {
            tag if tag.starts_with("fr") => Tongue::French,
            tag if tag.starts_with("en") => Tongue::English,
            _ => self.config.site.language.tongue(),
        }
    }

    /// Whether a page holds questions to answer together.
    pub(crate) fn is_coplanning(&self, page: PageId) -> bool {
        self.builtin(page) == Some(Builtin::Coplanning)
    }

    /// The kind of a page, where it is built in.
    pub(crate) fn builtin(&self, page: PageId) -> Option<Builtin> {
        self.config.kinds[self.pages.kind(page)].builtin
    }
}

impl Page {
    /// Its drafts: its own, then those of its leaves.
    pub(crate) fn drafts(&self) -> impl Iterator<Item = &Draft> {
        std::iter::once(&*self.draft).chain(self.leaves.iter().map(|leaf| &*leaf.draft))
    }

    /// Whether it has a facet, in its own file or in one of the facet's.
    pub(crate) fn has_facet(&self, facet: usize) -> bool {
        let own = self.draft.sections.iter().any(|section| section.facet == Some(facet));
        own || self.leaves.iter().any(|leaf| leaf.facet == facet)
    }

    /// Its title; of a page without one, which is a fault, the name of its file.
    pub(crate) fn title(&self) -> &str {
        match &*self.draft.title {
            "" => self.key.rsplit('/').next().unwrap_or_default(),
            title => title,
        }
    }
}
