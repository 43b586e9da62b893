//! Which stretches of which texts a page shows, and what they include.

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use super::material::Material;
use super::{Excerpt, Included, Part, Shown};
use crate::config::CONTENT_ANCHOR;
use crate::diagnostic::Diagnostic;
use crate::guide::scan::What;
use crate::guide::{Link, PageId, TextId, fault};
use crate::syntax::body::{Body, Element, Event};
use crate::syntax::draft::Section;

/// How many inclusions a page shows at most, those that its inclusions bring with them counted.
const MOST: usize = 1000;

/// How many inclusions may stand in one another.
const DEEPEST: usize = 50;

/// The level of a page's sections.
const SECTION: u8 = 2;

/// The deepest level of headings.
const LOWEST: u8 = 6;

/// Puts the text of one page together.
pub(super) struct Compiler<'a> {
    material: &'a Material<'a>,
    /// The page that is read.
    page: PageId,
    /// The inclusions that are being followed, the outermost first.
    following: Vec<(TextId, u32)>,
    /// How many there were so far.
    count: usize,
    /// The pages whose texts are shown.
    pub(super) drawn: Vec<PageId>,
    pub(super) faults: Vec<Diagnostic>,
}

/// What a page, or a part of it, is made of, and the level of its highest headings.
struct Wanted<'a> {
    page: PageId,
    anchor: Option<&'a str>,
    top: u8,
}

