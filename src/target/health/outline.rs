//! What a report says, in order: sections with their drawings and lists, before they become text or HTML.

use jiff::civil::Date;

use super::words::{Words, count, distance, duration, pages, words};
use super::{Cited, Health, How, Named, PageHealth, STALE};
use crate::diagnostic::Severity;
use crate::language::{Tongue, number};
use crate::target::html::meta;

/// A part of the report.
#[derive(Debug)]
pub(super) struct Section<'a> {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    /// The section in one sentence.
    pub(super) lead: String,
    pub(super) chart: Option<Chart>,
    /// Those that are not empty.
    pub(super) lists: Vec<List<'a>>,
}

/// Bars, one below the other: of one series, or of two that make a whole.
#[derive(Debug)]
pub(super) struct Chart {
    pub(super) title: &'static str,
    /// What the rows are, then what each series is.
    pub(super) heads: Vec<&'static str>,
    pub(super) bars: Vec<(String, Vec<usize>)>,
}

/// Things to look at, most of them pages.
#[derive(Debug)]
pub(super) struct List<'a> {
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    /// What its columns are, the first apart, which is the page or `what`.
    pub(super) heads: Vec<&'static str>,
    pub(super) what: &'static str,
    pub(super) rows: Vec<Row<'a>>,
}

/// A row: what it is about, and what is said of it.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub(super) of: Of<'a>,
    pub(super) cells: Vec<String>,
}

/// What a row is about.
#[derive(Debug)]
pub(super) enum Of<'a> {
    Page(Named<'a>),
    /// A word, or a code.
    Text(String),
    File(&'a str),
}

/// The sections of a report.
pub(super) fn sections<'a>(health: &Health<'a>) -> Vec<Section<'a>> {
    let tongue = health.guide.language.tongue();
    let teller = Teller { health, tongue, words: words(tongue) };
    vec![
        teller.findings(),
        teller.reviews(),
        teller.facets(),
        teller.gaps(),
        teller.links(),
        teller.terms(),
        teller.ages(),
        teller.contents(),
    ]
}

struct Teller<'h, 'a> {
    health: &'h Health<'a>,
    tongue: Tongue,
    words: &'static Words,
}

