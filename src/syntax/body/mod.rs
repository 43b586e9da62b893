//! A page's body: a flat list of events whose texts are ranges into the source.
//!
//! A body is made once, in [`Body::parse`], and read by every target. It is balanced: each `Open` has its `Close`,
//! raw HTML included, whatever the author wrote. Tables of what events refer to stand beside it.

mod allow;
mod build;
mod raw_html;
mod refine;
mod sentence;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

pub(crate) use allow::{ends_line, is_void};
pub(crate) use build::{Dialect, Input};

use crate::source::Span;

/// A parsed body.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    text: Arc<str>,
    /// Text that the source spells otherwise: entities, unescaped addresses.
    spare: Box<str>,
    pub(crate) events: Vec<Event>,
    pub(crate) tables: Tables,
}

/// What events refer to by index.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tables {
    pub(crate) headings: Vec<Heading>,
    pub(crate) links: Vec<WrittenLink>,
    pub(crate) images: Vec<Image>,
    pub(crate) tables: Vec<Table>,
    pub(crate) notes: Vec<Note>,
    pub(crate) html: Vec<HtmlTag>,
    /// Those of code blocks, the first words of their info strings, which may be empty; and the tags of `[texte]{lang=en}`.
    pub(crate) languages: Vec<Text>,
}

/// A piece of text: a range of the source, or of the body's spare text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Text {
    /// The highest bit says which.
    start: u32,
    len: u32,
}

const SPARE: u32 = 1 << 31;

/// One step through a body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Event {
    Open(Element),
    Close(Element),
    /// Prose.
    Text(Text),
    /// A code span, or a piece of a code block.
    Code(Text),
    /// Text between raw HTML tags: prose to readers, but left as it is.
    Verbatim(Text),
    /// Raw HTML that was not looked at ([`Dialect::CommonMark`] only).
    Html(Text),
    SoftBreak,
    HardBreak,
    Rule,
    /// The call of a footnote.
    NoteCall(u32),
    /// The box of a task; `true` when ticked.
    Checkbox(bool),
    /// Another page, or a part of it, in place of a paragraph; its address is in [`Tables::links`].
    Include(u32),
}

/// What opens and closes. Numbers are indices into [`Tables`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Element {
    Paragraph(Linking),
    /// Text outside a paragraph (a tight item's, a cell's) with `{.sans-lien}` at its end.
    Quiet,
    Heading(u32),
    Quote,
    Alert(Alert),
    CodeBlock(u32),
    BulletList,
    /// With its first number.
    OrderedList(u32),
    Item,
    DefinitionList,
    DefinitionTitle,
    Definition,
    Table(u32),
    Caption,
    TableHead,
    TableRow,
    TableCell,
    Emphasis,
    Strong,
    Strikethrough,
    Link(u32),
    Image(u32),
    /// An image alone in its paragraph, with its title as caption.
    Figure(u32),
    Language(u32),
    /// Raw HTML that was not looked at ([`Dialect::CommonMark`] only).
    HtmlBlock,
    /// A raw HTML element that the allow-list lets through.
    Html(u32),
    /// A footnote's definition. It is out of the flow, where its first call's number puts it.
    Note(u32),
}

/// Whether words of a paragraph may become links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Linking {
    Automatic,
    /// `{.sans-lien}`
    None,
}

/// The kinds of alerts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Alert {
    Note,
    Tip,
    Important,
    Warning,
    Caution,
}

/// A heading.
#[derive(Clone, Debug)]
pub(crate) struct Heading {
    pub(crate) level: u8,
    /// Whether it stands in a list, a quotation, a note or the like.
    pub(crate) is_nested: bool,
    /// Its anchor, unique in its page.
    pub(crate) anchor: String,
    /// Whether the author chose the anchor.
    pub(crate) explicit: bool,
    pub(crate) classes: Box<[String]>,
    pub(crate) span: Span,
    /// The events between its `Open` and `Close`.
    pub(crate) content: Range<u32>,
}

