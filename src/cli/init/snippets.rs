//! Snippets for a text editor: a page of each kind as `new` writes it, and what stands in pages.

use serde_json::{Map, Value, json};

use crate::cli::new::{self, page::Examples};
use crate::config::Config;
use crate::language::Tongue;

/// The snippets of a guide, as an editor reads them.
pub(super) fn all(config: &Config) -> Value {
    let tongue = config.site.language.tongue();
    let mut all = Map::new();
    for (id, kind) in config.kinds.iter() {
        let name = kind.spelled(tongue);
        let text = new::page::text(config, id, TITLE, &Examples { today: DATE, page: &|_| None });
        let title = match tongue {
            Tongue::French => format!("Page\u{a0}: {}", kind.label),
            Tongue::English => format!("Page: {}", kind.label),
        };
        all.insert(title, snippet(&[name], &page(&text, tongue)));
    }
    for facet in &config.facets {
        let name = format!("{} {}", tongue.pick(["Volet", "Facet"]), facet.title);
        let text = format!("## {}\n\n$0", literal(&facet.title));
        all.insert(name, snippet(&[&facet.id], &text));
    }
    for (name, prefix, text) in TEXTS {
        all.insert(tongue.pick(*name).to_owned(), snippet(&[tongue.pick(*prefix)], tongue.pick(*text)));
    }
    Value::Object(all)
}

fn snippet(prefixes: &[&str], text: &str) -> Value {
    json!({"scope": "markdown", "prefix": prefixes, "body": text.lines().collect::<Vec<_>>()})
}

/// What stands for the title until an author gives one: a text that needs no quotes.
const TITLE: &str = "Xtitlex";

/// What stands for the day on which the snippet is used.
const DATE: jiff::civil::Date = jiff::civil::Date::constant(2001, 1, 1);
const TODAY: &str = "${CURRENT_YEAR}-${CURRENT_MONTH}-${CURRENT_DATE}";

/// The text of a page with its title to be filled in, then each line that is for its author to replace.
fn page(text: &str, tongue: Tongue) -> String {
    let mut stop = 1;
    let mut in_body = false;
    let mut lines: Vec<String> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        in_body |= number > 0 && line == "---";
        let fixed = !in_body || line.is_empty() || line == "---" || line.starts_with("## ") && !line.ends_with('?');
        lines.push(if fixed {
            let title = format!("${{1:{}}}", tongue.pick(["Titre", "Title"]));
            literal(line).replace(TITLE, &title).replace(&DATE.to_string(), TODAY)
        } else {
            stop += 1;
            let (mark, words) = marked(line);
            format!("{mark}${{{stop}:{}}}", literal(words))
        });
    }
    lines.push("$0".to_owned());
    lines.join("\n")
}

/// What opens a line, and the words that follow.
fn marked(line: &str) -> (&str, &str) {
    let mark = ["## ", "- [ ] ", "- "].into_iter().find(|mark| line.starts_with(mark)).unwrap_or_default();
    line.split_at(mark.len())
}

/// `text` as a snippet holds it.
fn literal(text: &str) -> String {
    text.replace('\\', "\\\\").replace('$', "\\$").replace('}', "\\}")
}

