//! The life cycle of a community as a drawing: a thread from stage to stage, and arcs for every other way.
//!
//! Stages stand in reading order from top to bottom, so that the drawing fits a narrow screen. Who cannot see it reads
//! the same in a list, which stands beside it: there are no links in the drawing, and no identifiers that could be
//! those of the page. All coordinates are integers: pixels, where there is room for the drawing's own width.

mod lines;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::page::escaped;

/// How many stages are drawn at most: more would be a thicket, and the list says the same.
pub(super) const MOST: usize = 40;

/// How far the middle of the thread is from the edge of a bead.
const RADIUS: usize = 8;

/// From one end of an arc at a bead to the next; from the outermost one to where the bead ends.
const PORT: usize = 10;
const PORT_END: usize = 3;

/// The radius of an arc's corners.
const CORNER: usize = 14;

/// From a bead to the innermost lane: a corner, an arrowhead and the gap before the bead.
const FIRST_LANE: usize = CORNER + HEAD + GAP;

/// How much room there is for lanes, and the most and the least from one lane to the next.
const LANES: usize = 72;
const PITCH: (usize, usize) = (4, 16);

/// How long an arrowhead is, half its width, and how far its tip stays from the bead.
const HEAD: usize = 8;
const HALF_HEAD: usize = 4;
const GAP: usize = 2;

/// From the thread to the titles.
const TITLE: usize = RADIUS + 12;

/// From one line of a title to the next; from the middle of a line to its base.
const LEADING: usize = 22;
const BASE: usize = 6;

/// From one stage to the next, beside what they need themselves.
const SPACE: usize = 28;

/// How far apart readers may set letters (WCAG 2.2, 1.4.12: 0.12 of the size).
const SPACING: usize = 2;

/// What stays free around the drawing, for half the width of its lines.
const MARGIN: usize = 2;

/// A stage to draw: its title, and the places in the list of the stages that may follow.
pub(super) struct Stage<'a> {
    pub(super) title: &'a str,
    pub(super) next: Vec<usize>,
}

/// The stages as an SVG: `label` is its accessible name. Nothing where there are no stages.
pub(super) fn draw(stages: &[Stage<'_>], label: &str) -> String {
    if stages.is_empty() {
        return String::new();
    }
    let drawing = Drawing::of(stages);
    let (width, height) = (drawing.width(), drawing.height());
    let mut svg = format!(
        "<svg class=\"cycle\" role=\"img\" aria-label=\"{}\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\">",
        escaped(label)
    );
    svg.extend(drawing.threads.iter().map(|&below| drawing.thread(below)));
    svg.extend(drawing.arcs.iter().map(|arc| drawing.arc(arc)));
    svg.extend(drawing.rows.iter().map(|row| drawing.bead(row)));
    svg.push_str("</svg>");
    svg
}

/// A way from one stage to another, by their places in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Edge {
    from: usize,
    to: usize,
}

impl Edge {
    /// Whether it leads to the next stage of the list.
    fn is_thread(self) -> bool {
        self.to == self.from + 1
    }

    /// The rows that it leads past.
    fn span(self) -> Range<usize> {
        self.from.min(self.to)..self.from.max(self.to)
    }
}

