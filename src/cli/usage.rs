//! What to say of a command line that cannot be read, or that asks for help.

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::parser::ValueSource;

use super::console::{Console, Verbosity};
use super::failure::Failure;
use super::place::quoted_path;
use super::words;
use crate::diagnostic::{Say, say};
use crate::language::Tongue;
use crate::name::nearest;

/// Prints the help that was asked for, or says what is wrong.
pub(super) fn answer(error: &clap::Error, tongue: Tongue) -> ExitCode {
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            // A reader who left before the end of the help has read enough.
            drop(error.print());
            ExitCode::SUCCESS
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            // Where standard error is closed there is nobody left to tell.
            drop(error.print());
            ExitCode::from(2)
        }
        _ => {
            let failure = failure(error);
            Console::new(tongue, Verbosity::Normal).tell(&failure.text(tongue, Verbosity::Normal));
            failure.status()
        }
    }
}

/// What is wrong with what was typed, in the words of people.
pub(super) fn failure(error: &clap::Error) -> Failure {
    let argument = text(error, ContextKind::InvalidArg);
    let argument = bare(&argument);
    match error.kind() {
        ErrorKind::InvalidSubcommand => unknown_command(error, &text(error, ContextKind::InvalidSubcommand)),
        ErrorKind::UnknownArgument => unknown_argument(error, argument),
        ErrorKind::InvalidValue => wrong_value(error, argument),
        ErrorKind::ArgumentConflict => conflict(error, argument),
        ErrorKind::MissingRequiredArgument => missing(error),
        ErrorKind::TooManyValues | ErrorKind::WrongNumberOfValues => {
            Failure::usage(say!("`{argument}` ne prend pas de valeur", "`{argument}` takes no value"))
                .help(say!("écrivez `{argument}` seul", "write `{argument}` alone"))
        }
        ErrorKind::InvalidUtf8 => Failure::usage(say!(
            "un mot de cette commande contient un caractère que Boussole ne peut pas lire",
            "a word of this command holds a character that Boussole cannot read"
        ))
        .help(say!("écrivez ce mot autrement", "write that word in another way")),
        _ => {
            Failure::usage(say!("Boussole ne comprend pas cette commande", "Boussole does not understand this command"))
                .help(see_help())
        }
    }
}

fn unknown_command(error: &clap::Error, name: &str) -> Failure {
    let command = words::command(Tongue::French);
    let names: Vec<&str> = above(error, &command).get_subcommands().map(clap::Command::get_name).collect();
    let help = match nearest(name, names.iter().copied()) {
        _ if name == "aide" => see_help(),
        Some(near) => say!("vouliez-vous dire `{near}`\u{202f}?", "did you mean `{near}`?"),
        None => {
            let names = names.join("`, `");
            say!("choisissez parmi `{names}`", "choose among `{names}`")
        }
    };
    Failure::usage(say!("la commande `{name}` n’existe pas", "there is no command `{name}`")).help(help)
}

/// The command in which one that does not exist was looked for, as the usage in the error names it.
fn above<'a>(error: &clap::Error, command: &'a clap::Command) -> &'a clap::Command {
    let usage = text(error, ContextKind::Usage);
    let mut found = command;
    for word in usage.trim().trim_start_matches("Usage: ").split_whitespace().skip(1) {
        let Some(below) = found.find_subcommand(word) else { break };
        found = below;
    }
    found
}

/// Refuses options of a build that stand before another command's name, where they would count for nothing.
pub(super) fn check_order(matches: &clap::ArgMatches) -> Result<(), clap::Error> {
    let Some(name) = matches.subcommand_name() else { return Ok(()) };
    let command = words::command(Tongue::French);
    let is_early = |argument: &&clap::Arg| {
        !argument.is_global_set() && matches.value_source(argument.get_id().as_str()) == Some(ValueSource::CommandLine)
    };
    let Some(option) = command.get_arguments().find(is_early).and_then(clap::Arg::get_long) else { return Ok(()) };
    let mut error = clap::Error::new(ErrorKind::UnknownArgument);
    error.insert(ContextKind::InvalidArg, ContextValue::String(format!("--{option}")));
    let has = |command: &clap::Command| command.get_arguments().any(|own| own.get_long() == Some(option));
    if command.find_subcommand(name).is_some_and(has) {
        error.insert(ContextKind::InvalidSubcommand, ContextValue::String(name.to_owned()));
    }
    Err(error)
}

