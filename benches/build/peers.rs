//! Boussole against other generators: each builds the same guide, spelled its way, from nothing.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::chart;
use crate::corpus::{Format, Variety};
use crate::proof::Written;
use crate::run::{self, Cost, run, typical};
use crate::table::{self, grouped, number};
use crate::workspace::{Workspace, remove, tell};

#[derive(Args)]
pub(crate) struct Options {
    /// Size of the guides, in pages
    #[arg(long, value_name = "N", default_value_t = 10_000, value_parser = clap::value_parser!(u32).range(1..))]
    pages: u32,
    /// Which guides
    #[arg(long, value_name = "NAME,NAME", value_enum, value_delimiter = ',', default_value = "plain,rich")]
    variety: Vec<Variety>,
    /// How many times each program builds each guide, in turn; once, where that takes over a minute
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Equal seeds give equal guides
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The Boussole to measure
    #[arg(long, value_name = "PATH", default_value = env!("CARGO_BIN_EXE_boussole"), hide_default_value = true)]
    program: PathBuf,
    /// Hugo
    #[arg(long, value_name = "PATH", default_value = "hugo")]
    hugo: PathBuf,
    /// Zola
    #[arg(long, value_name = "PATH", default_value = "zola")]
    zola: PathBuf,
    /// mdBook
    #[arg(long, value_name = "PATH", default_value = "mdbook")]
    mdbook: PathBuf,
    /// Zensical
    #[arg(long, value_name = "PATH", default_value = "zensical")]
    zensical: PathBuf,
    /// Where to make the guides [default: in memory, /dev/shm, else the temporary folder]
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Draw what came of it as SVG: in English, and beside it in French
    #[arg(long, value_name = "FILE.svg")]
    chart: Option<PathBuf>,
    /// Fail where another program takes less CPU time than it is meant to, as a multiple of Boussole's
    #[arg(long)]
    strict: bool,
}

/// After so many seconds, one run of a program is enough: what chance does to it is small beside what it takes.
const LONG: f64 = 60.0;

/// The least that others' CPU time is meant to be, as a multiple of Boussole's.
const TARGETS: [(Format, f64); 2] = [(Format::Hugo, 6.0), (Format::Zola, 20.0)];

impl Options {
    fn generators(&self) -> Vec<Generator> {
        let all = [
            ("Boussole", Format::Boussole, &self.program),
            ("Hugo", Format::Hugo, &self.hugo),
            ("Zola", Format::Zola, &self.zola),
            ("mdBook", Format::Mdbook, &self.mdbook),
            ("Zensical", Format::Zensical, &self.zensical),
        ];
        all.into_iter().filter_map(|(name, format, program)| Generator::find(name, format, program)).collect()
    }
}

/// A program that is installed.
struct Generator {
    name: &'static str,
    version: String,
    format: Format,
    program: PathBuf,
}

impl Generator {
    fn find(name: &'static str, format: Format, program: &Path) -> Option<Generator> {
        let argument = if format == Format::Hugo { "version" } else { "--version" };
        match Command::new(program).arg(argument).output() {
            Ok(told) => {
                let version = version_in(&String::from_utf8_lossy(&told.stdout));
                Some(Generator { name, version, format, program: program.into() })
            }
            Err(error) => {
                eprintln!("{name} is left out, {}: {error}", program.display());
                None
            }
        }
    }

    /// The command that builds the guide at `root` into `output`, saying little.
    fn command(&self, root: &Path, output: &Path) -> Command {
        let mut command = Command::new(&self.program);
        match self.format {
            Format::Boussole => return run::boussole(&self.program, root, output),
            Format::Hugo => command.args(["--quiet", "--source"]).arg(root).arg("--destination").arg(output),
            Format::Zola => command.arg("--root").arg(root).args(["build", "--output-dir"]).arg(output),
            Format::Mdbook => command.arg("build").arg(root).arg("--dest-dir").arg(output),
            // Where it writes is said by its settings.
            Format::Zensical => command.args(["build", "--config-file"]).arg(root.join("zensical.toml")),
        };
        command
    }
}

/// A program, its guide, and what its runs cost so far.
struct Entrant<'a> {
    generator: &'a Generator,
    root: PathBuf,
    /// What its site must hold.
    written: Written,
    costs: Vec<Cost>,
}

impl Entrant<'_> {
    /// Build once, where nothing was built before, and see whether all is there; not again, where that took long.
    fn round(&mut self) -> io::Result<()> {
        if self.costs.iter().any(|cost| cost.wall > LONG) {
            return Ok(());
        }
        let output = self.root.join("site");
        for made in [&output, &self.root.join(".cache")] {
            remove(made)?;
        }
        let cost = run(self.generator.command(&self.root, &output))?;
        if self.costs.is_empty() {
            self.written.check(&output)?;
        }
        self.costs.push(cost);
        remove(&output)
    }
}