impl<'a> Compiler<'a> {
    pub(super) fn new(material: &'a Material<'a>, page: PageId) -> Compiler<'a> {
        Compiler { material, page, following: Vec::new(), count: 0, drawn: Vec::new(), faults: Vec::new() }
    }

    /// A page's own texts.
    pub(super) fn own(&mut self, page: PageId) -> Excerpt {
        self.compile(&Wanted { page, anchor: None, top: SECTION })
    }

    /// A question that is shown whole under a heading of level `top - 1`.
    pub(super) fn question(&mut self, page: PageId, top: u8) -> Included {
        self.count += 1;
        let number = self.number();
        Included { page, anchor: None, top, number, excerpt: self.compile(&Wanted { page, anchor: None, top }) }
    }

    fn number(&self) -> u32 {
        u32::try_from(self.count).expect("there are no more than `MOST`, and as many questions as a page has")
    }

    fn compile(&mut self, wanted: &Wanted<'_>) -> Excerpt {
        if !self.drawn.contains(&wanted.page) {
            self.drawn.push(wanted.page);
        }
        let mut excerpt = match wanted.anchor {
            None => self.whole(wanted),
            Some(anchor) => self.part(wanted, anchor),
        };
        for at in 0..excerpt.parts.len() {
            let Part { text, facet, ref events, .. } = excerpt.parts[at];
            let events = events.clone();
            // A facet's heading stands above its text, unless the facet alone is shown.
            let is_titled = facet.is_some() && wanted.anchor.is_none();
            let above = if is_titled { wanted.top } else { wanted.top - 1 };
            let notes = if wanted.anchor.is_some() { self.notes(excerpt.texts[text].id, &events) } else { Vec::new() };
            for events in std::iter::once(events).chain(notes) {
                let inclusions = self.inclusions(&excerpt.texts[text], &events, above);
                excerpt.texts[text].inclusions.extend(inclusions);
            }
        }
        for text in &mut excerpt.texts {
            text.inclusions.sort_by_key(|&(event, _)| event);
        }
        excerpt
    }

    /// All texts of a page.
    fn whole(&self, wanted: &Wanted<'_>) -> Excerpt {
        let entry = self.material.entry(wanted.page);
        let own = TextId { page: wanted.page, leaf: None };
        let mut excerpt = Excerpt { texts: Vec::with_capacity(1 + entry.leaves.len()), ..Excerpt::default() };
        excerpt.texts.push(shown(own, down(SECTION, wanted.top)));
        excerpt.parts.extend(entry.draft.sections.iter().map(|section| part(&entry.draft.body, section, 0)));
        for (leaf, of) in (0u32..).zip(&entry.leaves) {
            let text = TextId { page: wanted.page, leaf: Some(leaf) };
            let section = &of.draft.sections[0];
            let from = highest(&of.draft.body, &section.events);
            excerpt.texts.push(shown(text, down(from, wanted.top + 1)));
            excerpt.parts.push(part(&of.draft.body, section, excerpt.texts.len() - 1));
        }
        // The beginning, the facets as configured, the others as written.
        let is_beginning = |part: &Part| part.facet.is_none() && part.heading.is_none();
        excerpt.parts.sort_by_key(|part| (!is_beginning(part), part.facet.is_none(), part.facet));
        excerpt
    }

    /// The facet, or what stands under the heading, at `anchor`.
    fn part(&self, wanted: &Wanted<'_>, anchor: &str) -> Excerpt {
        let entry = self.material.entry(wanted.page);
        let facet = self.material.config.facets.iter().position(|facet| facet.id == anchor);
        let own = entry.draft.sections.iter().find(|section| facet.is_some() && section.facet == facet);
        let leaf = entry.leaves.iter().position(|leaf| Some(leaf.facet) == facet);
        let leaf = leaf.and_then(|leaf| u32::try_from(leaf).ok());
        let drafts = std::iter::once(None).chain((0u32..).take(entry.leaves.len()).map(Some));
        let (leaf, part) = match (own, leaf) {
            (Some(section), _) => (None, part(&entry.draft.body, section, 0)),
            (None, Some(leaf)) => {
                let draft = entry.draft(Some(leaf));
                (Some(leaf), part(&draft.body, &draft.sections[0], 0))
            }
            (None, None) => {
                let under = |leaf| Some((leaf, under(&entry.draft(leaf).body, anchor)?));
                let Some((leaf, events)) = drafts.into_iter().find_map(under) else { return Excerpt::default() };
                (leaf, Part { text: 0, facet: None, heading: None, events })
            }
        };
        let from = highest(&entry.draft(leaf).body, &part.events);
        let text = shown(TextId { page: wanted.page, leaf }, down(from, wanted.top));
        Excerpt { parts: vec![part], texts: vec![text] }
    }

    /// The notes that a stretch of a text calls, and those that they call, where they stand outside of it.
    fn notes(&self, text: TextId, events: &Range<u32>) -> Vec<Range<u32>> {
        let notes = &self.material.draft(text).body.tables.notes;
        let mut known: FxHashSet<u32> = FxHashSet::default();
        let mut called: Vec<Range<u32>> = Vec::new();
        let mut next = Some(events.clone());
        let mut at = 0;
        while let Some(events) = next {
            for point in self.material.scan(text).within(&events) {
                if let What::Call(note) = point.what
                    && known.insert(note)
                {
                    called.push(notes[note as usize].content.clone());
                }
            }
            next = called.get(at).cloned();
            at += 1;
        }
        called.retain(|note| !events.contains(&note.start));
        called
    }

    /// What is included in a stretch of a text that stands under a heading of level `above`.
    fn inclusions(&mut self, text: &Shown, events: &Range<u32>, above: u8) -> Vec<(u32, Included)> {
        let (id, shift) = (text.id, text.shift);
        let body = &self.material.draft(id).body;
        let mut inclusions = Vec::new();
        for point in self.material.scan(id).within(events) {
            let What::Include(link, _) = point.what else { continue };
            let headings = &body.tables.headings;
            let before = headings.partition_point(|heading| heading.content.start <= point.event);
            let nearest =
                before.checked_sub(1).map(|at| &headings[at]).filter(|heading| heading.content.start > events.start);
            let level = nearest.map_or(above, |heading| lowered(heading.level, shift));
            if let Some(included) = self.include((id, link), level + 1) {
                inclusions.push((point.event, included));
            }
        }
        inclusions
    }

    /// What the link of an inclusion brings; `None` where it leads nowhere, or where faults are told of.
    fn include(&mut self, at: (TextId, u32), top: u8) -> Option<Included> {
        let (text, link) = at;
        let (page, anchor): (PageId, Option<Arc<str>>) = match &self.material.links(text)[link as usize] {
            Link::Page(page, anchor) => (*page, anchor.clone()),
            Link::Here(anchor) => (text.page, Some(Arc::clone(anchor))),
            _ => return None,
        };
        // The anchor of the whole content.
        let anchor = anchor.filter(|anchor| **anchor != *CONTENT_ANCHOR);
        if let Some(start) = self.following.iter().position(|&followed| followed == at) {
            // Told once, where the cycle's first inclusion is followed for its own page.
            let cycle = &self.following[start..];
            if start == 0 && text.page == self.page && cycle.iter().min() == Some(&at) {
                self.faults.push(self.cycle(cycle));
            }
            return None;
        }
        self.count += 1;
        if self.count > MOST || self.following.len() == DEEPEST {
            let (text, link) = self.following.first().copied().unwrap_or(at);
            let place = self.material.draft(text).body.tables.links[link as usize].span;
            let is_told = self.count > MOST + 1 || self.faults.iter().any(|fault| fault.span == Some(place));
            if !is_told {
                self.faults.push(if self.count > MOST {
                    fault::too_many_inclusions(place, MOST)
                } else {
                    fault::too_deep_inclusions(place, DEEPEST)
                });
            }
            return None;
        }
        let number = self.number();
        let top = top.min(LOWEST);
        self.following.push(at);
        let excerpt = self.compile(&Wanted { page, anchor: anchor.as_deref(), top });
        self.following.pop();
        Some(Included { page, anchor, top, number, excerpt })
    }

    fn cycle(&self, cycle: &[(TextId, u32)]) -> Diagnostic {
        let step = |&(text, link): &(TextId, u32)| {
            let place = self.material.draft(text).body.tables.links[link as usize].span;
            (place, self.material.entry(text.page).draft.title.as_ref())
        };
        let others: Vec<fault::Step<'_>> = cycle[1..].iter().map(step).collect();
        fault::inclusion_cycle(step(&cycle[0]), &others)
    }
}

