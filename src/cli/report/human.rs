//! Findings for people: where, what, the line of source, and what to do.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Patch, Renderer, Snippet, normalize_untrusted_str};

use rustc_hash::FxHashMap;

use super::places::{Excerpt, Places};
use crate::cli::console::Colours;
use crate::cli::numbers::number;
use crate::cli::place::Place;
use crate::diagnostic::{Diagnostic, Severity};
use crate::language::Tongue;
use crate::pipeline::{Finding, Findings};
use crate::source::Span;

/// Writes all findings; files are named from the current folder.
pub(super) fn write(findings: &Findings, place: &Place, colours: Colours, out: &mut dyn Write) -> io::Result<()> {
    let renderer = match colours {
        Colours::Plain => Renderer::plain(),
        Colours::Coloured => Renderer::styled(),
    };
    let repeats = Repeats::of(findings);
    let mut told = Told { findings, place, places: Places::new(&findings.sources), cut: Vec::new() };
    for (at, finding) in findings.found.iter().enumerate() {
        let others = match repeats.of_first(at) {
            Some(others) => others,
            None => continue,
        };
        let report = told.report(finding, &renderer);
        let report = told.cut.drain(..).fold(report, |report, (wrong, right)| report.replacen(&wrong, &right, 1));
        writeln!(out, "{report}\n")?;
        if !others.is_empty() {
            writeln!(out, "{}\n", told.elsewhere(others))?;
        }
    }
    Ok(())
}

/// As many findings that say the same are each shown whole.
const FEW: usize = 3;

/// As many places are named of those that are not.
const PLACES: usize = 40;

/// Findings that say the same at many places: forty links to a page that was renamed are one thing to tell.
struct Repeats {
    /// For each finding the others that it stands for; `None` where another stands for it.
    others: Vec<Option<Vec<usize>>>,
}

impl Repeats {
    fn of(findings: &Findings) -> Repeats {
        let mut groups: FxHashMap<_, Vec<usize>> = FxHashMap::default();
        let said = |finding: &Finding| {
            let Diagnostic { code, message, help, .. } = &finding.diagnostic;
            (*code, message.french.clone(), help.as_ref().map(|help| help.french.clone()))
        };
        for (at, finding) in findings.found.iter().enumerate() {
            groups.entry(said(finding)).or_default().push(at);
        }
        let mut others = vec![Some(Vec::new()); findings.found.len()];
        for finding in &findings.found {
            let group = groups.remove(&said(finding)).filter(|group| group.len() > FEW).unwrap_or_default();
            for &at in group.iter().skip(1) {
                others[at] = None;
            }
            if let Some(&first) = group.first() {
                others[first] = Some(group[1..].to_vec());
            }
        }
        Repeats { others }
    }

    /// The findings that the one at `at` stands for; `None` where it is not shown itself.
    fn of_first(&self, at: usize) -> Option<&[usize]> {
        self.others[at].as_deref()
    }
}

/// What reports are made of.
struct Told<'a> {
    findings: &'a Findings,
    place: &'a Place,
    places: Places<'a>,
    /// For places in lines that are cut: as the renderer, which sees only what is left, would name them; and as they are.
    cut: Vec<(String, String)>,
}

/// What stands under a place.
struct Mark<'a> {
    kind: AnnotationKind,
    label: Option<&'a str>,
}

impl<'a> Told<'a> {
    fn report(&mut self, finding: &'a Finding, renderer: &Renderer) -> String {
        let groups = self.groups(finding);
        if finding.diagnostic.span.is_some_and(|span| self.excerpt(span).is_some()) {
            return renderer.render(&groups);
        }
        // Rendered together they would be tied by the margin of a line of source that is not there.
        let parts: Vec<String> = groups.into_iter().map(|group| renderer.render(&[group])).collect();
        parts.join("\n")
    }

