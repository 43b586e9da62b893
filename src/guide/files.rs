//! The authors' files, as far as pages speak of them: how large pictures are, and how heavy what is downloaded.

use rayon::prelude::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use rustc_hash::{FxHashMap, FxHashSet};

use super::Link;
use super::fault;
use super::linking::Decided;
use super::tree::Entry;
use crate::config::{self, Config};
use crate::diagnostic::Diagnostic;
use crate::picture::{Format, Picture};
use crate::source::{FileId, Sources, Span};
use crate::syntax::body::{Body, HtmlValue, Purpose};

/// What is known of files that pages show or link to.
#[derive(Debug, Default)]
pub(crate) struct Files {
    /// The pictures that pages show, and the logo. One that is broken or huge is not among them.
    pub(crate) pictures: FxHashMap<FileId, Pictured>,
    pub(crate) downloads: FxHashMap<FileId, Download>,
}

/// A picture, and where it is shown first.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pictured {
    pub(crate) picture: Picture,
    pub(crate) place: Span,
    /// Whether a page shows it; else it is the logo alone.
    pub(crate) is_on_a_page: bool,
}

/// A file that a link leads to, and that no browser shows as a page or picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Download {
    /// What its name ends in, in capitals: `PDF`.
    pub(crate) kind: String,
    /// In bytes.
    pub(crate) size: u64,
}

/// What names of pages end in: links to them are no downloads.
const PAGES: [&str; 3] = ["html", "htm", "xhtml"];

/// The longest ending that says what a file is.
const LONGEST_KIND: usize = 5;

impl Files {
    /// The files that the links of pages lead to, and what is wrong with the pictures among them.
    pub(super) fn of(
        entries: &[Entry],
        decided: &[Decided],
        (config, sources): (&Config, &Sources),
    ) -> (Files, Vec<Diagnostic>) {
        let mut found = Found { sources, shown: Vec::new(), seen: FxHashSet::default(), files: Files::default() };
        for (entry, decided) in entries.iter().zip(decided) {
            for (draft, links) in entry.drafts().zip(&decided.links) {
                found.in_body(&draft.body, links);
            }
        }
        let on_pages = found.shown.len();
        if let Some(logo) = config.look.logo.as_ref().and_then(|logo| sources.at(logo)) {
            found.show(logo, config::place(sources, "logo").unwrap_or_else(|| Span::whole(logo)));
        }
        let Found { shown, mut files, .. } = found;
        let read = |(at, Wanted { file, format, place }): (usize, Wanted)| {
            let mut pieces = sources.look_into(file).ok()?;
            let name = sources[file].path.name();
            let pictured = |picture| Pictured { picture, place, is_on_a_page: at < on_pages };
            let read = Picture::read(format, &mut pieces).map(pictured);
            Some((file, read.map_err(|unfit| fault::unfit_picture(place, name, unfit))))
        };
        let mut faults = Vec::new();
        for (file, picture) in shown.into_par_iter().enumerate().filter_map(read).collect::<Vec<_>>() {
            match picture {
                Ok(picture) => drop(files.pictures.insert(file, picture)),
                Err(fault) => faults.push(fault),
            }
        }
        (files, faults)
    }
}

/// A file whose name is that of a picture.
struct Wanted {
    file: FileId,
    format: Format,
    place: Span,
}

/// The files found so far.
struct Found<'a> {
    sources: &'a Sources,
    /// Each picture once.
    shown: Vec<Wanted>,
    seen: FxHashSet<FileId>,
    files: Files,
}

impl Found<'_> {
    fn in_body(&mut self, body: &Body, links: &[Link]) {
        let others = players(body);
        for (at, (written, link)) in (0..).zip(body.tables.links.iter().zip(links)) {
            let Link::Asset(file) = *link else { continue };
            match written.purpose {
                Purpose::Show if !others.contains(&at) => self.show(file, written.span),
                Purpose::Follow => self.give(file),
                Purpose::Show | Purpose::Include => {}
            }
        }
    }

    fn show(&mut self, file: FileId, place: Span) {
        if let Some(format) = Format::of_name(self.sources[file].path.name())
            && self.seen.insert(file)
        {
            self.shown.push(Wanted { file, format, place });
        }
    }

    fn give(&mut self, file: FileId) {
        if self.files.downloads.contains_key(&file) {
            return;
        }
        let path = &self.sources[file].path;
        let Some(end) = path.extension().filter(|_| Format::of_name(path.name()).is_none()) else { return };
        let is_plain = end.len() <= LONGEST_KIND && end.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if !is_plain || PAGES.contains(&end.to_ascii_lowercase().as_str()) {
            return;
        }
        if let Some(size) = self.sources.size(file) {
            let kind = end.to_ascii_uppercase();
            self.files.downloads.insert(file, Download { kind, size });
        }
    }
}

/// The addresses in raw HTML that something else than an image shows.
fn players(body: &Body) -> FxHashSet<u32> {
    let others = body.tables.html.iter().filter(|tag| tag.name != "img").flat_map(|tag| &tag.attributes);
    let link = |(_, value): &(String, HtmlValue)| match value {
        HtmlValue::Link(link) => Some(*link),
        HtmlValue::Text(_) => None,
    };
    others.filter_map(link).collect()
}