/// What building one guide cost each program.
pub(crate) struct Race {
    pub(crate) variety: Variety,
    pub(crate) pages: u32,
    /// Boussole first, where it is there.
    pub(crate) results: Vec<Outcome>,
}

/// What one program came to.
pub(crate) struct Outcome {
    /// With its version.
    pub(crate) name: String,
    pub(crate) format: Format,
    /// What its builds typically cost.
    pub(crate) cost: Cost,
}

impl Race {
    /// The CPU time of `outcome` as a multiple of Boussole's, where that was measured.
    fn relative(&self, outcome: &Outcome) -> Option<f64> {
        let reference = self.results.iter().find(|outcome| outcome.format == Format::Boussole)?;
        Some(outcome.cost.cpu / reference.cost.cpu)
    }
}

/// Build with every program in turn; one that fails is told of and left out.
pub(crate) fn compare(options: &Options) -> io::Result<()> {
    let workspace = Workspace::new(options.folder.as_deref(), options.seed)?;
    let pages = grouped(options.pages);
    println!("{pages} pages from nothing, medians of {} rounds, {}\n", options.rounds, workspace.description());
    let generators = options.generators();
    let mut races = Vec::new();
    for &variety in &options.variety {
        let race = race(options, &workspace, (variety, &generators))?;
        println!("{}\n\n{}", variety.name(), table::markdown(&rows(&race), 1));
        races.push(race);
    }
    if let Some(file) = &options.chart {
        chart::draw(&races, file)?;
    }
    if options.strict { check_targets(&races) } else { Ok(()) }
}

/// An error where another program takes less than it is meant to.
fn check_targets(races: &[Race]) -> io::Result<()> {
    for (race, (format, least)) in races.iter().flat_map(|race| TARGETS.map(|target| (race, target))) {
        let Some(outcome) = race.results.iter().find(|outcome| outcome.format == format) else { continue };
        if let Some(relative) = race.relative(outcome).filter(|relative| *relative < least) {
            let (name, variety, relative) = (&outcome.name, race.variety.name(), number(relative));
            return Err(io::Error::other(format!(
                "{variety}: {name} takes {relative} times the CPU time, under {least}"
            )));
        }
    }
    Ok(())
}

/// All rounds on one guide.
fn race(options: &Options, workspace: &Workspace, (variety, generators): (Variety, &[Generator])) -> io::Result<Race> {
    let mut entrants = Vec::new();
    for generator in generators {
        let format = format!("{:?}", generator.format).to_lowercase();
        let root = workspace.varied(&format, (variety, options.pages), &["--format", &format])?;
        let written = Written::in_content(&root.join("content"))?;
        entrants.push(Entrant { generator, root, written, costs: Vec::new() });
    }
    for round in 1..=options.rounds {
        entrants.retain_mut(|entrant| {
            let name = entrant.generator.name;
            tell(&format!("{}: round {round} of {}, {name}", variety.name(), options.rounds));
            let done = entrant.round();
            if let Err(error) = &done {
                eprintln!("{name} is left out: {error}");
            }
            done.is_ok()
        });
    }
    tell("");
    for generator in generators {
        remove(&workspace.path().join(format!("{:?}", generator.format).to_lowercase()))?;
    }
    let results = entrants.into_iter().map(|Entrant { generator, costs, .. }| Outcome {
        name: format!("{} {}", generator.name, generator.version),
        format: generator.format,
        cost: typical(&costs),
    });
    Ok(Race { variety, pages: options.pages, results: results.collect() })
}

fn rows(race: &Race) -> Vec<Vec<String>> {
    let header = ["program", "wall, s", "CPU, s", "memory, MB", "CPU ÷ Boussole’s"].map(String::from).to_vec();
    let rows = race.results.iter().map(|outcome| {
        let relative = race.relative(outcome).map_or_else(|| "–".to_owned(), number);
        let Outcome { name, cost, .. } = outcome;
        vec![name.clone(), number(cost.wall), number(cost.cpu), number(cost.memory), relative]
    });
    std::iter::once(header).chain(rows).collect()
}

/// The first number of a version in what a program told of itself, such as `0.168.0` in `hugo v0.168.0-e27a+extended`.
fn version_in(told: &str) -> String {
    let mut words = told.split_whitespace().map(|word| word.trim_start_matches('v'));
    let version = words.find(|word| word.starts_with(|letter: char| letter.is_ascii_digit())).unwrap_or_default();
    version.split(['-', '+']).next().unwrap_or_default().to_owned()
}
