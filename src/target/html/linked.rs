//! What a page is linked with: roles, themes, tasks, stages, series, articles, questions, and who cites it.

use std::cmp::Reverse;

use super::life_cycle;
use super::lists::{List, Lists};
use super::meta;
use super::shared::{LONG_LIST, Shared, escaped};
use crate::config::Builtin;
use crate::guide::{Guide, Page, PageId, Place, Reference, Share, prefetch};
use crate::markup::html::{Edition, References, Writer};
use crate::markup::spelling::Spelling;
use crate::markup::typeset::Sets;
use crate::markup::typography;
use crate::memo::Memo;
use crate::put;
use crate::theme::linked::{Cycle, CycleStage, Entry, Group, Linked, Question, Series, SeriesPart, Stages, Task};
use crate::theme::{Item, Known, Line, Listed, Telling, view};

/// How many recent articles the home page shows.
const RECENT: usize = 4;

/// How many parts of a series are listed at most on each side of the one that is read.
const PARTS: usize = 30;

/// About how many bytes of HTML a page takes up among others, with the sentence that cites.
const LINE: usize = 256;

/// Gathers what one page is linked with.
pub(super) struct Gather<'a> {
    pub(super) shared: &'a Shared<'a>,
    pub(super) lists: &'a Lists,
    pub(super) memo: &'a Memo,
    pub(super) sets: &'a Sets,
    pub(super) page: PageId,
}

