//! Who does what: the tasks of all pages, and what each role does in them.

use super::super::shared::escaped;
use super::{Grouped, Item, Pages, ViewPage, weight};
use crate::guide::{Guide, PageId, Task};
use crate::language::Tongue;
use crate::theme::listing::{TaskRow, TaskTable};
use crate::theme::{Known, view};

/// How many roles have a column each at most; the tasks of more roles are told with names.
const MOST_COLUMNS: usize = 40;

/// About how many bytes of HTML a row takes up beside its words, a cell, and a link beside its words.
const ROW: usize = 60;
const CELL: usize = 35;
const LINK: usize = 35;

/// All tasks, in reading order.
pub(super) fn groups(guide: &Guide, columns: usize) -> Vec<Grouped> {
    let link = |&page: &PageId| LINK + escaped(guide.pages[page].title()) + weight::address(guide, page);
    let mut items = Vec::new();
    for &page in &guide.order {
        for (at, task) in guide.pages[page].relations.tasks.iter().enumerate() {
            let named = task.responsible.iter().chain(&task.involved).filter(|_| columns == 0);
            let who = named.map(link).sum::<usize>() + columns * CELL;
            let weight = ROW + LINK + escaped(&task.task) + weight::address(guide, page) + who;
            items.push(Item { page, task: at, weight });
        }
    }
    vec![Grouped { id: String::new(), title: String::new(), items }]
}

/// The roles that have a part in any task, in reading order; none where they are too many for columns.
pub(super) fn columns(guide: &Guide) -> Vec<PageId> {
    let roles = guide.order.iter().copied().filter(|&page| !guide.pages[page].inverse.tasks.is_empty());
    let roles: Vec<PageId> = roles.take(MOST_COLUMNS + 1).collect();
    if roles.len() > MOST_COLUMNS { Vec::new() } else { roles }
}

/// A page of the table, whose columns are these `roles`.
pub(super) fn table(
    page: &ViewPage,
    pages: &Pages<'_>,
    (roles, more): (&[PageId], Option<Known<view::Link>>),
) -> TaskTable {
    let shared = pages.shared();
    let guide = shared.spelling.guide;
    let links = |pages: &[PageId]| pages.iter().map(|&page| shared.page(page)).collect();
    let row = |item: &Item| {
        let task = &guide.pages[item.page].relations.tasks[item.task];
        TaskRow {
            task: shared.set(item.page, &task.task),
            page: shared.page(item.page),
            shares: roles.iter().map(|&role| share(task, role)).collect(),
            responsible: links(&task.responsible),
            involved: links(&task.involved),
        }
    };
    TaskTable {
        rows: page.groups.iter().flat_map(|group| &group.items).map(row).collect(),
        roles: links(roles),
        csv: shared.spelling.file(&csv_file(guide)),
        more,
    }
}

/// What a role does in a task.
fn share(task: &Task, role: PageId) -> Option<&'static str> {
    if task.responsible.contains(&role) {
        Some("responsible")
    } else {
        task.involved.contains(&role).then_some("involved")
    }
}

/// Where the table for spreadsheets is.
pub(in crate::target) fn csv_file(guide: &Guide) -> crate::path::OutputPath {
    let name = match guide.config.site.language.tongue() {
        Tongue::French => "qui-fait-quoi.csv",
        Tongue::English => "who-does-what.csv",
    };
    crate::path::OutputPath::new(name).expect("it is a plain name")
}

/// The table for spreadsheets: a row for each task, a column for each role, or one for those who are responsible and one
/// for those who take part. UTF-8 with a byte order mark, without which spreadsheets take it for another encoding; fields
/// that hold commas, quotation marks or breaks are quoted (RFC 4180).
pub(in crate::target) fn csv(guide: &Guide) -> Vec<u8> {
    let roles = columns(guide);
    let tongue = guide.config.site.language.tongue();
    let title = |page: PageId| guide.pages[page].title();
    let names = |pages: &[PageId]| pages.iter().map(|&page| title(page)).collect::<Vec<_>>().join(" ; ");
    let (head, shares) = match tongue {
        Tongue::French => (["Tâche", "Page", "Responsables", "Participants"], ["responsable", "participe"]),
        Tongue::English => (["Task", "Page", "Responsible", "Involved"], ["responsible", "involved"]),
    };
    let mut csv = String::from("\u{feff}");
    match roles.is_empty() {
        true => row(&mut csv, head),
        false => row(&mut csv, head.into_iter().take(2).chain(roles.iter().map(|&role| title(role)))),
    }
    for &page in &guide.order {
        for task in &guide.pages[page].relations.tasks {
            let own = [task.task.as_str(), title(page)];
            if roles.is_empty() {
                row(&mut csv, own.into_iter().chain([&*names(&task.responsible), &*names(&task.involved)]));
            } else {
                let share = roles.iter().map(|&role| share(task, role).map_or("", |share| word(share, shares)));
                row(&mut csv, own.into_iter().chain(share));
            }
        }
    }
    csv.into_bytes()
}

fn word(share: &str, [responsible, involved]: [&'static str; 2]) -> &'static str {
    if share == "responsible" { responsible } else { involved }
}

fn row<'a>(csv: &mut String, fields: impl IntoIterator<Item = &'a str>) {
    for (at, field) in fields.into_iter().enumerate() {
        if at > 0 {
            csv.push(',');
        }
        // A field that begins like a formula would be run by spreadsheets.
        let guard = if field.starts_with(['=', '+', '-', '@', '\t', '\r']) { "'" } else { "" };
        if field.contains([',', ';', '"', '\n', '\r']) {
            csv.push_str(&format!("\"{guard}{}\"", field.replace('"', "\"\"")));
        } else {
            csv.push_str(guard);
            csv.push_str(field);
        }
    }
    csv.push_str("\r\n");
}
