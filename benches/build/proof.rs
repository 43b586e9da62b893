//! Whether a site holds what its guide does: a fast program that leaves something out is no winner.

use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// Where the guide's addresses begin.
const BASE: &str = "https://guide.example.org";

/// What stands before each link between pages, in sources and in sites alike.
const BEFORE_LINK: &str = "Voir ";

/// What stands before each list of related pages in sites, whose front matter asks for it.
const BEFORE_RELATED: &str = "<h2>Voir aussi</h2>";

/// What a guide, or a site, is made of.
#[derive(Default)]
pub(crate) struct Written {
    pages: usize,
    pictures: usize,
    /// Links between pages that authors wrote.
    links: usize,
    /// Lists of related pages that they asked for.
    lists: usize,
}

impl Written {
    /// What stands in the folder `content`.
    pub(crate) fn in_content(content: &Path) -> io::Result<Written> {
        let mut written = Written { pictures: files(content, "png").count(), ..Written::default() };
        for path in files(content, "md") {
            // The list that one of the programs wants is no page.
            written.pages += usize::from(!path.ends_with("SUMMARY.md"));
            let page = std::fs::read_to_string(path)?;
            written.links += page.matches(&format!("{BEFORE_LINK}[")).count();
            written.lists += page.matches("\nrelated").count();
        }
        Ok(written)
    }

    /// An error where the site in `output` has less, or where a link of it leads nowhere.
    pub(crate) fn check(&self, output: &Path) -> io::Result<()> {
        let mut found = Written { pictures: files(output, "png").count(), ..Written::default() };
        for path in files(output, "html") {
            let page = std::fs::read_to_string(&path)?;
            let (links, lists): (Vec<&str>, Vec<Vec<&str>>) = (links(&page).collect(), lists(&page).collect());
            found.pages += 1;
            found.links += links.len();
            found.lists += lists.iter().filter(|list| !list.is_empty()).count();
            for address in links.into_iter().chain(lists.into_iter().flatten()) {
                if !file_at(output, &path, address).is_file() {
                    let page = path.display();
                    return Err(io::Error::other(format!("{address} of {page} leads nowhere")));
                }
            }
        }
        for (what, found, expected) in [
            ("pages", found.pages, self.pages),
            ("pictures", found.pictures, self.pictures),
            ("links", found.links, self.links),
            ("lists of related pages", found.lists, self.lists),
        ] {
            if found < expected {
                return Err(io::Error::other(format!("{found} {what} instead of {expected}")));
            }
        }
        Ok(())
    }
}

/// The files in `folder` with this ending, in no order; what cannot be read is missed, and then told of.
fn files(folder: &Path, ending: &'static str) -> impl Iterator<Item = PathBuf> {
    let all = WalkDir::new(folder).into_iter().filter_map(Result::ok).map(walkdir::DirEntry::into_path);
    all.filter(move |path| path.extension().is_some_and(|extension| extension == ending))
}

/// Where the links that authors wrote lead, as a page spells it.
fn links(page: &str) -> impl Iterator<Item = &str> {
    page.split(BEFORE_LINK).skip(1).filter_map(|rest| address(rest.strip_prefix("<a ")?))
}

/// Where the links of each list of related pages lead.
fn lists(page: &str) -> impl Iterator<Item = Vec<&str>> {
    let lists = page.split(BEFORE_RELATED).skip(1).filter_map(|rest| rest.split("</ul>").next());
    lists.map(|list| list.split("<a ").skip(1).filter_map(address).collect())
}

/// The address in what follows the name of a link's tag.
fn address(rest: &str) -> Option<&str> {
    let (attributes, _) = rest.split_once('>')?;
    let (_, address) = attributes.split_once("href=\"")?;
    address.split('"').next()
}

/// The file that the page at `path` in the site calls by `address`.
fn file_at(output: &Path, path: &Path, address: &str) -> PathBuf {
    let address = address.strip_prefix(BASE).unwrap_or(address);
    let address = address.split('#').next().unwrap_or_default();
    let target = match address.strip_prefix('/') {
        Some(inside) => output.join(inside),
        None => path.with_file_name("").join(address),
    };
    if target.is_dir() { target.join("index.html") } else { target }
}
