//! One page's file, parsed: front matter, body, and the sections that the body falls into.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::body::{Body, Dialect, Element, Event, Heading, Input};
use super::front_matter::{self, FrontMatter};
use crate::config::{CONTENT_ANCHOR, Config};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::name;
use crate::path::Slug;
use crate::source::{FileId, Sources, Span};
use crate::yaml::Given;

/// What one file says, taken alone.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub(crate) file: FileId,
    pub(crate) front_matter: FrontMatter,
    /// How many bytes of the file's text stand before the body.
    head: usize,
    pub(crate) body: Body,
    /// The text before the first level-2 heading, then a section for each of those, as written; of a facet’s own file,
    /// the whole as one.
    pub(crate) sections: Box<[Section]>,
    /// From the front matter, else from the leading level-1 heading; a file without either has faults. Of a facet’s own
    /// file, the facet’s.
    pub(crate) title: Arc<str>,
}

/// A stretch of the body, from one level-2 heading to the next.
#[derive(Clone, Debug)]
pub(crate) struct Section {
    /// Its heading, in the body's table; `None` before the first.
    pub(crate) heading: Option<u32>,
    /// The facet that it is, as an index into `Config::facets`.
    pub(crate) facet: Option<usize>,
    /// Its events, heading included.
    pub(crate) events: Range<u32>,
}

/// How long a summary taken from the text may be, in characters.
pub(crate) const SUMMARY_LENGTH: usize = 300;

impl Draft {
    /// Parses the page in `file`.
    pub(crate) fn parse(file: FileId, sources: &Sources, config: &Config) -> (Arc<Draft>, Vec<Diagnostic>) {
        let front = front_matter::parse(file, sources, config);
        let head = front.body.start;
        let input = Input { file, text: sources.text(file), range: front.body, dialect: Dialect::Guide };
        let (mut body, faults) = Body::parse(&input);
        let mut reader = Reader { faults: front.faults, body: &mut body, config };
        reader.faults.extend(faults);
        let given = front.title;
        let (title, start) = reader.title(&front.front_matter);
        let facet = front.front_matter.facet;
        let sections = match facet {
            Some(facet) => Box::from([Section { heading: None, facet: Some(facet), events: start..reader.end() }]),
            None => reader.sections(start),
        };
        // In a facet’s own file, headings may begin where those of the facet would in its page.
        reader.headings((start, if facet.is_some() { 2 } else { 1 }), &title);
        reader.anchors(&sections, facet);
        let title = facet.map_or(title, |facet| config.facets[facet].title.as_str().into());
        if title.is_empty() && given == Given::No && !reader.has_late_title(start) {
            reader.faults.push(missing_title(file));
        }
        let faults = reader.faults;
        (Arc::new(Draft { file, front_matter: front.front_matter, head, body, sections, title }), faults)
    }

    /// Whether all that other pages may know of it is the same, and stands at the same place, in `other`: its front
    /// matter, its headings and their anchors.
    pub(crate) fn has_the_face_of(&self, other: &Draft) -> bool {
        let is_like = |one: &Heading, two: &Heading| {
            (one.level, one.explicit, &one.anchor) == (two.level, two.explicit, &two.anchor)
                && self.body.plain(one.content.clone()) == other.body.plain(two.content.clone())
        };
        let (own, others) = (&self.body.tables.headings, &other.body.tables.headings);
        self.file == other.file
            && self.title == other.title
            && self.body.head(self.head) == other.body.head(other.head)
            && self
                .sections
                .iter()
                .map(|section| (section.heading, section.facet))
                .eq(other.sections.iter().map(|section| (section.heading, section.facet)))
            && own.first().map(|first| first.span) == others.first().map(|first| first.span)
            && own.len() == others.len()
            && own.iter().zip(others).all(|(one, two)| is_like(one, two))
    }

    /// Where its title is, else the page as a whole. Reads the file again: for faults only.
    pub(crate) fn title_place(&self, sources: &Sources) -> Span {
        if self.front_matter.title.is_some() {
            return front_matter::place(self.file, sources, "title", &[]);
        }
        self.body.tables.headings.first().map_or(Span::whole(self.file), |heading| heading.span)
    }
}

/// `text`, cut between words with an ellipsis where it is longer than `length` characters.
pub(crate) fn shorten(text: &str, length: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(length) else { return text.to_owned() };
    let cut = text[..end].rfind(char::is_whitespace).unwrap_or(end);
    format!("{}…", text[..cut].trim_end_matches(|c: char| c.is_whitespace() || c.is_ascii_punctuation()))
}

/// A body being read as a page.
struct Reader<'a> {
    body: &'a mut Body,
    config: &'a Config,
    faults: Vec<Diagnostic>,
}

