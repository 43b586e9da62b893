//! The schemas, as they are asked for.

use std::fs;

use serde_json::Value;

use super::{err, folder, json, out, run, sound, status, tree, write};

#[test]
fn a_schema_is_printed_alone_on_standard_output() {
    let guide = folder(&[
        ("guide.yaml", "kinds:\n  outil: {fields: {licence: {type: text, required: true}}}\n"),
        ("content/index.md", "# Accueil\n"),
    ]);
    for (arguments, title) in [
        (vec!["schema"], "En-tête d’une page"),
        (vec!["schema", "guide.yaml"], "Réglages du guide"),
        (vec!["schema", "config"], "Réglages du guide"),
        (vec!["schema", "OUTIL"], "En-tête d’une page\u{a0}: Outil"),
        (vec!["schema", "rôle"], "En-tête d’une page\u{a0}: Rôle"),
    ] {
        let output = run(guide.path(), &arguments);
        assert_eq!((status(&output), err(&output).as_str()), (0, ""), "{arguments:?}");
        let schema = json(&output);
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
        assert_eq!(schema["title"], title);
    }
    assert!(out(&run(guide.path(), &["schema"])).contains("\"licence\""));
    assert!(out(&run(&guide.path().join("content"), &["schema"])).contains("\"licence\""));
    let output = run(guide.path(), &["schema", "rolle"]);
    assert_eq!(status(&output), 2);
    assert!(err(&output).contains("vouliez-vous dire `rôle` ?"), "{}", err(&output));
    assert_eq!(out(&output), "");
}

#[test]
fn outside_a_guide_the_schemas_are_those_of_a_new_one() {
    let nowhere = folder(&[]);
    let output = run(nowhere.path(), &["schema", "guide.yaml"]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    let there =
        fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/schema/fr/guide.yaml.schema.json")).expect("it is there");
    assert_eq!(output.stdout, there);
    assert_eq!(status(&run(nowhere.path(), &["schema", "--root", "ailleurs"])), 2);
}

#[test]
fn schemas_are_written_again_where_they_changed_and_over_nothing_else() {
    let guide = sound();
    let output = run(guide.path(), &["schema", "--output", "mes schémas"]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    assert_eq!(err(&output), "11 schémas dans mes schémas, dont 11 changés\n");
    let files = ["guide.yaml.schema.json", "page.schema.json", "kinds/coplanning.schema.json"];
    for file in files {
        let text = fs::read_to_string(guide.path().join("mes schémas").join(file)).expect("it is there");
        assert!(serde_json::from_str::<Value>(&text).is_ok_and(|schema| schema["title"].is_string()), "{file}");
    }
    let before = tree(guide.path());
    let output = run(guide.path(), &["schema", "--output", "mes schémas"]);
    assert_eq!(err(&output), "11 schémas dans mes schémas, dont 0 changé\n");
    assert_eq!(tree(guide.path()), before);
    write(
        &guide.path().join("guide.yaml"),
        "title: Guide\nbase_url: https://exemple.org/\nkinds: {outil: {label: Outil}}\n",
    );
    let output = run(guide.path(), &["schema", "--output", "mes schémas"]);
    assert_eq!(err(&output), "12 schémas dans mes schémas, dont 3 changés\n");
    write(&guide.path().join("mes schémas/page.schema.json"), "{}");
    write(&guide.path().join("guide.yaml"), "title: Guide\n");
    let before = tree(guide.path());
    let output = run(guide.path(), &["schema", "--output", "mes schémas"]);
    assert_eq!(status(&output), 2);
    assert!(err(&output).contains("`page.schema.json` n’est pas un schéma que Boussole a écrit"), "{}", err(&output));
    assert_eq!(tree(guide.path()), before);
}

/// Settings that are half read would make schemas that refuse what is right.
#[test]
fn faulty_settings_make_nothing() {
    for settings in ["kinds: {outil: {facets: [absent]}}\n", "kinds: [\n", "titre: \u{fffd}\nkinds: 3\n"] {
        let guide = folder(&[("guide.yaml", settings), ("content/index.md", "# Accueil\n")]);
        let before = tree(guide.path());
        for typed in [
            vec!["schema"],
            vec!["schema", "--output", "schemas"],
            vec!["new", "outil", "Le marteau"],
            vec!["new"],
            vec!["init", "."],
        ] {
            let output = run(guide.path(), &typed);
            assert_eq!((status(&output), out(&output).as_str()), (1, ""), "{typed:?}: {}", err(&output));
            assert!(err(&output).contains("--> guide.yaml:"), "{}", err(&output));
            assert!(err(&output).ends_with("dans `guide.yaml` · rien n’a été fait\n"), "{}", err(&output));
        }
        assert_eq!(tree(guide.path()), before);
        assert_eq!(status(&run(guide.path(), &["init", ".", "--ci", "github"])), 0);
    }
    let guide = folder(&[("guide.yaml", "titre: Guide\n"), ("content/index.md", "# Accueil\n")]);
    fs::write(guide.path().join("guide.yaml"), b"title: \xff\n").expect("temporary folders can be written to");
    let output = run(guide.path(), &["schema"]);
    assert_eq!(status(&output), 1);
    assert!(err(&output).contains("erreur[not-utf8]"), "{}", err(&output));
}
