//! What the pages of a rich guide say of each other in their front matter.

use super::page::PER_GROUP;
use super::prose::Writer;
use super::{Corpus, Kind, Place, Variety};

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

/// What the front matter of a page says of others.
#[derive(Default)]
pub(super) struct Relations {
    pub(super) part: Option<Part>,
    /// The number of the group whose front page is the page's theme.
    pub(super) theme: Option<u32>,
    /// A list of other pages, with its name in front matter.
    pub(super) pages: Option<(&'static str, Vec<Place>)>,
    pub(super) task: Option<Task>,
}

/// Which part of a series a page is.
pub(super) struct Part {
    pub(super) series: String,
    /// From 1.
    pub(super) number: u32,
    /// The day of its publication, as in `2026-11-27`.
    pub(super) date: String,
}

/// A task, and the roles that have to do with it.
pub(super) struct Task {
    pub(super) words: String,
    pub(super) responsible: Place,
    pub(super) involved: Place,
}

/// What relates the page at `place` to others.
pub(super) fn of(corpus: Corpus, place: Place) -> Relations {
    if place.variety == Variety::Plain {
        return Relations::default();
    }
    let mut drawer = Drawer { corpus, writer: Writer::new(corpus.seed ^ RELATIONS, place.number) };
    match place.kind() {
        Kind::Role => drawer.of_role(place),
        Kind::Article => drawer.of_article(place),
        Kind::Coplanning => drawer.in_theme("roles", 2),
        Kind::Question => drawer.in_theme("about", 1),
    }
}

/// Draws other pages.
struct Drawer {
    corpus: Corpus,
    writer: Writer,
}

impl Drawer {
    fn of_role(&mut self, place: Place) -> Relations {
        let pages = Some(("related", self.roles(2)));
        let task = place.has_picture().then(|| self.task(place));
        Relations { theme: Some(self.theme()), pages, task, ..Relations::default() }
    }

    fn of_article(&mut self, place: Place) -> Relations {
        let article = place.number / 10;
        let (series, number) = (article / PER_SERIES, article % PER_SERIES + 1);
        let date = format!("20{:02}-{number:02}-{:02}", 10 + series % 15, 1 + article % 28);
        let part = Part { series: format!("Récits {series:04}"), number, date };
        Relations { part: Some(part), pages: Some(("roles", self.roles(2))), ..Relations::default() }
    }

    /// A theme, and so many roles under this name.
    fn in_theme(&mut self, name: &'static str, count: u32) -> Relations {
        Relations { theme: Some(self.theme()), pages: Some((name, self.roles(count))), ..Relations::default() }
    }

    fn theme(&mut self) -> u32 {
        let groups = self.corpus.groups().min(THEMES);
        self.writer.below(groups)
    }

    fn roles(&mut self, count: u32) -> Vec<Place> {
        (0..count).map(|_| self.role()).collect()
    }

    fn task(&mut self, place: Place) -> Task {
        let responsible = self.first_of_group(RESPONSIBLE);
        let involved = self.first_of_group(RESPONSIBLE);
        Task { words: format!("{} ({})", self.writer.task(), place.number), responsible, involved }
    }

    /// Any role.
    fn role(&mut self) -> Place {
        let number = self.writer.below(self.corpus.pages);
        self.corpus.place(number - number % 10)
    }

    /// The role that begins one of the first so many groups.
    fn first_of_group(&mut self, groups: u32) -> Place {
        let group = self.writer.below(groups.min(self.corpus.groups()));
        self.corpus.place(group * PER_GROUP)
    }
}
