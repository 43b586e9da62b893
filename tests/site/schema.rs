//! `guide.json` is what its JSON Schema says, and the schema refuses what it is not.

use std::fs;
use std::path::Path;
use std::process::Command;

use jsonschema::Validator;
use serde_json::{Value, json};

use crate::guide::{Guide, run};

fn schema() -> Value {
    serde_json::from_str(include_str!("../../schema/guide.schema.json")).unwrap()
}

fn validator() -> Validator {
    jsonschema::options().should_validate_formats(true).build(&schema()).unwrap()
}

/// What the schema finds wrong with `document`, each with its place.
fn faults(document: &Value) -> Vec<String> {
    validator().iter_errors(document).map(|fault| format!("{}: {fault}", fault.instance_path())).collect()
}

fn read(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

#[test]
fn the_schema_is_one() {
    assert!(jsonschema::meta::is_valid(&schema()));
    assert_eq!(schema()["$schema"], "https://json-schema.org/draft/2020-12/schema");
}

#[test]
fn every_key_of_the_schema_says_what_it_is() {
    let mut nameless = Vec::new();
    let mut waiting = vec![(String::new(), schema())];
    while let Some((path, at)) = waiting.pop() {
        for (key, value) in at.as_object().into_iter().flatten() {
            let path = format!("{path}/{key}");
            for (name, property) in value.as_object().into_iter().flatten().filter(|_| key == "properties") {
                let has_both = property["title"].is_string() && property["description"].is_string();
                nameless.extend((!has_both).then(|| format!("{path}/{name}")));
            }
            waiting.push((path, value.clone()));
        }
    }
    assert_eq!(nameless, Vec::<String>::new());
}

#[test]
fn the_guide_of_this_repository_follows_the_schema() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_boussole"));
    command.args(["build", "--date", "2026-03-01", "--root", env!("CARGO_MANIFEST_DIR"), "--output"]);
    let ending = run(command.arg(folder.path()));
    assert_eq!(ending.status, 0, "{}", ending.told);
    assert_eq!(faults(&read(&folder.path().join("guide.json"))), Vec::<String>::new());
}

#[test]
fn every_golden_guide_follows_the_schema() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let guides = fs::read_dir(golden).unwrap().map(|entry| entry.unwrap().path()).filter(|path| path.is_dir());
    for guide in guides {
        let document = read(&guide.join("expected/guide.json"));
        assert_eq!(faults(&document), Vec::<String>::new(), "{}", guide.display());
    }
}

/// A guide in which every key of `guide.json` says something.
fn full() -> Guide {
    let guide = Guide::new(&[
        ("guide.yaml", FULL_SETTINGS),
        ("content/index.md", "# Accueil\n\nVoir [[Coordinateur]] et [ailleurs](https://exemple.org/é).\n"),
        ("content/organisation/coordinateur.md", COORDINATOR),
        ("content/organisation/secretaire.md", "---\ntitle: Secrétaire\nkind: role\n---\n\nÉcrit.\n"),
        ("content/themes/accueil.md", "---\ntitle: Accueillir\nkind: theme\n---\n\nUn thème.\n"),
        ("content/etapes/naitre.md", "---\ntitle: Naître\nkind: stage\nleads_to: [Grandir]\n---\n"),
        ("content/etapes/grandir.md", "---\ntitle: Grandir\nkind: stage\n---\n"),
        ("content/questions/qui.md", "---\ntitle: Qui ?\nkind: question\nabout: [Coordinateur]\n---\n\nLui.\n"),
        ("content/outils/carnet.md", TOOL),
        ("content/articles/un.md", ARTICLE),
    ]);
    for number in 0..51 {
        guide.write(&format!("content/fiches/f{number:02}.md"), "# Fiche\n\nVers [[Secrétaire]].\n");
    }
    guide
}

const FULL_SETTINGS: &str = "\
title: Guide
base_url: https://exemple.org/un/guide/
kinds:
  outil:
    label: Outil
    plural: Outils
    fields:
      texte: {type: text}
      nombre: {type: integer}
      libre: {type: bool}
      depuis: {type: date}
      niveau: {type: choice, choices: [débutant]}
      referent: {type: page, kind: role}
      site: {type: url}
      noms: {type: {list: text}}
      pages: {type: {list: page}}
