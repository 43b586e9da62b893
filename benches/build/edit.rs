//! What an author does to a page between two builds.

use std::io;
use std::path::Path;

/// How many pages a folder of the guide has.
pub(crate) const PER_GROUP: u32 = 20;

/// An edit of one page.
#[derive(Clone, Copy)]
pub(crate) enum Edit {
    /// A sentence more, which shows on the page itself.
    Sentence,
    /// Another title, which also shows on pages that name this one.
    Title,
}

impl Edit {
    /// Carry it out on the role with this number in the guide at `root`; `news` is the word that is new.
    pub(crate) fn apply(self, root: &Path, role: u32, news: &str) -> io::Result<()> {
        let file = root.join("content").join(place(role)).with_extension("md");
        let text = std::fs::read_to_string(&file)?;
        let text = match self {
            Edit::Sentence => format!("{text}\n{news}, dite en une phrase.\n"),
            Edit::Title => {
                let line = text.lines().find(|line| line.starts_with("title: ")).unwrap_or_default();
                text.replacen(line, &format!("title: {news}"), 1)
            }
        };
        std::fs::write(&file, text)
    }
}

/// The address of the role with this number, which is also its file's path without the ending.
pub(crate) fn place(role: u32) -> String {
    format!("roles/groupe-{:04}/role-{role:06}", role / PER_GROUP)
}
