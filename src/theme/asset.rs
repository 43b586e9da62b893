//! The theme's assets: what pages load beside their text, under names that change with their content.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::Layers;
use super::embedded::embedded;
use super::words::Words;
use crate::config::Accent;
use crate::diagnostic::{Code, Diagnostic, Say, make_readable, refusal, say};
use crate::path::OutputPath;
use crate::source::{FileId, Sources, Span};

/// The stylesheet that takes up the guide's accent.
const STYLESHEET: &str = "boussole.css";

/// The words of the interface, for scripts.
const WORDS: &str = "words.json";

/// A file that pages load.
#[derive(Clone, Debug)]
pub(crate) struct Asset {
    /// Its path below the theme's `assets/`: `boussole.css`.
    pub(crate) name: String,
    /// Where it is in the output: `assets/boussole.1a2b3c4d.css`.
    pub(crate) output: OutputPath,
    /// What is in it.
    pub(crate) bytes: Cow<'static, [u8]>,
}

/// The assets by name: the theme's own over the built-in ones, the stylesheet with the guide's accent.
pub(super) fn read(layers: &Layers<'_>, accent: Option<&Accent>, words: &Words) -> (Vec<Asset>, Vec<Diagnostic>) {
    let mut found = Vec::new();
    let mut files: BTreeMap<&str, Cow<'static, [u8]>> =
        embedded().filter_map(|(path, bytes)| Some((path.strip_prefix("assets/")?, lean(path, bytes)))).collect();
    for (name, file) in layers.own("assets") {
        match layers.sources.read(file) {
            // A copy of a built-in file is that file.
            Ok(bytes) if is_built_in(name, &bytes) => {}
            Ok(bytes) => drop(files.insert(name, Cow::Owned(bytes))),
            Err(error) => found.push(unreadable(file, layers.sources, &error)),
        }
    }
    if let (Some(accent), Some(stylesheet)) = (accent, files.get_mut(STYLESHEET)) {
        stylesheet.to_mut().extend_from_slice(rule_for(accent).as_bytes());
    }
    let words = serde_json::to_vec(words).expect("text is always JSON");
    files.insert(WORDS, Cow::Owned(words));
    (files.into_iter().filter_map(|(name, bytes)| asset(name, bytes)).collect(), found)
}

fn is_built_in(name: &str, bytes: &[u8]) -> bool {
    embedded().any(|(path, own)| path.strip_prefix("assets/") == Some(name) && own == bytes)
}

/// A built-in file as readers get it: a script without its comments, which are for those who change it.
fn lean(path: &str, bytes: &'static [u8]) -> Cow<'static, [u8]> {
    match std::str::from_utf8(bytes) {
        Ok(script) if path.ends_with(".js") => Cow::Owned(without_comments(script).into_bytes()),
        _ => Cow::Borrowed(bytes),
    }
}

/// A script without the comments that have lines of their own, and without what its lines begin with. That is as much
/// as can be told line by line: the built-in scripts have no text of several lines.
fn without_comments(script: &str) -> String {
    let mut lean = String::with_capacity(script.len());
    let mut in_comment = false;
    for line in script.lines().map(str::trim) {
        let opens = !in_comment && line.starts_with("/*") && (line.ends_with("*/") || !line.contains("*/"));
        let is_code = !in_comment && !opens && !line.starts_with("//") && !line.is_empty();
        in_comment = (in_comment || opens) && !line.ends_with("*/");
        if is_code {
            lean.push_str(line);
            lean.push('\n');
        }
    }
    lean
}

fn asset(name: &str, bytes: Cow<'static, [u8]>) -> Option<Asset> {
    let hash = &blake3::hash(&bytes).to_hex()[..8];
    let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (&name[..=folder.len()], file));
    let hashed = match file.split_once('.') {
        Some((stem, extension)) if !stem.is_empty() => format!("{stem}.{hash}.{extension}"),
        _ => format!("{file}.{hash}"),
    };
    let output = OutputPath::new(&format!("assets/{folder}{hashed}"))?;
    Some(Asset { name: name.to_owned(), output, bytes })
}

/// On screens only: print is black. As in the stylesheet, the dark ground is for browsers that know `light-dark()`, which
/// follows the reader's choice.
fn rule_for(accent: &Accent) -> String {
    let Accent { light, dark } = accent;
    format!(
        "@media screen{{:root{{--accent:{light}}}\
         @supports (color:light-dark(#000,#fff)){{:root{{--accent:light-dark({light},{dark})}}}}}}\n"
    )
}

fn unreadable(file: FileId, sources: &Sources, error: &std::io::Error) -> Diagnostic {
    let path = &sources[file].path;
    let Say { french, english } = refusal(error.kind(), &error.to_string());
    let message =
        say!("le fichier `{path}` ne peut pas être lu\u{a0}: {french}", "the file `{path}` cannot be read: {english}");
    Diagnostic::new(Code::Unreadable, Span::whole(file), message).help(make_readable(error.kind()))
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn scripts_are_written_without_their_comments() {
        let script = "// What it does.\n\nlet a = 1;\n/**\n * @param {string} b\n * // not code\n */\nfunction c(b) {\n  // why\n  \
                      return b + '// no'; // stays\n}\n/** @type {string} */\nlet d = /** @type {any} */ (a);\n/* of */ d();\n";
        let lean = "let a = 1;\nfunction c(b) {\nreturn b + '// no'; // stays\n}\nlet d = /** @type {any} */ (a);\n/* of */ d();\n";
        assert_eq!(without_comments(script), lean);
    }
}
