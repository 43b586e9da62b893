//! The command line as it is used: what is typed, what is said where, and the exit status.
#![expect(clippy::disallowed_methods, reason = "tests write guides and look at what was built")]

mod beginning;
mod schema;
mod words;

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

/// A folder with files in it.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().expect("the system gives temporary folders");
    for (path, text) in files {
        write(&folder.path().join(path), text);
    }
    folder
}

fn write(path: &Path, text: &str) {
    let parent = path.parent().expect("every file of a test is in a folder");
    fs::create_dir_all(parent).and_then(|()| fs::write(path, text)).expect("temporary folders can be written to");
}

/// A guide with nothing wrong in it.
fn sound() -> TempDir {
    folder(&[
        ("guide.yaml", "title: Guide\nbase_url: https://exemple.org/\n"),
        ("content/index.md", "# Accueil\n\nVoir [la suite](suite.md).\n"),
        ("content/suite.md", "# Suite\n\nLa suite.\n"),
    ])
}

/// A guide with a dead link at line 3, column 11 of a page.
fn faulty() -> TempDir {
    folder(&[
        ("guide.yaml", "title: Guide\nbase_url: https://exemple.org/\n"),
        ("content/index.md", "# Accueil\n\nVoir [là](plus-loin.md).\n"),
        ("content/là-bas.md", "# Là-bas\n\nVoir [ici](suitte.md).\n"),
        ("content/suite.md", "# Suite\n\nLa suite.\n"),
    ])
}

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_boussole"));
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "SOURCE_DATE_EPOCH", "NO_COLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command.current_dir(folder).args(arguments).stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().expect("the binary runs")
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap_or_else(|| panic!("stopped by a signal: {}", err(output)))
}

/// Standard output.
fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("what is printed is UTF-8")
}

/// Standard error, its no-break spaces made plain.
fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).replace(['\u{a0}', '\u{202f}'], " ")
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{error} in {:?}", out(output)))
}

/// Every file under `folder` with its bytes and the time it was written.
fn tree(folder: &Path) -> Vec<(String, Vec<u8>, std::time::SystemTime)> {
    let files = walkdir::WalkDir::new(folder).sort_by_file_name();
    let files = files.into_iter().map(|entry| entry.expect("the folder can be listed"));
    let files = files.filter(|entry| entry.file_type().is_file());
    let file = |entry: walkdir::DirEntry| {
        let written = entry.metadata().ok().and_then(|metadata| metadata.modified().ok());
        let bytes = fs::read(entry.path()).expect("what was written can be read");
        (entry.path().display().to_string(), bytes, written.expect("the system keeps times"))
    };
    files.map(file).collect()
}

// Usage.

#[test]
fn usage_errors_are_short_french_and_status_2() {
    let folder = folder(&[]);
    for (arguments, message, help) in [
        (vec!["buid"], "la commande `buid` n’existe pas", "vouliez-vous dire `build` ?"),
        (vec!["theme", "ejct"], "la commande `ejct` n’existe pas", "vouliez-vous dire `eject` ?"),
        (
            vec!["--drafts", "build"],
            "l’option `--drafts` se met après la commande",
            "écrivez `boussole build --drafts`",
        ),
        (vec!["build", "--draft"], "l’option `--draft` n’existe pas ici", "vouliez-vous dire `--drafts` ?"),
        (vec!["check", "--format", "xml"], "`--format` ne peut pas être `xml`", "choisissez parmi"),
        (vec!["init"], "il manque `<DOSSIER>`", "écrivez `boussole init <DOSSIER>`"),
        (vec!["-q", "-v"], "`--quiet` ne va pas avec `--verbose`", "choisissez l’un ou l’autre"),
    ] {
        let output = run(folder.path(), &arguments);
        assert_eq!(status(&output), 2, "{arguments:?}");
        assert_eq!(out(&output), "");
        let told = err(&output);
        assert!(told.starts_with(&format!("erreur : {message}\n  aide : {help}")), "{told}");
    }
}

#[test]
fn the_locale_makes_the_interface_english() {
    let folder = folder(&[]);
    let output = command(folder.path(), &["buid"]).env("LANG", "en_GB.UTF-8").output().expect("the binary runs");
    assert_eq!(err(&output), "error: there is no command `buid`\n  help: did you mean `build`?\n");
}

