//! The same build in memory, again and again: what a server shows while authors write.
//!
//! Nothing is written, and no page is rendered before it is asked for. The site is handed to whoever shows it together
//! with what was found in the guide, errors or not: an author who has made a mistake still sees the page.

use std::path::PathBuf;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Error, Findings, Prepared, Request, make_pictures, open, weigh};
use crate::diagnostic::Diagnostic;
use crate::guide::Guide;
use crate::memo::Memo;
use crate::output::Content;
use crate::path::{GuidePath, OutputPath};
use crate::source::Sources;
#[cfg(feature = "search")]
use crate::target::Texts;
use crate::target::{Earlier, Job, Material, Product, Site};

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
    /// What was made of pictures, by fingerprint.
    products: FxHashMap<String, Product>,
}

/// A site that is rendered file by file, as it is asked for.
pub(crate) struct Preview<'a> {
    guide: &'a Guide,
    /// `None` where the theme's templates cannot be understood at all; a finding says why.
    site: Option<Site<'a>>,
    jobs: FxHashMap<OutputPath, Job>,
    findings: Findings,
}

impl Incremental {
    /// Nothing is built yet.
    pub(crate) fn new(request: Request) -> Incremental {
        Incremental { request, memo: Memo::new(), products: FxHashMap::default() }
    }

    /// Builds the guide and hands it to `show`, for as long as that wants it.
    pub(crate) fn build<R>(&mut self, _changed: &Changed, show: impl FnOnce(&Preview<'_>) -> R) -> Result<R, Error> {
        let (sources, prepared) = open(&self.request, &|_| ())?;
        Ok(self.show(Arc::new(sources), prepared, show))
    }

    fn show<R>(&mut self, sources: Arc<Sources>, prepared: Prepared, show: impl FnOnce(&Preview<'_>) -> R) -> R {
        let Prepared { guide, theme, mut faults } = prepared;
        let earlier = (&*sources, Earlier::Memory(&self.products));
        let pictures = make_pictures(&guide, earlier, &mut faults, &self.request);
        if !pictures.products.is_empty() {
            let by_fingerprint = |product: &Product| (product.fingerprint.clone(), product.clone());
            self.products = pictures.products.iter().map(by_fingerprint).collect();
        }
        let material = Material { sources: &sources, memo: &self.memo, pictures: &pictures };
        let mut jobs = FxHashMap::default();
        let site = match Site::new(&guide, theme, material) {
            Ok(site) => {
                let (planned, obstructions) = site.plan();
                faults.extend(obstructions);
                jobs.extend(planned.into_iter().map(|job| (job.file.clone(), job)));
                Some(site)
            }
            Err(fault) => {
                faults.push(*fault);
                None
            }
        };
        let findings = weigh(faults, &guide, Arc::clone(&sources), &self.request);
        show(&Preview { guide: &guide, site, jobs, findings })
    }
}

impl Preview<'_> {
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
        Some(self.site.as_ref()?.render(self.jobs.get(file)?))
    }

    /// Whether there is such a file; it is not made.
    pub(crate) fn has(&self, file: &OutputPath) -> bool {
        self.jobs.contains_key(file)
    }

    /// Whether there is a site at all: its templates can be understood.
    pub(crate) fn is_whole(&self) -> bool {
        self.site.is_some()
    }

    /// The source of the page that `file` shows, below the root.
    pub(crate) fn source(&self, file: &OutputPath) -> Option<&str> {
        let page = self.site.as_ref()?.author_page(self.jobs.get(file)?)?;
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
        self.site.as_ref()?.texts()
    }
}
