//! `guide.json`: the resolved guide for other tools.
//!
//! It is written piece by piece, as the file shows it: of the many texts in it, most are short, and written many times.

use std::io::{self, Write};

use super::html::lists::{Lists, Sentences};
use super::json::Json;
use crate::config::FacetName;
use crate::guide::{FolderId, Guide, How, Link, Page, PageId, Reference, Task, Value};
use crate::markup::spelling::Spelling;
use crate::put;
use crate::source::Sources;
use crate::syntax::body::{Body, Element, Event};
use crate::syntax::front_matter::FieldValue;

/// How many bytes are written in one go, about.
const PIECE: usize = 64 << 10;

/// What `guide.json` is made of.
pub(super) struct Data<'a> {
    guide: &'a Guide,
    sources: &'a Sources,
    lists: &'a Lists,
    /// The ids of all facets, as JSON spells them.
    facets: Vec<String>,
}

impl<'a> Data<'a> {
    /// What is written of a guide.
    pub(super) fn of(guide: &'a Guide, sources: &'a Sources, lists: &'a Lists) -> Data<'a> {
        let facet = |facet: &FacetName| {
            let mut json = String::new();
            put::json(&mut json, |json| json.push_str(&facet.id));
            json
        };
        Data { guide, sources, lists, facets: guide.config.facets.iter().map(facet).collect() }
    }

    /// The guide as JSON, some pages at a time, for there may be very many.
    pub(super) fn write(&self, file: &mut dyn Write) -> io::Result<()> {
        let site = &self.guide.config.site;
        let mut sentences = self.lists.all_sentences(self.guide);
        let mut json = Json::default();
        json.text("{\"version\":1,\"title\":", &site.title);
        json.text(",\"lang\":", site.language.tag());
        json.put(",\"pages\":[");
        for page in self.guide.pages.ids() {
            if page.index() > 0 {
                json.put(",");
            }
            self.page(&mut json, page, sentences[page.index()].take());
            if json.0.len() >= PIECE {
                file.write_all(json.0.as_bytes())?;
                json.0.clear();
            }
        }
        json.put("]}\n");
        file.write_all(json.0.as_bytes())
    }

    fn page(&self, json: &mut Json, id: PageId, sentences: Option<Sentences>) {
        let page = &self.guide.pages[id];
        let referenced = page.reading.references.iter().filter_map(Reference::page);
        let citing = page.backlinks.iter().map(|backlink| backlink.text.page);
        self.guide.pages.prefetch(referenced.chain(citing));
        self.key(json, "{\"id\":", id);
        json.text(",\"url\":", page.address.as_str());
        json.text(",\"source\":", self.sources[page.draft.file].path.as_str());
        json.text(",\"lang\":", self.guide.lang_of(id));
        json.text(",\"title\":", page.title());
        json.list(",\"synonyms\":[", &page.draft.front_matter.synonyms, |json, synonym| json.text("", synonym));
        json.text(",\"kind\":", &self.guide.config.kinds[page.kind].name);
        self.fields(json, &page.relations.fields);
        json.text(",\"summary\":", &page.summary);
        let ancestors = self.guide.ancestors(id).into_iter().enumerate();
        json.list(",\"breadcrumb\":[", ancestors, |json, (depth, folder)| self.crumb(json, depth, folder));
        self.facets(json, page);
        self.links(json, page);
        self.backlinks(json, page, sentences);
        self.relations(json, page);
        self.place_in_time(json, page);
        json.put("}");
    }

    /// Which page it is.
    fn key(&self, json: &mut Json, before: &str, page: PageId) {
        match self.guide.pages.plain_key(page) {
            Some(key) => json.puts([before, "\"", key, "\""]),
            None => json.text(before, &self.guide.pages[page].key),
        }
    }

    fn fields(&self, json: &mut Json, fields: &[(String, Value)]) {
        json.put(",\"fields\":{");
        for (at, (name, value)) in fields.iter().enumerate() {
            json.text(if at == 0 { "" } else { "," }, name);
            self.value(json, ":", value);
        }
        json.put("}");
    }

    fn value(&self, json: &mut Json, before: &str, value: &Value) {
        match value {
            Value::Page(page) => self.key(json, before, *page),
            Value::Plain(value) => plain(json, before, value),
            Value::List(values) => {
                json.put(before);
                json.list("[", values, |json, value| self.value(json, "", value));
            }
        }
    }

    fn crumb(&self, json: &mut Json, depth: usize, folder: FolderId) {
        let title = if depth == 0 { self.guide.home_title() } else { &self.guide.folders[folder].title };
        json.text("{\"title\":", title);
        json.option(",\"url\":", self.guide.front(folder).map(|address| address.as_str()));
        json.put("}");
    }

    fn facets(&self, json: &mut Json, page: &Page) {
        let facets = page.reading.own.parts.iter().filter_map(|part| part.facet);
        json.list(",\"facets\":[", facets, |json, facet| {
            json.puts(["{\"id\":", &self.facets[facet]]);
            json.text(",\"title\":", &self.guide.config.facets[facet].title);
            json.put("}");
        });
    }

    /// The links to follow, in reading order.
    fn links(&self, json: &mut Json, page: &Page) {
        json.put(",\"links\":[");
        for part in &page.reading.own.parts {
            let facet = part.facet.map_or("null", |facet| &self.facets[facet]);
            let shown = &page.reading.own.texts[part.text];
            let text = self.guide.text(shown.id);
            let body = &text.draft.body;
            let mut mentions = shown.mentions_within(&part.events).iter().peekable();
            let mut mentions = |json: &mut Json, before: u32| {
                while let Some(mention) = mentions.next_if(|mention| mention.start.0 < before) {
                    json.go_on();
                    self.key(json, "{\"to\":", mention.page);
                    end_link(json, How::Automatic, facet);
                }
            };
            for at in part.events.clone() {
                let Some(link) = followed(body, body.events[at as usize]) else { continue };
                mentions(json, at);
                match &text.links[link as usize] {
                    _ if !shown.shows(link) => continue,
                    Link::Page(page, _) => {
                        json.go_on();
                        self.key(json, "{\"to\":", *page);
                    }
                    Link::External => {
                        json.go_on();
                        json.text("{\"url\":", body.text(body.tables.links[link as usize].destination));
                    }
                    _ => continue,
                }
                end_link(json, How::Written, facet);
            }
            mentions(json, part.events.end);
        }
        json.put("]");
    }

    /// Who links to the page, each with the sentence that does, which is left out where there are very many.
    fn backlinks(&self, json: &mut Json, page: &Page, sentences: Option<Sentences>) {
        let backlinks = page.backlinks.iter().enumerate();
        json.list(",\"backlinks\":[", backlinks, |json, (at, backlink)| {
            self.key(json, "{\"from\":", backlink.text.page);
            json.puts([",\"how\":\"", backlink.how.name()]);
            json.option("\",\"text\":", sentences.as_ref().map(|sentences| &*sentences[at]));
            json.put("}");
        });
    }

    fn relations(&self, json: &mut Json, page: &Page) {
        let relations = &page.relations;
        self.keys(json, ",\"roles\":[", &relations.roles);
        self.keys(json, ",\"themes\":[", &relations.themes);
        json.list(",\"tasks\":[", &relations.tasks, |json, Task { task, responsible, involved }| {
            json.text("{\"task\":", task);
            self.keys(json, ",\"responsible\":[", responsible);
            self.keys(json, ",\"involved\":[", involved);
            json.put("}");
        });
        self.keys(json, ",\"about\":[", &relations.about);
        self.keys(json, ",\"leads_to\":[", &relations.leads_to);
    }

    fn keys(&self, json: &mut Json, before: &str, pages: &[PageId]) {
        json.list(before, pages, |json, &page| self.key(json, "", page));
    }

    /// Its series and its dates; then the numbered references, the page itself first.
    fn place_in_time(&self, json: &mut Json, page: &Page) {
        let front_matter = &page.draft.front_matter;
        json.option(",\"series\":", front_matter.series.as_deref());
        json.put(",\"part\":");
        json.put(front_matter.part.map(|part| part.to_string()).as_deref().unwrap_or("null"));
        json.option(",\"date\":", front_matter.date.map(|date| date.to_string()).as_deref());
        json.option(",\"updated\":", page.updated.map(|date| date.to_string()).as_deref());
        let spelling = Spelling::plain(self.guide);
        json.list(",\"references\":[", &page.reading.references, |json, reference| {
            json.written("", |address| spelling.put_reference(address, reference));
        });
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

fn plain(json: &mut Json, before: &str, value: &FieldValue) {
    match value {
        FieldValue::Text(text) | FieldValue::Choice(text) | FieldValue::Page(text) | FieldValue::Url(text) => {
            json.text(before, text);
        }
        FieldValue::Integer(number) => {
            json.put(before);
            json.put(&number.to_string());
        }
        FieldValue::Bool(is) => {
            json.put(before);
            json.put(if *is { "true" } else { "false" });
        }
        FieldValue::Date(date) => json.text(before, &date.to_string()),
        FieldValue::List(values) => {
            json.put(before);
            json.list("[", values, |json, value| plain(json, "", value));
        }
    }
}

/// What is said of a link after where it leads.
fn end_link(json: &mut Json, how: How, facet: &str) {
    json.puts([",\"how\":\"", how.name(), "\",\"facet\":", facet, "}"]);
}
