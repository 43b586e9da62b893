//! What stands at an address of the site: what a static host would answer, and nothing that the site does not have.

use percent_encoding::percent_decode_str;
use unicode_normalization::{UnicodeNormalization, is_nfc};

use crate::diagnostic::Diagnostic;
use crate::output::Content;
use crate::path::OutputPath;
use crate::pipeline::Preview;

/// The page that hosts show where there is none.
const NOT_FOUND: &str = "404.html";

/// What stands at an address.
pub(super) enum Found {
    /// A file of the site.
    File {
        /// Which.
        file: OutputPath,
        /// What it holds.
        content: Content,
        /// Whether it is what was asked for, or tells that there is no such page.
        here: bool,
    },
    /// Another address, as it is written.
    Elsewhere(String),
    /// Nothing, and no page that says so.
    Nothing,
    /// A page that cannot be made: why, beside what was found in the guide.
    Broken(Option<Box<Diagnostic>>),
}

/// What `preview` has at the address `path`, as a browser spells it, without what follows `?`.
pub(super) fn find(preview: &Preview<'_>, path: &str) -> Found {
    let base = preview.base();
    if path == "/" && base != "/" || path == base.trim_end_matches('/') && path != "/" {
        return Found::Elsewhere(base.to_owned());
    }
    let Some(below) = below(base, path) else { return not_found(preview) };
    if let Some(found) = file_of(&below).and_then(|file| at(preview, file, true)) {
        return found;
    }
    if !below.ends_with('/') {
        let folder = OutputPath::new(&format!("{below}/index.html"));
        if folder.is_some_and(|file| preview.has(&file)) {
            return Found::Elsewhere(format!("{path}/"));
        }
    }
    not_found(preview)
}

/// The file that answers at `below`, an address without the base path.
fn file_of(below: &str) -> Option<OutputPath> {
    match below {
        "" => OutputPath::new("index.html"),
        folder if folder.ends_with('/') => OutputPath::new(&format!("{folder}index.html")),
        file => OutputPath::new(file),
    }
}

/// The file of the page at the address `path`, whether there is one or not.
pub(super) fn page_file(base: &str, path: &str) -> Option<OutputPath> {
    file_of(&below(base, path)?)
}

fn not_found(preview: &Preview<'_>) -> Found {
    let page = OutputPath::new(NOT_FOUND).and_then(|file| at(preview, file, false));
    page.unwrap_or(Found::Nothing)
}

fn at(preview: &Preview<'_>, file: OutputPath, here: bool) -> Option<Found> {
    Some(match preview.file(&file)? {
        Ok(content) => Found::File { file, content, here },
        Err(fault) => Found::Broken(Some(fault)),
    })
}

/// What follows the base path in `path`, decoded; `None` where it is not below that, or spells no text.
pub(super) fn below(base: &str, path: &str) -> Option<String> {
    let base: Vec<&str> = base.trim_matches('/').split('/').filter(|name| !name.is_empty()).collect();
    let mut names = path.strip_prefix('/')?.split('/');
    for name in base {
        if decoded(names.next()?)? != decoded(name)? {
            return None;
        }
    }
    let names: Option<Vec<String>> = names.map(decoded).collect();
    names.map(|names| names.join("/"))
}

/// One name of an address, as files are named.
fn decoded(name: &str) -> Option<String> {
    let name = percent_decode_str(name).decode_utf8().ok().filter(|name| !name.contains(['/', '\\', '\0']))?;
    Some(if is_nfc(&name) { name.into_owned() } else { name.nfc().collect() })
}

#[cfg(test)]
mod tests {
    use super::{below, page_file};
    use crate::path::OutputPath;

    #[test]
    fn an_address_is_decoded_name_by_name() {
        for (base, path, expected) in [
            ("/", "/", Some("")),
            ("/", "/roles/x/", Some("roles/x/")),
            ("/guide/", "/guide/", Some("")),
            ("/guide/", "/guide/roles/", Some("roles/")),
            ("/un/guide/", "/un/guide/a.txt", Some("a.txt")),
            ("/guid%C3%A9/", "/guidé/a", Some("a")),
            ("/guide/", "/guidef/", None),
            ("/guide/", "/", None),
            ("/", "/d%C3%A9j%C3%A0.pdf", Some("déjà.pdf")),
            ("/", "/de%CC%81ja.pdf", Some("déja.pdf")),
            ("/", "/a%2Fb", None),
            ("/", "/a%5Cb", None),
            ("/", "/a\\b", None),
            ("/", "/a%00", None),
            ("/", "/%FF", None),
            ("/", "a", None),
        ] {
            assert_eq!(below(base, path).as_deref(), expected, "{base} {path}");
        }
    }

    #[test]
    fn no_address_leads_out_of_the_site() {
        for path in ["/..", "/../x", "/a/../b", "/%2e%2e/x", "/%2E%2E/", "/./a", "/a//b", "//a", "/..%2f..%2fx"] {
            assert_eq!(page_file("/", path), None, "{path}");
        }
        let file = |path| page_file("/guide/", path).as_ref().map(|file: &OutputPath| file.as_str().to_owned());
        assert_eq!(file("/guide/").as_deref(), Some("index.html"));
        assert_eq!(file("/guide/roles/").as_deref(), Some("roles/index.html"));
        assert_eq!(file("/guide/roles/index.txt").as_deref(), Some("roles/index.txt"));
    }
}
