//! Pages of one form: what a template makes of them is the same but for their own texts.
//!
//! A built-in template shows a page's texts, or looks whether there is one; it never asks what they say. What else it may ask
//! (kinds, languages, numbers, which texts there are) is the page's form. So each form is rendered once, with marks in place
//! of texts, and every page of that form is its text with the page's own ones in their places. The guide's own templates may ask
//! for anything, so their pages are rendered one by one; and so are pages that show the guide as a whole, of which there are few.

use std::mem;
use std::sync::{Arc, PoisonError, RwLock};

use rustc_hash::FxHashMap;
use tera::Value;

use super::known::Known;
use super::listed::Listed;
use super::view::{Html, Link};
use crate::put;

/// How many forms are kept at most, and of how many texts: pages of others are hardly alike.
const MOST: usize = 500;
const MOST_TEXTS: usize = 500;

/// What stands around the number of a text in place of it: no characters, and meant for such use.
pub(super) const MARK: [char; 2] = ['\u{fdd0}', '\u{fdd1}'];

/// The forms of pages, as they were rendered.
#[derive(Default)]
pub(super) struct Forms(RwLock<FxHashMap<Vec<u8>, Arc<Form>>>);

/// What pages of one form have in common.
pub(super) struct Form {
    text: String,
    gaps: Vec<Gap>,
}

/// A place in it for a part of one of a page's own texts.
struct Gap {
    at: usize,
    text: usize,
    part: usize,
}

/// A view, parted into its form and its own texts.
pub(super) struct Parted<V> {
    key: Vec<u8>,
    texts: Vec<Text>,
    /// What is left.
    view: V,
}

/// What is walked through to be parted.
pub(super) trait Walked {
    /// Tells all that templates may ask it for.
    fn walk(&mut self, walk: &mut Walk);
}

/// A text of a page's own.
enum Text {
    Plain(String),
    Html(String),
    /// A title, where it leads, and its language.
    Link(Known<Link>),
    /// Finished, and shared by many pages.
    Shared(Value),
}

impl Forms {
    /// The form of a view, from before, else as `render` makes it of the view with marks in place of texts.
    pub(super) fn of<V: Walked, E>(
        &self,
        parted: &mut Parted<V>,
        render: impl FnOnce(&V) -> Result<String, E>,
    ) -> Result<Arc<Form>, E> {
        let known = self.0.read().unwrap_or_else(PoisonError::into_inner).get(&parted.key).map(Arc::clone);
        if let Some(form) = known {
            return Ok(form);
        }
        let form = Arc::new(Form::read(&render(parted.marked())?));
        let mut forms = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if forms.len() < MOST && parted.texts.len() <= MOST_TEXTS {
            forms.insert(mem::take(&mut parted.key), Arc::clone(&form));
        }
        Ok(form)
    }
}

impl Form {
    /// What was rendered with marks.
    fn read(html: &str) -> Form {
        let mut pieces = html.split(MARK[0]);
        let mut form = Form { text: pieces.next().unwrap_or_default().to_owned(), gaps: Vec::new() };
        for piece in pieces {
            let marked = piece.split_once(MARK[1]).and_then(|(mark, after)| {
                let (text, part) = mark.split_once('.')?;
                Some((Gap { at: form.text.len(), text: text.parse().ok()?, part: part.parse().ok()? }, after))
            });
            match marked {
                Some((gap, after)) => {
                    form.gaps.push(gap);
                    form.text.push_str(after);
                }
                None => {
                    form.text.push(MARK[0]);
                    form.text.push_str(piece);
                }
            }
        }
        form
    }

    /// It with the texts of a view.
    pub(super) fn fill<V>(&self, Parted { texts, .. }: &Parted<V>) -> String {
        let own = |gap: &Gap| texts.get(gap.text).map_or(("", true), |text| text.part(gap.part));
        let size = self.gaps.iter().map(|gap| own(gap).0.len()).sum::<usize>();
        let mut html = String::with_capacity(self.text.len() + size + size / 64);
        let mut from = 0;
        for gap in &self.gaps {
            html.push_str(&self.text[from..gap.at]);
            match own(gap) {
                (text, true) => html.push_str(text),
                (text, false) => put::attribute(&mut html, text),
            }
            from = gap.at;
        }
        html.push_str(&self.text[from..]);
        html
    }
}

