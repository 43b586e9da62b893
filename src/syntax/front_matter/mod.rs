//! The YAML between `---` at the top of a page.

mod fence;
mod fields;
mod place;
mod read;

pub(crate) use place::place;

use std::ops::Range;
use std::sync::Arc;

use crate::config::{Config, KindId};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Sources, Span};
use crate::yaml::{self, Given};
use fence::Fence;
use read::Reading;

/// What a page's front matter says, each value of its key's type. Names of other pages are still names.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct FrontMatter {
    pub(crate) title: Option<Arc<str>>,
    pub(crate) kind: Option<KindId>,
    /// Whether it says a kind that could not be read.
    pub(crate) has_faulty_kind: bool,
    pub(crate) summary: Option<Arc<str>>,
    pub(crate) slug: Option<Box<str>>,
    pub(crate) order: Option<i64>,
    pub(crate) synonyms: Box<[String]>,
    pub(crate) autolink: Option<bool>,
    pub(crate) autolink_here: Option<bool>,
    pub(crate) roles: Box<[String]>,
    pub(crate) themes: Box<[String]>,
    pub(crate) about: Box<[String]>,
    pub(crate) leads_to: Box<[String]>,
    pub(crate) related: Box<[String]>,
    pub(crate) series: Option<Box<str>>,
    pub(crate) part: Option<i64>,
    pub(crate) tasks: Box<[Task]>,
    pub(crate) authors: Box<[String]>,
    pub(crate) date: Option<jiff::civil::Date>,
    pub(crate) updated: Option<jiff::civil::Date>,
    pub(crate) review_by: Option<jiff::civil::Date>,
    pub(crate) owner: Option<Box<str>>,
    pub(crate) image: Option<Box<str>>,
    pub(crate) noindex: bool,
    pub(crate) redirect_from: Box<[String]>,
    pub(crate) lang: Option<Box<str>>,
    pub(crate) draft: bool,
    /// A facet, as an index into `Config::facets`.
    pub(crate) facet: Option<usize>,
    /// The authors' own fields, in the order of the kind's.
    pub(crate) fields: Box<[(String, FieldValue)]>,
}

/// One of a page's tasks; roles are still names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Task {
    pub(crate) task: String,
    pub(crate) responsible: Box<[String]>,
    pub(crate) involved: Box<[String]>,
}

/// The value of a field of the authors' own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum FieldValue {
    Text(String),
    Integer(i64),
    Bool(bool),
    Date(jiff::civil::Date),
    Choice(String),
    /// A page's name.
    Page(String),
    Url(String),
    List(Vec<FieldValue>),
}

/// A front matter, and where the body begins.
#[derive(Debug)]
pub(crate) struct Parsed {
    pub(crate) front_matter: FrontMatter,
    /// Whether it has a `title`: where that is faulty, or the whole front matter is, no more need be said of a title.
    pub(crate) title: Given,
    /// The bytes of the body in the file's text.
    pub(crate) body: Range<usize>,
    pub(crate) faults: Vec<Diagnostic>,
}

/// Reads the front matter of a page. What it leaves out has its default: a page's kind is section for its folder's
/// `index.md`, page for any other file. Values that are faulty are absent.
pub(crate) fn parse(file: FileId, sources: &Sources, config: &Config) -> Parsed {
    let text = sources.text(file);
    let (range, body, unclosed) = match fence::find(text) {
        Fence::None => (None, 0..text.len(), None),
        Fence::Closed { yaml, body } => (Some(yaml), body..text.len(), None),
        Fence::Unclosed { body } => (None, body..text.len(), Some(fence::unclosed(file))),
    };
    let place = Span::new(file, if range.is_some() { 0..fence::MARK.len() } else { 0..0 });
    let page = read::Page { path: &sources[file].path, place, config };
    let Reading { front_matter, title, mut faults } = match range.map(|range| yaml::parse(file, sources, range)) {
        Some(Err(fault)) => page.unread(vec![*fault]),
        Some(Ok(Some(node))) if !node.is_absent() => page.read(&node),
        _ if unclosed.is_some() => page.unread(Vec::new()),
        _ => page.read_entries(&[]),
    };
    faults.extend(unclosed);
    faults.sort_by_key(|fault| fault.span);
    Parsed { front_matter, title, body, faults }
}

#[cfg(test)]
mod tests;
