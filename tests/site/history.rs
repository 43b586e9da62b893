//! What a guide takes from git, through the program: dates of change, told everywhere alike, and read once.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::guide::{Ending, Guide, bare, between, run, touched};

const CONFIGURATION: &str = "title: Guide\nbase_url: https://exemple.org/guide/\nsearch: false\n";

fn git(guide: &Guide, day: &str, words: &[&str]) {
    let mut git = Command::new("git");
    git.current_dir(guide.root()).args(words).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    for role in ["AUTHOR", "COMMITTER"] {
        git.env(format!("GIT_{role}_NAME"), "Zoé").env(format!("GIT_{role}_EMAIL"), "zoe@exemple.org");
        git.env(format!("GIT_{role}_DATE"), format!("{day}T12:00:00+00:00"));
    }
    let ending = run(&mut git);
    assert_eq!(ending.status, 0, "{words:?}: {}", ending.told);
}

fn commit(guide: &Guide, day: &str) {
    git(guide, day, &["add", "--all"]);
    git(guide, day, &["commit", "--quiet", "--message", "x"]);
}

/// A guide of which all was written on the first of February, and one facet of a role changed on the second of May.
fn guide() -> Guide {
    let guide = Guide::new(&[
        ("guide.yaml", CONFIGURATION),
        ("content/index.md", "---\ntitle: Accueil\nupdated: 2025-12-24\n---\nBienvenue.\n"),
        ("content/dated.md", "---\ntitle: Article\nkind: article\ndate: 2026-02-01\n---\nTexte.\n"),
        ("content/rôle/index.md", "---\ntitle: Rôle\nkind: role\n---\nTexte.\n"),
        ("content/rôle/theorie.md", "---\nvolet: theorie\n---\nTexte.\n"),
    ]);
    git(&guide, "2026-02-01", &["init", "--quiet"]);
    commit(&guide, "2026-02-01");
    guide.write("content/rôle/theorie.md", "---\nvolet: theorie\n---\nAutre texte.\n");
    commit(&guide, "2026-05-02");
    guide.write("content/new.md", "# Pas encore enregistrée\n");
    guide
}

/// What the page at `url` was changed on, in `guide.json`.
fn updated(guide: &Guide, url: &str) -> Value {
    let json: Value = serde_json::from_slice(&guide.tree()["guide.json"].bytes).unwrap();
    let pages = json["pages"].as_array().unwrap();
    pages.iter().find(|page| page["url"] == url).unwrap()["updated"].clone()
}

#[test]
fn dates_from_git_are_the_same_everywhere() {
    let guide = guide();
    let ending = guide.run(&["--strict"]);
    assert_eq!((ending.status, ending.told.contains("no-history")), (0, false), "{}", ending.told);
    let dates = ["/", "/dated/", "/new/", "/role/"].map(|url| updated(&guide, url));
    // What an author wrote stands; the day that a page is dated is no change; what is not committed has no date.
    assert_eq!(dates, [Value::from("2025-12-24"), Value::Null, Value::Null, Value::from("2026-05-02")]);
    let colophon = bare(&guide.page("role/index.html"));
    assert!(colophon.contains("Mis à jour le2 mai 2026"), "{colophon}");
    assert!(!guide.page("dated/index.html").contains("Mis à jour"));
    let sitemap = guide.page("sitemap.xml");
    let modified = |url: &str| between(&sitemap, &format!("{url}</loc>"), "</url>").to_owned();
    assert_eq!(modified("/guide/role/"), "<lastmod>2026-05-02</lastmod>");
    assert_eq!(modified("/guide/dated/"), "<lastmod>2026-02-01</lastmod>");
    assert_eq!(modified("/guide/new/"), "");
    // The file is published: it names nobody, and no file that is not there for all to see.
    let manifest = guide.page(".boussole.json");
    assert!(manifest.contains("\"2026-05-02\"") && !manifest.contains("content/") && !manifest.contains("Zoé"));
}

#[test]
fn a_repository_that_moved_changes_the_pages_that_it_tells_of_and_no_others() {
    let guide = guide();
    let before = guide.build();
    assert_eq!(touched(&before, &guide.build()), Vec::<String>::new());
    commit(&guide, "2026-06-01");
    let changed = [".boussole.json", "guide.json", "new/index.html", "sitemap.xml"];
    assert_eq!(touched(&before, &guide.build()), changed);
}