/// Every way that is drawn, once.
fn edges(stages: &[Stage<'_>]) -> BTreeSet<Edge> {
    let all = stages.iter().enumerate().flat_map(|(from, stage)| stage.next.iter().map(move |&to| Edge { from, to }));
    all.filter(|edge| edge.to < stages.len() && edge.to != edge.from).collect()
}

/// The lane of each of `edges`, from 0 at the thread: short ones inside, and none over another.
fn lanes(edges: &[Edge]) -> Vec<usize> {
    let mut shortest_first: Vec<usize> = (0..edges.len()).collect();
    shortest_first.sort_by_key(|&at| (edges[at].span().len(), edges[at].span().start));
    let mut taken: Vec<BTreeMap<usize, usize>> = Vec::new();
    let mut lanes = vec![0; edges.len()];
    for at in shortest_first {
        let span = edges[at].span();
        let free = taken.iter().position(|lane| is_free(lane, &span)).unwrap_or(taken.len());
        if free == taken.len() {
            taken.push(BTreeMap::new());
        }
        taken[free].insert(span.start, span.end);
        lanes[at] = free;
    }
    lanes
}

/// Whether `span` overlaps none of the spans of a lane, which are given by start and end; they may touch.
fn is_free(lane: &BTreeMap<usize, usize>, span: &Range<usize>) -> bool {
    lane.range(..span.end).next_back().is_none_or(|(_, &end)| end <= span.start)
}

/// One end of an arc at a bead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Port {
    /// Of an arc that goes up; the innermost is the highest.
    Up { lane: usize, arc: usize },
    /// Of an arc that goes down; the innermost is the lowest.
    Down { lane: Reverse<usize>, arc: usize },
}

/// The ends at each bead from top to bottom, so that arcs of the same bead do not cross.
fn ports(rows: usize, edges: &[Edge], lanes: &[usize]) -> Vec<BTreeSet<Port>> {
    let mut ports = vec![BTreeSet::new(); rows];
    for (arc, (edge, &lane)) in edges.iter().zip(lanes).enumerate() {
        let Range { start, end } = edge.span();
        ports[start].insert(Port::Down { lane: Reverse(lane), arc });
        ports[end].insert(Port::Up { lane, arc });
    }
    ports
}

/// Where everything stands.
struct Drawing {
    rows: Vec<Row>,
    /// The rows to which the thread leads from the one above.
    threads: Vec<usize>,
    arcs: Vec<Arc>,
    /// From one lane to the next.
    pitch: usize,
    /// How far the thread is from the left.
    thread: usize,
}

/// A stage where it stands.
struct Row {
    title: Vec<String>,
    middle: usize,
    /// Half the height of the bead, which grows with the arcs that it holds.
    half: usize,
    /// Where what belongs to the stage ends.
    bottom: usize,
}

/// A way beside the thread, with the heights of its ends.
struct Arc {
    lane: usize,
    top: usize,
    bottom: usize,
    is_back: bool,
}

