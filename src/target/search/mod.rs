//! The search index, made by pagefind: each page's own words under its headings, by kind and theme.
//!
//! What the index is made of is written for it alone, so that it is a function of the authors' text: what a page
//! includes is found on the page that it comes from, and where links lead does not matter. Where no text changed
//! the index of an earlier build is kept.

mod elision;

use std::fmt::Write as _;

use pagefind::api::PagefindIndex;
use pagefind::options::PagefindServiceConfig;
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};

use super::SEARCH;
use super::html::shared::Shared;
use super::product::{Earlier, MadeFile, Product};
use crate::guide::{PageId, Part};
use crate::language::Tongue;
use crate::markup::html::Writer;
use crate::memo::Memo;
use crate::path::OutputPath;
use crate::put;

/// What the program that makes the index and this module together are: another version makes another index.
const VERSION: &str = concat!("search ", env!("CARGO_PKG_VERSION"), " 1");

/// What the files are called that the interface loads; pagefind makes others for interfaces of its own.
const SCRIPTS: [&str; 3] = ["pagefind.js", "pagefind-worker.js", "pagefind-entry.json"];

/// What is left out of the index: the numbers and the arrows of footnotes.
const LEFT_OUT: [&str; 2] = [".footnote-ref", ".footnote-back"];

/// One page as pagefind reads it, and its address without the base path.
struct Document {
    address: String,
    html: String,
}

impl Document {
    fn hash(&self) -> blake3::Hash {
        let mut hasher = blake3::Hasher::new();
        hasher.update(self.address.as_bytes()).update(&[0]).update(self.html.as_bytes());
        hasher.finalize()
    }
}

/// The files of the index of all pages but those that keep out of search; pagefind's own words where it makes none.
pub(super) fn index(shared: &Shared<'_>, memo: &Memo, earlier: Earlier<'_>) -> Result<Product, String> {
    let pages = found(shared);
    // Seldom more is needed of the texts than their hashes: they are not held.
    let hashes: Vec<blake3::Hash> = pages.par_iter().map(|&page| document(shared, memo, page).hash()).collect();
    let fingerprint = fingerprint(language(shared), &hashes);
    match Product::known(earlier, &fingerprint) {
        Some(product) => Ok(product),
        None => texts(shared, memo).index(fingerprint),
    }
}

/// What an index is made of, with nothing of the guide: to be made while other things go on.
pub(crate) struct Texts {
    language: &'static str,
    documents: Vec<Document>,
}

impl Texts {
    /// What the index of these texts is known by.
    pub(crate) fn fingerprint(&self) -> String {
        let hashes: Vec<blake3::Hash> = self.documents.iter().map(Document::hash).collect();
        fingerprint(self.language, &hashes)
    }

    /// The index, known by the `fingerprint` of these texts; pagefind's own words where it makes none.
    pub(crate) fn index(self, fingerprint: String) -> Result<Product, String> {
        make(self.language, self.documents).map(|files| Product { fingerprint, files })
    }
}

/// The texts of all pages but those that keep out of search.
pub(super) fn texts(shared: &Shared<'_>, memo: &Memo) -> Texts {
    let documents = found(shared).par_iter().map(|&page| document(shared, memo, page)).collect();
    Texts { language: language(shared), documents }
}

fn language(shared: &Shared<'_>) -> &'static str {
    shared.spelling.guide.config.site.language.tongue().tag()
}

/// The pages that search finds.
fn found(shared: &Shared<'_>) -> Vec<PageId> {
    let pages = &shared.spelling.guide.pages;
    pages.ids().filter(|page| !pages[*page].draft.front_matter.noindex).collect()
}

fn document(shared: &Shared<'_>, memo: &Memo, page: PageId) -> Document {
    Document {
        address: shared.spelling.guide.pages[page].address.as_str().to_owned(),
        html: Text { shared, memo, page, html: String::new() }.write(),
    }
}

fn fingerprint(language: &str, documents: &[blake3::Hash]) -> String {
    let mut hasher = blake3::Hasher::new();
    for piece in [VERSION, language] {
        hasher.update(piece.as_bytes()).update(&[0]);
    }
    for document in documents {
        hasher.update(document.as_bytes());
    }
    format!("search {}", &hasher.finalize().to_hex()[..32])
}

/// Indexes `documents`, all in one language: readers look for a word wherever it is.
fn make(language: &str, documents: Vec<Document>) -> Result<Vec<MadeFile>, String> {
    let options = PagefindServiceConfig::builder()
        .force_language(language.to_owned())
        .exclude_selectors(LEFT_OUT.map(str::to_owned).to_vec())
        .build();
    // Pagefind stops the program where the system has no thread for it.
    drop(std::thread::Builder::new().spawn(|| ()).map_err(|error| error.to_string())?.join());
    let runtime = tokio::runtime::Builder::new_current_thread().build().map_err(|error| error.to_string())?;
    let files = runtime.block_on(async {
        let mut index = PagefindIndex::new(Some(options)).map_err(|error| error.to_string())?;
        for Document { address, html } in documents {
            index.add_html_file(None, Some(address), html).await.map_err(|error| error.to_string())?;
        }
        index.get_files().await.map_err(|error| error.to_string())
    })?;
    let file = |file: pagefind::api::SyntheticFile| {
        let name = file.filename.to_string_lossy().replace('\\', "/");
        let is_wanted = SCRIPTS.contains(&name.as_str()) || name.starts_with(&format!("wasm.{language}"));
        let is_data = [".pf_meta", ".pf_index", ".pf_filter", ".pf_fragment"].iter().any(|end| name.ends_with(end));
        let output = OutputPath::new(&format!("{SEARCH}{name}")).filter(|_| is_wanted || is_data)?;
        Some(MadeFile::new(output, file.contents))
    };
    let mut files: Vec<MadeFile> = files.into_iter().filter_map(file).collect();
    files.sort_by(|one, other| one.file.cmp(&other.file));
    Ok(files)
}

/// Writes what is indexed of one page.
struct Text<'a> {
    shared: &'a Shared<'a>,
    memo: &'a Memo,
    page: PageId,
    html: String,
}

