//! The page that stands where none can be made: why, in the language of the guide. It reloads when that is mended.

use std::fmt::Write as _;

use pulldown_cmark_escape::escape_html;

use super::faults::{self, Reader};
use crate::diagnostic::Diagnostic;
use crate::language::Tongue;
use crate::pipeline::{Error, Preview};

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
        escape(&mut items, &line);
        items.push_str("</li>\n");
    }
    let base = preview.base();
    document(findings.tongue, title, &format!("<p>{aid}</p>\n<ul>\n{items}</ul>\n"), base)
}

/// The page of a guide that cannot be read at all.
pub(super) fn unreadable(error: &Error) -> Vec<u8> {
    let mut words = String::from("<p>");
    escape(&mut words, &cause(error));
    words.push_str("</p>\n");
    let title = "Le guide ne peut pas être lu. / The guide cannot be read.";
    document(Tongue::French, title, &words, "/")
}

fn cause(error: &Error) -> String {
    match error {
        Error::Source(error) => format!("{} ({})", error.path.display(), error.cause),
        _ => String::new(),
    }
}

fn document(tongue: Tongue, title: &str, body: &str, base: &str) -> Vec<u8> {
    let mut page = String::new();
    let written = write!(
        page,
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n\
         <link rel=\"stylesheet\" href=\"{base}{LIVE}live.css\">\n\
         </head>\n<body class=\"boussole-broken\">\n<main>\n<h1>{title}</h1>\n{body}</main>\n</body>\n</html>\n",
        tongue.tag()
    );
    written.expect("writing to a string cannot fail");
    page.into_bytes()
}

fn escape(html: &mut String, text: &str) {
    escape_html(html, text).expect("writing to a string cannot fail");
}
