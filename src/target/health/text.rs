//! The report for a terminal.

use std::fmt::Write as _;

use super::outline::{Chart, List, Of, Section, findings_told};
use super::words::{duration, pages};
use super::{Health, Named};
use crate::language::{Tongue, number};
use crate::target::html::meta;

/// How many rows of a list are shown.
const SHOWN: usize = 12;

/// How many signs the longest bar has.
const BAR: usize = 24;

/// The report as text.
pub(super) fn write(health: &Health<'_>, sections: &[Section<'_>]) -> String {
    let tongue = health.guide.language.tongue();
    let mut text = String::new();
    let title = tongue.pick(["Santé du guide «\u{a0}{}\u{a0}»", "Health of the guide “{}”"]);
    let title = title.replace("{}", health.guide.title);
    let date = meta::date(health.guide.date, tongue).text;
    line(&mut text, &format!("{title} – {date}"));
    let totals = &health.totals;
    line(
        &mut text,
        &format!(
            "{} · {} · {} · {}",
            pages(totals.pages, tongue),
            super::words::count(totals.words, tongue, [["mot", "mots"], ["word", "words"]]),
            duration(totals.minutes, tongue),
            findings_told(totals, tongue),
        ),
    );
    for section in sections {
        heading(&mut text, section.title);
        line(&mut text, &section.lead);
        if let Some(chart) = &section.chart {
            text.push('\n');
            bars(&mut text, chart, tongue);
        }
        for list in &section.lists {
            rows(&mut text, list, tongue);
        }
    }
    text
}

fn heading(text: &mut String, title: &str) {
    let rule = "─".repeat(title.chars().count());
    line(text, &format!("\n{}\n{rule}", title));
}

fn bars(text: &mut String, chart: &Chart, tongue: Tongue) {
    let label = chart.bars.iter().map(|(label, _)| width(label)).max().unwrap_or_default();
    let most = chart.bars.iter().map(|(_, values)| values.iter().sum::<usize>()).max().unwrap_or_default().max(1);
    for (name, values) in &chart.bars {
        let signs = values.iter().zip(["█", "░"]).map(|(value, sign)| sign.repeat((value * BAR).div_ceil(most)));
        let signs: String = signs.collect();
        let sum = number(values.iter().sum(), tongue);
        let told = if values.len() > 1 { format!("{} / {sum}", number(values[0], tongue)) } else { sum };
        let gap = " ".repeat(label - width(name));
        line(text, &format!("  {name}{gap}  {told:>5}  {signs}"));
    }
    if let [_, first, second] = chart.heads[..] {
        line(text, &format!("  █ {}  ░ {}", first.to_lowercase(), second.to_lowercase()));
    }
}

fn rows(text: &mut String, list: &List<'_>, tongue: Tongue) {
    line(text, &format!("\n{} ({})", list.title, number(list.rows.len(), tongue)));
    if !list.heads.is_empty() {
        line(text, &format!("  [{} – {}]", list.what, list.heads.join(" · ")));
    }
    let shown = &list.rows[..list.rows.len().min(SHOWN)];
    for row in shown {
        let cells = row.cells.join(" · ");
        match &row.of {
            Of::Page(Named { title, source, .. }) => {
                let after = if cells.is_empty() { String::new() } else { format!(" – {cells}") };
                line(text, &format!("  {}", in_one_line(&format!("{title}{after}"))));
                line(text, &format!("    {source}"));
            }
            Of::Text(word) => line(text, &format!("  {}", in_one_line(&format!("{word} – {cells}")))),
            Of::File(path) => line(text, &format!("  {path}")),
        }
    }
    let rest = list.rows.len() - shown.len();
    if rest > 0 {
        let told = number(rest, tongue);
        line(
            text,
            &match tongue {
                Tongue::French => format!("  … et {told} de plus, dans `boussole report --html`"),
                Tongue::English => format!("  … and {told} more, in `boussole report --html`"),
            },
        );
    }
}

/// How many columns a text takes: those of Latin letters, which is what guides are written in.
fn width(text: &str) -> usize {
    text.chars().count()
}

/// What authors write breaks no line of a list.
fn in_one_line(words: &str) -> String {
    words.replace('\n', " ")
}

fn line(text: &mut String, words: &str) {
    // What authors write moves no cursor.
    let words = words.trim_end().replace(|c: char| c.is_control() && c != '\n', "\u{fffd}");
    writeln!(text, "{words}").expect("writing to a string cannot fail");
}
