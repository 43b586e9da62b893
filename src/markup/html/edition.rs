//! A page as it is read: the texts of its excerpts, and what they include.

use std::ops::Range;

use super::{Setting, Writer};
use crate::guide::{Excerpt, Included, Link, PageId, Part, lowered};
#[cfg(feature = "search")]
use crate::guide::{Guide, TextId};
use crate::markup::spelling::Spelling;
use crate::markup::typeset::Sets;
use crate::markup::typography;
use crate::memo::Memo;
use crate::put;
use crate::syntax::body::{Body, Dialect, Element, Event};

/// Whether links are followed by their numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum References {
    Numbered,
    None,
}

/// An excerpt, and the page that it is written for.
#[derive(Clone, Copy)]
pub(crate) struct Edition<'a> {
    pub(crate) spelling: Spelling<'a>,
    pub(crate) memo: &'a Memo,
    pub(crate) excerpt: &'a Excerpt,
    /// The page that the excerpt is of.
    pub(crate) of: PageId,
    pub(crate) references: References,
    /// Which inclusion of the page it is, from 1: what its ids begin with. 0 for the page's own text.
    pub(crate) number: u32,
}

impl<'a> Writer<'a> {
    /// A writer of an excerpt. `prefix` is what the ids of footnotes begin with.
    pub(crate) fn edition(edition: Edition<'a>, prefix: &str) -> Writer<'a> {
        let guide = edition.spelling.guide;
        let page = &guide.pages[edition.of];
        let mut writer = Writer::new(Setting {
            body: &page.draft.body,
            links: Some((&page.links, edition.spelling)),
            language: guide.language_of(edition.of),
            tongue: guide.tongue_of(edition.of),
            dialect: Dialect::Guide,
            prefix: prefix.to_owned(),
            memo: edition.memo,
        });
        writer.edition = Some(edition);
        writer.turn_to(0);
        writer
    }

    /// With what typography changes in the page's texts known from `sets`, or kept there.
    pub(crate) fn sharing(self, sets: &Sets) -> Writer<'a> {
        Writer { sets: sets.clone(), ..self }
    }

