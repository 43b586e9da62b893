//! The report of a guide with one of everything: each of its forms whole, in French and in English.
//!
//! `tests/report/guide/` is the guide, `fr/` and `en/` what is told of it. `BOUSSOLE_GOLDEN=write` rewrites these; read
//! the difference before committing it. The style of the page is put apart.
#![allow(clippy::disallowed_methods, reason = "these tests read and write folders of their own")]
#![allow(clippy::unwrap_used, reason = "a test stops where its own folders fail it")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use jsonschema::Validator;
use serde_json::{Value, json};
use tempfile::TempDir;

const STYLE: &str = include_str!("../../src/target/health/page.css");

fn own(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/report").join(path)
}

/// The guide in a folder that is in no git repository, in the language `lang`.
fn guide(lang: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let from = own("guide");
    for entry in walkdir::WalkDir::new(&from).into_iter().map(Result::unwrap).filter(|entry| entry.path().is_file()) {
        let text = fs::read_to_string(entry.path()).unwrap();
        let text =
            if entry.file_name() == "guide.yaml" { text.replace("lang: fr", &format!("lang: {lang}")) } else { text };
        write(&folder.path().join(entry.path().strip_prefix(&from).unwrap()), &text);
    }
    folder
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Runs `boussole report` in `folder`, on the first of March 2026.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_boussole"));
    for name in ["LC_ALL", "LC_MESSAGES", "LANG", "SOURCE_DATE_EPOCH"] {
        command.env_remove(name);
    }
    command.args(["report", "--date", "2026-03-01"]).args(arguments);
    command.current_dir(folder).stdin(Stdio::null()).output().unwrap()
}

fn status(output: &Output) -> i32 {
    output.status.code().unwrap()
}

fn told(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap().replace(['\u{a0}', '\u{202f}'], " ")
}

/// Compares a form of the report with what is expected, byte for byte.
#[track_caller]
fn check(name: &str, found: &str) {
    let path = own(name);
    if std::env::var_os("BOUSSOLE_GOLDEN").is_some_and(|value| value == "write") {
        return write(&path, found);
    }
    let expected = fs::read_to_string(&path).unwrap();
    let first = found.lines().zip(expected.lines()).find(|(found, expected)| found != expected);
    assert!(found == expected, "{name} is told otherwise (BOUSSOLE_GOLDEN=write accepts it); first: {first:#?}");
}

#[track_caller]
fn check_all(lang: &str, [page, calendar]: [&str; 2]) {
    let guide = guide(lang);
    let output = run(guide.path(), &[]);
    // The guide has an error, and its report is made all the same.
    assert_eq!(status(&output), 1, "{}", told(&output));
    check(&format!("{lang}/report.txt"), &String::from_utf8(output.stdout).unwrap());
    let output = run(guide.path(), &["--format", "json", "--html", "--ics"]);
    assert_eq!(status(&output), 1, "{}", told(&output));
    check(&format!("{lang}/report.json"), &String::from_utf8(output.stdout).unwrap());
    let html = fs::read_to_string(guide.path().join(page)).unwrap();
    assert!(html.contains(STYLE));
    check(&format!("{lang}/report.html"), &html.replace(STYLE, "/* src/target/health/page.css */\n"));
    check(&format!("{lang}/reviews.ics"), &fs::read_to_string(guide.path().join(calendar)).unwrap());
}

#[test]
fn the_report_in_french() {
    check_all("fr", ["rapport.html", "relectures.ics"]);
}

#[test]
fn the_report_in_english() {
    check_all("en", ["report.html", "reviews.ics"]);
}

fn schema() -> Value {
    serde_json::from_str(include_str!("../../schema/report.schema.json")).unwrap()
}

fn validator() -> Validator {
    jsonschema::options().should_validate_formats(true).build(&schema()).unwrap()
}

fn report(folder: &Path) -> Value {
    serde_json::from_slice(&run(folder, &["--format", "json"]).stdout).unwrap()
}

#[test]
fn the_json_is_what_its_schema_says_and_the_schema_refuses_what_it_is_not() {
    assert!(jsonschema::meta::is_valid(&schema()));
    let document = report(guide("fr").path());
    let faults: Vec<String> = validator().iter_errors(&document).map(|fault| fault.to_string()).collect();
    assert_eq!(faults, Vec::<String>::new());
    for (pointer, wrong) in [
        ("/version", json!(2)),
        ("/guide/date", json!("hier")),
        ("/totals/pages", json!(-1)),
        ("/reviews/0/days", json!("12")),
        ("/gaps/missing_facets/0/facets", json!([])),
        ("/terms/undefined/0/how", json!("guessed")),
        ("/pages/0/updated", json!(3)),
    ] {
        let mut document = document.clone();
        *document.pointer_mut(pointer).unwrap_or_else(|| panic!("nothing at {pointer}")) = wrong;
        assert!(!validator().is_valid(&document), "{pointer}");
    }
}

