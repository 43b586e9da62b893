//! Which stretches of prose are worth reading: most words begin no name, and their first letters say so.
//!
//! A glance never passes over a place where a name begins; it may stop where none does.

use super::spelling::caseless;

/// The beginnings of all names, in a form that bytes of prose are quickly compared with.
#[derive(Debug)]
pub(super) struct Glance {
    /// By the first two bytes: of all names, and of words that are known by no more.
    any: Bits,
    two: Bits,
    /// By the hash of the first three, and of the first four.
    three: Bits,
    four: Bits,
    /// Whether a name begins with a mark, or with a letter that is not looked at here.
    is_blind: bool,
}

/// How many of a word's last bytes may change with its inflection: `-ies` and `-y`.
const INFLECTED: usize = 3;

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
        Glance { any: Bits::new(), two: Bits::new(), three: Bits::new(), four: Bits::new(), is_blind: false }
    }

    /// Takes in the first word or mark of a name.
    pub(super) fn add(&mut self, first: &str) {
        let scratch = &mut String::new();
        let word = caseless(first, scratch).as_bytes();
        if !matches!(begins(word), Begins::Letter(_)) {
            self.is_blind = true;
            return;
        }
        // A sign in a word may look like its end.
        let sign = word.iter().position(|byte| byte.is_ascii() && !byte.is_ascii_alphanumeric()).unwrap_or(word.len());
        let known = &word[..word.len().saturating_sub(INFLECTED).min(sign)];
        match *known {
            [a, b, c, d, ..] => self.four.set(hash([a, b, c, d])),
            [a, b, c] => self.three.set(hash([a, b, c, 0])),
            [a, b] => self.two.set(u16::from_be_bytes([a, b])),
            _ => (0..=u8::MAX).for_each(|second| self.two.set(u16::from_be_bytes([word[0], second]))),
        }
        match *known {
            [a, b, ..] => self.any.set(u16::from_be_bytes([a, b])),
            _ => (0..=u8::MAX).for_each(|second| self.any.set(u16::from_be_bytes([word[0], second]))),
        }
    }

    /// Where the first stretch between white spaces begins, from byte `from` on, in which a name may begin.
    pub(super) fn find(&self, run: &str, from: usize) -> Option<usize> {
        let bytes = run.as_bytes();
        let (mut stretch, mut at) = (from, from);
        let mut is_fresh = true;
        while let Some(&byte) = bytes.get(at) {
            if is_letter(byte) {
                if is_fresh && self.may_begin(&bytes[at..]) {
                    return Some(stretch);
                }
                is_fresh = false;
                at += 1 + bytes[at + 1..].iter().take_while(|&&byte| is_letter(byte)).count();
                continue;
            }
            if byte == b' ' {
                at += 1;
                (stretch, is_fresh) = (at, true);
                continue;
            }
            at += match begins(&bytes[at..]) {
                Begins::Letter(_) if is_fresh && self.may_begin(&bytes[at..]) => return Some(stretch),
                Begins::Letter(length) => {
                    is_fresh = false;
                    length
                }
                Begins::Sign(length) if !self.is_blind => {
                    is_fresh = true;
                    length
                }
                Begins::Space(length) => {
                    (stretch, is_fresh) = (at + length, true);
                    length
                }
                Begins::Sign(_) | Begins::Other => return Some(stretch),
            };
        }
        None
    }

    /// Whether a name may begin with the word that `bytes` begin with.
    fn may_begin(&self, bytes: &[u8]) -> bool {
        // Plain letters that nothing follows which would change the last of them.
        match bytes.first_chunk() {
            Some(&[a, b, c, d]) if is_letter(a) && is_letter(b) && c < 0x80 => {
                if !self.any.has(u16::from_be_bytes([a | 0x20, b | 0x20])) {
                    return self.is_blind;
                }
                match (is_letter(c), is_letter(d)) {
                    (false, _) => self.knows([a | 0x20, b | 0x20, 0, 0], 2),
                    (true, true) => self.knows([a, b, c, d].map(|byte| byte | 0x20), 4),
                    (true, false) if d < 0x80 => self.knows([a | 0x20, b | 0x20, c | 0x20, 0], 3),
                    (true, false) => self.may_begin_slowly(bytes),
                }
            }
            _ => self.may_begin_slowly(bytes),
        }
    }

    /// The same for words that are short, or of more than plain letters.
    fn may_begin_slowly(&self, bytes: &[u8]) -> bool {
        if bytes[0] >= 0xC4 {
            return true;
        }
        let mut first = [0; 4];
        let mut taken = 0;
        while taken < 4 {
            match begins(&bytes[taken..]) {
                Begins::Letter(1) => {
                    first[taken] = bytes[taken].to_ascii_lowercase();
                    taken += 1;
                }
                // An accented letter, or its first half; but `ß` is compared as two letters.
                Begins::Letter(2) if bytes[taken] == 0xC3 && bytes[taken + 1] != 0x9F => {
                    let second = bytes[taken + 1];
                    first[taken] = 0xC3;
                    if let Some(next) = first.get_mut(taken + 1) {
                        *next = if second <= 0x9E { second + 0x20 } else { second };
                    }
                    taken += 2;
                }
                // The word ends.
                Begins::Space(_) | Begins::Sign(1) => break,
                Begins::Sign(3) if bytes[taken..].starts_with("’".as_bytes()) => break,
                // It has something that is not seen, or letters that are not looked at here.
                _ => return true,
            }
        }
        self.knows(first, taken)
    }

    /// Whether a name begins with so many first bytes of a word, or may do so when inflected otherwise.
    fn knows(&self, first: [u8; 4], taken: usize) -> bool {
        let [a, b, c, _] = first;
        let begins = u16::from_be_bytes([a, b]);
        if self.is_blind || !self.any.has(begins) {
            return self.is_blind;
        }
        self.two.has(begins)
            || (taken >= 3 && self.three.has(hash([a, b, c, 0])))
            || (taken >= 4 && self.four.has(hash(first)))
    }
}

