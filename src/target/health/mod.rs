//! The health of a guide: what it has, and what it waits for.
//!
//! [`Health`] is plain data, made in one pass over the guide's pages and their texts; the text, the HTML page, the JSON
//! and the calendar are four ways to tell it. Nothing here decides what is a fault: what `check` finds is counted.

mod calendar;
mod chart;
mod outline;
mod page;
mod survey;
mod text;
mod undefined;
mod words;

use jiff::civil::Date;
use serde::{Serialize, Serializer};

use crate::diagnostic::{Diagnostic, Severity};
use crate::guide::Guide;
use crate::path::GuidePath;
use crate::source::Sources;

/// How old a page is, in days, before one wonders whether it still holds.
const STALE: i32 = 365;

/// How many pages are named as those that most, or fewest, others lead to.
const RANKED: usize = 10;

/// How many words are read in a minute.
const PACE: usize = 200;

/// By what a page is known as a report, so that a new one may take its place.
pub(crate) const MARK: &str = "Boussole report";

/// By what a calendar is.
pub(crate) const CALENDAR_MARK: &str = "-//Boussole//Reviews//FR";

/// What a report is made from.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) guide: &'a Guide,
    pub(crate) sources: &'a Sources,
    /// All that was found in it, not weighed yet.
    pub(crate) faults: &'a [Diagnostic],
    /// The files that are no part of it yet, sorted.
    pub(crate) drafts: &'a [GuidePath],
    pub(crate) today: Date,
}

/// A report in all its forms.
#[derive(Clone, Debug)]
pub struct Report {
    /// For a terminal.
    pub text: String,
    /// For other tools, as `schema/report.schema.json` says.
    pub json: String,
    /// A page that stands alone.
    pub html: String,
    /// The reviews to come, for calendars (RFC 5545); `None` where there are none.
    pub calendar: Option<String>,
}

/// Tells the health of the guide in all ways.
pub(crate) fn report(subject: Subject<'_>) -> Report {
    let health = Health::of(subject);
    let sections = outline::sections(&health);
    let mut json = serde_json::to_string_pretty(&health).expect("text, numbers and lists are JSON");
    json.push('\n');
    Report {
        text: text::write(&health, &sections),
        html: page::write(&health, &sections),
        calendar: calendar::write(&health),
        json,
    }
}

/// What a guide has, and what it waits for. Lists are in reading order where nothing else is said.
#[derive(Debug, Serialize)]
pub(super) struct Health<'a> {
    version: u32,
    guide: About<'a>,
    totals: Totals,
    /// The kinds that the guide has pages of, in the order of the configuration.
    kinds: Vec<KindShare<'a>>,
    /// The facets that some kind expects.
    facets: Vec<FacetShare<'a>>,
    /// What was found, the gravest first.
    findings: Vec<CodeCount>,
    /// By date.
    reviews: Vec<Review<'a>>,
    gaps: Gaps<'a>,
    links: Links<'a>,
    terms: Terms<'a>,
    pages: Vec<PageHealth<'a>>,
}

/// Which guide, and when.
#[derive(Debug, Serialize)]
struct About<'a> {
    title: &'a str,
    lang: &'a str,
    /// Where it is published, where that is known.
    base_url: Option<String>,
    #[serde(serialize_with = "plain")]
    date: Date,
    #[serde(skip)]
    language: crate::language::Language,
}

#[derive(Debug, Default, Serialize)]
struct Totals {
    pages: usize,
    words: usize,
    minutes: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
}

#[derive(Debug, Serialize)]
struct KindShare<'a> {
    kind: &'a str,
    label: &'a str,
    pages: usize,
    words: usize,
}

#[derive(Debug, Serialize)]
struct FacetShare<'a> {
    facet: &'a str,
    title: &'a str,
    /// How many pages are of a kind that expects it, and how many of these have it.
    expected: usize,
    present: usize,
}

#[derive(Debug, Serialize)]
struct CodeCount {
    code: &'static str,
    #[serde(serialize_with = "named")]
    severity: Severity,
    count: usize,
}

