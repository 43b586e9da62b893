use super::{Accent, Accessibility, Automatic, Base, Builtin, Config, FieldType};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::fixture::{Fixture, check_faults, check_patches};
use crate::language::Language;
use crate::path::GuidePath;
use crate::source::Sources;
use crate::yaml::Given;

fn find(sources: &Sources) -> Vec<Diagnostic> {
    Config::read(sources).1
}

/// What a faultless `guide.yaml` says.
fn config(yaml: &str) -> Config {
    let (config, faults) =
        Config::read(&Fixture::new(&format!("//- guide.yaml\n{yaml}\n//- content/logo.svg\n")).sources());
    assert!(faults.is_empty(), "{faults:?}");
    config
}

#[test]
fn without_a_file_or_with_an_empty_one_there_are_defaults() {
    for sources in [Sources::default(), Fixture::new("//- guide.yaml\n# rien\n").sources()] {
        let (config, faults) = Config::read(&sources);
        assert!(faults.is_empty());
        assert_eq!((config.site.title.as_str(), config.site.language), ("Guide", Language::French));
        assert_eq!(config.base, Base { origin: None, path: "/".to_owned(), given: Given::No });
        let facets: Vec<_> = config.facets.iter().map(|facet| (facet.id.as_str(), facet.title.as_str())).collect();
        let four =
            [("theorie", "Théorie"), ("exemples", "Exemples"), ("pratique", "Pratique"), ("plus-value", "Plus-value")];
        assert_eq!(facets, four);
        assert_eq!((config.automatic, config.output.as_str()), (Automatic::FirstPerFacet, "public"));
        assert_eq!((config.look.theme.as_str(), config.look.search), ("boussole", true));
        assert_eq!(config.checks.severity(Code::DeadLink), Some(Severity::Error));
        assert_eq!(config.kinds.iter().len(), 9);
    }
}

