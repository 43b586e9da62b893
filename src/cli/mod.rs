//! The command line: what is typed in, an exit status out.
//!
//! Only here are the clock, the environment and the current folder asked, and only here is anything printed: machine
//! formats alone on standard output, human text on standard error. The interface speaks French, or English where the
//! locale does; once a guide is known, its language.

mod arguments;
mod building;
mod clock;
mod console;
mod create;
mod crew;
mod eject;
mod failure;
#[cfg(test)]
mod gallery;
mod health;
mod init;
mod locale;
mod new;
mod numbers;
mod place;
mod progress;
mod report;
mod schema;
#[cfg(feature = "serve")]
mod serving;
mod settings;
mod summary;
mod usage;
mod words;

use std::ffi::OsString;
use std::path::Path;
use std::process::ExitCode;

use clap::FromArgMatches;
use clap_complete::Shell;

use arguments::{Arguments, Command, ThemeCommand};
use building::Ending;
use console::Console;
use failure::Failure;
use place::Place;

use crate::language::Tongue;

/// How a command ended, where nothing kept it from ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Status {
    /// It did what was asked.
    Done,
    /// The guide has errors.
    Faulty,
}

/// Runs one command and says how it went: 0 done, 1 the guide has errors, 2 usage, 3 the world failed.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let tongue = locale::tongue();
    survive_full_disk();
    let arguments = match typed(arguments, tongue) {
        Ok(arguments) => arguments,
        Err(error) => return usage::answer(&error, tongue),
    };
    let console = Console::new(tongue, arguments.everywhere.verbosity());
    match perform(arguments, &console) {
        Ok(Status::Done) => ExitCode::SUCCESS,
        Ok(Status::Faulty) => ExitCode::from(1),
        Err(failure) => {
            console.tell(&failure.text(console.tongue(), console.verbosity()));
            failure.status()
        }
    }
}

/// What was typed; `help` is another way to type `--help`.
fn typed(arguments: impl IntoIterator<Item = OsString>, tongue: Tongue) -> Result<Arguments, clap::Error> {
    let matches = words::command(tongue).try_get_matches_from(arguments)?;
    usage::check_order(&matches)?;
    let arguments = Arguments::from_arg_matches(&matches)?;
    if let Some(Command::Help { command }) = &arguments.command {
        let asked = ["boussole"].into_iter().chain(command.iter().map(String::as_str)).chain(["--help"]);
        words::command(tongue).try_get_matches_from(asked)?;
    }
    Ok(arguments)
}

/// Lets a file over the size that the system grants be told like a full disk, where it would end the program.
fn survive_full_disk() {
    #[cfg(unix)]
    drop(signal_hook::flag::register(signal_hook::consts::SIGXFSZ, std::sync::Arc::default()));
}

fn perform(arguments: Arguments, console: &Console) -> Result<Status, Failure> {
    crew::gather()?;
    let root = arguments.everywhere.root.as_deref();
    match arguments.command {
        None => building::build(&arguments.build, &find(root, console)?, console, Ending::WithDirections),
        Some(Command::Build(options)) => building::build(&options, &find(root, console)?, console, Ending::Short),
        Some(Command::Check(options)) => building::check(&options.guide, &find(root, console)?, console),
        #[cfg(feature = "serve")]
        Some(Command::Serve(options)) => serving::serve(&options, &find(root, console)?, console),
        Some(Command::Report(options)) => health::report(&options, &find(root, console)?, console),
        Some(Command::Init { folder, lang, ci }) => init::init(&folder, (lang, &ci), console),
        Some(Command::New { kind: None, .. }) => new::list(&find(root, console)?, console),
        Some(Command::New { kind: Some(kind), title }) => {
            new::new(&kind, &title.join(" "), &find(root, console)?, console)
        }
        Some(Command::Theme { action: ThemeCommand::Eject }) => eject::eject(&find(root, console)?, console),
        Some(Command::Schema { what, output }) => schema::schema(what.as_deref(), output.as_deref(), (root, console)),
        Some(Command::Completions { shell }) => complete(shell, console),
        // `typed` has answered it.
        Some(Command::Help { .. }) => Ok(Status::Done),
    }
}

/// The guide to work on; from here on its language is spoken.
fn find(root: Option<&Path>, console: &Console) -> Result<Place, Failure> {
    let place = Place::find(root)?;
    console.speak(place::tongue(place.root()));
    Ok(place)
}

fn complete(shell: Shell, console: &Console) -> Result<Status, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut words::command(console.tongue()), "boussole", &mut script);
    console.print(&script)?;
    Ok(Status::Done)
}
