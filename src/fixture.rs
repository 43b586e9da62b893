//! Tests of faults as one text: the files of a guide, and under each place the fault that stands there.
//!
//! ```text
//! lang: fr
//! ! no-base-url: a fault of the guide as a whole
//! //- content/index.md
//! Voir [l’accueil](acueil.md).
//!                  ^^^^^^^^^ dead-link: no page at `acueil.md`; help: did you mean `accueil.md`?
//! ```
//!
//! Carets cover the span by characters; an empty span is a `|`, and a span over several lines ends its first with `…`.
//! Faults of one line follow it one under the other, in the order of their places; other places that have a part in a
//! fault are written `; see content/a.md:3:1: words`. Messages are in English unless the first line is `lang: fr`.
//! Help is always part of the fault; labels and patches are not (for patches: [`check_patches`]).

use std::fmt::Write as _;

use crate::diagnostic::{CODES, Diagnostic};
use crate::language::Tongue;
use crate::path::GuidePath;
use crate::source::{Content, FileId, LineColumn, Sources};

/// Compares what was `made` with the file of the repository at `path`; writes it there where `BOUSSOLE_GOLDEN` is `write`.
#[track_caller]
#[expect(clippy::disallowed_methods, reason = "the file is of the repository")]
pub(crate) fn check_golden(path: &str, made: &str) {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("BOUSSOLE_GOLDEN").is_some_and(|value| value == "write") {
        return std::fs::write(file, made).unwrap();
    }
    let known = std::fs::read_to_string(file).unwrap();
    let first = made.lines().zip(known.lines()).find(|(now, then)| now != then);
    assert!(made == known, "{path} is no longer what is made (BOUSSOLE_GOLDEN=write accepts it); first: {first:#?}");
}

/// A guide in one text, without the faults that are written into it.
pub(crate) struct Fixture {
    /// The language of the faults' messages.
    pub(crate) tongue: Tongue,
    /// Paths and texts, as written.
    pub(crate) files: Vec<(GuidePath, String)>,
}

/// Whatever finds faults in the files of a guide.
pub(crate) type Find<'a> = &'a dyn Fn(&Sources) -> Vec<Diagnostic>;

/// Compares the faults that `find` finds with those written in `fixture`: all of them, each at its place.
#[track_caller]
pub(crate) fn check_faults(fixture: &str, find: Find<'_>) {
    let expected = fixture.trim_start_matches('\n');
    let guide = Fixture::new(expected);
    let sources = guide.sources();
    let found = guide.annotated(&sources, &find(&sources));
    assert!(found == with_final_newline(expected), "\n── expected ──\n{expected}\n── found ──\n{found}");
}

/// Compares the files after every patch that `find` offers with those of `expected`; faults written in it are read over.
#[track_caller]
pub(crate) fn check_patches(fixture: &str, find: Find<'_>, expected: &str) {
    let guide = Fixture::new(fixture.trim_start_matches('\n'));
    let sources = guide.sources();
    let found = patched(&guide, &sources, &find(&sources));
    let expected = Fixture::new(expected.trim_start_matches('\n')).annotated(&Sources::default(), &[]);
    assert!(found == expected, "\n── expected ──\n{expected}\n── found ──\n{found}");
}

impl Fixture {
    /// Reads a fixture.
    pub(crate) fn new(text: &str) -> Fixture {
        let mut fixture = Fixture { tongue: Tongue::English, files: Vec::new() };
        for line in text.lines() {
            if let Some(path) = line.strip_prefix("//- ") {
                let path = GuidePath::new(path.trim()).expect("a fixture's paths stay under the root");
                fixture.files.push((path, String::new()));
            } else if let Some((_, text)) = fixture.files.last_mut() {
                if !is_fault(line.trim_start().trim_start_matches(['^', '|', '…']), line) {
                    text.push_str(line);
                    text.push('\n');
                }
            } else if line == "lang: fr" {
                fixture.tongue = Tongue::French;
            } else {
                assert!(line.is_empty() || line.starts_with("! "), "before the first `//- path`: {line:?}");
            }
        }
        fixture
    }

