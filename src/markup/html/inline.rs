//! Text, links, images, and the raw HTML that was let through.

use super::Writer;
use crate::guide::{How, Link, PageId};
use crate::markup::{download, typography, words};
use crate::put;
use crate::syntax::body::{By, Event, HtmlValue, Text};

impl Writer<'_> {
    pub(super) fn inline(&mut self, event: Event) {
        match event {
            Event::Text(text) => self.prose(text),
            Event::Code(text) => self.code_text(text),
            Event::Verbatim(text) => {
                let text = self.setting.body.text(text);
                self.escape(text);
            }
            Event::Html(html) => self.out.push_str(self.setting.body.text(html)),
            Event::SoftBreak => self.soft_break(),
            Event::HardBreak => {
                self.out.push_str("<br");
                self.end_void();
                self.out.push('\n');
            }
            Event::Rule => {
                self.line("<hr");
                self.end_void();
                self.out.push('\n');
            }
            Event::NoteCall(note) => self.call(note),
            Event::Checkbox(ticked) => self.checkbox(ticked),
            Event::Open(_) | Event::Close(_) | Event::Include(_) => {}
        }
    }

    /// Breaks the line where a space may be broken: not before `!`, nor inside `« »`.
    fn soft_break(&mut self) {
        self.out.push_str(self.course.soft_break(&self.sets, self.at).unwrap_or("\n"));
    }

    fn prose(&mut self, text: Text) {
        let text = self.setting.body.text(text);
        if !self.is_guide() {
            return self.escape(text);
        }
        self.linked_prose(text);
    }

    fn code_text(&mut self, text: Text) {
        let text = self.setting.body.text(text);
        if let Some(code) = &mut self.code {
            return code.push_str(text);
        }
        self.out.push_str("<code>");
        self.escape(text);
        self.out.push_str("</code>");
    }

    fn checkbox(&mut self, ticked: bool) {
        if !self.is_guide() {
            let checked = if ticked { "checked=\"\" " } else { "" };
            return self.put(format_args!("<input {checked}disabled=\"\" type=\"checkbox\" /> "));
        }
        if self.has_prompts() {
            return;
        }
        let checked = if ticked { " checked" } else { "" };
        let label = words::task(ticked, self.setting.tongue);
        self.put(format_args!("<input type=\"checkbox\" disabled{checked} aria-label=\"{label}\"> "));
    }

    /// Whether a link of the body is not dead.
    fn leads(&self, link: u32) -> bool {
        self.setting.links.is_none_or(|(links, _)| !links[link as usize].is_dead())
    }

    /// Where a link of the body leads, spelled; `None` for a dead one.
    pub(super) fn href(&self, link: u32) -> Option<String> {
        if !self.leads(link) {
            return None;
        }
        let mut href = String::new();
        self.put_href(&mut href, link);
        Some(href)
    }

    fn put_href(&self, out: &mut String, link: u32) {
        let destination = self.setting.body.text(self.setting.body.tables.links[link as usize].destination);
        match self.setting.links {
            None => out.push_str(destination),
            Some((links, spelling)) => {
                let link = &links[link as usize];
                spelling.put_href(out, self.here(link).as_ref().unwrap_or(link), destination);
            }
        }
    }

    pub(super) fn open_link(&mut self, link: u32) {
        if !self.leads(link) {
            return;
        }
        self.links += 1;
        self.begin_link(|writer, out| writer.put_href(out, link));
        let title = self.setting.body.text(self.setting.body.tables.links[link as usize].title);
        if !title.is_empty() {
            self.attribute("title", title);
        }
        self.mark_page(link);
        self.out.push('>');
        self.announce_download(link);
    }

    /// Begins the tag of a link, to the address that `put` adds.
    pub(super) fn begin_link(&mut self, put: impl FnOnce(&Self, &mut String)) {
        let mut out = std::mem::take(&mut self.out);
        out.push_str("<a href=\"");
        let start = out.len();
        put(self, &mut out);
        put::as_address(&mut out, start);
        out.push('"');
        self.out = out;
    }

    /// Keeps what readers are told of the file that the link leads to which opens here.
    fn announce_download(&mut self, link: u32) {
        let Some((links, spelling)) = self.setting.links else { return };
        let words = || self.setting.body.plain(self.at..self.setting.body.close_of(self.at));
        self.download = download::of(spelling.guide, &links[link as usize], words, self.setting.tongue);
    }

    /// Tells it, where the link ends.
    fn tell_download(&mut self) {
        if let Some(note) = self.download.take() {
            self.put(format_args!("<span class=\"file\">{note}</span>"));
        }
    }

    /// Marks a link to a page with the page's kind.
    fn mark_page(&mut self, link: u32) {
        let Some((links, _)) = self.setting.links else { return };
        if let Link::Page(page, _) = links[link as usize] {
            self.mark(page, How::Written);
            if self.setting.body.tables.links[link as usize].by == By::BareName {
                self.mark_language(page);
            }
        }
    }

    /// Marks a link to a page with the page's kind, and how it came to be.
    pub(super) fn mark(&mut self, page: PageId, how: How) {
        let Some((_, spelling)) = self.setting.links else { return };
        let kind = &spelling.guide.config.kinds[spelling.guide.pages.kind(page)].name;
        let mark = [" class=\"", kind, "\" data-link=\"", how.name(), "\""];
        mark.into_iter().for_each(|part| self.out.push_str(part));
    }

    /// Marks a link whose words are a page's name with the language that the page is of: the term `feedback` is English.
    pub(super) fn mark_language(&mut self, page: PageId) {
        let Some((_, spelling)) = self.setting.links else { return };
        let of = self.edition.map(|edition| edition.of);
        if let Some(lang) = spelling.guide.pages.own_lang(page)
            && of.is_some_and(|of| spelling.guide.lang_of(of) != lang)
        {
            self.attribute("lang", lang);
        }
    }

    /// Writes a link with its page's title for text; answers the event before the one that closes it.
    pub(super) fn titled_link(&mut self, link: u32, at: u32) -> u32 {
        self.open_link(link);
        let Some((links, spelling)) = self.setting.links else { return at };
        let Link::Page(page, _) = links[link as usize] else { return at };
        let title = typography::apply(self.setting.language, spelling.guide.pages[page].title());
        self.escape(&title);
        self.setting.body.close_of(at) - 1
    }

    pub(super) fn close_link(&mut self, link: u32) {
        if self.leads(link) {
            self.tell_download();
            self.links -= 1;
            self.out.push_str("</a>");
            self.number(link);
        }
    }

    /// Writes the number of a written link.
    fn number(&mut self, link: u32) {
        if let Some(number) = self.shown.and_then(|shown| shown.number(link)) {
            self.reference(number);
        }
    }

    pub(super) fn open_language(&mut self, tag: u32) {
        let tag = self.setting.body.text(self.setting.body.tables.languages[tag as usize]);
        self.out.push_str("<span");
        self.attribute("lang", tag);
        self.out.push('>');
    }

    pub(super) fn open_html(&mut self, tag_id: u32) {
        let tag = &self.setting.body.tables.html[tag_id as usize];
        self.links += usize::from(tag.name == "a");
        self.put(format_args!("<{}", tag.name));
        let followed = self.setting.body.followed(tag_id);
        for (name, value) in &tag.attributes {
            match value {
                HtmlValue::Text(value) => self.attribute(name, value),
                HtmlValue::Link(link) => {
                    if let Some(href) = self.href(*link) {
                        self.address(name, &href);
                    }
                    if name == "href" {
                        self.mark_page(*link);
                    }
                }
            }
        }
        if tag.name == "img" {
            self.complete_image(tag);
        }
        self.out.push('>');
        if let Some(link) = followed {
            self.announce_download(link);
        }
    }

    pub(super) fn close_html(&mut self, tag: u32) {
        if self.setting.body.followed(tag).is_some() {
            self.tell_download();
        }
        let name = &self.setting.body.tables.html[tag as usize].name;
        self.links -= usize::from(name == "a");
        if !crate::syntax::body::is_void(name) {
            self.put(format_args!("</{name}>"));
        }
        if let Some(link) = self.setting.body.followed(tag) {
            self.number(link);
        }
    }
}
