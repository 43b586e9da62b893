//! What pages are linked with: who cites them, series, stages, articles, questions, facets from other files.

use crate::guide::{Guide, bare, between};
use crate::links::Site;

const BASE: &str = "https://exemple.org/g/";

fn guide(files: &[(&str, &str)]) -> Guide {
    let guide = Guide::new(&[("content/index.md", "# Le guide\n")]);
    guide.write("guide.yaml", &format!("title: Guide\nbase_url: {BASE}\n"));
    files.iter().for_each(|(path, text)| guide.write(path, text));
    guide
}

/// A guide with so many pages that cite one.
fn citing(count: usize) -> Guide {
    let guide = guide(&[("content/cible.md", "# Cible\n")]);
    for number in 0..count {
        let text = format!("# Page {number:04}\n\nAvant. Voir [la cible](../cible.md) numéro {number}. Après.\n");
        guide.write(&format!("content/p/p{number:04}.md"), &text);
    }
    guide.build();
    guide
}

fn backlinks(page: &str) -> &str {
    between(page, "<aside class=\"backlinks\">\n", "</aside>")
}

#[test]
fn up_to_fifty_backlinks_tell_their_sentences() {
    let page = citing(50).page("cible/index.html");
    let list = bare(backlinks(&page));
    assert!(list.starts_with("Cité dans\nPages\nPage 0000Voir la cible numéro 0.\nPage 0001"), "{list}");
    assert_eq!(list.matches("Voir la cible").count(), 50);
    let page = citing(51).page("cible/index.html");
    let list = bare(backlinks(&page));
    assert_eq!((list.matches("Page 0").count(), list.matches("Voir la cible").count()), (51, 0));
}

#[test]
fn over_five_hundred_backlinks_go_on_on_pages_of_their_own() {
    let guide = citing(1_100);
    let pages = ["cible", "cible/cite-dans/2", "cible/cite-dans/3"];
    let pages = pages.map(|page| guide.page(&format!("{page}/index.html")));
    let cited = |page: &str| {
        let main = between(page, "<main", "</main>");
        (0..1_100).filter(|number| main.contains(&format!("<a href=\"/g/p/p{number:04}/\">"))).collect::<Vec<usize>>()
    };
    let on_each = pages.each_ref().map(|page| cited(page));
    assert_eq!(on_each.each_ref().map(Vec::len), [500, 500, 100]);
    assert_eq!(on_each.concat(), (0..1_100).collect::<Vec<_>>());
    assert!(pages[0].contains("<p class=\"more\"><a href=\"/g/cible/cite-dans/2/\">La suite</a></p>"));
    assert!(pages[1].contains("<h1>Cible – Cité dans (2)</h1>"));
    let crumbs =
        "<a href=\"/g/\">Accueil</a></li><li><a href=\"/g/cible/\">Cible</a></li><li><span aria-current=\"page\">";
    assert!(pages[1].contains(crumbs));
    let site = Site::read(&guide.site(), BASE);
    assert_eq!((site.faults(), site.unreached()), (Vec::new(), vec!["404.html"]));
}

fn part(title: &str, number: usize) -> String {
    format!("---\ntitle: {title}\nkind: article\nseries: L'année\npart: {number}\n---\n\nUn texte.\n")
}

#[test]
fn a_part_of_a_series_shows_where_it_stands() {
    let parts = [part("Début", 1), part("Milieu", 2), part("Fin", 3)];
    let guide = guide(&[("content/a/c.md", &parts[0]), ("content/a/b.md", &parts[1]), ("content/a/a.md", &parts[2])]);
    guide.build();
    let series = |address: &str| {
        let page = guide.page(&format!("a/{address}/index.html"));
        between(&page, "<nav class=\"series\" aria-label=\"Série\u{a0}: L’année\">\n", "</nav>").to_owned()
    };
    let item = |number: usize, address: &str, title: &str| {
        format!("<li value=\"{number}\"><a href=\"/g/a/{address}/\">{title}</a></li>\n")
    };
    let label = "<p class=\"label\">Série\u{a0}: L’année</p>\n";
    let next = "<a rel=\"next\" href=\"/g/a/a/\"><span>Partie suivante</span> Fin</a>";
    let previous = "<a rel=\"prev\" href=\"/g/a/c/\"><span>Partie précédente</span> Début</a>";
    assert_eq!(
        series("b"),
        format!(
            "{label}<ol>\n{}<li value=\"2\" aria-current=\"page\">Milieu</li>\n{}</ol>\n<p class=\"beside\">{previous} {next}</p>\n",
            item(1, "c", "Début"),
            item(3, "a", "Fin")
        )
    );
    let (first, last) = (series("c"), series("a"));
    assert_eq!((first.matches("rel=\"prev\"").count(), first.matches("rel=\"next\"").count()), (0, 1));
    assert_eq!((last.matches("rel=\"prev\"").count(), last.matches("rel=\"next\"").count()), (1, 0));
}

