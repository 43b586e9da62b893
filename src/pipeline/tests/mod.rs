//! Guides in memory through all stages but writing.

mod bodies;
mod faults;
mod html;
#[cfg(feature = "serve")]
mod incremental;
mod laws;
mod linking;
mod links;
mod manual;
#[cfg(feature = "images")]
mod pictures;
mod places;

use std::sync::Arc;

use jiff::civil::date;
use rustc_hash::FxHashMap;

use super::{Drafts, Findings, Past, Prepared, Request, Strictness, prepare, weigh};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::memo::Memo;
use crate::path::GuidePath;
use crate::source::{Fault, Sources};
use crate::target::pictures::Pictures;
use crate::target::{Earlier, Job, Material, Sets, Site};

pub(crate) use faults::{examples, find_in};

/// A build on the first of June 2026.
fn request() -> Request {
    Request {
        root: std::path::PathBuf::new(),
        output: None,
        base_url: None,
        drafts: Drafts::Left,
        date: date(2026, 6, 1),
        strictness: Strictness::Lenient,
    }
}

/// The guide in `sources`, with the faults of its files; one without `guide.yaml` is published at an address of its own.
fn prepared(sources: &Sources, unreadable: &[Fault]) -> Prepared {
    let (config, wrong) = Config::read(sources);
    let config = match GuidePath::new("guide.yaml").and_then(|path| sources.at(&path)) {
        Some(_) => config,
        None => config.with_base_url("https://exemple.org/").unwrap(),
    };
    let mut prepared = prepare(config, sources, (&request(), &mut Past::default()));
    prepared.faults.extend(wrong);
    prepared.faults.extend(unreadable.iter().map(|fault| Diagnostic::of_a_file(fault, sources)));
    prepared
}

/// All that a check finds, sorted as it is shown.
fn findings(sources: &Sources, unreadable: &[Fault]) -> Findings {
    let Prepared { guide, theme, mut faults, .. } = prepared(sources, unreadable);
    let memo = Memo::new();
    let (pictures, undecodable) = Pictures::make(&guide, sources, Earlier::Memory(&FxHashMap::default()));
    let material = Material { sources, memo: &memo, pictures: &pictures };
    let (_, obstructions) = Site::new(&guide, theme, material).plan();
    faults.extend(undecodable.into_iter().chain(obstructions));
    weigh(faults, &guide, Arc::new(sources.clone()), &request())
}

/// Every file that the guide in `sources` becomes.
fn site(sources: &Sources) -> Vec<(String, Vec<u8>)> {
    site_made(sources, |_| {})
}

/// The same, made in another order, one after the other.
fn site_made(sources: &Sources, reorder: impl FnOnce(&mut [Job])) -> Vec<(String, Vec<u8>)> {
    let Prepared { guide, theme, .. } = prepared(sources, &[]);
    let memo = Memo::new();
    let (pictures, _) = Pictures::make(&guide, sources, Earlier::Memory(&FxHashMap::default()));
    let material = Material { sources, memo: &memo, pictures: &pictures };
    let site = Site::new(&guide, theme, material);
    let (mut jobs, _) = site.plan();
    reorder(&mut jobs);
    let sets = Sets::default();
    let mut files: Vec<(String, Vec<u8>)> = jobs
        .iter()
        .map(|job| {
            let content = site.render_after(job, &sets).unwrap_or_else(|fault| panic!("{fault:?}"));
            (job.file.as_str().to_owned(), bytes(content))
        })
        .collect();
    files.sort();
    files
}

fn bytes(content: crate::output::Content) -> Vec<u8> {
    use crate::output::Content;
    match content {
        Content::Bytes(bytes) => bytes,
        Content::Shared(bytes) => bytes.to_vec(),
        Content::Copy(_) | Content::Kept => Vec::new(),
    }
}
