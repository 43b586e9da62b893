//! What the search index costs: beside what pagefind's own program takes for the same site, and when no text changed.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::corpus::Variety;
use crate::pair::{MEASURES, cost_cells, ratio, ratio_cells};
use crate::run::{Cost, Measure, boussole, run, typical};
use crate::table::{self, grouped, number};
use crate::workspace::{Workspace, check_written, remove, tell};

#[derive(Args)]
pub(crate) struct Options {
    /// Size of the guide, in pages
    #[arg(long, value_name = "N", default_value_t = 1000, value_parser = clap::value_parser!(u32).range(1..))]
    pages: u32,
    /// Which guide
    #[arg(long, value_name = "NAME", value_enum, default_value = "plain")]
    variety: Variety,
    /// How many rounds, after one that does not count
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    rounds: u32,
    /// Equal seeds give equal guides
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The Boussole to measure
    #[arg(long, value_name = "PATH", default_value = env!("CARGO_BIN_EXE_boussole"), hide_default_value = true)]
    program: PathBuf,
    /// pagefind's own program, of the version that Boussole is made with
    #[arg(long, value_name = "PATH", default_value = "pagefind")]
    pagefind: PathBuf,
    /// Where to make the guide [default: in memory, /dev/shm, else the temporary folder]
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
    /// Fail where the index takes longer than by pagefind's own program
    #[arg(long)]
    strict: bool,
}

/// What `guide.yaml` says of search.
const WITHOUT: &str = "search: false";
const WITH: &str = "search: true";

/// Costs, round by round.
#[derive(Default)]
struct Costs {
    /// A build from nothing, without an index and with one.
    without: Vec<Cost>,
    with: Vec<Cost>,
    /// The same commands again.
    without_unchanged: Vec<Cost>,
    with_unchanged: Vec<Cost>,
    /// pagefind's own program, on the site without an index.
    pagefind: Vec<Cost>,
}

/// Measure all rounds and print a table.
pub(crate) fn measure(options: &Options) -> io::Result<()> {
    let workspace = Workspace::new(options.folder.as_deref(), options.seed)?;
    let (without, with) = (guide(options, &workspace, WITHOUT)?, guide(options, &workspace, WITH)?);
    let mut costs = Costs::default();
    for number in 0..=options.rounds {
        tell(&format!("round {number} of {}", options.rounds));
        costs.round(options, &workspace, [&without, &with])?;
    }
    tell("");
    costs.forget_first();
    let (pages, variety) = (grouped(options.pages), options.variety.name());
    let place = workspace.description();
    println!("The search index, {pages} pages, {variety}, medians of {} rounds, {place}\n", options.rounds);
    println!("{}", table::markdown(&costs.rows(), 1));
    if options.strict { costs.check_target() } else { Ok(()) }
}

/// The guide, in the folder that is named for what it says of search.
fn guide(options: &Options, workspace: &Workspace, search: &str) -> io::Result<PathBuf> {
    let name = search.split(' ').next_back().unwrap_or_default();
    let root = workspace.varied(name, (options.variety, options.pages), &[])?;
    let file = root.join("guide.yaml");
    let text = std::fs::read_to_string(&file)?;
    if !text.contains(WITHOUT) {
        return Err(io::Error::other(format!("guide.yaml does not say `{WITHOUT}`")));
    }
    std::fs::write(file, text.replace(WITHOUT, search))?;
    Ok(root)
}

impl Costs {
    fn round(&mut self, options: &Options, workspace: &Workspace, [without, with]: [&Path; 2]) -> io::Result<()> {
        let build = |root: &Path, site: &Path| run(boussole(&options.program, root, site));
        let (plain, indexed) = (workspace.absent("site")?, workspace.absent("site-with-index")?);
        self.without.push(build(without, &plain)?);
        self.without_unchanged.push(build(without, &plain)?);
        check_written(&plain, options.pages)?;
        self.with.push(build(with, &indexed)?);
        check_index(&indexed.join("pagefind"))?;
        self.with_unchanged.push(build(with, &indexed)?);
        let index = workspace.absent("index")?;
        self.pagefind.push(run(pagefind(&options.pagefind, &plain, &index))?);
        check_index(&index)?;
        for folder in [plain, indexed, index] {
            remove(&folder)?;
        }
        Ok(())
    }

    /// Drop the round that warmed the machine up.
    fn forget_first(&mut self) {
        for costs in [
            &mut self.without,
            &mut self.with,
            &mut self.without_unchanged,
            &mut self.with_unchanged,
            &mut self.pagefind,
        ] {
            costs.remove(0);
        }
    }

    /// What the index adds to a build, in each round; memory is not a thing that adds up.
    fn index(&self) -> Vec<Cost> {
        let pairs = self.with.iter().zip(&self.without);
        let added = |(with, without): (&Cost, &Cost)| Cost {
            wall: with.wall - without.wall,
            cpu: with.cpu - without.cpu,
            memory: with.memory,
        };
        pairs.map(added).collect()
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let header = ["what", "wall, s", "CPU, s", "memory, MB"].map(String::from).to_vec();
        let row = |what: &str, cells: [String; 3]| [vec![what.to_owned()], cells.to_vec()].concat();
        let [wall, cpu, _] = MEASURES.map(|measure| number(measure(&typical(&self.index()))));
        vec![
            header,
            row("build, no index", cost_cells(&self.without)),
            row("build with its index", cost_cells(&self.with)),
            row("the index alone: what it adds", [wall, cpu, "–".to_owned()]),
            row("pagefind’s own program", cost_cells(&self.pagefind)),
            row("index ÷ pagefind’s", ratio_cells(&self.index(), &self.pagefind)),
            row("unchanged, no index", cost_cells(&self.without_unchanged)),
            row("unchanged, with its index", cost_cells(&self.with_unchanged)),
            row("with ÷ without, unchanged", ratio_cells(&self.with_unchanged, &self.without_unchanged)),
        ]
    }

    /// An error where the index takes longer than by the other program.
    fn check_target(&self) -> io::Result<()> {
        const TIMES: [(&str, Measure); 2] = [("wall", |cost| cost.wall), ("CPU", |cost| cost.cpu)];
        for (time, measure) in TIMES {
            let ratio = ratio(&self.index(), &self.pagefind, measure);
            if ratio > 1.0 {
                let ratio = number(ratio);
                return Err(io::Error::other(format!("the index takes {ratio} times pagefind’s {time} time, over 1")));
            }
        }
        Ok(())
    }
}

/// Index what stands in `main` alone, as Boussole's index has no menus either.
fn pagefind(program: &Path, site: &Path, index: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(["--quiet", "--force-language", "fr", "--root-selector", "main", "--site"]).arg(site);
    command.arg("--output-path").arg(index);
    command
}

/// An error where `folder` is no index.
fn check_index(folder: &Path) -> io::Result<()> {
    let entry = folder.join("pagefind-entry.json");
    if entry.is_file() { Ok(()) } else { Err(io::Error::other(format!("there is no {}", entry.display()))) }
}
