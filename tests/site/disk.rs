//! What a build does to the disk: which files it touches, and which it leaves alone.

use std::fs;

use crate::guide::{Guide, Tree, touched, tree, write};

const BASE: (&str, &str) = ("guide.yaml", "title: Guide\nbase_url: https://exemple.org/\n");

fn guide() -> Guide {
    Guide::new(&[
        BASE,
        ("content/index.md", "# Accueil\n\nVoir [un](partie/un.md).\n"),
        ("content/partie/index.md", "# Partie\n"),
        ("content/partie/un.md", "# Un\n\nLe premier.\n"),
        ("content/partie/deux.md", "# Deux\n\nLe second.\n"),
        ("content/ailleurs/seul.md", "# Seul\n\nLoin des autres.\n"),
        ("content/ailleurs/image.svg", "<svg/>"),
    ])
}

#[test]
fn a_second_build_touches_nothing() {
    let guide = guide();
    let before = guide.build();
    let folders = |guide: &Guide| {
        let entries = walkdir::WalkDir::new(guide.site()).sort_by_file_name().into_iter().map(Result::unwrap);
        entries
            .map(|entry| (entry.path().to_owned(), entry.metadata().unwrap().modified().unwrap()))
            .collect::<Vec<_>>()
    };
    let standing = folders(&guide);
    assert_eq!(guide.build(), before);
    assert_eq!(folders(&guide), standing, "folders too: no file was made and removed in them");
}

#[cfg(unix)]
#[test]
fn unchanged_files_stay_the_same_files() {
    use std::os::unix::fs::MetadataExt;

    let guide = guide();
    guide.build();
    let inode = |path: &str| fs::metadata(guide.site().join(path)).unwrap().ino();
    let seen = ["ailleurs/seul/index.html", "ailleurs/image.svg"].map(|path| (path, inode(path)));
    guide.write("content/partie/un.md", "# Un\n\nLe premier, autrement.\n");
    guide.build();
    assert_eq!(seen, seen.map(|(path, _)| (path, inode(path))));
}

#[test]
fn a_changed_page_changes_only_what_shows_it() {
    let guide = guide();
    let before = guide.build();
    guide.write("content/partie/un.md", "# Un\n\nLe premier.\n\nEt une suite.\n");
    let after = guide.build();
    // The search index is one whole.
    let pages = |before: &Tree, after: &Tree| -> Vec<String> {
        touched(before, after).into_iter().filter(|path| !path.starts_with("pagefind/")).collect()
    };
    assert_eq!(pages(&before, &after), [".boussole.json", "partie/un/index.html", "partie/un/index.txt"]);
    guide.write("content/partie/un.md", "# Un\n\nUn autre premier paragraphe.\n");
    let last = guide.build();
    let shown = [".boussole.json", "guide.json", "partie/index.html", "partie/un/index.html", "partie/un/index.txt"];
    assert_eq!(pages(&after, &last), shown, "the list of the section shows the summary");
}

#[test]
fn a_removed_page_goes_with_its_folder() {
    let guide = guide();
    guide.build();
    guide.remove("content/ailleurs/seul.md");
    guide.remove("content/ailleurs/image.svg");
    let after = guide.build();
    assert!(!after.keys().any(|path| path.starts_with("ailleurs")), "{:?}", after.keys());
    assert!(!guide.site().join("ailleurs").exists());
}

#[test]
fn what_someone_else_put_into_the_site_stays() {
    let guide = guide();
    guide.build();
    write(&guide.site().join("ailleurs/seul/note.txt"), "à moi");
    write(&guide.site().join("autre/note.txt"), "à moi");
    guide.remove("content/ailleurs/seul.md");
    let after = guide.build();
    assert!(after.contains_key("autre/note.txt") && after.contains_key("ailleurs/seul/note.txt"));
    assert!(!after.contains_key("ailleurs/seul/index.html"));
}

#[test]
fn what_someone_else_put_is_not_written_over() {
    let guide = guide();
    guide.build();
    write(&guide.site().join("partie/trois/index.html"), "à moi");
    guide.write("content/partie/trois.md", "# Trois\n");
    let before = guide.tree();
    let ending = guide.run(&[]);
    assert_eq!(ending.status, 2, "{}", ending.told);
    assert_eq!(guide.tree(), before);
}

