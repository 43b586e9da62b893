//! One page: a role has four facets with paragraphs, lists, a table, links and now and then some code.

use super::prose::Writer;
use super::term::Mentions;
use super::{Corpus, Variety, spelling};

/// How many pages share a folder.
pub(super) const PER_GROUP: u32 = 20;

/// How many terms each facet mentions, in a guide with a glossary.
const PER_FACET: u32 = 2;

/// One page in so many has a code block.
const PER_CODE_BLOCK: u32 = 50;

const CODE: &str = "```yaml\nrencontre:\n  durée: 90 min\n  tâches:\n    - accueillir\n    - relancer\n```\n\n";

/// In a rich guide, one page in so many has a picture; so many in a row are of all kinds.
pub(super) const PER_PICTURE: u32 = 10;

/// What those who plan together have to agree on.
const QUESTIONS: [&str; 4] =
    ["Qui fait quoi ?", "Quand se retrouver ?", "De quoi parler d'abord ?", "Que garder de la séance ?"];

/// What a page is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Role,
    Article,
    Coplanning,
    Question,
}

impl Kind {
    /// Its name in front matter.
    pub(super) fn key(self) -> &'static str {
        match self {
            Kind::Role => "role",
            Kind::Article => "article",
            Kind::Coplanning => "coplanning",
            Kind::Question => "question",
        }
    }

    /// The first word of titles, and of file names.
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Kind::Role => ("Rôle", "role"),
            Kind::Article => ("Article", "article"),
            Kind::Coplanning => ("Coplanification", "coplanification"),
            Kind::Question => ("Question", "question"),
        }
    }
}

/// Where a page stands in the guide.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) number: u32,
    pub(super) variety: Variety,
}

impl Place {
    /// In a plain guide all are roles, in a rich one seven of ten.
    pub(super) fn kind(self) -> Kind {
        match (self.variety, self.number % 10) {
            (Variety::Plain, _) => Kind::Role,
            (Variety::Rich, 7) => Kind::Article,
            (Variety::Rich, 8) => Kind::Coplanning,
            (Variety::Rich, 9) => Kind::Question,
            (Variety::Rich, _) => Kind::Role,
        }
    }

    pub(super) fn group(self) -> String {
        name_of_group(self.number / PER_GROUP)
    }

    pub(super) fn slug(self) -> String {
        format!("{}-{:06}", self.kind().words().1, self.number)
    }

    pub(super) fn title(self) -> String {
        format!("{} {:06}", self.kind().words().0, self.number)
    }

    /// The path from `content/`.
    pub(super) fn path(self) -> String {
        format!("roles/{}/{}.md", self.group(), self.slug())
    }

    pub(super) fn has_picture(self) -> bool {
        self.variety == Variety::Rich && self.number.is_multiple_of(PER_PICTURE)
    }

    /// The path of its picture, from `content/`.
    pub(super) fn picture(self) -> String {
        format!("roles/{}/schema-{:06}.png", self.group(), self.number)
    }

    /// The page itself or one just before it that has all facets.
    fn whole(self) -> Place {
        match self.variety {
            Variety::Plain => self,
            Variety::Rich => Place { number: self.number - self.number % 10, ..self },
        }
    }
}

pub(super) fn name_of_group(group: u32) -> String {
    format!("groupe-{group:04}")
}

pub(super) fn title_of_group(group: u32) -> String {
    format!("Groupe {group:04}")
}

/// What an author would have written.
pub(super) struct Written {
    pub(super) summary: String,
    pub(super) body: String,
}

/// The page at `place`, whatever pages were written before it.
pub(super) fn write(corpus: Corpus, place: Place) -> Written {
    let mut draft = Draft {
        corpus,
        writer: Writer::new(corpus.seed, place.number),
        mentions: Mentions::new(corpus.names, corpus.seed, place.number),
        body: String::with_capacity(4096),
    };
    let summary = draft.writer.sentence();
    match place.kind() {
        Kind::Role | Kind::Article => draft.facets(place),
        Kind::Coplanning => draft.questions(),
        Kind::Question => {
            draft.paragraph("", PER_FACET / 2);
            draft.paragraph("", PER_FACET / 2);
        }
    }
    Written { summary, body: draft.body }
}

struct Draft {
    corpus: Corpus,
    writer: Writer,
    mentions: Mentions,
    body: String,
}

impl Draft {
    fn facets(&mut self, place: Place) {
        self.theory();
        if place.has_picture() {
            let address = spelling::picture(self.corpus.format, place);
            self.body += &format!("![Les étapes de la démarche]({address})\n\n");
        }
        self.examples();
        self.practice();
        if place.number.is_multiple_of(PER_CODE_BLOCK) {
            self.body += CODE;
        }
        self.benefit();
    }

    fn theory(&mut self) {
        self.body += "## Théorie\n\n";
        self.paragraph("", PER_FACET / 2);
        self.paragraph("", PER_FACET / 2);
    }

    /// A principle, and questions to answer together.
    fn questions(&mut self) {
        self.paragraph("", PER_FACET);
        for question in QUESTIONS {
            self.body += &format!("## {question}\n\n");
            self.paragraph("", PER_FACET);
            for _ in 0..3 {
                self.body += &format!("- [ ] {} {}\n", self.writer.task(), self.writer.moment());
            }
            self.body.push('\n');
        }
    }

    fn examples(&mut self) {
        self.body += "## Exemples\n\n";
        self.paragraph("", PER_FACET);
        self.body += "| Tâche | Qui | Quand |\n|---|---|---|\n";
        for _ in 0..4 {
            let (task, who, when) = (self.writer.task(), self.writer.someone(), self.writer.moment());
            self.body += &format!("| {task} | {who} | {when} |\n");
        }
        self.body.push('\n');
    }

    fn practice(&mut self) {
        self.body += "## Pratique\n\n";
        self.paragraph("", PER_FACET);
        self.body += "### Pas à pas\n\n";
        for step in 1..=5 {
            self.body += &format!("{step}. {} {} ;\n", self.writer.task(), self.writer.moment());
        }
        self.body.push('\n');
    }

    fn benefit(&mut self) {
        self.body += "## Plus-value\n\n";
        self.paragraph("#pratique", PER_FACET);
        for _ in 0..5 {
            self.body += &format!("- {} ;\n", self.writer.task());
        }
        self.body += &format!("\n> {}\n", self.writer.sentence());
    }

    /// Sentences with emphasis and a link to some page, at `anchor` there; the first ones mention so many terms.
    fn paragraph(&mut self, anchor: &str, mentions: u32) {
        let count = 3 + self.writer.below(3);
        for sentence in 0..count {
            let object = if sentence < mentions { self.mentions.draw() } else { None };
            self.body += &self.writer.sentence_about(object.as_deref());
            self.body.push(' ');
        }
        let target = self.corpus.place(self.writer.below(self.corpus.pages));
        let target = if anchor.is_empty() { target } else { target.whole() };
        let address = spelling::link(self.corpus.format, target);
        let (strong, light) = (self.writer.thing(), self.writer.thing());
        let title = target.title();
        self.body += &format!("Voir [{title}]({address}{anchor}) pour **{strong}** et *{light}*.\n\n");
    }
}
