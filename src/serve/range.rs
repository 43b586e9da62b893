//! A part of a file, as films and sounds are asked for.

use std::ops::Range;

/// What a request asks of a file of some size.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Whole,
    /// These bytes.
    Bytes(Range<u64>),
    /// Bytes that it does not have.
    Beyond,
}

/// What the `Range` header `asked` means for a file of `size` bytes. What is not understood asks for the whole.
pub(super) fn part(asked: Option<&str>, size: u64) -> Part {
    let Some((first, last)) = asked.and_then(|asked| asked.strip_prefix("bytes=")?.split_once('-')) else {
        return Part::Whole;
    };
    let number = |text: &str| text.trim().parse::<u64>().ok().filter(|_| !text.trim().starts_with('+'));
    let range = match (first.trim(), last.trim()) {
        ("", last) => match number(last) {
            Some(0) => return Part::Beyond,
            Some(count) => size.saturating_sub(count)..size,
            None => return Part::Whole,
        },
        (first, "") => match number(first) {
            Some(first) => first..size,
            None => return Part::Whole,
        },
        (first, last) => match (number(first), number(last)) {
            (Some(first), Some(last)) if first <= last => first..last.saturating_add(1).min(size),
            _ => return Part::Whole,
        },
    };
    if range.start >= size { Part::Beyond } else { Part::Bytes(range) }
}

#[cfg(test)]
mod tests {
    use super::{Part, part};

    #[test]
    fn one_part_is_given_and_what_is_strange_is_the_whole() {
        for (asked, expected) in [
            (None, Part::Whole),
            (Some("bytes=0-"), Part::Bytes(0..10)),
            (Some("bytes=0-0"), Part::Bytes(0..1)),
            (Some("bytes=2-5"), Part::Bytes(2..6)),
            (Some("bytes=5-99999999999999999999"), Part::Whole),
            (Some("bytes=5-18446744073709551615"), Part::Bytes(5..10)),
            (Some("bytes=-3"), Part::Bytes(7..10)),
            (Some("bytes=-30"), Part::Bytes(0..10)),
            (Some("bytes=-0"), Part::Beyond),
            (Some("bytes=10-"), Part::Beyond),
            (Some("bytes=5-2"), Part::Whole),
            (Some("bytes=0-1,3-4"), Part::Whole),
            (Some("bytes=-"), Part::Whole),
            (Some("bytes=a-b"), Part::Whole),
            (Some("bytes=+1-2"), Part::Whole),
            (Some("lines=0-1"), Part::Whole),
            (Some(""), Part::Whole),
        ] {
            assert_eq!(part(asked, 10), expected, "{asked:?}");
        }
        assert_eq!(part(Some("bytes=0-"), 0), Part::Beyond);
    }
}
