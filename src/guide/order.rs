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
        let order = |node: &Node| {
            let page = match *node {
                Node::Page(page) => Some(page),
                Node::Folder(folder) => tree.folders[folder].index,
            };
            page.and_then(|page| tree.entries[page.index()].draft.front_matter.order)
        };
        let title = |node: &Node| match *node {
            Node::Page(page) => collation.key(&tree.entries[page.index()].draft.title),
            Node::Folder(folder) => collation.key(&tree.folders[folder].title),
        };
        let children: Vec<Vec<Node>> = tree
            .folders
            .as_slice()
            .par_iter()
            .map(|folder| {
                let mut children = folder.children.clone();
                children.sort_by_key(|node| (order(node).is_none(), order(node)));
                // Titles take long to compare. All sorts are stable: the order of paths decides what is left.
                for ties in children.chunk_by_mut(|one, other| order(one) == order(other)) {
                    ties.sort_by_cached_key(title);
                }
                children
            })
            .collect();
        let pages = reading(tree, &children);
        let mut terms: Vec<PageId> = pages.iter().copied().filter(|&page| is_term(page)).collect();
        terms.sort_by_cached_key(|page| collation.key(&tree.entries[page.index()].draft.title));
        Order { children, pages, terms }
    }
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