fn shown(id: TextId, shift: i8) -> Shown {
    Shown { id, shift, mentions: Vec::new(), numbers: Vec::new(), inclusions: Vec::new() }
}

/// A section of a body as a part, without its heading where it is a facet.
fn part(body: &Body, section: &Section, text: usize) -> Part {
    let heading = section.heading.map(|heading| &body.tables.headings[heading as usize]);
    let start = match (section.facet, heading) {
        (Some(_), Some(heading)) => heading.content.end + 1,
        _ => section.events.start,
    };
    Part {
        text,
        facet: section.facet,
        heading: section.heading.filter(|_| section.facet.is_none()),
        events: start..section.events.end,
    }
}

/// The highest level of the headings in `events`; that of sections where there is none.
fn highest(body: &Body, events: &Range<u32>) -> u8 {
    let inside = body.tables.headings.iter().filter(|heading| events.contains(&heading.content.start));
    inside.map(|heading| heading.level).min().unwrap_or(SECTION)
}

/// How far down headings go when the highest of them goes from level `from` to level `to`.
fn down(from: u8, to: u8) -> i8 {
    i8::try_from(i16::from(to) - i16::from(from)).expect("levels are at most 7")
}

/// The level of a heading that is moved down by `shift`.
pub(crate) fn lowered(level: u8, shift: i8) -> u8 {
    level.saturating_add_signed(shift).clamp(1, LOWEST)
}

/// A heading with what stands under it: up to the next heading that is no lower, or to the end of what holds both.
fn under(body: &Body, anchor: &str) -> Option<Range<u32>> {
    let (at, heading) = (0u32..).zip(&body.tables.headings).find(|(_, heading)| heading.anchor == anchor)?;
    let start = heading.content.start - 1;
    let mut depth = 0usize;
    let mut end = start;
    for event in &body.events[start as usize..] {
        match *event {
            Event::Open(Element::Heading(other))
                if depth == 0 && other != at && body.tables.headings[other as usize].level <= heading.level =>
            {
                break;
            }
            Event::Open(_) => depth += 1,
            Event::Close(_) if depth == 0 => break,
            Event::Close(_) => depth -= 1,
            _ => {}
        }
        end += 1;
    }
    Some(start..end)
}
