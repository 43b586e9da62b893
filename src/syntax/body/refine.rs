//! What guides write beyond CommonMark and GFM: attributes after images, words and paragraphs, captions, figures.

use super::build::{Input, note_mark};
use super::{Body, By, Element, Event, Image, Linking, Purpose, Text};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::source::{FileId, Span};

const DECORATIVE: &str = "{.deco}";
const QUIET: &str = "{.sans-lien}";

/// How many events the text of `[texte]{lang=en}` may have.
const LANGUAGE_REACH: usize = 64;

/// Rewrites the body's events, which were made from `input`; `languages` are what stands at the end of headings.
pub(super) fn refine(body: &mut Body, (input, languages): (&Input<'_>, &[(u32, Text)]), faults: &mut Vec<Diagnostic>) {
    let source = &input.text[input.range.clone()];
    // What attributes and notes begin with, which is rare.
    let has_marks = memchr::memchr2(b'{', b'^', source.as_bytes()).is_some();
    if has_marks {
        attributes(body, languages);
    }
    if body.tables.headings.iter().any(|heading| heading.classes.iter().any(|class| class == "deco")) {
        headings(body);
    }
    if body.tables.links.iter().any(|link| link.by == By::BareName) {
        bare_names(body);
    }
    if body.tables.images.iter().any(|image| names_page(body, image.link)) {
        inclusions(body, faults);
    }
    if body.tables.images.iter().any(|image| !body.text(body.tables.links[image.link as usize].title).is_empty()) {
        figures(body);
    }
    if !body.tables.tables.is_empty() && memchr::memmem::find(source.as_bytes(), b"Table").is_some() {
        captions(body);
    }
    if has_marks {
        footnotes(body, input.file, faults);
    }
    if !body.tables.images.is_empty() {
        alternatives(body, faults);
    }
}

/// `![](x.png){.deco}`, `[texte]{lang=en}` and a paragraph's `{.sans-lien}`.
fn attributes(body: &mut Body, languages: &[(u32, Text)]) {
    let mut rewriter = Rewriter { done: Vec::with_capacity(body.events.len()), run: 0, languages, body };
    for at in 0..rewriter.body.events.len() {
        let event = rewriter.body.events[at];
        match event {
            Event::Text(text) => rewriter.text(text),
            Event::Open(element) | Event::Close(element) if !element.is_inline() => rewriter.block(event),
            _ => rewriter.done.push(event),
        }
    }
    let done = rewriter.done;
    body.events = done;
}

/// The events as they are written again.
struct Rewriter<'a> {
    body: &'a mut Body,
    done: Vec<Event>,
    /// Where the text since the last block's start or end begins.
    run: usize,
    /// What stands at the end of headings.
    languages: &'a [(u32, Text)],
}

