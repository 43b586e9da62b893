//! Views to test templates with.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::linked::{Cycle, CycleStage, Entry, Group, Linked, Question, Series, SeriesPart, Stages, Task};
use super::listing::{Items, ListGroup, Listing, Tab, TaskRow, TaskTable, TextItem};
use super::view::{
    Child, Colophon, DateView, Field, Heading, Html, Link, MapEntry, Menu, Page, Part, PartEntry, Redirect, Site,
    SiteMap,
};
use super::{Context, Known, Line, Listed, Telling, TextLine, Theme, Wanted};
use crate::language::Tongue;
use crate::path::GuidePath;
use crate::source::Sources;

/// How lists are told to templates that may look at their items.
const TELLING: Telling = Telling { by_item: true, lang: "fr" };

/// A guide's sources that hold only these files.
pub(super) fn sources(files: &[(&str, &str)]) -> Sources {
    let files = files.iter().map(|(path, text)| (GuidePath::new(path).unwrap(), text.as_bytes().to_vec()));
    Sources::in_memory(files).0
}

/// The built-in theme of the sample guide.
pub(super) fn theme(tongue: Tongue) -> Theme {
    let (theme, found) = Theme::load(&sources(&[]), Wanted { name: "boussole", tongue, accent: None });
    assert!(found.is_empty(), "{found:?}");
    let site = site(&theme, tongue);
    theme.of(&site)
}

/// The sample guide.
pub(super) fn site(theme: &Theme, tongue: Tongue) -> Site {
    let assets: BTreeMap<_, _> =
        theme.assets().map(|asset| (asset.name.clone(), format!("/guide/{}", asset.output))).collect();
    Site {
        title: "Guide des liens & des lieux".into(),
        description: Some("Tenir une communauté de pratique".into()),
        lang: tongue.tag().into(),
        url: "/guide/".into(),
        logo: None,
        icons: None,
        license: Some("CC BY-SA 4.0".into()),
        contact: Some("mailto:guide@exemple.org".into()),
        accessibility: Some("partial"),
        legal: vec![
            Link::to(("Accessibilité".into(), "/guide/accessibilite/".into())),
            Link::to(("Mentions légales".into(), "/guide/mentions-legales/".into())),
        ],
        accessibility_page: Some("/guide/accessibilite/".into()),
        menu: vec![
            Link::to(("Comprendre".into(), "/guide/comprendre/".into())),
            Link::to(("Rôles".into(), "/guide/roles/".into())),
        ],
        site_map: "/guide/plan-du-site/".into(),
        views: vec![Link::to(("Glossaire".into(), "/guide/glossaire/".into()))],
        assets,
        search: Some("/guide/pagefind/".into()),
        policy: Html("default-src &#39;none&#39;".into()),
        feed: Some("/guide/feed.xml".into()),
        generator: "Boussole 0.1.0".into(),
    }
}

/// A link.
pub(super) fn link(title: &str, url: &str) -> Known<Link> {
    Link::to((title.into(), url.into())).into()
}

