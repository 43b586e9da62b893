use std::sync::Arc;

use proptest::prelude::{ProptestConfig, Strategy, prop, proptest};
use proptest::{prop_assert, prop_assert_eq};

use super::{Body, Dialect, Element, Event, Input};
use crate::id::Id;

fn parse(text: &str, dialect: Dialect) -> Body {
    let text: Arc<str> = text.into();
    Body::parse(&Input { file: Id::nth(0), text: &text, range: 0..text.len(), dialect }).0
}

/// What is wrong with the order of a body's events.
fn faults(body: &Body) -> Vec<String> {
    let mut open: Vec<Element> = Vec::new();
    let mut wrong = Vec::new();
    for &event in &body.events {
        match event {
            Event::Open(element) => open.push(element),
            Event::Close(element) => match open.pop() {
                Some(last) if last == element => {}
                last => wrong.push(format!("{element:?} closes {last:?}")),
            },
            Event::Text(text) if body.text(text).is_empty() => wrong.push("empty text".to_owned()),
            // Taking a text must not panic.
            Event::Code(text) | Event::Verbatim(text) | Event::Html(text) => drop(body.text(text).to_owned()),
            _ => {}
        }
    }
    wrong.extend(open.into_iter().map(|element| format!("{element:?} stays open")));
    wrong
}

fn soup() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "a",
        "é",
        " ",
        "\n",
        "\n\n",
        "    ",
        "# ",
        "- ",
        "1. ",
        "> ",
        "> [!TIP]\n",
        "```\n",
        "*",
        "**",
        "`",
        "[",
        "]",
        "(",
        ")",
        "!",
        "[^n]",
        "[^n]: ",
        "| a |\n|---|\n",
        "Table : x\n\n",
        "{.deco}",
        "]{lang=en}",
        "{.sans-lien}",
        "[[",
        "]]",
        "![](a \"b\")",
        "\n: ",
        "<b>",
        "</b>",
        "<div>\n",
        "</div>\n\n",
        "<p>",
        "<li>",
        "<details>\n\n",
        "</details>",
        "<script>",
        "</script>",
        "<!--",
        "&copy;",
        "\\",
    ];
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_body_is_balanced(text in soup()) {
        for dialect in [Dialect::Guide, Dialect::CommonMark] {
            prop_assert_eq!(faults(&parse(&text, dialect)), Vec::<String>::new());
        }
    }

    #[test]
    fn headings_and_notes_know_their_content(text in soup()) {
        let body = parse(&text, Dialect::Guide);
        let at = |at: u32| body.events[at as usize];
        for (heading, known) in (0u32..).zip(&body.tables.headings) {
            prop_assert_eq!(at(known.content.start - 1), Event::Open(Element::Heading(heading)));
            prop_assert_eq!(at(known.content.end), Event::Close(Element::Heading(heading)));
        }
        for (note, known) in (0u32..).zip(&body.tables.notes) {
            prop_assert_eq!(at(known.content.start - 1), Event::Open(Element::Note(note)));
            prop_assert_eq!(at(known.content.end), Event::Close(Element::Note(note)));
        }
    }

    #[test]
    fn places_are_in_the_source(text in soup()) {
        let body = parse(&text, Dialect::Guide);
        let headings = body.tables.headings.iter().map(|heading| heading.span);
        let links = body.tables.links.iter().map(|link| link.span);
        for span in headings.chain(links).chain(body.tables.images.iter().map(|image| image.span)) {
            prop_assert!(text.get(span.range()).is_some(), "{:?}", span);
        }
    }
}