impl Reader<'_> {
    /// The title, and the first event after a leading heading that gives or repeats it.
    fn title(&mut self, front_matter: &FrontMatter) -> (Arc<str>, u32) {
        let given = front_matter.title.clone();
        let Some(Event::Open(Element::Heading(0))) = self.body.events.first().copied() else {
            return (given.unwrap_or_default(), 0);
        };
        let heading = &self.body.tables.headings[0];
        if heading.level != 1 {
            return (given.unwrap_or_default(), 0);
        }
        let text = self.body.plain(heading.content.clone());
        let text = text.trim();
        match given {
            Some(given) if name::fold(&given) != name::fold(text) => (given, 0),
            Some(given) => (given, heading.content.end + 1),
            None => (text.into(), heading.content.end + 1),
        }
    }

    /// Whether a heading that comes too late to be the title, and is told of, is there for one.
    fn has_late_title(&self, start: u32) -> bool {
        self.body.tables.headings[usize::from(start > 0)..].iter().any(|heading| heading.level == 1)
    }

    /// The sections from event `start` on.
    fn sections(&mut self, start: u32) -> Box<[Section]> {
        let headings = (0u32..).zip(&self.body.tables.headings);
        let own = headings.filter(|(_, heading)| heading.level == 2 && !heading.is_nested);
        let begins: Vec<(u32, u32)> = own.map(|(at, heading)| (at, heading.content.start - 1)).collect();
        let mut sections = Vec::with_capacity(1 + begins.len());
        sections.push(Section { heading: None, facet: None, events: start..self.end() });
        for (heading, begin) in begins {
            let facet = self.facet(heading, &sections);
            if let Some(before) = sections.last_mut() {
                before.events.end = begin;
            }
            sections.push(Section { heading: Some(heading), facet, events: begin..self.end() });
        }
        sections.into()
    }

    fn end(&self) -> u32 {
        u32::try_from(self.body.events.len()).expect("a body under 2 GiB has fewer than four billion events")
    }

    /// The facet that a heading opens.
    fn facet(&mut self, heading: u32, sections: &[Section]) -> Option<usize> {
        let heading = &self.body.tables.headings[heading as usize];
        let text = name::fold(&self.body.plain(heading.content.clone()));
        let facet = self.config.facets.iter().position(|facet| facet.is_called(&text))?;
        let first = sections.iter().find(|section| section.facet == Some(facet));
        let Some(first) = first.and_then(|section| section.heading) else { return Some(facet) };
        let title = &self.config.facets[facet].title;
        let first = self.body.tables.headings[first as usize].span;
        self.faults.push(
            Diagnostic::new(
                Code::DuplicateFacet,
                first_line(self.body, heading.span),
                say!(
                    "le volet «\u{a0}{title}\u{a0}» est deux fois dans cette page",
                    "the facet “{title}” is twice in this page"
                ),
            )
            .related(first_line(self.body, first), say!("la première fois ici", "first here"))
            .help(say!("réunissez les deux textes sous un seul titre", "bring both texts together under one heading")),
        );
        None
    }

    /// Reports headings that are empty, that stand beside the title, or that skip a level; the first may be one below
    /// the level `highest`.
    fn headings(&mut self, (start, highest): (u32, u8), title: &str) {
        let mut above = highest;
        for heading in &self.body.tables.headings[usize::from(start > 0)..] {
            let span = first_line(self.body, heading.span);
            if heading.level == 1 {
                let text = self.body.plain(heading.content.clone()).trim().to_owned();
                self.faults.push(if title.is_empty() { late_title(span, &text) } else { second_title(span) });
            } else if heading.level > above + 1 {
                let (level, signs) = (heading.level, "#".repeat(usize::from(above) + 1));
                self.faults.push(
                    Diagnostic::new(
                        Code::SkippedHeading,
                        span,
                        say!(
                            "ce titre est de niveau {level}, juste sous un titre de niveau {above}",
                            "this heading is of level {level}, right under one of level {above}"
                        ),
                    )
                    .help(say!("commencez-le par `{signs}`", "begin it with `{signs}`")),
                );
            }
            let content = heading.content.start as usize..heading.content.end as usize;
            if !self.body.says_something(&self.body.events[content]) {
                self.faults.push(
                    Diagnostic::new(
                        Code::EmptyHeading,
                        span,
                        say!("ce titre n’a pas de texte", "this heading has no text"),
                    )
                    .help(say!("donnez-lui un texte, ou supprimez les `#`", "give it a text, or delete the `#`s")),
                );
            }
            above = heading.level;
        }
    }

    /// Gives every heading its anchor: the facet's, the author's, else one made of its text.
    /// Those made of a text in the file of `facet` begin with its name, so that they differ from all others of the page.
    fn anchors(&mut self, sections: &[Section], facet: Option<usize>) {
        let prefix = facet.map(|facet| format!("{}--", self.config.facets[facet].id)).unwrap_or_default();
        let mut anchors =
            Anchors { config: self.config, taken: FxHashMap::default(), next: FxHashMap::default(), prefix };
        for section in sections {
            if let (Some(facet), Some(heading)) = (section.facet, section.heading) {
                let heading = &mut self.body.tables.headings[heading as usize];
                heading.anchor.clone_from(&self.config.facets[facet].id);
                heading.explicit = false;
            }
        }
        for at in 0..self.body.tables.headings.len() {
            let heading = &self.body.tables.headings[at];
            if !heading.explicit {
                continue;
            }
            let first = anchors.taken.insert(heading.anchor.clone(), Some(heading.span));
            if first.is_some() || anchors.is_reserved(&heading.anchor) {
                let fault = duplicate_anchor(self.body, heading.span, (&heading.anchor, first.flatten()));
                self.faults.push(fault);
            }
        }
        for at in 0..self.body.tables.headings.len() {
            if self.body.tables.headings[at].anchor.is_empty() {
                let anchor = anchors.issue(&self.body.plain(self.body.tables.headings[at].content.clone()));
                self.body.tables.headings[at].anchor = anchor;
            }
        }
    }
}