/// A page with something in every field.
pub(super) fn page() -> Page {
    let date = |iso: &str, text: &str| Some(DateView { iso: iso.into(), text: text.into() });
    let heading = |id: &str, title: &str| Heading { id: id.into(), title: title.into(), children: Vec::new() };
    let breadcrumb = vec![
        link("Guide", "/guide/"),
        link("Rôles", "/guide/roles/"),
        Link { title: "Organisation".into(), ..Link::default() }.into(),
        link("Coordinateur <chef>", "/guide/roles/coordinateur/"),
    ];
    let contents = vec![
        Heading { children: vec![heading("pas", "Pas à pas")], ..heading("theorie", "Théorie") },
        heading("pratique", "Pratique"),
    ];
    let mut facets = Listed::default();
    facets.add(("theorie", "Théorie"), TELLING, |html| html.push_str("<p>Pourquoi.</p>"));
    facets.add(("pratique", "Pratique"), TELLING, |html| html.push_str("<p>Comment.</p>"));
    Page {
        id: Some("roles/coordinateur".into()),
        lang: "fr".into(),
        title: "Coordinateur <chef>".into(),
        head_title: "Coordinateur – Rôles – Guide".into(),
        description: "Il « tient » le lien".into(),
        url: "/guide/roles/coordinateur/".into(),
        full_url: Some("https://exemple.org/guide/roles/coordinateur/".into()),
        image: Some("https://exemple.org/guide/lien.png".into()),
        noindex: true,
        kind: "role".into(),
        kind_label: Some("Rôle".into()),
        breadcrumb_html: breadcrumb_html(&breadcrumb),
        breadcrumb,
        json_ld: Some(Html("{\"@type\":\"BreadcrumbList\"}".into())),
        intro: Html("<p>Il tient le lien.</p>".into()),
        facets,
        rest: Html("<h2 id=\"limites\">Limites</h2><p>Le temps.</p>".into()),
        contents: Listed::of(contents, TELLING),
        menu: Html("<nav class=\"fold menu\" aria-label=\"Dans cette partie\"></nav>".into()),
        previous: Some(link("Animateur", "/guide/roles/animateur/")),
        next: Some(link("Témoin", "/guide/roles/temoin/")),
        children: Vec::new(),
        more_children: None,
        shape: Vec::new(),
        fields: vec![Field { label: "Niveau".into(), html: Html("confirmé".into()) }],
        about: Colophon {
            authors: vec!["Ada".into(), "Bruno".into()],
            owner: Some("Le noyau".into()),
            date: date("2026-03-01", "1er mars 2026"),
            updated: date("2026-04-02", "2 avril 2026"),
            review_by: date("2027-04-02", "2 avril 2027"),
            contributors: vec!["Ada".into(), "Chloé".into()],
            edit_url: Some("https://forge.exemple.org/edit/coordinateur.md".into()),
            edit_facets: vec![link("Théorie", "https://forge.exemple.org/edit/theorie.md")],
        },
        linked: linked(),
    }
}

fn breadcrumb_html(links: &[Known<Link>]) -> Html {
    let mut html = String::new();
    let (here, above) = links.split_last().unwrap();
    for (at, link) in above.iter().enumerate() {
        link.put_above(&mut html, if at == 0 { "Accueil" } else { &link.title });
    }
    here.put_here(&mut html, &here.title);
    Html(html)
}

fn listed(entries: &[Entry]) -> Listed<Entry> {
    Listed::of(lines(entries), TELLING)
}

fn lines(entries: &[Entry]) -> impl Iterator<Item = Line<'_>> + Clone {
    entries.iter().map(|Entry { page, anchor, lang, text, date: _ }| {
        let [anchor, lang, text] = [anchor, lang, text].map(Option::as_deref);
        Line { page, anchor, lang, text: text.map(Cow::Borrowed), begins: None }
    })
}