";

const COORDINATOR: &str = "\
---
title: Coordinateur
kind: role
synonyms: [coordinatrice]
summary: Il coordonne.
roles: [Secrétaire]
themes: [Accueillir]
tasks:
  - {task: Convoquer, responsible: [Coordinateur], involved: [Secrétaire]}
date: 2026-01-02
updated: 2026-01-03
lang: fr-CA
---

Un début.

## Théorie

Voir [[Secrétaire]].
";

const TOOL: &str = "\
---
title: Carnet
kind: outil
texte: un texte
nombre: 3
libre: true
depuis: 2025-01-01
niveau: débutant
referent: Coordinateur
site: https://exemple.org/
noms: [un, deux]
pages: [Coordinateur]
---

La coordinatrice en parle.
";

const ARTICLE: &str =
    "---\ntitle: Un\nkind: article\ndate: 2026-02-01\nseries: Suite\npart: 1\n---\n\nLe premier article.\n";

#[test]
fn a_guide_that_uses_every_key_follows_the_schema() {
    let guide = full();
    guide.build();
    let document = read(&guide.site().join("guide.json"));
    assert_eq!(faults(&document), Vec::<String>::new());
    let pages = document["pages"].as_array().unwrap();
    let says_something = |value: &Value| !matches!(value.to_string().as_str(), "null" | "[]" | "{}" | "\"\"");
    for key in schema()["$defs"]["page"]["properties"].as_object().unwrap().keys() {
        assert!(pages.iter().any(|page| says_something(&page[key])), "no page has anything under `{key}`");
    }
    let secretary = pages.iter().find(|page| page["id"] == "organisation/secretaire").unwrap();
    let backlinks = secretary["backlinks"].as_array().unwrap();
    assert!(backlinks.len() > 50 && backlinks.iter().all(|backlink| backlink["text"].is_null()));
    let how =
        |how: &str| pages.iter().flat_map(|page| page["links"].as_array().unwrap()).any(|link| link["how"] == how);
    assert!(how("written") && how("automatic"));
}

#[test]
fn broken_documents_are_refused() {
    let guide = full();
    guide.build();
    let sound = read(&guide.site().join("guide.json"));
    let page = sound["pages"].as_array().unwrap().iter().position(|page| page["id"] == "organisation/coordinateur");
    let page = format!("/pages/{}", page.unwrap());
    let changes: [(&str, &str, Value); 12] = [
        ("", "version", json!(2)),
        ("", "generator", json!("Boussole")),
        ("", "lang", json!("de")),
        (&page, "id", json!("/organisation/coordinateur")),
        (&page, "url", json!("organisation/coordinateur")),
        (&page, "source", json!("organisation/coordinateur.md")),
        (&page, "date", json!("2 janvier 2026")),
        (&page, "fields", json!({"champ": {"a": 1}})),
        (&page, "links", json!([{"to": "index", "url": "https://exemple.org/", "how": "written", "facet": null}])),
        (&page, "links", json!([{"how": "written", "facet": null}])),
        (&page, "backlinks", json!([{"from": "index", "how": "guessed", "text": ""}])),
        (&page, "tasks", json!([{"task": "Convoquer", "responsible": []}])),
    ];
    for (place, key, value) in changes {
        let mut broken = sound.clone();
        broken.pointer_mut(place).unwrap()[key] = value.clone();
        let found = faults(&broken);
        assert!(!found.is_empty(), "`{place}/{key}` may be {value}");
        assert!(found.iter().all(|fault| fault.starts_with(place)), "{found:?}");
    }
    for key in schema()["$defs"]["page"]["required"].as_array().unwrap() {
        let mut broken = sound.clone();
        broken.pointer_mut(&page).unwrap().as_object_mut().unwrap().remove(key.as_str().unwrap());
        assert_eq!(faults(&broken).len(), 1, "{key} may be absent");
    }
}
