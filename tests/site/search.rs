//! The search index: what is found, where, and when it is made again.

use std::collections::BTreeMap;
use std::io::Read;

use serde_json::Value;

use crate::guide::{Guide, Tree, touched};

/// What the index shows of each page, by its address.
fn found(site: &Tree) -> BTreeMap<String, Value> {
    let fragments = site.iter().filter(|(path, _)| path.ends_with(".pf_fragment"));
    let read = |bytes: &[u8]| {
        let mut json = String::new();
        flate2::read::GzDecoder::new(bytes).read_to_string(&mut json).unwrap();
        let fragment: Value = serde_json::from_str(json.strip_prefix("pagefind_dcd").unwrap()).unwrap();
        (fragment["url"].as_str().unwrap().to_owned(), fragment)
    };
    fragments.map(|(_, file)| read(&file.bytes)).collect()
}

/// What the files of a site hold, whenever they were written.
fn bytes(site: Tree) -> BTreeMap<String, Vec<u8>> {
    site.into_iter().map(|(path, file)| (path, file.bytes)).collect()
}

fn text<'a>(site: &'a Tree, path: &str) -> std::borrow::Cow<'a, str> {
    String::from_utf8_lossy(&site[path].bytes)
}

fn guide() -> Guide {
    Guide::new(&[
        ("guide.yaml", "title: Guide\nbase_url: https://exemple.org/guide/\n"),
        ("content/index.md", "# Accueil\n\nVoir [[Coordinateur]].\n\n![[coordinateur#theorie]]\n"),
        (
            "content/roles/coordinateur.md",
            "---\ntitle: Coordinateur\nkind: role\nsynonyms: [Pilote]\nthemes: [Lien]\n---\n\nIl tient.\n\n\
             ## Théorie\n\nPourquoi l'équipe[^1].\n\n## Pratique\n\nComment.\n\n[^1]: Une note.\n",
        ),
        (
            "content/lien.md",
            "---\ntitle: Lien\nkind: theme\n---\n\nCe qui relie <b>&</b> tient.\n\n![Un lien](lien.svg)\n",
        ),
        ("content/lien.svg", "<svg/>"),
        ("content/cache.md", "---\ntitle: Caché\nnoindex: true\n---\n\nRien.\n"),
    ])
}

#[test]
fn a_page_is_found_under_its_headings_by_its_own_words() {
    let found = found(&guide().build());
    assert_eq!(found.keys().collect::<Vec<_>>(), ["/", "/lien/", "/roles/coordinateur/"]);
    let role = &found["/roles/coordinateur/"];
    assert_eq!(role["meta"]["title"], "Coordinateur");
    assert_eq!(role["meta"]["section"], "roles");
    assert_eq!(role["filters"], serde_json::json!({"kind": ["Rôle"], "theme": ["Lien"]}));
    assert_eq!(
        role["content"],
        "Coordinateur. Il tient. Théorie. Pourquoi l’ équipe. Pratique. Comment. Une note. Pilote."
    );
    let anchors: Vec<&str> = role["anchors"].as_array().unwrap().iter().map(|a| a["id"].as_str().unwrap()).collect();
    assert!(anchors.contains(&"theorie") && anchors.contains(&"pratique"), "{anchors:?}");
    assert_eq!(found["/lien/"]["content"], "Lien. Ce qui relie & tient.");
    assert_eq!(found["/lien/"]["meta"], serde_json::json!({"title": "Lien"}));
    assert_eq!(found["/"]["content"], "Accueil. Voir Coordinateur.", "what is included is found where it comes from");
}

#[test]
fn the_index_is_made_again_where_a_text_changed_and_only_then() {
    let guide = guide();
    let index =
        |before: &Tree, after: &Tree| touched(before, after).into_iter().any(|path| path.starts_with("pagefind/"));
    let first = guide.build();
    guide.write("content/roles/index.md", "---\ntitle: roles\nnoindex: true\n---\n");
    guide.write("guide.yaml", "title: Autre nom\nbase_url: https://exemple.org/ailleurs/\naccent: \"#0b5c7d\"\n");
    let second = guide.build();
    assert!(!index(&first, &second), "{:?}", touched(&first, &second));
    assert_eq!(found(&first), found(&second));
    guide.write("content/lien.md", "---\ntitle: Lien\nkind: theme\n---\n\nCe qui relie tient.\n");
    let third = guide.build();
    assert!(index(&second, &third));
    assert_eq!(found(&third)["/lien/"]["content"], "Lien. Ce qui relie tient.");
}

#[test]
fn a_damaged_index_is_made_again() {
    let guide = guide();
    let before = guide.build();
    let file = before.keys().find(|path| path.ends_with(".pf_meta")).unwrap();
    std::fs::remove_file(guide.site().join(file)).unwrap();
    assert_eq!(bytes(guide.build()), bytes(before));
}

#[test]
fn a_guide_may_do_without_search() {
    let with = guide().build();
    assert!(text(&with, "index.html").contains("wasm-unsafe-eval"));
    let guide = guide();
    guide.write("guide.yaml", "title: Guide\nsearch: false\n");
    let site = guide.build();
    assert!(!site.keys().any(|path| path.starts_with("pagefind/")));
    let home = text(&site, "index.html");
    assert!(!home.contains("wasm") && !home.contains("pagefind"), "{home}");
    assert!(!text(&site, "_headers").contains("wasm"));
}

#[test]
fn where_there_is_nothing_to_find_there_is_no_search() {
    let guide = Guide::new(&[("guide.yaml", "title: Guide\n"), ("content/logo.svg", "<svg/>")]);
    let site = guide.build();
    assert!(!site.keys().any(|path| path.starts_with("pagefind/")));
    assert!(!text(&site, "index.html").contains("to-search"));
}

#[test]
fn what_authors_put_into_the_index_goes_when_they_take_it_out() {
    let guide = guide();
    let clean = bytes(guide.build());
    guide.write("static/pagefind/pagefind.js", "own");
    assert_eq!(bytes(guide.build())["pagefind/pagefind.js"], b"own");
    guide.remove("static/pagefind/pagefind.js");
    assert_eq!(bytes(guide.build()), clean);
}
