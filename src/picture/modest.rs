//! Whether a drawing can be drawn at all: a few lines of SVG can ask for the work of years, or for all memory there is.

use std::collections::HashMap;

use resvg::usvg;
use usvg::roxmltree::{Document, Node, NodeId};

/// The most elements that a drawing may have, those counted again that it uses again.
pub(super) const MOST_ELEMENTS: u64 = 100_000;

/// The deepest that elements may stand in, or use, one another.
const DEEPEST: usize = 200;

/// The most layers that a drawing may have, each as large as the icon: of what shines through, is masked or filtered.
const MOST_LAYERS: usize = 128;

/// What costs as much as its numbers say, however small it is drawn. Logos do without.
const UNBOUNDED: [&str; 6] = ["pattern", "marker", "feTurbulence", "feConvolveMatrix", "feMorphology", "feImage"];

/// What a stylesheet may refer to, since it holds nothing else that is drawn.
const FLAT: [&str; 2] = ["linearGradient", "radialGradient"];

/// Whether what is written is little enough to be understood.
pub(super) fn is_short(document: &Document<'_>) -> bool {
    let named = document.descendants().filter_map(|node| Some((node.attribute("id")?, node)));
    let mut count = Count { named: named.collect(), known: HashMap::new(), depth: 0 };
    let is_bounded = |node: Node<'_, '_>| match node.tag_name().name() {
        "style" => is_flat(node.text().unwrap_or_default(), &count.named),
        name => !UNBOUNDED.contains(&name),
    };
    document.descendants().filter(Node::is_element).all(is_bounded) && count.below(document.root()) <= MOST_ELEMENTS
}

/// Whether what was understood is drawn in little time.
pub(super) fn is_light(tree: &usvg::Tree) -> bool {
    Left { nodes: MOST_ELEMENTS, layers: MOST_LAYERS }.draw(tree.root()).is_some()
}

/// Whether a stylesheet refers to colours only: what else it might refer to is not counted.
fn is_flat(style: &str, named: &HashMap<&str, Node<'_, '_>>) -> bool {
    let is_flat = |id: &str| named.get(id).is_none_or(|node| FLAT.contains(&node.tag_name().name()));
    !style.contains('\\') && references(style).all(is_flat)
}

/// How many elements a drawing has when what it uses again is counted again: a few that use one another can be billions.
struct Count<'a, 'input> {
    named: HashMap<&'a str, Node<'a, 'input>>,
    /// What is known of elements that were counted.
    known: HashMap<NodeId, u64>,
    depth: usize,
}

impl<'a, 'input> Count<'a, 'input> {
    /// An element and all below it; too many where it uses itself.
    fn below(&mut self, node: Node<'a, 'input>) -> u64 {
        if let Some(&known) = self.known.get(&node.id()) {
            return known;
        }
        if self.depth > DEEPEST {
            return u64::MAX;
        }
        self.depth += 1;
        let mut all: u64 = 1;
        for child in node.children().filter(Node::is_element) {
            all = all.saturating_add(self.below(child));
        }
        let used = node.attributes().flat_map(|attribute| used(attribute.name(), attribute.value()));
        let used: Vec<_> = used.filter_map(|id| self.named.get(id).copied()).collect();
        for other in used {
            all = all.saturating_add(self.below(other));
        }
        self.depth -= 1;
        self.known.insert(node.id(), all);
        all
    }
}

/// The ids of what an attribute has drawn again: a copy, a mask.
fn used<'a>(name: &str, value: &'a str) -> impl Iterator<Item = &'a str> {
    let whole = (name == "href").then(|| value.trim().strip_prefix('#')).flatten();
    whole.into_iter().chain(references(value))
}

/// The ids in `url(#…)`.
fn references(text: &str) -> impl Iterator<Item = &str> {
    text.split("url(").skip(1).filter_map(|rest| {
        let id = rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '\'' | '"')).strip_prefix('#')?;
        id.split(|c: char| c.is_whitespace() || matches!(c, '\'' | '"' | ')')).next()
    })
}

/// What may still be drawn.
struct Left {
    nodes: u64,
    layers: usize,
}

impl Left {
    /// Draws a group; `None` where that is too much.
    fn draw(&mut self, group: &usvg::Group) -> Option<()> {
        let filters = group.filters().iter().map(|filter| filter.primitives().len()).sum::<usize>();
        self.layers = self.layers.checked_sub(usize::from(group.should_isolate()) + filters)?;
        for node in group.children() {
            self.nodes = self.nodes.checked_sub(1)?;
            if let usvg::Node::Group(inner) = node {
                self.draw(inner)?;
            }
            let mut drawn = Some(());
            node.subroots(|root| drawn = drawn.and_then(|()| self.draw(root)));
            drawn?;
        }
        Some(())
    }
}
