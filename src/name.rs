//! How names are compared: without case, accents, hyphens and spaces.

use std::cmp::Reverse;

use rustc_hash::FxHashMap;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// The form of `name` under which it is looked up.
///
/// Letters and digits stay, folded to lower case and without their accents; ligatures are spelled out;
/// hyphens, underscores and white space go; the typographic apostrophe is the plain one.
pub(crate) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars() {
        match c {
            '-' | '_' | '\u{2010}'..='\u{2015}' => {}
            c if c.is_whitespace() => {}
            c if c.is_ascii() => folded.push(c.to_ascii_lowercase()),
            c => fold_letter(c, &mut folded),
        }
    }
    folded
}

/// Adds the form of one character, which is not ASCII.
fn fold_letter(letter: char, folded: &mut String) {
    decompose_compatible(letter, |part| {
        if is_combining_mark(part) {
            return;
        }
        for c in part.to_lowercase() {
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
    });
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

/// Names among which the nearest to a misspelled one is looked for again and again: what that costs is next to nothing for
/// each name that has other letters.
#[derive(Debug, Default)]
pub(crate) struct Nearby {
    /// By the length of their folded form.
    by_length: FxHashMap<usize, Vec<Known>>,
}

#[derive(Debug)]
struct Known {
    letters: Letters,
    folded: String,
    /// What is answered.
    told: String,
}

/// How many names are compared closely: those that begin and end most like the misspelled one.
const COMPARED: usize = 48;

impl Nearby {
    /// Names, each with what is to be answered where it is the nearest.
    pub(crate) fn of<'a>(names: impl IntoIterator<Item = (&'a str, &'a str)>) -> Nearby {
        let mut nearby = Nearby::default();
        names.into_iter().for_each(|(name, told)| nearby.add(name, told));
        nearby
    }

    pub(crate) fn add(&mut self, name: &str, told: &str) {
        let folded = fold(name);
        let known = Known { letters: Letters::of(&folded), told: told.to_owned(), folded };
        self.by_length.entry(known.folded.chars().count()).or_default().push(known);
    }

    /// The one nearest to `written`, where one is near enough to be a slip of the pen.
    pub(crate) fn to(&self, written: &str) -> Option<&str> {
        let wanted = fold(written);
        let room = room(wanted.chars().count());
        let compared = self.compared(&wanted, room).into_iter();
        let slips = compared.map(|known| (strsim::osa_distance(&wanted, &known.folded), &known.told));
        slips.filter(|(slips, _)| *slips <= room).min().map(|(_, told)| told.as_str())
    }

    /// The names that are compared closely with one that is `wanted`, folded.
    fn compared(&self, wanted: &str, room: usize) -> Vec<&Known> {
        let (letters, length) = (Letters::of(wanted), wanted.chars().count());
        let alike = (length.saturating_sub(room)..=length + room).filter_map(|length| self.by_length.get(&length));
        let near = alike.flatten().filter(|known| letters.fewest_slips(known.letters) <= room);
        let mut near: Vec<(Reverse<usize>, &Known)> =
            near.map(|known| (Reverse(ends_in_common(wanted, &known.folded)), known)).collect();
        if near.len() > COMPARED {
            near.select_nth_unstable_by_key(COMPARED, |(ends, known)| (*ends, &known.told));
            near.truncate(COMPARED);
        }
        near.into_iter().map(|(_, known)| known).collect()
    }
}

/// Which letters are in a name, once and twice at least.
#[derive(Clone, Copy, Debug)]
struct Letters(u64, u64);

impl Letters {
    fn of(folded: &str) -> Letters {
        folded.chars().fold(Letters(0, 0), |Letters(once, twice), letter| {
            let bit = 1 << (u32::from(letter) % 64);
            Letters(once | bit, twice | once & bit)
        })
    }

    /// How many slips lie between two names at least: each changes how often two letters are there.
    fn fewest_slips(self, other: Letters) -> usize {
        let changed = (self.0 ^ other.0).count_ones() + (self.1 ^ other.1).count_ones();
        (changed as usize).div_ceil(2)
    }
}

/// How many bytes two names have in common at their beginnings and at their ends.
fn ends_in_common(one: &str, other: &str) -> usize {
    let first = one.bytes().zip(other.bytes()).take_while(|(a, b)| a == b).count();
    let last = one.bytes().rev().zip(other.bytes().rev()).take_while(|(a, b)| a == b).count();
    first + last
}

/// How many slips of the pen a name of `length` characters may have and still be recognised: none in one or two.
fn room(length: usize) -> usize {
    (length + 1) / 4
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{prop, prop_assert_eq, proptest};

    use super::{COMPARED, Nearby, fold, nearest};

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

    #[test]
    fn the_nearest_of_many_is_found_among_those_that_begin_and_end_alike() {
        let names: Vec<String> = (0..5_000).map(|number| format!("Fiche {number:04}")).collect();
        let nearby = Nearby::of(names.iter().map(|name| (name.as_str(), name.as_str())));
        for (written, meant) in
            [("fiche 123", "Fiche 0123"), ("Fihce 4321", "Fiche 4321"), ("Fiches 0042", "Fiche 0042")]
        {
            assert_eq!(nearby.to(written), Some(meant));
        }
        assert_eq!(nearby.to("Personne"), None);
        assert_eq!(nearby.compared("fiche123", 2).len(), COMPARED);
        assert_eq!(nearby.compared("perso123", 2).len(), 0);
    }

    proptest! {
        #[test]
        fn many_names_are_searched_as_few_are(
            names in prop::collection::vec("[abcé -]{0,8}", 0..40),
            written in "[abcé -]{0,8}",
        ) {
            let nearby = Nearby::of(names.iter().map(|name| (name.as_str(), name.as_str())));
            prop_assert_eq!(nearby.to(&written), nearest(&written, names.iter().map(String::as_str)));
        }
    }
}