/// A page's links with something in every field.
fn linked() -> Linked {
    let entry = |title: &str| {
        let date = DateView { iso: "2026-03-01".into(), text: "1er mars 2026".into() };
        let (lang, text) = (Some("en".into()), Some("Ce qu’il dit.".into()));
        Entry { page: link(title, &format!("/guide/{title}/")), anchor: None, lang, text, date: Some(date) }
    };
    let group = |title: &str| Group {
        more: Some(link("La suite", "/guide/suite/")),
        ..Group::of(title.into(), listed(&[entry("un")]))
    };
    let groups = |title: &str| {
        let mut groups = Listed::default();
        groups.add_pages(title, lines(&[entry("un")]), TELLING);
        groups.go_on(link("La suite", "/guide/suite/"), TELLING);
        groups
    };
    let one = || vec![link("Autre", "/guide/autre/")];
    let stage = CycleStage { stage: link("Potentiel", "/guide/potentiel/"), next: one() };
    let part = |number: i64| SeriesPart { page: link("Partie", "/guide/partie/"), number, is_current: number == 2 };
    Linked {
        whole: true,
        roles: vec![entry("role")],
        for_role: vec![group("Théorie"), group("")],
        tasks: vec![Task {
            task: "Accueillir".into(),
            share: Some("responsible"),
            page: Some(link("Parrain", "/guide/parrain/")),
            responsible: one(),
            involved: one(),
        }],
        more_tasks: one().pop(),
        themes: Listed::of(&one(), TELLING),
        in_theme: groups("Pages"),
        related: Listed::of(&one(), TELLING),
        more_related: one().pop(),
        stages: Stages { previous: one(), next: one() },
        cycle: Some(Cycle { svg: Html("<svg></svg>".into()), stages: vec![stage] }),
        series: Some(Series {
            title: "Une série".into(),
            parts: vec![part(1), part(2)],
            previous: one().pop(),
            next: one().pop(),
        }),
        articles: vec![entry("article")],
        more_articles: one().pop(),
        questions: vec![link("Qui ?", "#qui")],
        asked: vec![question()],
        more_asked: one().pop(),
        backlinks: groups("Rôles"),
        references: Listed {
            count: 1,
            html: Html("\n<li>https://exemple.org/guide/roles/coordinateur/</li>".into()),
            items: vec!["https://exemple.org/guide/roles/coordinateur/".into()],
        },
    }
}

fn question() -> Question {
    Question {
        title: "Pourquoi ?".into(),
        url: "/guide/pourquoi/".into(),
        lang: None,
        html: Html("<p>Parce que.</p>".into()),
    }
}

fn text() -> TextItem {
    TextItem {
        title: "Feedback".into(),
        url: "/guide/feedback/".into(),
        lang: Some("en".into()),
        synonyms: vec!["retour".into()],
        kind: Some("Terme".into()),
        html: Html("Un <em>retour</em>.".into()),
    }
}

/// A view with something in every field.
pub(super) fn listing() -> Listing {
    let tab = |title: &str, url: &str| Tab { title: title.into(), url: url.into(), is_current: title == "Termes" };
    let group =
        ListGroup { id: "lettre-f".into(), title: "F".into(), items: Items::Texts(Listed::of(vec![text()], TELLING)) };
    Listing {
        index: Listed::of(vec![tab("E", "#lettre-e"), tab("F", "#lettre-f")], TELLING),
        kinds: Listed::of(vec![tab("Termes", "/guide/t/"), tab("Rôles", "/guide/r/")], TELLING),
        groups: vec![group],
        more: Some(link("La suite", "/guide/suite/")),
    }
}

/// The same with questions.
pub(super) fn questions() -> Listing {
    let group = ListGroup {
        id: "autres".into(),
        title: "Autres".into(),
        items: Items::Questions(Listed::of(vec![question()], TELLING)),
    };
    Listing { groups: vec![group], ..listing() }
}

/// The same with what pages say in a facet.
pub(super) fn firsts() -> Listing {
    let TextItem { title, url, lang, kind, html, .. } = text();
    let (page, lang) = (link(&title, &url), lang.as_deref());
    let line = TextLine { page: &page, anchor: "faire", lang, kind: &kind.unwrap_or_default(), html: &html.0 };
    let items = Items::Texts(Listed::of([line], TELLING));
    Listing { groups: vec![ListGroup { id: "roles".into(), title: "Rôles".into(), items }], ..listing() }
}

/// The same with pages.
pub(super) fn pages() -> Listing {
    let items = Items::Pages(listed(&linked().roles));
    Listing { groups: vec![ListGroup { id: String::new(), title: "Rôles".into(), items }], ..listing() }
}

/// Who does what.
pub(super) fn tasks() -> TaskTable {
    TaskTable {
        roles: vec![link("Coordinateur", "/guide/c/"), link("Membre", "/guide/m/")],
        rows: vec![TaskRow {
            task: "Accueillir".into(),
            page: link("Coordinateur", "/guide/c/"),
            shares: vec![Some("responsible"), None],
            responsible: vec![link("Coordinateur", "/guide/c/")],
            involved: Vec::new(),
        }],
        csv: "/guide/qui-fait-quoi.csv".into(),
        more: Some(link("La suite", "/guide/suite/")),
    }
}

