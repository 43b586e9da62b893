//! One array of plain objects, one object on each line.

use std::io::{self, Write};

use serde::Serialize;

use super::places::Places;
use crate::pipeline::{Finding, Findings};
use crate::source::LineColumn;

/// A finding as other tools read it. Paths are relative to the root; what has no place is at the start of `guide.yaml`,
/// where there may be no such file.
#[derive(Serialize)]
struct Record<'a> {
    code: &'a str,
    severity: &'a str,
    message: &'a str,
    help: Option<&'a str>,
    path: &'a str,
    line: usize,
    column: usize,
    end_line: usize,
    end_column: usize,
}

/// Writes all findings.
pub(super) fn write(findings: &Findings, out: &mut dyn Write) -> io::Result<()> {
    let mut places = Places::new(&findings.sources);
    let mut before = "[\n";
    for finding in &findings.found {
        write!(out, "{before}")?;
        serde_json::to_writer(&mut *out, &record(finding, findings, &mut places))?;
        before = ",\n";
    }
    writeln!(out, "{}", if findings.found.is_empty() { "[]" } else { "\n]" })
}

fn record<'a>(finding: &'a Finding, findings: &'a Findings, places: &mut Places<'_>) -> Record<'a> {
    let diagnostic = &finding.diagnostic;
    let start = LineColumn { line: 1, column: 1 };
    let (start, end) = diagnostic.span.map_or((start, start), |span| places.locate(span));
    Record {
        code: diagnostic.code.name(),
        severity: finding.severity.name(),
        message: diagnostic.message.tell(findings.tongue),
        help: diagnostic.help.as_ref().map(|help| help.tell(findings.tongue)),
        path: diagnostic.span.map_or("guide.yaml", |span| findings.sources[span.file].path.as_str()),
        line: start.line,
        column: start.column,
        end_line: end.line,
        end_column: end.column,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{findings, sources, span};
    use super::write;
    use crate::diagnostic::{Code, Diagnostic, say};

    #[test]
    fn findings_are_an_array_of_plain_objects() {
        let sources = sources(&[("été.md", "# Été\n\nVoir [là](ici.md).\n")]);
        let dead = Diagnostic::new(Code::DeadLink, span(&sources, "été.md", "ici.md"), say!("pas de \"page\"", "none"))
            .help(say!("écrivez `été.md`", "write `été.md`"));
        let base = Diagnostic::of_the_guide(Code::NoBaseUrl, say!("pas d’adresse", "no address"));
        let mut out = Vec::new();
        write(&findings(sources, vec![base, dead]), &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            r#"[
{"code":"no-base-url","severity":"note","message":"pas d’adresse","help":null,"path":"guide.yaml","line":1,"column":1,"end_line":1,"end_column":1},
{"code":"dead-link","severity":"error","message":"pas de \"page\"","help":"écrivez `été.md`","path":"content/été.md","line":3,"column":11,"end_line":3,"end_column":17}
]
"#
        );
    }

    #[test]
    fn nothing_found_is_an_empty_array() {
        let mut out = Vec::new();
        write(&findings(sources(&[]), Vec::new()), &mut out).unwrap();
        assert_eq!(out, b"[]\n");
    }
}
