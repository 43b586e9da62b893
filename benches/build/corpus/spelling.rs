//! How each program spells front matter, front pages and links between pages.

use super::Format;
use super::page::{self, Place};
use super::relation::{Part, Relations, Task};

/// What stands above a page's body.
#[derive(Default)]
pub(super) struct Heading {
    pub(super) title: String,
    pub(super) summary: String,
    pub(super) order: u32,
    /// The page's kind, where it is not the one that its place gives it.
    pub(super) kind: Option<&'static str>,
    /// Whether it is a section's front page.
    pub(super) is_front: bool,
    /// Lines that only Boussole understands: the page's synonyms, and whether mentions of it become links.
    pub(super) names: String,
    pub(super) relations: Relations,
}

impl Heading {
    pub(super) fn of_section(title: &str, order: u32) -> Heading {
        let summary = format!("Présentation : {title}.");
        Heading { title: title.into(), summary, order, is_front: true, ..Heading::default() }
    }

    pub(super) fn spell(&self, format: Format) -> String {
        let Heading { title, summary, order, names, relations, .. } = self;
        match format {
            Format::Boussole => {
                let kind = self.kind.map(|kind| format!("kind: {kind}\n")).unwrap_or_default();
                let relations = relations.for_boussole();
                format!(
                    "---\ntitle: \"{title}\"\nsummary: \"{summary}\"\norder: {order}\n{kind}{names}{relations}---\n\n"
                )
            }
            Format::Hugo => {
                let (weight, relations) = (order + 1, relations.for_hugo());
                format!("---\ntitle: \"{title}\"\ndescription: \"{summary}\"\nweight: {weight}\n{relations}---\n\n")
            }
            Format::Zola => {
                let sort = if self.is_front { "sort_by = \"weight\"\n" } else { "" };
                let relations = relations.for_zola();
                format!(
                    "+++\ntitle = \"{title}\"\ndescription = \"{summary}\"\nweight = {order}\n{sort}{relations}+++\n\n"
                )
            }
            Format::Mdbook => format!("# {title}\n\n"),
            Format::Zensical => format!("---\ntitle: \"{title}\"\ndescription: \"{summary}\"\n---\n\n"),
        }
    }
}

impl Relations {
    /// Pages are named by what stands in their address, which no edit of a title changes.
    fn for_boussole(&self) -> String {
        let mut lines = self.yaml(Place::slug);
        if let Some(Task { words, responsible, involved }) = &self.task {
            let (responsible, involved) = (responsible.slug(), involved.slug());
            lines += "tasks:\n";
            lines += &format!("  - {{task: \"{words}\", responsible: [{responsible}], involved: [{involved}]}}\n");
        }
        lines
    }

    fn for_hugo(&self) -> String {
        self.yaml(|place| link(Format::Hugo, place))
    }

    /// With other pages as `name_of_page` calls them.
    fn yaml(&self, name_of_page: fn(Place) -> String) -> String {
        let mut lines = String::new();
        if let Some(Part { series, number, date }) = &self.part {
            lines += &format!("series: \"{series}\"\npart: {number}\ndate: {date}\n");
        }
        if let Some(group) = self.theme {
            lines += &format!("themes: [{}]\n", page::name_of_group(group));
        }
        if let Some((name, places)) = &self.pages {
            let pages: Vec<String> = places.iter().copied().map(name_of_page).collect();
            lines += &format!("{name}: [{}]\n", pages.join(", "));
        }
        lines
    }

    /// Themes and series are taxonomies there; what is none of its own fields stands under `extra`.
    fn for_zola(&self) -> String {
        let (mut own, mut taxonomies, mut extra) = (String::new(), String::new(), String::new());
        if let Some(Part { series, number, date }) = &self.part {
            own += &format!("date = {date}\n");
            taxonomies += &format!("series = [\"{series}\"]\n");
            extra += &format!("part = {number}\n");
        }
        if let Some(group) = self.theme {
            taxonomies += &format!("themes = [\"{}\"]\n", page::name_of_group(group));
        }
        if let Some((name, places)) = &self.pages {
            let pages: Vec<String> = places.iter().map(|place| format!("\"{}\"", place.path())).collect();
            extra += &format!("{name} = [{}]\n", pages.join(", "));
        }
        let table =
            |name: &str, lines: &str| if lines.is_empty() { String::new() } else { format!("[{name}]\n{lines}") };
        own + &table("taxonomies", &taxonomies) + &table("extra", &extra)
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
