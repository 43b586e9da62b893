//! What holds of names in prose.

use crate::guide::mention_laws;
use crate::language::Tongue;

/// How many names there are at most.
const NAMES: usize = 24;

pub(super) fn holds(input: &str) {
    let (names, run) = input.split_once('\n').unwrap_or((input, ""));
    let names: Vec<&str> = names.split('|').take(NAMES).collect();
    for tongue in [Tongue::French, Tongue::English] {
        mention_laws::hold(&names, run, tongue);
    }
}
