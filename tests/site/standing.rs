//! Builds of what was built before: known at a glance where nothing changed, and never where something did.

use std::fs;
use std::process::Command;

use crate::guide::{Ending, Guide, run, tree};

fn guide() -> Guide {
    Guide::new(&[
        ("guide.yaml", "title: Guide\nbase_url: https://exemple.org/\n"),
        ("content/index.md", "---\ntitre: Accueil\nà-revoir-le: 2026-05-31\n---\n\nVoir [un](un.md).\n"),
        ("content/un.md", "# Un\n\nLe premier. ![Plan](plan.svg)\n"),
        ("content/essai.draft.md", "# Essai\n\nVoir [un](un.md).\n"),
        ("content/plan.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"/>"),
        ("static/lisez-moi.txt", "un"),
    ])
}

/// Builds, and says how long each stage took: those that were passed over are not among them.
fn build(guide: &Guide, arguments: &[&str], date: &str) -> Ending {
    let mut command = Command::new(env!("CARGO_BIN_EXE_boussole"));
    command.args(["build", "--verbose", "--date", date, "--root"]).arg(guide.root());
    command.arg("--output").arg(guide.site()).args(arguments);
    run(command.env("LC_ALL", "fr"))
}

fn was_known(ending: &Ending) -> bool {
    assert_eq!(ending.status, 0, "{}", ending.told);
    !ending.told.contains("Écriture du site")
}

/// Whether the site is what a build into an empty folder makes.
fn is_as_new(guide: &Guide, arguments: &[&str]) -> bool {
    let other = tempfile::tempdir().unwrap();
    let folder = other.path().join("site");
    let mut command = Command::new(env!("CARGO_BIN_EXE_boussole"));
    command.args(["build", "--date", "2026-03-01", "--root"]).arg(guide.root());
    let ending = run(command.arg("--output").arg(&folder).args(arguments).env("LC_ALL", "fr"));
    assert_eq!(ending.status, 0, "{}", ending.told);
    let bytes = |folder| tree(folder).into_iter().map(|(path, found)| (path, found.bytes)).collect::<Vec<_>>();
    bytes(&folder) == bytes(&guide.site())
}

#[test]
fn the_same_again_is_known_at_a_glance() {
    let guide = guide();
    assert!(!was_known(&build(&guide, &[], "2026-03-01")));
    let before = guide.tree();
    let ending = build(&guide, &[], "2026-03-02");
    assert!(was_known(&ending) && ending.told.contains("2\u{a0}pages en ") && ending.told.contains("inchangés"));
    assert_eq!(guide.tree(), before);
}

#[test]
fn what_something_was_found_in_is_looked_at_again() {
    let guide = guide();
    build(&guide, &[], "2026-05-31");
    let ending = build(&guide, &[], "2026-06-01");
    assert!(!was_known(&ending) && ending.told.contains("note[review-overdue]"), "{}", ending.told);
    // The page is still to be reviewed.
    let ending = build(&guide, &[], "2026-06-01");
    assert!(!was_known(&ending) && ending.told.contains("note[review-overdue]"), "{}", ending.told);
    guide.write("content/index.md", "# Accueil\n\nVoir [un](un.md), [non](nulle-part.md).\n");
    assert_eq!(build(&guide, &[], "2026-06-01").status, 1);
    assert_eq!(build(&guide, &[], "2026-06-01").status, 1);
}

#[test]
fn another_source_makes_another_site() {
    let edits: [fn(&Guide); 7] = [
        |guide| guide.write("content/un.md", "# Un\n\nLe dernier. ![Plan](plan.svg)\n"),
        |guide| guide.write("static/lisez-moi.txt", "nu"),
        |guide| {
            guide.write("content/plan.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"8\" height=\"9\"/>");
        },
        |guide| guide.write("guide.yaml", "title: Autre\nbase_url: https://exemple.org/\n"),
        |guide| guide.write("themes/boussole/assets/plus.css", "a{}"),
        |guide| guide.write("content/deux.md", "# Deux\n\nVoir [un](un.md).\n"),
        |guide| {
            guide.write("content/index.md", "# Accueil\n\nVoir [un](une/un.md).\n");
            fs::create_dir(guide.root().join("content/une")).unwrap();
            let at = |path: &str| guide.root().join(path);
            fs::rename(at("content/un.md"), at("content/une/un.md")).unwrap();
            fs::rename(at("content/plan.svg"), at("content/une/plan.svg")).unwrap();
        },
    ];
    for (number, edit) in edits.iter().enumerate() {
        let guide = guide();
        build(&guide, &[], "2026-03-01");
        edit(&guide);
        assert!(!was_known(&build(&guide, &[], "2026-03-01")), "{number}");
        assert!(is_as_new(&guide, &[]), "{number}");
        assert!(was_known(&build(&guide, &[], "2026-03-01")), "{number}");
    }
}

#[test]
fn texts_and_names_are_known_in_each_of_their_forms() {
    let guide = guide();
    guide.write("content/un.md", "\u{feff}# Un\r\n\r\nLe premier.\r\n");
    guide.write("content/re\u{301}union/e\u{301}te\u{301}.md", "# Été\n\nVoir [un](../un.md).\n");
    assert!(!was_known(&build(&guide, &[], "2026-03-01")));
    assert!(was_known(&build(&guide, &[], "2026-03-01")));
    guide.write("content/un.md", "# Un\n\nLe premier.\n");
    assert!(was_known(&build(&guide, &[], "2026-03-01")), "what it says is the same");
    fs::write(guide.root().join("content/un.md"), b"# Un\n\nLe premier\xff.\n").unwrap();
    assert_eq!(build(&guide, &[], "2026-03-01").status, 1);
    guide.write("content/un.md", "# Un\n\nLe premier.\n");
    // A folder's double, with the same files as before.
    guide.write("content/re\u{301}union/juin.md", "# Juin\n\nVoir [un](../un.md).\n");
    assert!(!was_known(&build(&guide, &[], "2026-03-01")));
    fs::create_dir(guide.root().join("content/r\u{e9}union")).unwrap();
    let at = |path: &str| guide.root().join(path);
    fs::rename(at("content/re\u{301}union/juin.md"), at("content/r\u{e9}union/juin.md")).unwrap();
    assert!(build(&guide, &[], "2026-03-01").told.contains("[same-name]"));
}

#[test]
fn what_is_asked_otherwise_is_built_otherwise() {
    let guide = guide();
    for arguments in [&[][..], &["--drafts"], &["--base-url", "https://exemple.org/la/"], &[]] {
        assert!(!was_known(&build(&guide, arguments, "2026-03-01")), "{arguments:?}");
        assert!(is_as_new(&guide, arguments), "{arguments:?}");
    }
    assert!(was_known(&build(&guide, &["--strict"], "2026-03-01")), "it finds nothing either");
}

#[test]
fn what_was_disturbed_is_made_again() {
    let site = |guide: &Guide| guide.site().join("un/index.html");
    let disturbances: [fn(&std::path::Path); 4] = [
        |page| fs::write(page, fs::read_to_string(page).unwrap().replace("premier", "dernier")).unwrap(),
        |page| fs::remove_file(page).unwrap(),
        |page| {
            fs::remove_file(page).unwrap();
            fs::create_dir(page).unwrap();
        },
        |page| fs::remove_dir_all(page.parent().unwrap()).unwrap(),
    ];
    for (number, disturb) in disturbances.iter().enumerate() {
        let guide = guide();
        build(&guide, &[], "2026-03-01");
        disturb(&site(&guide));
        assert!(!was_known(&build(&guide, &[], "2026-03-01")), "{number}");
        assert!(is_as_new(&guide, &[]), "{number}");
    }
}