#[test]
fn every_key_is_read() {
    let config = config(
        "
title: 1.10
description: D
lang: FR-ca
base_url: https://exemple.org/guide
theme: sobre
output: ../x
edit_url: https://forge.exemple.org/{path}
logo: content/logo.svg
license: CC BY-SA 4.0
contact: mailto:a@b.org
accessibility: partial
facets: [{id: un, title: L’Un}]
kinds:
  rôle: {required_facets: l'un}
  outil:
    fields:
      licence: {type: text, label: Licence !, required: true}
      niveaux: {type: {list: choice}, choices: [débutant, 2]}
      referents: {type: {list: {list: page}}, kind: Fiche outil}
  fiche-outil: {plural: Fiches}
links: {automatic: all}
checks: {dead-link: warning, missing_facet: off}
search: false
accent: '#0b5c7d'",
    );
    assert_eq!((config.site.title.as_str(), config.site.language), ("1.10", Language::FrenchCanada));
    assert_eq!(config.site.description.as_deref(), Some("D"));
    assert_eq!(config.site.edit_url.as_deref(), Some("https://forge.exemple.org/{path}"));
    assert_eq!(config.site.license.as_deref(), Some("CC BY-SA 4.0"));
    assert_eq!(config.site.contact.as_deref(), Some("mailto:a@b.org"));
    assert_eq!(config.site.accessibility, Some(Accessibility::Partial));
    assert_eq!((config.look.theme.as_str(), config.look.search, config.output.as_str()), ("sobre", false, "../x"));
    assert_eq!(config.look.logo.as_ref().map(|logo| logo.as_str()), Some("content/logo.svg"));
    assert_eq!(config.automatic, Automatic::All);
    assert_eq!(config.checks.severity(Code::DeadLink), Some(Severity::Warning));
    assert_eq!(config.checks.severity(Code::MissingFacet), None);
    let role = &config.kinds[config.kinds.builtin(Builtin::Role)];
    assert_eq!((role.label.as_str(), &role.facets[..], &role.required_facets[..]), ("Rôle", &[0][..], &[0][..]));
    let tool = &config.kinds[config.kinds.named("OUTIL").unwrap()];
    assert_eq!((tool.label.as_str(), tool.plural.as_str(), tool.fields.len()), ("Outil", "Outils", 3));
    assert!(tool.fields[0].required && matches!(tool.fields[0].of, FieldType::Text));
    let FieldType::List(levels) = &tool.fields[1].of else { panic!("{:?}", tool.fields[1]) };
    assert!(matches!(&**levels, FieldType::Choice(choices) if choices[..] == ["débutant", "2"]));
    let sheet = config.kinds.named("fiche outil").unwrap();
    let FieldType::List(referents) = &tool.fields[2].of else { panic!("{:?}", tool.fields[2]) };
    assert!(
        matches!(&**referents, FieldType::List(of) if matches!(**of, FieldType::Page(Some(kind)) if kind == sheet))
    );
    assert_eq!(config.kinds[sheet].plural, "Fiches");
}

#[test]
fn built_in_kinds_have_names_in_both_languages_and_labels_in_one() {
    for (yaml, role) in [("lang: fr", "Rôles"), ("lang: en", "Roles")] {
        let kinds = config(yaml).kinds;
        assert_eq!(kinds[kinds.builtin(Builtin::Role)].plural, role);
        for (name, builtin) in [
            ("role", Builtin::Role),
            ("Rôle", Builtin::Role),
            ("thème", Builtin::Theme),
            ("etape", Builtin::Stage),
            ("coplanification", Builtin::Coplanning),
            ("terme", Builtin::Term),
        ] {
            assert_eq!(kinds.named(name), Some(kinds.builtin(builtin)), "{name}");
        }
    }
}

#[test]
fn the_dark_accent_is_derived_or_given() {
    let accent = |yaml| config(yaml).look.accent.unwrap();
    let given = accent("accent: {light: '#0b5c7d', dark: '#7CC4E0'}");
    assert_eq!(given, Accent { light: "#0b5c7d".to_owned(), dark: "#7cc4e0".to_owned() });
    let derived = accent("accent: '#005'");
    assert_eq!(derived.light, "#000055");
    assert_ne!(derived.dark, derived.light);
}

#[test]
fn every_value_out_of_range_is_a_fault_at_its_place() {
    check_faults(
        "
//- guide.yaml
lang: fr-CJ
      ^^^^^ wrong-value: `lang` cannot be `fr-CJ`; help: did you mean `fr-CA`?
base_url: exemple.org
          ^^^^^^^^^^^ wrong-value: `exemple.org` is not an address in `http:` or `https:`; help: write an address like `https://example.org/guide/`
theme: a/b
       ^^^ wrong-value: `a/b` is not the name of a theme; help: write the name of a folder in `themes/`, without a slash
output: content/x
        ^^^^^^^^^ wrong-value: the site cannot be written to `content/x`; help: give it a folder of its own, beside `guide.yaml`, like `public`
edit_url: https://forge.org/
          ^^^^^^^^^^^^^^^^^^ wrong-value: `edit_url` does not hold `{path}`; help: put `{path}` where the path of the file goes
logo: content/logo.png
      ^^^^^^^^^^^^^^^^ missing-file: there is no file `content/logo.png`; help: did you mean `content/logo.svg`?
contact: a@b.org
         ^^^^^^^ wrong-value: `a@b.org` is neither a mail nor a web address; help: write `mailto:` or `https://` before the address
accessibility: full
               ^^^^ wrong-value: `accessibility` cannot be `full`; help: choose among `non`, `partial`, `total`
links: {automatic: never, x: 1}
                   ^^^^^ wrong-value: `automatic` cannot be `never`; help: choose among `first-per-facet`, `first-per-page`, `all`, `none`
                          ^ unknown-key: there is no key `x` here; help: choose among `automatic`
checks: {dead-lnk: error, yaml-syntax: off, dead-link: fatal, dead_link: note}
         ^^^^^^^^ unknown-key: there is no key `dead-lnk` here; help: did you mean `dead-link`?
                                       ^^^ wrong-value: `yaml-syntax` is always an error; help: remove `yaml-syntax` from `checks`
                                                       ^^^^^ wrong-value: `dead-link` cannot be `fatal`; help: choose among `error`, `warning`, `note`, `off`
                                                              ^^^^^^^^^ duplicate-key: the key `dead_link` is given twice; help: keep one of them; see guide.yaml:10:45: the first is here
search: oui
        ^^^ wrong-type: `search` must be `true` or `false`, not text; help: did you mean `true`?
titel: a
^^^^^ unknown-key: there is no key `titel` here; help: did you mean `title`?
//- content/logo.svg
",
        &find,
    );
}

#[test]
fn accents_must_be_readable() {
    check_faults(
        "
lang: fr
//- guide.yaml
accent: '#7cc4e0'
        ^^^^^^^^^ wrong-value: la couleur `#7cc4e0` se lit mal sur le fond `#fffdf8` : son contraste est de 1,90, et il faut 4,5; help: prenez `#4e7b8d`, la couleur la plus proche qui se lit bien
",
        &find,
    );
    check_faults(
        "
//- guide.yaml
accent:
  light: bleu
         ^^^^ wrong-value: `bleu` is not a colour; help: write it in quotes: `\"#0b5c7d\"`
  dark: '#0b5c7d'
        ^^^^^^^^^ wrong-value: the colour `#0b5c7d` is hard to read on the ground `#14181b`: its contrast is 2.41, and must be 4.5; help: take `#4d88a0`, the nearest colour that reads well
",
        &find,
    );
    check_patches("//- guide.yaml\naccent: #0b5c7d\n", &find, "//- guide.yaml\naccent: \"#0b5c7d\"\n");
    check_faults(
        "
//- guide.yaml
accent: {dark: '#7cc4e0'}
        ^^^^^^^^^^^^^^^^^ missing-key: `accent` has a colour `dark`, but no colour `light`; help: add `light: \"#…\"`
",
        &find,
    );
}

#[test]
fn facets_have_an_id_and_a_title_of_their_own() {
    check_faults(
        "
//- guide.yaml
facets:
  - {id: Théorie, title: T}
         ^^^^^^^ wrong-value: `Théorie` does not fit `id`, which has only letters from a to z, digits and hyphens; help: did you mean `theorie`?
  - {id: un}
    ^^^^^^^^ missing-key: the key `title` is missing; help: add `title: …`
  - Deux
    ^^^^ wrong-type: `facets` must hold lines `key: value`, not text; help: write one line for each facet, like `- {id: theory, title: Theory}`
  - {id: trois, title: Trois}
  - {id: quatre, title: trois}
    ^^^^^^^^^^^^^^^^^^^^^^^^^^ wrong-value: another facet already has the `id` or the title of “trois”; help: give it another `id` and another title; see guide.yaml:5:5: the other facet
",
        &find,
    );
    assert!(config("facets: []").facets.is_empty());
    check_faults(
        "
//- guide.yaml
facets: [{id: '…', title: T}]
              ^^^ wrong-value: `…` does not fit `id`, which has only letters from a to z, digits and hyphens; help: write a name like `plus-value`
kinds: {outil: {facets: un}}
                        ^^ wrong-value: this guide has no facet `un`; help: remove this name, or add this facet under `facets` in `guide.yaml`
edit_url: ftp://a.org/{path}
          ^^^^^^^^^^^^^^^^^^ wrong-value: `edit_url` is not an address in `http:` or `https:`; help: write an address like `https://forge.example.org/guide/_edit/main/{path}`
checks: {zzzzzzzz: off}
         ^^^^^^^^ unknown-key: there is no key `zzzzzzzz` here; help: remove this line, or correct the name of the key
zzzzzzzz: 1
^^^^^^^^ unknown-key: there is no key `zzzzzzzz` here; help: remove this line, or correct the name of the key
",
        &find,
    );
}

#[test]
fn kinds_and_fields_are_checked() {
    check_faults(
        "
//- guide.yaml
kinds:
  outil:
    labl: x
    ^^^^ unknown-key: there is no key `labl` here; help: did you mean `label`?
    facets: [théorie, plus value, pratiqe]
                                  ^^^^^^^ wrong-value: this guide has no facet `pratiqe`; help: did you mean `pratique`?
    fields:
      Resume: {type: text}
      ^^^^^^ reserved-key: `Resume` is already a key of every page; help: give this field another name
      order: {type: text}
      ^^^^^ reserved-key: `order` is already a key of every page; help: give this field another name
      a: {type: txt}
                ^^^ wrong-value: `type` cannot be `txt`; help: did you mean `text`?
      b: {label: B}
      ^ missing-key: the key `type` is missing; help: add `type: …`
      c: {type: choice}
                ^^^^^^ missing-key: the key `choices` is missing; help: add `choices: …`
      d: {type: text, kind: role}
                            ^^^^ wrong-value: `kind` goes with `type: page` only; help: remove `kind`, or write `type: page`
      e: {type: page, kind: rolle}
                            ^^^^^ unknown-kind: there is no kind `rolle`; help: did you mean `rôle`?
      f: {type: {lst: text}}
                ^^^^^^^^^^^ missing-key: the key `list` is missing; help: add `list: …`
                 ^^^ unknown-key: there is no key `lst` here; help: did you mean `list`?
      g: text
         ^^^^ wrong-type: `g` must hold lines `key: value`, not text; help: write for example `{type: text}`
  support: Support
           ^^^^^^^ wrong-type: `support` must hold lines `key: value`, not text; help: write for example `{label: Tool}`
  Outil: {}
  ^^^^^ duplicate-key: the key `Outil` is given twice; help: keep one of them; see guide.yaml:2:3: the first is here
  stage: {}
  étape: {}
  ^^^^^ duplicate-key: `stage` and `étape` are the same key in two languages; help: keep one of them; see guide.yaml:17:3: the first is here
  '!': {}
  ^^^ wrong-value: `!` cannot be the name of a kind; help: give it a name of letters, like `tool`
",
        &find,
    );
}

#[test]
fn a_file_that_is_not_a_configuration_is_one_fault() {
    check_faults(
        "
//- guide.yaml
- a
^^^ wrong-type: `guide.yaml` must hold lines `key: value`, not a list; help: write on each line a key, `: `, then a value
",
        &find,
    );
    check_faults(
        "
//- guide.yaml
title: Guide: le mien
       ^^^^^^^^^^^^^^ yaml-syntax: this text holds `: ` and is not in quotes; help: put it in quotes
",
        &find,
    );
}

#[test]
fn a_base_url_that_cannot_be_read_is_none_that_is_missing() {
    for (bytes, given) in [
        (&b"title: G\n"[..], Given::No),
        (b"base_url:\n", Given::No),
        (b"- a\n", Given::Faulty),
        (b"title: a: b\n", Given::Faulty),
        (b"base_url: exemple.org\n", Given::Faulty),
        (b"title: \xFF\nbase_url: https://exemple.org/\n", Given::Faulty),
        (b"base_url: https://exemple.org/\ntitle: \xFF\n", Given::Yes),
    ] {
        let (sources, _) = Sources::in_memory([(GuidePath::new("guide.yaml").unwrap(), bytes.to_vec())]);
        assert_eq!(Config::read(&sources).0.base.given, given, "{}", bytes.escape_ascii());
    }
}

#[test]
fn a_base_url_given_elsewhere_replaces_the_configured_one() {
    let config = config("base_url: https://a.org/b/");
    assert!(config.clone().with_base_url("c").is_err());
    assert_eq!(config.with_base_url("https://c.org").unwrap().base.origin.as_deref(), Some("https://c.org"));
}

#[test]
fn what_time_brings_about_is_never_more_than_a_note() {
    check_faults(
        "
//- guide.yaml
checks: {review-overdue: warning, no-base-url: error}
                         ^^^^^^^ wrong-value: `review-overdue` stays a note: the passing of time stops no guide; help: write `note` or `off`
",
        &find,
    );
}

#[test]
fn a_facet_leaves_the_page_its_own_anchor() {
    check_faults(
        "
//- guide.yaml
facets: [{id: contenu, title: Contenu}]
              ^^^^^^^ wrong-value: Boussole already uses the anchor `contenu` in every page; help: choose another `id`
",
        &find,
    );
}

#[test]
fn what_is_no_yaml_costs_what_stands_below_it_alone() {
    for (yaml, title, language) in [
        ("title: A\nlang: en\naccessibility: [non\nlogo: content/logo.svg\n", "A", Language::English),
        ("lang: en\ntitle: \"A\ncontact: b\n", "Guide", Language::English),
        ("title: A\nlang: en\nkinds:\n  outil: {label: a\nsearch: false\n", "A", Language::English),
        ("title: [A\nlang: en\n", "Guide", Language::French),
        ("title: A\nlang: en\n\tsearch: false\n", "A", Language::English),
    ] {
        let (config, faults) = Config::read(&Fixture::new(&format!("//- guide.yaml\n{yaml}")).sources());
        assert_eq!((config.site.title.as_str(), config.site.language), (title, language), "{yaml}");
        assert_eq!(config.base.given, Given::Faulty, "{yaml}");
        assert!(matches!(&faults[..], [fault] if fault.code == Code::YamlSyntax), "{yaml} {faults:?}");
    }
}

#[test]
fn a_map_is_shown_by_an_example() {
    check_faults(
        "
lang: fr
//- guide.yaml
links: none
       ^^^^ wrong-type: `links` doit contenir des lignes `clé: valeur`, pas du texte; help: écrivez par exemple `{automatic: none}`
kinds: {outil: Outil}
               ^^^^^ wrong-type: `outil` doit contenir des lignes `clé: valeur`, pas du texte; help: écrivez par exemple `{label: Outil}`
",
        &find,
    );
}
