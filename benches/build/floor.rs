//! The floors: the least that a build does, and the least that a build with nothing to do does.
//!
//! A build: walk, read, parse and write as many files as Boussole, with no templates, no links resolved, no front
//! matter understood. No generator that renders every page can do less. With nothing to do: walk, read and hash.

use std::hint::black_box;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use pulldown_cmark::{Event, Options as Markdown, Parser, TagEnd, html};
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
    /// Write no page as plain text: the floor of ratios that are older than these
    #[arg(long)]
    html_only: bool,
}

#[derive(Args)]
pub(crate) struct ReadOptions {
    /// The guide's root
    #[arg(long)]
    root: PathBuf,
}

/// Read and hash every file of the guide's content.
pub(crate) fn read(options: &ReadOptions) -> io::Result<()> {
    let mut files = Vec::new();
    for entry in WalkDir::new(options.root.join("content")) {
        let entry = entry?;
        if entry.file_type().is_file() {
            files.push(entry.into_path());
        }
    }
    files.par_iter().try_for_each(|file| {
        black_box(blake3::hash(&std::fs::read(file)?));
        Ok(())
    })
}

/// Write a page for each Markdown file of the guide, and copy its other files.
pub(crate) fn build(options: &Options) -> io::Result<()> {
    let files = walk(&options.root.join("content"), &options.output)?;
    files.par_iter().try_for_each(|file| match file {
        File::Page(page) => page.write(options.html_only),
        File::Other { source, place } => std::fs::copy(source, place).map(drop),
    })
}

/// What becomes of a file of the content.
enum File {
    Page(Page),
    Other { source: PathBuf, place: PathBuf },
}

/// A Markdown file and the folder of its `index.html` and `index.txt`.
struct Page {
    source: PathBuf,
    folder: PathBuf,
}

/// The files under `content`; the folders that hold them are made in `output` on the way.
fn walk(content: &Path, output: &Path) -> io::Result<Vec<File>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(content) {
        let entry = entry?;
        let inside = entry.path().strip_prefix(content).map_err(io::Error::other)?;
        let place = output.join(inside);
        if entry.file_type().is_dir() {
            std::fs::create_dir_all(place)?;
        } else if place.extension().is_some_and(|extension| extension == "md") {
            files.push(File::Page(Page { folder: folder_of(&place), source: entry.into_path() }));
        } else {
            files.push(File::Other { source: entry.into_path(), place });
        }
    }
    Ok(files)
}

fn folder_of(place: &Path) -> PathBuf {
    let is_front = place.file_stem().is_some_and(|stem| stem == "index" || stem == "_index");
    if is_front { place.with_file_name("") } else { place.with_extension("") }
}

impl Page {
    fn write(&self, html_only: bool) -> io::Result<()> {
        let source = std::fs::read_to_string(&self.source)?;
        let body = after_front_matter(&source);
        let (mut page, mut text) = (String::with_capacity(body.len() * 2), String::new());
        let parser = Parser::new_ext(body, markdown());
        if html_only {
            html::push_html(&mut page, parser);
        } else {
            text.reserve(body.len());
            html::push_html(&mut page, parser.inspect(|event| push_text(&mut text, event)));
        }
        std::fs::create_dir_all(&self.folder)?;
        std::fs::write(self.folder.join("index.html"), page)?;
        if html_only { Ok(()) } else { std::fs::write(self.folder.join("index.txt"), text) }
    }
}

/// What `event`, on its way to becoming HTML, is in plain text: its words, and a line's end after what is no part of one.
fn push_text(text: &mut String, event: &Event<'_>) {
    match event {
        Event::Text(words) | Event::Code(words) => text.push_str(words),
        Event::SoftBreak | Event::HardBreak => text.push('\n'),
        Event::End(
            TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image,
        ) => {}
        Event::End(_) => text.push('\n'),
        _ => {}
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
