//! From pulldown-cmark's events to ours.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{BlockQuoteKind, CodeBlockKind, CowStr, LinkType, Options, Parser, Tag, TagEnd};
use rustc_hash::FxHashMap;

use super::raw_html::{Hollow, Links, Skipped};
use super::{
    Alert, Body, By, Element, Event, Heading, Image, Linking, Note, Purpose, SPARE, Table, Tables, Text, WrittenLink,
    refine,
};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::source::{FileId, Span};

/// How Markdown is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// As guides are written: raw HTML passes the allow-list, and attributes, captions and figures are understood.
    Guide,
    /// As the CommonMark specification reads it, raw HTML as it is.
    CommonMark,
}

/// The text that a body is parsed from.
#[derive(Clone, Debug)]
pub(crate) struct Input<'a> {
    pub(crate) file: FileId,
    pub(crate) text: &'a Arc<str>,
    /// The body within the text.
    pub(crate) range: Range<usize>,
    pub(crate) dialect: Dialect,
}

impl Body {
    /// Parses one body. Anchors are given later, once it is known which headings open facets.
    pub(crate) fn parse(input: &Input<'_>) -> (Body, Vec<Diagnostic>) {
        let source = &input.text[input.range.clone()];
        let mut builder = Builder {
            input,
            spare: String::new(),
            events: Vec::with_capacity(source.len() / 16),
            tables: Tables::default(),
            languages: Vec::new(),
            open: Vec::new(),
            html_block: String::new(),
            notes: FxHashMap::default(),
            removed: Vec::new(),
            hollow: None,
            links: Links::default(),
            faults: Vec::new(),
        };
        for (event, range) in Parser::new_ext(source, options()).into_offset_iter() {
            builder.event(event, input.range.start + range.start..input.range.start + range.end);
        }
        builder.close_html_above(0);
        let Builder { spare, events, tables, languages, mut faults, .. } = builder;
        let mut body = Body { text: Arc::clone(input.text), spare: spare.into(), events, tables };
        if input.dialect == Dialect::Guide {
            refine::refine(&mut body, (input, &languages), &mut faults);
        }
        body.index();
        // All bodies are held at once, for as long as the guide is. What shrinks in its place may keep twice its room.
        body.events = body.events.to_vec();
        body.tables.headings = body.tables.headings.drain(..).collect();
        body.tables.links = body.tables.links.drain(..).collect();
        body.tables.tables = body.tables.tables.drain(..).collect();
        (body, faults)
    }

    /// Notes where the content of headings and footnotes is, and which headings stand in something else.
    fn index(&mut self) {
        let mut depth = 0usize;
        for (at, event) in (0u32..).zip(&self.events) {
            match *event {
                Event::Open(element) => {
                    match element {
                        Element::Heading(heading) => {
                            let heading = &mut self.tables.headings[heading as usize];
                            heading.is_nested = depth > 0;
                            heading.content.start = at + 1;
                        }
                        Element::Note(note) => self.tables.notes[note as usize].content.start = at + 1,
                        _ => {}
                    }
                    depth += 1;
                }
                Event::Close(element) => {
                    match element {
                        Element::Heading(heading) => self.tables.headings[heading as usize].content.end = at,
                        Element::Note(note) => self.tables.notes[note as usize].content.end = at,
                        _ => {}
                    }
                    depth -= 1;
                }
                _ => {}
            }
        }
    }
}

/// What pulldown-cmark is asked to understand.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_WIKILINKS
}

/// A body being built.
pub(super) struct Builder<'a> {
    pub(super) input: &'a Input<'a>,
    spare: String,
    events: Vec<Event>,
    pub(super) tables: Tables,
    /// The `lang` at the end of headings, which belongs to the `[…]` before it.
    languages: Vec<(u32, Text)>,
    /// What is open, the innermost last.
    pub(super) open: Vec<Element>,
    /// The lines of the raw HTML block that is being read.
    html_block: String,
    /// The notes by their labels in lower case.
    notes: FxHashMap<String, u32>,
    /// The raw elements that were removed and have not ended yet.
    pub(super) removed: Vec<String>,
    pub(super) hollow: Option<Hollow>,
    pub(super) links: Links,
    pub(super) faults: Vec<Diagnostic>,
}

