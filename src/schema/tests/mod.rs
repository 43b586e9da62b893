//! Schemas against what the readers do with the same text.

mod agreement;
mod guides;
mod whole;

use jsonschema::Validator;
use serde_json::{Map, Value};

use crate::config::Config;
use crate::diagnostic::{Code, Diagnostic};
use crate::path::GuidePath;
use crate::source::Sources;
use crate::syntax::front_matter;
use crate::yaml::{self, Node};

/// A guide with a kind and fields of its own.
const OWN: &str = "\
kinds:
  outil:
    label: Outil
    plural: Outils
    fields:
      licence: {type: text, label: Licence, required: true}
      niveau: {type: choice, choices: [débutant, confirmé, 3]}
      referent: {type: page, kind: role}
      depuis: {type: date}
      places: {type: integer}
      libre: {type: bool}
      site: {type: url}
      suite: {type: page}
      liens: {type: {list: url}}
  page:
    fields: {cote: {type: text}}
";

/// The codes of the faults that come of keys and their values alone.
const OF_KEYS: [Code; 8] = [
    Code::YamlSyntax,
    Code::UnknownKey,
    Code::DuplicateKey,
    Code::WrongType,
    Code::WrongValue,
    Code::MissingKey,
    Code::ReservedKey,
    Code::UnknownKind,
];

fn sources(files: &[(&str, &str)]) -> Sources {
    let files = files.iter().map(|(path, text)| (GuidePath::new(path).unwrap(), text.as_bytes().to_vec()));
    Sources::in_memory(files).0
}

fn config(settings: &str) -> Config {
    Config::read(&sources(&[("guide.yaml", settings)])).0
}

fn validator(schema: &Value) -> Validator {
    jsonschema::options().should_validate_formats(true).build(schema).unwrap()
}

/// What the readers find wrong with the keys of a page that has this front matter.
fn read_page(config: &Config, yaml: &str) -> Vec<Diagnostic> {
    let text = format!("---\n{yaml}\n---\n");
    let sources = sources(&[("content/a.md", &text)]);
    let file = sources.iter().next().unwrap().0;
    of_keys(front_matter::parse(file, &sources, config).faults)
}

/// What the readers find wrong with the keys of these settings.
fn read_settings(yaml: &str) -> Vec<Diagnostic> {
    of_keys(Config::read(&sources(&[("guide.yaml", yaml)])).1)
}

fn of_keys(faults: Vec<Diagnostic>) -> Vec<Diagnostic> {
    faults.into_iter().filter(|fault| OF_KEYS.contains(&fault.code)).collect()
}

/// What an editor sees in `text`: values as the core schema of YAML 1.2 types them, nothing where it is not YAML. Of
/// keys given twice it has the last.
fn seen(text: &str) -> Option<Value> {
    let sources = sources(&[("guide.yaml", text)]);
    let file = sources.iter().next().unwrap().0;
    let node = yaml::parse(file, &sources, 0..sources.text(file).len()).ok()?;
    Some(node.as_ref().map_or(Value::Null, typed))
}

fn typed(node: &Node<'_>) -> Value {
    match &node.value {
        yaml::Value::Plain(text) => plain(text.trim()),
        yaml::Value::Quoted(text) => Value::from(text.as_ref()),
        yaml::Value::List(items) => items.iter().map(typed).collect(),
        yaml::Value::Map(entries) => {
            let entries =
                entries.iter().map(|entry| (entry.key.as_text().unwrap_or_default().to_owned(), typed(&entry.value)));
            Value::Object(entries.collect::<Map<String, Value>>())
        }
    }
}

fn plain(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => Value::Null,
        "true" | "True" | "TRUE" => Value::Bool(true),
        "false" | "False" | "FALSE" => Value::Bool(false),
        text if text.starts_with(|c: char| c.is_ascii_digit() || "+-.".contains(c)) => {
            let whole = text.parse::<i64>().map(Value::from);
            let decimal = || text.parse::<f64>().map(Value::from);
            whole.or_else(|_| decimal()).unwrap_or_else(|_| Value::from(text))
        }
        text => Value::from(text),
    }
}
