//! The front matter of a page.

use serde_json::{Map, Value, json};

use super::keys::{Both, Keys, Words, describe};
use super::value::Values;
use super::{document, fields};
use crate::config::{Builtin, Config, Kind, KindId, PAGE_KEYS, TASK_KEYS};
use crate::diagnostic::say;

/// The schema of a page of any kind, or of `kind` alone.
pub(super) fn schema(config: &Config, kind: Option<KindId>) -> Value {
    let page = Page { config, values: Values { tongue: config.site.language.tongue() } };
    let mut definitions = Map::new();
    let task = page.task(&mut definitions);
    let mut keys = Keys::new(page.values, "", &mut definitions);
    keys.table(PAGE_KEYS, PAGE, |key| page.value(key, kind));
    for field in fields::all(config) {
        keys.own(&field.name, &field.label);
    }
    page.constrain(&mut keys, kind);
    let mut schema = keys.finish();
    definitions.insert("task".to_owned(), task);
    schema["$defs"] = definitions.into();
    let (title, about) = page.heading(kind);
    describe(&mut schema, &title, &about);
    document(&schema)
}

struct Page<'c> {
    config: &'c Config,
    values: Values,
}

impl Page<'_> {
    fn heading(&self, kind: Option<KindId>) -> (String, String) {
        let tongue = self.values.tongue;
        let about = tongue.pick([
            "Ce qui s’écrit entre les deux lignes `---`, en haut d’une page.",
            "What is written between the two lines `---` at the top of a page.",
        ]);
        let title = match kind.map(|kind| &self.config.kinds[kind]) {
            None => tongue.pick(["En-tête d’une page", "Front matter of a page"]).to_owned(),
            Some(kind) => {
                let label = &kind.label;
                self.values.say(&say!("En-tête d’une page\u{a0}: {label}", "Front matter of a page: {label}"))
            }
        };
        (title, about.to_owned())
    }

    fn constrain(&self, keys: &mut Keys<'_>, kind: Option<KindId>) {
        match kind.map(|kind| &self.config.kinds[kind]) {
            None => fields::conditions(self.config, self.values).into_iter().for_each(|it| keys.condition(it)),
            Some(kind) => {
                keys.condition(fields::of_kind(self.config, kind, self.values));
                if !matches!(kind.builtin, Some(Builtin::Page | Builtin::Section)) {
                    PAGE_KEYS.iter().filter(|key| key.english == "kind").for_each(|key| keys.require(key));
                }
            }
        }
    }

    /// What the value of a built-in key must be.
    fn value(&self, key: &str, kind: Option<KindId>) -> Option<Value> {
        let values = self.values;
        let schema = match key {
            "title" | "summary" | "series" | "owner" | "image" => values.text(),
            "synonyms" | "authors" | "roles" | "themes" | "about" | "leads_to" | "related" => {
                values.list(&values.text())
            }
            "kind" => self.kinds(kind),
            "slug" => slug(values),
            "order" => values.integer(),
            "part" => with(values.integer(), json!({"minimum": 1})),
            "autolink" => values.boolean(),
            "autolink_here" => with(values.boolean(), json!({"default": true})),
            "noindex" | "draft" => with(values.boolean(), json!({"default": false})),
            "tasks" => {
                let message = say!(
                    "écrivez `- tâche: …`, puis en dessous `  responsables: […]`",
                    "write `- task: …`, then under it `  responsible: […]`"
                );
                json!({"type": "array", "items": {"$ref": "#/$defs/task"}, "errorMessage": values.say(&message)})
            }
            "date" | "updated" | "review_by" => with(values.date(), json!({"examples": ["2026-03-01"]})),
            "redirect_from" => values.list(&old_address(values)),
            "lang" => tag(values),
            "facet" => self.facets(),
            _ => return None,
        };
        Some(schema)
    }

    /// The kinds of the guide, or `kind` alone.
    fn kinds(&self, kind: Option<KindId>) -> Value {
        let all = self.config.kinds.iter().filter(|(id, _)| kind.is_none_or(|kind| kind == *id));
        let all: Vec<&Kind> = all.map(|(_, kind)| kind).collect();
        let suggested: Vec<(&str, &str)> =
            all.iter().map(|kind| (kind.spelled(self.values.tongue), kind.label.as_str())).collect();
        self.values.one_of(&suggested, all.iter().flat_map(|kind| kind.names()))
    }

    fn facets(&self) -> Value {
        let facets = &self.config.facets;
        let suggested: Vec<(&str, &str)> =
            facets.iter().map(|facet| (facet.id.as_str(), facet.title.as_str())).collect();
        self.values.one_of(&suggested, facets.iter().map(|facet| facet.title.as_str()))
    }

    fn task(&self, definitions: &mut Map<String, Value>) -> Value {
        let values = self.values;
        let mut keys = Keys::new(values, "task.", definitions);
        keys.table(TASK_KEYS, TASK, |key| match key {
            "task" => Some(values.text()),
            "responsible" | "involved" => Some(values.list(&values.text())),
            _ => None,
        });
        TASK_KEYS.iter().filter(|key| key.english == "task").for_each(|key| keys.require(key));
        with(keys.finish(), json!({"type": ["object", "null"]}))
    }
}

