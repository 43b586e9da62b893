//! What holds for the drawing of every graph.

use std::cell::RefCell;
use std::collections::BTreeSet;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use proptest::collection::{btree_set, vec};
use proptest::prelude::{Strategy, prop_assert, prop_assert_eq, proptest};

use super::{Edge, GAP, Stage, draw, edges, lanes};

/// What is read in a drawing.
#[derive(Default)]
struct Reader {
    open: RefCell<Vec<String>>,
    wrong: RefCell<Vec<String>>,
    shapes: RefCell<Vec<Shape>>,
    /// The texts of all lines of titles.
    lines: RefCell<Vec<String>>,
}

/// A path or a bead.
struct Shape {
    /// Its own class, or its group's.
    class: String,
    numbers: Vec<usize>,
}

impl Reader {
    fn start(&self, tag: &Tag) {
        let value = |name: &str| {
            let attribute = tag.attrs.iter().find(|attribute| &*attribute.name.local == name);
            attribute.map(|attribute| attribute.value.to_string())
        };
        let class = value("class").unwrap_or_default();
        match &*tag.name {
            "path" => {
                let class =
                    if class.is_empty() { self.open.borrow().last().cloned().unwrap_or_default() } else { class };
                self.shapes.borrow_mut().push(Shape { class, numbers: numbers(&value("d").unwrap_or_default()) });
            }
            "rect" => {
                let numbers = ["y", "height"].iter().flat_map(|name| numbers(&value(name).unwrap_or_default()));
                self.shapes.borrow_mut().push(Shape { class, numbers: numbers.collect() });
            }
            "tspan" => self.lines.borrow_mut().push(String::new()),
            _ => {}
        }
        if ["id", "style", "href"].iter().any(|name| value(name).is_some()) {
            self.wrong.borrow_mut().push(format!("{tag:?}"));
        }
        if !tag.self_closing {
            self.open.borrow_mut().push(value("class").unwrap_or_default());
        }
    }

    fn end(&self) {
        if self.open.borrow_mut().pop().is_none() {
            self.wrong.borrow_mut().push("an end without a start".to_owned());
        }
    }
}

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => self.start(&tag),
            Token::TagToken(_) => self.end(),
            Token::CharacterTokens(text) => match self.lines.borrow_mut().last_mut() {
                Some(line) => line.push_str(&text),
                None => self.wrong.borrow_mut().push(format!("`{text}` outside titles")),
            },
            Token::EOFToken => {}
            other => self.wrong.borrow_mut().push(format!("{other:?}")),
        }
        TokenSinkResult::Continue
    }
}

fn numbers(text: &str) -> Vec<usize> {
    text.split(|letter: char| !letter.is_ascii_digit()).filter_map(|digits| digits.parse().ok()).collect()
}

fn read(svg: &str) -> Reader {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(svg));
    let tokenizer = Tokenizer::new(Reader::default(), TokenizerOpts::default());
    drop(tokenizer.feed(&queue));
    tokenizer.end();
    tokenizer.sink
}

/// A way as it is seen.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Seen {
    way: Edge,
    class: &'static str,
}

/// Every way in a drawing, told by the beads where it starts and where its arrowhead is.
fn ways(reader: &Reader) -> Vec<Seen> {
    let shapes = reader.shapes.borrow();
    let beads: Vec<&Shape> = shapes.iter().filter(|shape| shape.class == "bead").collect();
    let at = |height: usize| {
        let holds = |bead: &&Shape| (bead.numbers[0]..=bead.numbers[0] + bead.numbers[1] + 1).contains(&height);
        beads.iter().position(holds).unwrap()
    };
    let lines = shapes.iter().filter(|shape| shape.class != "bead" && shape.class != "arrow");
    let heads = shapes.iter().filter(|shape| shape.class == "arrow");
    let seen = lines.zip(heads).map(|(line, head)| {
        let class = ["thread", "arc", "arc back"].into_iter().find(|class| *class == line.class).unwrap();
        let tip = if class == "thread" { head.numbers[1] + GAP + 1 } else { head.numbers[1] };
        Seen { way: Edge { from: at(line.numbers[1]), to: at(tip) }, class }
    });
    let mut seen: Vec<Seen> = seen.collect();
    seen.sort();
    seen
}

/// The horizontal place of every arc, and the heights between which it is there.
fn arcs(reader: &Reader) -> Vec<(usize, usize, usize)> {
    let shapes = reader.shapes.borrow();
    let arcs = shapes.iter().filter(|shape| shape.class.starts_with("arc"));
    // M under from H turn A 14 14 0 0 sweep lane …: the lane is the ninth number, the end the last but one.
    arcs.map(|arc| (arc.numbers[8], arc.numbers[1], arc.numbers[arc.numbers.len() - 2])).collect()
}

fn stages<'a>(graph: &[(&'a str, Vec<usize>)]) -> Vec<Stage<'a>> {
    graph.iter().map(|(title, next)| Stage { title, next: next.clone() }).collect()
}

