//! Maps whose keys are known, in either language.

use super::{Entry, Named, Node, Read};
use crate::diagnostic::{Code, Diagnostic, Say, say};
use crate::language::Tongue;
use crate::name::{fold, nearest};
use crate::source::Span;

/// A key in both its spellings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    /// Its English spelling, by which the program calls it.
    pub(crate) english: &'static str,
    /// Its French spelling.
    pub(crate) french: &'static str,
    /// What other site generators call it: not accepted, but understood in the fault.
    elsewhere: &'static [&'static str],
}

/// Whether a key has a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Given {
    /// It is absent, or has no value.
    No,
    /// It has one that is faulty, or perhaps has one in a text that cannot be read. Its fault has been told.
    Faulty,
    /// It has one.
    Yes,
}

/// A map that is being read: what it says for each known key, and the faults found so far.
#[derive(Debug)]
pub(crate) struct Map<'a> {
    keys: &'static [Key],
    tongue: Tongue,
    known: Vec<(&'static Key, &'a Entry<'a>)>,
    unknown: Vec<&'a Entry<'a>>,
    faults: Vec<Diagnostic>,
}

impl Key {
    /// A key with both spellings.
    pub(crate) const fn new(english: &'static str, french: &'static str) -> Key {
        Key { english, french, elsewhere: &[] }
    }

    /// A key with one spelling.
    pub(crate) const fn only(name: &'static str) -> Key {
        Key::new(name, name)
    }

    /// The same key, with what other site generators call it.
    pub(crate) const fn elsewhere(self, names: &'static [&'static str]) -> Key {
        Key { elsewhere: names, ..self }
    }

    /// Its spelling in `tongue`.
    pub(crate) fn spelled(&self, tongue: Tongue) -> &'static str {
        match tongue {
            Tongue::French => self.french,
            Tongue::English => self.english,
        }
    }

    /// The key among `keys` that `written` spells: case, accents and hyphens aside, in either language.
    pub(crate) fn find(keys: &'static [Key], written: &str) -> Option<&'static Key> {
        let exact = keys.iter().find(|key| key.french == written || key.english == written);
        exact.or_else(|| {
            let folded = fold(written);
            keys.iter().find(|key| fold(key.french) == folded || fold(key.english) == folded)
        })
    }
}

impl<'a> Map<'a> {
    /// Sorts `entries` into known and unknown keys, which are told in `tongue` where the author's own spelling does not
    /// tell; keys given twice are faults, and the first one counts.
    pub(crate) fn new(entries: &'a [Entry<'a>], keys: &'static [Key], tongue: Tongue) -> Map<'a> {
        let known = Vec::with_capacity(entries.len());
        let mut map = Map { keys, tongue, known, unknown: Vec::new(), faults: Vec::new() };
        for entry in entries {
            match entry.key.as_text().and_then(|written| Key::find(keys, written)) {
                Some(key) => map.know(key, entry),
                None => map.unknown.push(entry),
            }
        }
        map
    }

