//! The text of a new page: front matter in the guide's language, the facets, and what to write where.

use jiff::civil::Date;
use serde_json::Value;

use crate::config::{Builtin, Config, Field, FieldType, Kind, KindId};
use crate::language::Tongue;

/// What to give as values where a page must have some.
pub(in crate::cli) struct Examples<'a> {
    /// The day.
    pub(in crate::cli) today: Date,
    /// A page of that kind, or of any, as front matter names it; none where the guide has none.
    pub(in crate::cli) page: &'a dyn Fn(Option<KindId>) -> Option<String>,
}

/// A page of `kind` titled `title`, with lines for its author to replace.
pub(in crate::cli) fn text(config: &Config, kind: KindId, title: &str, examples: &Examples<'_>) -> String {
    let tongue = config.site.language.tongue();
    let kind = &config.kinds[kind];
    let mut text = String::from("---\n");
    for line in front_matter(kind, title, examples, tongue) {
        text.push_str(&line);
        text.push('\n');
    }
    text.push_str("---\n");
    for block in body(config, kind, tongue) {
        text.push('\n');
        text.push_str(&block);
        text.push('\n');
    }
    text
}

fn front_matter(kind: &Kind, title: &str, examples: &Examples<'_>, tongue: Tongue) -> Vec<String> {
    let mut lines = vec![format!("{}: {}", tongue.pick(["titre", "title"]), scalar(title))];
    if !matches!(kind.builtin, Some(Builtin::Page | Builtin::Section)) {
        lines.push(format!("{}: {}", tongue.pick(["genre", "kind"]), scalar(kind.spelled(tongue))));
    }
    if kind.builtin == Some(Builtin::Article) {
        lines.push(format!("date: {}", examples.today));
    }
    lines.extend(suggestions(kind).iter().map(|both| format!("# {}", tongue.pick(*both))));
    lines.extend(kind.fields.iter().map(|field| field_line(field, examples, tongue)));
    lines
}

/// Keys that pages of a kind often have, as comments to be completed.
fn suggestions(kind: &Kind) -> &'static [[&'static str; 2]] {
    const SUMMARY: [&str; 2] =
        ["résumé: une ou deux phrases, pour les listes", "summary: one or two sentences, for lists"];
    const SYNONYMS: [&str; 2] = ["synonymes: [autre nom]", "synonyms: [another name]"];
    match kind.builtin {
        Some(Builtin::Role) => &[SUMMARY, SYNONYMS],
        Some(Builtin::Term) => &[SYNONYMS],
        Some(Builtin::Stage) => &[SUMMARY, ["mène-à: [l’étape suivante]", "leads_to: [the next stage]"]],
        Some(Builtin::Question) => &[["à-propos-de: [une page]", "about: [a page]"]],
        Some(Builtin::Article) => &[
            ["auteurs: [votre nom]", "authors: [your name]"],
            ["série: le nom de la série", "series: the name of the series"],
            ["partie: 1", "part: 1"],
        ],
        _ => &[SUMMARY],
    }
}

/// A field of the authors' own: with a value where it is required and one can be given, else as a comment.
fn field_line(field: &Field, examples: &Examples<'_>, tongue: Tongue) -> String {
    let name = scalar(&field.name);
    let example = example(&field.of, examples.today, tongue);
    match (field.required, &field.of) {
        (false, _) => format!("# {name}: {example}"),
        (true, FieldType::Page(kind)) => match (examples.page)(*kind) {
            Some(page) => format!("{name}: {}", scalar(&page)),
            None => format!("# {name}: {example}"),
        },
        (true, _) => format!("{name}: {example}"),
    }
}

fn example(of: &FieldType, today: Date, tongue: Tongue) -> String {
    match of {
        FieldType::Text => tongue.pick(["à compléter", "to be completed"]).to_owned(),
        FieldType::Integer => "1".to_owned(),
        FieldType::Bool => "false".to_owned(),
        FieldType::Date => today.to_string(),
        FieldType::Choice(choices) => choices.first().map_or_else(|| "\"\"".to_owned(), |choice| scalar(choice)),
        FieldType::Page(_) => tongue.pick(["une page", "a page"]).to_owned(),
        FieldType::Url => "https://".to_owned() + tongue.pick(["exemple.org/", "example.org/"]),
        FieldType::List(of) if matches!(**of, FieldType::Page(_)) => "[]".to_owned(),
        FieldType::List(of) => format!("[{}]", example(of, today, tongue)),
    }
}

