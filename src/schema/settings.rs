//! `guide.yaml`.

use serde_json::{Map, Value, json};

use super::document;
use super::keys::{Both, Keys, Words, describe, has, pattern_of};
use super::page::{slug, with};
use super::spelling::{self, any_case};
use super::value::{Values, optional};
use crate::config::{Accessibility, Automatic, Config, FIELD_TYPES, PAGE_KEYS, SEVERITIES, keys};
use crate::diagnostic::{CODES, Code, Severity, say};
use crate::language::Language;
use crate::yaml::{Key, these};

/// The schema of `guide.yaml`.
pub(super) fn schema(config: &Config) -> Value {
    let settings = Settings { config, values: Values { tongue: config.site.language.tongue() } };
    let mut definitions = Map::new();
    let parts = [
        ("facet", settings.facet(&mut definitions)),
        ("kind", settings.kind(&mut definitions)),
        ("field", settings.field(&mut definitions)),
        ("type", settings.field_type(&mut definitions)),
        ("of-choices", innermost("choice", "of-choices")),
        ("of-pages", innermost("page", "of-pages")),
        ("links", settings.links(&mut definitions)),
        ("checks", settings.checks(&mut definitions)),
        ("both-accents", settings.accents(&mut definitions)),
    ];
    let mut keys = Keys::new(settings.values, "guide.", &mut definitions);
    keys.table(keys::GUIDE, GUIDE, |key| settings.value(key));
    let mut schema = with(keys.finish(), json!({"type": ["object", "null"]}));
    definitions.extend(parts.map(|(name, part)| (name.to_owned(), part)));
    schema["$defs"] = definitions.into();
    let [title, about] = HEADING.map(|both| settings.values.tongue.pick(both));
    describe(&mut schema, title, about);
    document(&schema)
}

const HEADING: [Both; 2] = [
    ["Réglages du guide", "Settings of the guide"],
    [
        "Le fichier `guide.yaml`, dans le dossier du guide. Aucune clé n’est obligatoire.",
        "The file `guide.yaml`, in the folder of the guide. No key is required.",
    ],
];

struct Settings<'c> {
    config: &'c Config,
    values: Values,
}