/// `schema` with other keywords, which count where both have one.
pub(super) fn with(mut schema: Value, keywords: Value) -> Value {
    if let (Some(schema), Value::Object(keywords)) = (schema.as_object_mut(), keywords) {
        schema.extend(keywords);
    }
    schema
}

/// The last segment of an address.
pub(super) fn slug(values: Values) -> Value {
    let message = say!(
        "écrivez un nom comme `plus-value`\u{a0}: a–z, 0–9 et le trait d’union",
        "write a name like `plus-value`: a–z, 0–9 and hyphens"
    );
    let slug = values.matching("^\\s*-*[a-z0-9][a-z0-9-]*\\s*$", &message);
    with(slug, json!({"type": ["string", "integer"]}))
}

fn old_address(values: Values) -> Value {
    let message = say!(
        "écrivez l’ancien chemin seul, comme `/ancienne/adresse/`",
        "write the old path alone, like `/old/address/`"
    );
    let pattern = "^\\s*/?(?!/)(?!(?:.*/)?\\.{1,2}\\s*(?:/|$))[^:?#\\\\]*$";
    with(values.matching(pattern, &message), json!({"type": ["string", "number"]}))
}

fn tag(values: Values) -> Value {
    let message = say!("écrivez un code comme `en`, `de` ou `fr-CA`", "write a code like `en`, `de` or `fr-CA`");
    let tag = values.matching("^\\s*[a-zA-Z]{2,3}(?:-[a-zA-Z0-9]{1,8})*\\s*$", &message);
    with(tag, json!({"examples": ["en", "fr-CA"]}))
}

const fn key(key: &'static str, title: Both, about: Both) -> Words {
    Words { key, title, about }
}

const TASK: &[Words] = &[
    key("task", ["Tâche", "Task"], ["Ce qu’il y a à faire, en quelques mots.", "What there is to do, in a few words."]),
    key(
        "responsible",
        ["Responsables", "Responsible"],
        ["Les rôles qui en répondent.", "The roles that answer for it."],
    ),
    key(
        "involved",
        ["Participants", "Involved"],
        ["Les rôles qui y prennent part.", "The roles that take part in it."],
    ),
];

