//! What a page is linked with, as templates see it: `page.linked`, none where there is nothing.

use tera::Value;

use super::context::{link, list, maybe, record, text};
use super::view::{DateView, Html, Link};

/// Links to and from a page beside those of its text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Linked {
    /// The roles that the page is for.
    pub(crate) roles: Vec<Entry>,
    /// The pages for this role, facet by facet.
    pub(crate) for_role: Vec<Group>,
    pub(crate) tasks: Vec<Task>,
    /// Where all tasks are, when `tasks` are some of the role's.
    pub(crate) more_tasks: Option<Link>,
    pub(crate) themes: Vec<Link>,
    /// The pages of this theme, kind by kind.
    pub(crate) in_theme: Vec<Group>,
    pub(crate) related: Vec<Link>,
    /// The rest of them, where they are many.
    pub(crate) more_related: Option<Link>,
    pub(crate) stages: Stages,
    pub(crate) cycle: Option<Cycle>,
    pub(crate) series: Option<Series>,
    pub(crate) articles: Vec<Entry>,
    /// Where all articles are listed, when `articles` are some of them.
    pub(crate) more_articles: Option<Link>,
    /// The questions that are answered together on this page; each leads to its answer.
    pub(crate) questions: Vec<Link>,
    /// The frequent questions about the page.
    pub(crate) asked: Vec<Question>,
    /// Where all questions are, when those are not all that are about the page.
    pub(crate) more_asked: Option<Link>,
    /// The pages that link here, kind by kind.
    pub(crate) backlinks: Vec<Group>,
    /// The full addresses of the numbered references, the page's own first.
    pub(crate) references: Vec<String>,
}

/// A page in a list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entry {
    pub(crate) title: String,
    pub(crate) url: String,
    /// The page's language, where it has its own.
    pub(crate) lang: Option<String>,
    /// Its summary, its definition, or the sentence that cites.
    pub(crate) text: Option<String>,
    pub(crate) date: Option<DateView>,
}

/// Pages under a title.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    pub(crate) title: String,
    pub(crate) entries: Vec<Entry>,
    /// The rest of a long list.
    pub(crate) more: Option<Link>,
}

/// A task, and who does what in it.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub(crate) task: String,
    /// What the role that the page is does in it: `responsible` or `involved`; nothing on the page of no role.
    pub(crate) share: Option<&'static str>,
    /// The page whose task it is, where that is another, and nobody’s who is named here.
    pub(crate) page: Option<Link>,
    /// The others who are responsible, and those who take part.
    pub(crate) responsible: Vec<Link>,
    pub(crate) involved: Vec<Link>,
}

/// The stages before and after one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stages {
    pub(crate) previous: Vec<Link>,
    pub(crate) next: Vec<Link>,
}

/// The stages of a community's life.
#[derive(Clone, Debug)]
pub(crate) struct Cycle {
    pub(crate) svg: Html,
    pub(crate) stages: Vec<CycleStage>,
}

/// A stage, and those that may follow.
#[derive(Clone, Debug)]
pub(crate) struct CycleStage {
    pub(crate) stage: Link,
    pub(crate) next: Vec<Link>,
}

/// A series, and the part of it that is being read.
#[derive(Clone, Debug)]
pub(crate) struct Series {
    pub(crate) title: String,
    pub(crate) parts: Vec<SeriesPart>,
    pub(crate) previous: Option<Link>,
    pub(crate) next: Option<Link>,
}

/// A part of a series.
#[derive(Clone, Debug)]
pub(crate) struct SeriesPart {
    pub(crate) page: Link,
    pub(crate) number: i64,
    pub(crate) is_current: bool,
}

/// A frequent question with its whole answer.
#[derive(Clone, Debug)]
pub(crate) struct Question {
    pub(crate) title: String,
    pub(crate) url: String,
    pub(crate) lang: Option<String>,
    pub(crate) html: Html,
}

