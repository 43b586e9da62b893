//! `guide.json`: the resolved guide for other tools.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::html::SENTENCES;
use crate::guide::{Backlink, FolderId, Guide, How, Link, Page, PageId, Task, Value};
use crate::markup::spelling::Spelling;
use crate::source::Sources;
use crate::syntax::body::{Body, Element, Event};
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
    backlinks: Vec<BacklinkData<'a>>,
    roles: Vec<&'a str>,
    themes: Vec<&'a str>,
    tasks: Vec<TaskData<'a>>,
    about: Vec<&'a str>,
    leads_to: Vec<&'a str>,
    series: Option<&'a str>,
    part: Option<i64>,
    date: Option<String>,
    updated: Option<String>,
    /// The numbered references, the page itself first.
    references: Vec<String>,
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
struct BacklinkData<'a> {
    from: &'a str,
    how: &'static str,
    /// The sentence with the link; left out where there are very many.
    text: Option<String>,
}

#[derive(Serialize)]
struct TaskData<'a> {
    task: &'a str,
    responsible: Vec<&'a str>,
    involved: Vec<&'a str>,
}

/// The guide as JSON, page by page, for there may be very many.
pub(super) fn write(guide: &Guide, sources: &Sources, json: &mut dyn Write) -> io::Result<()> {
    let reader = Reader { guide, sources, spelling: Spelling::plain(guide) };
    let head = GuideData { version: 1, title: &guide.config.site.title, lang: guide.config.site.language.tag() };
    let mut text = put(Vec::new(), &head);
    text.truncate(text.len() - 1);
    text.extend_from_slice(b",\"pages\":[");
    for page in guide.pages.ids() {
        if page.index() > 0 {
            text.push(b',');
        }
        text = put(text, &reader.page(page));
        json.write_all(&text)?;
        text.clear();
    }
    text.extend_from_slice(b"]}\n");
    json.write_all(&text)
}

fn put(mut json: Vec<u8>, data: &impl Serialize) -> Vec<u8> {
    serde_json::to_writer(&mut json, data).expect("text, numbers and lists are JSON");
    json
}

struct Reader<'a> {
    guide: &'a Guide,
    sources: &'a Sources,
    spelling: Spelling<'a>,
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
            lang: self.guide.lang_of(id),
            title: page.title(),
            synonyms: &front_matter.synonyms,
            kind: &self.guide.config.kinds[page.kind].name,
            fields: relations.fields.iter().map(|(name, value)| (name.clone(), self.value(value))).collect(),
            summary: &page.summary,
            breadcrumb: self.guide.ancestors(id).into_iter().enumerate().map(|crumb| self.crumb(crumb)).collect(),
            facets: self.facets(page),
            links: self.links(page),
            backlinks: self.backlinks(page),
            roles: self.keys(&relations.roles),
            themes: self.keys(&relations.themes),
            tasks: relations.tasks.iter().map(|task| self.task(task)).collect(),
            about: self.keys(&relations.about),
            leads_to: self.keys(&relations.leads_to),
            series: front_matter.series.as_deref(),
            part: front_matter.part,
            date: front_matter.date.map(|date| date.to_string()),
            updated: page.updated.map(|date| date.to_string()),
            references: page.reading.references.iter().filter_map(|to| self.spelling.reference(to)).collect(),
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
        page.reading.own.parts.iter().filter_map(|part| part.facet.map(facet)).collect()
    }

    /// The links to follow, in reading order.
    fn links(&self, page: &'a Page) -> Vec<LinkData<'a>> {
        let mut links = Vec::new();
        for part in &page.reading.own.parts {
            let facet = part.facet.map(|facet| self.guide.config.facets[facet].id.as_str());
            let shown = &page.reading.own.texts[part.text];
            let text = self.guide.text(shown.id);
            let body = &text.draft.body;
            let mut mentions = shown.mentions_within(&part.events).iter().peekable();
            let mut mentions = |links: &mut Vec<_>, before: u32| {
                while let Some(mention) = mentions.next_if(|mention| mention.start.0 < before) {
                    let to = Some(&*self.guide.pages[mention.page].key);
                    links.push(LinkData { to, url: None, how: How::Automatic.name(), facet });
                }
            };
            for at in part.events.clone() {
                let Some(link) = followed(body, body.events[at as usize]) else { continue };
                mentions(&mut links, at);
                let (to, url) = match &text.links[link as usize] {
                    _ if !shown.shows(link) => continue,
                    Link::Page(page, _) => (Some(&*self.guide.pages[*page].key), None),
                    Link::External => (None, Some(body.text(body.tables.links[link as usize].destination))),
                    _ => continue,
                };
                links.push(LinkData { to, url, how: How::Written.name(), facet });
            }
            mentions(&mut links, part.events.end);
        }
        links
    }

    fn backlinks(&self, page: &'a Page) -> Vec<BacklinkData<'a>> {
        let has_texts = page.backlinks.len() <= SENTENCES;
        let backlink = |backlink: &Backlink| {
            let body = &self.guide.text(backlink.text).draft.body;
            BacklinkData {
                from: &self.guide.pages[backlink.text.page].key,
                how: backlink.how.name(),
                text: has_texts.then(|| body.sentence(backlink.event, backlink.offset)),
            }
        };
        page.backlinks.iter().map(backlink).collect()
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
fn followed(body: &Body, event: Event) -> Option<u32> {
    match event {
        Event::Open(Element::Link(link)) => Some(link),
        Event::Open(Element::Html(tag)) => body.followed(tag),
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