/// The blocks of the body.
fn body(config: &Config, kind: &Kind, tongue: Tongue) -> Vec<String> {
    let mut blocks: Vec<String> = opening(kind).iter().map(|both| tongue.pick(*both).to_owned()).collect();
    for &facet in &kind.facets {
        let Some(facet) = config.facets.get(facet) else { continue };
        blocks.push(format!("## {}", facet.title));
        blocks.push(tongue.pick(facet_hint(&facet.id)).to_owned());
    }
    blocks
}

fn opening(kind: &Kind) -> &'static [[&'static str; 2]] {
    match kind.builtin {
        Some(Builtin::Coplanning) => &[
            [
                "Écrivez ici le principe\u{a0}: pourquoi réfléchir ensemble à ces questions avant de commencer.",
                "Write the principle here: why to think about these questions together before starting.",
            ],
            [
                "## Quelle est la première question à trancher ensemble\u{202f}?",
                "## What is the first question to settle together?",
            ],
            ["Écrivez ici ce qui aide à y répondre.", "Write here what helps to answer it."],
            [
                "- [ ] Une première chose à préciser\n- [ ] Une autre",
                "- [ ] A first thing to make clear\n- [ ] Another",
            ],
        ],
        Some(Builtin::Question) => &[[
            "Répondez ici à la question du titre, en quelques lignes.",
            "Answer the title’s question here, in a few lines.",
        ]],
        Some(Builtin::Term) => &[[
            "Écrivez ici la définition, en une ou deux phrases\u{a0}: ce premier paragraphe paraît dans le glossaire.",
            "Write the definition here, in one or two sentences: this first paragraph appears in the glossary.",
        ]],
        Some(Builtin::Article) => &[[
            "Écrivez ici l’essentiel en un paragraphe, puis la suite.",
            "Write the gist here in one paragraph, then the rest.",
        ]],
        Some(Builtin::Section) => &[[
            "Dites ici ce que l’on trouve dans cette partie du guide.",
            "Say here what this part of the guide holds.",
        ]],
        _ => &[[
            "Dites ici, en quelques lignes, de quoi parle cette page.",
            "Say here, in a few lines, what this page is about.",
        ]],
    }
}

/// What to write in a facet.
fn facet_hint(id: &str) -> [&'static str; 2] {
    match id {
        "theorie" | "theory" => {
            ["Ce qu’il faut savoir, et d’où cela vient.", "What there is to know, and where it comes from."]
        }
        "exemples" | "examples" => ["Un ou deux exemples vécus.", "An example or two from real life."],
        "pratique" | "practice" => ["Comment s’y prendre, pas à pas.", "How to go about it, step by step."],
        "plus-value" | "added-value" => ["Ce que la communauté y gagne.", "What the community gains by it."],
        _ => ["À écrire.", "To be written."],
    }
}

/// `text` as YAML holds it on one line: as it is where it can only be text, else between double quotes.
fn scalar(text: &str) -> String {
    let opens = text.chars().next().is_some_and(char::is_alphabetic);
    let word = !["true", "false", "null", "yes", "no", "on", "off"].contains(&text.to_ascii_lowercase().as_str());
    let told_apart = text.contains(": ") || text.contains(" #") || text.ends_with([':', ' ']);
    let listed = text.contains([',', '[', ']', '{', '}', '"', '\'', '\\'])
        || text.contains(|c: char| c.is_control() || c == '\u{feff}');
    if opens && word && !told_apart && !listed { text.to_owned() } else { quoted(text) }
}

/// In quotes; what is not seen, and would be taken for the beginning of a file, by its number.
fn quoted(text: &str) -> String {
    Value::from(text).to_string().replace('\u{feff}', "\\ufeff")
}

#[cfg(test)]
mod tests {
    use super::scalar;

    #[test]
    fn a_title_is_quoted_where_yaml_would_read_it_as_something_else() {
        for (title, written) in [
            ("Coordinateur", "Coordinateur"),
            ("L’équipe d’animation", "L’équipe d’animation"),
            ("Rôle : animateur", "\"Rôle : animateur\""),
            ("Pourquoi :", "\"Pourquoi :\""),
            ("Un #deux", "\"Un #deux\""),
            ("#un", "\"#un\""),
            ("true", "\"true\""),
            ("2026-03-01", "\"2026-03-01\""),
            ("« Oui »", "\"« Oui »\""),
            ("[a]", "\"[a]\""),
            ("Dit \"non\"", "\"Dit \\\"non\\\"\""),
        ] {
            assert_eq!(scalar(title), written);
        }
    }
}
