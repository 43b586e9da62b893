//! `guide.json`: the resolved guide for other tools.

use serde::Serialize;
use serde_json::{Map, Value as Json};

use crate::guide::{FolderId, Guide, Link, Page, PageId, Task, Value};
use crate::source::Sources;
use crate::syntax::body::{Body, Element, Event, HtmlValue};
use crate::syntax::front_matter::FieldValue;

#[derive(Serialize)]
struct GuideData<'a> {
    version: u32,
    title: &'a str,
    lang: &'a str,
}

#[derive(Serialize)]
struct PageData<'a> {
    id: &'a str,
    url: &'a str,
    source: &'a str,
    lang: &'a str,
    title: &'a str,
    synonyms: &'a [String],
    kind: &'a str,
    fields: Map<String, Json>,
    summary: &'a str,
    breadcrumb: Vec<Crumb<'a>>,
    facets: Vec<FacetData<'a>>,
    links: Vec<LinkData<'a>>,
    /// Who links here; empty until automatic links are made.
    backlinks: [(); 0],
    roles: Vec<&'a str>,
    themes: Vec<&'a str>,
    tasks: Vec<TaskData<'a>>,
    about: Vec<&'a str>,
    leads_to: Vec<&'a str>,
    series: Option<&'a str>,
    part: Option<i64>,
    date: Option<String>,
    updated: Option<String>,
    /// The numbered references of the printed page; empty until there are any.
    references: [(); 0],
}

#[derive(Serialize)]
struct Crumb<'a> {
    title: &'a str,
    url: Option<&'a str>,
}

#[derive(Serialize)]
struct FacetData<'a> {
    id: &'a str,
    title: &'a str,
}

#[derive(Serialize)]
struct LinkData<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    how: &'static str,
    facet: Option<&'a str>,
}

#[derive(Serialize)]
struct TaskData<'a> {
    task: &'a str,
    responsible: Vec<&'a str>,
    involved: Vec<&'a str>,
}

/// The guide as JSON: page by page, for there may be very many.
pub(super) fn write(guide: &Guide, sources: &Sources) -> Vec<u8> {
    let reader = Reader { guide, sources };
    let mut json = Vec::with_capacity(256 + guide.pages.len() * 1024);
    let head = GuideData { version: 1, title: &guide.config.site.title, lang: guide.config.site.language.tag() };
    put(&mut json, &head);
    json.truncate(json.len() - 1);
    json.extend_from_slice(b",\"pages\":[");
    for page in guide.pages.ids() {
        if page.index() > 0 {
            json.push(b',');
        }
        put(&mut json, &reader.page(page));
    }
    json.extend_from_slice(b"]}\n");
    json
}

fn put(json: &mut Vec<u8>, data: &impl Serialize) {
    serde_json::to_writer(json, data).expect("text, numbers and lists are JSON");
}

struct Reader<'a> {
    guide: &'a Guide,
    sources: &'a Sources,
}

impl<'a> Reader<'a> {
    fn page(&self, id: PageId) -> PageData<'a> {
        let page = &self.guide.pages[id];
        let front_matter = &page.draft.front_matter;
        let relations = &page.relations;
        PageData {
            id: &page.key,
            url: page.address.as_str(),
            source: self.sources_path(page),
            lang: front_matter.lang.as_deref().unwrap_or(self.guide.config.site.language.tag()),
            title: page.title(),
            synonyms: &front_matter.synonyms,
            kind: &self.guide.config.kinds[page.kind].name,
            fields: relations.fields.iter().map(|(name, value)| (name.clone(), self.value(value))).collect(),
            summary: &page.summary,
            breadcrumb: self.guide.ancestors(id).into_iter().enumerate().map(|crumb| self.crumb(crumb)).collect(),
            facets: self.facets(page),
            links: self.links(page),
            backlinks: [],
            roles: self.keys(&relations.roles),
            themes: self.keys(&relations.themes),
            tasks: relations.tasks.iter().map(|task| self.task(task)).collect(),
            about: self.keys(&relations.about),
            leads_to: self.keys(&relations.leads_to),
            series: front_matter.series.as_deref(),
            part: front_matter.part,
            date: front_matter.date.map(|date| date.to_string()),
            updated: front_matter.updated.map(|date| date.to_string()),
            references: [],
        }
    }

    fn sources_path(&self, page: &Page) -> &'a str {
        self.sources[page.draft.file].path.as_str()
    }

    fn keys(&self, pages: &[PageId]) -> Vec<&'a str> {
        pages.iter().map(|&page| &*self.guide.pages[page].key).collect()
    }

    fn task(&self, task: &'a Task) -> TaskData<'a> {
        let Task { task, responsible, involved } = task;
        TaskData { task, responsible: self.keys(responsible), involved: self.keys(involved) }
    }

    fn crumb(&self, (depth, folder): (usize, FolderId)) -> Crumb<'a> {
        let title = if depth == 0 { self.guide.home_title() } else { &self.guide.folders[folder].title };
        Crumb { title, url: self.guide.front(folder).map(|address| address.as_str()) }
    }

    fn facets(&self, page: &'a Page) -> Vec<FacetData<'a>> {
        let facet = |facet: usize| {
            let facet = &self.guide.config.facets[facet];
            FacetData { id: &facet.id, title: &facet.title }
        };
        page.sections().into_iter().filter_map(|section| section.facet.map(facet)).collect()
    }

    /// The links to follow, in reading order.
    fn links(&self, page: &'a Page) -> Vec<LinkData<'a>> {
        let mut links = Vec::new();
        for section in page.sections() {
            let facet = section.facet.map(|facet| self.guide.config.facets[facet].id.as_str());
            for event in &page.draft.body.events[section.events.start as usize..section.events.end as usize] {
                let Some(link) = followed(&page.draft.body, event) else { continue };
                let written = page.draft.body.text(page.draft.body.tables.links[link as usize].destination);
                let (to, url) = match &page.links[link as usize] {
                    Link::Page(page, _) => (Some(&*self.guide.pages[*page].key), None),
                    Link::External => (None, Some(written)),
                    _ => continue,
                };
                links.push(LinkData { to, url, how: "written", facet });
            }
        }
        links
    }

    fn value(&self, value: &Value) -> Json {
        match value {
            Value::Page(page) => self.guide.pages[*page].key.to_string().into(),
            Value::List(values) => values.iter().map(|value| self.value(value)).collect(),
            Value::Plain(value) => plain(value),
        }
    }
}

/// The link that opens at `event`, in Markdown or in raw HTML.
fn followed(body: &Body, event: &Event) -> Option<u32> {
    match *event {
        Event::Open(Element::Link(link)) => Some(link),
        Event::Open(Element::Html(tag)) => {
            body.tables.html[tag as usize].attributes.iter().find_map(|(name, value)| match value {
                HtmlValue::Link(link) if name == "href" => Some(*link),
                _ => None,
            })
        }
        _ => None,
    }
}

fn plain(value: &FieldValue) -> Json {
    match value {
        FieldValue::Text(text) | FieldValue::Choice(text) | FieldValue::Page(text) | FieldValue::Url(text) => {
            text.clone().into()
        }
        FieldValue::Integer(number) => (*number).into(),
        FieldValue::Bool(is) => (*is).into(),
        FieldValue::Date(date) => date.to_string().into(),
        FieldValue::List(values) => values.iter().map(plain).collect(),
    }
}
