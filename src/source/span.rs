//! Places in source text.

use std::ops::Range;

use super::FileId;

/// A range of bytes in one file's text (as held by `Sources`: no byte order mark, `\n` line ends).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Its first byte.
    pub start: u32,
    /// The byte after its last.
    pub end: u32,
}

/// A place as editors count: from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct LineColumn {
    /// The line.
    pub line: usize,
    /// The column.
    pub column: usize,
}

impl Span {
    /// The span of `range` in `file`.
    pub fn new(file: FileId, range: Range<usize>) -> Span {
        let offset = |at: usize| u32::try_from(at).expect("a source file over 2 GiB is refused when it is loaded");
        Span { file, start: offset(range.start), end: offset(range.end) }
    }

    /// The empty span at the start of `file`: the file as a whole.
    pub fn whole(file: FileId) -> Span {
        Span { file, start: 0, end: 0 }
    }

    /// As a range of bytes.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

impl LineColumn {
    /// The place of byte `offset` in `text`.
    pub fn of(text: &str, offset: u32) -> LineColumn {
        let before = &text[..text.floor_char_boundary(offset as usize)];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        LineColumn {
            line: memchr::memchr_iter(b'\n', before.as_bytes()).count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }

    /// The place after `bytes`, which start here and may begin or end within a character.
    fn after(self, bytes: &[u8]) -> LineColumn {
        bytes.iter().fold(self, |place, &byte| match byte {
            b'\n' => LineColumn { line: place.line + 1, column: 1 },
            0x80..=0xBF => place,
            _ => LineColumn { line: place.line, column: place.column + 1 },
        })
    }
}

/// The line and column of every [`STRIDE`]th byte of a text, so that many places in a long text, or in one long
/// line, are found without reading it again for each.
#[derive(Clone, Debug)]
pub(super) struct Checkpoints(Box<[LineColumn]>);

const STRIDE: usize = 1024;

impl Checkpoints {
    pub(super) fn of(text: &str) -> Checkpoints {
        let start = LineColumn { line: 1, column: 1 };
        let later = text.as_bytes().chunks_exact(STRIDE).scan(start, |place, chunk| {
            *place = place.after(chunk);
            Some(*place)
        });
        Checkpoints(std::iter::once(start).chain(later).collect())
    }

    /// The place of byte `offset` in `text`, which must be the text they were made of.
    pub(super) fn locate(&self, text: &str, offset: u32) -> LineColumn {
        let offset = text.floor_char_boundary(offset as usize);
        let nearest = offset / STRIDE;
        self.0[nearest].after(&text.as_bytes()[nearest * STRIDE..offset])
    }
}
