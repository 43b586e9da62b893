//! Bars as SVG: they follow the width of the page, so that their words stay as large as the page's own, and patterns
//! tell their parts apart, not colours alone.

use std::fmt::Write as _;

use super::outline::Chart;
use crate::language::{Tongue, number};
use crate::target::html::escaped;

/// How high a bar is with its words, in pixels.
const ROW: usize = 46;

/// How much of the width the longest bar takes, in percent; its number stands in the rest.
const WIDEST: usize = 78;

/// How many characters of a bar's name there is room for on a narrow screen; the table has it whole.
const NAME: usize = 32;

/// What each part of a bar is drawn with.
const FILLS: [&str; 2] = ["whole", "rest"];

/// Draws a chart; `id` is that of the section that it is in.
pub(super) fn draw(chart: &Chart, id: &str, tongue: Tongue) -> String {
    let most = chart.bars.iter().map(|(_, values)| values.iter().sum::<usize>()).max().unwrap_or_default().max(1);
    let height = chart.bars.len() * ROW;
    let mut svg = format!(
        "<svg class=\"bars\" role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" width=\"100%\" height=\"{height}\">\n\
         <title id=\"{id}-title\">{}</title>\n<desc id=\"{id}-desc\">{}</desc>\n",
        escaped(chart.title),
        escaped(&told(chart, tongue)),
    );
    for (at, (name, values)) in chart.bars.iter().enumerate() {
        bar(&mut svg, (at, name), values, most);
        let sum = values.iter().sum::<usize>();
        let value = match values[..] {
            [first, _] => format!("{} / {}", number(first, tongue), number(sum, tongue)),
            _ => number(sum, tongue),
        };
        let (x, y) = (percent(sum, most), at * ROW + 36);
        put(&mut svg, format_args!("<text x=\"{x}%\" y=\"{y}\" dx=\"8\">{value}</text>"));
    }
    svg.push_str("</svg>\n");
    svg + &legend(chart)
}

fn bar(svg: &mut String, (at, name): (usize, &str), values: &[usize], most: usize) {
    let top = at * ROW;
    let short = crate::syntax::draft::shorten(name, NAME);
    put(svg, format_args!("<text x=\"0\" y=\"{}\">{}</text>", top + 16, escaped(&short)));
    let mut before = 0;
    for (value, fill) in values.iter().zip(FILLS).filter(|(value, _)| **value > 0) {
        let (x, y, width) = (percent(before, most), top + 24, percent(*value, most));
        let place = format!("x=\"{x}%\" y=\"{y}\" width=\"{width}%\" height=\"14\"");
        put(svg, format_args!("<rect class=\"{fill}\" {place}/>"));
        before += value;
    }
}

/// What the parts of bars are; nothing where they have one.
fn legend(chart: &Chart) -> String {
    let [_, ref series @ ..] = chart.heads[..] else { return String::new() };
    if series.len() < 2 {
        return String::new();
    }
    let mut legend = String::from("<ul class=\"legend\">");
    for (name, fill) in series.iter().zip(FILLS) {
        let swatch = format!(
            "<svg width=\"28\" height=\"14\" aria-hidden=\"true\"><rect class=\"{fill}\" x=\"0\" y=\"0\" width=\"28\" \
             height=\"14\"/></svg>"
        );
        legend.push_str(&format!("<li>{swatch} {}</li>", escaped(name)));
    }
    legend + "</ul>\n"
}

/// The chart in words.
fn told(chart: &Chart, tongue: Tongue) -> String {
    let bars = chart.bars.iter().map(|(name, values)| {
        let values = values.iter().zip(&chart.heads[1..]).map(|(value, head)| match chart.heads.len() {
            2 => number(*value, tongue),
            _ => format!("{} {}", number(*value, tongue), head.to_lowercase()),
        });
        format!("{name} ({})", values.collect::<Vec<_>>().join(", "))
    });
    bars.collect::<Vec<_>>().join(", ")
}

/// How wide so many of `most` are, in hundredths with one decimal.
fn percent(value: usize, most: usize) -> String {
    let tenths = value * WIDEST * 10 / most;
    format!("{}.{}", tenths / 10, tenths % 10)
}

fn put(svg: &mut String, markup: std::fmt::Arguments<'_>) {
    writeln!(svg, "{markup}").expect("writing to a string cannot fail");
}
