//! What the relations of all pages say of each: who names it, as what.

use super::{PageId, Relations};

/// What other pages' relations say of a page. Lists are in reading order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Inverse {
    /// The pages that name it in `roles`.
    pub(crate) for_role: Vec<PageId>,
    /// Its part in the tasks of pages.
    pub(crate) tasks: Vec<Part>,
    /// The pages that name it in `themes`.
    pub(crate) in_theme: Vec<PageId>,
    /// The questions that are about it.
    pub(crate) questions: Vec<PageId>,
    /// The stages that lead to it.
    pub(crate) previous: Vec<PageId>,
    /// The pages that it names in `related`, then those that name it there.
    pub(crate) related: Vec<PageId>,
}

/// A role's part in a task.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Part {
    /// The page whose task it is, and which of them.
    pub(crate) page: PageId,
    pub(crate) task: usize,
    pub(crate) share: Share,
}

/// What someone does in a task.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Share {
    Responsible,
    Involved,
}

impl Share {
    /// Its name in templates.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Share::Responsible => "responsible",
            Share::Involved => "involved",
        }
    }
}

/// The inverse of `relations`, which are by page; `order` is the reading order. Questions alone are about pages.
pub(super) fn invert(relations: &[&Relations], order: &[PageId], is_question: impl Fn(PageId) -> bool) -> Vec<Inverse> {
    let mut inverse = vec![Inverse::default(); relations.len()];
    for &page in order {
        let own = relations[page.index()];
        for role in others(&own.roles, page) {
            inverse[role.index()].for_role.push(page);
        }
        for theme in others(&own.themes, page) {
            inverse[theme.index()].in_theme.push(page);
        }
        for about in others(&own.about, page).filter(|_| is_question(page)) {
            inverse[about.index()].questions.push(page);
        }
        for stage in others(&own.leads_to, page) {
            inverse[stage.index()].previous.push(page);
        }
        tasks(own, page, &mut inverse);
        let related = &mut inverse[page.index()].related;
        *related = others(&own.related, page).chain(std::mem::take(related)).collect();
        for other in others(&own.related, page) {
            inverse[other.index()].related.push(page);
        }
    }
    let mut listed_by = vec![None; inverse.len()];
    for (at, list) in inverse.iter_mut().map(|inverse| &mut inverse.related).enumerate() {
        list.retain(|page| listed_by[page.index()].replace(at) != Some(at));
    }
    inverse
}

fn others(pages: &[PageId], page: PageId) -> impl Iterator<Item = PageId> {
    pages.iter().copied().filter(move |&other| other != page)
}

/// The tasks of `page`, given to those who have a part in them.
fn tasks(own: &Relations, page: PageId, inverse: &mut [Inverse]) {
    for (task, of) in own.tasks.iter().enumerate() {
        for &role in &of.responsible {
            inverse[role.index()].tasks.push(Part { page, task, share: Share::Responsible });
        }
        for role in of.involved.iter().filter(|role| !of.responsible.contains(role)) {
            inverse[role.index()].tasks.push(Part { page, task, share: Share::Involved });
        }
    }
}