impl Builder<'_> {
    fn event(&mut self, event: pulldown_cmark::Event<'_>, range: Range<usize>) {
        use pulldown_cmark::Event as Parsed;
        if self.skip_hollow(&event) == Skipped::Yes {
            return;
        }
        match event {
            // An address in the words of a link, which CommonMark lets stand there.
            Parsed::Start(Tag::Link { .. }) if self.input.dialect == Dialect::Guide && self.links.written > 0 => {
                self.links.bare += 1;
            }
            Parsed::End(TagEnd::Link) if self.links.bare > 0 => self.links.bare -= 1,
            Parsed::Start(tag) => self.start(tag, range),
            Parsed::End(tag) => self.end(tag, range),
            Parsed::Text(text) => self.prose(&text),
            Parsed::Code(text) | Parsed::InlineMath(text) | Parsed::DisplayMath(text) => {
                let text = self.text(&text);
                self.events.push(Event::Code(text));
            }
            Parsed::Html(html) if self.input.dialect == Dialect::Guide => self.html_block.push_str(&html),
            Parsed::InlineHtml(html) if self.input.dialect == Dialect::Guide => self.raw_tag(&html, range),
            Parsed::Html(html) | Parsed::InlineHtml(html) => {
                let html = self.text(&html);
                self.events.push(Event::Html(html));
            }
            Parsed::FootnoteReference(label) => {
                self.unlink_around(range.clone());
                let note = self.note(&label, range);
                self.events.push(Event::NoteCall(note));
            }
            Parsed::SoftBreak => self.events.push(Event::SoftBreak),
            Parsed::HardBreak => self.events.push(Event::HardBreak),
            Parsed::Rule => self.events.push(Event::Rule),
            Parsed::TaskListMarker(ticked) => self.events.push(Event::Checkbox(ticked)),
        }
    }

    fn start(&mut self, tag: Tag<'_>, range: Range<usize>) {
        let (input, place) = (self.input, range.clone());
        let span = || {
            let written = input.text[place.clone()].trim_end().len();
            Span::new(input.file, place.start..place.start + written)
        };
        let element = match tag {
            Tag::HtmlBlock if self.input.dialect == Dialect::CommonMark => Element::HtmlBlock,
            Tag::HtmlBlock | Tag::MetadataBlock(_) => return,
            Tag::Paragraph => Element::Paragraph(Linking::Automatic),
            Tag::Heading { level, id, classes, attrs } => {
                let language = attrs.iter().find(|(name, _)| &**name == "lang").and_then(|(_, tag)| tag.as_ref());
                let language = language.map(|tag| self.text(tag));
                let heading = Heading {
                    level: level as u8,
                    is_nested: false,
                    explicit: id.is_some(),
                    anchor: id.map(String::from).unwrap_or_default(),
                    classes: classes.into_iter().map(String::from).collect(),
                    span: span(),
                    content: 0..0,
                };
                let heading = push(&mut self.tables.headings, heading);
                self.languages.extend(language.map(|tag| (heading, tag)));
                Element::Heading(heading)
            }
            Tag::BlockQuote(None) => Element::Quote,
            Tag::BlockQuote(Some(kind)) => Element::Alert(alert(kind)),
            Tag::CodeBlock(kind) => self.code_block(&kind),
            Tag::List(None) => Element::BulletList,
            Tag::List(Some(first)) => Element::OrderedList(u32::try_from(first).unwrap_or(u32::MAX)),
            Tag::Item => Element::Item,
            Tag::FootnoteDefinition(label) => Element::Note(self.define_note(&label, span())),
            Tag::DefinitionList => Element::DefinitionList,
            Tag::DefinitionListTitle => Element::DefinitionTitle,
            Tag::DefinitionListDefinition => Element::Definition,
            Tag::Table(columns) => Element::Table(push(&mut self.tables.tables, Table { columns, captioned: false })),
            Tag::TableHead => Element::TableHead,
            Tag::TableRow => Element::TableRow,
            Tag::TableCell => Element::TableCell,
            Tag::Emphasis | Tag::Superscript | Tag::Subscript => Element::Emphasis,
            Tag::Strong => Element::Strong,
            Tag::Strikethrough => Element::Strikethrough,
            Tag::Link { link_type, dest_url, title, .. } => {
                self.unlink_around(range.clone());
                let written = Written { link_type, destination: &dest_url, title: &title, range };
                Element::Link(self.link(&written, Purpose::Follow))
            }
            Tag::Image { link_type, dest_url, title, .. } => {
                if matches!(link_type, LinkType::WikiLink { .. }) {
                    // It may bring a page, with the links of that.
                    self.unlink_around(range.clone());
                }
                let written = Written { link_type, destination: &dest_url, title: &title, range };
                let link = self.link(&written, Purpose::Show);
                Element::Image(push(&mut self.tables.images, Image { link, decorative: false, span: span() }))
            }
        };
        if !element.is_inline() {
            self.end_siblings("p");
        }
        self.open(element);
    }

    fn end(&mut self, tag: TagEnd, range: Range<usize>) {
        if tag == TagEnd::HtmlBlock && self.input.dialect == Dialect::Guide {
            let html = std::mem::take(&mut self.html_block);
            return self.raw_html(&html, range);
        }
        if matches!(tag, TagEnd::MetadataBlock(_)) {
            return;
        }
        let markdown = self.open.iter().rposition(|element| !matches!(element, Element::Html(_)));
        let depth = markdown.expect("pulldown-cmark closes only what it opened");
        self.close_html_above(depth + 1);
        self.close();
    }

    /// Opens `element`.
    pub(super) fn open(&mut self, element: Element) {
        self.links.open(element);
        self.open.push(element);
        self.events.push(Event::Open(element));
    }

    /// Closes the innermost open element.
    pub(super) fn close(&mut self) {
        if let Some(element) = self.open.pop() {
            self.links.close(element);
            self.events.push(Event::Close(element));
        }
    }

    /// Closes the raw HTML elements left open so that `depth` elements remain open.
    fn close_html_above(&mut self, depth: usize) {
        while self.open.len() > depth {
            self.close();
        }
    }

    /// Adds prose, as part of the text before it where the source goes on without a break.
    fn prose(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let text = self.text(text);
        if matches!(self.open.last(), Some(Element::CodeBlock(_))) {
            return self.events.push(Event::Code(text));
        }
        if let Some(Event::Text(before)) = self.events.last_mut()
            && before.start & SPARE == text.start & SPARE
            && before.start + before.len == text.start
        {
            before.len += text.len;
            return;
        }
        self.events.push(Event::Text(text));
    }

    /// Adds text from between raw HTML tags.
    pub(super) fn verbatim(&mut self, text: &str) {
        let text = self.spare(text);
        self.events.push(Event::Verbatim(text));
    }

    /// `text` as a range of the source where it is one, else of the spare text.
    fn text(&mut self, text: &str) -> Text {
        let source = &self.input.text;
        let start = (text.as_ptr() as usize).wrapping_sub(source.as_ptr() as usize);
        if start <= source.len() && start + text.len() <= source.len() {
            return Text::of_source(start..start + text.len());
        }
        self.spare(text)
    }

    pub(super) fn spare(&mut self, text: &str) -> Text {
        let start = self.spare.len();
        self.spare.push_str(text);
        Text::of_spare(start..self.spare.len())
    }

    fn code_block(&mut self, kind: &CodeBlockKind<'_>) -> Element {
        let language = match kind {
            CodeBlockKind::Indented => self.text(""),
            CodeBlockKind::Fenced(info) => self.text(info.split_ascii_whitespace().next().unwrap_or("")),
        };
        Element::CodeBlock(push(&mut self.tables.languages, language))
    }

    fn link(&mut self, written: &Written<'_>, purpose: Purpose) -> u32 {
        let by = match written.link_type {
            LinkType::WikiLink { has_pothole: true } => By::Name,
            LinkType::WikiLink { has_pothole: false } => By::BareName,
            _ => By::Address,
        };
        let mut destination: &str = written.destination;
        if by != By::Address {
            // In a table, `\|` keeps the bar from ending the cell, and the backslash stays with the name.
            destination = destination.strip_suffix('\\').unwrap_or(destination).trim();
        }
        let mailto = (written.link_type == LinkType::Email).then(|| format!("mailto:{destination}"));
        let destination = match &mailto {
            Some(mailto) => self.spare(mailto),
            None => self.text(destination),
        };
        let title = self.text(written.title);
        let place = destination.source_range().filter(|range| !range.is_empty());
        let span = Span::new(self.input.file, place.unwrap_or_else(|| written.range.clone()));
        push(&mut self.tables.links, WrittenLink { destination, title, by, purpose, span })
    }

    /// Adds a link that raw HTML makes.
    pub(super) fn html_link(&mut self, destination: &str, purpose: Purpose, span: Span) -> u32 {
        let destination = self.spare(destination);
        let title = self.spare("");
        push(&mut self.tables.links, WrittenLink { destination, title, by: By::Address, purpose, span })
    }

    /// The note called `label`.
    fn note(&mut self, label: &str, range: Range<usize>) -> u32 {
        let key = label.to_lowercase();
        if let Some(&known) = self.notes.get(&key) {
            return known;
        }
        let span = Span::new(self.input.file, range);
        let note = push(&mut self.tables.notes, Note { label: label.to_owned(), span, content: 0..0 });
        self.notes.insert(key, note);
        note
    }

    fn define_note(&mut self, label: &str, span: Span) -> u32 {
        let note = self.note(label, span.range());
        let first = self.tables.notes[note as usize].clone();
        let defined = &mut self.tables.notes[note as usize];
        // Its content is counted once the events are final; until then, anything but empty says "defined".
        defined.content = 0..1;
        if first.content.end != 0 {
            let fault = say!("la note `[^{label}]` est écrite deux fois", "the note `[^{label}]` is written twice");
            let (second, first) = (note_mark(self.input.text, span), note_mark(self.input.text, first.span));
            let fault = Diagnostic::new(Code::DuplicateFootnote, second, fault);
            self.faults.push(fault.related(first, say!("d’abord ici", "first here")).help(say!(
                "donnez-lui un autre nom, ou supprimez-la\u{a0}: le lecteur ne voit que la première",
                "give it another name, or delete it: readers see the first only"
            )));
            return push(&mut self.tables.notes, Note { label: String::new(), span, content: 0..1 });
        }
        defined.span = span;
        note
    }
}

/// A link as pulldown-cmark reports it.
struct Written<'a> {
    link_type: LinkType,
    destination: &'a CowStr<'a>,
    title: &'a CowStr<'a>,
    range: Range<usize>,
}

/// The `[^label]:` that the footnote at `span` begins with.
pub(super) fn note_mark(text: &str, span: Span) -> Span {
    let written = &text[span.range()];
    let end = written.find("]:").map_or(written.len(), |end| end + 2);
    Span::new(span.file, span.range().start..span.range().start + end)
}

fn push<T>(items: &mut Vec<T>, item: T) -> u32 {
    items.push(item);
    u32::try_from(items.len() - 1).expect("a body under 2 GiB has fewer than four billion of anything")
}

fn alert(kind: BlockQuoteKind) -> Alert {
    match kind {
        BlockQuoteKind::Note => Alert::Note,
        BlockQuoteKind::Tip => Alert::Tip,
        BlockQuoteKind::Important => Alert::Important,
        BlockQuoteKind::Warning => Alert::Warning,
        BlockQuoteKind::Caution => Alert::Caution,
    }
}