#[test]
fn a_life_cycle_is_a_drawing_and_a_list() {
    let stage = |title: &str, next: &str| format!("---\ntitle: {title}\nkind: stage\nleads_to: [{next}]\n---\n");
    let guide = guide(&[
        ("content/e/index.md", "# Étapes\n"),
        ("content/e/a.md", &stage("Naître", "Vivre")),
        ("content/e/b.md", &stage("Vivre", "Naître, Vivre")),
        ("content/f/index.md", "# Autres\n"),
        ("content/f/c.md", &stage("Seule", "")),
    ]);
    guide.build();
    let page = guide.page("e/index.html");
    let figure =
        between(&page, "<figure class=\"life-cycle\" role=\"figure\" aria-label=\"Le cycle de vie\">\n", "</figure>");
    assert!(figure.starts_with("<svg ") && figure.ends_with("</ol>\n<figcaption>Le cycle de vie</figcaption>\n"));
    let svg = roxmltree::Document::parse(&figure[..figure.find("</svg>").unwrap() + 6]).unwrap();
    let labels: Vec<&str> = svg.descendants().filter_map(|node| node.text()).collect();
    assert_eq!(labels, ["Naître", "Naître", "Vivre", "Vivre"], "each text, and the line in it");
    assert_eq!(
        between(figure, "<ol>\n", "</ol>"),
        "<li><a href=\"/g/e/a/\">Naître</a> <span>mène à\u{a0}: <a href=\"/g/e/b/\">Vivre</a></span></li>\n\
         <li><a href=\"/g/e/b/\">Vivre</a> <span>mène à\u{a0}: <a href=\"/g/e/a/\">Naître</a></span></li>\n"
    );
    assert!(!guide.page("f/index.html").contains("life-cycle"), "a stage that leads nowhere is no cycle");
    let stages = guide.page("e/b/index.html");
    assert_eq!(
        bare(between(&stages, "<section class=\"stages\">", "</section>")),
        "Avant et après\nÉtapes précédentesNaîtreÉtapes suivantesNaître"
    );
}

fn article(title: &str, more: &str) -> String {
    format!("---\ntitle: \"{title}\"\nkind: article\n{more}---\n\nCe que dit {title}.\n")
}

fn dated() -> Guide {
    guide(&[
        ("content/a/index.md", "# Articles\n"),
        ("content/a/a.md", &article("Ancien & <bon>", "date: 2025-12-31\nauthors: [Awa]\n")),
        ("content/a/b.md", &article("Nouveau", "date: 2026-02-01\nupdated: 2026-02-20\nlang: en\n")),
        ("content/a/c.md", &article("Sans date", "")),
        ("content/a/d.md", "# Une page\n"),
    ])
}

#[test]
fn articles_are_listed_once_by_date() {
    let guide = dated();
    guide.build();
    let page = guide.page("a/index.html");
    let item = |place: &str, title: &str, date: &str, text: &str| {
        format!("<li><a href=\"/g/a/{place}/\">{title}</a>{date}<p>{text}</p></li>\n")
    };
    let old = " <time datetime=\"2025-12-31\">31 décembre 2025</time>";
    let list = between(&page, "<h2>Articles</h2>\n<ul class=\"pages\">\n", "</ul>");
    let new = "<li lang=\"en\"><a href=\"/g/a/b/\">Nouveau</a> <time datetime=\"2026-02-01\" lang=\"fr\">1er février 2026</time>\
               <p>Ce que dit Nouveau.</p></li>\n";
    let expected = [
        new.to_owned(),
        item("a", "Ancien &amp; &lt;bon&gt;", old, "Ce que dit Ancien &amp; ."),
        item("c", "Sans date", "", "Ce que dit Sans date."),
    ];
    assert_eq!(list, expected.concat());
    assert_eq!(
        bare(between(&page, "<section class=\"children\">", "</section>")),
        "Les pages de cette partie\nUne page"
    );
    assert!(guide.page("index.html").contains("<section class=\"articles\">"));
}

