//! The stages in order: load, parse, resolve, render, write.

#[cfg(feature = "serve")]
mod preview;
mod whole;

use jiff::civil::Date;

use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, IntoParallelRefIterator, ParallelIterator};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Say, Severity};
pub use crate::guide::Drafts;
use crate::guide::{Before, Guide, Resolved, resolve};
use crate::language::Tongue;
use crate::memo::Memo;
use crate::output::{Kept, Lock, Output, Stream, Whole, Written};
use crate::path::{GuidePath, OutputPath};
use crate::source::{self, FileId, History, Role, Sources, Walk};
use crate::syntax::draft::Draft;
pub use crate::target::health::Report;
use crate::target::health::{self, Subject};
use crate::target::pictures::Pictures;
use crate::target::{Earlier, Job, MadeFile, Material, Product, Sets, Site};
use crate::theme::{Theme, Wanted};
use crate::{check as rules, output};
#[cfg(feature = "serve")]
pub(crate) use preview::{Changed, Incremental, Preview};

/// What is asked of a build.
#[derive(Clone, Debug)]
pub struct Request {
    /// The guide's root.
    pub root: PathBuf,
    /// The output folder, in place of the configured one.
    pub output: Option<PathBuf>,
    /// Where the guide will be published, in place of the configured `base_url`.
    pub base_url: Option<String>,
    /// Which pages take part.
    pub drafts: Drafts,
    /// Today, for the build.
    pub date: Date,
    /// What fails a build beside errors.
    pub strictness: Strictness,
}

/// What fails a build.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Strictness {
    /// Errors.
    Lenient,
    /// Warnings too.
    Strict,
}

/// A stage that takes time, for whoever shows progress.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading the sources.
    Load,
    /// Parsing and resolving them.
    Resolve,
    /// Rendering and writing the site.
    Write,
}

/// A fault with the weight that this guide gives it.
#[derive(Clone, Debug)]
pub struct Finding {
    /// The weight.
    pub severity: Severity,
    /// The fault.
    pub diagnostic: Diagnostic,
}

/// All that was found in a guide, sorted by path and place.
#[derive(Debug)]
pub struct Findings {
    /// The files that the findings' spans refer to.
    pub sources: Arc<Sources>,
    /// The language to tell them in.
    pub tongue: Tongue,
    /// The findings.
    pub found: Vec<Finding>,
    /// How many pages the guide has.
    pub pages: usize,
    /// Whether they fail the build.
    pub fatal: bool,
}

/// What a build wrote.
#[derive(Debug)]
pub struct Built {
    /// The output folder.
    pub folder: PathBuf,
    /// What happened to its files.
    pub written: Written,
    /// The address of the home page once published, where it is known.
    pub address: Option<String>,
}

/// What is not a fault of the guide.
#[derive(Debug)]
pub enum Error {
    /// The sources cannot be read.
    Source(source::Error),
    /// The output cannot be written.
    Output(output::Error),
    /// The output folder would be read as a source.
    OutputAmongSources(PathBuf),
    /// The search index cannot be made; what the program that makes it says.
    Search(String),
    /// The address given in place of `base_url` is none; what is wrong with it.
    BaseUrl(Say),
}

/// A guide from its sources to a site that can be rendered.
pub(crate) struct Prepared {
    pub(crate) guide: Guide,
    pub(crate) theme: Theme,
    /// Not yet weighed, in no order.
    pub(crate) faults: Vec<Diagnostic>,
    /// The drafts that are no part of it.
    pub(crate) left_out: FxHashSet<FileId>,
}

/// Finds every fault of the guide; writes nothing.
pub fn check(request: &Request, progress: &dyn Fn(Stage)) -> Result<Findings, Error> {
    let (sources, prepared) = open(request, progress)?;
    let Prepared { guide, theme, mut faults, .. } = prepared;
    foresee(&guide, theme, &sources, &mut faults);
    Ok(weigh(faults, &guide, sources, request))
}

/// The same, then tells the health of the guide, whatever was found; writes nothing.
pub fn report(request: &Request, progress: &dyn Fn(Stage)) -> Result<(Findings, Report), Error> {
    let (sources, prepared) = open(request, progress)?;
    let Prepared { guide, theme, mut faults, left_out } = prepared;
    foresee(&guide, theme, &sources, &mut faults);
    let mut drafts: Vec<GuidePath> = left_out.iter().map(|&file| sources[file].path.clone()).collect();
    drafts.sort();
    let today = request.date;
    let report = health::report(Subject { guide: &guide, sources: &sources, faults: &faults, drafts: &drafts, today });
    Ok((weigh(faults, &guide, sources, request), report))
}

