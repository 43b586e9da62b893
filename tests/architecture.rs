//! What `ARCHITECTURE.md` says of the tests and of the floors, and `SECURITY.md` of the tests, is so.
#![allow(clippy::disallowed_methods, reason = "these tests read the repository")]
#![allow(clippy::unwrap_used, reason = "a test stops where the repository fails it")]

use std::fs;
use std::path::Path;

/// The rows of the table under the heading `title` of `file`, as cells.
fn table(file: &str, title: &str) -> Vec<Vec<String>> {
    let text = read(Path::new(file));
    let section = text.split("\n## ").find(|section| section.starts_with(title)).expect("the section is there");
    let rows = section.lines().filter(|line| line.starts_with('|')).skip(2);
    rows.map(|row| row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()).collect()
}

/// What stands between backquotes.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn read(path: &Path) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// All Rust of the repository.
fn code() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders = ["src", "tests"].map(|folder| walkdir::WalkDir::new(root.join(folder)));
    let entries = folders.into_iter().flatten().map(Result::unwrap);
    let files = entries.filter(|entry| entry.path().extension().is_some_and(|extension| extension == "rs"));
    files.map(|entry| fs::read_to_string(entry.path()).unwrap()).collect()
}

#[test]
fn every_invariant_names_tests_that_exist() {
    let code = code();
    let rows = table("ARCHITECTURE.md", "Invariants");
    assert!(rows.len() > 10, "{rows:?}");
    for row in rows {
        let mut names = quoted(&row[2]).filter(|name| name.contains('_')).peekable();
        assert!(names.peek().is_some() || row[2].starts_with("the compiler"), "invariant {} names no test", row[0]);
        for name in names {
            assert!(is_test(&code, name), "invariant {}: there is no test `{name}`", row[0]);
        }
    }
}

/// Whether a test of this name stands in `code`.
fn is_test(code: &str, name: &str) -> bool {
    let function = format!("fn {name}(");
    let as_test = |(at, _): (usize, &str)| {
        let before = code[..at].trim_end();
        before.ends_with(']') && before[before.rfind("\n\n").unwrap_or(0)..].contains("#[test]")
    };
    code.match_indices(&function).any(as_test) || code.contains(&format!("    {name} \""))
}

#[test]
fn every_threat_names_tests_that_exist() {
    let code = code();
    let rows = table("SECURITY.md", "Threats");
    assert!(rows.len() > 25, "{rows:?}");
    for row in rows {
        let names: Vec<&str> = quoted(&row[2]).collect();
        assert!(!names.is_empty(), "no test holds: {}", row[0]);
        for name in names {
            let is_there = if name.contains('/') {
                Path::new(env!("CARGO_MANIFEST_DIR")).join(name).is_file()
            } else {
                is_test(&code, name)
            };
            assert!(is_there, "{}: there is no test `{name}`", row[0]);
        }
    }
}

#[test]
fn every_module_has_its_floor_in_the_table() {
    let rows = table("ARCHITECTURE.md", "Floors");
    let told: Vec<&str> = rows.iter().flat_map(|row| quoted(&row[0])).collect();
    let house = read(Path::new("src/lib.rs"));
    let modules = house.lines().filter_map(|line| line.trim_start_matches("pub ").strip_prefix("mod "));
    let modules = modules.map(|name| name.trim_end_matches(';')).filter(|name| *name != "fixture");
    let absent: Vec<&str> = modules.filter(|name| !told.contains(name)).collect();
    assert!(absent.is_empty(), "{absent:?} in no row of the table");
}