    fn groups(&mut self, finding: &'a Finding) -> Vec<Group<'a>> {
        let (diagnostic, tongue) = (&finding.diagnostic, self.findings.tongue);
        let title = level(finding.severity, tongue).primary_title(diagnostic.message.tell(tongue));
        let mut fault = Group::with_title(title.id(diagnostic.code.name()));
        if let Some(span) = diagnostic.span {
            let label = diagnostic.label.as_ref().map(|label| label.tell(tongue));
            fault = self.shown(fault, span, &Mark { kind: AnnotationKind::Primary, label });
        }
        let mut apart = Vec::new();
        for (span, label) in &diagnostic.related {
            let label = label.tell(tongue);
            match self.excerpt(*span) {
                Some(_) => {
                    fault = self.shown(fault, *span, &Mark { kind: AnnotationKind::Context, label: Some(label) });
                }
                None => {
                    let title = Level::NOTE.secondary_title(normalize_untrusted_str(label));
                    apart.push(Group::with_title(title).element(self.origin(*span)));
                }
            }
        }
        let groups = self.with_help(fault, diagnostic);
        let mut groups = groups.into_iter();
        groups.next().into_iter().chain(apart).chain(groups).collect()
    }

    /// The group of a fault, with what to do about it.
    fn with_help(&mut self, fault: Group<'a>, diagnostic: &'a Diagnostic) -> Vec<Group<'a>> {
        let tongue = self.findings.tongue;
        let Some(help) = &diagnostic.help else { return vec![fault] };
        let help = normalize_untrusted_str(help.tell(tongue));
        match self.patched(diagnostic) {
            Some(patched) => vec![fault, Group::with_title(aid(tongue).secondary_title(help)).element(patched)],
            None if diagnostic.span.is_some_and(|span| self.excerpt(span).is_some()) => {
                vec![fault.element(aid(tongue).message(help))]
            }
            None => vec![fault, Group::with_title(aid(tongue).secondary_title(help))],
        }
    }

    /// `group` with a place and its line.
    fn shown(&mut self, group: Group<'a>, span: Span, mark: &Mark<'_>) -> Group<'a> {
        let Some(excerpt) = self.excerpt(span) else { return group.element(self.origin(span)) };
        let path = self.path(span);
        let (start, _) = self.places.locate(span);
        let column = excerpt.text[..excerpt.marked.start].chars().count() + 1;
        if column != start.column {
            let named = |column| format!("{path}:{}:{column}", start.line);
            self.cut.push((named(column), named(start.column)));
        }
        let annotation = mark.kind.span(excerpt.marked).label(mark.label.map(normalize_untrusted_str));
        group.element(Snippet::source(excerpt.text).path(path).line_start(excerpt.line).annotation(annotation))
    }

    /// The other places at which the same is to be said.
    fn elsewhere(&mut self, others: &[usize]) -> String {
        let (findings, tongue) = (self.findings, self.findings.tongue);
        let count = number(others.len(), tongue);
        let mut text = match tongue {
            Tongue::French => format!("  Le même message vaut pour {count} autres endroits\u{a0}:"),
            Tongue::English => format!("  The same goes for {count} other places:"),
        };
        for span in others.iter().take(PLACES).filter_map(|&at| findings.found[at].diagnostic.span) {
            let (start, _) = self.places.locate(span);
            text.push_str(&format!("\n    {}:{}:{}", self.path(span), start.line, start.column));
        }
        if others.len() > PLACES {
            let count = number(others.len() - PLACES, tongue);
            text.push_str(&match tongue {
                Tongue::French => format!("\n    … et {count} de plus"),
                Tongue::English => format!("\n    … and {count} more"),
            });
        }
        text
    }

    /// The place alone.
    fn origin(&mut self, span: Span) -> Origin<'a> {
        let (start, _) = self.places.locate(span);
        Origin::path(self.path(span)).line(start.line).char_column(start.column)
    }

    /// The file of a place, from the current folder.
    fn path(&self, span: Span) -> String {
        normalize_untrusted_str(&self.place.shown(&self.findings.sources[span.file].path))
    }

    /// The line to show for a place; none for a file as a whole, in which no line is wrong.
    fn excerpt(&mut self, span: Span) -> Option<Excerpt> {
        if span == Span::whole(span.file) { None } else { self.places.excerpt(span) }
    }

    /// The line as it should be, where all of the change is in the line that is shown.
    fn patched(&mut self, diagnostic: &'a Diagnostic) -> Option<Snippet<'a, Patch<'a>>> {
        let patch = diagnostic.patch.as_ref()?;
        let same_file = diagnostic.span.is_some_and(|span| span.file == patch.span.file);
        let excerpt = self.places.excerpt(patch.span).filter(|_| same_file)?;
        if excerpt.marked.len() != patch.span.range().len() {
            return None;
        }
        let path = self.path(patch.span);
        let change = Patch::new(excerpt.marked, patch.text.as_str());
        Some(Snippet::source(excerpt.text).path(path).line_start(excerpt.line).patch(change))
    }
}

