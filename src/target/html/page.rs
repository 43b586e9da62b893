//! The view of an author's page.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::super::json::Json;
use super::linked::Gather;
use super::lists::Lists;
use super::meta;
use super::shape::shape;
use super::shared::Shared;
use super::trail::{Breadcrumb, Trail};
use super::views::Views;
use crate::config::{Builtin, Kind};
use crate::diagnostic::Diagnostic;
use crate::guide::{Leaf, Page, PageId, Part, Reference, Value, lowered};
use crate::language::{Language, Tongue};
use crate::markup::html::{Edition, FirstImage, References, Writer};
use crate::markup::typeset::Sets;
use crate::markup::typography;
use crate::memo::Memo;
use crate::put;
use crate::source::{FileId, Sources};
use crate::syntax::front_matter::FieldValue;
use crate::theme::linked::Linked;
use crate::theme::{Known, Listed, Theme, view};

/// The deepest heading in a page's table of contents.
const DEEPEST: u8 = 3;

/// About how many bytes stand round the text of a facet.
const ROOM: usize = 128;

/// What stays as it is in the names of an edit address.
const NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_');

/// Builds one page's view.
pub(super) struct View<'a> {
    pub(super) shared: &'a Shared<'a>,
    pub(super) lists: &'a Lists,
    pub(super) sources: &'a Sources,
    pub(super) memo: &'a Memo,
    /// What lists what the page says first in its facets.
    pub(super) views: Option<&'a Views>,
    /// What typography changes in the page's texts.
    pub(super) sets: &'a Sets,
    pub(super) page: PageId,
}

/// A page's text as HTML.
#[derive(Default)]
struct Text {
    intro: view::Html,
    facets: Listed<view::Facet>,
    rest: view::Html,
    /// The questions to answer together, each with where its answer is.
    questions: Vec<Known<view::Link>>,
    /// How many tables there are.
    tables: usize,
}

