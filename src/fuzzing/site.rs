//! What holds of a whole guide: built in memory, every file rendered.

use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::date;
use percent_encoding::percent_decode_str;
use rustc_hash::FxHashMap;

use super::told;
use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::memo::Memo;
use crate::output::Content;
use crate::path::GuidePath;
use crate::pipeline::{Drafts, Past, Prepared, Request, Strictness, prepare};
use crate::source::Sources;
use crate::tags::{self, Scope, Tags};
use crate::target::pictures::Pictures;
use crate::target::{Earlier, Material, Site};

/// A site in memory.
#[derive(Debug, PartialEq)]
pub(super) struct Built {
    /// The base path.
    base: String,
    /// The bytes of each file that was made; none of what is only copied, or was not wanted.
    files: BTreeMap<String, Option<Vec<u8>>>,
    /// What was found in the guide.
    faults: Vec<String>,
    /// Whether nothing would have been written.
    is_faulty: bool,
    /// Whether authors were told that they gave an anchor twice.
    has_twins: bool,
}

/// All that holds of the guide of these files; panics where something does not.
pub(super) fn holds(files: &[(GuidePath, Vec<u8>)]) {
    let built = Built::of(files.to_vec(), |_| true);
    built.is_sound();
    let mut turned = files.to_vec();
    // Of two files at one path, the first stands.
    turned.sort_by(|a, b| b.0.cmp(&a.0));
    assert!(built == Built::of(turned, |_| true), "built again it is another");
}

impl Built {
    /// The site of the guide of these files, of which those are made that are `wanted`.
    pub(super) fn of(files: Vec<(GuidePath, Vec<u8>)>, wanted: impl Fn(&str) -> bool) -> Built {
        let (sources, unreadable) = Sources::in_memory(files);
        let (config, wrong) = Config::read(&sources);
        let Prepared { guide, theme, mut faults, .. } = prepare(config, &sources, (&request(), &mut Past::default()));
        faults.extend(wrong);
        faults.extend(unreadable.iter().map(|fault| Diagnostic::of_a_file(fault, &sources)));
        let memo = Memo::new();
        let (pictures, undecodable) = Pictures::make(&guide, &sources, Earlier::Memory(&FxHashMap::default()));
        let site = Site::new(&guide, theme, Material { sources: &sources, memo: &memo, pictures: &pictures });
        let (jobs, obstructions) = site.plan();
        faults.extend(undecodable.into_iter().chain(obstructions));
        told(&faults, &sources);
        let files = jobs.iter().map(|job| {
            if !wanted(job.file.as_str()) {
                return (job.file.as_str().to_owned(), None);
            }
            let content = site.render(job).unwrap_or_else(|fault| panic!("{fault:?}"));
            let made = if let Content::Bytes(bytes) = content { Some(bytes) } else { None };
            (job.file.as_str().to_owned(), made)
        });
        let checks = &guide.config.checks;
        let is_faulty = faults.iter().any(|fault| checks.severity(fault.code) == Some(Severity::Error));
        let has_twins = faults.iter().any(|fault| fault.code == Code::DuplicateAnchor);
        let mut faults: Vec<String> = faults.iter().map(|fault| format!("{fault:?}")).collect();
        faults.sort();
        Built { base: guide.config.base.path.clone(), files: files.collect(), faults, is_faulty, has_twins }
    }

    /// Every file is what it says it is, and every link leads to something.
    pub(super) fn is_sound(&self) {
        let mut pages: BTreeMap<&str, Tags> = BTreeMap::new();
        for (path, bytes) in &self.files {
            let Some(bytes) = bytes else { continue };
            let text = || std::str::from_utf8(bytes).unwrap_or_else(|error| panic!("{path}: {error}"));
            match path.rsplit('.').next() {
                Some("html") => drop(pages.insert(path, page(path, text()))),
                Some("xml" | "svg") => {
                    roxmltree::Document::parse(text()).unwrap_or_else(|error| panic!("{path}: {error}\n{}", text()));
                }
                Some("json" | "webmanifest") => {
                    let read: Result<serde_json::Value, _> = serde_json::from_str(text());
                    assert!(read.is_ok(), "{path}: {read:?}");
                }
                _ => {}
            }
        }
        for (path, page) in &pages {
            assert!(page.wrong_ids.is_empty() || self.has_twins, "{path}: {:?}", page.wrong_ids);
        }
        // Where there are errors, nothing is written.
        for (path, tags) in pages.iter().filter(|_| !self.is_faulty) {
            for lead in tags.leads.iter().filter(|lead| is_internal(lead)) {
                assert!(self.holds(path, lead, &pages), "`{path}` leads to `{lead}`, where nothing is");
            }
        }
    }

    /// Whether there is what `lead` names, seen from the page at `path`.
    fn holds(&self, path: &str, lead: &str, pages: &BTreeMap<&str, Tags>) -> bool {
        let (address, id) = lead.split_once('#').map_or((lead, None), |(address, id)| (address, Some(id)));
        let address = decoded(address.split('?').next().unwrap_or(address));
        let file = match address.strip_prefix(&*decoded(&self.base)) {
            Some(below) => below.to_owned(),
            None if address.is_empty() => path.to_owned(),
            None => return false,
        };
        let file = if file.is_empty() || file.ends_with('/') { format!("{file}index.html") } else { file };
        let has = |id: &str| pages.get(&*file).is_some_and(|page| page.ids.contains(id));
        self.files.contains_key(&file) && id.is_none_or(|id| id.is_empty() || has(&decoded(id)) || self.is_copy(&file))
    }

    /// Whether a file was not made here: nothing is known of what is in it.
    fn is_copy(&self, file: &str) -> bool {
        matches!(self.files.get(file), Some(None))
    }

    /// A page as it was read.
    pub(super) fn page(&self, path: &str) -> Option<Tags> {
        let bytes = self.files.get(path)?.as_ref()?;
        Some(page(path, std::str::from_utf8(bytes).ok()?))
    }

    /// Whether there is something at a path that a browser asks for.
    pub(super) fn answers(&self, path: &str) -> bool {
        self.holds("", path, &BTreeMap::new())
    }
}

fn page(path: &str, html: &str) -> Tags {
    let tags = tags::read(html, Scope::Page);
    let wrong: BTreeSet<&String> = tags.wrong.iter().collect();
    assert!(wrong.is_empty(), "{path}: {wrong:?}\n{html}");
    tags
}

/// Whether a link stays in the site: whatever has no scheme of its own.
fn is_internal(lead: &str) -> bool {
    let head = lead.split(['/', '#', '?']).next().unwrap_or_default();
    !head.contains(':') && !lead.starts_with("//")
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

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
