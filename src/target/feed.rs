//! `feed.xml`: the newest articles, in Atom (RFC 4287).

use std::fmt::Write as _;

use jiff::civil::Date;

use crate::guide::PageId;
use crate::markup::spelling::Spelling;
use crate::markup::typography;
use crate::put;

/// How many articles the feed holds at most.
const ENTRIES: usize = 50;

/// The feed, at `path`; empty without full addresses.
pub(super) fn write(spelling: Spelling<'_>, path: &str) -> String {
    let guide = spelling.guide;
    let dated = guide.articles.iter().filter_map(|&page| Some((page, guide.pages[page].draft.front_matter.date?)));
    let entries: Vec<(PageId, Date)> = dated.take(ENTRIES).collect();
    let updated = entries.iter().map(|&(page, date)| updated(spelling, page, date)).max();
    let (Some(updated), Some(home)) = (updated, spelling.full(&spelling.address(&crate::path::Address::root()))) else {
        return String::new();
    };
    let own = spelling.full(path).unwrap_or_default();
    let site = &guide.config.site;
    let lang = site.language.tag();
    let mut feed = format!(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">\n"
    );
    element(&mut feed, "title", &typography::apply(site.language, &site.title));
    element(&mut feed, "id", &home);
    line(&mut feed, format_args!("<link href=\"{}\"/>", escaped(&home)));
    line(&mut feed, format_args!("<link rel=\"self\" type=\"application/atom+xml\" href=\"{}\"/>", escaped(&own)));
    element(&mut feed, "updated", &instant(updated));
    line(&mut feed, format_args!("<author><name>{}</name></author>", escaped(&site.title)));
    for (page, date) in entries {
        entry(&mut feed, spelling, (page, date));
    }
    feed.push_str("</feed>\n");
    feed
}

/// When an article was changed last.
fn updated(spelling: Spelling<'_>, page: PageId, date: Date) -> Date {
    let updated = spelling.guide.pages[page].updated;
    updated.filter(|&updated| updated > date).unwrap_or(date)
}

fn entry(feed: &mut String, spelling: Spelling<'_>, (page, date): (PageId, Date)) {
    let guide = spelling.guide;
    let of = &guide.pages[page];
    let address = spelling.full(&spelling.page(page)).unwrap_or_default();
    let set = |text: &str| typography::apply(guide.language_of(page), text).into_owned();
    line(feed, format_args!("<entry xml:lang=\"{}\">", escaped(guide.lang_of(page))));
    element(feed, "title", &set(of.title()));
    element(feed, "id", &address);
    line(feed, format_args!("<link href=\"{}\"/>", escaped(&address)));
    element(feed, "published", &instant(date));
    element(feed, "updated", &instant(updated(spelling, page, date)));
    for author in &of.draft.front_matter.authors {
        line(feed, format_args!("<author><name>{}</name></author>", escaped(&set(author))));
    }
    if !of.summary.is_empty() {
        element(feed, "summary", &set(&of.summary));
    }
    line(feed, format_args!("</entry>"));
}

/// A day as an instant: guides know no hours.
fn instant(date: Date) -> String {
    format!("{date}T00:00:00Z")
}

fn element(feed: &mut String, name: &str, text: &str) {
    line(feed, format_args!("<{name}>{}</{name}>", escaped(text)));
}

fn line(feed: &mut String, markup: std::fmt::Arguments<'_>) {
    writeln!(feed, "{markup}").expect("writing to a string cannot fail");
}

/// `text` as it stands in XML, which has no place for control characters.
fn escaped(text: &str) -> String {
    let plain: String = text.chars().filter(|&c| is_xml(c)).collect();
    let mut xml = String::with_capacity(plain.len());
    put::attribute(&mut xml, &plain);
    xml
}

/// Whether XML has a place for `c`.
fn is_xml(c: char) -> bool {
    matches!(c, '\n' | '\t') || !(c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}'))
}