/// What can be known to be wrong with the site before it is written.
fn foresee(guide: &Guide, theme: Theme, sources: &Sources, faults: &mut Vec<Diagnostic>) {
    let (memo, pictures) = (Memo::new(), Pictures::default());
    plan(&Site::new(guide, theme, Material { sources, memo: &memo, pictures: &pictures }), faults);
}

/// The same, then writes the site where no fault forbids it.
pub fn build(request: &Request, progress: &dyn Fn(Stage)) -> Result<(Findings, Option<Built>), Error> {
    if let Some(folder) = request.output.as_ref().filter(|folder| is_source(folder, &request.root)) {
        return Err(Error::OutputAmongSources(folder.clone()));
    }
    let settings = || configured(&Sources::settings(&request.root), request);
    let folder = output_folder(&settings()?.0, request);
    // Before anything is read, so that whoever waited for another build reads what that did.
    let mut lock = Lock::of(&folder).map_err(Error::Output)?;
    progress(Stage::Load);
    let (config, _) = settings()?;
    let (kept, walk) = rayon::join(|| Kept::of(&folder), || Walk::of(&request.root));
    let mut walk = walk.map_err(Error::Source)?;
    let history = || History::of(&request.root, &|at| remembered(&kept, at));
    let heard = whole::lasts(&kept, request).then(history);
    if let Some(history) = &heard {
        if let Some(standing) = whole::standing(&config, request, (&walk, history), (&folder, &kept)) {
            return Ok(standing);
        }
        // Files may have come or gone while git was heard.
        walk = Walk::of(&request.root).map_err(Error::Source)?;
    }
    let (sources, unreadable) = walk.load();
    let history = heard.unwrap_or_else(history);
    let loaded = Loaded::from((sources.with_history(history), unreadable), request)?;
    let fingerprint = whole::fingerprint(&loaded, request);
    let (sources, Prepared { guide, theme, mut faults, .. }) =
        understand(loaded, (request, &mut Past::default()), progress);
    let memo = Memo::new();
    let pictures = make_pictures(&guide, (&sources, Earlier::Output(&kept)), &mut faults, request);
    let material = Material { sources: &sources, memo: &memo, pictures: &pictures };
    let site = Site::new(&guide, theme, material);
    let jobs = plan(&site, &mut faults);
    let built = if weighed(&faults, &guide).any(|severity| is_fatal(severity, request)) {
        None
    } else {
        progress(Stage::Write);
        lock.settle().map_err(Error::Output)?;
        let is_clean = weighed(&faults, &guide).next().is_none();
        let whole = fingerprint.filter(|_| is_clean).map(|fingerprint| whole::record(fingerprint, &guide));
        let written = write(site, &jobs, (&folder, &kept), whole)?;
        written.map_err(|fault| faults.push(fault)).ok().map(|written| (folder, written))
    };
    let address = address(&guide.config);
    let built = built.map(|(folder, written)| Built { folder, written, address });
    let findings = weigh(faults, &guide, sources, request);
    // Nobody waits for the memory of a large guide to be given back piece by piece.
    rayon::spawn(move || drop(guide));
    Ok((findings, built))
}

/// Where the site is written.
fn output_folder(config: &Config, request: &Request) -> PathBuf {
    request.output.clone().unwrap_or_else(|| request.root.join(&config.output))
}

/// Where the site will be published, where that is known.
fn address(config: &Config) -> Option<String> {
    let base = &config.base;
    base.origin.as_ref().map(|origin| format!("{origin}{}", base.path))
}

/// What is made of the guide's pictures; nothing where the guide is not written anyway.
fn make_pictures(
    guide: &Guide,
    (sources, earlier): (&Sources, Earlier<'_>),
    faults: &mut Vec<Diagnostic>,
    request: &Request,
) -> Pictures {
    if weighed(faults, guide).any(|severity| is_fatal(severity, request)) {
        return Pictures::default();
    }
    let (pictures, undecodable) = Pictures::make(guide, sources, earlier);
    faults.extend(undecodable);
    pictures
}

/// Whether a folder holds sources, or is held by them.
fn is_source(folder: &Path, root: &Path) -> bool {
    let (folder, root) = (straight(folder), straight(root));
    let sources = ["content", "static", "themes"].map(|name| root.join(name));
    root.starts_with(&folder) || sources.iter().any(|source| folder.starts_with(source))
}

/// A path without `.` and `..`, links not followed.
fn straight(path: &Path) -> PathBuf {
    let mut straight = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => drop(straight.pop()),
            part => straight.push(part),
        }
    }
    straight
}

/// Loads, parses and resolves.
fn open(request: &Request, progress: &dyn Fn(Stage)) -> Result<(Arc<Sources>, Prepared), Error> {
    progress(Stage::Load);
    let loaded = Loaded::from(load(request, None)?, request)?;
    Ok(understand(loaded, (request, &mut Past::default()), progress))
}

