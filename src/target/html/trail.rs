//! The way down to a page, as its breadcrumb tells it to people and to machines. What is above a page is the same for all
//! that its folder holds, and made once.

use super::super::json::Json;
use super::shared::Shared;
use crate::guide::FolderId;
use crate::theme::{Known, view};

/// The way to what is in a folder.
#[derive(Default)]
pub(super) struct Trail {
    links: Vec<Known<view::Link>>,
    html: String,
    /// The same as schema.org's `ListItem`s.
    json: String,
}

/// A page's breadcrumb, home first, the page itself last.
pub(super) struct Breadcrumb {
    pub(super) links: Vec<Known<view::Link>>,
    pub(super) html: view::Html,
    /// The same as schema.org's `BreadcrumbList`; nothing without full addresses.
    pub(super) json_ld: Option<view::Html>,
}

impl Trail {
    /// The way through these.
    pub(super) fn through(links: Vec<Known<view::Link>>, shared: &Shared<'_>) -> Trail {
        let (mut html, mut json) = (String::new(), String::new());
        for (at, link) in links.iter().enumerate() {
            link.put_above(&mut html, title(at, link, shared));
            json.push_str(&item(at, link, shared));
            json.push(',');
        }
        Trail { links, html, json }
    }

    /// The way to a page at its end.
    pub(super) fn to(&self, page: Known<view::Link>, shared: &Shared<'_>) -> Breadcrumb {
        let at = self.links.len();
        let mut html = String::with_capacity(self.html.len() + 80 + page.title.len());
        html.push_str(&self.html);
        page.put_here(&mut html, title(at, &page, shared));
        let json_ld = shared.spelling.full("").map(|_| {
            let begin = r#"{"@context":"https://schema.org","@type":"BreadcrumbList","itemListElement":["#;
            view::Html([begin, &self.json, &item(at, &page, shared), "]}"].concat())
        });
        let mut links = Vec::with_capacity(at + 1);
        links.extend_from_slice(&self.links);
        links.push(page);
        Breadcrumb { links, html: view::Html(html), json_ld }
    }
}

impl Shared<'_> {
    /// The way to what a folder holds.
    pub(super) fn trail(&self, folder: FolderId) -> &Trail {
        self.trails[folder.index()].get_or_init(|| {
            let above = self.spelling.guide.chain(Some(folder)).into_iter().enumerate();
            let link = |(depth, folder)| if depth == 0 { self.home() } else { self.folder(folder) };
            Trail::through(above.map(link).collect(), self)
        })
    }
}

/// What people read of the link at this place.
fn title<'a>(at: usize, link: &'a view::Link, shared: &'a Shared<'_>) -> &'a str {
    if at == 0 { &shared.words.home } else { &link.title }
}

/// The same for machines.
fn item(at: usize, link: &view::Link, shared: &Shared<'_>) -> String {
    let mut json = Json(String::with_capacity(160));
    json.puts(["{\"@type\":\"ListItem\",\"position\":", itoa::Buffer::new().format(at + 1)]);
    json.text(",\"name\":", &link.title);
    json.some(",\"item\":", link.url.as_ref().and_then(|url| shared.spelling.full(url)).as_deref());
    json.put("}");
    super::meta::in_script(json)
}
