//! The two streams: machine formats on standard output, human text on standard error.
#![expect(clippy::disallowed_methods, reason = "`cli` may ask the environment")]

use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::path::Path;
use std::sync::OnceLock;

use super::failure::Failure;
use crate::language::Tongue;

/// How much is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verbosity {
    /// Faults only.
    Quiet,
    /// Faults and a summary.
    Normal,
    /// How long each stage took, too.
    Verbose,
}

/// Whether human text is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Colours {
    /// Never.
    Plain,
    /// With the terminal's own colours.
    Coloured,
}

/// Where a command speaks.
#[derive(Debug)]
pub(super) struct Console {
    /// The language of the locale, until another is known.
    tongue: Tongue,
    /// That of the guide at work.
    guide: OnceLock<Tongue>,
    verbosity: Verbosity,
}

impl Console {
    /// A console whose own words are in `tongue`, as long as no guide is known.
    pub(super) fn new(tongue: Tongue, verbosity: Verbosity) -> Console {
        Console { tongue, guide: OnceLock::new(), verbosity }
    }

    /// Goes on in the language of the guide that the command works on; the first one stays.
    pub(super) fn speak(&self, tongue: Tongue) {
        self.guide.get_or_init(|| tongue);
    }

    /// The language of the interface.
    pub(super) fn tongue(&self) -> Tongue {
        self.guide.get().copied().unwrap_or(self.tongue)
    }

    /// How much is said.
    pub(super) fn verbosity(&self) -> Verbosity {
        self.verbosity
    }

    /// Whether someone watches as it happens.
    pub(super) fn watched(&self) -> bool {
        self.verbosity != Verbosity::Quiet && io::stderr().is_terminal() && !dumb()
    }

    /// Says `text`, whatever the verbosity, on a line of its own.
    pub(super) fn tell(&self, text: &str) {
        self.tell_with(|out| writeln!(out, "{text}"));
    }

    /// Says `text` unless quiet is asked for.
    pub(super) fn remark(&self, text: &str) {
        if self.verbosity != Verbosity::Quiet {
            self.tell(text);
        }
    }

    /// Says what `write` writes, piece by piece.
    pub(super) fn tell_with(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) {
        let mut out = BufWriter::new(io::stderr().lock());
        let said = write(&mut out).and_then(|()| out.flush());
        // Where standard error is closed there is nobody left to tell.
        drop(said);
    }

    /// Puts `bytes` on standard output.
    pub(super) fn print(&self, bytes: &[u8]) -> Result<(), Failure> {
        self.print_with(|out| out.write_all(bytes))
    }

    /// Puts what `write` writes on standard output. A reader who has left is no failure.
    pub(super) fn print_with(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        let mut out = BufWriter::new(io::stdout().lock());
        match write(&mut out).and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Failure::world(Path::new(self.output()), error)),
            _ => Ok(()),
        }
    }

    /// Whether human text is coloured.
    pub(super) fn colours(&self) -> Colours {
        let variable = |name| std::env::var(name).ok();
        colours(io::stderr().is_terminal() && !dumb(), variable("NO_COLOR"), variable("CLICOLOR_FORCE"))
    }

    fn output(&self) -> &'static str {
        match self.tongue() {
            Tongue::French => "sortie standard",
            Tongue::English => "standard output",
        }
    }
}

fn dumb() -> bool {
    std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb")
}

fn colours(terminal: bool, refused: Option<String>, forced: Option<String>) -> Colours {
    let refused = refused.is_some_and(|value| !value.is_empty());
    let forced = forced.is_some_and(|value| !value.is_empty() && value != "0");
    if !refused && (terminal || forced) { Colours::Coloured } else { Colours::Plain }
}

#[cfg(test)]
mod tests {
    use super::{Colours, colours};

    #[test]
    fn colours_are_for_terminals_and_for_those_who_insist() {
        let (plain, coloured) = (Colours::Plain, Colours::Coloured);
        for (terminal, refused, forced, expected) in [
            (true, None, None, coloured),
            (false, None, None, plain),
            (true, Some("1"), None, plain),
            (true, Some(""), None, coloured),
            (false, None, Some("1"), coloured),
            (false, None, Some("0"), plain),
            (false, Some("1"), Some("1"), plain),
        ] {
            let given = (terminal, refused, forced);
            assert_eq!(colours(terminal, refused.map(str::to_owned), forced.map(str::to_owned)), expected, "{given:?}");
        }
    }
}