#[test]
fn a_calendar_has_lines_that_every_program_reads() {
    let guide = guide("fr");
    run(guide.path(), &["--ics"]);
    let calendar = fs::read_to_string(guide.path().join("relectures.ics")).unwrap();
    assert!(calendar.ends_with("\r\n") && !calendar.replace("\r\n", "").contains(['\r', '\n']));
    assert!(calendar.split("\r\n").all(|line| line.len() <= 75));
    assert!(calendar.split("\r\n").any(|line| line.starts_with(' ')), "a line is long enough to be folded");
    let whole = calendar.replace("\r\n ", "");
    let owner = "Responsable\u{a0}: Un nom très long qui oblige à plier la ligne du calendrier\\, même en comptant les octets \
                 des é";
    assert!(whole.contains(owner), "{whole}");
    assert_eq!(whole.matches("BEGIN:VEVENT").count(), 4);
}

#[test]
fn a_page_keeps_its_event_whatever_its_date_becomes() {
    let guide = guide("fr");
    let events = |name: &str| {
        run(guide.path(), &["--ics", name]);
        let calendar = fs::read_to_string(guide.path().join(name)).unwrap();
        let mut events: Vec<String> =
            calendar.lines().filter(|line| line.starts_with("UID:")).map(str::to_owned).collect();
        events.sort();
        (events, calendar)
    };
    let (before, dated) = events("a.ics");
    let path = guide.path().join("content/suite.md");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("2026-01-15", "2027-01-15").replace("La suite", "Le reste")).unwrap();
    let (after, later) = events("b.ics");
    assert_eq!(before, after);
    assert_ne!(dated, later);
}

#[test]
fn an_empty_guide_has_a_report_of_nothing() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("content")).unwrap();
    let output = run(folder.path(), &[]);
    assert_eq!(status(&output), 0, "{}", told(&output));
    assert!(validator().is_valid(&report(folder.path())));
    let output = run(folder.path(), &["--html", "--ics"]);
    assert_eq!((status(&output), output.stdout.as_slice()), (0, b"".as_slice()), "{}", told(&output));
}

/// A calendar without an event is none.
#[test]
fn where_nothing_is_to_be_reviewed_no_calendar_is_written() {
    for (lang, name, absent, left) in [
        (
            "fr",
            "relectures.ics",
            "Aucune page n’a de date de relecture : `relectures.ics` n’est pas écrit.\n",
            "Aucune page n’a de date de relecture : `relectures.ics` reste tel quel.\n",
        ),
        (
            "en",
            "reviews.ics",
            "No page has a review date: `reviews.ics` is not written.\n",
            "No page has a review date: `reviews.ics` is left as it is.\n",
        ),
    ] {
        let folder = tempfile::tempdir().unwrap();
        write(&folder.path().join("guide.yaml"), &format!("lang: {lang}\n"));
        write(&folder.path().join("content/index.md"), "# A\n");
        let output = run(folder.path(), &["--ics"]);
        assert_eq!((status(&output), output.stdout.as_slice()), (0, b"".as_slice()), "{}", told(&output));
        assert!(told(&output).ends_with(absent), "{}", told(&output));
        assert!(!folder.path().join(name).exists());
        write(&folder.path().join(name), "BEGIN:VCALENDAR\r\n");
        let output = run(folder.path(), &["--ics", "--html", "a.html"]);
        assert_eq!(status(&output), 0, "{}", told(&output));
        assert!(told(&output).ends_with(&format!("→ a.html\n{left}")), "{}", told(&output));
        assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), "BEGIN:VCALENDAR\r\n");
    }
}

#[test]
fn nothing_is_written_over_and_no_source_is_made() {
    let guide = guide("fr");
    write(&guide.path().join("mine.html"), "<p>À moi.</p>\n");
    write(&guide.path().join("old.html"), "<meta name=\"generator\" content=\"Boussole report\">\n");
    for (arguments, status_is, message) in [
        (&["--html", "mine.html"][..], 2, "mine.html` existe déjà et n’est pas un rapport de Boussole"),
        (&["--html", "content/x.html"], 2, "content/x.html` ferait partie des sources du guide"),
        (&["--ics", "content/roles/../x.ics"], 2, "x.ics` ferait partie des sources du guide"),
        (&["--ics", "guide.yaml"], 2, "guide.yaml` existe déjà et n’est pas un rapport de Boussole"),
        (&["--html", "content"], 3, "un dossier occupe la place d’un fichier : "),
        (&["--html", "absent/x.html"], 3, "absent` n’existe pas"),
        (
            &["--html", "new.html", "--ics", "mine.html"],
            2,
            "mine.html` existe déjà et n’est pas un rapport de Boussole",
        ),
        (
            &["--html", "new.html", "--ics", "new.html"],
            2,
            "new.html` ne peut pas être à la fois une page et un calendrier",
        ),
    ] {
        let output = run(guide.path(), arguments);
        assert_eq!(status(&output), status_is, "{arguments:?}: {}", told(&output));
        assert!(told(&output).contains(message), "{arguments:?}: {}", told(&output));
    }
    assert!(!guide.path().join("new.html").exists() && !guide.path().join("content/x.html").exists());
    assert_eq!(fs::read_to_string(guide.path().join("mine.html")).unwrap(), "<p>À moi.</p>\n");
    // An older report gives its place to the new one.
    assert_eq!(status(&run(guide.path(), &["--html", "old.html"])), 1);
    assert_eq!(status(&run(guide.path(), &["--html", "old.html"])), 1);
    assert!(fs::read_to_string(guide.path().join("old.html")).unwrap().contains(STYLE));
}
