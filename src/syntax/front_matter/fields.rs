//! The fields that a guide adds to its kinds of pages.

use url::Url;

use super::FieldValue;
use super::read::Page;
use crate::config::{FieldType, Kind, KindId};
use crate::diagnostic::{Diagnostic, say};
use crate::name::{fold, nearest};
use crate::yaml::{Entry, Map, Named, Read, missing, these, twice, unknown};

/// The fields of a page of `kind`, in the kind's order. Takes every key that is not built in, and answers for it.
pub(super) fn read(map: &mut Map<'_>, page: &Page<'_>, kind: KindId) -> Box<[(String, FieldValue)]> {
    let kind = &page.config.kinds[kind];
    let mut given: Vec<Option<&Entry<'_>>> = vec![None; kind.fields.len()];
    for entry in map.take_unknown() {
        match entry.key.as_text().and_then(|name| position(kind, name)) {
            None => {
                let fault = stranger(map, page, (kind, entry));
                map.fault(fault);
            }
            Some(at) => match given[at] {
                Some(first) => map.fault(twice(&first.key, &entry.key)),
                None => given[at] = Some(entry),
            },
        }
    }
    let mut values = Vec::new();
    for (field, entry) in kind.fields.iter().zip(given) {
        match entry.filter(|entry| !entry.value.is_absent()) {
            Some(entry) => {
                let named = Named { key: entry.key.as_text().unwrap_or_default(), node: &entry.value };
                values.extend(value(map, named, &field.of).map(|value| (field.name.clone(), value)));
            }
            None if field.required => map.fault(missing(&field.name, page.place)),
            None => {}
        }
    }
    values.into()
}

fn position(kind: &Kind, name: &str) -> Option<usize> {
    if kind.fields.is_empty() {
        return None;
    }
    let folded = fold(name);
    kind.fields.iter().position(|field| fold(&field.name) == folded)
}

/// The fault of a key that is neither built in nor a field of the page's kind.
fn stranger(map: &Map<'_>, page: &Page<'_>, (own, entry): (&Kind, &Entry<'_>)) -> Diagnostic {
    let name = entry.key.as_text().unwrap_or_default();
    let owner = page.config.kinds.iter().find(|(_, kind)| position(kind, name).is_some());
    if let Some((_, kind)) = owner {
        let kind = kind.spelled(map.spelling());
        return unknown(&entry.key).help(say!(
            "c’est un champ du genre `{kind}`\u{a0}: donnez ce genre à la page, ou enlevez la clé",
            "it is a field of the kind `{kind}`: give the page that kind, or remove the key"
        ));
    }
    map.unknown_key(&entry.key, own.fields.iter().map(|field| field.name.as_str()))
}

fn value(map: &mut Map<'_>, named: Named<'_>, of: &FieldType) -> Option<FieldValue> {
    if let FieldType::List(of) = of {
        let items = map.keep(named.items())?;
        return Some(FieldValue::List(items.filter_map(|item| value(map, item, of)).collect()));
    }
    map.keep(single(named, of))
}

fn single(named: Named<'_>, of: &FieldType) -> Read<FieldValue> {
    Ok(match of {
        FieldType::Text => FieldValue::Text(named.text()?),
        FieldType::Integer => FieldValue::Integer(named.integer()?),
        FieldType::Bool => FieldValue::Bool(named.boolean()?),
        FieldType::Date => FieldValue::Date(named.date()?),
        FieldType::Choice(choices) => FieldValue::Choice(choice(named, choices)?),
        FieldType::Page(_) => FieldValue::Page(named.text()?),
        FieldType::Url => FieldValue::Url(url(named)?),
        FieldType::List(_) => FieldValue::List(Vec::new()),
    })
}

fn choice(named: Named<'_>, choices: &[String]) -> Read<String> {
    let written = named.written()?;
    let folded = fold(written);
    choices.iter().find(|choice| fold(choice) == folded).cloned().ok_or_else(|| {
        let key = named.key;
        let fault = named.fault(say!("`{key}` ne peut pas être `{written}`", "`{key}` cannot be `{written}`"));
        let all = choices.iter().map(String::as_str);
        Box::new(match nearest(written, all.clone()) {
            None => fault.help(these(all)),
            near => fault.nearest(near),
        })
    })
}

fn url(named: Named<'_>) -> Read<String> {
    let text = named.written()?;
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https" | "mailto" | "tel") => Ok(text.to_owned()),
        _ => Err(Box::new(
            named
                .fault(say!("`{text}` n’est pas une adresse du web", "`{text}` is not an address of the web"))
                .help(say!("commencez-la par `https://`", "begin it with `https://`")),
        )),
    }
}
