//! The few words that a page's text holds beside the author's.

use crate::language::Tongue;
use crate::syntax::body::Alert;

/// The heading of an alert.
pub(super) fn alert(alert: Alert, tongue: Tongue) -> &'static str {
    match (alert, tongue) {
        (Alert::Note, Tongue::French) => "À noter",
        (Alert::Note, Tongue::English) => "Note",
        (Alert::Tip, Tongue::French) => "Conseil",
        (Alert::Tip, Tongue::English) => "Tip",
        (Alert::Important, _) => "Important",
        (Alert::Warning, Tongue::French) => "Attention",
        (Alert::Warning, Tongue::English) => "Warning",
        (Alert::Caution, Tongue::French) => "Prudence",
        (Alert::Caution, Tongue::English) => "Caution",
    }
}

/// The name of an alert in classes.
pub(super) fn alert_class(alert: Alert) -> &'static str {
    match alert {
        Alert::Note => "note",
        Alert::Tip => "tip",
        Alert::Important => "important",
        Alert::Warning => "warning",
        Alert::Caution => "caution",
    }
}

/// The name of a table without a caption.
pub(super) fn table(number: usize, tongue: Tongue) -> String {
    match tongue {
        Tongue::French => format!("Tableau {number}"),
        Tongue::English => format!("Table {number}"),
    }
}

/// What a task's box says.
pub(super) fn task(ticked: bool, tongue: Tongue) -> &'static str {
    match (ticked, tongue) {
        (true, Tongue::French) => "Fait",
        (true, Tongue::English) => "Done",
        (false, Tongue::French) => "À faire",
        (false, Tongue::English) => "To do",
    }
}

/// The name of the footnotes, in both languages.
pub(super) const NOTES: &str = "Notes";

/// Where a footnote's back link leads.
pub(super) fn back(number: usize, tongue: Tongue) -> String {
    match tongue {
        Tongue::French => format!("Retour à l’appel de la note {number}"),
        Tongue::English => format!("Back to the call of note {number}"),
    }
}

/// What a note's number stands after in plain text, in both languages.
pub(super) const NOTE: &str = "note";

/// What an image shows, in plain text.
pub(super) fn image(alternative: &str, tongue: Tongue) -> String {
    match tongue {
        Tongue::French => format!("[Image\u{a0}: {alternative}]"),
        Tongue::English => format!("[Image: {alternative}]"),
    }
}

/// The title of the frequent questions about a page.
pub(super) fn questions(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::French => "Questions fréquentes",
        Tongue::English => "Frequent questions",
    }
}

/// The title of the numbered references.
pub(super) fn references(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::French => "Références",
        Tongue::English => "References",
    }
}
