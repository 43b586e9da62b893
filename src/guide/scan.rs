//! What stands where in a text: words that name pages, written links, inclusions, calls of notes.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::OnceLock;

use super::PageId;
use super::mention::{Hit, Scanner, Stem, Stems};
use crate::language::Tongue;
use crate::syntax::body::{Body, Element, Event, Linking};

/// A text's points, in the order of their events.
#[derive(Debug, Default)]
pub(super) struct Scan {
    points: Box<[Point]>,
    /// The words among which names were looked for, once somebody asked.
    stems: OnceLock<Box<[Stem]>>,
}

/// What runs of text are read for.
enum Finder<'a, 'v> {
    Names(&'a mut Scanner<'v>),
    Stems(Stems),
}

/// The space that the scan of one text leaves to the next.
#[derive(Default)]
pub(super) struct Space {
    points: Vec<Point>,
    run: Run,
    hits: Vec<Hit>,
}

/// Something at an event.
#[derive(Clone, Copy, Debug)]
pub(super) struct Point {
    pub(super) event: u32,
    /// Whether it is in a note, which is out of the flow.
    pub(super) in_note: bool,
    pub(super) what: What,
}

/// What stands at a point.
#[derive(Clone, Copy, Debug)]
pub(super) enum What {
    /// Words that name a page, eligible for a link.
    Words(Words),
    /// A link to follow, in the body's table.
    Link(u32),
    /// An inclusion, in the body's table of links, and whether words of what it brings may become links.
    Include(u32, Linking),
    /// The call of a note.
    Call(u32),
}

/// Words that name a page. They lie in one run of text, which may have several events.
#[derive(Clone, Copy, Debug)]
pub(super) struct Words {
    pub(super) page: PageId,
    /// Bytes of the first event's text.
    pub(super) start: u32,
    /// The last event, and the byte of its text at which the words end.
    pub(super) end: (u32, u32),
}

/// Raw elements whose text is no place for a link.
const CLOSED: [&str; 16] =
    ["a", "abbr", "dfn", "code", "kbd", "samp", "var", "pre", "tt", "h1", "h2", "h3", "h4", "h5", "h6", "summary"];

impl Scan {
    /// The points of `body`; without a `scanner`, no words.
    pub(super) fn of(body: &Body, scanner: Option<&mut Scanner<'_>>, space: &mut Space) -> Scan {
        Reader::read(body, scanner.map(Finder::Names), space);
        Scan { points: space.points.drain(..).collect(), stems: OnceLock::new() }
    }

    /// Notes the words of `body`, of which this is the scan, so that [`Scan::may_have`] knows them.
    pub(super) fn index(&self, body: &Body, tongue: Tongue) {
        self.stems.get_or_init(|| {
            let mut space = Space::default();
            match Reader::read(body, Some(Finder::Stems(Stems::new(tongue))), &mut space) {
                Some(Finder::Stems(stems)) => stems.finish(),
                _ => Box::default(),
            }
        });
    }

    /// Whether names that begin with these words may stand in the text; they may as long as its words were not noted.
    pub(super) fn may_have(&self, first: &[Stem]) -> bool {
        self.stems.get().is_none_or(|stems| first.iter().any(|stem| stems.binary_search(stem).is_ok()))
    }

    /// Whether the words of the text were noted.
    pub(super) fn is_indexed(&self) -> bool {
        self.stems.get().is_some()
    }

    /// The pages that words name.
    pub(super) fn named(&self) -> impl Iterator<Item = PageId> {
        self.points.iter().filter_map(|point| match point.what {
            What::Words(words) => Some(words.page),
            _ => None,
        })
    }

    /// The points at the events of `range`.
    pub(super) fn within(&self, range: &Range<u32>) -> &[Point] {
        let start = self.points.partition_point(|point| point.event < range.start);
        let end = self.points.partition_point(|point| point.event < range.end);
        &self.points[start..end.max(start)]
    }
}

/// One run of text: events that nothing separates but soft breaks.
#[derive(Default)]
struct Run {
    /// The text events, each with the byte of the run at which it starts.
    pieces: Vec<(u32, u32)>,
    /// The run's text, where it has several events.
    text: String,
    breaks: bool,
    /// The same with what touches it, where something does.
    touched: String,
}

struct Reader<'a, 'v> {
    body: &'a Body,
    /// Without one, no words are looked at.
    finder: Option<Finder<'a, 'v>>,
    space: &'a mut Space,
    /// How many elements are open in whose text there are no automatic links.
    closed: usize,
    /// The level of the heading in whose section there are none.
    silent: Option<u8>,
    /// How many notes are open.
    notes: usize,
    /// How many images are open: what stands in their alternatives is text alone.
    images: usize,
}

