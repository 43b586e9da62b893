//! `build` and `check`: the pipeline, its findings, and a summary.

use super::Status;
use super::arguments::{BuildArguments, GuideArguments};
use super::console::Console;
use super::failure::Failure;
use super::place::Place;
use super::progress::Progress;
use super::summary::{Directions, Summary};
use super::{clock, report};
use crate::pipeline::{self, Drafts, Findings, Request, Strictness};

/// What a build says when it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// Where the site is.
    Short,
    /// How to see it, too.
    WithDirections,
}

/// Writes the site.
pub(super) fn build(
    options: &BuildArguments,
    place: &Place,
    console: &Console,
    ending: Ending,
) -> Result<Status, Failure> {
    let mut request = request(&options.guide, place)?;
    request.output = options.output.as_deref().map(|folder| place.resolve(folder));
    request.base_url = options.base_url.clone();
    let progress = Progress::start(console);
    let outcome = pipeline::build(&request, &|stage| progress.enter(stage));
    let timings = progress.finish();
    let (findings, built) = outcome?;
    report::show(&findings, options.guide.format, place, console)?;
    let summary = Summary { findings: &findings, timings, verbosity: console.verbosity() };
    match &built {
        None => console.remark(&summary.refused()),
        Some(built) => {
            console.remark(&summary.built(built.written));
            let directions = Directions::to(built, place);
            console.remark(&directions.text(ending, findings.tongue));
        }
    }
    Ok(status(&findings))
}

/// Shows every fault; writes nothing.
pub(super) fn check(options: &GuideArguments, place: &Place, console: &Console) -> Result<Status, Failure> {
    let request = request(options, place)?;
    let progress = Progress::start(console);
    let outcome = pipeline::check(&request, &|stage| progress.enter(stage));
    let timings = progress.finish();
    let findings = outcome?;
    report::show(&findings, options.format, place, console)?;
    let summary = Summary { findings: &findings, timings, verbosity: console.verbosity() };
    console.remark(&summary.checked());
    Ok(status(&findings))
}

pub(super) fn status(findings: &Findings) -> Status {
    if findings.fatal { Status::Faulty } else { Status::Done }
}

pub(super) fn request(options: &GuideArguments, place: &Place) -> Result<Request, Failure> {
    Ok(Request {
        root: place.root().to_owned(),
        output: None,
        base_url: None,
        drafts: if options.drafts { Drafts::Built } else { Drafts::Left },
        date: clock::date(options.date.as_deref())?,
        strictness: if options.strict { Strictness::Strict } else { Strictness::Lenient },
    })
}
