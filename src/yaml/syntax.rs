//! What is not YAML, told in an author's words: the mistake is looked for in the source, near where the parser stopped.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic, Say, say};
use crate::source::{FileId, Span};

/// Why there is no tree; offsets are bytes of the YAML.
#[derive(Debug)]
pub(super) enum Broken {
    /// The parser stopped.
    Scan {
        /// Where.
        at: usize,
        /// The parser's own words.
        words: String,
    },
    /// A second document starts.
    SecondDocument(usize),
    /// A value that starts with `!`.
    Tag(usize),
    /// A list or map too deep in others.
    Deep(usize),
    /// An alias inside of what it repeats.
    Circular(usize),
    /// Aliases that repeat too much.
    Unfolding(usize),
}

/// Characters with which YAML lets no unquoted value begin, or gives it another meaning.
const RESERVED: [char; 6] = ['@', '`', '%', '*', '&', '!'];

/// The fault of YAML that is `broken`; `text` starts at the given byte of the file.
pub(super) fn fault(text: &str, broken: &Broken, place: (FileId, usize)) -> Diagnostic {
    let source = Source { text, place };
    match broken {
        Broken::Scan { at, words } => source.scan(source.bounded(*at), words),
        Broken::Tag(at) => {
            let line = source.line_at(source.bounded(*at));
            source.reserved(&line).unwrap_or_else(|| source.unreadable(&line))
        }
        Broken::SecondDocument(at) => source.fault(
            source.line_at(source.bounded(*at)).range,
            say!("une seconde ligne `---` est de trop ici", "a second line `---` is one too many here"),
            say!("enlevez cette ligne", "remove this line"),
        ),
        Broken::Deep(at) => source.fault(
            source.at(*at),
            say!(
                "il y a ici trop de listes les unes dans les autres",
                "there are too many lists inside one another here"
            ),
            say!(
                "fermez des crochets, ou rapprochez les lignes de la marge",
                "close some brackets, or move the lines towards the margin"
            ),
        ),
        Broken::Circular(at) => source.fault(
            source.at(*at),
            say!("cette valeur se contient elle-même", "this value holds itself"),
            say!("écrivez la valeur en toutes lettres", "write the value out"),
        ),
        Broken::Unfolding(at) => source.fault(
            source.at(*at),
            say!("`*` répète ici trop de valeurs", "`*` repeats too many values here"),
            say!("écrivez les valeurs en toutes lettres", "write the values out"),
        ),
    }
}

struct Source<'t> {
    text: &'t str,
    place: (FileId, usize),
}

/// A line of the source, taken apart.
struct Line {
    /// The line without its indentation and final white space.
    range: Range<usize>,
    /// Where the line starts, indentation included.
    start: usize,
    /// The value after `key: ` or `- `; the whole line where there is neither.
    value: Range<usize>,
}

