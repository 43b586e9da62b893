//! Who links to a page, and where.

use super::{PageId, TextId};

/// A page that links to another: its first written link to it, else its first automatic one.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Backlink {
    pub(crate) how: How,
    /// The text with the link.
    pub(crate) text: TextId,
    /// Where the link is: an event of the text's body, and a byte of that event's text.
    pub(crate) event: u32,
    pub(crate) offset: u32,
}

/// How a link came to be. Written ones come first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum How {
    Written,
    Automatic,
}

impl How {
    /// Its name in `guide.json` and in `data-link`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            How::Written => "written",
            How::Automatic => "automatic",
        }
    }
}

/// The links of all pages by the page that they lead to. `cited` are each page's links, pages in reading order.
pub(super) fn invert<'a>(
    pages: usize,
    cited: impl Iterator<Item = &'a [(PageId, Backlink)]> + Clone,
) -> Vec<Box<[Backlink]>> {
    // Held for all pages at once, in no more room than they need.
    let mut counts = vec![(0, None); pages];
    for (target, backlink) in cited.clone().flatten() {
        let (count, last) = &mut counts[target.index()];
        *count += usize::from(last.replace(backlink.text.page) != Some(backlink.text.page));
    }
    let mut backlinks: Vec<Vec<Backlink>> = counts.iter().map(|&(count, _)| Vec::with_capacity(count)).collect();
    for &(target, backlink) in cited.flatten() {
        let known = &mut backlinks[target.index()];
        // A page's links come together, so that the one it has already is the last.
        match known.last_mut().filter(|last| last.text.page == backlink.text.page) {
            Some(last) if backlink.how < last.how => *last = backlink,
            Some(_) => {}
            None => known.push(backlink),
        }
    }
    backlinks.into_iter().map(Vec::into_boxed_slice).collect()
}
