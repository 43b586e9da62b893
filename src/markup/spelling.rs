//! How a web page spells addresses: absolute paths with the base path; full addresses where scheme and host are known.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::config::Base;
use crate::guide::{Guide, Link, PageId, Reference};
use crate::markup::candidates::Candidates;
use crate::path::{Address, OutputPath};
use crate::source::FileId;

/// What is encoded in a path: what URLs reserve, and all that is not ASCII.
const PATH: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'?')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Spells the addresses of a guide.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spelling<'a> {
    pub(crate) guide: &'a Guide,
    /// The smaller versions of its pictures.
    pub(crate) candidates: &'a Candidates,
}

impl<'a> Spelling<'a> {
    /// The addresses of a guide whose pictures are shown as they are.
    pub(crate) fn plain(guide: &'a Guide) -> Spelling<'a> {
        Spelling { guide, candidates: Candidates::none() }
    }

    fn base(self) -> &'a Base {
        &self.guide.config.base
    }

    /// The path of an address.
    pub(crate) fn address(self, address: &Address) -> String {
        written(address.as_str().len() + self.base().path.len(), |path| self.put_address(path, address))
    }

    fn put_address(self, out: &mut String, address: &Address) {
        out.push_str(&self.base().path);
        out.push_str(&address.as_str()[1..]);
    }

    /// The path of a page.
    pub(crate) fn page(self, page: PageId) -> String {
        self.guide.pages.path(page).to_owned()
    }

    /// The same, added to a text.
    pub(crate) fn put_page(self, out: &mut String, page: PageId) {
        out.push_str(self.guide.pages.path(page));
    }

    fn put_place(self, out: &mut String, page: PageId, anchor: Option<&str>) {
        self.put_page(out, page);
        if let Some(anchor) = anchor {
            put_fragment(out, anchor);
        }
    }

    /// The path of a file of the output.
    pub(crate) fn file(self, file: &OutputPath) -> String {
        written(AVERAGE, |path| self.put_file(path, file))
    }

    fn put_file(self, out: &mut String, file: &OutputPath) {
        out.push_str(&self.base().path);
        out.extend(utf8_percent_encode(file.as_str(), PATH));
    }

    /// A copied file, and a place in it.
    fn put_asset(self, out: &mut String, file: FileId, place: &str) {
        self.put_file(out, &self.guide.assets[&file]);
        out.push_str(place);
    }

    /// A path with scheme and host; `None` without `base_url`.
    pub(crate) fn full(self, path: &str) -> Option<String> {
        self.base().origin.as_ref().map(|origin| [origin, path].concat())
    }

    /// Whether scheme and host are known; no link is numbered where they are not.
    pub(crate) fn has_origin(self) -> bool {
        self.base().origin.is_some()
    }

    /// Adds the full address of what a numbered link leads to; without scheme and host where these are not known.
    pub(crate) fn put_reference(self, out: &mut String, reference: &Reference) {
        if !matches!(reference, Reference::Url(_)) {
            out.push_str(self.base().origin.as_deref().unwrap_or_default());
        }
        match reference {
            Reference::Page(page, anchor) => self.put_place(out, *page, anchor.as_deref()),
            Reference::Generated(at) => {
                let (address, place) = &**at;
                self.put_address(out, address);
                out.push_str(place);
            }
            Reference::File(file, place) => self.put_asset(out, *file, place),
            Reference::Url(url) => out.push_str(url),
        }
    }

    /// What stands in `href` or `src` for a link that is written `destination`; `None` for a dead one.
    pub(crate) fn href(self, link: &Link, destination: &str) -> Option<String> {
        (!link.is_dead()).then(|| written(AVERAGE, |href| self.put_href(href, link, destination)))
    }

    /// The same, added to a text; nothing for a dead one.
    pub(crate) fn put_href(self, out: &mut String, link: &Link, destination: &str) {
        match link {
            Link::Page(page, anchor) => self.put_place(out, *page, anchor.as_deref()),
            Link::Here(anchor) => put_fragment(out, anchor),
            Link::Generated(address) => {
                self.put_address(out, address);
                out.push_str(place(destination));
            }
            // A place in a document or a film: `plan.pdf#page=2`.
            Link::Asset(file) => self.put_asset(out, *file, place(destination)),
            Link::External => out.push_str(destination),
            Link::Dead => {}
        }
    }
}

/// About how many bytes an address has.
const AVERAGE: usize = 80;

/// What `put` writes, of about so many bytes.
fn written(bytes: usize, put: impl FnOnce(&mut String)) -> String {
    let mut text = String::with_capacity(bytes);
    put(&mut text);
    text
}

/// The place that an address names, from `#` on.
fn place(destination: &str) -> &str {
    destination.find('#').map_or("", |at| &destination[at..])
}

fn put_fragment(out: &mut String, anchor: &str) {
    out.push('#');
    out.extend(utf8_percent_encode(anchor, PATH));
}
