//! How a camera was held: the one thing that is read of EXIF.

use std::io::{Read, Seek, SeekFrom};

/// How much of a segment is read: the first directory, where the orientation is, stands at its start.
const READ: u64 = 16 << 10;

/// How many segments may stand before the picture itself.
const SEGMENTS: usize = 64;

/// The orientation of the JPEG in `file`, from 1 to 8; `None` where it does not say.
pub(super) fn orientation(file: &mut (impl Read + Seek)) -> Option<u8> {
    file.seek(SeekFrom::Start(2)).ok()?;
    for _ in 0..SEGMENTS {
        let mut head = [0; 4];
        file.read_exact(&mut head).ok()?;
        let [0xFF, marker, high, low] = head else { return None };
        let length = u64::from(u16::from_be_bytes([high, low])).checked_sub(2)?;
        match marker {
            // The picture itself begins.
            0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF | 0xD9 | 0xDA => return None,
            0xE1 => {
                let mut segment = Vec::new();
                let read = file.by_ref().take(length.min(READ)).read_to_end(&mut segment).ok()?;
                if let Some(tiff) = segment.strip_prefix(b"Exif\0\0") {
                    return in_tiff(tiff);
                }
                let rest = length.checked_sub(u64::try_from(read).ok()?)?;
                file.seek(SeekFrom::Current(i64::try_from(rest).ok()?)).ok()?;
            }
            _ => drop(file.seek(SeekFrom::Current(i64::try_from(length).ok()?)).ok()?),
        }
    }
    None
}

/// The orientation in the first directory of a TIFF.
fn in_tiff(tiff: &[u8]) -> Option<u8> {
    let is_little = match tiff.get(..2)? {
        b"II" => true,
        b"MM" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes: [u8; 2] = tiff.get(at..at.checked_add(2)?)?.try_into().ok()?;
        Some(if is_little { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    };
    let long = |at: usize| {
        let bytes: [u8; 4] = tiff.get(at..at.checked_add(4)?)?.try_into().ok()?;
        Some(if is_little { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    };
    let directory = usize::try_from(long(4)?).ok()?;
    let entries = usize::from(short(directory)?);
    let at =
        (0..entries).map(|entry| directory.saturating_add(2 + entry * 12)).find(|&at| short(at) == Some(0x0112))?;
    let value = short(at + 8)?;
    u8::try_from(value).ok().filter(|value| (1..=8).contains(value))
}
