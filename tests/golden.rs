//! Golden guides: small guides built whole, and every file that must come out.
//!
//! Each has a folder in `tests/golden/`: `guide/`, and `expected/`, the site. It is built from a copy that is in no git
//! repository, since dates would come from there. After a change that is meant,
//! `BOUSSOLE_GOLDEN=write` rewrites what is expected; read the difference before committing it.
//!
//! What would change in every golden guide at once is put apart: the program's version, the built-in theme's assets and
//! the hashes in their names, and the search index, whose files are pagefind's. The manifest is compared to the tree that it describes, not to another manifest.
#![allow(clippy::disallowed_methods, reason = "these tests read and write folders of their own")]
#![allow(clippy::unwrap_used, reason = "a test stops where its own folders fail it")]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;
use twox_hash::xxhash3_128::Hasher;

/// The files of a folder, by their paths.
type Tree = BTreeMap<String, Vec<u8>>;

/// How many lines of a difference are shown.
const SHOWN: usize = 12;

/// A test for each golden guide, and the list of them.
macro_rules! golden {
    ($($test:ident $name:literal,)*) => {
        const NAMES: &[&str] = &[$($name,)*];

        $(
            #[test]
            fn $test() {
                check($name);
            }
        )*
    };
}

golden! {
    one_page_and_no_settings "minimal",
    a_french_guide_with_everything "french",
    an_english_guide "english",
    a_guide_below_a_path "base-path",
    a_theme_of_ones_own "own-theme",
    everything_that_pages_are_linked_with "linked",
    what_authors_put_stands_before_what_is_generated "author-site-map",
    pictures_downloads_and_icons "images",
}

#[test]
fn every_golden_guide_is_used() {
    let folders = fs::read_dir(golden("")).unwrap().map(Result::unwrap).filter(|entry| entry.path().is_dir());
    let found: BTreeSet<String> = folders.map(|entry| entry.file_name().into_string().unwrap()).collect();
    assert_eq!(found, NAMES.iter().map(|&name| name.to_owned()).collect());
}

