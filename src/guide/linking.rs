//! From pages whose written links are resolved to pages that are linked: words, inclusions, references, backlinks.

use rayon::prelude::{IntoParallelIterator, ParallelIterator};
use rustc_hash::FxHashSet;

use super::backlink::{self, Backlink};
use super::fault;
use super::inverse::{self, Inverse};
use super::mention::{Clash, Name, Vocabulary};
use super::reading::{self, Material, Read, Reading};
use super::scan::Scan;
use super::series::{self, Series, SeriesId};
use super::target::Targets;
use super::tree::Entry;
use super::{Link, PageId, Relations};
use crate::config::{Automatic, Builtin, Config, KindId};
use crate::diagnostic::Diagnostic;
use crate::id::IdVec;
use crate::name;
use crate::source::{Sources, Span};
use crate::syntax::front_matter;

/// What is decided about one page's links and relations once all have a place.
pub(super) struct Decided {
    /// By text: the page's own first, then those of its leaves.
    pub(super) links: Vec<Vec<Link>>,
    pub(super) relations: Relations,
}

/// What linking rests on beside the pages.
pub(super) struct Ground<'a> {
    pub(super) config: &'a Config,
    /// The kind of each page.
    pub(super) kinds: &'a [KindId],
    /// The pages in reading order.
    pub(super) order: &'a [PageId],
}

impl Ground<'_> {
    /// The kind of a page, where it is built in.
    pub(super) fn builtin(&self, page: PageId) -> Option<Builtin> {
        self.config.kinds[self.kinds[page.index()]].builtin
    }
}

/// The pages, linked.
pub(super) struct Linked {
    pub(super) pages: Vec<LinkedPage>,
    pub(super) series: IdVec<Series>,
}

/// What is known of a page's links, to and fro.
pub(super) struct LinkedPage {
    pub(super) links: Vec<Vec<Link>>,
    pub(super) relations: Relations,
    pub(super) inverse: Inverse,
    pub(super) reading: Reading,
    pub(super) backlinks: Vec<Backlink>,
    pub(super) series: Option<(SeriesId, usize)>,
    pub(super) used: Used,
}

/// Where a page's names stand in texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Used {
    /// In its own.
    pub(crate) here: bool,
    /// In another page's.
    pub(crate) elsewhere: bool,
}

/// Links pages whose written links and relations are `decided`.
pub(super) fn link(decided: Vec<Decided>, targets: &Targets<'_>, ground: &Ground<'_>) -> (Linked, Vec<Diagnostic>) {
    let entries = &targets.tree.entries;
    let (vocabulary, mut faults) = vocabulary(entries, targets.sources, ground);
    let scans = scan(entries, &vocabulary);
    let used = used(&scans);
    let relations: Vec<&Relations> = decided.iter().map(|decided| &decided.relations).collect();
    let inverse = inverse::invert(&relations, ground.order, |page| ground.builtin(page) == Some(Builtin::Question));
    let (links, relations): (Vec<_>, Vec<_>) =
        decided.into_iter().map(|Decided { links, relations }| (links, relations)).unzip();
    let material = Material { config: ground.config, entries, links: &links, scans: &scans, inverse: &inverse };
    let read: Vec<Read> =
        (0..entries.len()).into_par_iter().map(|at| reading::read(PageId::nth(at), &material)).collect();
    let mut readings = Vec::with_capacity(read.len());
    let mut cites = Vec::with_capacity(read.len());
    let mut told: FxHashSet<Option<Span>> = FxHashSet::default();
    for Read { reading, cites: cited, faults: wrong } in read {
        readings.push(reading);
        cites.push(cited);
        faults.extend(wrong.into_iter().filter(|fault| told.insert(fault.span)));
    }
    let cites = ground.order.iter().map(|page| std::mem::take(&mut cites[page.index()])).collect();
    let backlinks = backlink::invert(entries.len(), cites);
    let found = series::find(entries, ground.order, targets.sources);
    faults.extend(found.faults);
    let mut pages = Vec::with_capacity(entries.len());
    let all = links.into_iter().zip(relations).zip(inverse).zip(readings).zip(backlinks).zip(found.places).zip(used);
    for ((((((links, relations), inverse), reading), backlinks), series), used) in all {
        pages.push(LinkedPage { links, relations, inverse, reading, backlinks, series, used });
    }
    (Linked { pages, series: found.series }, faults)
}

/// The names of the pages that words lead to, and those that two of them have.
fn vocabulary(entries: &[Entry], sources: &Sources, ground: &Ground<'_>) -> (Vocabulary, Vec<Diagnostic>) {
    let is_target = |page: PageId| {
        let by_kind = matches!(ground.builtin(page), Some(Builtin::Role | Builtin::Term | Builtin::Theme));
        ground.config.automatic != Automatic::None
            && entries[page.index()].draft.front_matter.autolink.unwrap_or(by_kind)
    };
    let targets = (0..entries.len()).map(PageId::nth).filter(|&page| is_target(page));
    let names = targets.flat_map(|page| {
        let draft = &entries[page.index()].draft;
        let texts = std::iter::once(&draft.title).chain(&draft.front_matter.synonyms);
        texts.map(move |text| Name { page, text })
    });
    let (vocabulary, clashes) = Vocabulary::new(names, ground.config.site.language.tongue());
    let faults = clashes.iter().map(|clash| two_definitions(clash, entries, sources)).collect();
    (vocabulary, faults)
}

fn two_definitions(clash: &Clash, entries: &[Entry], sources: &Sources) -> Diagnostic {
    let Clash { first, second, name } = clash;
    let place = |page: PageId| {
        let draft = &entries[page.index()].draft;
        let synonyms = &draft.front_matter.synonyms;
        // As it is written, else in another spelling that words of a text would not tell from it.
        let spellings: [fn(&str) -> String; 3] = [str::to_owned, str::to_lowercase, name::fold];
        let stands = |spelling: &fn(&str) -> String| {
            let is_it = |text: &str| spelling(text) == spelling(name);
            match synonyms.iter().position(|synonym| is_it(synonym)) {
                _ if is_it(&draft.title) => Some(None),
                at => at.map(Some),
            }
        };
        match spellings.iter().find_map(stands).flatten() {
            Some(at) => front_matter::place(draft.file, sources, "synonyms", &[&at.to_string()]),
            None => draft.title_place(sources),
        }
    };
    fault::two_definitions(place(*second), place(*first), name)
}

/// What stands where in every text: by page, then by text.
fn scan(entries: &[Entry], vocabulary: &Vocabulary) -> Vec<Vec<Scan>> {
    let scan = |entry: &Entry| {
        let scanner = || (!vocabulary.is_empty()).then(|| vocabulary.scanner());
        entry.bodies().map(|body| Scan::of(body, scanner())).collect()
    };
    entries.into_par_iter().map(scan).collect()
}

/// Where each page's names stand.
fn used(scans: &[Vec<Scan>]) -> Vec<Used> {
    let mut used = vec![Used::default(); scans.len()];
    for (at, scan) in scans.iter().enumerate() {
        for page in scan.iter().flat_map(Scan::named) {
            let used = &mut used[page.index()];
            *if page.index() == at { &mut used.here } else { &mut used.elsewhere } = true;
        }
    }
    used
}
