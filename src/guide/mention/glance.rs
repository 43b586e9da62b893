//! Which stretches of prose are worth reading: most words begin no name, and their first letters say so.
//!
//! A glance never passes over a place where a name begins; it may stop where none does.

use unicode_normalization::UnicodeNormalization;

use super::grammar::stem;
use super::segment::after_last_space;
use super::spelling::caseless;
use crate::lanes::{self, Lanes, are, lie};
use crate::language::Tongue;

/// The beginnings of all names, in a form that bytes of prose are quickly compared with.
#[derive(Debug)]
pub(super) struct Glance {
    /// Which first two bytes of words, as texts may spell them, are looked at more closely.
    any: Bits,
    /// By the first two bytes: of words that are known by no more.
    two: Bits,
    /// By the hash of the first three, the first four, and the first eight.
    three: Bits,
    four: Bits,
    eight: Bits,
    /// Whether a name begins with a mark, or with a letter that is not looked at here.
    is_blind: bool,
}

/// The first bytes of a word, folded.
type First = [u8; 8];

/// The first byte of the accented letters of French.
const LATIN: u8 = 0xC3;

/// The second bytes of `×` and `÷`, which are among these letters.
const TIMES: u8 = 0x97;
const OBELUS: u8 = 0xB7;

/// 65,536 bits.
#[derive(Debug)]
struct Bits(Box<[u64; 1024]>);

impl Bits {
    fn new() -> Bits {
        Bits(Box::new([0; 1024]))
    }

    fn set(&mut self, at: u16) {
        self.0[usize::from(at >> 6)] |= 1 << (at & 63);
    }

    fn has(&self, at: u16) -> bool {
        self.0[usize::from(at >> 6)] >> (at & 63) & 1 == 1
    }
}

/// What a byte of prose begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Begins {
    /// A letter or a digit of so many bytes.
    Letter(usize),
    /// A sign of so many bytes, after which a word may begin.
    Sign(usize),
    /// White space of so many bytes.
    Space(usize),
    /// Something to look at more closely.
    Other,
}

impl Glance {
    /// A glance for no name.
    pub(super) fn new() -> Glance {
        let [mut any, two, three, four, eight] = std::array::from_fn(|_| Bits::new());
        // Two bytes tell of letters of ASCII and of French.
        for first in (0..0x80).filter(u8::is_ascii_alphanumeric) {
            (0x80..=u8::MAX).filter(|&second| second != LATIN).for_each(|second| any.set(pair(first, second)));
        }
        Glance { any, two, three, four, eight, is_blind: false }
    }

    /// Takes in the first word or mark of a name.
    pub(super) fn add(&mut self, first: &str, tongue: Tongue) {
        let scratch = &mut String::new();
        let word = caseless(first, scratch);
        let bytes = word.as_bytes();
        if !matches!(begins(bytes), Begins::Letter(_)) {
            self.is_blind = true;
            self.any.0.fill(u64::MAX);
            return;
        }
        // A sign in a word may look like its end.
        let sign =
            bytes.iter().position(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric()).unwrap_or(bytes.len());
        let known = &bytes[..stem(word, tongue).len().min(sign)];
        match *known {
            [a, b, c, d, e, f, g, h, ..] => self.eight.set(hash([a, b, c, d, e, f, g, h])),
            [a, b, c, d, ..] => self.four.set(hash([a, b, c, d, 0, 0, 0, 0])),
            [a, b, c] => self.three.set(hash([a, b, c, 0, 0, 0, 0, 0])),
            [a, b] => self.two.set(pair(a, b)),
            _ => (0..=u8::MAX).for_each(|second| self.two.set(pair(bytes[0], second))),
        }
        match *known {
            [a, b, ..] => {
                self.look_at(a, b);
                // As a text may spell it: the second letter with accents of their own.
                let second = word.strip_prefix(|first: char| first.is_ascii()).and_then(|rest| rest.nfd().next());
                let plain = second.and_then(|letter| u8::try_from(letter).ok()).filter(u8::is_ascii);
                let accented = (b == b's' || !b.is_ascii()).then_some(LATIN);
                plain.into_iter().chain(accented).for_each(|b| self.look_at(a, b));
            }
            _ => (0..=u8::MAX).for_each(|second| self.look_at(bytes[0], second)),
        }
        // A text may spell `ss` as `ß`, also where the second would be that of a plural.
        if bytes.starts_with(b"ss") {
            self.any.set(pair(LATIN, 0x9F));
        }
    }

