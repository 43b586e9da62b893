//! A small picture for a page, of a few hundred bytes.

use std::io::{self, Write};

use flate2::write::ZlibEncoder;
use flate2::{Compression, Crc};

use super::prose::Writer;

/// Pixels; too few for a smaller version to be worth making.
const WIDTH: u32 = 96;
const HEIGHT: u32 = 64;

/// Pixels of the side of a square of one colour.
const SQUARE: u32 = 16;

const SIGNATURE: [u8; 8] = [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n'];

/// What tells the colours of a picture from the prose of its page, all drawn from one seed.
const COLOURS: u64 = 1 << 42;

/// Coloured squares as a PNG, unlike those of any other page.
pub(super) fn png(seed: u64, page: u32) -> Vec<u8> {
    let mut header = [WIDTH.to_be_bytes(), HEIGHT.to_be_bytes()].concat();
    // Eight bits a channel, in three channels; the only compression and filters that there are; not interlaced.
    header.extend([8, 2, 0, 0, 0]);
    let pixels = compressed(&pixels(seed, page)).expect("memory can be written to");
    [SIGNATURE.to_vec(), chunk(*b"IHDR", &header), chunk(*b"IDAT", &pixels), chunk(*b"IEND", &[])].concat()
}

/// Lines of pixels, each after the number of its filter, which is none.
fn pixels(seed: u64, page: u32) -> Vec<u8> {
    let mut writer = Writer::new(seed ^ COLOURS, page);
    let mut lines = Vec::new();
    for _ in 0..HEIGHT / SQUARE {
        let squares = (0..WIDTH / SQUARE).map(|_| writer.below(1 << 24).to_be_bytes());
        let pixels = squares.flat_map(|[_, colour @ ..]| colour.repeat(SQUARE as usize));
        let line: Vec<u8> = std::iter::once(0).chain(pixels).collect();
        lines.extend(line.repeat(SQUARE as usize));
    }
    lines
}

fn compressed(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// One part of the file, with its length and its checksum.
fn chunk(name: [u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).expect("pictures are small");
    let mut checksum = Crc::new();
    checksum.update(&name);
    checksum.update(data);
    [&length.to_be_bytes()[..], &name, data, &checksum.sum().to_be_bytes()].concat()
}
