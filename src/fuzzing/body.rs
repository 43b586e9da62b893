//! What holds of a text alone, as HTML.

use std::sync::Arc;

use pulldown_cmark::{Event as Read, Options, Parser};

use crate::id::Id;
use crate::language::{Language, Tongue};
use crate::markup::html::{Setting, Writer};
use crate::memo::Memo;
use crate::syntax::body::{Body, Dialect, Event, Input};
use crate::tags::{self, Scope};

pub(super) fn holds(text: &Arc<str>) {
    let input = Input { file: Id::nth(0), text, range: 0..text.len(), dialect: Dialect::Guide };
    let (body, faults) = Body::parse(&input);
    balanced(&body);
    for span in faults.iter().filter_map(|fault| fault.span).chain(body.tables.links.iter().map(|link| link.span)) {
        assert!(text.get(span.range()).is_some(), "{span:?}");
    }
    let html = written(&body);
    let tags = tags::read(&html, Scope::Piece);
    assert!(tags.wrong.is_empty(), "{:?}\n{html}", tags.wrong);
    assert!(!html.contains('\0'), "a NUL\n{html}");
    keeps_its_words(text, &tags.text);
    assert_eq!(html, written(&Body::parse(&input).0), "another time it is another");
}

/// What opens is closed, in the order in which it must be.
fn balanced(body: &Body) {
    let mut open = Vec::new();
    for event in &body.events {
        match *event {
            Event::Open(element) => open.push(element),
            Event::Close(element) => assert_eq!(open.pop(), Some(element)),
            Event::Text(text) | Event::Code(text) | Event::Verbatim(text) => assert!(body.text(text).len() <= 1 << 31),
            _ => {}
        }
    }
    assert_eq!(open, []);
}

fn written(body: &Body) -> String {
    let end = u32::try_from(body.events.len()).expect("few events");
    let memo = Memo::new();
    let mut writer = Writer::new(Setting {
        body,
        links: None,
        language: Language::French,
        tongue: Tongue::French,
        dialect: Dialect::Guide,
        prefix: String::new(),
        memo: &memo,
    });
    let flow = writer.write(0..end);
    flow + &writer.write_notes()
}

/// What has a reading of its own here: tags, attributes, names, notes, images, captions.
const OWN: [&str; 7] = ["<", "{", "[[", "[^", "![", "Table", "table"];

/// The letters and digits of a text that is Markdown alone are all there, in their order.
fn keeps_its_words(text: &str, found: &str) {
    if OWN.iter().any(|own| text.contains(own)) {
        return;
    }
    let options = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let options = options | Options::ENABLE_GFM | Options::ENABLE_DEFINITION_LIST;
    let mut found = found.chars();
    for event in Parser::new_ext(text, options) {
        let (Read::Text(words) | Read::Code(words)) = event else { continue };
        for letter in words.chars().filter(|c| c.is_alphanumeric()) {
            assert!(found.any(|c| c == letter), "`{letter}` of `{words}` is lost");
        }
    }
}
