//! The HTML that comes out, read back strictly: what is not well-formed is told, nothing is made up for it.

/// A piece of a page.
#[derive(Debug)]
pub(super) enum Node {
    Element(Element),
    /// With its entities decoded.
    Text(String),
}

/// An element with all that is in it.
#[derive(Debug)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
    pub(super) children: Vec<Node>,
}

/// Elements that have no end.
const VOID: [&str; 7] = ["br", "hr", "img", "input", "link", "meta", "source"];

/// Elements whose content is not markup.
const RAW: [&str; 2] = ["script", "style"];

/// The elements and texts of `html`, in one that stands for the document; else what is wrong and what follows it.
pub(super) fn parse(html: &str) -> Result<Element, String> {
    let mut reader = Reader { rest: html, open: vec![element("", "")?] };
    while !reader.rest.is_empty() {
        reader.step().map_err(|wrong| format!("{wrong} before {:.120}", reader.rest))?;
    }
    match reader.open.pop() {
        Some(document) if reader.open.is_empty() => Ok(document),
        open => Err(format!("{:?} is not closed", open.map(|open| open.name))),
    }
}

impl Element {
    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether it is a `name`, or a `name.class`.
    pub(super) fn is(&self, selector: &str) -> bool {
        let (name, class) = selector.split_once('.').map_or((selector, None), |(name, class)| (name, Some(class)));
        let mut classes = self.attribute("class").unwrap_or_default().split(' ');
        self.name == name && class.is_none_or(|class| classes.any(|known| known == class))
    }

    /// The elements in it that are `selector`, in their order; the outer before the inner.
    pub(super) fn all(&self, selector: &str) -> Vec<&Element> {
        self.descendants().into_iter().filter(|element| element.is(selector)).collect()
    }

    /// All elements in it, the outer before the inner.
    pub(super) fn descendants(&self) -> Vec<&Element> {
        let mut found = Vec::new();
        for child in &self.children {
            if let Node::Element(element) = child {
                found.push(element);
                found.extend(element.descendants());
            }
        }
        found
    }

    /// Its text, but for what stands in an element that `is_left_out`.
    pub(super) fn text_without(&self, is_left_out: &dyn Fn(&Element) -> bool) -> String {
        let text = |child: &Node| match child {
            Node::Text(text) => text.clone(),
            Node::Element(element) if is_left_out(element) => String::new(),
            Node::Element(element) => element.text_without(is_left_out),
        };
        self.children.iter().map(text).collect()
    }

    /// Its text.
    pub(super) fn text(&self) -> String {
        self.text_without(&|_| false)
    }
}

struct Reader<'h> {
    rest: &'h str,
    /// The document first.
    open: Vec<Element>,
}

impl<'h> Reader<'h> {
    fn step(&mut self) -> Result<(), String> {
        if self.rest.starts_with("<!") {
            let end = if self.rest.starts_with("<!--") { "-->" } else { ">" };
            self.until(end).map(drop)
        } else if let Some(rest) = self.rest.strip_prefix("</") {
            self.rest = rest;
            let name = self.until(">")?;
            self.close(name)
        } else if let Some(rest) = self.rest.strip_prefix('<') {
            self.rest = rest;
            let tag = self.until(">")?;
            self.start(tag)
        } else {
            let (text, rest) = self.rest.split_at(self.rest.find('<').unwrap_or(self.rest.len()));
            self.rest = rest;
            self.add(Node::Text(decode(text)?))
        }
    }

    fn start(&mut self, tag: &'h str) -> Result<(), String> {
        let (bare, is_closed) = tag.strip_suffix('/').map_or((tag, false), |bare| (bare, true));
        let (name, attributes) = bare.split_once(char::is_whitespace).unwrap_or((bare, ""));
        let mut element = element(name, attributes)?;
        if RAW.contains(&name) {
            let end = format!("</{name}>");
            element.children.push(Node::Text(self.until(&end)?.to_owned()));
            self.add(Node::Element(element))
        } else if is_closed || VOID.contains(&name) {
            self.add(Node::Element(element))
        } else {
            self.open.push(element);
            Ok(())
        }
    }

    fn close(&mut self, name: &str) -> Result<(), String> {
        match self.open.pop() {
            Some(element) if element.name == name => self.add(Node::Element(element)),
            open => Err(format!("</{name}> closes {:?}", open.map(|open| open.name))),
        }
    }

    fn add(&mut self, node: Node) -> Result<(), String> {
        self.open.last_mut().ok_or("outside of everything")?.children.push(node);
        Ok(())
    }

    fn until(&mut self, end: &str) -> Result<&'h str, String> {
        let (before, after) = self.rest.split_once(end).ok_or(format!("no {end}"))?;
        self.rest = after;
        Ok(before)
    }
}

/// An element without its content. Values are between double quotation marks, or absent.
fn element(name: &str, attributes: &str) -> Result<Element, String> {
    let mut element = Element { name: name.to_owned(), attributes: Vec::new(), children: Vec::new() };
    let mut rest = attributes.trim();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (key, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix("=\"") {
            Some(value) => value.split_once('"').ok_or(format!("{key} of {name} does not end"))?,
            None => ("", after),
        };
        if element.attribute(key).is_some() {
            return Err(format!("{name} has {key} twice"));
        }
        element.attributes.push((key.to_owned(), decode(value)?));
        rest = after.trim_start();
    }
    Ok(element)
}

/// The characters of a text with entities.
fn decode(text: &str) -> Result<String, String> {
    let mut pieces = text.split('&');
    let mut decoded = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (entity, rest) = piece.split_once(';').ok_or(format!("a bare & before {piece:.40}"))?;
        decoded.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "#39" | "#x27" => '\'',
            "#x2F" => '/',
            other => return Err(format!("the entity {other}")),
        });
        decoded.push_str(rest);
    }
    Ok(decoded)
}

#[test]
fn what_is_not_well_formed_is_told() {
    for wrong in ["<p>", "</p>", "<b><i></b></i>", "<p", "<p id=\"a\" id=\"b\">x</p>", "a & b", "<p id=\"a>"] {
        assert!(parse(wrong).is_err(), "{wrong}");
    }
    let page = parse("<!doctype html>\n<p class=\"a b\" hidden>x &lt; <i>y</i><br></p><script>1 < 2</script>").unwrap();
    let paragraph = page.all("p.b")[0];
    assert_eq!(paragraph.text(), "x < y");
    assert_eq!(paragraph.attribute("hidden"), Some(""));
    assert_eq!(paragraph.text_without(&|element| element.is("i")), "x < ");
}
