//! What stands where: addresses, order, the way through the guide, facets, redirects, drafts.

use super::{prepared, request};
use crate::config::Config;
use crate::diagnostic::{Code, Severity};
use crate::fixture::Fixture;
use crate::guide::{Drafts, Guide, Node, Page};
use crate::pipeline::{Past, Prepared, Request, prepare};

#[track_caller]
fn guide(text: &str) -> Guide {
    let sources = Fixture::new(text.trim_start()).sources();
    let Prepared { guide, faults, .. } = prepared(&sources, &[]);
    let errors: Vec<_> = faults.iter().filter(|fault| fault.code.severity() == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    guide
}

fn page<'a>(guide: &'a Guide, key: &str) -> &'a Page {
    guide.pages.as_slice().iter().find(|page| &*page.key == key).unwrap_or_else(|| panic!("no page {key}"))
}

/// The guide's tree in order, a line for each node, indented.
fn outline(guide: &Guide) -> String {
    let mut lines = Vec::new();
    let mut waiting = vec![(0, Node::Folder(guide.root()))];
    while let Some((depth, node)) = waiting.pop() {
        let (title, address) = match node {
            Node::Page(page) => (guide.pages[page].title(), &guide.pages[page].address),
            Node::Folder(folder) => {
                let folder = &guide.folders[folder];
                waiting.extend(folder.children.iter().rev().map(|&child| (depth + 1, child)));
                (folder.title.as_str(), &folder.address)
            }
        };
        lines.push(format!("{}{title} {address}", "  ".repeat(depth)));
    }
    lines.join("\n")
}

/// The titles and addresses of a page's crumbs; `-` where a crumb leads nowhere.
fn breadcrumb(guide: &Guide, key: &str) -> Vec<String> {
    let (id, _) = guide.pages.iter().find(|(_, page)| &*page.key == key).unwrap();
    let crumb = |folder| {
        let address = guide.front(folder).map_or("-", |address| address.as_str());
        format!("{} {address}", guide.folders[folder].title)
    };
    guide.ancestors(id).into_iter().map(crumb).collect()
}

#[test]
fn pages_stand_by_their_order_and_then_as_a_dictionary_has_them() {
    let guide = guide(
        "
//- content/a.md
# Zone
//- content/b.md
# Étape 10
//- content/c.md
# étape 2
//- content/d.md
---
titre: Dernier
ordre: 2
---
//- content/e.md
---
titre: Premier
ordre: -1
---
//- content/f.md
# Étape 10
//- content/g/index.md
---
titre: Milieu
ordre: 2
---
//- content/g/a.md
# Seule
//- content/h/a.md
# Autre seule
//- content/index.md
# Accueil
//- content/i.md
# Œuf
//- content/j.md
# Odeur
",
    );
    let expected = "\
Accueil /
  Premier /e/
  Dernier /d/
  Milieu /g/
    Seule /g/a/
  étape 2 /c/
  Étape 10 /b/
  Étape 10 /f/
  h /h/
    Autre seule /h/a/
  Odeur /j/
  Œuf /i/
  Zone /a/";
    assert_eq!(outline(&guide), expected);
}

#[test]
fn an_index_names_its_folder_and_moves_it() {
    let guide = guide(
        "
//- content/index.md
# Accueil
//- content/roles/a/b.md
# B
//- content/roles/image.png
//- content/roles/index.md
---
titre: Rôles
slug: fonctions
---
//- content/roles/sans/page.txt
",
    );
    assert_eq!(page(&guide, "roles").address.as_str(), "/fonctions/");
    assert_eq!(page(&guide, "roles/a/b").address.as_str(), "/fonctions/a/b/");
    let mut assets: Vec<&str> = guide.assets.values().map(|file| file.as_str()).collect();
    assets.sort_unstable();
    assert_eq!(assets, ["fonctions/image.png", "fonctions/sans/page.txt"]);
    assert_eq!(breadcrumb(&guide, "roles/a/b"), ["Accueil /", "Rôles /fonctions/", "a -"]);
    assert_eq!(breadcrumb(&guide, "roles"), ["Accueil /"]);
    assert_eq!(breadcrumb(&guide, "index"), [""; 0]);
}

#[test]
fn the_way_through_the_guide_goes_through_every_page_once() {
    let guide = guide(
        "
//- content/a/index.md
# A
//- content/a/un.md
# A un
//- content/b/un.md
# B un
//- content/index.md
# Accueil
//- content/z.md
---
titre: Z
ordre: 1
---
",
    );
    let key = |id: Option<crate::guide::PageId>| id.map_or("-", |id| &*guide.pages[id].key);
    let around: Vec<(&str, &str, &str)> = guide
        .pages
        .as_slice()
        .iter()
        .map(|page| (key(page.place.previous), &*page.key, key(page.place.next)))
        .collect();
    let expected =
        [("z", "a", "a/un"), ("a", "a/un", "b/un"), ("a/un", "b/un", "-"), ("-", "index", "z"), ("index", "z", "a")];
    assert_eq!(around, expected);
}