fn too_early(argument: &str, command: &str) -> Failure {
    Failure::usage(say!(
        "l’option `{argument}` se met après la commande",
        "the option `{argument}` goes after the command"
    ))
    .help(say!("écrivez `boussole {command} {argument}`", "write `boussole {command} {argument}`"))
}

fn unknown_argument(error: &clap::Error, argument: &str) -> Failure {
    let command = text(error, ContextKind::InvalidSubcommand);
    if !command.is_empty() {
        return too_early(argument, &command);
    }
    if !argument.starts_with('-') {
        return Failure::usage(say!("`{argument}` est de trop", "`{argument}` is one too many")).help(usage(error));
    }
    let near = text(error, ContextKind::SuggestedArg);
    let help = match (bare(&near), owner(argument)) {
        (_, Some(command)) => say!(
            "c’est une option de `{command}`\u{a0}: écrivez `{command} {argument}`",
            "it is an option of `{command}`: write `{command} {argument}`"
        ),
        ("", None) => see_help(),
        (near, None) => say!("vouliez-vous dire `{near}`\u{202f}?", "did you mean `{near}`?"),
    };
    Failure::usage(say!("l’option `{argument}` n’existe pas ici", "there is no option `{argument}` here")).help(help)
}

/// The first command that has `option`.
fn owner(option: &str) -> Option<String> {
    let long = option.strip_prefix("--")?;
    let command = words::command(Tongue::French);
    let has = |command: &&clap::Command| command.get_arguments().any(|argument| argument.get_long() == Some(long));
    command.get_subcommands().find(has).map(|command| format!("boussole {}", command.get_name()))
}

fn wrong_value(error: &clap::Error, argument: &str) -> Failure {
    let value = text(error, ContextKind::InvalidValue);
    if value.is_empty() {
        return Failure::usage(say!(
            "il manque une valeur après `{argument}`",
            "a value is missing after `{argument}`"
        ))
        .help(see_help());
    }
    let values = texts(error, ContextKind::ValidValue);
    let near = nearest(&value, values.iter().map(String::as_str));
    let all = values.join("`, `");
    let help = match near {
        Some(near) => say!("vouliez-vous dire `{near}`\u{202f}?", "did you mean `{near}`?"),
        None if argument == "--ci" => {
            let folder = quoted_path(&value);
            say!(
                "choisissez parmi `{all}`\u{202f}; si c’est le dossier, mettez-le avant `--ci`\u{a0}: `boussole init {folder} --ci`",
                "choose among `{all}`; if it is the folder, put it before `--ci`: `boussole init {folder} --ci`"
            )
        }
        None => say!("choisissez parmi `{all}`", "choose among `{all}`"),
    };
    Failure::usage(say!("`{argument}` ne peut pas être `{value}`", "`{argument}` cannot be `{value}`")).help(help)
}

fn conflict(error: &clap::Error, argument: &str) -> Failure {
    let others = texts(error, ContextKind::PriorArg);
    let others: Vec<&str> = others.iter().map(|other| bare(other)).filter(|other| *other != argument).collect();
    if others.is_empty() {
        return Failure::usage(say!("`{argument}` est donné deux fois", "`{argument}` is given twice"))
            .help(say!("n’en gardez qu’un", "keep one of them"));
    }
    let others = others.join("`, `");
    Failure::usage(say!("`{argument}` ne va pas avec `{others}`", "`{argument}` does not go with `{others}`"))
        .help(say!("choisissez l’un ou l’autre", "choose one or the other"))
}

fn missing(error: &clap::Error) -> Failure {
    let missing = texts(error, ContextKind::InvalidArg).join("`, `");
    Failure::usage(say!("il manque `{missing}`", "`{missing}` is missing")).help(usage(error))
}

fn see_help() -> Say {
    say!("`boussole --help` montre tout ce que l’on peut écrire", "`boussole --help` shows all that can be written")
}

/// How the command is written.
fn usage(error: &clap::Error) -> Say {
    let text = text(error, ContextKind::Usage);
    match text.trim().strip_prefix("Usage: ").and_then(|usage| usage.lines().next()) {
        Some(usage) => say!("écrivez `{usage}`", "write `{usage}`"),
        None => see_help(),
    }
}

