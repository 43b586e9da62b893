//! The pages that no author wrote: the glossary, facets, questions, who does what.

use serde_json::Value;

use crate::guide::{Guide, bare, between};
use crate::links::Site;

const BASE: &str = "https://exemple.org/g/";

/// How many bytes a page of a long list may have, with what is around the list.
const LONG_PAGE: usize = 70_000;

fn guide(files: &[(&str, &str)]) -> Guide {
    let guide = Guide::new(&[("content/index.md", "# Le guide\n")]);
    guide.write("guide.yaml", &format!("title: Guide\nbase_url: {BASE}\n"));
    files.iter().for_each(|(path, text)| guide.write(path, text));
    guide
}

fn term(guide: &Guide, number: usize, title: &str) {
    guide
        .write(&format!("content/mots/t{number:04}.md"), &format!("---\ntitle: {title}\nkind: term\n---\n\nUn mot.\n"));
}

/// What a page shows between its heading and its end.
fn shown(guide: &Guide, address: &str) -> String {
    let page = guide.page(&format!("{address}/index.html"));
    between(&page, "</h1>\n</header>\n", "</article>").to_owned()
}

/// The pages below an address, the one at it among them.
fn below(guide: &Guide, address: &str) -> Vec<String> {
    let pages = guide.tree().into_keys().filter(|path| path.starts_with(address) && path.ends_with(".html"));
    pages.map(|path| path.trim_end_matches("/index.html").to_owned()).collect()
}

/// Every link leads somewhere, every page can be reached, and those at `address` are of bounded size.
fn assert_divided(guide: &Guide, address: &str) {
    let site = Site::read(&guide.site(), BASE);
    assert_eq!(site.faults(), Vec::<String>::new());
    assert_eq!(site.unreached(), ["404.html"]);
    let long: Vec<(&str, usize)> = site
        .pages()
        .filter(|(path, page)| path.starts_with(address) && page.size > LONG_PAGE)
        .map(|(path, page)| (path, page.size))
        .collect();
    assert!(long.is_empty(), "{long:?}");
}

fn json_ld(guide: &Guide, address: &str) -> Value {
    let page = guide.page(&format!("{address}/index.html"));
    serde_json::from_str(between(&page, "<script type=\"application/ld+json\">", "</script>")).unwrap()
}

#[test]
fn the_glossary_goes_from_a_to_z() {
    let guide = guide(&[]);
    let titles = ["Zone", "Écoute", "entraide", "Œuvre", "360 degrés", "« Bien » commun", "L'art", "bien", "βêta", "Ø"];
    titles.iter().enumerate().for_each(|(number, title)| term(&guide, number, title));
    guide.build();
    let page = shown(&guide, "glossaire");
    let list = bare(&page[page.find("</nav>").unwrap()..]).replace("Un mot.\n", "").replace("\nUn mot.", "");
    let narrow = '\u{a0}';
    let expected = format!(
        "0–9\n360 degrés\nB\n«{narrow}Bien{narrow}» commun\nbien\nβêta\nE\nÉcoute\nentraide\nL\nL’art\nO\nØ\nŒuvre\nZ\nZone"
    );
    assert_eq!(list, expected);
}

#[test]
fn an_entry_has_the_term_its_other_names_and_its_first_paragraph() {
    let text = "---\ntitle: Tour de table\nkind: term\nsynonyms: [l'ouverture, R&D]\nlang: fr-CA\nsummary: Autre.\n---\n\n\
                # Tour de table\n\nChacun *parle* ; voir [[Cercle]][^1].\n\nPuis la suite.\n\n[^1]: Une note.\n";
    let guide = guide(&[
        ("content/mots/tour.md", text),
        ("content/cercle.md", "---\ntitle: Cercle\nkind: term\nsummary: Des gens & des liens.\n---\n"),
    ]);
    guide.build();
    let cercle = "<a class=\"term\" href=\"/g/cercle/\">Cercle</a></dt>\n<dd>Des gens &amp; des liens.</dd></div>\n";
    assert_eq!(
        shown(&guide, "glossaire"),
        format!(
            "<nav class=\"index\" aria-label=\"Sommaire\"><ul>\n<li><a href=\"#lettre-c\">C</a></li>\n\
             <li><a href=\"#lettre-t\">T</a></li>\n</ul></nav>\n\
             <section class=\"letter\" id=\"lettre-c\">\n<h2>C</h2>\n<dl>\n<div><dt>{cercle}</dl>\n</section>\n\
             <section class=\"letter\" id=\"lettre-t\">\n<h2>T</h2>\n<dl>\n\
             <div lang=\"fr-CA\"><dt><a class=\"term\" href=\"/g/mots/tour/\">Tour de table</a> <span>l’ouverture, R&amp;D</span></dt>\n\
             <dd>Chacun <em>parle</em>; voir \
             <a href=\"/g/cercle/\" class=\"term\" data-link=\"written\">Cercle</a>.</dd></div>\n</dl>\n</section>\n"
        )
    );
}

