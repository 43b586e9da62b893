//! How names are compared: without case, accents, hyphens and spaces.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The form of `name` under which it is looked up.
///
/// Letters and digits stay, folded to lower case and without their accents; ligatures are spelled out;
/// hyphens, underscores and white space go; the typographic apostrophe is the plain one.
pub(crate) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    if name.is_ascii() {
        let kept = name.chars().filter(|c| !matches!(c, '-' | '_') && !c.is_whitespace());
        folded.extend(kept.map(|c| c.to_ascii_lowercase()));
        return folded;
    }
    for c in name.nfkd().filter(|&c| !is_combining_mark(c)).flat_map(char::to_lowercase) {
        match c {
            'œ' => folded.push_str("oe"),
            'æ' => folded.push_str("ae"),
            'ß' => folded.push_str("ss"),
            '’' | 'ʼ' => folded.push('\''),
            '-' | '_' | '\u{2010}'..='\u{2015}' => {}
            c if c.is_whitespace() => {}
            c => folded.push(c),
        }
    }
    folded
}

/// The candidate nearest to `name`, where one is near enough to be a slip of the pen.
pub(crate) fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = fold(name);
    let room = room(wanted.chars().count());
    let slips = |candidate: &str| {
        let folded = fold(candidate);
        let slips = || strsim::osa_distance(&wanted, &folded);
        (wanted.chars().count().abs_diff(folded.chars().count()) <= room).then(slips).filter(|slips| *slips <= room)
    };
    let near = candidates.into_iter().filter_map(|candidate| Some((slips(candidate)?, candidate)));
    near.min().map(|(_, candidate)| candidate)
}

/// How many slips of the pen a name of `length` characters may have and still be recognised: none in one or two.
pub(crate) fn room(length: usize) -> usize {
    (length + 1) / 4
}

#[cfg(test)]
mod tests {
    use super::{fold, nearest};

    #[test]
    fn names_are_compared_without_case_accents_hyphens_and_spaces() {
        for (one, other) in [
            ("Plus-value", "plus value"),
            ("Communauté de Pratique", "communaute-de-pratique"),
            ("L’équipe", "l'equipe"),
            ("Œuvre", "oeuvre"),
            ("ÉTÉ_2026", "ete-2026"),
            ("PLAN B", "plan\u{a0}b"),
        ] {
            assert_eq!(fold(one), fold(other));
        }
        assert_ne!(fold("rôle"), fold("rôles"));
    }

    #[test]
    fn the_nearest_name_is_a_slip_away_or_there_is_none() {
        let names = ["titre", "genre", "résumé"];
        assert_eq!(nearest("tittre", names), Some("titre"));
        assert_eq!(nearest("resume", names), Some("résumé"));
        assert_eq!(nearest("coplanification", names), None);
        for (name, other) in [("layout", "about"), ("no", "on"), ("a", "b"), ("type", "titre"), ("weight", "right")] {
            assert_eq!(nearest(name, [other]), None, "{name}");
        }
        for (name, meant) in [("lst", "list"), ("layuot", "layout"), ("cordinnateur", "coordinateur")] {
            assert_eq!(nearest(name, [meant]), Some(meant));
        }
    }
}
