//! What was found in the guide, as pages show it to authors.

use std::ops::Range;
use std::path::Path;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use serde::Serialize;

use crate::diagnostic::{Diagnostic, Severity};
use crate::language::Tongue;
use crate::pipeline::Findings;
use crate::source::{Role, Sources, Span};

/// How many faults a page shows; the others are counted.
const MOST: usize = 100;
/// Bytes of a line of source that are shown around a place.
const AROUND: usize = 120;

/// What the address of a file for an editor cannot hold as it is.
const ESCAPED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'#').add(b'%').add(b'<').add(b'>').add(b'?').add(b'`');

/// Who is to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Reader {
    /// Someone at another machine: files cannot be opened there.
    Afar,
    /// Someone here, whose browser knows how to open a file.
    Here,
    /// Someone here, for whom files are opened.
    Served,
}

/// What a page shows.
#[derive(Debug, Serialize)]
pub(super) struct Told<'a> {
    /// The language that it is told in.
    lang: &'static str,
    errors: usize,
    warnings: usize,
    notes: usize,
    /// Those of the page first, then those of others, errors first among each; notes last.
    faults: Vec<Fault<'a>>,
    /// The source of the page.
    page: Option<Opened>,
}

/// A fault, with the line of source that it is in.
#[derive(Debug, Serialize)]
struct Fault<'a> {
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    help: Option<&'a str>,
    /// Whether it is in the page's own source.
    here: bool,
    /// `content/a.md:3:11`
    place: Option<String>,
    /// Before, in and after the place.
    line: Option<[String; 3]>,
    open: Option<Opened>,
}

/// A file that can be opened in an editor.
#[derive(Debug, Serialize)]
struct Opened {
    file: String,
    line: usize,
    column: usize,
    /// The address that an editor knows; without it, the server opens the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    address: Option<String>,
}

/// The faults of a guide for the page that shows `source`, with `also` before them.
pub(super) fn tell<'a>(
    findings: &'a Findings,
    source: Option<&str>,
    reader: Reader,
    also: Option<&'a Diagnostic>,
) -> Told<'a> {
    let count = |severity| findings.found.iter().filter(|finding| finding.severity == severity).count();
    let teller = Teller { sources: &findings.sources, tongue: findings.tongue, source, reader };
    let also = also.map(|fault| (Severity::Error, fault));
    let extra = usize::from(also.is_some());
    let found = findings.found.iter().map(|finding| (finding.severity, &finding.diagnostic));
    let mut all: Vec<(Severity, &Diagnostic)> = also.into_iter().chain(found).collect();
    all.sort_by_key(|(severity, fault)| (*severity == Severity::Note, !teller.is_here(fault), *severity));
    Told {
        lang: findings.tongue.tag(),
        errors: count(Severity::Error) + extra,
        warnings: count(Severity::Warning),
        notes: count(Severity::Note),
        faults: all.into_iter().take(MOST).map(|(severity, fault)| teller.fault(severity, fault)).collect(),
        page: source.and_then(|path| teller.opened(path, (1, 1))),
    }
}

impl Told<'_> {
    /// Each fault on a line: where, what, and what to do.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> {
        self.faults.iter().map(|fault| {
            let place = fault.place.as_deref().map(|place| format!("{place} – ")).unwrap_or_default();
            let help = fault.help.map(|help| format!(" – {help}")).unwrap_or_default();
            format!("{place}{}{help}", fault.message)
        })
    }
}

struct Teller<'a> {
    sources: &'a Sources,
    tongue: Tongue,
    source: Option<&'a str>,
    reader: Reader,
}

