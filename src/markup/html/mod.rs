//! A body as HTML.

mod edition;
mod inline;
mod mention;
mod note;
mod picture;
mod table;
#[cfg(test)]
mod tests;

use std::fmt::Write as _;
use std::ops::Range;

use super::spelling::Spelling;
use super::typeset::{Course, Prose, Sets};
use super::{highlight, words};
use crate::guide::{Link, Mention, Shown};
use crate::language::{Language, Tongue};
use crate::memo::Memo;
use crate::put;
use crate::syntax::body::{Body, Dialect, Element, Event};
use note::Notes;

pub(crate) use edition::{Edition, References};
pub(crate) use picture::FirstImage;

/// What a body is written with.
#[derive(Clone)]
pub(crate) struct Setting<'a> {
    pub(crate) body: &'a Body,
    /// Where the body's links lead; `None` writes them as their author did.
    pub(crate) links: Option<(&'a [Link], Spelling<'a>)>,
    pub(crate) language: Language,
    pub(crate) tongue: Tongue,
    pub(crate) dialect: Dialect,
    /// What the ids of footnotes begin with, unique to the page among all pages.
    pub(crate) prefix: String,
    pub(crate) memo: &'a Memo,
}

/// Writes the parts of one page's body. Footnotes and tables are numbered through all parts.
pub(crate) struct Writer<'a> {
    setting: Setting<'a>,
    /// The excerpt that is written, for bodies that are part of one.
    edition: Option<Edition<'a>>,
    /// The text of the excerpt, and which it is.
    shown: Option<&'a Shown>,
    text: usize,
    /// What the ids of an excerpt begin with that is one of several on a page, and how far down its headings go for that.
    scope: String,
    lift: i8,
    /// Whether a first paragraph stands alone on another page: calls of notes are left out.
    is_quiet: bool,
    /// The words that the link which is open holds, where it is an automatic one, and those that are to come.
    mention: Option<Mention>,
    mentions: &'a [Mention],
    out: String,
    /// Where the numbers of links stand in it, while a paragraph is written that is wanted without them, too.
    numbered: Option<Vec<Range<usize>>>,
    /// What typography changes in the texts of the page, and in what is being written.
    sets: Sets,
    course: Course,
    notes: Notes,
    /// The event that is being written.
    at: u32,
    tables: usize,
    /// The column of the next cell, and whether it is in the head.
    cell: table::Cell,
    /// The text of the code block that is being read, where it comes in several pieces.
    code: Option<String>,
    /// Whether images and players are written.
    has_pictures: bool,
    /// Whether an image's title is shown as its caption.
    in_figure: bool,
    /// Whether the next image is likely to be seen at once: it does not wait until it is near.
    first_image: FirstImage,
    /// What readers are told of the file that the open link leads to.
    download: Option<String>,
    /// How many links are open: what else would be one in there is text.
    links: usize,
}

