//! The house rules that the compiler does not keep: floors, lengths, and nothing of anyone's machine.
#![allow(clippy::disallowed_methods, reason = "these tests read the crate itself")]

mod imports;
mod words;

use std::path::Path;

use imports::{imports, module_of};
use walkdir::{DirEntry, WalkDir};

/// The floors of the house, from the top; a module imports only from floors below its own.
const FLOORS: [&[&str]; 19] = [
    &["cli"],
    &["fuzzing"],
    &["serve"],
    &["publish"],
    &["pipeline"],
    &["target"],
    &["markup"],
    &["theme"],
    &["check"],
    &["guide"],
    &["schema"],
    &["syntax"],
    &["config"],
    &["yaml"],
    &["diagnostic"],
    &["source"],
    &["output"],
    &["picture"],
    // On the ground floor neighbours may know each other.
    &["id", "path", "language", "name", "memo", "put", "tags", "lanes"],
];

/// The module that writes guides for tests: it may be used, and use, everywhere.
const FIXTURE: &str = "fixture";

/// The longest a file of Rust may be, in lines.
const LONGEST: usize = 499;

/// The floor of a top-level module; higher numbers are lower in the house.
fn floor(module: &str) -> Option<usize> {
    FLOORS.iter().position(|floor| floor.contains(&module))
}

/// What the file at `path` (from `src/`) imports that it may not.
fn faults(path: &str, code: &str) -> Vec<String> {
    let here = module_of(path);
    let own = here[0].as_str();
    if own == FIXTURE {
        return Vec::new();
    }
    let all = imports(&here, code);
    let upward = all.iter().filter(|import| import.module != FIXTURE && !may_import(own, &import.module));
    upward.map(|import| format!("src/{path}:{}: `{own}` imports from `{}`", import.line, import.module)).collect()
}

fn may_import(own: &str, other: &str) -> bool {
    let (Some(here), Some(there)) = (floor(own), floor(other)) else { return false };
    own == other || there > here || here == FLOORS.len() - 1 && there == here
}

/// The files of the repository, as paths from its root and texts; what is not text is left out.
fn files() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let walk = WalkDir::new(root).sort_by_file_name().into_iter().filter_entry(is_kept);
    walk.map(|entry| entry.expect("the repository can be read"))
        .filter(|entry| entry.file_type().is_file())
        .filter_map(|entry| {
            let path =
                entry.path().strip_prefix(root).expect("it is under the root").to_string_lossy().replace('\\', "/");
            Some((path, std::fs::read_to_string(entry.path()).ok()?))
        })
        .collect()
}

fn is_kept(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    let made = name == "node_modules" || entry.depth() == 1 && matches!(&*name, "target" | "public");
    name != ".git" && !made
}

fn rust_files() -> Vec<(String, String)> {
    files().into_iter().filter(|(path, _)| path.ends_with(".rs")).collect()
}

/// Files of `src/`, with paths from there, but those of the façade and of the command's entry.
fn modules() -> Vec<(String, String)> {
    let all = rust_files().into_iter();
    all.filter_map(|(path, code)| Some((path.strip_prefix("src/")?.to_owned(), code)))
        .filter(|(path, _)| !matches!(path.as_str(), "lib.rs" | "main.rs"))
        .collect()
}

#[test]
fn a_module_imports_only_from_floors_below() {
    let modules = modules();
    assert!(modules.iter().any(|(path, _)| path == "language.rs"), "the sources were not found");
    let found: Vec<String> = modules.iter().flat_map(|(path, code)| faults(path, code)).collect();
    assert!(found.is_empty(), "imports that are not from a floor below:\n{}", found.join("\n"));
}

#[test]
fn every_module_stands_on_a_floor() {
    let homeless: Vec<String> = modules()
        .into_iter()
        .filter(|(path, _)| !matches!(module_of(path).as_slice(), [own, ..] if own == FIXTURE || floor(own).is_some()))
        .map(|(path, _)| path)
        .collect();
    assert!(homeless.is_empty(), "modules that no floor lists: {homeless:?}");
}

