//! Thirty-two bytes of text looked at in one go: where those are that something may have to be done about.

/// How many bytes are looked at in one go.
const MANY: usize = 32;

/// The places in `bytes`, in order, of those that `is_one` picks out, which should do so without branches.
#[inline]
pub(crate) fn places(bytes: &[u8], is_one: impl Fn(u8) -> bool + Copy) -> impl Iterator<Item = usize> {
    let (mut rest, mut start) = (bytes, 0);
    let (mut found, mut at) = (0u32, 0);
    std::iter::from_fn(move || {
        while found == 0 {
            at = start;
            start += MANY;
            if let Some((many, more)) = rest.split_first_chunk() {
                found = picked(*many, is_one);
                rest = more;
            } else if rest.is_empty() {
                return None;
            } else {
                let mut many = [0; MANY];
                many[..rest.len()].copy_from_slice(rest);
                found = picked(many, is_one) & !(u32::MAX << rest.len());
                rest = &[];
            }
        }
        let place = at + found.trailing_zeros() as usize;
        found &= found - 1;
        Some(place)
    })
}

/// A bit for each of the bytes that `is_one` picks out, the first the lowest.
#[inline]
fn picked(mut many: [u8; MANY], is_one: impl Fn(u8) -> bool) -> u32 {
    flag(&mut many, is_one);
    let (eights, _) = many.as_chunks();
    eights.iter().rev().fold(0, |bits, eight| bits << 8 | gathered(u64::from_le_bytes(*eight)))
}

/// Puts 1 in the place of each byte that `is_one` picks out, and 0 in that of others. Compiled apart from its callers, it
/// takes sixteen in one go.
#[inline(never)]
fn flag(many: &mut [u8; MANY], is_one: impl Fn(u8) -> bool) {
    many.iter_mut().for_each(|byte| *byte = is_one(*byte).into());
}

/// The lowest bits of eight bytes, side by side.
#[inline]
fn gathered(eight: u64) -> u32 {
    // Each is multiplied to its place in the highest byte, and none carries into it.
    u32::from(eight.wrapping_mul(0x0102_0408_1020_4080).to_be_bytes()[0])
}

#[cfg(test)]
mod tests {
    use super::places;

    #[test]
    fn bytes_are_told_apart_wherever_they_stand() {
        let all: Vec<u8> = (0..=u8::MAX).collect();
        let is_one = |byte: u8| byte.is_multiple_of(3) | (byte > 250);
        let expected: Vec<usize> = (0..256).filter(|&at| is_one(all[at])).collect();
        assert!(places(&all, is_one).eq(expected.iter().copied()));
        for shift in 0..40 {
            let shifted = [&vec![1; shift], &all[..]].concat();
            assert!(places(&shifted, is_one).eq(expected.iter().map(|at| at + shift)), "{shift}");
        }
    }

    #[test]
    fn every_length_has_its_last_place() {
        for length in 0..100 {
            let bytes = vec![b'x'; length];
            assert!(places(&bytes, |byte| byte == b'x').eq(0..length));
            assert_eq!(places(&bytes, |byte| byte == 0).next(), None);
        }
    }
}