    /// Its files as the sources of a guide. Those that the loader finds fault with are a mistake of the test.
    pub(crate) fn sources(&self) -> Sources {
        let files = self.files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes()));
        let (sources, faults) = Sources::in_memory(files);
        assert!(faults.is_empty(), "{faults:?}");
        sources
    }

    /// The fixture's text with `found` written under their places.
    pub(crate) fn annotated(&self, sources: &Sources, found: &[Diagnostic]) -> String {
        let mut out = String::new();
        if self.tongue == Tongue::French {
            out.push_str("lang: fr\n");
        }
        for fault in found.iter().filter(|fault| fault.span.is_none()) {
            let _ = writeln!(out, "! {}", self.words(sources, fault));
        }
        for (path, text) in &self.files {
            let _ = writeln!(out, "//- {path}");
            let Some(file) = sources.at(path) else {
                out.push_str(text);
                continue;
            };
            // What is only copied is not kept as text.
            let is_text = matches!(sources[file].content, Content::Text(_));
            let text = if is_text { sources.text(file) } else { text.as_str() };
            self.annotate(&mut out, (sources, file, text), found);
        }
        out
    }

    fn annotate(&self, out: &mut String, (sources, file, text): (&Sources, FileId, &str), found: &[Diagnostic]) {
        let mut faults: Vec<_> =
            found.iter().filter_map(|fault| Some((fault.span.filter(|span| span.file == file)?, fault))).collect();
        faults.sort_by_key(|(span, _)| *span);
        let lines: Vec<&str> = text.lines().collect();
        for (number, line) in
            lines.iter().enumerate().map(|(index, line)| (index + 1, *line)).chain([(lines.len() + 1, "")])
        {
            if number <= lines.len() {
                let _ = writeln!(out, "{line}");
            }
            for (span, fault) in &faults {
                let (start, end) = sources.locate(*span);
                if start.line == number {
                    let _ = writeln!(out, "{} {}", carets(line, start, end), self.words(sources, fault));
                }
            }
        }
    }

    fn words(&self, sources: &Sources, fault: &Diagnostic) -> String {
        let mut words = format!("{}: {}", fault.code.name(), fault.message.tell(self.tongue));
        if let Some(help) = &fault.help {
            let _ = write!(words, "; help: {}", help.tell(self.tongue));
        }
        for (span, label) in &fault.related {
            let (LineColumn { line, column }, _) = sources.locate(*span);
            let _ = write!(words, "; see {}:{line}:{column}: {}", sources[span.file].path, label.tell(self.tongue));
        }
        words
    }
}

fn is_fault(words: &str, line: &str) -> bool {
    let marked = line.trim_start().starts_with(['^', '|']);
    let code = words.strip_prefix(' ').and_then(|words| words.split_once(": "));
    marked && code.is_some_and(|(code, _)| CODES.iter().any(|known| known.name() == code))
}

fn carets(line: &str, start: LineColumn, end: LineColumn) -> String {
    let indent = " ".repeat(start.column - 1);
    if start == end {
        return format!("{indent}|");
    }
    if start.line == end.line {
        return indent + &"^".repeat(end.column - start.column);
    }
    let rest = (line.chars().count() + 1).saturating_sub(start.column);
    indent + &"^".repeat(rest.max(1)) + "…"
}

fn patched(guide: &Fixture, sources: &Sources, found: &[Diagnostic]) -> String {
    let mut patches: Vec<_> = found.iter().filter_map(|fault| fault.patch.as_ref()).collect();
    patches.sort_by_key(|patch| std::cmp::Reverse(patch.span));
    let mut out = String::new();
    for (path, text) in &guide.files {
        let mut text = text.clone();
        for patch in patches.iter().filter(|patch| Some(patch.span.file) == sources.at(path)) {
            text.replace_range(patch.span.range(), &patch.text);
        }
        let _ = writeln!(out, "//- {path}");
        out.push_str(&text);
    }
    out
}

