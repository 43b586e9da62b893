//! What keeps a command from ending: how it was typed, or the world.

use std::io::{self, ErrorKind};
use std::path::Path;
use std::process::ExitCode;

use super::console::Verbosity;
use crate::diagnostic::{Say, say};
use crate::language::Tongue;
use crate::{output, pipeline};

/// Why a command was not carried out, and what to do about it.
#[derive(Debug)]
pub(super) struct Failure {
    of: Of,
    message: Say,
    help: Option<Say>,
    /// The system's own words, for those who ask for them.
    cause: Option<io::Error>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Of {
    Usage,
    World,
}

impl Failure {
    /// What was typed cannot be done.
    pub(super) fn usage(message: Say) -> Failure {
        Failure { of: Of::Usage, message, help: None, cause: None }
    }

    /// The system refused to do something with `path`.
    pub(super) fn world(path: &Path, cause: io::Error) -> Failure {
        let (message, help) = match path.ancestors().find(|above| leads_nowhere(above)) {
            Some(link) => nowhere(link),
            None if is_too_many(&cause) => too_many(path),
            None => {
                let (path, kind) = in_fact(path, cause.kind());
                told(&path.display().to_string(), kind)
            }
        };
        Failure { of: Of::World, message, help: Some(help), cause: Some(cause) }
    }

    /// The system lacks what every command needs.
    pub(super) fn without_means(message: Say) -> Failure {
        Failure { of: Of::World, message, help: None, cause: None }
    }

    /// The system refused something that is no file.
    #[cfg(feature = "serve")]
    pub(super) fn refused(message: Say, cause: io::Error) -> Failure {
        Failure { of: Of::World, message, help: None, cause: Some(cause) }
    }

    /// With what to do.
    pub(super) fn help(mut self, help: Say) -> Failure {
        self.help = Some(help);
        self
    }

    /// The exit status that tells the two apart.
    pub(super) fn status(&self) -> ExitCode {
        ExitCode::from(match self.of {
            Of::Usage => 2,
            Of::World => 3,
        })
    }