impl Settings<'_> {
    /// What the value of a key must be.
    fn value(&self, key: &str) -> Option<Value> {
        let values = self.values;
        Some(match key {
            "title" | "description" | "license" | "logo" => values.text(),
            "lang" => with(self.words(&Language::ALL.map(Language::tag)), json!({"default": "fr"})),
            "base_url" => self.base_url(),
            "theme" => self.theme(),
            "output" => self.output(),
            "edit_url" => self.edit_url(),
            "contact" => self.contact(),
            "accessibility" => self.words(&Accessibility::WORDS.map(|(word, _)| word)),
            "facets" => reference_list("facet"),
            "kinds" => self.kinds(),
            "links" => json!({"$ref": "#/$defs/links"}),
            "checks" => json!({"$ref": "#/$defs/checks"}),
            "search" => with(values.boolean(), json!({"default": true})),
            "accent" => self.accent(),
            _ => return None,
        })
    }

    fn words(&self, words: &[&str]) -> Value {
        let suggested: Vec<(&str, &str)> = words.iter().map(|word| (*word, "")).collect();
        self.values.one_of(&suggested, [])
    }

    fn base_url(&self) -> Value {
        let pattern = format!("^\\s*{}[sS]?:[/\\\\]*[^\\s/\\\\?#@]+(?:[/\\\\][^?#]*)?$", any_case("http"));
        self.values.matching(
            &pattern,
            &say!(
                "écrivez une adresse comme `https://exemple.org/guide/`",
                "write an address like `https://example.org/guide/`"
            ),
        )
    }

    fn theme(&self) -> Value {
        let message = say!(
            "écrivez le nom d’un dossier de `themes/`, sans barre oblique",
            "write the name of a folder in `themes/`, without a slash"
        );
        let theme = self.values.matching("^\\s*(?!\\.)[^/\\\\]+$", &message);
        with(theme, json!({"type": ["string", "number"], "default": "boussole"}))
    }

    fn output(&self) -> Value {
        let message = say!(
            "écrivez un dossier à part, relatif à celui de `guide.yaml`, comme `public`",
            "write a folder of its own, relative to that of `guide.yaml`, like `public`"
        );
        let refused = [
            r"\s*[/\\]",
            r"\s*.:",
            r".*\.\.[/\\]*\s*$",
            r"\s*(?:\.[/\\]+)*(?:content|static|themes|guide\.yaml|\.[gG][iI][tT])(?:[/\\]|\s*$)",
            r"(?=(?:.*[/\\]|\s*)\.\.[/\\])(?:.*[/\\]|\s*)\.(?!\.?(?:[/\\]|\s*$))",
            r"\s*\.?[/\\]*\s*$",
        ];
        let pattern = format!("^{}.", refused.map(|refused| format!("(?!{refused})")).concat());
        let output = self.values.matching(&pattern, &message);
        with(output, json!({"type": ["string", "number"], "default": "public"}))
    }

    fn edit_url(&self) -> Value {
        let pattern = format!("^\\s*{}[sS]?:[/\\\\]*[^\\s/\\\\?#].*\\{{path\\}}", any_case("http"));
        let message = say!(
            "écrivez une adresse où `{{path}}` tient la place du fichier\u{a0}: `https://forge.exemple.org/guide/_edit/main/{{path}}`",
            "write an address in which `{{path}}` stands for the file: `https://forge.example.org/guide/_edit/main/{{path}}`"
        );
        self.values.matching(&pattern, &message)
    }

    fn contact(&self) -> Value {
        let message = say!(
            "écrivez `mailto:` ou `https://` devant l’adresse",
            "write `mailto:` or `https://` before the address"
        );
        self.values.matching("^\\s*(?:mailto:.*@|https://)", &message)
    }

    fn accent(&self) -> Value {
        let message = say!("écrivez-la entre guillemets\u{a0}: `\"#0b5c7d\"`", "write it in quotes: `\"#0b5c7d\"`");
        json!({
            "anyOf": [colour(self.values), {"$ref": "#/$defs/both-accents"}],
            "errorMessage": self.values.say(&message),
        })
    }

    fn accents(&self, definitions: &mut Map<String, Value>) -> Value {
        let mut keys = Keys::new(self.values, "accent.", definitions);
        keys.table(keys::ACCENT, ACCENT, |_| Some(colour(self.values)));
        keys::ACCENT.iter().filter(|key| key.english == "light").for_each(|key| keys.require(key));
        keys.finish()
    }

    fn facet(&self, definitions: &mut Map<String, Value>) -> Value {
        let mut keys = Keys::new(self.values, "facet.", definitions);
        keys.table(keys::FACET, FACET, |key| match key {
            "id" => Some(with(slug(self.values), json!({"not": {"const": crate::config::CONTENT_ANCHOR}}))),
            "title" => Some(self.values.text()),
            _ => None,
        });
        keys::FACET.iter().for_each(|key| keys.require(key));
        keys.finish()
    }

    fn links(&self, definitions: &mut Map<String, Value>) -> Value {
        let mut keys = Keys::new(self.values, "links.", definitions);
        let words = self.words(&Automatic::WORDS.map(|(word, _)| word));
        let words = with(words, json!({"default": "first-per-facet"}));
        keys.table(keys::LINKS, LINKS, |key| (key == "automatic").then(|| words.clone()));
        with(keys.finish(), json!({"type": ["object", "null"]}))
    }

    fn checks(&self, definitions: &mut Map<String, Value>) -> Value {
        let (mut properties, mut patterns) = (Map::new(), Map::new());
        for code in CODES.iter().copied() {
            let weight = code.severity().name();
            let about = say!("Sans cette ligne\u{a0}: `{weight}`.", "Without this line: `{weight}`.");
            let accepted = json!([{"$ref": format!("#/$defs/weight.{}", like(code).name())}]);
            let mut schema = json!({"title": code.name(), "description": self.values.say(&about), "allOf": accepted});
            if !code.adjustable() {
                schema["doNotSuggest"] = true.into();
            }
            properties.insert(code.name().to_owned(), schema);
        }
        for group in GROUPS {
            let codes = CODES.iter().filter(|code| like(**code) == group).map(|code| code.name());
            let name = format!("weight.{}", group.name());
            patterns.insert(spelling::known(codes), json!({"$ref": format!("#/$defs/{name}")}));
            definitions.insert(name, optional(self.words(&severities(group))));
        }
        let message = say!(
            "ce code n’existe pas\u{a0}: corrigez son nom, ou enlevez cette ligne",
            "there is no such code: correct its name, or remove this line"
        );
        json!({
            "type": ["object", "null"], "properties": properties, "patternProperties": patterns,
            "additionalProperties": false, "errorMessage": self.values.say(&message),
        })
    }

    fn kinds(&self) -> Value {
        let tongue = self.values.tongue;
        let kinds = self.config.kinds.iter().map(|(_, kind)| (kind.spelled(tongue).to_owned(), &kind.label));
        let known: Map<String, Value> =
            kinds.map(|(name, label)| (name, json!({"$ref": "#/$defs/kind", "description": label}))).collect();
        let message =
            say!("donnez-lui un nom avec des lettres, comme `outil`", "give it a name of letters, like `tool`");
        json!({
            "type": ["object", "null"],
            "properties": known,
            "additionalProperties": {"$ref": "#/$defs/kind"},
            "propertyNames": {"pattern": "[a-zA-Z0-9\\u00c0-\\u1fff\\u3040-\\ud7ff]", "errorMessage": self.values.say(&message)},
        })
    }

    fn kind(&self, definitions: &mut Map<String, Value>) -> Value {
        let facets: Vec<&str> = self.config.facets.iter().map(|facet| facet.id.as_str()).collect();
        let mut keys = Keys::new(self.values, "kind.", definitions);
        keys.table(keys::KIND, KIND, |key| match key {
            "label" | "plural" => Some(self.values.text()),
            "facets" | "required_facets" => {
                Some(self.values.list(&with(self.values.text(), json!({"examples": facets}))))
            }
            "fields" => Some(self.fields()),
            _ => None,
        });
        with(keys.finish(), json!({"type": ["object", "null"]}))
    }

    /// Fields by their names, none of which is that of a key that all pages have.
    fn fields(&self) -> Value {
        let reserved = spelling::known(PAGE_KEYS.iter().flat_map(|key| [key.french, key.english]));
        let message = say!(
            "c’est déjà une clé de toutes les pages\u{a0}: donnez un autre nom à ce champ",
            "it is already a key of every page: give this field another name"
        );
        json!({
            "type": ["object", "null"],
            "additionalProperties": {"$ref": "#/$defs/field"},
            "allOf": [{"patternProperties": {reserved: false}, "errorMessage": self.values.say(&message)}],
        })
    }

    fn field(&self, definitions: &mut Map<String, Value>) -> Value {
        let kinds: Vec<&str> = self.config.kinds.iter().map(|(_, kind)| kind.spelled(self.values.tongue)).collect();
        let mut keys = Keys::new(self.values, "field.", definitions);
        keys.table(keys::FIELD, FIELD, |key| match key {
            "type" => Some(json!({"$ref": "#/$defs/type"})),
            "label" => Some(self.values.text()),
            "required" => Some(with(self.values.boolean(), json!({"default": false}))),
            "choices" => Some(self.values.list(&self.values.text())),
            "kind" => Some(with(self.values.text(), json!({"examples": kinds}))),
            _ => None,
        });
        let named = |name: &str| keys::FIELD.iter().find(|key| key.english == name);
        if let (Some(of), Some(choices), Some(kind)) = (named("type"), named("choices"), named("kind")) {
            keys.require(of);
            keys.condition(self.only_with(of, ("of-choices", "choice"), choices));
            keys.condition(self.only_with(of, ("of-pages", "page"), kind));
            keys.condition(json!({
                "if": is_of(of, "of-choices"),
                "then": super::keys::required(self.values, choices.english, &pattern_of(choices)),
            }));
        }
        keys.finish()
    }

    /// `key` beside another type than the one that has a use for it.
    fn only_with(&self, of: &Key, (wanted, word): (&str, &str), key: &Key) -> Value {
        let name = key.english;
        let message = say!("`{name}` ne sert qu’au type `{word}`", "`{name}` is for the type `{word}` only");
        let idle = json!({"patternProperties": {pattern_of(key): {"type": "null", "errorMessage": self.values.say(&message)}}});
        json!({"if": is_of(of, wanted), "else": idle})
    }

    fn field_type(&self, definitions: &mut Map<String, Value>) -> Value {
        let mut keys = Keys::new(self.values, "type.", definitions);
        keys.table(keys::LIST, LIST, |_| Some(json!({"$ref": "#/$defs/type"})));
        keys::LIST.iter().for_each(|key| keys.require(key));
        let list = keys.finish();
        let words = FIELD_TYPES.map(|(word, _)| word);
        json!({"anyOf": [self.words(&words), list], "errorMessage": self.values.say(&these(words))})
    }
}

