//! Workflow commands, one on each line, that GitHub turns into annotations.

use std::io::{self, Write};

use super::places::Places;
use crate::cli::place::Place;
use crate::diagnostic::Severity;
use crate::pipeline::{Finding, Findings};

/// Writes all findings; files are named from the current folder.
pub(super) fn write(findings: &Findings, place: &Place, out: &mut dyn Write) -> io::Result<()> {
    let mut places = Places::new(&findings.sources);
    for finding in &findings.found {
        let properties = properties(finding, findings, place, &mut places);
        writeln!(out, "::{} {properties}::{}", level(finding.severity), message(finding, findings))?;
    }
    Ok(())
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Note => "notice",
    }
}

fn properties(finding: &Finding, findings: &Findings, place: &Place, places: &mut Places<'_>) -> String {
    let title = format!("title={}", finding.diagnostic.code.name());
    let Some(span) = finding.diagnostic.span else { return title };
    let file = property(&place.shown(&findings.sources[span.file].path));
    let (start, end) = places.locate(span);
    format!(
        "file={file},line={},col={},endLine={},endColumn={},{title}",
        start.line, start.column, end.line, end.column
    )
}

fn message(finding: &Finding, findings: &Findings) -> String {
    let diagnostic = &finding.diagnostic;
    let message = diagnostic.message.tell(findings.tongue);
    match &diagnostic.help {
        Some(help) => data(&format!("{message}\n{}", help.tell(findings.tongue))),
        None => data(message),
    }
}

/// `text` as it may stand after the last `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// `text` as it may stand as the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{findings, sources, span};
    use super::write;
    use crate::cli::place::Place;
    use crate::diagnostic::{Code, Diagnostic, say};

    #[test]
    fn each_finding_is_a_workflow_command() {
        let sources = sources(&[("a, b: 100%.md", "# Été\n\nVoir [là](ici.md).\n")]);
        let link = span(&sources, "a, b: 100%.md", "ici.md");
        let dead =
            Diagnostic::new(Code::DeadLink, link, say!("0 % : rien,\nici", "none")).help(say!("écrivez", "write"));
        let heading = Diagnostic::new(Code::EmptyHeading, link, say!("vide", "empty"));
        let base = Diagnostic::of_the_guide(Code::NoBaseUrl, say!("pas d’adresse", "no address"));
        let mut out = Vec::new();
        let place = Place::new("/repo".into(), "/repo/guide".into());
        write(&findings(sources, vec![base, dead, heading]), &place, &mut out).unwrap();
        assert_eq!(
            String::from_utf8(out).unwrap(),
            "::notice title=no-base-url::pas d’adresse\n\
             ::error file=guide/content/a%2C b%3A 100%25.md,line=3,col=11,endLine=3,endColumn=17,title=dead-link::0 %25 : rien,%0Aici%0Aécrivez\n\
             ::warning file=guide/content/a%2C b%3A 100%25.md,line=3,col=11,endLine=3,endColumn=17,title=empty-heading::vide\n"
        );
    }
}
