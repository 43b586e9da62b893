//! The guide's shape, as its home page shows it: each main part with some of what is in it.

use std::collections::BTreeMap;

use super::linked::cycle;
use super::shared::{LONG_LIST, MAIN_MENU, Shared, count, link_size};
use crate::config::Builtin;
use crate::guide::{FolderId, Node, PageId};
use crate::theme::Known;
use crate::theme::linked::Linked;
use crate::theme::view::{Link, Part, PartEntry};

/// How many entries of a part are shown at most, and how many pages of a group.
const ENTRIES: usize = 8;

/// How many pages that stand beside all parts are shown at most.
const BESIDE: usize = 30;

/// The parts of the guide, in reading order, and then the pages that stand beside them. What the home page shows
/// otherwise is left out: the pages that are linked from everywhere, and the articles, where they are among `linked`.
pub(super) fn shape(shared: &Shared<'_>, linked: &Linked) -> Vec<Part> {
    let guide = shared.spelling.guide;
    let children = guide.folders[guide.root()].children.iter().copied().filter(|&node| !shared.is_legal(node));
    let holds_pages = |node: &Node| matches!(node, Node::Folder(folder) if !guide.folders[*folder].children.is_empty());
    let (folders, pages): (Vec<Node>, Vec<Node>) = children.partition(holds_pages);
    let mut room = LONG_LIST;
    let (shown, others) = folders.split_at(folders.len().min(MAIN_MENU));
    let is_shown = |part: &Part| linked.articles.is_empty() || part.kind != "article";
    let parts = shown.iter().filter_map(|&node| part(shared, node, &mut room));
    let mut parts: Vec<Part> = parts.filter(is_shown).collect();
    let beside: Vec<Node> = others.iter().chain(&pages).copied().collect();
    if !beside.is_empty() {
        let entries = links(shared, &beside, (BESIDE, &mut room));
        let is_cut = entries.len() < beside.len();
        let entries = entries.into_iter().map(|page| PartEntry { page, children: Vec::new() }).collect();
        let more = is_cut.then(|| shared.whole_list(guide.root()));
        parts.push(Part { kind: "page".to_owned(), entries, more, ..Part::default() });
    }
    parts
}

fn part(shared: &Shared<'_>, node: Node, room: &mut usize) -> Option<Part> {
    let Node::Folder(id) = node else { return None };
    let guide = shared.spelling.guide;
    let folder = &guide.folders[id];
    let kind = kind(shared, id);
    let cycle = (kind == "stage").then(|| cycle(shared, guide.of_kind_in(id, Builtin::Stage).collect())).flatten();
    let page = shared.folder(id);
    *room = room.saturating_sub(link_size(&page.title, page.url.as_deref()));
    let mut entries = Vec::new();
    let listed = links(shared, &folder.children, (ENTRIES, &mut *room));
    let mut shown = listed.len();
    for (&child, page) in folder.children.iter().zip(listed) {
        let children = match child {
            Node::Folder(group) if are_groups(shared, id) => {
                links(shared, &guide.folders[group].children, (ENTRIES, &mut *room))
            }
            _ => Vec::new(),
        };
        shown += children.len();
        entries.push(PartEntry { page, children });
    }
    let summary = folder.index.filter(|&page| !guide.pages[page].summary.is_empty());
    let pages = folder.pages - usize::from(folder.index.is_some());
    let more = (shown < pages && entries.len() < folder.children.len()).then(|| {
        let url = page.url.clone().or_else(|| shared.whole_list(id).url.clone());
        Link { title: count(pages, shared.tongue()), url, lang: None }.into()
    });
    let summary = summary.map(|page| shared.set(page, &guide.pages[page].summary));
    Some(Part { page, kind, summary, entries, more, cycle })
}

/// The first nodes as links: so many, and as many as there is room for.
fn links(shared: &Shared<'_>, nodes: &[Node], (most, room): (usize, &mut usize)) -> Vec<Known<Link>> {
    let links = nodes.iter().take(most).map(|&node| shared.node(node));
    let fitting = links.take_while(|link| {
        let size = link_size(&link.title, link.url.as_deref());
        let fits = *room > size;
        *room = room.saturating_sub(size);
        fits
    });
    fitting.collect()
}

/// Whether all that a folder holds is folders that are no more than groups of pages.
fn are_groups(shared: &Shared<'_>, folder: FolderId) -> bool {
    let guide = shared.spelling.guide;
    let is_plain = |page: PageId| guide.builtin(page) == Some(Builtin::Section);
    guide.folders[folder].children.iter().all(|node| match node {
        Node::Page(_) => false,
        Node::Folder(group) => {
            let group = &guide.folders[*group];
            !group.children.is_empty() && group.index.is_none_or(is_plain)
        }
    })
}

/// The kind that most pages of a folder are of; where it holds groups, most pages of these.
fn kind(shared: &Shared<'_>, folder: FolderId) -> String {
    let guide = shared.spelling.guide;
    let children = &guide.folders[folder].children;
    let nodes: Vec<Node> = if are_groups(shared, folder) {
        let below = |node: &Node| match node {
            Node::Folder(group) => guide.folders[*group].children.as_slice(),
            Node::Page(_) => &[],
        };
        children.iter().flat_map(below).copied().collect()
    } else {
        children.clone()
    };
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for page in nodes.iter().filter_map(|&node| guide.page_of(node)) {
        *counts.entry(&guide.config.kinds[guide.pages[page].kind].name).or_default() += 1;
    }
    let most = counts.into_iter().max_by_key(|(_, count)| *count).filter(|(_, count)| count * 2 > nodes.len());
    most.map_or("page", |(kind, _)| kind).to_owned()
}
