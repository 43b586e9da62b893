//! How long a build takes, how much memory, and against what: see `benches/README.md`.
#![expect(clippy::disallowed_methods, reason = "a benchmark makes, times and removes guides of its own")]
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "its results and its progress are for a terminal")]

mod chart;
mod corpus;
mod edit;
mod floor;
mod linking;
mod pair;
mod peers;
mod proof;
mod ratio;
mod round;
mod run;
mod search;
mod serve;
mod table;
mod workspace;

use std::io;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};
use rayon::prelude::ParallelIterator;

use corpus::{Automatic, Corpus, File, Format, MOST_NAMES, Names, Shape, Variety};

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
    /// Compare Boussole with Hugo, Zola, mdBook and Zensical, each on the same guide in its own format
    Peers(peers::Options),
    /// Compare builds with and without automatic links, and with few names and many
    Linking(linking::Options),
    /// How soon an edit shows in what `boussole serve` answers
    Serve(serve::Options),
    /// What the search index costs, beside pagefind's own program
    Search(search::Options),
    /// Write the guide that the measures use
    Corpus(CorpusOptions),
    /// Run the floor alone
    Floor(floor::Options),
    /// Only read and hash what a guide is made of
    Read(floor::ReadOptions),
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
    /// What it has beside text
    #[arg(long, value_enum, default_value = "plain")]
    variety: Variety,
    #[command(flatten)]
    names: NamesOptions,
}

/// The glossary; without `--names` or `--terms` there is none
#[derive(Args)]
struct NamesOptions {
    /// How many terms become links where they are mentioned
    #[arg(long, value_name = "N", default_value_t = 0, value_parser = clap::value_parser!(u32).range(..=i64::from(MOST_NAMES)))]
    names: u32,
    /// How many terms have a page; those beyond `--names` get no links [default: as many as names]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(..=i64::from(MOST_NAMES)))]
    terms: Option<u32>,
    /// How many terms the prose of roles mentions, of the first ones [default: as many as names]
    #[arg(long, value_name = "N")]
    mentioned: Option<u32>,
    /// How names begin
    #[arg(long, value_enum, default_value = "varied")]
    name_shape: Shape,
    /// Which mentions become links
    #[arg(long, value_enum, default_value = "first-per-facet")]
    automatic: Automatic,
}

impl NamesOptions {
    /// What they ask for, or an error where it is more than there are pages for.
    fn names(&self) -> io::Result<Names> {
        let terms = self.terms.unwrap_or(self.names);
        let mentioned = self.mentioned.unwrap_or(self.names);
        let needed = self.names.max(mentioned);
        if needed > terms {
            return Err(io::Error::other(format!("{needed} terms need a page each, and `--terms` makes {terms}")));
        }
        let (shape, automatic) = (self.name_shape, self.automatic);
        Ok(Names { terms, targets: self.names, mentioned, shape, automatic })
    }
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        None if cli.bench => ratio::compare(&cli.ratio),
        None => ratio::compare(&cli.ratio.shortened()),
        Some(Command::Peers(options)) => peers::compare(&options),
        Some(Command::Linking(options)) => linking::compare(&options),
        Some(Command::Serve(options)) => serve::measure(&options),
        Some(Command::Search(options)) => search::measure(&options),
        Some(Command::Corpus(options)) => write_corpus(&options),
        Some(Command::Floor(options)) => floor::build(&options),
        Some(Command::Read(options)) => floor::read(&options),
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
    let CorpusOptions { seed, pages, format, variety, .. } = *options;
    let corpus = Corpus { seed, pages, format, variety, names: options.names.names()? };
    corpus.files().try_for_each(|file| write_file(&options.out, &file))
}

fn write_file(root: &Path, file: &File) -> io::Result<()> {
    let path = root.join(&file.path);
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(path, &file.bytes)
}
