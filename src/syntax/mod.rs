//! ② PARSE. What one file says, taken alone: its front matter and its body.

pub(crate) mod body;
pub(crate) mod draft;
pub(crate) mod front_matter;