impl Rewriter<'_> {
    fn text(&mut self, text: Text) {
        let text = self.decorative(text);
        let mut rest = text;
        loop {
            let written = self.body.text(rest);
            let Some(found) = language_attribute(written) else { break };
            let (bracket, end) = (found.bracket, found.end);
            let tag = rest.part(found.tag);
            let before = rest.part(0..bracket);
            let after = rest.part(end..rest.len as usize);
            self.push_text(before);
            if !self.open_language(tag) {
                self.done.truncate(self.done.len() - usize::from(before.len > 0));
                break;
            }
            rest = after;
        }
        self.push_text(rest);
    }

    fn push_text(&mut self, text: Text) {
        if text.len > 0 {
            self.done.push(Event::Text(text));
        }
    }

    /// The text without the `{.deco}` that follows an image.
    fn decorative(&mut self, text: Text) -> Text {
        let Some(Event::Close(Element::Image(image))) = self.done.last() else { return text };
        if !self.body.text(text).starts_with(DECORATIVE) {
            return text;
        }
        self.body.tables.images[*image as usize].decorative = true;
        text.part(DECORATIVE.len()..text.len as usize)
    }

    /// Puts what stands after the nearest unmatched `[` into a `Language` element; `false` where there is none.
    fn open_language(&mut self, tag: Text) -> bool {
        let mut depth = 0usize;
        let farthest = self.done.len().saturating_sub(LANGUAGE_REACH);
        for at in (farthest..self.done.len()).rev() {
            match self.done[at] {
                Event::Text(text) if depth == 0 => {
                    let Some(bracket) = opening_bracket(self.body.text(text)) else { continue };
                    if bracket == 0 && self.is_escaped(text) {
                        continue;
                    }
                    self.wrap(at, bracket, tag);
                    return true;
                }
                Event::Close(element) if element.is_inline() => depth += 1,
                Event::Open(element) if element.is_inline() && depth > 0 => depth -= 1,
                Event::Open(_) | Event::Close(_) => return false,
                _ => {}
            }
        }
        false
    }

    /// Whether a backslash stands before the text's first character.
    fn is_escaped(&self, text: Text) -> bool {
        let start = text.source_range().map_or(0, |range| range.start);
        start > 0 && self.body.text.as_bytes()[start - 1] == b'\\'
    }

    /// Splits the text at `at` round its bracket, opens the element there and closes it at the end.
    fn wrap(&mut self, at: usize, bracket: usize, tag: Text) {
        let Event::Text(text) = self.done[at] else { return };
        self.body.tables.languages.push(tag);
        let index =
            u32::try_from(self.body.tables.languages.len() - 1).expect("a body has fewer attributes than bytes");
        let before = text.part(0..bracket);
        let after = text.part(bracket + 1..text.len as usize);
        let mut pieces = Vec::with_capacity(3);
        pieces.extend((before.len > 0).then_some(Event::Text(before)));
        pieces.push(Event::Open(Element::Language(index)));
        pieces.extend((after.len > 0).then_some(Event::Text(after)));
        self.done.splice(at..=at, pieces);
        self.done.push(Event::Close(Element::Language(index)));
    }

    /// Adds the start or end of a block, after the text before it.
    fn block(&mut self, event: Event) {
        let mut event = event;
        if let Event::Close(Element::Heading(heading)) = event {
            self.language_at_end(heading);
        }
        if let Some(Event::Text(text)) = self.done.last().copied()
            && let Some(kept) = self.body.text(text).strip_suffix(QUIET)
        {
            let kept = text.part(0..kept.trim_end().len());
            self.done.pop();
            self.push_text(kept);
            if kept.len == 0 && self.done.last() == Some(&Event::SoftBreak) {
                self.done.pop();
            }
            event = self.quiet(event);
        }
        self.done.push(event);
        self.run = self.done.len();
    }

    /// `## Le [feedback]{lang=en}`: at the end of a heading, the attribute was taken for the heading's.
    fn language_at_end(&mut self, heading: u32) {
        let Ok(at) = self.languages.binary_search_by_key(&heading, |&(of, _)| of) else { return };
        let (_, tag) = self.languages[at];
        let Some(Event::Text(text)) = self.done.last().copied() else { return };
        let Some(kept) = self.body.text(text).strip_suffix(']') else { return };
        let kept = text.part(0..kept.len());
        self.done.pop();
        self.push_text(kept);
        if !self.open_language(tag) {
            self.done.truncate(self.done.len() - usize::from(kept.len > 0));
            self.push_text(text);
        }
    }

    /// Marks the text that `event` ends as one without links: the paragraph it is, else the text of a tight item, a
    /// cell, a definition.
    fn quiet(&mut self, event: Event) -> Event {
        if let Event::Close(Element::Paragraph(_)) = event
            && let Some(start) = self.run.checked_sub(1)
        {
            self.done[start] = Event::Open(Element::Paragraph(Linking::None));
            return Event::Close(Element::Paragraph(Linking::None));
        }
        self.done.insert(self.run, Event::Open(Element::Quiet));
        self.done.push(Event::Close(Element::Quiet));
        event
    }
}

/// A `]{lang=xx}` in a text.
struct LanguageAttribute {
    bracket: usize,
    tag: std::ops::Range<usize>,
    end: usize,
}