impl View<'_> {
    pub(super) fn build(&self, theme: &Theme) -> Result<view::Page, Box<Diagnostic>> {
        let spelling = self.shared.spelling;
        let page = self.resolved();
        spelling.guide.pages.prefetch(page.reading.references.iter().filter_map(Reference::page));
        let kind = self.kind();
        let url = spelling.page(self.page);
        let prefix = page.address.as_str().trim_end_matches('/').replace('/', "_");
        let prefix = if prefix.is_empty() { "_" } else { &prefix };
        let Text { intro, facets, rest, questions, tables } = self.text(prefix);
        let gather =
            Gather { shared: self.shared, lists: self.lists, memo: self.memo, sets: self.sets, page: self.page };
        let linked = Linked { questions, ..gather.gather(prefix, tables) };
        let breadcrumb = self.breadcrumb();
        let mut view = view::Page {
            id: Some(page.key.to_string()),
            lang: spelling.guide.lang_of(self.page).to_owned(),
            title: self.shared.page_title(self.page).to_owned(),
            head_title: self.head_title(),
            description: self.description(),
            full_url: spelling.full(&url),
            url,
            image: self.image(),
            noindex: page.draft.front_matter.noindex,
            kind: kind.name.clone(),
            kind_label: self.shared.kind_label(self.page).map(str::to_owned),
            json_ld: self.json_ld(&breadcrumb),
            breadcrumb: breadcrumb.links,
            breadcrumb_html: breadcrumb.html,
            intro,
            facets,
            rest,
            contents: self.contents(),
            menu: self.shared.menu(self.page, theme)?,
            previous: page.place.previous.map(|page| self.shared.page(page)),
            next: page.place.next.map(|page| self.shared.page(page)),
            linked,
            fields: self.fields(kind),
            about: self.colophon(),
            ..view::Page::default()
        };
        if page.place.front {
            self.shared.list_children(page.place.folder, &mut view);
            if page.place.folder == spelling.guide.root() {
                view.shape = shape(self.shared, &view.linked);
            }
        }
        Ok(view)
    }

    fn resolved(&self) -> &Page {
        &self.shared.spelling.guide.pages[self.page]
    }

    fn kind(&self) -> &Kind {
        &self.shared.spelling.guide.config.kinds[self.resolved().kind]
    }

    /// The language whose typography the page has.
    fn language(&self) -> Language {
        self.shared.spelling.guide.language_of(self.page)
    }

    fn set(&self, text: &str) -> String {
        typography::apply(self.language(), text).into_owned()
    }

    fn facet_title(&self, facet: usize) -> String {
        self.shared.facet_title_on(self.page, facet).into_owned()
    }

    /// The page's summary, else the guide's.
    fn description(&self) -> String {
        match &*self.resolved().summary {
            "" => self.shared.spelling.guide.config.site.description.clone().unwrap_or_default(),
            summary => self.set(&meta::description(summary)),
        }
    }

    fn head_title(&self) -> String {
        let guide = self.shared.spelling.guide;
        let (own, site) = (self.shared.page_title(self.page), self.shared.title());
        match guide.part_of(self.page) {
            _ if own == site => site,
            Some(section) => [own, " – ", self.shared.folder_title(section), " – ", &site].concat(),
            None => [own, " – ", &site].concat(),
        }
    }

    /// The breadcrumb, and beside it what an article or the guide as a whole is for machines.
    fn json_ld(&self, breadcrumb: &Breadcrumb) -> Option<view::Html> {
        let crumbs = breadcrumb.json_ld.as_ref()?;
        let is_article = self.shared.spelling.guide.builtin(self.page) == Some(Builtin::Article);
        let own = match (breadcrumb.links.len(), is_article) {
            (1, _) => meta::site(self.shared.spelling),
            (_, true) => self.article(),
            (_, false) => return Some(crumbs.clone()),
        };
        meta::beside(Some(crumbs), own)
    }

    /// The page as schema.org's `Article`.
    fn article(&self) -> Json {
        let spelling = self.shared.spelling;
        let front_matter = &self.resolved().draft.front_matter;
        let date = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string());
        let mut json = Json::default();
        json.text(r#"{"@context":"https://schema.org","@type":"Article","headline":"#, self.resolved().title());
        json.text(",\"description\":", &self.description());
        json.text(",\"inLanguage\":", spelling.guide.lang_of(self.page));
        json.some(",\"url\":", spelling.full(spelling.guide.pages.path(self.page)).as_deref());
        json.some(",\"image\":", self.image().as_deref());
        json.some(",\"datePublished\":", date(front_matter.date).as_deref());
        json.some(",\"dateModified\":", date(self.resolved().updated.or(front_matter.date)).as_deref());
        if !front_matter.authors.is_empty() {
            json.list(",\"author\":[", &front_matter.authors, |json, name| {
                json.text(r#"{"@type":"Person","name":"#, name);
                json.put("}");
            });
        }
        json.put("}");
        json
    }

    fn breadcrumb(&self) -> Breadcrumb {
        match self.shared.spelling.guide.holder(self.page) {
            Some(folder) => self.shared.trail(folder).to(self.shared.page(self.page), self.shared),
            None => Trail::default().to(self.shared.home(), self.shared),
        }
    }

    fn text(&self, prefix: &str) -> Text {
        let guide = self.shared.spelling.guide;
        let own = &self.resolved().reading.own;
        let edition = Edition {
            spelling: self.shared.spelling,
            memo: self.memo,
            excerpt: own,
            of: self.page,
            references: References::Numbered,
            number: 0,
        };
        let mut writer = Writer::edition(edition, prefix).sharing(self.sets);
        let mut text = Text::default();
        let of_facets = own.parts.iter().filter(|part| part.facet.is_some());
        let room = of_facets.map(|part| ROOM + guide.text(own.texts[part.text].id).draft.body.about(&part.events));
        text.facets.html.0.reserve(room.sum());
        for (at, part) in own.parts.iter().enumerate() {
            writer.first_image(if at == 0 { FirstImage::AtOnce } else { FirstImage::Waits });
            match (part.facet, part.heading) {
                (Some(facet), _) => {
                    let (id, title) = (&guide.config.facets[facet].id, self.shared.facet_title_on(self.page, facet));
                    let add = |html: &mut String| writer.add_part(html, part);
                    let first = text.facets.add((id, &title), self.shared.telling, add);
                    let is_first = own.parts[..at].iter().all(|part| part.facet != Some(facet));
                    if let (Some(views), Some(first)) = (self.views.filter(|_| is_first), first) {
                        views.keep(self.page, (facet, &first), self.shared);
                    }
                }
                (None, None) => text.intro = view::Html(writer.part(part)),
                (None, Some(heading)) => match self.question(part, heading) {
                    Some(question) => {
                        text.rest.0.push_str(&answer(&mut writer, part, (heading, &question)));
                        text.questions.push(question);
                    }
                    None => text.rest.0.push_str(&writer.part(part)),
                },
            }
        }
        text.rest.0.push_str(&writer.write_notes());
        text.tables = writer.tables();
        text
    }

    /// The question that a section of a coplanning page answers, and its place in the page.
    fn question(&self, part: &Part, heading: u32) -> Option<Known<view::Link>> {
        let guide = self.shared.spelling.guide;
        let body = &guide.text(self.resolved().reading.own.texts[part.text].id).draft.body;
        let heading = &body.tables.headings[heading as usize];
        let title = body.plain(heading.content.clone());
        let is_question = guide.is_coplanning(self.page) && title.trim_end().ends_with('?');
        is_question.then(|| view::Link::to((self.set(title.trim()), format!("#{}", heading.anchor))).into())
    }

    /// The headings in reading order, those of level 2 with what is below them.
    fn contents(&self) -> Listed<view::Heading> {
        let guide = self.shared.spelling.guide;
        let own = &self.resolved().reading.own;
        let mut contents: Vec<view::Heading> = Vec::new();
        for part in &own.parts {
            if let Some(facet) = part.facet {
                let (id, title) = (guide.config.facets[facet].id.clone(), self.facet_title(facet));
                contents.push(view::Heading { id, title, children: Vec::new() });
            }
            let shown = &own.texts[part.text];
            let body = &guide.text(shown.id).draft.body;
            let headings = &body.tables.headings;
            let first = headings.partition_point(|heading| heading.content.start <= part.events.start);
            let inside = headings[first..].iter().take_while(|heading| heading.content.start < part.events.end);
            for heading in inside {
                let level = lowered(heading.level, shown.shift);
                if !(2..=DEEPEST).contains(&level) {
                    continue;
                }
                let title = self.set(body.plain(heading.content.clone()).trim());
                let entry = view::Heading { id: heading.anchor.clone(), title, children: Vec::new() };
                match contents.last_mut() {
                    Some(above) if level > 2 => above.children.push(entry),
                    _ => contents.push(entry),
                }
            }
        }
        Listed::of(contents, self.shared.telling)
    }

    fn image(&self) -> Option<String> {
        let spelling = self.shared.spelling;
        let page = self.resolved();
        let link = page.relations.image.as_ref()?;
        let written = page.draft.front_matter.image.as_deref().unwrap_or_default();
        let href = spelling.href(link, written)?;
        if href.starts_with('/') { spelling.full(&href) } else { Some(href) }
    }

    fn colophon(&self) -> view::Colophon {
        let front_matter = &self.resolved().draft.front_matter;
        let tongue = self.shared.tongue();
        let date = |date: Option<jiff::civil::Date>| date.map(|date| meta::date(date, tongue));
        view::Colophon {
            authors: front_matter.authors.iter().map(|author| self.set(author)).collect(),
            owner: front_matter.owner.as_ref().map(|owner| self.set(owner)),
            date: date(front_matter.date),
            updated: date(self.resolved().updated),
            review_by: date(front_matter.review_by),
            contributors: self.resolved().contributors.iter().map(|name| name.to_string()).collect(),
            edit_url: self.edit_url(self.resolved().draft.file),
            edit_facets: self.edit_facets(),
        }
    }

    /// Where a file of the page can be edited.
    fn edit_url(&self, file: FileId) -> Option<String> {
        let template = self.shared.spelling.guide.config.site.edit_url.as_ref()?;
        let path = self.sources[file].path.as_str();
        let segments: Vec<String> = path.split('/').map(|name| utf8_percent_encode(name, NAME).to_string()).collect();
        Some(template.replace("{path}", &segments.join("/")))
    }

    /// Where the facets that have files of their own can be, in the order of the facets.
    fn edit_facets(&self) -> Vec<Known<view::Link>> {
        let page = self.resolved();
        let mut leaves: Vec<&Leaf> = page.leaves.iter().collect();
        leaves.sort_by_key(|leaf| leaf.facet);
        let link = |leaf: &Leaf| {
            let url = self.edit_url(leaf.draft.file)?;
            Some(view::Link::to((self.facet_title(leaf.facet), url)).into())
        };
        leaves.into_iter().filter_map(link).collect()
    }

    /// The authors' own fields, in the order of the kind's.
    fn fields(&self, kind: &Kind) -> Vec<view::Field> {
        let values = &self.resolved().relations.fields;
        let field = |field: &crate::config::Field| {
            let (_, value) = values.iter().find(|(name, _)| *name == field.name)?;
            let label = typography::apply(self.shared.language(), &field.label).into_owned();
            Some(view::Field { label, html: view::Html(self.value(value)) })
        };
        kind.fields.iter().filter_map(field).collect()
    }

    fn value(&self, value: &Value) -> String {
        match value {
            Value::Page(page) => {
                let (url, title) = (self.shared.spelling.page(*page), self.shared.page_title(*page));
                anchor(&url, title)
            }
            Value::List(values) => values.iter().map(|value| self.value(value)).collect::<Vec<_>>().join(", "),
            Value::Plain(FieldValue::Url(url)) => anchor(url, url),
            Value::Plain(FieldValue::Bool(is)) => said(*is, self.shared.tongue()).to_owned(),
            Value::Plain(FieldValue::Integer(number)) => number.to_string(),
            Value::Plain(FieldValue::Date(date)) => {
                let view::DateView { iso, text } = meta::date(*date, self.shared.tongue());
                format!("<time datetime=\"{iso}\">{text}</time>")
            }
            Value::Plain(FieldValue::Text(text) | FieldValue::Choice(text) | FieldValue::Page(text)) => {
                escaped(&self.set(text))
            }
            Value::Plain(FieldValue::List(values)) => {
                let values = values.iter().map(|value| self.value(&Value::Plain(value.clone())));
                values.collect::<Vec<_>>().join(", ")
            }
        }
    }
}

/// A question's section, with the anchor that its place in the list leads to.
fn answer(writer: &mut Writer<'_>, part: &Part, (heading, question): (u32, &view::Link)) -> String {
    let id = escaped(question.url.as_deref().unwrap_or_default().trim_start_matches('#'));
    let title = writer.heading(part, heading);
    let text = writer.below_heading(part, heading);
    format!("<section class=\"question\" id=\"{id}\">\n<h2>{title}</h2>\n{text}</section>\n")
}

fn said(is: bool, tongue: Tongue) -> &'static str {
    match (is, tongue) {
        (true, Tongue::French) => "Oui",
        (false, Tongue::French) => "Non",
        (true, Tongue::English) => "Yes",
        (false, Tongue::English) => "No",
    }
}

fn anchor(url: &str, text: &str) -> String {
    let mut href = String::with_capacity(url.len());
    put::address(&mut href, url);
    format!("<a href=\"{href}\">{}</a>", escaped(text))
}

/// `text` as it stands between tags or in an attribute.
pub(in crate::target) fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    put::attribute(&mut html, text);
    html
}