fn with_final_newline(text: &str) -> String {
    format!("{}\n", text.trim_end_matches('\n'))
}

/// A block of code of a page, between its fences.
#[derive(Debug)]
pub(crate) struct Block<'a> {
    /// The heading of level 2 that it is under.
    pub(crate) part: &'a str,
    /// The words after its fence: a language, then the path of the file that it is, where it says so.
    pub(crate) info: &'a str,
    pub(crate) text: &'a str,
}

impl<'a> Block<'a> {
    /// Whether it is a file of a guide, or what to add to one.
    pub(crate) fn is_file(&self) -> bool {
        matches!(self.language(), "markdown" | "yaml" | "html")
    }

    pub(crate) fn language(&self) -> &'a str {
        self.info.split(' ').next().unwrap_or_default()
    }

    /// The path that it says it has.
    pub(crate) fn path(&self) -> Option<&'a str> {
        self.info.split(' ').nth(1)
    }
}

/// The blocks of code of a page, in their order.
pub(crate) fn blocks(page: &str) -> Vec<Block<'_>> {
    let (mut part, mut found, mut rest) = ("", Vec::new(), page);
    while let Some(line) = rest.lines().next() {
        rest = rest.get(line.len() + 1..).unwrap_or_default();
        let info = line.trim_start_matches('`');
        let fence = &line[..line.len() - info.len()];
        if fence.len() >= 3 {
            let end = rest.find(&format!("{fence}\n")).unwrap_or_else(|| panic!("a block does not end: {line}"));
            found.push(Block { part, info, text: &rest[..end] });
            rest = &rest[end + fence.len() + 1..];
        } else if let Some(heading) = line.strip_prefix("## ") {
            part = heading;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::{check_faults, check_patches};
    use crate::diagnostic::{Code, Diagnostic, say};
    use crate::source::{Sources, Span};

    /// Every `ab` is a dead link; `b` is what it should be. A `\n` before `c` is one as well, over two lines.
    fn find(sources: &Sources) -> Vec<Diagnostic> {
        let mut found = vec![Diagnostic::of_the_guide(Code::NoBaseUrl, say!("rien", "nothing"))];
        for (file, source) in sources.iter() {
            let _ = source;
            for (at, ab) in sources.text(file).match_indices("ab").chain(sources.text(file).match_indices("d\nc")) {
                let span = Span::new(file, at..at + ab.len());
                found.push(Diagnostic::new(Code::DeadLink, span, say!("ici `ab`", "`ab` here")).nearest(Some("b")));
            }
        }
        found
    }

    #[test]
    fn faults_stand_under_their_places() {
        check_faults(
            "
! no-base-url: nothing
//- content/a.md
éàab ab
  ^^ dead-link: `ab` here; help: did you mean `b`?
     ^^ dead-link: `ab` here; help: did you mean `b`?
| taille: gardée |
d
^… dead-link: `ab` here; help: did you mean `b`?
c
//- content/b.md
",
            &find,
        );
    }

    #[test]
    fn messages_can_be_french() {
        check_faults(
            "
lang: fr
! no-base-url: rien
//- content/a.md
ab
^^ dead-link: ici `ab`; help: vouliez-vous dire `b` ?
",
            &find,
        );
    }

    #[test]
    fn patches_are_applied() {
        check_patches("//- content/a.md\nab, ab\n", &find, "//- content/a.md\nb, b\n");
    }

    #[test]
    #[should_panic(expected = "── found ──")]
    fn a_fault_that_is_not_written_is_a_failure() {
        check_faults("//- content/a.md\nab\n", &find);
    }

    #[test]
    #[should_panic(expected = "── found ──")]
    fn a_fault_that_is_not_found_is_a_failure() {
        check_faults("! no-base-url: nothing\n//- content/a.md\nok\n^^ dead-link: `ab` here\n", &find);
    }
}