#[test]
fn names_are_for_templates_of_the_guide_s_own() {
    let guide = guide();
    let template = "{{ page.title }}: {{ page.about.contributors | join(sep=\", \") }}\n";
    guide.write("themes/boussole/templates/page.html", template);
    guide.build();
    assert_eq!(guide.page("role/index.html"), "Rôle: Zoé\n");
    assert_eq!(guide.page("new/index.html"), "Pas encore enregistrée: \n");
}

/// Builds with nothing but what is in `programs` to be found.
fn build_with(guide: &Guide, programs: &Path, arguments: &[&str]) -> Ending {
    let mut build = Command::new(env!("CARGO_BIN_EXE_boussole"));
    build.args(["build", "--date", "2026-03-01", "--root"]).arg(guide.root()).arg("--output").arg(guide.site());
    run(build.args(arguments).env("PATH", programs).env("GIT_DIR", "/nowhere"))
}

#[test]
fn without_git_there_is_a_note_and_a_site() {
    let (guide, programs) = (guide(), tempfile::tempdir().unwrap());
    let ending = build_with(&guide, programs.path(), &["--strict"]);
    assert_eq!(ending.status, 0, "{}", ending.told);
    let note = between(&ending.told, "note[no-history]: ", "\n");
    let told = "le guide est dans un dépôt git, et le programme `git` n’est pas installé : 3 pages restent sans date \
                de mise à jour";
    assert_eq!(note.replace('\u{a0}', " "), told);
    assert_eq!(updated(&guide, "/role/"), Value::Null);
    // A guide in no repository has no use for it.
    fs::remove_dir_all(guide.root().join(".git")).unwrap();
    let ending = build_with(&guide, programs.path(), &["--strict"]);
    assert!(!ending.told.contains("no-history"), "{}", ending.told);
}

/// A program in the place of git that writes down what it is asked.
#[cfg(unix)]
#[test]
fn the_log_is_read_once_and_whatever_else_the_environment_says_of_git() {
    use std::os::unix::fs::PermissionsExt;

    let (guide, programs) = (guide(), tempfile::tempdir().unwrap());
    let asked = programs.path().join("asked");
    let path = std::env::var("PATH").unwrap();
    // Written by another process, which has closed it: a file that is open for writing cannot be run.
    let question = "for word; do case $word in rev-parse|log) echo $word; break; esac; done";
    let script = format!("#!/bin/sh\n{question} >>'{}'\nPATH='{path}' exec git \"$@\"\n", asked.display());
    let file = programs.path().join("git");
    fs::write(programs.path().join("text"), script).unwrap();
    assert_eq!(run(Command::new("cp").arg(programs.path().join("text")).arg(&file)).status, 0);
    fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    let questions = || fs::read_to_string(&asked).unwrap();
    assert_eq!(build_with(&guide, programs.path(), &[]).status, 0);
    assert_eq!(questions(), "rev-parse\nlog\n");
    assert_eq!(updated(&guide, "/role/"), "2026-05-02");
    assert_eq!(build_with(&guide, programs.path(), &[]).status, 0);
    assert_eq!(questions(), "rev-parse\nlog\nrev-parse\n");
    assert_eq!(updated(&guide, "/role/"), "2026-05-02");
}

#[test]
fn every_file_of_a_page_can_be_edited_where_the_guide_says_so() {
    let guide = guide();
    guide.write(
        "guide.yaml",
        &format!("{CONFIGURATION}edit_url: https://forge.exemple.org/edit/main/{{path}}?a=1&b=2\n"),
    );
    guide.build();
    let page = guide.page("role/index.html");
    let edit = between(&page, "<p class=\"edit\">", "</p>");
    let link = |file: &str, words: &str| {
        let path = format!("https://forge.exemple.org/edit/main/content/r%C3%B4le/{file}.md?a=1&amp;b=2");
        format!("<a href=\"{path}\">{words}</a>")
    };
    let expected = [link("index", "Modifier cette page"), link("theorie", "Modifier le volet Théorie")];
    assert_eq!(edit, expected.join("<br>\n"));
    assert!(!guide.page("dated/index.html").contains("Modifier le volet"));
}

