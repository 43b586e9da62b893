//! What happens on the disk while the guide is served.

use std::fs;

use crate::server::{Server, program, until};

const PAGES: &[(&str, &str)] = &[
    ("guide.yaml", "title: Guide\nbase_url: https://exemple.org/\n"),
    ("content/index.md", "# Accueil\n\nBonjour.\n"),
    ("content/roles/index.md", "# Rôles\n\nQui fait quoi.\n"),
    ("content/roles/animatrice.md", "---\ntitre: Animatrice\n---\n\nElle anime.\n"),
];

#[test]
fn pages_are_what_their_files_are() {
    let server = Server::of(PAGES);
    server.write("content/roles/animatrice.md", "---\ntitre: Animatrice\n---\n\nElle écoute.\n");
    server.shows("/roles/animatrice/", 200, "Elle écoute.");
    server.write("content/roles/animatrice.md", "---\r\ntitre: Facilitatrice\r\n---\r\n\r\nElle facilite.\r\n");
    server.shows("/roles/", 200, "Facilitatrice");
    server.write("content/roles/coordinateur.md", "# Coordinateur\n\nIl coordonne.\n");
    server.shows("/roles/coordinateur/", 200, "Il coordonne.");
    server.rename("content/roles/coordinateur.md", "content/roles/veilleur.md");
    server.shows("/roles/coordinateur/", 404, "");
    server.shows("/roles/veilleur/", 200, "Il coordonne.");
    fs::remove_file(server.root().join("content/roles/veilleur.md")).unwrap();
    server.shows("/roles/veilleur/", 404, "");
    // A page can be seen with its faults.
    server.write("content/roles/animatrice.md", "# Animatrice\n\nVoir [là](nulle-part.md).\n");
    server.shows("/roles/animatrice/", 200, "Voir");
    until("the fault is told", || server.told().contains("content/roles/animatrice.md:3:11").then_some(()));
}

#[test]
fn the_site_may_be_built_meanwhile() {
    let server = Server::of(PAGES);
    for words in ["Bonsoir.", "Bonne nuit."] {
        let mut build = program();
        build.args(["build", "--date", "2026-03-01", "--root"]).arg(server.root());
        let building = build.stderr(std::process::Stdio::null()).spawn().unwrap();
        server.write("content/index.md", &format!("# Accueil\n\n{words}\n"));
        server.shows("/", 200, words);
        assert!(building.wait_with_output().unwrap().status.success());
        server.write("content/roles/index.md", &format!("# Rôles\n\nQui fait quoi\u{a0}? {words}\n"));
        server.shows("/roles/", 200, words);
        assert!(server.root().join("public/index.html").is_file());
    }
}

#[test]
fn folders_may_be_renamed_removed_and_come_back() {
    let server = Server::of(PAGES);
    server.rename("content/roles", "content/equipe");
    server.shows("/equipe/animatrice/", 200, "Elle anime.");
    server.shows("/roles/animatrice/", 404, "");
    server.write("content/equipe/animatrice.md", "# Animatrice\n\nDans son nouveau dossier.\n");
    server.shows("/equipe/animatrice/", 200, "Dans son nouveau dossier.");
    fs::remove_dir_all(server.root().join("content/equipe")).unwrap();
    server.shows("/equipe/animatrice/", 404, "");
    server.write("content/un/deux/trois/page.md", "# Page\n\nTout au fond.\n");
    server.shows("/un/deux/trois/page/", 200, "Tout au fond.");
    fs::remove_dir_all(server.root().join("content")).unwrap();
    server.shows("/un/deux/trois/page/", 404, "");
    server.write("content/index.md", "# Accueil\n\nDe retour.\n");
    server.shows("/", 200, "De retour.");
    server.write("content/index.md", "# Accueil\n\nToujours suivi.\n");
    server.shows("/", 200, "Toujours suivi.");
    server.rename("content", "contenu");
    server.shows("/index.txt", 404, "");
    server.rename("contenu", "content");
    server.shows("/", 200, "Toujours suivi.");
    server.write("content/index.md", "# Accueil\n\nEncore suivi.\n");
    server.shows("/", 200, "Encore suivi.");
    server.write("static/note.txt", "statique");
    server.shows("/note.txt", 200, "statique");
}

