//! Raw HTML through the allow-list, as balanced events.

use std::cell::RefCell;
use std::ops::Range;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use rustc_hash::FxHashSet;

use super::allow::{ALLOWED, ends, holds, is_address, is_block, is_player, is_void};
use super::build::Builder;
use super::{Element, HtmlTag, HtmlValue, Purpose};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::source::Span;

/// How many open elements a tag is compared with: more are no page, and would take long.
const REACH: usize = 256;

/// An element in a line of text whose content is left out.
pub(super) struct Hollow {
    name: String,
    /// How many Markdown elements were opened in it.
    depth: usize,
}

/// The links that are open: one holds no other.
#[derive(Default)]
pub(super) struct Links {
    /// Those of Markdown.
    pub(super) written: usize,
    /// Those of Markdown in them, of which only the words are kept.
    pub(super) bare: usize,
    /// Those of raw HTML: their tags, and what each becomes where it can be no link.
    raw: Vec<(u32, &'static str)>,
    /// Tags that are no links for what is in them.
    undone: FxHashSet<u32>,
}

impl Links {
    pub(super) fn open(&mut self, element: Element) {
        self.written += usize::from(matches!(element, Element::Link(_)));
    }

    pub(super) fn close(&mut self, element: Element) {
        match element {
            Element::Link(_) => self.written -= 1,
            Element::Html(tag) if self.raw.last().is_some_and(|(raw, _)| *raw == tag) => drop(self.raw.pop()),
            _ => {}
        }
    }
}

/// Whether an event was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Skipped {
    Yes,
    No,
}

/// Whether `html` is the end tag of `name`.
fn ends_element(html: &str, name: &str) -> bool {
    let named = html.strip_prefix("</").and_then(|rest| rest.get(..name.len()));
    named.is_some_and(|named| named.eq_ignore_ascii_case(name))
}

/// What the tokenizer hands out.
enum Piece {
    Tag(Tag),
    Text(String),
    /// A tag or comment that the text's end cuts off.
    CutOff,
}

/// The pieces of one stretch of raw HTML, in order.
#[derive(Default)]
struct Pieces {
    found: RefCell<Vec<Piece>>,
}

impl TokenSink for Pieces {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut found = self.found.borrow_mut();
        match token {
            Token::TagToken(tag) => {
                let raw = (tag.kind == TagKind::StartTag).then(|| raw_kind(&tag.name)).flatten();
                found.push(Piece::Tag(tag));
                if let Some(raw) = raw {
                    return TokenSinkResult::RawData(raw);
                }
            }
            Token::CharacterTokens(text) => match found.last_mut() {
                Some(Piece::Text(before)) => before.push_str(&text),
                _ => found.push(Piece::Text(text.to_string())),
            },
            Token::ParseError(words) if words.contains("EOF") => found.push(Piece::CutOff),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// How the content of an element that holds no elements is read.
fn raw_kind(element: &str) -> Option<RawKind> {
    match element {
        "script" => Some(RawKind::ScriptData),
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(RawKind::Rawtext),
        "title" | "textarea" => Some(RawKind::Rcdata),
        _ => None,
    }
}

fn tokenize(html: &str) -> Vec<Piece> {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(html));
    let tokenizer = Tokenizer::new(Pieces::default(), TokenizerOpts::default());
    while !queue.is_empty() {
        // It stops early only for scripts, which `Pieces` never asks it to.
        drop(tokenizer.feed(&queue));
    }
    tokenizer.end();
    tokenizer.sink.found.take()
}

impl Builder<'_> {
    /// Adds what the allow-list lets through of `html`, which stands at `range` in the source.
    pub(super) fn raw_html(&mut self, html: &str, range: Range<usize>) {
        let mut at = range.start;
        let mut hollow: Option<Tag> = None;
        for piece in tokenize(html) {
            match piece {
                Piece::Text(text) if hollow.is_none() => self.verbatim(&text),
                Piece::Text(_) => {}
                Piece::CutOff => self.cut_off(at..range.end),
                Piece::Tag(tag) => {
                    let span = self.tag_span(&tag, at..range.end);
                    at = span.range().end;
                    if let Some(outer) = &hollow {
                        if tag.kind == TagKind::EndTag && tag.name == outer.name {
                            hollow = None;
                        }
                    } else if tag.kind == TagKind::EndTag {
                        self.end_tag(&tag.name, span);
                    } else if ALLOWED.element(&tag.name) {
                        self.start_tag(&tag, span);
                    } else {
                        self.removed_element(&tag.name, span);
                        hollow = ALLOWED.hollow(&tag.name).then_some(tag);
                    }
                }
            }
        }
    }

    /// The same for one tag in a line of text.
    pub(super) fn raw_tag(&mut self, html: &str, range: Range<usize>) {
        self.raw_html(html, range);
        if let [Piece::Tag(tag)] = &tokenize(html)[..]
            && tag.kind == TagKind::StartTag
            && ALLOWED.hollow(&tag.name)
        {
            self.hollow = Some(Hollow { name: tag.name.to_string(), depth: 0 });
        }
    }

