//! The same French-looking guide for every program, a function of seed, number of pages, variety, names and format.
//!
//! Bodies, titles, links and folders are equal in all formats. What differs is what a program
//! demands: its configuration, its front matter, how it spells a link, and its templates.

mod name;
mod page;
mod picture;
mod prose;
mod relation;
mod scaffold;
mod spelling;
mod term;
mod variety;

pub(crate) use name::Shape;
pub(crate) use term::{Automatic, MOST as MOST_NAMES, Names};
pub(crate) use variety::Variety;

use rayon::prelude::{IntoParallelIterator, ParallelExtend, ParallelIterator};

use page::{Kind, Place};
use spelling::Heading;

/// The program that a guide is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Format {
    Boussole,
    Hugo,
    Zola,
    Mdbook,
    Zensical,
}

/// What makes a guide: equal values give equal bytes.
#[derive(Clone, Copy)]
pub(crate) struct Corpus {
    pub(crate) seed: u64,
    /// The pages in groups; the front pages of the home, of `roles/` and of each group come on top.
    pub(crate) pages: u32,
    /// Whether all of them are roles.
    pub(crate) variety: Variety,
    pub(crate) format: Format,
    /// The glossary and its mentions; without terms there is none.
    pub(crate) names: Names,
}

/// One file of a guide; its path is from the guide's root, with `/`.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) bytes: Vec<u8>,
}

impl File {
    fn text(path: String, text: String) -> File {
        File { path, bytes: text.into_bytes() }
    }
}

impl Corpus {
    /// Every file of the guide, in no particular order.
    pub(crate) fn files(self) -> impl ParallelIterator<Item = File> {
        let places = || (0..self.pages).into_par_iter().map(move |number| self.place(number));
        let pages = places().map(move |place| self.page(place));
        let pictures = places().filter(|place| place.has_picture()).map(move |place| self.picture(place));
        let groups = (0..self.groups()).into_par_iter().map(move |group| self.front_of_group(group));
        let terms = (0..self.names.terms).into_par_iter().map(move |number| self.term(number));
        pages.chain(pictures).chain(groups).chain(terms).chain(self.few_files())
    }

    /// Where the page with this number stands.
    fn place(self, number: u32) -> Place {
        Place { number, variety: self.variety }
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
            kind: Some(place.kind().key()),
            is_front: false,
            names: self.names.of_role(self.variety).into(),
            relations: relation::of(self, place),
        };
        File::text(format!("content/{}", place.path()), heading.spell(self.format) + &written.body)
    }

    fn picture(self, place: Place) -> File {
        File { path: format!("content/{}", place.picture()), bytes: picture::png(self.seed, place.number) }
    }

    /// The page of the term with this number.
    fn term(self, number: u32) -> File {
        let title = self.names.title(number);
        let heading = Heading {
            summary: format!("Définition : {title}."),
            title,
            order: number,
            kind: Some("term"),
            names: self.names.of_term(number),
            ..Heading::default()
        };
        let text = heading.spell(self.format) + &term::definition(self.seed, number);
        File::text(format!("content/{}", term::path(number)), text)
    }

    fn front_of_group(self, group: u32) -> File {
        let mut heading = Heading::of_section(&page::title_of_group(group), group);
        heading.kind = relation::is_theme(self.variety, group).then_some("theme");
        self.front(&format!("roles/{}/", page::name_of_group(group)), &heading)
    }

    /// The front page of the folder at `folder`, which is empty or ends with `/`.
    fn front(self, folder: &str, heading: &Heading) -> File {
        let text = heading.spell(self.format) + &heading.summary + "\n";
        File::text(format!("content/{folder}{}", spelling::front_name(self.format)), text)
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
        File::text("content/SUMMARY.md".into(), text)
    }

    fn summary_of_group(self, group: u32) -> String {
        let name = page::name_of_group(group);
        let mut text = format!("  - [{}](roles/{name}/index.md)\n", page::title_of_group(group));
        let first = group * page::PER_GROUP;
        for place in (first..self.pages.min(first + page::PER_GROUP)).map(|number| self.place(number)) {
            text += &format!("    - [{}]({})\n", place.title(), place.path());
        }
        text
    }
}
