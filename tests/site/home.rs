//! The home page, which shows what the guide is made of, and what stands at the head and the foot of every page.

use crate::guide::{Guide, bare, between};
use crate::links::Site;

fn guide(files: &[(&str, &str)]) -> Guide {
    let guide = Guide::new(&[("content/index.md", "# Le guide\n\nBonjour.\n")]);
    guide.write("guide.yaml", "title: Guide\nbase_url: https://exemple.org/g/\naccessibility: non\n");
    files.iter().for_each(|(path, text)| guide.write(path, text));
    guide
}

/// The parts of the guide: the kind of each, and the lines that stand in it.
fn parts(home: &str) -> Vec<(&str, String)> {
    let parts = home.split("<section class=\"part\" data-kind=\"").skip(1);
    parts
        .map(|part| {
            let (kind, rest) = part.split_once("\">").unwrap();
            (kind, bare(&rest[..rest.find("</section>").unwrap()]).replace('\n', "|"))
        })
        .collect()
}

#[test]
fn the_home_page_shows_each_part_with_some_of_what_is_in_it() {
    let guide = guide(&[
        ("content/a-roles/index.md", "---\ntitle: Rôles\nsummary: Qui fait quoi.\norder: 1\n---\n"),
        ("content/a-roles/un/index.md", "---\ntitle: Famille\nkind: section\n---\n"),
        ("content/a-roles/un/ami.md", "---\ntitle: Ami\nkind: role\n---\nTexte.\n"),
        ("content/a-roles/deux/ana.md", "---\ntitle: Ana\nkind: role\nlang: en\n---\nText.\n"),
        ("content/b-mots/index.md", "---\ntitle: Mots\norder: 2\n---\n"),
        ("content/seule.md", "---\ntitle: Seule\n---\nTexte.\n"),
        ("content/notes/index.md", "---\ntitle: Notes\norder: 3\n---\n"),
        ("content/notes/hier.md", "---\ntitle: Hier\nkind: article\ndate: 2026-02-01\n---\nTexte.\n"),
    ]);
    for number in 1..=9 {
        let text = format!("---\ntitle: Mot {number}\nkind: term\n---\nSens.\n");
        guide.write(&format!("content/b-mots/m{number}.md"), &text);
    }
    guide.build();
    let home = guide.page("index.html");
    assert_eq!(
        parts(&home),
        [
            ("role", "Rôles|Qui fait quoi.|deux|Ana|Famille|Ami".to_owned()),
            (
                "term",
                "Mots|Mot 1|Mot 2|Mot 3|Mot 4|Mot 5|Mot 6|Mot 7|Mot 8|Toute la partie\u{a0}: 9 pages – Mots".into()
            ),
            ("page", "Autres pages|Seule".into()),
        ]
    );
    assert!(home.contains("<a class=\"role\" href=\"/g/a-roles/deux/ana/\" lang=\"en\">Ana</a>"), "{home}");
    assert!(home.contains("<a href=\"/g/b-mots/\">Toute la partie"), "{home}");
    // Articles are shown once, by date.
    assert_eq!(home.matches(">Hier</a>").count(), 1, "{home}");
    assert!(between(&home, "<section class=\"articles\">", "</section>").contains(">Hier</a>"));
    assert!(!guide.page("seule/index.html").contains("class=\"part\""));
}

#[test]
fn stages_are_drawn_on_the_home_page() {
    let guide = guide(&[
        ("content/etapes/index.md", "# Étapes\n"),
        ("content/etapes/un.md", "---\ntitle: Un\nkind: stage\nleads_to: [Deux]\n---\nTexte.\n"),
        ("content/etapes/deux.md", "---\ntitle: Deux\nkind: stage\nleads_to: [Un]\n---\nTexte.\n"),
    ]);
    guide.build();
    let home = guide.page("index.html");
    let figure = between(&home, "<figure class=\"life-cycle\"", "</figure>");
    assert!(figure.contains("<svg") && figure.contains("<a href=\"/g/etapes/un/\">Un</a>"), "{figure}");
}

