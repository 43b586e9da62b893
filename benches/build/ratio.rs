//! Boussole against the floor: runs in pairs, so that what slows the machine slows both.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::corpus::Format;
use crate::pair::{MEASURES, Pair, cost_cells};
use crate::run::{Cost, boussole, floor, run, typical};
use crate::table::{self, grouped, number};
use crate::workspace::{Workspace, check_written, tell};

#[derive(Args, Clone)]
pub(crate) struct Options {
    /// Sizes of the guides, in pages
    #[arg(long, value_name = "N,N…", value_delimiter = ',', default_value = "1000,10000")]
    pages: Vec<u32>,
    /// How many pairs of runs at each size, after one that does not count
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Equal seeds give equal guides
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The Boussole to measure [default: the one that cargo has just built]
    #[arg(long, value_name = "PATH")]
    program: Option<PathBuf>,
    /// Where to make the guides [default: in memory, /dev/shm, else the temporary folder]
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Fail where the wall time of a build is more than so many times the floor's
    #[arg(long, value_name = "RATIO")]
    at_most: Option<f64>,
}

impl Options {
    /// The same on a guide so small that a run shows only that everything works.
    pub(crate) fn shortened(&self) -> Options {
        Options { pages: vec![50], rounds: 1, at_most: None, ..self.clone() }
    }

    fn program(&self) -> &Path {
        self.program.as_deref().unwrap_or(Path::new(env!("CARGO_BIN_EXE_boussole")))
    }
}

/// Costs at one size.
struct Size {
    pages: u32,
    /// The floor and a build.
    pair: Pair,
    /// A build with nothing to do, in each round.
    unchanged: Vec<Cost>,
}

pub(crate) fn compare(options: &Options) -> io::Result<()> {
    let workspace = Workspace::new(options.folder.as_deref(), options.seed)?;
    println!("Boussole against the floor, medians of {} rounds, {}\n", options.rounds, workspace.description());
    let mut sizes = Vec::new();
    for &pages in &options.pages {
        sizes.push(measure(options, &workspace, pages)?);
    }
    println!("{}", table::markdown(&rows(&sizes), 2));
    for pair in sizes.windows(2) {
        println!("{}", slope(&pair[0], &pair[1]));
    }
    check_limit(options, &sizes)
}

fn measure(options: &Options, workspace: &Workspace, pages: u32) -> io::Result<Size> {
    let root = workspace.guide(pages, Format::Boussole)?;
    let mut size = Size { pages, pair: Pair::default(), unchanged: Vec::new() };
    for round in 0..=options.rounds {
        tell(&format!("{} pages: round {round} of {}", grouped(pages), options.rounds));
        size.round(options.program(), workspace, &root)?;
    }
    tell("");
    size.pair.forget_first();
    size.unchanged.remove(0);
    std::fs::remove_dir_all(root)?;
    Ok(size)
}

impl Size {
    /// The floor and a build, then a build with nothing to do.
    fn round(&mut self, program: &Path, workspace: &Workspace, root: &Path) -> io::Result<()> {
        let pages = self.pages;
        let measured = |name, command: &dyn Fn(&Path) -> io::Result<Command>| {
            let output = workspace.absent(name)?;
            let cost = run(command(&output)?)?;
            check_written(&output, pages)?;
            Ok(cost)
        };
        self.pair.round(
            || measured("floor", &|output| floor(root, output)),
            || measured("build", &|output| Ok(boussole(program, root, output))),
        )?;
        self.unchanged.push(run(boussole(program, root, &workspace.path().join("build")))?);
        Ok(())
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let row = |what: &str, cells| [grouped(self.pages), what.to_owned()].into_iter().chain(cells).collect();
        vec![
            row("floor", cost_cells(self.pair.base())),
            row("build", cost_cells(self.pair.other())),
            row("build, unchanged", cost_cells(&self.unchanged)),
            row("build ÷ floor", self.pair.ratio_cells()),
        ]
    }
}

fn rows(sizes: &[Size]) -> Vec<Vec<String>> {
    let header = ["pages", "what", "wall, s", "CPU, s", "memory, MB"].map(String::from).to_vec();
    std::iter::once(header).chain(sizes.iter().flat_map(Size::rows)).collect()
}

/// How the costs of a build grow from one size to the next.
fn slope(small: &Size, large: &Size) -> String {
    let growth = |costs: fn(&Size) -> &[Cost]| {
        let (small, large) = (typical(costs(small)), typical(costs(large)));
        let [wall, cpu, memory] = MEASURES.map(|measure| number(measure(&large) / measure(&small)));
        format!("wall × {wall}, CPU × {cpu}, memory × {memory}")
    };
    let pages = f64::from(large.pages) / f64::from(small.pages);
    format!(
        "{} → {} pages (× {}): build {}; floor {}",
        grouped(small.pages),
        grouped(large.pages),
        number(pages),
        growth(|size| size.pair.other()),
        growth(|size| size.pair.base()),
    )
}

fn check_limit(options: &Options, sizes: &[Size]) -> io::Result<()> {
    let Some(limit) = options.at_most else { return Ok(()) };
    for size in sizes {
        let ratio = size.pair.ratio(|cost| cost.wall);
        if ratio > limit {
            let pages = grouped(size.pages);
            return Err(io::Error::other(format!(
                "at {pages} pages a build takes {} times the floor, over {limit}",
                number(ratio)
            )));
        }
    }
    Ok(())
}
