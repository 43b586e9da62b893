//! The schemas themselves.
#![expect(clippy::disallowed_methods, reason = "the schemas are files of the repository")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;

use super::{OWN, config};
use crate::config::{PAGE_KEYS, TASK_KEYS, keys};
use crate::fixture::check_golden;
use crate::schema::{files, is_one, page, settings, text};
use crate::yaml::Key;

/// The schemas of settings and of any page, for a guide without kinds of its own, in both languages, as they stand in
/// the repository.
fn expected() -> BTreeMap<String, String> {
    let all = [("fr", config("")), ("en", config("lang: en\n"))];
    let files = all.iter().flat_map(|(tongue, config)| {
        let of_pages_and_settings = files(config).into_iter().take(2);
        of_pages_and_settings.map(move |file| (format!("{tongue}/{}", file.path), text(&file.schema)))
    });
    files.collect()
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("schema")
}

#[test]
fn the_schemas_of_the_repository_are_those_that_are_made() {
    let expected = expected();
    if std::env::var_os("BOUSSOLE_GOLDEN").is_some_and(|value| value == "write") {
        for (path, text) in &expected {
            fs::create_dir_all(folder().join(path).parent().unwrap()).unwrap();
            fs::write(folder().join(path), text).unwrap();
        }
    }
    let there = walkdir::WalkDir::new(folder()).min_depth(2).into_iter().map(Result::unwrap);
    let there = there.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(folder()).unwrap().to_string_lossy().replace('\\', "/");
        (path, fs::read_to_string(entry.path()).unwrap())
    });
    let there: BTreeMap<String, String> = there.collect();
    assert_eq!(there.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    for (path, text) in &expected {
        assert!(there[path] == *text, "schema/{path} is made otherwise (BOUSSOLE_GOLDEN=write accepts it)");
    }
}

/// What the tests of editors ask about: the schema of a guide with a kind and fields of its own.
#[test]
fn the_schema_that_editors_are_tried_with_is_the_one_that_is_made() {
    check_golden("tests/node/own-kind.schema.json", &text(&page(&config(OWN), None)));
}

#[test]
fn every_schema_is_one_and_says_so() {
    let own = config(OWN);
    for schema in files(&own).into_iter().map(|file| file.schema) {
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert!(jsonschema::meta::is_valid(&schema));
        assert!(is_one(&text(&schema)));
    }
    assert!(!is_one("{}") && !is_one("") && !is_one("[\"boussole schema\"]"));
}

/// The keys that stand in `properties` of an object schema, those that are suggested apart.
fn listed(object: &Value) -> [Vec<String>; 2] {
    let properties = object["properties"].as_object().unwrap();
    let of = |suggested: bool| {
        let all = properties.iter().filter(|(_, schema)| schema["doNotSuggest"].is_null() == suggested);
        let mut names: Vec<String> = all.map(|(name, _)| name.clone()).collect();
        names.sort();
        names
    };
    [of(true), of(false)]
}

fn spelled(keys: &[Key], spelled: impl Fn(&Key) -> &'static str) -> Vec<String> {
    let mut names: Vec<String> = keys.iter().map(|key| spelled(key).to_owned()).collect();
    names.sort();
    names
}

#[test]
fn every_key_that_is_read_is_in_the_schema_and_no_other() {
    for settings_text in ["", "lang: en\n"] {
        let config = config(settings_text);
        let tongue = config.site.language.tongue();
        let (page, settings) = (page(&config, None), settings(&config));
        for (keys, object) in [
            (PAGE_KEYS, &page),
            (TASK_KEYS, &page["$defs"]["task"]),
            (keys::GUIDE, &settings),
            (keys::FACET, &settings["$defs"]["facet"]),
            (keys::KIND, &settings["$defs"]["kind"]),
            (keys::FIELD, &settings["$defs"]["field"]),
            (keys::LINKS, &settings["$defs"]["links"]),
            (keys::ACCENT, &settings["$defs"]["both-accents"]),
            (keys::LIST, &settings["$defs"]["type"]["anyOf"][1]),
        ] {
            let [own, other] = listed(object);
            assert_eq!(own, spelled(keys, |key| key.spelled(tongue)));
            let mut both = spelled(keys, |key| key.english);
            both.extend(spelled(keys, |key| key.french));
            both.retain(|name| !own.contains(name));
            both.sort();
            assert_eq!(other, both);
        }
    }
}

/// Titles and descriptions are in the guide's language, and every key has them.
#[test]
fn every_key_says_what_it_is_in_the_guides_language() {
    let [french, english] = ["", "lang: en\n"].map(config).map(|config| {
        let both = [page(&config, None), settings(&config)];
        both.map(|schema| schema["$defs"].as_object().unwrap().clone())
    });
    for (french, english) in french.iter().zip(&english) {
        let said = |schema: &Value| schema["description"].as_str().map(str::to_owned);
        // Parts without words of their own hold keys that have them.
        let parts =
            ["task", "facet", "kind", "field", "type", "of-choices", "of-pages", "links", "checks", "both-accents"];
        let worded = |name: &str| !parts.contains(&name) && !name.starts_with("weight.");
        for (name, schema) in french.iter().filter(|(name, _)| worded(name)) {
            let (one, other) = (said(schema), said(&english[name]));
            assert!(one.is_some() && schema["title"].is_string() && one != other, "{name}");
        }
    }
}

#[test]
fn the_fields_of_a_kind_are_named_by_their_labels() {
    let config = config(OWN);
    let kind = config.kinds.named("outil").unwrap();
    let schema = page(&config, Some(kind));
    let fields = &schema["allOf"][0]["properties"];
    assert_eq!(fields["licence"]["title"], "Licence");
    assert_eq!(fields["referent"]["description"], "Le nom d’une page du genre `rôle`.");
    assert_eq!(schema["$defs"]["kind"]["anyOf"][0]["enum"], serde_json::json!(["outil"]));
}
