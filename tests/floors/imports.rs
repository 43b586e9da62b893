//! What a file of the crate imports from the crate: every `use`, and every path in code.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// One path that starts in the crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Import {
    /// The line its last segment stands on.
    pub(crate) line: usize,
    /// Its first segment from the crate's root: a module, `*`, or nothing where it is the root itself.
    pub(crate) module: String,
}

/// The module that the file at `path` (from `src/`) is.
pub(crate) fn module_of(path: &str) -> Vec<String> {
    let mut segments: Vec<String> = path.trim_end_matches(".rs").split('/').map(str::to_owned).collect();
    if segments.last().is_some_and(|last| last == "mod") {
        segments.pop();
    }
    segments
}

/// All imports of `code`, which stands in the module `here`.
pub(crate) fn imports(here: &[String], code: &str) -> Vec<Import> {
    let tokens: TokenStream = code.parse().unwrap_or_else(|error| panic!("{here:?} is not Rust: {error}"));
    let mut found = Vec::new();
    walk(tokens, here, &mut found);
    found
}

fn walk(tokens: TokenStream, here: &[String], found: &mut Vec<Import>) {
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at += match token {
            TokenTree::Ident(word) if word == "use" => use_item(&tokens[at + 1..], here, found),
            TokenTree::Ident(word) if word == "mod" => module(&tokens[at + 1..], here, found),
            TokenTree::Ident(word) if starts_path(&word.to_string()) => path(&tokens[at..], here, found),
            TokenTree::Group(group) => {
                walk(group.stream(), here, found);
                1
            }
            _ => 1,
        };
    }
}

/// A `use` up to its `;`; returns how many tokens it has.
fn use_item(tokens: &[TokenTree], here: &[String], found: &mut Vec<Import>) -> usize {
    let length = tokens.iter().position(|token| is_sign(token, ';')).unwrap_or(tokens.len());
    use_tree(&tokens[..length], &[], here, found);
    length + 1
}

fn use_tree(tokens: &[TokenTree], prefix: &[String], here: &[String], found: &mut Vec<Import>) {
    let mut segments = prefix.to_vec();
    let mut line = 0;
    for token in tokens {
        line = token.span().start().line;
        match token {
            TokenTree::Group(group) => {
                let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                let branches = inner.split(|token| is_sign(token, ',')).filter(|branch| !branch.is_empty());
                branches.for_each(|branch| use_tree(branch, &segments, here, found));
                return;
            }
            TokenTree::Ident(word) if word == "as" => break,
            TokenTree::Ident(word) => segments.push(word.to_string()),
            TokenTree::Punct(sign) if sign.as_char() == '*' => segments.push("*".to_owned()),
            // A path that starts with `::` is another crate's.
            TokenTree::Punct(_) if segments.is_empty() => return,
            _ => {}
        }
    }
    found.extend(resolve(&segments, here).map(|module| Import { line, module }));
}

/// An inline module's name and body; a module elsewhere is read with its own file.
fn module(tokens: &[TokenTree], here: &[String], found: &mut Vec<Import>) -> usize {
    let [TokenTree::Ident(name), TokenTree::Group(body), ..] = tokens else { return 1 };
    if body.delimiter() == Delimiter::Brace {
        let inside: Vec<String> = here.iter().cloned().chain([name.to_string()]).collect();
        walk(body.stream(), &inside, found);
    }
    3
}

/// A path in code, as `crate::guide::Page`.
fn path(tokens: &[TokenTree], here: &[String], found: &mut Vec<Import>) -> usize {
    let mut segments = vec![tokens[0].to_string()];
    let mut length = 1;
    while let [first, second, TokenTree::Ident(word), ..] = &tokens[length..] {
        if !is_sign(first, ':') || !is_sign(second, ':') {
            break;
        }
        segments.push(word.to_string());
        length += 3;
    }
    if length > 1 {
        let line = tokens[length - 1].span().start().line;
        found.extend(resolve(&segments, here).map(|module| Import { line, module }));
    }
    length
}

/// The first segment from the crate's root of a path in `here`; none for a path into another crate.
fn resolve(segments: &[String], here: &[String]) -> Option<String> {
    let (first, rest) = segments.split_first()?;
    let mut absolute = match first.as_str() {
        "crate" => Vec::new(),
        "self" => here.to_vec(),
        "super" => here[..here.len().saturating_sub(1)].to_vec(),
        _ => return None,
    };
    for segment in rest {
        match segment.as_str() {
            "self" => {}
            "super" => drop(absolute.pop()),
            _ => absolute.push(segment.clone()),
        }
    }
    Some(absolute.into_iter().next().unwrap_or_default())
}

fn starts_path(word: &str) -> bool {
    matches!(word, "crate" | "self" | "super")
}

fn is_sign(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}