#[test]
fn a_long_glossary_has_a_page_for_each_letter_and_several_for_a_long_one() {
    let guide = guide(&[]);
    (0..600).for_each(|number| term(&guide, number, &format!("Abri {number:03}")));
    (600..610).for_each(|number| term(&guide, number, &format!("Élan {number}")));
    guide.build();
    let letters = ["glossaire", "glossaire/lettre-a", "glossaire/lettre-a/2", "glossaire/lettre-e"];
    let pages = below(&guide, "glossaire/");
    assert!(letters.iter().all(|letter| pages.iter().any(|page| page == letter)), "{pages:?}");
    let listed: Vec<String> = pages
        .iter()
        .flat_map(|page| {
            let text = bare(&shown(&guide, page));
            text.lines().filter(|line| line.contains(' ') && *line != "Un mot.").map(str::to_owned).collect::<Vec<_>>()
        })
        .filter(|line| line.starts_with("Abri") || line.starts_with("Élan"))
        .collect();
    let mut sorted = listed.clone();
    sorted.sort();
    sorted.dedup();
    assert_eq!((listed.len(), sorted.len()), (610, 610));
    assert!(guide.page("glossaire/lettre-a/2/index.html").contains("<h1>Glossaire – A (2)</h1>"));
    assert_divided(&guide, "glossaire/");
}

const ROLE: &str = "---\ntitle: Témoin\nkind: role\n---\n\nIl voit.\n\n## Pratique\n\n- une liste\n\nIl *note* ; puis dit.\n\nSuite.\n\n## Théorie\n\nPourquoi.\n";

#[test]
fn a_facet_of_all_pages_leads_to_its_sources_and_can_be_narrowed() {
    let guide = guide(&[
        ("content/roles/temoin.md", ROLE),
        ("content/l'atelier/tour.md", "# Tour\n\n## Pratique\n\nOn parle.\n"),
        ("content/seul.md", "# Seul\n\n## Pratique\n\nSeul.\n"),
        ("content/autre.md", "# Autre\n\n## Pratique\n\nAutre.\n"),
    ]);
    guide.build();
    let entry = |place: &str, title: &str, kind: &str, text: &str| {
        format!(
            "<li><a href=\"/g/{place}/#pratique\">{title}</a> <span class=\"count\">{kind}</span><p>{text}</p></li>\n"
        )
    };
    let witness = entry("roles/temoin", "Témoin", "Rôle", "Il <em>note</em>\u{202f}; puis dit.");
    let home = entry("autre", "Autre", "Page", "Autre.") + &entry("seul", "Seul", "Page", "Seul.");
    let shop = entry("l-atelier/tour", "Tour", "Page", "On parle.");
    let group = |title: &str, items: &str| {
        format!("<section class=\"children\">\n<h2>{title}</h2>\n<ul class=\"pages\">\n{items}</ul>\n</section>\n")
    };
    let ways = |name: &str, ways: &[(&str, &str)], current: &str| {
        let way = |(slug, title): &(&str, &str)| match *title == current {
            true => format!("<li><span aria-current=\"true\">{title}</span></li>\n"),
            false => format!("<li><a href=\"/g/volets/pratique/{slug}/\">{title}</a></li>\n"),
        };
        let ways: String = ways.iter().map(way).collect();
        format!("<nav class=\"index\" aria-label=\"{name}\"><p class=\"label\">{name}</p><ul>\n{ways}</ul></nav>\n")
    };
    let parts = [("partie-accueil", "Accueil"), ("partie-l-atelier", "l’atelier"), ("partie-roles", "roles")];
    let kinds = [("genre-page", "Pages"), ("genre-role", "Rôles")];
    let head = |current: &str| ways("Par partie", &parts, current) + &ways("Par type de page", &kinds, current);
    let (home, shop, roles) = (group("Accueil", &home), group("l’atelier", &shop), group("roles", &witness));
    assert_eq!(shown(&guide, "volets/pratique"), head("") + &home + &shop + &roles);
    assert_eq!(shown(&guide, "volets/pratique/genre-page"), head("Pages") + &home + &shop);
    assert_eq!(shown(&guide, "volets/pratique/partie-roles"), head("roles") + &roles);
    let theory = shown(&guide, "volets/theorie");
    assert!(
        theory.starts_with("<section class=\"children\">"),
        "with one part and one kind there is no choice: {theory}"
    );
    assert_eq!(below(&guide, "volets/exemples"), Vec::<String>::new());
    assert_divided(&guide, "volets/");
}

