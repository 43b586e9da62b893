//! What can be typed. The words that explain it, in both languages, are in `words`.

use std::path::PathBuf;

use clap::{ArgAction, Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use super::console::Verbosity;
use super::report::Format;
use crate::language::Tongue;

#[derive(Debug, Parser)]
#[command(name = "boussole", version, disable_help_flag = true, disable_help_subcommand = true)]
#[command(disable_version_flag = true)]
pub(super) struct Arguments {
    #[command(flatten)]
    pub(super) everywhere: Everywhere,
    /// What a build without a command is asked for; with a command, its own options count.
    #[command(flatten)]
    pub(super) build: BuildArguments,
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    #[arg(short = 'V', long, action = ArgAction::Version)]
    version: Option<bool>,
}

/// The options that every command has.
#[derive(Debug, Args)]
pub(super) struct Everywhere {
    #[arg(long, global = true)]
    pub(super) root: Option<PathBuf>,
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    #[arg(short, long, global = true)]
    verbose: bool,
    #[arg(short, long, global = true, action = ArgAction::Help)]
    help: Option<bool>,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    Build(BuildArguments),
    Check(CheckArguments),
    #[cfg(feature = "serve")]
    Serve(ServeArguments),
    Init {
        folder: PathBuf,
        #[arg(long, hide_possible_values = true)]
        lang: Option<InitLanguage>,
        #[arg(long, num_args = 0..=1, default_missing_value = "auto", action = ArgAction::Append, hide_possible_values = true)]
        ci: Vec<Forge>,
    },
    New {
        kind: Option<String>,
        title: Vec<String>,
    },
    Report(ReportArguments),
    #[command(disable_help_subcommand = true)]
    Theme {
        #[command(subcommand)]
        action: ThemeCommand,
    },
    Schema {
        what: Option<String>,
        #[arg(id = "schemas", short = 'o', long = "output")]
        output: Option<PathBuf>,
    },
    Completions {
        #[arg(hide_possible_values = true)]
        shell: Shell,
    },
    Help {
        command: Vec<String>,
    },
}

#[derive(Debug, Subcommand)]
pub(super) enum ThemeCommand {
    Eject,
}

#[derive(Debug, Default, Args)]
pub(super) struct BuildArguments {
    #[arg(short, long)]
    pub(super) output: Option<PathBuf>,
    #[arg(long)]
    pub(super) base_url: Option<String>,
    #[command(flatten)]
    pub(super) guide: GuideArguments,
}

#[derive(Debug, Args)]
pub(super) struct CheckArguments {
    #[command(flatten)]
    pub(super) guide: GuideArguments,
}

#[derive(Debug, Args)]
pub(super) struct ReportArguments {
    /// In `rapport.html` where no file is named.
    #[arg(long)]
    pub(super) html: Option<Option<PathBuf>>,
    /// In `relectures.ics` where no file is named.
    #[arg(long)]
    pub(super) ics: Option<Option<PathBuf>>,
    #[arg(long)]
    drafts: bool,
    #[arg(long)]
    date: Option<String>,
    #[arg(id = "report_format", long = "format", hide_possible_values = true)]
    pub(super) format: Option<ReportFormat>,
}

/// How a report is told on standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// For people.
    Human,
    /// For other tools.
    Json,
}

impl ReportArguments {
    /// What decides what is found in the guide.
    pub(super) fn guide(&self) -> GuideArguments {
        GuideArguments { drafts: self.drafts, date: self.date.clone(), ..GuideArguments::default() }
    }
}

#[cfg(feature = "serve")]
#[derive(Debug, Args)]
pub(super) struct ServeArguments {
    #[arg(long)]
    pub(super) open: bool,
    #[arg(long)]
    pub(super) port: Option<String>,
    #[arg(long, default_value = "127.0.0.1", hide_default_value = true)]
    pub(super) host: String,
    #[arg(long)]
    pub(super) editor: Option<String>,
    #[arg(long)]
    pub(super) poll: bool,
    #[arg(long)]
    pub(super) base_url: Option<String>,
    #[arg(long)]
    pub(super) drafts: bool,
    #[arg(long)]
    pub(super) date: Option<String>,
}

/// What decides what is found in a guide, and how it is told.
#[derive(Debug, Default, Args)]
pub(super) struct GuideArguments {
    #[arg(long)]
    pub(super) drafts: bool,
    #[arg(long)]
    pub(super) strict: bool,
    #[arg(long)]
    pub(super) date: Option<String>,
    #[arg(long, default_value = "human", hide_default_value = true, hide_possible_values = true)]
    pub(super) format: Format,
}

/// The languages that `init` writes a guide in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum InitLanguage {
    Fr,
    En,
}

/// The forges that `init` knows how to have a guide checked and published by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(super) enum Forge {
    Github,
    Gitlab,
    Forgejo,
    /// The one that the folder was cloned from.
    #[value(hide = true)]
    Auto,
}

impl InitLanguage {
    pub(super) fn tongue(self) -> Tongue {
        match self {
            InitLanguage::Fr => Tongue::French,
            InitLanguage::En => Tongue::English,
        }
    }
}

impl Everywhere {
    pub(super) fn verbosity(&self) -> Verbosity {
        match (self.quiet, self.verbose) {
            (true, _) => Verbosity::Quiet,
            (false, true) => Verbosity::Verbose,
            (false, false) => Verbosity::Normal,
        }
    }
}
