use proptest::prelude::{any, proptest};

use super::{Key, Map, Named, Node, Value, lines, parse, repeated, tree};
use crate::diagnostic::Diagnostic;
use crate::fixture::{Fixture, check_faults, check_patches};
use crate::language::Tongue;
use crate::path::GuidePath;
use crate::source::Sources;

const KEYS: &[Key] = &[
    Key::new("title", "titre"),
    Key::new("order", "ordre"),
    Key::new("synonyms", "synonymes"),
    Key::new("draft", "brouillon"),
    Key::only("date"),
];

/// Reads every file as a map of `KEYS`.
fn find(sources: &Sources) -> Vec<Diagnostic> {
    let mut faults = Vec::new();
    for (file, _) in sources.iter() {
        match parse(file, sources, 0..sources.text(file).len()) {
            Err(fault) => faults.push(*fault),
            Ok(None) => {}
            Ok(Some(node)) => match (Named { key: "a.yaml", node: &node }).entries() {
                Err(fault) => faults.push(*fault),
                Ok(entries) => {
                    let mut map = Map::new(entries, KEYS, Tongue::French);
                    map.read("title", Named::text::<String>);
                    map.read("order", Named::integer);
                    map.list("synonyms", Named::text::<String>);
                    map.read("draft", Named::boolean);
                    map.read("date", Named::date);
                    faults.extend(map.finish());
                }
            },
        }
    }
    faults
}

fn texts(yaml: &str) -> Vec<(String, String)> {
    let (sources, _) = Sources::in_memory([(GuidePath::new("guide.yaml").unwrap(), yaml.as_bytes().to_vec())]);
    let file = sources.iter().next().unwrap().0;
    let node = parse(file, &sources, 0..yaml.len()).unwrap().unwrap();
    let entries = Named { key: "", node: &node }.entries().unwrap();
    let told = |node: &Node<'_>| match &node.value {
        Value::List(_) | Value::Map(_) => sources.slice(node.span).to_owned(),
        _ => node.as_text().unwrap().to_owned(),
    };
    entries.iter().map(|entry| (told(&entry.key), told(&entry.value))).collect()
}

#[test]
fn text_is_what_is_written() {
    let yaml = "a: 1.10\nb: 2026-03-01\nc: ' x '\n\"d\": 007\né: true\nf: |\n  x\n  y\ng: &n [a, b]\nh: *n\n";
    let expected = [
        ("a", "1.10"),
        ("b", "2026-03-01"),
        ("c", "x"),
        ("d", "007"),
        ("é", "true"),
        ("f", "x\ny"),
        ("g", "&n [a, b]"),
        ("h", "*n"),
    ];
    assert_eq!(texts(yaml), expected.map(|(key, value)| (key.to_owned(), value.to_owned())));
}

#[test]
fn the_tree_says_where_values_are_after_accents_too() {
    check_faults(
        "
//- content/guide.md
titre: Été à l’œuvre
brouillon: {é: [è, à]}
           ^^^^^^^^^^^ wrong-type: `brouillon` must be `true` or `false`, not keys and their values; help: write `true` or `false`
ordre: un
       ^^ wrong-type: `ordre` must be a whole number, not text; help: write a whole number, like `3`
synonymes: [ê, {ô: û}, [u]]
               ^^^^^^ wrong-type: `synonymes` must be text, not keys and their values; help: put it in quotes if it is a text that holds `: `
                       ^^^ wrong-type: `synonymes` must be text, not a list; help: write one text, without `[ ]` and `- `
date:
  - 2026-03-01
  ^^^^^^^^^^^^ wrong-type: `date` must be a date, not a list; help: write the year, the month and the day: `2026-03-01`
",
        &find,
    );
}