impl Drawing {
    /// Where everything in a drawing of `stages` stands.
    fn of(stages: &[Stage<'_>]) -> Drawing {
        let (threads, edges): (Vec<Edge>, Vec<Edge>) = edges(stages).into_iter().partition(|edge| edge.is_thread());
        let lanes = lanes(&edges);
        let ports = ports(stages.len(), &edges, &lanes);
        let rows = rows(stages, &ports);
        let beside = |(edge, &lane): (&Edge, &usize)| Arc { lane, top: 0, bottom: 0, is_back: edge.to < edge.from };
        let mut arcs: Vec<Arc> = edges.iter().zip(&lanes).map(beside).collect();
        for (row, ports) in rows.iter().zip(&ports) {
            attach(&mut arcs, row, ports);
        }
        let outer = lanes.iter().max().copied();
        let pitch = (LANES / outer.unwrap_or(0).max(1)).clamp(PITCH.0, PITCH.1);
        let thread = MARGIN + RADIUS + outer.map_or(0, |outer| FIRST_LANE + outer * pitch);
        Drawing { rows, threads: threads.into_iter().map(|edge| edge.to).collect(), arcs, pitch, thread }
    }

    /// As much as the lanes and the longest line of a title need, with its letters apart as far as readers may want them.
    fn width(&self) -> usize {
        let spaced = |line: &String| lines::width(line) + SPACING * line.chars().count();
        let titles = self.rows.iter().flat_map(|row| &row.title).map(spaced);
        self.thread + titles.max().map_or(RADIUS, |longest| TITLE + longest) + MARGIN
    }

    /// As much as the stages need.
    fn height(&self) -> usize {
        self.rows.last().map_or(0, |row| row.bottom) + MARGIN
    }

    /// The thread down to the row `below`.
    fn thread(&self, below: usize) -> String {
        let (above, below) = (&self.rows[below - 1], &self.rows[below]);
        let (x, top, tip) = (self.thread, above.middle + above.half, below.middle - below.half - GAP);
        let (left, right, base) = (x - HALF_HEAD, x + HALF_HEAD, tip - HEAD);
        format!(
            "<g class=\"thread\"><path d=\"M{x} {top}V{base}\"/>\
             <path class=\"arrow\" d=\"M{x} {tip}L{left} {base}H{right}Z\"/></g>"
        )
    }

    /// An arc from its start to its arrowhead.
    fn arc(&self, arc: &Arc) -> String {
        let bead = self.thread - RADIUS;
        let lane = bead - FIRST_LANE - arc.lane * self.pitch;
        // A bead is round: from its edge, lines above and below its middle would not touch it.
        let (under, tip, turn) = (self.thread, bead - GAP, lane + CORNER);
        let base = tip - HEAD;
        let (from, leaves, enters, to, sweep) = if arc.is_back {
            (arc.bottom, arc.bottom - CORNER, arc.top + CORNER, arc.top, 1)
        } else {
            (arc.top, arc.top + CORNER, arc.bottom - CORNER, arc.bottom, 0)
        };
        let class = if arc.is_back { "arc back" } else { "arc" };
        let (above, below) = (to - HALF_HEAD, to + HALF_HEAD);
        let corner = format!("A{CORNER} {CORNER} 0 0 {sweep}");
        format!(
            "<g class=\"{class}\">\
             <path d=\"M{under} {from}H{turn}{corner} {lane} {leaves}V{enters}{corner} {turn} {to}H{base}\"/>\
             <path class=\"arrow\" d=\"M{tip} {to}L{base} {above}V{below}Z\"/></g>"
        )
    }

    /// A bead and its title.
    fn bead(&self, row: &Row) -> String {
        let (x, y, width) = (self.thread - RADIUS + 1, row.middle - row.half + 1, 2 * RADIUS - 2);
        let (height, round) = (2 * row.half - 2, RADIUS - 1);
        let bead =
            format!("<rect class=\"bead\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{round}\"/>");
        let x = self.thread + TITLE;
        let first = row.middle + BASE + LEADING / 2 - row.title.len() * LEADING / 2;
        let line = |(at, line)| format!("<tspan x=\"{x}\" y=\"{}\">{}</tspan>", first + at * LEADING, escaped(line));
        let lines: String = row.title.iter().map(String::as_str).enumerate().map(line).collect();
        format!("{bead}<text class=\"label\">{lines}</text>")
    }
}

/// Gives the ends of `arcs` at the bead of `row` their heights.
fn attach(arcs: &mut [Arc], row: &Row, ports: &BTreeSet<Port>) {
    let first = row.middle + PORT / 2 - ports.len() * PORT / 2;
    for (place, port) in ports.iter().enumerate() {
        let height = first + place * PORT;
        match *port {
            Port::Up { arc, .. } => arcs[arc].bottom = height,
            Port::Down { arc, .. } => arcs[arc].top = height,
        }
    }
}

/// Each stage below the one before.
fn rows(stages: &[Stage<'_>], ports: &[BTreeSet<Port>]) -> Vec<Row> {
    let mut top = MARGIN;
    let mut rows = Vec::with_capacity(stages.len());
    for (stage, ports) in stages.iter().zip(ports) {
        let title = lines::wrap(stage.title);
        let half = (ports.len().saturating_sub(1) * PORT / 2 + PORT_END).max(RADIUS);
        let half_title = title.len() * LEADING / 2;
        let middle = top + half.max(half_title);
        let bottom = middle + half.max(half_title);
        rows.push(Row { title, middle, half, bottom });
        top = bottom + SPACE;
    }
    rows
}

#[cfg(test)]
mod tests;
