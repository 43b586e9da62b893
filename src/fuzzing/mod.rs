//! What must hold whatever is given: one function for each kind of input, which panics where it does not.
//!
//! `fuzz/` calls these with inputs that nobody thought of, the tests with those that were a find once. No part of the command.

mod body;
mod names;
mod pages;
mod site;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use crate::diagnostic::Diagnostic;
use crate::path::GuidePath;
use crate::source::Sources;

/// What panics where something does not hold.
pub type Holds = fn(&[u8]);

/// The functions by their names, which are those of the folders that hold inputs for them.
pub const TARGETS: [(&str, Holds); 6] = [
    ("front_matter", front_matter),
    ("guide", guide),
    ("links", links),
    ("markdown", markdown),
    ("mentions", mentions),
    ("settings", settings),
];

/// A page's file, for its front matter.
pub fn front_matter(data: &[u8]) {
    pages::front_matter(data);
}

/// A whole guide: files, each after a line `//- PATH`.
pub fn guide(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let files = format!("\n{text}");
    let files = files.split("\n//- ").skip(1).take(FILES).filter_map(|file| {
        let (path, text) = file.split_once('\n').unwrap_or((file, ""));
        // No disk has a NUL in a name; what templates of the guide's own do is theirs.
        let is_seen = |path: &GuidePath| !path.as_str().contains('\0') && !path.as_str().contains("/templates/");
        let path = GuidePath::new(path.trim()).filter(is_seen)?;
        Some((path, text.as_bytes().to_vec()))
    });
    let files: Vec<(GuidePath, Vec<u8>)> = files.collect();
    site::holds(&files);
}

/// How many files of a guide are looked at.
const FILES: usize = 16;

/// What a link says of where it leads.
pub fn links(data: &[u8]) {
    pages::link(&String::from_utf8_lossy(data));
}

/// A text, without a guide round it.
pub fn markdown(data: &[u8]) {
    // What a source is, before it is Markdown.
    let path = GuidePath::new("content/a.md").expect("a plain path");
    let (sources, _) = Sources::in_memory([(path, String::from_utf8_lossy(data).into_owned().into_bytes())]);
    let text = sources.iter().next().map(|(file, _)| Arc::clone(sources.text(file)));
    body::holds(&text.unwrap_or_default());
}

/// Names on the first line, with bars between them; then a text in which they are looked for.
pub fn mentions(data: &[u8]) {
    names::holds(&String::from_utf8_lossy(data));
}

/// A `guide.yaml`.
pub fn settings(data: &[u8]) {
    pages::settings(data);
}

/// Every place of every fault is in a file, between characters, and every fault says something.
fn told(faults: &[Diagnostic], sources: &Sources) {
    for fault in faults {
        let related = fault.related.iter().map(|(span, _)| *span);
        for span in fault.span.into_iter().chain(related).chain(fault.patch.as_ref().map(|patch| patch.span)) {
            assert!(span.file.index() < sources.iter().len(), "{fault:?}");
            assert!(sources.text(span.file).get(span.range()).is_some(), "{fault:?}");
            let (start, end) = sources.locate(span);
            assert!(start <= end, "{fault:?}");
        }
        assert!(!fault.message.french.trim().is_empty() && !fault.message.english.trim().is_empty(), "{fault:?}");
    }
}