/// The option without its value: `--format` of `--format <FORMAT>`.
fn bare(argument: &str) -> &str {
    if argument.starts_with('-') { argument.split([' ', '=']).next().unwrap_or(argument) } else { argument }
}

fn text(error: &clap::Error, kind: ContextKind) -> String {
    texts(error, kind).into_iter().next().unwrap_or_default()
}

fn texts(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::StyledStr(text)) => vec![text.to_string()],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{check_order, failure};
    use crate::cli::console::Verbosity;
    use crate::cli::words;
    use crate::language::Tongue;

    fn told(typed: &str, tongue: Tongue) -> String {
        let matches = words::command(tongue).try_get_matches_from(typed.split(' '));
        let error = matches.and_then(|matches| check_order(&matches)).unwrap_err();
        failure(&error).text(tongue, Verbosity::Normal).replace(['\u{a0}', '\u{202f}'], " ")
    }

    #[test]
    fn what_cannot_be_read_is_told_with_a_way_out() {
        let commands = words::command(Tongue::French);
        let commands: Vec<String> =
            commands.get_subcommands().map(|command| format!("`{}`", command.get_name())).collect();
        let commands = format!("choisissez parmi {}", commands.join(", "));
        for (typed, message, help) in [
            ("boussole buid", "la commande `buid` n’existe pas", "vouliez-vous dire `build` ?"),
            ("boussole fabriquer", "la commande `fabriquer` n’existe pas", commands.as_str()),
            (
                "boussole aide",
                "la commande `aide` n’existe pas",
                "`boussole --help` montre tout ce que l’on peut écrire",
            ),
            ("boussole theme ejct", "la commande `ejct` n’existe pas", "vouliez-vous dire `eject` ?"),
            ("boussole theme copier", "la commande `copier` n’existe pas", "choisissez parmi `eject`"),
            ("boussole build --draft", "l’option `--draft` n’existe pas ici", "vouliez-vous dire `--drafts` ?"),
            (
                "boussole --lang",
                "l’option `--lang` n’existe pas ici",
                "c’est une option de `boussole init` : écrivez `boussole init --lang`",
            ),
            (
                "boussole --strict check",
                "l’option `--strict` se met après la commande",
                "écrivez `boussole check --strict`",
            ),
            (
                "boussole -q -o x check",
                "l’option `--output` n’existe pas ici",
                "c’est une option de `boussole build` : écrivez `boussole build --output`",
            ),
            (
                "boussole build -z",
                "l’option `-z` n’existe pas ici",
                "`boussole --help` montre tout ce que l’on peut écrire",
            ),
            ("boussole build ici", "`ici` est de trop", "écrivez `boussole build [OPTIONS]`"),
            ("boussole check --format jsn", "`--format` ne peut pas être `jsn`", "vouliez-vous dire `json` ?"),
            (
                "boussole check --format xml",
                "`--format` ne peut pas être `xml`",
                "choisissez parmi `human`, `json`, `sarif`, `github`",
            ),
            (
                "boussole build --output",
                "il manque une valeur après `--output`",
                "`boussole --help` montre tout ce que l’on peut écrire",
            ),
            ("boussole build --strict=oui", "`--strict` ne prend pas de valeur", "écrivez `--strict` seul"),
            ("boussole -q -v", "`--quiet` ne va pas avec `--verbose`", "choisissez l’un ou l’autre"),
            ("boussole build --date 2026-01-01 --date 2026-01-01", "`--date` est donné deux fois", "n’en gardez qu’un"),
            ("boussole init", "il manque `<DOSSIER>`", "écrivez `boussole init <DOSSIER>`"),
        ] {
            assert_eq!(told(typed, Tongue::French), format!("erreur : {message}\n  aide : {help}"), "{typed}");
        }
    }

    #[test]
    fn and_in_english_too() {
        assert_eq!(
            told("boussole buid", Tongue::English),
            "error: there is no command `buid`\n  help: did you mean `build`?"
        );
        assert_eq!(
            told("boussole init", Tongue::English),
            "error: `<FOLDER>` is missing\n  help: write `boussole init <FOLDER>`"
        );
    }
}
