//! A page's body as text: HTML for the web, plain text; typography, and what it changes in both; how addresses are spelled.

pub(crate) mod candidates;
mod download;
pub(crate) mod highlight;
pub(crate) mod html;
pub(crate) mod plain;
#[cfg(test)]
pub(crate) mod spec_examples;
pub(crate) mod spelling;
pub(crate) mod typeset;
pub(crate) mod typography;
mod words;

/// About how many bytes an event of a body makes as plain text: what to make room for.
const OF_AN_EVENT: usize = 24;
/// More bytes than most of its blocks have.
const OF_A_BLOCK: usize = 1024;
