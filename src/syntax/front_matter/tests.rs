use jiff::civil::date;
use proptest::prelude::{Strategy, any, prop, proptest};
use proptest::prop_assert_eq;

use super::{FieldValue, FrontMatter, Parsed, Task, parse, place};
use crate::config::{Builtin, Config};
use crate::diagnostic::Diagnostic;
use crate::fixture::{Fixture, check_faults, check_patches};
use crate::path::GuidePath;
use crate::source::{FileId, Role, Sources};
use crate::yaml::Given;

fn find(sources: &Sources) -> Vec<Diagnostic> {
    let (config, mut faults) = Config::read(sources);
    for (file, source) in sources.iter() {
        if source.role == Role::Page {
            faults.extend(parse(file, sources, &config).faults);
        }
    }
    faults
}

fn page(text: &str) -> (FileId, Sources) {
    let files = [(GuidePath::new("content/a.md").unwrap(), text.as_bytes().to_vec())];
    let (sources, _) = Sources::in_memory(files);
    let file = sources.iter().next().unwrap().0;
    (file, sources)
}

fn parsed(text: &str) -> Parsed {
    let (file, sources) = page(text);
    parse(file, &sources, &Config::read(&sources).0)
}

/// What a faultless front matter says.
fn read(yaml: &str) -> FrontMatter {
    let parsed = parsed(&format!("---\n{yaml}---\n"));
    assert!(parsed.faults.is_empty(), "{:?}", parsed.faults);
    parsed.front_matter
}

#[test]
fn a_page_without_front_matter_is_a_page() {
    for text in ["", "# A\n", "---\n---\n", "---\n# rien\n---\n", "---\n~\n---\n"] {
        let parsed = parsed(text);
        assert!(parsed.faults.is_empty());
        let kind = Some(Config::read(&Sources::default()).0.kinds.builtin(Builtin::Page));
        assert_eq!(parsed.front_matter, FrontMatter { kind, ..FrontMatter::default() });
    }
}

#[test]
fn an_index_is_a_section_unless_it_says_otherwise() {
    let fixture = Fixture::new("//- content/a/index.md\n//- content/b/index.md\n---\ngenre: rôle\n---\n");
    let sources = fixture.sources();
    let config = Config::read(&sources).0;
    let kinds: Vec<_> = sources.iter().map(|(file, _)| parse(file, &sources, &config).front_matter.kind).collect();
    assert_eq!(kinds, [Builtin::Section, Builtin::Role].map(|builtin| Some(config.kinds.builtin(builtin))));
}

#[test]
fn every_key_has_two_spellings_that_mean_the_same() {
    let french = read(
        "titre: 1.10\ngenre: étape\nrésumé: R\nslug: s-1\nordre: -3\nsynonymes: [a, 2]\nlien-auto: true\nlien-auto-ici: false
rôles: r\nthèmes: [t]\nà-propos-de: [q]\nmène-à: [e]\nvoir-aussi: [v]\nsérie: S\npartie: 2
tâches:\n  - {tâche: T, responsables: x, participants: [y, z]}\nauteurs: A\ndate: 2026-03-01\nmis-à-jour: 2026-03-02
à-revoir-le: 2026-03-03\nresponsable: O\nimage: i.png\nsans-index: true\nredirige-depuis: [/x/, y]\nlangue: fr-CA
brouillon: true\nvolet: plus value\n",
    );
    let english = read(
        "Title: 1.10\nKIND: stage\nsummary: R\nslug: s-1\norder: -3\nsynonyms:\n- a\n- ~\n- 2\nautolink: true\nautolink_here: false
roles: r\nthemes: [t]\nabout: [q]\nleads-to: [e]\nrelated: [v]\nseries: S\npart: 2
tasks:\n  - {task: T, responsible: x, involved: [y, z]}\nauthors: A\ndate: 2026-03-01\nupdated: 2026-03-02
review_by: 2026-03-03\nowner: O\nimage: i.png\nnoindex: true\nredirect_from: [/x/, y]\nlang: fr-CA
draft: true\nfacet: Plus-value\n",
    );
    assert_eq!(french, english);
    let text = |text: &str| Some(text.into());
    let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect::<Box<[_]>>();
    let expected = FrontMatter {
        has_faulty_kind: false,
        title: Some("1.10".into()),
        kind: Some(Config::read(&Sources::default()).0.kinds.builtin(Builtin::Stage)),
        summary: Some("R".into()),
        slug: text("s-1"),
        order: Some(-3),
        synonyms: texts(&["a", "2"]),
        autolink: Some(true),
        autolink_here: Some(false),
        roles: texts(&["r"]),
        themes: texts(&["t"]),
        about: texts(&["q"]),
        leads_to: texts(&["e"]),
        related: texts(&["v"]),
        series: text("S"),
        part: Some(2),
        tasks: [Task { task: "T".to_owned(), responsible: texts(&["x"]), involved: texts(&["y", "z"]) }].into(),
        authors: texts(&["A"]),
        date: Some(date(2026, 3, 1)),
        updated: Some(date(2026, 3, 2)),
        review_by: Some(date(2026, 3, 3)),
        owner: text("O"),
        image: text("i.png"),
        noindex: true,
        redirect_from: texts(&["/x/", "/y"]),
        lang: text("fr-CA"),
        draft: true,
        facet: Some(3),
        fields: Box::default(),
    };
    assert_eq!(french, expected);
}

