//! What the commands say where they cannot do what is asked, in both languages: written out, so that the words can be read
//! and judged. `BOUSSOLE_GOLDEN=write cargo test` writes the files in `tests/gallery/` again.

use std::fs;
use std::path::{Path, PathBuf};

use super::{command, folder, write};

/// The files of a folder, and what is typed in it; a first word with `=` is set in the environment.
type Case = (&'static [(&'static str, &'static str)], &'static [&'static str]);

const NOTHING: &[(&str, &str)] = &[];
const FILE: &[(&str, &str)] = &[("guide", "")];
const EMPTY: &[(&str, &str)] = &[("guide.yaml", "title: Guide\nbase_url: https://exemple.org/\n")];
const BEGUN: &[(&str, &str)] = &[("guide.yaml", ""), ("content/roles/animateur.md", "# Animateur\n")];
const GUIDE: &[(&str, &str)] = &[
    ("guide.yaml", "title: Guide\nbase_url: https://exemple.org/\n"),
    ("content/index.md", "# Accueil\n"),
    ("content/roles/animateur.md", "---\ntitre: Animateur\ngenre: rôle\n---\n"),
    ("public/ailleurs.html", "d’une autre main"),
    ("texte", "d’une autre main"),
];

const BELOW: &[(&str, &str)] =
    &[("mon guide/guide.yaml", ""), ("mon guide/content/roles/a.md", "# A\n"), ("notes.txt", "")];
const SCHEMAS: &[(&str, &str)] = &[("schemas/page.schema.json", "d’une autre main")];
const EJECTED: &[(&str, &str)] = &[
    ("guide.yaml", "title: Guide\n"),
    ("content/index.md", "# Accueil\n"),
    ("themes/boussole/templates/page.html", "d’une autre main"),
];

const WRONG: &[(&str, &str)] =
    &[("guide.yaml", "kinds:\n  outil: {facets: [absent]}\noutputs: public\n"), ("content/index.md", "# Accueil\n")];

const CASES: &[Case] = &[
    (NOTHING, &[]),
    (NOTHING, &["--root", "absent"]),
    (BELOW, &["--root", "mon guide/content/roles"]),
    (BELOW, &["--root", "mon guide/guide.yaml"]),
    (BELOW, &["--root", "notes.txt"]),
    (EMPTY, &["check"]),
    (GUIDE, &["build", "--date", "hier"]),
    (GUIDE, &["SOURCE_DATE_EPOCH=hier", "build"]),
    (GUIDE, &["build", "--base-url", "exemple"]),
    (GUIDE, &["build", "--base-url", "https://exemple.org/?a"]),
    (GUIDE, &["build", "--output", "content"]),
    (GUIDE, &["build", "--output", "public"]),
    (GUIDE, &["build", "--output", "texte"]),
    (GUIDE, &["build", "--output", "texte/site/a"]),
    (GUIDE, &["schema", "--output", "texte/a"]),
    (GUIDE, &["serve", "--port", "x"]),
    (GUIDE, &["serve", "--editor", " "]),
    (NOTHING, &["init", "--ci", "auto", "nouveau"]),
    (FILE, &["init", "guide"]),
    (NOTHING, &["init", "l'été"]),
    (NOTHING, &["init", "."]),
    (NOTHING, &["init", "--", "-tiret"]),
    (GUIDE, &["init", "."]),
    (BEGUN, &["init", "."]),
    (GUIDE, &["report", "--html", "a", "--ics", "a"]),
    (GUIDE, &["report", "--html", "content/a.html"]),
    (GUIDE, &["report", "--html", "texte"]),
    (GUIDE, &["new", "roule", "Secrétaire"]),
    (GUIDE, &["new", "ustensile", "Crayon"]),
    (GUIDE, &["new", "rôle", "!!!"]),
    (GUIDE, &["new", "rôle", "Con"]),
    (GUIDE, &["new", "section", "NUL !"]),
    (GUIDE, &["new", "rôle", "Animateur"]),
    (SCHEMAS, &["schema", "--output", "schemas"]),
    (EJECTED, &["theme", "eject"]),
    (WRONG, &["schema"]),
    (WRONG, &["new", "outil", "Marteau"]),
];

/// In the language `tag`: that of the guide where there is one, whatever the locale, and else that of the locale.
fn gallery(tag: &str) -> String {
    let mut gallery = String::new();
    for (files, typed) in CASES {
        let folder = folder(files);
        let settings = folder.path().join("guide.yaml");
        let is_guide = settings.is_file();
        if is_guide {
            let text = fs::read_to_string(&settings).expect("it is there");
            write(&settings, &format!("lang: {tag}\n{text}"));
        }
        let lang = if (tag == "fr") == is_guide { "en_GB.UTF-8" } else { "fr_FR.UTF-8" };
        let (set, arguments): (Vec<&str>, Vec<&str>) = typed.iter().partition(|word| word.contains('='));
        let mut command = command(folder.path(), &arguments);
        command.env("LC_ALL", lang).envs(set.iter().filter_map(|pair| pair.split_once('=')));
        let output = command.output().expect("the binary runs");
        let said = String::from_utf8(output.stderr).expect("what is said is UTF-8");
        let status = output.status.code().expect("nothing stops the command");
        let line = [set.as_slice(), &["boussole"], &arguments].concat().join(" ");
        gallery.push_str(&format!("$ {line}\n{}→ {status}\n\n", nowhere(&said, folder.path())));
    }
    gallery
}

/// What was said, without the place of the folder and how long it took.
fn nowhere(said: &str, folder: &Path) -> String {
    let real = fs::canonicalize(folder).expect("the folder is there");
    let said = said.replace(&*real.to_string_lossy(), "…").replace(&*folder.to_string_lossy(), "…");
    let words: Vec<&str> = said.split(' ').collect();
    let timed = |word: &str| word.ends_with("\u{a0}s") && word.starts_with(|c: char| c.is_ascii_digit());
    words.iter().map(|word| if timed(word) { "…\u{a0}s" } else { word }).collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn check(tag: &str) {
    let name = format!("tests/gallery/refusals-{tag}.txt");
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(&name);
    let gallery = gallery(tag);
    if std::env::var_os("BOUSSOLE_GOLDEN").is_some_and(|value| value == "write") {
        return fs::write(path, gallery).expect("the repository can be written to");
    }
    let known = fs::read_to_string(path).expect("the gallery is there");
    let first = gallery.lines().zip(known.lines()).find(|(now, then)| now != then);
    assert!(gallery == known, "{name} is no longer what is said; the first change: {first:#?}");
}

#[test]
fn every_refusal_as_a_french_author_sees_it() {
    check("fr");
}

#[test]
fn every_refusal_as_an_english_author_sees_it() {
    check("en");
}

/// A word that is no text has no place in a gallery.
#[cfg(unix)]
#[test]
fn a_word_that_is_no_text_is_told() {
    use std::os::unix::ffi::OsStrExt as _;

    let folder = folder(GUIDE);
    let word = std::ffi::OsStr::from_bytes(b"--date=\xff");
    let output = command(folder.path(), &["build"]).arg(word).output().expect("the binary runs");
    assert_eq!(
        super::err(&output),
        "erreur : un mot de cette commande contient un caractère que Boussole ne peut pas lire\n  \
         aide : écrivez ce mot autrement\n"
    );
}
