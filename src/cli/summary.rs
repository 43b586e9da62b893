//! What is said when all is done: how many pages, how long, what changed, and where to look.

use super::building::Ending;
use super::console::Verbosity;
use super::numbers::{counted, number, seconds};
use super::place::{Place, quoted_path};
use super::progress::{Timings, named};
use crate::diagnostic::Severity;
use crate::language::Tongue;
use crate::output::Written;
use crate::pipeline::{Built, Findings};

/// A run, as it is summed up.
#[derive(Debug)]
pub(super) struct Summary<'a> {
    /// What was found.
    pub(super) findings: &'a Findings,
    /// How long it took.
    pub(super) timings: Timings,
    /// How much is said.
    pub(super) verbosity: Verbosity,
}

impl Summary<'_> {
    /// After a build.
    pub(super) fn built(&self, written: Written) -> String {
        self.with_stages(&[self.pages("en", "in"), files(written, self.tongue()), counts(self.findings)])
    }

    /// After a build that the guide's faults forbade.
    pub(super) fn refused(&self) -> String {
        let nothing = match self.tongue() {
            Tongue::French => "rien n’a été écrit",
            Tongue::English => "nothing was written",
        };
        self.with_stages(&[self.pages("lues en", "read in"), counts(self.findings), nothing.to_owned()])
    }

    /// After a check.
    pub(super) fn checked(&self) -> String {
        self.with_stages(&[self.pages("vérifiées en", "checked in"), counts(self.findings)])
    }

    fn tongue(&self) -> Tongue {
        self.findings.tongue
    }

    fn pages(&self, french: &str, english: &str) -> String {
        let tongue = self.tongue();
        let verb = match tongue {
            Tongue::French if self.findings.pages < 2 => french.replace("es en", "e en"),
            Tongue::French => french.to_owned(),
            Tongue::English => english.to_owned(),
        };
        let pages = counted(self.findings.pages, tongue, ["page", "pages"]);
        format!("{pages} {verb} {}", seconds(self.timings.total, tongue))
    }

    fn with_stages(&self, parts: &[String]) -> String {
        let mut text = String::new();
        if self.verbosity == Verbosity::Verbose {
            for (stage, duration) in &self.timings.stages {
                let tongue = self.tongue();
                text.push_str(&format!("{:<24}{:>10}\n", named(*stage, tongue), seconds(*duration, tongue)));
            }
        }
        text.push_str(&parts.join(" · "));
        if self.findings.pages == 0 {
            text.push_str(match self.tongue() {
                Tongue::French => {
                    "\nCe guide n’a encore aucune page\u{a0}: écrivez la première dans `content/index.md`."
                }
                Tongue::English => "\nThis guide has no page yet: write the first in `content/index.md`.",
            });
        }
        text
    }
}

/// How many faults of each weight there are.
pub(super) fn counts(findings: &Findings) -> String {
    let tongue = findings.tongue;
    let count = |severity| findings.found.iter().filter(|finding| finding.severity == severity).count();
    let [error, warning] = match tongue {
        Tongue::French => [["erreur", "erreurs"], ["avertissement", "avertissements"]],
        Tongue::English => [["error", "errors"], ["warning", "warnings"]],
    };
    let mut counts =
        vec![counted(count(Severity::Error), tongue, error), counted(count(Severity::Warning), tongue, warning)];
    let notes = count(Severity::Note);
    if notes > 0 {
        counts.push(counted(notes, tongue, ["note", "notes"]));
    }
    counts.join(", ")
}

