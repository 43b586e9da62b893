//! HTML read back as browsers read it, for tests: what is wrong with its tags, and what stands in them.

use std::cell::RefCell;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use rustc_hash::FxHashSet;

/// Elements without an end tag.
const VOID: [&str; 12] = ["area", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// What Markdown makes no page of, and authors' HTML is let through without.
const DANGEROUS: [&str; 9] = ["script", "style", "iframe", "object", "embed", "form", "svg", "math", "base"];

/// What a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// What an author's text became.
    Piece,
    /// A whole file, the theme's own parts included.
    Page,
}

/// What was read.
#[derive(Debug, Default)]
pub(crate) struct Tags {
    /// What is not well-formed, or may do harm.
    pub(crate) wrong: Vec<String>,
    /// The ids; a piece of a page does not have all its own yet.
    pub(crate) ids: FxHashSet<String>,
    /// Those that are there twice, or are none.
    pub(crate) wrong_ids: Vec<String>,
    /// Where links, pictures and the like lead, as written.
    pub(crate) leads: Vec<String>,
    /// The characters between the tags, those of scripts and styles apart.
    pub(crate) text: String,
}

/// Reads `html`.
pub(crate) fn read(html: &str, scope: Scope) -> Tags {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from_slice(html));
    let tokenizer = Tokenizer::new(Reader { scope, seen: RefCell::default() }, TokenizerOpts::default());
    while !queue.is_empty() {
        drop(tokenizer.feed(&queue));
    }
    tokenizer.end();
    let Seen { mut tags, open, .. } = tokenizer.sink.seen.take();
    tags.wrong.extend(open.into_iter().map(|open| format!("<{open}> stays open")));
    tags
}

struct Reader {
    scope: Scope,
    seen: RefCell<Seen>,
}

#[derive(Default)]
struct Seen {
    tags: Tags,
    open: Vec<String>,
    /// How many of the open ones are drawings, and links.
    drawings: usize,
    links: usize,
}

impl TokenSink for Reader {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut seen = self.seen.borrow_mut();
        match token {
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => return seen.start(&tag, self.scope),
            Token::TagToken(tag) => seen.end(&tag),
            Token::ParseError(words) => seen.tags.wrong.push(words.into_owned()),
            Token::NullCharacterToken => seen.tags.wrong.push("a NUL".to_owned()),
            Token::CharacterTokens(text) if !seen.open.last().is_some_and(|open| is_raw(open)) => {
                seen.tags.text.push_str(&text);
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Seen {
    fn start(&mut self, tag: &Tag, scope: Scope) -> TokenSinkResult<()> {
        let name = &*tag.name;
        self.attributes(tag, scope);
        if scope == Scope::Piece && DANGEROUS.contains(&name) {
            self.wrong(format!("<{name}>"));
        }
        if name == "p" && self.open.iter().any(|open| open == "p") {
            self.wrong("<p> in <p>".to_owned());
        }
        if name == "a" && self.links > 0 {
            self.wrong("<a> in <a>".to_owned());
        }
        if VOID.contains(&name) || tag.self_closing && self.drawings > 0 {
            return TokenSinkResult::Continue;
        }
        if tag.self_closing {
            self.wrong(format!("<{name}/>"));
        }
        self.drawings += usize::from(name == "svg");
        self.links += usize::from(name == "a");
        self.open.push(name.to_owned());
        match name {
            // Of a drawing, `title` and `style` are elements like others.
            _ if self.drawings > 0 => TokenSinkResult::Continue,
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "noscript" | "iframe" => TokenSinkResult::RawData(RawKind::Rawtext),
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            _ => TokenSinkResult::Continue,
        }
    }

    fn attributes(&mut self, tag: &Tag, scope: Scope) {
        let value = |name: &str| tag.attrs.iter().find(|one| &*one.name.local == name).map(|one| &*one.value);
        if scope == Scope::Page && &*tag.name == "script" && value("src").is_none() {
            let is_data = value("type") == Some("application/ld+json");
            self.tags.wrong.extend((!is_data).then(|| "a script in the page".to_owned()));
        }
        for attribute in &tag.attrs {
            let name = &*attribute.name.local;
            match name {
                "id" => self.id(&attribute.value),
                "href" | "src" | "poster" => self.tags.leads.push(attribute.value.to_string()),
                "style" | "srcdoc" | "formaction" | "ping" => self.wrong(format!("`{name}` of <{}>", &*tag.name)),
                _ if name.starts_with("on") => self.wrong(format!("`{name}` of <{}>", &*tag.name)),
                _ => {}
            }
        }
    }

    fn id(&mut self, id: &str) {
        let is_none = id.is_empty() || id.contains(char::is_whitespace);
        if is_none || !self.tags.ids.insert(id.to_owned()) {
            self.tags.wrong_ids.push(id.to_owned());
        }
    }

    fn end(&mut self, tag: &Tag) {
        let open = self.open.pop();
        if open.as_deref() != Some(&*tag.name) {
            self.wrong(format!("</{}> closes {open:?}", &*tag.name));
        }
        self.drawings -= usize::from(open.as_deref() == Some("svg"));
        self.links -= usize::from(open.as_deref() == Some("a"));
    }

    fn wrong(&mut self, what: String) {
        self.tags.wrong.push(what);
    }
}

fn is_raw(element: &str) -> bool {
    matches!(element, "script" | "style")
}

#[cfg(test)]
mod tests {
    use super::{Scope, read};

    #[track_caller]
    fn check(html: &str, scope: Scope, wrong: &[&str]) {
        assert_eq!(read(html, scope).wrong, wrong, "{html}");
    }

    #[test]
    fn what_is_wrong_is_told() {
        use Scope::{Page, Piece};
        check("<p>a<br>b &amp; <a href=\"/c\" id=d>c</a></p>", Piece, &[]);
        check("<p><b>a</p></b>", Piece, &["</p> closes Some(\"b\")", "</b> closes Some(\"p\")"]);
        check("<p><i>a", Piece, &["<p> stays open", "<i> stays open"]);
        check("<p><span><p></p></span></p>", Piece, &["<p> in <p>"]);
        check("<a><b><a></a></b></a>", Piece, &["<a> in <a>"]);
        check("<b onclick=\"x\" style=\"y\"></b>", Piece, &["`onclick` of <b>", "`style` of <b>"]);
        check("<script src=\"x\"></script>", Piece, &["<script>"]);
        check("<script src=\"x\">1 < 2</script><script>3</script>", Page, &["a script in the page"]);
        assert_eq!(read("<b id=\"a\"></b><b id=\"a\"></b><b id=\"\"></b>", Page).wrong_ids, ["a", ""]);
        check("<b/><svg><g/></svg>", Page, &["<b/>", "<b> stays open"]);
        assert_eq!(read("<b class=a class=b></b>", Piece).wrong.len(), 1);
        assert_eq!(read("a\0", Piece).wrong.len(), 2);
    }

    #[test]
    fn what_stands_in_it_is_kept() {
        let tags =
            read("<title>a &lt;b></title><style>c{}</style><img src=\"d\" id=\"e\"><script>f</script>", Scope::Page);
        assert_eq!(tags.text, "a <b>");
        assert_eq!(tags.leads, ["d"]);
        assert!(tags.ids.contains("e"));
    }
}
