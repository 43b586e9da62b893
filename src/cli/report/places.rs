//! Lines and columns of many spans, and the lines of source around them.
//!
//! A file is read once when the first of its places is asked for; then each place costs the same, however long the
//! file or its lines are.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::source::{FileId, LineColumn, Sources, Span};

/// Bytes between two places whose number of characters is kept.
const STEP: usize = 1024;
/// Lines up to this many bytes are shown whole.
const WHOLE: usize = 240;
/// Characters shown before a place in a longer line.
const BEFORE: usize = 60;
/// Characters shown from a place on in a longer line.
const AFTER: usize = 120;

/// The places of findings.
#[derive(Debug)]
pub(super) struct Places<'a> {
    sources: &'a Sources,
    files: FxHashMap<FileId, Lines>,
}

/// A line of source, or what can be shown of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// Its number, from 1.
    pub(super) line: usize,
    /// Its text; `…` stands where it is cut.
    pub(super) text: String,
    /// The bytes of the text that are meant.
    pub(super) marked: Range<usize>,
}

/// Where the lines of a text begin, and how many characters come before every [`STEP`]th byte.
#[derive(Debug)]
struct Lines {
    starts: Vec<u32>,
    characters: Vec<u32>,
}

impl<'a> Places<'a> {
    /// Places in the files of `sources`.
    pub(super) fn new(sources: &'a Sources) -> Places<'a> {
        Places { sources, files: FxHashMap::default() }
    }

    /// Line and column of the span's start and end.
    pub(super) fn locate(&mut self, span: Span) -> (LineColumn, LineColumn) {
        let (text, lines) = self.lines(span.file);
        (lines.place(text, span.start as usize), lines.place(text, span.end as usize))
    }

    /// The line in which the span begins, marked up to the span's end or its own; `None` where the file has no text.
    pub(super) fn excerpt(&mut self, span: Span) -> Option<Excerpt> {
        let (text, lines) = self.lines(span.file);
        if text.is_empty() {
            return None;
        }
        let start = text.floor_char_boundary(span.start as usize);
        let end = text.ceil_char_boundary((span.end as usize).min(text.len())).max(start);
        let line = lines.line(start);
        let whole = lines.range(text, line);
        Some(cut(text, whole, start..end, line + 1))
    }

    fn lines(&mut self, file: FileId) -> (&'a str, &Lines) {
        let text = self.sources.text(file);
        (text, self.files.entry(file).or_insert_with(|| Lines::of(text)))
    }
}

/// What is shown of the line that `whole` is, with `marked` in it.
fn cut(text: &str, whole: Range<usize>, marked: Range<usize>, line: usize) -> Excerpt {
    let marked = marked.start..marked.end.min(whole.end).max(marked.start);
    let shown = if whole.len() <= WHOLE { whole.clone() } else { window(text, &whole, marked.start) };
    let lead = if shown.start > whole.start { "…" } else { "" };
    let trail = if shown.end < whole.end { "…" } else { "" };
    let moved = |at: usize| at.clamp(shown.start, shown.end) - shown.start + lead.len();
    let marked = moved(marked.start)..moved(marked.end);
    Excerpt { line, text: format!("{lead}{}{trail}", &text[shown]), marked }
}

/// The part of a long line around `at`.
fn window(text: &str, whole: &Range<usize>, at: usize) -> Range<usize> {
    let before = text[whole.start..at].char_indices().rev().take(BEFORE).last();
    let after = text[at..whole.end].char_indices().nth(AFTER);
    before.map_or(at, |(offset, _)| whole.start + offset)..after.map_or(whole.end, |(offset, _)| at + offset)
}

impl Lines {
    fn of(text: &str) -> Lines {
        let offset = |at: usize| u32::try_from(at).expect("a source file over 2 GiB is refused when it is loaded");
        let starts = [0].into_iter().chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| offset(at + 1)));
        let mut before = 0;
        let blocks = text.as_bytes().chunks(STEP).map(|block| {
            let here = before;
            before += offset(characters(block));
            here
        });
        Lines { starts: starts.collect(), characters: blocks.collect() }
    }

    /// The index of the line that holds byte `at`.
    fn line(&self, at: usize) -> usize {
        self.starts.partition_point(|&start| start as usize <= at).saturating_sub(1)
    }

    /// The bytes of a line, without its end.
    fn range(&self, text: &str, line: usize) -> Range<usize> {
        let end = self.starts.get(line + 1).map_or(text.len(), |&next| next as usize - 1);
        self.starts[line] as usize..end
    }

    fn place(&self, text: &str, at: usize) -> LineColumn {
        let at = text.floor_char_boundary(at);
        let line = self.line(at);
        let column = self.characters_before(text, at) - self.characters_before(text, self.starts[line] as usize);
        LineColumn { line: line + 1, column: column + 1 }
    }

    fn characters_before(&self, text: &str, at: usize) -> usize {
        let Some(&kept) = self.characters.get(at / STEP) else {
            // Past the last block: the text is empty, or ends where a block does.
            let block = self.characters.len().saturating_sub(1);
            let kept = self.characters.last().map_or(0, |&kept| kept as usize);
            return kept + characters(&text.as_bytes()[block * STEP..at]);
        };
        kept as usize + characters(&text.as_bytes()[at / STEP * STEP..at])
    }
}

