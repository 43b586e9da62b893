//! Guides of unusual size and shape. What grows with the square of something would take hours here: the bound ends that, and
//! says nothing of what is fast.

use std::time::Duration;

use crate::guide::Guide;

const BOUND: Duration = Duration::from_secs(600);

fn guide() -> Guide {
    Guide::new(&[("guide.yaml", "title: Guide\nbase_url: https://exemple.org/\n"), ("content/index.md", "# Accueil\n")])
}

/// Builds `guide` in bounded time.
fn build(guide: &Guide, what: &str) {
    let ending = guide.run(&[]);
    assert_eq!(ending.status, 0, "{what}: {}", ending.told.chars().take(2_000).collect::<String>());
    assert!(ending.took < BOUND, "{what}: {:?}", ending.took);
}

/// 8 MB: 50 MB are no different, but take 20 seconds and more without optimisation.
#[test]
fn a_page_may_be_very_long() {
    let guide = guide();
    let part =
        "## Une partie\n\nUn *peu* de texte : avec [un lien](index.md), du `code` et une liste ;\n\n- un\n- deux\n\n";
    let text = format!("# Longue\n\n{}", part.repeat(8_000_000 / part.len()));
    guide.write("content/longue.md", &text);
    build(&guide, "8 MB");
    assert!(guide.page("longue/index.html").len() > text.len());
}

#[test]
fn a_folder_may_hold_very_many_pages() {
    let guide = guide();
    for number in 0..5_000 {
        guide.write(&format!("content/fiches/f{number:04}.md"), &format!("# Fiche {number}\n\nVoir [[Fiche 0]].\n"));
    }
    build(&guide, "5,000 pages");
}

#[test]
fn folders_may_be_very_deep() {
    let guide = guide();
    let deep: String = (0..200).map(|level| format!("n{level}/")).collect();
    guide.write(&format!("content/{deep}fond.md"), "# Le fond\n");
    build(&guide, "200 folders");
    assert!(guide.page(&format!("{deep}fond/index.html")).contains("<li>n199</li>"));
}

#[test]
fn markdown_may_be_very_deep_or_strange() {
    let nested_list: String = (0..300).map(|level| format!("{}- x\n", "  ".repeat(level))).collect();
    let many = 30_000;
    let shapes = [
        ("quotes", ">".repeat(many) + " x"),
        ("list on one line", "- ".repeat(many) + "x"),
        ("list", nested_list),
        ("brackets", "[".repeat(many)),
        ("links", "[a](".repeat(many)),
        ("images", "![".repeat(many)),
        ("emphasis", "*a _b ".repeat(many)),
        ("code", (1..400).map(|length| "`".repeat(length) + " ").collect()),
        ("elements", "<b>".repeat(many)),
        ("spans", "<span>".repeat(many) + &"</i>".repeat(many)),
        ("items", "<ul><li>".repeat(many)),
        ("blocks", "<div>\n\n".repeat(many)),
        ("closing", "x </b>".repeat(many)),
        ("comments", "<!-- ".repeat(many)),
        ("table", format!("|{0}\n|{1}\n{2}", "a|".repeat(500), "-|".repeat(500), "|x\n".repeat(many))),
        ("notes", (0..many).map(|note| format!("a[^{note}]\n\n[^{note}]: b\n\n")).collect()),
        ("headings", "## Pareil\n\n".repeat(many)),
        ("entities", "&amp;&#x41;".repeat(many)),
        ("names", "[[a|b]] ".repeat(many)),
    ];
    for (what, text) in shapes {
        let guide = guide();
        guide.write("content/page.md", &format!("# Page\n\n{text}\n"));
        let ending = guide.run(&[]);
        assert!(matches!(ending.status, 0 | 1), "{what}: status {}: {}", ending.status, ending.told);
        assert!(ending.took < BOUND, "{what}: {:?}", ending.took);
    }
}

#[test]
fn names_may_be_written_in_either_form_of_unicode() {
    let guide = guide();
    guide.write("content/re\u{301}union/e\u{301}te\u{301}.md", "# Été\n\n![Vu](vue\u{301}.svg)\n");
    guide.write("content/re\u{301}union/vue\u{301}.svg", "<svg/>");
    guide.write("content/page.md", "# Page\n\nVoir [l’été](r\u{e9}union/\u{e9}t\u{e9}.md).\n");
    build(&guide, "NFD");
    assert!(guide.page("page/index.html").contains("href=\"/reunion/ete/\""));
    let site = crate::links::Site::read(&guide.site(), "https://exemple.org/");
    assert_eq!(site.faults(), Vec::<String>::new());
}

#[test]
fn content_alone_is_a_guide_and_a_folder_without_any_is_none() {
    let guide = Guide::new(&[("content/page.md", "# Page\n")]);
    build(&guide, "no guide.yaml");
    assert!(guide.page("index.html").contains("href=\"/page/\""), "a home page is made");
    let nothing = Guide::new(&[("lisez-moi.txt", "rien")]);
    assert_eq!(nothing.run(&[]).status, 2);
    let empty = Guide::new(&[("guide.yaml", "title: Vide\nbase_url: https://exemple.org/\n")]);
    build(&empty, "no content");
}