/// Settings that name programs name one that leaves a mark, and no question makes git run it.
#[cfg(unix)]
#[test]
fn a_repository_has_no_program_run() {
    use std::io::Write;
    use std::os::unix::fs::PermissionsExt;
    use std::process::Stdio;

    let (guide, programs) = (guide(), tempfile::tempdir().unwrap());
    fs::create_dir(guide.root().join("themes")).unwrap();
    let (mark, program) = (programs.path().join("mark"), programs.path().join("program"));
    // Written by another process, which has closed it: a file that is open for writing cannot be run.
    fs::write(programs.path().join("text"), format!("#!/bin/sh\ntouch '{}'\n", mark.display())).unwrap();
    assert_eq!(run(Command::new("cp").arg(programs.path().join("text")).arg(&program)).status, 0);
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let program = program.to_str().unwrap();
    let remote = format!("ext::{program} %S");
    let day = "2026-05-03";
    // A commit that is signed: reading it may ask a program whether the signature is good.
    let told =
        Command::new("git").current_dir(guide.root()).args(["cat-file", "commit", "HEAD"]).output().unwrap().stdout;
    let told = String::from_utf8(told).unwrap();
    let (head, words) = told.split_once("\n\n").unwrap();
    let signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n x\n -----END PGP SIGNATURE-----";
    let mut hash = Command::new("git");
    let hash = hash.current_dir(guide.root()).args(["hash-object", "-t", "commit", "-w", "--stdin"]);
    let mut hash = hash.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    hash.stdin.take().unwrap().write_all(format!("{head}\n{signature}\n\n{words}").as_bytes()).unwrap();
    let signed = String::from_utf8(hash.wait_with_output().unwrap().stdout).unwrap();
    git(&guide, day, &["update-ref", "HEAD", signed.trim()]);
    for (key, value) in [
        ("log.showSignature", "true"),
        ("gpg.program", program),
        ("core.fsmonitor", program),
        ("core.pager", program),
        ("pager.log", "true"),
        ("core.sshCommand", program),
        ("core.askPass", program),
        ("core.editor", program),
        ("credential.helper", program),
        ("diff.external", program),
        ("diff.own.command", program),
        ("diff.own.textconv", program),
        ("alias.log", &format!("!{program}")),
        ("extensions.partialClone", "origin"),
        ("remote.origin.promisor", "true"),
        ("remote.origin.url", &remote),
        ("protocol.ext.allow", "always"),
    ] {
        git(&guide, day, &["config", key, value]);
    }
    guide.write(".gitattributes", "* diff=own\n");
    // What must be compared is not here, and git knows where it might be.
    let tree =
        Command::new("git").current_dir(guide.root()).args(["rev-parse", "HEAD~1^{tree}"]).output().unwrap().stdout;
    let tree = String::from_utf8(tree).unwrap();
    fs::remove_file(guide.root().join(".git/objects").join(&tree[..2]).join(tree[2..].trim())).unwrap();
    let ending = guide.run(&[]);
    assert_eq!(ending.status, 0, "{}", ending.told);
    assert!(!mark.exists(), "the repository's program was run");
    // Whoever asks without care has it run.
    drop(Command::new("git").current_dir(guide.root()).args(["log", "--name-only"]).output());
    assert!(mark.exists());
}

/// Files that look like a repository of their own, among those of the guide, are not asked for their history.
#[test]
fn a_repository_that_lies_among_the_files_is_not_asked() {
    let guide = guide();
    fs::rename(guide.root().join(".git"), guide.root().with_file_name(".git")).unwrap();
    assert!(!guide.run(&[]).told.contains("no-history"));
    for (path, text) in [
        ("HEAD", "ref: refs/heads/main\n"),
        ("config", "[core]\nbare = true\n"),
        ("objects/x", ""),
        ("refs/heads/x", ""),
    ] {
        guide.write(path, text);
    }
    let ending = guide.run(&[]);
    assert_eq!(ending.status, 0, "{}", ending.told);
    assert!(ending.told.contains("no-history") && ending.told.contains("bare"), "{}", ending.told);
}
