//! The same build in memory, again and again: what a server shows while authors write.
//!
//! Nothing is written, and no page is rendered before it is asked for. The site is handed to whoever shows it together
//! with what was found in the guide, errors or not: an author who has made a mistake still sees the page.

use std::path::PathBuf;
use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashMap;

use super::{Error, Findings, Loaded, Past, Prepared, Request, load, understand, weigh};
use crate::diagnostic::Diagnostic;
use crate::guide::{Before, Guide};
use crate::memo::Memo;
use crate::output::Content;
use crate::path::{GuidePath, OutputPath};
use crate::source::{self, Sources};
#[cfg(feature = "search")]
use crate::target::Texts;
use crate::target::pictures::Pictures;
use crate::target::{Earlier, Job, Material, Product, Site, made_apart};

/// What may have changed since the last build.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Changed {
    /// Anything: files may be new, gone, or elsewhere.
    Anything,
    /// What is in these files, and nothing else: paths below the root, as the disk spells them.
    Files(Vec<PathBuf>),
}

/// A guide that is built again and again, with what one build keeps for the next.
pub(crate) struct Incremental {
    request: Request,
    memo: Memo,
    past: Past,
    sources: Option<(Arc<Sources>, Vec<source::Fault>)>,
    /// What was made of pictures, by fingerprint.
    products: FxHashMap<String, Product>,
}

/// A site that is rendered file by file, as it is asked for.
pub(crate) struct Preview<'a> {
    guide: &'a Guide,
    site: Site<'a>,
    /// Every file of the site, once one was asked for that is not found without.
    plan: OnceLock<Plan>,
    findings: Findings,
}

/// The files to come, and what stands in another's way.
struct Plan {
    jobs: FxHashMap<OutputPath, Job>,
    obstructions: Vec<Diagnostic>,
}

impl Plan {
    fn of(site: &Site<'_>) -> Plan {
        let (jobs, obstructions) = site.plan();
        Plan { jobs: jobs.into_iter().map(|job| (job.file.clone(), job)).collect(), obstructions }
    }
}

impl Incremental {
    /// Nothing is built yet.
    pub(crate) fn new(request: Request) -> Incremental {
        let past = Past { keeps: true, before: Before::keeping(), ..Past::default() };
        Incremental { request, memo: Memo::new(), past, sources: None, products: FxHashMap::default() }
    }