impl Source<'_> {
    fn scan(&self, at: usize, words: &str) -> Diagnostic {
        let line = self.line_at(at);
        let previous = self.line_before(&line);
        if words.contains("tab") {
            let lines = self.lines().skip_while(|next| next.start < line.start);
            if let Some(fault) = lines.take(2).find_map(|line| self.tab(&line)) {
                return fault;
            }
        }
        if let Some(fault) = self.open_bracket(at) {
            return fault;
        }
        let line = &line;
        let told = self.reserved(line).or_else(|| self.reserved_within(at, line));
        let told = told.or_else(|| self.quote(line, words)).or_else(|| self.list(line, words));
        let told = told.or_else(|| self.after_bracket(line)).or_else(|| self.colon(line));
        let told = told.or_else(|| previous.as_ref().and_then(|above| self.above(line, above)));
        told.or_else(|| self.hyphen(line)).or_else(|| self.no_colon(line)).unwrap_or_else(|| self.unreadable(line))
    }

    /// White space before the text of a line holds a tab.
    fn tab(&self, line: &Line) -> Option<Diagnostic> {
        let indentation = line.start..line.range.start;
        let written = &self.text[indentation.clone()];
        let first = written.find('\t')?;
        let patch = self.span(indentation.clone());
        let is_alone = line.has_key()
            && self.line_before(line).is_some_and(|above| {
                let is_item = self.text[above.range.clone()].starts_with("- ");
                above.has_key() && !is_item && above.indentation() == 0 && !self.text[above.value.clone()].is_empty()
            });
        let (help, mended) = match is_alone {
            true => (say!("enlevez-la", "remove it"), String::new()),
            false => {
                (say!("mettez deux espaces à sa place", "put two spaces in its place"), written.replace('\t', "  "))
            }
        };
        let message = say!("cette ligne commence par une tabulation", "this line begins with a tab");
        Some(self.fault(indentation.start + first..indentation.end, message, help).patch(patch, mended))
    }

    /// A value starts with a character that needs quotes.
    fn reserved(&self, line: &Line) -> Option<Diagnostic> {
        let first = self.text[line.value.clone()].chars().next().filter(|first| RESERVED.contains(first))?;
        Some(self.to_quote(line.value.clone(), first))
    }

    /// Text after the bracket that closes a value.
    fn after_bracket(&self, line: &Line) -> Option<Diagnostic> {
        let value = &self.text[line.value.clone()];
        let first = value.chars().next().filter(|first| matches!(first, '[' | '{'))?;
        closing(value).is_some_and(|length| length < value.len()).then(|| self.to_quote(line.value.clone(), first))
    }

    /// The same inside of brackets, where the parser stops at the very character.
    fn reserved_within(&self, at: usize, line: &Line) -> Option<Diagnostic> {
        let first = self.text[at..].chars().next().filter(|first| RESERVED.contains(first))?;
        let bracketed = self.text[line.value.clone()].starts_with(['[', '{']) && line.value.contains(&at);
        let end = self.text[at..line.range.end.max(at)].find([',', ']', '}']).map_or(line.range.end, |end| at + end);
        bracketed.then(|| self.to_quote(at..at + self.text[at..end].trim_end().len(), first))
    }

    fn to_quote(&self, range: Range<usize>, first: char) -> Diagnostic {
        let message = match first {
            '`' => say!(
                "ce texte commence par «\u{a0}` » et n’est pas entre guillemets",
                "this text begins with “`” and is not in quotes"
            ),
            _ => say!(
                "ce texte commence par `{first}` et n’est pas entre guillemets",
                "this text begins with `{first}` and is not in quotes"
            ),
        };
        let fault = self.fault(range.clone(), message, say!("mettez-le entre guillemets", "put it in quotes"));
        self.quoted(fault, range)
    }

    /// A quote that never closes, or text after the one that does.
    fn quote(&self, line: &Line, words: &str) -> Option<Diagnostic> {
        if !words.contains("quoted") {
            return None;
        }
        let value = &self.text[line.value.clone()];
        let quote = value.chars().next().filter(|first| matches!(first, '"' | '\''))?;
        let span = line.value.clone();
        if !words.contains("trailing content") {
            return Some(self.fault(
                span,
                say!(
                    "le guillemet `{quote}` ouvert ici n’est jamais fermé",
                    "the quote `{quote}` opened here never closes"
                ),
                say!("ajoutez `{quote}` à la fin du texte", "add `{quote}` at the end of the text"),
            ));
        }
        let fault = self.fault(
            span.clone(),
            say!(
                "il y a du texte après le guillemet `{quote}` qui ferme",
                "there is text after the closing quote `{quote}`"
            ),
            say!("mettez tout le texte entre guillemets", "put the whole text in quotes"),
        );
        let inner = value.strip_prefix(quote).and_then(|inner| inner.strip_suffix(quote)).unwrap_or(value);
        Some(fault.patch(self.span(span), in_quotes(inner)))
    }

    /// A list that begins on its key's line.
    fn list(&self, line: &Line, words: &str) -> Option<Diagnostic> {
        let value = &self.text[line.value.clone()];
        (words.contains("block sequence") && value.starts_with("- ")).then(|| {
            self.fault(
                line.value.clone(),
                say!("cette liste commence sur la ligne de sa clé", "this list begins on the line of its key"),
                say!(
                    "allez à la ligne avant chaque `- `, ou écrivez `[un, deux]`",
                    "begin a new line before each `- `, or write `[one, two]`"
                ),
            )
        })
    }

    /// A value that holds `: `.
    fn colon(&self, line: &Line) -> Option<Diagnostic> {
        let value = &self.text[line.value.clone()];
        if !line.has_key()
            || !(value.contains(": ") || value.ends_with(':'))
            || value.starts_with(['"', '\'', '[', '{'])
        {
            return None;
        }
        let fault = self.fault(
            line.value.clone(),
            say!("ce texte contient `: ` et n’est pas entre guillemets", "this text holds `: ` and is not in quotes"),
            say!("mettez-le entre guillemets", "put it in quotes"),
        );
        Some(self.quoted(fault, line.value.clone()))
    }

    /// What only the line above explains: a key under a value, a line without a key.
    fn above(&self, line: &Line, above: &Line) -> Option<Diagnostic> {
        let deeper = line.indentation() > above.indentation();
        let keyed = |line: &Line| line.has_key() && !self.text[line.range.clone()].starts_with("- ");
        if deeper && keyed(line) && keyed(above) && !above.value.is_empty() {
            return Some(self.fault(
                line.range.clone(),
                say!(
                    "cette clé est plus à droite que celle du dessus, qui a déjà une valeur",
                    "this key stands further right than the one above, which has a value already"
                ),
                say!("alignez-la sur les autres clés", "align it with the other keys"),
            ));
        }
        self.no_colon(above).or_else(|| {
            let astray = line.has_key() && above.has_key() && line.indentation() != above.indentation();
            astray.then(|| {
                self.fault(
                    line.range.clone(),
                    say!("cette ligne n’est alignée sur aucune autre", "this line is aligned with no other"),
                    say!(
                        "alignez-la sur les clés ou les `- ` du même niveau",
                        "align it with the keys or the `- ` of its level"
                    ),
                )
            })
        })
    }

    /// A hyphen without its space.
    fn hyphen(&self, line: &Line) -> Option<Diagnostic> {
        let written = &self.text[line.range.clone()];
        (written.len() > 1 && written.starts_with('-') && !written.starts_with("--") && !line.has_key()).then(|| {
            self.fault(
                line.range.clone(),
                say!("ce `-` n’est pas suivi d’une espace", "no space follows this `-`"),
                say!("mettez une espace après chaque `-`", "put a space after each `-`"),
            )
        })
    }

    /// A line that is neither a key nor an item of a list.
    fn no_colon(&self, line: &Line) -> Option<Diagnostic> {
        let written = &self.text[line.range.clone()];
        if line.has_key() || written.is_empty() || written.starts_with(['-', '#', '[', '{', ']', '}']) {
            return None;
        }
        let message =
            say!("cette ligne n’est pas de la forme `clé: valeur`", "this line is not of the form `key: value`");
        let joined = written.find(':').filter(|colon| *colon > 0 && !written[..*colon].contains(char::is_whitespace));
        Some(match joined {
            Some(colon) => self
                .fault(line.range.clone(), message, say!("mettez une espace après `:`", "put a space after `:`"))
                .patch(self.span(line.range.start + colon..line.range.start + colon + 1), ": ".to_owned()),
            None => self.fault(
                line.range.clone(),
                message,
                say!("écrivez la clé, `: `, puis la valeur\u{202f}; si la ligne continue celle du dessus, commencez-la par deux espaces", "write the key, `: `, then the value; if the line goes on from the one above, begin it with two spaces"),
            ),
        })
    }

    /// The last bracket that opens a value before `at`, where it does not close before the next key.
    fn open_bracket(&self, at: usize) -> Option<Diagnostic> {
        let opens = |line: &Line| self.text[line.value.clone()].starts_with(['[', '{']);
        let line = self.lines().take_while(|line| line.start <= at).filter(opens).last()?;
        let ends = |next: &Line| next.start > line.start && next.has_key() && next.indentation() <= line.indentation();
        let end = self.lines().find(ends).map_or(self.text.len(), |next| next.start);
        if closing(&self.text[line.value.start..end]).is_some() {
            return None;
        }
        let bracket = &self.text[line.value.start..=line.value.start];
        let close = if bracket == "[" { ']' } else { '}' };
        Some(self.fault(
            line.value.start..line.value.start + 1,
            say!("le `{bracket}` ouvert ici n’est pas fermé", "the `{bracket}` opened here is not closed"),
            say!(
                "ajoutez `{close}`, ou mettez le texte entre guillemets si ce n’est pas une liste",
                "add `{close}`, or put the text in quotes if it is not a list"
            ),
        ))
    }

    fn unreadable(&self, line: &Line) -> Diagnostic {
        self.fault(
            line.range.clone(),
            say!("Boussole ne comprend pas cette ligne", "Boussole does not understand this line"),
            say!(
                "vérifiez les espaces de son début, ses guillemets et ses `:`",
                "check the spaces at its start, its quotes and its `:`"
            ),
        )
    }

    fn fault(&self, range: Range<usize>, message: Say, help: Say) -> Diagnostic {
        Diagnostic::new(Code::YamlSyntax, self.span(range), message).help(help)
    }

    fn quoted(&self, fault: Diagnostic, range: Range<usize>) -> Diagnostic {
        let text = in_quotes(&self.text[range.clone()]);
        fault.patch(self.span(range), text)
    }

    fn span(&self, range: Range<usize>) -> Span {
        let (file, offset) = self.place;
        Span::new(file, offset + range.start..offset + range.end)
    }

    fn bounded(&self, at: usize) -> usize {
        self.text.floor_char_boundary(at.min(self.text.len()))
    }

    /// The character at `at`.
    fn at(&self, at: usize) -> Range<usize> {
        let at = self.bounded(at);
        at..at + self.text[at..].chars().next().map_or(0, char::len_utf8)
    }

    /// The line that holds `at`, or the last one before it that is not blank.
    fn line_at(&self, at: usize) -> Line {
        let start = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let line = self.line_from(start);
        if !line.range.is_empty() {
            return line;
        }
        self.line_before(&line).unwrap_or(line)
    }

    /// The last line before `line` that is not blank.
    fn line_before(&self, line: &Line) -> Option<Line> {
        let before = self.text[..line.start].trim_end();
        (!before.is_empty()).then(|| self.line_from(before.rfind('\n').map_or(0, |newline| newline + 1)))
    }

    fn lines(&self) -> impl Iterator<Item = Line> + '_ {
        let mut next = Some(0);
        std::iter::from_fn(move || {
            let start = next?;
            next = memchr::memchr(b'\n', &self.text.as_bytes()[start..]).map(|length| start + length + 1);
            Some(self.line_from(start))
        })
    }

    fn line_from(&self, start: usize) -> Line {
        let whole = self.text[start..].split('\n').next().unwrap_or_default();
        let indentation = whole.len() - whole.trim_start().len();
        let written = whole.trim();
        let range = start + indentation..start + indentation + written.len();
        let skipped = before_value(written);
        let value = written[skipped..].split(" #").next().unwrap_or_default().trim_end();
        Line { start, value: range.start + skipped..range.start + skipped + value.len(), range }
    }
}

