//! Boussole against the floor: runs in the same rounds, so that what slows the machine slows all.

use std::io;
use std::path::PathBuf;

use clap::Args;

use crate::corpus::Variety;
use crate::pair::{MEASURES, cost_cells, ratio, ratio_cells};
use crate::round::{Run, Size};
use crate::run::{Measure, typical};
use crate::table::{self, grouped, number};
use crate::workspace::Workspace;

#[derive(Args, Clone)]
pub(crate) struct Options {
    /// Sizes of the guides, in pages
    #[arg(long, value_name = "N,N…", value_delimiter = ',', default_value = "1000,10000")]
    pages: Vec<u32>,
    /// Which guides
    #[arg(long, value_name = "NAME,NAME", value_enum, value_delimiter = ',', default_value = "plain,rich")]
    variety: Vec<Variety>,
    /// How many rounds on each guide, after one that does not count
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    pub(crate) rounds: u32,
    /// Equal seeds give equal guides
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The Boussole to measure [default: the one that cargo has just built]
    #[arg(long, value_name = "PATH", default_value = env!("CARGO_BIN_EXE_boussole"), hide_default_value = true)]
    pub(crate) program: PathBuf,
    /// Where to make the guides [default: in memory, /dev/shm, else the temporary folder]
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Let the floor write one file for each page, as it did before Boussole wrote pages as plain text too
    #[arg(long)]
    pub(crate) html_only: bool,
    /// Fail where the wall time of a build is more than so many times the floor's
    #[arg(long, value_name = "RATIO")]
    at_most: Option<f64>,
    /// Fail where a figure is over its target
    #[arg(long)]
    strict: bool,
}

impl Options {
    /// The same on guides so small that a run shows only that everything works.
    pub(crate) fn shortened(&self) -> Options {
        Options { pages: vec![50], rounds: 1, at_most: None, strict: false, ..self.clone() }
    }
}

/// A ratio that tables show: the costs of one run over those of another, in the same rounds.
struct Ratio {
    run: Run,
    base: Run,
    /// What it may come to at most.
    targets: &'static [Target],
}

/// The most that something may be.
struct Target {
    name: &'static str,
    measure: Measure,
    most: f64,
}

const WALL: Measure = |cost| cost.wall;
const CPU: Measure = |cost| cost.cpu;
const MEMORY: Measure = |cost| cost.memory;

const RATIOS: [Ratio; 3] = [
    Ratio { run: Run::Cold, base: Run::Floor, targets: &[Target { name: "wall time", measure: WALL, most: 3.0 }] },
    Ratio { run: Run::Cold, base: Run::Unlinked, targets: &[] },
    Ratio {
        run: Run::Unchanged,
        base: Run::Read,
        targets: &[
            Target { name: "wall time", measure: WALL, most: 1.5 },
            Target { name: "CPU time", measure: CPU, most: 1.5 },
        ],
    },
];

/// From one size to one ten times as large.
const GROWTH: [Target; 2] =
    [Target { name: "wall time", measure: WALL, most: 10.5 }, Target { name: "memory", measure: MEMORY, most: 9.0 }];

/// MB that a build of 10,000 pages may hold.
const MEMORY_AT_10_000: f64 = 250.0;

/// Measure all guides, and print what came of it.
pub(crate) fn compare(options: &Options) -> io::Result<()> {
    let workspace = Workspace::new(options.folder.as_deref(), options.seed)?;
    println!("Boussole against the floor, medians of {} rounds, {}\n", options.rounds, workspace.description());
    let mut sizes = Vec::new();
    for &variety in &options.variety {
        for &pages in &options.pages {
            sizes.push(Size::measure(options, &workspace, (variety, pages))?);
        }
    }
    println!("{}", table::markdown(&rows(&sizes), 2));
    for [small, large] in neighbours(&sizes) {
        println!("{}", slope(small, large));
    }
    let misses = misses(options, &sizes);
    if misses.is_empty() { Ok(()) } else { Err(io::Error::other(misses.join("\n       "))) }
}

fn rows(sizes: &[Size]) -> Vec<Vec<String>> {
    let header = ["pages", "what", "wall, s", "CPU, s", "memory, MB"].map(String::from).to_vec();
    std::iter::once(header).chain(sizes.iter().flat_map(rows_of)).collect()
}

