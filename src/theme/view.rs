//! What templates know. One struct per template; text in them is plain (templates escape it), `Html` is finished.
//!
//! Text shown on pages is already in the typography of its language. `url`s are paths that include the base path,
//! ready for `href`; a `full_url` has scheme and host, and is absent without `base_url`.

use serde::{Serialize, Serializer};
use tera::Value;

use super::known::Known;
use super::linked::{Cycle, Linked};
use super::listed::Listed;

/// Finished HTML; inserted as it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Html(pub(crate) String);

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Value::safe_string(&self.0).serialize(serializer)
    }
}

/// What every template gets as `site`. Made once, shared by all pages.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Site {
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    /// The interface's language tag: `fr` or `en`.
    pub(crate) lang: String,
    /// The home page.
    pub(crate) url: String,
    pub(crate) logo: Option<String>,
    /// The icons made of the logo.
    pub(crate) icons: Option<Icons>,
    pub(crate) license: Option<String>,
    pub(crate) contact: Option<String>,
    /// `non`, `partial`, `total`.
    pub(crate) accessibility: Option<&'static str>,
    /// The pages that the law wants, where the authors wrote them: on accessibility, and the legal notice.
    pub(crate) legal: Vec<Link>,
    /// Where the first of them is.
    pub(crate) accessibility_page: Option<String>,
    /// The guide's main parts: the children of the home page (at most 12), but those in `legal`.
    pub(crate) menu: Vec<Link>,
    /// The site map's address.
    pub(crate) site_map: String,
    /// The theme's assets by their name: `assets["boussole.css"]` is the hashed address.
    pub(crate) assets: std::collections::BTreeMap<String, String>,
    /// The pages that are generated and have something to show, the site map apart.
    pub(crate) views: Vec<Link>,
    /// The folder of the search index, where there is one; interfaces load `pagefind.js` from it.
    pub(crate) search: Option<String>,
    /// What pages may load and run, for a `meta` element.
    pub(crate) policy: Html,
    /// The feed's address, where there is one.
    pub(crate) feed: Option<String>,
    /// `Boussole 0.1.0`.
    pub(crate) generator: String,
}

/// The addresses of the guide's icons.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Icons {
    /// `favicon.ico`
    pub(crate) ico: String,
    /// The logo itself, where it is a drawing.
    pub(crate) svg: Option<String>,
    /// For home screens, on an opaque ground.
    pub(crate) touch: String,
    /// `site.webmanifest`
    pub(crate) manifest: String,
}

/// A title and where it leads.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Link {
    pub(crate) title: String,
    /// Absent where a folder has no page of its own.
    pub(crate) url: Option<String>,
    /// The title's language, where it is not the interface's.
    pub(crate) lang: Option<String>,
}

impl Link {
    /// A title in the language of the interface and an address.
    pub(crate) fn to((title, url): (String, String)) -> Link {
        Link { title, url: Some(url), lang: None }
    }
}

/// `page.html` (any page), `section.html` (a page with children) and `home.html`, as `page`;
/// a theme may have `kinds/NAME.html`, which is then used for pages of that kind. Templates also get `page.part`, the
/// address of the main part it belongs to: the second of the breadcrumb.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    /// What other tools know it by (`roles/organisation/coordinateur`); absent for what no author wrote.
    pub(crate) id: Option<String>,
    /// `html lang`.
    pub(crate) lang: String,
    pub(crate) title: String,
    /// `Coordinateur – Organisation – Guide Healthcop`.
    pub(crate) head_title: String,
    pub(crate) description: String,
    /// The page's path.
    pub(crate) url: String,
    /// Canonical and Open Graph address.
    pub(crate) full_url: Option<String>,
    /// Full address of the image for previews.
    pub(crate) image: Option<String>,
    pub(crate) noindex: bool,
    /// The kind's name (`role`).
    pub(crate) kind: String,
    /// The kind's label ("Rôle"); absent for plain pages and sections.
    pub(crate) kind_label: Option<String>,
    /// Home first, the page itself last (its `url` is its own).
    pub(crate) breadcrumb: Vec<Known<Link>>,
    /// The same as finished elements.
    pub(crate) breadcrumb_html: Html,
    /// JSON-LD, ready to stand in a `script` element.
    pub(crate) json_ld: Option<Html>,
    /// The text before the first facet.
    pub(crate) intro: Html,
    /// The facets, in configured order.
    pub(crate) facets: Listed<Facet>,
    /// The other level-2 sections, as written, and then the footnotes.
    pub(crate) rest: Html,
    pub(crate) contents: Listed<Heading>,
    /// The pages of its section, the page itself among them; empty where there is nothing to choose. Shared.
    pub(crate) menu: Html,
    pub(crate) previous: Option<Known<Link>>,
    pub(crate) next: Option<Known<Link>>,
    /// For sections: the pages in it. Empty otherwise.
    pub(crate) children: Vec<Child>,
    /// Where the list of children is too long for the page: the whole of it.
    pub(crate) more_children: Option<Known<Link>>,
    /// For the home page: what the guide is made of. Empty otherwise.
    pub(crate) shape: Vec<Part>,
    pub(crate) fields: Vec<Field>,
    pub(crate) about: Colophon,
    pub(crate) linked: Linked,
}

