//! Thirty-two bytes of text looked at in one go, sixteen side by side: where those are that something may have to be done about.

use wide::u8x16;

/// How many bytes are looked at in one go.
const MANY: usize = 32;

/// Bytes side by side, or what holds of each: all of its bits, or none.
pub(crate) type Lanes = u8x16;

/// Which of them are `byte`.
#[inline]
pub(crate) fn are(bytes: Lanes, byte: u8) -> Lanes {
    bytes.simd_eq(Lanes::splat(byte))
}

/// Which of them lie between two, these included.
#[inline]
pub(crate) fn lie(bytes: Lanes, first: u8, last: u8) -> Lanes {
    let above = bytes - Lanes::splat(first);
    above.min(Lanes::splat(last - first)).simd_eq(above)
}

/// The first answer of `ask` about a place in `bytes` that `pick` picks out, asked of each in order.
#[inline]
pub(crate) fn find<T>(
    bytes: &[u8],
    pick: impl Fn(Lanes) -> Lanes + Copy,
    mut ask: impl FnMut(usize) -> Option<T>,
) -> Option<T> {
    for (start, mut places) in looks(bytes, pick) {
        while places != 0 {
            let answer = ask(start + places.trailing_zeros() as usize);
            if answer.is_some() {
                return answer;
            }
            places &= places - 1;
        }
    }
    None
}

/// Tells `told` each place in `bytes` that `pick` picks out, in order.
#[inline]
pub(crate) fn each(bytes: &[u8], pick: impl Fn(Lanes) -> Lanes + Copy, mut told: impl FnMut(usize)) {
    find(bytes, pick, |at| -> Option<()> {
        told(at);
        None
    });
}

/// How many bytes `pick` picks out.
#[inline]
pub(crate) fn count(bytes: &[u8], pick: impl Fn(Lanes) -> Lanes + Copy) -> usize {
    let mut count = 0;
    each(bytes, pick, |_| count += 1);
    count
}

/// What each look at `bytes` picks out: a bit for each byte from one on, the first the lowest.
#[inline]
fn looks(bytes: &[u8], pick: impl Fn(Lanes) -> Lanes + Copy) -> impl Iterator<Item = (usize, u32)> {
    let picked = move |bytes: [u8; 16]| pick(Lanes::new(bytes)).to_bitmask();
    bytes.chunks(MANY).enumerate().map(move |(nth, many)| {
        let places = match (many.first_chunk(), many.last_chunk()) {
            // The last may be some of the first.
            (Some(&first), Some(&last)) => picked(first) | picked(last) << (many.len() - 16),
            _ => picked(few(many).to_le_bytes()) & !(u32::MAX << many.len()),
        };
        (nth * MANY, places)
    })
}

/// Fewer than sixteen bytes as a number, the first the lowest.
#[inline]
fn few(bytes: &[u8]) -> u128 {
    // What is among the first and among the last is put where it is, twice.
    if let (Some(&first), Some(&last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let last = u128::from(u64::from_le_bytes(last));
        return u128::from(u64::from_le_bytes(first)) | last << (8 * (bytes.len() - 8));
    }
    if let (Some(&first), Some(&last)) = (bytes.first_chunk(), bytes.last_chunk()) {
        let last = u64::from(u32::from_le_bytes(last));
        return (u64::from(u32::from_le_bytes(first)) | last << (8 * (bytes.len() - 4))).into();
    }
    bytes.iter().rev().fold(0u32, |number, &byte| number << 8 | u32::from(byte)).into()
}

#[cfg(test)]
mod tests {
    use super::{Lanes, are, count, each, find, lie};

    /// All that is picked out.
    fn places(bytes: &[u8], pick: impl Fn(Lanes) -> Lanes + Copy) -> Vec<usize> {
        let mut places = Vec::new();
        each(bytes, pick, |at| places.push(at));
        assert_eq!(count(bytes, pick), places.len());
        assert_eq!(find(bytes, pick, Some), places.first().copied());
        places
    }

    #[test]
    fn bytes_are_told_apart_wherever_they_stand() {
        let all: Vec<u8> = (0..=u8::MAX).collect();
        let pick = |bytes| lie(bytes, 30, 70) & !are(bytes, 50) | lie(bytes, 250, u8::MAX) | are(bytes, 0);
        let expected: Vec<usize> = (0..256).filter(|at| matches!(at, 0 | 30..=49 | 51..=70 | 250..)).collect();
        assert_eq!(places(&all, pick), expected);
        for shift in 0..40 {
            let shifted = [&vec![1; shift], &all[..]].concat();
            assert!(places(&shifted, pick).iter().eq(expected.iter().map(|at| at + shift).collect::<Vec<_>>().iter()));
        }
    }

    #[test]
    fn every_length_has_all_its_places() {
        for length in 0..100 {
            let mut bytes = vec![b'x'; length];
            assert!(places(&bytes, |bytes| are(bytes, b'x')).into_iter().eq(0..length));
            assert!(places(&bytes, |bytes| are(bytes, 0)).is_empty());
            for at in 0..length {
                bytes[at] = b'y';
                assert_eq!(places(&bytes, |bytes| are(bytes, b'y')), [at]);
                bytes[at] = b'x';
            }
        }
    }
}
