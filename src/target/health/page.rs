//! The report as a page that stands alone: no script, nothing from elsewhere, its style within it.

use super::outline::{Chart, List, Of, Row, Section};
use super::words::{Words, count, duration, pages, words};
use super::{Health, chart};
use crate::language::{Tongue, number};
use crate::markup::typography;
use crate::target::html::{escaped, meta};

/// How many rows a list has before it is folded.
const OPEN: usize = 12;

/// How many rows are told at most: more are for machines.
const MOST: usize = 500;

/// The page runs nothing and loads nothing, whatever may have come into it.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; \
                      img-src data:; base-uri 'none'; form-action 'none'\">\n";

const STYLE: &str = include_str!("page.css");

/// The page.
pub(super) fn write(health: &Health<'_>, sections: &[Section<'_>]) -> String {
    let tongue = health.guide.language.tongue();
    let page = Page { health, tongue, words: words(tongue) };
    let (lang, title, words) = (health.guide.lang, page.set(health.guide.title), page.words);
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"generator\" content=\"{}\">\n<meta name=\"robots\" content=\"noindex\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n{POLICY}<link rel=\"icon\" href=\"data:,\">\n<title>{} – {title}</title>\n<style>\n{STYLE}</style>\n\
         </head>\n<body>\n",
        super::MARK,
        words.title,
    );
    html.push_str(&page.head());
    html.push_str("<main>\n");
    html.push_str(&page.summary());
    for section in sections {
        html.push_str(&page.section(section));
    }
    html.push_str("</main>\n");
    html.push_str(&page.foot(sections));
    html.push_str("</body>\n</html>\n");
    html
}

struct Page<'h, 'a> {
    health: &'h Health<'a>,
    tongue: Tongue,
    words: &'static Words,
}

impl Page<'_, '_> {
    /// A text of the authors’, set and escaped.
    fn set(&self, text: &str) -> String {
        escaped(&typography::apply(self.health.guide.language, text))
    }

    fn head(&self) -> String {
        let guide = &self.health.guide;
        let meta_date = meta::date(guide.date, self.tongue);
        let date = format!("<time datetime=\"{}\">{}</time>", meta_date.iso, meta_date.text);
        let title = self.set(guide.title);
        let title = match &guide.base_url {
            Some(url) => format!("<a href=\"{}\">{title}</a>", escaped(url)),
            None => title,
        };
        format!("<header>\n<h1>{}</h1>\n<p>{title}, {date}</p>\n</header>\n", self.words.title)
    }

    /// The figures that one looks for first.
    fn summary(&self) -> String {
        let totals = &self.health.totals;
        let late = self.health.reviews.iter().filter(|review| review.days < 0).count();
        let tile = |value: String, label: &str| format!("<div><dt>{label}</dt><dd>{value}</dd></div>\n");
        let both = |both| self.tongue.pick(both);
        let told = |value| number(value, self.tongue);
        let tiles = [
            tile(told(totals.pages), self.words.pages),
            tile(told(totals.words), both(["Mots", "Words"])),
            tile(duration(totals.minutes, self.tongue), both(["Lecture", "Reading time"])),
            tile(told(totals.errors), both(["Erreurs", "Errors"])),
            tile(told(totals.warnings), both(["Avertissements", "Warnings"])),
            tile(told(late), both(["Relectures en retard", "Overdue reviews"])),
        ];
        let title = self.words.summary;
        format!(
            "<section aria-labelledby=\"summary\">\n<h2 id=\"summary\">{title}</h2>\n<dl class=\"tiles\">\n{}</dl>\n\
             </section>\n",
            tiles.concat()
        )
    }

    fn section(&self, section: &Section<'_>) -> String {
        let (id, title, lead) = (section.id, section.title, marked(&section.lead));
        let mut html = format!("<section aria-labelledby=\"{id}\">\n<h2 id=\"{id}\">{title}</h2>\n<p>{lead}</p>\n");
        if let Some(chart) = &section.chart {
            let drawn = chart::draw(chart, id, self.tongue);
            let table = self.chart_table(chart);
            html.push_str(&format!("<div class=\"pair\">\n<div>\n{drawn}</div>\n{table}</div>\n"));
        }
        section.lists.iter().for_each(|list| html.push_str(&self.list(list)));
        html + "</section>\n"
    }

