//! A page's body as text: HTML for the web; typography; how addresses are spelled.

pub(crate) mod highlight;
pub(crate) mod html;
#[cfg(test)]
mod spec_examples;
pub(crate) mod spelling;
pub(crate) mod typography;