#[test]
fn the_feed_holds_the_dated_articles_as_xml() {
    let guide = dated();
    guide.build();
    let text = guide.page("feed.xml");
    let feed = roxmltree::Document::parse(&text).unwrap();
    let root = feed.root_element();
    assert_eq!((root.tag_name().namespace(), root.tag_name().name()), (Some("http://www.w3.org/2005/Atom"), "feed"));
    let text_of = |node: roxmltree::Node<'_, '_>, name: &str| {
        let child = node.children().find(|child| child.has_tag_name(("http://www.w3.org/2005/Atom", name)));
        child.and_then(|child| child.text()).map(str::to_owned).unwrap_or_default()
    };
    assert_eq!(text_of(root, "id"), BASE);
    assert_eq!(text_of(root, "updated"), "2026-02-20T00:00:00Z");
    let entries = root.children().filter(|node| node.tag_name().name() == "entry");
    let told = entries.map(|entry| ["id", "title", "published", "updated", "summary"].map(|name| text_of(entry, name)));
    assert_eq!(
        told.collect::<Vec<_>>(),
        [
            [
                "https://exemple.org/g/a/b/",
                "Nouveau",
                "2026-02-01T00:00:00Z",
                "2026-02-20T00:00:00Z",
                "Ce que dit Nouveau.",
            ],
            [
                "https://exemple.org/g/a/a/",
                "Ancien & <bon>",
                "2025-12-31T00:00:00Z",
                "2025-12-31T00:00:00Z",
                "Ce que dit Ancien & .",
            ],
        ]
    );
    assert!(guide.page("index.html").contains("type=\"application/atom+xml\" title=\"Guide\" href=\"/g/feed.xml\">"));
}

#[test]
fn there_is_no_feed_without_a_full_address_or_a_date() {
    let guide = dated();
    guide.write("guide.yaml", "title: Guide\n");
    assert!(!guide.build().contains_key("feed.xml"));
    assert!(!guide.page("index.html").contains("feed.xml"));
}

#[test]
fn questions_to_answer_together_are_listed_first_and_answered_below() {
    let text = "---\ntitle: Préparer\nkind: coplanning\n---\n\nLe principe.\n\n## Pourquoi *nous* ?\n\nOn dit :\n\n- [ ] un\n- [x] deux\n\n\
                ## Après\n\nLa suite.\n\n## Où ? {#lieu}\n\nRien.\n\n### Quand ?\n\nTôt.\n";
    let guide = guide(&[("content/p.md", text)]);
    guide.build();
    let page = guide.page("p/index.html");
    let narrow = '\u{202f}';
    // What scripts fill in stands between, hidden.
    let (start, rest) = page.split_once("<section class=\"worksheet\"").unwrap();
    let (_, rest) = rest.split_once("</section>\n").unwrap();
    let (answers, _) = rest.split_once("<section class=\"worksheet\"").unwrap();
    let text = format!("{start}{answers}</div>");
    assert_eq!(
        between(&text, "<div class=\"text\">\n", "</div>").replace("\n\n", "\n"),
        format!(
            "<p>Le principe.</p>\n<ol class=\"questions\">\n\
             <li><a href=\"#pourquoi-nous\">Pourquoi nous{narrow}?</a></li>\n<li><a href=\"#lieu\">Où{narrow}?</a></li>\n</ol>\n\
             <section class=\"question\" id=\"pourquoi-nous\">\n<h2>Pourquoi <em>nous</em>{narrow}?</h2>\n<p>On dit\u{a0}:</p>\n\
             <ul class=\"prompts\">\n<li>un</li>\n<li>deux</li>\n</ul>\n</section>\n\
             <h2 id=\"apres\">Après</h2>\n<p>La suite.</p>\n\
             <section class=\"question\" id=\"lieu\">\n<h2>Où{narrow}?</h2>\n<p>Rien.</p>\n\
             <h3 id=\"quand\">Quand{narrow}?</h3>\n<p>Tôt.</p>\n</section>\n"
        )
    );
}

