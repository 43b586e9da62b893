//! A page as plain text: for mail, for those whom a page of text serves better, for indexing.
//!
//! Title, breadcrumb, the text in reading order with `[n]` after each numbered link, and the references. Blocks are set
//! apart by an empty line, lines are as long as their paragraphs.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashMap;

use super::spelling::Spelling;
use super::typeset::{Course, Prose, Sets};
use super::{download, typography, words};
use crate::guide::{Excerpt, Guide, Included, Link, Mention, PageId, Part, Shown};
use crate::language::Tongue;
use crate::put;
use crate::syntax::body::{Body, Element, Event, ends_line};

/// The plain text of a page; what typography changes in it may be known from `sets`.
pub(crate) fn page(spelling: Spelling<'_>, page: PageId, sets: &Sets) -> String {
    let guide = spelling.guide;
    let of = &guide.pages[page];
    let set = |text| typography::apply(guide.language_of(page), text);
    let title = set(of.title());
    let is_numbered = !of.reading.references.is_empty();
    let mut text = Plain::new(guide, is_numbered, sets.clone());
    text.out.reserve(of.draft.body.events.len() * super::OF_AN_EVENT);
    text.line.push_str(&title);
    text.block(if is_numbered { " [1]" } else { "" });
    for (depth, folder) in guide.ancestors(page).into_iter().enumerate() {
        let crumb = if depth == 0 { guide.home_title().into() } else { set(&guide.folders[folder].title) };
        text.line.extend([&*crumb, " > "]);
    }
    text.block(&title);
    text.excerpt(page, &of.reading.own, Titles::Shown);
    let tongue = guide.tongue_of(page);
    if !of.reading.questions.is_empty() {
        text.block(words::questions(tongue));
    }
    for Included { page, excerpt, .. } in &of.reading.questions {
        text.block(&typography::apply(guide.language_of(*page), guide.pages[*page].title()));
        text.excerpt(*page, excerpt, Titles::Shown);
    }
    if is_numbered {
        text.block(words::references(tongue));
        for (number, reference) in (1..).zip(&of.reading.references) {
            text.out.push_str(if number > 1 { "\n[" } else { "\n\n[" });
            put::number(&mut text.out, number);
            text.out.push_str("] ");
            spelling.put_reference(&mut text.out, reference);
            text.out.truncate(text.out.trim_end().len());
        }
    }
    text.finish()
}

/// The text of a page alone, without numbers: the answer that a question's page is.
pub(crate) fn answer(guide: &Guide, page: PageId) -> String {
    let mut text = Plain::new(guide, false, Sets::default());
    text.excerpt(page, &guide.pages[page].reading.own, Titles::Shown);
    text.out
}

/// How many margins the lines of a block have at most.
const DEEPEST: usize = 20;

/// What stands below the marker of an entry, for the longest of them.
const BLANK: &str = "                        ";

/// Whether facets stand under their titles.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Titles {
    Shown,
    Hidden,
}

/// Text in the making.
struct Plain<'a> {
    guide: &'a Guide,
    is_numbered: bool,
    out: String,
    /// What each line of the block at hand begins with, from the outermost block in.
    margins: Vec<Margin>,
    /// The block at hand.
    line: String,
    /// Whether the block at hand is a row of a table.
    in_row: bool,
    /// Whether it is code, which keeps its white space.
    in_code: bool,
    /// What the last block was.
    last: Stood,
    /// What typography changes in the texts of the page.
    sets: Sets,
    tongue: Tongue,
    /// What readers are told of the file that the open link leads to.
    download: Option<String>,
}

/// What the lines of a block begin with: the first, then the others.
struct Margin {
    first: Option<Cow<'static, str>>,
    rest: &'static str,
    /// Whether it is that of a list's entry.
    is_entry: bool,
}

/// What a block was: blocks of the same kind may stand close.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stood {
    Alone,
    /// In the entry of a list.
    Listed,
    /// As a row of a table.
    Row,
}

/// An excerpt being written.
struct Scene<'a> {
    excerpt: &'a Excerpt,
    text: usize,
    /// What typography changes in the events that are being written.
    course: Course,
    /// The words of these events that are links, from those that are to come.
    mentions: &'a [Mention],
    /// The number of each note that was called, by its text.
    numbers: FxHashMap<(usize, u32), usize>,
    called: Vec<(usize, u32)>,
    /// The next number of each open list; none for bullets.
    lists: Vec<Option<u32>>,
    /// How many cells of the open row are written.
    cells: usize,
}