/// Messages that only the world can bring about, and no test without breaking it.
const UNSHOWN: [(&str, &str); 12] = [
    // What the system may refuse to a server.
    ("src/cli/serving.rs", "le dossier du guide ne peut pas être surveillé"),
    ("src/cli/serving.rs", "essayez avec `--poll`"),
    ("src/cli/serving.rs", "le système refuse de montrer le guide"),
    ("src/cli/serving.rs", "arrêtez ce qui l’occupe, ou laissez `--port` de côté\u{a0}: Boussole en trouve un autre"),
    ("src/cli/serving.rs", "le système réserve le port {port}"),
    ("src/cli/serving.rs", "prenez un port à partir de 1024"),
    ("src/cli/serving.rs", "`{host}` n’est pas une adresse de cette machine"),
    ("src/cli/serving.rs", "laissez `--host` de côté pour cette machine seule, ou donnez `0.0.0.0` pour le réseau"),
    // What the reader of commands might refuse in ways that it does not have today.
    ("src/cli/usage.rs", "Boussole ne comprend pas cette commande"),
    ("src/target/mod.rs", "ce fichier ne peut plus être lu : {cause}"),
    ("src/target/mod.rs", "lancez la commande à nouveau"),
    ("src/theme/asset.rs", "le fichier `{path}` ne peut pas être lu : {french}"),
];

#[test]
fn every_message_is_shown_in_a_gallery_or_a_test() {
    let is_test = |path: &str| !path.starts_with("src/") || path.contains("/tests") || path == "src/fixture.rs";
    let own = |path: &str| path.starts_with("tests/floors/");
    let files = files();
    let gallery = files.iter().filter(|(path, _)| {
        // What schemas say is in the schemas that are kept.
        let schemas = path.starts_with("schema/") || path == "tests/node/own-kind.schema.json";
        schemas || path.starts_with("tests/gallery/") || path.starts_with("src/cli/init/")
    });
    let mut shown: Vec<String> = gallery.map(|(_, text)| words::plainly_spaced(text)).collect();
    assert!(!shown.is_empty(), "the galleries were not found");
    let mut messages = Vec::new();
    for (path, code) in files.iter().filter(|(path, _)| path.ends_with(".rs") && !own(path)) {
        let texts = words::texts(code, is_test(path));
        shown.extend(texts.expected.iter().map(|text| words::plainly_spaced(text)));
        messages.extend(texts.messages.into_iter().map(|message| (path, message)));
    }
    assert!(messages.len() > 200, "the messages were not found");
    let hidden = messages.iter().filter(|(_, message)| {
        !message.words.iter().any(|words| {
            let words = words::plainly_spaced(words);
            shown.iter().any(|text| words::is_shown(&words, text))
        })
    });
    let mut unshown = UNSHOWN.to_vec();
    let found: Vec<String> = hidden
        .filter(|(path, message)| {
            let known = unshown.iter().position(|(file, words)| path.as_str() == *file && message.words[0] == *words);
            known.map(|at| unshown.remove(at)).is_none()
        })
        .map(|(path, message)| format!("{path}:{}: {}", message.line, message.words[0]))
        .collect();
    assert!(found.is_empty(), "messages that nothing shows:\n{}", found.join("\n"));
    assert!(unshown.is_empty(), "these are shown, or are no more: {unshown:?}");
}

#[test]
fn fixtures_are_only_built_for_tests() {
    let root = rust_files().into_iter().find(|(path, _)| path == "src/lib.rs").expect("the crate has a root").1;
    let words: Vec<&str> = root.split_whitespace().collect();
    let declared = words.windows(2).position(|pair| pair == ["mod", "fixture;"]);
    assert!(declared.is_none_or(|at| words[..at].ends_with(&["#[cfg(test)]"])));
}

#[test]
fn no_file_is_too_long() {
    let long: Vec<String> = rust_files()
        .into_iter()
        .map(|(path, code)| (path, code.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "longer than {LONGEST} lines: {long:?}");
}

#[test]
fn no_file_names_a_machine_or_a_tool() {
    let found: Vec<String> = files()
        .iter()
        .flat_map(|(path, text)| {
            text.lines()
                .enumerate()
                .filter(|(_, line)| is_foreign(line))
                .map(move |(at, _)| format!("{path}:{}", at + 1))
        })
        .collect();
    assert!(found.is_empty(), "lines that name someone's folders, or what wrote them:\n{}", found.join("\n"));
}

#[test]
fn locked_packages_come_from_no_particular_registry() {
    let locks: Vec<_> = files().into_iter().filter(|(path, _)| path.ends_with("package-lock.json")).collect();
    assert!(!locks.is_empty(), "the checks lock their packages");
    for (path, lock) in locks {
        assert!(!lock.contains("\"resolved\""), "{path} names a registry: tests/node/.npmrc says how not to");
    }
}

/// Whether `line` has a path of someone's machine, or says which tool wrote it.
fn is_foreign(line: &str) -> bool {
    // In two parts, so that this file passes.
    let folders = [("/ro", "ot/"), ("/wo", "rk/"), ("/ho", "me/"), ("/Us", "ers/")].map(|(a, b)| [a, b].concat());
    let words =
        [("co-authored", "-by:"), ("generated", " with "), ("language", " model")].map(|(a, b)| [a, b].concat());
    let lower = line.to_lowercase();
    folders.iter().any(|folder| starts_a_path(line, folder)) || words.iter().any(|word| lower.contains(word))
}

/// Whether `folder` stands in `line` as the start of a path, and not within an address or a longer path.
fn starts_a_path(line: &str, folder: &str) -> bool {
    line.match_indices(folder).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|before| before.is_alphanumeric() || "._-~*)}>".contains(before))
    })
}