#[test]
fn help_and_version_go_to_standard_output() {
    let folder = folder(&[]);
    for arguments in [
        vec!["--help"],
        vec!["build", "-h"],
        vec!["theme", "eject", "--help"],
        vec!["help"],
        vec!["help", "theme", "eject"],
    ] {
        let output = run(folder.path(), &arguments);
        assert_eq!((status(&output), err(&output).as_str()), (0, ""));
        assert!(out(&output).contains("Utilisation\u{a0}: boussole"), "{}", out(&output));
    }
    assert_eq!(out(&run(folder.path(), &["help"])), out(&run(folder.path(), &["--help"])));
    assert_eq!(out(&run(folder.path(), &["help", "build"])), out(&run(folder.path(), &["build", "--help"])));
    let output = run(folder.path(), &["help", "buid"]);
    assert_eq!((status(&output), out(&output).as_str()), (2, ""));
    assert!(err(&output).contains("vouliez-vous dire `build` ?"), "{}", err(&output));
    let output = run(folder.path(), &["--version"]);
    assert_eq!((status(&output), out(&output)), (0, format!("boussole {}\n", env!("CARGO_PKG_VERSION"))));
}

#[test]
fn where_there_is_no_guide_the_way_to_one_is_told() {
    let folder = folder(&[("static/a.txt", "a")]);
    // Only the top of the disk has nothing above it.
    let top = folder.path().ancestors().last().expect("a path is its own ancestor");
    for arguments in [vec![], vec!["build"], vec!["check"], vec!["new", "page", "A"], vec!["theme", "eject"]] {
        let output = run(top, &arguments);
        assert_eq!(status(&output), 2, "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains("boussole init"), "{}", err(&output));
    }
    let output = run(folder.path(), &["--root", "static", "check"]);
    assert_eq!(status(&output), 2);
    assert!(err(&output).contains("`boussole init static`"), "{}", err(&output));
    let guide = sound();
    for (here, root, written) in
        [("", "content", "."), ("", "./guide.yaml", "."), ("content", ".", ".."), ("content", "../content", "..")]
    {
        let output = run(&guide.path().join(here), &["check", "--root", root]);
        assert_eq!(status(&output), 2);
        assert!(err(&output).ends_with(&format!("aide : écrivez `--root {written}`\n")), "{}", err(&output));
    }
}

#[test]
fn dates_and_addresses_that_are_none_are_usage_errors() {
    let guide = sound();
    for arguments in
        [["check", "--date", "hier"], ["build", "--date", "2026-02-30"], ["build", "--base-url", "exemple"]]
    {
        assert_eq!(status(&run(guide.path(), &arguments)), 2, "{arguments:?}");
    }
    let output = command(guide.path(), &["check"]).env("SOURCE_DATE_EPOCH", "hier").output().expect("the binary runs");
    assert_eq!(status(&output), 2);
    assert!(err(&output).contains("SOURCE_DATE_EPOCH"), "{}", err(&output));
}

#[test]
fn completions_are_scripts_on_standard_output() {
    let folder = folder(&[]);
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = run(folder.path(), &["completions", shell]);
        assert_eq!(status(&output), 0, "{shell}");
        assert!(out(&output).contains("boussole") && out(&output).contains("base-url"), "{shell}");
    }
}

#[test]
fn a_reader_who_leaves_is_no_failure() {
    let folder = folder(&[]);
    let mut child = command(folder.path(), &["completions", "bash"]);
    let mut child = child.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the binary runs");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the binary ends");
    assert_eq!((status(&output), err(&output).as_str()), (0, ""));
}

// Building and checking.

#[test]
fn a_sound_guide_is_built_and_a_second_build_writes_nothing() {
    let guide = sound();
    let output = run(guide.path(), &["build"]);
    assert_eq!((status(&output), out(&output).as_str()), (0, ""), "{}", err(&output));
    let told = err(&output);
    let mut lines = told.lines();
    let summary = lines.next().unwrap_or_default();
    assert!(summary.starts_with("2 pages en ") && summary.ends_with("· 0 erreur, 0 avertissement"), "{told}");
    assert!(summary.contains(" fichiers créés"), "{told}");
    assert_eq!(lines.collect::<Vec<_>>(), ["→ public/"]);
    let before = tree(&guide.path().join("public"));
    let again = run(guide.path(), &["build"]);
    assert!(err(&again).contains(" fichiers inchangés · "), "{}", err(&again));
    assert_eq!(tree(&guide.path().join("public")), before);
}