    /// Words that begin with these two bytes, in whatever case, are looked at more closely.
    fn look_at(&mut self, first: u8, second: u8) {
        // The second byte of an accented letter tells its case as ASCII does.
        for first in [first, first.to_ascii_uppercase()] {
            [second, second ^ 0x20].into_iter().for_each(|second| self.any.set(pair(first, second)));
        }
    }

    /// Where the first stretch between white spaces begins, from byte `from` on, in which a name may begin; no word goes
    /// on at `from`.
    pub(super) fn find(&self, run: &str, from: usize) -> Option<usize> {
        let bytes = &run.as_bytes()[from..];
        let at = if self.may_begin(bytes) {
            0
        } else {
            lanes::find(bytes, are_looked_at, |at| self.beginning_at(bytes, at))?
        };
        Some(from + after_last_space(&run[from..from + at]))
    }

    /// Where a name may begin: at byte `at`, which is no plain letter, or right after what stands there.
    #[inline]
    fn beginning_at(&self, bytes: &[u8], at: usize) -> Option<usize> {
        let (sign, rest) = bytes[at..].split_first()?;
        if !sign.is_ascii() {
            return self.beyond_ascii(bytes, at);
        }
        if self.passes_over(rest) {
            return None;
        }
        if self.is_blind && matches!(begins(&bytes[at..]), Begins::Sign(_)) {
            return Some(at);
        }
        self.may_go_on(rest).then_some(at + 1)
    }

    fn beyond_ascii(&self, bytes: &[u8], at: usize) -> Option<usize> {
        // A word that a letter begins was looked at after what stands before it.
        let at = match bytes[at] {
            TIMES | OBELUS if bytes[..at].ends_with(&[LATIN]) => at - 1,
            0x80..=0xBF => return None,
            _ => at,
        };
        match begins(&bytes[at..]) {
            Begins::Letter(_) => None,
            Begins::Sign(_) if self.is_blind => Some(at),
            Begins::Sign(length) | Begins::Space(length) => {
                self.may_begin(&bytes[at + length..]).then_some(at + length)
            }
            Begins::Other => Some(at),
        }
    }

    /// Whether the first two bytes tell that no name begins with `bytes`, nor with a mark right before: they do of most words.
    #[inline]
    fn passes_over(&self, bytes: &[u8]) -> bool {
        let [a, b, c, ..] = *bytes else { return bytes.is_empty() && !self.is_blind };
        // An accent of its own, after what is not seen or not, makes another letter of an accented one.
        !self.any.has(pair(a, b)) && (a.is_ascii() || (a == LATIN && (c < 0xC2 || c == LATIN)))
    }

    /// Whether a name may begin with the word that `bytes` begin with, if they do with one.
    fn may_begin(&self, bytes: &[u8]) -> bool {
        !self.passes_over(bytes) && self.may_go_on(bytes)
    }

    /// The same, of more of its letters.
    fn may_go_on(&self, bytes: &[u8]) -> bool {
        match begins(bytes) {
            Begins::Letter(_) => first(bytes).is_none_or(|(first, taken)| self.knows(first, taken)),
            _ => false,
        }
    }

    /// Whether what a name's first word has in common with its inflections is among so many first bytes of a word.
    fn knows(&self, first: First, taken: usize) -> bool {
        let [a, b, c, d, ..] = first;
        self.two.has(pair(a, b))
            || (taken >= 3 && self.three.has(hash([a, b, c, 0, 0, 0, 0, 0])))
            || (taken >= 4 && self.four.has(hash([a, b, c, d, 0, 0, 0, 0])))
            || (taken >= 8 && self.eight.has(hash(first)))
    }
}

