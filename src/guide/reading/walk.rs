//! The walk through a page as it is read: which words become links, what each link's number is, and whom the page cites.

use std::borrow::Cow;
use std::mem;
use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use url::Url;

use super::excerpt::Compiler;
use super::material::Material;
use super::{Excerpt, Included, Mention, Part, Reading, Reference};
use crate::config::Automatic;
use crate::diagnostic::Diagnostic;
use crate::guide::backlink::{Backlink, How};
use crate::guide::inverse::Inverse;
use crate::guide::scan::{Point, What, Words};
use crate::guide::tree::Entry;
use crate::guide::{Link, PageId, TextId};
use crate::syntax::body::{Element, Event, Linking};
use crate::syntax::draft::{SUMMARY_LENGTH, shorten};

/// How many of the questions about a page stand at its foot.
const QUESTIONS: usize = 20;

/// The level of the headings in a question at the foot of a page, whose own title is of level 3.
const QUESTION: u8 = 4;

/// What came of reading a page.
#[derive(Debug)]
pub(in crate::guide) struct Read {
    pub(in crate::guide) reading: Arc<Reading>,
    /// The author's summary, else the beginning of the first paragraph in reading order.
    pub(in crate::guide) summary: Arc<str>,
    /// The pages whose texts it shows, itself first.
    pub(in crate::guide) drawn: Vec<PageId>,
    /// The pages that its own texts link to.
    pub(in crate::guide) cites: Box<[(PageId, Backlink)]>,
    pub(in crate::guide) faults: Vec<Diagnostic>,
}

/// The space that the reading of one page leaves to the next.
#[derive(Default)]
pub(in crate::guide) struct Space {
    linked: FxHashSet<PageId>,
    numbers: Numbers,
    cites: Vec<(PageId, Backlink)>,
}

/// How much room a table leaves to the next page at most: to empty one costs what it has room for, not what is in it.
const ROOM: usize = 4096;

/// Reads a page from its beginning to its end.
pub(in crate::guide) fn read(page: PageId, material: &Material<'_>, space: &mut Space) -> Read {
    let mut compiler = Compiler::new(material, page);
    let mut reading = Reading { own: compiler.own(page), ..Reading::default() };
    reading.questions =
        asked(&material.inverse[page.index()]).iter().map(|&question| compiler.question(question, QUESTION)).collect();
    if space.linked.capacity().max(space.numbers.known.capacity()) > ROOM {
        *space = Space::default();
    }
    let Space { linked, numbers, cites } = space;
    linked.clear();
    numbers.known.clear();
    let mut walk = Walk {
        material,
        page,
        automatic: if material.links_words(page) { material.config.automatic } else { Automatic::None },
        linked: mem::take(linked),
        numbers: material.config.base.origin.is_some().then_some(&mut *numbers),
        cites: Some(&mut *cites),
    };
    walk.number(Reference::Page(page, None));
    if walk.automatic == Automatic::FirstPerPage {
        walk.count_written(&reading.own);
        reading.questions.iter().for_each(|question| walk.count_written(&question.excerpt));
    }
    walk.own(&mut reading.own);
    walk.cites = None;
    for question in &mut reading.questions {
        walk.included(question);
    }
    *linked = walk.linked;
    // Held for all pages at once, in no more room than they need.
    reading.references = numbers.references.drain(..).collect();
    let cites = cites.drain(..).collect();
    let summary = summary(material.entry(page), &reading);
    Read { reading: Arc::new(reading), summary, drawn: compiler.drawn, cites, faults: compiler.faults }
}

/// The questions that stand at the foot of a page of which other pages say this.
pub(in crate::guide) fn asked(of: &Inverse) -> &[PageId] {
    &of.questions[..of.questions.len().min(QUESTIONS)]
}

fn summary(entry: &Entry, reading: &Reading) -> Arc<str> {
    if let Some(summary) = &entry.draft.front_matter.summary {
        return Arc::clone(summary);
    }
    let paragraph = |part: &Part| {
        let body = &entry.draft(reading.own.texts[part.text].id.leaf).body;
        body.first_paragraph(&part.events).map(|paragraph| body.plain(paragraph))
    };
    let first = reading.own.parts.iter().find_map(paragraph).unwrap_or_default();
    shorten(first.trim(), SUMMARY_LENGTH).into()
}

/// The references so far.
#[derive(Default)]
struct Numbers {
    references: Vec<Reference>,
    known: FxHashMap<Reference, u32>,
}

struct Walk<'a> {
    material: &'a Material<'a>,
    /// The page that is read.
    page: PageId,
    automatic: Automatic,
    /// The pages that are linked already in what counts as one: a facet, an included part, the page.
    linked: FxHashSet<PageId>,
    numbers: Option<&'a mut Numbers>,
    /// Gathered in the page's own texts only.
    cites: Option<&'a mut Vec<(PageId, Backlink)>>,
}

