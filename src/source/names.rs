//! Names that other systems cannot hold, or cannot tell apart.

use std::borrow::Cow;
use std::sync::Arc;

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::{Fault, FaultKind, FileId, Span};

/// The faults in the names of files and of the folders they are in.
///
/// `spellings` are the files' paths as the disk has them, in the order of the files. A folder's fault is told once, at the
/// first file in it.
pub(super) fn faults(spellings: &[Arc<str>]) -> Vec<Fault> {
    let first = FxHashMap::with_capacity_and_hasher(spellings.len(), FxBuildHasher);
    let mut names = Names { spellings, first, told: FxHashSet::default(), faults: Vec::new() };
    let mut previous = "";
    for (file, spelling) in spellings.iter().enumerate() {
        names.check(FileId::nth(file), spelling, shared(previous, spelling));
        previous = spelling;
    }
    names.faults
}

struct Names<'a> {
    spellings: &'a [Arc<str>],
    /// The first file of each name, by its folder and its name without case.
    first: FxHashMap<Cow<'a, str>, FileId>,
    /// Files and folders of which something was told.
    told: FxHashSet<&'a str>,
    faults: Vec<Fault>,
}

impl<'a> Names<'a> {
    /// Checks the names in `spelling` from the byte `from` on; those before are the previous file's too.
    fn check(&mut self, file: FileId, spelling: &'a str, from: usize) {
        let mut tell = |faults: &mut Vec<Fault>, path: &'a str, kind| {
            if self.told.insert(path) {
                faults.push(Fault { span: Span::whole(file), kind });
            }
        };
        let mut is_second = false;
        let mut start = from;
        while start < spelling.len() {
            let end = spelling[start..].find('/').map_or(spelling.len(), |at| start + at);
            let (path, name) = (&spelling[..end], &spelling[start..end]);
            let first = *self.first.entry(key(path, start)).or_insert(file);
            if first != file && leading(&self.spellings[first.index()], path) != path {
                // One word about a file is enough where its folder has a double too.
                if !is_second {
                    tell(&mut self.faults, path, FaultKind::SameName(first));
                }
                is_second = true;
            } else if let Some(why) = Reserved::of(name) {
                tell(&mut self.faults, path, FaultKind::ReservedName { name: name.to_owned(), why });
            }
            start = end + 1;
        }
    }
}

/// How many bytes of `path` are folders of `previous` too, their slashes included.
fn shared(previous: &str, path: &str) -> usize {
    let same = previous.bytes().zip(path.bytes()).take_while(|(a, b)| a == b).count();
    path.as_bytes()[..same].iter().rposition(|&byte| byte == b'/').map_or(0, |slash| slash + 1)
}

/// As many names at the start of `spelling` as there are in `path`.
fn leading<'a>(spelling: &'a str, path: &str) -> &'a str {
    let depth = path.bytes().filter(|&byte| byte == b'/').count();
    let end = spelling.bytes().enumerate().filter(|(_, byte)| *byte == b'/').nth(depth);
    end.map_or(spelling, |(end, _)| &spelling[..end])
}

/// The same for names in one folder that some systems take for one another: of the last name in `path`, which begins at `start`.
fn key(path: &str, start: usize) -> Cow<'_, str> {
    let (folder, name) = path.split_at(start);
    if path.is_ascii() && !name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Cow::Borrowed(path);
    }
    let mut key = composed(folder).into_owned();
    match name.is_ascii() {
        true => key.push_str(&name.to_ascii_lowercase()),
        false => key.extend(composed(name).chars().flat_map(char::to_lowercase)),
    }
    Cow::Owned(key)
}

fn composed(text: &str) -> Cow<'_, str> {
    if is_nfc(text) { Cow::Borrowed(text) } else { Cow::Owned(text.nfc().collect()) }
}

/// Why Windows cannot have a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reserved {
    /// It is that of a device.
    Device,
    /// It ends in this character: a full stop or a space.
    Ending(char),
    /// It holds this character.
    Character(char),
}

impl Reserved {
    /// Why Windows cannot have `name`, where it cannot.
    pub(crate) fn of(name: &str) -> Option<Reserved> {
        let is_refused = |c: &char| matches!(c, '<' | '>' | ':' | '"' | '|' | '?' | '*' | '\\') || c.is_control();
        let character = || name.chars().find(is_refused).map(Reserved::Character);
        let ending = || name.chars().next_back().filter(|last| matches!(last, '.' | ' ')).map(Reserved::Ending);
        is_of_a_device(name).then_some(Reserved::Device).or_else(character).or_else(ending)
    }
}

fn is_of_a_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or("").trim_end_matches(' ');
    let is_device = ["CON", "PRN", "AUX", "NUL"].iter().any(|device| stem.eq_ignore_ascii_case(device));
    let is_port = stem.len() == 4
        && stem.get(..3).is_some_and(|port| port.eq_ignore_ascii_case("COM") || port.eq_ignore_ascii_case("LPT"))
        && stem.ends_with(|c| matches!(c, '1'..='9'));
    is_device || is_port
}
