//! What makes a text editor at home in a guide: schemas, snippets, tasks, and how text is written.

use serde_json::{Value, json};

use super::snippets;
use crate::config::Config;
use crate::diagnostic::say;
use crate::language::Tongue;
use crate::schema;

/// The folder of the schemas, from that of the guide.
pub(super) const SCHEMAS: &str = ".schema";

/// The files of an editor, by their paths.
pub(super) fn files(config: &Config) -> Vec<(String, String)> {
    let tongue = config.site.language.tongue();
    let schemas = [(schema::SETTINGS_FILE, schema::settings(config)), (schema::PAGE_FILE, schema::page(config, None))];
    let mut files: Vec<(String, String)> =
        schemas.iter().map(|(name, schema)| (format!("{SCHEMAS}/{name}"), schema::text(schema))).collect();
    for (name, value) in [
        ("settings.json", settings(tongue)),
        ("extensions.json", extensions(tongue)),
        ("tasks.json", tasks(tongue)),
        ("boussole.code-snippets", snippets::all(config)),
    ] {
        files.push((format!(".vscode/{name}"), format!("{value:#}\n")));
    }
    let spaces = say!("# Deux espaces à la fin d’une ligne la coupent.", "# Two spaces at the end of a line break it.");
    files.push((".editorconfig".to_owned(), EDITORCONFIG.replace("# spaces", spaces.tell(tongue))));
    files
}

const EDITORCONFIG: &str = "\
root = true

[*]
charset = utf-8
end_of_line = lf
insert_final_newline = true
indent_style = space
indent_size = 2
trim_trailing_whitespace = true

# spaces
[*.md]
trim_trailing_whitespace = false
";

fn settings(tongue: Tongue) -> Value {
    json!({
        "yaml.schemas": {
            format!("./{SCHEMAS}/{}", schema::SETTINGS_FILE): "guide.yaml",
            // Front matter that is looked at apart, as a document of its own.
            format!("./{SCHEMAS}/{}", schema::PAGE_FILE): "*.front-matter.yaml",
        },
        "[markdown]": {
            "editor.wordWrap": "on",
            "editor.quickSuggestions": {"comments": "off", "strings": "off", "other": "on"},
            "editor.snippetSuggestions": "top",
            "editor.unicodeHighlight.ambiguousCharacters": false,
            "editor.unicodeHighlight.invisibleCharacters": false,
        },
        "cSpell.language": tongue.tag(),
        "search.exclude": {"public": true, SCHEMAS: true},
        "files.exclude": {"public": true},
    })
}

fn extensions(tongue: Tongue) -> Value {
    let mut all = vec!["redhat.vscode-yaml", "editorconfig.editorconfig", "streetsidesoftware.code-spell-checker"];
    if tongue == Tongue::French {
        all.push("streetsidesoftware.code-spell-checker-french");
    }
    json!({"recommendations": all})
}

/// Tasks that show the guide, and put what is wrong with it in the editor's list of problems.
fn tasks(tongue: Tongue) -> Value {
    let [see, check] = [
        say!("Boussole\u{a0}: voir le guide", "Boussole: see the guide"),
        say!("Boussole\u{a0}: vérifier le guide", "Boussole: check the guide"),
    ]
    .map(|label| label.tell(tongue).to_owned());
    let severities = match tongue {
        Tongue::French => [("erreur", "error"), ("avertissement", "warning"), ("note", "info")],
        Tongue::English => [("error", "error"), ("warning", "warning"), ("note", "info")],
    };
    json!({
        "version": "2.0.0",
        "tasks": [
            {
                "label": see,
                "type": "shell",
                "command": "boussole serve --open",
                "isBackground": true,
                "problemMatcher": [],
            },
            {
                "label": check,
                "type": "shell",
                "command": "boussole check --quiet",
                "group": {"kind": "build", "isDefault": true},
                "presentation": {"reveal": "silent"},
                "problemMatcher": severities.map(|(word, severity)| matcher(word, severity)),
            },
        ],
    })
}

/// What `check` says of a fault on its first two lines, as an editor finds it there.
fn matcher(word: &str, severity: &str) -> Value {
    json!({
        "owner": format!("boussole-{severity}"),
        "source": "boussole",
        "severity": severity,
        "fileLocation": ["relative", "${workspaceFolder}"],
        "pattern": [
            {"regexp": format!("^{word}\\[([a-z0-9-]+)\\]: (.*)$"), "code": 1, "message": 2},
            {"regexp": "^ *--> (.+):(\\d+):(\\d+)$", "file": 1, "line": 2, "column": 3},
        ],
    })
}
