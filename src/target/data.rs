//! `guide.json`: the resolved guide for other tools.

use std::io::{self, Write};

use serde_json::{Map, Value as Json};

use super::html::SENTENCES;
use crate::guide::{Backlink, Guide, How, Link, Page, PageId, Task, Value};
use crate::markup::spelling::Spelling;
use crate::put;
use crate::source::Sources;
use crate::syntax::body::{Body, Element, Event};
use crate::syntax::front_matter::FieldValue;

/// The guide as JSON, page by page, for there may be very many.
pub(super) fn write(guide: &Guide, sources: &Sources, json: &mut dyn Write) -> io::Result<()> {
    let reader = Reader { guide, sources, spelling: Spelling::plain(guide) };
    let mut text = Text(String::from("{\"version\":1"));
    text.field("title", &guide.config.site.title);
    text.field("lang", guide.config.site.language.tag());
    text.0.push_str(",\"pages\":[");
    for page in guide.pages.ids() {
        text.object(|text| reader.page(page, text));
        json.write_all(text.0.as_bytes())?;
        // What the next page is told from.
        text.0.replace_range(.., if page.index() + 1 < guide.pages.len() { "," } else { "" });
    }
    text.0.push_str("]}\n");
    json.write_all(text.0.as_bytes())
}

/// JSON in the making.
struct Text(String);

impl Text {
    /// Sets what comes apart from what stands before it.
    fn next(&mut self) {
        if !self.0.ends_with(['{', '[', ':', ',']) && !self.0.is_empty() {
            self.0.push(',');
        }
    }

    /// The name of the value to come.
    fn name(&mut self, name: &str) {
        self.next();
        self.0.extend(["\"", name, "\":"]);
    }

    fn text(&mut self, text: &str) {
        self.next();
        self.0.push('"');
        put::json(&mut self.0, text);
        self.0.push('"');
    }

    fn object(&mut self, fields: impl FnOnce(&mut Text)) {
        self.next();
        self.0.push('{');
        fields(self);
        self.0.push('}');
    }

    fn field(&mut self, name: &str, text: &str) {
        self.name(name);
        self.text(text);
    }

    /// A field that may have nothing to say.
    fn maybe(&mut self, name: &str, text: Option<&str>) {
        self.name(name);
        match text {
            Some(text) => self.text(text),
            None => self.0.push_str("null"),
        }
    }

    fn list<T>(&mut self, name: &str, items: impl IntoIterator<Item = T>, mut put: impl FnMut(&mut Text, T)) {
        self.name(name);
        self.0.push('[');
        items.into_iter().for_each(|item| put(self, item));
        self.0.push(']');
    }

    fn objects<T>(&mut self, name: &str, items: impl IntoIterator<Item = T>, mut put: impl FnMut(&mut Text, T)) {
        self.list(name, items, |text, item| text.object(|text| put(text, item)));
    }
}

struct Reader<'a> {
    guide: &'a Guide,
    sources: &'a Sources,
    spelling: Spelling<'a>,
}

impl<'a> Reader<'a> {
    fn page(&self, id: PageId, json: &mut Text) {
        let guide = self.guide;
        let page = &guide.pages[id];
        let (front_matter, relations) = (&page.draft.front_matter, &page.relations);
        json.field("id", &page.key);
        json.field("url", page.address.as_str());
        json.field("source", self.sources[page.draft.file].path.as_str());
        json.field("lang", guide.lang_of(id));
        json.field("title", page.title());
        json.list("synonyms", &front_matter.synonyms, |json, synonym| json.text(synonym));
        json.field("kind", &guide.config.kinds[page.kind].name);
        let fields: Map<String, Json> =
            relations.fields.iter().map(|(name, value)| (name.clone(), self.value(value))).collect();
        json.name("fields");
        json.0.push_str(&Json::from(fields).to_string());
        json.field("summary", &page.summary);
        json.objects("breadcrumb", guide.ancestors(id).into_iter().enumerate(), |json, (depth, folder)| {
            json.field("title", if depth == 0 { guide.home_title() } else { &guide.folders[folder].title });
            json.maybe("url", guide.front(folder).map(|address| address.as_str()));
        });
        let facets = page.reading.own.parts.iter().filter_map(|part| part.facet);
        json.objects("facets", facets.map(|facet| &guide.config.facets[facet]), |json, facet| {
            json.field("id", &facet.id);
            json.field("title", &facet.title);
        });
        self.links(page, json);
        self.backlinks(page, json);
        self.keys("roles", &relations.roles, json);
        self.keys("themes", &relations.themes, json);
        json.objects("tasks", &relations.tasks, |json, Task { task, responsible, involved }| {
            json.field("task", task);
            self.keys("responsible", responsible, json);
            self.keys("involved", involved, json);
        });
        self.keys("about", &relations.about, json);
        self.keys("leads_to", &relations.leads_to, json);
        json.maybe("series", front_matter.series.as_deref());
        json.name("part");
        json.0.push_str(&Json::from(front_matter.part).to_string());
        json.maybe("date", front_matter.date.map(|date| date.to_string()).as_deref());
        json.maybe("updated", page.updated.map(|date| date.to_string()).as_deref());
        // The numbered references, the page itself first.
        json.list("references", &page.reading.references, |json, reference| {
            json.next();
            json.0.push('"');
            let start = json.0.len();
            self.spelling.put_reference(&mut json.0, reference);
            put::as_json(&mut json.0, start);
            json.0.push('"');
        });
    }

    fn key(&self, page: PageId) -> &'a str {
        &self.guide.pages[page].key
    }

    fn keys(&self, name: &str, pages: &[PageId], json: &mut Text) {
        json.list(name, pages, |json, &page| json.text(self.key(page)));
    }

    /// The links to follow, in reading order.
    fn links(&self, page: &Page, json: &mut Text) {
        json.list("links", &page.reading.own.parts, |json, part| {
            let facet = part.facet.map(|facet| self.guide.config.facets[facet].id.as_str());
            let mut put = |(name, to): (&str, &str), how: How| {
                json.object(|json| {
                    json.field(name, to);
                    json.field("how", how.name());
                    json.maybe("facet", facet);
                });
            };
            let shown = &page.reading.own.texts[part.text];
            let text = self.guide.text(shown.id);
            let body = &text.draft.body;
            let mut mentions = shown.mentions_within(&part.events).iter().peekable();
            for at in part.events.clone() {
                if let Some(link) = followed(body, body.events[at as usize]).filter(|&link| shown.shows(link)) {
                    match &text.links[link as usize] {
                        Link::Page(page, _) => put(("to", self.key(*page)), How::Written),
                        Link::External => {
                            put(("url", body.text(body.tables.links[link as usize].destination)), How::Written);
                        }
                        _ => {}
                    }
                }
                while let Some(mention) = mentions.next_if(|mention| mention.start.0 == at) {
                    put(("to", self.key(mention.page)), How::Automatic);
                }
            }
        });
    }

    fn backlinks(&self, page: &Page, json: &mut Text) {
        let has_texts = page.backlinks.len() <= SENTENCES;
        json.objects("backlinks", &page.backlinks, |json, backlink| {
            let Backlink { how, text, event, offset } = backlink;
            json.field("from", self.key(text.page));
            json.field("how", how.name());
            // Left out where there are very many.
            let body = &self.guide.text(*text).draft.body;
            json.maybe("text", has_texts.then(|| body.sentence(*event, *offset)).as_deref());
        });
    }

    fn value(&self, value: &Value) -> Json {
        match value {
            Value::Page(page) => self.key(*page).into(),
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
