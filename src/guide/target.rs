//! From what a link says to where it leads.

use std::borrow::Cow;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use percent_encoding::percent_decode_str;
use rustc_hash::{FxHashMap, FxHashSet};
use url::Url;

use super::fault;
use super::names::{Missing, Names};
use super::tree::Tree;
use super::{Link, PageId};
use crate::config::{Base, CONTENT_ANCHOR, KindId};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::name::Nearby;
use crate::path::{Address, GuidePath, OutputPath, Slug};
use crate::source::{FileId, Role, Sources, Span};
use crate::syntax::body::{By, Purpose};

/// All that links can lead to.
pub(super) struct Targets<'a> {
    pub(super) sources: &'a Sources,
    pub(super) tree: &'a Tree,
    pub(super) names: Names<'a>,
    /// The kind of each page.
    pub(super) kinds: &'a [KindId],
    /// Where the guide is published.
    pub(super) base: &'a Base,
    /// The page in each file.
    pub(super) by_file: Vec<Option<PageId>>,
    /// The page and the anchor of each facet that has a file of its own.
    pub(super) by_leaf: FxHashMap<FileId, (PageId, Arc<str>)>,
    pub(super) by_address: FxHashMap<Address, PageId>,
    pub(super) assets: &'a FxHashMap<FileId, OutputPath>,
    /// The files of pages that are left out.
    pub(super) drafts: FxHashSet<FileId>,
    /// The addresses of pages that no author wrote.
    pub(super) generated: Vec<Address>,
    /// What was meant where there is nothing.
    pub(super) guesses: Guesses,
}

/// What names that lead nowhere are compared with, made when a fault first asks.
#[derive(Default)]
pub(super) struct Guesses {
    /// The files in each folder of `content/`, those of one ending together.
    files: OnceLock<FxHashMap<(GuidePath, Option<String>), Nearby>>,
    /// The anchors of each page.
    anchors: Mutex<FxHashMap<PageId, Arc<Nearby>>>,
}

/// A link, and the page and place where it is written.
#[derive(Clone, Copy)]
pub(super) struct Written<'a> {
    pub(super) from: PageId,
    pub(super) destination: &'a str,
    pub(super) by: By,
    pub(super) purpose: Purpose,
    pub(super) span: Span,
}

/// How many of the pages that share a name a fault shows.
const NAMESAKES: usize = 8;

const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