fn level(severity: Severity, tongue: Tongue) -> Level<'static> {
    match (severity, tongue) {
        (Severity::Error, Tongue::French) => Level::ERROR.with_name("erreur"),
        (Severity::Warning, Tongue::French) => Level::WARNING.with_name("avertissement"),
        (Severity::Error, Tongue::English) => Level::ERROR,
        (Severity::Warning, Tongue::English) => Level::WARNING,
        (Severity::Note, _) => Level::NOTE,
    }
}

fn aid(tongue: Tongue) -> Level<'static> {
    match tongue {
        Tongue::French => Level::HELP.with_name("aide\u{a0}"),
        Tongue::English => Level::HELP,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{file, findings, sources, span};
    use super::write;
    use crate::cli::console::Colours;
    use crate::cli::place::Place;
    use crate::diagnostic::{Code, Diagnostic, say};
    use crate::language::Tongue;
    use crate::pipeline::Findings;
    use crate::source::Span;

    fn told(findings: &Findings, colours: Colours) -> String {
        let mut out = Vec::new();
        write(findings, &Place::new("/guide".into(), "/guide".into()), colours, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_fault_shows_its_place_its_line_and_the_line_as_it_should_be() {
        let sources = sources(&[("a.md", "# Été\n\nVoir [l'accueil](acueil.md)\tet 🧭.\n")]);
        let link = span(&sources, "a.md", "acueil.md");
        let dead = Diagnostic::new(Code::DeadLink, link, say!("pas de page", "no page"))
            .label(say!("rien ici", "nothing here"))
            .help(say!("écrivez `accueil.md`", "write `accueil.md`"))
            .patch(link, "accueil.md".to_owned());
        assert_eq!(
            told(&findings(sources, vec![dead]), Colours::Plain),
            "\
erreur[dead-link]: pas de page
 --> content/a.md:3:18
  |
3 | Voir [l'accueil](acueil.md)    et 🧭.
  |                  ^^^^^^^^^ rien ici
  |
aide\u{a0}: écrivez `accueil.md`
  |
3 | Voir [l'accueil](accueil.md)    et 🧭.
  |                    +

"
        );
    }

    #[test]
    fn other_places_are_shown_too_and_the_words_are_those_of_the_guide() {
        let sources = sources(&[("a.md", "🧭 [là](x.md).\n"), ("b.md", "# B\n")]);
        let heading = span(&sources, "b.md", "B");
        let dead = Diagnostic::new(Code::DeadLink, span(&sources, "a.md", "x.md"), say!("pas de page", "no page"))
            .related(heading, say!("peut-être ici", "perhaps here"))
            .help(say!("écrivez-la", "write it"));
        let skipped = Diagnostic::new(Code::SkippedHeading, heading, say!("trop bas", "too low"));
        let base = Diagnostic::of_the_guide(Code::NoBaseUrl, say!("pas d’adresse", "no address"));
        let mut findings = findings(sources, vec![base, dead, skipped]);
        findings.tongue = Tongue::English;
        assert_eq!(
            told(&findings, Colours::Plain),
            "\
note[no-base-url]: no address

error[dead-link]: no page
 --> content/a.md:1:8
  |
1 | 🧭 [là](x.md).
  |         ^^^^
  |
 ::: content/b.md:1:3
  |
1 | # B
  |   - perhaps here
  |
  = help: write it

warning[skipped-heading]: too low
 --> content/b.md:1:3
  |
1 | # B
  |   ^

"
        );
    }

    #[test]
    fn what_is_wrong_alike_at_many_places_is_told_once() {
        let dead = |count: usize| {
            let text = "[là](x.md)\n".repeat(count);
            let sources = sources(&[("a.md", &text)]);
            let file = file(&sources, "a.md");
            let places = text.match_indices("x.md").map(|(at, word)| Span::new(file, at..at + word.len()));
            let fault = |span| Diagnostic::new(Code::DeadLink, span, say!("pas de page", "no page"));
            told(&findings(sources.clone(), places.map(fault).collect()), Colours::Plain)
        };
        assert_eq!(dead(3).matches("pas de page").count(), 3);
        assert_eq!(
            dead(4),
            "\
erreur[dead-link]: pas de page
 --> content/a.md:1:6
  |
1 | [là](x.md)
  |      ^^^^

  Le même message vaut pour 3 autres endroits\u{a0}:
    content/a.md:2:6
    content/a.md:3:6
    content/a.md:4:6

"
        );
        let many = dead(1042);
        assert_eq!(many.lines().count(), 6 + 1 + 40 + 2, "{many}");
        assert!(many.ends_with("    content/a.md:41:6\n    … et 1001 de plus\n\n"), "{many}");
    }

    #[test]
    fn a_place_in_a_long_line_keeps_its_column() {
        let text = "é".repeat(10_000) + "faute" + &"à".repeat(10_000);
        let sources = sources(&[("a.md", &text)]);
        let dead = Diagnostic::new(Code::DeadLink, span(&sources, "a.md", "faute"), say!("pas de page", "no page"));
        let told = told(&findings(sources, vec![dead]), Colours::Plain);
        assert_eq!(told.lines().nth(1), Some(" --> content/a.md:1:10001"));
        assert!(told.contains("éfauteà") && told.len() < 1000, "{told}");
    }

    #[test]
    fn a_file_without_text_has_a_place_all_the_same() {
        let sources = sources(&[("vide.md", "")]);
        let whole = Span::whole(file(&sources, "vide.md"));
        let title =
            Diagnostic::new(Code::MissingTitle, whole, say!("pas de titre", "no title")).patch(whole, "a".into());
        assert_eq!(
            told(&findings(sources, vec![title]), Colours::Plain),
            "erreur[missing-title]: pas de titre\n--> content/vide.md:1:1\n\n"
        );
    }

    #[test]
    fn a_fault_of_a_whole_file_or_of_the_guide_draws_no_line() {
        let sources = sources(&[("A.md", "# A\n"), ("a.md", "# A\n")]);
        let whole = |name| Span::whole(file(&sources, name));
        let same = Diagnostic::new(Code::SameName, whole("a.md"), say!("noms pareils", "same"))
            .related(whole("A.md"), say!("l’autre", "the other"))
            .help(say!("renommez", "rename"));
        let base =
            Diagnostic::of_the_guide(Code::NoBaseUrl, say!("pas d’adresse", "none")).help(say!("écrivez", "write"));
        assert_eq!(
            told(&findings(sources, vec![base, same]), Colours::Plain),
            "\
note[no-base-url]: pas d’adresse
aide\u{a0}: écrivez

avertissement[same-name]: noms pareils
--> content/a.md:1:1
note: l’autre
--> content/A.md:1:1
aide\u{a0}: renommez

"
        );
    }

    #[test]
    fn nothing_that_a_guide_says_commands_the_terminal() {
        let sources = sources(&[("a\u{1b}[31m.md", "x\u{1b}[31my\n")]);
        let name = span(&sources, "a\u{1b}[31m.md", "y");
        let dead = Diagnostic::new(Code::DeadLink, name, say!("\u{1b}[31m", "\u{1b}[31m"))
            .label(say!("\u{1b}[31m", "\u{1b}[31m"))
            .help(say!("\u{1b}[31m", "\u{1b}[31m"))
            .related(name, say!("\u{1b}[31m", "\u{1b}[31m"))
            .patch(name, "\u{1b}[31m".to_owned());
        let findings = findings(sources, vec![dead]);
        assert!(!told(&findings, Colours::Plain).contains('\u{1b}'), "{:?}", told(&findings, Colours::Plain));
        assert!(told(&findings, Colours::Coloured).contains("\u{1b}["));
    }

    #[test]
    fn an_end_of_file_and_a_change_over_several_lines_can_be_shown() {
        let sources = sources(&[("a.md", "un\ndeux\n")]);
        let id = file(&sources, "a.md");
        let at = |range| Diagnostic::new(Code::DeadLink, Span::new(id, range), say!("m", "m")).help(say!("h", "h"));
        let diagnostics =
            vec![at(8..8).patch(Span::new(id, 8..8), "a\nb\n".into()), at(1..6).patch(Span::new(id, 1..6), "".into())];
        let told = told(&findings(sources, diagnostics), Colours::Plain);
        let places: Vec<&str> = told.lines().filter(|line| line.contains("-->")).collect();
        assert_eq!(places, [" --> content/a.md:3:1", " --> content/a.md:1:2"]);
    }
}