#[test]
fn the_whole_folder_of_the_guide_may_go_and_come_back() {
    let server = Server::of(PAGES);
    let away = server.root().with_file_name("ailleurs");
    fs::rename(server.root(), &away).unwrap();
    server.shows("/", 500, "Le guide ne peut pas être lu");
    fs::rename(&away, server.root()).unwrap();
    server.shows("/", 200, "Bonjour.");
    server.write("content/index.md", "# Accueil\n\nSuivi de nouveau.\n");
    server.shows("/", 200, "Suivi de nouveau.");
}

#[test]
fn another_folder_may_take_the_place_of_the_guide() {
    let server = Server::of(PAGES);
    let other = server.root().with_file_name("autre");
    for (path, text) in PAGES {
        crate::server::write(&other.join(path), &text.replace("Bonjour.", "Bonjour d’un autre guide."));
    }
    // Between the two, nobody looks.
    fs::rename(server.root(), server.root().with_file_name("ailleurs")).unwrap();
    fs::rename(&other, server.root()).unwrap();
    server.shows("/", 200, "Bonjour d’un autre guide.");
    server.write("content/index.md", "# Accueil\n\nSuivi, lui aussi.\n");
    server.shows("/", 200, "Suivi, lui aussi.");
}

#[test]
fn the_settings_may_change_the_base_path_too() {
    let server = Server::of(PAGES);
    server.write("guide.yaml", "title: Autre nom\nbase_url: https://exemple.org/\n");
    server.shows("/", 200, "Autre nom");
    server.write("guide.yaml", "title: Autre nom\nbase_url: https://exemple.org/ici/\n");
    server.shows("/ici/", 200, "Bonjour.");
    assert_eq!(server.get("/").header("location"), Some("/ici/"));
    fs::remove_file(server.root().join("guide.yaml")).unwrap();
    server.shows("/", 200, "Bonjour.");
    server.write("guide.yaml.tmp", "title: Par renommage\n");
    server.rename("guide.yaml.tmp", "guide.yaml");
    server.shows("/", 200, "Par renommage");
}

#[test]
fn a_theme_may_come_change_break_and_be_mended() {
    let server = Server::of(PAGES);
    let footer = "themes/boussole/templates/partials/footer.html";
    server.write(footer, "<footer>Un pied à moi</footer>\n");
    server.shows("/", 200, "Un pied à moi");
    // What cannot be understood is told, and the built-in one stands in.
    server.write(footer, "<footer>{{ rien.du.tout }</footer>\n");
    until("the fault is told", || server.told().contains("footer.html:1:25").then_some(()));
    assert_eq!(server.get("/").status, 200);
    // What cannot make a page stands in its place.
    server.write(footer, "<footer>{{ absent.absent }}</footer>\n");
    server.shows("/", 500, "footer.html:1:12");
    server.write(footer, "<footer>Réparé</footer>\n");
    server.shows("/", 200, "Réparé");
    fs::remove_dir_all(server.root().join("themes")).unwrap();
    until("the built-in footer", || (!server.get("/").text().contains("Réparé")).then_some(()));
}

#[test]
fn editors_may_save_as_they_do() {
    let server = Server::of(PAGES);
    let page = "content/roles/animatrice.md";
    let vim = |text: &str| {
        server.write("content/roles/4913", "");
        fs::remove_file(server.root().join("content/roles/4913")).unwrap();
        server.rename(page, "content/roles/animatrice.md~");
        server.write(page, text);
        fs::remove_file(server.root().join("content/roles/animatrice.md~")).unwrap();
    };
    vim("# Animatrice\n\nComme vim.\n");
    server.shows("/roles/animatrice/", 200, "Comme vim.");
    for temporary in [".goutputstream-X1Y2", "animatrice.md.tmp.77", "#animatrice.md#", "sedQs1T2u"] {
        let temporary = format!("content/roles/{temporary}");
        server.write(&temporary, &format!("# Animatrice\n\nComme {}.\n", temporary.len()));
        server.rename(&temporary, page);
        server.shows("/roles/animatrice/", 200, &format!("Comme {}.", temporary.len()));
    }
    // A file that is left beside the page is no page, and no reason to build.
    let before = server.told();
    server.write("content/roles/.animatrice.md.swp", "x");
    server.write("content/roles/.#animatrice.md", "x");
    server.write(page, "# Animatrice\n\nAprès.\n");
    server.shows("/roles/animatrice/", 200, "Après.");
    until("one more line", || (server.told() != before).then_some(()));
    assert_eq!(server.told()[before.len()..].lines().count(), 1, "{}", server.told());
}