impl Gather<'_> {
    /// All of it but what stands in the page's own text; `tables` is how many tables that has.
    pub(super) fn gather(&self, prefix: &str, tables: usize) -> Linked {
        let page = self.resolved();
        let relations = &page.relations;
        let related = &page.inverse.related[..self.on_page(List::Related, page.inverse.related.len())];
        self.shared.prefetch_ways(relations.roles.iter().chain(&relations.themes).chain(related));
        let (articles, more_articles) = self.articles();
        let (tasks, more_tasks) = self.tasks();
        let stages = Stages { previous: self.links(&page.inverse.previous), next: next_stages(self.shared, self.page) };
        Linked {
            whole: self.shared.telling.by_item,
            roles: relations.roles.iter().map(|&role| self.shared.summed(role).into()).collect(),
            for_role: self.for_role(),
            tasks,
            more_tasks,
            themes: self.listed_links(&relations.themes),
            in_theme: self.grouped(List::Theme, |page| self.shared.line(page, None)),
            related: self.listed_links(related),
            more_related: self.rest(List::Related),
            stages,
            cycle: cycle(self.shared, self.stages()),
            series: self.series(),
            articles,
            more_articles,
            questions: Vec::new(),
            asked: self.asked(prefix, tables),
            more_asked: self.more_asked(),
            backlinks: self.backlinks(),
            references: self.references(),
        }
    }

    fn guide(&self) -> &Guide {
        self.shared.spelling.guide
    }

    fn resolved(&self) -> &Page {
        &self.guide().pages[self.page]
    }

    fn links(&self, pages: &[PageId]) -> Vec<Known<view::Link>> {
        pages.iter().map(|&page| self.shared.page(page)).collect()
    }

    fn listed_links(&self, pages: &[PageId]) -> Listed<Known<view::Link>> {
        Listed::of(pages.iter().map(|&page| self.shared.way_to_page(page)), self.shared.telling)
    }

    /// How many of a list's `count` entries stand on the page.
    fn on_page(&self, list: List, count: usize) -> usize {
        self.lists.on_page(list, self.page, count)
    }

    /// The way to those that do not.
    fn rest(&self, list: List) -> Option<Known<view::Link>> {
        self.lists.of_page(list, self.page).map(|rest| self.shared.rest(rest))
    }

    /// The pages that name this role: those without facets, which need no title, then the others under each facet that
    /// they have.
    fn for_role(&self) -> Vec<Group> {
        let guide = self.guide();
        let named = &self.resolved().inverse.for_role;
        if named.is_empty() {
            return Vec::new();
        }
        let shown = &named[..self.on_page(List::Role, named.len())];
        let facets = guide.config.facets.iter().enumerate().map(|(facet, name)| {
            let entries = shown
                .iter()
                .filter(|&&page| guide.pages[page].has_facet(facet))
                .map(|&page| self.shared.line_at(page, Some(&name.id)));
            Group::of(self.shared.facet_title(facet).to_owned(), self.listed(entries))
        });
        let is_plain =
            |page: &&PageId| (0..guide.config.facets.len()).all(|facet| !guide.pages[**page].has_facet(facet));
        let others = shown.iter().filter(is_plain).map(|&page| self.shared.summed(page));
        let others = Group::of(String::new(), self.listed(others));
        let rest = Group { more: self.rest(List::Role), ..Group::default() };
        let groups = std::iter::once(others).chain(facets).chain([rest]);
        groups.filter(|group| group.entries.count > 0 || group.more.is_some()).collect()
    }

    fn listed<'t>(&self, lines: impl Iterator<Item = Line<'t>>) -> Listed<Entry> {
        Listed::of(lines, self.shared.telling)
    }

    /// The references, of which there are none without full addresses.
    fn references(&self) -> Listed<String> {
        let spelling = self.shared.spelling;
        let references = self.resolved().reading.references.iter();
        let listed = references.filter(|_| spelling.has_origin()).map(|to| Referred { spelling, to });
        Listed::of(listed, self.shared.telling)
    }

    /// The tasks of this role, those that it is responsible for first; of any other page, its own. Also answers where
    /// all tasks are, if these are not all.
    fn tasks(&self) -> (Vec<Task>, Option<Known<view::Link>>) {
        let page = self.resolved();
        if self.guide().builtin(self.page) != Some(Builtin::Role) {
            return ((0..page.relations.tasks.len()).map(|at| self.task(self.page, at, None)).collect(), None);
        }
        let shares = [Share::Responsible, Share::Involved];
        let parts =
            shares.into_iter().flat_map(|share| page.inverse.tasks.iter().filter(move |part| part.share == share));
        let mut parts = parts.map(|part| self.task(part.page, part.task, Some(part.share.name())));
        let tasks = fitting(&mut parts, task_weight);
        let more = parts.next().and_then(|_| self.shared.tasks());
        (tasks, more)
    }

    fn task(&self, of: PageId, at: usize, share: Option<&'static str>) -> Task {
        let guide = self.guide();
        let task = &guide.pages[of].relations.tasks[at];
        let others = |pages: &[PageId]| {
            let others = pages.iter().filter(|&&page| page != self.page);
            others.map(|&page| self.shared.page(page)).collect()
        };
        let is_told = of == self.page || task.responsible.contains(&of) || task.involved.contains(&of);
        Task {
            task: typography::apply(guide.language_of(of), &task.task).into_owned(),
            share,
            page: (!is_told).then(|| self.shared.page(of)),
            responsible: others(&task.responsible),
            involved: others(&task.involved),
        }
    }

    /// The first entries of a list, by the kinds of its pages.
    fn grouped<'t>(&'t self, list: List, line: impl Fn(PageId) -> Line<'t>) -> Listed<Group> {
        let guide = self.guide();
        let pages = list.pages(guide, self.page);
        let pages = &pages[..self.on_page(list, pages.len())];
        self.shared.prefetch_lines(pages);
        let mut groups = Listed::default();
        groups.html.0.reserve(LONG_LIST.min(pages.len() * LINE));
        for (title, pages) in self.shared.by_kind(pages) {
            groups.add_pages(title, pages.iter().map(|&page| line(page)), self.shared.telling);
        }
        if let Some(rest) = self.rest(list) {
            groups.go_on(rest, self.shared.telling);
        }
        groups
    }

    fn backlinks(&self) -> Listed<Group> {
        let guide = self.guide();
        let page = self.resolved();
        if page.backlinks.is_empty() {
            return Listed::default();
        }
        let sentences = self.lists.sentences(guide, self.page);
        prefetch(sentences.iter().flat_map(|sentences| sentences.iter()).map(|sentence| &**sentence));
        self.grouped(List::Backlinks, |from| {
            let Some(sentences) = &sentences else { return self.shared.line(from, None) };
            // There are few: looking at each is the shortest way.
            let at = page.backlinks.iter().position(|backlink| backlink.text.page == from);
            self.shared.line(from, at.map(|at| typography::apply(guide.language_of(from), &sentences[at])))
        })
    }

    /// The stages whose life cycle this page shows: those in the folder that it fronts; all stages, where it fronts the
    /// folder that holds them all; or where no page does, and this is one of them.
    fn stages(&self) -> Vec<PageId> {
        let guide = self.guide();
        let Place { folder, front, .. } = self.resolved().place;
        let Some(whole) = &self.shared.life else { return Vec::new() };
        let own: Vec<PageId> = if front { guide.of_kind_in(folder, Builtin::Stage).collect() } else { Vec::new() };
        let is_fronted = guide.folders[whole.folder].index.is_some();
        let is_stage = guide.builtin(self.page) == Some(Builtin::Stage);
        let shows_all = if is_fronted { front && folder == whole.folder } else { is_stage };
        if own.len() > 1 || !shows_all { own } else { whole.stages.clone() }
    }

    fn series(&self) -> Option<Series> {
        let guide = self.guide();
        let (series, at) = self.resolved().series?;
        let series = &guide.series[series];
        let from = at.saturating_sub(PARTS);
        let listed = &series.parts[from..series.parts.len().min(at + PARTS + 1)];
        let part = |(place, &page): (usize, &PageId)| SeriesPart {
            page: self.shared.page(page),
            number: guide.pages[page].draft.front_matter.part.unwrap_or_default(),
            is_current: place == at,
        };
        let beside = |at: Option<usize>| at.and_then(|at| series.parts.get(at)).map(|&page| self.shared.page(page));
        Some(Series {
            title: self.shared.set_here(&series.title),
            parts: (from..).zip(listed).map(part).collect(),
            previous: beside(at.checked_sub(1)),
            next: beside(Some(at + 1)),
        })
    }

    /// The articles in the folder that this page fronts, the newest first; on the home page, the newest of all. Also
    /// answers where all of them are, if these are not all.
    fn articles(&self) -> (Vec<Entry>, Option<Known<view::Link>>) {
        let guide = self.guide();
        let Place { folder, front, .. } = self.resolved().place;
        if !front || guide.articles.is_empty() {
            return (Vec::new(), None);
        }
        if folder == guide.root() {
            let newest = guide.articles.iter().take(RECENT).map(|&article| self.article(article)).collect();
            let holder = guide.articles.get(RECENT).and_then(|_| guide.holder(guide.articles[0]));
            return (newest, holder.map(|folder| self.shared.folder(folder)).filter(|link| link.url.is_some()));
        }
        let mut articles: Vec<PageId> = guide.of_kind_in(folder, Builtin::Article).collect();
        articles.sort_by_key(|&article| Reverse(guide.pages[article].draft.front_matter.date));
        let mut entries = articles.iter().map(|&article| self.article(article));
        let listed = fitting(&mut entries, entry_weight);
        (listed, entries.next().map(|_| self.shared.whole_list(folder)))
    }

    fn article(&self, article: PageId) -> Entry {
        let date = self.guide().pages[article].draft.front_matter.date;
        Entry { date: date.map(|date| meta::date(date, self.shared.tongue())), ..self.shared.summed(article).into() }
    }

    /// The way to all questions, where some about the page are not at its foot.
    fn more_asked(&self) -> Option<Known<view::Link>> {
        let page = self.resolved();
        let generated = &self.guide().generated.questions;
        let address = generated.as_ref().filter(|_| page.reading.questions.len() < page.inverse.questions.len())?;
        Some(view::Link::to((self.shared.words.more.clone(), self.shared.spelling.address(address))).into())
    }

    /// The frequent questions about the page.
    fn asked(&self, prefix: &str, tables: usize) -> Vec<Question> {
        let guide = self.guide();
        let mut tables = tables;
        let question = |question: &crate::guide::Included| {
            let edition = Edition {
                spelling: self.shared.spelling,
                memo: self.memo,
                excerpt: &question.excerpt,
                of: question.page,
                references: References::Numbered,
                number: question.number,
            };
            let mut writer = Writer::edition(edition, prefix).sharing(self.sets);
            writer.go_on_from(tables);
            let html = view::Html(writer.whole(Some(question.top)));
            tables = writer.tables();
            Question {
                title: self.shared.page_title(question.page).to_owned(),
                url: self.shared.spelling.page(question.page),
                lang: guide.pages.own_lang(question.page).map(str::to_owned),
                html,
            }
        };
        self.resolved().reading.questions.iter().map(question).collect()
    }
}