impl Targets<'_> {
    /// Where a link leads.
    pub(super) fn resolve(&self, written: &Written<'_>) -> Result<Link, Box<Diagnostic>> {
        let (target, fragment) = match written.destination.split_once('#') {
            Some((target, fragment)) => (target, Some(fragment)),
            None => (written.destination, None),
        };
        if written.by != By::Address && written.purpose != Purpose::Show {
            // A title may have a `#` of its own.
            return match fragment.and_then(|_| self.names.find(written.destination.trim()).ok()) {
                Some(page) => Ok(Link::Page(page, None)),
                None => self.by_name(written, target.trim(), fragment.map(str::trim)),
            };
        }
        if written.destination.trim().is_empty() {
            return Err(fault::no_destination(written.span).into());
        }
        if let Some(scheme) = scheme(written.destination) {
            if !SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(&scheme)) {
                return Err(fault::refused_scheme(written.span, &scheme).into());
            }
            return Ok(self.own(written).unwrap_or(Link::External));
        }
        if written.destination.starts_with("//") {
            return Ok(Link::External);
        }
        if target.is_empty()
            && let Some(fragment) = fragment
        {
            return self
                .anchor(written, written.from, fragment)
                .map(|anchor| anchor.map_or(Link::Here("".into()), Link::Here));
        }
        let path = target.split('?').next().unwrap_or(target);
        if path.is_empty() {
            return Err(fault::no_destination(written.span).into());
        }
        self.by_path(written, path, fragment)
    }

    /// What of the guide itself is at an address that is written in full.
    fn own(&self, written: &Written<'_>) -> Option<Link> {
        let origin = self.base.origin.as_deref()?;
        // Most links lead elsewhere, and need not be looked at closely.
        let host = origin.split("://").nth(1)?;
        let is_near = written.destination.get(..origin.len() + 8).unwrap_or(written.destination).to_ascii_lowercase();
        if !is_near.contains(&host.to_ascii_lowercase()) {
            return None;
        }
        let url = Url::parse(written.destination).ok().filter(|url| url.query().is_none())?;
        let mut bare = url.clone();
        bare.set_fragment(None);
        let path = bare.as_str().strip_prefix(origin)?.strip_prefix(self.base.path.trim_end_matches('/'))?;
        let fragment = url.fragment().filter(|fragment| !fragment.is_empty());
        self.by_path(written, if path.is_empty() { "/" } else { path }, fragment).ok()
    }

    fn by_name(&self, written: &Written<'_>, name: &str, fragment: Option<&str>) -> Result<Link, Box<Diagnostic>> {
        let page = if name.is_empty() { Ok(written.from) } else { self.names.find(name) };
        let page = page.map_err(|missing| {
            let written =
                fault::Named { code: Code::DeadLink, place: self.destination_span(written, name), written: name };
            Box::new(self.missing_page(written, missing))
        })?;
        let anchor = fragment.map_or(Ok(None), |fragment| self.anchor(written, page, fragment))?;
        Ok(self.to_page(written.from, page, anchor))
    }

    /// A name that leads to no page, with the pages that share it.
    pub(super) fn missing_page(&self, named: fault::Named<'_>, missing: Missing) -> Diagnostic {
        let related = self.namesakes(&missing);
        let mut fault = fault::missing_page(named, &missing, &self.spelled(&missing));
        fault.related = related;
        fault
    }

    /// The part of a link's place that is the target itself, without its anchor.
    fn destination_span(&self, written: &Written<'_>, target: &str) -> Span {
        let range = written.span.range();
        let whole = self.sources.slice(written.span);
        match whole.find(target) {
            Some(at) if !target.is_empty() => {
                Span::new(written.span.file, range.start + at..range.start + at + target.len())
            }
            _ => written.span,
        }
    }

    /// The paths of the pages that share an ambiguous name, as its faults spell them.
    fn spelled(&self, missing: &Missing) -> Vec<String> {
        let Missing::Ambiguous(pages) = missing else { return Vec::new() };
        pages.iter().take(NAMESAKES).map(|page| self.tree.entries[page.index()].key.to_string()).collect()
    }

    /// The pages that share an ambiguous name, for a fault to show.
    fn namesakes(&self, missing: &Missing) -> Vec<(Span, crate::diagnostic::Say)> {
        let Missing::Ambiguous(pages) = missing else { return Vec::new() };
        let place = |&page: &PageId| (fault::title_place(self.tree, page, self.sources), say!("celle-ci", "this one"));
        pages.iter().take(NAMESAKES).map(place).collect()
    }

    fn to_page(&self, from: PageId, page: PageId, anchor: Option<Arc<str>>) -> Link {
        match anchor {
            Some(anchor) if page == from => Link::Here(anchor),
            anchor => Link::Page(page, anchor),
        }
    }

    fn by_path(&self, written: &Written<'_>, target: &str, fragment: Option<&str>) -> Result<Link, Box<Diagnostic>> {
        let decoded = match target.contains('%') {
            true => percent_decode_str(target).decode_utf8_lossy(),
            false => Cow::Borrowed(target),
        };
        for path in self.candidates(written.from, &decoded) {
            if let Some(page) = self.page_at(&path) {
                if written.purpose == Purpose::Show {
                    return Err(fault::not_shown(self.destination_span(written, target), target).into());
                }
                let anchor = fragment.map_or(Ok(None), |fragment| self.anchor(written, page, fragment))?;
                return Ok(self.to_page(written.from, page, anchor));
            }
            if let Some(file) = self.sources.spelled(&path) {
                if let Some((page, facet)) = self.by_leaf.get(&file) {
                    if written.purpose == Purpose::Show {
                        return Err(fault::not_shown(self.destination_span(written, target), target).into());
                    }
                    let anchor = fragment.map_or(Ok(None), |fragment| self.anchor(written, *page, fragment))?;
                    return Ok(self.to_page(written.from, *page, anchor.or_else(|| Some(Arc::clone(facet)))));
                }
                if self.drafts.contains(&file) {
                    return Err(self.draft(written, target).into());
                }
                if self.assets.contains_key(&file) {
                    return Ok(Link::Asset(file));
                }
            }
        }
        match self.by_site_address(written, &decoded, fragment) {
            Some(link) => link,
            None => Err(self.suggest(written, target, self.dead(written, target)).into()),
        }
    }

    /// The files that a path may mean: from the page's folder, or, from a slash on, from `content/`, `static/` or the root.
    fn candidates(&self, from: PageId, target: &str) -> impl Iterator<Item = String> {
        let (folders, rest) = match target.strip_prefix('/') {
            Some(rest) => ([Some("content"), Some("static"), Some("")], rest),
            None => ([Some(self.path_of(from).folder()), None, None], target),
        };
        folders.into_iter().flatten().filter_map(move |folder| GuidePath::spelled(folder, rest))
    }

    fn path_of(&self, page: PageId) -> &GuidePath {
        &self.sources[self.tree.entries[page.index()].draft.file].path
    }

    /// The page in the file, or at the front of the folder, at `path`.
    fn page_at(&self, path: &str) -> Option<PageId> {
        if let Some(file) = self.sources.spelled(path) {
            return self.by_file[file.index()];
        }
        self.tree.folder(path).and_then(|folder| self.tree.folders[folder].index)
    }

    /// What an address of the site itself, like `/roles/`, leads to.
    fn by_site_address(
        &self,
        written: &Written<'_>,
        target: &str,
        fragment: Option<&str>,
    ) -> Option<Result<Link, Box<Diagnostic>>> {
        let mut address = Address::root();
        for segment in target.strip_prefix('/')?.split('/').filter(|segment| !segment.is_empty()) {
            address = address.join(&Slug::exact(segment)?);
        }
        if let Some(&page) = self.by_address.get(&address) {
            let anchor = fragment.map_or(Ok(None), |fragment| self.anchor(written, page, fragment));
            return Some(anchor.map(|anchor| self.to_page(written.from, page, anchor)));
        }
        self.generated.contains(&address).then_some(Ok(Link::Generated(address)))
    }

    /// The anchor of `page` that `fragment` means; `None` for an empty one.
    fn anchor(&self, written: &Written<'_>, page: PageId, fragment: &str) -> Result<Option<Arc<str>>, Box<Diagnostic>> {
        let fragment = percent_decode_str(fragment).decode_utf8_lossy();
        if fragment.is_empty() {
            return Ok(None);
        }
        let entry = &self.tree.entries[page.index()];
        let has = |anchor: &str| entry.has_anchor(anchor) || anchor == CONTENT_ANCHOR;
        if has(&fragment) {
            return Ok(Some(fragment.as_ref().into()));
        }
        if let Some(anchor) = entry.anchor_like(&fragment) {
            return Ok(Some(anchor.into()));
        }
        let anchors = || {
            entry
                .bodies()
                .flat_map(|body| &body.tables.headings)
                .filter(|heading| heading.level > 1)
                .map(|heading| heading.anchor.as_str())
        };
        let nearby = self.nearby_anchors(page, anchors);
        let nearest = nearby.to(&fragment);
        let mut fault = fault::dead_anchor(self.destination_span(written, &fragment), &fragment, &entry.draft.title);
        fault = match nearest {
            Some(_) => fault.nearest(nearest),
            None => fault.help(fault::mend_anchor(&fragment, anchors())),
        };
        Err(fault.into())
    }

    /// A link to a page that is left out.
    fn draft(&self, written: &Written<'_>, target: &str) -> Diagnostic {
        let place = self.destination_span(written, target);
        fault::draft(fault::Named { code: Code::DeadLink, place, written: target })
    }

    /// A link to nothing.
    fn dead(&self, written: &Written<'_>, target: &str) -> Diagnostic {
        let place = self.destination_span(written, target);
        let is_file = GuidePath::new(target)
            .is_some_and(|path| path.extension().is_some_and(|end| !end.eq_ignore_ascii_case("md")));
        if is_file || written.purpose == Purpose::Show {
            return Diagnostic::new(
                Code::MissingFile,
                place,
                say!("il n’y a pas de fichier `{target}`", "there is no file `{target}`"),
            );
        }
        Diagnostic::new(
            Code::DeadLink,
            place,
            say!("ce lien mène à `{target}`, qui n’existe pas", "this link leads to `{target}`, which does not exist"),
        )
    }

    /// With what may be meant: a web or mail address, a file beside the one that is named, one of that name elsewhere.
    fn suggest(&self, written: &Written<'_>, target: &str, dead: Diagnostic) -> Diagnostic {
        if target.starts_with("www.") {
            return dead.nearest(Some(&format!("https://{target}")));
        }
        if target.contains('@') && !target.contains('/') {
            return dead.nearest(Some(&format!("mailto:{target}")));
        }
        let straight = target.replace('\\', "/");
        let from = self.path_of(written.from).parent().expect("a page is a file in `content`");
        let meant = from.join(&straight).unwrap_or_else(|| from.clone());
        if straight != target && (self.page_at(meant.as_str()).is_some() || self.sources.at(&meant).is_some()) {
            return dead.nearest(Some(&straight));
        }
        if self.names.is_draft(meant.as_str()) {
            return self.draft(written, target);
        }
        if let Some(name) = self.nearby_files().get(&place(&meant)).and_then(|beside| beside.to(meant.stem())) {
            let folder = straight.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
            return dead.nearest(Some(&format!("{folder}{name}")));
        }
        match self.names.by_file_name(meant.stem()) {
            Some(page) => dead.nearest(Some(&relative(&from, self.path_of(page)))),
            None => dead.help(fault::mend_address(target)),
        }
    }

    /// The files that a name may mean which is not there, by folder and ending: their stems.
    fn nearby_files(&self) -> &FxHashMap<(GuidePath, Option<String>), Nearby> {
        self.guesses.files.get_or_init(|| {
            let mut files: FxHashMap<_, Nearby> = FxHashMap::default();
            for (_, file) in self.sources.iter().filter(|(_, file)| matches!(file.role, Role::Page | Role::Asset)) {
                files.entry(place(&file.path)).or_default().add(file.path.stem(), file.path.name());
            }
            files
        })
    }

    /// The anchors of `page` that one may mean which is not there.
    fn nearby_anchors<'n, A: Iterator<Item = &'n str>>(&self, page: PageId, anchors: impl Fn() -> A) -> Arc<Nearby> {
        let mut known = self.guesses.anchors.lock().unwrap_or_else(PoisonError::into_inner);
        let make = || Arc::new(Nearby::of(anchors().map(|anchor| (anchor, anchor))));
        Arc::clone(known.entry(page).or_insert_with(make))
    }
}

/// The folder of a file, and its ending.
fn place(path: &GuidePath) -> (GuidePath, Option<String>) {
    (path.parent().unwrap_or_else(|| path.clone()), path.extension().map(str::to_owned))
}

/// The scheme that browsers would see in `destination`.
fn scheme(destination: &str) -> Option<String> {
    // Most lead to pages.
    if !destination.contains(':') {
        return None;
    }
    let visible = |c: &char| !c.is_ascii_control() && !c.is_ascii_whitespace();
    let head: String = destination.chars().filter(visible).take_while(|c| !matches!(c, '/' | '?' | '#')).collect();
    let (scheme, _) = head.split_once(':')?;
    let fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    fits.then(|| scheme.to_owned())
}

/// The way from a folder to a file.
fn relative(folder: &GuidePath, file: &GuidePath) -> String {
    let from: Vec<&str> = folder.as_str().split('/').collect();
    let to: Vec<&str> = file.as_str().split('/').collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    let mut way = vec![".."; from.len() - shared];
    way.extend(&to[shared..]);
    way.join("/")
}
