//! Where links lead, as `href` says it: by file, by name, by address; and what is refused.

use super::prepared;
use crate::fixture::Fixture;
use crate::guide::{Guide, PageId};
use crate::markup::spelling::Spelling;
use crate::pipeline::Prepared;
use crate::source::Sources;

/// The guide that links are written in; `{}` is the text of the page `depart/ici`.
const GUIDE: &str = "
//- content/depart/ici.md
# Ici

{}

## Où aller ?
//- content/depart/index.md
# Départ
//- content/depart/mon plan.pdf
//- content/depart/plan.png
//- content/index.md
# Accueil
//- content/notice.txt
//- content/roles/coordinateur.md
---
titre: Coordinateur
genre: rôle
synonymes: [Coordinatrice, Chef d’orchestre, roles/pilote]
---
## Théorie

## Évaluer l’équipe

## Avec un nom {#choisi}
//- content/roles/index.md
# Rôles

## Missions clés

## Missions clés
//- content/sans-page/a.md
# Alpha
//- content/Équipe/Café noir.md
# Le café
//- static/cgu.pdf
";

/// The guide with `text` in it.
fn guide(text: &str) -> (Sources, Prepared) {
    let sources = Fixture::new(&GUIDE.trim_start().replace("{}", text)).sources();
    let prepared = prepared(&sources, &[]);
    (sources, prepared)
}

fn page(guide: &Guide, key: &str) -> PageId {
    guide.pages.iter().find(|(_, page)| &*page.key == key).unwrap_or_else(|| panic!("no page {key}")).0
}

/// What stands in `href` or `src` for each link of the page `key`; `✗` where it leads nowhere.
fn hrefs(guide: &Guide, key: &str) -> Vec<String> {
    let page = &guide.pages[page(guide, key)];
    let (links, body) = (&page.draft.body.tables.links, &page.draft.body);
    let href = |(written, link): (&crate::syntax::body::WrittenLink, _)| {
        let href = Spelling::plain(guide).href(link, body.text(written.destination));
        href.unwrap_or_else(|| "✗".to_owned())
    };
    links.iter().zip(page.links.iter()).map(href).collect()
}

/// Checks where each link of a table leads, all of them in one page.
#[track_caller]
fn check(rows: &[(&str, &str)]) {
    let text: String = rows.iter().map(|(written, _)| format!("{written}\n\n")).collect();
    let (_, Prepared { guide, faults, .. }) = guide(&text);
    let found = hrefs(&guide, "depart/ici");
    let rows_found: Vec<(&str, &str)> =
        rows.iter().map(|(written, _)| *written).zip(found.iter().map(String::as_str)).collect();
    assert_eq!(rows_found, rows, "{faults:#?}");
    assert_eq!(found.len(), rows.len());
    let dead = rows.iter().filter(|(_, href)| *href == "✗").count();
    let told: Vec<&str> = faults
        .iter()
        .map(|fault| fault.code.name())
        .filter(|code| code.starts_with("dead-") || *code == "missing-file" || *code == "refused-scheme")
        .collect();
    assert_eq!(told.len(), dead, "{told:?}");
}

#[test]
fn links_by_file() {
    check(&[
        ("[a](../roles/coordinateur.md)", "/roles/coordinateur/"),
        ("[a](../depart/../roles/./coordinateur.md)", "/roles/coordinateur/"),
        ("[a](/roles/coordinateur.md)", "/roles/coordinateur/"),
        ("[a](../roles/index.md)", "/roles/"),
        ("[a](../roles/)", "/roles/"),
        ("[a](../roles)", "/roles/"),
        ("[a](..)", "/"),
        ("[a](.)", "/depart/"),
        ("[a](ici.md)", "/depart/ici/"),
        ("[a](ici.md?vue=1)", "/depart/ici/"),
        ("[a](<../Équipe/Café noir.md>)", "/equipe/cafe-noir/"),
        ("[a](<../E\u{301}quipe/Cafe\u{301} noir.md>)", "/equipe/cafe-noir/"),
        ("[a](../%C3%89quipe/Caf%C3%A9%20noir.md)", "/equipe/cafe-noir/"),
        ("[a][ref]\n\n[ref]: ../roles/coordinateur.md", "/roles/coordinateur/"),
        ("<a href=\"../roles/coordinateur.md\">a</a>", "/roles/coordinateur/"),
        ("[a](../sans-page/)", "✗"),
        ("[a](../roles/Coordinateur.md)", "✗"),
        ("[a](../../guide.yaml)", "✗"),
        ("[a](../../../..)", "✗"),
        ("[a]()", "✗"),
        ("[a](?vue=1)", "✗"),
    ]);
}

