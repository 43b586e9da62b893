//! How each program spells front matter, front pages and links between pages.

use super::Format;
use super::page::Place;

/// What stands above a page's body.
pub(super) struct Heading {
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) order: u32,
    /// The page's kind, where it is not the one that its place gives it.
    pub(super) kind: Option<&'static str>,
    /// Whether it is a section's front page.
    pub(super) is_front: bool,
    /// Lines that only Boussole understands: the page's synonyms, whether mentions of it become links, and its relations.
    pub(super) relations: String,
}

impl Heading {
    pub(super) fn of_section(title: &str, order: u32) -> Heading {
        let summary = format!("Présentation : {title}.");
        Heading { title: title.into(), summary, order, kind: None, is_front: true, relations: String::new() }
    }

    pub(super) fn spell(&self, format: Format) -> String {
        let Heading { title, summary, order, relations, .. } = self;
        match format {
            Format::Boussole => {
                let kind = self.kind.map(|kind| format!("kind: {kind}\n")).unwrap_or_default();
                format!("---\ntitle: \"{title}\"\nsummary: \"{summary}\"\norder: {order}\n{kind}{relations}---\n\n")
            }
            Format::Hugo => {
                format!("---\ntitle: \"{title}\"\ndescription: \"{summary}\"\nweight: {}\n---\n\n", order + 1)
            }
            Format::Zola => {
                let sort = if self.is_front { "sort_by = \"weight\"\n" } else { "" };
                format!("+++\ntitle = \"{title}\"\ndescription = \"{summary}\"\nweight = {order}\n{sort}+++\n\n")
            }
            Format::Mdbook => format!("# {title}\n\n"),
            Format::Zensical => format!("---\ntitle: \"{title}\"\ndescription: \"{summary}\"\n---\n\n"),
        }
    }
}

/// The name of the file that is its folder's front page.
pub(super) fn front_name(format: Format) -> &'static str {
    match format {
        Format::Boussole | Format::Mdbook | Format::Zensical => "index.md",
        Format::Hugo | Format::Zola => "_index.md",
    }
}

/// The address to write in a role's page for a link to the role at `target`.
pub(super) fn link(format: Format, target: Place) -> String {
    match format {
        Format::Boussole | Format::Mdbook | Format::Zensical => format!("../{}/{}.md", target.group(), target.slug()),
        Format::Hugo => format!("/roles/{}/{}/", target.group(), target.slug()),
        Format::Zola => format!("@/{}", target.path()),
    }
}

/// The address to write in the page at `place` for its picture.
pub(super) fn picture(format: Format, place: Place) -> String {
    match format {
        Format::Boussole | Format::Mdbook | Format::Zensical => format!("schema-{:06}.png", place.number),
        Format::Hugo | Format::Zola => format!("/{}", place.picture()),
    }
}
