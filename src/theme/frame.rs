//! What frames every page: what it loads, its header and its footer. They differ only in what they mark as the page being
//! read, or as the part that it is in, and in what worksheets need, so each form of them is rendered once.
//!
//! Templates include them as `partials/header.html` and so on, which stand for the finished text, or, where a template has none at
//! hand, for the built-in partial. A guide's own partial of that name takes the place of that, and is rendered for each page.

use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use tera::{Map, Value};

use super::context::Place;
use super::view::{Link, Site};

/// The name that templates know the finished parts by; not one that a guide's own template would give to something else.
pub(super) const FRAME: &str = "boussole_frame";

/// The partials that are finished, by what they are in [`FRAME`].
pub(super) const PARTS: [(&str, &str); 3] = [
    ("head_assets", "partials/head-assets.html"),
    ("header", "partials/header.html"),
    ("footer", "partials/footer.html"),
];

/// The finished parts in all forms that pages need.
#[derive(Default)]
pub(super) struct Frames {
    /// The addresses that the parts link to, numbered from 1; the main menu's come first.
    places: FxHashMap<String, usize>,
    /// How many are the main menu's.
    menu: usize,
    /// By the number of the page, then of the menu's entry that it is below; 0 where there is none. For each, the form of
    /// pages that ask nothing, and of others.
    made: Vec<[OnceLock<Value>; 2]>,
}

impl Frames {
    /// None yet, for the pages of `site`.
    pub(super) fn of(site: &Site) -> Frames {
        let mut frames = Frames::default();
        frames.number(urls(&site.menu));
        frames.menu = frames.places.len();
        let footer = urls(&site.views).chain(urls(&site.legal)).chain([&site.site_map]);
        frames.number(footer);
        frames.made.resize_with((frames.places.len() + 1) * (frames.menu + 1), Default::default);
        frames
    }

    fn number<'a>(&mut self, urls: impl Iterator<Item = &'a String>) {
        for url in urls {
            let number = self.places.len() + 1;
            self.places.entry(url.clone()).or_insert(number);
        }
    }

    /// The parts for a page, as `render` makes them of what they may know of it; none where parts are not finished.
    pub(super) fn at<E>(&self, place: &Place, render: impl Fn(&str, Value) -> Result<String, E>) -> Result<Value, E> {
        let url = self.places.get_key_value(&place.url);
        let part = place.part.as_ref().and_then(|part| self.places.get_key_value(part));
        let part = part.filter(|(_, number)| **number <= self.menu);
        let number = |known: Option<(&String, &usize)>| known.map_or(0, |(_, number)| *number);
        let Some(forms) = self.made.get(number(url) * (self.menu + 1) + number(part)) else { return Ok(Value::none()) };
        let made = &forms[usize::from(place.asks)];
        if let Some(made) = made.get() {
            return Ok(made.clone());
        }
        let told = |known: Option<(&String, &usize)>| Value::from(known.map(|(url, _)| url.as_str()));
        let linked = Value::from(Map::from_iter([("questions".into(), Value::from(place.asks))]));
        let page = [("url".into(), told(url)), ("part".into(), told(part)), ("linked".into(), linked)];
        let page = Value::from(Map::from_iter(page));
        let mut parts = Map::new();
        for (name, partial) in PARTS {
            parts.insert(name.into(), Value::safe_string(&render(partial, page.clone())?));
        }
        Ok(made.get_or_init(|| Value::from(parts)).clone())
    }
}

fn urls(links: &[Link]) -> impl Iterator<Item = &String> {
    links.iter().filter_map(|link| link.url.as_ref())
}
