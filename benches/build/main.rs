//! How long a build takes, how much memory, and against what: see `benches/README.md`.
#![expect(clippy::disallowed_methods, reason = "a benchmark makes, times and removes guides of its own")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "its results and its progress are for a terminal")]

mod corpus;
mod floor;
mod peers;
mod ratio;
mod run;
mod table;
mod workspace;

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use rayon::prelude::ParallelIterator;

use corpus::{Corpus, File, Format};

/// Compare a build of Boussole with the floor, the least that any generator does.
///
/// Both run on the same guide, in pairs, each as a process of its own. The floor walks, reads, parses
/// and writes the same pages, and does nothing else. Without a command, prints wall time, CPU time and
/// peak memory of both, and their ratios.
#[derive(Parser)]
#[command(name = "build", bin_name = "cargo bench --bench build --", args_conflicts_with_subcommands = true)]
struct Cli {
    #[command(subcommand)]
    command: Option<Command>,

    #[command(flatten)]
    ratio: ratio::Options,

    /// Given by cargo; without it a run only shows that everything works, on a small guide
    #[arg(long, hide = true, global = true)]
    bench: bool,
}

#[derive(Subcommand)]
enum Command {
    /// Compare Boussole with Hugo, Zola and mdBook, each on the same guide in its own format
    Peers(peers::Options),
    /// Write the guide that the measures use
    Corpus(CorpusOptions),
    /// Run the floor alone
    Floor(floor::Options),
}

#[derive(Args)]
struct CorpusOptions {
    /// Folder of the guide's root, made when missing
    out: PathBuf,
    /// How many pages
    #[arg(long, value_name = "N", default_value_t = 1000)]
    pages: u32,
    /// Equal seeds give equal guides
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The program that must read it
    #[arg(long, value_enum, default_value = "boussole")]
    format: Format,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        None if cli.bench => ratio::compare(&cli.ratio),
        None => ratio::compare(&cli.ratio.shortened()),
        Some(Command::Peers(options)) => peers::compare(&options),
        Some(Command::Corpus(options)) => write_corpus(&options),
        Some(Command::Floor(options)) => floor::build(&options),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn write_corpus(options: &CorpusOptions) -> io::Result<()> {
    let corpus = Corpus { seed: options.seed, pages: options.pages, format: options.format };
    corpus.files().try_for_each(|file| write_file(&options.out, &file))
}

fn write_file(root: &Path, file: &File) -> io::Result<()> {
    let path = root.join(&file.path);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, &file.text)
}