    /// Leaves out what an element that may not stand holds in a line of text, up to its end tag or the line's.
    pub(super) fn skip_hollow(&mut self, event: &pulldown_cmark::Event<'_>) -> Skipped {
        let Some(hollow) = &mut self.hollow else { return Skipped::No };
        match event {
            pulldown_cmark::Event::Start(_) => hollow.depth += 1,
            pulldown_cmark::Event::End(_) if hollow.depth > 0 => hollow.depth -= 1,
            pulldown_cmark::Event::End(_) => {
                self.hollow = None;
                return Skipped::No;
            }
            // An end tag within an element that is skipped would leave that element's end alone.
            pulldown_cmark::Event::InlineHtml(html) if hollow.depth == 0 && ends_element(html, &hollow.name) => {
                self.hollow = None;
            }
            _ => {}
        }
        Skipped::Yes
    }

    /// Reports a tag that never ends, and takes what follows with it.
    fn cut_off(&mut self, range: Range<usize>) {
        let rest = &self.input.text[range.clone()];
        let start = range.start + rest.rfind('<').unwrap_or(0);
        let line = self.input.text[start..range.end].lines().next().unwrap_or_default();
        let span = Span::new(self.input.file, start..start + line.len());
        let message = say!(
            "Boussole retire ce que `<` ouvre ici, avec le texte qui suit\u{a0}: rien ne le ferme",
            "Boussole removes what `<` opens here, with the text that follows: nothing ends it"
        );
        self.faults.push(Diagnostic::new(Code::RemovedHtml, span, message).help(say!(
            "fermez la balise par `>`, ou écrivez `\\<` si ce n’en est pas une",
            "end the tag with `>`, or write `\\<` if it is none"
        )));
    }

    /// Where the tag's opening bracket and name stand: the next such text in `range`.
    fn tag_span(&self, tag: &Tag, range: Range<usize>) -> Span {
        let slash = if tag.kind == TagKind::EndTag { "</" } else { "<" };
        // A byte that no name holds is told as another character.
        let wanted = format!("{slash}{}", tag.name.split('\u{FFFD}').next().unwrap_or_default());
        let source = &self.input.text.as_bytes()[range.clone()];
        let found = source
            .windows(wanted.len())
            .position(|window| window.eq_ignore_ascii_case(wanted.as_bytes()))
            .map_or(range.start..range.start, |at| range.start + at..range.start + at + wanted.len());
        Span::new(self.input.file, found)
    }

    fn start_tag(&mut self, tag: &Tag, span: Span) {
        let name: &str = &tag.name;
        if self.is_in_line() && is_block(name) {
            return self.block_in_line(name, span);
        }
        self.end_siblings(name);
        if name == "a" {
            if self.links.written > 0 {
                self.removed.push(name.to_owned());
                return self.faults.push(link_in_link(span));
            }
            self.unlink_around(span.range());
        }
        let mut attributes = Vec::with_capacity(tag.attrs.len());
        for attribute in &tag.attrs {
            let key: &str = &attribute.name.local;
            if !ALLOWED.attribute(name, key) {
                self.removed_attribute(name, key, span);
            } else if is_player(name) && is_address(key) && leads_outside(&attribute.value) {
                self.faults.push(foreign_player(name, span));
            } else if is_address(key) {
                let purpose = if key == "href" || key == "cite" { Purpose::Follow } else { Purpose::Show };
                let link = self.html_link(attribute.value.trim(), purpose, span);
                attributes.push((key.to_owned(), HtmlValue::Link(link)));
            } else {
                attributes.push((key.to_owned(), HtmlValue::Text(attribute.value.to_string())));
            }
        }
        if name == "img" && !tag.attrs.iter().any(|attribute| &*attribute.name.local == "alt") {
            self.faults.push(super::refine::missing_alternative(span).help(say!(
                "ajoutez `alt=\"…\"` avec ce qu’elle montre, ou `alt=\"\"` si elle ne fait que décorer",
                "add `alt=\"…\"` with what it shows, or `alt=\"\"` if it only decorates"
            )));
        }
        self.tables.html.push(HtmlTag { name: name.to_owned(), attributes });
        let index = u32::try_from(self.tables.html.len() - 1).expect("a body has fewer than four billion tags");
        let instead = if self.is_in_line() { "span" } else { "div" };
        self.open(Element::Html(index));
        if name == "a" {
            self.links.raw.push((index, instead));
        }
        if is_void(name) {
            self.close();
        }
    }

    /// Makes no links of the raw ones in which a link stands at `range`.
    pub(super) fn unlink_around(&mut self, range: Range<usize>) {
        for (tag, instead) in std::mem::take(&mut self.links.raw) {
            let HtmlTag { name, attributes } = &mut self.tables.html[tag as usize];
            instead.clone_into(name);
            attributes.clear();
            self.links.undone.insert(tag);
            self.faults.push(link_in_link(Span::new(self.input.file, range.clone())));
        }
    }

