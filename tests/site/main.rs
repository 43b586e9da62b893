//! Whole builds through the program, on guides in temporary folders: what is written, what is left alone, where every
//! link leads, and guides of unusual size and shape.
#![allow(clippy::disallowed_methods, reason = "these tests write guides and look at what was built")]
#![allow(clippy::unwrap_used, reason = "a test stops where its own folders fail it")]

mod disk;
mod guide;
mod history;
mod home;
mod hostile;
mod linked;
mod links;
mod schema;
mod search;
mod sizes;
mod standing;
mod views;
mod whole;
