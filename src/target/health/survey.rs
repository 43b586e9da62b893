//! The pass over the guide.

use std::cmp::Reverse;

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    About, Cited, CodeCount, FacetShare, Gaps, Health, KindShare, Links, MissingFacets, Named, PageHealth, Question,
    RANKED, Review, STALE, Stale, Subject, Terms, Totals, minutes, undefined,
};
use crate::config::Builtin;
use crate::diagnostic::{Code, Severity};
use crate::guide::{Guide, Page, PageId};
use crate::syntax::body::{Body, Element, Event};

impl<'a> Health<'a> {
    /// The health of the guide on the day that is told.
    pub(super) fn of(subject: Subject<'a>) -> Health<'a> {
        let (guide, survey) = (subject.guide, Survey { subject });
        let base = &guide.config.base;
        let pages: Vec<PageHealth<'a>> = guide.order.iter().map(|&page| survey.page(page)).collect();
        let findings = survey.findings();
        let found =
            |severity| findings.iter().filter(|count| count.severity == severity).map(|count| count.count).sum();
        let words = pages.iter().map(|page| page.words).sum();
        let totals = Totals {
            pages: pages.len(),
            words,
            minutes: minutes(words),
            errors: found(Severity::Error),
            warnings: found(Severity::Warning),
            notes: found(Severity::Note),
        };
        Health {
            version: 1,
            guide: About {
                title: &guide.config.site.title,
                lang: guide.config.site.language.tag(),
                base_url: base.origin.as_ref().map(|origin| format!("{origin}{}", base.path)),
                date: subject.today,
                language: guide.config.site.language,
            },
            totals,
            kinds: survey.kinds(&pages),
            facets: survey.facets(),
            findings,
            reviews: survey.reviews(),
            gaps: survey.gaps(),
            links: survey.links(),
            terms: survey.terms(),
            pages,
        }
    }
}

struct Survey<'a> {
    subject: Subject<'a>,
}