/// The full address of a reference, among others.
struct Referred<'a> {
    spelling: Spelling<'a>,
    to: &'a Reference,
}

impl Item for Referred<'_> {
    fn size(&self) -> usize {
        120
    }

    fn put(&self, list: &mut String, _: Telling) {
        list.push_str("\n<li>");
        let start = list.len();
        self.spelling.put_reference(list, self.to);
        put::as_attribute(list, start);
        list.push_str("</li>");
    }
}

impl From<Referred<'_>> for String {
    fn from(Referred { spelling, to }: Referred<'_>) -> String {
        let mut address = String::new();
        spelling.put_reference(&mut address, to);
        address
    }
}

/// The life cycle of these stages, where they lead to one another.
pub(super) fn cycle(shared: &Shared<'_>, mut stages: Vec<PageId>) -> Option<Cycle> {
    let guide = shared.spelling.guide;
    stages.truncate(life_cycle::MOST);
    let place = |page: &PageId| stages.iter().position(|stage| stage == page);
    let next = |&stage: &PageId| guide.pages[stage].relations.leads_to.iter().filter_map(place).collect();
    let drawn: Vec<life_cycle::Stage<'_>> =
        stages.iter().map(|stage| life_cycle::Stage { title: shared.page_title(*stage), next: next(stage) }).collect();
    if drawn.iter().all(|stage| stage.next.is_empty()) {
        return None;
    }
    let svg = view::Html(life_cycle::draw(&drawn, &shared.words.life_cycle));
    let stage = |&stage: &PageId| CycleStage { stage: shared.page(stage), next: next_stages(shared, stage) };
    Some(Cycle { svg, stages: stages.iter().map(stage).collect() })
}