#[test]
fn facets_come_in_the_order_of_the_guide_and_other_sections_after_them() {
    let guide = guide(
        "
//- content/index.md
# Accueil

Avant.

## Autre

## PLUS VALUE

### Dessous

## pratique

## Encore

## Théorie
",
    );
    let page = page(&guide, "index");
    let anchor = |heading: u32| page.draft.body.tables.headings[heading as usize].anchor.as_str();
    let facet = |facet: usize| guide.config.facets[facet].id.as_str();
    let parts = page.reading.own.parts.iter();
    let anchors: Vec<&str> =
        parts.map(|part| part.facet.map_or_else(|| part.heading.map_or("", anchor), facet)).collect();
    assert_eq!(anchors, ["", "theorie", "pratique", "plus-value", "autre", "encore"]);
}

#[test]
fn a_summary_is_the_authors_or_the_first_paragraph_in_reading_order() {
    let cases = [
        ("---\nrésumé: Le mien\n---\n# T\n\nTexte.", "Le mien"),
        (
            "# T\n\nUn *texte*\nsur deux lignes [avec](https://a.org) `code`.\n\nUn autre.",
            "Un texte sur deux lignes avec code.",
        ),
        ("# T\n\n- liste\n\n> citation\n\nTexte.", "Texte."),
        ("# T\n\n## Pratique\n\nPratique.\n\n## Théorie\n\nThéorie.", "Théorie."),
        ("# T\n\n![Une image](a.svg)\n\nTexte.", "Une image"),
        ("# T\n\n![Une image](a.svg \"Légende\")\n\nTexte.", "Texte."),
        ("# T\n\nUn appel[^1].\n\n[^1]: Une note.", "Un appel."),
        ("# T\n\n- liste", ""),
    ];
    for (text, summary) in cases {
        let guide = guide(&format!("//- content/index.md\n{text}\n//- content/a.svg\n"));
        assert_eq!(*page(&guide, "index").summary, *summary, "{text}");
    }
}

#[test]
fn old_addresses_lead_to_their_page() {
    let guide = guide(
        "
//- content/a.md
---
titre: A
redirige-depuis: [/vieux/chemin/, ancien.html, /sans-fin, /deux/index.html]
---
",
    );
    let files: Vec<&str> = guide.redirects.iter().map(|redirect| redirect.file.as_str()).collect();
    assert_eq!(files, ["vieux/chemin/index.html", "ancien.html", "sans-fin/index.html", "deux/index.html"]);
}

#[test]
fn drafts_are_built_when_they_are_asked_for() {
    let text = "
//- content/a.md
---
titre: A
brouillon: true
---
//- content/b.draft.md
# B
//- content/index.md
# Accueil

[[A]], [b](b.draft.md), [[B]]
";
    let sources = Fixture::new(text.trim_start()).sources();
    let config = Config::read(&sources).0.with_base_url("https://exemple.org/").unwrap();
    let Prepared { guide, faults, .. } = prepared(&sources, &[]);
    assert_eq!((guide.pages.len(), faults.len()), (1, 3));
    let request = Request { drafts: Drafts::Built, ..request() };
    let Prepared { guide, faults, .. } = prepare(config, &sources, (&request, &mut Past::default()));
    assert!(faults.is_empty(), "{faults:?}");
    let addresses: Vec<&str> = guide.pages.as_slice().iter().map(|page| page.address.as_str()).collect();
    assert_eq!(addresses, ["/a/", "/b/", "/"]);
}

#[test]
fn two_front_pages_of_a_folder_have_one_address_and_the_other_pages_theirs() {
    let text = "//- content/index.md\n# Accueil\n//- content/index.draft.md\n# Autre\n//- content/c.md\n# C\n";
    let sources = Fixture::new(text).sources();
    let config = Config::read(&sources).0.with_base_url("https://exemple.org/").unwrap();
    let request = Request { drafts: Drafts::Built, ..request() };
    let Prepared { guide, faults, .. } = prepare(config, &sources, (&request, &mut Past::default()));
    assert!(faults.iter().any(|fault| fault.code == Code::SameAddress), "{faults:?}");
    assert_eq!((guide.pages.len(), page(&guide, "c").address.as_str()), (3, "/c/"));
}

#[test]
fn a_page_by_the_name_of_the_site_map_keeps_its_address() {
    let guide = guide("//- content/index.md\n# Accueil\n//- content/plan-du-site.md\n# Plan\n");
    assert_eq!(guide.generated.site_map.as_str(), "/plan-du-site/");
    assert!(guide.pages.as_slice().iter().any(|page| page.address == guide.generated.site_map));
}

#[test]
fn a_draft_may_be_wrong_until_it_is_published() {
    let fixture = "//- content/index.md\n# Accueil\n//- content/idee.draft.md\n![](x.png)\n\n### Trop bas\n";
    let sources = Fixture::new(fixture).sources();
    assert!(prepared(&sources, &[]).faults.iter().all(|fault| fault.code.name() == "no-base-url"));
}