fn language_attribute(text: &str) -> Option<LanguageAttribute> {
    const OPENING: &str = "]{lang=";
    let bracket = text.find(OPENING)?;
    let start = bracket + OPENING.len();
    let length = text[start..].find('}')?;
    let tag = text[start..start + length].trim_matches('"');
    let offset = start + text[start..].find(tag)?;
    let plain = !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    plain.then(|| LanguageAttribute { bracket, tag: offset..offset + tag.len(), end: start + length + 1 })
}

/// The last `[` of `text` that no `]` after it closes.
fn opening_bracket(text: &str) -> Option<usize> {
    let mut closed = 0usize;
    for (at, byte) in text.bytes().enumerate().rev() {
        match byte {
            b']' => closed += 1,
            b'[' if closed == 0 => return Some(at),
            b'[' => closed -= 1,
            _ => {}
        }
    }
    None
}

/// `## … ![](x.png){.deco}`: at the end of a heading, what belongs to the image was taken for the heading's.
fn headings(body: &mut Body) {
    for pair in body.events.windows(2) {
        let [Event::Close(Element::Image(image)), Event::Close(Element::Heading(heading))] = *pair else { continue };
        let classes = &mut body.tables.headings[heading as usize].classes;
        if let Some(class) = classes.iter().position(|class| class == "deco") {
            let mut others = std::mem::take(classes).into_vec();
            others.remove(class);
            *classes = others.into();
            body.tables.images[image as usize].decorative = true;
        }
    }
}

/// `[[role#facet]]`, `[[folder/role.md]]`: readers see the name alone, wherever the link's text is shown.
fn bare_names(body: &mut Body) {
    for at in 0..body.events.len().saturating_sub(2) {
        let [Event::Open(Element::Link(link)), Event::Text(text), ..] = body.events[at..] else { continue };
        if body.tables.links[link as usize].by != By::BareName {
            continue;
        }
        let written = body.text(text);
        let name = written.split('#').next().unwrap_or_default().trim_end();
        let name = name.strip_suffix(".md").map_or(name, |path| path.rsplit('/').next().unwrap_or(path));
        // The address of `name` within `written`, of which it is a part.
        let start = if name.is_empty() { 0 } else { name.as_ptr() as usize - written.as_ptr() as usize };
        let length = if name.is_empty() { written.len() } else { name.len() };
        body.events[at + 1] = Event::Text(text.part(start..start + length));
    }
}

/// The ends of files that `![[…]]` shows; anything else that it names is a page.
const SHOWN: [&str; 19] = [
    "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "ico", "mp4", "webm", "ogv", "mp3", "ogg", "oga", "wav",
    "m4a", "flac", "pdf",
];

/// Whether `![[…]]` names a page, not a file to show.
fn names_page(body: &Body, link: u32) -> bool {
    let link = &body.tables.links[link as usize];
    let target = body.text(link.destination).split('#').next().unwrap_or_default().trim_end();
    let end = target.rsplit_once('.').map(|(_, end)| end.to_ascii_lowercase());
    link.by != By::Address && !end.is_some_and(|end| SHOWN.contains(&end.as_str()))
}

/// `![[page#facet]]`, alone in its paragraph, becomes an inclusion; anywhere else it is a fault.
fn inclusions(body: &mut Body, faults: &mut Vec<Diagnostic>) {
    let events = std::mem::take(&mut body.events);
    let mut done: Vec<Event> = Vec::with_capacity(events.len());
    let mut at = 0;
    while at < events.len() {
        let Event::Open(Element::Image(image)) = events[at] else {
            done.push(events[at]);
            at += 1;
            continue;
        };
        let length = events[at..].iter().position(|&event| event == Event::Close(Element::Image(image)));
        let end = length.map_or(at, |length| at + length);
        let Image { link, span, .. } = body.tables.images[image as usize];
        let is_alone = matches!(done.last(), Some(Event::Open(Element::Paragraph(_))))
            && matches!(events.get(end + 1), Some(Event::Close(Element::Paragraph(_))));
        if !names_page(body, link) {
            done.extend_from_slice(&events[at..=end]);
            at = end + 1;
            continue;
        }
        body.tables.links[link as usize].purpose = Purpose::Include;
        if is_alone {
            done.pop();
            done.push(Event::Include(link));
            at = end + 2;
            continue;
        } else {
            faults.push(misplaced_inclusion(span));
        }
        at = end + 1;
    }
    body.events = done;
}

