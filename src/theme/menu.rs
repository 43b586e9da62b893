//! A section's menu: rendered once, shared by the section's pages, which differ only in the entry that is current.

use std::ops::Range;

use super::context::Context;
use super::view;
use super::walked::{MenuEntry, WholeMenu};
use super::{Theme, view::Html};
use crate::diagnostic::Diagnostic;

/// The partial of a menu, and that of each of its entries.
pub(super) const MENU: &str = "partials/menu.html";
pub(super) const ENTRY: &str = "partials/menu-entry.html";

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
    pub(crate) fn menu(&self, menu: view::Menu) -> Result<Menu, Box<Diagnostic>> {
        let mut plain = String::new();
        let mut entries = Vec::with_capacity(menu.entries.len());
        for link in &menu.entries {
            let entry = |is_current| {
                let entry = MenuEntry { link: link.clone(), is_current };
                self.templates.text(ENTRY, entry, Context::menu_entry)
            };
            let (html, current) = (entry(false)?, entry(true)?);
            entries.push(Entry { place: plain.len()..plain.len() + html.len(), current });
            plain.push_str(&html);
        }
        let whole = WholeMenu { menu, entries: Html(plain.clone()) };
        let html = self.templates.text(MENU, whole, Context::menu)?;
        // A theme whose menu leaves the entries out has none that could be current.
        let Some(start) = html.find(&plain) else { return Ok(Menu { html, entries: Vec::new() }) };
        for Entry { place, .. } in &mut entries {
            *place = place.start + start..place.end + start;
        }
        Ok(Menu { html, entries })
    }
}