const PAGE: &[Words] = &[
    key(
        "title",
        ["Titre", "Title"],
        [
            "Le titre de la page. Il peut aussi être la première ligne du texte, après un seul dièse.",
            "The title of the page. It may also be the first line of the text, after a single `#`.",
        ],
    ),
    key(
        "kind",
        ["Genre", "Kind"],
        [
            "Le genre de la page. Sans lui\u{a0}: `section` pour un fichier `index.md`, `page` pour un autre.",
            "The kind of the page. Without it: `section` for a file `index.md`, `page` for any other.",
        ],
    ),
    key(
        "summary",
        ["Résumé", "Summary"],
        [
            "Une ou deux phrases, pour les listes et les aperçus. Sans lui\u{a0}: le premier paragraphe.",
            "One or two sentences, for lists and previews. Without it: the first paragraph.",
        ],
    ),
    key(
        "slug",
        ["Fin de l’adresse", "End of the address"],
        [
            "La fin de l’adresse de la page\u{a0}: a–z, 0–9 et le trait d’union. Sans elle\u{a0}: le nom du fichier.",
            "The end of the page’s address: a–z, 0–9 and hyphens. Without it: the name of the file.",
        ],
    ),
    key(
        "order",
        ["Ordre", "Order"],
        [
            "La place parmi les pages voisines\u{a0}: 1, 2, 3… Sans elle\u{a0}: par titre.",
            "The place among its siblings: 1, 2, 3… Without it: by title.",
        ],
    ),
    key(
        "synonyms",
        ["Synonymes", "Synonyms"],
        [
            "Les autres noms de la page, pour les liens automatiques et les `[[liens]]`.",
            "Other names of the page, for automatic links and `[[links]]`.",
        ],
    ),
    key(
        "autolink",
        ["Lien automatique vers cette page", "Automatic links to this page"],
        [
            "Les autres pages peuvent-elles mener ici d’elles-mêmes\u{202f}? Sans cette clé\u{a0}: oui pour un rôle, un terme, un thème.",
            "May other pages link here by themselves? Without this key: yes for a role, a term, a theme.",
        ],
    ),
    key(
        "autolink_here",
        ["Liens automatiques dans cette page", "Automatic links in this page"],
        [
            "`false`\u{a0}: aucun lien ne se fait tout seul dans cette page.",
            "`false`: no link makes itself in this page.",
        ],
    ),
    key(
        "roles",
        ["Rôles", "Roles"],
        ["Les rôles à qui cette page s’adresse, par leurs noms.", "The roles that this page is for, by their names."],
    ),
    key(
        "themes",
        ["Thèmes", "Themes"],
        [
            "Les thèmes dont cette page fait partie, par leurs noms.",
            "The themes that this page belongs to, by their names.",
        ],
    ),
    key(
        "about",
        ["À propos de", "About"],
        [
            "Pour une question\u{a0}: les pages au bas desquelles elle paraît, avec sa réponse.",
            "Of a question: the pages at whose foot it appears, with its answer.",
        ],
    ),
    key(
        "leads_to",
        ["Mène à", "Leads to"],
        ["Pour une étape\u{a0}: celles qui peuvent suivre.", "Of a stage: those that may follow."],
    ),
    key(
        "related",
        ["Voir aussi", "See also"],
        [
            "Les pages voisines par le sujet\u{a0}; le lien vaut dans les deux sens.",
            "Pages on close subjects; the link goes both ways.",
        ],
    ),
    key(
        "series",
        ["Série", "Series"],
        ["Le nom de la série dont cet article fait partie.", "The name of the series that this article is in."],
    ),
    key(
        "part",
        ["Partie", "Part"],
        ["La place de l’article dans sa série, à partir de 1.", "The article’s place in its series, from 1."],
    ),
    key(
        "tasks",
        ["Tâches", "Tasks"],
        [
            "Qui fait quoi\u{a0}: une tâche, ses responsables, ses participants.",
            "Who does what: a task, who answers for it, who takes part.",
        ],
    ),
    key("authors", ["Auteurs", "Authors"], ["Les personnes qui ont écrit la page.", "The people who wrote the page."]),
    key(
        "date",
        ["Date", "Date"],
        ["La date de l’article, comme `2026-03-01`.", "The date of the article, like `2026-03-01`."],
    ),
    key(
        "updated",
        ["Mise à jour", "Updated"],
        ["La date de la dernière révision, comme `2026-03-01`.", "The date of the last revision, like `2026-03-01`."],
    ),
    key(
        "review_by",
        ["À revoir le", "Review by"],
        ["La date après laquelle il faudra relire la page.", "The date after which the page needs to be read again."],
    ),
    key(
        "owner",
        ["Responsable", "Owner"],
        ["La personne qui répond de la page.", "The person who answers for the page."],
    ),
    key(
        "image",
        ["Image", "Image"],
        [
            "Le fichier de l’image que montrent les réseaux quand la page est partagée.",
            "The file of the image that is shown where the page is shared.",
        ],
    ),
    key(
        "noindex",
        ["Sans index", "No index"],
        [
            "`true`\u{a0}: la page n’est ni dans la recherche, ni dans le plan du site, ni dans les moteurs.",
            "`true`: the page is out of the search, of the site map and of search engines.",
        ],
    ),
    key(
        "redirect_from",
        ["Redirige depuis", "Redirect from"],
        [
            "Les anciennes adresses de la page, qui doivent mener ici.",
            "Old addresses of the page, which must lead here.",
        ],
    ),
    key(
        "lang",
        ["Langue", "Language"],
        [
            "La langue de la page, si elle diffère de celle du guide.",
            "The language of the page, where it is not the guide’s.",
        ],
    ),
    key(
        "draft",
        ["Brouillon", "Draft"],
        ["`true`\u{a0}: la page n’est pas publiée.", "`true`: the page is not published."],
    ),
    key(
        "facet",
        ["Volet", "Facet"],
        [
            "Ce fichier est un volet de la page `index.md` de son dossier\u{a0}: lequel.",
            "This file is a facet of the page `index.md` of its folder: which one.",
        ],
    ),
];
