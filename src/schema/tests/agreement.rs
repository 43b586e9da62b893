//! The same values given to a reader and to a schema: both take them, or both refuse them.

use serde_json::Value;

use super::{OWN, config, read_page, read_settings, seen, validator};
use crate::config::{PAGE_KEYS, keys};
use crate::schema::{page, settings};
use crate::yaml::Key;

/// Values of every shape, and those that some key accepts.
const VALUES: &[&str] = &[
    "texte",
    "deux mots",
    "\"12\"",
    "12",
    "0",
    "-3",
    "1",
    "3",
    "1.5",
    "false",
    "\"true\"",
    "oui",
    "2026-03-01",
    "2026-02-30",
    "2026-3-1",
    "~",
    "",
    "[]",
    "[a, b]",
    "[1, ~, b]",
    "[[a]]",
    "[{a: b}]",
    "{a: b}",
    "a-b",
    "A b",
    "--",
    "été",
    "role",
    "Rôle",
    "ROLE",
    "thème",
    "coplanification",
    "outil",
    "outils",
    "theorie",
    "Plus value",
    "plus_value",
    "débutant",
    "Confirme",
    "en",
    "fr-CA",
    "fr_CA",
    "zh-Hant-TW",
    "fr-",
    "français",
    "/ancienne/adresse/",
    "ancienne",
    "../dehors",
    "//ailleurs",
    "a/../b",
    "a.b/c",
    "https://exemple.org/guide/",
    "https://exemple.org/{path}",
    "http://exemple.org",
    "HTTPS://exemple.org/",
    "https://exemple.org/?a=b",
    "https://exemple.org/#a",
    "https://moi@exemple.org/",
    "https://",
    "ftp://exemple.org/",
    "mailto:a@exemple.org",
    "mailto:a",
    "a@exemple.org",
    "tel:+33100000000",
    "\"#0b5c7d\"",
    "\"#123\"",
    "\"#12\"",
    "bleu",
    "{light: \"#0b5c7d\"}",
    "{dark: \"#7cc4e0\"}",
    "{light: \"#0b5c7d\", dark: \"#7cc4e0\"}",
    "{light: \"#0b5c7d\", sombre: \"#7cc4e0\"}",
    "public",
    "./public",
    "../public",
    "..",
    "a/..",
    ".",
    "/public",
    "C:/public",
    "content",
    "content/a",
    "contenu",
    "boussole",
    ".cache",
    ".cache/public",
    ".git/public",
    "./.GIT",
    ".gitlab/public",
    "../.cache",
    "../.cache/public",
    "../a/.b/c",
    ".a/../b",
    "../...",
    ".././public",
    "a/b",
    "non",
    "Partial",
    "first-per-facet",
    "{automatic: all}",
    "{automatic: First per page}",
    "{automatic: never}",
    "{automatic: ~}",
    "{auto: all}",
    "{dead-link: note}",
    "{Dead link: OFF}",
    "{dead-link: fatal}",
    "{dead-link: ~}",
    "{dead-lnk: note}",
    "{not-utf8: error}",
    "{not-utf8: note}",
    "{review-overdue: warning}",
    "{review-overdue: off}",
    "[{tâche: Écrire}]",
    "[{task: Écrire, responsable: a}]",
    "[{responsables: [a]}]",
    "[{tâche: Écrire, task: Lire}]",
    "[{Tache: Écrire, participants: a, responsables: [a, b]}, ~]",
    "[{tâche: [a]}]",
    "[{id: a, title: A}]",
    "[{id: A b, title: A}]",
    "[{id: contenu, title: A}]",
    "[{id: a}]",
    "[{id: a, title: A, titre: A}]",
    "{outil: ~}",
    "{outil: {label: A, plural: B}}",
    "{outil: {labl: A}}",
    "{outil: {label: [A]}}",
    "{outil: a}",
    "{…: {label: A}}",
    "{outil: {facets: [theorie], required_facets: theorie}}",
    "{outil: {fields: {a: {type: text}}}}",
    "{outil: {fields: {a: {type: Text, label: A, required: true}}}}",
    "{outil: {fields: {a: {type: texte}}}}",
    "{outil: {fields: {a: {type: ~}}}}",
    "{outil: {fields: {a: {}}}}",
    "{outil: {fields: {a: text}}}",
    "{outil: {fields: {titre: {type: text}}}}",
    "{outil: {fields: {Title: {type: text}}}}",
    "{outil: {fields: {a: {type: choice}}}}",
    "{outil: {fields: {a: {type: choice, choices: [b, c]}}}}",
    "{outil: {fields: {a: {type: text, choices: [b, c]}}}}",
    "{outil: {fields: {a: {type: {list: choice}, choices: [b, c]}}}}",
    "{outil: {fields: {a: {type: {list: {list: date}}}}}}",
    "{outil: {fields: {a: {type: {liste: date}}}}}",
    "{outil: {fields: {a: {type: {list: ~}}}}}",
    "{outil: {fields: {a: {type: page, kind: role}}}}",
    "{outil: {fields: {a: {type: {list: page}, kind: role}}}}",
    "{outil: {fields: {a: {type: date, kind: role}}}}",
    "{outil: {fields: {a: {type: date, kind: ~}}}}",
];

/// Whether a schema cannot know better, or says more than a reader on purpose.
type Excused = fn(key: &str, value: &str) -> bool;