/// The modules that a file imports from in which it is not, by line.
#[track_caller]
fn check_imports(path: &str, code: &str, expected: &[(usize, &str)]) {
    let found = imports(&module_of(path), code);
    let found: Vec<(usize, &str)> = found.iter().map(|import| (import.line, import.module.as_str())).collect();
    assert_eq!(found, expected);
}

#[test]
fn every_way_to_import_is_seen() {
    check_imports("guide/tree.rs", "use crate::target::html;", &[(1, "target")]);
    check_imports(
        "guide/tree.rs",
        "use crate::{source::Span, target::{self, a::B}};",
        &[(1, "source"), (1, "target"), (1, "target")],
    );
    check_imports("guide/tree.rs", "use crate::{\n    id::Id,\n    cli as top,\n};", &[(2, "id"), (3, "cli")]);
    check_imports("guide/tree.rs", "pub(crate) use super::super::target::*;", &[(1, "target")]);
    check_imports("guide/mod.rs", "use super::{theme, super::x};", &[(1, "theme"), (1, "x")]);
    check_imports(
        "path.rs",
        "fn a() -> crate::cli::B {\n    Some(crate::serve::c::<super::check::D>(self::e()))\n}",
        &[(1, "cli"), (2, "serve"), (2, "check"), (2, "path")],
    );
    check_imports(
        "guide/tree.rs",
        "mod tests { use super::super::super::cli::a; use super::b; }",
        &[(1, "cli"), (1, "guide")],
    );
    check_imports("guide/tree.rs", "macro_rules! a { () => { $crate::cli::b() } }", &[(1, "cli")]);
    check_imports("path.rs", "use crate as house; use super::*;", &[(1, ""), (1, "*")]);
}

#[test]
fn what_is_no_import_is_not_seen() {
    check_imports("path.rs", "use std::path::Path; use ::serde::de; use self_cell::A;", &[]);
    check_imports(
        "path.rs",
        "// crate::cli\n/* use crate::cli; */ /// crate::cli\nconst A: &str = r#\"use crate::cli;\"#;",
        &[],
    );
    check_imports("path.rs", "pub(crate) fn a(&self) -> Self { self.b; Self::c() }", &[]);
}

#[test]
fn an_import_from_above_is_a_fault() {
    let upward = "use crate::guide::Page;\n\nuse crate::target::Html;";
    assert_eq!(faults("guide/tree.rs", upward), ["src/guide/tree.rs:3: `guide` imports from `target`"]);
    assert_eq!(faults("target/html.rs", upward), Vec::<String>::new());
    assert_eq!(faults("path.rs", "use crate::id::Id; use crate::fixture::guide;"), Vec::<String>::new());
    assert_eq!(faults("source/mod.rs", "use crate::diagnostic::Code;").len(), 1);
    assert_eq!(faults("diagnostic/mod.rs", "use crate::source::Span;").len(), 0);
    // What the façade offers is taken from where it lives.
    assert_eq!(faults("cli/mod.rs", "use crate::Guide;").len(), 1);
    assert_eq!(faults("cli/mod.rs", "use crate as house;").len(), 1);
}

#[test]
fn someone_s_folders_are_seen() {
    let path = |start: &str| format!("cd {start}boussole");
    assert!(is_foreign(&path(&["/ro", "ot/"].concat())));
    assert!(is_foreign(&path(&["\"/ho", "me/"].concat())));
    assert!(!is_foreign("https://exemple.org/home/ and src/root/ and $HOME/work/"));
}