/// The stages that may follow one, which does not follow itself.
fn next_stages(shared: &Shared<'_>, stage: PageId) -> Vec<Known<view::Link>> {
    let next = shared.spelling.guide.pages[stage].relations.leads_to.iter().filter(|&&next| next != stage);
    next.map(|&next| shared.page(next)).collect()
}

/// As much of a list as a page has room for.
fn fitting<T>(entries: &mut impl Iterator<Item = T>, weight: impl Fn(&T) -> usize) -> Vec<T> {
    let mut filled = 0;
    let mut fitting = Vec::new();
    while filled < LONG_LIST {
        let Some(entry) = entries.next() else { break };
        filled += weight(&entry);
        fitting.push(entry);
    }
    fitting
}

/// About how many bytes of HTML an article takes up in a list.
fn entry_weight(entry: &Entry) -> usize {
    let url = entry.page.url.as_ref().map_or(0, String::len);
    120 + escaped(&entry.page.title) + url + entry.text.as_deref().map_or(0, escaped)
}

/// About how many bytes of HTML a task takes up in a list.
fn task_weight(task: &Task) -> usize {
    let link = |link: &Known<view::Link>| 40 + escaped(&link.title) + link.url.as_ref().map_or(0, String::len);
    let links = task.responsible.iter().chain(&task.involved).chain(&task.page).map(link);
    100 + escaped(&task.task) + links.sum::<usize>()
}
