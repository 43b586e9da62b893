//! What a page is linked with, as templates see it: `page.linked`, none where there is nothing.

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::known::Known;
use super::listed::Listed;
use super::view::{DateView, Html, Link};

/// Links to and from a page beside those of its text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Linked {
    /// Whether templates are told what there is nothing of, too: only the guide's own may ask without looking first.
    pub(crate) whole: bool,
    /// The roles that the page is for.
    pub(crate) roles: Vec<Entry>,
    /// The pages for this role, facet by facet.
    pub(crate) for_role: Vec<Group>,
    pub(crate) tasks: Vec<Task>,
    /// Where all tasks are, when `tasks` are some of the role's.
    pub(crate) more_tasks: Option<Known<Link>>,
    pub(crate) themes: Listed<Known<Link>>,
    /// The pages of this theme, kind by kind.
    pub(crate) in_theme: Listed<Group>,
    pub(crate) related: Listed<Known<Link>>,
    /// The rest of them, where they are many.
    pub(crate) more_related: Option<Known<Link>>,
    pub(crate) stages: Stages,
    pub(crate) cycle: Option<Cycle>,
    pub(crate) series: Option<Series>,
    pub(crate) articles: Vec<Entry>,
    /// Where all articles are listed, when `articles` are some of them.
    pub(crate) more_articles: Option<Known<Link>>,
    /// The questions that are answered together on this page; each leads to its answer.
    pub(crate) questions: Vec<Known<Link>>,
    /// The frequent questions about the page.
    pub(crate) asked: Vec<Question>,
    /// Where all questions are, when those are not all that are about the page.
    pub(crate) more_asked: Option<Known<Link>>,
    /// The pages that link here, kind by kind.
    pub(crate) backlinks: Listed<Group>,
    /// The full addresses of the numbered references, the page's own first.
    pub(crate) references: Listed<String>,
}

/// A page in a list. Templates get its `title` and its `url`.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    pub(crate) page: Known<Link>,
    /// The place in the page, where the entry leads to one.
    pub(crate) anchor: Option<String>,
    /// The page's language, where it has its own.
    pub(crate) lang: Option<String>,
    /// Its summary, its definition, or the sentence that cites.
    pub(crate) text: Option<String>,
    pub(crate) date: Option<DateView>,
}

/// Pages under a title. Templates also get their `count`.
#[derive(Clone, Debug, Default)]
pub(crate) struct Group {
    pub(crate) title: String,
    pub(crate) entries: Listed<Entry>,
    /// The rest of a long list.
    pub(crate) more: Option<Known<Link>>,
    /// What is told of several as their number, where that is parted from what they have in common with others.
    pub(crate) several: Option<String>,
}

/// A task, and who does what in it.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Task {
    pub(crate) task: String,
    /// What the role that the page is does in it: `responsible` or `involved`; nothing on the page of no role.
    pub(crate) share: Option<&'static str>,
    /// The page whose task it is, where that is another, and nobody’s who is named here.
    pub(crate) page: Option<Known<Link>>,
    /// The others who are responsible, and those who take part.
    pub(crate) responsible: Vec<Known<Link>>,
    pub(crate) involved: Vec<Known<Link>>,
}

/// The stages before and after one.
#[derive(Clone, Debug, Default)]
pub(crate) struct Stages {
    pub(crate) previous: Vec<Known<Link>>,
    pub(crate) next: Vec<Known<Link>>,
}

/// The stages of a community's life.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Cycle {
    pub(crate) svg: Html,
    pub(crate) stages: Vec<CycleStage>,
}

/// A stage, and those that may follow.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct CycleStage {
    pub(crate) stage: Known<Link>,
    pub(crate) next: Vec<Known<Link>>,
}

/// A series, and the part of it that is being read.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Series {
    pub(crate) title: String,
    pub(crate) parts: Vec<SeriesPart>,
    pub(crate) previous: Option<Known<Link>>,
    pub(crate) next: Option<Known<Link>>,
}

/// A part of a series.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SeriesPart {
    pub(crate) page: Known<Link>,
    pub(crate) number: i64,
    #[serde(rename = "current")]
    pub(crate) is_current: bool,
}

/// A frequent question with its whole answer.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Question {
    pub(crate) title: String,
    pub(crate) url: String,
    pub(crate) lang: Option<String>,
    pub(crate) html: Html,
}