/// A link, image source or other address as written.
#[derive(Clone, Debug)]
pub(crate) struct WrittenLink {
    pub(crate) destination: Text,
    pub(crate) title: Text,
    pub(crate) by: By,
    pub(crate) purpose: Purpose,
    /// Where a fault of its destination is shown.
    pub(crate) span: Span,
}

/// How a link names its target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    /// By file or address: `[…](…)`.
    Address,
    /// By name, with a text of its own: `[[…|…]]`.
    Name,
    /// By name alone: `[[…]]`.
    BareName,
}

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// To be followed.
    Follow,
    /// To be shown in the page: an image, a player.
    Show,
    /// To be included: the text of a page or of a part of it.
    Include,
}

/// An image or player.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Image {
    /// Its source, in [`Tables::links`].
    pub(crate) link: u32,
    /// `{.deco}`
    pub(crate) decorative: bool,
    pub(crate) span: Span,
}

/// A table's columns.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    pub(crate) columns: Vec<pulldown_cmark::Alignment>,
    pub(crate) captioned: bool,
}

/// A footnote.
#[derive(Clone, Debug)]
pub(crate) struct Note {
    pub(crate) label: String,
    pub(crate) span: Span,
    /// The events between the definition's `Open` and `Close`.
    pub(crate) content: Range<u32>,
}

/// A raw HTML tag that the allow-list lets through.
#[derive(Clone, Debug)]
pub(crate) struct HtmlTag {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, HtmlValue)>,
}

/// The value of a raw HTML attribute.
#[derive(Clone, Debug)]
pub(crate) enum HtmlValue {
    Text(String),
    /// An address, in [`Tables::links`].
    Link(u32),
}

impl Element {
    /// Whether it stands in a line of text and does not end it.
    pub(crate) fn is_inline(self) -> bool {
        matches!(
            self,
            Element::Emphasis
                | Element::Strong
                | Element::Strikethrough
                | Element::Link(_)
                | Element::Image(_)
                | Element::Language(_)
                | Element::Html(_)
        )
    }
}

impl Text {
    fn of_source(range: Range<usize>) -> Text {
        let start = u32::try_from(range.start).expect("a source file over 2 GiB is refused when it is loaded");
        let len = u32::try_from(range.len()).expect("a source file over 2 GiB is refused when it is loaded");
        Text { start, len }
    }

    fn of_spare(range: Range<usize>) -> Text {
        let text = Text::of_source(range);
        Text { start: text.start | SPARE, ..text }
    }

    /// The part of it at `range`.
    fn part(self, range: Range<usize>) -> Text {
        debug_assert!(range.end <= self.len as usize);
        let offset = |at: usize| u32::try_from(at).expect("a part is no longer than the whole");
        Text { start: self.start + offset(range.start), len: offset(range.len()) }
    }

    /// Its range in the source, unless it is spelled otherwise there.
    pub(crate) fn source_range(self) -> Option<Range<usize>> {
        (self.start & SPARE == 0).then(|| self.start as usize..(self.start + self.len) as usize)
    }
}

impl Body {
    /// The first `bytes` bytes of the file, which are before the body.
    pub(super) fn head(&self, bytes: usize) -> &str {
        &self.text[..bytes]
    }

    /// The characters of `text`.
    #[inline]
    pub(crate) fn text(&self, text: Text) -> &str {
        resolve(&self.text, &self.spare, text)
    }

    /// The source at `span`, which must be in the body's file.
    pub(crate) fn source(&self, span: Span) -> &str {
        &self.text[span.range()]
    }

    /// The link to follow that a raw HTML tag makes.
    pub(crate) fn followed(&self, tag: u32) -> Option<u32> {
        self.tables.html[tag as usize].attributes.iter().find_map(|(name, value)| match value {
            HtmlValue::Link(link) if name == "href" => Some(*link),
            _ => None,
        })
    }