/// What each run cost, and their ratios.
fn rows_of(size: &Size) -> Vec<Vec<String>> {
    let row = |what: String, cells: [String; 3]| [size.title(), what].into_iter().chain(cells).collect();
    let is_run = |run: &Run| !size.costs(*run).is_empty();
    let runs = Run::ALL.into_iter().filter(is_run);
    let costs = runs.map(|run| row(run.name().to_owned(), cost_cells(size.costs(run))));
    let ratios = RATIOS.iter().filter(|ratio| is_run(&ratio.run) && is_run(&ratio.base));
    costs
        .chain(ratios.map(|ratio| row(ratio.name(), ratio_cells(size.costs(ratio.run), size.costs(ratio.base)))))
        .collect()
}

impl Ratio {
    /// What tables call it.
    fn name(&self) -> String {
        format!("{} ÷ {}", self.run.name(), self.base.name())
    }
}

/// Guides of the same variety, each with the next larger one.
fn neighbours(sizes: &[Size]) -> impl Iterator<Item = [&Size; 2]> {
    let pairs = sizes.windows(2).map(|pair| [&pair[0], &pair[1]]);
    pairs.filter(|[small, large]| small.variety == large.variety)
}

/// How the costs of a build grow from one size to the next.
fn slope(small: &Size, large: &Size) -> String {
    let growth = |run| {
        let [wall, cpu, memory] = MEASURES.map(|measure| number(grown([small, large], run, measure)));
        format!("wall × {wall}, CPU × {cpu}, memory × {memory}")
    };
    format!(
        "{} → {} (× {}): build {}; floor {}",
        small.title(),
        large.title(),
        number(f64::from(large.pages) / f64::from(small.pages)),
        growth(Run::Cold),
        growth(Run::Floor),
    )
}

/// What `run` costs at the larger size, as a multiple of the smaller.
fn grown([small, large]: [&Size; 2], run: Run, measure: Measure) -> f64 {
    measure(&typical(large.costs(run))) / measure(&typical(small.costs(run)))
}

/// Every figure that is over what it was asked to be.
fn misses(options: &Options, sizes: &[Size]) -> Vec<String> {
    let mut figures = Vec::new();
    if let Some(most) = options.at_most {
        let floor = Ratio { run: Run::Cold, base: Run::Floor, targets: &[] };
        figures.extend(sizes.iter().map(|size| floor.figure(size, &Target { name: "wall time", measure: WALL, most })));
    }
    if options.strict {
        figures.extend(sizes.iter().flat_map(targets_of));
        let tenfold = neighbours(sizes).filter(|[small, large]| large.pages == small.pages.saturating_mul(10));
        figures.extend(tenfold.flat_map(growth_of));
    }
    let over = figures.into_iter().filter(|figure| figure.value > figure.most);
    over.map(|Figure { what, value, most }| format!("{what}: {}, over {most}", number(value))).collect()
}

/// Something measured, and the most that it may be.
struct Figure {
    what: String,
    value: f64,
    most: f64,
}

impl Ratio {
    fn figure(&self, size: &Size, target: &Target) -> Figure {
        let value = ratio(size.costs(self.run), size.costs(self.base), target.measure);
        Figure { what: format!("{} pages, {}, {}", size.title(), self.name(), target.name), value, most: target.most }
    }
}

fn targets_of(size: &Size) -> Vec<Figure> {
    let ratios = RATIOS.iter().flat_map(|ratio| ratio.targets.iter().map(|target| ratio.figure(size, target)));
    let mut figures: Vec<Figure> = ratios.collect();
    if size.pages == 10_000 {
        let value = typical(size.costs(Run::Cold)).memory;
        let what = format!("{} pages, memory of a build in MB", size.title());
        figures.push(Figure { what, value, most: MEMORY_AT_10_000 });
    }
    figures
}

fn growth_of(sizes: [&Size; 2]) -> Vec<Figure> {
    let [small, large] = sizes.map(|size| grouped(size.pages));
    let figure = |target: &Target| Figure {
        what: format!("{} {small} → {large} pages, {}", sizes[0].variety.name(), target.name),
        value: grown(sizes, Run::Cold, target.measure),
        most: target.most,
    };
    GROWTH.iter().map(figure).collect()
}
