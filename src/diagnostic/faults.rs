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
                    "Boussole ne peut pas lire ce caractère\u{a0}: le fichier n’est pas enregistré en UTF-8",
                    "Boussole cannot read this character: the file is not saved as UTF-8"
                ),
            )
            .help(say!(
                "dans votre éditeur, choisissez «\u{a0}Enregistrer sous\u{a0}», puis l’encodage UTF-8",
                "in your editor choose “Save as”, then the encoding UTF-8"
            )),
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
            .help(say!("enlevez-le du dossier du guide", "take it out of the folder of the guide")),
            FaultKind::NameNotUnicode => tell(
                Code::Unreadable,
                say!(
                    "le nom `{path}` contient un caractère que Boussole ne peut pas lire",
                    "the name `{path}` holds a character that Boussole cannot read"
                ),
            )
            .help(rename()),
            FaultKind::OutsideLink | FaultKind::CircularLink | FaultKind::DanglingLink => of_a_link(fault, sources),
            FaultKind::TooLarge => tell(
                Code::TooLarge,
                say!("`{path}` contient plus de 2 Go de texte", "`{path}` holds more than 2 GB of text"),
            )
            .help(say!("répartissez ce texte sur plusieurs pages", "divide this text into several pages")),
            FaultKind::SamePath(first) => of_two_spellings(fault, *first, sources),
            FaultKind::SameName(first) => of_two_names(fault, *first, sources),
            FaultKind::ReservedName { name, why } => tell(Code::ReservedName, of_windows(name, *why)).help(match why {
                Reserved::Device => say!("donnez-lui un autre nom", "give it another name"),
                _ => rename(),
            }),
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
        ErrorKind::NotFound => say!("remettez-le à sa place", "put it back in its place"),
        ErrorKind::PermissionDenied => say!(
            "demandez le droit de le lire à la personne qui l’a créé",
            "ask whoever created it for the right to read it"
        ),
        ErrorKind::IsADirectory => say!("mettez un fichier à sa place", "put a file in its place"),
        ErrorKind::NotADirectory => say!("mettez un dossier à sa place", "put a folder in its place"),
        _ => say!("vérifiez qu’il s’ouvre dans un autre programme", "check that another program can open it"),
    }
}

fn of_windows(name: &str, why: Reserved) -> Say {
    match why {
        Reserved::Device => {
            say!("Windows garde le nom `{name}` pour lui-même", "Windows keeps the name `{name}` for itself")
        }
        Reserved::Ending('.') => say!(
            "le nom `{name}` finit par un point, ce que Windows n’accepte pas",
            "the name `{name}` ends in a full stop, which Windows does not accept"
        ),
        Reserved::Ending(_) => say!(
            "le nom `{name}` finit par une espace, ce que Windows n’accepte pas",
            "the name `{name}` ends in a space, which Windows does not accept"
        ),
        Reserved::Character(c) if c.is_control() => say!(
            "le nom `{name}` contient un caractère invisible, que Windows n’accepte pas",
            "the name `{name}` holds an invisible character, which Windows does not accept"
        ),
        Reserved::Character(c) => say!(
            "le nom `{name}` contient `{c}`, que Windows n’accepte pas",
            "the name `{name}` holds `{c}`, which Windows does not accept"
        ),
    }
}

fn of_a_link(fault: &Fault, sources: &Sources) -> Diagnostic {
    let path = &sources[fault.span.file].path;
    let message = match fault.kind {
        FaultKind::CircularLink => {
            say!("le raccourci `{path}` tourne en rond", "the shortcut `{path}` leads in circles")
        }
        FaultKind::DanglingLink => {
            say!("le raccourci `{path}` ne mène à rien", "the shortcut `{path}` leads to nothing")
        }
        _ => say!("le raccourci `{path}` sort du guide", "the shortcut `{path}` leads out of the guide"),
    };
    Diagnostic::new(Code::OutsideLink, fault.span, message)
        .help(say!("remplacez-le par le fichier ou le dossier lui-même", "replace it by the file or the folder itself"))
}

fn of_two_spellings(fault: &Fault, first: FileId, sources: &Sources) -> Diagnostic {
    let path = &sources[fault.span.file].path;
    let message = say!(
        "deux fichiers portent le nom `{path}`, avec des accents codés de deux façons",
        "two files have the name `{path}`, with accents encoded in two ways"
    );
    Diagnostic::new(Code::SameOutput, fault.span, message)
        .related(Span::whole(first), say!("l’autre", "the other"))
        .help(say!("gardez un seul des deux, ou renommez l’autre", "keep one of the two, or rename the other"))
}

fn of_two_names(fault: &Fault, first: FileId, sources: &Sources) -> Diagnostic {
    let (path, other) = (sources[fault.span.file].path.as_str(), sources[first].path.as_str());
    Diagnostic::new(Code::SameName, fault.span, same_name(path, other))
        .related(Span::whole(first), say!("l’autre", "the other"))
        .help(say!("renommez l’un des deux", "rename one of the two"))
}

/// Names the parts of two paths that some systems take for one another: the files, or folders that they are in.
fn same_name(path: &str, other: &str) -> Say {
    let steps = path.split('/').zip(other.split('/'));
    let same = steps.clone().take_while(|(one, other)| one == other).count();
    let alike = steps.clone().nth(same).is_some_and(|(one, other)| one.to_lowercase() == other.to_lowercase());
    if !alike {
        return say!(
            "sur Mac, un dossier de `{path}` et un dossier de `{other}` se confondent\u{a0}: seul le codage de leurs accents diffère",
            "on a Mac, a folder of `{path}` and one of `{other}` are the same: only the encoding of their accents differs"
        );
    }
    let (one, two) = (upper(path, same), upper(other, same));
    if one.len() < path.len() && two.len() < other.len() {
        say!(
            "sous Windows et sur Mac, les dossiers `{one}` et `{two}` n’en font qu’un",
            "on Windows and on a Mac, the folders `{one}` and `{two}` are one and the same"
        )
    } else {
        say!(
            "sous Windows et sur Mac, `{one}` et `{two}` n’en font qu’un",
            "on Windows and on a Mac, `{one}` and `{two}` are one and the same"
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