    /// The numbers of a chart.
    fn chart_table(&self, chart: &Chart) -> String {
        let heads: String = chart.heads.iter().map(|head| format!("<th scope=\"col\">{head}</th>")).collect();
        let row = |(name, values): &(String, Vec<usize>)| {
            let cells = values.iter().map(|&value| format!("<td class=\"n\">{}</td>", number(value, self.tongue)));
            format!("<tr><th scope=\"row\">{}</th>{}</tr>\n", self.set(name), cells.collect::<String>())
        };
        let rows: String = chart.bars.iter().map(row).collect();
        let title = chart.title;
        format!("<table>\n<caption>{title}</caption>\n<tr>{heads}</tr>\n{rows}</table>\n")
    }

    fn list(&self, list: &List<'_>) -> String {
        let (id, title, many) = (list.id, list.title, list.rows.len());
        let head =
            format!("<h3 id=\"{id}\">{title} <span class=\"many\">({})</span></h3>\n", number(many, self.tongue));
        let shown = &list.rows[..many.min(MOST)];
        let body = if list.heads.is_empty() { self.names(shown) } else { self.table(list, shown) };
        let rest = many - shown.len();
        let rest = match rest {
            0 => String::new(),
            rest => {
                let more = count(rest, self.tongue, [["autre", "autres"], ["other", "others"]]);
                let where_to =
                    self.tongue.pick(["dans `boussole report --format json`", "in `boussole report --format json`"]);
                format!("<p>… {more}, {}</p>\n", marked(where_to))
            }
        };
        if many <= OPEN {
            return format!("{head}{body}{rest}");
        }
        let rows = count(many, self.tongue, [["ligne", "lignes"], ["row", "rows"]]);
        let see = self.tongue.pick(["Voir", "See"]);
        format!("{head}<details>\n<summary>{see} {rows}</summary>\n{body}{rest}</details>\n")
    }

    fn names(&self, rows: &[Row<'_>]) -> String {
        let rows: String = rows.iter().map(|row| format!("<li>{}</li>\n", self.of(&row.of))).collect();
        format!("<ul>\n{rows}</ul>\n")
    }

    fn table(&self, list: &List<'_>, rows: &[Row<'_>]) -> String {
        let heads = [list.what].into_iter().chain(list.heads.iter().copied());
        let heads: String = heads.map(|head| format!("<th scope=\"col\">{head}</th>")).collect();
        let row = |row: &Row<'_>| {
            let cells: String = row.cells.iter().map(|cell| format!("<td>{}</td>", self.set(cell))).collect();
            format!("<tr><th scope=\"row\">{}</th>{cells}</tr>\n", self.of(&row.of))
        };
        let rows: String = rows.iter().map(row).collect();
        let table = format!("<table>\n<tr>{heads}</tr>\n{rows}</table>\n");
        // Read on a narrow screen, it is moved within its frame, by keyboard too.
        format!("<div class=\"frame\" role=\"region\" aria-labelledby=\"{}\" tabindex=\"0\">\n{table}</div>\n", list.id)
    }

    /// What a row is about: a page with its file, and a way to it.
    fn of(&self, of: &Of<'_>) -> String {
        match of {
            Of::Text(text) => format!("<code>{}</code>", escaped(text)),
            Of::File(path) => format!("<code>{}</code>", escaped(path)),
            Of::Page(page) => {
                let title = match self.set(page.title) {
                    title if title.is_empty() => escaped(page.id),
                    title => title,
                };
                let lang = page.lang.map_or_else(String::new, |lang| format!(" lang=\"{}\"", escaped(lang)));
                let title = match self.health.full_url(page) {
                    Some(url) => format!("<a href=\"{}\"{lang}>{title}</a>", escaped(&url)),
                    None if page.lang.is_some() => format!("<span{lang}>{title}</span>"),
                    None => title,
                };
                // A long path is broken between its names first.
                let source = escaped(page.source).replace('/', "/<wbr>");
                format!("{title} <code class=\"file\">{source}</code>")
            }
        }
    }

    fn foot(&self, sections: &[Section<'_>]) -> String {
        let link = |section: &Section<'_>| format!("<li><a href=\"#{}\">{}</a></li>\n", section.id, section.title);
        let links: String = sections.iter().map(link).collect();
        let (title, generator) = (self.words.contents, self.words.generator);
        let many = pages(self.health.totals.pages, self.tongue);
        format!(
            "<nav aria-label=\"{title}\">\n<ul>\n{links}</ul>\n</nav>\n<footer>\n<p>{generator}, {many}</p>\n</footer>\n"
        )
    }
}

/// A sentence of the report, in which what stands in backticks is code.
fn marked(text: &str) -> String {
    let pieces = escaped(text);
    let pieces = pieces.split('`').enumerate();
    pieces.map(|(at, piece)| if at % 2 == 1 { format!("<code>{piece}</code>") } else { piece.to_owned() }).collect()
}
