//! JSON Schemas (2020-12) of what authors write in YAML: `guide.yaml`, and the front matter of pages.
//!
//! They are made of the tables that the readers use: keys in both spellings, kinds, facets, the words that a key
//! accepts. What a key's value must look like is said here once more, and tests hold it to what the reader does with
//! the same value. A schema sees one file, and values as YAML types them: whether a page exists is for `check`.
//!
//! Beside the standard's keywords there are three that editors read: `errorMessage` (what to do, in the guide's
//! language), `enumDescriptions`, and `doNotSuggest` on the spelling of a key that is not of the guide's language.

mod fields;
mod keys;
mod page;
mod settings;
mod spelling;
mod value;

use serde_json::{Value, json};

use crate::config::{Config, Kind, KindId};

/// A schema, and the file that it is written to.
pub(crate) struct SchemaFile {
    /// Its path from the folder of schemas, with `/` between names.
    pub(crate) path: String,
    /// The schema.
    pub(crate) schema: Value,
}

/// The file of the schema of `guide.yaml`.
pub(crate) const SETTINGS_FILE: &str = "guide.yaml.schema.json";

/// The file of the schema of any page's front matter.
pub(crate) const PAGE_FILE: &str = "page.schema.json";

/// What every schema that is written says of where it comes from.
const ORIGIN: &str = "boussole schema";

/// The schema of `guide.yaml`, whose suggestions know the kinds and facets that the guide has now.
pub(crate) fn settings(config: &Config) -> Value {
    settings::schema(config)
}

/// The schema of a page's front matter: of any kind, or of `kind` alone.
pub(crate) fn page(config: &Config, kind: Option<KindId>) -> Value {
    page::schema(config, kind)
}

/// Every schema of a guide.
pub(crate) fn files(config: &Config) -> Vec<SchemaFile> {
    let file = |path: &str, schema| SchemaFile { path: path.to_owned(), schema };
    let mut files = vec![file(SETTINGS_FILE, settings(config)), file(PAGE_FILE, page(config, None))];
    files.extend(config.kinds.iter().map(|(id, kind)| file(&kind_file(kind), page(config, Some(id)))));
    files
}

/// The file of the schema of pages of `kind` alone.
pub(crate) fn kind_file(kind: &Kind) -> String {
    format!("kinds/{}.schema.json", kind.name)
}

/// A schema as it stands in a file.
pub(crate) fn text(schema: &Value) -> String {
    format!("{schema:#}\n")
}

/// Whether `text` is a schema that this module made, perhaps of another guide or by another version.
pub(crate) fn is_one(text: &str) -> bool {
    let parsed = serde_json::from_str::<Value>(text);
    parsed.is_ok_and(|schema| schema["$comment"] == ORIGIN)
}

/// `schema` as a document of its own.
fn document(schema: &Value) -> Value {
    let mut whole = json!({"$schema": "https://json-schema.org/draft/2020-12/schema", "$comment": ORIGIN});
    if let (Some(whole), Some(keywords)) = (whole.as_object_mut(), schema.as_object()) {
        whole.extend(keywords.clone());
    }
    whole
}

#[cfg(test)]
mod tests;
