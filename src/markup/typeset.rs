//! What typography changes in a page's texts: found in one walk through each, for the page as HTML and as plain text alike.

use std::cell::RefCell;
use std::ops::Range;
use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::download;
use super::typography::{Change, Typographer};
use crate::guide::{Guide, Link, TextId};
use crate::language::{Language, Tongue};
use crate::syntax::body::{Body, Element, Event};

/// What stands for an image, or the call of a note, to the words round it.
const OBJECT: Option<char> = Some('\u{fffc}');

/// Raw elements whose text is not prose.
const CODE: [&str; 6] = ["code", "kbd", "samp", "var", "pre", "tt"];

/// A text to look through.
#[derive(Clone, Copy, Debug)]
pub(super) struct Prose<'a> {
    pub(super) body: &'a Body,
    /// Where its links lead; `None` where they are written as their author did.
    pub(super) links: Option<(&'a [Link], &'a Guide)>,
    pub(super) language: Language,
    pub(super) tongue: Tongue,
    /// Whether calls of notes are left out.
    pub(super) is_quiet: bool,
}

impl<'a> Prose<'a> {
    /// One of a guide's texts, as a page shows it.
    pub(super) fn of(guide: &'a Guide, id: TextId) -> Prose<'a> {
        let text = guide.text(id);
        let (language, tongue) = (guide.language_of(id.page), guide.tongue_of(id.page));
        Prose { body: &text.draft.body, links: Some((text.links, guide)), language, tongue, is_quiet: false }
    }
}

/// How much room a page leaves to the next at most.
const ROOM: usize = 4096;

/// The changes in what a page shows, kept from its HTML for its plain text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sets {
    kept: Rc<RefCell<Kept>>,
}

#[derive(Debug, Default)]
struct Kept {
    /// In some events after the other, in the order of each.
    changes: Vec<Change>,
    /// Where those in some events of a text are.
    places: FxHashMap<(TextId, Range<u32>), Range<usize>>,
}

/// The changes in some events that are still to come, as a range of those kept.
#[derive(Debug, Default)]
pub(super) struct Course(Range<usize>);

impl Sets {
    /// Forgets what was kept, so that what is kept next is another page's.
    pub(crate) fn clear(&self) {
        let mut kept = self.kept.borrow_mut();
        // To empty a table costs what it has room for, not what is in it.
        if kept.places.capacity() > ROOM {
            *kept = Kept::default();
        }
        kept.changes.clear();
        kept.places.clear();
    }

    /// The changes in some events of one of a guide's texts.
    pub(super) fn course<'a>(&self, (id, events): (TextId, &Range<u32>), prose: impl FnOnce() -> Prose<'a>) -> Course {
        let Kept { changes, places } = &mut *self.kept.borrow_mut();
        Course(places.entry((id, events.clone())).or_insert_with(|| found(prose(), events, changes)).clone())
    }

    /// The changes in some events of a text that is in no guide, or is written otherwise than it stands there.
    pub(super) fn course_of(&self, prose: Prose<'_>, events: &Range<u32>) -> Course {
        Course(found(prose, events, &mut self.kept.borrow_mut().changes))
    }
}

/// Adds what changes in some events of a text; answers where that is.
fn found(prose: Prose<'_>, events: &Range<u32>, changes: &mut Vec<Change>) -> Range<usize> {
    let start = changes.len();
    let typographer = Typographer::new(prose.language);
    Walk { prose, typographer, outer: Vec::new(), raw: 0, in_code: false, download: None, changes }.through(events);
    start..changes.len()
}

impl Course {
    /// Writes a piece of the text of the event `at` by `put`, set. A change at its end is one of the piece after it.
    #[inline]
    pub(super) fn write(
        &mut self,
        sets: &Sets,
        (at, text, piece): (u32, &str, Range<usize>),
        mut put: impl FnMut(&str),
    ) {
        let kept = sets.kept.borrow();
        let mut from = piece.start;
        while let Some(change) = self.next_before(&kept, at, piece.end) {
            put(&text[from..change.start.max(from)]);
            put(change.with);
            from = change.end;
        }
        put(&text[from..piece.end.max(from)]);
    }

    /// What the soft break at the event `at` is set as, where that is no break.
    pub(super) fn soft_break(&mut self, sets: &Sets, at: u32) -> Option<&'static str> {
        self.next_before(&sets.kept.borrow(), at, 1).map(|change| change.with)
    }

    /// The next change in the text of the event `at` before byte `end`, which is gone through.
    #[inline]
    fn next_before<'k>(&mut self, kept: &'k Kept, at: u32, end: usize) -> Option<&'k Change> {
        loop {
            let change = kept.changes[self.0.clone()].first()?;
            if (change.event, change.start) >= (at, end) {
                return None;
            }
            self.0.start += 1;
            if change.event == at {
                return Some(change);
            }
        }
    }
}

