//! Rules over links: what nothing leads to, terms that nobody uses, paragraphs with very many links.

use super::Subject;
use crate::config::{Automatic, Builtin};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::guide::{Excerpt, FolderId, Guide, Link, Page, PageId};
use crate::source::Span;
use crate::syntax::body::{Element, Event};
use crate::syntax::draft::Draft;

/// How many links a paragraph has at most before that is too many to read.
const LINKS: usize = 8;

/// Terms that no page uses, or only their own.
pub(super) fn unused_terms(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let guide = subject.guide;
    if guide.config.automatic == Automatic::None {
        return;
    }
    for &page in &guide.terms {
        let term = &guide.pages[page];
        let is_target = term.draft.front_matter.autolink.unwrap_or(true);
        if !is_target || term.used.elsewhere || !term.backlinks.is_empty() || is_named(term) {
            continue;
        }
        let (place, title) = (term.draft.title_place(subject.sources), term.title());
        let help = say!(
            "employez-le dans une autre page, ajoutez à ses `synonymes` le mot que l’on emploie, ou supprimez-le",
            "use it in another page, add to its `synonyms` the word that is used, or delete it"
        );
        let (code, message) = if term.used.here {
            let message = say!(
                "le terme « {title} » n’est employé que dans sa propre page",
                "the term “{title}” is used in its own page only"
            );
            (Code::SelfUsedTerm, message)
        } else {
            let message = say!("le terme « {title} » n’est employé nulle part", "the term “{title}” is used nowhere");
            (Code::UnusedTerm, message)
        };
        found.push(Diagnostic::new(code, place, message).help(help));
    }
}

/// Whether other pages’ front matter names a page.
fn is_named(page: &Page) -> bool {
    let inverse = &page.inverse;
    let lists = [&inverse.for_role, &inverse.in_theme, &inverse.questions, &inverse.previous, &inverse.related];
    lists.iter().any(|list| !list.is_empty()) || !inverse.tasks.is_empty()
}

/// Pages that readers find in no menu, list or link, from the home page on.
pub(super) fn unreached_pages(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let guide = subject.guide;
    let reached = Reached::of(guide);
    for (id, page) in guide.pages.iter().filter(|(_, page)| !page.draft.front_matter.noindex) {
        if reached.pages[id.index()] {
            continue;
        }
        let (place, title) = (page.draft.title_place(subject.sources), page.title());
        found.push(if has_way_in(guide, id) { no_way_in(place, title) } else { orphan_page(place, title) });
    }
}

fn no_way_in(place: Span, title: &str) -> Diagnostic {
    let message = say!(
        "depuis l’accueil, aucun chemin de liens ne mène à «\u{a0}{title}\u{a0}»",
        "from the home page, no path of links leads to “{title}”"
    );
    Diagnostic::new(Code::NoWayIn, place, message).help(say!("faites un lien vers elle dans une page que l’on trouve depuis l’accueil, ou donnez un `index.md` au dossier qui n’en a pas", "link to it in a page that can be found from the home page, or give an `index.md` to the folder that has none"))
}

fn orphan_page(place: Span, title: &str) -> Diagnostic {
    let message = say!("aucune page ne mène à « {title} »", "no page leads to “{title}”");
    Diagnostic::new(Code::OrphanPage, place, message).help(say!(
        "donnez un `index.md` à son dossier, ou faites un lien vers elle dans une autre page",
        "give its folder an `index.md`, or link to it in another page"
    ))
}

/// Whether some page leads to a page, even if no way leads to that one.
fn has_way_in(guide: &Guide, id: PageId) -> bool {
    let page = &guide.pages[id];
    let is_listed = guide.holder(id).is_some_and(|folder| guide.front(folder).is_some());
    is_listed || !page.backlinks.is_empty() || is_named(page) || page.series.is_some()
}

/// The pages that can be reached from the home page without the site map and without turning page by page.
struct Reached<'a> {
    guide: &'a Guide,
    pages: Vec<bool>,
    /// The folders whose menu or list has been followed.
    folders: Vec<bool>,
    waiting: Vec<PageId>,
    /// How many pages have not been reached.
    missing: usize,
}