impl Linked {
    /// `page.linked`.
    pub(super) fn value(&self) -> Value {
        if self.is_empty() {
            return Value::none();
        }
        record([
            ("roles", list(&self.roles, Entry::value)),
            ("for_role", list(&self.for_role, Group::value)),
            ("tasks", list(&self.tasks, Task::value)),
            ("more_tasks", perhaps(self.more_tasks.as_ref())),
            ("themes", list(&self.themes, link)),
            ("in_theme", list(&self.in_theme, Group::value)),
            ("related", list(&self.related, link)),
            ("more_related", perhaps(self.more_related.as_ref())),
            ("previous_stages", list(&self.stages.previous, link)),
            ("next_stages", list(&self.stages.next, link)),
            ("cycle", self.cycle.as_ref().map_or_else(Value::none, Cycle::value)),
            ("series", self.series.as_ref().map_or_else(Value::none, Series::value)),
            ("articles", list(&self.articles, Entry::value)),
            ("more_articles", perhaps(self.more_articles.as_ref())),
            ("questions", list(&self.questions, link)),
            ("asked", list(&self.asked, Question::value)),
            ("more_asked", self.more_asked.as_ref().map_or_else(Value::none, link)),
            ("backlinks", list(&self.backlinks, Group::value)),
            ("references", list(&self.references, |address| text(address))),
        ])
    }

    fn is_empty(&self) -> bool {
        let Linked { roles, for_role, tasks, themes, in_theme, related, stages, cycle, series, .. } = self;
        let Linked { articles, more_articles, questions, asked, backlinks, references, .. } = self;
        let relations = roles.is_empty() && for_role.is_empty() && tasks.is_empty() && themes.is_empty();
        let lists = in_theme.is_empty() && related.is_empty() && articles.is_empty() && more_articles.is_none();
        let way = stages.previous.is_empty() && stages.next.is_empty() && cycle.is_none() && series.is_none();
        let questions = questions.is_empty() && asked.is_empty();
        relations && lists && way && questions && backlinks.is_empty() && references.is_empty()
    }
}

/// A link, or none.
pub(super) fn perhaps(to: Option<&Link>) -> Value {
    to.map_or_else(Value::none, link)
}

impl Entry {
    pub(super) fn value(&self) -> Value {
        record([
            ("title", text(&self.title)),
            ("url", text(&self.url)),
            ("lang", maybe(self.lang.as_deref())),
            ("text", maybe(self.text.as_deref())),
            ("date", Value::from_serializable(&self.date)),
        ])
    }
}

impl Group {
    pub(super) fn value(&self) -> Value {
        record([
            ("title", text(&self.title)),
            ("entries", list(&self.entries, Entry::value)),
            ("more", perhaps(self.more.as_ref())),
        ])
    }
}

impl Task {
    fn value(&self) -> Value {
        record([
            ("task", text(&self.task)),
            ("share", maybe(self.share)),
            ("page", perhaps(self.page.as_ref())),
            ("responsible", list(&self.responsible, link)),
            ("involved", list(&self.involved, link)),
        ])
    }
}

impl Cycle {
    pub(super) fn value(&self) -> Value {
        let stage = |of: &CycleStage| record([("stage", link(&of.stage)), ("next", list(&of.next, link))]);
        record([("svg", Value::safe_string(&self.svg.0)), ("stages", list(&self.stages, stage))])
    }
}

impl Series {
    fn value(&self) -> Value {
        let part = |part: &SeriesPart| {
            let current = Value::from(part.is_current);
            record([("page", link(&part.page)), ("number", Value::from(part.number)), ("current", current)])
        };
        record([
            ("title", text(&self.title)),
            ("parts", list(&self.parts, part)),
            ("previous", perhaps(self.previous.as_ref())),
            ("next", perhaps(self.next.as_ref())),
        ])
    }
}

impl Question {
    pub(super) fn value(&self) -> Value {
        record([
            ("title", text(&self.title)),
            ("url", text(&self.url)),
            ("lang", maybe(self.lang.as_deref())),
            ("html", Value::safe_string(&self.html.0)),
        ])
    }
}