/// Notes that were called, by their text in the excerpt. A note belongs to what first calls it.
#[derive(Default)]
struct Called {
    /// In the order of their first calls, each with what counts as one with it, in `linked`.
    notes: Vec<((usize, u32), usize)>,
    known: FxHashSet<(usize, u32)>,
    /// The pages that are linked already in each part that calls notes; nothing where all parts count as one.
    linked: FxHashMap<usize, FxHashSet<PageId>>,
}

impl Called {
    fn add(&mut self, note: (usize, u32), part: usize) {
        if self.known.insert(note) {
            self.notes.push((note, part));
        }
    }
}

impl<'a> Walk<'a> {
    /// The page's own texts: each part counts as one.
    fn own(&mut self, excerpt: &mut Excerpt) {
        let mut called = Called::default();
        for part in 0..excerpt.parts.len() {
            self.begin(excerpt, part..part + 1, &called);
            self.part(excerpt, part, &mut called);
            if self.automatic == Automatic::FirstPerFacet {
                // Nothing but its notes comes back to what a part links.
                let has_notes = called.notes.last().is_some_and(|&(_, of)| of == part);
                if has_notes {
                    called.linked.insert(part, mem::take(&mut self.linked));
                }
            }
        }
        self.notes(excerpt, called);
    }

    /// What is included counts as one.
    fn included(&mut self, included: &mut Included) {
        let (outer, cites) = (self.set_aside(), self.cites.take());
        let excerpt = &mut included.excerpt;
        let mut called = Called::default();
        self.begin(excerpt, 0..excerpt.parts.len(), &called);
        for part in 0..excerpt.parts.len() {
            self.part(excerpt, part, &mut called);
        }
        self.notes(excerpt, called);
        self.cites = cites;
        if let Some(outer) = outer {
            self.linked = outer;
        }
    }

    fn set_aside(&mut self) -> Option<FxHashSet<PageId>> {
        (self.automatic == Automatic::FirstPerFacet).then(|| mem::take(&mut self.linked))
    }

    /// Begins what counts as one: the pages that its written links lead to are linked.
    fn begin(&mut self, excerpt: &Excerpt, parts: std::ops::Range<usize>, called: &Called) {
        if self.automatic != Automatic::FirstPerFacet {
            return;
        }
        self.linked.clear();
        let mut notes = Called::default();
        for part in &excerpt.parts[parts] {
            let id = excerpt.texts[part.text].id;
            for point in self.material.scan(id).within(&part.events).iter().filter(|point| !point.in_note) {
                self.count(id, point);
                if let What::Call(note) = point.what {
                    notes.add((part.text, note), 0);
                }
            }
        }
        let mut next = 0;
        while let Some(&((text, note), _)) = notes.notes.get(next) {
            next += 1;
            let id = excerpt.texts[text].id;
            // What an earlier part calls belongs to that.
            for point in self.in_note(id, note).iter().filter(|_| !called.known.contains(&(text, note))) {
                self.count(id, point);
                if let What::Call(other) = point.what {
                    notes.add((text, other), 0);
                }
            }
        }
    }

    fn count(&mut self, id: TextId, point: &Point) {
        if let What::Link(link) = point.what
            && let Link::Page(page, _) = self.material.links(id)[link as usize]
        {
            self.linked.insert(page);
        }
    }

    /// Counts all written links of an excerpt and of what it includes.
    fn count_written(&mut self, excerpt: &Excerpt) {
        for part in &excerpt.parts {
            let id = excerpt.texts[part.text].id;
            for point in self.material.scan(id).within(&part.events) {
                self.count(id, point);
            }
        }
        for (_, included) in excerpt.texts.iter().flat_map(|text| &text.inclusions) {
            self.count_written(&included.excerpt);
        }
    }

    fn part(&mut self, excerpt: &mut Excerpt, part: usize, called: &mut Called) {
        let (text, events) = (excerpt.parts[part].text, excerpt.parts[part].events.clone());
        let id = excerpt.texts[text].id;
        for point in self.material.scan(id).within(&events) {
            if !point.in_note {
                self.point(excerpt, (text, *point), (called, part));
            }
        }
    }

