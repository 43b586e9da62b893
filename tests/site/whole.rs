//! Whole sites: every link leads somewhere, every page can be reached, and no page is too long.

use std::fmt::Write as _;
use std::path::Path;
use std::process::Command;

use crate::guide::{Found, Guide, between, run, tree};
use crate::links::Site;

/// How many bytes a page may have whose authors wrote little.
const LONG_PAGE: usize = 80_000;

fn assert_sound(site: &Site) {
    let faults = site.faults();
    assert!(faults.is_empty(), "{} faults, such as {:#?}", faults.len(), &faults[..faults.len().min(20)]);
}

/// The pages that nothing leads to, the one for dead addresses apart.
fn unreached(site: &Site) -> Vec<&str> {
    site.unreached().into_iter().filter(|path| *path != "404.html").collect()
}

#[test]
fn the_guide_of_this_repository_is_sound_below_any_path() {
    for base_url in ["https://exemple.org/", "https://exemple.org/un/guide/"] {
        let folder = tempfile::tempdir().unwrap();
        let public = folder.path().join("public");
        let mut command = Command::new(env!("CARGO_BIN_EXE_boussole"));
        command.args(["build", "--strict", "--date", "2026-03-01", "--base-url", base_url, "--output"]).arg(&public);
        let ending = run(command.arg("--root").arg(env!("CARGO_MANIFEST_DIR")));
        assert_eq!(ending.status, 0, "{}", ending.told);
        let site = Site::read(&public, base_url);
        assert_sound(&site);
        assert_eq!(unreached(&site), redirects(&public));
        assert_eq!(shared_titles(&public), Vec::<String>::new());
    }
}

/// What several pages are called in their `title`, the pages at old addresses apart.
fn shared_titles(site: &Path) -> Vec<String> {
    let moved = redirects(site);
    let pages = tree(site).into_iter().filter(|(path, _)| path.ends_with(".html") && !moved.contains(path));
    let title =
        |(_, file): (String, Found)| between(&String::from_utf8_lossy(&file.bytes), "<title>", "</title>").to_owned();
    let mut titles: Vec<String> = pages.map(title).collect();
    titles.sort_unstable();
    let shared = titles.windows(2).filter(|pair| pair[0] == pair[1]);
    shared.map(|pair| pair[0].clone()).collect()
}

/// The pages at old addresses, which nothing should lead to.
fn redirects(site: &Path) -> Vec<String> {
    let files = tree(site).into_iter().filter(|(path, _)| path.ends_with(".html"));
    let moved = files.filter(|(_, file)| String::from_utf8_lossy(&file.bytes).contains("http-equiv=\"refresh\""));
    moved.map(|(path, _)| path).collect()
}

#[test]
fn golden_guides_are_sound() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    for (name, base_url) in [
        ("minimal", "https://exemple.org/"),
        ("french", "https://exemple.org/"),
        ("english", "https://example.org/"),
        ("base-path", "https://exemple.org/notre/guide/"),
        ("linked", "https://exemple.org/notre/guide/"),
        ("author-site-map", "https://exemple.org/"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_boussole"));
        command.args(["build", "--date", "2026-03-01", "--root"]).arg(golden.join(name).join("guide"));
        let ending = run(command.arg("--output").arg(folder.path()));
        assert_eq!(ending.status, 0, "{}", ending.told);
        let site = Site::read(folder.path(), base_url);
        assert_sound(&site);
        assert_eq!(unreached(&site), redirects(folder.path()), "{name}");
    }
}

/// Where the large guide is published: every link is as long as its path.
const BASE: &str = "https://exemple.org/un/chemin/assez/long/pour/compter/";