/// A page by its names.
#[derive(Clone, Copy, Debug, Serialize)]
struct Named<'a> {
    id: &'a str,
    title: &'a str,
    source: &'a str,
    url: &'a str,
    /// The language of its title, where it is not the guide’s.
    #[serde(skip)]
    lang: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct Review<'a> {
    #[serde(flatten)]
    page: Named<'a>,
    #[serde(serialize_with = "plain")]
    review_by: Date,
    /// How many days are left; below none where it is overdue.
    days: i32,
    owner: Option<&'a str>,
}

/// What pages wait for.
#[derive(Debug, Default, Serialize)]
struct Gaps<'a> {
    /// The facets that a page’s kind expects and the page lacks.
    missing_facets: Vec<MissingFacets<'a>>,
    roles_without_tasks: Vec<Named<'a>>,
    questions_without_prompts: Vec<Question<'a>>,
    without_summary: Vec<Named<'a>>,
    /// The oldest first.
    stale: Vec<Stale<'a>>,
    drafts: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct MissingFacets<'a> {
    #[serde(flatten)]
    page: Named<'a>,
    facets: Vec<&'a str>,
    #[serde(skip)]
    titles: Vec<&'a str>,
}

#[derive(Debug, Serialize)]
struct Question<'a> {
    #[serde(flatten)]
    page: Named<'a>,
    question: String,
}

#[derive(Debug, Serialize)]
struct Stale<'a> {
    #[serde(flatten)]
    page: Named<'a>,
    #[serde(serialize_with = "plain")]
    updated: Date,
}

#[derive(Debug, Default, Serialize)]
struct Links<'a> {
    /// The pages that most others lead to in their texts, and those that fewest do. Fronts of folders, questions and
    /// articles are apart: readers come to them by other ways.
    most: Vec<Cited<'a>>,
    least: Vec<Cited<'a>>,
    /// How many pages no text leads to, the same apart.
    uncited: usize,
    orphans: Vec<Named<'a>>,
    no_way_in: Vec<Named<'a>>,
}

#[derive(Clone, Copy, Debug, Serialize)]
struct Cited<'a> {
    #[serde(flatten)]
    page: Named<'a>,
    /// From how many pages.
    from: usize,
}

#[derive(Debug, Default, Serialize)]
struct Terms<'a> {
    unused: Vec<Named<'a>>,
    /// Those that only their own page uses.
    self_used: Vec<Named<'a>>,
    /// Names between double brackets that no page has, and initials that no page is called by.
    undefined: Vec<Undefined<'a>>,
}

#[derive(Debug, Serialize)]
struct Undefined<'a> {
    text: String,
    how: How,
    uses: usize,
    pages: usize,
    /// The first page that uses it.
    first: Named<'a>,
}

/// How one knows that something should be defined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum How {
    /// It is written as a link.
    Linked,
    /// It is in capitals, on several pages.
    Initials,
}

#[derive(Debug, Serialize)]
struct PageHealth<'a> {
    #[serde(flatten)]
    page: Named<'a>,
    kind: &'a str,
    words: usize,
    minutes: usize,
    /// From how many pages a text leads here.
    backlinks: usize,
    #[serde(serialize_with = "perhaps")]
    updated: Option<Date>,
}

impl Health<'_> {
    /// The address of a page for whoever reads elsewhere.
    fn full_url(&self, page: &Named<'_>) -> Option<String> {
        let base = self.guide.base_url.as_ref()?;
        Some(format!("{}{}", base.trim_end_matches('/'), page.url))
    }
}

/// How long so many words take to read.
fn minutes(words: usize) -> usize {
    words.div_ceil(PACE)
}

fn plain<S: Serializer>(date: &Date, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(date)
}

fn perhaps<S: Serializer>(date: &Option<Date>, to: S) -> Result<S::Ok, S::Error> {
    match date {
        Some(date) => to.collect_str(date),
        None => to.serialize_none(),
    }
}

fn named<S: Serializer>(severity: &Severity, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(severity.name())
}
