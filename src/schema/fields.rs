//! The fields that a guide adds to its kinds of pages.

use serde_json::{Value, json};

use super::keys::{describe, has, pattern_of, required};
use super::spelling::{self, Accents, any_case};
use super::value::{Values, optional};
use crate::config::{Builtin, Config, Field, FieldType, Kind, PAGE_KEYS};
use crate::diagnostic::say;
use crate::name::fold;
use crate::yaml::Key;

/// What must hold of the fields of a page: those of its kind are of their types, those that must be are there, and
/// there are no others.
pub(super) fn conditions(config: &Config, values: Values) -> Vec<Value> {
    let mut all = Vec::new();
    for (_, kind) in config.kinds.iter().filter(|(_, kind)| !kind.fields.is_empty()) {
        all.push(json!({"if": is_of(&[kind]), "then": of_kind(config, kind, values)}));
    }
    for name in self::all(config).into_iter().map(|field| field.name.as_str()) {
        let owners: Vec<&Kind> =
            config.kinds.iter().map(|(_, kind)| kind).filter(|kind| has_field(kind, name)).collect();
        all.push(json!({"if": is_of(&owners), "else": stranger(name, &owners, values)}));
    }
    all
}

/// The fields of all kinds, of each name the first.
pub(super) fn all(config: &Config) -> Vec<&Field> {
    let mut fields: Vec<&Field> = Vec::new();
    for field in config.kinds.iter().flat_map(|(_, kind)| &kind.fields) {
        if fields.iter().all(|other| fold(&other.name) != fold(&field.name)) {
            fields.push(field);
        }
    }
    fields
}

/// What must hold of the fields of a page of `kind`.
pub(super) fn of_kind(config: &Config, kind: &Kind, values: Values) -> Value {
    let mut properties = serde_json::Map::new();
    let mut patterns = serde_json::Map::new();
    let mut conditions = Vec::new();
    for field in &kind.fields {
        let schema = schema(config, field, values);
        properties.insert(field.name.clone(), schema.clone());
        patterns.insert(spelling::pattern_but(&field.name, [field.name.as_str()], Accents::Anywhere), schema);
        if field.required {
            conditions.push(required(values, &field.name, &spelling::pattern([field.name.as_str()])));
        }
    }
    let mut all = json!({"properties": properties, "patternProperties": patterns});
    if !conditions.is_empty() {
        all["allOf"] = conditions.into();
    }
    all
}

/// A page of one of `kinds`: one that says so, or says nothing where those without a word are.
fn is_of(kinds: &[&Kind]) -> Value {
    let key = kind_key();
    let pattern = key.map(pattern_of).unwrap_or_default();
    let names = spelling::pattern(kinds.iter().flat_map(|kind| kind.names()));
    let said = json!({
        "allOf": [has(&pattern), {"patternProperties": {&pattern: {"type": "string", "pattern": names}}}],
    });
    if kinds.iter().all(|kind| !is_default(kind)) {
        return said;
    }
    json!({"anyOf": [said, {"propertyNames": {"not": {"pattern": pattern}}}]})
}

/// Whether a page that does not name its kind may be of this one.
fn is_default(kind: &Kind) -> bool {
    matches!(kind.builtin, Some(Builtin::Page | Builtin::Section))
}

fn kind_key() -> Option<&'static Key> {
    PAGE_KEYS.iter().find(|key| key.english == "kind")
}

fn has_field(kind: &Kind, name: &str) -> bool {
    kind.fields.iter().any(|field| fold(&field.name) == fold(name))
}

/// A page that may not have the field `name`, as it is none of its `owners`.
fn stranger(name: &str, owners: &[&Kind], values: Values) -> Value {
    let kinds = owners.iter().map(|kind| format!("`{}`", kind.spelled(values.tongue))).collect::<Vec<_>>().join(", ");
    let message = say!(
        "c’est un champ du genre {kinds}\u{a0}: donnez ce genre à la page, ou enlevez la clé",
        "it is a field of the kind {kinds}: give the page that kind, or remove the key"
    );
    json!({"patternProperties": {spelling::pattern([name]): false}, "errorMessage": values.say(&message)})
}

fn schema(config: &Config, field: &Field, values: Values) -> Value {
    let mut schema = value(&field.of, values);
    let about = about(config, &field.of);
    describe(&mut schema, &field.label, &values.say(&about));
    if field.required { schema } else { optional(schema) }
}

fn value(of: &FieldType, values: Values) -> Value {
    match of {
        FieldType::Text | FieldType::Page(_) => values.text(),
        FieldType::Integer => values.integer(),
        FieldType::Bool => values.boolean(),
        FieldType::Date => values.date(),
        FieldType::Choice(choices) => {
            let choices: Vec<(&str, &str)> = choices.iter().map(|choice| (choice.as_str(), "")).collect();
            values.one_of(&choices, [])
        }
        FieldType::Url => values.matching(&address(), &say!("commencez-la par `https://`", "begin it with `https://`")),
        FieldType::List(of) => values.list(&value(of, values)),
    }
}

/// An address with one of the schemes that readers of a guide can follow.
fn address() -> String {
    let [web, mail, phone] = ["http", "mailto", "tel"].map(any_case);
    format!("^\\s*(?:{web}[sS]?://[^\\s/?#]|{mail}:|{phone}:)")
}

fn about(config: &Config, of: &FieldType) -> crate::diagnostic::Say {
    match of {
        FieldType::Text => say!("Un texte.", "A text."),
        FieldType::Integer => say!("Un nombre entier.", "A whole number."),
        FieldType::Bool => say!("`true` ou `false`.", "`true` or `false`."),
        FieldType::Date => say!("Une date, comme `2026-03-01`.", "A date, like `2026-03-01`."),
        FieldType::Choice(_) => say!("L’un des mots proposés.", "One of the suggested words."),
        FieldType::Page(None) => say!("Le nom d’une page.", "The name of a page."),
        FieldType::Page(Some(kind)) => {
            let [french, english] = [crate::language::Tongue::French, crate::language::Tongue::English]
                .map(|tongue| config.kinds[*kind].spelled(tongue));
            say!("Le nom d’une page du genre `{french}`.", "The name of a page of the kind `{english}`.")
        }
        FieldType::Url => say!("Une adresse du web.", "An address of the web."),
        FieldType::List(of) => {
            let item = about(config, of);
            let (french, english) = (item.french, item.english);
            say!("Une liste. Pour chaque élément\u{a0}: {french}", "A list. Of each item: {english}")
        }
    }
}