/// A guide as it was read, with the configuration that it is built by.
struct Loaded {
    sources: Arc<Sources>,
    unreadable: Vec<source::Fault>,
    config: Config,
    /// What is wrong with the configuration.
    wrong: Vec<Diagnostic>,
}

impl Loaded {
    fn from((sources, unreadable): (Sources, Vec<source::Fault>), request: &Request) -> Result<Loaded, Error> {
        let (config, wrong) = configured(&sources, request)?;
        Ok(Loaded { sources: Arc::new(sources), unreadable, config, wrong })
    }
}

/// The configuration that `request` has the guide built by, and what is wrong with it.
fn configured(sources: &Sources, request: &Request) -> Result<(Config, Vec<Diagnostic>), Error> {
    let (config, wrong) = Config::read(sources);
    let config = match &request.base_url {
        Some(base_url) => config.with_base_url(base_url).map_err(Error::BaseUrl)?,
        None => config,
    };
    Ok((config, wrong))
}

/// The guide's files, and what git knows of them; it may have been `known` already, or else to the last build.
fn load(request: &Request, known: Option<&History>) -> Result<(Sources, Vec<source::Fault>), Error> {
    let (sources, unreadable) = Sources::load(&request.root).map_err(Error::Source)?;
    let history = History::of(&request.root, &|at| {
        let known = known.filter(|known| known.at() == Some(at)).cloned();
        known.or_else(|| remembered(&Kept::of(&output_folder(&Config::read(&sources).0, request)), at))
    });
    Ok((sources.with_history(history), unreadable))
}

/// What the last build knew of the history, where the repository stands at `at` still.
fn remembered(kept: &Kept<'_>, at: &str) -> Option<History> {
    kept.history().filter(|kept| kept.at == at).map(History::remembered)
}

/// A resolved and checked guide with its theme, the faults of configuration and files among the others.
fn understand(
    loaded: Loaded,
    (request, past): (&Request, &mut Past),
    progress: &dyn Fn(Stage),
) -> (Arc<Sources>, Prepared) {
    progress(Stage::Resolve);
    let Loaded { sources, unreadable, config, wrong } = loaded;
    let mut prepared = prepare(config, &sources, (request, past));
    prepared.faults.extend(wrong);
    prepared.faults.extend(unreadable.iter().map(|fault| Diagnostic::of_a_file(fault, &sources)));
    (sources, prepared)
}

/// What one build keeps for the next of the same files, under the same configuration.
#[derive(Debug, Default)]
pub(crate) struct Past {
    /// Whether anything is to be kept.
    keeps: bool,
    parsed: FxHashMap<FileId, Parsed>,
    /// How many pages the last build had to parse.
    newly_parsed: usize,
    before: Before,
    checked: rules::Before,
}

/// A page's text, and what it says.
#[derive(Clone, Debug)]
struct Parsed {
    text: Arc<str>,
    draft: Arc<Draft>,
    faults: Vec<Diagnostic>,
}

/// From sources to a resolved and checked guide with its theme: a function of the configuration, the sources and the request.
pub(crate) fn prepare(config: Config, sources: &Sources, (request, past): (&Request, &mut Past)) -> Prepared {
    let pages = sources.iter().filter(|(_, file)| file.role == Role::Page);
    let pages: Vec<(FileId, &Arc<str>)> = pages.filter_map(|(id, file)| Some((id, file.content.text()?))).collect();
    let parse = |&(file, text): &(FileId, &Arc<str>)| {
        if let Some(known) = past.parsed.get(&file).filter(|known| Arc::ptr_eq(&known.text, text)) {
            return known.clone();
        }
        let (draft, faults) = Draft::parse(file, sources, &config);
        Parsed { text: Arc::clone(text), draft, faults }
    };
    let wanted =
        Wanted { name: &config.look.theme, tongue: config.site.language.tongue(), accent: config.look.accent.as_ref() };
    let parsed = || -> Vec<Parsed> { pages.par_iter().map(parse).collect() };
    let (parsed, (theme, wrong)) = rayon::join(parsed, || Theme::load(sources, wanted));
    let mut faults: Vec<Diagnostic> = parsed.iter().flat_map(|parsed| parsed.faults.iter().cloned()).collect();
    let drafts: Vec<Arc<Draft>> = parsed.iter().map(|parsed| Arc::clone(&parsed.draft)).collect();
    if past.keeps {
        let is_known = |file, draft| past.parsed.get(file).is_some_and(|known| Arc::ptr_eq(&known.draft, draft));
        past.newly_parsed = pages.iter().zip(&drafts).filter(|((file, _), draft)| !is_known(file, draft)).count();
        past.parsed = pages.iter().map(|(file, _)| *file).zip(parsed).collect();
    }
    faults.extend(wrong);
    let Resolved { guide, faults: wrong, left_out } =
        resolve(drafts, sources, (config, request.drafts), &mut past.before);
    // What is not published need not be right yet.
    faults.retain(|fault| fault.span.is_none_or(|span| !left_out.contains(&span.file)));
    faults.extend(wrong);
    faults.extend(rules::check(&guide, sources, request.date, &mut past.checked));
    Prepared { guide, theme, faults, left_out }
}