#[test]
fn values_of_another_type_are_told() {
    check_faults(
        "
lang: fr
//- content/a.md
ordre: 1.5
       ^^^ wrong-type: `ordre` doit être un nombre entier, pas un nombre à virgule; help: écrivez un nombre entier, comme `3`
titre: [a]
       ^^^ wrong-type: `titre` doit être du texte, pas une liste; help: écrivez un seul texte, sans `[ ]` ni `- `
synonymes: {a: b}
           ^^^^^^ wrong-type: `synonymes` doit être une liste, pas des clés et leurs valeurs; help: écrivez une liste, comme `[a, b]`
brouillon: peut-être
           ^^^^^^^^^ wrong-type: `brouillon` doit être `true` ou `false`, pas du texte; help: écrivez `true` ou `false`
date: 2026-02-30
      ^^^^^^^^^^ wrong-value: `2026-02-30` n’est pas un jour du calendrier; help: écrivez l’année, le mois et le jour\u{a0}: `2026-03-01`
//- content/b.md
ordre: true
       ^^^^ wrong-type: `ordre` doit être un nombre entier, pas `true`; help: écrivez un nombre entier, comme `3`
date: 1er mars
      ^^^^^^^^ wrong-value: `1er mars` n’est pas une date; help: écrivez l’année, le mois et le jour\u{a0}: `2026-03-01`
//- content/c.md
- a
^^^ wrong-type: `a.yaml` doit contenir des lignes `clé: valeur`, pas une liste; help: écrivez sur chaque ligne une clé, `: `, puis une valeur
",
        &find,
    );
}

#[test]
fn keys_are_matched_without_case_accents_and_hyphens_and_unknown_ones_name_the_nearest() {
    check_faults(
        "
//- content/a.md
Títré: a
ordr: 1
^^^^ unknown-key: there is no key `ordr` here; help: did you mean `ordre`?
zzzzzz: 1
^^^^^^ unknown-key: there is no key `zzzzzz` here; help: choose among `titre`, `ordre`, `synonymes`, `brouillon`, `date`
//- content/b.md
Title: a
drat: 1
^^^^ unknown-key: there is no key `drat` here; help: did you mean `draft`?
",
        &find,
    );
}

#[test]
fn a_key_given_twice_shows_both_places() {
    check_faults(
        "
//- content/a.md
titre: a
TITRE: b
^^^^^ duplicate-key: the key `TITRE` is given twice; help: keep one of them; see content/a.md:1:1: the first is here
order: 1
ordre: 2
^^^^^ duplicate-key: `order` and `ordre` are the same key in two languages; help: keep one of them; see content/a.md:3:1: the first is here
",
        &find,
    );
}

