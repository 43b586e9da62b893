//! The writer against the specifications, and what guides write beyond them.

mod guide;
mod laws;

use std::sync::Arc;

use super::{Setting, Writer};
use crate::id::Id;
use crate::language::{Language, Tongue};
use crate::markup::spec_examples::{Example, commonmark, github};
use crate::memo::Memo;
use crate::syntax::body::{Body, Dialect, Input};

/// The HTML of `markdown`.
fn html(markdown: &str, dialect: Dialect) -> String {
    let text: Arc<str> = markdown.into();
    let input = Input { file: Id::nth(0), text: &text, range: 0..text.len(), dialect };
    let (body, _) = Body::parse(&input);
    let end = u32::try_from(body.events.len()).unwrap();
    let memo = Memo::new();
    let mut writer = Writer::new(Setting {
        body: &body,
        links: None,
        language: Language::French,
        tongue: Tongue::French,
        dialect,
        prefix: String::new(),
        memo: &memo,
    });
    let flow = writer.write(0..end);
    flow + &writer.write_notes()
}

/// The examples whose HTML is another, with both; by their numbers.
fn unequal(examples: &[Example]) -> Vec<(usize, String)> {
    let told = |example: &Example| {
        let found = html(&example.markdown, Dialect::CommonMark);
        let text = format!("{}\n── expected ──\n{}\n── found ──\n{found}", example.markdown, example.html);
        (found != example.html).then_some((example.number, text))
    };
    examples.iter().filter_map(told).collect()
}

#[track_caller]
fn check_unequal(examples: &[Example], expected: &[usize]) {
    let unequal = unequal(examples);
    let numbers: Vec<usize> = unequal.iter().map(|(number, _)| *number).collect();
    let texts: Vec<&str> =
        unequal.iter().filter(|(number, _)| !expected.contains(number)).map(|(_, text)| text.as_str()).collect();
    assert!(numbers == expected, "unequal: {numbers:?}\n{}", texts.join("\n"));
}

#[test]
fn commonmark_is_read_as_its_specification_says() {
    // `[[…]]` is a link by name, which the specification reads as brackets round a link.
    check_unequal(&commonmark(), &[548, 559, 590]);
}

#[test]
fn github_extensions() {
    // These suites and GitHub's specification spell the same elements differently.
    const SPELLINGS: [(&str, &str); 6] = [
        ("style=\"text-align: left\"", "align=\"left\""),
        ("style=\"text-align: center\"", "align=\"center\""),
        ("style=\"text-align: right\"", "align=\"right\""),
        ("<tbody></tbody>\n", ""),
        ("<input disabled=\"\" type=\"checkbox\"/>\n", "<input disabled=\"\" type=\"checkbox\" /> "),
        (
            "<input disabled=\"\" type=\"checkbox\" checked=\"\"/>\n",
            "<input checked=\"\" disabled=\"\" type=\"checkbox\" /> ",
        ),
    ];
    let as_specified = |mut example: Example| {
        for (suite, specification) in SPELLINGS {
            example.html = example.html.replace(suite, specification);
        }
        example
    };
    let examples: Vec<Example> = github().into_iter().map(as_specified).collect();
    check_unequal(&examples, &[]);
}