impl<'a> Survey<'a> {
    fn guide(&self) -> &'a Guide {
        self.subject.guide
    }

    /// The pages in reading order.
    fn order(&self) -> impl Iterator<Item = (PageId, &'a Page)> {
        let guide = self.guide();
        guide.order.iter().map(|&id| (id, &guide.pages[id]))
    }

    fn named(&self, page: &'a Page) -> Named<'a> {
        let source = self.subject.sources[page.draft.file].path.as_str();
        let own = self.guide().config.site.language.tag();
        let lang = page.draft.front_matter.lang.as_deref().filter(|lang| *lang != own);
        Named { id: &page.key, title: page.title(), source, url: page.address.as_str(), lang }
    }

    fn page(&self, id: PageId) -> PageHealth<'a> {
        let page = &self.guide().pages[id];
        let words = page.drafts().map(|draft| words(&draft.body)).sum();
        PageHealth {
            page: self.named(page),
            kind: &self.guide().config.kinds[page.kind].name,
            words,
            minutes: minutes(words),
            backlinks: page.backlinks.len(),
            updated: dated(page),
        }
    }

    fn kinds(&self, pages: &[PageHealth<'a>]) -> Vec<KindShare<'a>> {
        let mut shares: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
        for page in pages {
            let (count, words) = shares.entry(page.kind).or_default();
            (*count, *words) = (*count + 1, *words + page.words);
        }
        let share = |kind: &'a crate::config::Kind| {
            let &(pages, words) = shares.get(kind.name.as_str())?;
            Some(KindShare { kind: &kind.name, label: &kind.plural, pages, words })
        };
        self.guide().config.kinds.iter().filter_map(|(_, kind)| share(kind)).collect()
    }

    fn facets(&self) -> Vec<FacetShare<'a>> {
        let config = &self.guide().config;
        let mut shares: Vec<FacetShare<'a>> = config
            .facets
            .iter()
            .map(|facet| FacetShare { facet: &facet.id, title: &facet.title, expected: 0, present: 0 })
            .collect();
        for (_, page) in self.order() {
            for &facet in &config.kinds[page.kind].facets {
                shares[facet].expected += 1;
                shares[facet].present += usize::from(page.has_facet(facet));
            }
        }
        shares.retain(|share| share.expected > 0);
        shares
    }

    fn findings(&self) -> Vec<CodeCount> {
        let mut counts: FxHashMap<Code, usize> = FxHashMap::default();
        for fault in self.subject.faults {
            *counts.entry(fault.code).or_default() += 1;
        }
        let mut counts: Vec<(Severity, Reverse<usize>, &str)> = counts
            .into_iter()
            .filter_map(|(code, count)| Some((self.guide().config.checks.severity(code)?, Reverse(count), code.name())))
            .collect();
        counts.sort_unstable();
        counts.into_iter().map(|(severity, Reverse(count), code)| CodeCount { code, severity, count }).collect()
    }

    fn reviews(&self) -> Vec<Review<'a>> {
        let review = |page: &'a Page| {
            let front_matter = &page.draft.front_matter;
            let review_by = front_matter.review_by?;
            let days = days(self.subject.today, review_by);
            Some(Review { page: self.named(page), review_by, days, owner: front_matter.owner.as_deref() })
        };
        let mut reviews: Vec<Review<'a>> = self.order().filter_map(|(_, page)| review(page)).collect();
        reviews.sort_by_key(|review| review.review_by);
        reviews
    }

    fn gaps(&self) -> Gaps<'a> {
        let mut gaps =
            Gaps { drafts: self.subject.drafts.iter().map(|path| path.as_str()).collect(), ..Gaps::default() };
        for (id, page) in self.order() {
            let named = self.named(page);
            let builtin = self.guide().builtin(id);
            gaps.missing_facets.extend(self.missing_facets(page));
            if builtin == Some(Builtin::Role) && page.inverse.tasks.is_empty() {
                gaps.roles_without_tasks.push(named);
            }
            if builtin == Some(Builtin::Coplanning) {
                gaps.questions_without_prompts.extend(self.bare_questions(page));
            }
            // The first paragraph of these is a definition, or an answer.
            let is_summed_up = matches!(builtin, Some(Builtin::Term | Builtin::Question));
            if page.draft.front_matter.summary.is_none() && !is_summed_up {
                gaps.without_summary.push(named);
            }
            gaps.stale.extend(
                dated(page)
                    .filter(|&date| days(date, self.subject.today) > STALE)
                    .map(|updated| Stale { page: named, updated }),
            );
        }
        gaps.stale.sort_by_key(|stale| stale.updated);
        gaps
    }

    fn missing_facets(&self, page: &'a Page) -> Option<MissingFacets<'a>> {
        let config = &self.guide().config;
        let expected = config.kinds[page.kind].facets.iter();
        let missing = expected.filter(|&&facet| !page.has_facet(facet)).map(|&facet| &config.facets[facet]);
        let (facets, titles): (Vec<&str>, Vec<&str>) = missing.map(|facet| (&*facet.id, &*facet.title)).unzip();
        (!facets.is_empty()).then(|| MissingFacets { page: self.named(page), facets, titles })
    }

    /// The questions to answer together that have nothing to fill in beside their one field.
    fn bare_questions(&self, page: &'a Page) -> Vec<Question<'a>> {
        let body = &page.draft.body;
        let question = |section: &crate::syntax::draft::Section| {
            let heading = &body.tables.headings[section.heading? as usize];
            let question = body.plain(heading.content.clone()).trim().to_owned();
            let events = &body.events[section.events.start as usize..section.events.end as usize];
            let has_prompt = events.iter().any(|event| matches!(event, Event::Checkbox(_)));
            let is_bare = question.ends_with('?') && !has_prompt;
            is_bare.then(|| Question { page: self.named(page), question })
        };
        page.draft.sections.iter().filter_map(question).collect()
    }

    fn links(&self) -> Links<'a> {
        let cited = |page: &'a Page| Cited { page: self.named(page), from: page.backlinks.len() };
        // Readers come to these by other ways: menus, dates, the pages that questions are about.
        let has_other_ways = |id| matches!(self.guide().builtin(id), Some(Builtin::Question | Builtin::Article));
        let pages = self.order().filter(|(id, page)| !page.place.front && !has_other_ways(*id));
        let mut cited: Vec<Cited<'a>> = pages.map(|(_, page)| cited(page)).collect();
        cited.sort_by_key(|cited| Reverse(cited.from));
        let uncited = cited.iter().filter(|cited| cited.from == 0).count();
        let most: Vec<Cited<'a>> = cited.iter().take(RANKED).filter(|cited| cited.from > 0).copied().collect();
        let mut rest = cited.split_off(most.len());
        rest.sort_by_key(|cited| cited.from);
        rest.truncate(RANKED);
        let (orphans, no_way_in) = (self.told_of(Code::OrphanPage), self.told_of(Code::NoWayIn));
        Links { most, least: rest, uncited, orphans, no_way_in }
    }

    fn terms(&self) -> Terms<'a> {
        Terms {
            unused: self.told_of(Code::UnusedTerm),
            self_used: self.told_of(Code::SelfUsedTerm),
            undefined: undefined::find(self.guide(), |page| self.named(page)),
        }
    }

    /// The pages that have a fault of this code.
    fn told_of(&self, code: Code) -> Vec<Named<'a>> {
        let faults = self.subject.faults.iter().filter(|fault| fault.code == code);
        let files: FxHashSet<_> = faults.filter_map(|fault| fault.span).map(|span| span.file).collect();
        let pages = self.order().filter(|(_, page)| files.contains(&page.draft.file));
        pages.map(|(_, page)| self.named(page)).collect()
    }
}