impl Line {
    fn indentation(&self) -> usize {
        self.range.start - self.start
    }

    /// Whether the value stands after a key or a hyphen.
    fn has_key(&self) -> bool {
        self.value.start > self.range.start
    }
}

/// The length of what comes before the value of a line: hyphens, a key and its colon.
fn before_value(line: &str) -> usize {
    let item = line.len() - line.trim_start_matches("- ").len();
    let rest = &line[item..];
    if rest.starts_with(['"', '\'', '[', '{', ':']) {
        return item;
    }
    let colon = rest.find(": ").or_else(|| rest.strip_suffix(':').map(str::len));
    let Some(colon) = colon else { return item };
    let value = &rest[colon + 1..];
    item + colon + 1 + (value.len() - value.trim_start().len())
}

/// The length up to where the bracket at the start of `text` closes; brackets in quotes do not count.
fn closing(text: &str) -> Option<usize> {
    let (mut depth, mut quote, mut before) = (0, None, ' ');
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') if " [{,:\n".contains(before) => quote = Some(c),
            (None, '[' | '{') => depth += 1,
            (None, ']' | '}') => depth -= 1,
            (None, _) => {}
        }
        if depth == 0 {
            return Some(at + c.len_utf8());
        }
        before = c;
    }
    None
}

/// `text` as a quoted value.
fn in_quotes(text: &str) -> String {
    if text.contains(['"', '\\']) { format!("'{}'", text.replace('\'', "''")) } else { format!("\"{text}\"") }
}