/// The first bytes of the word that `bytes` begin with, folded, and how many these are; `None` where it has something
/// that is not seen, or letters that are not looked at here.
fn first(bytes: &[u8]) -> Option<(First, usize)> {
    if let Some(first) = plain_first(bytes) {
        return Some(first);
    }
    let mut first = First::default();
    let mut taken = 0;
    while taken < first.len() {
        if let Some(byte) = bytes.get(taken).filter(|byte| byte.is_ascii_alphanumeric()) {
            first[taken] = byte.to_ascii_lowercase();
            taken += 1;
            continue;
        }
        match begins(&bytes[taken..]) {
            // An accented letter, or its first half; but `ß` is compared as two letters.
            Begins::Letter(2) if bytes[taken] == LATIN && bytes[taken + 1] != 0x9F => {
                let second = bytes[taken + 1];
                first[taken] = LATIN;
                if let Some(next) = first.get_mut(taken + 1) {
                    *next = if second <= 0x9E { second + 0x20 } else { second };
                }
                taken += 2;
            }
            Begins::Space(_) | Begins::Sign(1) => break,
            Begins::Sign(3) if bytes[taken..].starts_with("’".as_bytes()) => break,
            _ => return None,
        }
    }
    // An accent of its own may follow the last of them.
    let is_whole = bytes.get(taken).is_none_or(|byte| byte.is_ascii() || matches!(byte, 0xC3..=0xC5));
    (is_whole || taken < first.len()).then_some((first, taken))
}

/// The same, where these are plain letters and digits, with a sign of ASCII or nothing after them.
#[inline]
fn plain_first(bytes: &[u8]) -> Option<(First, usize)> {
    let (&first, rest) = bytes.split_first_chunk()?;
    let number = u64::from_le_bytes(first);
    let plain = are_plain(Lanes::new(u128::from(number).to_le_bytes())).to_bitmask().trailing_ones();
    let next = first.get(plain as usize).or(rest.first()).copied();
    // Capital letters differ from small ones by one bit, which digits have.
    let folded = (number | 0x2020_2020_2020_2020) & !u64::MAX.checked_shl(8 * plain).unwrap_or(0);
    next.is_none_or(|next| next.is_ascii()).then(|| (folded.to_le_bytes(), plain as usize))
}

/// The number of two bytes.
fn pair(first: u8, second: u8) -> u16 {
    u16::from_be_bytes([first, second])
}

/// Which bytes are signs or spaces, or begin a character that is not of ASCII and no letter of [`begins`]; of `×` and `÷`,
/// which begin as such letters do, the last.
#[inline]
fn are_looked_at(bytes: Lanes) -> Lanes {
    !(are_plain(bytes) | lie(bytes, 0x80, 0xBF) | lie(bytes, 0xC3, 0xC5)) | are(bytes, TIMES) | are(bytes, OBELUS)
}

/// Which bytes are plain letters and digits.
#[inline]
fn are_plain(bytes: Lanes) -> Lanes {
    lie(bytes, b'0', b'9') | lie(bytes | Lanes::splat(0x20), b'a', b'z')
}

fn hash(first: First) -> u16 {
    let [high, low, ..] = u64::from_be_bytes(first).wrapping_mul(0x9E37_79B9_7F4A_7C15).to_be_bytes();
    u16::from_be_bytes([high, low])
}

/// What `bytes`, which are text, begin with; nothing is a space.
#[inline]
fn begins(bytes: &[u8]) -> Begins {
    match *bytes {
        [] => Begins::Space(0),
        [b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9', ..] => Begins::Letter(1),
        [b' ' | b'\t'..=b'\r', ..] => Begins::Space(1),
        [0..=0x7F, ..] => Begins::Sign(1),
        [0xC2, 0xA0 | 0x85, ..] => Begins::Space(2),
        // The ordinal signs and the micro sign are letters.
        [0xC2, 0xAA | 0xB5 | 0xBA, ..] => Begins::Other,
        [0xC2, ..] | [LATIN, TIMES | OBELUS, ..] => Begins::Sign(2),
        // An accent of its own, after its letter, is among what is looked at more closely.
        [0xC3..=0xC5, ..] => Begins::Letter(2),
        [0xE2, 0x80, 0x80..=0x8B | 0xA8 | 0xA9 | 0xAF, ..]
        | [0xE1, 0x9A, 0x80, ..]
        | [0xE2, 0x81, 0x9F, ..]
        | [0xE3, 0x80, 0x80, ..] => Begins::Space(3),
        [0xE2, 0x80, 0x90..=0xA7 | 0xB0..=0xBB, ..] => Begins::Sign(3),
        _ => Begins::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::{Begins, begins};
    use crate::guide::mention::segment::is_space;

    #[test]
    fn every_white_space_is_one_at_a_glance() {
        for c in '\0'..=char::MAX {
            let mut bytes = [0; 4];
            let is_one = begins(c.encode_utf8(&mut bytes).as_bytes()) == Begins::Space(c.len_utf8());
            assert_eq!(is_one, is_space(c), "{c:?}");
        }
    }
}
