//! Faults of files as diagnostics.

use std::io::ErrorKind;

use super::{Code, Diagnostic, Say, say};
use crate::source::{Fault, FaultKind, FileId, Reserved, Sources, Span};

impl Diagnostic {
    /// What to tell an author of a file that could not be taken in.
    pub fn of_a_file(fault: &Fault, sources: &Sources) -> Diagnostic {
        let path = &sources[fault.span.file].path;
        let tell = |code, message| Diagnostic::new(code, fault.span, message);
        match &fault.kind {
            FaultKind::NotUtf8 => tell(
                Code::NotUtf8,
                say!(
                    "ce fichier n’est pas enregistré en UTF-8\u{a0}: ce caractère ne peut pas être lu",
                    "this file is not saved as UTF-8: this character cannot be read"
                ),
            )
            .help(say!("enregistrez le fichier en UTF-8 dans votre éditeur", "save the file as UTF-8 in your editor")),
            FaultKind::Unreadable { kind, words } => {
                let Say { french, english } = refusal(*kind, words);
                tell(
                    Code::Unreadable,
                    say!("`{path}` ne peut pas être lu\u{a0}: {french}", "`{path}` cannot be read: {english}"),
                )
                .help(make_readable(*kind))
            }
            FaultKind::Special => tell(
                Code::Unreadable,
                say!("`{path}` n’est ni un fichier ni un dossier", "`{path}` is neither a file nor a folder"),
            )
            .help(say!("enlevez-le du guide", "take it out of the guide")),
            FaultKind::NameNotUnicode => tell(
                Code::Unreadable,
                say!("le nom `{path}` n’est pas écrit en Unicode", "the name `{path}` is not written in Unicode"),
            )
            .help(rename()),
            FaultKind::OutsideLink | FaultKind::CircularLink | FaultKind::DanglingLink => of_a_link(fault, sources),
            FaultKind::TooLarge => tell(
                Code::TooLarge,
                say!("`{path}` contient 2 Gio de texte ou plus", "`{path}` holds 2 GiB of text or more"),
            )
            .help(say!("répartissez ce texte sur plusieurs pages", "divide this text into several pages")),
            FaultKind::SamePath(first) => of_two_spellings(fault, *first, sources),
            FaultKind::SameName(first) => of_two_names(fault, *first, sources),
            FaultKind::ReservedName { name, why } => tell(Code::ReservedName, of_windows(name, *why)).help(rename()),
        }
    }
}

/// What the system means by refusing to read something; its own words where there are no better ones.
pub(crate) fn refusal(kind: ErrorKind, words: &str) -> Say {
    match kind {
        ErrorKind::NotFound => say!("il n’existe pas", "it does not exist"),
        ErrorKind::PermissionDenied => say!("l’accès est refusé", "access is denied"),
        ErrorKind::IsADirectory => say!("c’est un dossier", "it is a folder"),
        ErrorKind::NotADirectory => say!("ce n’est pas un dossier", "it is not a folder"),
        _ => say!("le système dit «\u{a0}{words}\u{a0}»", "the system says “{words}”"),
    }
}

/// What to do about it.
pub(crate) fn make_readable(kind: ErrorKind) -> Say {
    match kind {
        ErrorKind::PermissionDenied => say!("donnez-vous le droit de le lire", "give yourself the right to read it"),
        ErrorKind::IsADirectory => say!("mettez un fichier à sa place", "put a file in its place"),
        ErrorKind::NotADirectory => say!("mettez un dossier à sa place", "put a folder in its place"),
        _ => say!("vérifiez qu’il s’ouvre dans un autre programme", "check that another program can open it"),
    }
}