impl<'a> Plain<'a> {
    fn new(guide: &'a Guide, is_numbered: bool, sets: Sets) -> Plain<'a> {
        Plain {
            guide,
            is_numbered,
            out: String::new(),
            margins: Vec::new(),
            line: String::with_capacity(super::OF_A_BLOCK),
            in_row: false,
            in_code: false,
            last: Stood::Alone,
            sets,
            tongue: guide.config.site.language.tongue(),
            download: None,
        }
    }

    fn finish(mut self) -> String {
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        self.out
    }

    /// Writes a finished block.
    fn block(&mut self, text: &str) {
        self.line.push_str(text);
        self.end_block();
    }

    /// Ends the block at hand, where there is one.
    #[inline]
    fn end_block(&mut self) {
        if !self.line.is_empty() {
            self.end_line();
        }
    }

    fn end_line(&mut self) {
        let mut line = std::mem::take(&mut self.line);
        // The first line of code keeps its indentation.
        self.finished(if self.in_code { line.trim_matches('\n').trim_end() } else { line.trim() });
        line.clear();
        self.line = line;
    }

    fn finished(&mut self, block: &str) {
        if block.is_empty() {
            return;
        }
        if !self.out.is_empty() {
            self.out.push_str(if self.stands_close() { "\n" } else { "\n\n" });
        }
        self.last = match self.in_row {
            true => Stood::Row,
            false if self.margins.iter().any(|margin| margin.is_entry) => Stood::Listed,
            false => Stood::Alone,
        };
        let mut lines = block;
        loop {
            for margin in &mut self.margins {
                let start = margin.first.take();
                self.out.push_str(start.as_deref().unwrap_or(margin.rest));
            }
            let Some(end) = memchr::memchr(b'\n', lines.as_bytes()) else { return self.out.push_str(lines) };
            self.out.push_str(lines[..end].trim_end());
            self.out.push('\n');
            lines = &lines[end + 1..];
        }
    }

    /// Whether the block at hand stands close to the last: the rows of a table do, and the entries of a list.
    fn stands_close(&self) -> bool {
        match self.last {
            Stood::Row => self.in_row,
            Stood::Listed => self.margins.iter().any(|margin| margin.first.is_some()),
            Stood::Alone => false,
        }
    }

    /// Begins the entry of a list.
    fn enter(&mut self, marker: Cow<'static, str>) {
        let rest = &BLANK[..marker.len().min(BLANK.len())];
        self.margin(Some(marker), rest);
    }

    fn margin(&mut self, first: Option<Cow<'static, str>>, rest: &'static str) {
        self.end_block();
        let is_entry = first.is_some();
        // Deeper, the margins of every line would outgrow the text.
        let rest = if self.margins.len() < DEEPEST { rest } else { "" };
        self.margins.push(Margin { first, rest, is_entry });
    }

    fn outdent(&mut self) {
        self.end_block();
        self.margins.pop();
    }

    fn excerpt(&mut self, of: PageId, excerpt: &'a Excerpt, titles: Titles) {
        let outer = std::mem::replace(&mut self.tongue, self.guide.tongue_of(of));
        let mut scene = Scene {
            excerpt,
            text: 0,
            course: Course::default(),
            mentions: &[],
            numbers: FxHashMap::default(),
            called: Vec::new(),
            lists: Vec::new(),
            cells: 0,
        };
        for Part { text, facet, events, .. } in &excerpt.parts {
            if let Some(facet) = facet.filter(|_| titles == Titles::Shown) {
                let title = typography::apply(self.guide.language_of(of), &self.guide.config.facets[facet].title);
                self.block(&title);
            }
            scene.text = *text;
            self.events(&mut scene, events.clone());
        }
        self.notes(&mut scene);
        self.tongue = outer;
    }

    fn notes(&mut self, scene: &mut Scene<'a>) {
        if !scene.called.is_empty() {
            self.block(words::NOTES);
        }
        let mut next = 0;
        while let Some(&(text, note)) = scene.called.get(next) {
            next += 1;
            scene.text = text;
            let content = self.body(scene).tables.notes[note as usize].content.clone();
            self.enter(format!("{next}. ").into());
            self.events(scene, content);
            self.outdent();
        }
    }

    fn shown(scene: &Scene<'a>) -> &'a Shown {
        &scene.excerpt.texts[scene.text]
    }

    fn body(&self, scene: &Scene<'a>) -> &'a Body {
        &self.guide.text(Plain::shown(scene).id).draft.body
    }

    fn events(&mut self, scene: &mut Scene<'a>, events: Range<u32>) {
        let (body, shown) = (self.body(scene), Plain::shown(scene));
        scene.course = self.sets.course((shown.id, &events), || Prose::of(self.guide, shown.id));
        scene.mentions = shown.mentions_within(&events);
        let mut at = events.start;
        while at < events.end {
            at = match body.events[at as usize] {
                Event::Open(Element::Note(note)) => body.tables.notes[note as usize].content.end,
                Event::Open(Element::Image(image)) => self.image(body, image, at),
                Event::Open(Element::Link(link)) if body.is_named_by_path(link) => {
                    self.titled_link(Plain::shown(scene), link, at)
                }
                Event::Open(element) => {
                    self.open(scene, element);
                    self.announce_download(scene, element, at);
                    at
                }
                Event::Close(element) => {
                    self.close(scene, element);
                    at
                }
                Event::Text(text) => {
                    self.text(scene, at, body.text(text));
                    at
                }
                event => {
                    self.inline(scene, event, at);
                    at
                }
            } + 1;
        }
        self.end_block();
    }

    fn open(&mut self, scene: &mut Scene<'a>, element: Element) {
        match element {
            Element::BulletList => {
                self.end_block();
                scene.lists.push(None);
            }
            Element::OrderedList(first) => {
                self.end_block();
                scene.lists.push(Some(first));
            }
            Element::Item => {
                let marker = match scene.lists.last_mut() {
                    Some(Some(number)) => {
                        *number = number.saturating_add(1);
                        [itoa::Buffer::new().format(*number - 1), ". "].concat().into()
                    }
                    _ => "- ".into(),
                };
                self.enter(marker);
            }
            Element::Quote => self.margin(None, "> "),
            Element::Alert(alert) => {
                self.block(words::alert(alert, self.tongue));
                self.margin(None, "  ");
            }
            Element::Definition => self.margin(None, "    "),
            Element::CodeBlock(_) => {
                self.margin(None, "    ");
                self.in_code = true;
            }
            Element::Html(tag) => self.raw_tag(&self.body(scene).tables.html[tag as usize].name),
            Element::Table(_) => {
                self.end_block();
                self.last = Stood::Alone;
            }
            Element::TableRow | Element::TableHead => {
                self.end_block();
                self.in_row = true;
                scene.cells = 0;
            }
            Element::TableCell => {
                self.line.push_str(if scene.cells > 0 { " | " } else { "" });
                scene.cells += 1;
            }
            element if !element.is_inline() => self.end_block(),
            _ => {}
        }
    }

    fn close(&mut self, scene: &mut Scene<'a>, element: Element) {
        match element {
            Element::BulletList | Element::OrderedList(_) => {
                self.end_block();
                scene.lists.pop();
            }
            Element::Item | Element::Quote | Element::Alert(_) | Element::Definition | Element::CodeBlock(_) => {
                self.end_block();
                self.in_code = false;
                self.outdent();
            }
            Element::TableCell => {}
            Element::TableRow | Element::TableHead => {
                self.end_block();
                self.in_row = false;
            }
            Element::Link(link) => {
                self.tell_download();
                self.number(Plain::shown(scene).number(link));
            }
            Element::Html(tag) => {
                self.raw_tag(&self.body(scene).tables.html[tag as usize].name);
                let link = self.body(scene).followed(tag);
                if link.is_some() {
                    self.tell_download();
                }
                self.number(link.and_then(|link| Plain::shown(scene).number(link)));
            }
            Element::Figure(image) => {
                self.end_block();
                let body = self.body(scene);
                let link = &body.tables.links[body.tables.images[image as usize].link as usize];
                let language = self.guide.language_of(Plain::shown(scene).id.page);
                self.block(&typography::apply(language, body.text(link.title)));
            }
            element if !element.is_inline() => self.end_block(),
            _ => {}
        }
    }

    /// A raw HTML element begins or ends.
    fn raw_tag(&mut self, name: &str) {
        match name {
            "br" if !self.line.ends_with('\n') => self.line.push('\n'),
            "td" | "th" => self.line.push(' '),
            name if ends_line(name) => self.end_block(),
            _ => {}
        }
    }

    /// Keeps what readers are told of the file that a link leads to which opens at the event `at`.
    fn announce_download(&mut self, scene: &Scene<'a>, element: Element, at: u32) {
        let link = match element {
            Element::Link(link) => Some(link),
            Element::Html(tag) => self.body(scene).followed(tag),
            _ => None,
        };
        let Some(link) = link else { return };
        let (links, body) = (self.guide.text(Plain::shown(scene).id).links, self.body(scene));
        let words = || body.plain(at..body.close_of(at));
        self.download = download::of(self.guide, &links[link as usize], words, self.tongue);
    }

    /// Tells it, where the link ends.
    fn tell_download(&mut self) {
        if let Some(note) = self.download.take() {
            self.line.push_str(&note);
        }
    }

    fn number(&mut self, number: Option<u32>) {
        if let Some(number) = number.filter(|&number| self.is_numbered && number > 0) {
            self.line.push_str(" [");
            put::number(&mut self.line, number);
            self.line.push(']');
        }
    }

    fn inline(&mut self, scene: &mut Scene<'a>, event: Event, at: u32) {
        let body = self.body(scene);
        match event {
            Event::Code(text) | Event::Verbatim(text) | Event::Html(text) => self.line.push_str(body.text(text)),
            Event::SoftBreak => self.line.push_str(scene.course.soft_break(&self.sets, at).unwrap_or(" ")),
            Event::HardBreak => self.line.push('\n'),
            Event::Rule => self.block("* * *"),
            Event::NoteCall(note) => {
                let key = (scene.text, note);
                let called = &mut scene.called;
                let number = *scene.numbers.entry(key).or_insert_with(|| {
                    called.push(key);
                    called.len()
                });
                self.line.extend([" (", words::NOTE, " ", itoa::Buffer::new().format(number), ")"]);
            }
            Event::Checkbox(ticked) => self.line.push_str(if ticked { "[x] " } else { "[ ] " }),
            Event::Include(_) => {
                self.end_block();
                if let Some(Included { page, anchor, excerpt, .. }) = Plain::shown(scene).inclusion(at) {
                    self.excerpt(*page, excerpt, if anchor.is_none() { Titles::Shown } else { Titles::Hidden });
                }
            }
            Event::Text(_) | Event::Open(_) | Event::Close(_) => {}
        }
    }

    /// Writes prose, with the numbers of the words in it that are links.
    fn text(&mut self, scene: &mut Scene<'a>, at: u32, text: &str) {
        let mut from = 0;
        while let Some((mention, others)) = scene.mentions.split_first().filter(|(mention, _)| mention.end.0 <= at) {
            scene.mentions = others;
            let end = if mention.end.0 == at { mention.end.1 as usize } else { continue };
            scene.course.write(&self.sets, (at, text, from..end), |text| self.line.push_str(text));
            self.number(Some(mention.number));
            from = end;
        }
        scene.course.write(&self.sets, (at, text, from..text.len()), |text| self.line.push_str(text));
    }

    /// Writes the title of the page that a link leads to in place of its path; answers the event before the link's end.
    fn titled_link(&mut self, shown: &Shown, link: u32, at: u32) -> u32 {
        let text = self.guide.text(shown.id);
        let Link::Page(page, _) = text.links[link as usize] else { return at };
        let title = typography::apply(self.guide.language_of(shown.id.page), self.guide.pages[page].title());
        self.line.push_str(&title);
        text.draft.body.close_of(at) - 1
    }

    /// Writes what an image shows; answers the event that closes it.
    fn image(&mut self, body: &Body, image: u32, at: u32) -> u32 {
        let end = body.close_of(at);
        let alternative = body.plain(at..end);
        if !body.tables.images[image as usize].decorative && !alternative.trim().is_empty() {
            self.line.push_str(&words::image(alternative.trim(), self.tongue));
        }
        end
    }
}
