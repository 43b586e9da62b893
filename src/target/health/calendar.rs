//! The reviews as a calendar (RFC 5545), to be opened, or subscribed to.

use super::words::words;
use super::{CALENDAR_MARK, Health, Review};

/// How many bytes a line has at most, without its end.
const LINE: usize = 75;

/// The calendar: one event for each page that has a review date, all day, on that date; `None` where none has, as a
/// calendar of nothing is not one (RFC 5545, 3.6).
pub(super) fn write(health: &Health<'_>) -> Option<String> {
    if health.reviews.is_empty() {
        return None;
    }
    let tongue = health.guide.language.tongue();
    let name = tongue.pick(["Relectures – {}", "Reviews – {}"]).replace("{}", health.guide.title);
    let mut calendar = String::new();
    let mark = format!("PRODID:{CALENDAR_MARK}");
    for line in ["BEGIN:VCALENDAR", "VERSION:2.0", &mark, "CALSCALE:GREGORIAN", "METHOD:PUBLISH"] {
        put(&mut calendar, line);
    }
    put(&mut calendar, &format!("X-WR-CALNAME:{}", escaped(&name)));
    for review in &health.reviews {
        event(&mut calendar, health, review);
    }
    put(&mut calendar, "END:VCALENDAR");
    Some(calendar)
}

fn event(calendar: &mut String, health: &Health<'_>, review: &Review<'_>) {
    let words = words(health.guide.language.tongue());
    let page = &review.page;
    let url = health.full_url(page);
    let mut about = vec![page.source.to_owned()];
    about.extend(review.owner.map(|owner| format!("{}{}{owner}", words.owner, words.colon)));
    about.extend(url.clone());
    let compact = |date: jiff::civil::Date| date.to_string().replace('-', "");
    let next = review.review_by.tomorrow().unwrap_or(review.review_by);
    let mut lines = vec![
        "BEGIN:VEVENT".to_owned(),
        format!("UID:{}", uid(health, page.id)),
        format!("DTSTAMP:{}T000000Z", compact(health.guide.date)),
        format!("DTSTART;VALUE=DATE:{}", compact(review.review_by)),
        format!("DTEND;VALUE=DATE:{}", compact(next)),
        format!("SUMMARY:{}", escaped(&format!("{}{}{}", words.review, words.colon, page.title))),
        format!("DESCRIPTION:{}", escaped(&about.join("\n"))),
    ];
    lines.extend(url.map(|url| format!("URL:{url}")));
    lines.extend(["TRANSP:TRANSPARENT".to_owned(), "END:VEVENT".to_owned()]);
    lines.iter().for_each(|line| put(calendar, line));
}

/// The same for the same page of the same guide, whatever its date and its title become.
fn uid(health: &Health<'_>, page: &str) -> String {
    let of = health.guide.base_url.as_deref().unwrap_or(health.guide.title);
    let hash = blake3::hash(format!("{of}\n{page}").as_bytes()).to_hex();
    format!("{}@boussole", &hash[..32])
}

/// A text as calendars take it.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => escaped.extend(['\\', character]),
            '\n' => escaped.push_str("\\n"),
            character if character.is_control() => {}
            character => escaped.push(character),
        }
    }
    escaped
}

/// Adds a line, folded between characters where it is too long.
fn put(calendar: &mut String, line: &str) {
    let mut used = 0;
    for character in line.chars() {
        if used + character.len_utf8() > LINE {
            calendar.push_str("\r\n ");
            used = 1;
        }
        calendar.push(character);
        used += character.len_utf8();
    }
    calendar.push_str("\r\n");
}
