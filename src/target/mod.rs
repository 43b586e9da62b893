//! ④ RENDER. The guide as the files of a web site.
//!
//! [`Site::plan`] says which files there will be, and [`Site::render`] makes one of them: a function of the guide and
//! the theme alone, so that files can be made in any order and on several threads.

mod data;
mod feed;
pub(crate) mod health;
mod host;
mod html;
mod json;
pub(crate) mod pictures;
mod product;
#[cfg(feature = "search")]
mod search;
mod sitemap;

use std::io;
use std::sync::OnceLock;

use rayon::prelude::{IntoParallelRefIterator, ParallelIterator, ParallelSliceMut};
use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::diagnostic::{Code, Diagnostic, say};
use crate::guide::{Guide, Page, PageId};
use crate::markup::plain;
use crate::markup::spelling::Spelling;
pub(crate) use crate::markup::typeset::Sets;
use crate::memo::Memo;
use crate::output::{Content, Remembered};
use crate::path::{Address, OutputPath};
use crate::source::{FileId, Sources, Span};
use crate::theme::{Theme, view};
pub(crate) use product::{Earlier, MadeFile, Product};
#[cfg(feature = "search")]
pub(crate) use search::Texts;

use html::Pages;
use html::lists::RestId;
use html::map::{MapId, Maps};
use html::shared::{self, Shared};
use html::views::{self, ViewId, Views};
use pictures::Pictures;

/// A web site on its way out.
pub(crate) struct Site<'a> {
    guide: &'a Guide,
    sources: &'a Sources,
    pictures: &'a Pictures,
    theme: Theme,
    pages: Pages<'a>,
    maps: Maps,
    /// Made when first asked for, since it depends on every page; by one thread alone: another that it shared this with might
    /// ask for it meanwhile.
    views: OnceLock<Views>,
}

/// What a site is made with, beside the guide and the theme.
#[derive(Clone, Copy)]
pub(crate) struct Material<'a> {
    pub(crate) sources: &'a Sources,
    pub(crate) memo: &'a Memo,
    pub(crate) pictures: &'a Pictures,
}

/// One file to come.
#[derive(Clone, Debug)]
pub(crate) struct Job {
    pub(crate) file: OutputPath,
    make: Make,
}

impl Job {
    /// Whether it is made of a picture.
    pub(crate) fn is_picture(&self) -> bool {
        matches!(self.make, Make::Picture(..))
    }

    /// Whether it is `guide.json`.
    fn is_data(&self) -> bool {
        matches!(self.make, Make::Data)
    }

    /// Whether a template makes it.
    fn is_page(&self) -> bool {
        matches!(
            self.make,
            Make::Page(_)
                | Make::Home
                | Make::Map(_)
                | Make::View(_)
                | Make::Rest(_)
                | Make::NotFound
                | Make::Redirect(_)
        )
    }
}

/// What a file is made of.
#[derive(Clone, Copy, Debug)]
enum Make {
    Page(PageId),
    /// The home page of a guide whose authors wrote none.
    Home,
    /// A page as plain text.
    Text(PageId),
    /// A part of the site map.
    Map(MapId),
    /// A page of the glossary, the questions, who does what or a facet.
    View(ViewId),
    /// The rest of a long list.
    Rest(RestId),
    /// Who does what, for spreadsheets.
    Tasks,
    /// `feed.xml`
    Feed,
    NotFound,
    /// A page at an old address, by its place in the guide's list.
    Redirect(usize),
    /// A file of the guide, copied.
    Copy(FileId),
    /// A file of the theme, by its place among the theme's.
    Asset(usize),
    /// A file that was made of a picture, by its product and its place in that.
    Picture(usize, usize),
    /// `site.webmanifest`
    WebManifest,
    /// `guide.json`
    Data,
    /// `sitemap.xml`, or one of the files that it lists.
    Sitemap(Option<usize>),
    Robots,
    Headers,
    NoJekyll,
}

/// What `cell` holds, or else what `make` makes, by several threads at once, before it is put there. Threads that waited for another's
/// `get_or_init` could not help; and whoever makes it may, while others do their part, come to do work that asks for it.
pub(crate) fn made_apart<T>(cell: &OnceLock<T>, make: impl FnOnce() -> T) -> &T {
    cell.get().unwrap_or_else(|| {
        let made = make();
        cell.get_or_init(|| made)
    })
}

