//! Footnotes: numbered in the order of their first calls, written together, each with ways back.

use std::ops::Range;

use rustc_hash::FxHashMap;

use super::Writer;
use crate::markup::words;
use crate::syntax::body::{Element, Event};

/// The notes of an excerpt: each is a text of the excerpt, and the note's index in that text's body.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// The number of each note that was called, from 1, and how often it was called.
    numbers: FxHashMap<(usize, u32), (usize, usize)>,
    /// The notes in the order of their numbers.
    called: Vec<(usize, u32)>,
}

impl Writer<'_> {
    /// Writes the call of a note.
    pub(super) fn call(&mut self, note: u32) {
        if self.is_quiet {
            return;
        }
        let note = (self.text, note);
        let Notes { numbers, called } = &mut self.notes;
        let (number, call) = numbers.entry(note).or_insert_with(|| {
            called.push(note);
            (called.len(), 0)
        });
        *call += 1;
        let (number, call) = (*number, *call);
        let (id, from) = (self.note_id(number), self.call_id(number, call));
        self.put(format_args!(
            "<sup class=\"footnote-ref\"><a href=\"#{id}\" id=\"{from}\" role=\"doc-noteref\">{number}</a></sup>"
        ));
    }

    fn note_id(&self, number: usize) -> String {
        format!("note{}{}-{number}", self.setting.prefix, self.inclusion())
    }

    fn call_id(&self, number: usize, call: usize) -> String {
        let again = if call > 1 { format!("-{call}") } else { String::new() };
        format!("appel{}{}-{number}{again}", self.setting.prefix, self.inclusion())
    }

    /// Writes the notes that were called; a note may call others, which follow.
    pub(super) fn notes(&mut self) {
        if self.notes.called.is_empty() {
            return;
        }
        let title = words::NOTES;
        self.put(format_args!("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{title}\">\n<ol>\n"));
        let mut next = 0;
        while let Some(&(text, note)) = self.notes.called.get(next) {
            next += 1;
            let content = self.turn_to(text).tables.notes[note as usize].content.clone();
            self.lay_out(&content);
            self.note((note, content), next);
        }
        self.out.push_str("</ol>\n</section>\n");
    }

    fn note(&mut self, (note, content): (u32, Range<u32>), number: usize) {
        let id = self.note_id(number);
        self.put(format_args!("<li id=\"{id}\">\n"));
        let last = content.end.saturating_sub(1);
        let ends_in_paragraph = content.start < content.end
            && matches!(self.setting.body.events[last as usize], Event::Close(Element::Paragraph(_)));
        self.events(content.start..if ends_in_paragraph { last } else { content.end });
        self.ways_back(note, number);
        self.out.push_str(if ends_in_paragraph { "</p>\n</li>\n" } else { "</li>\n" });
    }

    /// A link back to each call.
    fn ways_back(&mut self, note: u32, number: usize) {
        let label = words::back(number, self.setting.tongue);
        let calls = self.notes.numbers.get(&(self.text, note)).map_or(0, |&(_, calls)| calls);
        for call in 1..=calls {
            let to = self.call_id(number, call);
            let which = if call > 1 { format!(" ({call})") } else { String::new() };
            self.put(format_args!(
                " <a class=\"footnote-back\" href=\"#{to}\" role=\"doc-backlink\" aria-label=\"{label}{which}\">↩</a>"
            ));
        }
    }
}
