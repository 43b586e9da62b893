//! What holds for the HTML of every text.

use proptest::prelude::{ProptestConfig, Strategy, prop, proptest};
use proptest::prop_assert_eq;

use super::{Dialect, html};
use crate::tags::{Scope, read};

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
        prop_assert_eq!(read(&html, Scope::Piece).wrong, Vec::<String>::new(), "{}", html);
    }

    #[test]
    fn the_html_of_any_characters_is_well_formed(text in "[\\PC\n]{0,120}") {
        let html = html(&text, Dialect::Guide);
        prop_assert_eq!(read(&html, Scope::Piece).wrong, Vec::<String>::new(), "{}", html);
    }
}