impl<'a, 'v> Reader<'a, 'v> {
    /// Leaves the points in `space`, and gives back the finder.
    fn read(body: &'a Body, finder: Option<Finder<'a, 'v>>, space: &'a mut Space) -> Option<Finder<'a, 'v>> {
        let mut reader = Reader { body, finder, space, closed: 0, silent: None, notes: 0, images: 0 };
        for (at, &event) in (0u32..).zip(&body.events) {
            reader.event(at, event);
        }
        reader.end_run();
        reader.finder
    }

    fn event(&mut self, at: u32, event: Event) {
        match event {
            Event::Text(_) | Event::SoftBreak if self.is_closed() => {}
            Event::Text(_) => self.text(at),
            Event::SoftBreak => self.space.run.breaks = true,
            Event::Open(element) => {
                self.end_run();
                self.closed += usize::from(self.closes(element));
                self.notes += usize::from(matches!(element, Element::Note(_)));
                self.images += usize::from(matches!(element, Element::Image(_)));
                self.open(at, element);
            }
            Event::Close(element) => {
                self.end_run();
                self.closed -= usize::from(self.closes(element));
                self.notes -= usize::from(matches!(element, Element::Note(_)));
                self.images -= usize::from(matches!(element, Element::Image(_)));
            }
            Event::NoteCall(note) => {
                self.end_run();
                self.point(at, What::Call(note));
            }
            Event::Include(link) => {
                let linking = if self.is_silent() { Linking::None } else { Linking::Automatic };
                self.point(at, What::Include(link, linking));
            }
            Event::Code(_)
            | Event::Verbatim(_)
            | Event::Html(_)
            | Event::HardBreak
            | Event::Rule
            | Event::Checkbox(_) => {
                self.end_run();
            }
        }
    }

    fn is_closed(&self) -> bool {
        self.finder.is_none() || self.closed > 0 || self.is_silent()
    }

    /// Whether the section that is being read has no automatic links. A note is not of the section that defines it.
    fn is_silent(&self) -> bool {
        self.silent.is_some() && self.notes == 0
    }

    /// Whether there are no automatic links in the text of `element`.
    fn closes(&self, element: Element) -> bool {
        match element {
            Element::Heading(_) | Element::Link(_) | Element::Image(_) | Element::CodeBlock(_) | Element::Quiet => true,
            Element::Paragraph(linking) => linking == Linking::None,
            Element::Html(tag) => CLOSED.contains(&self.body.tables.html[tag as usize].name.as_str()),
            _ => false,
        }
    }

    fn open(&mut self, at: u32, element: Element) {
        match element {
            Element::Link(link) => self.point(at, What::Link(link)),
            Element::Html(tag) => {
                if let Some(link) = self.body.followed(tag) {
                    self.point(at, What::Link(link));
                }
            }
            Element::Heading(heading) if self.notes == 0 => {
                let heading = &self.body.tables.headings[heading as usize];
                if self.silent.is_none_or(|silent| heading.level <= silent) {
                    let is_silent = heading.classes.iter().any(|class| class == "sans-lien");
                    self.silent = is_silent.then_some(heading.level);
                }
            }
            _ => {}
        }
    }

    fn point(&mut self, event: u32, what: What) {
        if self.images > 0 {
            return;
        }
        self.space.points.push(Point { event, in_note: self.notes > 0, what });
    }

    fn text(&mut self, at: u32) {
        let Event::Text(text) = self.body.events[at as usize] else { return };
        let run = &mut self.space.run;
        if let [(first, _)] = run.pieces[..]
            && run.text.is_empty()
            && let Event::Text(first) = self.body.events[first as usize]
        {
            run.text.push_str(self.body.text(first));
        }
        if !run.pieces.is_empty() {
            if std::mem::take(&mut run.breaks) {
                run.text.push('\n');
            }
            run.pieces.push((at, length(&run.text)));
            run.text.push_str(self.body.text(text));
        } else {
            run.breaks = false;
            run.pieces.push((at, 0));
        }
    }

    /// Ends the run, if there is one.
    #[inline]
    fn end_run(&mut self) {
        if !self.space.run.pieces.is_empty() {
            self.find();
        }
    }

