//! Commands that begin something: a guide, a page, a theme.

use std::fs;

use serde_json::Value;

use super::{err, folder, json, out, run, sound, status, tree, write};

#[test]
fn a_new_guide_builds_without_a_warning() {
    for arguments in [vec!["init", "mon guide"], vec!["init", "mon guide", "--lang", "en"]] {
        let folder = folder(&[]);
        let output = run(folder.path(), &arguments);
        assert_eq!(status(&output), 0, "{}", err(&output));
        let guide = folder.path().join("mon guide");
        let output = run(&guide, &["build", "--strict", "--format", "json"]);
        assert_eq!(status(&output), 0, "{}{}", out(&output), err(&output));
        let found = json(&output);
        let codes: Vec<&Value> = found.as_array().into_iter().flatten().map(|record| &record["code"]).collect();
        assert_eq!(codes, ["no-base-url"]);
        assert!(guide.join("public/index.html").is_file());
    }
}

#[test]
fn init_overwrites_nothing() {
    let folder = folder(&[("README.md", "à moi"), (".gitignore", "node_modules\n"), ("notes.txt", "à moi")]);
    let output = run(folder.path(), &["init", "."]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    let told = err(&output);
    assert!(
        told.contains("Déjà là, et laissés tels quels :\n  - .gitignore\n  - README.md\nAjoutez la ligne `/public/`"),
        "{told}"
    );
    for (path, text) in [("README.md", "à moi"), (".gitignore", "node_modules\n"), ("notes.txt", "à moi")] {
        assert_eq!(fs::read_to_string(folder.path().join(path)).expect("it is there"), text);
    }
    assert!(folder.path().join("content/index.md").is_file());
    assert_eq!(status(&run(folder.path(), &["init", "notes.txt"])), 2);
    let before = tree(folder.path());
    let output = run(folder.path(), &["init", "."]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    let told = err(&output);
    assert!(
        told.starts_with("Un guide est déjà là : ses pages et ses réglages restent comme ils sont.\n0 fichier écrit\n"),
        "{told}"
    );
    assert!(told.contains("  - .vscode/settings.json\n"), "{told}");
    assert_eq!(tree(folder.path()), before);
}

#[test]
fn a_file_in_place_of_a_folder_stops_init_before_it_writes() {
    let folder = folder(&[("content", "à moi")]);
    let output = run(folder.path(), &["init", "."]);
    assert_eq!(status(&output), 2);
    assert!(err(&output).contains("`content` existe déjà"), "{}", err(&output));
    assert_eq!(tree(folder.path()).len(), 1);
}

#[test]
fn a_guide_gets_what_an_editor_needs_and_keeps_the_rest() {
    let guide = folder(&[
        ("guide.yaml", "lang: en\nkinds: {tool: {label: Tool, fields: {licence: {type: text}}}}\n"),
        ("content/index.md", "# Home\n"),
    ]);
    let output = run(guide.path(), &["init", "."]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    let read = |path: &str| fs::read_to_string(guide.path().join(path)).expect("it is there");
    assert!(read(".schema/page.schema.json").contains("\"licence\""));
    assert!(read(".vscode/boussole.code-snippets").contains("\"Page: Tool\""));
    assert!(read(".vscode/tasks.json").contains("Boussole: check the guide"));
    assert!(!guide.path().join("README.md").exists());
    assert_eq!(fs::read_dir(guide.path().join("content")).expect("it is there").count(), 1);
}

/// The task that `init` gives an editor finds each fault in what `check` says, and its place.
#[test]
fn an_editor_finds_faults_in_what_check_says() {
    for (settings, tasks) in [("", 3), ("lang: en\n", 3)] {
        let guide = folder(&[
            ("guide.yaml", settings),
            ("content/index.md", "# Accueil\n\nVoir [là](plus-loin.md).\n\n### Trop bas\n"),
        ]);
        assert_eq!(status(&run(guide.path(), &["init", "."])), 0);
        let written = fs::read_to_string(guide.path().join(".vscode/tasks.json")).expect("it is there");
        let written: Value = serde_json::from_str(&written).expect("it is JSON");
        let matchers = written["tasks"][1]["problemMatcher"].as_array().cloned().unwrap_or_default();
        assert_eq!(matchers.len(), tasks);
        let told = String::from_utf8(run(guide.path(), &["check", "--quiet"]).stderr).expect("it is UTF-8");
        let lines: Vec<&str> = told.lines().collect();
        let matches = |pattern: &Value, line: &str| {
            let schema = serde_json::json!({"pattern": pattern["regexp"]});
            jsonschema::is_valid(&schema, &Value::from(line))
        };
        let mut found = Vec::new();
        for matcher in &matchers {
            let [first, second] = [&matcher["pattern"][0], &matcher["pattern"][1]];
            let at = lines.windows(2).filter(|pair| matches(first, pair[0]) && matches(second, pair[1]));
            let severity = matcher["severity"].as_str().unwrap_or_default();
            found.extend(at.map(|pair| format!("{severity}{}", pair[1].trim_start().trim_start_matches("-->"))));
        }
        let expected = ["error content/index.md:3:11", "warning content/index.md:5:1", "info guide.yaml:1:1"];
        assert_eq!(found, expected, "{told}");
    }
}

#[test]
fn a_guide_is_given_what_a_forge_needs_and_nothing_else() {
    let guide = sound();
    let before = tree(guide.path()).len();
    let output = run(guide.path(), &["init", ".", "--ci", "gitlab", "--ci", "github", "--ci", "gitlab"]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    let told = err(&output);
    assert!(
        told.contains("2 fichiers écrits :\n  - .github/workflows/guide.yml\n  - .gitlab-ci.yml\nS’il reste"),
        "{told}"
    );
    assert_eq!(tree(guide.path()).len(), before + 2);
    let workflow = fs::read_to_string(guide.path().join(".github/workflows/guide.yml")).expect("it is there");
    let install = concat!("install --locked boussole --version ", env!("CARGO_PKG_VERSION"), "\n");
    assert!(workflow.contains(install) && !workflow.replace("${{", "").contains("{{"), "{workflow}");
    let output = run(guide.path(), &["init", ".", "--ci=github"]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    assert!(err(&output).contains("laissés tels quels :\n  - .github/workflows/guide.yml\n"), "{}", err(&output));
}

#[test]
fn the_forge_is_that_of_the_repository_where_none_is_named() {
    let guide = sound();
    let output = run(guide.path(), &["init", ".", "--ci"]);
    assert_eq!(status(&output), 2);
    assert!(err(&output).contains("`--ci github`, `--ci gitlab` ou `--ci forgejo`"), "{}", err(&output));
    write(&guide.path().join(".git/config"), "[remote \"origin\"]\n\turl = https://codeberg.org/a/b.git\n");
    assert_eq!(status(&run(guide.path(), &["init", ".", "--ci"])), 0);
    assert!(guide.path().join(".forgejo/workflows/guide.yml").is_file());
    let output = run(guide.path(), &["init", "là-dedans", "--ci"]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    assert!(err(&output).contains("sans en être la racine"), "{}", err(&output));
    assert_eq!(status(&run(guide.path(), &["init", ".", "--ci", "bitbucket"])), 2);
}

#[test]
fn a_new_page_stands_among_its_like_with_its_facets_and_builds() {
    let guide = sound();
    write(
        &guide.path().join("content/equipe/roles/veilleur.md"),
        "---\ntitre: Veilleur\ngenre: rôle\n---\n\nIl veille.\n",
    );
    for (arguments, path) in [
        (vec!["new", "rôle", "Chargée", "d’accueil"], "content/equipe/roles/chargee-d-accueil.md"),
        (vec!["new", "terme", "Capital : social"], "content/termes/capital-social.md"),
        (vec!["new", "coplanification", "Le rythme"], "content/coplanifications/le-rythme.md"),
        (vec!["new", "section", "Outils"], "content/outils/index.md"),
        (vec!["new", "page", "Nous écrire"], "content/nous-ecrire.md"),
    ] {
        let output = run(guide.path(), &arguments);
        assert_eq!(status(&output), 0, "{}", err(&output));
        assert!(err(&output).contains("Nouvelle page : content/"), "{}", err(&output));
        if !path.contains("coplanifications") && !path.contains("termes") {
            assert!(guide.path().join(path).is_file(), "{path}: {}", err(&output));
        }
    }
    let role = fs::read_to_string(guide.path().join("content/equipe/roles/chargee-d-accueil.md")).expect("it is there");
    assert!(role.starts_with("---\ntitre: Chargée d’accueil\ngenre: rôle\n"), "{role}");
    let headings: Vec<&str> = role.lines().filter(|line| line.starts_with("## ")).collect();
    assert_eq!(headings, ["## Théorie", "## Exemples", "## Pratique", "## Plus-value"]);
    let output = run(guide.path(), &["build", "--strict"]);
    assert_eq!(status(&output), 0, "{}", err(&output));
}

#[test]
fn a_page_of_the_authors_own_kind_has_its_fields() {
    let guide = folder(&[
        (
            "guide.yaml",
            "title: Guide\nkinds:\n  outil:\n    label: Outil\n    plural: Outils\n    facets: [theorie]\n    fields:\n      licence: {type: text, label: Licence, required: true}\n      niveau: {type: choice, choices: [débutant, confirmé]}\n      pour: {type: page, kind: role, required: true}\n",
        ),
        ("content/index.md", "# Accueil\n\nTexte.\n"),
        ("content/roles/veilleur.md", "---\ntitre: Veilleur\ngenre: rôle\n---\n\nIl veille.\n"),
    ]);
    let output = run(guide.path(), &["new", "outil", "Le tableau"]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    let page = fs::read_to_string(guide.path().join("content/outils/le-tableau.md")).expect("it is there");
    assert!(page.contains("\nlicence: à compléter\n# niveau: débutant\npour: roles/veilleur.md\n"), "{page}");
    assert_eq!(status(&run(guide.path(), &["check", "--strict"])), 0);
}

#[test]
fn new_without_a_kind_tells_which_there_are() {
    let guide = folder(&[
        ("guide.yaml", "kinds:\n  outil: {facets: [theorie], fields: {licence: {type: text, label: Licence}}}\n"),
        ("content/index.md", "# Accueil\n"),
        ("content/equipe/a.md", "---\ntitre: A\ngenre: rôle\n---\n"),
    ]);
    let output = run(guide.path(), &["new"]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    let expected = "Les genres de pages de ce guide :
  page             un texte libre (content/)
  section          la première page d’un nouveau dossier (content/)
  rôle             ce que fait quelqu’un dans la communauté : Théorie, Exemples, Pratique, Plus-value (content/equipe/)
  thème            un sujet, qui rassemble d’autres pages : Théorie, Exemples, Pratique, Plus-value (content/themes/)
  étape            un moment de la vie de la communauté : Théorie, Exemples, Pratique, Plus-value (content/etapes/)
  coplanification  des questions à travailler ensemble (content/coplanifications/)
  question         une question fréquente et sa réponse (content/questions/)
  article          un texte daté, seul ou dans une série (content/articles/)
  terme            un mot du glossaire (content/termes/)
  outil            Outil : Théorie, Licence (content/outils/)
Pour en commencer une : `boussole new rôle \"Le titre\"`
";
    assert_eq!(err(&output), expected);
    let output = run(guide.path(), &["new", "rôle"]);
    assert_eq!(status(&output), 2);
    assert!(
        err(&output).contains("il manque le titre de la page\n  aide : écrivez `boussole new rôle \"Le titre\"`"),
        "{}",
        err(&output)
    );
}

#[test]
fn a_page_with_a_long_title_has_a_name_that_every_system_holds_and_its_whole_title() {
    let guide = sound();
    let title = format!("Comment {}", "accueillir une nouvelle personne ".repeat(20));
    for kind in ["page", "section"] {
        let guide = sound();
        let output = run(guide.path(), &["new", kind, &title]);
        assert_eq!(status(&output), 0, "{}", err(&output));
        let told = err(&output);
        let path = told.trim_end().trim_start_matches("Nouvelle page : ");
        let name = path.trim_start_matches("content/").trim_end_matches("/index.md");
        assert!(name.len() <= 80 && name.trim_end_matches(".md").ends_with("-une-nouvelle-personne"), "{path}");
        let page = fs::read_to_string(guide.path().join(path)).expect("it is there");
        assert!(page.contains(title.trim_end()), "{page}");
        assert_eq!(status(&run(guide.path(), &["new", kind, &title])), 2, "the name is taken");
    }
    let before = tree(guide.path());
    assert_eq!(status(&run(guide.path(), &["new", "page", "Com1"])), 2);
    assert_eq!(tree(guide.path()), before);
    assert_eq!(status(&run(guide.path(), &["new", "page", "Con fini"])), 0);
}

#[test]
fn new_overwrites_nothing_and_knows_the_kinds() {
    let guide = sound();
    let before = tree(guide.path());
    let output = run(guide.path(), &["new", "page", "Suite"]);
    assert_eq!(status(&output), 2);
    assert!(err(&output).contains("la page `content/suite.md` existe déjà"), "{}", err(&output));
    let output = run(guide.path(), &["new", "artcle", "Bonjour"]);
    assert_eq!(status(&output), 2);
    assert!(err(&output).contains("vouliez-vous dire `article` ?"), "{}", err(&output));
    assert_eq!(status(&run(guide.path(), &["new", "page", "…"])), 2);
    assert_eq!(tree(guide.path()), before);
}

#[test]
fn the_theme_is_copied_once_and_the_guide_still_builds_the_same() {
    let guide = sound();
    assert_eq!(status(&run(guide.path(), &["build", "--output", "avant"])), 0);
    let output = run(guide.path(), &["theme", "eject"]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    assert!(guide.path().join("themes/boussole/templates/page.html").is_file());
    assert_eq!(status(&run(guide.path(), &["build", "--output", "apres"])), 0);
    let names = |folder: &str| {
        let folder = guide.path().join(folder);
        let under = |path: &str| path.strip_prefix(&folder.display().to_string()).map(str::to_owned);
        // The manifest tells a site of a theme that lies in the guide from one of the built-in theme.
        let site = tree(&folder).into_iter().filter(|(path, ..)| !path.ends_with("/.boussole.json"));
        site.map(|(path, bytes, _)| (under(&path), bytes)).collect::<Vec<_>>()
    };
    assert_eq!(names("avant"), names("apres"));
    let output = run(guide.path(), &["theme", "eject"]);
    assert_eq!(status(&output), 2);
    let told = err(&output);
    assert!(told.contains("\n  - themes/boussole/README.md\n") && told.matches("\n  - ").count() == 10, "{told}");
    assert!(told.ends_with(" autres\n  aide : rien n’a été écrit ; déplacez ou supprimez ce qui est là\n"), "{told}");
}

#[test]
fn a_field_of_any_name_is_written_so_that_it_is_read() {
    let settings = "title: Guide\nbase_url: https://exemple.org/\nkinds:\n  outil:\n    fields:\n      \"prix: net\": {type: text, required: true}\n      \"# note\": {type: integer, required: true}\n";
    let folder = folder(&[("guide.yaml", settings), ("content/index.md", "# Accueil\n")]);
    for title in ["Crayon", "\u{feff}Gomme"] {
        assert_eq!(status(&run(folder.path(), &["new", "outil", title])), 0);
    }
    let output = run(folder.path(), &["check", "--strict"]);
    assert_eq!(status(&output), 0, "{}", err(&output));
}

#[test]
fn a_page_called_index_is_no_front_page() {
    let folder = folder(&[("guide.yaml", "title: Guide\n"), ("content/index.md", "# Accueil\n")]);
    let output = run(folder.path(), &["new", "page", "Index"]);
    assert_eq!(status(&output), 0, "{}", err(&output));
    assert!(folder.path().join("content/page-index.md").is_file());
    assert_eq!(status(&run(folder.path(), &["new", "page", "Index"])), 2);
}

#[test]
fn what_authors_write_does_not_command_the_terminal() {
    let page = "---\ntitre: \"A \\e[31mrouge\"\nresponsable: \"un\\ndeux\"\nà-revoir-le: 2020-01-01\n---\n";
    let folder = folder(&[("guide.yaml", "title: Guide\n"), ("content/index.md", page)]);
    let told = out(&run(folder.path(), &["report"]));
    assert!(told.contains("A \u{fffd}[31mrouge") && !told.contains('\u{1b}'), "{told}");
    assert!(told.contains("un\u{fffd}deux") || told.contains("un deux"), "{told}");
}
