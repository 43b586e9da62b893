//! `checks:`, the severities that a guide chooses.

use super::Checks;
use crate::diagnostic::{CODES, Code, Severity, say};
use crate::name::{fold, nearest};
use crate::yaml::{Entry, Map, Named, Read, correct_or_remove, repeated, unknown};

/// What a check may be given.
pub(crate) const SEVERITIES: &[(&str, Option<Severity>)] = &[
    (Severity::Error.name(), Some(Severity::Error)),
    (Severity::Warning.name(), Some(Severity::Warning)),
    (Severity::Note.name(), Some(Severity::Note)),
    ("off", None),
];

/// What `checks:` says.
pub(super) fn read(map: &mut Map<'_>) -> Checks {
    let mut checks = Checks::default();
    let Some(entries) = map.read("checks", Named::entries) else { return checks };
    map.faults(repeated(entries));
    for entry in entries {
        if let Some((code, severity)) = map.keep(check(entry)).flatten() {
            checks.chosen.entry(code).or_insert(severity);
        }
    }
    checks
}

fn check<'a>(entry: &'a Entry<'a>) -> Read<Option<(Code, Option<Severity>)>> {
    let name = entry.key.as_text().unwrap_or_default();
    let folded = fold(name);
    let Some(code) = CODES.iter().copied().find(|code| fold(code.name()) == folded) else {
        let near = nearest(name, CODES.iter().map(|code| code.name()));
        return Err(Box::new(unknown(&entry.key).help(correct_or_remove()).nearest(near)));
    };
    if entry.value.is_absent() {
        return Ok(None);
    }
    let named = Named { key: name, node: &entry.value };
    let severity = named.one_of(SEVERITIES)?;
    if !code.adjustable() && severity != Some(code.severity()) {
        let name = code.name();
        let fault = named.fault(say!("`{name}` est toujours une erreur", "`{name}` is always an error"));
        return Err(Box::new(fault.help(say!("enlevez `{name}` de `checks`", "remove `{name}` from `checks`"))));
    }
    if code.passes_with_time() && severity.is_some_and(|severity| severity < Severity::Note) {
        let name = code.name();
        let fault = named.fault(say!(
            "`{name}` reste une note\u{a0}: le temps qui passe n’arrête pas un guide",
            "`{name}` stays a note: the passing of time stops no guide"
        ));
        return Err(Box::new(fault.help(say!("écrivez `note` ou `off`", "write `note` or `off`"))));
    }
    Ok(Some((code, severity)))
}