/// A field whose type is as the definition `wanted` says.
fn is_of(of: &Key, wanted: &str) -> Value {
    let pattern = pattern_of(of);
    json!({"allOf": [has(&pattern), {"patternProperties": {pattern: {"$ref": format!("#/$defs/{wanted}")}}}]})
}

/// A type, or a list of that type, however deep; `name` is that of this definition.
fn innermost(word: &str, name: &str) -> Value {
    let list = spelling::known(keys::LIST.iter().map(|key| key.english));
    let below = json!({"$ref": format!("#/$defs/{name}")});
    json!({"anyOf": [
        {"type": "string", "pattern": spelling::known([word])},
        {"type": "object", "minProperties": 1, "patternProperties": {list: below}, "additionalProperties": false},
    ]})
}

fn reference_list(name: &str) -> Value {
    json!({"type": "array", "items": optional(json!({"allOf": [{"$ref": format!("#/$defs/{name}")}]}))})
}

fn colour(values: Values) -> Value {
    let message = say!("écrivez-la entre guillemets\u{a0}: `\"#0b5c7d\"`", "write it in quotes: `\"#0b5c7d\"`");
    let colour = values.matching("^\\s*#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})\\s*$", &message);
    with(colour, json!({"examples": ["#0b5c7d"]}))
}

