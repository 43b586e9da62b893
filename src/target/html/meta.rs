//! What machines read in a page: JSON-LD, descriptions, dates.

use jiff::civil::Date;

use super::super::json::Json;
use crate::language::Tongue;
use crate::markup::spelling::Spelling;
use crate::path::Address;
use crate::theme::view;

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

/// The guide as schema.org's `WebSite`.
pub(super) fn site(spelling: Spelling<'_>) -> Json {
    let site = &spelling.guide.config.site;
    let url = spelling.full(&spelling.address(&Address::root()));
    let mut own = Json::default();
    own.text(r#"{"@context":"https://schema.org","@type":"WebSite","name":"#, &site.title);
    own.option(",\"url\":", url.as_deref());
    own.text(",\"inLanguage\":", site.language.tag());
    own.some(",\"description\":", site.description.as_deref());
    own.put("}");
    own
}

/// A page's own JSON-LD beside that of its breadcrumb.
pub(super) fn beside(breadcrumb: Option<&view::Html>, own: Json) -> Option<view::Html> {
    let own = in_script(own);
    breadcrumb.map(|breadcrumb| view::Html(["[", &breadcrumb.0, ",", &own, "]"].concat()))
}

/// JSON as it may stand in a `script` element.
pub(super) fn in_script(Json(json): Json) -> String {
    if json.contains('<') { json.replace('<', "\\u003c") } else { json }
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
