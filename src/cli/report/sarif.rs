//! SARIF 2.1.0, for code hosts and editors.

use std::io::{self, Write};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use super::places::Places;
use crate::cli::place::Place;
use crate::diagnostic::{CODES, Diagnostic, Patch};
use crate::pipeline::{Finding, Findings};
use crate::source::Span;

/// What stands in a relative URI reference as it is.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// Writes all findings; files are named from the current folder.
pub(super) fn write(findings: &Findings, place: &Place, out: &mut dyn Write) -> io::Result<()> {
    let mut run = Run { findings, place, places: Places::new(&findings.sources) };
    let results: Vec<Value> = findings.found.iter().map(|finding| run.result(finding)).collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {"name": "Boussole", "version": env!("CARGO_PKG_VERSION"), "rules": rules()}},
            "language": findings.tongue.tag(),
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

/// Every code with its name and the severity it has by default.
fn rules() -> Vec<Value> {
    let rule = |code: &crate::diagnostic::Code| {
        json!({
            "id": code.name(),
            "name": format!("{code:?}"),
            "defaultConfiguration": {"level": code.severity().name()},
        })
    };
    CODES.iter().map(rule).collect()
}

/// What results are made of.
struct Run<'a> {
    findings: &'a Findings,
    place: &'a Place,
    places: Places<'a>,
}

impl Run<'_> {
    fn result(&mut self, finding: &Finding) -> Value {
        let diagnostic = &finding.diagnostic;
        let mut result = json!({
            "ruleId": diagnostic.code.name(),
            "ruleIndex": CODES.iter().position(|code| *code == diagnostic.code),
            "level": finding.severity.name(),
            "message": {"text": self.message(diagnostic)},
        });
        if let Some(span) = diagnostic.span {
            result["locations"] = json!([{"physicalLocation": self.physical(span)}]);
        }
        if !diagnostic.related.is_empty() {
            result["relatedLocations"] = self.related(diagnostic);
        }
        if let Some(patch) = &diagnostic.patch {
            result["fixes"] = json!([self.fix(diagnostic, patch)]);
        }
        result
    }

    fn message(&self, diagnostic: &Diagnostic) -> String {
        let tongue = self.findings.tongue;
        let message = diagnostic.message.tell(tongue);
        diagnostic.help.as_ref().map_or_else(|| message.to_owned(), |help| format!("{message}\n{}", help.tell(tongue)))
    }

    fn related(&mut self, diagnostic: &Diagnostic) -> Value {
        let tongue = self.findings.tongue;
        let location = |(id, (span, label)): (usize, &(Span, crate::diagnostic::Say))| json!({"id": id, "physicalLocation": self.physical(*span), "message": {"text": label.tell(tongue)}});
        diagnostic.related.iter().enumerate().map(location).collect()
    }

    fn fix(&mut self, diagnostic: &Diagnostic, patch: &Patch) -> Value {
        let mut fix = json!({
            "artifactChanges": [{
                "artifactLocation": {"uri": self.uri(patch.span)},
                "replacements": [{"deletedRegion": self.region(patch.span), "insertedContent": {"text": patch.text}}],
            }],
        });
        if let Some(help) = &diagnostic.help {
            fix["description"] = json!({"text": help.tell(self.findings.tongue)});
        }
        fix
    }

    fn physical(&mut self, span: Span) -> Value {
        json!({"artifactLocation": {"uri": self.uri(span)}, "region": self.region(span)})
    }

    fn uri(&self, span: Span) -> String {
        let shown = self.place.shown(&self.findings.sources[span.file].path);
        utf8_percent_encode(&shown, ENCODED).to_string()
    }

    fn region(&mut self, span: Span) -> Value {
        let (start, end) = self.places.locate(span);
        json!({"startLine": start.line, "startColumn": start.column, "endLine": end.line, "endColumn": end.column})
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::fixture::{findings, sources, span};
    use super::write;
    use crate::cli::place::Place;
    use crate::diagnostic::{CODES, Code, Diagnostic, say};

    fn log() -> Value {
        let sources = sources(&[("une page.md", "# Été\n\nVoir [là](ici.md).\n"), ("été.md", "# Été\n")]);
        let other = span(&sources, "été.md", "Été");
        let dead =
            Diagnostic::new(Code::DeadLink, span(&sources, "une page.md", "ici.md"), say!("pas de page", "none"))
                .related(other, say!("peut-être ici", "perhaps here"))
                .help(say!("écrivez `été.md`", "write `été.md`"))
                .patch(span(&sources, "une page.md", "ici.md"), "été.md".to_owned());
        let base = Diagnostic::of_the_guide(Code::NoBaseUrl, say!("pas d’adresse", "no address"));
        let mut out = Vec::new();
        let place = Place::new("/repo/a".into(), "/repo/guide".into());
        write(&findings(sources, vec![base, dead]), &place, &mut out).unwrap();
        serde_json::from_slice(&out).unwrap()
    }

    #[test]
    fn a_result_has_its_places_and_its_fix() {
        let uri = "../guide/content/une%20page.md";
        let region = json!({"startLine": 3, "startColumn": 11, "endLine": 3, "endColumn": 17});
        let index = CODES.iter().position(|code| *code == Code::DeadLink).unwrap();
        assert_eq!(
            log()["runs"][0]["results"],
            json!([
                {
                    "ruleId": "no-base-url",
                    "ruleIndex": CODES.iter().position(|code| *code == Code::NoBaseUrl).unwrap(),
                    "level": "note",
                    "message": {"text": "pas d’adresse"},
                },
                {
                    "ruleId": "dead-link",
                    "ruleIndex": index,
                    "level": "error",
                    "message": {"text": "pas de page\nécrivez `été.md`"},
                    "locations": [{"physicalLocation": {"artifactLocation": {"uri": uri}, "region": region}}],
                    "relatedLocations": [{
                        "id": 0,
                        "physicalLocation": {
                            "artifactLocation": {"uri": "../guide/content/%C3%A9t%C3%A9.md"},
                            "region": {"startLine": 1, "startColumn": 3, "endLine": 1, "endColumn": 6},
                        },
                        "message": {"text": "peut-être ici"},
                    }],
                    "fixes": [{
                        "artifactChanges": [{
                            "artifactLocation": {"uri": uri},
                            "replacements": [{"deletedRegion": region, "insertedContent": {"text": "été.md"}}],
                        }],
                        "description": {"text": "écrivez `été.md`"},
                    }],
                },
            ])
        );
    }

    #[test]
    fn the_run_names_every_rule() {
        let run = &log()["runs"][0];
        assert_eq!(run["columnKind"], "unicodeCodePoints");
        let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
        assert_eq!(rules.len(), CODES.len());
        let level = json!({"level": "error"});
        assert!(rules.contains(&json!({"id": "dead-link", "name": "DeadLink", "defaultConfiguration": level})));
    }
}
