//! From pages whose written links are resolved to pages that are linked: words, inclusions, references, backlinks.

use std::sync::Arc;

use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rustc_hash::FxHashSet;

use super::backlink::{self, Backlink};
use super::before::{Before, Row, Work};
use super::fault;
use super::inverse::{self, Inverse};
use super::mention::{Clash, Name, Stem, Vocabulary, first_stem};
use super::reading::{self, Material, Read};
use super::scan::{self, Scan};
use super::series::{self, Series, SeriesId};
use super::target::Targets;
use super::tree::Entry;
use super::{Link, PageId, Relations};
use crate::config::{Automatic, Builtin, Config, KindId};
use crate::diagnostic::Diagnostic;
use crate::id::IdVec;
use crate::language::Tongue;
use crate::name;
use crate::source::{Sources, Span};
use crate::syntax::body::Body;
use crate::syntax::front_matter;

/// What is decided about one page's links and relations once all have a place.
#[derive(Clone, Debug)]
pub(super) struct Decided {
    /// By text: the page's own first, then those of its leaves.
    pub(super) links: Vec<Arc<[Link]>>,
    pub(super) relations: Arc<Relations>,
    pub(super) faults: Arc<[Diagnostic]>,
}

impl Decided {
    /// The same, sharing with what was decided `before` all that is equal.
    pub(super) fn sharing(mut self, before: &Decided) -> Decided {
        for (own, before) in self.links.iter_mut().zip(&before.links).filter(|(own, before)| own == before) {
            *own = Arc::clone(before);
        }
        if self.relations == before.relations {
            self.relations = Arc::clone(&before.relations);
        }
        self
    }

    /// Whether links lead where they led `before`.
    fn leads_where(&self, before: &Decided) -> bool {
        let same = |(one, other)| Arc::ptr_eq(one, other);
        self.links.len() == before.links.len() && self.links.iter().zip(&before.links).all(same)
    }
}

