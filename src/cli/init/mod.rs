//! `init`: a small guide that builds without a warning, to be rewritten by its authors.

use std::path::Path;

use include_dir::{Dir, include_dir};

use super::Status;
use super::arguments::InitLanguage;
use super::console::Console;
use super::create::{NewFile, create};
use super::failure::Failure;
use super::numbers::counted;
use super::place::{here, quoted};
use crate::diagnostic::say;
use crate::language::Tongue;

static FRENCH: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/init/fr");
static ENGLISH: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/init/en");

/// Writes the small guide into `folder`.
pub(super) fn init(folder: &Path, lang: InitLanguage, console: &Console) -> Result<Status, Failure> {
    let target = here()?.join(folder);
    let shown = folder.display();
    if target.exists() && !target.is_dir() {
        return Err(Failure::usage(say!(
            "`{shown}` est un fichier, pas un dossier",
            "`{shown}` is a file, not a folder"
        ))
        .help(say!("choisissez un autre nom", "choose another name")));
    }
    let files = files(lang.tongue());
    create(&target, &files)?;
    let path = quoted(&shown.to_string());
    console.remark(&match console.tongue() {
        Tongue::French => format!(
            "{} dans {shown}\nPour en faire un site\u{a0}: allez dans ce dossier (`cd {path}`), puis lancez `boussole`.",
            counted(files.len(), Tongue::French, ["fichier écrit", "fichiers écrits"])
        ),
        Tongue::English => format!(
            "{} to {shown}\nTo make a site of it: go to that folder (`cd {path}`), then run `boussole`.",
            counted(files.len(), Tongue::English, ["file written", "files written"])
        ),
    });
    Ok(Status::Done)
}

/// The files of the small guide in `tongue`, in the order of their paths.
fn files(tongue: Tongue) -> Vec<NewFile<'static>> {
    let folder = match tongue {
        Tongue::French => &FRENCH,
        Tongue::English => &ENGLISH,
    };
    let mut files = Vec::new();
    collect(folder, &mut files);
    files.push((".gitignore", b"/public/\n"));
    files.sort_unstable();
    files
}

fn collect(folder: &'static Dir<'static>, files: &mut Vec<NewFile<'static>>) {
    files.extend(folder.files().filter_map(|file| Some((file.path().to_str()?, file.contents()))));
    folder.dirs().for_each(|folder| collect(folder, files));
}

#[cfg(test)]
mod tests {
    use super::files;
    use crate::language::Tongue;

    #[test]
    fn a_new_guide_has_its_configuration_a_readme_and_a_handful_of_pages() {
        for tongue in [Tongue::French, Tongue::English] {
            let files = files(tongue);
            let has = |wanted: &str| files.iter().any(|(path, _)| *path == wanted);
            assert!(has("guide.yaml") && has("README.md") && has("content/index.md"));
            let pages = files.iter().filter(|(path, _)| path.starts_with("content/")).count();
            assert!((8..=14).contains(&pages), "{pages} pages");
        }
    }
}