/// One code of each group that `checks` accepts the same of: anything, little, nothing.
const GROUPS: [Code; 3] = [Code::DeadLink, Code::ReviewOverdue, Code::NotUtf8];

/// The code of [`GROUPS`] of which `checks` accepts the same as of `code`.
fn like(code: Code) -> Code {
    let accepted = severities(code);
    GROUPS.into_iter().find(|group| severities(*group) == accepted).unwrap_or(code)
}

/// The severities that `checks` accepts for `code`, by their names.
fn severities(code: Code) -> Vec<&'static str> {
    let fits = |severity: &Option<Severity>| match severity {
        Some(severity) if code.passes_with_time() => *severity >= Severity::Note,
        _ => code.adjustable() || *severity == Some(code.severity()),
    };
    SEVERITIES.iter().filter(|(_, severity)| fits(severity)).map(|(name, _)| *name).collect()
}

const fn key(key: &'static str, title: Both, about: Both) -> Words {
    Words { key, title, about }
}

const GUIDE: &[Words] = &[
    key(
        "title",
        ["Titre", "Title"],
        [
            "Le titre du guide. Sans lui\u{a0}: le nom de son dossier.",
            "The title of the guide. Without it: the name of its folder.",
        ],
    ),
    key(
        "description",
        ["Description", "Description"],
        ["Une ou deux phrases sur le guide.", "One or two sentences about the guide."],
    ),
    key(
        "lang",
        ["Langue", "Language"],
        [
            "La langue du guide\u{a0}: celle de l’interface, de la typographie et de la recherche.",
            "The language of the guide: that of the interface, the typography and the search.",
        ],
    ),
    key(
        "base_url",
        ["Adresse", "Address"],
        [
            "L’adresse où le guide est publié, avec son dossier s’il y en a un\u{a0}: `https://exemple.org/guide/`.",
            "The address where the guide is published, with its folder if there is one: `https://example.org/guide/`.",
        ],
    ),
    key("theme", ["Thème", "Theme"], ["Le nom d’un dossier de `themes/`.", "The name of a folder in `themes/`."]),
    key(
        "output",
        ["Sortie", "Output"],
        ["Le dossier où le site est écrit.", "The folder that the site is written to."],
    ),
    key(
        "edit_url",
        ["Adresse de modification", "Edit address"],
        [
            "L’adresse où une page se modifie\u{a0}; `{path}` y tient la place de son fichier.",
            "The address where a page is edited; `{path}` in it stands for its file.",
        ],
    ),
    key(
        "logo",
        ["Logo", "Logo"],
        [
            "Le fichier du logo, à partir du dossier de `guide.yaml`.",
            "The file of the logo, from the folder of `guide.yaml`.",
        ],
    ),
    key("license", ["Licence", "Licence"], ["La licence des textes.", "The licence of the texts."]),
    key(
        "contact",
        ["Contact", "Contact"],
        [
            "À qui écrire\u{a0}: `mailto:guide@exemple.org`, ou une adresse en `https://`.",
            "Whom to write to: `mailto:guide@example.org`, or an address in `https://`.",
        ],
    ),
    key(
        "accessibility",
        ["Accessibilité", "Accessibility"],
        [
            "L’état d’accessibilité, tel qu’un humain l’a constaté\u{a0}: non conforme, partiellement ou totalement conforme.",
            "The state of accessibility, as found by a human: not, partially or fully conforming.",
        ],
    ),
    key(
        "facets",
        ["Volets", "Facets"],
        ["Les volets des pages, dans leur ordre.", "The facets of pages, in their order."],
    ),
    key(
        "kinds",
        ["Genres", "Kinds"],
        [
            "Les genres de pages que vous ajoutez, ou ce qui change pour les autres.",
            "The kinds of pages that you add, or what changes for the others.",
        ],
    ),
    key("links", ["Liens", "Links"], ["Les liens automatiques.", "Automatic links."]),
    key(
        "checks",
        ["Vérifications", "Checks"],
        ["Le poids de chaque message, par son code.", "How much each message weighs, by its code."],
    ),
    key("search", ["Recherche", "Search"], ["Le guide a-t-il une recherche\u{202f}?", "Does the guide have a search?"]),
    key(
        "accent",
        ["Couleur", "Colour"],
        ["La couleur d’accent, entre guillemets\u{a0}: `\"#0b5c7d\"`.", "The accent colour, in quotes: `\"#0b5c7d\"`."],
    ),
];

