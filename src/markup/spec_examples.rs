//! The examples of the CommonMark specification and of GitHub's extensions, for the writer's tests.
//!
//! Neither text is kept here. CommonMark's comes with the npm package `commonmark-spec`, GitHub's
//! extensions with the published sources of `pulldown-cmark`, whose flavour of HTML they show.
#![allow(clippy::disallowed_methods, reason = "a test reads its own data")]

use std::path::{Path, PathBuf};
use std::process::Command;

const FENCE: &str = "````````````````````````````````";

/// One example of a specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Example {
    /// Its number, from 1, in its specification or suite.
    pub(crate) number: usize,
    /// The heading it stands under, or its suite.
    pub(crate) section: String,
    /// What is written.
    pub(crate) markdown: String,
    /// What it becomes.
    pub(crate) html: String,
}

/// The examples of CommonMark 0.31.2.
pub(crate) fn commonmark() -> Vec<Example> {
    let spec = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/node/node_modules/commonmark-spec/spec.txt");
    let Ok(text) = std::fs::read_to_string(&spec) else {
        panic!("the CommonMark specification is not installed: run `bash tests/run`, or `npm ci` in tests/node");
    };
    examples(&text)
}

/// The examples of GitHub's tables, task lists and strikethrough.
pub(crate) fn github() -> Vec<Example> {
    let sources = pulldown_cmark_sources();
    let suites = ["gfm_table", "gfm_tasklist", "gfm_strikethrough"];
    suites.into_iter().flat_map(|name| suite(&sources, name)).collect()
}

/// The examples in a specification's text.
fn examples(spec: &str) -> Vec<Example> {
    let (mut found, mut section) = (Vec::new(), "");
    let mut lines = spec.lines();
    while let Some(line) = lines.next() {
        if line.strip_prefix(FENCE).is_some_and(|rest| rest.starts_with(" example")) {
            let markdown = lines_until(&mut lines, ".");
            let html = lines_until(&mut lines, FENCE);
            found.push(Example { number: found.len() + 1, section: section.to_owned(), markdown, html });
        } else if line.starts_with('#') {
            section = line.trim_start_matches('#').trim();
        }
    }
    found
}

/// The lines up to one that is `end`, with tabs in place of the arrows that show them.
fn lines_until<'a>(lines: &mut impl Iterator<Item = &'a str>, end: &str) -> String {
    lines.take_while(|line| *line != end).map(|line| line.replace('→', "\t") + "\n").collect()
}

fn suite(sources: &Path, name: &str) -> Vec<Example> {
    let file = sources.join("tests/suite").join(name).with_extension("rs");
    let text = std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    raw_pairs(&text)
        .into_iter()
        .enumerate()
        .map(|(at, (markdown, html))| Example { number: at + 1, section: name.to_owned(), markdown, html })
        .collect()
}

/// The texts of `let original = r##"…"##; let expected = r##"…"##;`, in pairs.
fn raw_pairs(code: &str) -> Vec<(String, String)> {
    let texts: Vec<&str> = code.split("r##\"").skip(1).filter_map(|rest| rest.split("\"##").next()).collect();
    texts.chunks_exact(2).map(|pair| (pair[0].to_owned(), pair[1].to_owned())).collect()
}

/// Where cargo keeps the sources of the `pulldown-cmark` that this crate is built with.
fn pulldown_cmark_sources() -> PathBuf {
    let version = cargo(&["-vV"]);
    let host = version.lines().find_map(|line| line.strip_prefix("host: ")).expect("`cargo -vV` names its host");
    let metadata = cargo(&["metadata", "--format-version=1", "--locked", "--offline", "--filter-platform", host]);
    let metadata: serde_json::Value = serde_json::from_str(&metadata).expect("`cargo metadata` writes JSON");
    let mut packages = metadata["packages"].as_array().into_iter().flatten();
    let manifest = packages
        .find(|package| package["name"] == "pulldown-cmark")
        .and_then(|package| package["manifest_path"].as_str())
        .expect("`pulldown-cmark` is a dependency");
    Path::new(manifest).with_file_name("")
}

fn cargo(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap_or_else(|error| panic!("cargo {arguments:?}: {error}"));
    assert!(output.status.success(), "cargo {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("cargo writes UTF-8")
}

#[test]
fn commonmark_has_its_652_examples() {
    let examples = commonmark();
    assert_eq!(examples.len(), 652);
    assert_eq!(
        examples[0],
        Example {
            number: 1,
            section: "Tabs".to_owned(),
            markdown: "\tfoo\tbaz\t\tbim\n".to_owned(),
            html: "<pre><code>foo\tbaz\t\tbim\n</code></pre>\n".to_owned(),
        }
    );
    assert_eq!(examples[651].section, "Textual content");
}

#[test]
fn github_has_examples_of_each_extension() {
    let examples = github();
    let count = |name: &str| examples.iter().filter(|example| example.section == name).count();
    assert_eq!([count("gfm_table"), count("gfm_tasklist"), count("gfm_strikethrough")], [9, 2, 3]);
    assert_eq!(examples[9].markdown, "- [ ] foo\n- [x] bar\n");
    assert!(examples.iter().all(|example| !example.html.is_empty()));
}