#[test]
fn without_a_command_the_site_is_built_and_the_way_to_see_it_is_told() {
    let guide = sound();
    let output = run(guide.path(), &[]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    assert!(guide.path().join("public/index.html").is_file());
    assert!(err(&output).contains("→ public/\n  Pour le voir"), "{}", err(&output));
    assert!(err(&output).contains("Une fois publié : https://exemple.org/"), "{}", err(&output));
}

#[test]
fn without_a_command_the_options_are_those_of_a_build() {
    let guide = sound();
    write(&guide.path().join("content/essai.draft.md"), "# Essai\n\nTexte[^a].\n\n[^b]: Une note.\n");
    let options = ["--drafts", "--date", "2026-03-01", "--output", "ici", "--base-url", "https://a.org/"];
    let output = run(guide.path(), &options);
    assert_eq!(status(&output), 0, "{}", err(&output));
    assert!(err(&output).contains("→ ici/\n  Pour le voir"), "{}", err(&output));
    assert!(err(&output).contains("Une fois publié : https://a.org/"), "{}", err(&output));
    assert!(guide.path().join("ici/essai/index.html").is_file());
    let output = run(guide.path(), &["--drafts", "--strict", "--format", "json", "-q"]);
    assert_eq!((status(&output), err(&output).as_str()), (1, ""));
    assert!(json(&output).as_array().is_some_and(|found| !found.is_empty()));
}

#[test]
fn what_is_wrong_with_the_guide_as_a_whole_has_a_place_for_machines() {
    let guide = folder(&[("content/index.md", "# Accueil\n\nTexte.\n")]);
    let found = json(&run(guide.path(), &["check", "--format", "json"]));
    let record = &found[0];
    assert_eq!((&record["code"], &record["path"]), (&Value::from("no-base-url"), &Value::from("guide.yaml")));
    for key in ["line", "column", "end_line", "end_column"] {
        assert_eq!(record[key], 1, "{key}");
    }
    write(&guide.path().join("guide.yaml"), "title: Guide\nbase_url: exemple.org\n");
    let found = json(&run(guide.path(), &["check", "--format", "json"]));
    let codes: Vec<&Value> = found.as_array().into_iter().flatten().map(|record| &record["code"]).collect();
    assert_eq!(codes, ["wrong-value"]);
}

#[test]
fn quiet_says_only_faults_and_verbose_says_how_long_stages_took() {
    let guide = sound();
    assert_eq!(err(&run(guide.path(), &["build", "--quiet"])), "");
    let verbose = err(&run(guide.path(), &["--verbose", "build", "--output", "autre"]));
    assert!(verbose.starts_with("Lecture des fichiers ") && verbose.contains("\nÉcriture du site "), "{verbose}");
    let faults = err(&run(faulty().path(), &["check", "-q"]));
    assert!(faults.contains("erreur[dead-link]") && !faults.contains("vérifiées"), "{faults}");
}

#[test]
fn a_faulty_guide_is_status_1_and_nothing_is_written() {
    let guide = faulty();
    for arguments in [vec!["build"], vec!["check"], vec![]] {
        let output = run(guide.path(), &arguments);
        assert_eq!((status(&output), out(&output).as_str()), (1, ""), "{arguments:?}");
        let told = err(&output);
        assert!(told.contains("erreur[dead-link]") && told.contains("content/là-bas.md:3:12"), "{told}");
        assert!(told.contains("3 | Voir [ici](suitte.md)."), "{told}");
        assert!(told.contains("2 erreurs, 0 avertissement"), "{told}");
    }
    assert!(!guide.path().join("public").exists());
}

#[test]
fn a_guide_is_found_from_below_and_its_files_are_named_from_there() {
    let guide = faulty();
    write(&guide.path().join("content/roles/index.md"), "# Rôles\n\nLes rôles.\n");
    let output = run(&guide.path().join("content/roles"), &["check"]);
    assert_eq!(status(&output), 1);
    assert!(
        err(&output).contains("--> ../là-bas.md:3:12") || err(&output).contains("--> ../../content/là-bas.md:3:12")
    );
    let elsewhere = folder(&[]);
    let root = guide.path().display().to_string();
    assert_eq!(status(&run(elsewhere.path(), &["check", "--root", &root])), 1);
}

#[test]
fn strict_makes_warnings_fail_and_never_notes() {
    let guide = folder(&[("guide.yaml", "title: Guide\n"), ("content/index.md", "# Accueil\n\nTexte.\n")]);
    assert_eq!(status(&run(guide.path(), &["check", "--strict"])), 0, "no-base-url is a note");
    write(&guide.path().join("content/suite.md"), "# Suite\n\nTexte[^a].\n\n[^b]: Une note.\n\n[^a]: Une autre.\n");
    assert_eq!(status(&run(guide.path(), &["check"])), 0);
    let output = run(guide.path(), &["build", "--strict"]);
    assert_eq!(status(&output), 1, "{}", err(&output));
    assert!(err(&output).contains("avertissement[unused-footnote]"), "{}", err(&output));
    assert!(!guide.path().join("public").exists());
}

#[test]
fn the_date_decides_what_is_overdue() {
    let guide = sound();
    write(&guide.path().join("content/suite.md"), "---\ntitre: Suite\nà-revoir-le: 2026-02-01\n---\n\nLa suite.\n");
    for (date, overdue) in [("2026-01-31", false), ("2026-02-02", true)] {
        let found = json(&run(guide.path(), &["check", "--format", "json", "--date", date]));
        let codes: Vec<&Value> = found.as_array().into_iter().flatten().map(|record| &record["code"]).collect();
        assert_eq!(codes.contains(&&Value::from("review-overdue")), overdue, "{date}: {codes:?}");
    }
    let output =
        command(guide.path(), &["check"]).env("SOURCE_DATE_EPOCH", "1767225600").output().expect("the binary runs");
    assert!(!err(&output).contains("review-overdue"), "{}", err(&output));
}

#[test]
fn drafts_are_built_when_they_are_asked_for() {
    let guide = sound();
    write(&guide.path().join("content/essai.draft.md"), "# Essai\n\nUn brouillon.\n");
    assert_eq!(status(&run(guide.path(), &["build", "--output", "sans"])), 0);
    assert_eq!(status(&run(guide.path(), &["build", "--output", "avec", "--drafts"])), 0);
    assert!(!guide.path().join("sans/essai/index.html").exists());
    assert!(guide.path().join("avec/essai/index.html").exists());
}

#[test]
fn the_output_is_relative_to_the_current_folder_and_the_address_can_be_another() {
    let guide = sound();
    let output = run(
        &guide.path().join("content"),
        &["build", "--output", "../apercu", "--base-url", "http://localhost:8000/essai/"],
    );
    assert_eq!(status(&output), 0, "{}", err(&output));
    let home = fs::read_to_string(guide.path().join("apercu/index.html")).expect("the home page was written");
    assert!(home.contains("http://localhost:8000/essai/") && !home.contains("exemple.org"));
}

#[test]
fn a_folder_of_someone_else_is_left_alone() {
    let guide = sound();
    write(&guide.path().join("public/mine.txt"), "mine");
    let output = run(guide.path(), &["build"]);
    assert_eq!(status(&output), 2, "{}", err(&output));
    assert!(err(&output).contains("public") && err(&output).contains("--output"), "{}", err(&output));
    assert_eq!(tree(&guide.path().join("public")).len(), 1);
}

#[test]
fn what_the_world_refuses_is_status_3() {
    let guide = sound();
    let output = run(guide.path(), &["build", "--output", "guide.yaml/site"]);
    assert_eq!((status(&output), out(&output).as_str()), (3, ""), "{}", err(&output));
    assert!(err(&output).contains("erreur : ") && err(&output).contains("guide.yaml"), "{}", err(&output));
}

// Formats.

#[test]
fn json_is_one_sorted_array_alone_on_standard_output() {
    let guide = faulty();
    for command in ["check", "build"] {
        let output = run(guide.path(), &[command, "--format", "json", "--quiet"]);
        assert_eq!((status(&output), err(&output).as_str()), (1, ""));
        let found = json(&output);
        let found: Vec<&Value> = found.as_array().into_iter().flatten().collect();
        let places: Vec<_> =
            found.iter().map(|r| (r["path"].as_str(), r["line"].as_u64(), r["column"].as_u64())).collect();
        assert_eq!(
            places,
            [(Some("content/index.md"), Some(3), Some(11)), (Some("content/là-bas.md"), Some(3), Some(12))]
        );
        assert_eq!(found[1]["code"], "dead-link");
        assert_eq!(found[1]["severity"], "error");
        assert_eq!(found[1]["end_column"], 21);
        let keys: Vec<&String> = found[0].as_object().into_iter().flat_map(|record| record.keys()).collect();
        assert_eq!(keys, ["code", "severity", "message", "help", "path", "line", "column", "end_line", "end_column"]);
    }
    assert_eq!(out(&run(sound().path(), &["check", "--format", "json"])), "[]\n");
}

#[test]
fn github_gets_workflow_commands_from_the_current_folder() {
    let guide = faulty();
    let above = guide.path().parent().expect("a temporary folder is in another");
    let root = guide.path().file_name().and_then(|name| name.to_str()).expect("temporary names are text");
    let output = run(above, &["check", "--format", "github", "--root", root]);
    let text = out(&output);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 2, "{text}");
    let start = format!("::error file={root}/content/là-bas.md,line=3,col=12,endLine=3,endColumn=21,title=dead-link::");
    assert!(lines[1].starts_with(&start), "{text}");
}

