//! `kinds:`, which adds to the built-in kinds or overrides them.

use super::keys::{FIELD, KIND, LIST, PAGE};
use super::{FacetName, Field, FieldType, Kind, KindId, Kinds, facet};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::id::IdVec;
use crate::language::Tongue;
use crate::name::{fold, nearest};
use crate::path::Slug;
use crate::yaml::{Entry, Key, Map, Named, Read, Value, missing, repeated, these, twice};

/// The kinds of a guide with these facets.
pub(super) fn read(map: &mut Map<'_>, facets: &[FacetName], tongue: Tongue) -> Kinds {
    let mut kinds = Kinds::builtins(tongue, facets.len());
    let Some(entries) = map.read("kinds", Named::entries) else { return kinds };
    let mut named: Vec<(KindId, &Entry<'_>)> = Vec::new();
    for entry in entries {
        let Some(id) = map.keep(name(&mut kinds, entry)) else { continue };
        match named.iter().find(|(other, _)| *other == id) {
            Some((_, first)) => map.fault(twice(&first.key, &entry.key)),
            None => named.push((id, entry)),
        }
    }
    let mut read: Vec<Kind> = kinds.kinds.as_slice().to_vec();
    for (id, entry) in named {
        let kind = &mut read[id.index()];
        let context = Context { kinds: &kinds, facets, tongue };
        map.faults(context.kind(kind, entry));
    }
    kinds.kinds = read.into_iter().collect::<IdVec<Kind>>();
    kinds
}

/// The kind that an entry is about, a new one where there is none of its name. All kinds are named before any is
/// read, as fields may hold pages of a kind that comes later.
fn name<'a>(kinds: &mut Kinds, entry: &'a Entry<'a>) -> Read<KindId> {
    let named = Named { key: "kinds", node: &entry.key };
    let name = named.written()?;
    if let Some(id) = kinds.named(name) {
        return Ok(id);
    }
    let slug = Slug::of(name).ok_or_else(|| {
        let message = say!("`{name}` ne peut pas être le nom d’un genre", "`{name}` cannot be the name of a kind");
        let help = say!("donnez-lui un nom avec des lettres, comme `outil`", "give it a name of letters, like `tool`");
        Box::new(named.fault(message).help(help))
    })?;
    let label = capitalised(name);
    Ok(kinds.kinds.push(Kind {
        name: slug.as_str().to_owned(),
        plural: plural(&label),
        label,
        facets: Vec::new(),
        required_facets: Vec::new(),
        fields: Vec::new(),
        builtin: None,
    }))
}

struct Context<'c> {
    kinds: &'c Kinds,
    facets: &'c [FacetName],
    tongue: Tongue,
}

