//! What machines read in a page: JSON-LD, descriptions, dates.

use jiff::civil::Date;
use serde::Serialize;

use crate::language::Tongue;
use crate::markup::spelling::Spelling;
use crate::path::Address;
use crate::theme::{Known, view};

/// How long a description is at most, in characters.
const DESCRIPTION: usize = 300;

const MONTHS_FRENCH: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];
const MONTHS_ENGLISH: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// The breadcrumb as schema.org's `BreadcrumbList`; nothing without full addresses.
pub(super) fn breadcrumb(spelling: Spelling<'_>, crumbs: &[Known<view::Link>]) -> Option<view::Html> {
    let (last, above) = crumbs.split_last()?;
    Some(breadcrumb_of(spelling, &trail(spelling, above)?, (above.len(), last)))
}

/// The same for a page that stands so far down a trail.
pub(super) fn breadcrumb_of(
    spelling: Spelling<'_>,
    trail: &str,
    (depth, last): (usize, &Known<view::Link>),
) -> view::Html {
    let own = json(&ListItem::new(spelling, (depth, last)));
    view::Html([trail, if depth > 0 { "," } else { "" }, &own, TRAIL_END].concat())
}

/// A breadcrumb down to the folder of a page, for all that are in it, without its end; nothing without full addresses.
pub(super) fn trail(spelling: Spelling<'_>, above: &[Known<view::Link>]) -> Option<String> {
    spelling.full("")?;
    let items = above.iter().enumerate().map(|crumb| ListItem::new(spelling, crumb)).collect();
    let mut trail = json(&BreadcrumbList { context: "https://schema.org", of: "BreadcrumbList", items });
    trail.truncate(trail.len() - TRAIL_END.len());
    Some(trail)
}

/// What ends a breadcrumb: its list, and itself.
const TRAIL_END: &str = "]}";

/// `data` as JSON that may stand in HTML.
fn json(data: &impl Serialize) -> String {
    let json = serde_json::to_string(data).expect("text, numbers and lists are JSON");
    if json.contains('<') { json.replace('<', "\\u003c") } else { json }
}

/// The guide as schema.org's `WebSite`.
pub(super) fn site(spelling: Spelling<'_>) -> serde_json::Value {
    let site = &spelling.guide.config.site;
    let url = spelling.full(&spelling.address(&Address::root()));
    let mut own = serde_json::json!({
        "@context": "https://schema.org", "@type": "WebSite", "name": site.title, "url": url,
        "inLanguage": site.language.tag(),
    });
    if let Some(description) = &site.description {
        own["description"] = description.as_str().into();
    }
    own
}

/// A page's own JSON-LD beside that of its breadcrumb.
pub(super) fn beside(breadcrumb: Option<&view::Html>, own: &serde_json::Value) -> Option<view::Html> {
    let own = own.to_string().replace('<', "\\u003c");
    breadcrumb.map(|breadcrumb| view::Html(format!("[{},{own}]", breadcrumb.0)))
}

#[derive(Serialize)]
struct BreadcrumbList<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@type")]
    of: &'static str,
    #[serde(rename = "itemListElement")]
    items: Vec<ListItem<'a>>,
}

#[derive(Serialize)]
struct ListItem<'a> {
    #[serde(rename = "@type")]
    of: &'static str,
    position: usize,
    name: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    item: Option<String>,
}

impl<'a> ListItem<'a> {
    /// The item of a crumb with so many before it.
    fn new(spelling: Spelling<'_>, (before, crumb): (usize, &'a Known<view::Link>)) -> ListItem<'a> {
        let item = crumb.url.as_ref().and_then(|url| spelling.full(url));
        ListItem { of: "ListItem", position: before + 1, name: &crumb.title, item }
    }
}

/// A summary, cut to what previews show.
pub(super) fn description(summary: &str) -> String {
    crate::syntax::draft::shorten(summary, DESCRIPTION)
}

/// A date for machines and for people.
pub(in crate::target) fn date(date: Date, tongue: Tongue) -> view::DateView {
    let month = usize::from(date.month().unsigned_abs()) - 1;
    let text = match (tongue, date.day()) {
        (Tongue::French, 1) => format!("1er {} {}", MONTHS_FRENCH[month], date.year()),
        (Tongue::French, day) => format!("{day} {} {}", MONTHS_FRENCH[month], date.year()),
        (Tongue::English, day) => format!("{day} {} {}", MONTHS_ENGLISH[month], date.year()),
    };
    view::DateView { iso: date.to_string(), text }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as on;

    use super::date;
    use crate::language::Tongue;

    #[test]
    fn dates_are_told_as_people_say_them() {
        assert_eq!(date(on(2026, 3, 1), Tongue::French).text, "1er mars 2026");
        assert_eq!(date(on(2026, 12, 31), Tongue::French).text, "31 décembre 2026");
        assert_eq!(date(on(2026, 3, 1), Tongue::English).text, "1 March 2026");
    }
}