    /// Whether a paragraph or heading of Markdown is open, or emphasis or a link in a list item without paragraphs: they
    /// hold no blocks.
    fn is_in_line(&self) -> bool {
        let around =
            |is_passed: fn(&Element) -> bool| self.open.iter().rev().take(REACH).find(|element| !is_passed(element));
        let markup = around(|element| matches!(element, Element::Html(_)));
        let block = around(|element| element.is_inline());
        markup.is_some_and(|element| element.is_inline())
            || matches!(block, Some(Element::Paragraph(_) | Element::Heading(_)))
    }

    fn block_in_line(&mut self, name: &str, span: Span) {
        self.removed.push(name.to_owned());
        let message = say!(
            "Boussole retire la balise `<{name}>`, car elle est au milieu d’un paragraphe",
            "Boussole removes the tag `<{name}>`, as it is in the middle of a paragraph"
        );
        self.faults.push(Diagnostic::new(Code::RemovedHtml, span, message).help(say!(
            "commencez-la en début de ligne, après une ligne vide",
            "begin it at the start of a line, after an empty line"
        )));
    }

    /// Closes what the start of `name` ends: a paragraph, the list item or table cell before it.
    pub(super) fn end_siblings(&mut self, name: &str) {
        let nearest = self.open.len().saturating_sub(REACH);
        for depth in (nearest..self.open.len()).rev() {
            let Element::Html(index) = self.open[depth] else { return };
            let earlier = &self.tables.html[index as usize].name;
            if ends(earlier, name) {
                return (depth..self.open.len()).for_each(|_| self.close());
            }
            if holds(earlier, name) {
                return;
            }
        }
    }

    fn end_tag(&mut self, name: &str, span: Span) {
        if is_void(name) {
            return;
        }
        if let Some(at) = self.removed.iter().rposition(|removed| removed == name) {
            self.removed.remove(at);
            return;
        }
        let opened = |element: &&Element| matches!(element, Element::Html(_));
        let within = self.open.iter().rev().take(REACH).take_while(opened);
        let named = |element: &Element| match element {
            Element::Html(index) if self.links.undone.contains(index) => name == "a",
            Element::Html(index) => self.tables.html[*index as usize].name == name,
            _ => false,
        };
        match within.clone().position(named) {
            Some(depth) => (0..=depth).for_each(|_| self.close()),
            None => self.faults.push(
                Diagnostic::new(
                    Code::RemovedHtml,
                    span,
                    say!(
                        "Boussole retire la balise `</{name}>`, car elle ne ferme rien",
                        "Boussole removes the tag `</{name}>`, as it closes nothing"
                    ),
                )
                .help(say!(
                    "ouvrez `<{name}>` dans le même paragraphe, ou supprimez cette balise",
                    "open `<{name}>` in the same paragraph, or delete this tag"
                )),
            ),
        }
    }

    fn removed_element(&mut self, name: &str, span: Span) {
        self.removed.push(name.to_owned());
        let message = say!(
            "Boussole retire la balise `<{name}>`, qu’il n’accepte pas",
            "Boussole removes the tag `<{name}>`, which it does not accept"
        );
        self.faults.push(Diagnostic::new(Code::RemovedHtml, span, message).help(match name {
            "iframe" | "embed" | "object" => {
                say!("faites plutôt un lien vers ce qu’elle montre", "link to what it shows instead")
            }
            "h1" => say!("commencez ce titre par `##`", "begin this heading with `##`"),
            _ => say!(
                "supprimez-la, ou écrivez en Markdown ce que vous vouliez montrer",
                "delete it, or write in Markdown what you wanted to show"
            ),
        }));
    }

    fn removed_attribute(&mut self, element: &str, name: &str, span: Span) {
        let message = say!(
            "Boussole retire `{name}` de la balise `<{element}>`, car il ne l’accepte pas",
            "Boussole removes `{name}` from the tag `<{element}>`, as it does not accept it"
        );
        self.faults.push(
            Diagnostic::new(Code::RemovedHtml, span, message)
                .help(say!("supprimez `{name}` de cette balise", "delete `{name}` from this tag")),
        );
    }
}

fn link_in_link(span: Span) -> Diagnostic {
    let message = say!(
        "ce lien est au milieu d’un autre\u{a0}: Boussole retire la balise `<a>`",
        "this link is in the middle of another: Boussole removes the tag `<a>`"
    );
    Diagnostic::new(Code::RemovedHtml, span, message)
        .help(say!("finissez le premier lien avant de commencer le second", "end the first link before the second"))
}

fn leads_outside(address: &str) -> bool {
    let address = address.trim();
    address.starts_with("//") || address.split(['/', '?', '#']).next().is_some_and(|head| head.contains(':'))
}

fn foreign_player(element: &str, span: Span) -> Diagnostic {
    let message = say!(
        "la balise `<{element}>` joue un fichier d’un autre site\u{a0}: Boussole retire son adresse",
        "the tag `<{element}>` plays a file of another site: Boussole removes its address"
    );
    Diagnostic::new(Code::RemovedHtml, span, message).help(say!(
        "copiez le fichier à côté de la page, ou faites un lien vers l’autre site",
        "copy the file beside the page, or link to the other site"
    ))
}
