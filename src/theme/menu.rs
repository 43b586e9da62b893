//! A section's menu: rendered once, shared by the section's pages, which differ only in the entry that is current.

use std::ops::Range;

use super::context::Context;
use super::view;
use super::{Theme, view::Html};
use crate::diagnostic::Diagnostic;

const MENU: &str = "partials/menu.html";

/// All entries of a menu in one go, each with [`END`] after it. No value can hold that, since values are escaped.
pub(super) const ENTRIES: &str = "boussole/menu-entries.html";
pub(super) const EACH_ENTRY: &str =
    "{% for link in links %}{% include \"partials/menu-entry.html\" %}<!-- entry -->{% endfor %}";
const END: &str = "<!-- entry -->";

/// A finished menu.
#[derive(Debug)]
pub(crate) struct Menu {
    /// With no entry current.
    html: String,
    entries: Vec<Entry>,
}

#[derive(Debug)]
struct Entry {
    /// Where it is in the menu.
    place: Range<usize>,
    /// What stands there when it is the page being read.
    current: String,
}

impl Menu {
    /// The menu on the page of the entry `current`, or on one that is not among them.
    pub(crate) fn at(&self, current: Option<usize>) -> Html {
        let Some(entry) = current.and_then(|current| self.entries.get(current)) else { return Html(self.html.clone()) };
        let (before, after) = (&self.html[..entry.place.start], &self.html[entry.place.end..]);
        Html([before, &entry.current, after].concat())
    }
}

impl Theme {
    /// Renders a menu.
    pub(crate) fn menu(&self, menu: &view::Menu) -> Result<Menu, Box<Diagnostic>> {
        let render = |current| self.render_text(ENTRIES, &Context::menu_entries(menu, current));
        let (plain, current) = (render(view::Current::No)?, render(view::Current::Yes)?);
        let mut all = String::with_capacity(plain.len());
        let mut entries = Vec::with_capacity(menu.entries.len());
        for (plain, current) in each(&plain).zip(each(&current)) {
            entries.push(Entry { place: all.len()..all.len() + plain.len(), current: current.to_owned() });
            all.push_str(plain);
        }
        let html = self.render_text(MENU, &Context::menu(menu, &all))?;
        // A theme whose menu leaves the entries out has none that could be current.
        let Some(start) = html.find(&all) else { return Ok(Menu { html, entries: Vec::new() }) };
        for Entry { place, .. } in &mut entries {
            *place = place.start + start..place.end + start;
        }
        Ok(Menu { html, entries })
    }
}

/// The entries that [`ENTRIES`] makes, one by one.
fn each(entries: &str) -> impl Iterator<Item = &str> {
    entries.split_inclusive(END).map(|entry| entry.strip_suffix(END).unwrap_or(entry))
}