#[test]
fn the_common_mistakes_of_syntax_are_named() {
    check_faults(
        "
//- content/colon.md
é: è
titre: Rôle: coordinateur  # été
       ^^^^^^^^^^^^^^^^^^ yaml-syntax: this text holds `: ` and is not in quotes; help: put it in quotes
//- content/tab.md
synonymes:
\t- a
^ yaml-syntax: this line begins with a tab; help: put two spaces in its place
//- content/tab2.md
titre: a
\tordre: 1
^ yaml-syntax: this line begins with a tab; help: remove it
//- content/quote.md
titre: \"abc
       ^^^^ yaml-syntax: the quote `\"` opened here never closes; help: add `\"` at the end of the text
ordre: 2
//- content/quote2.md
titre: 'abc
       ^^^^ yaml-syntax: the quote `'` opened here never closes; help: add `'` at the end of the text
//- content/apostrophe.md
titre: 'l'été'
       ^^^^^^^ yaml-syntax: there is text after the closing quote `'`; help: put the whole text in quotes
//- content/list.md
synonymes: - a
           ^^^ yaml-syntax: this list begins on the line of its key; help: begin a new line before each `- `, or write `[one, two]`
//- content/at.md
titre: @moi
       ^^^^ yaml-syntax: this text begins with `@` and is not in quotes; help: put it in quotes
//- content/grave.md
- `a`
  ^^^ yaml-syntax: this text begins with “`” and is not in quotes; help: put it in quotes
//- content/percent.md
titre: %a
       ^^ yaml-syntax: this text begins with `%` and is not in quotes; help: put it in quotes
//- content/star.md
titre: *a*
       ^^^ yaml-syntax: this text begins with `*` and is not in quotes; help: put it in quotes
//- content/and.md
titre: & a
       ^^^ yaml-syntax: this text begins with `&` and is not in quotes; help: put it in quotes
//- content/bang.md
titre: !Attention
       ^^^^^^^^^^ yaml-syntax: this text begins with `!` and is not in quotes; help: put it in quotes
",
        &find,
    );
}

#[test]
fn mistakes_of_brackets_and_indentation_are_named() {
    check_faults(
        "
//- content/bracket.md
synonymes: [a, b
           ^ yaml-syntax: the `[` opened here is not closed; help: add `]`, or put the text in quotes if it is not a list
ordre: 1
//- content/brace.md
titre: {a: 1
       ^ yaml-syntax: the `{` opened here is not closed; help: add `}`, or put the text in quotes if it is not a list
//- content/indented.md
titre: a
  ordre: 1
  ^^^^^^^^ yaml-syntax: this key stands further right than the one above, which has a value already; help: align it with the other keys
//- content/space.md
titre: a
ordre:1
^^^^^^^ yaml-syntax: this line is not of the form `key: value`; help: put a space after `:`
date: 2026-01-01
//- content/word.md
titre: a
ordre
^^^^^ yaml-syntax: this line is not of the form `key: value`; help: write the key, `: `, then the value; if the line goes on from the one above, begin it with two spaces
//- content/after.md
titre: [Brouillon] Coordinateur
       ^^^^^^^^^^^^^^^^^^^^^^^^ yaml-syntax: this text begins with `[` and is not in quotes; help: put it in quotes
//- content/within.md
synonymes: [é, @moi , b]
               ^^^^ yaml-syntax: this text begins with `@` and is not in quotes; help: put it in quotes
//- content/other.md
titre: |x
^^^^^^^^^ yaml-syntax: Boussole does not understand this line; help: check the spaces at its start, its quotes and its `:`
//- content/astray.md
synonymes:
  - a
 - b
 ^^^ yaml-syntax: this line is aligned with no other; help: align it with the keys or the `- ` of its level
//- content/astray2.md
 titre: a
ordre: 2
^^^^^^^^ yaml-syntax: this line is aligned with no other; help: align it with the keys or the `- ` of its level
//- content/hyphen.md
synonymes:
-a
-b
^^ yaml-syntax: no space follows this `-`; help: put a space after each `-`
//- content/two.md
titre: a
---
^^^ yaml-syntax: a second line `---` is one too many here; help: remove this line
titre: b
",
        &find,
    );
}

#[test]
fn certain_corrections_are_patches() {
    check_patches(
        "
//- content/a.md
titre: Rôle: coordinateur  # été
//- content/b.md
titre: @\"x\"
//- content/c.md
synonymes:
\t- a
//- content/d.md
titre: 'l'été'
//- content/e.md
ordre:1
date: 2026-01-01
//- content/f.md
brouillon: oui
ordre: '3'
tittre: a
",
        &find,
        "
//- content/a.md
titre: \"Rôle: coordinateur\"  # été
//- content/b.md
titre: '@\"x\"'
//- content/c.md
synonymes:
  - a
//- content/d.md
titre: \"l'été\"
//- content/e.md
ordre: 1
date: 2026-01-01
//- content/f.md
brouillon: true
ordre: 3
titre: a
",
    );
}

#[test]
fn aliases_are_followed_but_not_into_gigabytes() {
    let mut bomb = String::from("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for level in 1..12 {
        let below = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{below}]\n"));
    }
    let unclosed = |close| format!("add `{close}`, or put the text in quotes if it is not a list");
    for (yaml, message, help) in [
        (bomb.as_str(), "`*` repeats too many values here", "write the values out"),
        ("a: &a [*a]", "this value holds itself", "write the value out"),
        (
            &"- ".repeat(100_000),
            "there are too many lists inside one another here",
            "close some brackets, or move the lines towards the margin",
        ),
        (&"[".repeat(100_000), "the `[` opened here is not closed", &unclosed(']')),
        (&"{a: ".repeat(100_000), "the `{` opened here is not closed", &unclosed('}')),
    ] {
        let sources = Fixture::new(&format!("//- content/a.md\n{yaml}\n")).sources();
        let faults = find(&sources);
        assert_eq!(faults.len(), 1);
        let told = faults[0].help.as_ref().unwrap();
        assert_eq!((faults[0].message.english.as_str(), told.english.as_str()), (message, help));
    }
}

#[test]
fn names_given_twice_among_the_authors_own_are_faults() {
    check_faults(
        "
//- content/a.md
Élan: 1
elan: 2
^^^^ duplicate-key: the key `elan` is given twice; help: keep one of them; see content/a.md:1:1: the first is here
",
        &|sources| {
            let file = sources.iter().next().unwrap().0;
            let node = parse(file, sources, 0..sources.text(file).len()).unwrap().unwrap();
            repeated(Named { key: "", node: &node }.entries().unwrap())
        },
    );
}

/// What the plain lines of a text say, where all of them are, which is also what the parser reads.
fn plain(text: &str) -> Option<Node<'_>> {
    let place = (crate::id::Id::nth(0), 7);
    let node = lines::read(text, place);
    if let Some(node) = &node {
        let parsed = tree::parse_any(text, place).map_err(|fault| fault.message);
        assert_eq!(parsed.as_ref(), Ok(&Some(node.clone())), "{text:?}");
    }
    node
}

#[test]
fn plain_lines_need_no_parser() {
    for text in [
        "title: \"Rôle 7\"\nsummary: \"D'une séance à l'autre : rien ne presse, [a] #b.\"\norder: 906\nkind: role\n",
        "thèmes: [groupe-0037, 'l, a', \"b c\" ]\nliés: []\nrelated: [ ]",
        "titre: L’été, et puis \"rien\" - ou presque !  \ndate: 2026-03-01\ndraft: true",
        "thèmes:\n  - Un\n  - \"deux, trois : #4\"\n  - [a, b]\nrôles:\n- x y \n-  z\nliés:  \n - a\n",
        "tasks:\n  - {task: \"Tenir, (990)\", responsible: [role-000180, b], involved: c d}\n  - { a: b }\n",
        "tasks:\n  - task: Tenir\n    responsible:\n      - a\n      - b\n    involved: [c]\n  - task: Dire\n    responsible:\n    - a\norder: 3",
    ] {
        let expected = !text.contains("'l, a'");
        assert_eq!(plain(text).is_some(), expected, "{text:?}");
    }
    for text in [
        "",
        "\n",
        "a:\n",
        "a: b\n\n",
        "a: - b",
        "a: b: c",
        "a: b #c",
        "a: &b c",
        "- a: b",
        "a: \"b\\\"\"",
        "a: b\n c: d",
        "a: [b -, c]",
        "a:\n  - b\n - c",
        "a:\n  - b\n  c: d",
        "a:\n  -  b: c\n",
        "a:\n  - b: c\n     d: e\n",
        "a:\n  - - b\n",
        "a:\n  -\n  - b\n",
        "a:\n  - b\n    c\n",
        "a:\n  - {b: l'c, d: e'f}\n",
        "a:\n  - {b: {c: d}}\n",
        "a:\n  - {b:c}\n",
        &format!("a:\n  - {}{}\n", "{b: ".repeat(100_000), "}".repeat(100_000)),
        &format!("a:\n{}", (0..100).map(|depth| format!("{}- a:\n", "  ".repeat(depth))).collect::<String>()),
        "a: {}\n",
    ] {
        assert!(plain(text).is_none(), "{text:?}");
    }
}

proptest! {
    #[test]
    fn plain_lines_are_read_as_the_parser_reads_them(
        lines in "([a-cé_0]{1,3}: ( ?(['\"][a-cé '\",:#\\[]{0,6}['\"]|[a-cé0-9' \"&*!|>%@`?~,.:#\\]\\u{85}\\u{A0}\\u{2028}\\u{FEFF}-]{0,6}) ?|\\[(['\"]?[a-cé0'\" -]{0,4}['\"]?,?){0,4}\\]) ?\n){1,3}",
        items in "(([a-c]{1,3}:(\n| [a-cé0]{0,4}\n| \\{[a-c]: ?[a-c'\"\\[\\], ]{0,6}(, ?[a-c]: ?[\"']?[a-c, ]{0,5}[\"']?)?\\} ?\n))|( {0,4}- ?([a-c]{0,2}:? ?[a-c'\" ]{0,4}|\\[[a-c, ]{0,4}\\]|\\{[a-c]: [a-c, \\[\\]]{0,6}\\})\n)|( {0,4}[a-c]: ?[a-c]?\n)){1,8}",
        any in "([a-cé_0-]|: |:\n|\n|\n- |\n  - |\n    |\\[|\\]|\\{|\\}|, |\"|'|\\PC| |\t){0,40}",
    ) {
        plain(&lines);
        plain(&items);
        plain(&any);
    }

    #[test]
    fn any_text_is_read_or_refused(text in any::<String>(), yaml in "([a-cé:\\-\\[\\]{}&*!|>'\"#%@`,?~ \t\n]|: |- |\n  |&a |\\*a ){0,60}") {
        for text in [text, yaml] {
            let text = text.replace('\r', "\n");
            let (sources, _) = Sources::in_memory([(GuidePath::new("content/a.md").unwrap(), text.into_bytes())]);
            for fault in find(&sources) {
                let _ = sources.locate(fault.span.unwrap());
                let _ = sources.slice(fault.span.unwrap());
            }
        }
    }
}
