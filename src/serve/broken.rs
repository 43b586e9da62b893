//! The page that stands where none can be made: why, in the language of the guide. It reloads when that is mended.

use std::fmt::Write as _;

use super::desk::Unreadable;
use super::faults::{self, Reader};
use crate::diagnostic::Diagnostic;
use crate::language::Tongue;
use crate::pipeline::{Error, Preview};
use crate::put;

/// Where what lives in open pages is, below the base path.
pub(super) const LIVE: &str = "__boussole/";

/// The page of a guide that cannot be shown; `fault` is what stops this page.
pub(super) fn page(preview: &Preview<'_>, fault: Option<&Diagnostic>) -> Vec<u8> {
    let findings = preview.findings();
    let told = faults::tell(findings, None, Reader::Afar, fault);
    let (title, aid) = match findings.tongue {
        Tongue::French => (
            "Cette page ne peut pas être montrée",
            "Voici ce qui ne va pas. Corrigez-le\u{a0}: la page revient d’elle-même.",
        ),
        Tongue::English => {
            ("This page cannot be shown", "This is what is wrong. Mend it: the page comes back by itself.")
        }
    };
    let mut items = String::new();
    for line in told.lines() {
        items.push_str("<li>");
        put::attribute(&mut items, &line);
        items.push_str("</li>\n");
    }
    document(findings.tongue, title, &format!("<p>{aid}</p>\n<ul>\n{items}</ul>\n"))
}

/// The page of a guide that cannot be read at all.
pub(super) fn unreadable(guide: &Unreadable) -> Vec<u8> {
    let (title, aid) = match guide.tongue {
        Tongue::French => (
            "Le guide ne peut pas être lu",
            "Son dossier a peut-être été renommé ou déplacé. La page revient d’elle-même quand il est là.",
        ),
        Tongue::English => (
            "The guide cannot be read",
            "Its folder may have been renamed or moved. The page comes back by itself when it is there.",
        ),
    };
    let mut cause = String::new();
    put::attribute(&mut cause, &place(&guide.error));
    document(guide.tongue, title, &format!("<p>{aid}</p>\n<p><code>{cause}</code></p>\n"))
}

/// What cannot be read.
fn place(error: &Error) -> String {
    match error {
        Error::Source(error) => error.path.display().to_string(),
        _ => String::new(),
    }
}

fn document(tongue: Tongue, title: &str, body: &str) -> Vec<u8> {
    let mut page = String::new();
    let written = write!(
        page,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         </head>\n<body class=\"boussole-broken\">\n<main>\n<h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n",
        tongue.tag()
    );
    written.expect("writing to a string cannot fail");
    page.into_bytes()
}
