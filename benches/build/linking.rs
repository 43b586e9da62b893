//! What automatic links cost: the same guide with and without them, and the same text with few names and with many.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use walkdir::WalkDir;

use crate::pair::{Pair, cost_cells};
use crate::run::{Cost, Measure, boussole, run};
use crate::table::{self, grouped, number};
use crate::workspace::{Workspace, check_written, tell};

/// What is asked of the measure of linking.
#[derive(Args)]
pub(crate) struct Options {
    /// Role pages of each guide; the pages of its terms come on top
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..))]
    pages: u32,
    /// How many pairs of runs, after one that does not count
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Equal seeds give equal guides
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The Boussole to measure
    #[arg(long, value_name = "PATH", default_value = env!("CARGO_BIN_EXE_boussole"), hide_default_value = true)]
    program: PathBuf,
    /// Where to make the guides [default: in memory, /dev/shm, else the temporary folder]
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Fail where a ratio of wall or CPU time is over its target
    #[arg(long)]
    strict: bool,
}

/// Two guides with the same files, which differ in what becomes a link.
struct Comparison {
    /// What its rows begin with.
    title: &'static str,
    /// Term pages of each.
    terms: u32,
    /// What the other is compared with.
    base: Side,
    /// The one with more to link, or more to look for.
    other: Side,
    /// The most that the other may take, as a multiple of the base.
    target: f64,
}

/// One guide of a comparison.
struct Side {
    /// What tables call it.
    name: &'static str,
    /// What the command `corpus` is told.
    arguments: &'static [&'static str],
}

const COMPARISONS: [Comparison; 3] = [
    Comparison {
        title: "1,000 names",
        terms: 1000,
        base: Side { name: "none", arguments: &["--names", "1000", "--automatic", "none"] },
        other: Side { name: "first-per-facet", arguments: &["--names", "1000"] },
        target: 1.4,
    },
    Comparison {
        title: "varied names",
        terms: 10_000,
        base: Side { name: "100", arguments: &["--names", "100", "--terms", "10000"] },
        other: Side { name: "10,000", arguments: &["--names", "10000", "--mentioned", "100"] },
        target: 1.15,
    },
    Comparison {
        title: "shared names",
        terms: 10_000,
        base: Side { name: "100", arguments: &["--names", "100", "--terms", "10000", "--name-shape", "shared"] },
        other: Side {
            name: "10,000",
            arguments: &["--names", "10000", "--mentioned", "100", "--name-shape", "shared"],
        },
        target: 1.15,
    },
];

/// Measure every comparison and print them in one table.
pub(crate) fn compare(options: &Options) -> io::Result<()> {
    let workspace = Workspace::new(options.folder.as_deref(), options.seed)?;
    let (pages, place) = (grouped(options.pages), workspace.description());
    println!("Automatic links, {pages} role pages, medians of {} rounds, {place}\n", options.rounds);
    let mut results = Vec::new();
    for comparison in &COMPARISONS {
        results.push(comparison.measure(options, &workspace)?);
    }
    println!("{}", table::markdown(&rows(&results), 2));
    if options.strict { check_targets(&results) } else { Ok(()) }
}

/// What a comparison came to.
struct Outcome {
    comparison: &'static Comparison,
    pair: Pair,
    /// Automatic links of a role page, on average: of the base and of the other.
    links: [f64; 2],
}

impl Comparison {
    /// Make both guides, build each in every round, and remove them.
    fn measure(&'static self, options: &Options, workspace: &Workspace) -> io::Result<Outcome> {
        let guide = |name, side: &Side| -> io::Result<Guide<'_>> {
            let root = workspace.corpus(name, options.pages, side.arguments)?;
            Ok(Guide { options, workspace, name, root, pages: options.pages + self.terms })
        };
        let (base, other) = (guide("base", &self.base)?, guide("other", &self.other)?);
        let mut pair = Pair::default();
        for round in 0..=options.rounds {
            tell(&format!("{}: round {round} of {}", self.title, options.rounds));
            pair.round(|| base.build(), || other.build())?;
        }
        tell("");
        pair.forget_first();
        let links = [base.links_per_page()?, other.links_per_page()?];
        for guide in [base, other] {
            std::fs::remove_dir_all(guide.root)?;
        }
        Ok(Outcome { comparison: self, pair, links })
    }
}

/// A guide on the disk.
struct Guide<'a> {
    options: &'a Options,
    workspace: &'a Workspace,
    name: &'a str,
    root: PathBuf,
    /// Of roles and of terms.
    pages: u32,
}

impl Guide<'_> {
    /// Build it from nothing.
    fn build(&self) -> io::Result<Cost> {
        let output = self.workspace.absent(&self.site())?;
        let cost = run(boussole(&self.options.program, &self.root, &output))?;
        check_written(&output, self.pages)?;
        Ok(cost)
    }

    /// The folder of its last build.
    fn site(&self) -> String {
        format!("{}-site", self.name)
    }

    /// Only automatic links lead from roles to terms.
    fn links_per_page(&self) -> io::Result<f64> {
        let links = automatic_links(&self.workspace.path().join(self.site()).join("roles"))?;
        Ok(links as f64 / f64::from(self.options.pages))
    }
}

/// How many automatic links the pages in `folder` hold.
fn automatic_links(folder: &Path) -> io::Result<usize> {
    let mut links = 0;
    for entry in WalkDir::new(folder) {
        let path = entry?.into_path();
        if path.extension().is_some_and(|extension| extension == "html") {
            links += std::fs::read_to_string(path)?.matches("data-link=\"automatic\"").count();
        }
    }
    Ok(links)
}

/// One table of all results.
fn rows(results: &[Outcome]) -> Vec<Vec<String>> {
    let header = ["guide", "automatic links", "wall, s", "CPU, s", "memory, MB", "links a page", "target"];
    std::iter::once(header.map(String::from).to_vec()).chain(results.iter().flat_map(Outcome::rows)).collect()
}

impl Outcome {
    /// Each side's costs, and their ratios.
    fn rows(&self) -> [Vec<String>; 3] {
        let Comparison { title, base, other, target, .. } = self.comparison;
        let row = |what: &str, cells: [String; 3], links: String, target: String| {
            [(*title).to_owned(), what.to_owned()].into_iter().chain(cells).chain([links, target]).collect()
        };
        let [base_links, other_links] = self.links.map(number);
        let ratio = format!("{} ÷ {}", other.name, base.name);
        [
            row(base.name, cost_cells(self.pair.base()), base_links, String::new()),
            row(other.name, cost_cells(self.pair.other()), other_links, String::new()),
            row(&ratio, self.pair.ratio_cells(), String::new(), format!("≤ {target}")),
        ]
    }
}

/// An error where a comparison takes more than its target.
fn check_targets(results: &[Outcome]) -> io::Result<()> {
    const TIMES: [(&str, Measure); 2] = [("wall", |cost| cost.wall), ("CPU", |cost| cost.cpu)];
    for Outcome { comparison: Comparison { title, target, .. }, pair, .. } in results {
        for (time, measure) in TIMES {
            let ratio = pair.ratio(measure);
            if ratio > *target {
                let ratio = number(ratio);
                return Err(io::Error::other(format!("{title}: {time} time is × {ratio}, over {target}")));
            }
        }
    }
    Ok(())
}
