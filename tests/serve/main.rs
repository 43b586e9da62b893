//! The guide as it is served while it is written, by the program itself over TCP: what is answered, to whom, and what
//! open pages are told when files change.
#![cfg(feature = "serve")]
#![allow(clippy::disallowed_methods, reason = "these tests write guides, wait, and look at what is answered")]
#![allow(clippy::unwrap_used, reason = "a test stops where its own folders or connections fail it")]

mod answers;
mod changes;
mod doors;
mod open_pages;
mod server;