#[test]
fn a_facets_own_file_belongs_to_its_page_and_is_none() {
    let guide = guide(&[
        ("content/r/index.md", "---\ntitle: Rôle\nkind: role\n---\n\nDébut.\n\n## Théorie\n\nPourquoi.\n"),
        (
            "content/r/pratique.md",
            "---\nfacet: pratique\n---\n\nVoir [le guide](../index.md).\n\n### Pas à pas\n\nUn.\n",
        ),
    ]);
    let site = guide.build();
    let page = guide.page("r/index.html");
    let facets: Vec<&str> = page.split("<section class=\"facet\" data-facet=\"").skip(1).collect();
    assert!(
        facets[0].starts_with("theorie\"") && facets[1].starts_with("pratique\" id=\"pratique\">\n<h2>Pratique</h2>")
    );
    assert!(facets[1].contains("<h3 id=\"pratique--pas-a-pas\">Pas à pas</h3>"));
    assert!(!site.keys().any(|path| path.contains("r/pratique")));
    for listed in ["plan-du-site/index.html", "sitemap.xml", "guide.json", "index.html", "r/index.html"] {
        let text = guide.page(listed);
        assert!(!text.contains("r/pratique"), "`{listed}`: {text}");
    }
    let data: serde_json::Value = serde_json::from_str(&guide.page("guide.json")).unwrap();
    let role = data["pages"].as_array().unwrap().iter().find(|page| page["id"] == "r").unwrap();
    assert_eq!(role["facets"][1]["id"], "pratique");
    assert_eq!(role["links"], serde_json::json!([{"to": "index", "how": "written", "facet": "pratique"}]));
    guide.write("content/r/pratique.md", "---\nfacet: pratique\n---\n\nVoir [rien](rien.md).\n");
    let ending = guide.run(&[]);
    assert_eq!(ending.status, 1);
    assert!(ending.told.contains("content/r/pratique.md:5:13"), "{}", ending.told);
}

#[test]
fn what_is_included_keeps_its_source_and_gets_ids_of_its_own() {
    let source = "---\ntitle: Source\n---\n\n## Pratique\n\nFais[^n] ceci.\n\n### Étape {#pas}\n\nVoir [plus haut](#pas).\n\n[^n]: Une note.\n";
    let guide = guide(&[
        ("content/s.md", source),
        ("content/p.md", "# Page\n\n## Partie\n\n### Dedans\n\n![[Source#pratique]]\n\n![[Source#pratique]]\n"),
    ]);
    guide.build();
    let page = guide.page("p/index.html");
    let included: Vec<&str> = page.split("<div class=\"included\" data-source=\"s\">\n").skip(1).collect();
    let expected = |number: usize| {
        format!(
            "<p>Fais<sup class=\"footnote-ref\"><a href=\"#note_p-i{number}-1\" id=\"appel_p-i{number}-1\" role=\"doc-noteref\">1</a></sup> ceci.</p>\n\
             <h4 id=\"inclus{number}--pas\">Étape</h4>\n<p>Voir <a href=\"#inclus{number}--pas\">plus haut</a>.</p>\n\
             <section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Notes\">\n<ol>\n<li id=\"note_p-i{number}-1\">\n<p>Une note. "
        )
    };
    assert_eq!(included.len(), 2);
    for (number, text) in (1..).zip(included) {
        assert!(text.starts_with(&expected(number)), "{text}");
    }
    assert!(!page.contains("class=\"facet\""));
    let site = Site::read(&guide.site(), BASE);
    assert_eq!(site.faults(), Vec::<String>::new());
}

