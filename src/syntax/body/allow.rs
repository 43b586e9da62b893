//! The allow-list of raw HTML: ammonia's default elements and attributes, and a few of our own.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// What raw HTML may hold.
pub(super) struct AllowList {
    elements: HashSet<&'static str>,
    attributes: HashMap<&'static str, HashSet<&'static str>>,
    generic: HashSet<&'static str>,
    /// Elements whose content goes with them.
    hollow: HashSet<&'static str>,
}

const MORE_ELEMENTS: [&str; 10] =
    ["details", "summary", "figure", "figcaption", "abbr", "kbd", "video", "audio", "source", "track"];

const MORE_ATTRIBUTES: [(&str, &[&str]); 5] = [
    ("details", &["open"]),
    ("video", &["src", "poster", "width", "height", "controls", "preload", "loop", "muted"]),
    ("audio", &["src", "controls", "preload", "loop", "muted"]),
    ("source", &["src", "type"]),
    ("track", &["src", "kind", "srclang", "label", "default"]),
];

/// Attributes that hold an address.
const ADDRESSES: [&str; 4] = ["href", "src", "poster", "cite"];

/// Elements that have no content and no end tag.
const VOID: [&str; 8] = ["br", "hr", "img", "wbr", "col", "area", "source", "track"];

/// Blocks: they end an open paragraph.
const BLOCKS: [&str; 24] = [
    "article",
    "aside",
    "blockquote",
    "center",
    "details",
    "div",
    "dl",
    "figcaption",
    "figure",
    "footer",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "nav",
    "ol",
    "p",
    "pre",
    "table",
    "ul",
];

/// Elements that a sibling of the same group ends, and the elements whose content they are.
const SIBLINGS: [(&[&str], &[&str]); 6] = [
    (&["a"], &[]),
    (&["li"], &["ul", "ol"]),
    (&["dt", "dd"], &["dl"]),
    (&["td", "th"], &["tr"]),
    (&["tr"], &["table", "thead", "tbody", "tfoot"]),
    (&["thead", "tbody", "tfoot"], &["table"]),
];

/// The allow-list.
pub(super) static ALLOWED: LazyLock<AllowList> = LazyLock::new(|| {
    let library = ammonia::Builder::default();
    let mut elements = library.clone_tags();
    elements.extend(MORE_ELEMENTS);
    // The page's title is the only one.
    elements.remove("h1");
    let mut attributes = library.clone_tag_attributes();
    for (element, more) in MORE_ATTRIBUTES {
        attributes.entry(element).or_default().extend(more);
    }
    AllowList {
        elements,
        attributes,
        generic: library.clone_generic_attributes(),
        hollow: library.clone_clean_content_tags(),
    }
});

impl AllowList {
    /// Whether the element may stand.
    pub(super) fn element(&self, name: &str) -> bool {
        self.elements.contains(name)
    }

    /// Whether the element may have the attribute.
    pub(super) fn attribute(&self, element: &str, name: &str) -> bool {
        self.generic.contains(name) || self.attributes.get(element).is_some_and(|names| names.contains(name))
    }

    /// Whether an element that may not stand takes its content with it.
    pub(super) fn hollow(&self, name: &str) -> bool {
        self.hollow.contains(name)
    }
}

/// Whether the attribute holds an address.
pub(super) fn is_address(attribute: &str) -> bool {
    ADDRESSES.contains(&attribute)
}

/// Whether the element plays a file, which must be one of the guide's.
pub(super) fn is_player(element: &str) -> bool {
    ["video", "audio", "source", "track"].contains(&element)
}

/// Whether the element has neither content nor end tag.
pub(crate) fn is_void(element: &str) -> bool {
    VOID.contains(&element)
}

/// Whether the element is a block, which no paragraph holds.
pub(super) fn is_block(element: &str) -> bool {
    BLOCKS.contains(&element)
}

/// Whether the element's text stands on lines of its own.
pub(crate) fn ends_line(element: &str) -> bool {
    is_block(element) || matches!(element, "li" | "dt" | "dd" | "tr" | "caption" | "summary" | "figcaption")
}

/// Whether an open `earlier` ends where `later` begins.
pub(super) fn ends(earlier: &str, later: &str) -> bool {
    (earlier == "p" && is_block(later))
        || SIBLINGS.iter().any(|(group, _)| group.contains(&earlier) && group.contains(&later))
}

/// Whether the search for an open sibling of `later` stops at `ancestor`.
pub(super) fn holds(ancestor: &str, later: &str) -> bool {
    SIBLINGS.iter().any(|(group, parents)| group.contains(&later) && parents.contains(&ancestor))
}