/// A guide with many pages in one folder, and many folders.
fn wide(pages: usize, folders: usize) -> Guide {
    let guide = Guide::new(&[
        ("guide.yaml", &format!("title: Un grand guide\nbase_url: {BASE}\n")),
        ("content/index.md", "# Accueil\n"),
        ("content/fiches/index.md", "# Fiches\n"),
    ]);
    for number in 0..pages {
        let next = (number + 1) % pages;
        let mut text = format!("---\ntitle: La fiche {number} & la R&D, un & deux & <trois>\n---\n\n");
        write!(text, "Après elle vient [la suivante](f{next:05}.md#suite), et c’est ainsi.\n\n## Suite\n").unwrap();
        guide.write(&format!("content/fiches/f{number:05}.md"), &text);
    }
    for number in 0..folders {
        guide
            .write(&format!("content/groupes/g{number:03}/index.md"), &format!("# Le groupe {number}\n\nUn groupe.\n"));
        guide.write(&format!("content/groupes/g{number:03}/page.md"), &format!("# La page du groupe {number}\n"));
    }
    guide
}

#[test]
fn long_lists_are_split_and_everything_can_be_reached() {
    let guide = wide(3_000, 300);
    let site = assert_divided(&guide);
    assert_eq!(site.pages().filter(|(path, _)| path.starts_with("fiches/f")).count(), 3_000);
}

/// The kinds of pages that views gather.
const KINDS: [&str; 4] = ["term", "question", "role", "article"];

/// A guide in which all pages are in views, and some are named by all.
fn linked(pages: usize) -> Guide {
    let guide = Guide::new(&[
        ("guide.yaml", &format!("title: Un grand guide\nbase_url: {BASE}\nlinks: {{automatic: none}}\n")),
        ("content/index.md", "# Accueil\n"),
        ("content/article/index.md", "# Articles\n"),
        ("content/n/theme.md", "---\ntitle: Le thème de tous\nkind: theme\n---\n"),
        ("content/n/role.md", "---\ntitle: Le rôle de tous\nkind: role\n---\n"),
        ("content/n/bras.md", "---\ntitle: Le bras de tous\nkind: role\n---\n"),
        ("content/n/voisin.md", "# Le voisin de tous\n"),
    ]);
    for number in 0..pages {
        let kind = KINDS[number % KINDS.len()];
        let mut text = format!("---\ntitle: La page {number} & la R&D, un & deux\nkind: {kind}\n");
        text.push_str("thèmes: [Le thème de tous]\nrôles: [Le rôle de tous]\nvoir-aussi: [Le voisin de tous]\n");
        writeln!(text, "tâches: [{{tâche: La tâche {number}, participants: [n/bras.md]}}]").unwrap();
        text.push_str("date: 2026-01-01\n---\n\nCe que dit cette page, en une phrase ou deux : c’est ainsi.\n\n");
        text.push_str("## Théorie\n\nCe que dit sa théorie, en une phrase ou deux : c’est pourquoi.\n");
        guide.write(&format!("content/{kind}/p{number:05}.md"), &text);
    }
    guide
}

#[test]
fn long_views_are_split_and_everything_can_be_reached() {
    let guide = linked(2_000);
    let site = assert_divided(&guide);
    let views = ["glossaire/", "questions/", "qui-fait-quoi/", "volets/theorie/", "n/theme/", "n/role/", "n/voisin/"];
    for view in views {
        let count = site.pages().filter(|(path, _)| path.starts_with(view)).count();
        assert!(count > 3, "`{view}` has {count} pages");
    }
}

/// Builds a guide whose pages are of bounded size, and all of whose links lead somewhere.
fn assert_divided(guide: &Guide) -> Site {
    let ending = guide.run(&[]);
    assert_eq!(ending.status, 0, "{}", ending.told);
    let site = Site::read(&guide.site(), BASE);
    assert_sound(&site);
    assert_eq!(unreached(&site), Vec::<&str>::new());
    let long: Vec<(&str, usize)> =
        site.pages().map(|(path, page)| (path, page.size)).filter(|(_, size)| *size > LONG_PAGE).collect();
    assert!(long.is_empty(), "{long:?}");
    site
}