#[test]
fn sarif_is_valid_and_leads_to_the_files() {
    let output = run(faulty().path(), &["check", "--format", "sarif"]);
    assert_eq!(status(&output), 1);
    let log = json(&output);
    let uri = &log["runs"][0]["results"][1]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"];
    assert_eq!(uri, "content/l%C3%A0-bas.md");
    let schema = Path::new(env!("CARGO_MANIFEST_DIR")).join(SARIF_SCHEMA);
    let schema = fs::read_to_string(&schema).expect("`bash tests/run tools` installs the schema");
    // One of its patterns has a bracket that only the regular expressions of JavaScript let pass.
    let schema = serde_json::from_str(&schema.replace("{2}]?$", r"{2}\\]?$")).expect("the schema is JSON");
    let validator = jsonschema::validator_for(&schema).expect("the schema is a schema");
    let errors: Vec<String> = validator.iter_errors(&log).map(|error| error.to_string()).collect();
    assert_eq!(errors, [""; 0]);
}

/// From the npm package `@microsoft/jest-sarif`.
const SARIF_SCHEMA: &str = "tests/node/node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json";

#[test]
fn colours_are_for_those_who_insist_when_nobody_watches() {
    let guide = faulty();
    let forced = |name: &str, value: &str| {
        let mut command = command(guide.path(), &["check"]);
        command.env(name, value).output().expect("the binary runs")
    };
    assert!(!err(&run(guide.path(), &["check"])).contains('\u{1b}'));
    assert!(err(&forced("CLICOLOR_FORCE", "1")).contains('\u{1b}'));
    assert!(!err(&forced("NO_COLOR", "1")).contains('\u{1b}'));
}