impl Serialize for Linked {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.is_empty() {
            return serializer.serialize_none();
        }
        let mut linked = Fields { fields: serializer.serialize_struct("linked", 24)?, whole: self.whole };
        linked.list("roles", &self.roles)?;
        linked.list("for_role", &self.for_role)?;
        linked.list("tasks", &self.tasks)?;
        linked.option("more_tasks", self.more_tasks.as_ref())?;
        linked.listed(["themes", "themes_html"], &self.themes)?;
        linked.listed(["in_theme", "in_theme_html"], &self.in_theme)?;
        linked.listed(["related", "related_html"], &self.related)?;
        linked.option("more_related", self.more_related.as_ref())?;
        linked.list("previous_stages", &self.stages.previous)?;
        linked.list("next_stages", &self.stages.next)?;
        linked.option("cycle", self.cycle.as_ref())?;
        linked.option("series", self.series.as_ref())?;
        linked.list("articles", &self.articles)?;
        linked.option("more_articles", self.more_articles.as_ref())?;
        linked.list("questions", &self.questions)?;
        linked.list("asked", &self.asked)?;
        linked.option("more_asked", self.more_asked.as_ref())?;
        linked.listed(["backlinks", "backlinks_html"], &self.backlinks)?;
        linked.listed(["references", "references_html"], &self.references)?;
        linked.fields.end()
    }
}

/// The fields of what a page is linked with, of which most say nothing on most pages.
struct Fields<S> {
    fields: S,
    whole: bool,
}

impl<S: SerializeStruct> Fields<S> {
    fn list<T: Serialize>(&mut self, name: &'static str, list: &[T]) -> Result<(), S::Error> {
        if self.whole || !list.is_empty() { self.fields.serialize_field(name, list) } else { Ok(()) }
    }

    fn listed<T: Serialize>(&mut self, names: [&'static str; 2], listed: &Listed<T>) -> Result<(), S::Error> {
        self.list(names[0], &listed.items)?;
        self.option(names[1], Some(&listed.html).filter(|html| self.whole || !html.0.is_empty()))
    }

    fn option<T: Serialize>(&mut self, name: &'static str, option: Option<&T>) -> Result<(), S::Error> {
        if self.whole || option.is_some() { self.fields.serialize_field(name, &option) } else { Ok(()) }
    }
}

impl Serialize for Entry {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut entry = serializer.serialize_struct("entry", 5)?;
        entry.serialize_field("title", &self.page.title)?;
        let anchor = self.anchor.iter().flat_map(|anchor| ["#", anchor]);
        entry.serialize_field("url", &self.page.url.as_deref().into_iter().chain(anchor).collect::<String>())?;
        entry.serialize_field("lang", &self.lang)?;
        entry.serialize_field("text", &self.text)?;
        entry.serialize_field("date", &self.date)?;
        entry.end()
    }
}

impl Group {
    /// A list under a title.
    pub(crate) fn of(title: String, entries: Listed<Entry>) -> Group {
        Group { title, entries, ..Group::default() }
    }
}

impl Serialize for Group {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut group = serializer.serialize_struct("group", 5)?;
        group.serialize_field("title", &self.title)?;
        match &self.several {
            Some(count) => group.serialize_field("count", count)?,
            None => group.serialize_field("count", &self.entries.count)?,
        }
        self.entries.tell(&mut group, ["entries", "entries_html"])?;
        group.serialize_field("more", &self.more)?;
        group.end()
    }
}

impl Linked {
    fn is_empty(&self) -> bool {
        let Linked { roles, for_role, tasks, themes, in_theme, related, stages, cycle, series, .. } = self;
        let Linked { articles, more_articles, questions, asked, backlinks, references, .. } = self;
        let relations = roles.is_empty() && for_role.is_empty() && tasks.is_empty() && themes.count == 0;
        let lists = in_theme.count == 0 && related.count == 0 && articles.is_empty() && more_articles.is_none();
        let way = stages.previous.is_empty() && stages.next.is_empty() && cycle.is_none() && series.is_none();
        let questions = questions.is_empty() && asked.is_empty();
        relations && lists && way && questions && backlinks.count == 0 && references.count == 0
    }
}
