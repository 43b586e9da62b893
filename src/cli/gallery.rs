//! What a command says of itself and of the world, in both languages: written out, so that the words can be read and
//! judged. What it says of a guide is in [`super::report`]'s gallery.
//!
//! `BOUSSOLE_GOLDEN=write cargo test` writes the files in `tests/gallery/` again.
#![expect(clippy::disallowed_methods, reason = "the gallery is made of files")]

use std::fmt::Write as _;
use std::fs;
use std::io::{Error, ErrorKind};
use std::path::{Path, PathBuf};

use super::console::Verbosity;
use super::failure::Failure;
use super::{usage, words};
use crate::diagnostic::say;
use crate::fixture::check_golden;
use crate::language::Tongue;
use crate::{output, pipeline};

/// The width of help, whatever the terminal.
const COLUMNS: usize = 100;

/// Command lines that cannot be read.
const TYPED: &[&str] = &[
    "boussole buid",
    "boussole fabriquer",
    "boussole aide",
    "boussole theme ejct",
    "boussole theme copier",
    "boussole build --draft",
    "boussole --lang",
    "boussole --strict check",
    "boussole -q -o x check",
    "boussole build -z",
    "boussole build ici",
    "boussole check --format jsn",
    "boussole check --format xml",
    "boussole build --output",
    "boussole build --strict=oui",
    "boussole -q -v",
    "boussole build --date 2026-01-01 --date 2026-01-01",
    "boussole init",
    "boussole init --ci mon-guide",
];

/// What the world may refuse.
const REFUSED: &[ErrorKind] = &[
    ErrorKind::NotFound,
    ErrorKind::PermissionDenied,
    ErrorKind::ReadOnlyFilesystem,
    ErrorKind::StorageFull,
    ErrorKind::AlreadyExists,
    ErrorKind::NotADirectory,
    ErrorKind::IsADirectory,
    ErrorKind::InvalidFilename,
    ErrorKind::Other,
];

/// What a build may end with.
fn ends() -> Vec<pipeline::Error> {
    let public = || PathBuf::from("public");
    vec![
        pipeline::Error::OutputAmongSources("content".into()),
        pipeline::Error::BaseUrl(say!("`exemple` n’est pas une adresse", "`exemple` is not an address")),
        pipeline::Error::Search("no index".to_owned()),
        pipeline::Error::Output(output::Error::Foreign(public())),
        pipeline::Error::Output(output::Error::Unreadable(public().join(".boussole.json"))),
        pipeline::Error::Output(output::Error::Busy(public())),
        pipeline::Error::Output(output::Error::InTheWay(public().join("index.html"))),
    ]
}

fn gallery(tongue: Tongue) -> String {
    let mut gallery = String::new();
    for typed in TYPED {
        let matches = words::command(tongue).try_get_matches_from(typed.split(' '));
        let error = matches.and_then(|matches| usage::check_order(&matches)).unwrap_err();
        let told = usage::failure(&error).text(tongue, Verbosity::Normal);
        write!(gallery, "$ {typed}\n{told}\n\n").unwrap();
    }
    let refused = REFUSED.iter().map(|kind| Failure::world(Path::new("public/index.html"), Error::from(*kind)));
    for failure in refused.chain(ends().into_iter().map(Failure::from)) {
        write!(gallery, "{}\n\n", failure.text(tongue, Verbosity::Normal)).unwrap();
    }
    let mut command = words::command(tongue).term_width(COLUMNS);
    command.build();
    help(&mut command, &mut gallery);
    gallery
}

/// The help of a command, then of those below it.
fn help(command: &mut clap::Command, gallery: &mut String) {
    let name = typed(command).to_owned();
    let text = command.render_long_help().to_string();
    write!(gallery, "$ {name} --help\n{}\n\n", text.trim_end()).unwrap();
    for below in command.get_subcommands_mut().filter(|below| below.get_name() != "help") {
        help(below, gallery);
    }
}

/// What is typed for a command.
fn typed(command: &clap::Command) -> &str {
    command.get_bin_name().unwrap_or(command.get_name())
}

#[track_caller]
fn check(tongue: Tongue) {
    check_golden(&format!("tests/gallery/commands-{}.txt", tongue.tag()), &gallery(tongue));
}

#[test]
fn every_command_as_a_french_author_sees_it() {
    check(Tongue::French);
}

#[test]
fn every_command_as_an_english_author_sees_it() {
    check(Tongue::English);
}

/// Every command and every option has its place in the manual.
#[test]
fn the_manual_names_every_command_and_option() {
    let page = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("content/ecrire/commandes.md");
    let page = fs::read_to_string(page).unwrap();
    let mut command = words::command(Tongue::French);
    command.build();
    let mut names = Vec::new();
    named(&command, &mut names);
    let missing: Vec<&String> = names.iter().filter(|name| !page.contains(*name)).collect();
    assert!(missing.is_empty(), "not in the manual: {missing:?}");
}

/// What is typed for a command, for its options, and for the commands below it.
fn named(command: &clap::Command, names: &mut Vec<String>) {
    names.push(format!("`{}", typed(command)));
    for argument in command.get_arguments() {
        names.extend(argument.get_long().map(|long| format!("`--{long}")));
        names.extend(argument.get_short().map(|short| format!("`-{short}`")));
    }
    for below in command.get_subcommands().filter(|below| below.get_name() != "theme") {
        named(below, names);
    }
    for theme in command.get_subcommands().filter(|below| below.get_name() == "theme") {
        theme.get_subcommands().for_each(|below| named(below, names));
    }
}
