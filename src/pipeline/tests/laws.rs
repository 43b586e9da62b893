//! What holds for every guide, however it is written.

mod linking;
mod words;
mod written;

use proptest::prelude::{ProptestConfig, Strategy, any, prop, proptest};
use proptest::{prop_assert, prop_assert_eq};

use super::{findings, prepared, site};
use crate::path::GuidePath;
use crate::pipeline::Prepared;
use crate::source::Sources;

const PAGE: &str = "---\ntitre: Un titre\nsynonymes:\n  - un\n  - deux\nrésumé: |\n  Sur\n  deux lignes\n---\n";

/// Pieces of pages: each a line or a few.
const PIECES: [&str; 22] = [
    "## Théorie\n",
    "## Un titre\n",
    "### Un titre\n",
    "Du texte: oui ! Et « non » ; 10 km.\n",
    "Un lien vers [[B]] et [a](a.md#un-titre).\n",
    "Une ligne  \nsuivie d’une autre\\\net d’une autre.\n",
    "- [ ] à faire\n- [x] fait\n\n  suite\n",
    "1. un\n2. deux\n   - trois\n",
    "| a | b |\n|---|:-:|\n| 1 | [[b\\|c]] |\n",
    "Table : Une légende\n",
    "```rust\nfn main() {}\n\n```\n",
    "    code\n\n    encore\n",
    "> [!NOTE]\n> Une note\n> sur deux lignes\n",
    "> une citation\nparesseuse\n",
    "Une note[^1].\n\n[^1]: La note,\n    en deux lignes.\n",
    "<details>\n<summary>Ouvrir</summary>\n\nDu *texte*.\n\n</details>\n",
    "<div class=\"a\"\n  title=\"b\nc\">x</div>\n",
    "Terme\n: Définition\n",
    "![Une image](a.png \"Sa légende\")\n",
    "[ref]: https://exemple.org/\n  \"titre\"\n\n[x][ref]\n",
    "Du texte. {.sans-lien}\n",
    "Un [mot]{lang=en} `code` et ~~rien~~.\n",
];

fn pages() -> impl Strategy<Value = Vec<String>> {
    let pieces = prop::collection::vec(prop::sample::select(&PIECES[..]), 0..8);
    let page = pieces.prop_map(|pieces| format!("{PAGE}{}", pieces.join("\n")));
    prop::collection::vec(page, 1..4)
}

/// A guide with these pages, each spelled by `spell`.
fn guide(pages: &[String], spell: impl Fn(&str) -> Vec<u8>) -> Sources {
    let names = ["a.md", "b.md", "dossier/c.md"].map(|name| GuidePath::new(&format!("content/{name}")).unwrap());
    let written = names.into_iter().zip(pages).map(|(path, page)| (path, spell(page)));
    let image = (GuidePath::new("content/a.png").unwrap(), b"\x89PNG\r\n".to_vec());
    let (sources, faults) = Sources::in_memory(written.chain([image]));
    assert!(faults.is_empty(), "{faults:?}");
    sources
}

fn messages(sources: &Sources) -> Vec<String> {
    let places = findings(sources, &[]).found.into_iter();
    places.map(|finding| format!("{:?} {:?}", finding.diagnostic.span, finding.diagnostic.message)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn line_ends_and_byte_order_marks_change_nothing(pages in pages()) {
        let plain = guide(&pages, |page| page.as_bytes().to_vec());
        let windows = guide(&pages, |page| format!("\u{feff}{}", page.replace('\n', "\r\n")).into_bytes());
        prop_assert_eq!(messages(&plain), messages(&windows));
        prop_assert!(site(&plain) == site(&windows));
    }

    #[test]
    fn a_guide_becomes_the_same_site_on_one_thread_and_on_many(pages in pages()) {
        let sources = guide(&pages, |page| page.as_bytes().to_vec());
        let on = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| (messages(&sources), site(&sources)))
        };
        prop_assert!(on(1) == on(4));
    }

    #[test]
    fn the_order_in_which_files_are_found_changes_nothing(pages in pages(), turn in any::<prop::sample::Index>()) {
        let mut files: Vec<(GuidePath, Vec<u8>)> = pages
            .iter()
            .zip(["content/a.md", "content/b.md", "content/dossier/c.md"])
            .map(|(page, path)| (GuidePath::new(path).unwrap(), page.clone().into_bytes()))
            .collect();
        let first = Sources::in_memory(files.clone()).0;
        let turned = turn.index(files.len());
        files.rotate_left(turned);
        let second = Sources::in_memory(files).0;
        prop_assert_eq!(messages(&first), messages(&second));
        prop_assert!(site(&first) == site(&second));
    }

    #[test]
    fn anchors_are_unique_in_their_page(
        titles in prop::collection::vec("(##|###) ([ab -]{0,4}|un|Un|un-2|théorie|contenu|section|[!?.]{1,3})( \\{#(un|un-2|b)\\})?", 0..12)
    ) {
        let text = format!("# Titre\n\n{}\n", titles.join("\n\n"));
        let sources = Sources::in_memory([(GuidePath::new("content/a.md").unwrap(), text.into_bytes())]).0;
        let Prepared { guide, faults, .. } = prepared(&sources, &[]);
        let headings = &guide.pages.as_slice()[0].draft.body.tables.headings;
        let mut anchors: Vec<&str> = headings.iter().map(|heading| heading.anchor.as_str()).collect();
        prop_assert!(anchors.iter().all(|anchor| !anchor.is_empty()));
        anchors.sort_unstable();
        let count = anchors.len();
        anchors.dedup();
        let told = faults.iter().any(|fault| fault.code == crate::diagnostic::Code::DuplicateAnchor);
        prop_assert!(anchors.len() == count || told, "{:?}", headings);
    }
}
