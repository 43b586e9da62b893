//! Eight bytes of text looked at in one go: where those are that something may have to be done about.

/// Eight bytes side by side.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lanes(u64);

/// The highest bit of each byte.
const HIGH: u64 = of(0x80);

/// Eight times `byte`.
const fn of(byte: u8) -> u64 {
    u64::from_ne_bytes([byte; 8])
}

// Each answers with the highest bits of the bytes that it is about. Nothing is carried from one byte to the next.
impl Lanes {
    /// Those from `first` to `last`, both of ASCII.
    #[inline]
    pub(crate) const fn within(self, first: u8, last: u8) -> u64 {
        let low = self.0 & !HIGH;
        (low + of(0x80 - first)) & !(low + of(0x7F - last)) & !self.0 & HIGH
    }

    /// Those that begin a character, unless it is a letter or a digit of ASCII.
    #[inline]
    pub(crate) const fn not_alphanumeric(self) -> u64 {
        let inside = self.0 & !(self.0 << 1);
        !(self.within(b'0', b'9') | Lanes(self.0 | of(0x20)).within(b'a', b'z') | inside) & HIGH
    }

    /// Those that are `byte`.
    #[inline]
    pub(crate) const fn equal(self, byte: u8) -> u64 {
        let different = self.0 ^ of(byte);
        !(((different & !HIGH) + !HIGH) | different) & HIGH
    }
}

/// The places in `bytes`, in order, of those that `which` is about.
pub(crate) fn places(bytes: &[u8], which: impl Fn(Lanes) -> u64) -> impl Iterator<Item = usize> {
    let (mut rest, mut start) = (bytes, 0);
    let (mut found, mut at) = (0, 0);
    std::iter::from_fn(move || {
        while found == 0 {
            at = start;
            if let Some((eight, more)) = rest.split_first_chunk::<8>() {
                found = which(Lanes(u64::from_le_bytes(*eight)));
                rest = more;
                start += 8;
            } else if rest.is_empty() {
                return None;
            } else {
                let mut eight = [0; 8];
                eight[..rest.len()].copy_from_slice(rest);
                found = which(Lanes(u64::from_le_bytes(eight))) & (u64::MAX >> (64 - 8 * rest.len()));
                rest = &[];
            }
        }
        let place = at + found.trailing_zeros() as usize / 8;
        found &= found - 1;
        Some(place)
    })
}

#[cfg(test)]
mod tests {
    use super::{Lanes, places};

    /// Which bytes of all that there are `which` finds, next to any other.
    fn found(which: impl Fn(Lanes) -> u64 + Copy) -> Vec<u8> {
        let all: Vec<u8> = (0..=u8::MAX).collect();
        let found: Vec<u8> = places(&all, which).map(|at| all[at]).collect();
        for other in 0..=u8::MAX {
            let pairs: Vec<u8> = all.iter().flat_map(|&byte| [byte, other]).collect();
            let again = places(&pairs, which).filter(|at| at % 2 == 0).map(|at| pairs[at]);
            assert!(again.eq(found.iter().copied()), "next to {other}");
        }
        found
    }

    #[test]
    fn bytes_are_told_apart_wherever_they_stand() {
        let those = |is: fn(&u8) -> bool| (0..=u8::MAX).filter(is).collect::<Vec<u8>>();
        assert_eq!(found(|lanes| lanes.within(b'!', b'?')), those(|byte| (b'!'..=b'?').contains(byte)));
        assert_eq!(found(Lanes::not_alphanumeric), those(|byte| !byte.is_ascii_alphanumeric() && byte & 0xC0 != 0x80));
        assert_eq!(found(|lanes| lanes.equal(0xC2)), [0xC2]);
        assert_eq!(found(|lanes| lanes.equal(0)), [0]);
    }

    #[test]
    fn every_length_has_its_last_place() {
        for length in 0..40 {
            let bytes = vec![b'x'; length];
            assert!(places(&bytes, |lanes| lanes.equal(b'x')).eq(0..length));
            assert_eq!(places(&bytes, |lanes| lanes.equal(0)).next(), None);
        }
    }
}