/// What happened to the files of the output, without what did not happen.
fn files(written: Written, tongue: Tongue) -> String {
    let forms = match tongue {
        Tongue::French => {
            [["créé", "créés"], ["modifié", "modifiés"], ["inchangé", "inchangés"], ["supprimé", "supprimés"]]
        }
        Tongue::English => [["created"; 2], ["changed"; 2], ["unchanged"; 2], ["removed"; 2]],
    };
    let counts = [written.created, written.changed, written.unchanged, written.removed];
    let mut said = counts.into_iter().zip(forms).filter(|(count, _)| *count > 0);
    let Some((count, [one, many])) = said.next() else {
        return counted(
            0,
            tongue,
            match tongue {
                Tongue::French => ["fichier", "fichiers"],
                Tongue::English => ["file", "files"],
            },
        );
    };
    let first = counted(
        count,
        tongue,
        match tongue {
            Tongue::French => ["fichier", "fichiers"],
            Tongue::English => ["file", "files"],
        },
    );
    let mut text = format!("{first} {}", if count == 1 { one } else { many });
    for (count, [one, many]) in said {
        text.push_str(&format!(", {} {}", number(count, tongue), if count == 1 { one } else { many }));
    }
    text
}

/// Where the site is, and what lets one see it on this machine.
#[derive(Debug)]
pub(super) struct Directions<'a> {
    /// The output folder as it is named from the current one.
    folder: String,
    /// Where the site will be once published.
    address: Option<&'a str>,
    /// What shows the guide from here; `None` where this program cannot.
    serve: Option<String>,
}

