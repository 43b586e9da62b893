//! How much of what guides can have is in a guide.

/// What a guide has beside text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Variety {
    /// Roles that link to each other, and no names to look for but theirs.
    Plain,
    /// Roles, articles in series, questions and coplannings, related to each other, with tasks and pictures.
    Rich,
}
