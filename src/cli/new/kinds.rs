//! The kinds of pages of a guide, as a list for people.

use crate::config::{Builtin, Config, Kind, KindId};
use crate::language::Tongue;

/// One line for each kind: its name, what it is for, and the folder where a new page of it goes.
pub(super) fn text(config: &Config, rows: &[(KindId, String)], tongue: Tongue) -> String {
    let [title, example] = match tongue {
        Tongue::French => {
            ["Les genres de pages de ce guide\u{a0}:", "Pour en commencer une\u{a0}: `boussole new rôle \"Le titre\"`"]
        }
        Tongue::English => ["The kinds of pages of this guide:", "To start one: `boussole new role \"The title\"`"],
    };
    let names = rows.iter().map(|(kind, _)| config.kinds[*kind].spelled(tongue));
    let width = names.map(|name| name.chars().count()).max().unwrap_or_default();
    let line = |(kind, folder): &(KindId, String)| {
        let kind = &config.kinds[*kind];
        format!("  {:width$}  {} ({folder}/)\n", kind.spelled(tongue), about(config, kind, tongue))
    };
    format!("{title}\n{}{example}", rows.iter().map(line).collect::<String>())
}

/// What a page of the kind is for; of one of the authors' own, what is in it.
fn about(config: &Config, kind: &Kind, tongue: Tongue) -> String {
    let what = match kind.builtin {
        None => kind.label.clone(),
        Some(builtin) => words(builtin)[usize::from(tongue == Tongue::English)].to_owned(),
    };
    let facets = kind.facets.iter().filter_map(|&facet| config.facets.get(facet)).map(|facet| facet.title.as_str());
    let parts: Vec<&str> = facets.chain(kind.fields.iter().map(|field| field.label.as_str())).collect();
    match (parts.is_empty(), tongue) {
        (true, _) => what,
        (false, Tongue::French) => format!("{what}\u{a0}: {}", parts.join(", ")),
        (false, Tongue::English) => format!("{what}: {}", parts.join(", ")),
    }
}

fn words(builtin: Builtin) -> [&'static str; 2] {
    match builtin {
        Builtin::Page => ["un texte libre", "free text"],
        Builtin::Section => ["la première page d’un nouveau dossier", "the front page of a new folder"],
        Builtin::Role => ["ce que fait quelqu’un dans la communauté", "what someone does in the community"],
        Builtin::Theme => ["un sujet, qui rassemble d’autres pages", "a subject that brings other pages together"],
        Builtin::Stage => ["un moment de la vie de la communauté", "a stage of the community’s life"],
        Builtin::Coplanning => ["des questions à travailler ensemble", "questions to answer together"],
        Builtin::Question => ["une question fréquente et sa réponse", "a frequent question and its answer"],
        Builtin::Article => ["un texte daté, seul ou dans une série", "a dated text, alone or in a series"],
        Builtin::Term => ["un mot du glossaire", "a word of the glossary"],
    }
}
