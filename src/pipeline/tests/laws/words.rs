//! What holds of every word that an author writes: readers get it.

use std::collections::BTreeSet;

use proptest::prelude::{ProptestConfig, prop, proptest};
use proptest::prop_assert_eq;

use crate::path::GuidePath;
use crate::pipeline::tests::html::{Element, parse};
use crate::pipeline::tests::site;
use crate::source::Sources;

/// Blocks of a page; where there is an `@` is a word that is nowhere else.
const BLOCKS: [&str; 40] = [
    "@ @.",
    "@: @ ! Et « @ » ; 10 @.",
    "## @",
    "## @ ?",
    "@\n---",
    "## Théorie",
    "## Pratique\n\n@",
    "### @ *@* `@`",
    "#### @ {#ancre-%}",
    "- @\n- @\n\n  @\n    1. @",
    "1. @\n   - @\n2. @",
    "- [ ] @\n- [x] @",
    "> @\n@\n>\n> > @",
    "> [!NOTE]\n> @\n>\n> - @",
    "> [!WARNING] @\n> @",
    "| @ | @ |\n|---|:-:|\n| @ | *@* |\n| [[Autre\\|@]] | @",
    "Table : @\n\n| @ |\n|---|\n| @ |",
    "```rust\nlet @ = \"@\";\n```",
    "~~~\n@\n\n@\n~~~",
    "    @\n\n    @",
    "@[^%].\n\n[^%]: @\n    @\n\n    @",
    "@\n: @\n\n: @\n\n  @",
    "*@* **@** ~~@~~ `@` [@]{lang=en} ***@***",
    "[@](autre.md) [@ *@*](https://exemple.net/ \"Titre\") [[Autre|@]]",
    "<b>@</b> <kbd>@</kbd> <abbr title=\"Titre\">@</abbr> @<br>@",
    "<details>\n<summary>@</summary>\n\n@\n\n</details>",
    "<div>@</div>\n\n@",
    "<table><tr><td>@</td><td>@</td></tr></table>",
    "<p>@<p>@",
    "<ul><li>@<li>@</ul>",
    "<dl><dt>@<dd>@</dl>",
    "<pre>@\n@</pre>",
    "![Un plan](plan.svg \"@\")",
    "@\\\n@  \n@",
    "***\n@ &amp; @ &eacute;@ \\*@\\*",
    "@ {.sans-lien}",
    "[@][ref-%] [@]\n\n[ref-%]: https://exemple.net/",
    "<https://exemple.net/@>",
    "@ [lien](<a b.md> @",
    "\\[[@]] [ @ ] ! @ ~ @ | @",
];

const KINDS: [&str; 8] = ["page", "rôle", "thème", "étape", "coplanification", "question", "article", "terme"];

/// A page's text, and how many words it has of its own.
fn text(blocks: &[&str]) -> (String, usize) {
    let (mut text, mut words) = (String::new(), 0);
    for (at, block) in blocks.iter().enumerate() {
        for piece in block.replace('%', &at.to_string()).split_inclusive('@') {
            match piece.strip_suffix('@') {
                Some(before) => {
                    text += &format!("{before}{}", word(words));
                    words += 1;
                }
                None => text += piece,
            }
        }
        text += "\n\n";
    }
    (text, words)
}

/// A word that is in no other.
fn word(number: usize) -> String {
    format!("mot{number}fin")
}

fn words_of(text: &str) -> BTreeSet<String> {
    let starts = text.match_indices("mot").map(|(at, _)| &text[at..]);
    starts.filter_map(|rest| Some(rest[..rest.find("fin")? + 3].to_owned())).collect()
}

/// A page's own text: its title, and what stands under it.
fn readable(page: &Element) -> String {
    page.all("main").iter().map(|main| main.text()).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_word_is_lost(
        blocks in prop::collection::vec(prop::sample::select(&BLOCKS[..]), 0..10),
        kind in prop::sample::select(&KINDS[..]),
    ) {
        let (text, count) = text(&blocks);
        let files = [
            ("content/page.md", format!("---\ntitre: Page\ngenre: {kind}\n---\n{text}")),
            ("content/autre.md", "# Autre\n".to_owned()),
            ("content/plan.svg", "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 1 1'/>".to_owned()),
        ];
        let files = files.map(|(path, text)| (GuidePath::new(path).unwrap(), text.into_bytes()));
        let site = site(&Sources::in_memory(files).0);
        let made = |path: &str| {
            let bytes = site.iter().find(|(made, _)| made == path).map(|(_, bytes)| bytes.clone());
            String::from_utf8(bytes.unwrap()).unwrap()
        };
        let expected: BTreeSet<String> = (0..count).map(word).collect();
        let page = parse(&made("page/index.html")).unwrap();
        prop_assert_eq!(&words_of(&readable(&page)), &expected, "as HTML: {}", text);
        prop_assert_eq!(&words_of(&made("page/index.txt")), &expected, "as plain text: {}", text);
    }
}

#[test]
fn plain_text_is_set_as_html_is() {
    let text = "Oui! [No!]{lang=en} <kbd>l'a</kbd> l'eau *vive* !\n\n- « l'un »\n\nmot![mis](nulle-part.png)! fin\n";
    let path = GuidePath::new("content/page.md").unwrap();
    let site = site(&Sources::in_memory([(path, text.as_bytes().to_vec())]).0);
    let made = |path: &str| String::from_utf8(site.iter().find(|(made, _)| made == path).unwrap().1.clone()).unwrap();
    let html = readable(&parse(&made("page/index.html")).unwrap());
    assert!(html.contains("motmis\u{202F}! fin"), "{html}");
    for set in ["Oui\u{202F}! No! l'a l’eau vive\u{202F}!", "«\u{A0}l’un\u{A0}»"] {
        assert!(html.contains(set) && made("page/index.txt").contains(set), "{html}\n{}", made("page/index.txt"));
    }
}

#[test]
fn words_are_counted() {
    let (text, count) = text(&["@ *@*", "[^%]: @"]);
    assert_eq!((text.as_str(), count), ("mot0fin *mot1fin*\n\n[^1]: mot2fin\n\n", 3));
    assert_eq!(words_of("un mot1fin, *mot2fin*."), ["mot1fin", "mot2fin"].map(str::to_owned).into());
}
