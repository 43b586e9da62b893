//! What holds for the HTML of every text.

use std::cell::RefCell;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use proptest::prelude::{ProptestConfig, Strategy, prop, proptest};
use proptest::prop_assert_eq;

use super::{Dialect, html};

/// Elements without an end tag.
const VOID: [&str; 10] = ["br", "hr", "img", "wbr", "col", "area", "source", "track", "input", "link"];

/// What may stand in a page, beside what Markdown makes.
const DANGEROUS: [&str; 8] = ["script", "style", "iframe", "object", "embed", "form", "svg", "math"];

/// Collects what is wrong with the tags of a text.
#[derive(Default)]
struct Tags {
    open: RefCell<Vec<String>>,
    wrong: RefCell<Vec<String>>,
}

impl Tags {
    fn start(&self, tag: &Tag) {
        let name = tag.name.to_string();
        if tag.attrs.iter().any(|attribute| attribute.name.local.starts_with("on") || &*attribute.name.local == "style")
        {
            self.wrong.borrow_mut().push(format!("attributes of <{name}>"));
        }
        if DANGEROUS.contains(&name.as_str()) {
            self.wrong.borrow_mut().push(format!("<{name}>"));
        }
        if name == "p" && self.open.borrow().iter().any(|open| open == "p") {
            self.wrong.borrow_mut().push("<p> in <p>".to_owned());
        }
        if !VOID.contains(&name.as_str()) {
            self.open.borrow_mut().push(name);
        }
    }
}

impl TokenSink for Tags {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => self.start(&tag),
            Token::TagToken(tag) => {
                let open = self.open.borrow_mut().pop();
                if open.as_deref() != Some(&*tag.name) {
                    self.wrong.borrow_mut().push(format!("</{}> closes {open:?}", tag.name));
                }
            }
            Token::ParseError(words) => self.wrong.borrow_mut().push(words.into_owned()),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// What is wrong with `html` as a piece of a page.
fn faults(html: &str) -> Vec<String> {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(html));
    let tokenizer = Tokenizer::new(Tags::default(), TokenizerOpts::default());
    drop(tokenizer.feed(&queue));
    tokenizer.end();
    let mut wrong = tokenizer.sink.wrong.take();
    wrong.extend(tokenizer.sink.open.take().into_iter().map(|open| format!("<{open}> stays open")));
    wrong
}

/// Pieces of which the worst pages are made.
const PIECES: &[&str] = &[
    "a",
    "é ",
    " ",
    "\n",
    "\n\n",
    "    ",
    "\t",
    "# ",
    "## ",
    "- ",
    "1. ",
    "> ",
    "> [!NOTE]\n> ",
    "```\n",
    "~~~",
    "`",
    "*",
    "**",
    "_",
    "~~",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](a.md)",
    "](a.png \"t\")",
    "{.deco}",
    "{lang=en}",
    "]{lang=en}",
    "{.sans-lien}",
    "{#id .c}",
    "[[",
    "]]",
    "[[a|b]]",
    "[^1]",
    "[^1]: ",
    "|",
    "|---|\n",
    "| a | b |\n|---|:-:|\n",
    "Table: ",
    ": ",
    "- [ ] ",
    "---\n",
    "===\n",
    "\\",
    "&amp;",
    "&#0;",
    "&lt;b>",
    "<",
    ">",
    "<b>",
    "</b>",
    "<i class=x>",
    "</i>",
    "<p>",
    "</p>",
    "<div>",
    "</div>\n",
    "<div\n",
    "<ul>",
    "<li>",
    "</ul>",
    "<table>",
    "<tr>",
    "<td>",
    "</table>",
    "<details>",
    "<summary>",
    "</details>",
    "<a href=\"x\" onclick='y'>",
    "</a>",
    "<script>",
    "</script>",
    "<style>",
    "<!-- ",
    "-->",
    "<br/>",
    "<img src=x onerror=y>",
    "<h1>",
    "<svg/onload=x>",
    "\"",
    "'",
];

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..40).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_html_of_any_soup_is_well_formed_and_harmless(text in soup()) {
        let html = html(&text, Dialect::Guide);
        prop_assert_eq!(faults(&html), Vec::<String>::new(), "{}", html);
    }

    #[test]
    fn the_html_of_any_characters_is_well_formed(text in "[\\PC\n]{0,120}") {
        let html = html(&text, Dialect::Guide);
        prop_assert_eq!(faults(&html), Vec::<String>::new(), "{}", html);
    }
}
