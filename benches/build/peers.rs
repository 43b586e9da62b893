//! Boussole against other generators: each builds the same guide, spelled its way, from nothing.

use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use crate::corpus::Format;
use crate::run::{self, Cost, run, typical};
use crate::table::{self, grouped, number};
use crate::workspace::{Workspace, check_written};

#[derive(Args)]
pub(crate) struct Options {
    /// Size of the guide, in pages
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    pages: u32,
    /// How many times each program builds it, in turn
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
    /// Where to make the guides [default: in memory, /dev/shm, else the temporary folder]
    #[arg(long, value_name = "DIR")]
    folder: Option<PathBuf>,
}

impl Options {
    fn generators(&self) -> Vec<Generator> {
        let all = [
            ("Boussole", Format::Boussole, &self.program),
            ("Hugo", Format::Hugo, &self.hugo),
            ("Zola", Format::Zola, &self.zola),
            ("mdBook", Format::Mdbook, &self.mdbook),
        ];
        all.into_iter().filter_map(|(name, format, program)| Generator::find(name, format, program)).collect()
    }
}

/// A program that is installed, and what its runs cost so far.
struct Generator {
    name: &'static str,
    version: String,
    format: Format,
    program: PathBuf,
    costs: Vec<Cost>,
}

impl Generator {
    fn find(name: &'static str, format: Format, program: &Path) -> Option<Generator> {
        let argument = if format == Format::Hugo { "version" } else { "--version" };
        match Command::new(program).arg(argument).output() {
            Ok(told) => {
                let version = version_in(&String::from_utf8_lossy(&told.stdout));
                Some(Generator { name, version, format, program: program.into(), costs: Vec::new() })
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
        };
        command
    }

    /// Build once, where nothing was built before.
    fn round(&mut self, workspace: &Workspace, guide: &Guide) -> io::Result<()> {
        let output = workspace.absent("site")?;
        let cost = run(self.command(&guide.root, &output))?;
        check_written(&output, guide.pages)?;
        self.costs.push(cost);
        Ok(())
    }

    /// What it is called, its version, and typical costs beside those of `reference`.
    fn row(&self, reference: Option<&Cost>) -> Vec<String> {
        let cost = typical(&self.costs);
        let relative = reference.map_or_else(|| "–".to_owned(), |reference| number(cost.cpu / reference.cpu));
        let name = format!("{} {}", self.name, self.version);
        vec![name, number(cost.wall), number(cost.cpu), number(cost.memory), relative]
    }
}

/// A guide in one program's format.
struct Guide {
    root: PathBuf,
    pages: u32,
}

/// Build with every program in turn; one that fails is told of and left out.
pub(crate) fn compare(options: &Options) -> io::Result<()> {
    let workspace = Workspace::new(options.folder.as_deref(), options.seed)?;
    let pages = grouped(options.pages);
    println!("{pages} pages from nothing, medians of {} rounds, {}\n", options.rounds, workspace.description());
    let mut entrants = Vec::new();
    for generator in options.generators() {
        let root = workspace.guide(options.pages, generator.format)?;
        entrants.push((generator, Guide { root, pages: options.pages }));
    }
    for _ in 0..options.rounds {
        entrants.retain_mut(|(generator, guide)| match generator.round(&workspace, guide) {
            Ok(()) => true,
            Err(error) => {
                eprintln!("{} is left out: {error}", generator.name);
                false
            }
        });
    }
    let measured: Vec<Generator> = entrants.into_iter().map(|(generator, _)| generator).collect();
    println!("{}", table::markdown(&rows(&measured), 1));
    Ok(())
}

fn rows(measured: &[Generator]) -> Vec<Vec<String>> {
    let boussole = measured.iter().find(|generator| generator.format == Format::Boussole);
    let reference = boussole.map(|generator| typical(&generator.costs));
    let header = ["program", "wall, s", "CPU, s", "memory, MB", "CPU ÷ Boussole’s"].map(String::from).to_vec();
    let rows = measured.iter().map(|generator| generator.row(reference.as_ref()));
    std::iter::once(header).chain(rows).collect()
}

/// The first number of a version in what a program told of itself, such as `0.168.0` in `hugo v0.168.0-e27a+extended`.
fn version_in(told: &str) -> String {
    let mut words = told.split_whitespace().map(|word| word.trim_start_matches('v'));
    let version = words.find(|word| word.starts_with(|letter: char| letter.is_ascii_digit())).unwrap_or_default();
    version.split(['-', '+']).next().unwrap_or_default().to_owned()
}