#[test]
fn legal_pages_are_at_the_foot_of_every_page_and_nowhere_else() {
    for (lang, paths) in [("fr", ["accessibilite", "mentions-legales"]), ("en", ["accessibility", "legal-notice"])] {
        let guide = guide(&[("content/p/page.md", "# Page\n\nTexte.\n")]);
        guide.write("guide.yaml", &format!("title: G\nlang: {lang}\nbase_url: https://e.org/g/\naccessibility: non\n"));
        for path in paths {
            guide.write(&format!("content/{path}.md"), &format!("# Titre {path}\n\nTexte.\n"));
        }
        guide.build();
        for page in ["index.html", "p/page/index.html", "404.html"] {
            let page = guide.page(page);
            let (above, foot) = page.split_once("<footer class=\"foot\">").unwrap();
            for path in paths {
                let link = format!("<a href=\"/g/{path}/\">");
                assert!(foot.contains(&link) && !above.contains(&link), "{link} in {page}");
            }
        }
        let state = if lang == "fr" { "Accessibilité\u{a0}: non conforme" } else { "Accessibility: not compliant" };
        let home = guide.page("index.html");
        assert!(home.contains(&format!("<a href=\"/g/{}/\">{state}</a>", paths[0])), "{home}");
        assert!(home.contains(&format!("<a href=\"/g/{0}/\">Titre {0}</a>", paths[1])), "{home}");
    }
    let bare = guide(&[]);
    bare.build();
    assert!(bare.page("index.html").contains("<li>Accessibilité\u{a0}: non conforme</li>"));
}

#[test]
fn titles_in_another_language_say_so_wherever_they_are_links() {
    let guide = guide(&[
        ("content/s/index.md", "---\ntitle: Some pages\nlang: en\nkind: section\n---\nText.\n"),
        ("content/s/a.md", "---\ntitle: Un\norder: 1\n---\nTexte.\n"),
        ("content/s/b.md", "---\ntitle: Two\norder: 2\nlang: en\n---\nText.\n"),
    ]);
    guide.build();
    let page = guide.page("s/a/index.html");
    for (start, link) in [
        ("<nav class=\"breadcrumb\"", "<a href=\"/g/s/\" lang=\"en\">Some pages</a>"),
        ("<nav class=\"fold main-menu\"", "<a href=\"/g/s/\" lang=\"en\" aria-current=\"true\">Some pages</a>"),
        ("<nav class=\"fold menu\"", "<a href=\"/g/s/b/\" lang=\"en\">Two</a>"),
        ("<nav class=\"sequence\"", "<span class=\"title\" lang=\"en\">Two</span>"),
    ] {
        let nav = between(&page, start, "</nav>");
        assert!(nav.contains(link), "{link} in {nav}");
    }
    assert!(guide.page("plan-du-site/index.html").contains("<a href=\"/g/s/b/\" lang=\"en\">Two</a>"));
    assert!(!page.contains("lang=\"fr\">Un<"), "the interface's own language goes without saying");
}

#[test]
fn the_home_page_of_a_very_large_guide_stays_short() {
    let guide = guide(&[]);
    for part in 0..30 {
        for number in 0..40 {
            let text = format!("# Une page dont le titre est plutôt long, et qui porte le numéro {part}-{number}\n");
            guide.write(&format!("content/p{part:02}/g{}/n{number:02}.md", number / 10), &text);
        }
    }
    guide.build();
    let home = guide.page("index.html");
    assert!(home.len() < 100_000, "{} bytes", home.len());
    assert_eq!(parts(&home).len(), 13, "twelve parts, and the others");
    let site = Site::read(&guide.site(), "https://exemple.org/g/");
    assert_eq!(site.faults(), Vec::<String>::new());
}
