//! Every message that the crate can tell is shown somewhere: in a gallery, or in a test.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A message of the source: its words in French and in English, as format strings.
#[derive(Debug)]
pub(crate) struct Message {
    /// The line of its macro.
    pub(crate) line: usize,
    /// Both languages.
    pub(crate) words: [String; 2],
}

/// What the texts of a file are: the messages that it tells, and what its tests expect.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    /// `say!` outside of tests.
    pub(crate) messages: Vec<Message>,
    /// All literals in modules called `tests`.
    pub(crate) expected: Vec<String>,
}

/// The texts of `code`; all of it is a test where `is_test`.
pub(crate) fn texts(code: &str, is_test: bool) -> Texts {
    let tokens: TokenStream = code.parse().unwrap_or_else(|error| panic!("not Rust: {error}"));
    let mut texts = Texts::default();
    walk(tokens, is_test, &mut texts);
    texts
}

/// Whether `text`, line by line, holds the words of a message with something in place of its placeholders.
pub(crate) fn is_shown(words: &str, text: &str) -> bool {
    let pieces = pieces(words);
    text.lines().any(|line| {
        let mut rest = line;
        pieces.iter().all(|piece| match rest.find(piece.as_str()) {
            Some(at) => {
                rest = &rest[at + piece.len()..];
                true
            }
            None => false,
        })
    })
}

/// `text` with ordinary spaces for those that French sets.
pub(crate) fn plainly_spaced(text: &str) -> String {
    text.replace(['\u{a0}', '\u{202f}'], " ")
}

/// What stands between the placeholders of a format string, of its first line.
fn pieces(words: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    let mut chars = words.lines().next().unwrap_or_default().chars().peekable();
    while let Some(c) = chars.next() {
        let doubled = matches!(c, '{' | '}') && chars.next_if_eq(&c).is_some();
        if c == '{' && !doubled {
            chars.by_ref().find(|c| *c == '}');
            pieces.push(String::new());
        } else if let Some(piece) = pieces.last_mut() {
            piece.push(c);
        }
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

fn walk(tokens: TokenStream, is_test: bool, texts: &mut Texts) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    for (at, token) in tokens.iter().enumerate() {
        match token {
            TokenTree::Literal(literal) if is_test => texts.expected.extend(unquoted(&literal.to_string())),
            TokenTree::Group(group) => {
                let before = |back: usize| at.checked_sub(back).map(|at| tokens[at].to_string());
                if !is_test && before(1).as_deref() == Some("!") && before(2).as_deref() == Some("say") {
                    texts.messages.extend(message(group.stream(), group.span_open().start().line));
                }
                let is_module = group.delimiter() == Delimiter::Brace && before(2).as_deref() == Some("mod");
                let is_test = is_test || is_module && before(1).is_some_and(|name| name == "tests");
                walk(group.stream(), is_test, texts);
            }
            _ => {}
        }
    }
}

fn message(tokens: TokenStream, line: usize) -> Option<Message> {
    let mut literals = tokens.into_iter().filter_map(|token| match token {
        TokenTree::Literal(literal) => unquoted(&literal.to_string()),
        _ => None,
    });
    Some(Message { line, words: [literals.next()?, literals.next()?] })
}

/// The text of a string literal, without its quotes and escapes.
fn unquoted(literal: &str) -> Option<String> {
    if let Some(raw) = literal.strip_prefix('r') {
        return Some(raw.trim_matches('#').trim_matches('"').to_owned());
    }
    let written = literal.strip_prefix('"')?.strip_suffix('"')?;
    let mut text = String::new();
    let mut chars = written.chars().peekable();
    while let Some(c) = chars.next() {
        match (c, (c == '\\').then(|| chars.next()).flatten()) {
            (_, None) => text.push(c),
            (_, Some('n')) => text.push('\n'),
            (_, Some('u')) => {
                let digits: String = chars.by_ref().skip(1).take_while(|c| *c != '}').collect();
                text.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
            }
            (_, Some('\n')) => while chars.next_if(|c| c.is_whitespace()).is_some() {},
            (_, Some(other)) => text.push(other),
        }
    }
    Some(text)
}

#[test]
fn messages_and_expectations_are_told_apart() {
    let code = r#"
        fn a() { say!("la clé\u{a0}`{key}`", "the key \
            `{key}`") }
        #[cfg(test)]
        mod tests { fn b() { say!("rien", "none"); assert_eq!(x, "la \"clé\" `a`"); } }
    "#;
    let texts = texts(code, false);
    assert_eq!(texts.messages.len(), 1);
    assert_eq!(texts.messages[0].words, ["la clé\u{a0}`{key}`", "the key `{key}`"]);
    assert_eq!(texts.expected, ["rien", "none", "la \"clé\" `a`"]);
}

#[test]
fn a_message_is_shown_where_its_words_stand_in_order_on_a_line() {
    for (words, text, shown) in [
        ("la clé `{key}` manque", "erreur: la clé `a` manque", true),
        ("la clé `{key}` manque", "la clé `a`\nmanque", false),
        ("{one} et {other}", "a ou b", false),
        ("`{{.deco}}` va", "`{.deco}` va", true),
        ("{list}:\n- x", "a:", true),
    ] {
        assert_eq!(is_shown(words, text), shown, "{words}");
    }
}
