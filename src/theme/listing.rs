//! The views of pages that no author wrote: the glossary, a facet of all pages, the questions, who does what, the rest
//! of a long list.

use tera::Value;

use super::context::{Context, link, list, maybe, record, text};
use super::linked::{Entry, Question, perhaps};
use super::view::{Html, Link, Page};

/// One page of a generated view, as `list` beside `page`. Where a view is too long for one page, each of its pages has
/// the same `index`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Listing {
    /// The letters of the glossary, the sections of a facet, the themes of questions.
    pub(crate) index: Vec<Tab>,
    /// The kinds of pages that a facet can be narrowed to.
    pub(crate) kinds: Vec<Tab>,
    pub(crate) groups: Vec<ListGroup>,
    /// The rest of what this page lists a part of.
    pub(crate) more: Option<Link>,
}

/// A way to another part of a view.
#[derive(Clone, Debug)]
pub(crate) struct Tab {
    pub(crate) title: String,
    pub(crate) url: String,
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
    /// Terms, or what pages say in a facet: titles with a finished text.
    Texts(Vec<TextItem>),
    Questions(Vec<Question>),
    Pages(Vec<Entry>),
}

/// A page with something that it says.
#[derive(Clone, Debug)]
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
#[derive(Clone, Debug, Default)]
pub(crate) struct TaskTable {
    /// Those with columns; none where they are too many.
    pub(crate) roles: Vec<Link>,
    pub(crate) rows: Vec<TaskRow>,
    /// The file with the same for spreadsheets.
    pub(crate) csv: String,
    /// The rest of a long table.
    pub(crate) more: Option<Link>,
}

/// One task.
#[derive(Clone, Debug)]
pub(crate) struct TaskRow {
    pub(crate) task: String,
    pub(crate) page: Link,
    /// What each of the roles does in it: `responsible`, `involved`, or nothing.
    pub(crate) shares: Vec<Option<&'static str>>,
    /// The same as names.
    pub(crate) responsible: Vec<Link>,
    pub(crate) involved: Vec<Link>,
}

impl Context {
    /// For `glossary.html`, `facet.html`, `questions.html` and `list.html`.
    pub(crate) fn listing(page: &Page, listing: &Listing) -> Context {
        let mut context = Context::page(page);
        context.values.insert_value("list", listing.value());
        context
    }

    /// For `who-does-what.html`.
    pub(crate) fn tasks(page: &Page, table: &TaskTable) -> Context {
        let mut context = Context::page(page);
        context.values.insert_value("tasks", table.value());
        context
    }
}

impl Listing {
    fn value(&self) -> Value {
        record([
            ("index", list(&self.index, Tab::value)),
            ("kinds", list(&self.kinds, Tab::value)),
            ("groups", list(&self.groups, ListGroup::value)),
            ("more", perhaps(self.more.as_ref())),
        ])
    }
}

impl Tab {
    fn value(&self) -> Value {
        record([("title", text(&self.title)), ("url", text(&self.url)), ("current", Value::from(self.is_current))])
    }
}

impl ListGroup {
    fn value(&self) -> Value {
        let items = match &self.items {
            Items::Texts(items) => list(items, TextItem::value),
            Items::Questions(questions) => list(questions, Question::value),
            Items::Pages(entries) => list(entries, Entry::value),
        };
        record([("id", text(&self.id)), ("title", text(&self.title)), ("items", items)])
    }
}

impl TextItem {
    fn value(&self) -> Value {
        record([
            ("title", text(&self.title)),
            ("url", text(&self.url)),
            ("lang", maybe(self.lang.as_deref())),
            ("synonyms", list(&self.synonyms, |synonym| text(synonym))),
            ("kind", maybe(self.kind.as_deref())),
            ("html", Value::safe_string(&self.html.0)),
        ])
    }
}

impl TaskTable {
    fn value(&self) -> Value {
        let row = |row: &TaskRow| {
            let shares = list(&row.shares, |share| maybe(*share));
            record([
                ("task", text(&row.task)),
                ("page", link(&row.page)),
                ("shares", shares),
                ("responsible", list(&row.responsible, link)),
                ("involved", list(&row.involved, link)),
            ])
        };
        record([
            ("roles", list(&self.roles, link)),
            ("rows", list(&self.rows, row)),
            ("csv", text(&self.csv)),
            ("more", perhaps(self.more.as_ref())),
        ])
    }
}