/// When a page was changed last, else the day that it is dated.
fn dated(page: &Page) -> Option<Date> {
    page.updated.or(page.draft.front_matter.date)
}

/// How many days lie between two dates.
fn days(from: Date, to: Date) -> i32 {
    from.until(to).map_or(0, |span| span.get_days())
}

/// How many words of prose a text has. Code is looked at rather than read; alternatives are in the place of pictures.
fn words(body: &Body) -> usize {
    let (mut count, mut inside, mut pictures) = (0, false, 0usize);
    for event in &body.events {
        match *event {
            Event::Open(Element::Image(_) | Element::Figure(_)) => pictures += 1,
            Event::Close(Element::Image(_) | Element::Figure(_)) => pictures -= 1,
            Event::Text(text) | Event::Verbatim(text) if pictures == 0 => {
                for character in body.text(text).chars() {
                    if character.is_whitespace() {
                        inside = false;
                    } else if character.is_alphanumeric() && !inside {
                        (count, inside) = (count + 1, true);
                    }
                }
            }
            Event::Open(element) | Event::Close(element) if element.is_inline() => {}
            _ => inside = false,
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::words;
    use crate::config::Config;
    use crate::path::GuidePath;
    use crate::source::Sources;
    use crate::syntax::draft::Draft;

    #[test]
    fn words_are_counted_as_they_are_read() {
        for (text, expected) in [
            ("", 0),
            ("Un mot.", 2),
            ("L’équipe, aujourd’hui : « ici » !", 3),
            ("**gras**sement *dit* – et\nredit", 4),
            ("# Titre long\n\n- un\n- deux\n", 4),
            ("| a | b |\n|---|---|\n| c | d |\n", 4),
            ("`code` lu\n\n```text\ndu code\n```\n", 1),
            ("Voir ![une image](x.png) ici[^1].\n\n[^1]: En note.\n", 4),
            ("1 234 km et 20 %", 5),
        ] {
            let path = GuidePath::new("content/a.md").unwrap();
            let (sources, _) = Sources::in_memory([(path.clone(), text.as_bytes().to_vec())]);
            let (config, _) = Config::read(&sources);
            let (draft, _) = Draft::parse(sources.at(&path).unwrap(), &sources, &config);
            assert_eq!(words(&draft.body), expected, "{text}");
        }
    }
}
