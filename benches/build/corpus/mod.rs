//! The same French-looking guide for every program, a function of seed, number of pages, names and format.
//!
//! Bodies, titles, links and folders are equal in all formats. What differs is what a program
//! demands: its configuration, its front matter, how it spells a link, and its templates.

mod name;
mod page;
mod prose;
mod scaffold;
mod spelling;
mod term;

pub(crate) use name::Shape;
pub(crate) use term::{Automatic, MOST as MOST_NAMES, Names};

use rayon::prelude::{IntoParallelIterator, ParallelExtend, ParallelIterator};

use page::Place;
use spelling::Heading;

/// The program that a guide is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    Boussole,
    Hugo,
    Zola,
    Mdbook,
}

/// What makes a guide: equal values give equal bytes.
#[derive(Clone, Copy)]
pub(crate) struct Corpus {
    pub(crate) seed: u64,
    /// Role pages; the front pages of the home, of `roles/` and of each group come on top.
    pub(crate) pages: u32,
    pub(crate) format: Format,
    /// The glossary and its mentions; without terms there is none.
    pub(crate) names: Names,
}

/// One file of a guide; its path is from the guide's root, with `/`.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

impl Corpus {
    /// Every file of the guide, in no particular order.
    pub(crate) fn files(self) -> impl ParallelIterator<Item = File> {
        let pages = (0..self.pages).into_par_iter().map(move |number| self.page(Place::of(number)));
        let groups = (0..self.groups()).into_par_iter().map(move |group| self.front_of_group(group));
        let terms = (0..self.names.terms).into_par_iter().map(move |number| self.term(number));
        pages.chain(groups).chain(terms).chain(self.few_files())
    }

    /// How many groups the pages fill.
    fn groups(self) -> u32 {
        self.pages.div_ceil(page::PER_GROUP)
    }

    fn page(self, place: Place) -> File {
        let written = page::write(self, place);
        let heading = Heading {
            title: place.title(),
            summary: written.summary,
            order: place.number,
            kind: Some("role"),
            linking: self.names.of_role().into(),
        };
        File { path: format!("content/{}", place.path()), text: heading.spell(self.format) + &written.body }
    }

    /// The page of the term with this number.
    fn term(self, number: u32) -> File {
        let title = self.names.title(number);
        let heading = Heading {
            summary: format!("Définition : {title}."),
            title,
            order: number,
            kind: Some("term"),
            linking: self.names.of_term(number),
        };
        let text = heading.spell(self.format) + &term::definition(self.seed, number);
        File { path: format!("content/{}", term::path(number)), text }
    }

    fn front_of_group(self, group: u32) -> File {
        let heading = Heading::of_section(&page::title_of_group(group), group);
        self.front(&format!("roles/{}/", page::name_of_group(group)), &heading)
    }

    /// The front page of the folder at `folder`, which is empty or ends with `/`.
    fn front(self, folder: &str, heading: &Heading) -> File {
        let text = heading.spell(self.format) + &heading.summary + "\n";
        File { path: format!("content/{folder}{}", spelling::front_name(self.format)), text }
    }

    /// The files whose number does not grow with the guide.
    fn few_files(self) -> Vec<File> {
        let mut files = scaffold::files(self);
        files.push(self.front("", &Heading::of_section("Accueil", 0)));
        files.push(self.front("roles/", &Heading::of_section("Rôles", 1)));
        if self.names.any() {
            files.push(self.front("glossaire/", &Heading::of_section("Glossaire", 2)));
        }
        if self.format == Format::Mdbook {
            files.push(self.summary());
        }
        files
    }

    /// mdBook's list of chapters.
    fn summary(self) -> File {
        let mut text = String::from("# Guide\n\n[Accueil](index.md)\n\n- [Rôles](roles/index.md)\n");
        text.par_extend((0..self.groups()).into_par_iter().map(|group| self.summary_of_group(group)));
        if self.names.any() {
            text += "- [Glossaire](glossaire/index.md)\n";
        }
        for number in 0..self.names.terms {
            text += &format!("  - [{}]({})\n", self.names.title(number), term::path(number));
        }
        File { path: "content/SUMMARY.md".into(), text }
    }

    fn summary_of_group(self, group: u32) -> String {
        let name = page::name_of_group(group);
        let mut text = format!("  - [{}](roles/{name}/index.md)\n", page::title_of_group(group));
        let first = group * page::PER_GROUP;
        for place in (first..self.pages.min(first + page::PER_GROUP)).map(Place::of) {
            text += &format!("    - [{}]({})\n", place.title(), place.path());
        }
        text
    }
}