    /// Looks for names in the run that ends here.
    fn find(&mut self) {
        let (Some(&(first, _)), Some(finder)) = (self.space.run.pieces.first(), &mut self.finder) else { return };
        let text = match (&self.space.run.pieces[..], self.body.events[first as usize]) {
            ([_], Event::Text(text)) => self.body.text(text),
            _ => &self.space.run.text,
        };
        let Some(start) = finder.first(text) else { return self.space.run.clear() };
        let (before, after) = touching(self.body, &self.space.run.pieces, text);
        let mut whole = text;
        if !(before.is_empty() && after.is_empty()) {
            self.space.run.touched.clear();
            [&*before, text, &*after].into_iter().for_each(|part| self.space.run.touched.push_str(part));
            whole = &self.space.run.touched;
        }
        match finder {
            // A name that begins before the run keeps others from being found in it.
            Finder::Names(scanner) if before.is_empty() => scanner.scan_from((whole, start), &mut self.space.hits),
            Finder::Names(scanner) => scanner.scan(whole, &mut self.space.hits),
            Finder::Stems(stems) => stems.add(whole),
        }
        let inside = before.len()..before.len() + text.len();
        // Hits come in order, and often several between two white spaces.
        let mut looked_at = (0..0, false);
        for hit in self.space.hits.drain(..) {
            let is_inside = inside.start <= hit.range.start && hit.range.end <= inside.end;
            if hit.range.end > looked_at.0.end {
                looked_at = address_around(whole, &hit.range);
            }
            if is_inside && !looked_at.1 {
                let (event, start) = place(&self.space.run.pieces, hit.range.start - inside.start, Side::Start);
                let end = place(&self.space.run.pieces, hit.range.end - inside.start, Side::End);
                let what = What::Words(Words { page: hit.page, start, end });
                self.space.points.push(Point { event, in_note: self.notes > 0, what });
            }
        }
        self.space.run.clear();
    }
}

impl Run {
    fn clear(&mut self) {
        self.pieces.clear();
        self.text.clear();
        self.breaks = false;
    }
}

impl Finder<'_, '_> {
    /// Where something may first be found in a run, whatever touches it.
    fn first(&self, run: &str) -> Option<usize> {
        match self {
            Finder::Names(scanner) => scanner.first(run),
            Finder::Stems(_) => Some(0),
        }
    }
}

/// The characters that touch a run on both sides, of which readers see one word with it: `ateur` in `anim*ateur*`.
fn touching<'b>(body: &'b Body, pieces: &[(u32, u32)], run: &str) -> (Cow<'b, str>, Cow<'b, str>) {
    let none = || Cow::Borrowed("");
    let (Some(&(first, _)), Some(&(last, _))) = (pieces.first(), pieces.last()) else { return (none(), none()) };
    let before = || joined(prose(body, body.events[..first as usize].iter().rev()), Side::Start);
    let after = || joined(prose(body, body.events[last as usize + 1..].iter()), Side::End);
    let before = if run.starts_with(char::is_whitespace) { none() } else { before() };
    let after = if run.ends_with(char::is_whitespace) { none() } else { after() };
    (before, after)
}

/// The texts of `events` as long as there is nothing but inline tags between them.
fn prose<'b>(body: &'b Body, events: impl Iterator<Item = &'b Event>) -> impl Iterator<Item = &'b str> {
    let is_inline = |event: &&Event| match **event {
        Event::Text(_) | Event::Code(_) | Event::Verbatim(_) => true,
        Event::Open(Element::Image(_)) | Event::Close(Element::Image(_)) => false,
        Event::Open(element) | Event::Close(element) => element.is_inline(),
        _ => false,
    };
    events.take_while(is_inline).filter_map(|event| match *event {
        Event::Text(text) | Event::Code(text) | Event::Verbatim(text) => Some(body.text(text)),
        _ => None,
    })
}

/// How many bytes may touch a run.
const TOUCHING: usize = 256;

/// What `pieces`, the nearest first, have on this side of a run up to white space.
fn joined<'b>(pieces: impl Iterator<Item = &'b str>, side: Side) -> Cow<'b, str> {
    let mut joined = Cow::Borrowed("");
    for piece in pieces {
        let part = match side {
            Side::Start => piece.rsplit(char::is_whitespace).next(),
            Side::End => piece.split(char::is_whitespace).next(),
        };
        let part = part.unwrap_or_default();
        joined = match side {
            _ if joined.is_empty() => Cow::Borrowed(part),
            Side::Start => Cow::Owned(format!("{part}{joined}")),
            Side::End => joined + part,
        };
        if part.len() < piece.len() || joined.len() > TOUCHING {
            break;
        }
    }
    joined
}

/// Which end of some words a place is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Start,
    End,
}

/// The event, and the byte of its text, at byte `at` of a run.
fn place(pieces: &[(u32, u32)], at: usize, side: Side) -> (u32, u32) {
    let at = u32::try_from(at).expect("a body is under 2 GiB");
    let before = pieces.partition_point(|&(_, start)| if side == Side::Start { start <= at } else { start < at });
    let (event, start) = pieces[before.saturating_sub(1)];
    (event, at - start)
}

fn length(text: &str) -> u32 {
    u32::try_from(text.len()).expect("a body is under 2 GiB")
}

/// What is round some words up to white space, and whether it is an address that is written out:
/// `https://exemple.org/partage`, `partage@exemple.org`.
fn address_around(run: &str, range: &Range<usize>) -> (Range<usize>, bool) {
    let start = run[..range.start].rfind(char::is_whitespace).unwrap_or(0);
    let end = run[range.end..].find(char::is_whitespace).map_or(run.len(), |end| range.end + end);
    let around = run[start..end].trim_start();
    let is_address = around.contains("://") || around.contains('@') || around.starts_with("www.");
    (start..end, is_address)
}
