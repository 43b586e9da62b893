//! Schemas of single values, as the readers of `yaml` take them.
//!
//! YAML decides what is a number before a schema sees it, so that text is a number too: `titre: 1984`. It is not
//! `true` or `false`, which readers would take and editors would then suggest everywhere. A key without a value counts
//! as absent: see [`optional`].

use serde_json::{Value, json};

use super::spelling;
use crate::diagnostic::Say;
use crate::language::Tongue;
use crate::yaml::{Type, these};

/// Makes schemas that speak the guide's language.
#[derive(Clone, Copy)]
pub(super) struct Values {
    pub(super) tongue: Tongue,
}

impl Values {
    /// What is to be said, in the guide's language.
    pub(super) fn say(self, say: &Say) -> String {
        say.tell(self.tongue).to_owned()
    }

    /// Text on one or several lines.
    pub(super) fn text(self) -> Value {
        json!({"type": ["string", "number"], "errorMessage": self.say(&Type::Text.help())})
    }

    /// Text of which `pattern` holds; what to do otherwise is `message`.
    pub(super) fn matching(self, pattern: &str, message: &Say) -> Value {
        json!({"type": "string", "pattern": pattern, "errorMessage": self.say(message)})
    }

    /// A whole number.
    pub(super) fn integer(self) -> Value {
        json!({"type": "integer", "errorMessage": self.say(&Type::Integer.help())})
    }

    /// `true` or `false`.
    pub(super) fn boolean(self) -> Value {
        json!({"type": "boolean", "errorMessage": self.say(&Type::Boolean.help())})
    }

    /// A day.
    pub(super) fn date(self) -> Value {
        json!({
            "type": "string", "format": "date", "pattern": "^\\s*[0-9]{4}-[0-9]{2}-[0-9]{2}\\s*$",
            "errorMessage": self.say(&Type::Date.help()),
        })
    }

    /// A list of what `item` describes; one that stands alone is a list of one.
    pub(super) fn list(self, item: &Value) -> Value {
        let message = self.say(&Type::List.help());
        let many = json!({"type": "array", "items": optional(item.clone()), "errorMessage": message});
        json!({"anyOf": [many, item], "errorMessage": message})
    }

    /// One of a few words, in any spelling of theirs; the first ones are suggested, each with what it means.
    pub(super) fn one_of<'w>(self, suggested: &[(&'w str, &str)], others: impl IntoIterator<Item = &'w str>) -> Value {
        let words = || suggested.iter().map(|(word, _)| *word);
        let message = self.say(&these(words()));
        let pattern = spelling::pattern(words().chain(others));
        let mut first = json!({"enum": suggested.iter().flat_map(|(word, _)| as_typed(word)).collect::<Vec<_>>(), "errorMessage": message});
        if suggested.iter().any(|(_, meaning)| !meaning.is_empty()) {
            let meanings = suggested.iter().flat_map(|(word, meaning)| as_typed(word).into_iter().map(|_| *meaning));
            first["enumDescriptions"] = meanings.collect();
        }
        json!({
            "anyOf": [first, {"type": "string", "pattern": pattern, "errorMessage": message}],
            "errorMessage": message,
        })
    }
}

/// The same where there may also be no value. Said by what it is not: editors would suggest a `null`.
pub(super) fn optional(schema: Value) -> Value {
    let absent = json!({"not": {"type": ["string", "number", "boolean", "array", "object"]}});
    let Value::Object(mut inner) = schema else { return schema };
    if let Some(Value::Array(alternatives)) = inner.get_mut("anyOf") {
        alternatives.push(absent);
        return inner.into();
    }
    let outer = ["title", "description", "markdownDescription", "default"];
    let mut whole: serde_json::Map<String, Value> =
        outer.iter().filter_map(|key| Some(((*key).to_owned(), inner.shift_remove(*key)?))).collect();
    whole.insert("anyOf".to_owned(), json!([inner, absent]));
    whole.into()
}

/// `word` as text, and as what YAML takes it for where that is something else.
fn as_typed(word: &str) -> Vec<Value> {
    let typed = serde_json::from_str::<Value>(word).ok().filter(|value| value.is_number() || value.is_boolean());
    std::iter::once(Value::from(word)).chain(typed).collect()
}
