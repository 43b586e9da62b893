//! Whole guides: what is written in them passes, unless it has a fault of keys.
#![expect(clippy::disallowed_methods, reason = "the guides are folders and files of the repository")]

use std::fs;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use jsonschema::Validator;
use rustc_hash::FxHashMap;
use serde_json::Value;

use super::{of_keys, seen, validator};
use crate::config::{Config, KindId};
use crate::fixture::Fixture;
use crate::path::GuidePath;
use crate::schema::{page, settings};
use crate::source::{Role, Sources};
use crate::syntax::front_matter;

/// What a schema does not know, by the fixture that shows it: that a key was given twice (YAML itself forbids it, and
/// editors say so), and which kinds there are in the very text that is written.
const BEYOND: &[(&str, &str)] = &[("duplicate-key", "guide.yaml"), ("unknown-kind", "guide.yaml")];

/// Validators by the text of their schemas: most guides have the same ones.
#[derive(Default)]
struct Validators(FxHashMap<String, Rc<Validator>>);

impl Validators {
    fn of(&mut self, schema: &Value) -> Rc<Validator> {
        Rc::clone(self.0.entry(schema.to_string()).or_insert_with(|| Rc::new(validator(schema))))
    }
}

/// The files of `sources` about which a reader and a schema differ.
fn differing(sources: &Sources, validators: &mut Validators) -> Vec<String> {
    let (config, faults) = Config::read(sources);
    let mut differing = Vec::new();
    let mut compare = |path: &GuidePath, (taken, schema): (bool, &Validator), text: &str| {
        let valid = seen(text).is_some_and(|document| schema.is_valid(&document));
        if valid != taken {
            differing.push(path.to_string());
        }
    };
    if let Some(file) = GuidePath::new("guide.yaml").and_then(|path| sources.at(&path)) {
        compare(
            &sources[file].path,
            (of_keys(faults).is_empty(), &validators.of(&settings(&config))),
            sources.text(file),
        );
    }
    let of_any = validators.of(&page(&config, None));
    let mut of_kinds: FxHashMap<Option<KindId>, Rc<Validator>> = FxHashMap::default();
    for (file, source) in sources.iter().filter(|(_, source)| source.role == Role::Page) {
        let Some(yaml) = front_matter_of(sources.text(file)) else { continue };
        let parsed = front_matter::parse(file, sources, &config);
        let kind = parsed.front_matter.kind;
        let taken = of_keys(parsed.faults).is_empty();
        compare(&source.path, (taken, &of_any), yaml);
        if taken {
            let of_kind = of_kinds.entry(kind).or_insert_with(|| validators.of(&page(&config, kind)));
            compare(&source.path, (true, &**of_kind), yaml);
        }
    }
    differing
}

/// The YAML between `---`.
fn front_matter_of(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("---\n")?;
    let end = rest.starts_with("---\n").then_some(0).or_else(|| rest.find("\n---").map(|end| end + 1))?;
    Some(&rest[..end])
}

fn repository() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn below(folder: &str) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> =
        fs::read_dir(repository().join(folder)).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

#[test]
fn every_guide_that_builds_passes() {
    let golden = below("tests/golden").into_iter().map(|folder| folder.join("guide")).filter(|guide| guide.is_dir());
    let begun = ["src/cli/init/fr", "src/cli/init/en"].map(|folder| repository().join(folder));
    let mut validators = Validators::default();
    for guide in [repository()].into_iter().chain(golden).chain(begun) {
        let (sources, _) = Sources::load(&guide).unwrap();
        assert!(sources.iter().any(|(_, source)| source.role == Role::Page), "{}", guide.display());
        assert_eq!(differing(&sources, &mut validators), Vec::<String>::new(), "{}", guide.display());
    }
}

#[test]
fn every_example_passes_or_has_a_fault_of_keys() {
    let (mut found, mut validators) = (Vec::new(), Validators::default());
    for path in below("src/pipeline/tests/faults") {
        let fixture = Fixture::new(&fs::read_to_string(&path).unwrap());
        let files = fixture.files.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes()));
        let sources = Sources::in_memory(files).0;
        found.extend(differing(&sources, &mut validators).into_iter().map(|file| (name(&path), file)));
    }
    let expected: Vec<(String, String)> =
        BEYOND.iter().map(|(name, file)| ((*name).to_owned(), (*file).to_owned())).collect();
    assert_eq!(found, expected);
}

fn name(path: &Path) -> String {
    path.file_stem().unwrap().to_string_lossy().into_owned()
}
