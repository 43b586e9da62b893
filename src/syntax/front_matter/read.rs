//! From keys to a [`FrontMatter`].

use super::{FrontMatter, Task, fields};
use crate::config::{Builtin, Config, PAGE_KEYS, TASK_KEYS, find_facet, find_kind, slug};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::language::Tongue;
use crate::path::GuidePath;
use crate::source::Span;
use crate::yaml::{Entry, Given, Map, Named, Node, Read, Value};

/// The page whose front matter is read.
pub(super) struct Page<'c> {
    /// Its file.
    pub(super) path: &'c GuidePath,
    /// Where to report what is missing.
    pub(super) place: Span,
    /// The settings of its guide.
    pub(super) config: &'c Config,
}

/// What was read of a front matter.
pub(super) struct Reading {
    pub(super) front_matter: FrontMatter,
    /// Whether it has a title.
    pub(super) title: Given,
    pub(super) faults: Vec<Diagnostic>,
}

impl Page<'_> {
    /// The front matter that says nothing.
    pub(super) fn defaults(&self) -> FrontMatter {
        let builtin = if self.path.name() == "index.md" { Builtin::Section } else { Builtin::Page };
        FrontMatter { kind: Some(self.config.kinds.builtin(builtin)), ..FrontMatter::default() }
    }

    /// What could be read of a front matter that holds no keys, or is not YAML.
    pub(super) fn unread(&self, faults: Vec<Diagnostic>) -> Reading {
        let front_matter = FrontMatter { has_faulty_kind: true, ..self.defaults() };
        Reading { front_matter, title: Given::Faulty, faults }
    }

    /// What `node` says, and its faults.
    pub(super) fn read(&self, node: &Node<'_>) -> Reading {
        match &node.value {
            Value::Map(entries) => self.read_entries(entries),
            _ => self.unread(vec![not_keys(node)]),
        }
    }

    /// What `entries` say, and their faults.
    pub(super) fn read_entries(&self, entries: &[Entry<'_>]) -> Reading {
        let tongue = self.config.site.language.tongue();
        let mut map = Map::new(entries, PAGE_KEYS, tongue);
        let spelling = map.spelling();
        let given = map.read("kind", |named| find_kind(named, &self.config.kinds, spelling));
        let has_faulty_kind = map.given("kind", given.as_ref()) == Given::Faulty;
        let kind = given.or(self.defaults().kind);
        let fields = kind.map(|kind| fields::read(&mut map, self, kind)).unwrap_or_default();
        let (series, part) = place_in_series(&mut map);
        let front_matter = FrontMatter {
            title: map.read("title", Named::text),
            kind,
            has_faulty_kind,
            summary: map.read("summary", Named::text),
            slug: map.read("slug", slug).map(String::into_boxed_str),
            order: map.read("order", Named::integer),
            synonyms: map.list("synonyms", Named::text),
            autolink: map.read("autolink", Named::boolean),
            autolink_here: map.read("autolink_here", Named::boolean),
            roles: map.list("roles", Named::text),
            themes: map.list("themes", Named::text),
            about: map.list("about", Named::text),
            leads_to: map.list("leads_to", Named::text),
            related: map.list("related", Named::text),
            series,
            part,
            tasks: tasks(&mut map, spelling),
            authors: map.list("authors", Named::text),
            date: map.read("date", Named::date),
            updated: map.read("updated", Named::date),
            review_by: map.read("review_by", Named::date),
            owner: map.read("owner", Named::text),
            image: map.read("image", Named::text),
            noindex: map.read("noindex", Named::boolean).unwrap_or_default(),
            redirect_from: map.list("redirect_from", old_address),
            lang: map.read("lang", tag),
            draft: map.read("draft", Named::boolean).unwrap_or_default(),
            facet: map.read("facet", |named| find_facet(named, &self.config.facets)),
            fields,
        };
        let title = map.given("title", front_matter.title.as_ref());
        Reading { front_matter, title, faults: map.finish() }
    }
}

fn not_keys(node: &Node<'_>) -> Diagnostic {
    let message =
        say!("l’en-tête n’est pas fait de lignes `clé: valeur`", "the front matter is not made of lines `key: value`");
    let fault = Diagnostic::new(Code::WrongType, node.span, message);
    // `titre:Coordinateur`, the most frequent of them.
    let joined = node.as_text().and_then(|text| text.split_once(':')).is_some_and(|(key, value)| {
        !key.is_empty() && !key.contains(char::is_whitespace) && !value.starts_with(char::is_whitespace)
    });
    fault.help(match joined {
        true => say!("mettez une espace après `:`", "put a space after `:`"),
        false => say!(
            "écrivez sur chaque ligne une clé, `: `, puis une valeur\u{a0}: `titre: Coordinateur`",
            "write on each line a key, `: `, then a value: `title: Coordinator`"
        ),
    })
}