#[test]
fn a_title_that_cannot_be_read_is_none_that_is_missing() {
    for (text, title) in [
        ("# A\n", Given::No),
        ("---\ntitre:\n---\n", Given::No),
        ("---\ntitre: A\n---\n", Given::Yes),
        ("---\ntitre: [A]\n---\n", Given::Faulty),
        ("---\ntitre: @A\n---\n", Given::Faulty),
        ("---\ntitre A\n---\n", Given::Faulty),
        ("---\ntitre: A\n", Given::Faulty),
    ] {
        assert_eq!(parsed(text).title, title, "{text}");
    }
}

#[test]
fn keys_of_other_generators_are_told_by_their_name_here() {
    check_faults(
        "
lang: fr
//- content/a.md
---
titre: A
description: B
^^^^^^^^^^^ unknown-key: la clé `description` n’existe pas ici; help: ici, cette clé s’appelle `résumé`
Weight: 3
^^^^^^ unknown-key: la clé `Weight` n’existe pas ici; help: ici, cette clé s’appelle `ordre`
tags: [a]
^^^^ unknown-key: la clé `tags` n’existe pas ici; help: ici, cette clé s’appelle `thèmes`
layout: b
^^^^^^ unknown-key: la clé `layout` n’existe pas ici; help: enlevez cette ligne, ou corrigez le nom de la clé
---
",
        &find,
    );
    check_faults(
        "
//- content/a.md
---
title: A
categories: [a]
^^^^^^^^^^ unknown-key: there is no key `categories` here; help: here, this key is called `themes`
aliases: [a]
^^^^^^^ unknown-key: there is no key `aliases` here; help: here, this key is called `redirect_from`
keywords: [a]
^^^^^^^^ unknown-key: there is no key `keywords` here; help: here, this key is called `synonyms`
[a]: b
^^^ unknown-key: a key is a word, and this is none; help: remove this line, or correct the name of the key
---
",
        &find,
    );
}

#[test]
fn the_body_follows_the_front_matter() {
    for (text, body) in
        [("a", "a"), ("---\ntitre: a\n---\nb", "b"), ("---\ntitre: [\n---\nb", "b"), ("---\n\nb", "---\n\nb")]
    {
        assert_eq!(&text[parsed(text).body], body);
    }
}