#[test]
fn what_is_named_as_editors_name_theirs_may_be_a_page() {
    let server = Server::of(PAGES);
    server.write("content/plan.tmp.md", "# Plan\n\nProvisoire.\n");
    server.shows("/plan-tmp/", 200, "Provisoire.");
    server.write("content/plan.tmp.md", "# Plan\n\nTout aussi provisoire.\n");
    server.shows("/plan-tmp/", 200, "Tout aussi provisoire.");
}

#[test]
fn half_saved_pages_are_waited_for() {
    let server = Server::of(PAGES);
    // Whether they are new or not. A busy machine may keep a half from being completed in time: then it is tried again.
    assert!((0..10).any(|_| is_waited_for(&server, "animatrice")), "{}", server.told());
    assert!((0..10).any(|number| is_waited_for(&server, &format!("nouvelle-{number}"))), "{}", server.told());
    // What stays half is a fault.
    server.write("content/roles/animatrice.md", "---\ntitre: Animatrice\n");
    until("a fault", || server.told().contains("unclosed-front-matter").then_some(()));
}

/// Whether nobody hears of a page before it is whole.
fn is_waited_for(server: &Server, name: &str) -> bool {
    let (page, address) = (format!("content/roles/{name}.md"), format!("/roles/{name}/"));
    let mut open = server.open(&address);
    for half in ["", "---\ntitre: Animatrice\n"] {
        server.write(&page, half);
        std::thread::sleep(std::time::Duration::from_millis(30));
    }
    for words in ["Entière.", "Entière et autre."] {
        server.write(&page, &format!("---\ntitre: Animatrice\n---\n\n{words}\n"));
        server.shows(&address, 200, words);
    }
    // One for each of these two.
    let mut signals = vec![open.next()];
    while signals.iter().filter(|(name, _)| name == "reload").count() < 2 {
        signals.push(open.next());
    }
    !signals.iter().any(|(_, said)| said.contains("unclosed-front-matter"))
}

#[test]
fn a_thousand_files_at_once_are_few_builds() {
    let server = Server::of(PAGES);
    for number in 0..1000 {
        server.write(&format!("content/pages/p{number}.md"), &format!("# Page {number}\n\nTexte {number}.\n"));
    }
    server.shows("/pages/p999/", 200, "Texte 999.");
    server.shows("/pages/p0/", 200, "Texte 0.");
    for number in 0..1000 {
        server.write(&format!("content/pages/p{number}.md"), &format!("# Page {number}\n\nAutre {number}.\n"));
    }
    server.shows("/pages/p999/", 200, "Autre 999.");
    server.shows("/pages/p0/", 200, "Autre 0.");
    let builds = server.told().lines().filter(|line| line.contains(" ms · ")).count();
    assert!(builds < 200, "{builds} builds for 2,000 files");
}

#[test]
fn a_disk_that_tells_nothing_can_be_looked_at() {
    let server = Server::with(PAGES, &["--poll"]);
    server.write("content/roles/animatrice.md", "# Animatrice\n\nVue sans être signalée.\n");
    server.shows("/roles/animatrice/", 200, "Vue sans être signalée.");
    server.write("content/roles/nouvelle.md", "# Nouvelle\n\nElle aussi.\n");
    server.shows("/roles/nouvelle/", 200, "Elle aussi.");
    // Folders that are not there are no reason to build again and again.
    let builds = server.told().lines().filter(|line| line.contains(" ms · ")).count();
    assert!(builds < 8, "{}", server.told());
}

#[cfg(unix)]
#[test]
fn what_symbolic_links_lead_to_is_watched() {
    let server = Server::of(PAGES);
    server.write("partage/note.md", "# Note\n\nPartagée.\n");
    server.write("partage/dossier/fiche.md", "# Fiche\n\nDans un dossier partagé.\n");
    std::os::unix::fs::symlink("../partage/note.md", server.root().join("content/note.md")).unwrap();
    std::os::unix::fs::symlink("../partage/dossier", server.root().join("content/dossier")).unwrap();
    server.shows("/note/", 200, "Partagée.");
    server.shows("/dossier/fiche/", 200, "Dans un dossier partagé.");
    server.write("partage/dossier/fiche.md", "# Fiche\n\nChangée par ailleurs.\n");
    server.shows("/dossier/fiche/", 200, "Changée par ailleurs.");
    // The link is known once the build that found it has been shown.
    until("what a link leads to is seen", || {
        server.write("partage/note.md", "# Note\n\nChangée, elle aussi.\n");
        server.get("/note/").text().contains("Changée, elle aussi.").then_some(())
    });
}