impl Text {
    /// A part of it, and whether that is finished.
    fn part(&self, part: usize) -> (&str, bool) {
        match self {
            Text::Plain(text) => (text, false),
            Text::Html(html) => (html, true),
            Text::Link(link) => match part {
                0 => (&link.title, false),
                1 => (link.url.as_deref().unwrap_or_default(), false),
                _ => (link.lang.as_deref().unwrap_or_default(), false),
            },
            Text::Shared(value) => (value.as_str().unwrap_or_default(), true),
        }
    }

    /// What stands for a part of the text of this number, where there is one.
    fn mark(&self, text: usize, part: usize) -> Option<String> {
        if self.part(part).0.is_empty() {
            return None;
        }
        let mut mark = String::with_capacity(16);
        mark.push(MARK[0]);
        mark.push_str(itoa::Buffer::new().format(text));
        mark.push('.');
        mark.push_str(itoa::Buffer::new().format(part));
        mark.push(MARK[1]);
        Some(mark)
    }
}

impl<V: Walked> Parted<V> {
    /// The parts of a view for `template`.
    pub(super) fn of(template: &str, mut view: V) -> Parted<V> {
        let mut walk = Walk { key: Vec::with_capacity(256), texts: Vec::with_capacity(64), marked: None };
        walk.said(template);
        view.walk(&mut walk);
        Parted { key: walk.key, texts: walk.texts, view }
    }

    /// The view with marks in place of texts.
    pub(super) fn marked(&mut self) -> &V {
        let mut walk = Walk { key: Vec::new(), texts: mem::take(&mut self.texts), marked: Some(0) };
        self.view.walk(&mut walk);
        self.texts = walk.texts;
        &self.view
    }
}

/// A walk through all that a view says, which takes the texts and tells the rest, or marks where the texts were.
pub(super) struct Walk {
    key: Vec<u8>,
    texts: Vec<Text>,
    /// The number of the next text to mark.
    marked: Option<usize>,
}

impl Walk {
    pub(super) fn number(&mut self, number: usize) {
        match u8::try_from(number) {
            Ok(few) if few < u8::MAX => self.key.push(few),
            _ => {
                self.key.push(u8::MAX);
                self.key.extend_from_slice(&number.to_le_bytes());
            }
        }
    }

    pub(super) fn flag(&mut self, is: bool) {
        self.key.push(u8::from(is));
    }

    /// Something that templates ask for.
    pub(super) fn said(&mut self, text: &str) {
        self.number(text.len());
        self.key.extend_from_slice(text.as_bytes());
    }

    fn own(&mut self, text: &mut String, of: fn(String) -> Text) {
        if let Some(at) = &mut self.marked {
            *text = self.texts[*at].mark(*at, 0).unwrap_or_default();
            *at += 1;
        } else {
            self.flag(text.is_empty());
            self.texts.push(of(mem::take(text)));
        }
    }

    pub(super) fn text(&mut self, text: &mut String) {
        self.own(text, Text::Plain);
    }

    pub(super) fn html(&mut self, html: &mut Html) {
        self.own(&mut html.0, Text::Html);
    }

    pub(super) fn link(&mut self, link: &mut Known<Link>) {
        if let Some(at) = &mut self.marked {
            let mark = |part| self.texts[*at].mark(*at, part);
            *link = Link { title: mark(0).unwrap_or_default(), url: mark(1), lang: mark(2) }.into();
            *at += 1;
        } else {
            let [url, lang] = [&link.url, &link.lang].map(|text| text.as_ref().is_none_or(String::is_empty));
            self.key.push(u8::from(link.title.is_empty()) | u8::from(url) << 1 | u8::from(lang) << 2);
            self.texts.push(Text::Link(link.clone()));
        }
    }

    /// Finished text that many share.
    pub(super) fn shared(&mut self, value: &mut Value) {
        if let Some(at) = &mut self.marked {
            *value = Value::safe_string(&self.texts[*at].mark(*at, 0).unwrap_or_default());
            *at += 1;
        } else {
            let text = Text::Shared(value.clone());
            self.flag(text.part(0).0.is_empty());
            self.texts.push(text);
        }
    }

    pub(super) fn list<T>(&mut self, list: &mut [T], each: impl Fn(&mut Walk, &mut T)) {
        self.number(list.len());
        list.iter_mut().for_each(|item| each(self, item));
    }

    pub(super) fn option<T>(&mut self, option: &mut Option<T>, each: impl Fn(&mut Walk, &mut T)) {
        self.list(option.as_mut_slice(), each);
    }

    /// A finished list, of which templates ask whether it holds `most` items.
    pub(super) fn listed<T>(&mut self, Listed { count, html, items: _ }: &mut Listed<T>, most: usize) {
        self.number((*count).min(most));
        self.html(html);
    }
}
