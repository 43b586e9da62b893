//! From the parser's events to a tree of values.

use std::borrow::Cow;
use std::ops::Range;

use rustc_hash::FxHashMap;
use saphyr_parser::{Event, Parser, ScalarStyle, Tag};

use super::syntax::{self, Broken};
use super::{Entry, Node, Value, lines};
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Sources, Span};

/// How deep values may nest: more than any guide needs, less than what exhausts a stack.
const DEPTH: usize = 64;

/// How many values aliases may repeat in one file; refuses the kind of file that unfolds into gigabytes.
const REPEATED: usize = 10_000;

/// The value written in `range` of `file`; `None` where nothing is. What is not YAML is one fault, the first.
pub(crate) fn parse(file: FileId, sources: &Sources, range: Range<usize>) -> Result<Option<Node<'_>>, Box<Diagnostic>> {
    let text = &sources.text(file)[range.clone()];
    parse_text(text, (file, range.start))
}

/// The value written in `text`, which stands in a file from a byte on.
pub(crate) fn parse_text(text: &str, place: (FileId, usize)) -> Result<Option<Node<'_>>, Box<Diagnostic>> {
    lines::read(text, place).map_or_else(|| parse_any(text, place), |node| Ok(Some(node)))
}

/// The same by the parser, whatever is written.
pub(super) fn parse_any(text: &str, (file, start): (FileId, usize)) -> Result<Option<Node<'_>>, Box<Diagnostic>> {
    let mut tree = Tree::new(Places::new(text, file, start));
    tree.build(text).map_err(|broken| Box::new(syntax::fault(text, &broken, (file, start))))
}

/// A tree that grows.
struct Tree<'t> {
    places: Places<'t>,
    open: Vec<Open<'t>>,
    anchors: FxHashMap<usize, Node<'t>>,
    repeated: usize,
    root: Option<Node<'t>>,
}

/// A list or map whose end has not come yet.
struct Open<'t> {
    start: usize,
    anchor: usize,
    of: Container<'t>,
}

enum Container<'t> {
    List(Vec<Node<'t>>),
    Map(Vec<Entry<'t>>, Option<Node<'t>>),
}

impl<'t> Tree<'t> {
    fn new(places: Places<'t>) -> Tree<'t> {
        Tree { places, open: Vec::new(), anchors: FxHashMap::default(), repeated: 0, root: None }
    }

    fn build(&mut self, text: &'t str) -> Result<Option<Node<'t>>, Broken> {
        let mut parser = Parser::new_from_str(text);
        while let Some(event) = parser.next_event() {
            let (event, span) = event.map_err(|error| {
                let at = self.places.byte(error.marker().index());
                Broken::Scan { at, words: error.info().to_owned() }
            })?;
            let range = self.places.byte(span.start.index())..self.places.byte(span.end.index());
            if matches!(event, Event::StreamEnd) {
                break;
            }
            self.take(event, range)?;
        }
        Ok(self.root.take())
    }

    fn take(&mut self, event: Event<'t>, range: Range<usize>) -> Result<(), Broken> {
        match event {
            Event::DocumentStart(_) if self.root.is_some() => return Err(Broken::SecondDocument(range.start)),
            Event::Scalar(text, style, anchor, tag) => {
                let value = scalar(text, style, tag.as_deref()).ok_or(Broken::Tag(range.start))?;
                let span = self.places.span(range);
                self.add(Node { span, value }, anchor);
            }
            Event::SequenceStart(_, Some(tag)) | Event::MappingStart(_, Some(tag)) if !tag.is_yaml_core_schema() => {
                return Err(Broken::Tag(range.start));
            }
            Event::SequenceStart(anchor, _) => {
                self.begin(Open { start: range.start, anchor, of: Container::List(Vec::new()) })?;
            }
            Event::MappingStart(anchor, _) => {
                self.begin(Open { start: range.start, anchor, of: Container::Map(Vec::new(), None) })?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.end(range.end),
            Event::Alias(anchor) => self.repeat(anchor, range)?,
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, open: Open<'t>) -> Result<(), Broken> {
        if self.open.len() >= DEPTH {
            return Err(Broken::Deep(open.start));
        }
        self.open.push(open);
        Ok(())
    }

    fn end(&mut self, end: usize) {
        let Some(open) = self.open.pop() else { return };
        let value = match open.of {
            Container::List(items) => Value::List(items),
            Container::Map(entries, _) => Value::Map(entries),
        };
        let span = self.places.span(open.start..end);
        self.add(Node { span, value }, open.anchor);
    }

    fn repeat(&mut self, anchor: usize, range: Range<usize>) -> Result<(), Broken> {
        let Some(node) = self.anchors.get(&anchor) else { return Err(Broken::Circular(range.start)) };
        self.repeated += size(node);
        if self.repeated > REPEATED {
            return Err(Broken::Unfolding(range.start));
        }
        let value = node.value.clone();
        let span = self.places.span(range);
        self.add(Node { span, value }, 0);
        Ok(())
    }

    fn add(&mut self, node: Node<'t>, anchor: usize) {
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut().map(|open| &mut open.of) {
            None => self.root = Some(node),
            Some(Container::List(items)) => items.push(node),
            Some(Container::Map(entries, key)) => match key.take() {
                None => *key = Some(node),
                Some(key) => entries.push(Entry { key, value: node }),
            },
        }
    }
}

/// `None` where the tag is not one of YAML's own.
fn scalar<'t>(text: Cow<'t, str>, style: ScalarStyle, tag: Option<&Tag>) -> Option<Value<'t>> {
    match tag {
        Some(tag) if !tag.is_yaml_core_schema() => None,
        Some(tag) if tag.suffix == "str" => Some(Value::Quoted(text)),
        _ if style == ScalarStyle::Plain => Some(Value::Plain(text)),
        _ => Some(Value::Quoted(text)),
    }
}

fn size(node: &Node<'_>) -> usize {
    match &node.value {
        Value::Plain(_) | Value::Quoted(_) => 1,
        Value::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        Value::Map(entries) => 1 + entries.iter().map(|entry| size(&entry.key) + size(&entry.value)).sum::<usize>(),
    }
}

/// Turns the parser's places, counted in characters, into bytes. It remembers the last one: places come nearly sorted.
struct Places<'t> {
    text: &'t str,
    file: FileId,
    offset: usize,
    character: usize,
    byte: usize,
}

impl<'t> Places<'t> {
    fn new(text: &'t str, file: FileId, offset: usize) -> Places<'t> {
        Places { text, file, offset, character: 0, byte: 0 }
    }

    fn byte(&mut self, character: usize) -> usize {
        let bytes = self.text.as_bytes();
        let starts = |byte: usize| bytes.get(byte).is_none_or(|&byte| byte & 0xC0 != 0x80);
        while self.character < character && self.byte < bytes.len() {
            self.byte += 1;
            while !starts(self.byte) {
                self.byte += 1;
            }
            self.character += 1;
        }
        while self.character > character {
            self.byte -= 1;
            while !starts(self.byte) {
                self.byte -= 1;
            }
            self.character -= 1;
        }
        self.byte
    }

    /// The span of `range` without the white space at its end.
    fn span(&self, range: Range<usize>) -> Span {
        let written = self.text.get(range.clone()).unwrap_or("").trim_end();
        Span::new(self.file, self.offset + range.start..self.offset + range.start + written.len())
    }
}
