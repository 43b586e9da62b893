//! `sitemap.xml`: the addresses that engines may list.

use std::fmt::Write as _;

use super::own;
use crate::guide::{Guide, Page};
use crate::markup::spelling::Spelling;
use crate::path::OutputPath;
use crate::put;

/// How many addresses a sitemap may have.
const LARGEST: usize = 50_000;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// The files of the sitemap: none without full addresses, several beside an index over 50,000 pages.
pub(super) fn files(guide: &Guide) -> Vec<(OutputPath, Option<usize>)> {
    if guide.config.base.origin.is_none() {
        return Vec::new();
    }
    let mut files = vec![(own("sitemap.xml"), None)];
    let parts = listed(guide).count().div_ceil(LARGEST);
    if parts > 1 {
        files.extend((0..parts).map(|part| (own(&name(part)), Some(part))));
    }
    files
}

fn name(part: usize) -> String {
    format!("sitemap-{}.xml", part + 1)
}

fn listed(guide: &Guide) -> impl Iterator<Item = &Page> {
    guide.pages.as_slice().iter().filter(|page| !page.draft.front_matter.noindex)
}

/// One of the files: the index or only one for `None`.
pub(super) fn write(spelling: Spelling<'_>, part: Option<usize>) -> String {
    let parts = listed(spelling.guide).count().div_ceil(LARGEST);
    if part.is_none() && parts > 1 {
        return index(spelling, parts);
    }
    let mut xml = format!("{HEAD}<urlset xmlns=\"{NAMESPACE}\">\n");
    for page in listed(spelling.guide).skip(part.unwrap_or(0) * LARGEST).take(LARGEST) {
        let Some(address) = spelling.full(&spelling.address(&page.address)) else { continue };
        xml.push_str("<url>");
        place(&mut xml, &address);
        if let Some(date) = page.updated.or(page.draft.front_matter.date) {
            write!(xml, "<lastmod>{date}</lastmod>").expect("writing to a string cannot fail");
        }
        xml.push_str("</url>\n");
    }
    if part.unwrap_or(0) + 1 == parts.max(1) {
        generated(spelling, &mut xml);
    }
    xml.push_str("</urlset>\n");
    xml
}

/// Adds the pages that no author wrote.
fn generated(spelling: Spelling<'_>, xml: &mut String) {
    let guide = spelling.guide;
    let addresses = guide.generated.addresses();
    let own = addresses.filter(|address| guide.pages.as_slice().iter().all(|page| page.address != **address));
    for address in own.filter_map(|address| spelling.full(&spelling.address(address))) {
        xml.push_str("<url>");
        place(xml, &address);
        xml.push_str("</url>\n");
    }
}

fn index(spelling: Spelling<'_>, parts: usize) -> String {
    let mut xml = format!("{HEAD}<sitemapindex xmlns=\"{NAMESPACE}\">\n");
    for part in 0..parts {
        let Some(address) = spelling.full(&spelling.file(&own(&name(part)))) else { continue };
        xml.push_str("<sitemap>");
        place(&mut xml, &address);
        xml.push_str("</sitemap>\n");
    }
    xml.push_str("</sitemapindex>\n");
    xml
}

/// Adds where something is.
fn place(xml: &mut String, address: &str) {
    xml.push_str("<loc>");
    put::attribute(xml, address);
    xml.push_str("</loc>");
}
