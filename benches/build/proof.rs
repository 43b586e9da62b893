//! Whether a site holds what its guide does: a fast program that leaves something out is no winner.

use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// Where the guide's addresses begin.
const BASE: &str = "https://guide.example.org";

/// What stands before each link between pages, in sources and in sites alike.
const BEFORE_LINK: &str = "Voir ";

/// What follows it instead before each list of related pages that front matter asks for.
const BEFORE_RELATED: &str = "aussi</h2>";

/// What a guide is made of.
pub(crate) struct Written {
    pages: usize,
    pictures: usize,
    /// Links between pages that authors wrote, and lists of related pages that they asked for.
    links: usize,
}

impl Written {
    /// What stands in the folder `content`.
    pub(crate) fn in_content(content: &Path) -> io::Result<Written> {
        let links = |page: &str| page.matches(&format!("{BEFORE_LINK}[")).count() + page.matches("\nrelated").count();
        let (mut pages, mut written) = (0, 0);
        for path in files(content, "md") {
            // The list that one of the programs wants is no page.
            pages += usize::from(!path.ends_with("SUMMARY.md"));
            written += links(&std::fs::read_to_string(path)?);
        }
        Ok(Written { pages, pictures: files(content, "png").count(), links: written })
    }

    /// An error where the site in `output` has less, or where a link of it leads nowhere.
    pub(crate) fn check(&self, output: &Path) -> io::Result<()> {
        let (mut pages, mut links) = (0, 0);
        for path in files(output, "html") {
            pages += 1;
            let page = std::fs::read_to_string(&path)?;
            for address in addresses(&page) {
                links += 1;
                if !file_at(output, &path, address).is_file() {
                    let page = path.display();
                    return Err(io::Error::other(format!("{address} of {page} leads nowhere")));
                }
            }
        }
        let pictures = files(output, "png").count();
        for (what, found, expected) in
            [("pages", pages, self.pages), ("pictures", pictures, self.pictures), ("links", links, self.links)]
        {
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

/// Where the links that authors wrote lead, and the first of each list of related pages, as a page spells it.
fn addresses(page: &str) -> impl Iterator<Item = &str> {
    page.split(BEFORE_LINK).skip(1).filter_map(|rest| {
        let link = rest.strip_prefix(BEFORE_RELATED).and_then(|list| list.find("<a ").map(|at| &list[at..]));
        let (attributes, _) = link.unwrap_or(rest).strip_prefix("<a ")?.split_once('>')?;
        let (_, address) = attributes.split_once("href=\"")?;
        address.split('"').next()
    })
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