fn graphs() -> impl Strategy<Value = Vec<(String, Vec<usize>)>> {
    vec(("[a-z<&\"' ]{0,60}", vec(0..16_usize, 0..8)), 1..14)
}

proptest! {
    #[test]
    fn every_way_is_drawn_once_between_its_stages(graph in graphs()) {
        let graph: Vec<(&str, Vec<usize>)> =
            graph.iter().map(|(title, next)| (title.as_str(), next.clone())).collect();
        let reader = read(&draw(&stages(&graph), "Cycle"));
        let mut expected = BTreeSet::new();
        for (from, (_, next)) in graph.iter().enumerate() {
            for &to in next.iter().filter(|&&to| to != from && to < graph.len()) {
                let class = if to == from + 1 { "thread" } else if to > from { "arc" } else { "arc back" };
                expected.insert(Seen { way: Edge { from, to }, class });
            }
        }
        prop_assert_eq!(ways(&reader), expected.into_iter().collect::<Vec<_>>());
        prop_assert_eq!(reader.wrong.take(), Vec::<String>::new());
        prop_assert_eq!(reader.open.take(), Vec::<String>::new());
    }

    #[test]
    fn arcs_end_at_heights_of_their_own_and_lie_beside_each_other(graph in graphs()) {
        let graph: Vec<(&str, Vec<usize>)> =
            graph.iter().map(|(title, next)| (title.as_str(), next.clone())).collect();
        let arcs = arcs(&read(&draw(&stages(&graph), "Cycle")));
        let ends: BTreeSet<usize> = arcs.iter().flat_map(|&(_, from, to)| [from, to]).collect();
        prop_assert_eq!(ends.len(), 2 * arcs.len());
        for (at, &(lane, from, to)) in arcs.iter().enumerate() {
            for &(_, other_from, other_to) in arcs[..at].iter().filter(|other| other.0 == lane) {
                prop_assert!(from.max(to) < other_from.min(other_to) || other_from.max(other_to) < from.min(to));
            }
        }
    }

    #[test]
    fn lanes_hold_no_overlap_and_short_arcs_are_inside(pairs in btree_set((0..12_usize, 0..12_usize), 0..40)) {
        let edges: Vec<Edge> =
            pairs.into_iter().filter(|(from, to)| from != to).map(|(from, to)| Edge { from, to }).collect();
        let lanes = lanes(&edges);
        let overlap = |a: usize, b: usize| {
            let (a, b) = (edges[a].span(), edges[b].span());
            a.start < b.end && b.start < a.end
        };
        for a in 0..edges.len() {
            prop_assert!(!(0..edges.len()).any(|b| a != b && lanes[a] == lanes[b] && overlap(a, b)));
            for inner in 0..lanes[a] {
                let keeps_out = |b| lanes[b] == inner && overlap(a, b) && edges[b].span().len() <= edges[a].span().len();
                prop_assert!((0..edges.len()).any(keeps_out), "{:?} could be in lane {}", edges[a], inner);
            }
        }
    }
}

#[test]
fn nothing_is_drawn_of_nothing() {
    assert_eq!(draw(&[], "Cycle"), "");
}

#[test]
fn a_way_to_itself_to_nowhere_or_said_twice_is_not_another_way() {
    let stages = stages(&[("Potentiel", vec![1, 1, 0, 7]), ("Unification", vec![usize::MAX])]);
    assert_eq!(edges(&stages).into_iter().collect::<Vec<_>>(), [Edge { from: 0, to: 1 }]);
}

#[test]
fn one_stage_is_a_bead_and_its_title() {
    assert_eq!(
        draw(&stages(&[("Fin", vec![])]), "Cycle <A> & \"B\""),
        "<svg class=\"cycle\" role=\"img\" aria-label=\"Cycle &lt;A&gt; &amp; &quot;B&quot;\" width=\"68\" height=\"26\" \
         viewBox=\"0 0 68 26\"><rect class=\"bead\" x=\"3\" y=\"6\" width=\"14\" height=\"14\" rx=\"7\"/>\
         <text class=\"label\"><tspan x=\"30\" y=\"19\">Fin</tspan></text></svg>"
    );
}

#[test]
fn titles_are_text() {
    let reader = read(&draw(&stages(&[("a < b & \"c\" <i>", vec![1]), ("</text>", vec![])]), "Cycle"));
    assert_eq!(reader.lines.take(), ["a < b & \"c\" <i>", "</text>"]);
    assert_eq!(reader.wrong.take(), Vec::<String>::new());
}

#[test]
fn a_drawing_of_a_few_stages_fits_a_narrow_screen() {
    let graph = [
        ("Potentiel", vec![1, 4]),
        ("Unification", vec![2, 0]),
        ("Maturité et reconnaissance de la communauté", vec![3, 1]),
        ("Momentum", vec![4, 2]),
        ("Transformation", vec![0]),
    ];
    let svg = draw(&stages(&graph), "Cycle");
    let width = svg.split_once("width=\"").and_then(|(_, rest)| rest.split('"').next()).unwrap();
    assert!(width.parse::<usize>().unwrap() <= 340, "{width}");
}