impl<'a> Site<'a> {
    /// The site of `guide` in `theme`.
    pub(crate) fn new(guide: &'a Guide, theme: Theme, material: Material<'a>) -> Site<'a> {
        let Material { sources, memo, pictures } = material;
        let spelling = Spelling { guide, candidates: &pictures.candidates };
        let maps = Maps::of(guide);
        let icons = pictures.icons.as_ref().map(|icons| icons.view(spelling));
        let site = view::Site { icons, ..html::shared::site(spelling, &theme) };
        let theme = theme.of(&site);
        let pages = Pages::new(Shared::of(spelling, &maps, &theme), sources, memo);
        Site { guide, sources, pictures, theme, pages, maps, views: OnceLock::new() }
    }

    fn views(&self) -> &Views {
        made_apart(&self.views, || Views::of(self.guide))
    }

    /// Every file that the site has, in the order to make them in; and what stands in another's way.
    pub(crate) fn plan(&self) -> (Vec<Job>, Vec<Diagnostic>) {
        let files = |page: &Page| (page.address.file(), page.address.text_file());
        let (pages, _): (Vec<_>, _) =
            rayon::join(|| self.guide.pages.as_slice().par_iter().map(files).collect(), || self.views());
        let ids = || self.guide.pages.ids();
        let mut plan = Plan::with_capacity(2 * self.guide.pages.len() + self.guide.assets.len() + ALWAYS.len());
        let mut add = |file: OutputPath, make: Make| plan.add(Job { file, make });
        add(own("guide.json"), Make::Data);
        for (page, (file, _)) in ids().zip(&pages) {
            add(file.clone(), Make::Page(page));
        }
        let mut copied: Vec<(&FileId, &OutputPath)> = self.guide.assets.iter().collect();
        copied.sort();
        for (&file, output) in copied {
            add(output.clone(), Make::Copy(file));
        }
        for (page, (_, text)) in ids().zip(pages) {
            add(text, Make::Text(page));
        }
        for (at, redirect) in self.guide.redirects.iter().enumerate() {
            add(redirect.file.clone(), Make::Redirect(at));
        }
        for (at, asset) in self.theme.assets().enumerate() {
            add(asset.output.clone(), Make::Asset(at));
        }
        for (product, made) in self.pictures.products.iter().enumerate() {
            for (at, made) in made.files.iter().enumerate() {
                add(made.file.clone(), Make::Picture(product, at));
            }
        }
        if self.pictures.icons.is_some() {
            add(own(WEB_MANIFEST), Make::WebManifest);
        }
        add(Address::root().file(), Make::Home);
        for (map, address) in self.maps.addresses() {
            add(address.file(), Make::Map(map));
        }
        for (file, part) in sitemap::files(self.guide) {
            add(file, Make::Sitemap(part));
        }
        for (view, address) in self.views().addresses() {
            add(address.file(), Make::View(view));
        }
        for (rest, address) in self.pages.lists().addresses() {
            add(address.file(), Make::Rest(rest));
        }
        if self.guide.generated.tasks.is_some() {
            add(views::csv_file(self.guide), Make::Tasks);
        }
        if shared::has_feed(self.guide) {
            add(own(FEED), Make::Feed);
        }
        for (name, make) in ALWAYS {
            add(own(name), make);
        }
        let faults = if self.may_be_obstructed() { self.obstructions(&plan.jobs) } else { Vec::new() };
        (self.in_order(plan.jobs), faults)
    }

    /// The file that takes longest; then the pages in reading order, each with its plain text, and each page of a view right after
    /// the last page that it lists, so that what it lists need not be kept for long; then all else.
    fn in_order(&self, mut jobs: Vec<Job>) -> Vec<Job> {
        let mut places = vec![0; self.guide.pages.len()];
        self.guide.order.iter().enumerate().for_each(|(place, page)| places[page.index()] = place + 1);
        let place = |page: PageId| places[page.index()];
        jobs.par_sort_by_cached_key(|job| match job.make {
            Make::Data => (0, 0),
            Make::Page(page) => (place(page), 0),
            Make::Text(page) => (place(page), 1),
            Make::View(view) => (self.views().last(view).map_or(usize::MAX, place), 2),
            _ => (usize::MAX, 0),
        });
        jobs
    }

    /// What a later build may know of the guide's history.
    pub(crate) fn history(&self) -> Option<Remembered> {
        self.sources.history().to_remember()
    }

    /// What is made of the guide's pictures.
    pub(crate) fn pictures(&self) -> &'a Pictures {
        self.pictures
    }

    /// The files of the search index, where the guide has one, those that an earlier build left included. Pagefind's own
    /// words where it makes none.
    #[cfg(feature = "search")]
    pub(crate) fn index(&self, earlier: Earlier<'_>) -> Result<Option<Product>, String> {
        let index = || search::index(self.pages.shared(), self.pages.memo(), earlier);
        shared::has_search(self.guide).then(index).transpose()
    }

    /// What that index is made of.
    #[cfg(feature = "search")]
    pub(crate) fn texts(&self) -> Option<Texts> {
        shared::has_search(self.guide).then(|| search::texts(self.pages.shared(), self.pages.memo()))
    }

    /// Nothing.
    #[cfg(not(feature = "search"))]
    pub(crate) fn index(&self, _earlier: Earlier<'_>) -> Result<Option<Product>, String> {
        Ok(None)
    }

    /// What the first template that fails has to say. Built-in templates do not, and are not tried.
    pub(crate) fn first_failure(&self, jobs: &[Job]) -> Option<Box<Diagnostic>> {
        if !self.theme.has_own_templates() {
            return None;
        }
        jobs.par_iter().filter(|job| job.is_page()).find_map_first(|job| self.render(job).err())
    }

    /// Files that stand where another file's folder must be.
    fn obstructions(&self, jobs: &[Job]) -> Vec<Diagnostic> {
        let files: FxHashMap<&str, &Job> = jobs.iter().map(|job| (job.file.as_str(), job)).collect();
        let mut faults = Vec::new();
        let mut told = FxHashSet::default();
        for job in jobs {
            let folders = job.file.as_str().match_indices('/').map(|(at, _)| &job.file.as_str()[..at]);
            for file in folders.filter_map(|folder| files.get(folder)) {
                let (name, other) = (file.file.as_str(), job.file.as_str());
                if !told.insert(name) {
                    continue;
                }
                let message = say!(
                    "`{name}` serait à la fois un fichier du site et le dossier de `{other}`",
                    "`{name}` would be both a file of the site and the folder of `{other}`"
                );
                let fault = match self.origin(file.make).or(self.origin(job.make)) {
                    Some(span) => Diagnostic::new(Code::SameOutput, span, message),
                    None => Diagnostic::of_the_guide(Code::SameOutput, message),
                };
                faults.push(fault.help(say!("renommez l’un des deux", "rename one of the two")));
            }
        }
        faults
    }

    /// Whether some file may stand where another's folder must be. Pages do not: their folders have no dot in their names,
    /// and their files have one.
    pub(crate) fn may_be_obstructed(&self) -> bool {
        let redirects = self.guide.redirects.iter().map(|redirect| &redirect.file);
        let of_theme = self.theme.assets().map(|asset| &asset.output);
        let mut others = self.guide.assets.values().chain(redirects).chain(of_theme).map(OutputPath::as_str);
        others.any(|file| {
            let (folders, name) = file.rsplit_once('/').unwrap_or(("", file));
            let is_of_the_site = || ALWAYS.iter().any(|(always, _)| folders.split('/').next() == Some(always));
            !name.contains('.') || folders.contains('.') || is_of_the_site()
        })
    }

    /// The page of the authors' own that stands at `file`.
    #[cfg(feature = "serve")]
    pub(crate) fn author_page(&self, file: &OutputPath) -> Option<PageId> {
        self.guide.pages.at(Address::of_file(file)?.as_str())
    }

    /// What makes `file`, where that is found without the plan of the whole site: a page or a file of the authors' own, of the
    /// theme, or of every site.
    #[cfg(feature = "serve")]
    pub(crate) fn job_at_once(&self, file: &OutputPath) -> Option<Job> {
        let page = || self.author_page(file).map(Make::Page);
        let copied = || self.guide.assets.iter().find(|(_, output)| *output == file).map(|(&file, _)| Make::Copy(file));
        let of_theme = || self.theme.assets().position(|asset| asset.output == *file).map(Make::Asset);
        let always = || ALWAYS.iter().find(|(name, _)| *name == file.as_str()).map(|(_, make)| *make);
        let make = page().or_else(copied).or_else(of_theme).or_else(always)?;
        Some(Job { file: file.clone(), make })
    }

    /// The source that a file comes from.
    fn origin(&self, make: Make) -> Option<Span> {
        let page = |page: PageId| Span::whole(self.guide.pages[page].draft.file);
        match make {
            Make::Page(id) => Some(page(id)),
            Make::Redirect(at) => Some(page(self.guide.redirects[at].page)),
            Make::Copy(file) => Some(Span::whole(file)),
            _ => None,
        }
    }

    /// Makes one file.
    pub(crate) fn render(&self, job: &Job) -> Result<Content, Box<Diagnostic>> {
        self.render_after(job, &Sets::default())
    }

    /// Makes one file after another, whichever that was; `sets` is what that has left for it.
    pub(crate) fn render_after(&self, job: &Job, sets: &Sets) -> Result<Content, Box<Diagnostic>> {
        if !matches!(job.make, Make::Text(_)) {
            sets.clear();
        }
        let bytes = match job.make {
            Make::Page(page) => self.page(page, sets)?,
            Make::Home => self.pages.render(&self.theme, self.pages.home(&self.theme))?,
            Make::Text(page) => plain::page(self.pages.spelling(), page, sets).into_bytes(),
            Make::Map(map) => self.map(map)?,
            Make::View(view) => self.view(view, self.pages.generated(&self.views().host(view, &self.pages)))?,
            Make::Rest(rest) => self.pages.render_list(&self.theme, rest)?,
            Make::Tasks => views::csv(self.guide),
            Make::Feed => feed::write(self.pages.spelling(), &self.pages.spelling().file(&job.file)).into_bytes(),
            Make::NotFound => self.pages.not_found(&self.theme)?,
            Make::Redirect(at) => self.pages.redirect(&self.theme, &self.guide.redirects[at])?,
            Make::Copy(file) => return self.copy(file),
            Make::Asset(at) => {
                let asset = self.theme.assets().nth(at).expect("the plan counted the theme’s assets");
                asset.bytes.to_vec()
            }
            Make::Picture(product, at) => return Ok(self.pictures.products[product].files[at].content()),
            Make::WebManifest => match &self.pictures.icons {
                Some(icons) => host::web_manifest(self.pages.spelling(), icons),
                None => Vec::new(),
            },
            Make::Data => {
                let mut json = Vec::new();
                self.write_data(&mut json).expect("memory takes what it is given");
                json
            }
            Make::Sitemap(part) => sitemap::write(self.pages.spelling(), part).into_bytes(),
            Make::Robots => host::robots(self.pages.spelling()).into_bytes(),
            Make::Headers => host::headers(self.pages.spelling()).into_bytes(),
            Make::NoJekyll => Vec::new(),
        };
        Ok(Content::Bytes(bytes))
    }

    /// What makes a file that grows with the guide, piece by piece.
    pub(crate) fn stream(&self, job: &Job) -> Option<impl Fn(&mut dyn io::Write) -> io::Result<()>> {
        job.is_data().then_some(|file: &mut dyn io::Write| self.write_data(file))
    }

    fn write_data(&self, file: &mut dyn io::Write) -> io::Result<()> {
        data::Data::of(self.guide, self.sources, self.pages.lists()).write(file)
    }

    fn page(&self, page: PageId, sets: &Sets) -> Result<Vec<u8>, Box<Diagnostic>> {
        let view = self.pages.view(&self.theme, page, (self.views.get(), sets))?;
        let address = &self.guide.pages[page].address;
        if self.guide.generated.holds(address)
            && let Some(generated) = self.views().at(address)
        {
            return self.view(generated, view);
        }
        match self.maps.at(address) {
            Some(map) => self.pages.render_map(&self.theme, &view, &self.maps.view(map, self.pages.shared())),
            None => self.pages.render(&self.theme, view),
        }
    }

    /// A page of a view, after what an author's page at its address says.
    fn view(&self, id: ViewId, page: view::Page) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.views().render(id, (&self.pages, &self.theme), page)
    }

    fn copy(&self, file: FileId) -> Result<Content, Box<Diagnostic>> {
        self.sources.open(file).map_err(|cause| {
            let message = say!("ce fichier ne peut plus être lu : {cause}", "this file can no longer be read: {cause}");
            let help = say!("lancez la commande à nouveau", "run the command again");
            Box::new(Diagnostic::new(Code::Unreadable, Span::whole(file), message).help(help))
        })
    }

    fn map(&self, map: MapId) -> Result<Vec<u8>, Box<Diagnostic>> {
        let view = self.pages.generated(&self.maps.host(map, &self.theme, self.pages.shared()));
        self.pages.render_map(&self.theme, &view, &self.maps.view(map, self.pages.shared()))
    }
}

/// The files of a site, each planned once: what authors put somewhere stands before what would be generated there.
struct Plan {
    jobs: Vec<Job>,
    taken: FxHashSet<OutputPath>,
}

impl Plan {
    /// Without files, with room for so many.
    fn with_capacity(files: usize) -> Plan {
        Plan { jobs: Vec::with_capacity(files), taken: FxHashSet::with_capacity_and_hasher(files, FxBuildHasher) }
    }

    fn add(&mut self, job: Job) {
        if self.taken.insert(job.file.clone()) {
            self.jobs.push(job);
        }
    }
}

/// Files that every site has.
const ALWAYS: [(&str, Make); 4] = [
    ("404.html", Make::NotFound),
    ("robots.txt", Make::Robots),
    ("_headers", Make::Headers),
    (".nojekyll", Make::NoJekyll),
];

/// The folder of the search index.
const SEARCH: &str = "pagefind/";

/// The file that says how the guide is kept on a home screen.
pub(super) const WEB_MANIFEST: &str = "site.webmanifest";

/// The feed's file.
const FEED: &str = "feed.xml";

/// A file of the site's root.
fn own(name: &str) -> OutputPath {
    OutputPath::new(name).expect("the names of generated files are plain")
}