/// The files to come, and what can be known to be wrong with them before the first is written.
fn plan(site: &Site<'_>, faults: &mut Vec<Diagnostic>) -> Vec<Job> {
    let (jobs, obstructions) = site.plan();
    faults.extend(obstructions);
    faults.extend(site.first_failure(&jobs).map(|fault| *fault));
    jobs
}

/// Renders and writes the site; a template that stops on one page leaves every file old or new.
fn write(
    site: Site<'_>,
    jobs: &[Job],
    (folder, kept): (&Path, &Kept<'_>),
    whole: Option<Whole>,
) -> Result<Result<Written, Diagnostic>, Error> {
    let mut files: Vec<OutputPath> = jobs.iter().map(|job| job.file.clone()).collect();
    let index = site.index(Earlier::Output(kept)).map_err(Error::Search)?;
    // What authors put there stands first; then a product is not whole, and not to be taken for one later.
    let products = || site.pictures().products.iter().chain(&index);
    let makeable: FxHashSet<&OutputPath> =
        products().flat_map(|product| &product.files).map(|made| &made.file).collect();
    let others = jobs.iter().filter(|job| !job.is_picture() && makeable.contains(&job.file));
    let taken: FxHashSet<&OutputPath> = others.map(|job| &job.file).collect();
    let is_free = |made: &&MadeFile| !taken.contains(&made.file);
    let whole_ones = products().filter(|product| product.files.iter().all(|made| is_free(&made)));
    let made = whole_ones.map(Product::entry).collect();
    let of_index: Vec<&MadeFile> = index.iter().flat_map(|index| &index.files).filter(is_free).collect();
    files.extend(of_index.iter().map(|made| made.file.clone()));
    let output = Output::open(folder, &files, made).map_err(Error::Output)?.remembering(site.history(), whole);
    let put_index = |(at, made): (usize, &MadeFile)| output.put(jobs.len() + at, made.content());
    of_index.into_par_iter().enumerate().try_for_each(put_index).map_err(Error::Output)?;
    let written = jobs.par_iter().enumerate().try_for_each_init(Sets::default, |sets, (at, job)| {
        if let Some(stream) = site.stream(job) {
            return output.put_stream(at, Stream(&stream)).map_err(Stopped::World);
        }
        let content = site.render_after(job, sets).map_err(Stopped::Fault)?;
        output.put(at, content).map_err(Stopped::World)
    });
    match written {
        // What was made for one page after the other is given back meanwhile.
        Ok(()) => rayon::join(|| output.finish(), || drop(site)).0.map(Ok).map_err(Error::Output),
        Err(Stopped::Fault(fault)) => Ok(Err(*fault)),
        Err(Stopped::World(error)) => Err(Error::Output(error)),
    }
}

/// Why writing stopped.
enum Stopped {
    Fault(Box<Diagnostic>),
    World(output::Error),
}

/// The weights of `faults` in this guide, those that are off left out.
fn weighed<'a>(faults: &'a [Diagnostic], guide: &'a Guide) -> impl Iterator<Item = Severity> + use<'a> {
    faults.iter().filter_map(|fault| guide.config.checks.severity(fault.code))
}

fn is_fatal(severity: Severity, request: &Request) -> bool {
    match request.strictness {
        Strictness::Lenient => severity == Severity::Error,
        Strictness::Strict => severity <= Severity::Warning,
    }
}

/// All that was found, weighed and sorted.
fn weigh(faults: Vec<Diagnostic>, guide: &Guide, sources: Arc<Sources>, request: &Request) -> Findings {
    let mut found: Vec<Finding> = faults
        .into_iter()
        .filter_map(|diagnostic| {
            let severity = guide.config.checks.severity(diagnostic.code)?;
            Some(Finding { severity, diagnostic })
        })
        .collect();
    // Files are in the order of their paths, so that sorting by span sorts by path and place.
    found.sort_by(|a, b| {
        let key = |finding: &Finding| (finding.diagnostic.span, finding.diagnostic.code);
        key(a).cmp(&key(b)).then_with(|| a.diagnostic.message.french.cmp(&b.diagnostic.message.french))
    });
    let fatal = found.iter().any(|finding| is_fatal(finding.severity, request));
    Findings { sources, tongue: guide.config.site.language.tongue(), found, pages: guide.pages.len(), fatal }
}

#[cfg(test)]
pub(crate) mod tests;