/// The names that are looked for.
#[derive(Debug)]
pub(super) struct Lexicon {
    vocabulary: Vocabulary,
    clashes: Vec<Clash>,
    /// The names that it is made of, and their pages.
    names: Vec<(PageId, String)>,
    tongue: Tongue,
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

/// What is known of a page's links, to and fro.
pub(super) struct LinkedPage {
    pub(super) decided: Decided,
    pub(super) read: Arc<Read>,
    pub(super) inverse: Inverse,
    pub(super) backlinks: Box<[Backlink]>,
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

/// Links pages whose written links and relations are `decided`, and words that are names of the `lexicon`; answers the pages,
/// linked, and their series. What is known of a page from before stays, where all that it rests on did.
pub(super) fn link(
    (decided, lexicon): (Vec<Decided>, Arc<Lexicon>),
    targets: &Targets<'_>,
    ground: &Ground<'_>,
    (before, known): (&mut Before, Vec<Row>),
) -> (impl IndexedParallelIterator<Item = LinkedPage> + use<>, IdVec<Series>, Vec<Diagnostic>) {
    let entries = &targets.tree.entries;
    let mut faults: Vec<Diagnostic> =
        lexicon.clashes.iter().map(|clash| two_definitions(clash, entries, targets.sources)).collect();
    let mut work = Work { decided: before.work.decided, ..Work::default() };
    let scans = scan(entries, &lexicon, (before, &known));
    let relations: Vec<&Relations> = decided.iter().map(|decided| &*decided.relations).collect();
    let is_question = |page| ground.builtin(page) == Some(Builtin::Question);
    let (used, inverse) = rayon::join(|| used(&scans), || inverse::invert(&relations, ground.order, is_question));
    let material = Material { config: ground.config, entries, decided: &decided, scans: &scans, inverse: &inverse };
    let same = same(&material, &known);
    let read = |space: &mut reading::Space, at: usize| {
        let known = known.get(at).filter(|row| {
            row.asked == reading::asked(&inverse[at]) && row.read.drawn.iter().all(|page| same[page.index()].text)
        });
        known.map_or_else(|| Arc::new(reading::read(PageId::nth(at), &material, space)), |row| Arc::clone(&row.read))
    };
    let read: Vec<Arc<Read>> = (0..entries.len()).into_par_iter().map_init(reading::Space::default, read).collect();
    let is_new = |at: &usize| known.get(*at).is_none_or(|row| !Arc::ptr_eq(&row.read, &read[*at]));
    work.read = (0..entries.len()).filter(is_new).count();
    work.scanned = same.iter().filter(|same| !same.scan).count();
    let mut told: FxHashSet<Option<Span>> = FxHashSet::default();
    for wrong in read.iter().flat_map(|read| &read.faults) {
        if told.insert(wrong.span) {
            faults.push(wrong.clone());
        }
    }
    let cites = ground.order.iter().map(|page| &*read[page.index()].cites);
    let (backlinks, found) =
        rayon::join(|| backlink::invert(entries.len(), cites), || series::find(entries, ground.order, targets.sources));
    faults.extend(found.faults);
    if before.keeps() {
        let rows = entries.iter().zip(&decided).zip(scans).zip(&inverse).zip(&read);
        let row = |((((entry, decided), scans), inverse), read): ((((&Entry, &Decided), _), _), _)| Row {
            drafts: entry.drafts().cloned().collect(),
            decided: decided.clone(),
            scans,
            asked: reading::asked(inverse).to_vec(),
            read: Arc::clone(read),
        };
        before.keep(rows.map(row), &lexicon, work);
    } else {
        // Nobody waits until it is given back.
        rayon::spawn(move || drop((scans, lexicon)));
    }
    let all = decided.into_par_iter().zip(read).zip(inverse).zip(backlinks).zip(found.places).zip(used);
    let page = |(((((decided, read), inverse), backlinks), series), used)| LinkedPage {
        decided,
        read,
        inverse,
        backlinks,
        series,
        used,
    };
    (all.map(page), found.series, faults)
}

/// What of a page is as it was before.
#[derive(Clone, Copy)]
struct Same {
    /// What was found in its texts.
    scan: bool,
    /// That, where its links lead, and the texts themselves.
    text: bool,
}

/// What of each page is as it was before.
fn same(material: &Material<'_>, known: &[Row]) -> Vec<Same> {
    let same = |(at, entry): (usize, &Entry)| {
        let Some(row) = known.get(at) else { return Same { scan: false, text: false } };
        let scans = &material.scans[at];
        let scan =
            scans.len() == row.scans.len() && scans.iter().zip(&row.scans).all(|(one, other)| Arc::ptr_eq(one, other));
        Same { scan, text: scan && row.is_of(entry) && material.decided[at].leads_where(&row.decided) }
    };
    material.entries.iter().enumerate().map(same).collect()
}

/// The names of the pages that words lead to: the same lexicon as before where they are the same names.
pub(super) fn lexicon(entries: &[Entry], ground: &Ground<'_>, before: &Before) -> Arc<Lexicon> {
    let is_target = |page: PageId| {
        let by_kind = matches!(ground.builtin(page), Some(Builtin::Role | Builtin::Term | Builtin::Theme));
        ground.config.automatic != Automatic::None
            && entries[page.index()].draft.front_matter.autolink.unwrap_or(by_kind)
    };
    let targets = (0..entries.len()).map(PageId::nth).filter(|&page| is_target(page));
    let names = targets.flat_map(|page| {
        let draft = &entries[page.index()].draft;
        let texts = std::iter::once(&*draft.title).chain(draft.front_matter.synonyms.iter().map(String::as_str));
        texts.map(move |text| (page, text))
    });
    if let Some(lexicon) = before.lexicon() {
        let mut known = lexicon.names.iter();
        let is_known =
            |(page, text): (PageId, &str)| known.next().is_some_and(|known| (known.0, &*known.1) == (page, text));
        if names.clone().all(is_known) && known.next().is_none() {
            return Arc::clone(lexicon);
        }
    }
    let tongue = ground.config.site.language.tongue();
    let (vocabulary, clashes) = Vocabulary::new(names.clone().map(|(page, text)| Name { page, text }), tongue);
    let names = if before.keeps() { names.map(|(page, text)| (page, text.to_owned())).collect() } else { Vec::new() };
    Arc::new(Lexicon { vocabulary, clashes, names, tongue })
}

impl Lexicon {
    /// How the names begin that are in one of two lexicons alone.
    fn difference(&self, other: &Lexicon) -> Vec<Stem> {
        let names = |lexicon: &Lexicon| lexicon.names.iter().cloned().collect::<FxHashSet<_>>();
        let (own, others) = (names(self), names(other));
        let mut changed: Vec<&(PageId, String)> = own.symmetric_difference(&others).collect();
        changed.sort();
        changed.iter().filter_map(|(_, name)| first_stem(name, self.tongue)).collect()
    }

    /// The tongue of its names.
    pub(super) fn tongue(&self) -> Tongue {
        self.tongue
    }
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

/// What stands where in every text: by page, then by text. A text is read again where it is another, or where a name that begins
/// with one of its words is new or gone.
fn scan(entries: &[Entry], lexicon: &Arc<Lexicon>, (before, known): (&Before, &[Row])) -> Vec<Vec<Arc<Scan>>> {
    let changed = match before.lexicon() {
        Some(before) if !Arc::ptr_eq(before, lexicon) => lexicon.difference(before),
        _ => Vec::new(),
    };
    let vocabulary = &lexicon.vocabulary;
    let new = || (vocabulary.scanner(), scan::Space::default());
    let scan = |(scanner, space): &mut (_, _), (at, entry): (usize, &Entry)| {
        let known = known.get(at).filter(|row| row.is_of(entry));
        let scan = |(text, body): (usize, &Body)| {
            let known = known.map(|row| &row.scans[text]);
            if let Some(scan) = known.filter(|scan| changed.is_empty() || !scan.may_have(&changed)) {
                return Arc::clone(scan);
            }
            Arc::new(Scan::of(body, (!vocabulary.is_empty()).then_some(&mut *scanner), space))
        };
        entry.bodies().enumerate().map(scan).collect()
    };
    entries.par_iter().enumerate().map_init(new, scan).collect()
}

/// Where each page's names stand.
fn used(scans: &[Vec<Arc<Scan>>]) -> Vec<Used> {
    let mut used = vec![Used::default(); scans.len()];
    for (at, scan) in scans.iter().enumerate() {
        for page in scan.iter().flat_map(|scan| scan.named()) {
            let used = &mut used[page.index()];
            *if page.index() == at { &mut used.here } else { &mut used.elsewhere } = true;
        }
    }
    used
}
