//! What the pages of a rich guide say of each other in their front matter; only Boussole understands it.

use super::page::{self, PER_GROUP};
use super::prose::Writer;
use super::{Corpus, Format, Kind, Place, Variety};

/// The front pages of so many groups are themes.
const THEMES: u32 = 100;

/// So many roles have the tasks of all.
const RESPONSIBLE: u32 = 20;

/// How many articles make a series.
const PER_SERIES: u32 = 10;

/// What tells the choice of relations from the prose of pages, all drawn from one seed.
const RELATIONS: u64 = 1 << 43;

/// Whether the front page of the group with this number is a theme.
pub(super) fn is_theme(variety: Variety, group: u32) -> bool {
    variety == Variety::Rich && group < THEMES
}

/// The lines of front matter that relate the page at `place` to others.
pub(super) fn of(corpus: Corpus, place: Place) -> String {
    if place.variety == Variety::Plain || corpus.format != Format::Boussole {
        return String::new();
    }
    let mut drawer = Drawer { corpus, writer: Writer::new(corpus.seed ^ RELATIONS, place.number) };
    match place.kind() {
        Kind::Role => drawer.of_role(place),
        Kind::Article => drawer.of_article(place),
        Kind::Coplanning => drawer.themes() + &drawer.roles(),
        Kind::Question => drawer.themes() + &format!("about: [{}]\n", drawer.role()),
    }
}

/// Draws other pages; they are named by what stands in their address, which no edit of a title changes.
struct Drawer {
    corpus: Corpus,
    writer: Writer,
}

impl Drawer {
    fn of_role(&mut self, place: Place) -> String {
        let related = format!("related: [{}, {}]\n", self.role(), self.role());
        let tasks = if place.has_picture() { self.tasks(place) } else { String::new() };
        self.themes() + &related + &tasks
    }

    fn of_article(&mut self, place: Place) -> String {
        let article = place.number / 10;
        let (series, part) = (article / PER_SERIES, article % PER_SERIES + 1);
        let date = format!("20{:02}-{:02}-{:02}", 10 + series % 15, part, 1 + article % 28);
        format!("series: \"Récits {series:04}\"\npart: {part}\ndate: {date}\n") + &self.roles()
    }

    fn themes(&mut self) -> String {
        let groups = self.corpus.groups().min(THEMES);
        format!("themes: [{}]\n", page::name_of_group(self.writer.below(groups)))
    }

    fn roles(&mut self) -> String {
        format!("roles: [{}, {}]\n", self.role(), self.role())
    }

    fn tasks(&mut self, place: Place) -> String {
        let responsible = self.first_of_group(RESPONSIBLE);
        let involved = self.first_of_group(RESPONSIBLE);
        let task = self.writer.task();
        format!(
            "tasks:\n  - {{task: \"{task} ({})\", responsible: [{responsible}], involved: [{involved}]}}\n",
            place.number
        )
    }

    /// Any role.
    fn role(&mut self) -> String {
        let number = self.writer.below(self.corpus.pages);
        self.corpus.place(number - number % 10).slug()
    }

    /// The role that begins one of the first so many groups.
    fn first_of_group(&mut self, groups: u32) -> String {
        let group = self.writer.below(groups.min(self.corpus.groups()));
        self.corpus.place(group * PER_GROUP).slug()
    }
}