impl<'a> Reached<'a> {
    fn of(guide: &'a Guide) -> Reached<'a> {
        let mut reached = Reached {
            guide,
            pages: vec![false; guide.pages.len()],
            folders: vec![false; guide.folders.len()],
            waiting: Vec::new(),
            missing: guide.pages.len(),
        };
        reached.page(guide.folders[guide.root()].index);
        reached.folder(guide.root());
        for &page in &guide.order {
            let is_in_view = matches!(guide.builtin(page), Some(Builtin::Term | Builtin::Question));
            if is_in_view || guide.pages[page].reading.own.parts.iter().any(|part| part.facet.is_some()) {
                reached.page(Some(page));
            }
        }
        while reached.missing > 0
            && let Some(page) = reached.waiting.pop()
        {
            reached.follow(page);
        }
        reached
    }

    fn page(&mut self, page: Option<PageId>) {
        let Some(page) = page else { return };
        if !std::mem::replace(&mut self.pages[page.index()], true) {
            self.waiting.push(page);
            self.missing -= 1;
        }
    }

    /// The menu and the list of a folder.
    fn folder(&mut self, folder: FolderId) {
        if std::mem::replace(&mut self.folders[folder.index()], true) {
            return;
        }
        let guide = self.guide;
        for node in &guide.folders[folder].children {
            self.page(guide.page_of(*node));
        }
    }

    /// Everything that a page leads to.
    fn follow(&mut self, id: PageId) {
        let guide = self.guide;
        let page = &guide.pages[id];
        // Its section's menu, and its own list where it is the front of a folder.
        self.folder(page.place.folder);
        let crumbs = guide.ancestors(id);
        crumbs.into_iter().for_each(|folder| self.page(guide.folders[folder].index));
        self.excerpt(&page.reading.own);
        page.reading.questions.iter().for_each(|question| self.excerpt(&question.excerpt));
        let (relations, inverse) = (&page.relations, &page.inverse);
        let named = [&relations.roles, &relations.themes, &relations.leads_to];
        let naming = [&inverse.for_role, &inverse.in_theme, &inverse.questions, &inverse.previous, &inverse.related];
        named.into_iter().flatten().chain(naming.into_iter().flatten()).for_each(|&page| self.page(Some(page)));
        inverse.tasks.iter().for_each(|part| self.page(Some(part.page)));
        let roles = relations.tasks.iter().flat_map(|task| task.responsible.iter().chain(&task.involved));
        roles.for_each(|&role| self.page(Some(role)));
        page.backlinks.iter().for_each(|backlink| self.page(Some(backlink.text.page)));
        if let Some((series, at)) = page.series {
            let parts = &guide.series[series].parts;
            self.page(at.checked_sub(1).map(|before| parts[before]));
            self.page(parts.get(at + 1).copied());
        }
    }

    /// The links of a text and of what it includes.
    fn excerpt(&mut self, excerpt: &Excerpt) {
        for shown in &excerpt.texts {
            for (link, to) in (0u32..).zip(self.guide.text(shown.id).links) {
                if let Link::Page(page, _) = to
                    && shown.shows(link)
                {
                    self.page(Some(*page));
                }
            }
            shown.mentions.iter().for_each(|mention| self.page(Some(mention.page)));
            shown.inclusions.iter().for_each(|(_, included)| self.excerpt(&included.excerpt));
        }
    }
}

/// Paragraphs with more links than readers can take in.
pub(super) fn over_linked_paragraphs(guide: &Guide, page: &Page) -> Vec<Diagnostic> {
    let texts = page.reading.own.texts.iter();
    let full = texts.filter(|shown| shown.mentions.len() + guide.text(shown.id).links.len() > LINKS);
    full.flat_map(|shown| over_linked(guide, shown)).collect()
}

fn over_linked(guide: &Guide, shown: &crate::guide::Shown) -> Vec<Diagnostic> {
    let Draft { file, body, .. } = guide.text(shown.id).draft;
    let mut faults = Vec::new();
    let (mut start, mut written) = (0, 0);
    let mut place: Option<Span> = None;
    for (at, event) in (0u32..).zip(&body.events) {
        match *event {
            Event::Open(Element::Paragraph(_)) => (start, written, place) = (at, 0, None),
            Event::Open(Element::Link(_)) => written += 1,
            Event::Text(text) if place.is_none() => {
                place = text.source_range().map(|range| Span::new(*file, range));
            }
            Event::Close(Element::Paragraph(_)) => {
                let links = written + shown.mentions_within(&(start..at)).len();
                if links <= LINKS {
                    continue;
                }
                let message = say!(
                    "ce paragraphe a {links} liens : on ne sait plus lequel suivre",
                    "this paragraph has {links} links: one no longer knows which to follow"
                );
                faults.extend(place.map(|place| {
                    Diagnostic::new(Code::OverLinked, place, message).help(say!("partagez-le en plusieurs, ou écrivez `{{.sans-lien}}` à la fin pour n’y garder que vos propres liens", "divide it, or write `{{.sans-lien}}` at its end to keep your own links only"))
                }));
            }
            _ => {}
        }
    }
    faults
}