impl Text<'_> {
    fn write(mut self) -> String {
        let guide = self.shared.spelling.guide;
        let page = &guide.pages[self.page];
        self.title();
        let own = &page.reading.own;
        let mut writers: Vec<Writer<'_>> =
            own.texts.iter().map(|shown| Writer::of_text(guide, shown.id, self.memo)).collect();
        for part in &own.parts {
            self.facet(part);
            let html = writers[part.text].write(part.events.clone());
            self.html.push_str(&html);
        }
        for mut writer in writers {
            self.html.push_str(&writer.write_notes());
        }
        self.synonyms();
        let text = match guide.tongue_of(self.page) {
            Tongue::French => elision::parted(&self.html),
            Tongue::English => self.html,
        };
        self.html = String::from("<html><body>");
        self.filters();
        self.html.push_str(&text);
        self.html.push_str("</body></html>");
        self.html
    }

    /// What the page is called, what results can be narrowed by, and where the page is.
    fn filters(&mut self) {
        let guide = self.shared.spelling.guide;
        let title = self.shared.page_title(self.page).to_owned();
        self.value("meta", "title", &title);
        if let Some(kind) = self.shared.kind_label(self.page) {
            self.value("filter", "kind", kind);
        }
        for &theme in &guide.pages[self.page].relations.themes {
            let title = self.shared.page_title(theme).to_owned();
            self.value("filter", "theme", &title);
        }
        let synonyms = guide.pages[self.page].draft.front_matter.synonyms.join("|");
        if !synonyms.is_empty() {
            self.value("meta", "synonyms", &synonyms);
        }
        let above = guide.ancestors(self.page);
        let above: Vec<&str> = above.iter().skip(1).map(|&folder| self.shared.folder_title(folder)).collect();
        if !above.is_empty() {
            self.value("meta", "section", &above.join(" › "));
        }
    }

    fn title(&mut self) {
        self.html.push_str("<h1>");
        self.escape(self.shared.page_title(self.page));
        self.html.push_str("</h1>\n");
    }

    /// The title of a facet, with the address that it has in the page.
    fn facet(&mut self, part: &Part) {
        let Some(facet) = part.facet else { return };
        let id = self.shared.spelling.guide.config.facets[facet].id.clone();
        self.html.push_str("<h2 id=\"");
        self.escape(&id);
        self.html.push_str("\">");
        let title = self.shared.facet_title(facet);
        self.escape(title);
        self.html.push_str("</h2>\n");
    }

    /// The page's other names weigh as much as its title.
    fn synonyms(&mut self) {
        let synonyms = &self.shared.spelling.guide.pages[self.page].draft.front_matter.synonyms;
        if !synonyms.is_empty() {
            self.html.push_str("<p data-pagefind-weight=\"7\">");
            let synonyms = synonyms.join(", ");
            self.escape(&synonyms);
            self.html.push_str("</p>\n");
        }
    }

    fn value(&mut self, of: &str, name: &str, value: &str) {
        let written = write!(self.html, "<span data-pagefind-{of}=\"{name}[content]\" content=\"");
        written.expect("writing to a string cannot fail");
        self.escape(value);
        self.html.push_str("\"></span>\n");
    }

    fn escape(&mut self, text: &str) {
        put::attribute(&mut self.html, text);
    }
}