impl<'a> Teller<'_, 'a> {
    fn say(&self, both: [&'static str; 2]) -> &'static str {
        self.tongue.pick(both)
    }

    fn date(&self, date: Date) -> String {
        meta::date(date, self.tongue).text
    }

    fn findings(&self) -> Section<'a> {
        let Health { totals, findings, .. } = self.health;
        let severity = |severity| match severity {
            Severity::Error => self.say(["erreur", "error"]),
            Severity::Warning => self.say(["avertissement", "warning"]),
            Severity::Note => self.say(["note", "note"]),
        };
        let row = |found: &super::CodeCount| Row {
            of: Of::Text(found.code.to_owned()),
            cells: vec![severity(found.severity).to_owned(), number(found.count, self.tongue)],
        };
        let list = List {
            id: "messages",
            title: self.say(["Les messages par code", "The messages by code"]),
            heads: vec![self.say(["Gravité", "Severity"]), self.words.number],
            what: self.say(["Code", "Code"]),
            rows: findings.iter().map(row).collect(),
        };
        let many = findings_told(totals, self.tongue);
        let see = self.say(["`boussole check` les montre un par un.", "`boussole check` shows them one by one."]);
        let lead = if findings.is_empty() { self.words.nothing.to_owned() } else { format!("{many}. {see}") };
        let title = self.say(["Ce que Boussole a trouvé", "What Boussole has found"]);
        Section { id: "findings", title, lead, chart: None, lists: filled([list]) }
    }

    fn reviews(&self) -> Section<'a> {
        let reviews = &self.health.reviews;
        let row = |review: &super::Review<'a>| Row {
            of: Of::Page(review.page),
            cells: vec![
                format!("{} ({})", self.date(review.review_by), distance(review.days, self.tongue)),
                review.owner.unwrap_or(self.words.nobody).to_owned(),
            ],
        };
        let list = |id, title, wanted: &dyn Fn(i32) -> bool| List {
            id,
            title: self.say(title),
            heads: vec![self.say(["Échéance", "Due"]), self.say(["Qui", "Who"])],
            what: self.words.page,
            rows: reviews.iter().filter(|review| wanted(review.days)).map(row).collect(),
        };
        let late = list("overdue", ["Relectures en retard", "Overdue reviews"], &|days| days < 0);
        let coming = list("coming", ["Relectures à venir", "Coming reviews"], &|days| days >= 0);
        let within = |range: std::ops::Range<i32>| reviews.iter().filter(|review| range.contains(&review.days)).count();
        let bar = |label: [&'static str; 2], value: usize| (self.say(label).to_owned(), vec![value]);
        let bars = vec![
            bar(["En retard", "Overdue"], late.rows.len()),
            bar(["Dans les 30 jours", "Within 30 days"], within(0..31)),
            bar(["De 31 à 90 jours", "In 31 to 90 days"], within(31..91)),
            bar(["Plus tard", "Later"], within(91..i32::MAX)),
        ];
        let title = self.say(["Quand relire", "When to review"]);
        let chart = Chart { title, heads: vec![self.say(["Échéance", "Due"]), self.words.pages], bars };
        let many = count(
            late.rows.len(),
            self.tongue,
            [["relecture en retard", "relectures en retard"], ["overdue review", "overdue reviews"]],
        );
        let next = count(coming.rows.len(), self.tongue, [["à venir", "à venir"], ["to come", "to come"]]);
        let without = pages_with(
            self.health.totals.pages - reviews.len(),
            self.tongue,
            [["sans date de relecture"; 2], ["without a review date"; 2]],
        );
        let none = self.say([
            "Aucune page n’a de date de relecture. Pour en donner une, écrivez `à-revoir-le` en tête de la page.",
            "No page has a review date. To give one, write `review_by` at the top of the page.",
        ]);
        let lead = if reviews.is_empty() { none.to_owned() } else { format!("{many}, {next}. {without}") };
        let chart = (!reviews.is_empty()).then_some(chart);
        let title = self.say(["Relectures", "Reviews"]);
        Section { id: "reviews", title, lead, chart, lists: filled([late, coming]) }
    }

    fn facets(&self) -> Section<'a> {
        let Health { facets, gaps, .. } = self.health;
        let bars = facets.iter().map(|share| {
            let missing = share.expected - share.present;
            (share.title.to_owned(), vec![share.present, missing])
        });
        let heads =
            vec![self.say(["Volet", "Facet"]), self.say(["Écrits", "Written"]), self.say(["Manquants", "Missing"])];
        let chart = Chart { title: self.say(["Volets attendus", "Expected facets"]), heads, bars: bars.collect() };
        let row = |missing: &super::MissingFacets<'a>| Row {
            of: Of::Page(missing.page),
            cells: vec![missing.titles.join(", ")],
        };
        let list = List {
            id: "missing-facets",
            title: self.say(["Volets manquants, page par page", "Missing facets, page by page"]),
            heads: vec![self.say(["Manquent", "Missing"])],
            what: self.words.page,
            rows: gaps.missing_facets.iter().map(row).collect(),
        };
        let [expected, present]: [usize; 2] =
            [facets.iter().map(|share| share.expected).sum(), facets.iter().map(|share| share.present).sum()];
        let (of, all) = (number(present, self.tongue), number(expected, self.tongue));
        let lead = match self.tongue {
            _ if expected == 0 => self.say(["Aucun genre n’attend de volet.", "No kind expects facets."]).to_owned(),
            Tongue::French => format!("{of} volets écrits sur {all} attendus."),
            Tongue::English => format!("{of} facets written of {all} expected."),
        };
        let chart = (expected > 0).then_some(chart);
        Section { id: "facets", title: self.say(["Volets", "Facets"]), lead, chart, lists: filled([list]) }
    }

    fn gaps(&self) -> Section<'a> {
        let gaps = &self.health.gaps;
        let pages = |id, title, pages: &[Named<'a>]| self.pages(id, title, pages);
        let questions = gaps.questions_without_prompts.iter();
        let questions = List {
            heads: vec![self.say(["Question", "Question"])],
            rows: questions
                .map(|question| Row { of: Of::Page(question.page), cells: vec![question.question.clone()] })
                .collect(),
            ..pages("bare-questions", ["Questions sans pistes à remplir", "Questions without prompts"], &[])
        };
        let drafts = List {
            what: self.words.file,
            rows: gaps.drafts.iter().map(|path| Row { of: Of::File(path), cells: Vec::new() }).collect(),
            ..pages("drafts", ["Brouillons", "Drafts"], &[])
        };
        let lists = filled([
            pages("roles", ["Rôles sans tâche", "Roles without tasks"], &gaps.roles_without_tasks),
            questions,
            pages("summaries", ["Pages sans résumé", "Pages without a summary"], &gaps.without_summary),
            drafts,
        ]);
        let title = self.say(["À compléter", "To complete"]);
        Section { id: "gaps", title, lead: self.told(&lists), chart: None, lists }
    }

    fn links(&self) -> Section<'a> {
        let links = &self.health.links;
        let row = |cited: &Cited<'a>| Row { of: Of::Page(cited.page), cells: vec![number(cited.from, self.tongue)] };
        let ranked = |id, title, cited: &[Cited<'a>]| List {
            heads: vec![self.say(["Pages qui y mènent", "Pages that lead there"])],
            rows: cited.iter().map(row).collect(),
            ..self.pages(id, title, &[])
        };
        let lists = filled([
            self.pages("orphans", ["Pages auxquelles rien ne mène", "Pages that nothing leads to"], &links.orphans),
            self.pages(
                "no-way-in",
                ["Pages que l’on n’atteint pas depuis l’accueil", "Pages that cannot be reached from the home page"],
                &links.no_way_in,
            ),
            ranked("most-linked", ["Les pages les plus citées", "The most linked pages"], &links.most),
            ranked("least-linked", ["Les pages les moins citées", "The least linked pages"], &links.least),
        ]);
        let many = number(links.uncited, self.tongue);
        let lead = match (self.tongue, links.uncited) {
            (Tongue::French, 0) => "Chaque page est citée dans le texte d’au moins une autre.".to_owned(),
            (Tongue::French, 1) => "Une page n’est citée dans le texte d’aucune autre.".to_owned(),
            (Tongue::French, _) => format!("{many} pages ne sont citées dans le texte d’aucune autre."),
            (Tongue::English, 0) => "Every page is linked in the text of at least one other.".to_owned(),
            (Tongue::English, 1) => "One page is linked in the text of no other.".to_owned(),
            (Tongue::English, _) => format!("{many} pages are linked in the text of no other."),
        };
        Section { id: "links", title: self.say(["Liens", "Links"]), lead, chart: None, lists }
    }

    fn terms(&self) -> Section<'a> {
        let terms = &self.health.terms;
        let undefined = |id, title, how: How| List {
            id,
            title: self.say(title),
            heads: vec![self.say(["Emplois", "Uses"]), self.words.pages, self.say(["La première", "The first"])],
            what: self.say(["Mot", "Word"]),
            rows: terms
                .undefined
                .iter()
                .filter(|undefined| undefined.how == how)
                .map(|undefined| Row {
                    of: Of::Text(undefined.text.clone()),
                    cells: vec![
                        number(undefined.uses, self.tongue),
                        number(undefined.pages, self.tongue),
                        undefined.first.title.to_owned(),
                    ],
                })
                .collect(),
        };
        let lists = filled([
            self.pages("unused-terms", ["Termes que personne n’emploie", "Terms that nobody uses"], &terms.unused),
            self.pages(
                "self-used-terms",
                ["Termes employés dans leur seule page", "Terms used in their own page only"],
                &terms.self_used,
            ),
            undefined("undefined", ["Noms liés mais absents du guide", "Names linked but absent"], How::Linked),
            undefined("initials", ["Sigles sans entrée au glossaire", "Initials without an entry"], How::Initials),
        ]);
        Section { id: "terms", title: self.say(["Glossaire", "Glossary"]), lead: self.told(&lists), chart: None, lists }
    }

    fn ages(&self) -> Section<'a> {
        let Health { pages, gaps, guide, .. } = self.health;
        let age = |page: &PageHealth<'_>| page.updated.map(|date| date.until(guide.date).map_or(0, |s| s.get_days()));
        let ages: Vec<Option<i32>> = pages.iter().map(age).collect();
        let within =
            |range: std::ops::RangeInclusive<i32>| ages.iter().flatten().filter(|&&days| range.contains(&days)).count();
        let bar = |label: [&'static str; 2], value: usize| (self.say(label).to_owned(), vec![value]);
        let undated = ages.iter().filter(|age| age.is_none()).count();
        let bars = vec![
            bar(["Moins de trois mois", "Less than three months"], within(i32::MIN..=91)),
            bar(["De trois mois à un an", "Three months to a year"], within(92..=STALE)),
            bar(["Plus d’un an", "More than a year"], within(STALE + 1..=i32::MAX)),
            bar(["Date inconnue", "Date unknown"], undated),
        ];
        let title = self.say(["Dernière mise à jour", "Last change"]);
        let chart = Chart { title, heads: vec![self.say(["Âge", "Age"]), self.words.pages], bars };
        let row = |stale: &super::Stale<'a>| Row { of: Of::Page(stale.page), cells: vec![self.date(stale.updated)] };
        let list = List {
            heads: vec![self.say(["Mise à jour", "Updated"])],
            rows: gaps.stale.iter().map(row).collect(),
            ..self.pages("stale", ["Inchangées depuis plus d’un an", "Unchanged for more than a year"], &[])
        };
        let old = pages_with(
            list.rows.len(),
            self.tongue,
            [
                ["inchangée depuis plus d’un an", "inchangées depuis plus d’un an"],
                ["unchanged for more than a year"; 2],
            ],
        );
        let title = self.say(["Âge des pages", "Age of the pages"]);
        let chart = (undated < pages.len()).then_some(chart);
        let lead = match chart {
            Some(_) => old,
            None => self.say(["Aucune page n’a de date.", "No page has a date."]).to_owned(),
        };
        Section { id: "ages", title, lead, chart, lists: filled([list]) }
    }

    fn contents(&self) -> Section<'a> {
        let Health { kinds, pages, totals, .. } = self.health;
        let bars = kinds.iter().map(|share| (share.label.to_owned(), vec![share.pages])).collect();
        let heads = vec![self.say(["Genre", "Kind"]), self.words.pages];
        let chart = Chart { title: self.say(["Pages par genre", "Pages by kind"]), heads, bars };
        let mut longest: Vec<&PageHealth<'a>> = pages.iter().filter(|page| page.words > 0).collect();
        longest.sort_by_key(|page| std::cmp::Reverse(page.words));
        let row = |page: &&PageHealth<'a>| Row {
            of: Of::Page(page.page),
            cells: vec![number(page.words, self.tongue), duration(page.minutes, self.tongue)],
        };
        let list = List {
            heads: vec![self.say(["Mots", "Words"]), self.say(["Lecture", "Reading time"])],
            rows: longest.iter().map(row).collect(),
            ..self.pages(
                "longest",
                ["Les pages, de la plus longue à la plus courte", "The pages, from the longest to the shortest"],
                &[],
            )
        };
        let time = duration(totals.minutes, self.tongue);
        let lead = match self.tongue {
            Tongue::French => format!("Tout lire demande {time}, à 200\u{a0}mots par minute."),
            Tongue::English => format!("Reading it all takes {time}, at 200\u{a0}words a minute."),
        };
        let chart = (!kinds.is_empty()).then_some(chart);
        Section { id: "contents", title: self.say(["Contenu", "Contents"]), lead, chart, lists: filled([list]) }
    }

    fn pages(&self, id: &'static str, title: [&'static str; 2], pages: &[Named<'a>]) -> List<'a> {
        let rows = pages.iter().map(|&page| Row { of: Of::Page(page), cells: Vec::new() }).collect();
        List { id, title: self.say(title), heads: Vec::new(), what: self.words.page, rows }
    }

    /// The lists in one sentence.
    fn told(&self, lists: &[List<'_>]) -> String {
        if lists.is_empty() {
            return self.words.nothing.to_owned();
        }
        let told = lists.iter().map(|list| {
            format!("{}{}{}", list.title.to_lowercase(), self.words.colon, number(list.rows.len(), self.tongue))
        });
        let mut told = told.collect::<Vec<_>>().join(", ");
        let first = told.chars().next().map_or(0, char::len_utf8);
        let capital = told[..first].to_uppercase();
        told.replace_range(..first, &capital);
        told + "."
    }
}

fn filled<'a, const N: usize>(lists: [List<'a>; N]) -> Vec<List<'a>> {
    lists.into_iter().filter(|list| !list.rows.is_empty()).collect()
}

/// So many pages that are so, as a sentence.
fn pages_with(many: usize, tongue: Tongue, [french, english]: [[&str; 2]; 2]) -> String {
    let one = usize::from(many != 1);
    let so = match tongue {
        Tongue::French => french[usize::from(many > 1)],
        Tongue::English => english[one],
    };
    format!("{} {so}.", pages(many, tongue))
}

/// How many errors, warnings and notes there are.
pub(super) fn findings_told(totals: &super::Totals, tongue: Tongue) -> String {
    let errors = count(totals.errors, tongue, [["erreur", "erreurs"], ["error", "errors"]]);
    let warnings = count(totals.warnings, tongue, [["avertissement", "avertissements"], ["warning", "warnings"]]);
    let notes = count(totals.notes, tongue, [["note", "notes"]; 2]);
    format!("{errors}, {warnings}, {notes}")
}
