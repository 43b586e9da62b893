//! Boussole compiles a folder of Markdown into the guide of a community of practice.
//!
//! ```text
//! Sources → Draft (per file) → Guide → files (one target) → Output
//!   source    syntax             guide   target               output
//! ```
//!
//! [`build`] and [`check`] are the front page: they load the sources of a guide, parse each page alone, resolve all of
//! them together, find every fault on the way, and, where none forbids it, render the site and write it. Each stage
//! returns a new type that never changes again; faults of the guide are data ([`Diagnostic`]), and only the world
//! (disk, network) returns errors. What is built is a function of the sources, the configuration and the given date.
//!
//! Modules import only from those below them, in the order in which they are listed here; the ground (`id`, `path`,
//! `name`, `language`, `memo`, `put`, `lanes`, `tags`) is below all.

#![cfg_attr(
    not(all(feature = "images", feature = "search")),
    allow(dead_code, unused_imports, reason = "what keeps costly files serves the features that make some")
)]

pub mod cli;

#[cfg(any(test, feature = "fuzzing"))]
#[doc(hidden)]
pub mod fuzzing;

#[cfg(feature = "serve")]
mod serve;

mod pipeline;

mod target;

mod markup;

mod theme;

mod check;

mod guide;

mod schema;

mod syntax;

mod config;

mod yaml;

mod diagnostic;

mod source;

mod output;

mod picture;

mod id;
mod lanes;
mod language;
mod memo;
mod name;
mod path;
mod put;
#[cfg(any(test, feature = "fuzzing"))]
mod tags;

#[cfg(test)]
mod fixture;

pub use diagnostic::{CODES, Code, Diagnostic, Patch, Say, Severity};
pub use language::Tongue;
pub use pipeline::{Built, Drafts, Error, Finding, Findings, Report, Request, Stage, Strictness, build, check, report};
