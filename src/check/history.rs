//! What git should know of the guide, and does not.

use super::Subject;
use crate::diagnostic::{Code, Diagnostic, Say, say};
use crate::guide::Page;
use crate::source::Gap;

/// Pages without a date of change, in a repository that would have it. Where all pages say when they were changed, or
/// there is no repository, git is not missed.
pub(super) fn no_history(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let history = subject.sources.history();
    let Some(gap) = history.gap() else { return };
    let pages = subject.guide.pages.as_slice().iter();
    let is_undated = |page: &&Page| {
        let mut paths = page.drafts().map(|draft| &subject.sources[draft.file].path);
        page.draft.front_matter.updated.is_none() && page.updated.is_none() && paths.any(|path| history.lacks(path))
    };
    let undated = pages.filter(is_undated).count();
    if undated > 0 {
        found.push(Diagnostic::of_the_guide(Code::NoHistory, message(gap, undated)).help(help(gap)));
    }
}

fn message(gap: &Gap, undated: usize) -> Say {
    let Say { french, english } = match undated {
        1 => say!("une page reste sans date de mise à jour", "one page is left without the date of its last change"),
        _ => say!(
            "{undated} pages restent sans date de mise à jour",
            "{undated} pages are left without the date of their last change"
        ),
    };
    match gap {
        Gap::NoGit => say!(
            "le guide est dans un dépôt git, et le programme `git` n’est pas installé\u{a0}: {french}",
            "the guide is in a git repository, and the program `git` is not installed: {english}"
        ),
        Gap::Distrusted => say!(
            "git refuse de lire l’historique du guide, qui appartient à un autre compte\u{a0}: {french}",
            "git refuses to read the history of the guide, which belongs to another account: {english}"
        ),
        Gap::Unreadable(words) => say!(
            "git ne peut pas lire l’historique du guide («\u{a0}{words}\u{a0}»)\u{a0}: {french}",
            "git cannot read the history of the guide (“{words}”): {english}"
        ),
        Gap::Silent => say!(
            "git ne répond pas quand on lui demande l’historique du guide\u{a0}: {french}",
            "git does not answer when it is asked for the history of the guide: {english}"
        ),
        Gap::Shallow => say!(
            "git n’a ici que la fin de l’historique du guide\u{a0}: {french}",
            "git has only the latest part of the history of the guide here: {english}"
        ),
    }
}

fn help(gap: &Gap) -> Say {
    match gap {
        Gap::NoGit => say!(
            "installez git, ou écrivez `mis-à-jour` en tête de vos pages",
            "install git, or write `updated` at the top of your pages"
        ),
        Gap::Distrusted => say!(
            "dites à git que vous faites confiance à ce dossier\u{a0}: `git config --global --add safe.directory DOSSIER`",
            "tell git that you trust this folder: `git config --global --add safe.directory FOLDER`"
        ),
        Gap::Unreadable(_) | Gap::Silent => say!(
            "lancez `git log` dans le dossier du guide\u{a0}: il dira ce qui ne va pas",
            "run `git log` in the folder of the guide: it will tell what is wrong"
        ),
        Gap::Shallow => say!(
            "demandez l’historique entier\u{a0}: `fetch-depth: 0` là où le site est publié, `git fetch --unshallow` sur un ordinateur",
            "ask for the whole history: `fetch-depth: 0` where the site is published, `git fetch --unshallow` on a computer"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::{help, message};
    use crate::source::Gap;

    #[test]
    fn every_gap_is_told_with_what_to_do() {
        for (gap, undated, told, aid) in [
            (
                Gap::NoGit,
                1,
                "le guide est dans un dépôt git, et le programme `git` n’est pas installé : une page reste sans date de mise à jour",
                "installez git, ou écrivez `mis-à-jour` en tête de vos pages",
            ),
            (
                Gap::Distrusted,
                2,
                "git refuse de lire l’historique du guide, qui appartient à un autre compte : 2 pages restent sans date de mise à jour",
                "dites à git que vous faites confiance à ce dossier : `git config --global --add safe.directory DOSSIER`",
            ),
            (
                Gap::Unreadable("fatal".to_owned()),
                2,
                "git ne peut pas lire l’historique du guide (« fatal ») : 2 pages restent sans date de mise à jour",
                "lancez `git log` dans le dossier du guide : il dira ce qui ne va pas",
            ),
            (
                Gap::Silent,
                1,
                "git ne répond pas quand on lui demande l’historique du guide : une page reste sans date de mise à jour",
                "lancez `git log` dans le dossier du guide : il dira ce qui ne va pas",
            ),
            (
                Gap::Shallow,
                2,
                "git n’a ici que la fin de l’historique du guide : 2 pages restent sans date de mise à jour",
                "demandez l’historique entier : `fetch-depth: 0` là où le site est publié, `git fetch --unshallow` sur un ordinateur",
            ),
        ] {
            let plain = |text: &str| text.replace('\u{a0}', " ");
            assert_eq!(
                (plain(&message(&gap, undated).french), plain(&help(&gap).french)),
                (told.to_owned(), aid.to_owned())
            );
        }
    }
}