/// Both verdicts on every value of every key; what differs without an excuse, and what has one without need.
fn compare(keys: &[&Key], read: &dyn Fn(&str) -> usize, (schema, excused): (&Value, Excused)) {
    let validator = validator(schema);
    let mut differing = Vec::new();
    for key in keys {
        for value in VALUES {
            let text = format!("{}: {value}\n", key.french);
            let taken = read(&text) == 0;
            let valid = seen(&text).is_some_and(|document| validator.is_valid(&document));
            if (taken != valid) != excused(key.english, value) {
                differing.push(format!("{} the reader {}, the schema {}", text.trim(), verdict(taken), verdict(valid)));
            }
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

fn verdict(taken: bool) -> &'static str {
    if taken { "takes it" } else { "refuses it" }
}

/// YAML makes a truth value of it; where a schema took one, editors would suggest it for every title.
fn is_truth(value: &str) -> bool {
    value == "false"
}

#[test]
fn front_matter_is_taken_by_the_reader_and_by_the_schema_alike() {
    let config = config(OWN);
    let excused: Excused = |key, value| {
        let typed = ["kind", "order", "autolink", "autolink_here", "part", "tasks", "date", "updated", "review_by"];
        let others = ["noindex", "lang", "draft", "facet"];
        is_truth(value) && !typed.contains(&key) && !others.contains(&key)
    };
    let keys: Vec<&Key> = PAGE_KEYS.iter().collect();
    compare(&keys, &|text| read_page(&config, text).len(), (&page(&config, None), excused));
}

#[test]
fn fields_are_taken_by_the_reader_and_by_the_schema_alike() {
    let config = config(OWN);
    let schema = page(&config, None);
    let validator = validator(&schema);
    let mut differing = Vec::new();
    for field in ["licence", "Niveau", "référent", "depuis", "places", "libre", "site", "liens", "cote", "autre"] {
        for value in VALUES {
            for before in ["", "licence: libre\n", "genre: outil\n", "Kind: OUTIL\nlicence: libre\n", "genre: rôle\n"]
            {
                if before.contains("licence") && field == "licence" {
                    continue;
                }
                let text = format!("{before}{field}: {value}\n");
                let taken = read_page(&config, &text).is_empty();
                let valid = seen(&text).is_some_and(|document| validator.is_valid(&document));
                let is_text = ["licence", "référent", "cote"].contains(&field);
                // A separator before a name.
                let is_three = field == "Niveau" && *value == "-3";
                if taken != valid && !(is_text && is_truth(value)) && !is_three {
                    differing.push(format!("{text:?}: the reader {}, the schema {}", verdict(taken), verdict(valid)));
                }
            }
        }
    }
    assert!(differing.is_empty(), "{}", differing.join("\n"));
}

#[test]
fn settings_are_taken_by_the_reader_and_by_the_schema_alike() {
    let excused: Excused = |key, value| match key {
        "title" | "description" | "license" | "logo" | "theme" | "output" => is_truth(value),
        // A separator at the end of a name.
        "lang" => value == "fr-",
        _ => false,
    };
    let keys: Vec<&Key> = keys::GUIDE.iter().collect();
    compare(&keys, &|text| read_settings(text).len(), (&settings(&config("")), excused));
}

/// Keys are found whatever their case, accents and separators, in both languages; and only once.
#[test]
fn keys_are_spelled_for_the_reader_and_for_the_schema_alike() {
    let config = config("");
    let schema = page(&config, None);
    let validator = validator(&schema);
    for key in PAGE_KEYS {
        let value = sound(key.english);
        let spellings = [
            key.french.to_owned(),
            key.english.to_owned(),
            key.french.to_uppercase(),
            key.english.replace('_', "-"),
            key.french.replace('-', " "),
            key.french.replace(['-', '_'], ""),
            unaccented(key.french),
            decomposed(key.french),
            format!("{}s", key.french),
            format!("x{}", key.english),
        ];
        for (at, one) in spellings.iter().enumerate() {
            let text = format!("{one}: {value}\n");
            let taken = read_page(&config, &text).is_empty();
            assert_eq!(validator.is_valid(&seen(&text).unwrap()), taken, "{text}");
            assert!(taken || at >= 8, "{text}");
        }
        let (french, english) = (key.french, key.english);
        for second in &spellings[1..6] {
            let text = format!("{french}: {value}\n{second}: {value}\n");
            let twice = !validator.is_valid(&seen(&text).unwrap());
            assert!(twice || second == french, "{text}");
        }
        let text = format!("{english}: {value}\n{}: {value}\n", french.to_uppercase());
        assert!(!validator.is_valid(&seen(&text).unwrap()), "{text}");
    }
}

fn sound(key: &str) -> &'static str {
    match key {
        "kind" => "rôle",
        "order" | "part" => "1",
        "autolink" | "autolink_here" | "noindex" | "draft" => "true",
        "date" | "updated" | "review_by" => "2026-03-01",
        "tasks" => "[{tâche: Écrire}]",
        "facet" => "theorie",
        "lang" => "en",
        _ => "texte",
    }
}

fn decomposed(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfd(text).collect()
}

fn unaccented(text: &str) -> String {
    decomposed(text).chars().filter(|c| !unicode_normalization::char::is_combining_mark(*c)).collect()
}