    /// The failure as a paragraph for people.
    pub(super) fn text(&self, tongue: Tongue, verbosity: Verbosity) -> String {
        let (error, aid) = match tongue {
            Tongue::French => ("erreur\u{a0}:", "aide\u{a0}:"),
            Tongue::English => ("error:", "help:"),
        };
        let mut text = format!("{error} {}", self.message.tell(tongue));
        if let Some(help) = &self.help {
            text.push_str(&format!("\n  {aid} {}", help.tell(tongue)));
        }
        if let Some(cause) = self.cause.as_ref().filter(|_| verbosity == Verbosity::Verbose) {
            text.push_str(&format!("\n  ({cause})"));
        }
        text
    }
}

impl From<pipeline::Error> for Failure {
    fn from(error: pipeline::Error) -> Failure {
        match error {
            pipeline::Error::Source(error) => Failure::world(&error.path, error.cause),
            pipeline::Error::OutputAmongSources(folder) => among_sources(&folder),
            pipeline::Error::BaseUrl(message) => Failure::usage(message).help(say!(
                "écrivez `--base-url` comme ceci\u{a0}: `--base-url https://exemple.org/guide/`",
                "write it like this: `--base-url https://example.org/guide/`"
            )),
            pipeline::Error::Search(words) => without_index(words),
            pipeline::Error::Output(error) => error.into(),
        }
    }
}

impl From<output::Error> for Failure {
    fn from(error: output::Error) -> Failure {
        match error {
            output::Error::Disk { path, cause } => Failure::world(&path, cause),
            output::Error::Foreign(folder) => foreign(&folder),
            output::Error::Unreadable(manifest) => unreadable(&manifest),
            output::Error::Busy(folder) => busy(&folder),
            output::Error::InTheWay(file) => in_the_way(&file),
        }
    }
}

fn without_index(words: String) -> Failure {
    let cause = Some(io::Error::other(words));
    let message = say!("Boussole n’a pas pu faire l’index de recherche", "Boussole could not make the search index");
    let help = say!(
        "écrivez `search: false` dans `guide.yaml` pour publier sans recherche",
        "write `search: false` in `guide.yaml` to publish without search"
    );
    Failure { of: Of::World, message, help: Some(help), cause }
}

fn among_sources(folder: &Path) -> Failure {
    let folder = folder.display();
    Failure::usage(say!(
        "le site ne peut pas être écrit dans `{folder}`, qui contient des sources du guide ou en fait partie",
        "the site cannot be written to `{folder}`, which holds sources of the guide or is one of them"
    ))
    .help(say!("donnez un autre dossier avec `--output`", "give another folder with `--output`"))
}

fn foreign(folder: &Path) -> Failure {
    let folder = folder.display();
    Failure::usage(say!(
        "le dossier `{folder}` contient des fichiers que Boussole n’a pas écrits\u{202f}; rien n’y a été touché",
        "the folder `{folder}` holds files that Boussole did not write; nothing in it was touched"
    ))
    .help(say!(
        "donnez un dossier vide ou nouveau avec `--output`, ou videz celui-là vous-même",
        "give an empty or new folder with `--output`, or empty that one yourself"
    ))
}

fn unreadable(manifest: &Path) -> Failure {
    let folder = manifest.parent().unwrap_or(manifest).display();
    let manifest = manifest.display();
    Failure::usage(say!(
        "`{manifest}`, où est noté ce que Boussole a écrit, est abîmé ou vient d’une autre version\u{202f}; rien n’a été touché",
        "`{manifest}`, where Boussole notes what it wrote, is damaged or of another version; nothing was touched"
    ))
    .help(say!(
        "si rien n’est à vous dans `{folder}`, supprimez ce dossier, puis recommencez\u{a0}: le site sera refait en entier",
        "if nothing in `{folder}` is yours, remove that folder, then start again: the whole site will be made anew"
    ))
}

fn busy(folder: &Path) -> Failure {
    let folder = folder.display();
    Failure::without_means(say!(
        "Boussole fabrique déjà un site dans `{folder}`, depuis un autre programme ou une autre fenêtre",
        "Boussole is already building a site in `{folder}`, from another program or another window"
    ))
    .help(say!("attendez que ce soit fini, puis recommencez", "wait until that is done, then start again"))
}

fn in_the_way(file: &Path) -> Failure {
    let file = file.display();
    Failure::usage(say!(
        "`{file}` n’a pas été écrit par Boussole et occupe la place d’un fichier du site",
        "`{file}` was not written by Boussole and stands where a file of the site must go"
    ))
    .help(say!("déplacez-le ou supprimez-le, puis recommencez", "move it or remove it, then start again"))
}

/// Whether a link stands at `path` and nothing where it leads.
fn leads_nowhere(path: &Path) -> bool {
    path.is_symlink() && path.metadata().is_err_and(|error| error.kind() != ErrorKind::PermissionDenied)
}

fn nowhere(link: &Path) -> (Say, Say) {
    let link = link.display();
    (
        say!("le raccourci `{link}` ne mène nulle part", "the link `{link}` leads nowhere"),
        say!("supprimez-le, ou faites-le mener à ce qui existe", "remove it, or make it lead to what exists"),
    )
}

/// Whether the system grants no more open files.
fn is_too_many(cause: &io::Error) -> bool {
    // For the whole machine, and for one program; there is no kind for these.
    cfg!(unix) && matches!(cause.raw_os_error(), Some(23 | 24))
}

fn too_many(path: &Path) -> (Say, Say) {
    let path = path.display();
    (
        say!(
            "`{path}` ne peut pas être ouvert\u{a0}: trop de fichiers sont ouverts à la fois",
            "`{path}` cannot be opened: too many files are open at once"
        ),
        say!("fermez d’autres programmes, puis recommencez", "close other programs, then start again"),
    )
}

/// What is in the way where the system refuses `path`: it may be a file in place of one of the folders above, or the
/// folder that it would have been in.
fn in_fact(path: &Path, kind: ErrorKind) -> (&Path, ErrorKind) {
    if matches!(kind, ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem) {
        let there = path.ancestors().find(|above| above.symlink_metadata().is_ok());
        return (there.unwrap_or(path), kind);
    }
    // What Windows cannot find is what other systems say is below a file.
    if !matches!(kind, ErrorKind::NotADirectory | ErrorKind::NotFound) {
        return (path, kind);
    }
    let is_below = usize::from(kind == ErrorKind::NotFound);
    let file = path.ancestors().skip(is_below).find(|above| above.is_file());
    file.map_or((path, kind), |file| (file, ErrorKind::NotADirectory))
}

/// What the system's refusal means, and what to do about it.
fn told(path: &str, kind: ErrorKind) -> (Say, Say) {
    match kind {
        ErrorKind::NotFound => {
            (say!("`{path}` n’existe pas", "`{path}` does not exist"), say!("vérifiez ce chemin", "check this path"))
        }
        ErrorKind::PermissionDenied => (
            say!("l’accès à `{path}` est refusé", "access to `{path}` is denied"),
            say!("demandez le droit d’y lire et d’y écrire", "ask for the right to read and write there"),
        ),
        ErrorKind::ReadOnlyFilesystem => (
            say!("`{path}` est sur un disque en lecture seule", "`{path}` is on a read-only disk"),
            say!("choisissez un dossier où vous pouvez écrire", "choose a folder that you can write to"),
        ),
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => (
            say!("il n’y a plus de place pour écrire `{path}`", "there is no room left to write `{path}`"),
            say!("libérez de la place, puis recommencez", "make room, then start again"),
        ),
        ErrorKind::AlreadyExists => (
            say!("`{path}` existe déjà", "`{path}` already exists"),
            say!("choisissez un autre nom", "choose another name"),
        ),
        ErrorKind::NotADirectory => (
            say!(
                "un fichier occupe la place d’un dossier\u{a0}: `{path}`",
                "a file stands where a folder must be: `{path}`"
            ),
            say!("déplacez ce fichier", "move this file"),
        ),
        ErrorKind::IsADirectory => (
            say!(
                "un dossier occupe la place d’un fichier\u{a0}: `{path}`",
                "a folder stands where a file must be: `{path}`"
            ),
            say!("déplacez ce dossier", "move this folder"),
        ),
        ErrorKind::InvalidFilename => (
            say!("le système n’accepte pas le nom `{path}`", "the system does not accept the name `{path}`"),
            say!("donnez un nom plus court ou plus simple", "give a shorter or simpler name"),
        ),
        _ => (
            say!("le système refuse de lire ou d’écrire `{path}`", "the system refuses to read or write `{path}`"),
            say!(
                "recommencez avec `--verbose`, qui montre ce que dit le système",
                "start again with `--verbose`, which shows what the system says"
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Error, ErrorKind};
    use std::path::{Path, PathBuf};
    use std::process::ExitCode;

    use super::Failure;
    use crate::cli::console::Verbosity;
    use crate::language::Tongue;
    use crate::{output, pipeline};

    #[test]
    fn what_the_world_refuses_is_told_in_both_languages() {
        for (kind, french, english) in [
            (ErrorKind::StorageFull, "il n’y a plus de place pour écrire `a`", "there is no room left to write `a`"),
            (ErrorKind::PermissionDenied, "l’accès à `a` est refusé", "access to `a` is denied"),
            (ErrorKind::ReadOnlyFilesystem, "`a` est sur un disque en lecture seule", "`a` is on a read-only disk"),
        ] {
            let failure = Failure::world(Path::new("a"), kind.into());
            let told = |tongue| failure.text(tongue, Verbosity::Normal).lines().next().map(str::to_owned);
            assert_eq!(told(Tongue::French), Some(format!("erreur\u{a0}: {french}")));
            assert_eq!(told(Tongue::English), Some(format!("error: {english}")));
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_is_really_in_the_way_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("site");
        std::os::unix::fs::symlink("absent", &link).unwrap();
        let told = |path: &Path, cause: Error| Failure::world(path, cause).text(Tongue::French, Verbosity::Normal);
        assert_eq!(
            told(&link.join("a/b"), ErrorKind::AlreadyExists.into()).replace(&link.display().to_string(), "site"),
            "erreur\u{a0}: le raccourci `site` ne mène nulle part\n  aide\u{a0}: supprimez-le, ou faites-le mener à ce qui existe"
        );
        let folder = folder.path();
        assert_eq!(
            told(&folder.join("a/b"), ErrorKind::PermissionDenied.into()).replace(&folder.display().to_string(), "là"),
            "erreur\u{a0}: l’accès à `là` est refusé\n  aide\u{a0}: demandez le droit d’y lire et d’y écrire"
        );
        for code in [23, 24] {
            assert_eq!(
                told(Path::new("a"), Error::from_raw_os_error(code)),
                "erreur\u{a0}: `a` ne peut pas être ouvert\u{a0}: trop de fichiers sont ouverts à la fois\n  aide\u{a0}: fermez d’autres programmes, puis recommencez"
            );
        }
    }

    #[test]
    fn the_words_of_the_system_are_for_those_who_ask() {
        let failure = Failure::world(Path::new("a"), Error::other("EWHATEVER"));
        assert_eq!(
            failure.text(Tongue::English, Verbosity::Normal),
            "error: the system refuses to read or write `a`\n  help: start again with `--verbose`, which shows what the system says"
        );
        assert!(failure.text(Tongue::English, Verbosity::Verbose).ends_with("\n  (EWHATEVER)"));
    }

    #[test]
    fn an_output_folder_of_someone_else_is_usage_and_a_full_disk_is_the_world() {
        let status = |error| Failure::from(pipeline::Error::Output(error)).status();
        let path = || PathBuf::from("public");
        assert_eq!(status(output::Error::Foreign(path())), ExitCode::from(2));
        assert_eq!(status(output::Error::InTheWay(path())), ExitCode::from(2));
        let full = output::Error::Disk { path: path(), cause: ErrorKind::StorageFull.into() };
        assert_eq!(status(full), ExitCode::from(3));
    }
}