impl<'a> Directions<'a> {
    /// To the site that was built.
    pub(super) fn to(built: &'a Built, place: &Place) -> Directions<'a> {
        Directions {
            folder: place.shown_outside(&built.folder),
            address: built.address.as_deref(),
            serve: serve(place),
        }
    }

    /// The directions as text. Pages lead to each other from the root of the site, so they need a server to be seen.
    pub(super) fn text(&self, ending: Ending, tongue: Tongue) -> String {
        let mut text = format!("→ {}{}", self.folder, std::path::MAIN_SEPARATOR);
        if ending == Ending::Short {
            return text;
        }
        for line in [self.locally(tongue)].into_iter().chain(self.once_published(tongue)) {
            text.push_str(&format!("\n  {line}"));
        }
        text
    }

    fn locally(&self, tongue: Tongue) -> String {
        match (&self.serve, tongue) {
            (Some(serve), Tongue::French) => {
                format!("Pour le voir, et le voir changer pendant que vous écrivez\u{a0}: {serve}")
            }
            (Some(serve), Tongue::English) => format!("To see it, and see it change while you write: {serve}"),
            (None, Tongue::French) => {
                "Pour le voir\u{a0}: déposez le contenu de ce dossier chez un hébergeur.".to_owned()
            }
            (None, Tongue::English) => "To see it: put what is in this folder on a web host.".to_owned(),
        }
    }

    fn once_published(&self, tongue: Tongue) -> Option<String> {
        let address = self.address?;
        Some(match tongue {
            Tongue::French => format!("Une fois publié\u{a0}: {address}"),
            Tongue::English => format!("Once published: {address}"),
        })
    }
}

/// The command that shows the guide in `place` from the current folder.
fn serve(place: &Place) -> Option<String> {
    let root = match place.is_inside() {
        true => String::new(),
        false => format!(" --root {}", quoted_path(&place.shown_outside(place.root()))),
    };
    cfg!(feature = "serve").then(|| format!("boussole serve --open{root}"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Directions, Summary, files};
    use crate::cli::building::Ending;
    use crate::cli::console::Verbosity;
    use crate::cli::place::Place;
    use crate::cli::progress::Timings;
    use crate::diagnostic::{Code, Diagnostic, Severity, say};
    use crate::language::Tongue;
    use crate::output::Written;
    use crate::pipeline::{Finding, Findings, Stage};
    use crate::source::Sources;

    fn findings(tongue: Tongue, severities: &[Severity]) -> Findings {
        let diagnostic = Diagnostic::of_the_guide(Code::NoBaseUrl, say!("fr", "en"));
        let found = severities.iter().map(|&severity| Finding { severity, diagnostic: diagnostic.clone() }).collect();
        Findings { sources: Sources::default().into(), tongue, found, pages: 42, fatal: false }
    }

    fn summary(findings: &Findings, verbosity: Verbosity) -> Summary<'_> {
        let millis = Duration::from_millis;
        let stages = vec![(Stage::Load, millis(20)), (Stage::Write, millis(100))];
        Summary { findings, timings: Timings { stages, total: millis(120) }, verbosity }
    }

    /// The text with its no-break spaces made plain.
    fn plain(text: &str) -> String {
        text.replace('\u{a0}', " ")
    }

    #[test]
    fn a_build_is_summed_up_on_one_line() {
        let written = Written { created: 3, changed: 1, unchanged: 38, removed: 0 };
        let french = findings(Tongue::French, &[Severity::Warning, Severity::Warning]);
        assert_eq!(
            plain(&summary(&french, Verbosity::Normal).built(written)),
            "42 pages en 0,12 s · 3 fichiers créés, 1 modifié, 38 inchangés · 0 erreur, 2 avertissements"
        );
        let english = findings(Tongue::English, &[Severity::Note]);
        assert_eq!(
            plain(&summary(&english, Verbosity::Normal).built(written)),
            "42 pages in 0.12 s · 3 files created, 1 changed, 38 unchanged · 0 errors, 0 warnings, 1 note"
        );
    }

    #[test]
    fn a_check_and_a_refusal_say_so() {
        let mut findings = findings(Tongue::French, &[Severity::Error]);
        let told = |findings: &Findings| {
            let summary = summary(findings, Verbosity::Normal);
            [plain(&summary.checked()), plain(&summary.refused())]
        };
        assert_eq!(
            told(&findings),
            [
                "42 pages vérifiées en 0,12 s · 1 erreur, 0 avertissement",
                "42 pages lues en 0,12 s · 1 erreur, 0 avertissement · rien n’a été écrit",
            ]
        );
        findings.pages = 1;
        assert_eq!(told(&findings)[0], "1 page vérifiée en 0,12 s · 1 erreur, 0 avertissement");
    }

    #[test]
    fn a_guide_without_a_page_says_how_to_begin() {
        let mut findings = findings(Tongue::French, &[]);
        findings.pages = 0;
        assert_eq!(
            plain(&summary(&findings, Verbosity::Normal).checked()),
            "0 page vérifiée en 0,12 s · 0 erreur, 0 avertissement\n\
             Ce guide n’a encore aucune page : écrivez la première dans `content/index.md`."
        );
    }

    #[test]
    fn the_stages_are_for_those_who_ask() {
        let findings = findings(Tongue::French, &[]);
        assert_eq!(
            plain(&summary(&findings, Verbosity::Verbose).checked()),
            "Lecture des fichiers        0,02 s\n\
             Écriture du site            0,10 s\n\
             42 pages vérifiées en 0,12 s · 0 erreur, 0 avertissement"
        );
    }

    #[test]
    fn only_what_happened_to_files_is_said() {
        let told = |created, changed, unchanged, removed| {
            plain(&files(Written { created, changed, unchanged, removed }, Tongue::French))
        };
        assert_eq!(told(0, 0, 58, 0), "58 fichiers inchangés");
        assert_eq!(told(0, 1, 57, 2), "1 fichier modifié, 57 inchangés, 2 supprimés");
        assert_eq!(told(0, 0, 0, 0), "0 fichier");
    }

    #[test]
    fn directions_lead_to_what_shows_the_guide() {
        let told = |here: &str| {
            let serve = super::serve(&Place::new(here.into(), "/a/mon guide".into()));
            let directions = Directions { folder: "public".into(), address: Some("https://exemple.org/"), serve };
            directions.text(Ending::WithDirections, Tongue::English)
        };
        assert_eq!(
            told("/a/mon guide/content"),
            "→ public/\n  To see it, and see it change while you write: boussole serve --open\n  \
             Once published: https://exemple.org/"
        );
        assert!(told("/a").contains(" boussole serve --open --root 'mon guide'\n"), "{}", told("/a"));
        let without = Directions { folder: "public".into(), address: None, serve: None };
        assert_eq!(
            without.text(Ending::WithDirections, Tongue::English),
            "→ public/\n  To see it: put what is in this folder on a web host."
        );
    }

    #[test]
    fn a_build_that_was_named_says_only_where_the_site_is() {
        let directions = Directions { folder: "mon site".into(), address: None, serve: None };
        assert_eq!(directions.text(Ending::Short, Tongue::French), "→ mon site/");
    }
}