impl Teller<'_> {
    fn is_here(&self, fault: &Diagnostic) -> bool {
        fault.span.is_some_and(|span| self.source == Some(self.sources[span.file].path.as_str()))
    }

    fn fault<'f>(&self, severity: Severity, fault: &'f Diagnostic) -> Fault<'f> {
        let at = fault.span.map(|span| (self.sources[span.file].path.as_str(), self.sources.locate(span).0));
        Fault {
            severity: severity.name(),
            code: fault.code.name(),
            message: fault.message.tell(self.tongue),
            help: fault.help.as_ref().map(|help| help.tell(self.tongue)),
            here: self.is_here(fault),
            place: at.map(|(path, place)| format!("{path}:{}:{}", place.line, place.column)),
            line: fault.span.and_then(|span| line(self.sources, span)),
            open: at.and_then(|(path, place)| self.opened(path, (place.line, place.column))),
        }
    }

    fn opened(&self, file: &str, (line, column): (usize, usize)) -> Option<Opened> {
        let address = match self.reader {
            Reader::Afar => return None,
            Reader::Served => None,
            Reader::Here => Some(address(&self.sources.root().join(file), line, column)),
        };
        Some(Opened { file: file.to_owned(), line, column, address })
    }
}

/// The address by which Visual Studio Code, and those that are made of it, open a place.
fn address(file: &Path, line: usize, column: usize) -> String {
    let path = file.to_string_lossy().replace('\\', "/");
    let path = path.strip_prefix("//?/").unwrap_or(&path);
    let slash = if path.starts_with('/') { "" } else { "/" };
    format!("vscode://file{slash}{}:{line}:{column}", utf8_percent_encode(path, ESCAPED))
}

/// The line in which a place begins: before it, the place, after it. None for a file as a whole.
fn line(sources: &Sources, span: Span) -> Option<[String; 3]> {
    let text: &str = sources.text(span.file);
    if text.is_empty() || span == Span::whole(span.file) {
        return None;
    }
    let start = text.floor_char_boundary((span.start as usize).min(text.len()));
    let from = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let to = text[start..].find('\n').map_or(text.len(), |at| start + at);
    let end = text.ceil_char_boundary((span.end as usize).min(text.len())).clamp(start, to);
    Some(cut(text, from..to, start..end))
}

fn cut(text: &str, line: Range<usize>, marked: Range<usize>) -> [String; 3] {
    let from = text.ceil_char_boundary(marked.start.saturating_sub(AROUND).max(line.start));
    let middle = text.floor_char_boundary((marked.start + 2 * AROUND).min(marked.end)).max(marked.start);
    let to = text.floor_char_boundary((middle + AROUND).min(line.end)).max(middle);
    let dots = |is_cut: bool| if is_cut { "…" } else { "" };
    [
        format!("{}{}", dots(from > line.start), &text[from..marked.start]),
        format!("{}{}", &text[marked.start..middle], dots(middle < marked.end)),
        format!("{}{}", &text[middle..to], dots(to < line.end)),
    ]
}