    /// Whether a link's text is nothing but a path or an anchor, which says little to readers.
    pub(crate) fn is_named_by_path(&self, link: u32) -> bool {
        let written = &self.tables.links[link as usize];
        let destination = self.text(written.destination);
        written.by == By::BareName && (destination.contains(['#', '/']) || destination.ends_with(".md"))
    }

    /// The event that closes the element which opens at the event `at`; `at` itself where none opens there.
    pub(crate) fn close_of(&self, at: u32) -> u32 {
        let Event::Open(element) = self.events[at as usize] else { return at };
        let rest = &self.events[at as usize..];
        let length = rest.iter().position(|&event| event == Event::Close(element));
        at + length
            .and_then(|length| u32::try_from(length).ok())
            .expect("a body is balanced, and has few enough events")
    }

    /// The prose that goes on after the event `at` with nothing but inline tags between; empty where none does.
    pub(crate) fn text_after(&self, at: u32) -> &str {
        for event in &self.events[at as usize + 1..] {
            match *event {
                Event::Text(text) => return self.text(text),
                Event::Open(element) | Event::Close(element) if element.is_inline() => {}
                _ => return "",
            }
        }
        ""
    }

    /// About how many bytes some events write, tags and all: what to make room for.
    pub(crate) fn about(&self, events: &Range<u32>) -> usize {
        let of_text = |event: &Event| match *event {
            Event::Text(text) => text.source_range(),
            _ => None,
        };
        let mut texts = self.events[events.start as usize..events.end as usize].iter().filter_map(of_text);
        let Some(first) = texts.next() else { return 0 };
        let last = texts.next_back().unwrap_or(first.clone());
        last.end.saturating_sub(first.start) * 5 / 4 + events.len() * 16
    }

    /// The content of the first paragraph that stands in `events` themselves, not in a list or a quotation among them.
    pub(crate) fn first_paragraph(&self, events: &Range<u32>) -> Option<Range<u32>> {
        let mut depth = 0usize;
        let mut start = 0;
        for at in events.clone() {
            match self.events[at as usize] {
                Event::Open(Element::Paragraph(_)) if depth == 0 => {
                    depth = 1;
                    start = at + 1;
                }
                Event::Close(Element::Paragraph(_)) if depth == 1 => {
                    if self.says_something(&self.events[start as usize..at as usize]) {
                        return Some(start..at);
                    }
                    depth = 0;
                }
                Event::Open(_) => depth += 1,
                Event::Close(_) => depth -= 1,
                _ => {}
            }
        }
        None
    }

    /// Whether the prose of some events is more than white space.
    pub(super) fn says_something(&self, events: &[Event]) -> bool {
        events.iter().any(|event| match *event {
            Event::Text(text) | Event::Code(text) | Event::Verbatim(text) => !self.text(text).trim_start().is_empty(),
            _ => false,
        })
    }

    /// The prose of some events as plain text: code, alternatives and verbatim text included, breaks as spaces; lent where it
    /// is one text.
    pub(crate) fn plain(&self, events: Range<u32>) -> Cow<'_, str> {
        let events = &self.events[events.start as usize..events.end as usize];
        if let [Event::Text(text)] = *events {
            return Cow::Borrowed(self.text(text));
        }
        let mut plain = String::new();
        for event in events {
            match *event {
                Event::Text(text) | Event::Code(text) | Event::Verbatim(text) => plain.push_str(self.text(text)),
                Event::SoftBreak | Event::HardBreak => plain.push(' '),
                _ => {}
            }
        }
        Cow::Owned(plain)
    }
}

/// The characters of `text` in the source it was made from.
#[inline]
fn resolve<'a>(source: &'a str, spare: &'a str, text: Text) -> &'a str {
    let start = (text.start & !SPARE) as usize;
    let from = if text.start & SPARE == 0 { source } else { spare };
    &from[start..start + text.len as usize]
}