const ACCENT: &[Words] = &[
    key("light", ["Sur fond clair", "On a light ground"], ["Une couleur foncée.", "A dark colour."]),
    key("dark", ["Sur fond sombre", "On a dark ground"], ["Une couleur claire.", "A light colour."]),
];

const FACET: &[Words] = &[
    key(
        "id",
        ["Identifiant", "Id"],
        ["Son nom dans les adresses, comme `plus-value`.", "Its name in addresses, like `added-value`."],
    ),
    key("title", ["Titre", "Title"], ["Son titre dans les pages.", "Its title on pages."]),
];

const LINKS: &[Words] = &[key(
    "automatic",
    ["Liens automatiques", "Automatic links"],
    ["Quels mots deviennent des liens.", "Which words become links."],
)];

const KIND: &[Words] = &[
    key("label", ["Nom", "Label"], ["Son nom dans les pages.", "Its name on pages."]),
    key("plural", ["Pluriel", "Plural"], ["Le même au pluriel.", "The same for many."]),
    key("facets", ["Volets", "Facets"], ["Les volets attendus.", "The facets that are expected."]),
    key(
        "required_facets",
        ["Volets obligatoires", "Required facets"],
        ["Les volets dont l’absence est signalée.", "The facets whose absence is told."],
    ),
    key(
        "fields",
        ["Champs", "Fields"],
        ["Les clés que ces pages ont en plus.", "The keys that these pages have besides."],
    ),
];

const FIELD: &[Words] = &[
    key("type", ["Type", "Type"], ["Ce que contient le champ.", "What the field holds."]),
    key("label", ["Nom", "Label"], ["Son nom dans les pages.", "Its name on pages."]),
    key("required", ["Obligatoire", "Required"], ["Faut-il toujours le donner\u{202f}?", "Must it always be given?"]),
    key(
        "choices",
        ["Choix", "Choices"],
        ["Pour le type `choice`\u{a0}: les valeurs possibles.", "Of the type `choice`: the values to choose from."],
    ),
    key(
        "kind",
        ["Genre", "Kind"],
        [
            "Pour le type `page`\u{a0}: le genre de la page nommée.",
            "Of the type `page`: the kind of the page that is named.",
        ],
    ),
];

const LIST: &[Words] = &[key("list", ["Liste", "List"], ["Le type de chaque élément.", "The type of each item."])];