/// The menu of a section, as `menu` in `partials/menu.html`, beside the finished `entries`; rendered once per section.
/// Each entry is made by `partials/menu-entry.html` from `link` and `current`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Menu {
    pub(crate) title: String,
    pub(crate) url: Option<String>,
    pub(crate) entries: Vec<Known<Link>>,
    /// Where there are too many pages for a menu: the list of them all, titled with their number.
    pub(crate) more: Option<Known<Link>>,
}

/// One facet of a page.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Facet {
    /// The section's `id` and `data-facet`.
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) html: Html,
}

/// An entry of the page's table of contents.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Heading {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) children: Vec<Heading>,
}

/// A page in its section's list.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Child {
    pub(crate) title: String,
    pub(crate) url: Option<String>,
    pub(crate) summary: Option<String>,
    /// The page's language, where it has its own.
    pub(crate) lang: Option<String>,
    /// The kind's name.
    pub(crate) kind: String,
    /// How many pages are below it, where it is a section.
    pub(crate) pages: usize,
}

/// A part of the guide, as the home page shows it.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct Part {
    /// The part's front page; untitled where it is what stands beside all parts.
    pub(crate) page: Known<Link>,
    /// The kind that most of its pages are of (`role`); `page` where there is none.
    pub(crate) kind: String,
    pub(crate) summary: Option<String>,
    /// Some of what is in it.
    pub(crate) entries: Vec<PartEntry>,
    /// Where these are not all: where all are, titled with their number.
    pub(crate) more: Option<Known<Link>>,
    /// The life cycle of the stages in it.
    pub(crate) cycle: Option<Cycle>,
}

/// A page of a part, or a group of pages.
#[derive(Clone, Debug, Default, Serialize)]
pub(crate) struct PartEntry {
    pub(crate) page: Known<Link>,
    /// The first pages of a group.
    pub(crate) children: Vec<Known<Link>>,
}

/// A field of the authors' own.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Field {
    pub(crate) label: String,
    pub(crate) html: Html,
}

/// What is known about a page as a document. Dates are `2026-03-01` with their words beside.
/// Templates also get `any`: whether there is anything beside `contributors` and where it can be edited.
#[derive(Clone, Debug, Default)]
pub(crate) struct Colophon {
    pub(crate) authors: Vec<String>,
    pub(crate) owner: Option<String>,
    pub(crate) date: Option<DateView>,
    pub(crate) updated: Option<DateView>,
    pub(crate) review_by: Option<DateView>,
    /// Who changed it, as git knows; nobody with the built-in templates, which do not show them.
    pub(crate) contributors: Vec<String>,
    /// Where the page's source can be edited.
    pub(crate) edit_url: Option<String>,
    /// Where the facets that have files of their own can be.
    pub(crate) edit_facets: Vec<Known<Link>>,
}

/// A date for machines and for people ("1er mars 2026").
#[derive(Clone, Debug, Serialize)]
pub(crate) struct DateView {
    pub(crate) iso: String,
    pub(crate) text: String,
}

/// `site-map.html`, as `map` (beside `page`, the author's page at that address or an empty one).
#[derive(Clone, Debug)]
pub(crate) struct SiteMap {
    pub(crate) entries: Listed<MapEntry>,
}

/// A page in the site map, and what is below it. Templates get the entries as rows in reading order, with `opens` and
/// `closes` in place of `children`.
#[derive(Clone, Debug)]
pub(crate) struct MapEntry {
    pub(crate) page: Known<Link>,
    pub(crate) children: Vec<MapEntry>,
    /// Where what is below it has a page of its own: its address, titled with the number of pages.
    pub(crate) more: Option<Known<Link>>,
}

/// `redirect.html`, as `redirect`.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Redirect {
    pub(crate) title: String,
    pub(crate) url: String,
    pub(crate) full_url: Option<String>,
}