fn misplaced_inclusion(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MisplacedInclusion,
        span,
        say!(
            "cette inclusion n’est pas seule dans son paragraphe",
            "this inclusion does not stand alone in its paragraph"
        ),
    )
    .help(say!(
        "mettez-la seule entre deux lignes vides, ou enlevez le `!` pour en faire un lien",
        "put it alone between two empty lines, or remove the `!` to make it a link"
    ))
}

/// An image with a title, alone in its paragraph, becomes a figure.
fn figures(body: &mut Body) {
    let mut at = 0;
    while at < body.events.len() {
        if let [Event::Open(Element::Paragraph(_)), Event::Open(Element::Image(image)), ..] = body.events[at..]
            && let Some(length) =
                body.events[at..].iter().position(|&event| event == Event::Close(Element::Image(image)))
            && let Some(Event::Close(Element::Paragraph(_))) = body.events.get(at + length + 1)
        {
            let written = &body.tables.images[image as usize];
            if !written.decorative && !body.text(body.tables.links[written.link as usize].title).is_empty() {
                body.events[at] = Event::Open(Element::Figure(image));
                body.events[at + length + 1] = Event::Close(Element::Figure(image));
            }
            at += length;
        }
        at += 1;
    }
}

/// A paragraph `Table: …` before or after a table becomes its caption.
fn captions(body: &mut Body) {
    let events = std::mem::take(&mut body.events);
    let mut done: Vec<Event> = Vec::with_capacity(events.len());
    let mut last_table: Option<(u32, usize)> = None;
    let mut at = 0;
    while at < events.len() {
        let caption = caption(body, &events[at..]);
        let Some(caption) = caption else {
            match events[at] {
                Event::Open(Element::Table(table)) => last_table = Some((table, done.len() + 1)),
                Event::Close(Element::Table(_)) => {}
                _ if matches!(done.last(), Some(Event::Close(Element::Table(_)))) => last_table = None,
                _ => {}
            }
            done.push(events[at]);
            at += 1;
            continue;
        };
        let after = last_table.filter(|_| matches!(done.last(), Some(Event::Close(Element::Table(_)))));
        let before = events.get(at + caption.length).copied();
        if let Some((table, inside)) = after.filter(|(table, _)| !body.tables.tables[*table as usize].captioned) {
            body.tables.tables[table as usize].captioned = true;
            done.splice(inside..inside, caption.events);
        } else if let Some(Event::Open(Element::Table(table))) = before {
            body.tables.tables[table as usize].captioned = true;
            done.push(Event::Open(Element::Table(table)));
            last_table = Some((table, done.len()));
            done.extend(caption.events);
            at += 1;
        } else {
            done.extend_from_slice(&events[at..at + caption.length]);
        }
        at += caption.length;
    }
    body.events = done;
}

/// A paragraph that is a caption.
struct CaptionParagraph {
    /// How many events it takes up.
    length: usize,
    /// The caption in its place.
    events: Vec<Event>,
}

/// The caption at the start of `events`.
fn caption(body: &Body, events: &[Event]) -> Option<CaptionParagraph> {
    let [Event::Open(Element::Paragraph(_)), Event::Text(first), ..] = *events else { return None };
    let written = body.text(first);
    let rest =
        written.strip_prefix("Table")?.trim_start_matches([' ', '\u{a0}', '\u{202f}']).strip_prefix(':')?.trim_start();
    let close = events.iter().position(|event| matches!(event, Event::Close(Element::Paragraph(_))))?;
    if rest.is_empty() && close == 2 {
        return None;
    }
    let mut caption = vec![Event::Open(Element::Caption)];
    let start = written.len() - rest.len();
    caption.extend((!rest.is_empty()).then(|| Event::Text(first.part(start..written.len()))));
    caption.extend_from_slice(&events[2..close]);
    caption.push(Event::Close(Element::Caption));
    Some(CaptionParagraph { length: close + 1, events: caption })
}

