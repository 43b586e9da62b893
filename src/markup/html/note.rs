//! Footnotes: numbered in the order of their first calls, written together, each with ways back.

use super::{Writer, words};
use crate::syntax::body::{Element, Event};

/// The notes of a page, by their index in the body.
#[derive(Debug)]
pub(super) struct Notes {
    /// The number of each note that was called, from 1.
    numbers: Vec<usize>,
    /// How often each was called.
    calls: Vec<usize>,
    /// The notes in the order of their numbers.
    called: Vec<u32>,
}

impl Notes {
    pub(super) fn new(count: usize) -> Notes {
        Notes { numbers: vec![0; count], calls: vec![0; count], called: Vec::new() }
    }
}

impl Writer<'_> {
    /// Writes the call of a note.
    pub(super) fn call(&mut self, note: u32) {
        let at = note as usize;
        if self.notes.numbers[at] == 0 {
            self.notes.called.push(note);
            self.notes.numbers[at] = self.notes.called.len();
        }
        self.notes.calls[at] += 1;
        let (number, call) = (self.notes.numbers[at], self.notes.calls[at]);
        let (id, from) = (self.note_id(number), self.call_id(number, call));
        self.put(format_args!(
            "<sup class=\"footnote-ref\"><a href=\"#{id}\" id=\"{from}\" role=\"doc-noteref\">{number}</a></sup>"
        ));
        self.typographer.skip(Some('\u{fffc}'));
    }

    fn note_id(&self, number: usize) -> String {
        format!("note{}-{number}", self.setting.prefix)
    }

    fn call_id(&self, number: usize, call: usize) -> String {
        let again = if call > 1 { format!("-{call}") } else { String::new() };
        format!("appel{}-{number}{again}", self.setting.prefix)
    }

    /// Writes the notes that were called; a note may call others, which follow.
    pub(super) fn notes(&mut self) {
        if self.notes.called.is_empty() {
            return;
        }
        let title = words::NOTES;
        self.put(format_args!("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"{title}\">\n<ol>\n"));
        let mut next = 0;
        while let Some(&note) = self.notes.called.get(next) {
            next += 1;
            self.note(note, next);
        }
        self.out.push_str("</ol>\n</section>\n");
    }

    fn note(&mut self, note: u32, number: usize) {
        let id = self.note_id(number);
        self.put(format_args!("<li id=\"{id}\">\n"));
        let content = self.setting.body.tables.notes[note as usize].content.clone();
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
        for call in 1..=self.notes.calls[note as usize] {
            let to = self.call_id(number, call);
            let which = if call > 1 { format!(" ({call})") } else { String::new() };
            self.put(format_args!(
                " <a class=\"footnote-back\" href=\"#{to}\" role=\"doc-backlink\" aria-label=\"{label}{which}\">↩</a>"
            ));
        }
    }
}
