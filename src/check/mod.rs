//! Rules over the resolved guide: what is not wrong as such, but worth telling.

mod history;
mod linked;

use std::sync::Arc;

use jiff::civil::Date;
use rayon::prelude::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::diagnostic::{Code, Diagnostic, say};
use crate::guide::{Guide, Page, PageId, Reading};
use crate::path::GuidePath;
use crate::source::{Sources, Span};
use crate::syntax::front_matter;
use crate::yaml::Given;

/// What rules look at.
struct Subject<'a> {
    guide: &'a Guide,
    sources: &'a Sources,
    today: Date,
}

/// Every rule. Each pushes what it finds.
const RULES: [fn(&Subject<'_>, &mut Vec<Diagnostic>); 7] = [
    missing_facets,
    same_titles,
    overdue_reviews,
    history::no_history,
    no_base_url,
    linked::unused_terms,
    linked::unreached_pages,
];

/// What the rules find in `guide` on the day `today`. What was found `before` in a page that is read as it was is not looked for
/// again.
pub(crate) fn check(guide: &Guide, sources: &Sources, today: Date, before: &mut Before) -> Vec<Diagnostic> {
    let subject = Subject { guide, sources, today };
    let look = |rule: &fn(&Subject<'_>, &mut Vec<Diagnostic>)| {
        let mut found = Vec::new();
        rule(&subject, &mut found);
        found
    };
    let rules = || -> Vec<Vec<Diagnostic>> { RULES.par_iter().map(look).collect() };
    let (found, of_readings) = rayon::join(rules, || before.renew(guide));
    found.into_iter().flatten().chain(of_readings).collect()
}

/// What one check keeps for the next.
#[derive(Debug, Default)]
pub(crate) struct Before {
    /// By page: how it is read, and what is wrong with that.
    readings: Vec<(Arc<Reading>, Vec<Diagnostic>)>,
}

impl Before {
    /// What is wrong with how the pages of `guide` are read.
    fn renew(&mut self, guide: &Guide) -> Vec<Diagnostic> {
        let look = |(at, page): (usize, &Page)| {
            let known = self.readings.get(at).filter(|(reading, _)| Arc::ptr_eq(reading, &page.reading));
            known.cloned().unwrap_or_else(|| (Arc::clone(&page.reading), linked::over_linked_paragraphs(guide, page)))
        };
        self.readings = guide.pages.as_slice().par_iter().enumerate().map(look).collect();
        self.readings.iter().flat_map(|(_, faults)| faults.iter().cloned()).collect()
    }
}

/// Pages that readers cannot tell apart: they have one title, in one part of the guide or in parts that are called the same.
fn same_titles(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let guide = subject.guide;
    let mut known: FxHashMap<(&str, Option<&str>), PageId> =
        FxHashMap::with_capacity_and_hasher(guide.pages.len(), FxBuildHasher);
    // A page without a title has a fault of its own.
    for (id, page) in guide.pages.iter().filter(|(_, page)| !page.draft.title.is_empty()) {
        let part = guide.part_of(id).map(|folder| guide.folders[folder].title.as_str());
        let first = *known.entry((page.title(), part)).or_insert(id);
        if first == id {
            continue;
        }
        let title = page.title();
        let place = |page: &Page| page.draft.title_place(subject.sources);
        let message = say!("deux pages s’appellent «\u{a0}{title}\u{a0}»", "two pages are called “{title}”");
        found.push(
            Diagnostic::new(Code::SameTitle, place(page), message)
                .label(say!("cette page", "this page"))
                .related(place(&guide.pages[first]), say!("celle-ci aussi", "so is this one"))
                .help(say!(
                    "donnez à l’une un titre qui dit ce qu’elle a de particulier",
                    "give one of them a title that tells what is particular to it"
                )),
        );
    }
}

/// A page without a facet that its kind requires.
fn missing_facets(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let config = &subject.guide.config;
    for page in subject.guide.pages.as_slice() {
        for &facet in &config.kinds[page.kind].required_facets {
            if page.has_facet(facet) {
                continue;
            }
            let tongue = config.site.language.tongue();
            let (facet, kind) = (&config.facets[facet].title, config.kinds[page.kind].spelled(tongue));
            found.push(
                Diagnostic::new(
                    Code::MissingFacet,
                    kind_place(subject, page),
                    say!(
                        "il manque le volet «\u{a0}{facet}\u{a0}», attendu dans une page du genre `{kind}`",
                        "the facet “{facet}”, expected in a page of kind `{kind}`, is missing"
                    ),
                )
                .help(say!("ajoutez un titre `## {facet}` et son texte", "add a heading `## {facet}` and its text")),
            );
        }
    }
}

fn kind_place(subject: &Subject<'_>, page: &Page) -> Span {
    front_matter::place(page.draft.file, subject.sources, "kind", &[])
}

/// A page whose review date has passed.
fn overdue_reviews(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for page in subject.guide.pages.as_slice() {
        let Some(date) = page.draft.front_matter.review_by.filter(|&date| date < subject.today) else { continue };
        let place = front_matter::place(page.draft.file, subject.sources, "review_by", &[]);
        let fault = Diagnostic::new(
            Code::ReviewOverdue,
            place,
            say!("cette page était à revoir avant le {date}", "this page was to be reviewed by {date}"),
        );
        found.push(
            fault.help(say!("relisez-la, puis donnez-lui une nouvelle date", "read it again, then give it a new date")),
        );
    }
}

/// A guide that does not know where it is published.
fn no_base_url(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    if subject.guide.config.base.given != Given::No {
        return;
    }
    let message = say!(
        "le guide ne dit pas où il sera publié : ni plan pour les moteurs de recherche, ni adresses complètes",
        "the guide does not say where it will be published: no sitemap for search engines, no full addresses"
    );
    let file = GuidePath::new("guide.yaml").and_then(|path| subject.sources.at(&path));
    let fault = match file {
        Some(file) => Diagnostic::new(Code::NoBaseUrl, Span::whole(file), message),
        None => Diagnostic::of_the_guide(Code::NoBaseUrl, message),
    };
    found.push(fault.help(say!(
        "quand vous connaîtrez son adresse, écrivez `base_url: https://…` dans `guide.yaml`",
        "once you know its address, write `base_url: https://…` in `guide.yaml`"
    )));
}