#[test]
fn links_to_anchors() {
    check(&[
        ("[a](../roles/coordinateur.md#theorie)", "/roles/coordinateur/#theorie"),
        ("[a](../roles/coordinateur.md#evaluer-l-equipe)", "/roles/coordinateur/#evaluer-l-equipe"),
        // As GitHub and Forgejo spell them.
        ("[a](../roles/coordinateur.md#évaluer-léquipe)", "/roles/coordinateur/#evaluer-l-equipe"),
        ("[a](../roles/coordinateur.md#%C3%A9valuer-l%C3%A9quipe)", "/roles/coordinateur/#evaluer-l-equipe"),
        ("[a](../roles/#missions-clés)", "/roles/#missions-cles"),
        ("[a](../roles/#missions-cles-2)", "/roles/#missions-cles-2"),
        ("[a](/roles/coordinateur/#choisi)", "/roles/coordinateur/#choisi"),
        ("[[Coordinateur#Évaluer l’équipe]]", "/roles/coordinateur/#evaluer-l-equipe"),
        ("[[Coordinateur#Évaluer l'équipe]]", "/roles/coordinateur/#evaluer-l-equipe"),
        ("[[Coordinateur#Avec un nom]]", "/roles/coordinateur/#choisi"),
        ("[[Coordinateur#théorie|sa théorie]]", "/roles/coordinateur/#theorie"),
        ("[a](#ou-aller)", "#ou-aller"),
        ("[a](#où-aller-)", "#ou-aller"),
        ("[[#Où aller ?]]", "#ou-aller"),
        ("[[Ici#Où aller ?]]", "#ou-aller"),
        ("[a](#contenu)", "#contenu"),
        ("[a](../roles/coordinateur.md#)", "/roles/coordinateur/"),
        ("[a](#absente)", "✗"),
        ("[[Coordinateur#Missions clés]]", "✗"),
    ]);
}

#[test]
fn links_by_name() {
    check(&[
        ("[[Coordinateur]]", "/roles/coordinateur/"),
        ("[[  coordinateur  ]]", "/roles/coordinateur/"),
        ("[[COORDINATRICE]]", "/roles/coordinateur/"),
        ("[[chef d'orchestre]]", "/roles/coordinateur/"),
        ("[[Chef-d’Orchestre|le chef]]", "/roles/coordinateur/"),
        ("[[le cafe]]", "/equipe/cafe-noir/"),
        ("[[cafe-noir]]", "/equipe/cafe-noir/"),
        ("[[Rôles]]", "/roles/"),
        ("[[roles/coordinateur]]", "/roles/coordinateur/"),
        ("[[rôles/coordinateur.md]]", "/roles/coordinateur/"),
        ("[[/roles/index.md]]", "/roles/"),
        ("[[roles/]]", "/roles/"),
        ("| a |\n|---|\n| [[coordinateur\\|lui]] |", "/roles/coordinateur/"),
        ("[[coordonnateur-en-chef]]", "✗"),
        ("[[roles/pilote]]", "✗"),
        ("[[roles/personne.md]]", "✗"),
    ]);
}

#[test]
fn links_to_files_and_addresses() {
    check(&[
        ("![Le plan](plan.png)", "/depart/plan.png"),
        ("![Le plan](../depart/plan.png)", "/depart/plan.png"),
        ("![Le plan](/depart/plan.png)", "/depart/plan.png"),
        ("[a](mon%20plan.pdf)", "/depart/mon%20plan.pdf"),
        ("[a](<mon plan.pdf#page=2>)", "/depart/mon%20plan.pdf#page=2"),
        ("[a](../notice.txt)", "/notice.txt"),
        ("[a](/cgu.pdf)", "/cgu.pdf"),
        ("[a](/static/cgu.pdf)", "/cgu.pdf"),
        ("<img src=\"plan.png\" alt=\"Le plan\">", "/depart/plan.png"),
        ("[a](/roles/)", "/roles/"),
        ("[a](/roles)", "/roles/"),
        ("[a](/roles/coordinateur/)", "/roles/coordinateur/"),
        ("[a](/equipe/cafe-noir/)", "/equipe/cafe-noir/"),
        ("[a](/)", "/"),
        ("[a](/plan-du-site/)", "/plan-du-site/"),
        ("[a](/plan-du-site)", "/plan-du-site/"),
        ("[a](/site-map/)", "✗"),
        ("[a](/roles/personne/)", "✗"),
        ("![Un plan](plan.jpg)", "✗"),
        ("![Une page](../roles/coordinateur.md)", "✗"),
    ]);
}

#[test]
fn links_out_of_the_guide_stay_as_they_are_written() {
    check(&[
        ("[a](https://exemple.org/é?b=c&d#e)", "https://exemple.org/é?b=c&d#e"),
        ("[a](HTTP://exemple.org)", "HTTP://exemple.org"),
        ("<https://ailleurs.exemple.org/>", "https://ailleurs.exemple.org/"),
        ("[a](//exemple.org/x)", "//exemple.org/x"),
        ("[a](mailto:moi@exemple.org)", "mailto:moi@exemple.org"),
        ("<moi@exemple.org>", "mailto:moi@exemple.org"),
        ("[a](tel:+33123456789)", "tel:+33123456789"),
    ]);
}

