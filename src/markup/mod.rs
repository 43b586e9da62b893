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