fn of_windows(name: &str, why: Reserved) -> Say {
    match why {
        Reserved::Device => say!("`{name}` est un nom réservé par Windows", "`{name}` is a name that Windows reserves"),
        Reserved::Ending('.') => say!(
            "le nom `{name}` finit par un point, impossible sous Windows",
            "the name `{name}` ends in a full stop, which is impossible on Windows"
        ),
        Reserved::Ending(_) => say!(
            "le nom `{name}` finit par une espace, impossible sous Windows",
            "the name `{name}` ends in a space, which is impossible on Windows"
        ),
        Reserved::Character(c) if c.is_control() => say!(
            "le nom `{name}` contient un caractère invisible, impossible sous Windows",
            "the name `{name}` holds an invisible character, which is impossible on Windows"
        ),
        Reserved::Character(c) => say!(
            "le nom `{name}` contient `{c}`, impossible sous Windows",
            "the name `{name}` holds `{c}`, which is impossible on Windows"
        ),
    }
}

fn of_a_link(fault: &Fault, sources: &Sources) -> Diagnostic {
    let path = &sources[fault.span.file].path;
    let message = match fault.kind {
        FaultKind::CircularLink => {
            say!("le lien symbolique `{path}` tourne en rond", "the symbolic link `{path}` leads in circles")
        }
        FaultKind::DanglingLink => {
            say!("le lien symbolique `{path}` ne mène à rien", "the symbolic link `{path}` leads to nothing")
        }
        _ => say!("le lien symbolique `{path}` sort du guide", "the symbolic link `{path}` leads out of the guide"),
    };
    Diagnostic::new(Code::OutsideLink, fault.span, message).help(say!(
        "mettez à sa place le fichier ou le dossier lui-même",
        "put the file or the folder itself in its place"
    ))
}

fn of_two_spellings(fault: &Fault, first: FileId, sources: &Sources) -> Diagnostic {
    let path = &sources[fault.span.file].path;
    let message = say!(
        "deux fichiers ont le même nom, écrit de deux façons\u{a0}: `{path}`",
        "two files have the same name, written in two ways: `{path}`"
    );
    Diagnostic::new(Code::SameOutput, fault.span, message)
        .related(
            Span::whole(first),
            say!("l’autre, aux accents composés autrement", "the other, whose accents are composed otherwise"),
        )
        .help(say!("gardez l’un des deux, ou donnez-lui un autre nom", "keep one of them, or give it another name"))
}

fn of_two_names(fault: &Fault, first: FileId, sources: &Sources) -> Diagnostic {
    let (path, other) = (sources[fault.span.file].path.as_str(), sources[first].path.as_str());
    Diagnostic::new(Code::SameName, fault.span, same_name(path, other))
        .related(Span::whole(first), say!("l’autre", "the other"))
        .help(say!("donnez à l’un des deux un autre nom", "give one of them another name"))
}

/// Names the parts of two paths that some systems take for one another: the files, or folders that they are in.
fn same_name(path: &str, other: &str) -> Say {
    let steps = path.split('/').zip(other.split('/'));
    let same = steps.clone().take_while(|(one, other)| one == other).count();
    let alike = steps.clone().nth(same).is_some_and(|(one, other)| one.to_lowercase() == other.to_lowercase());
    if !alike {
        return say!(
            "un des dossiers de `{path}` et de `{other}` est écrit de deux façons, l’une avec des accents décomposés",
            "one of the folders of `{path}` and `{other}` is written in two ways, one of them with decomposed accents"
        );
    }
    let (one, two) = (upper(path, same), upper(other, same));
    if one.len() < path.len() && two.len() < other.len() {
        say!(
            "les dossiers `{one}` et `{two}` sont les mêmes sur certains systèmes",
            "the folders `{one}` and `{two}` are the same on some systems"
        )
    } else {
        say!(
            "les noms `{one}` et `{two}` sont les mêmes sur certains systèmes",
            "the names `{one}` and `{two}` are the same on some systems"
        )
    }
}

/// `path` down to its name at `depth`, from 0.
fn upper(path: &str, depth: usize) -> &str {
    path.match_indices('/').nth(depth).map_or(path, |(slash, _)| &path[..slash])
}

fn rename() -> Say {
    say!(
        "renommez-le avec des lettres, des chiffres et des traits d’union",
        "rename it with letters, digits and hyphens"
    )
}