#[test]
fn dangerous_addresses_are_refused_however_they_are_hidden() {
    let hidden = [
        "[a](javascript:alert)",
        "[a](JavaScript:alert)",
        "[a](<javascript :alert>)",
        "[a](<java\tscript:alert>)",
        "[a](<\u{1}javascript:alert>)",
        "[a](<\u{a0}javascript:alert>)",
        "[a](java&Tab;script:alert)",
        "[a](java&#10;script:alert)",
        "[a](javascript&colon;alert)",
        "[a](&#x6A;avascript:alert)",
        "[a](java\\script:alert)",
        "[a](vbscript:x)",
        "[a](data:text/html,x)",
        "[a](file:///etc/passwd)",
        "[a](blob:x)",
        "<javascript:alert>",
        "<data:text/html,x>",
        "![a](javascript:alert)",
        "![a](data:image/svg+xml,x)",
        "[a]\n\n[a]: javascript:alert",
        "<a href=\"javascript:alert\">a</a>",
        "<a href=\" javascript:alert\">a</a>",
        "<a href=\"java&#10;script:alert\">a</a>",
        "<a href='java\nscript:alert'>a</a>",
        "<a href=javascript:alert>a</a>",
        "<A HREF=\"&#106;avascript&colon;alert\">a</A>",
        "<img src=\"data:image/png,x\" alt=\"a\">",
        "<video src=\"javascript:x\" poster=\"data:x\"></video>",
        "<blockquote cite=\"javascript:x\">a</blockquote>",
        "[[javascript:alert]]",
    ];
    for written in hidden {
        let (_, Prepared { guide, faults, .. }) = guide(written);
        for href in hrefs(&guide, "depart/ici") {
            assert_eq!(href, "✗", "{written}: {faults:?}");
        }
        assert!(!faults.is_empty(), "{written}");
    }
}

#[test]
fn titles_come_before_synonyms_and_synonyms_before_slugs() {
    let guide = |text: &str| {
        let sources = Fixture::new(text).sources();
        let Prepared { guide, faults, .. } = prepared(&sources, &[]);
        (hrefs(&guide, "index"), faults.iter().map(|fault| fault.code.name()).collect::<Vec<_>>())
    };
    let index = "//- content/index.md\n# Accueil\n\n[[Pilote]]\n";
    let title = "//- content/a.md\n# Pilote\n";
    let synonym = "//- content/b.md\n---\ntitre: B\nsynonymes: [pilote]\n---\n";
    let slug = "//- content/c.md\n---\ntitre: C\nslug: pilote\n---\n";
    assert_eq!(guide(&[index, title, synonym, slug].concat()), (vec!["/a/".to_owned()], vec![]));
    assert_eq!(guide(&[index, synonym, slug].concat()), (vec!["/b/".to_owned()], vec![]));
    assert_eq!(guide(&[index, slug].concat()), (vec!["/pilote/".to_owned()], vec![]));
    let twice = "//- content/d.md\n# Pilote\n";
    assert_eq!(
        guide(&[index, title, synonym, twice].concat()),
        (vec!["✗".to_owned()], vec!["ambiguous-name", "same-title"])
    );
    let unused = "//- content/index.md\n# Accueil\n\n[[a]], [[d.md]]\n";
    assert_eq!(guide(&[unused, title, twice].concat()), (vec!["/a/".to_owned(), "/d/".to_owned()], vec!["same-title"]));
}

#[test]
fn a_base_path_stands_before_every_address_of_the_guide() {
    let text = "
//- content/index.md
# Accueil

[[A]], [a](/a/), [b](plan.png), [c](/plan-du-site/), [d](#ici), [e](/absolu), [f](https://exemple.org/)

## Ici
//- content/a.md
# A
//- content/plan.png
//- guide.yaml
base_url: https://exemple.org/guide/
checks: {dead-link: off}
";
    let sources = Fixture::new(text.trim_start()).sources();
    let Prepared { guide, .. } = prepared(&sources, &[]);
    let expected =
        ["/guide/a/", "/guide/a/", "/guide/plan.png", "/guide/plan-du-site/", "#ici", "✗", "https://exemple.org/"];
    assert_eq!(hrefs(&guide, "index"), expected);
}

#[test]
fn what_links_ask_of_a_page_is_what_the_page_says() {
    for (address, base) in [("https://exemple.org/", "/"), ("https://exemple.org/un/guide", "/un/guide/")] {
        let yaml = format!("//- guide.yaml\nbase_url: {address}\n");
        let sources = Fixture::new(&(yaml + &GUIDE.trim_start().replace("{}", "Un [[Café noir]] ?"))).sources();
        let Prepared { guide, .. } = prepared(&sources, &[]);
        let pages = &guide.pages;
        let mut plain = Vec::new();
        for (id, page) in pages.iter() {
            assert_eq!(pages.path(id), format!("{base}{}", &page.address.as_str()[1..]));
            assert_eq!(pages.path_len(id), pages.path(id).len());
            assert_eq!((pages.at(page.address.as_str()), pages.kind(id)), (Some(id), page.kind));
            plain.extend(pages.plain_key(id).inspect(|key| assert_eq!(*key, &*page.key)));
        }
        assert_eq!(plain, ["depart/ici", "depart", "roles/coordinateur", "roles", "sans-page/a"]);
        assert_eq!([pages.at("/depart"), pages.at("/depart/ic/"), pages.at("/rien/")], [None; 3]);
    }
}
