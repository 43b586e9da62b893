//! The only printer of diagnostics: for people on standard error, for machines on standard output.

#[cfg(test)]
mod gallery;
mod github;
mod human;
mod json;
#[cfg(test)]
mod manual;
mod places;
mod sarif;

use clap::ValueEnum;

use super::console::Console;
use super::failure::Failure;
use super::place::Place;
use crate::pipeline::Findings;

/// How findings are told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With the source, for people.
    #[default]
    Human,
    /// One array of plain objects.
    Json,
    /// SARIF 2.1.0, for code hosts and editors.
    Sarif,
    /// Commands that GitHub turns into annotations.
    Github,
}

/// Shows all findings, in their order.
pub(super) fn show(findings: &Findings, format: Format, place: &Place, console: &Console) -> Result<(), Failure> {
    match format {
        Format::Human => {
            let colours = console.colours();
            console.tell_with(|out| human::write(findings, place, colours, out));
            Ok(())
        }
        Format::Json => console.print_with(|out| json::write(findings, out)),
        Format::Sarif => console.print_with(|out| sarif::write(findings, place, out)),
        Format::Github => console.print_with(|out| github::write(findings, place, out)),
    }
}

#[cfg(test)]
mod fixture {
    //! Findings made by hand.

    use crate::diagnostic::Diagnostic;
    use crate::language::Tongue;
    use crate::path::GuidePath;
    use crate::pipeline::{Finding, Findings};
    use crate::source::{FileId, Sources, Span};

    /// Sources with `files` in `content/`.
    pub(super) fn sources(files: &[(&str, &str)]) -> Sources {
        let in_content = |name: &str| GuidePath::new(&format!("content/{name}")).unwrap();
        let files = files.iter().map(|(name, text)| (in_content(name), text.as_bytes().to_vec()));
        Sources::in_memory(files).0
    }

    pub(super) fn file(sources: &Sources, name: &str) -> FileId {
        sources.at(&GuidePath::new(&format!("content/{name}")).unwrap()).unwrap()
    }

    /// The place of the first `words` in the file called `name`.
    pub(super) fn span(sources: &Sources, name: &str, words: &str) -> Span {
        let file = file(sources, name);
        let start = sources.text(file).find(words).unwrap();
        Span::new(file, start..start + words.len())
    }

    /// Findings of the default severity, in French.
    pub(super) fn findings(sources: Sources, diagnostics: Vec<Diagnostic>) -> Findings {
        let weigh = |diagnostic: Diagnostic| Finding { severity: diagnostic.code.severity(), diagnostic };
        let found = diagnostics.into_iter().map(weigh).collect();
        Findings { sources: sources.into(), tongue: Tongue::French, found, pages: 1, fatal: true }
    }
}
