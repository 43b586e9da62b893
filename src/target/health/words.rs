//! The words of the report, in both languages.

use crate::language::{Tongue, counted, number};

/// Words that are the same everywhere in a report.
#[derive(Debug)]
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) summary: &'static str,
    pub(super) contents: &'static str,
    pub(super) nothing: &'static str,
    pub(super) page: &'static str,
    pub(super) pages: &'static str,
    pub(super) file: &'static str,
    pub(super) number: &'static str,
    pub(super) owner: &'static str,
    pub(super) nobody: &'static str,
    pub(super) review: &'static str,
    pub(super) generator: &'static str,
    /// What stands between a word and what it announces.
    pub(super) colon: &'static str,
}

const FRENCH: Words = Words {
    title: "Santé du guide",
    summary: "En bref",
    contents: "Dans ce rapport",
    nothing: "Rien à signaler.",
    page: "Page",
    pages: "Pages",
    file: "Fichier",
    number: "Nombre",
    owner: "Responsable",
    nobody: "personne",
    review: "Relire",
    generator: "Rapport de Boussole",
    colon: "\u{a0}: ",
};

const ENGLISH: Words = Words {
    title: "Health of the guide",
    summary: "In short",
    contents: "In this report",
    nothing: "Nothing to tell.",
    page: "Page",
    pages: "Pages",
    file: "File",
    number: "Number",
    owner: "Owner",
    nobody: "nobody",
    review: "Review",
    generator: "Report of Boussole",
    colon: ": ",
};

/// The words of a language.
pub(super) fn words(tongue: Tongue) -> &'static Words {
    match tongue {
        Tongue::French => &FRENCH,
        Tongue::English => &ENGLISH,
    }
}

/// So many of what French and English call so, each for one and for many.
pub(super) fn count(count: usize, tongue: Tongue, [french, english]: [[&str; 2]; 2]) -> String {
    counted(
        count,
        tongue,
        match tongue {
            Tongue::French => french,
            Tongue::English => english,
        },
    )
}

/// So many pages.
pub(super) fn pages(many: usize, tongue: Tongue) -> String {
    count(many, tongue, [["page", "pages"]; 2])
}

/// A time in hours and minutes.
pub(super) fn duration(minutes: usize, tongue: Tongue) -> String {
    let (hours, rest) = (minutes / 60, minutes % 60);
    match (hours, rest) {
        (0, rest) => format!("{rest}\u{a0}min"),
        (hours, 0) => format!("{}\u{a0}h", number(hours, tongue)),
        (hours, rest) => format!("{}\u{a0}h\u{a0}{rest}\u{a0}min", number(hours, tongue)),
    }
}

/// How far away a day is, as people count: in days, in months up to a year and a half, or in years, to the nearest.
pub(super) fn distance(days: i32, tongue: Tongue) -> String {
    let away = days.unsigned_abs() as usize;
    let many = match away {
        0..60 => count(away, tongue, [["jour", "jours"], ["day", "days"]]),
        60.. => match nearest(away, MONTH) {
            months @ (..=11 | 13..=18) => count(months, tongue, [["mois", "mois"], ["month", "months"]]),
            _ => count(nearest(away, YEAR), tongue, [["an", "ans"], ["year", "years"]]),
        },
    };
    match (days, tongue) {
        (0, Tongue::French) => "aujourd’hui".to_owned(),
        (0, Tongue::English) => "today".to_owned(),
        (..0, Tongue::French) => format!("en retard de {many}"),
        (..0, Tongue::English) => format!("{many} late"),
        (_, Tongue::French) => format!("dans {many}"),
        (_, Tongue::English) => format!("in {many}"),
    }
}

/// Hundredths of a day in a month and in a year, leap years among them.
const MONTH: usize = 3044;
const YEAR: usize = 36525;

/// How many times `unit`, in hundredths of a day, so many days are.
fn nearest(days: usize, unit: usize) -> usize {
    (days * 100 + unit / 2) / unit
}

#[cfg(test)]
mod tests {
    use super::{distance, duration};
    use crate::language::Tongue::{English, French};

    #[test]
    fn a_day_is_as_far_away_as_people_say() {
        for (days, french, english) in [
            (-800, "en retard de 2 ans", "2 years late"),
            (-1, "en retard de 1 jour", "1 day late"),
            (0, "aujourd’hui", "today"),
            (1, "dans 1 jour", "in 1 day"),
            (59, "dans 59 jours", "in 59 days"),
            (60, "dans 2 mois", "in 2 months"),
            (76, "dans 2 mois", "in 2 months"),
            (77, "dans 3 mois", "in 3 months"),
            (334, "dans 11 mois", "in 11 months"),
            (365, "dans 1 an", "in 1 year"),
            (366, "dans 1 an", "in 1 year"),
            (395, "dans 13 mois", "in 13 months"),
            (563, "dans 18 mois", "in 18 months"),
            (564, "dans 2 ans", "in 2 years"),
            (730, "dans 2 ans", "in 2 years"),
            (1094, "dans 3 ans", "in 3 years"),
            (-1090, "en retard de 3 ans", "3 years late"),
        ] {
            let told = [distance(days, French), distance(days, English)].map(|told| told.replace('\u{a0}', " "));
            assert_eq!(told, [french, english], "{days}");
        }
    }

    #[test]
    fn a_reading_time_is_in_hours_and_minutes() {
        let told = [0, 59, 60, 61, 600].map(|minutes| duration(minutes, French).replace('\u{a0}', " "));
        assert_eq!(told, ["0 min", "59 min", "1 h", "1 h 1 min", "10 h"]);
    }
}
