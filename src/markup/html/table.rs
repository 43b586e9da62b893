//! Tables, in a region that scrolls by keyboard too.

use pulldown_cmark::Alignment;

use super::Writer;
use crate::markup::typography;
use crate::markup::words;
use crate::syntax::body::{Element, Event};

/// The cell to come.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Cell {
    table: u32,
    column: usize,
    in_head: bool,
    /// Whether a row was written.
    in_body: bool,
    /// What ends the open cell.
    end: &'static str,
}

impl Writer<'_> {
    pub(super) fn open_table(&mut self, table: u32, at: u32) {
        self.tables += 1;
        self.cell = Cell { table, ..Cell::default() };
        if !self.is_guide() {
            return self.line("<table>\n");
        }
        self.fresh_line();
        let name = self.table_name(table, at);
        self.out.push_str("<div class=\"table\" role=\"region\" tabindex=\"0\"");
        self.attribute("aria-label", &name);
        self.out.push_str(">\n<table>\n");
    }

    /// The caption's text, else a number.
    fn table_name(&self, table: u32, at: u32) -> String {
        let body = self.setting.body;
        if !body.tables.tables[table as usize].captioned {
            return words::table(self.tables, self.setting.tongue);
        }
        let rest = &body.events[at as usize..];
        let length = rest.iter().position(|&event| event == Event::Close(Element::Caption)).unwrap_or(0);
        let end = u32::try_from(length).map_or(at, |length| at + length);
        typography::apply(self.setting.language, &body.plain(at..end)).into_owned()
    }

    pub(super) fn close_table(&mut self) {
        if self.cell.in_body {
            self.line("</tbody>\n");
        }
        self.line(if self.is_guide() { "</table>\n</div>\n" } else { "</table>\n" });
    }

    pub(super) fn open_table_head(&mut self) {
        self.cell.in_head = true;
        self.cell.column = 0;
        self.line("<thead>\n<tr>\n");
    }

    pub(super) fn close_table_head(&mut self) {
        self.cell.in_head = false;
        self.line("</tr>\n</thead>\n");
    }

    pub(super) fn open_row(&mut self) {
        self.cell.column = 0;
        if !self.cell.in_body {
            self.cell.in_body = true;
            self.line("<tbody>\n");
        }
        self.line("<tr>\n");
    }

    pub(super) fn open_cell(&mut self, at: u32) {
        self.fresh_line();
        let is_empty = self.setting.body.events.get(at as usize + 1) == Some(&Event::Close(Element::TableCell));
        let heads = self.cell.in_head && !(is_empty && self.is_guide());
        let (start, end) = match heads {
            true if self.is_guide() => ("<th scope=\"col\"", "</th>"),
            true => ("<th", "</th>"),
            false => ("<td", "</td>"),
        };
        self.cell.end = end;
        self.out.push_str(start);
        let columns = &self.setting.body.tables.tables[self.cell.table as usize].columns;
        if let Some(side) = columns.get(self.cell.column).and_then(side) {
            let (name, value) =
                if self.is_guide() { ("class", format!("align-{side}")) } else { ("align", side.to_owned()) };
            self.attribute(name, &value);
        }
        self.out.push('>');
    }

    pub(super) fn close_cell(&mut self) {
        self.cell.column += 1;
        self.out.push_str(self.cell.end);
    }
}

fn side(alignment: &Alignment) -> Option<&'static str> {
    match alignment {
        Alignment::None => None,
        Alignment::Left => Some("left"),
        Alignment::Center => Some("center"),
        Alignment::Right => Some("right"),
    }
}
