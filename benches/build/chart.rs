//! What programs cost, drawn as SVG: a dot for each, on an axis where each line is ten times the one before.

use std::io;
use std::path::Path;

use crate::corpus::{Format, Variety};
use crate::pair::MEASURES;
use crate::peers::{Outcome, Race};
use crate::run::Measure;
use crate::table::{grouped, number};

/// Draw `races` in English at `file`, and in French beside it.
pub(crate) fn draw(races: &[Race], file: &Path) -> io::Result<()> {
    std::fs::write(file, svg(races, &ENGLISH))?;
    std::fs::write(file.with_extension("fr.svg"), svg(races, &FRENCH))
}

/// What a chart says, in one language.
struct Words {
    language: &'static str,
    /// `N` stands for the number of pages.
    title: &'static str,
    /// Of the axes: processor, clock.
    axes: [&'static str; 2],
    plain: &'static str,
    rich: &'static str,
    scale: &'static str,
    /// Between thousands, and before decimals.
    marks: [&'static str; 2],
}

const ENGLISH: Words = Words {
    language: "en",
    title: "N pages, built from nothing",
    axes: ["seconds of processor", "seconds on the clock"],
    plain: "plain guide",
    rich: "rich guide",
    scale: "Each line is ten times the one before it; less is better.",
    marks: [",", "."],
};

const FRENCH: Words = Words {
    language: "fr",
    title: "N pages, construites à partir de rien",
    axes: ["secondes de processeur", "secondes à l’horloge"],
    plain: "guide simple",
    rich: "guide riche",
    scale: "Chaque ligne vaut dix fois la précédente\u{202f}; le moins est le mieux.",
    marks: ["\u{202f}", ","],
};

impl Words {
    /// A number as tables write it, in this language.
    fn spelled(&self, text: &str) -> String {
        let [thousands, decimals] = self.marks;
        let parts = text.split('.').map(|part| part.replace(',', thousands));
        parts.collect::<Vec<_>>().join(decimals)
    }

    fn title(&self, races: &[Race]) -> String {
        let pages = races.first().map_or(0, |race| race.pages);
        self.title.replacen('N', &self.spelled(&grouped(pages)), 1)
    }

    fn variety(&self, variety: Variety) -> &'static str {
        match variety {
            Variety::Plain => self.plain,
            Variety::Rich => self.rich,
        }
    }
}

/// Lengths, in pixels.
const WIDTH: f64 = 820.0;
const NAMES: f64 = 130.0;
const PANEL: f64 = 250.0;
const GAP: f64 = 90.0;
const ROW: f64 = 26.0;
const HEAD: f64 = 92.0;
const FOOT: f64 = 34.0;

const STYLE: &str = "\
text { font: 14px system-ui, sans-serif; fill: #1c2733 }
.title { font-size: 17px; font-weight: 600 }
.axis { font-size: 12px; fill: #51606e }
.own { font-weight: 600 }
line { stroke: #c9d1d9 }
circle { fill: #6b7a88 }
circle.own { fill: #0b5c7d }
@media (prefers-color-scheme: dark) {
text { fill: #e6edf3 }
.axis { fill: #a9b6c2 }
line { stroke: #3d4854 }
circle { fill: #93a1ae }
circle.own { fill: #7cc4e0 }
}
";

/// The scale of all panels: seconds, in powers of ten.
#[derive(Clone, Copy)]
struct Scale {
    least: i32,
    greatest: i32,
}

impl Scale {
    /// Wide enough for all `seconds`.
    fn around(seconds: impl Iterator<Item = f64>) -> Scale {
        let powers: Vec<f64> = seconds.map(f64::log10).filter(|power| power.is_finite()).collect();
        let least = powers.iter().copied().fold(f64::INFINITY, f64::min).clamp(-3.0, 5.0).floor() as i32;
        let greatest = powers.iter().copied().fold(f64::NEG_INFINITY, f64::max).clamp(-3.0, 5.0).ceil() as i32;
        Scale { least, greatest: greatest.max(least + 1) }
    }

    /// How far from the left of a panel so many seconds are.
    fn place(self, seconds: f64) -> f64 {
        let share = (seconds.log10() - f64::from(self.least)) / f64::from(self.greatest - self.least);
        share.clamp(0.0, 1.0) * PANEL
    }
}

/// The measures of both panels.
const PANELS: [Measure; 2] = [MEASURES[1], MEASURES[0]];

fn svg(races: &[Race], words: &Words) -> String {
    let costs = races.iter().flat_map(|race| &race.results).map(|outcome| &outcome.cost);
    let scale = Scale::around(costs.flat_map(|cost| PANELS.map(|measure| measure(cost))));
    let rows: usize = races.iter().map(|race| race.results.len() + 1).sum();
    let bottom = HEAD + rows as f64 * ROW;
    let (title, height) = (words.title(races), bottom + FOOT);
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" width=\"{WIDTH}\" \
         height=\"{height}\" role=\"img\" aria-labelledby=\"title values\" xml:lang=\"{}\">\n\
         <title id=\"title\">{title}</title>\n<desc id=\"values\">{}</desc>\n<style>\n{STYLE}</style>\n\
         <text class=\"title\" x=\"0\" y=\"22\">{title}</text>\n",
        words.language,
        described(races, words),
    );
    for (panel, axis) in words.axes.iter().enumerate() {
        text += &axis_of(scale, (left_of(panel), bottom), (axis, words));
    }
    let mut y = HEAD;
    for race in races {
        text += &format!("<text class=\"axis\" x=\"0\" y=\"{}\">{}</text>\n", y + 5.0, words.variety(race.variety));
        for outcome in sorted(race) {
            y += ROW;
            text += &row(scale, y, (outcome, words));
        }
        y += ROW;
    }
    text + &format!("<text class=\"axis\" x=\"0\" y=\"{}\">{}</text>\n</svg>\n", bottom + 22.0, words.scale)
}

fn left_of(panel: usize) -> f64 {
    NAMES + panel as f64 * (PANEL + GAP)
}

/// The fastest first.
fn sorted(race: &Race) -> Vec<&Outcome> {
    let mut results: Vec<_> = race.results.iter().collect();
    results.sort_by(|one, other| one.cost.cpu.total_cmp(&other.cost.cpu));
    results
}

/// All that the chart shows, in words.
fn described(races: &[Race], words: &Words) -> String {
    let of_race = |race: &Race| {
        let programs = sorted(race).into_iter().map(|Outcome { name, cost, .. }| {
            let [cpu, wall] = PANELS.map(|measure| words.spelled(&number(measure(cost))));
            format!("{name}, {}: {cpu}, {}: {wall}", words.axes[0], words.axes[1])
        });
        format!("{}. {}.", words.variety(race.variety), programs.collect::<Vec<_>>().join("; "))
    };
    races.iter().map(of_race).collect::<Vec<_>>().join(" ")
}

/// What a panel is of, and a line for each power of ten.
fn axis_of(scale: Scale, (left, bottom): (f64, f64), (name, words): (&str, &Words)) -> String {
    let mut text = format!("<text class=\"axis\" x=\"{left}\" y=\"50\">{name}</text>\n");
    for power in scale.least..=scale.greatest {
        let seconds = 10_f64.powi(power);
        let x = left + scale.place(seconds);
        let decimals = usize::try_from(-power).unwrap_or(0);
        let label = words.spelled(&format!("{seconds:.decimals$}"));
        text += &format!(
            "<line x1=\"{x:.1}\" y1=\"76\" x2=\"{x:.1}\" y2=\"{bottom:.1}\"/>\
             <text class=\"axis\" x=\"{x:.1}\" y=\"69\" text-anchor=\"middle\">{label}</text>\n"
        );
    }
    text
}

/// A program: its name, and a dot with its value in each panel.
fn row(scale: Scale, y: f64, (outcome, words): (&Outcome, &Words)) -> String {
    let Outcome { name, format, cost } = outcome;
    let class = if *format == Format::Boussole { " class=\"own\"" } else { "" };
    let mut text = format!("<text{class} x=\"0\" y=\"{:.1}\">{name}</text>", y + 5.0);
    for (panel, measure) in PANELS.into_iter().enumerate() {
        let seconds = measure(cost);
        let x = left_of(panel) + scale.place(seconds);
        let label = words.spelled(&number(seconds));
        text += &format!(
            "<circle{class} cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"5.5\"/>\
             <text{class} x=\"{:.1}\" y=\"{:.1}\">{label}</text>",
            x + 10.0,
            y + 5.0
        );
    }
    text + "\n"
}
