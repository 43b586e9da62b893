//! How long the stages take; and, on a terminal, a line that says which one is under way once a second has passed.
#![expect(clippy::disallowed_methods, reason = "`cli` may ask the clock")]

use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::{Duration, Instant};

use super::console::Console;
use crate::language::Tongue;
use crate::pipeline::Stage;

/// Time that passes before anything is shown.
const PATIENCE: Duration = Duration::from_secs(1);
/// Time between two looks at the clock, once something is shown.
const REFRESH: Duration = Duration::from_millis(250);

/// A run that is being timed.
#[derive(Debug)]
pub(super) struct Progress {
    shared: Arc<Shared>,
    painter: Option<JoinHandle<()>>,
    started: Instant,
}

/// How long a run and its stages took.
#[derive(Clone, Debug, Default)]
pub(super) struct Timings {
    /// Each stage with its duration.
    pub(super) stages: Vec<(Stage, Duration)>,
    /// The whole.
    pub(super) total: Duration,
}

#[derive(Debug, Default)]
struct Shared {
    state: Mutex<State>,
    finished: Condvar,
}

#[derive(Debug, Default)]
struct State {
    stages: Vec<(Stage, Instant)>,
    finished: bool,
}

impl Progress {
    /// Starts the clock.
    pub(super) fn start(console: &Console) -> Progress {
        let shared = Arc::new(Shared::default());
        let (started, tongue) = (Instant::now(), console.tongue());
        // Where the system has no thread left for it, nothing is painted.
        let painter = Some(Arc::clone(&shared)).filter(|_| console.watched());
        let painter = painter.and_then(|shared| Builder::new().spawn(move || shared.paint(started, tongue)).ok());
        Progress { shared, painter, started }
    }

    /// Notes that `stage` begins.
    pub(super) fn enter(&self, stage: Stage) {
        self.shared.state().stages.push((stage, Instant::now()));
    }

    /// Stops the clock, and wipes the line.
    pub(super) fn finish(self) -> Timings {
        let end = Instant::now();
        self.shared.state().finished = true;
        self.shared.finished.notify_all();
        if let Some(painter) = self.painter {
            // A painter that panicked has left at worst a line on the screen.
            drop(painter.join());
        }
        Timings { stages: durations(&self.shared.state().stages, end), total: end - self.started }
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn paint(&self, started: Instant, tongue: Tongue) {
        let mut wait = PATIENCE;
        loop {
            let waited = self.finished.wait_timeout_while(self.state(), wait, |state| !state.finished);
            let (state, _) = waited.unwrap_or_else(PoisonError::into_inner);
            let (finished, stage) = (state.finished, state.stages.last().map(|(stage, _)| *stage));
            drop(state);
            match (finished, stage) {
                (true, _) if wait == PATIENCE => return,
                (true, _) => return rewrite(""),
                (false, None) => {}
                (false, Some(stage)) => {
                    rewrite(&format!("{}… {}\u{a0}s", named(stage, tongue), started.elapsed().as_secs()));
                }
            }
            wait = REFRESH;
        }
    }
}

/// Puts `text` in place of the terminal's current line.
fn rewrite(text: &str) {
    let mut out = io::stderr().lock();
    // Where the terminal is gone nobody misses the line.
    drop(write!(out, "\r\u{1b}[2K{text}").and_then(|()| out.flush()));
}

fn durations(stages: &[(Stage, Instant)], end: Instant) -> Vec<(Stage, Duration)> {
    let ends = stages.iter().skip(1).map(|(_, next)| *next).chain([end]);
    stages.iter().zip(ends).map(|((stage, begin), end)| (*stage, end - *begin)).collect()
}

/// What a stage is called.
pub(super) fn named(stage: Stage, tongue: Tongue) -> &'static str {
    match (stage, tongue) {
        (Stage::Load, Tongue::French) => "Lecture des fichiers",
        (Stage::Load, Tongue::English) => "Reading files",
        (Stage::Resolve, Tongue::French) => "Analyse des pages",
        (Stage::Resolve, Tongue::English) => "Resolving pages",
        (Stage::Write, Tongue::French) => "Écriture du site",
        (Stage::Write, Tongue::English) => "Writing the site",
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::durations;
    use crate::pipeline::Stage;

    #[test]
    fn a_stage_lasts_until_the_next_one() {
        let start = Instant::now();
        let at = |millis| start + Duration::from_millis(millis);
        let lasted = durations(&[(Stage::Load, at(0)), (Stage::Resolve, at(30))], at(100));
        let millis: Vec<_> = lasted.into_iter().map(|(stage, duration)| (stage, duration.as_millis())).collect();
        assert_eq!(millis, [(Stage::Load, 30), (Stage::Resolve, 70)]);
        assert_eq!(durations(&[], at(100)), []);
    }
}
