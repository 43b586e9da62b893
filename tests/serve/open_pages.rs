//! What open pages are told, and when.

use std::fs;

use crate::server::Server;

const PAGES: &[(&str, &str)] = &[
    ("guide.yaml", "title: Guide\nbase_url: https://exemple.org/\n"),
    ("content/index.md", "# Accueil\n\nBonjour.\n"),
    ("content/roles/index.md", "# Rôles\n\nQui fait quoi.\n"),
    ("content/roles/animatrice.md", "# Animatrice\n\nElle anime.\n"),
    ("content/roles/veilleur.md", "# Veilleur\n\nIl veille. ![Une carte](carte.svg)\n"),
    ("content/roles/carte.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>"),
];

fn now() -> (String, String) {
    ("reload".to_owned(), "1".to_owned())
}

#[test]
fn only_pages_that_changed_are_loaded_again() {
    let server = Server::of(PAGES);
    let (mut changed, mut other) = (server.open("/roles/animatrice/"), server.open("/roles/veilleur/"));
    server.write("content/roles/animatrice.md", "# Animatrice\n\nElle écoute.\n");
    assert_eq!(changed.next(), now());
    // The first that the other hears of is its own change.
    server.write("content/roles/veilleur.md", "# Veilleur\n\nIl dort. ![Une carte](carte.svg)\n");
    assert_eq!(other.next(), now());
    assert!(server.get("/roles/veilleur/").text().contains("Il dort."));
}

#[test]
fn a_picture_that_is_replaced_is_seen() {
    let server = Server::of(PAGES);
    let mut page = server.open("/roles/veilleur/");
    let other = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><path d=\"M0 0h9\"/></svg>";
    server.write("content/roles/carte.svg", other);
    assert_eq!(page.next(), now());
}

#[test]
fn a_stylesheet_is_changed_without_loading_the_page() {
    let server = Server::of(PAGES);
    let mut page = server.open("/roles/animatrice/");
    let sheet = fs::read_to_string("themes/boussole/assets/boussole.css").unwrap();
    server.write("themes/boussole/assets/boussole.css", &format!("{sheet}\nh1 {{ color: red; }}\n"));
    let (signal, version) = page.next();
    assert_eq!(signal, "style");
    // Once dressed in it, the page is what it should be.
    let mut dressed = server.listen("/roles/animatrice/", &version);
    server.write("content/roles/animatrice.md", "# Animatrice\n\nElle écoute.\n");
    assert_eq!(dressed.next(), now());
}

#[test]
fn faults_come_and_go_with_their_line() {
    let server = Server::of(PAGES);
    let mut page = server.open("/roles/animatrice/");
    server.write("content/roles/veilleur.md", "# Veilleur\n\nVoir [là](nulle-part.md). ![Une carte](carte.svg)\n");
    let told: serde_json::Value = serde_json::from_str(&page.next_of("faults")).unwrap();
    let fault = &told["faults"][0];
    assert_eq!(told["errors"], 1);
    assert_eq!(fault["code"], "dead-link");
    assert_eq!(fault["here"], false);
    assert_eq!(fault["place"], "content/roles/veilleur.md:3:11");
    assert_eq!(fault["line"][1], "nulle-part.md");
    let path = server.root().canonicalize().unwrap().join("content/roles/veilleur.md");
    assert_eq!(fault["open"]["address"], format!("vscode://file{}:3:11", path.display()));
    assert_eq!(told["page"]["file"], "content/roles/animatrice.md");
    server.write("content/roles/veilleur.md", PAGES[4].1);
    let told: serde_json::Value = serde_json::from_str(&page.next_of("faults")).unwrap();
    assert_eq!((&told["errors"], told["faults"].as_array().map(Vec::len)), (&0.into(), Some(0)));
}

#[test]
fn a_page_is_followed_where_it_goes_and_missed_where_it_went() {
    let server = Server::of(PAGES);
    let mut page = server.open("/roles/animatrice/");
    server.rename("content/roles/animatrice.md", "content/roles/facilitatrice.md");
    assert_eq!(page.next_of("moved"), "/roles/facilitatrice/");
    let mut page = server.open("/roles/facilitatrice/");
    server.rename("content/roles", "content/equipe");
    assert_eq!(page.next_of("moved"), "/equipe/facilitatrice/");
    let mut page = server.open("/equipe/facilitatrice/");
    fs::remove_file(server.root().join("content/equipe/facilitatrice.md")).unwrap();
    assert_eq!(page.next_of("reload"), "1");
    // What another page took the name of is not followed when that goes.
    let mut page = server.open("/equipe/veilleur/");
    server.rename("content/equipe/veilleur.md", "content/equipe/veilleuse.md");
    assert_eq!(page.next_of("moved"), "/equipe/veilleuse/");
    server.write("content/equipe/veilleur.md", "# Veilleur\n\nUn autre.\n");
    server.shows("/equipe/veilleur/", 200, "Un autre.");
    let mut page = server.open("/equipe/veilleur/");
    fs::remove_file(server.root().join("content/equipe/veilleur.md")).unwrap();
    let told = std::iter::repeat_with(|| page.next()).find(|(name, _)| name != "faults");
    assert_eq!(told, Some(now()));
    let mut missing = server.open("/equipe/facilitatrice/");
    server.write("content/equipe/facilitatrice.md", "# Facilitatrice\n\nDe retour.\n");
    assert_eq!(missing.next_of("reload"), "1");
}

#[test]
fn a_page_that_is_no_longer_what_it_was_is_told_so_as_it_comes() {
    let server = Server::of(PAGES);
    let old = "0000000000000000-0000000000000000";
    assert_eq!(server.listen("/roles/animatrice/", old).next(), now());
    let mut broken = server.open("/roles/animatrice/");
    server.write("themes/boussole/templates/page.html", "{{ absent.absent }}");
    broken.next_of("reload");
    let mut standing_in = server.open("/roles/animatrice/");
    fs::remove_dir_all(server.root().join("themes")).unwrap();
    standing_in.next_of("reload");
}
