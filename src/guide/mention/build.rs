//! Makes a vocabulary of names.

use std::collections::hash_map::Entry;

use rustc_hash::FxHashMap;

use super::form::Form;
use super::glance::Glance;
use super::lexeme::{Joiner, Kind, Lexeme, lex};
use super::{Candidate, Clash, Forms, Name, Node, NodeId, SymbolId, Vocabulary, stem};
use crate::guide::PageId;
use crate::id::{Id, IdVec};
use crate::language::Tongue;

/// The vocabulary of `names`, and the clashes in the order of their second page.
pub(super) fn build<'a>(names: impl IntoIterator<Item = Name<'a>>, tongue: Tongue) -> (Vocabulary, Vec<Clash>) {
    let mut names: Vec<Name<'_>> = names.into_iter().collect();
    names.sort_by_key(|name| (name.page, name.text));
    let mut builder = Builder::new(tongue);
    for name in names {
        builder.add(name);
    }
    (builder.vocabulary, builder.clashes)
}

/// A vocabulary in the making; names come in the order of their pages.
struct Builder {
    vocabulary: Vocabulary,
    clashes: Vec<Clash>,
    forms: FxHashMap<Form, Id<Form>>,
    /// Which pages declare a name: the first, and the last so far.
    owners: FxHashMap<(NodeId, Forms), Owners>,
    lexemes: Vec<Lexeme>,
    spelling: String,
}

/// The pages of one name.
#[derive(Clone, Copy)]
struct Owners {
    first: PageId,
    last: PageId,
}

impl Builder {
    fn new(tongue: Tongue) -> Builder {
        let (symbols, edges, nodes) = (FxHashMap::default(), FxHashMap::default(), vec![Node::default()]);
        Builder {
            vocabulary: Vocabulary { tongue, symbols, edges, nodes, forms: IdVec::new(), glance: Glance::new() },
            clashes: Vec::new(),
            forms: FxHashMap::default(),
            owners: FxHashMap::default(),
            lexemes: Vec::new(),
            spelling: String::new(),
        }
    }

    fn add(&mut self, name: Name<'_>) {
        lex(name.text, &mut self.lexemes);
        if self.lexemes.iter().all(|lexeme| lexeme.kind == Kind::Mark) {
            return;
        }
        self.vocabulary.glance.add(self.lexemes[0].text(name.text), self.vocabulary.tongue);
        let node = self.node(name.text);
        let forms = self.forms(name.text);
        match self.owners.entry((node, forms)) {
            Entry::Vacant(entry) => {
                let forms = entry.key().1.clone();
                entry.insert(Owners { first: name.page, last: name.page });
                self.vocabulary.nodes[node.index()].candidates.push(Candidate { page: name.page, forms });
            }
            Entry::Occupied(mut entry) => {
                let owners = entry.get_mut();
                if owners.last != name.page {
                    owners.last = name.page;
                    self.clashes.push(Clash { first: owners.first, second: name.page, name: name.text.to_owned() });
                }
            }
        }
    }

    /// Where the lexemes of `text` lead, on edges that are laid where there are none.
    fn node(&mut self, text: &str) -> NodeId {
        let mut node = self.vocabulary.root();
        for at in 0..self.lexemes.len() {
            let lexeme = self.lexemes[at];
            let joiner = if at == 0 { Joiner::Loose } else { lexeme.joiner };
            let symbol = self.symbol(lexeme.text(text));
            let nodes = &mut self.vocabulary.nodes;
            nodes[node.index()].goes_on = true;
            node = *self.vocabulary.edges.entry((node, joiner, symbol)).or_insert_with(|| {
                nodes.push(Node::default());
                NodeId::nth(nodes.len() - 1)
            });
        }
        node
    }

    fn symbol(&mut self, text: &str) -> SymbolId {
        let stem = stem(text, self.vocabulary.tongue, &mut self.spelling);
        if let Some(&symbol) = self.vocabulary.symbols.get(stem) {
            return symbol;
        }
        let symbol = SymbolId::nth(self.vocabulary.symbols.len());
        self.vocabulary.symbols.insert(stem.into(), symbol);
        symbol
    }

    fn forms(&mut self, text: &str) -> Forms {
        let (tongue, known) = (self.vocabulary.tongue, &mut self.vocabulary.forms);
        let forms = self.lexemes.iter().map(|lexeme| {
            let form = Form::new(lexeme.text(text), tongue);
            *self.forms.entry(form).or_insert_with_key(|form| known.push(form.clone()))
        });
        forms.collect()
    }
}