/// A walk through a text.
struct Walk<'a> {
    prose: Prose<'a>,
    typographer: Typographer,
    /// The typographers outside `[…]{lang=…}`.
    outer: Vec<Typographer>,
    /// How many raw `code`, `kbd`, … elements are open: their text is left as it is.
    raw: usize,
    in_code: bool,
    /// The end of what readers are told of the file that the open link leads to.
    download: Option<char>,
    changes: &'a mut Vec<Change>,
}

impl Walk<'_> {
    fn through(mut self, events: &Range<u32>) {
        let mut at = events.start;
        while at < events.end {
            at = self.event(at) + 1;
        }
    }

    /// Looks at an event; answers the last one that was.
    fn event(&mut self, at: u32) -> u32 {
        let body = self.prose.body;
        match body.events[at as usize] {
            // Out of the flow.
            Event::Open(Element::Note(note)) => return body.tables.notes[note as usize].content.end,
            Event::Open(Element::Image(image)) => return self.image(image, at),
            Event::Open(Element::Link(link)) if body.is_named_by_path(link) => return self.titled_link(link, at),
            Event::Open(element) => self.open(element, at),
            Event::Close(element) => self.close(element),
            Event::Text(text) if self.raw == 0 => self.set(at, body.text(text)),
            Event::SoftBreak if self.raw == 0 => self.set(at, " "),
            Event::Code(_) if self.in_code => {}
            Event::Text(text) | Event::Code(text) | Event::Verbatim(text) => {
                self.typographer.skip(body.text(text).chars().next_back());
            }
            Event::HardBreak | Event::Include(_) => self.typographer.block(),
            Event::NoteCall(_) if !self.prose.is_quiet => self.typographer.skip(OBJECT),
            Event::NoteCall(_) | Event::SoftBreak | Event::Html(_) | Event::Rule | Event::Checkbox(_) => {}
        }
        at
    }

    /// An image, or what is written in its place; answers the event that closes it.
    fn image(&mut self, image: u32, at: u32) -> u32 {
        let body = self.prose.body;
        let end = body.close_of(at);
        // Where links are as their author wrote them, pictures are left out.
        if let Some((links, _)) = self.prose.links {
            if !links[body.tables.images[image as usize].link as usize].is_dead() {
                self.typographer.skip(OBJECT);
            } else if let Some(last) = body.plain(at..end).chars().next_back() {
                self.typographer.skip(Some(last));
            }
        }
        end
    }

    fn set(&mut self, at: u32, run: &str) {
        let body = self.prose.body;
        self.typographer.find(at, (run, &|| body.text_after(at)), self.changes);
    }

    fn open(&mut self, element: Element, at: u32) {
        match element {
            Element::Paragraph(_)
            | Element::Heading(_)
            | Element::Item
            | Element::DefinitionTitle
            | Element::Definition
            | Element::Caption
            | Element::TableCell => self.typographer.block(),
            Element::CodeBlock(_) => self.in_code = true,
            Element::Link(link) => self.announce_download(link, at),
            Element::Language(tag) => {
                let tag = self.prose.body.text(self.prose.body.tables.languages[tag as usize]);
                let inner = Typographer::new(Language::of_tag(tag));
                self.outer.push(std::mem::replace(&mut self.typographer, inner));
            }
            Element::Html(tag) => {
                self.raw += usize::from(self.is_code(tag));
                if let Some(link) = self.prose.body.followed(tag) {
                    self.announce_download(link, at);
                }
            }
            _ => {}
        }
    }

    fn close(&mut self, element: Element) {
        match element {
            Element::CodeBlock(_) => self.in_code = false,
            Element::Link(_) => self.tell_download(),
            Element::Language(_) => {
                if let Some(outer) = self.outer.pop() {
                    self.typographer = outer;
                    self.typographer.skip(OBJECT);
                }
            }
            Element::Html(tag) => {
                if self.prose.body.followed(tag).is_some() {
                    self.tell_download();
                }
                // What opened it may be in another part of the page.
                self.raw = self.raw.saturating_sub(self.is_code(tag).into());
            }
            _ => {}
        }
    }

    fn is_code(&self, tag: u32) -> bool {
        CODE.contains(&self.prose.body.tables.html[tag as usize].name.as_str())
    }

    /// A link with its page's title for text; answers the event before the one that closes it.
    fn titled_link(&mut self, link: u32, at: u32) -> u32 {
        let Some((links, guide)) = self.prose.links else { return at };
        let Link::Page(page, _) = links[link as usize] else { return at };
        self.typographer.skip(guide.pages[page].title().chars().next_back());
        self.prose.body.close_of(at) - 1
    }

    fn announce_download(&mut self, link: u32, at: u32) {
        let Some((links, guide)) = self.prose.links else { return };
        let words = || self.prose.body.plain(at..self.prose.body.close_of(at));
        let note = download::of(guide, &links[link as usize], words, self.prose.tongue);
        self.download = note.and_then(|note| note.chars().next_back());
    }

    fn tell_download(&mut self) {
        if let Some(last) = self.download.take() {
            self.typographer.skip(Some(last));
        }
    }
}