    /// What stands in a note.
    fn in_note(&self, id: TextId, note: u32) -> &'a [Point] {
        let content = &self.material.draft(id).body.tables.notes[note as usize].content;
        self.material.scan(id).within(content)
    }

    /// The notes that were called, each as a part of what called it; they may call others.
    fn notes(&mut self, excerpt: &mut Excerpt, mut called: Called) {
        let mut next = 0;
        while let Some(&((text, note), part)) = called.notes.get(next) {
            next += 1;
            for point in self.in_note(excerpt.texts[text].id, note) {
                called.linked.get_mut(&part).into_iter().for_each(|linked| mem::swap(linked, &mut self.linked));
                self.point(excerpt, (text, *point), (&mut called, part));
                called.linked.get_mut(&part).into_iter().for_each(|linked| mem::swap(linked, &mut self.linked));
            }
        }
        for text in &mut excerpt.texts {
            text.mentions.sort_by_key(|mention| mention.start);
            text.numbers.sort_unstable();
            text.mentions = text.mentions.to_vec();
            text.numbers = text.numbers.to_vec();
        }
    }

    fn point(&mut self, excerpt: &mut Excerpt, (text, point): (usize, Point), (called, part): (&mut Called, usize)) {
        let id = excerpt.texts[text].id;
        match point.what {
            What::Words(words) => {
                if let Some(mention) = self.mention(id, point.event, words) {
                    excerpt.texts[text].mentions.push(mention);
                }
            }
            What::Link(link) => {
                let number = self.written(excerpt, id, (point.event, link)).unwrap_or(0);
                excerpt.texts[text].numbers.push((link, number));
            }
            What::Call(note) => called.add((text, note), part),
            What::Include(_, linking) => {
                let inclusions = &mut excerpt.texts[text].inclusions;
                if let Ok(at) = inclusions.binary_search_by_key(&point.event, |(event, _)| *event) {
                    let outer = self.automatic;
                    self.automatic = if linking == Linking::None { Automatic::None } else { outer };
                    self.included(&mut inclusions[at].1);
                    self.automatic = outer;
                }
            }
        }
    }

    /// The link that some words become, where they do.
    fn mention(&mut self, id: TextId, event: u32, words: Words) -> Option<Mention> {
        let Words { page, start, end } = words;
        let may = self.automatic != Automatic::None && page != self.page && self.material.links_words(id.page);
        if !may || (self.automatic != Automatic::All && !self.linked.insert(page)) {
            return None;
        }
        self.cite(page, Backlink { how: How::Automatic, text: id, event, offset: start });
        let number = self.number(Reference::Page(page, None));
        Some(Mention { page, start: (event, start), end, number })
    }

    fn cite(&mut self, page: PageId, backlink: Backlink) {
        if let Some(cites) = &mut self.cites {
            cites.push((page, backlink));
        }
    }

    /// The number of a written link; `None` for one that is not numbered.
    fn written(&mut self, excerpt: &Excerpt, id: TextId, (event, link): (u32, u32)) -> Option<u32> {
        let body = &self.material.draft(id).body;
        let destination = body.text(body.tables.links[link as usize].destination);
        let place = || destination.find('#').map_or("", |at| &destination[at..]).trim_end_matches('#').into();
        let to = &self.material.links(id)[link as usize];
        if let Link::Page(page, _) = to
            && *page != self.page
        {
            self.cite(*page, Backlink { how: How::Written, text: id, event, offset: 0 });
        }
        let is_full = *to == Link::External || destination.contains("://");
        if self.numbers.is_none() || (is_full && says_its_address(&text_of(body, event), destination)) {
            return None;
        }
        let reference = match to {
            // A place in the page that is read, in what it includes.
            Link::Page(page, Some(_)) if *page == self.page => return None,
            Link::Page(page, anchor) => Reference::Page(*page, anchor.clone()),
            // A place in the source of an included part that is not itself included.
            Link::Here(anchor)
                if id.page != self.page && !excerpt.has_heading(|id| self.material.draft(id), (id.page, anchor)) =>
            {
                Reference::Page(id.page, Some(anchor.clone()))
            }
            Link::Here(_) | Link::Dead => return None,
            Link::Generated(address) => Reference::Generated(Box::new((address.clone(), place()))),
            Link::Asset(file) => Reference::File(*file, place()),
            Link::External => self.external(destination),
        };
        Some(self.number(reference))
    }

    /// An address outside the guide, unless it is one of the guide's own written in full.
    fn external(&self, destination: &str) -> Reference {
        let origin = self.material.config.base.origin.as_deref().unwrap_or_default();
        let absolute = match destination.strip_prefix("//") {
            Some(rest) => format!("{}://{rest}", origin.split(':').next().unwrap_or("https")),
            None => destination.to_owned(),
        };
        let Ok(mut url) = Url::parse(&absolute) else { return Reference::Url(absolute.into()) };
        if url.fragment() == Some("") {
            url.set_fragment(None);
        }
        Reference::Url(url.as_str().into())
    }

    /// The number of a reference: the one it has, else the next; 0 where there are no references.
    fn number(&mut self, reference: Reference) -> u32 {
        let Some(numbers) = &mut self.numbers else { return 0 };
        let next = u32::try_from(numbers.references.len() + 1).expect("a body under 2 GiB has fewer links");
        *numbers.known.entry(reference).or_insert_with_key(|reference| {
            numbers.references.push(reference.clone());
            next
        })
    }
}

/// The text of the link that opens at `event`.
fn text_of(body: &crate::syntax::body::Body, event: u32) -> Cow<'_, str> {
    let end = body.close_of(event);
    let inside = &body.events[event as usize..end as usize];
    let has_image = inside.iter().any(|event| matches!(event, Event::Open(Element::Image(_))));
    if has_image { Cow::Borrowed("") } else { body.plain(event..end) }
}

/// Whether a link's text is the address that it leads to.
fn says_its_address(text: &str, destination: &str) -> bool {
    let bare = |address: &str| {
        let address = address.trim().trim_end_matches('/');
        address.trim_start_matches("mailto:").trim_start_matches("tel:").to_lowercase()
    };
    !text.trim().is_empty() && bare(text) == bare(destination)
}