#[test]
fn every_page_has_its_text_beside_it() {
    let guide = guide(&[(
        "content/r.md",
        "# Rôle\n\nVoir [le guide](index.md), puis :\n\n- un\n- deux\n  - trois\n\nFin.\n\n1. premier\n\n   encore\n2. second\n\n\
         | a | b |\n|---|---|\n| 1 | 2 |\n| 3 | 4 |\n\n## Pratique\n\n> Cité.\n",
    )]);
    let site = guide.build();
    let pages = ["index.html", "r/index.html"];
    assert!(pages.iter().all(|page| site.contains_key(&page.replace(".html", ".txt"))));
    assert_eq!(
        guide.page("r/index.txt"),
        "Rôle [1]\n\nAccueil > Rôle\n\nVoir le guide [2], puis\u{a0}:\n\n- un\n- deux\n  - trois\n\nFin.\n\n1. premier\n\n   encore\n\
         2. second\n\na | b\n1 | 2\n3 | 4\n\nPratique\n\n> Cité.\n\nRéférences\n\n\
         [1] https://exemple.org/g/r/\n[2] https://exemple.org/g/\n"
    );
}

#[test]
fn plain_text_keeps_code_lines_and_french() {
    let guide = guide(&[(
        "content/r.md",
        "# Texte\n\nUn mot\n! Fin.\n\n```\n    a:\n  b\n```\n\n0. zéro\n1. un\n\n<ul><li>x</li><li>y</li></ul>\n\nun<br>deux\n",
    )]);
    guide.build();
    assert_eq!(
        guide.page("r/index.txt"),
        "Texte [1]\n\nAccueil > Texte\n\nUn mot\u{202f}! Fin.\n\n        a:\n      b\n\n0. zéro\n1. un\n\nx\n\ny\n\nun\ndeux\n\n\
         Références\n\n[1] https://exemple.org/g/r/\n"
    );
}

#[test]
fn an_article_may_have_a_folder_of_its_own() {
    let guide = guide(&[
        ("content/a/index.md", "# Articles\n"),
        ("content/a/fete/index.md", &article("La fête", "date: 2026-02-01\n")),
        ("content/a/b.md", &article("Avant", "date: 2026-01-01\n")),
    ]);
    guide.build();
    let page = guide.page("a/index.html");
    let list = between(&page, "<h2>Articles</h2>\n<ul class=\"pages\">\n", "</ul>");
    assert!(list.find("/g/a/fete/").unwrap() < list.find("/g/a/b/").unwrap(), "{list}");
    assert!(!page.contains("class=\"children\""), "an article is listed once: {page}");
    assert!(!guide.page("a/fete/index.html").contains("class=\"articles\""), "an article does not list itself");
}

#[test]
fn many_questions_about_a_page_lead_on() {
    let guide = guide(&[("content/p.md", "# La page\n")]);
    for number in 0..25 {
        let text = format!("---\ntitle: Question {number:02} ?\nkind: question\nabout: [La page]\n---\nRéponse.\n");
        guide.write(&format!("content/q/q{number:02}.md"), &text);
    }
    guide.build();
    let page = guide.page("p/index.html");
    let asked = between(&page, "<section class=\"questions-about\">", "</section>\n<");
    assert_eq!(page.matches("<section class=\"asked\">").count(), 20, "{asked}");
    assert!(page.contains("<p class=\"more\"><a href=\"/g/questions/\">La suite</a></p>"));
}

#[test]
fn stages_without_a_page_above_them_show_their_life_cycle_themselves() {
    let stage = |title: &str, next: &str| format!("---\ntitle: {title}\nkind: stage\nleads_to: [{next}]\n---\n");
    let scattered = guide(&[
        ("content/vie/index.md", "# La vie\n"),
        ("content/vie/x/a.md", &stage("Naître", "Vivre")),
        ("content/vie/y/b.md", &stage("Vivre", "Naître")),
    ]);
    scattered.build();
    assert!(scattered.page("vie/index.html").contains("<figure class=\"life-cycle\""));
    assert!(!scattered.page("vie/x/a/index.html").contains("life-cycle"));
    let alone = guide(&[
        ("content/vie/a.md", &stage("Naître", "Vivre")),
        ("content/vie/b.md", &stage("Vivre", "Naître")),
        ("content/vie/c.md", "# Une page\n"),
    ]);
    alone.build();
    assert!(alone.page("vie/a/index.html").contains("<figure class=\"life-cycle\""));
    assert!(!alone.page("vie/c/index.html").contains("life-cycle"));
}
