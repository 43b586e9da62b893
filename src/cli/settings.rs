//! A guide's files and settings, for commands that do more with them than tell what is wrong.

use std::sync::Arc;

use super::console::Console;
use super::failure::Failure;
use super::numbers::counted;
use super::place::Place;
use super::report::{self, Format};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Severity};
use crate::language::Tongue;
use crate::path::GuidePath;
use crate::pipeline::{self, Finding, Findings};
use crate::source::{FileId, Sources};

/// The files and the settings of the guide; `None` where `guide.yaml` has errors, which are then shown: what they hide
/// must not be taken for what the guide does not have.
pub(super) fn read(place: &Place, console: &Console) -> Result<Option<(Sources, Config)>, Failure> {
    let (sources, unreadable) = Sources::load(place.root()).map_err(pipeline::Error::Source)?;
    let (config, mut faults) = Config::read(&sources);
    let file = GuidePath::new("guide.yaml").and_then(|path| sources.at(&path));
    let is_there = |of: FileId| file == Some(of);
    let unreadable = unreadable.iter().filter(|fault| is_there(fault.span.file));
    faults.extend(unreadable.map(|fault| Diagnostic::of_a_file(fault, &sources)));
    let error = |diagnostic: Diagnostic| {
        let severity = config.checks.severity(diagnostic.code).filter(|severity| *severity == Severity::Error)?;
        Some(Finding { severity, diagnostic })
    };
    let mut found: Vec<Finding> = faults.into_iter().filter_map(error).collect();
    if found.is_empty() {
        return Ok(Some((sources, config)));
    }
    found.sort_by_key(|finding| (finding.diagnostic.span, finding.diagnostic.code));
    let tongue = config.site.language.tongue();
    let findings = Findings { sources: Arc::new(sources), tongue, found, pages: 0, fatal: true };
    report::show(&findings, Format::Human, place, console)?;
    let errors = findings.found.len();
    console.remark(&match tongue {
        Tongue::French => {
            let errors = counted(errors, tongue, ["erreur", "erreurs"]);
            format!("{errors} dans `guide.yaml` · rien n’a été fait")
        }
        Tongue::English => {
            format!("{} in `guide.yaml` · nothing was done", counted(errors, tongue, ["error", "errors"]))
        }
    });
    Ok(None)
}