    /// The map that is the value of a key.
    pub(crate) fn of(named: Named<'a>, keys: &'static [Key], tongue: Tongue) -> Read<Map<'a>> {
        Ok(Map::new(named.entries()?, keys, tongue))
    }

    fn know(&mut self, key: &'static Key, entry: &'a Entry<'a>) {
        match self.known.iter().find(|(known, _)| *known == key) {
            Some((_, first)) => self.faults.push(twice(&first.key, &entry.key)),
            None => self.known.push((key, entry)),
        }
    }

    /// The value of `key` (its English spelling), where there is one.
    pub(crate) fn get(&self, key: &str) -> Option<Named<'a>> {
        let (_, entry) = self.known.iter().find(|(known, _)| known.english == key)?;
        let named = Named { key: entry.key.as_text()?, node: &entry.value };
        (!named.node.is_absent()).then_some(named)
    }

    /// Whether `key` has a value, where `read` is what a reader made of it.
    pub(crate) fn given<T>(&self, key: &str, read: Option<&T>) -> Given {
        match (self.get(key), read) {
            (None, _) => Given::No,
            (Some(_), None) => Given::Faulty,
            (Some(_), Some(_)) => Given::Yes,
        }
    }

    /// The value of `key` as `reader` reads it; `None` where it is absent or faulty.
    pub(crate) fn read<T>(&mut self, key: &str, reader: impl FnOnce(Named<'a>) -> Read<T>) -> Option<T> {
        let read = reader(self.get(key)?);
        self.keep(read)
    }

    /// The same of a key that must be there; its absence is a fault at `place`.
    pub(crate) fn required<T>(
        &mut self,
        key: &str,
        place: &Node<'_>,
        reader: impl FnOnce(Named<'a>) -> Read<T>,
    ) -> Option<T> {
        if self.get(key).is_none() {
            let key = self.keys.iter().find(|known| known.english == key);
            self.faults.extend(key.map(|key| missing(key.spelled(self.spelling()), place.span)));
        }
        self.read(key, reader)
    }

    /// The items of `key`'s list as `reader` reads them, faulty ones aside.
    pub(crate) fn list<T>(&mut self, key: &str, reader: impl Fn(Named<'a>) -> Read<T>) -> Box<[T]> {
        let Some(items) = self.read(key, Named::items) else { return Box::default() };
        let mut list = Vec::with_capacity(items.size_hint().1.unwrap_or_default());
        list.extend(items.filter_map(|item| self.keep(reader(item))));
        list.into()
    }

    /// The language that keys are spelled in where the author tells nothing.
    pub(crate) fn tongue(&self) -> Tongue {
        self.tongue
    }

    /// The map that is the value of `key`, where there is one; `help` says how it is written.
    pub(crate) fn map(&mut self, key: &str, keys: &'static [Key], help: Say) -> Option<Map<'a>> {
        let tongue = self.tongue;
        self.read(key, |named| Map::of(named, keys, tongue).map_err(|fault| Box::new(fault.help(help))))
    }

    /// The value read, or its fault put with the others.
    pub(crate) fn keep<T>(&mut self, read: Read<T>) -> Option<T> {
        read.map_err(|fault| self.faults.push(*fault)).ok()
    }

    /// Puts a fault with the others.
    pub(crate) fn fault(&mut self, fault: Diagnostic) {
        self.faults.push(fault);
    }

    /// Puts the faults of a part with the others.
    pub(crate) fn faults(&mut self, faults: impl IntoIterator<Item = Diagnostic>) {
        self.faults.extend(faults);
    }

    /// The unknown entries, which the caller answers for from now on.
    pub(crate) fn take_unknown(&mut self) -> Vec<&'a Entry<'a>> {
        std::mem::take(&mut self.unknown)
    }

    /// The language in which the author spells keys; the guide's where they tell nothing.
    pub(crate) fn spelling(&self) -> Tongue {
        let mut weight = 0;
        for (key, entry) in self.known.iter().filter(|(key, _)| key.french != key.english) {
            let written = entry.key.as_text().unwrap_or_default();
            let folded = || fold(written) == fold(key.french);
            let french = written == key.french || (written != key.english && folded());
            weight += if french { 1 } else { -1 };
        }
        match weight {
            0 => self.tongue,
            1.. => Tongue::French,
            _ => Tongue::English,
        }
    }

    /// The fault of an unknown key, with the nearest known one or one of `others`, in the author's own spelling first.
    pub(crate) fn unknown_key<'n>(&self, key: &Node<'_>, others: impl IntoIterator<Item = &'n str>) -> Diagnostic {
        let name = key.as_text().unwrap_or("?");
        let fault = unknown(key);
        let spelling = self.spelling();
        let own = self.keys.iter().map(|key| key.spelled(spelling)).chain(others);
        let found =
            nearest(name, own).or_else(|| nearest(name, self.keys.iter().flat_map(|key| [key.french, key.english])));
        if found.is_some() {
            return fault.nearest(found);
        }
        if let Some(key) = self.keys.iter().find(|key| key.elsewhere.iter().any(|other| fold(other) == fold(name))) {
            let meant = key.spelled(spelling);
            // No patch: the name is another, and perhaps the values are too.
            return fault.help(say!("ici, cette clé s’appelle `{meant}`", "here, this key is called `{meant}`"));
        }
        match self.keys.len() {
            ..=12 => fault.help(these(self.keys.iter().map(|key| key.spelled(spelling)))),
            _ => fault.help(correct_or_remove()),
        }
    }

    /// All faults of the map; keys that nobody took are among them.
    pub(crate) fn finish(mut self) -> Vec<Diagnostic> {
        for entry in self.take_unknown() {
            let fault = self.unknown_key(&entry.key, []);
            self.fault(fault);
        }
        self.faults
    }
}

/// The faults of names that stand twice among keys that are the authors' own.
pub(crate) fn repeated(entries: &[Entry<'_>]) -> Vec<Diagnostic> {
    let mut seen: rustc_hash::FxHashMap<String, &Node<'_>> = rustc_hash::FxHashMap::default();
    let mut faults = Vec::new();
    for entry in entries {
        let name = fold(entry.key.as_text().unwrap_or_default());
        match seen.get(&name) {
            Some(first) => faults.push(twice(first, &entry.key)),
            None => {
                seen.insert(name, &entry.key);
            }
        }
    }
    faults
}

/// The fault of a key that does not exist; what to do about it is for the caller to say.
pub(crate) fn unknown(key: &Node<'_>) -> Diagnostic {
    let message = match key.as_text() {
        Some(name) => say!("la clé `{name}` n’existe pas ici", "there is no key `{name}` here"),
        None => say!("une clé est un mot, et ceci n’en est pas un", "a key is a word, and this is none"),
    };
    Diagnostic::new(Code::UnknownKey, key.span, message)
}

/// Help where no known name is near the one that is written.
pub(crate) fn correct_or_remove() -> Say {
    say!("enlevez cette ligne, ou corrigez le nom de la clé", "remove this line, or correct the name of the key")
}

/// The fault of a key that must be there.
pub(crate) fn missing(key: &str, place: Span) -> Diagnostic {
    Diagnostic::new(Code::MissingKey, place, say!("il manque la clé `{key}`", "the key `{key}` is missing"))
        .help(say!("ajoutez `{key}: …`", "add `{key}: …`"))
}

/// Help that names all there is to choose from.
pub(crate) fn these<'n>(names: impl IntoIterator<Item = &'n str>) -> Say {
    let names = names.into_iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    say!("choisissez parmi {names}", "choose among {names}")
}

/// The fault of a key that was given before.
pub(crate) fn twice(first: &Node<'_>, second: &Node<'_>) -> Diagnostic {
    let (one, other) = (first.as_text().unwrap_or_default(), second.as_text().unwrap_or_default());
    let message = if fold(one) == fold(other) {
        say!("la clé `{other}` est donnée deux fois", "the key `{other}` is given twice")
    } else {
        say!(
            "`{one}` et `{other}` sont la même clé, en deux langues",
            "`{one}` and `{other}` are the same key in two languages"
        )
    };
    Diagnostic::new(Code::DuplicateKey, second.span, message)
        .related(first.span, say!("la première est ici", "the first is here"))
        .help(say!("n’en gardez qu’une", "keep one of them"))
}