#[test]
fn a_difference_is_told_by_file_and_line() {
    let tree = |files: &[(&str, &str)]| -> Tree {
        files.iter().map(|&(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect()
    };
    let expected = tree(&[("a", "1\n2\n3\n"), ("b", ""), ("same", "x")]);
    let found = tree(&[("a", "1\ntwo\n3\n"), ("c", ""), ("same", "x")]);
    assert_eq!(difference(&expected, &found), "a:2\n  - 2\n  + two\nb: absent\nc: not expected\n");
    assert_eq!(difference(&found, &found), "");
}

/// Builds a golden guide and compares the whole site.
fn check(name: &str) {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    let mut build = Command::new(env!("CARGO_BIN_EXE_boussole"));
    build.args(["build", "--date", "2026-03-01"]).stdin(Stdio::null());
    let guide = folder.path().join("guide");
    write(&guide, &tree(&golden(name).join("guide")));
    let output = build.arg("--root").arg(&guide).arg("--output").arg(&site).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut found = tree(&site);
    let manifest = found.remove(".boussole.json").expect("every site has its manifest");
    assert_manifest(&manifest, &found);
    let found = lasting(found);
    let expected = golden(name).join("expected");
    if std::env::var_os("BOUSSOLE_GOLDEN").is_some_and(|value| value == "write") {
        write(&expected, &found);
    }
    let difference = difference(&tree(&expected), &found);
    assert!(difference.is_empty(), "{name} is built otherwise (BOUSSOLE_GOLDEN=write accepts it):\n{difference}");
}

fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

/// The manifest names every file of the site, with the hash of what is in it.
fn assert_manifest(manifest: &[u8], site: &Tree) {
    let manifest: Value = serde_json::from_slice(manifest).unwrap();
    assert_eq!(manifest["complete"], true);
    let hash = |bytes: &[u8]| Value::from(format!("{:032x}", Hasher::oneshot(bytes)));
    let files = site.iter().map(|(path, bytes)| (path.clone(), hash(bytes)));
    assert_eq!(manifest["files"], Value::Object(files.collect()));
}

/// A site without what changes in all of them at once.
fn lasting(site: Tree) -> Tree {
    let assets = built_in_assets();
    let hashed: Vec<(String, String)> = site.keys().filter_map(|path| hashed(path, &assets)).collect();
    let version = concat!("Boussole ", env!("CARGO_PKG_VERSION"));
    let steady = |text: &str| {
        let names = hashed.iter().fold(text.to_owned(), |text, (name, steady)| text.replace(name, steady));
        names.replace(version, "Boussole VERSION")
    };
    let file = |(path, bytes): (String, Vec<u8>)| match String::from_utf8(bytes) {
        Err(other) => (path, other.into_bytes()),
        // Words are those of `i18n/`, and scripts are written without their comments.
        Ok(_) if hashed.iter().any(|(name, _)| *name == path && !name.ends_with(".css")) => {
            (steady(&path), b"built in\n".to_vec())
        }
        Ok(text) => {
            let mark = |text: String, (name, built_in): (&String, &String)| {
                text.replace(built_in.as_str(), &format!("/* themes/boussole/assets/{name} */\n"))
            };
            let text = if path.starts_with("assets/") { assets.iter().fold(text, mark) } else { text };
            (steady(&path), steady(&text).into_bytes())
        }
    };
    site.into_iter().filter(|(path, _)| !path.starts_with("pagefind/")).map(file).collect()
}

/// The built-in theme's assets by their names.
fn built_in_assets() -> BTreeMap<String, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes/boussole/assets");
    tree(&folder).into_iter().map(|(name, bytes)| (name, String::from_utf8(bytes).unwrap())).collect()
}

/// The path of a built-in asset in a site, and the same without its hash.
fn hashed(path: &str, assets: &BTreeMap<String, String>) -> Option<(String, String)> {
    let (stem, rest) = path.strip_prefix("assets/")?.split_once('.')?;
    let (_, end) = rest.split_once('.')?;
    let name = format!("{stem}.{end}");
    let is_built_in = name == "words.json" || assets.contains_key(&name);
    is_built_in.then(|| (path.to_owned(), format!("assets/{stem}.HASH.{end}")))
}

/// What differs, file by file; empty where nothing does.
fn difference(expected: &Tree, found: &Tree) -> String {
    let mut told = String::new();
    let paths: BTreeSet<&String> = expected.keys().chain(found.keys()).collect();
    for path in paths {
        match (expected.get(path), found.get(path)) {
            (Some(expected), Some(found)) if expected != found => told.push_str(&lines(path, expected, found)),
            (Some(_), None) => writeln!(told, "{path}: absent").unwrap(),
            (None, Some(_)) => writeln!(told, "{path}: not expected").unwrap(),
            _ => {}
        }
    }
    told
}

/// The lines between the first and the last that differ.
fn lines(path: &str, expected: &[u8], found: &[u8]) -> String {
    let (expected, found) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(found));
    let (mut old, mut new): (Vec<&str>, Vec<&str>) = (expected.split('\n').collect(), found.split('\n').collect());
    let same = old.iter().zip(&new).take_while(|(old, new)| old == new).count();
    old.drain(..same);
    new.drain(..same);
    while old.last().is_some_and(|last| new.last() == Some(last)) {
        old.pop();
        new.pop();
    }
    let mut told = format!("{path}:{}\n", same + 1);
    for (sign, lines) in [('-', old), ('+', new)] {
        lines.iter().take(SHOWN).for_each(|line| writeln!(told, "  {sign} {line}").unwrap());
        if lines.len() > SHOWN {
            writeln!(told, "  {sign} … {} lines more", lines.len() - SHOWN).unwrap();
        }
    }
    told
}

fn tree(folder: &Path) -> Tree {
    let entries = walkdir::WalkDir::new(folder).into_iter().filter_map(Result::ok);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
    files.map(|entry| (name(entry.path()), fs::read(entry.path()).unwrap())).collect()
}

fn write(folder: &Path, tree: &Tree) {
    if folder.exists() {
        fs::remove_dir_all(folder).unwrap();
    }
    for (path, bytes) in tree {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
}
