//! Boussole against the floor: runs in pairs, so that what slows the machine slows both.

use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::corpus::Format;
use crate::run::{self, Cost, Measure, boussole, floor, run, typical};
use crate::table::{self, grouped, number};
use crate::workspace::{Workspace, check_written};

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

/// Costs at one size; the lists are as long as each other, and what stands at the same place ran in the same round.
struct Size {
    pages: u32,
    floor: Vec<Cost>,
    build: Vec<Cost>,
    unchanged: Vec<Cost>,
}

const MEASURES: [Measure; 3] = [|cost| cost.wall, |cost| cost.cpu, |cost| cost.memory];

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
    let mut size = Size { pages, floor: Vec::new(), build: Vec::new(), unchanged: Vec::new() };
    for round in 0..=options.rounds {
        tell(&format!("{} pages: round {round} of {}", grouped(pages), options.rounds));
        size.round(options.program(), workspace, &root)?;
    }
    tell("");
    size.forget_first();
    std::fs::remove_dir_all(root)?;
    Ok(size)
}

/// Replace the line that tells a person who waits how far the measure is.
fn tell(progress: &str) {
    if io::stderr().is_terminal() {
        eprint!("\r\x1b[K{progress}");
    }
}

impl Size {
    /// The floor and a build, each first every other time, then a build with nothing to do.
    fn round(&mut self, program: &Path, workspace: &Workspace, root: &Path) -> io::Result<()> {
        let output = if self.floor.len().is_multiple_of(2) {
            self.run_floor(workspace, root)?;
            self.run_build(program, workspace, root)?
        } else {
            let output = self.run_build(program, workspace, root)?;
            self.run_floor(workspace, root)?;
            output
        };
        self.unchanged.push(run(boussole(program, root, &output))?);
        Ok(())
    }

    fn run_floor(&mut self, workspace: &Workspace, root: &Path) -> io::Result<()> {
        let output = workspace.absent("floor")?;
        self.floor.push(run(floor(root, &output)?)?);
        check_written(&output, self.pages)
    }

    fn run_build(&mut self, program: &Path, workspace: &Workspace, root: &Path) -> io::Result<PathBuf> {
        let output = workspace.absent("build")?;
        self.build.push(run(boussole(program, root, &output))?);
        check_written(&output, self.pages)?;
        Ok(output)
    }

    /// Drop the round that warmed the machine up.
    fn forget_first(&mut self) {
        for costs in [&mut self.floor, &mut self.build, &mut self.unchanged] {
            costs.remove(0);
        }
    }

    /// `measure` of each build over that of the floor of its round.
    fn ratios(&self, measure: Measure) -> Vec<f64> {
        self.build.iter().zip(&self.floor).map(|(build, floor)| measure(build) / measure(floor)).collect()
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let pages = grouped(self.pages);
        let mut ratios = vec![pages.clone(), "build ÷ floor".into()];
        ratios.extend(MEASURES.map(|measure| spread(self.ratios(measure))));
        vec![
            cost_row(&pages, "floor", &self.floor),
            cost_row(&pages, "build", &self.build),
            cost_row(&pages, "build, unchanged", &self.unchanged),
            ratios,
        ]
    }
}

fn rows(sizes: &[Size]) -> Vec<Vec<String>> {
    let header = ["pages", "what", "wall, s", "CPU, s", "memory, MB"].map(String::from).to_vec();
    std::iter::once(header).chain(sizes.iter().flat_map(Size::rows)).collect()
}

fn cost_row(pages: &str, what: &str, costs: &[Cost]) -> Vec<String> {
    let cost = typical(costs);
    let numbers = MEASURES.map(|measure| number(measure(&cost)));
    [pages.to_owned(), what.to_owned()].into_iter().chain(numbers).collect()
}

/// The median of `ratios`, with the least and the greatest.
fn spread(ratios: Vec<f64>) -> String {
    let least = ratios.iter().copied().fold(f64::INFINITY, f64::min);
    let greatest = ratios.iter().copied().fold(0.0, f64::max);
    format!("{} ({}–{})", number(run::median(ratios)), number(least), number(greatest))
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
        growth(|size| &size.build),
        growth(|size| &size.floor),
    )
}

fn check_limit(options: &Options, sizes: &[Size]) -> io::Result<()> {
    let Some(limit) = options.at_most else { return Ok(()) };
    for size in sizes {
        let ratio = run::median(size.ratios(|cost| cost.wall));
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