/// How many characters begin in `bytes`.
fn characters(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&byte| byte & 0b1100_0000 != 0b1000_0000).count()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::{file, sources};
    use super::{Excerpt, Places};
    use crate::source::{LineColumn, Span};

    #[test]
    fn every_place_is_where_counting_from_the_start_puts_it() {
        let texts = [
            String::new(),
            "une ligne".to_owned(),
            "un\n\ndéjà vu\n".to_owned(),
            "é".repeat(1500) + "\n" + &"ab🧭".repeat(900),
            "x".repeat(2048),
        ];
        for text in texts {
            let sources = sources(&[("a.md", &text)]);
            let file = file(&sources, "a.md");
            let mut places = Places::new(&sources);
            for at in (0..=text.len()).filter(|at| at % 7 == 0 || at + 3 > text.len()) {
                let at = text.floor_char_boundary(at);
                let expected = LineColumn::of(&text, u32::try_from(at).unwrap());
                assert_eq!(places.locate(Span::new(file, at..at)), (expected, expected), "byte {at} of {}", text.len());
            }
        }
    }

    #[test]
    fn a_place_past_the_end_is_the_end() {
        let sources = sources(&[("a.md", "abc")]);
        let mut places = Places::new(&sources);
        let beyond = Span::new(file(&sources, "a.md"), 10..20);
        let end = LineColumn { line: 1, column: 4 };
        assert_eq!(places.locate(beyond), (end, end));
        assert_eq!(places.excerpt(beyond), Some(Excerpt { line: 1, text: "abc".into(), marked: 3..3 }));
    }

    #[test]
    fn an_excerpt_is_the_first_line_of_a_place() {
        let sources = sources(&[("a.md", "un\ndeux\ntrois\n"), ("b.md", "")]);
        let mut places = Places::new(&sources);
        let mut excerpt = |name, range| places.excerpt(Span::new(file(&sources, name), range));
        assert_eq!(excerpt("a.md", 4..6), Some(Excerpt { line: 2, text: "deux".into(), marked: 1..3 }));
        assert_eq!(excerpt("a.md", 4..10), Some(Excerpt { line: 2, text: "deux".into(), marked: 1..4 }));
        assert_eq!(excerpt("a.md", 7..8), Some(Excerpt { line: 2, text: "deux".into(), marked: 4..4 }));
        assert_eq!(excerpt("a.md", 14..14), Some(Excerpt { line: 4, text: "".into(), marked: 0..0 }));
        assert_eq!(excerpt("b.md", 0..0), None);
    }

    #[test]
    fn a_long_line_is_cut_around_the_place() {
        let text = "é".repeat(10_000) + "faute" + &"à".repeat(10_000);
        let sources = sources(&[("a.md", &text)]);
        let mut places = Places::new(&sources);
        let excerpt = places.excerpt(Span::new(file(&sources, "a.md"), 20_000..20_005)).unwrap();
        assert_eq!(excerpt.text, "…".to_owned() + &"é".repeat(60) + "faute" + &"à".repeat(115) + "…");
        assert_eq!(&excerpt.text[excerpt.marked], "faute");
        let all = places.excerpt(Span::new(file(&sources, "a.md"), 0..text.len())).unwrap();
        assert_eq!(all.text, "é".repeat(120) + "…");
        assert_eq!(all.marked, 0..240);
    }
}