#[test]
fn all_faults_of_a_page_are_shown_at_once_in_order() {
    check_faults(
        "
lang: fr
//- content/a.md
---
tittre: A
^^^^^^ unknown-key: la clé `tittre` n’existe pas ici; help: vouliez-vous dire `titre`\u{202f}?
genre: rolle
       ^^^^^ unknown-kind: il n’y a pas de genre `rolle`; help: vouliez-vous dire `rôle`\u{202f}?
slug: Été 1
      ^^^^^ wrong-value: `Été 1` ne convient pas à `slug`, qui n’a que des lettres de a à z, des chiffres et des traits d’union; help: vouliez-vous dire `ete-1`\u{202f}?
ordre: premier
       ^^^^^^^ wrong-type: `ordre` doit être un nombre entier, pas du texte; help: écrivez un nombre entier, comme `3`
order: 1
^^^^^ duplicate-key: `ordre` et `order` sont la même clé, en deux langues; help: n’en gardez qu’une; see content/a.md:5:1: la première est ici
partie: 0
        ^ wrong-value: les numéros de partie commencent à 1, pas à 0; help: écrivez `1` pour la première partie
langue: fr_CA
        ^^^^^ wrong-value: `fr_CA` n’est pas le code d’une langue; help: vouliez-vous dire `fr-CA`\u{202f}?
volet: pratiques
       ^^^^^^^^^ wrong-value: ce guide n’a pas de volet `pratiques`; help: vouliez-vous dire `pratique`\u{202f}?
redirige-depuis: [../a, https://b.org/, /c?d, /e/]
                  ^^^^ wrong-value: `../a` n’est pas une adresse de ce guide; help: écrivez l’ancienne adresse à partir de la première barre, comme `/ancienne/adresse/`
                        ^^^^^^^^^^^^^^ wrong-value: `https://b.org/` n’est pas une adresse de ce guide; help: écrivez l’ancienne adresse à partir de la première barre, comme `/ancienne/adresse/`
                                        ^^^^ wrong-value: `/c?d` n’est pas une adresse de ce guide; help: écrivez l’ancienne adresse à partir de la première barre, comme `/ancienne/adresse/`
tâches:
  - Animer
    ^^^^^^ wrong-type: une tâche a ses propres clés, et il n’y a ici que du texte; help: écrivez `- tâche: …`, puis en dessous `  responsables: […]`
  - {responsables: x, qui: y}
    ^^^^^^^^^^^^^^^^^^^^^^^^^ missing-key: il manque la clé `tâche`; help: ajoutez `tâche: …`
                      ^^^ unknown-key: la clé `qui` n’existe pas ici; help: choisissez parmi `tâche`, `responsables`, `participants`
---
",
        &find,
    );
}

#[test]
fn suggestions_are_in_the_spelling_of_the_author() {
    check_faults(
        "
//- content/a.md
---
title: A
facett: pratique
^^^^^^ unknown-key: there is no key `facett` here; help: did you mean `facet`?
kind: stge
      ^^^^ unknown-kind: there is no kind `stge`; help: did you mean `stage`?
tasks: [{}]
        ^^ missing-key: the key `task` is missing; help: add `task: …`
---
",
        &find,
    );
}

#[test]
fn a_front_matter_that_never_closes_is_a_fault() {
    check_faults(
        "
//- content/a.md
---
^^^ unclosed-front-matter: the front matter opened here never closes; help: write a line `---` after its last key
titre: A

# A
",
        &find,
    );
}

#[test]
fn a_front_matter_without_keys_is_a_fault() {
    check_faults(
        "
//- content/a.md
---
titre Coordinateur
^^^^^^^^^^^^^^^^^^ wrong-type: the front matter is not made of lines `key: value`; help: write on each line a key, `: `, then a value: `title: Coordinator`
---
//- content/b.md
---
titre: @a
       ^^ yaml-syntax: this text begins with `@` and is not in quotes; help: put it in quotes
---
",
        &find,
    );
}

const TOOLS: &str = "
//- guide.yaml
kinds:
  outil:
    fields:
      licence: {type: text, required: true}
      niveau: {type: choice, choices: [débutant, confirmé]}
      sites: {type: {list: url}}
      essai: {type: date}
";

#[test]
fn fields_of_the_authors_own_are_read_by_type() {
    let fixture = Fixture::new(
        &(TOOLS.trim_start().to_owned()
            + "//- content/a.md\n---\ngenre: Outil\nSites: https://a.org\nniveau: Debutant\nlicence: 2\n---\n"),
    );
    let sources = fixture.sources();
    let file = sources.at(&GuidePath::new("content/a.md").unwrap()).unwrap();
    let Parsed { front_matter, faults, .. } = parse(file, &sources, &Config::read(&sources).0);
    assert!(faults.is_empty(), "{faults:?}");
    let expected = [
        ("licence", FieldValue::Text("2".to_owned())),
        ("niveau", FieldValue::Choice("débutant".to_owned())),
        ("sites", FieldValue::List(vec![FieldValue::Url("https://a.org".to_owned())])),
    ];
    assert_eq!(*front_matter.fields, expected.map(|(name, value)| (name.to_owned(), value)));
}

#[test]
fn fields_of_the_authors_own_are_checked() {
    check_faults(
        &(TOOLS.to_owned()
            + "//- content/a.md
---
^^^ missing-key: the key `licence` is missing; help: add `licence: …`
genre: outil
niveau: débutan
        ^^^^^^^ wrong-value: `niveau` cannot be `débutan`; help: did you mean `débutant`?
sites: [a.org, [x]]
        ^^^^^ wrong-value: `a.org` is not an address of the web; help: begin it with `https://`
               ^^^ wrong-type: `sites` must be text, not a list; help: write one text, without `[ ]` and `- `
essai: demain
       ^^^^^^ wrong-value: `demain` is not a date; help: write the year, the month and the day: `2026-03-01`
Essai: 2026-03-01
^^^^^ duplicate-key: the key `Essai` is given twice; help: keep one of them; see content/a.md:5:1: the first is here
licenc: x
^^^^^^ unknown-key: there is no key `licenc` here; help: did you mean `licence`?
---
//- content/b.md
---
licence: x
^^^^^^^ unknown-key: there is no key `licence` here; help: it is a field of the kind `outil`: give the page that kind, or remove the key
---
"),
        &find,
    );
}

#[test]
fn certain_corrections_are_patches() {
    check_patches(
        "//- content/a.md\n---\ntittre: A\nslug: Été 1\ngenre: rolle\n---\n",
        &find,
        "//- content/a.md\n---\ntitre: A\nslug: ete-1\ngenre: rôle\n---\n",
    );
}

#[test]
fn a_value_is_found_again() {
    let (file, sources) = page(
        "---\ntitre: Été\nrôles: [à, ~, b]\ntâches:\n  - tâche: T\n    responsables: [x, y]\nauteurs: moi\nMien: v\nvide:\n---\n",
    );
    for (key, path, text) in [
        ("title", &[][..], "Été"),
        ("roles", &["1"], "b"),
        ("roles", &["2"], "rôles"),
        ("tasks", &["0", "responsible", "1"], "y"),
        ("tasks", &["0", "involved", "1"], "tâches"),
        ("authors", &["0"], "moi"),
        ("mien", &[], "v"),
        ("vide", &[], "vide"),
        ("summary", &[], ""),
    ] {
        assert_eq!(sources.slice(place(file, &sources, key, path)), text, "{key} {path:?}");
    }
}

/// Text that a double-quoted value can hold as it is.
fn text() -> impl Strategy<Value = String> {
    "[a-zé: \\-#@'\\[\\]{}0-9*&!%|>?,]{0,12}x"
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        title in text(),
        synonyms in prop::collection::vec(text(), 0..4),
        order in any::<i64>(),
        draft in any::<bool>(),
        days in 0..40_000_i64,
    ) {
        let day = date(1950, 1, 1) + jiff::Span::new().days(days);
        let listed: Vec<String> = synonyms.iter().map(|synonym| format!("\"{synonym}\"")).collect();
        let yaml = format!(
            "titre: \"{title}\"\nsynonymes: [{}]\nordre: {order}\nbrouillon: {draft}\ndate: {day}\n",
            listed.join(", ")
        );
        let front_matter = read(&yaml);
        prop_assert_eq!(front_matter.title, Some(title.trim().into()));
        let trimmed: Box<[String]> = synonyms.iter().map(|synonym| synonym.trim().to_owned()).collect();
        prop_assert_eq!(front_matter.synonyms, trimmed);
        prop_assert_eq!(front_matter.order, Some(order));
        prop_assert_eq!(front_matter.draft, draft);
        prop_assert_eq!(front_matter.date, Some(day));
    }

    #[test]
    fn any_page_is_read(
        text in any::<String>(),
        yaml in "((titre|genre|ordre|tâches|rôles|volet|slug|date|langue|x|redirige-depuis): ([a-zé0-9:\\-\\[\\]{}&*!|>'\"#@/ ]{0,8}|\n  - [a-z:é\\[]{0,5})\n){0,6}",
    ) {
        for text in [text.replace('\r', ""), format!("---\n{yaml}---\n"), format!("---\n{yaml}")] {
            let (file, sources) = page(&text);
            let Parsed { body, faults, .. } = parse(file, &sources, &Config::read(&sources).0);
            let _ = &text[body];
            for span in faults.iter().filter_map(|fault| fault.span) {
                let _ = (sources.locate(span), sources.slice(span));
            }
        }
    }
}