#[test]
fn a_folder_of_someone_else_is_refused_whole() {
    let guide = guide();
    write(&guide.site().join("précieux.txt"), "à moi");
    let before = guide.tree();
    let ending = guide.run(&[]);
    assert_eq!(ending.status, 2, "{}", ending.told);
    assert_eq!(guide.tree(), before);
}

#[test]
fn nothing_is_written_where_the_guide_is_wrong() {
    let guide = guide();
    let before = guide.build();
    guide.write("content/partie/un.md", "# Un\n\nVers [rien](rien.md).\n");
    guide.write("content/nouveau.md", "# Nouveau\n");
    assert_eq!(guide.run(&[]).status, 1);
    assert_eq!(guide.tree(), before);
}

#[test]
fn a_template_that_fails_on_some_pages_leaves_every_file_old_or_new() {
    let guide = guide();
    for number in 0..40 {
        let text = format!("---\ntitle: Rôle {number}\nkind: role\n---\n\nUn rôle.\n");
        guide.write(&format!("content/rôles/r{number:02}.md"), &text);
    }
    let old = guide.build();
    for path in ["content/partie/un.md", "content/partie/deux.md", "content/ailleurs/seul.md"] {
        guide.write(path, "# Autrement\n\nTout autre chose.\n");
    }
    guide.write("content/nouveau.md", "# Nouveau\n");
    let new = Guide::new(&[]);
    fs::remove_dir(new.root()).unwrap();
    copy(&guide, &new);
    let new = new.build();
    let template = "themes/boussole/templates/kinds/role.html";
    guide.write(template, "{% extends \"boussole/page.html\" %}{% block text %}{{ nulle_part }}{% endblock %}");
    let ending = guide.run(&[]);
    assert_eq!(ending.status, 1, "{}", ending.told);
    assert!(ending.told.contains(template) && ending.told.contains("nulle_part"), "{}", ending.told);
    for (path, found) in guide.tree().iter().filter(|(path, _)| path.as_str() != ".boussole.json") {
        let is_whole = [&old, &new].iter().any(|tree| tree.get(path).is_some_and(|file| file.bytes == found.bytes));
        assert!(is_whole, "`{path}` is neither old nor new");
    }
    guide.remove(template);
    let last = guide.build();
    let bytes = |tree: &crate::guide::Tree| {
        tree.iter().map(|(path, file)| (path.clone(), file.bytes.clone())).collect::<Vec<_>>()
    };
    assert!(bytes(&last) == bytes(&new), "the next build completes");
}

/// Copies the sources of one guide to another.
fn copy(from: &Guide, to: &Guide) {
    for (path, file) in tree(&from.root()) {
        to.write(&path, std::str::from_utf8(&file.bytes).unwrap());
    }
}

#[test]
fn the_output_may_be_in_the_guide_and_is_never_a_source() {
    let guide = guide();
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_boussole"));
    command.current_dir(guide.root().join("content")).args(["build", "--date", "2026-03-01"]);
    for _ in 0..2 {
        let ending = crate::guide::run(&mut command);
        assert_eq!(ending.status, 0, "{}", ending.told);
    }
    let site = tree(&guide.root().join("public"));
    assert!(site.contains_key("partie/un/index.html"));
    assert!(!site.keys().any(|path| path.contains("public")));
    assert!(!guide.root().join("content/public").exists(), "the configured folder is relative to the root");
}

#[cfg(unix)]
#[test]
fn links_of_the_disk_are_followed_inside_the_guide_only() {
    use std::os::unix::fs::symlink;

    let guide = guide();
    let outside = tempfile::tempdir().unwrap();
    write(&outside.path().join("secret.md"), "# Secret\n");
    symlink("../partie/un.md", guide.root().join("content/ailleurs/double.md")).unwrap();
    let site = guide.build();
    assert!(site.contains_key("ailleurs/double/index.html"));
    for (target, name) in [
        (outside.path().join("secret.md"), "content/dehors.md"),
        (outside.path().to_owned(), "content/dehors"),
        (guide.root().join("content"), "content/partie/boucle"),
        ("nulle-part.md".into(), "content/perdu.md"),
    ] {
        symlink(target, guide.root().join(name)).unwrap();
        let ending = guide.run(&[]);
        assert_eq!(ending.status, 1, "{name}: {}", ending.told);
        assert!(ending.told.contains("outside-link") && ending.told.contains(name), "{name}: {}", ending.told);
        guide.remove(name);
    }
    assert_eq!(guide.build(), site);
}