#[test]
fn a_facet_with_long_paragraphs_is_split() {
    let guide = guide(&[]);
    let text = "Une phrase assez longue pour compter. ".repeat(60);
    for number in 0..90 {
        let part = ["un", "deux"][number % 2];
        guide.write(&format!("content/{part}/p{number}.md"), &format!("# Page {number}\n\n## Théorie\n\n{text}\n"));
    }
    guide.build();
    let parts =
        ["partie-deux", "partie-deux/2", "partie-un", "partie-un/2"].map(|part| format!("volets/theorie/{part}"));
    let pages = below(&guide, "volets/theorie/");
    assert!(parts.iter().all(|part| pages.contains(part)), "{pages:?}");
    assert_divided(&guide, "volets/");
}

#[test]
fn a_long_facet_of_one_part_and_several_kinds_is_listed_by_kind_alone() {
    let guide = guide(&[]);
    let text = "Une phrase assez longue pour compter. ".repeat(60);
    for number in 0..90 {
        let kind = ["role", "article"][number % 2];
        let page = format!("---\ntitle: Page {number}\nkind: {kind}\n---\n\n## Théorie\n\n{text}\n");
        guide.write(&format!("content/un/p{number}.md"), &page);
    }
    guide.build();
    assert_eq!(
        shown(&guide, "volets/theorie"),
        "<nav class=\"index\" aria-label=\"Par type de page\"><p class=\"label\">Par type de page</p><ul>\n\
         <li><a href=\"/g/volets/theorie/genre-role/\">Rôles</a></li>\n\
         <li><a href=\"/g/volets/theorie/genre-article/\">Articles</a></li>\n</ul></nav>\n"
    );
    let views: String = below(&guide, "volets/theorie/").iter().map(|view| shown(&guide, view)).collect();
    let listed = |number| views.matches(&format!("<li><a href=\"/g/un/p{number}/#theorie\">")).count();
    assert!((0..90).all(|number| listed(number) == 1), "each is listed, and only once: {views}");
    assert_divided(&guide, "volets/");
}

fn question(title: &str, more: &str, answer: &str) -> String {
    format!("---\ntitle: \"{title}\"\nkind: question\n{more}---\n\n{answer}\n")
}

#[test]
fn questions_stand_under_their_themes_and_the_others_last() {
    let theme = |title: &str| format!("---\ntitle: {title}\nkind: theme\n---\n");
    let guide = guide(&[
        ("content/un/accueil.md", &theme("L'accueil")),
        ("content/deux/accueil.md", &theme("Accueil du soir")),
        (
            "content/q/a.md",
            &question("Qui ?", "themes: [L'accueil, Accueil du soir]\n", "Moi[^n].\n\n## Pourquoi\n\n[^n]: Note."),
        ),
        ("content/q/b.md", &question("Quoi </script>\\\"?", "", "Ceci & <cela>.")),
    ]);
    guide.build();
    let page = shown(&guide, "questions");
    assert_eq!(
        bare(&page).lines().map(|line| line.replace('\u{202f}', " ")).collect::<Vec<_>>(),
        [
            "Accueil du soir",
            "L’accueil",
            "Autres questions",
            "Accueil du soir",
            "Qui ?",
            "Moi1.",
            "Pourquoi",
            "Note. ↩",
            "L’accueil",
            "Qui ?",
            "Moi1.",
            "Pourquoi",
            "Note. ↩",
            "Autres questions",
            "Quoi &lt;/script&gt;&quot;?",
            "Ceci &amp; .",
        ]
    );
    assert!(page.contains("id=\"theme-accueil\"") && page.contains("id=\"theme-accueil-2\""));
    assert_divided(&guide, "questions/");
    let data = json_ld(&guide, "questions");
    assert_eq!(data[0]["@type"], "BreadcrumbList");
    assert_eq!(data[1]["@type"], "FAQPage");
    let asked = data[1]["mainEntity"].as_array().unwrap();
    let names: Vec<&str> = asked.iter().map(|question| question["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Qui ?", "Quoi </script>\"?"], "each once, whatever its themes");
    assert_eq!(asked[1]["acceptedAnswer"]["text"], "Ceci & .");
}