type Both = [&'static str; 2];

/// What stands in pages: a name, what is typed for it, and the text.
const TEXTS: &[(Both, Both, Both)] = &[
    (
        ["Question à travailler ensemble", "Question to answer together"],
        ["question-ensemble", "question-together"],
        [
            "## ${1:Quelle question}\u{202f}?\n\n${2:Ce qui aide à y répondre.}\n\n- [ ] ${3:Une première chose à préciser}\n- [ ] ${4:Une autre}\n$0",
            "## ${1:Which question}?\n\n${2:What helps to answer it.}\n\n- [ ] ${3:A first thing to make clear}\n- [ ] ${4:Another}\n$0",
        ],
    ),
    (
        ["Lien par le nom d’une page", "Link by the name of a page"],
        ["lien", "link"],
        ["[[${1:Nom de la page}]]$0", "[[${1:Name of the page}]]$0"],
    ),
    (
        ["Lien avec d’autres mots", "Link in other words"],
        ["lien-mots", "link-words"],
        ["[[${1:Nom de la page}|${2:vos mots}]]$0", "[[${1:Name of the page}|${2:your words}]]$0"],
    ),
    (
        ["Inclusion d’une page ou d’un volet", "Inclusion of a page or a facet"],
        ["inclure", "include"],
        ["![[${1:Nom de la page}#${2:theorie}]]\n$0", "![[${1:Name of the page}#${2:theory}]]\n$0"],
    ),
    (
        ["Image avec une légende", "Image with a caption"],
        ["image", "image"],
        [
            "![${1:Ce que montre l’image}](${2:image.jpg} \"${3:Légende}\")\n$0",
            "![${1:What the image shows}](${2:image.jpg} \"${3:Caption}\")\n$0",
        ],
    ),
    (
        ["Tableau avec une légende", "Table with a caption"],
        ["tableau", "table"],
        [
            "Table: ${1:Légende}\n\n| ${2:Colonne} | ${3:Colonne} |\n|---|---|\n| ${4:…} | ${5:…} |\n$0",
            "Table: ${1:Caption}\n\n| ${2:Column} | ${3:Column} |\n|---|---|\n| ${4:…} | ${5:…} |\n$0",
        ],
    ),
    (
        ["Encadré", "Box"],
        ["encadré", "box"],
        ["> [!${1|NOTE,TIP,IMPORTANT,WARNING,CAUTION|}]\n> $0", "> [!${1|NOTE,TIP,IMPORTANT,WARNING,CAUTION|}]\n> $0"],
    ),
    (
        ["Note de bas de page", "Footnote"],
        ["note", "footnote"],
        [
            "[^${1:nom}]$0\n\n[^${1:nom}]: ${2:Texte de la note.}",
            "[^${1:name}]$0\n\n[^${1:name}]: ${2:Text of the note.}",
        ],
    ),
    (
        ["Tâche d’un rôle", "Task of a role"],
        ["tâche", "task"],
        [
            "- {tâche: ${1:Ce qu’il y a à faire}, responsables: [${2:Rôle}], participants: [${3:Rôle}]}$0",
            "- {task: ${1:What there is to do}, responsible: [${2:Role}], involved: [${3:Role}]}$0",
        ],
    ),
    (
        ["Mots dans une autre langue", "Words in another language"],
        ["langue", "language"],
        ["[${1:words}]{lang=${2:en}}$0", "[${1:mots}]{lang=${2:fr}}$0"],
    ),
];

#[cfg(test)]
mod tests {
    use super::all;
    use crate::cli::schema::defaults;
    use crate::language::Tongue;

    fn body(snippets: &serde_json::Value, name: &str) -> String {
        let lines = snippets[name]["body"].as_array().unwrap().iter().map(|line| line.as_str().unwrap());
        lines.collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_snippet_is_the_page_that_a_command_would_write() {
        let snippets = all(&defaults(Tongue::French));
        assert_eq!(
            body(&snippets, "Page\u{a0}: Article"),
            "---\ntitre: ${1:Titre}\ngenre: article\ndate: ${CURRENT_YEAR}-${CURRENT_MONTH}-${CURRENT_DATE}\n\
             # auteurs: [votre nom]\n# série: le nom de la série\n# partie: 1\n---\n\n\
             ${2:Écrivez ici l’essentiel en un paragraphe, puis la suite.}\n$0"
        );
        assert!(
            body(&snippets, "Page\u{a0}: Coplanification").contains("\n- [ ] ${5:Une première chose à préciser}\n")
        );
        assert!(body(&snippets, "Page\u{a0}: Rôle").contains("\n## Théorie\n\n${3:Ce qu’il faut savoir"));
        assert_eq!(snippets["Volet Plus-value"]["prefix"][0], "plus-value");
        let english = all(&defaults(Tongue::English));
        assert!(body(&english, "Page: Role").starts_with("---\ntitle: ${1:Title}\nkind: role\n"));
        assert_eq!(english.as_object().map(serde_json::Map::len), snippets.as_object().map(serde_json::Map::len));
    }
}