/// The series of a page and its part in it: neither where one of them is faulty, as the other would be told for it.
fn place_in_series(map: &mut Map<'_>) -> (Option<Box<str>>, Option<i64>) {
    let (series, part) = (map.read("series", Named::text), map.read("part", part));
    let faulty = [map.given("series", series.as_ref()), map.given("part", part.as_ref())].contains(&Given::Faulty);
    if faulty { (None, None) } else { (series, part) }
}

fn part(named: Named<'_>) -> Read<i64> {
    match named.integer()? {
        part @ 1.. => Ok(part),
        part => {
            let message =
                say!("les numéros de partie commencent à 1, pas à {part}", "part numbers begin at 1, not at {part}");
            let help = say!("écrivez `1` pour la première partie", "write `1` for the first part");
            Err(Box::new(named.fault(message).help(help)))
        }
    }
}

fn tasks(map: &mut Map<'_>, tongue: Tongue) -> Box<[Task]> {
    let Some(items) = map.read("tasks", Named::items) else { return Box::default() };
    let mut tasks = Vec::new();
    for item in items {
        if let Some(mut keys) = map.keep(Map::of(item, TASK_KEYS, tongue).map_err(|_| not_a_task(item))) {
            let task = keys.required("task", item.node, Named::text);
            let responsible = keys.list("responsible", Named::text);
            let involved = keys.list("involved", Named::text);
            tasks.extend(task.map(|task| Task { task, responsible, involved }));
            map.faults(keys.finish());
        }
    }
    tasks.into()
}

fn not_a_task(item: Named<'_>) -> Box<Diagnostic> {
    let message = match item.node.value {
        Value::List(_) => say!(
            "une tâche a ses propres clés, et il n’y a ici qu’une liste",
            "a task has keys of its own, and there is only a list here"
        ),
        _ => {
            say!(
                "une tâche a ses propres clés, et il n’y a ici que du texte",
                "a task has keys of its own, and there is only text here"
            )
        }
    };
    Box::new(Diagnostic::new(Code::WrongType, item.node.span, message).help(say!(
        "écrivez `- tâche: …`, puis en dessous `  responsables: […]`",
        "write `- task: …`, then under it `  responsible: […]`"
    )))
}

/// An address of this guide as it once was, with its first `/`.
fn old_address(named: Named<'_>) -> Read<String> {
    let text = named.written()?;
    let path = text.strip_prefix('/').unwrap_or(text);
    let climbs = path.split('/').any(|name| matches!(name, "." | ".."));
    if climbs || path.starts_with('/') || path.contains([':', '?', '#', '\\']) || path.contains(char::is_control) {
        let fault =
            named.fault(say!("`{text}` n’est pas une adresse de ce guide", "`{text}` is not an address of this guide"));
        return Err(Box::new(fault.help(say!(
            "écrivez l’ancienne adresse à partir de la première barre, comme `/ancienne/adresse/`",
            "write the old address from its first slash on, like `/old/address/`"
        ))));
    }
    Ok(format!("/{path}"))
}

/// The tag of a language: `en`, `fr-CA`, `zh-Hant`.
fn tag(named: Named<'_>) -> Read<Box<str>> {
    let text = named.written()?;
    let hyphened = text.replace('_', "-");
    let mut parts = hyphened.split('-');
    let language =
        parts.next().is_some_and(|part| matches!(part.len(), 2..=3) && part.bytes().all(|b| b.is_ascii_alphabetic()));
    let fits =
        language && parts.all(|part| matches!(part.len(), 1..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric()));
    if fits && hyphened == text {
        return Ok(hyphened.into());
    }
    let fault = named.fault(say!("`{text}` n’est pas le code d’une langue", "`{text}` is not the code of a language"));
    let help = say!("écrivez un code comme `en`, `de` ou `fr-CA`", "write a code like `en`, `de` or `fr-CA`");
    Err(Box::new(if fits { fault.nearest(Some(&hyphened)) } else { fault.help(help) }))
}