    /// Builds the guide and hands it to `show`, for as long as that wants it.
    pub(crate) fn build<R>(&mut self, changed: &Changed, show: impl FnOnce(&Preview<'_>) -> R) -> Result<R, Error> {
        let again = match (changed, &self.sources) {
            (Changed::Files(files), Some((sources, faults))) => {
                sources.read_again(files).map(|sources| (sources, faults.clone()))
            }
            _ => None,
        };
        let (sources, faults) = match again {
            Some(again) => again,
            None => load(&self.request, self.sources.as_ref().map(|(sources, _)| sources.history()))?,
        };
        self.build_from(sources, faults, show)
    }

    /// The same, from sources that have been read.
    pub(super) fn build_from<R>(
        &mut self,
        sources: Sources,
        unreadable: Vec<source::Fault>,
        show: impl FnOnce(&Preview<'_>) -> R,
    ) -> Result<R, Error> {
        let loaded = Loaded::from((self.renew(sources), unreadable.clone()), &self.request)?;
        let (sources, prepared) = understand(loaded, (&self.request, &mut self.past), &|_| {});
        self.sources = Some((Arc::clone(&sources), unreadable));
        // What the next build will be glad to know takes no time of this one.
        let words = self.past.before.unread_words();
        rayon::spawn(move || words.read());
        Ok(self.show(sources, prepared, show))
    }

    /// The sources, sharing what is equal with those of the last build; what rests on other files is forgotten.
    fn renew(&mut self, sources: Sources) -> Sources {
        let Some((before, _)) = &self.sources else { return sources };
        let (sources, has_same_files) = sources.sharing(before);
        let configuration = |sources: &Sources| {
            let file = GuidePath::new("guide.yaml").and_then(|path| sources.at(&path));
            file.map(|file| Arc::clone(sources.text(file)))
        };
        if !has_same_files || configuration(&sources) != configuration(before) {
            self.past.parsed.clear();
            self.past.before.forget();
        }
        sources
    }

    /// How many pages the last build parsed, and what it had to work out of others.
    #[cfg(test)]
    pub(super) fn work(&self) -> (usize, crate::guide::Work) {
        (self.past.newly_parsed, self.past.before.work)
    }

    /// Notes the words of all texts now.
    #[cfg(test)]
    pub(super) fn note_words(&self) {
        self.past.before.unread_words().read();
    }

    fn show<R>(&mut self, sources: Arc<Sources>, prepared: Prepared, show: impl FnOnce(&Preview<'_>) -> R) -> R {
        let Prepared { guide, theme, mut faults, .. } = prepared;
        let earlier = Earlier::Memory(&self.products);
        // Whatever is wrong, pages look as they did: those that have nothing to do with a fault need not be loaded again.
        let (pictures, undecodable) = Pictures::make(&guide, &sources, earlier);
        faults.extend(undecodable);
        let by_fingerprint = |product: &Product| (product.fingerprint.clone(), product.clone());
        self.products = pictures.products.iter().map(by_fingerprint).collect();
        let site = Site::new(&guide, theme, Material { sources: &sources, memo: &self.memo, pictures: &pictures });
        let plan = OnceLock::new();
        if site.may_be_obstructed() {
            faults.extend(made_apart(&plan, || Plan::of(&site)).obstructions.iter().cloned());
        }
        let findings = weigh(faults, &guide, Arc::clone(&sources), &self.request);
        let preview = Preview { guide: &guide, site, plan, findings };
        let shown = show(&preview);
        drop(preview);
        rayon::spawn(move || drop(guide));
        shown
    }
}

impl Preview<'_> {
    /// Every file of the site, in no order.
    #[cfg(test)]
    pub(super) fn files(&self) -> impl Iterator<Item = &OutputPath> {
        self.plan().jobs.keys()
    }

    /// What of them stands in another's way.
    #[cfg(test)]
    pub(super) fn obstructions(&self) -> &[Diagnostic] {
        &self.plan().obstructions
    }

    /// What was found in the guide.
    pub(crate) fn findings(&self) -> &Findings {
        &self.findings
    }

    /// The base path; starts and ends with `/`.
    pub(crate) fn base(&self) -> &str {
        &self.guide.config.base.path
    }

    /// The file of the site at `file`, which is `index.html` in its folder for a page; `None` where there is none, else
    /// what it holds, or what is wrong with the template that makes it.
    pub(crate) fn file(&self, file: &OutputPath) -> Option<Result<Content, Box<Diagnostic>>> {
        match self.site.job_at_once(file) {
            Some(job) => Some(self.site.render(&job)),
            None => Some(self.site.render(self.plan().jobs.get(file)?)),
        }
    }

    fn plan(&self) -> &Plan {
        made_apart(&self.plan, || Plan::of(&self.site))
    }

    /// Whether there is such a file; it is not made.
    pub(crate) fn has(&self, file: &OutputPath) -> bool {
        self.site.job_at_once(file).is_some() || self.plan().jobs.contains_key(file)
    }

    /// The source of the page that `file` shows, below the root.
    pub(crate) fn source(&self, file: &OutputPath) -> Option<&str> {
        let page = self.site.author_page(file)?;
        Some(self.findings.sources[self.guide.pages[page].draft.file].path.as_str())
    }

    /// The address of the page whose source is at `path` below the root, without the base path.
    pub(crate) fn address_of(&self, path: &str) -> Option<&str> {
        let file = self.findings.sources.at(&GuidePath::new(path)?)?;
        let mut pages = self.guide.pages.iter();
        pages.find(|(_, page)| page.draft.file == file).map(|(_, page)| page.address.as_str())
    }

    /// What the search index is to be made of, where the guide has one. It takes long: elsewhere, when it is asked for.
    #[cfg(feature = "search")]
    pub(crate) fn texts(&self) -> Option<Texts> {
        self.site.texts()
    }
}