/// The anchors of a page.
struct Anchors<'a> {
    config: &'a Config,
    /// With the heading that has it, where that is the author’s choice; those that every page may have are not among them.
    taken: FxHashMap<String, Option<Span>>,
    /// The number that the next anchor of this stem gets.
    next: FxHashMap<String, usize>,
    /// What those made of a text begin with.
    prefix: String,
}

impl Anchors<'_> {
    /// Whether an anchor is that of a facet or of the whole content.
    fn is_reserved(&self, anchor: &str) -> bool {
        anchor == CONTENT_ANCHOR || self.config.facets.iter().any(|facet| facet.id == anchor)
    }

    /// A new anchor for a heading with this text.
    fn issue(&mut self, text: &str) -> String {
        let stem = Slug::of(text).map_or_else(|| "section".to_owned(), |slug| slug.as_str().to_owned());
        let stem = format!("{}{stem}", self.prefix);
        let mut anchor = stem.clone();
        while self.is_reserved(&anchor) || self.taken.contains_key(&anchor) {
            let number = self.next.entry(stem.clone()).or_insert(2);
            anchor = format!("{stem}-{number}");
            *number += 1;
        }
        self.taken.insert(anchor.clone(), None);
        anchor
    }
}

/// The part of a heading's span on its first line.
fn first_line(body: &Body, span: Span) -> Span {
    let text = body.source(span);
    let end = text.find('\n').unwrap_or(text.len());
    Span::new(span.file, span.range().start..span.range().start + end)
}

fn missing_title(file: FileId) -> Diagnostic {
    Diagnostic::new(
        Code::MissingTitle,
        Span::whole(file),
        say!("cette page n’a pas de titre", "this page has no title"),
    )
    .help(say!(
        "écrivez `titre: …` dans son en-tête, ou commencez le texte par une ligne `# …`",
        "write `title: …` in its front matter, or begin the text with a line `# …`"
    ))
}

fn late_title(span: Span, text: &str) -> Diagnostic {
    Diagnostic::new(
        Code::SecondTitle,
        span,
        say!(
            "le titre de la page n’est pas au début du texte",
            "the title of the page is not at the beginning of the text"
        ),
    )
    .help(say!(
        "mettez-le en première ligne, ou écrivez `titre: {text}` dans l’en-tête",
        "put it on the first line, or write `title: {text}` in the front matter"
    ))
}

fn second_title(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::SecondTitle,
        span,
        say!(
            "la page a déjà un titre\u{a0}: celui-ci est de trop",
            "the page has a title already: this one is too many"
        ),
    )
    .help(say!(
        "commencez-le par `##` pour en faire le titre d’une partie, ou supprimez-le",
        "begin it with `##` to make it the heading of a part, or delete it"
    ))
}

fn duplicate_anchor(body: &Body, span: Span, (anchor, first): (&str, Option<Span>)) -> Diagnostic {
    let fault = Diagnostic::new(
        Code::DuplicateAnchor,
        first_line(body, span),
        say!(
            "l’ancre `#{anchor}` est déjà prise dans cette page",
            "the anchor `#{anchor}` is already taken in this page"
        ),
    )
    .help(say!("choisissez-en une autre", "choose another"));
    match first {
        Some(first) => fault.related(first_line(body, first), say!("prise ici", "taken here")),
        None => Diagnostic {
            message: say!(
                "Boussole se sert déjà de l’ancre `#{anchor}` dans cette page",
                "Boussole already uses the anchor `#{anchor}` in this page"
            ),
            ..fault
        },
    }
}

#[cfg(test)]
mod tests;
