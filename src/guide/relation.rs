//! What front matter says of other pages: names become pages.

use super::fault;
use super::names::Missing;
use super::target::{Targets, Written};
use super::{Link, PageId, Relations, Task, Value};
use crate::config::{Builtin, Config, FieldType, KindId};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::body::{By, Purpose};
use crate::syntax::front_matter::{self, FieldValue, FrontMatter};

/// Reads one page's relations.
pub(super) struct Reader<'a> {
    pub(super) targets: &'a Targets<'a>,
    pub(super) config: &'a Config,
    pub(super) page: PageId,
    pub(super) faults: Vec<Diagnostic>,
}

/// Where a name stands in the front matter: its key and the way down to it, and which it is of a list.
#[derive(Clone, Copy)]
struct At<'a> {
    key: &'a str,
    path: &'a [&'a str],
    index: Option<usize>,
}

impl Reader<'_> {
    /// The relations of the page.
    pub(super) fn read(&mut self) -> Relations {
        let targets = self.targets;
        let front_matter = &targets.tree.entries[self.page.index()].draft.front_matter;
        let kind = |builtin| Some(self.config.kinds.builtin(builtin));
        let (role, theme, stage) = (kind(Builtin::Role), kind(Builtin::Theme), kind(Builtin::Stage));
        Relations {
            roles: self.pages(&front_matter.roles, At { key: "roles", path: &[], index: None }, role),
            themes: self.pages(&front_matter.themes, At { key: "themes", path: &[], index: None }, theme),
            about: self.pages(&front_matter.about, At { key: "about", path: &[], index: None }, None),
            leads_to: self.pages(&front_matter.leads_to, At { key: "leads_to", path: &[], index: None }, stage),
            related: self.pages(&front_matter.related, At { key: "related", path: &[], index: None }, None),
            tasks: self.tasks(front_matter, role),
            fields: self.fields(front_matter),
            image: front_matter.image.as_deref().and_then(|image| self.image(image)),
        }
    }

    fn image(&mut self, destination: &str) -> Option<Link> {
        let span = self.place(At { key: "image", path: &[], index: None });
        let written = Written { from: self.page, destination, by: By::Address, purpose: Purpose::Show, span };
        self.targets.resolve(&written).map_err(|fault| self.faults.push(*fault)).ok()
    }

    fn tasks(&mut self, front_matter: &FrontMatter, role: Option<KindId>) -> Box<[Task]> {
        let (own, is_role) = (self.page, Some(self.targets.kinds[self.page.index()]) == role);
        let read = |(at, task): (usize, &front_matter::Task)| {
            let at = at.to_string();
            let mut pages = |names: &[String], who: &str| {
                self.pages(names, At { key: "tasks", path: &[&at, who], index: None }, role)
            };
            let mut responsible = pages(&task.responsible, "responsible").into_vec();
            let involved = pages(&task.involved, "involved");
            // A role's own task that names nobody responsible is that role's.
            if is_role && task.responsible.is_empty() && !involved.contains(&own) {
                responsible.push(own);
            }
            Task { task: task.task.clone(), responsible: responsible.into(), involved }
        };
        front_matter.tasks.iter().enumerate().map(read).collect()
    }

    fn fields(&mut self, front_matter: &FrontMatter) -> Box<[(String, Value)]> {
        let kind = self.targets.kinds[self.page.index()];
        let mut fields = Vec::with_capacity(front_matter.fields.len());
        for (name, value) in &front_matter.fields {
            let of = self.config.kinds[kind].fields.iter().find(|field| field.name == *name).map(|field| &field.of);
            let value = of.and_then(|of| self.value(value, of, At { key: name, path: &[], index: None }));
            fields.extend(value.map(|value| (name.clone(), value)));
        }
        fields.into()
    }

    fn value(&mut self, value: &FieldValue, of: &FieldType, at: At<'_>) -> Option<Value> {
        match (value, of) {
            (FieldValue::Page(name), FieldType::Page(kind)) => self.page_named(name, at, *kind).map(Value::Page),
            (FieldValue::List(values), FieldType::List(of)) => {
                let mut list = Vec::with_capacity(values.len());
                for (index, value) in values.iter().enumerate() {
                    let index = index.to_string();
                    let path: Vec<&str> = at.path.iter().copied().chain([index.as_str()]).collect();
                    list.extend(self.value(value, of, At { path: &path, ..at }));
                }
                Some(Value::List(list))
            }
            (value, _) => Some(Value::Plain(value.clone())),
        }
    }

    /// The pages of these names, each once.
    fn pages(&mut self, names: &[String], at: At<'_>, kind: Option<KindId>) -> Box<[PageId]> {
        let mut pages = Vec::with_capacity(names.len());
        for (index, name) in names.iter().enumerate() {
            let page = self.page_named(name, At { index: Some(index), ..at }, kind);
            pages.extend(page.filter(|page| !pages.contains(page)));
        }
        pages.into()
    }

    fn page_named(&mut self, name: &str, at: At<'_>, kind: Option<KindId>) -> Option<PageId> {
        match self.targets.names.find(name) {
            Ok(page) => {
                self.check_kind(page, at, kind);
                Some(page)
            }
            Err(missing) => {
                let named = fault::Named { code: Code::UnknownPage, place: self.place(at), written: name };
                let is_role = kind == Some(self.config.kinds.builtin(Builtin::Role));
                self.faults.push(match missing {
                    Missing::Unknown(_) if is_role => fault::role_without_page(named, &missing),
                    missing => self.targets.missing_page(named, missing),
                });
                None
            }
        }
    }

    fn check_kind(&mut self, page: PageId, at: At<'_>, wanted: Option<KindId>) {
        let is = self.targets.kinds[page.index()];
        let Some(wanted) = wanted.filter(|&wanted| wanted != is) else { return };
        let entry = &self.targets.tree.entries[page.index()];
        if entry.draft.front_matter.has_faulty_kind {
            // Of a kind that could not be read, no more need be said.
            return;
        }
        let tongue = self.config.site.language.tongue();
        let kinds = (self.config.kinds[is].spelled(tongue), self.config.kinds[wanted].spelled(tongue));
        self.faults.push(fault::wrong_kind(self.place(at), &entry.draft.title, kinds));
    }

    fn place(&self, at: At<'_>) -> Span {
        let file = self.targets.tree.entries[self.page.index()].draft.file;
        let index = at.index.map(|index| index.to_string());
        let path: Vec<&str> = at.path.iter().copied().chain(index.as_deref()).collect();
        front_matter::place(file, self.targets.sources, at.key, &path)
    }
}

/// A page's kind: the one it says, else that of its place.
pub(super) fn kind_of(front_matter: &FrontMatter, front: bool, config: &Config) -> KindId {
    let default = if front { Builtin::Section } else { Builtin::Page };
    front_matter.kind.unwrap_or_else(|| config.kinds.builtin(default))
}
