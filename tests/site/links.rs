//! Where the links of a site lead, read with a tokenizer of HTML.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use html5ever::buffer_queue::BufferQueue;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use percent_encoding::percent_decode_str;

/// A site as a reader finds it.
pub(crate) struct Site {
    /// The path of the base address, with a slash at both ends.
    base: String,
    /// Its files.
    files: BTreeSet<String>,
    pages: BTreeMap<String, Page>,
}

/// What matters of a page here.
#[derive(Default)]
pub(crate) struct Page {
    /// How many bytes it has.
    pub(crate) size: usize,
    ids: BTreeSet<String>,
    twice: Vec<String>,
    /// Where its links and pictures lead, as written.
    leads: Vec<String>,
}

/// The attributes of a page's elements.
#[derive(Default)]
struct Elements(RefCell<Page>);

impl TokenSink for Elements {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        if let Token::TagToken(tag) = token
            && tag.kind == TagKind::StartTag
        {
            self.0.borrow_mut().add(&tag);
        }
        TokenSinkResult::Continue
    }
}

impl Page {
    fn read(html: &str) -> Page {
        let queue = BufferQueue::default();
        queue.push_back(StrTendril::from_slice(html));
        let tokenizer = Tokenizer::new(Elements::default(), TokenizerOpts::default());
        while !queue.is_empty() {
            drop(tokenizer.feed(&queue));
        }
        tokenizer.end();
        Page { size: html.len(), ..tokenizer.sink.0.take() }
    }

    fn add(&mut self, tag: &Tag) {
        for attribute in &tag.attrs {
            let value = attribute.value.to_string();
            match &*attribute.name.local {
                "id" if !self.ids.insert(value.clone()) => self.twice.push(value),
                "href" | "src" | "poster" => self.leads.push(value),
                "content" if &*tag.name == "meta" => {
                    self.leads.extend(value.split_once("; url=").map(|(_, url)| url.to_owned()));
                }
                _ => {}
            }
        }
    }
}

impl Site {
    /// The site in `folder`, published at the full address `base_url`.
    pub(crate) fn read(folder: &Path, base_url: &str) -> Site {
        let base = base_url.splitn(4, '/').nth(3).unwrap_or("");
        let base = if base.is_empty() { "/".to_owned() } else { format!("/{}/", base.trim_matches('/')) };
        let mut site = Site { base, files: BTreeSet::new(), pages: BTreeMap::new() };
        let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
        for entry in entries.filter(|entry| entry.file_type().is_file()) {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
            if path.ends_with(".html") {
                site.pages.insert(path.clone(), Page::read(&fs::read_to_string(entry.path()).unwrap()));
            }
            site.files.insert(path);
        }
        let origin = base_url.splitn(4, '/').take(3).collect::<Vec<_>>().join("/");
        for lead in site.pages.values_mut().flat_map(|page| &mut page.leads) {
            // What is full and in the site is held to the same.
            if let Some(path) = lead.strip_prefix(&format!("{origin}/")) {
                *lead = format!("/{path}");
            }
        }
        site
    }

    pub(crate) fn pages(&self) -> impl Iterator<Item = (&str, &Page)> {
        self.pages.iter().map(|(path, page)| (path.as_str(), page))
    }

    /// Every link that leads nowhere, and every id that is there twice.
    pub(crate) fn faults(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (path, page) in &self.pages {
            faults.extend(page.twice.iter().map(|id| format!("`{path}` has the id `{id}` twice")));
            let dead = page.leads.iter().filter(|lead| is_internal(lead) && !self.holds(path, lead));
            faults.extend(dead.map(|lead| format!("`{path}` leads to `{lead}`, where nothing is")));
        }
        faults
    }

    /// The pages that no way leads to from the home page.
    pub(crate) fn unreached(&self) -> Vec<&str> {
        let mut reached = BTreeSet::new();
        let mut next = vec!["index.html".to_owned()];
        while let Some(path) = next.pop() {
            if let Some(page) = self.pages.get(&path)
                && reached.insert(path.clone())
            {
                next.extend(
                    page.leads.iter().filter(|lead| is_internal(lead)).filter_map(|lead| self.file(&path, lead)),
                );
            }
        }
        self.pages.keys().map(String::as_str).filter(|path| !reached.contains(*path)).collect()
    }

    /// Whether there is what `lead` names, seen from the page at `path`.
    fn holds(&self, path: &str, lead: &str) -> bool {
        let Some(file) = self.file(path, lead) else { return false };
        let Some((_, fragment)) = lead.split_once('#') else { return self.files.contains(&file) };
        let fragment = decoded(fragment);
        self.pages.get(&file).is_some_and(|page| page.ids.contains(&fragment))
    }

    /// The file that a host answers with; `None` for an address that is not below the base.
    fn file(&self, path: &str, lead: &str) -> Option<String> {
        let address = lead.split(['#', '?']).next()?;
        if address.is_empty() {
            return Some(path.to_owned());
        }
        let below = decoded(address.strip_prefix(&self.base)?);
        Some(if below.is_empty() || below.ends_with('/') { format!("{below}index.html") } else { below })
    }
}

/// Whether a link stays in the site: whatever has no scheme of its own.
fn is_internal(lead: &str) -> bool {
    let scheme = lead.split(['/', '#', '?']).next().unwrap_or("");
    !scheme.contains(':') && !lead.starts_with("//")
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[test]
fn the_checker_sees_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    let page = r##"<p id="a"><a href="/g/b/#é">b</a> <a href="/g/b/#o">o</a> <a href="/b/">out</a> <a href="#a">a</a>
        <img src="/g/c%20d.png"> <a href="https://x.org/g/no/">no</a> <a href="https://y.org/">y</a> <i id="a"></i>"##;
    for (path, text) in [("index.html", page), ("b/index.html", "<p id=\"é\">"), ("c d.png", ""), ("e/index.html", "")]
    {
        crate::guide::write(&folder.path().join(path), text);
    }
    let site = Site::read(folder.path(), "https://x.org/g/");
    assert_eq!(
        site.faults(),
        [
            "`index.html` has the id `a` twice",
            "`index.html` leads to `/g/b/#o`, where nothing is",
            "`index.html` leads to `/b/`, where nothing is",
            "`index.html` leads to `/g/no/`, where nothing is",
        ]
    );
    assert_eq!(site.unreached(), ["e/index.html"]);
}