#[test]
fn very_many_questions_are_split_by_theme_and_very_many_themes_go_on() {
    for (themes, expected) in [(3, "questions/theme-t1/2"), (70, "questions/2")] {
        let guide = guide(&[]);
        for theme in 0..themes {
            guide.write(&format!("content/t/t{theme}.md"), &format!("---\ntitle: Thème {theme}\nkind: theme\n---\n"));
        }
        for number in 0..1_000 {
            let theme = format!("themes: [Thème {}]\n", number % themes);
            guide
                .write(&format!("content/q/q{number}.md"), &question(&format!("Question {number} ?"), &theme, "Oui. "));
        }
        guide.build();
        assert!(below(&guide, "questions/").iter().any(|page| page == expected), "{:?}", below(&guide, "questions/"));
        assert_divided(&guide, "questions/");
    }
}

const PLAN: &str = "---\ntitle: Préparer\ntasks:\n\
    \x20 - {task: \"Inviter, et \\\"relancer\\\"\", responsible: [Aide], involved: [Témoin]}\n\
    \x20 - {task: \"=1+1\", involved: [Aide]}\n\
    \x20 - {task: \"-cmd; puis\"}\n---\n";

#[test]
fn who_does_what_is_a_table_and_a_file_for_spreadsheets() {
    let guide = guide(&[
        ("content/roles/aide.md", "---\ntitle: Aide\nkind: role\ntasks: [{task: Aider}]\n---\n"),
        ("content/roles/temoin.md", "---\ntitle: Témoin\nkind: role\n---\n"),
        ("content/roles/autre.md", "---\ntitle: Sans tâche\nkind: role\n---\n"),
        ("content/preparer.md", PLAN),
    ]);
    guide.build();
    let row = |place: &str, task: &str, shares: [&str; 2]| {
        let [first, second] = shares;
        format!(
            "<tr>\n<th scope=\"row\"><a href=\"/g/{place}/\">{task}</a></th>\n<td>{first}</td>\n<td>{second}</td>\n</tr>\n"
        )
    };
    let (yes, with) = ("<strong>Responsable</strong>", "Participe");
    let rows = [
        row("preparer", "Inviter, et &quot;relancer&quot;", [yes, with]),
        row("preparer", "=1+1", [with, ""]),
        row("preparer", "-cmd\u{202f}; puis", ["", ""]),
        row("roles/aide", "Aider", [yes, ""]),
    ];
    let page = shown(&guide, "qui-fait-quoi");
    assert_eq!(between(&page, "<tbody>\n", "</tbody>"), rows.concat());
    assert_eq!(
        between(&page, "<thead>\n", "</thead>"),
        "<tr>\n<th scope=\"col\">Tâche</th>\n<th scope=\"col\"><a class=\"role\" href=\"/g/roles/aide/\">Aide</a></th>\n\
         <th scope=\"col\"><a class=\"role\" href=\"/g/roles/temoin/\">Témoin</a></th>\n</tr>\n"
    );
    assert!(page.contains("<a href=\"/g/qui-fait-quoi.csv\">"));
    assert_eq!(
        guide.page("qui-fait-quoi.csv"),
        "\u{feff}Tâche,Page,Aide,Témoin\r\n\
         \"Inviter, et \"\"relancer\"\"\",Préparer,responsable,participe\r\n\
         '=1+1,Préparer,participe,\r\n\
         \"'-cmd; puis\",Préparer,,\r\n\
         Aider,Aide,responsable,\r\n"
    );
}

