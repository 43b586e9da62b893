//! The views of pages that no author wrote: the glossary, a facet of all pages, the questions, who does what, the rest
//! of a long list.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::context::Context;
use super::known::Known;
use super::linked::{Entry, Question};
use super::listed::Listed;
use super::view::{Html, Link, Page};

/// One page of a generated view, as `list` beside `page`. Where a view is too long for one page, each of its pages has
/// the same `index`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Listing {
    /// The letters of the glossary, the sections of a facet, the themes of questions.
    pub(crate) index: Listed<Tab>,
    /// The kinds of pages that a facet can be narrowed to.
    pub(crate) kinds: Listed<Tab>,
    pub(crate) groups: Vec<ListGroup>,
    /// The rest of what this page lists a part of.
    pub(crate) more: Option<Known<Link>>,
}

impl Serialize for Listing {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut list = serializer.serialize_struct("list", 6)?;
        self.index.tell(&mut list, ["index", "index_html"])?;
        self.kinds.tell(&mut list, ["kinds", "kinds_html"])?;
        list.serialize_field("groups", &self.groups)?;
        list.serialize_field("more", &self.more)?;
        list.end()
    }
}

/// A way to another part of a view.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Tab {
    pub(crate) title: String,
    pub(crate) url: String,
    #[serde(rename = "current")]
    pub(crate) is_current: bool,
}

/// What a view lists under one title.
#[derive(Clone, Debug)]
pub(crate) struct ListGroup {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) items: Items,
}

/// The entries of a group.
#[derive(Clone, Debug)]
pub(crate) enum Items {
    /// Terms, or what pages say first in a facet.
    Texts(Listed<TextItem>),
    Questions(Listed<Question>),
    Pages(Listed<Entry>),
}

const ITEMS: [&str; 2] = ["items", "items_html"];

impl Serialize for ListGroup {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut group = serializer.serialize_struct("group", 4)?;
        group.serialize_field("id", &self.id)?;
        group.serialize_field("title", &self.title)?;
        match &self.items {
            Items::Texts(texts) => texts.tell(&mut group, ITEMS)?,
            Items::Questions(questions) => questions.tell(&mut group, ITEMS)?,
            Items::Pages(pages) => pages.tell(&mut group, ITEMS)?,
        }
        group.end()
    }
}

/// A page with something that it says.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TextItem {
    pub(crate) title: String,
    pub(crate) url: String,
    pub(crate) lang: Option<String>,
    /// Other names.
    pub(crate) synonyms: Vec<String>,
    /// Its kind, where the view has several.
    pub(crate) kind: Option<String>,
    pub(crate) html: Html,
}

/// Roles and tasks, as `tasks` beside `page`.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct TaskTable {
    /// Those with columns; none where they are too many.
    pub(crate) roles: Vec<Known<Link>>,
    pub(crate) rows: Vec<TaskRow>,
    /// The file with the same for spreadsheets.
    pub(crate) csv: String,
    /// The rest of a long table.
    pub(crate) more: Option<Known<Link>>,
}

/// One task.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct TaskRow {
    pub(crate) task: String,
    pub(crate) page: Known<Link>,
    /// What each of the roles does in it: `responsible`, `involved`, or nothing.
    pub(crate) shares: Vec<Option<&'static str>>,
    /// The same as names.
    pub(crate) responsible: Vec<Known<Link>>,
    pub(crate) involved: Vec<Known<Link>>,
}

impl Context {
    /// For the templates of pages that list something, or nothing.
    pub(super) fn of(page: &Page, listing: Option<&Listing>) -> Context {
        listing.map_or_else(|| Context::page(page), |listing| Context::listing(page, listing))
    }

    /// For `glossary.html`, `facet.html`, `questions.html` and `list.html`.
    pub(crate) fn listing(page: &Page, listing: &Listing) -> Context {
        let mut context = Context::page(page);
        context.values.insert("list", listing);
        context
    }

    /// For `who-does-what.html`.
    pub(crate) fn tasks(page: &Page, table: &TaskTable) -> Context {
        let mut context = Context::page(page);
        context.values.insert("tasks", table);
        context
    }
}
