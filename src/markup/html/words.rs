//! The few words that a body's HTML holds beside the author's.

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
