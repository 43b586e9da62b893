//! One role's page: four facets with paragraphs, lists, a table, links and now and then some code.

use super::Corpus;
use super::prose::Writer;
use super::spelling;
use super::term::Mentions;

/// How many pages share a folder.
pub(super) const PER_GROUP: u32 = 20;

/// How many terms each facet mentions, in a guide with a glossary.
const PER_FACET: u32 = 2;

/// One page in so many has a code block.
const PER_CODE_BLOCK: u32 = 50;

const CODE: &str = "```yaml\nrencontre:\n  durée: 90 min\n  tâches:\n    - accueillir\n    - relancer\n```\n\n";

/// Where a page stands in the guide.
#[derive(Clone, Copy)]
pub(super) struct Place {
    pub(super) number: u32,
}

impl Place {
    pub(super) fn of(number: u32) -> Place {
        Place { number }
    }

    pub(super) fn group(self) -> String {
        name_of_group(self.number / PER_GROUP)
    }

    pub(super) fn slug(self) -> String {
        format!("role-{:06}", self.number)
    }

    pub(super) fn title(self) -> String {
        format!("Rôle {:06}", self.number)
    }

    /// The path from `content/`.
    pub(super) fn path(self) -> String {
        format!("roles/{}/{}.md", self.group(), self.slug())
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
    draft.theory();
    draft.examples();
    draft.practice();
    if place.number.is_multiple_of(PER_CODE_BLOCK) {
        draft.body += CODE;
    }
    draft.benefit();
    Written { summary, body: draft.body }
}

struct Draft {
    corpus: Corpus,
    writer: Writer,
    mentions: Mentions,
    body: String,
}

impl Draft {
    fn theory(&mut self) {
        self.body += "## Théorie\n\n";
        self.paragraph("", PER_FACET / 2);
        self.paragraph("", PER_FACET / 2);
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
        let target = Place::of(self.writer.below(self.corpus.pages));
        let address = spelling::link(self.corpus.format, target);
        let (strong, light) = (self.writer.thing(), self.writer.thing());
        let title = target.title();
        self.body += &format!("Voir [{title}]({address}{anchor}) pour **{strong}** et *{light}*.\n\n");
    }
}