#[test]
fn very_many_roles_are_named_and_very_many_tasks_are_split() {
    let guide = guide(&[]);
    for number in 0..400 {
        let next = (number + 1) % 400;
        let tasks =
            format!("tasks: [{{task: La tâche {number}, responsible: [Rôle {number}], involved: [Rôle {next}]}}]");
        let role = format!("---\ntitle: Rôle {number}\nkind: role\nautolink: false\n{tasks}\n---\n");
        guide.write(&format!("content/r/r{number:03}.md"), &role);
    }
    guide.build();
    let page = shown(&guide, "qui-fait-quoi");
    let role = |number: usize| format!("<a class=\"role\" href=\"/g/r/r{number:03}/\">Rôle {number}</a>");
    assert_eq!(
        between(&page, "<tbody>\n", "</tr>"),
        format!(
            "<tr>\n<th scope=\"row\"><a href=\"/g/r/r000/\">La tâche 0</a></th>\n<td>{}</td>\n<td>{}</td>\n",
            role(0),
            role(1)
        )
    );
    assert!(page.contains("<th scope=\"col\">Responsables</th>\n<th scope=\"col\">Participants</th>"));
    let file = guide.page("qui-fait-quoi.csv");
    assert!(file.starts_with("\u{feff}Tâche,Page,Responsables,Participants\r\nLa tâche 0,Rôle 0,Rôle 0,Rôle 1\r\n"));
    assert_eq!(file.lines().count(), 401);
    assert!(below(&guide, "qui-fait-quoi/").contains(&"qui-fait-quoi/2".to_owned()));
    assert_divided(&guide, "qui-fait-quoi/");
}

#[test]
fn an_authors_page_at_the_address_of_a_view_comes_before_it() {
    let guide = guide(&[
        ("content/glossaire/index.md", "# Nos mots\n\nLes mots du cercle.\n"),
        ("content/glossaire/lien.md", "---\ntitle: Lien\nkind: term\n---\n\nCe qui tient.\n"),
    ]);
    guide.build();
    let page = shown(&guide, "glossaire");
    let (text, list) = (page.find("Les mots du cercle."), page.find("id=\"lettre-l\""));
    assert!(text.is_some() && text < list, "{page}");
    let page = guide.page("glossaire/index.html");
    assert!(page.contains("<h1>Nos mots<sup"));
    assert!(
        page.contains("<li><a href=\"/g/glossaire/\" aria-current=\"page\">Nos mots</a></li>"),
        "in the footer too"
    );
    assert_divided(&guide, "glossaire/");
}

#[test]
fn there_is_no_view_where_there_is_nothing_to_show() {
    let guide = guide(&[("content/roles/aide.md", "---\ntitle: Aide\nkind: role\n---\n\nElle aide.\n")]);
    let site = guide.build();
    let folders = ["glossaire", "volets", "questions", "qui-fait-quoi", "feed.xml"];
    let found: Vec<&String> = site.keys().filter(|path| folders.iter().any(|name| path.starts_with(name))).collect();
    assert_eq!(found, Vec::<&String>::new());
    let footer = guide.page("index.html");
    assert_eq!(bare(between(&footer, "<footer class=\"foot\">", "</footer>")), "Plan du site");
}

#[test]
fn english_guides_have_english_addresses() {
    let guide = Guide::new(&[
        ("guide.yaml", "title: Guide\nlang: en\nfacets: [{id: theory, title: Theory}]\n"),
        ("content/index.md", "# Home page\n\n## Theory\n\nWhy.\n"),
        ("content/a.md", "---\ntitle: Ally\nkind: role\ntasks: [{task: Help}]\n---\n\n## Theory\n\nWho.\n"),
        ("content/b/b.md", "---\ntitle: Bond\nkind: term\n---\n\n## Theory\n\nWhat.\n"),
        ("content/q.md", "---\ntitle: Who?\nkind: question\n---\n\nYou.\n"),
    ]);
    let site = guide.build();
    let own = ["a/", "b/", "q/", "assets/", "pagefind/", "index", "404"];
    let pages: Vec<&str> = site
        .keys()
        .map(String::as_str)
        .filter(|path| path.contains('.') && !path.starts_with('.') && !own.iter().any(|own| path.starts_with(own)))
        .collect();
    assert_eq!(
        pages,
        [
            "facets/theory/index.html",
            "facets/theory/kind-role/index.html",
            "facets/theory/kind-section/index.html",
            "facets/theory/kind-term/index.html",
            "facets/theory/part-b/index.html",
            "facets/theory/part-home/index.html",
            "glossary/index.html",
            "guide.json",
            "questions/index.html",
            "robots.txt",
            "site-map/index.html",
            "who-does-what.csv",
            "who-does-what/index.html",
        ]
    );
    assert!(guide.page("glossary/index.html").contains("id=\"letter-b\""));
    assert!(guide.page("questions/index.html").contains("<h2>Other questions</h2>"));
    assert_eq!(guide.page("who-does-what.csv"), "\u{feff}Task,Page,Ally\r\nHelp,Ally,responsible\r\n");
}
