//! The floor: walk, read, parse and write as many files as a real build, with no templates, no links
//! resolved, no front matter understood. No generator that renders every page can do less.

use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use pulldown_cmark::{Options as Markdown, Parser, html};
use rayon::prelude::{IntoParallelRefIterator, ParallelIterator};
use walkdir::WalkDir;

#[derive(Args)]
pub(crate) struct Options {
    /// The guide's root
    #[arg(long)]
    root: PathBuf,
    /// Folder to write, made when missing
    #[arg(long)]
    output: PathBuf,
}

pub(crate) fn build(options: &Options) -> io::Result<()> {
    let content = options.root.join("content");
    let pages = walk(&content, &options.output)?;
    pages.par_iter().try_for_each(Page::write)
}

/// A Markdown file and the folder of its `index.html`.
struct Page {
    source: PathBuf,
    folder: PathBuf,
}

/// The pages under `content`; the folders that hold them are made in `output` on the way.
fn walk(content: &Path, output: &Path) -> io::Result<Vec<Page>> {
    let mut pages = Vec::new();
    for entry in WalkDir::new(content) {
        let entry = entry?;
        let inside = entry.path().strip_prefix(content).map_err(io::Error::other)?;
        let place = output.join(inside);
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(place)?;
        } else if place.extension().is_some_and(|extension| extension == "md") {
            pages.push(Page { folder: folder_of(&place), source: entry.into_path() });
        }
    }
    Ok(pages)
}

fn folder_of(place: &Path) -> PathBuf {
    let is_front = place.file_stem().is_some_and(|stem| stem == "index" || stem == "_index");
    if is_front { place.with_file_name("") } else { place.with_extension("") }
}

impl Page {
    fn write(&self) -> io::Result<()> {
        let text = std::fs::read_to_string(&self.source)?;
        let body = after_front_matter(&text);
        let mut page = String::with_capacity(body.len() * 2);
        html::push_html(&mut page, Parser::new_ext(body, markdown()));
        std::fs::create_dir_all(&self.folder)?;
        std::fs::write(self.folder.join("index.html"), page)
    }
}

/// The syntax that guides are written in.
fn markdown() -> Markdown {
    Markdown::ENABLE_TABLES
        | Markdown::ENABLE_FOOTNOTES
        | Markdown::ENABLE_STRIKETHROUGH
        | Markdown::ENABLE_TASKLISTS
        | Markdown::ENABLE_GFM
        | Markdown::ENABLE_DEFINITION_LIST
        | Markdown::ENABLE_HEADING_ATTRIBUTES
        | Markdown::ENABLE_WIKILINKS
}

fn after_front_matter(text: &str) -> &str {
    let Some(rest) = text.strip_prefix("---\n") else { return text };
    rest.split_once("\n---\n").map_or(text, |(_, body)| body)
}