    /// A writer of one of a page's texts as its author wrote it: links lead where they say, nothing is included, and
    /// pictures are left out.
    #[cfg(feature = "search")]
    pub(crate) fn of_text(guide: &'a Guide, text: TextId, memo: &'a Memo) -> Writer<'a> {
        let setting = Setting {
            body: &guide.text(text).draft.body,
            links: None,
            language: guide.language_of(text.page),
            tongue: guide.tongue_of(text.page),
            dialect: Dialect::Guide,
            prefix: String::new(),
            memo,
        };
        Writer { has_pictures: false, ..Writer::new(setting) }
    }

    /// The excerpt is one of several on a page, that of this number, whose own title is of level 3.
    pub(crate) fn among_others(&mut self, number: usize) {
        self.scope = format!("q{number}-");
        self.lift = 2;
    }

    /// The first paragraph of a part as HTML, without calls of notes.
    pub(crate) fn first_paragraph(&mut self, part: &Part) -> Option<String> {
        let range = self.turn_to(part.text).first_paragraph(&part.events)?;
        self.is_quiet = true;
        Some(self.write(range))
    }

    /// Goes on counting after so many tables, so that no two of a page have the same name.
    pub(crate) fn go_on_from(&mut self, tables: usize) {
        self.tables = tables;
    }

    /// How many tables there were so far.
    pub(crate) fn tables(&self) -> usize {
        self.tables
    }

    /// Turns to one of the excerpt's texts.
    pub(super) fn turn_to(&mut self, text: usize) -> &'a Body {
        if let Some(edition) = self.edition
            && let Some(shown) = edition.excerpt.texts.get(text)
        {
            let of = edition.spelling.guide.text(shown.id);
            self.setting.body = &of.draft.body;
            self.setting.links = Some((of.links, edition.spelling));
            self.shown = Some(shown);
            self.text = text;
        }
        self.setting.body
    }

    /// Turns to a part of the excerpt.
    fn turn_to_part(&mut self, part: &Part) {
        self.turn_to(part.text);
        self.lay_out(&part.events);
    }

    /// The HTML of a part of the excerpt.
    pub(crate) fn part(&mut self, part: &Part) -> String {
        self.turn_to_part(part);
        self.written(part.events.clone())
    }

    /// Adds the HTML of a part to some that ends a line; answers that of its first paragraph as [`Writer::first_paragraph`]
    /// writes it, where one is made of the other.
    pub(crate) fn add_part(&mut self, html: &mut String, part: &Part) -> Option<String> {
        std::mem::swap(&mut self.out, html);
        let first = self.part_with_first_paragraph(part);
        std::mem::swap(&mut self.out, html);
        first
    }

    fn part_with_first_paragraph(&mut self, part: &Part) -> Option<String> {
        self.turn_to_part(part);
        let Part { events, .. } = part;
        let first = self.setting.body.first_paragraph(events).filter(|first| self.is_alike_elsewhere(first));
        let Some(first) = first else {
            self.events(events.clone());
            return None;
        };
        self.events(events.start..first.start);
        let mut from = self.out.len();
        self.numbered = Some(Vec::new());
        self.events(first.clone());
        let mut paragraph = String::with_capacity(self.out.len() - from);
        for number in self.numbered.take().unwrap_or_default() {
            paragraph.push_str(&self.out[from..number.start]);
            from = number.end;
        }
        paragraph.push_str(&self.out[from..]);
        self.events(first.end..events.end);
        Some(paragraph)
    }

    /// Whether a paragraph is the same on pages elsewhere, but for the numbers of its links.
    fn is_alike_elsewhere(&self, paragraph: &Range<u32>) -> bool {
        let links = self.setting.links.map_or(&[][..], |(links, _)| links);
        let events = &self.setting.body.events[paragraph.start as usize..paragraph.end as usize];
        events.iter().all(|event| match *event {
            Event::Open(Element::Link(link)) => !matches!(links.get(link as usize), Some(Link::Here(_))),
            Event::NoteCall(_) | Event::Open(Element::Image(_) | Element::Html(_)) => false,
            _ => true,
        })
    }

    /// The HTML of a heading's text.
    pub(crate) fn heading(&mut self, part: &Part, heading: u32) -> String {
        self.turn_to_part(part);
        self.written(self.setting.body.tables.headings[heading as usize].content.clone())
    }

    /// The HTML of a part of the excerpt, without the heading that it begins with.
    pub(crate) fn below_heading(&mut self, part: &Part, heading: u32) -> String {
        self.turn_to_part(part);
        let start = self.setting.body.tables.headings[heading as usize].content.end + 1;
        self.written(start..part.events.end)
    }

    /// The HTML of the whole excerpt, facets under their titles, with its footnotes. `top` is the level of those titles.
    pub(crate) fn whole(&mut self, top: Option<u8>) -> String {
        let Some(edition) = self.edition else { return String::new() };
        let mut html = String::new();
        for part in &edition.excerpt.parts {
            if let (Some(facet), Some(top)) = (part.facet, top) {
                html.push_str(&self.facet_title(facet, top));
            }
            html.push_str(&self.part(part));
        }
        html.push_str(&self.write_notes());
        html
    }

    fn facet_title(&mut self, facet: usize, top: u8) -> String {
        let Some((_, spelling)) = self.setting.links else { return String::new() };
        let top = lowered(top, self.lift);
        let facet = &spelling.guide.config.facets[facet];
        let id = self.id(&facet.id);
        self.put(format_args!("<h{top}"));
        self.attribute("id", &id);
        self.out.push('>');
        let title = typography::apply(self.setting.language, &facet.title).into_owned();
        self.escape(&title);
        self.put(format_args!("</h{top}>\n"));
        std::mem::take(&mut self.out)
    }

    /// Writes what is included at an event.
    pub(super) fn include(&mut self, at: u32) {
        let (Some(edition), Some(included)) = (self.edition, self.shown.and_then(|shown| shown.inclusion(at))) else {
            return;
        };
        let Included { page, anchor, top, number, excerpt } = included;
        let guide = edition.spelling.guide;
        let own = guide.lang_of(edition.of);
        let edition = Edition { excerpt, of: *page, number: *number, ..edition };
        let mut inner = Writer::edition(edition, &self.setting.prefix).sharing(&self.sets);
        inner.tables = self.tables;
        inner.scope.clone_from(&self.scope);
        inner.lift = self.lift;
        let html = inner.whole(anchor.is_none().then_some(*top));
        self.tables = inner.tables;
        self.fresh_line();
        self.out.push_str("<div class=\"included\"");
        self.attribute("data-source", &guide.pages[*page].key);
        let lang = guide.lang_of(*page);
        if lang != own {
            self.attribute("lang", lang);
        }
        self.put(format_args!(">\n{html}</div>\n"));
    }

    /// What the ids of this inclusion's footnotes have of their own.
    pub(super) fn inclusion(&self) -> String {
        let number = self.edition.map_or(0, |edition| edition.number);
        let scope = &self.scope;
        if number > 0 { format!("-{scope}i{number}") } else { format!("-{scope}").trim_end_matches('-').to_owned() }
    }

    /// The id that an anchor of the text's page has here.
    pub(super) fn id(&self, anchor: &str) -> String {
        match self.edition {
            Some(edition) if edition.number > 0 => format!("{}inclus{}--{anchor}", self.scope, edition.number),
            _ => format!("{}{anchor}", self.scope),
        }
    }

    /// The level that a heading has here.
    pub(super) fn level(&self, heading: u32) -> u8 {
        let level = self.setting.body.tables.headings[heading as usize].level;
        self.shown.map_or(level, |shown| lowered(level, shown.shift + self.lift))
    }

    /// Where a link to an anchor of the text's own page leads: to that page, where the anchor is not shown here.
    pub(super) fn here(&self, link: &Link) -> Option<Link> {
        let (Link::Here(anchor), Some(edition)) = (link, self.edition) else { return None };
        // A first paragraph stands alone on a page that no author wrote.
        if self.is_quiet {
            return Some(Link::Page(edition.of, Some(anchor.clone())));
        }
        if edition.number == 0 && self.scope.is_empty() {
            return None;
        }
        let is_shown = edition.excerpt.shows(edition.spelling.guide, edition.of, anchor);
        Some(if is_shown { Link::Here(self.id(anchor).into()) } else { Link::Page(edition.of, Some(anchor.clone())) })
    }

    /// Whether tasks are prompts to fill in.
    pub(super) fn has_prompts(&self) -> bool {
        self.edition.is_some_and(|edition| edition.spelling.guide.is_coplanning(edition.of))
    }

    /// Writes a link's number.
    pub(super) fn reference(&mut self, number: u32) {
        let is_numbered = self.edition.is_some_and(|edition| edition.references == References::Numbered);
        if is_numbered && number > 0 {
            let start = self.out.len();
            self.out.push_str("<sup class=\"ref\">");
            put::number(&mut self.out, number);
            self.out.push_str("</sup>");
            self.numbered.iter_mut().for_each(|numbered| numbered.push(start..self.out.len()));
        }
    }
}
