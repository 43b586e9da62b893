//! How a web page spells addresses: absolute paths with the base path; full addresses where scheme and host are known.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use crate::config::Base;
use crate::guide::{Guide, Link, PageId, Reference};
use crate::markup::candidates::Candidates;
use crate::path::{Address, OutputPath};

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
        self.whole("", address, "")
    }

    /// An address after `origin`, with what follows it. There are many of them: `format!` would take twice as long.
    fn whole(self, origin: &str, address: &Address, rest: &str) -> String {
        let (path, address) = (&self.base().path, &address.as_str()[1..]);
        let mut whole = String::with_capacity(origin.len() + path.len() + address.len() + rest.len());
        for piece in [origin, path, address, rest] {
            whole.push_str(piece);
        }
        whole
    }

    /// The path of a page.
    pub(crate) fn page(self, page: PageId) -> String {
        self.address(&self.guide.pages[page].address)
    }

    /// The path of a file of the output.
    pub(crate) fn file(self, file: &OutputPath) -> String {
        format!("{}{}", self.base().path, utf8_percent_encode(file.as_str(), PATH))
    }

    /// The same with scheme and host; `None` without `base_url`.
    pub(crate) fn full(self, path: &str) -> Option<String> {
        self.base().origin.as_ref().map(|origin| format!("{origin}{path}"))
    }

    /// The full address of what a numbered link leads to; `None` without `base_url`.
    pub(crate) fn reference(self, reference: &Reference) -> Option<String> {
        match reference {
            Reference::Page(page, anchor) => {
                let anchor = anchor.as_ref().map_or(String::new(), |anchor| format!("#{}", fragment(anchor)));
                Some(self.whole(self.base().origin.as_ref()?, &self.guide.pages[*page].address, &anchor))
            }
            Reference::Generated(address, place) => Some(self.whole(self.base().origin.as_ref()?, address, place)),
            Reference::File(file, place) => self.full(&(self.file(self.guide.assets.get(file)?) + place)),
            Reference::Url(url) => Some(url.to_string()),
        }
    }

    /// What stands in `href` or `src` for a link that is written `destination`; `None` for a dead one.
    pub(crate) fn href(self, link: &Link, destination: &str) -> Option<String> {
        match link {
            Link::Page(page, None) => Some(self.page(*page)),
            Link::Page(page, Some(anchor)) => Some(format!("{}#{}", self.page(*page), fragment(anchor))),
            Link::Here(anchor) => Some(format!("#{}", fragment(anchor))),
            Link::Generated(address) => Some(self.address(address) + place(destination)),
            // A place in a document or a film: `plan.pdf#page=2`.
            Link::Asset(file) => self.guide.assets.get(file).map(|file| self.file(file) + place(destination)),
            Link::External => Some(destination.to_owned()),
            Link::Dead => None,
        }
    }
}

/// The place that an address names, from `#` on.
fn place(destination: &str) -> &str {
    destination.find('#').map_or("", |at| &destination[at..])
}

fn fragment(anchor: &str) -> String {
    utf8_percent_encode(anchor, PATH).to_string()
}