/// Whether `byte` is a letter or a digit by itself.
fn is_letter(byte: u8) -> bool {
    const LETTERS: [bool; 256] = {
        let mut letters = [false; 256];
        let mut byte = 0;
        while byte < 128 {
            letters[byte as usize] = (byte as u8).is_ascii_alphanumeric();
            byte += 1;
        }
        letters
    };
    LETTERS[usize::from(byte)]
}

fn hash(first: [u8; 4]) -> u16 {
    let [high, low, ..] = u32::from_be_bytes(first).wrapping_mul(0x9E37_79B1).to_be_bytes();
    u16::from_be_bytes([high, low])
}

/// What `bytes`, which are text, begin with; nothing is a space.
fn begins(bytes: &[u8]) -> Begins {
    match *bytes {
        [] => Begins::Space(0),
        [b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9', ..] => Begins::Letter(1),
        [b' ' | b'\t'..=b'\r', ..] => Begins::Space(1),
        [0..=0x7F, ..] => Begins::Sign(1),
        [0xC2, 0xA0 | 0x85, ..] => Begins::Space(2),
        // The ordinal signs and the micro sign are letters.
        [0xC2, 0xAA | 0xB5 | 0xBA, ..] => Begins::Other,
        [0xC2, ..] | [0xC3, 0x97 | 0xB7, ..] => Begins::Sign(2),
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
    use crate::guide::mention::lexeme::is_space;

    #[test]
    fn every_white_space_is_one_at_a_glance() {
        for c in '\0'..=char::MAX {
            let mut bytes = [0; 4];
            let is_one = begins(c.encode_utf8(&mut bytes).as_bytes()) == Begins::Space(c.len_utf8());
            assert_eq!(is_one, is_space(c), "{c:?}");
        }
    }
}
