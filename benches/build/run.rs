//! One run of a program, and what it cost.

use std::io::{self, Read, Seek};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use wait4::Wait4;

/// What a run cost, processes that it started and waited for included.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    /// Seconds on the clock.
    pub(crate) wall: f64,
    /// Seconds of processor, user and system.
    pub(crate) cpu: f64,
    /// Most memory held at once, in MB.
    pub(crate) memory: f64,
}

/// Something to read off a [`Cost`].
pub(crate) type Measure = fn(&Cost) -> f64;

/// Run `command` to its end; what it printed is shown only where it fails.
///
/// The memory of a child is never reported under that of the process that started it, so this program
/// must stay small: it leaves guides to other processes, [`Command`]s of its own subcommands.
pub(crate) fn run(mut command: Command) -> io::Result<Cost> {
    let mut printed = tempfile::tempfile()?;
    command.stdin(Stdio::null()).stdout(printed.try_clone()?).stderr(printed.try_clone()?);
    let start = Instant::now();
    let child = command.spawn().map_err(|error| io::Error::other(format!("{}: {error}", name(&command))))?;
    let ended = child.wait4()?;
    let wall = start.elapsed().as_secs_f64();
    if !ended.status.success() {
        let mut text = Vec::new();
        printed.rewind()?;
        printed.read_to_end(&mut text)?;
        let text = String::from_utf8_lossy(&text);
        return Err(io::Error::other(format!("{} ended with {}\n{text}", name(&command), ended.status)));
    }
    let usage = ended.rusage;
    Ok(Cost { wall, cpu: (usage.utime + usage.stime).as_secs_f64(), memory: usage.maxrss as f64 / 1e6 })
}

fn name(command: &Command) -> String {
    Path::new(command.get_program()).display().to_string()
}

/// This program, to run one of its own subcommands.
pub(crate) fn itself() -> io::Result<Command> {
    std::env::current_exe().map(Command::new)
}

/// `program build`, as an author would run it.
pub(crate) fn boussole(program: &Path, root: &Path, output: &Path) -> Command {
    let mut command = Command::new(program);
    command.args(["build", "--quiet", "--root"]).arg(root).arg("--output").arg(output);
    command
}

/// The least that a build of the guide at `root` does.
pub(crate) fn floor(root: &Path, output: &Path) -> io::Result<Command> {
    let mut command = itself()?;
    command.args(["floor", "--root"]).arg(root).arg("--output").arg(output);
    Ok(command)
}

/// The least that a build of the guide at `root` does when nothing changed.
pub(crate) fn read(root: &Path) -> io::Result<Command> {
    let mut command = itself()?;
    command.args(["read", "--root"]).arg(root);
    Ok(command)
}

/// The middle of `numbers`, which must not be empty.
pub(crate) fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    if numbers.len() % 2 == 1 { numbers[middle] } else { f64::midpoint(numbers[middle - 1], numbers[middle]) }
}

/// Medians of each measure over `costs`, which must not be empty.
pub(crate) fn typical(costs: &[Cost]) -> Cost {
    let of = |measure: Measure| median(costs.iter().map(measure).collect());
    Cost { wall: of(|cost| cost.wall), cpu: of(|cost| cost.cpu), memory: of(|cost| cost.memory) }
}