impl Context<'_> {
    fn kind<'a>(&self, kind: &mut Kind, entry: &'a Entry<'a>) -> Vec<Diagnostic> {
        if entry.value.is_absent() {
            return Vec::new();
        }
        let key = entry.key.as_text().unwrap_or_default();
        let mut keys = match Map::of(Named { key, node: &entry.value }, KIND, self.tongue) {
            Ok(keys) => keys,
            Err(fault) => {
                let help = say!("écrivez par exemple `{{label: Outil}}`", "write for example `{{label: Tool}}`");
                return vec![fault.help(help)];
            }
        };
        if let Some(label) = keys.read("label", Named::text::<String>) {
            kind.plural = plural(&label);
            kind.label = label;
        }
        if let Some(plural) = keys.read("plural", Named::text::<String>) {
            kind.plural = plural;
        }
        let of_the_guide = |named: Named<'_>| facet::find(named, self.facets);
        let given = keys.get("facets").is_some();
        let facets = keys.list("facets", of_the_guide);
        if given {
            kind.facets = facets.into_vec();
        }
        kind.required_facets = keys.list("required_facets", of_the_guide).into_vec();
        kind.facets.extend(&kind.required_facets);
        for facets in [&mut kind.facets, &mut kind.required_facets] {
            facets.sort_unstable();
            facets.dedup();
        }
        kind.fields = self.fields(&mut keys);
        keys.finish()
    }

    fn fields(&self, keys: &mut Map<'_>) -> Vec<Field> {
        let Some(entries) = keys.read("fields", Named::entries) else { return Vec::new() };
        keys.faults(repeated(entries));
        let mut fields: Vec<Field> = Vec::new();
        for entry in entries {
            let (field, faults) = self.field(entry);
            keys.faults(faults);
            fields.extend(field.filter(|field| fields.iter().all(|other| fold(&other.name) != fold(&field.name))));
        }
        fields
    }

    fn field<'a>(&self, entry: &'a Entry<'a>) -> (Option<Field>, Vec<Diagnostic>) {
        let named = Named { key: "fields", node: &entry.key };
        let name = match named.written() {
            Ok(name) if Key::find(PAGE, name).is_some() => return (None, vec![reserved(named, name)]),
            Ok(name) => name,
            Err(fault) => return (None, vec![*fault]),
        };
        let mut keys = match Map::of(Named { key: name, node: &entry.value }, FIELD, self.tongue) {
            Ok(keys) => keys,
            Err(fault) => {
                let help = say!("écrivez par exemple `{{type: text}}`", "write for example `{{type: text}}`");
                return (None, vec![fault.help(help)]);
            }
        };
        let label = keys.read("label", Named::text).unwrap_or_else(|| capitalised(name));
        let required = keys.read("required", Named::boolean).unwrap_or_default();
        let of = keys.required("type", &entry.key, Ok).and_then(|named| self.field_type(&mut keys, named));
        if let Some(of) = &of {
            idle(&mut keys, of);
        }
        let field = of.map(|of| Field { name: name.to_owned(), label, of, required });
        (field, keys.finish())
    }

    /// The type that `named` spells; `keys` are the field's, where `choices` and `kind` stand.
    fn field_type<'a>(&self, keys: &mut Map<'a>, named: Named<'a>) -> Option<FieldType> {
        if let Value::Map(entries) = &named.node.value {
            let mut list = Map::new(entries, LIST, self.tongue);
            let item = list.required("list", named.node, Ok);
            keys.faults(list.finish());
            return Some(FieldType::List(Box::new(self.field_type(keys, item?)?)));
        }
        let of = named.one_of(&TYPES);
        Some(match keys.keep(of)? {
            Type::Text => FieldType::Text,
            Type::Integer => FieldType::Integer,
            Type::Bool => FieldType::Bool,
            Type::Date => FieldType::Date,
            Type::Url => FieldType::Url,
            Type::Page => FieldType::Page(keys.read("kind", |named| find_kind(named, self.kinds, self.tongue))),
            Type::Choice => {
                let choices = keys.list("choices", Named::text);
                if choices.is_empty() {
                    keys.fault(missing("choices", named.node.span));
                }
                FieldType::Choice(choices.into_vec())
            }
        })
    }
}

/// What the `type` of a field may be, lists aside.
pub(crate) const TYPES: [(&str, Type); 7] = [
    ("text", Type::Text),
    ("integer", Type::Integer),
    ("bool", Type::Bool),
    ("date", Type::Date),
    ("choice", Type::Choice),
    ("page", Type::Page),
    ("url", Type::Url),
];

/// The type of a field before what belongs to it is read.
#[derive(Clone, Copy)]
pub(crate) enum Type {
    Text,
    Integer,
    Bool,
    Date,
    Choice,
    Page,
    Url,
}

/// The kind that `named` names.
pub(crate) fn find_kind(named: Named<'_>, kinds: &Kinds, tongue: Tongue) -> Read<KindId> {
    let name = named.written()?;
    kinds.named(name).ok_or_else(|| {
        let own = || kinds.iter().map(|(_, kind)| kind.spelled(tongue));
        let all = kinds.iter().flat_map(|(_, kind)| kind.names());
        let near = nearest(name, own()).or_else(|| nearest(name, all));
        let message = say!("il n’y a pas de genre `{name}`", "there is no kind `{name}`");
        let fault = Diagnostic::new(Code::UnknownKind, named.node.span, message);
        Box::new(match near {
            None => fault.help(these(own())),
            near => fault.nearest(near),
        })
    })
}

/// `choices` and `kind` beside a type that has no use for them.
fn idle(keys: &mut Map<'_>, of: &FieldType) {
    let mut innermost = of;
    while let FieldType::List(of) = innermost {
        innermost = of;
    }
    let idle = [
        ("choices", "choice", !matches!(innermost, FieldType::Choice(_))),
        ("kind", "page", !matches!(innermost, FieldType::Page(_))),
    ];
    for (key, of, _) in idle.into_iter().filter(|(_, _, idle)| *idle) {
        if let Some(named) = keys.get(key) {
            let fault = named.fault(say!("`{key}` ne va qu’avec `type: {of}`", "`{key}` goes with `type: {of}` only"));
            keys.fault(
                fault.help(say!("enlevez `{key}`, ou écrivez `type: {of}`", "remove `{key}`, or write `type: {of}`")),
            );
        }
    }
}

fn reserved(named: Named<'_>, name: &str) -> Diagnostic {
    let message = say!("`{name}` est déjà une clé de toutes les pages", "`{name}` is already a key of every page");
    Diagnostic::new(Code::ReservedKey, named.node.span, message)
        .help(say!("donnez un autre nom à ce champ", "give this field another name"))
}

fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn plural(label: &str) -> String {
    if label.ends_with(['s', 'x', 'z']) { label.to_owned() } else { format!("{label}s") }
}
