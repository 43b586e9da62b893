//! `theme eject`: the built-in theme's files, for those who want to change them.

use super::Status;
use super::console::Console;
use super::create::{NewFile, create};
use super::failure::Failure;
use super::numbers::counted;
use super::place::Place;
use crate::language::Tongue;
use crate::path::GuidePath;
use crate::theme;

/// Copies the built-in theme into the guide.
pub(super) fn eject(place: &Place, console: &Console) -> Result<Status, Failure> {
    let files: Vec<(String, &[u8])> =
        theme::embedded().map(|(name, bytes)| (format!("{FOLDER}/{name}"), bytes)).collect();
    let files: Vec<NewFile<'_>> = files.iter().map(|(path, bytes)| (path.as_str(), *bytes)).collect();
    create(place.root(), &files)?;
    let folder = GuidePath::new(FOLDER).map_or_else(String::new, |folder| place.shown(&folder));
    console.remark(&match console.tongue() {
        Tongue::French => format!(
            "{} dans {folder}/\nGardez ceux que vous changez et supprimez les autres\u{a0}: le thème intégré les remplace.",
            counted(files.len(), Tongue::French, ["fichier copié", "fichiers copiés"])
        ),
        Tongue::English => format!(
            "{} to {folder}/\nKeep those that you change and remove the others: the built-in theme stands in for them.",
            counted(files.len(), Tongue::English, ["file copied", "files copied"])
        ),
    });
    Ok(Status::Done)
}

/// Where a guide's own version of the theme is.
const FOLDER: &str = "themes/boussole";