/// Whether an editor may be asked to open the file at `path`, below the root: it is text of the guide.
pub(super) fn may_open(sources: &Sources, path: &str) -> bool {
    let file = crate::path::GuidePath::new(path).filter(|clean| clean.as_str() == path);
    file.and_then(|path| sources.at(&path)).is_some_and(|file| {
        let source = &sources[file];
        matches!(source.role, Role::Page | Role::Configuration | Role::Theme | Role::Faulty)
            && matches!(source.content, crate::source::Content::Text(_))
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Arc;

    use super::{Reader, address, may_open, tell};
    use crate::diagnostic::{Code, Diagnostic, say};
    use crate::language::Tongue;
    use crate::path::GuidePath;
    use crate::pipeline::{Finding, Findings};
    use crate::source::{Sources, Span};

    fn findings(files: &[(&str, &str)], faults: &[(&str, &str, Code)]) -> Findings {
        let files = files.iter().map(|(path, text)| (GuidePath::new(path).unwrap(), text.as_bytes().to_vec()));
        let sources = Sources::in_memory(files).0;
        let found = faults.iter().map(|(path, words, code)| {
            let file = sources.at(&GuidePath::new(path).unwrap()).unwrap();
            let start = sources.text(file).find(words).unwrap();
            let span = Span::new(file, start..start + words.len());
            let diagnostic = Diagnostic::new(*code, span, say!("mauvais", "wrong")).help(say!("corrigez", "mend"));
            Finding { severity: code.severity(), diagnostic }
        });
        let found = found.collect();
        Findings { found, sources: Arc::new(sources), tongue: Tongue::French, pages: 1, fatal: true }
    }

    const FILES: &[(&str, &str)] =
        &[("content/a.md", "# A\n\nVoir [là](ici.md).\n"), ("content/été b.md", "# B\n\nTrop long.\n")];

    #[test]
    fn a_fault_is_told_with_its_line_and_a_way_to_open_it() {
        let findings = findings(FILES, &[("content/a.md", "ici.md", Code::DeadLink)]);
        let told = serde_json::to_string(&tell(&findings, Some("content/a.md"), Reader::Served, None)).unwrap();
        assert_eq!(
            told,
            "{\"lang\":\"fr\",\"errors\":1,\"warnings\":0,\"notes\":0,\"faults\":[{\"severity\":\"error\",\
             \"code\":\"dead-link\",\"message\":\"mauvais\",\"help\":\"corrigez\",\"here\":true,\
             \"place\":\"content/a.md:3:11\",\"line\":[\"Voir [là](\",\"ici.md\",\").\"],\
             \"open\":{\"file\":\"content/a.md\",\"line\":3,\"column\":11}}],\
             \"page\":{\"file\":\"content/a.md\",\"line\":1,\"column\":1}}"
        );
    }

    #[test]
    fn those_of_the_page_come_first_and_errors_before_them_in_each_group() {
        let faults = [
            ("content/a.md", "Voir", Code::DeadLink),
            ("content/été b.md", "Trop", Code::EmptyHeading),
            ("content/été b.md", "long", Code::DeadLink),
        ];
        let findings = findings(FILES, &faults);
        let places = |source| {
            let told = tell(&findings, source, Reader::Afar, None);
            assert!(told.faults.iter().all(|fault| fault.open.is_none()) && told.page.is_none());
            told.faults.into_iter().filter_map(|fault| fault.place).collect::<Vec<_>>()
        };
        assert_eq!(
            places(Some("content/été b.md")),
            ["content/été b.md:3:6", "content/été b.md:3:1", "content/a.md:3:1"]
        );
        assert_eq!(places(None)[0], "content/a.md:3:1");
    }

    #[test]
    fn long_lines_are_cut_and_many_faults_counted() {
        let text = "é".repeat(5_000) + "faute" + &"à".repeat(5_000);
        let faults = vec![("content/a.md", "faute", Code::DeadLink); 150];
        let findings = findings(&[("content/a.md", &text)], &faults);
        let told = tell(&findings, None, Reader::Here, None);
        assert_eq!((told.errors, told.faults.len()), (150, 100));
        let [before, marked, after] = told.faults[0].line.as_ref().unwrap();
        assert_eq!([before.chars().count(), after.chars().count()], [61, 61]);
        assert_eq!(marked, "faute");
    }

    #[test]
    fn an_editor_s_address_is_spelled_for_browsers() {
        let opened = address(Path::new("/a b/été #1/x?.md"), 3, 4);
        assert_eq!(opened, "vscode://file/a%20b/%C3%A9t%C3%A9%20%231/x%3F.md:3:4");
        assert_eq!(address(Path::new("C:\\g\\x.md"), 1, 1), "vscode://file/C:/g/x.md:1:1");
    }

    #[test]
    fn only_text_of_the_guide_is_opened() {
        let findings =
            findings(&[("content/a.md", "# A\n"), ("content/b.png", "b"), ("guide.yaml", "title: G\n")], &[]);
        for (path, may) in [
            ("content/a.md", true),
            ("guide.yaml", true),
            ("content/b.png", false),
            ("content/../content/a.md", false),
            ("/etc/passwd", false),
            ("../x", false),
            ("content/c.md", false),
        ] {
            assert_eq!(may_open(&findings.sources, path), may, "{path}");
        }
    }
}
