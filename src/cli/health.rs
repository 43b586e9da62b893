//! `report`: the health of the guide, as text or JSON on standard output, as a page, as a calendar.
#![expect(clippy::disallowed_methods, reason = "a report is neither a source nor a part of the site")]

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use super::Status;
use super::arguments::{ReportArguments, ReportFormat};
use super::building::{self, status};
use super::console::Console;
use super::failure::Failure;
use super::place::Place;
use super::progress::Progress;
use super::summary::Summary;
use crate::diagnostic::say;
use crate::language::Tongue;
use crate::output;
use crate::pipeline;
use crate::target::health::{CALENDAR_MARK, MARK};

/// How much of a file is looked at to see what it is.
const BEGINNING: u64 = 4096;

/// A file to write.
struct Document<'a> {
    path: PathBuf,
    /// What tells an older one from a file of someone else.
    mark: &'static str,
    /// `None` where there is nothing to write.
    content: Option<&'a str>,
}

/// Tells the health of the guide, even of one that has errors.
pub(super) fn report(options: &ReportArguments, place: &Place, console: &Console) -> Result<Status, Failure> {
    let request = building::request(&options.guide(), place)?;
    let progress = Progress::start(console);
    let outcome = pipeline::report(&request, &|stage| progress.enter(stage));
    let timings = progress.finish();
    let (findings, report) = outcome?;
    let [page, calendar] = match findings.tongue {
        Tongue::French => ["rapport.html", "relectures.ics"],
        Tongue::English => ["report.html", "reviews.ics"],
    };
    let asked = [
        (&options.html, page, MARK, Some(report.html.as_str())),
        (&options.ics, calendar, CALENDAR_MARK, report.calendar.as_deref()),
    ];
    let documents: Vec<Document<'_>> = asked
        .into_iter()
        .filter_map(|(asked, name, mark, content)| {
            let path = asked.as_ref()?.clone().unwrap_or_else(|| name.into());
            Some(Document { path: place.resolve(&path), mark, content })
        })
        .collect();
    write(&documents, place)?;
    match options.format {
        Some(ReportFormat::Json) => console.print(report.json.as_bytes())?,
        Some(ReportFormat::Human) => console.print(report.text.as_bytes())?,
        None if documents.is_empty() => console.print(report.text.as_bytes())?,
        None => {}
    }
    let summary = Summary { findings: &findings, timings, verbosity: console.verbosity() };
    console.remark(&summary.checked());
    documents.iter().for_each(|document| console.remark(&done(document, place, findings.tongue)));
    Ok(status(&findings))
}

/// Writes all documents, or, where one of them would take the place of something else, none.
fn write(documents: &[Document<'_>], place: &Place) -> Result<(), Failure> {
    if let [one, other] = documents
        && one.path == other.path
    {
        let path = one.path.display();
        return Err(Failure::usage(say!(
            "`{path}` ne peut pas être à la fois une page et un calendrier",
            "`{path}` cannot be both a page and a calendar"
        ))
        .help(say!("donnez deux noms différents", "give two different names")));
    }
    let written = || documents.iter().filter_map(|document| Some((document, document.content?)));
    written().try_for_each(|(document, _)| may_write(document, place))?;
    written().try_for_each(|(document, content)| Ok(output::replace(&document.path, content.as_bytes())?))
}

/// What came of a document: where it is, or why it is not there.
fn done(document: &Document<'_>, place: &Place, tongue: Tongue) -> String {
    let shown = place.shown_outside(&document.path);
    match (document.content, document.path.exists(), tongue) {
        (Some(_), ..) => format!("→ {shown}"),
        (None, false, Tongue::French) => {
            format!("Aucune page n’a de date de relecture\u{a0}: `{shown}` n’est pas écrit.")
        }
        (None, false, Tongue::English) => format!("No page has a review date: `{shown}` is not written."),
        (None, true, Tongue::French) => {
            format!("Aucune page n’a de date de relecture\u{a0}: `{shown}` reste tel quel.")
        }
        (None, true, Tongue::English) => format!("No page has a review date: `{shown}` is left as it is."),
    }
}

/// Refuses what would become a source of the guide, and to write over what is no report.
fn may_write(document: &Document<'_>, place: &Place) -> Result<(), Failure> {
    let path = &document.path;
    let folder = path.parent().unwrap_or(path);
    let folder = folder.canonicalize().map_err(|error| Failure::world(folder, error))?;
    let sources = ["content", "static", "themes"].map(|name| place.root().join(name));
    let shown = path.display();
    if sources.iter().any(|source| folder.starts_with(source)) {
        return Err(Failure::usage(say!(
            "`{shown}` ferait partie des sources du guide",
            "`{shown}` would be one of the sources of the guide"
        ))
        .help(say!("écrivez-le hors de ces dossiers", "write it outside of these folders")));
    }
    match beginning(path) {
        Ok(text) if text.is_empty() || text.contains(document.mark) => Ok(()),
        Ok(_) => Err(Failure::usage(say!(
            "`{shown}` existe déjà et n’est pas un rapport de Boussole",
            "`{shown}` exists already and is no report of Boussole"
        ))
        .help(say!(
            "rien n’a été écrit\u{a0}; donnez un autre nom, ou déplacez ce fichier",
            "nothing was written; give another name, or move this file"
        ))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
        Err(error) => Err(Failure::world(path, error)),
    }
}

fn beginning(path: &Path) -> std::io::Result<String> {
    let mut bytes = Vec::new();
    File::open(path)?.take(BEGINNING).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}
