//! Words that are links.

use std::ops::Range;

use super::Writer;
use crate::guide::{How, Mention};
use crate::put;

impl Writer<'_> {
    /// Writes the text of the event at hand, with the links that its words are.
    pub(super) fn linked_prose(&mut self, text: &str) {
        let mut from = 0;
        let is_text = put::is_text(text);
        loop {
            let to = match self.mention {
                Some(mention) if mention.end.0 == self.at => mention.end.1 as usize,
                Some(_) => return self.set((text, from..text.len()), is_text),
                None => match self.next_mention() {
                    Some(mention) => {
                        let start = mention.start.1 as usize;
                        self.set((text, from..start), is_text);
                        self.open_mention(mention);
                        from = start;
                        continue;
                    }
                    None => return self.set((text, from..text.len()), is_text),
                },
            };
            self.set((text, from..to), is_text);
            self.close_mention();
            from = to;
        }
    }

    /// Writes a piece of the event's text in its typography; nothing in it is markup, where `is_text`.
    fn set(&mut self, (text, piece): (&str, Range<usize>), is_text: bool) {
        let out = &mut self.out;
        let put = |text: &str| if is_text { out.push_str(text) } else { put::text(out, text) };
        self.course.write(&self.sets, (self.at, text, piece), put);
    }

    /// The next mention in the event at hand.
    fn next_mention(&mut self) -> Option<Mention> {
        while let Some((mention, others)) = self.mentions.split_first().filter(|(next, _)| next.start.0 <= self.at) {
            self.mentions = others;
            if mention.start.0 == self.at {
                return Some(*mention);
            }
        }
        None
    }

    fn open_mention(&mut self, mention: Mention) {
        self.mention = Some(mention);
        let Some((_, spelling)) = self.setting.links else { return };
        self.begin_link(|_, out| spelling.put_page(out, mention.page));
        self.mark(mention.page, How::Automatic);
        self.mark_language(mention.page);
        self.out.push('>');
    }

    fn close_mention(&mut self) {
        if let Some(mention) = self.mention.take() {
            self.out.push_str("</a>");
            self.reference(mention.number);
        }
    }
}