impl<'a> Writer<'a> {
    /// A writer for one page.
    pub(crate) fn new(setting: Setting<'a>) -> Writer<'a> {
        Writer {
            setting,
            edition: None,
            shown: None,
            text: 0,
            scope: String::new(),
            lift: 0,
            is_quiet: false,
            mention: None,
            mentions: &[],
            out: String::new(),
            numbered: None,
            sets: Sets::default(),
            course: Course::default(),
            notes: Notes::default(),
            at: 0,
            tables: 0,
            cell: table::Cell::default(),
            code: None,
            has_pictures: true,
            in_figure: false,
            first_image: FirstImage::Waits,
            download: None,
            links: 0,
        }
    }

    /// The HTML of some of the body's events.
    pub(crate) fn write(&mut self, events: Range<u32>) -> String {
        self.lay_out(&events);
        self.written(events)
    }

    /// The same, once it is known what typography changes in them.
    fn written(&mut self, events: Range<u32>) -> String {
        self.out.reserve(self.setting.body.about(&events));
        self.events(events);
        std::mem::take(&mut self.out)
    }

    /// The footnotes that were called so far, as a section; empty where there are none.
    pub(crate) fn write_notes(&mut self) -> String {
        self.notes();
        std::mem::take(&mut self.out)
    }

    /// Finds what typography changes in some of the body's events, which are written from the first on, and which of their
    /// words are links.
    fn lay_out(&mut self, events: &Range<u32>) {
        self.mentions = self.shown.map_or(&[], |shown| shown.mentions_within(events));
        if !self.is_guide() {
            return;
        }
        let Setting { body, links, language, tongue, .. } = self.setting;
        let links = links.map(|(links, spelling)| (links, spelling.guide));
        let prose = Prose { body, links, language, tongue, is_quiet: self.is_quiet };
        self.course = match self.shown.filter(|_| !self.is_quiet) {
            Some(shown) => self.sets.course((shown.id, events), || prose),
            None => self.sets.course_of(prose, events),
        };
    }

    fn events(&mut self, events: Range<u32>) {
        let body = self.setting.body;
        let mut at = events.start;
        while at < events.end {
            let event = body.events[at as usize];
            self.at = at;
            at = match event {
                // Out of the flow: the footnotes are written at the end.
                Event::Open(Element::Note(note)) => body.tables.notes[note as usize].content.end,
                Event::Open(Element::Image(image)) => self.image(image, at),
                Event::Include(_) => {
                    self.include(at);
                    at
                }
                Event::Open(Element::Link(link)) if body.is_named_by_path(link) => self.titled_link(link, at),
                Event::Open(element) => {
                    self.open(element, at);
                    at
                }
                Event::Close(element) => {
                    self.close(element);
                    at
                }
                _ => {
                    self.inline(event);
                    at
                }
            } + 1;
        }
    }

    fn open(&mut self, element: Element, at: u32) {
        match element {
            Element::Paragraph(_) => self.line("<p>"),
            Element::Heading(heading) => self.open_heading(heading),
            Element::Quote => self.line("<blockquote>\n"),
            Element::Alert(alert) => self.open_alert(alert),
            Element::CodeBlock(block) => self.open_code(block),
            Element::BulletList => self.open_list(at),
            Element::OrderedList(1) => self.line("<ol>\n"),
            Element::OrderedList(first) => {
                self.fresh_line();
                self.put(format_args!("<ol start=\"{first}\">\n"));
            }
            Element::Item => self.line("<li>"),
            Element::DefinitionList => self.line("<dl>\n"),
            Element::DefinitionTitle => self.line("<dt>"),
            Element::Definition => self.line("<dd>"),
            Element::Table(table) => self.open_table(table, at),
            Element::Caption => self.line("<caption>"),
            Element::TableHead => self.open_table_head(),
            Element::TableRow => self.open_row(),
            Element::TableCell => self.open_cell(at),
            Element::Figure(image) => self.open_figure(image),
            Element::Emphasis => self.out.push_str("<em>"),
            Element::Strong => self.out.push_str("<strong>"),
            Element::Strikethrough => self.out.push_str("<del>"),
            Element::Link(link) => self.open_link(link),
            Element::Language(tag) => self.open_language(tag),
            Element::Html(tag) => self.open_html(tag),
            Element::HtmlBlock => self.fresh_line(),
            Element::Image(_) | Element::Note(_) | Element::Quiet => {}
        }
    }

    fn close(&mut self, element: Element) {
        match element {
            Element::Paragraph(_) => self.out.push_str("</p>\n"),
            Element::Heading(heading) => {
                let level = self.level(heading);
                self.out.push_str("</h");
                put::number(&mut self.out, level.into());
                self.out.push_str(">\n");
            }
            Element::Quote => self.line("</blockquote>\n"),
            Element::Alert(_) => self.line("</div>\n"),
            Element::CodeBlock(block) => self.close_code(block),
            Element::BulletList => self.line("</ul>\n"),
            Element::OrderedList(_) => self.line("</ol>\n"),
            Element::Item => self.out.push_str("</li>\n"),
            Element::DefinitionList => self.line("</dl>\n"),
            Element::DefinitionTitle => self.out.push_str("</dt>\n"),
            Element::Definition => self.out.push_str("</dd>\n"),
            Element::Table(_) => self.close_table(),
            Element::Caption => self.out.push_str("</caption>\n"),
            Element::TableHead => self.close_table_head(),
            Element::TableRow => self.line("</tr>\n"),
            Element::TableCell => self.close_cell(),
            Element::Figure(image) => self.close_figure(image),
            Element::Emphasis => self.out.push_str("</em>"),
            Element::Strong => self.out.push_str("</strong>"),
            Element::Strikethrough => self.out.push_str("</del>"),
            Element::Link(link) => self.close_link(link),
            Element::Language(_) => self.out.push_str("</span>"),
            Element::Html(tag) => self.close_html(tag),
            Element::Image(_) | Element::Note(_) | Element::HtmlBlock | Element::Quiet => {}
        }
    }

    fn is_guide(&self) -> bool {
        self.setting.dialect == Dialect::Guide
    }

    fn open_heading(&mut self, heading: u32) {
        self.fresh_line();
        let level = self.level(heading);
        let heading = &self.setting.body.tables.headings[heading as usize];
        self.out.push_str("<h");
        put::number(&mut self.out, level.into());
        if self.is_guide() {
            let id = self.id(&heading.anchor);
            self.attribute("id", &id);
            let classes: Vec<&str> =
                heading.classes.iter().map(String::as_str).filter(|class| *class != "sans-lien").collect();
            if !classes.is_empty() {
                self.attribute("class", &classes.join(" "));
            }
        }
        self.out.push('>');
    }

    fn open_alert(&mut self, alert: crate::syntax::body::Alert) {
        self.fresh_line();
        let (class, title) = (words::alert_class(alert), words::alert(alert, self.setting.tongue));
        self.put(format_args!(
            "<div class=\"alert alert-{class}\" role=\"note\">\n<p class=\"alert-title\">{title}</p>\n"
        ));
    }

    fn open_list(&mut self, at: u32) {
        let first = self.setting.body.events.get(at as usize + 2..).unwrap_or_default();
        let is_tasks =
            matches!(first, [Event::Checkbox(_), ..] | [Event::Open(Element::Paragraph(_)), Event::Checkbox(_), ..]);
        self.line(match is_tasks && self.is_guide() {
            true if self.has_prompts() => "<ul class=\"prompts\">\n",
            true => "<ul class=\"tasks\">\n",
            false => "<ul>\n",
        });
    }

    fn open_code(&mut self, block: u32) {
        self.fresh_line();
        let language = self.setting.body.text(self.setting.body.tables.languages[block as usize]);
        self.out.push_str(if self.is_guide() { "<pre class=\"code\" tabindex=\"0\"><code" } else { "<pre><code" });
        if !language.is_empty() {
            self.attribute("class", &format!("language-{language}"));
        }
        self.out.push('>');
        self.code = Some(String::new());
    }

    fn close_code(&mut self, block: u32) {
        let code = self.code.take().unwrap_or_default();
        let language = self.setting.body.text(self.setting.body.tables.languages[block as usize]);
        let language = if self.is_guide() { language } else { "" };
        highlight::write(&mut self.out, language, &code, self.setting.memo);
        self.out.push_str("</code></pre>\n");
    }

    /// Starts a new line, unless one is started.
    fn fresh_line(&mut self) {
        if self.out.as_bytes().last().is_some_and(|&last| last != b'\n') {
            self.out.push('\n');
        }
    }

    /// Writes markup on a line of its own.
    fn line(&mut self, markup: &str) {
        self.fresh_line();
        self.out.push_str(markup);
    }

    fn put(&mut self, markup: std::fmt::Arguments<'_>) {
        self.out.write_fmt(markup).expect("writing to a string cannot fail");
    }

    /// Writes text that stands between tags.
    fn escape(&mut self, text: &str) {
        if self.is_guide() {
            return put::text(&mut self.out, text);
        }
        // The specification's examples spell quotation marks out.
        for (at, piece) in text.split('"').enumerate() {
            self.out.push_str(if at > 0 { "&quot;" } else { "" });
            put::text(&mut self.out, piece);
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.begin_attribute(name);
        put::attribute(&mut self.out, value);
        self.out.push('"');
    }

    /// There are many of them: `write!` would cost as much as all the rest of a link.
    fn begin_attribute(&mut self, name: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        self.out.push_str("=\"");
    }

    fn address(&mut self, name: &str, address: &str) {
        self.begin_attribute(name);
        put::address(&mut self.out, address);
        self.out.push('"');
    }

    /// Ends a tag that has no content.
    fn end_void(&mut self) {
        self.out.push_str(if self.is_guide() { ">" } else { " />" });
    }
}
