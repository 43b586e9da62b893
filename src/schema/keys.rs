//! Maps with known keys: both spellings of each, and no other.

use serde_json::{Map, Value, json};

use super::spelling::{self, Accents};
use super::value::{Values, optional};
use crate::diagnostic::{Say, say};
use crate::yaml::Key;

/// The same words in French and in English.
pub(super) type Both = [&'static str; 2];

/// What a key is called and what it is for.
pub(super) struct Words {
    /// Its English spelling.
    pub(super) key: &'static str,
    /// What it is called.
    pub(super) title: Both,
    /// What it is for.
    pub(super) about: Both,
}

/// A schema of a map that grows key by key.
pub(super) struct Keys<'d> {
    values: Values,
    /// Where the schemas of values go, which stand once in the document.
    definitions: &'d mut Map<String, Value>,
    /// Those schemas, by the English names of their keys.
    known: Vec<(&'static str, Value)>,
    required: Vec<&'static str>,
    /// What their names begin with.
    prefix: &'static str,
    properties: Map<String, Value>,
    patterns: Map<String, Value>,
    dependent: Map<String, Value>,
    conditions: Vec<Value>,
}

impl<'d> Keys<'d> {
    /// A map without keys, whose definitions are named after `prefix`.
    pub(super) fn new(values: Values, prefix: &'static str, definitions: &'d mut Map<String, Value>) -> Keys<'d> {
        let (properties, patterns, dependent) = (Map::new(), Map::new(), Map::new());
        let (known, required, conditions) = (Vec::new(), Vec::new(), Vec::new());
        Keys { values, definitions, known, required, prefix, properties, patterns, dependent, conditions }
    }

    /// Adds keys of a table, with what `value` makes of each; those of which it makes nothing are left out.
    pub(super) fn table(&mut self, table: &[Key], words: &[Words], value: impl Fn(&str) -> Option<Value>) {
        for key in table {
            let found = words.iter().find(|words| words.key == key.english).zip(value(key.english));
            let Some((words, mut schema)) = found else { continue };
            describe(&mut schema, self.pick(words.title), self.pick(words.about));
            self.known(key, schema);
        }
    }

    /// Adds a key whose value is as `schema` says, in both its spellings and whatever the case and accents.
    fn known(&mut self, key: &Key, schema: Value) {
        let name = format!("{}{}", self.prefix, key.english);
        self.known.push((key.english, schema));
        let reference = json!({"$ref": format!("#/$defs/{name}")});
        let own = key.spelled(self.values.tongue);
        // Editors overlook what stands beside a reference.
        let other = json!({"allOf": [reference], "doNotSuggest": true});
        for spelled in [key.french, key.english].into_iter().filter(|spelled| *spelled != own) {
            self.properties.insert(spelled.to_owned(), other.clone());
        }
        self.properties.insert(own.to_owned(), reference.clone());
        self.patterns.insert(pattern_of(key), reference);
        self.once(key);
    }

    /// Refuses a second spelling beside the first.
    fn once(&mut self, key: &Key) {
        let names = [key.french, key.english];
        let message = self.values.say(&say!(
            "cette clé est donnée deux fois, peut-être en deux langues\u{a0}: n’en gardez qu’une",
            "this key is given twice, perhaps in two languages: keep one of them"
        ));
        for spelled in names {
            let again = spelling::pattern_but(spelled, names, accents_of(key));
            let refused = json!({"patternProperties": {again: false}, "errorMessage": message});
            self.dependent.insert(spelled.to_owned(), refused);
        }
    }

    /// Adds a key that the authors named and called `label`, of which conditions say more.
    pub(super) fn own(&mut self, name: &str, label: &str) {
        self.properties.insert(name.to_owned(), json!({"title": label, "doNotSuggest": true}));
        self.patterns.insert(spelling::pattern([name]), true.into());
        let again = spelling::pattern_but(name, [name], Accents::Anywhere);
        let message = self.values.say(&say!(
            "cette clé est donnée deux fois\u{a0}: n’en gardez qu’une",
            "this key is given twice: keep one of them"
        ));
        self.dependent.insert(name.to_owned(), json!({"patternProperties": {again: false}, "errorMessage": message}));
    }

    /// Adds what must also hold.
    pub(super) fn condition(&mut self, condition: Value) {
        self.conditions.push(condition);
    }

    /// Makes `key` one that must be there.
    pub(super) fn require(&mut self, key: &Key) {
        self.required.push(key.english);
        let required = required(self.values, key.spelled(self.values.tongue), &pattern_of(key));
        self.conditions.push(required);
    }

    /// The whole schema.
    pub(super) fn finish(self) -> Value {
        let Keys { values, definitions, known, required, prefix, properties, patterns, dependent, conditions } = self;
        for (key, schema) in known {
            let schema = if required.contains(&key) { schema } else { optional(schema) };
            definitions.insert(format!("{prefix}{key}"), schema);
        }
        let mut schema = json!({
            "type": "object",
            "properties": properties,
            "patternProperties": patterns,
            "additionalProperties": false,
            "dependentSchemas": dependent,
            "errorMessage": values.say(&no_such_key()),
        });
        if !conditions.is_empty() {
            schema["allOf"] = conditions.into();
        }
        schema
    }

    fn pick(&self, both: Both) -> &'static str {
        self.values.tongue.pick(both)
    }
}

/// Gives `schema` a title and a description, before its other keywords.
pub(super) fn describe(schema: &mut Value, title: &str, about: &str) {
    let mut described = json!({"title": title, "description": about});
    if about.contains('`') {
        described["markdownDescription"] = about.into();
    }
    if let (Some(described), Some(keywords)) = (described.as_object_mut(), schema.as_object_mut()) {
        described.append(keywords);
    }
    *schema = described;
}

/// A pattern for a key in any of its spellings.
pub(super) fn pattern_of(key: &Key) -> String {
    let names = [key.french, key.english];
    match accents_of(key) {
        Accents::Anywhere => spelling::pattern(names),
        Accents::Written => spelling::known(names),
    }
}

/// Who writes a key that French has a word for may put an accent where English has none (`séries`).
fn accents_of(key: &Key) -> Accents {
    if key.french == key.english { Accents::Written } else { Accents::Anywhere }
}

/// A map that must have a key called `name`, of which all spellings match `pattern`.
pub(super) fn required(values: Values, name: &str, pattern: &str) -> Value {
    let message = values.say(&say!(
        "la clé `{name}` manque\u{a0}: ajoutez `{name}: …`",
        "the key `{name}` is missing: add `{name}: …`"
    ));
    json!({
        "if": {"propertyNames": {"not": {"pattern": pattern}}},
        "then": {"required": [name], "errorMessage": message},
    })
}

/// A map with a key that matches `pattern`.
pub(super) fn has(pattern: &str) -> Value {
    json!({"not": {"propertyNames": {"not": {"pattern": pattern}}}})
}

fn no_such_key() -> Say {
    say!(
        "cette clé n’existe pas ici\u{a0}: corrigez son nom, ou enlevez cette ligne",
        "there is no such key here: correct its name, or remove this line"
    )
}