/// Reports calls without a note, which pulldown-cmark leaves as text, and notes without a call.
fn footnotes(body: &Body, file: FileId, faults: &mut Vec<Diagnostic>) {
    let mut called = vec![false; body.tables.notes.len()];
    for event in &body.events {
        match *event {
            Event::NoteCall(note) => called[note as usize] = true,
            Event::Text(text) => undefined_calls(body, (file, text), faults),
            _ => {}
        }
    }
    for (note, called) in body.tables.notes.iter().zip(called) {
        if !called && !note.label.is_empty() {
            let label = &note.label;
            let span = note_mark(&body.text, note.span);
            faults.push(
                Diagnostic::new(
                    Code::UnusedFootnote,
                    span,
                    say!(
                        "aucun mot du texte n’appelle la note `[^{label}]`",
                        "no word of the text calls the note `[^{label}]`"
                    ),
                )
                .help(say!(
                    "placez `[^{label}]` après le mot qu’elle explique, ou supprimez la note",
                    "put `[^{label}]` after the word that it explains, or delete the note"
                )),
            );
        }
    }
}

fn undefined_calls(body: &Body, (file, text): (FileId, Text), faults: &mut Vec<Diagnostic>) {
    let Some(range) = text.source_range() else { return };
    let written = body.text(text);
    let mut from = 0;
    while let Some(start) = written[from..].find("[^").map(|at| from + at) {
        from = start + 2;
        let Some(length) = written[from..].find(['[', ']', '\n', ' ']) else { return };
        let escaped = start == 0 && range.start > 0 && body.text.as_bytes()[range.start - 1] == b'\\';
        if length == 0 || escaped || !written[from + length..].starts_with(']') {
            continue;
        }
        let label = &written[from..from + length];
        let span = Span::new(file, range.start + start..range.start + from + length + 1);
        faults.push(
            Diagnostic::new(
                Code::UndefinedFootnote,
                span,
                say!(
                    "la note `[^{label}]` n’est écrite nulle part dans la page",
                    "the note `[^{label}]` is written nowhere in the page"
                ),
            )
            .help(say!("ajoutez une ligne `[^{label}]: …` avec son texte", "add a line `[^{label}]: …` with its text")),
        );
    }
}

/// Reports images that say nothing to those who do not see them.
fn alternatives(body: &Body, faults: &mut Vec<Diagnostic>) {
    let mut open: Option<(u32, usize)> = None;
    for (at, event) in body.events.iter().enumerate() {
        match *event {
            Event::Open(Element::Image(image)) if open.is_none() => open = Some((image, at)),
            Event::Close(Element::Image(image)) if open.is_some_and(|(outer, _)| outer == image) => {
                let (_, start) = open.take().expect("the guard has looked");
                let written = &body.tables.images[image as usize];
                if !written.decorative && !body.says_something(&body.events[start..at]) {
                    faults.push(missing_alternative(written.span));
                }
            }
            _ => {}
        }
    }
}

/// The fault of an image without an alternative.
pub(super) fn missing_alternative(span: Span) -> Diagnostic {
    Diagnostic::new(
        Code::MissingAlternative,
        span,
        say!("cette image n’a pas de description pour qui ne la voit pas", "this image has no description for those who do not see it"),
    )
    .help(say!("entre les crochets, dites ce qu’elle montre\u{202f}; si elle ne fait que décorer, écrivez `{DECORATIVE}` juste après elle", "say what it shows between the brackets; if it only decorates, write `{DECORATIVE}` right after it"))
}
