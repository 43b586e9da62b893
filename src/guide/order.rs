//! The order among siblings, and the way through the whole guide.

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::collation::Collation;
use super::tree::Tree;
use super::{Node, PageId};
use crate::language::Language;

/// Each folder's children in order, and all pages as they are read from end to end.
#[derive(Clone, Debug)]
pub(super) struct Order {
    /// By the folders' ids.
    pub(super) children: Vec<Vec<Node>>,
    pub(super) pages: Vec<PageId>,
    /// The terms of the glossary, by their titles.
    pub(super) terms: Vec<PageId>,
}

impl Order {
    /// The order of `tree`'s pages: by `order`, ties and those without one by title, then by path.
    pub(super) fn of(tree: &Tree, language: Language, is_term: impl Fn(PageId) -> bool) -> Order {
        let collation = Collation::new(language);
        let sort_key = |node: &Node| match *node {
            Node::Page(page) => {
                let entry = &tree.entries[page.index()];
                key(entry.draft.front_matter.order, collation.key(&entry.draft.title))
            }
            Node::Folder(folder) => {
                let folder = &tree.folders[folder];
                let order = folder.index.and_then(|index| tree.entries[index.index()].draft.front_matter.order);
                key(order, collation.key(&folder.title))
            }
        };
        let children: Vec<Vec<Node>> = tree
            .folders
            .as_slice()
            .par_iter()
            .map(|folder| {
                let mut children = folder.children.clone();
                children.sort_by_cached_key(sort_key);
                children
            })
            .collect();
        let pages = reading(tree, &children);
        let mut terms: Vec<PageId> = pages.iter().copied().filter(|&page| is_term(page)).collect();
        terms.sort_by_cached_key(|page| collation.key(&tree.entries[page.index()].draft.title));
        Order { children, pages, terms }
    }
}

/// What siblings are sorted by; the sort is stable, so that the order of paths decides what is left.
fn key(order: Option<i64>, title: Vec<u8>) -> (bool, i64, Vec<u8>) {
    (order.is_none(), order.unwrap_or(0), title)
}

/// Every page once: a folder's front page, then what the folder holds.
fn reading(tree: &Tree, children: &[Vec<Node>]) -> Vec<PageId> {
    let mut pages = Vec::with_capacity(tree.entries.len());
    let mut waiting: Vec<Node> = tree.folders.ids().next().map(Node::Folder).into_iter().collect();
    while let Some(node) = waiting.pop() {
        match node {
            Node::Page(page) => pages.push(page),
            Node::Folder(folder) => {
                pages.extend(tree.folders[folder].index);
                waiting.extend(children[folder.index()].iter().rev());
            }
        }
    }
    pages
}