/// The menu of a section.
pub(super) fn menu() -> Menu {
    Menu {
        title: "Organisation".into(),
        url: None,
        entries: vec![link("Animateur", "/guide/roles/animateur/"), link("Coordinateur", "/guide/roles/coordinateur/")],
        more: Some(link("Les 12 pages", "/guide/roles/")),
    }
}

/// The same with children, as a section has them.
pub(super) fn section() -> Page {
    let child = |title: &str, pages: usize| Child {
        title: title.into(),
        url: (pages != 1).then(|| "/guide/a/".into()),
        summary: (pages == 0).then(|| "Ce qu’il faut savoir.".into()),
        lang: None,
        kind: "page".into(),
        pages,
    };
    Page {
        children: vec![child("Un", 0), child("Deux", 1), child("Trois", 3)],
        more_children: Some(link("Les 400 pages", "/guide/plan-du-site/")),
        ..page()
    }
}

/// The same as the home page of a guide, with parts of every shape.
pub(super) fn home() -> Page {
    let entry = |title: &str, children: Vec<Known<Link>>| PartEntry { page: link(title, "/guide/a/"), children };
    let stages =
        Part {
            cycle: linked().cycle, kind: "stage".into(), page: link("Étapes", "/guide/etapes/"), ..Part::default()
        };
    let roles = Part {
        page: Link { lang: Some("en".into()), ..(*link("Roles", "/guide/roles/")).clone() }.into(),
        kind: "role".into(),
        summary: Some("Qui fait quoi.".into()),
        entries: vec![entry("Organisation", vec![link("Coordinateur", "/guide/coordinateur/"), Known::default()])],
        more: Some(link("12 pages", "/guide/roles/")),
        cycle: None,
    };
    let beside = Part { entries: vec![entry("Seule", Vec::new())], ..Part::default() };
    Page { breadcrumb: vec![link("Guide", "/guide/")], shape: vec![stages, roles, beside], ..section() }
}

/// A tree three deep, whose last branch ends at its deepest.
pub(super) fn map() -> SiteMap {
    let entry = |title: &str, children: Vec<MapEntry>| {
        let page = link(title, &format!("/guide/{title}/"));
        MapEntry { page, children, more: None }
    };
    let deep = entry("b", vec![entry("c", vec![entry("d", vec![])])]);
    let page = Link { title: "x".into(), ..Link::default() }.into();
    let unlinked = MapEntry { page, more: Some(link("3 pages", "/guide/x/2/")), children: Vec::new() };
    let entries = vec![entry("a", vec![deep.clone(), unlinked]), entry("e", vec![]), entry("f", vec![deep])];
    SiteMap { entries: Listed::of(entries, TELLING) }
}

/// Every template that makes a file, with what it is made of.
pub(super) fn files() -> Vec<(&'static str, Context)> {
    let redirect = Redirect {
        title: "Coordinateur".into(),
        url: "/guide/roles/coordinateur/".into(),
        full_url: Some("https://exemple.org/guide/roles/coordinateur/".into()),
    };
    vec![
        ("page.html", Context::page(&page())),
        ("section.html", Context::page(&section())),
        ("home.html", Context::page(&home())),
        ("site-map.html", Context::site_map(&page(), &map())),
        ("404.html", Context::page(&Page { lang: "en".into(), menu: Html::default(), ..page() })),
        ("glossary.html", Context::listing(&page(), &listing())),
        ("facet.html", Context::listing(&page(), &firsts())),
        ("questions.html", Context::listing(&page(), &questions())),
        ("list.html", Context::listing(&page(), &pages())),
        ("who-does-what.html", Context::tasks(&page(), &tasks())),
        ("redirect.html", Context::redirect(&redirect)),
    ]
}