// Languages.

#[test]
fn a_guide_is_spoken_of_in_its_language_whatever_the_locale() {
    let english = [("guide.yaml", "lang: en\nbase_url: https://exemple.org/\n"), ("content/index.md", "# Home\n")];
    let french = [("content/index.md", "# Accueil\n")];
    let spoken = |files: &[(&str, &str)], typed: &[&str], locale: &str| {
        let folder = folder(files);
        let output = command(folder.path(), typed).env("LC_ALL", locale).output().expect("the binary runs");
        assert_eq!(out(&output), "", "{typed:?}");
        err(&output)
    };
    for (typed, in_french, in_english) in [
        (vec!["new", "page", "A b"], "Nouvelle page : content/a-b.md\n", "New page: content/a-b.md\n"),
        (vec!["new"], "Les genres de pages", "The kinds of pages"),
        (vec!["theme", "eject"], " fichiers copiés dans themes/", " files copied to themes/"),
        (vec!["schema", "-o", "s"], "11 schémas dans s, dont 11 changés\n", "11 schemas in s, 11 of them changed\n"),
        (vec!["schema", "absent"], "erreur : le genre", "error: there is no kind"),
        (vec!["build", "-o", "content"], "erreur : le site", "error: the site"),
        (vec!["init", "."], "Un guide est déjà là", "A guide is there already"),
        (vec!["--root", ".", "check", "--date", "x"], "erreur : `x` n’est", "error: `x` is no"),
    ] {
        let told = spoken(&english, &typed, "fr_FR.UTF-8");
        assert!(told.contains(in_english), "{told}");
        let told = spoken(&french, &typed, "en_GB.UTF-8");
        assert!(told.contains(in_french), "{told}");
    }
    assert!(spoken(&[], &["init", "a", "--lang", "en"], "fr_FR.UTF-8").contains(" files written to a\n"));
    assert!(spoken(&[], &["init", "a", "--lang", "fr"], "en_GB.UTF-8").contains(" fichiers écrits dans a\n"));
    assert!(spoken(&english, &["init", ".", "--lang", "fr"], "fr_FR.UTF-8").starts_with("A guide is there already"));
    // What cannot be read leads to no guide.
    assert!(spoken(&english, &["buid"], "fr_FR.UTF-8").starts_with("erreur : la commande"));
}
