use std::path::{Path, PathBuf};

use notify::event::{AccessKind, CreateKind, DataChange, EventKind, Flag, MetadataKind, ModifyKind, RemoveKind};
use notify::event::{Event, RenameMode};

use super::{Changes, Gathered, Ground, Known, OnDisk};
use crate::pipeline::Changed;

const WRITTEN: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
const CREATED: EventKind = EventKind::Create(CreateKind::File);
const REMOVED: EventKind = EventKind::Remove(RemoveKind::File);
const FROM: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::From));
const TO: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::To));
const BOTH: EventKind = EventKind::Modify(ModifyKind::Name(RenameMode::Both));

/// A disk and a build that know some files and folders.
struct Made<'a> {
    files: &'a [&'a str],
    folders: &'a [&'a str],
    known: &'a [&'a str],
}

impl Ground for Made<'_> {
    fn on_disk(&self, path: &Path) -> OnDisk {
        match path.to_str().unwrap() {
            path if self.files.contains(&path) => OnDisk::File,
            path if self.folders.contains(&path) => OnDisk::Other,
            _ => OnDisk::Absent,
        }
    }

    fn known(&self, path: &Path) -> Known {
        let path = path.to_str().unwrap();
        match self.known {
            known if known.contains(&path) => Known::File,
            known if known.iter().any(|file| file.starts_with(&format!("{path}/"))) => Known::Folder,
            _ => Known::Not,
        }
    }
}

fn event(kind: EventKind, paths: &[&str]) -> notify::Result<Event> {
    let paths = paths.iter().map(|path| Path::new("/guide").join(path));
    Ok(paths.fold(Event::new(kind), Event::add_path))
}

fn settled(events: &[(EventKind, &[&str])], ground: &Made<'_>) -> Option<Changes> {
    let mut gathered = Gathered::default();
    for (kind, paths) in events {
        gathered.add(Path::new("/guide"), event(*kind, paths));
    }
    gathered.settle(ground)
}

fn changed(events: &[(EventKind, &[&str])], ground: &Made<'_>) -> Option<Changed> {
    settled(events, ground).map(|changes| changes.changed)
}

fn files(paths: &[&str]) -> Option<Changed> {
    Some(Changed::Files(paths.iter().map(PathBuf::from).collect()))
}

const PAGE: &str = "content/a.md";
const PAGES: Made<'_> = Made { files: &[PAGE, "guide.yaml"], folders: &["content"], known: &[PAGE, "guide.yaml"] };

#[test]
fn a_page_that_is_written_is_that_file() {
    assert_eq!(changed(&[(WRITTEN, &[PAGE]), (WRITTEN, &[PAGE])], &PAGES), files(&[PAGE]));
    let touched = EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any));
    assert_eq!(changed(&[(touched, &[PAGE])], &PAGES), files(&[PAGE]));
    assert_eq!(changed(&[(WRITTEN, &["guide.yaml"]), (WRITTEN, &[PAGE])], &PAGES), files(&[PAGE, "guide.yaml"]));
}

#[test]
fn editors_that_save_by_renaming_have_written_that_file() {
    let vim: &[(EventKind, &[&str])] = &[
        (CREATED, &["content/4913"]),
        (REMOVED, &["content/4913"]),
        (FROM, &[PAGE]),
        (TO, &["content/a.md~"]),
        (BOTH, &[PAGE, "content/a.md~"]),
        (CREATED, &[PAGE]),
        (WRITTEN, &[PAGE]),
        (REMOVED, &["content/a.md~"]),
    ];
    assert_eq!(changed(vim, &PAGES), files(&[PAGE]));
    let others = [".goutputstream-1X2Y", "a.md.tmp.123", ".a.md.swp", "#a.md#", "a.md___jb_tmp___", "sedXyZ12"];
    for temporary in others {
        let temporary = format!("content/{temporary}");
        let atomic: &[(EventKind, &[&str])] = &[
            (CREATED, &[&temporary]),
            (WRITTEN, &[&temporary]),
            (FROM, &[&temporary]),
            (TO, &[PAGE]),
            (BOTH, &[&temporary, PAGE]),
        ];
        assert_eq!(changed(atomic, &PAGES), files(&[PAGE]), "{temporary}");
    }
}

#[test]
fn what_is_no_source_does_not_matter() {
    for path in [
        "public",
        ".git",
        "content/.a.md.swp",
        "content/.cache/b.md",
        "content/_notes/b.md",
        "content/.#a.md",
        "themes/.git/config",
        "README.md",
        "guide.yaml~",
    ] {
        let mut gathered = Gathered::default();
        assert!(!gathered.add(Path::new("/guide"), event(CREATED, &[path])), "{path}");
        assert_eq!(gathered, Gathered::default(), "{path}");
    }
    let mut gathered = Gathered::default();
    assert!(!gathered.add(Path::new("/guide"), event(EventKind::Access(AccessKind::Any), &[PAGE])));
    assert!(gathered.add(Path::new("/guide"), event(CREATED, &["static/.well-known/security.txt"])));
}

#[test]
fn what_only_an_editor_has_a_use_for_is_passed_over_and_what_the_guide_has_is_not() {
    for path in [
        "content/a.md~",
        "content/#a.md#",
        "content/~$a.md",
        "content/~$fiche.docx",
        "content/a.md.tmp.77",
        "static/.x.swp",
        "static/.#x.md",
        "static/x.part",
        "themes/boussole/page.html~",
    ] {
        let ground = Made { files: &[PAGE, path], ..PAGES };
        let mut gathered = Gathered::default();
        assert!(gathered.add(Path::new("/guide"), event(CREATED, &[path])), "{path}");
        assert!(gathered.is_temporary(&ground), "{path}");
        assert_eq!(gathered.settle(&ground), None, "{path}");
        // Beside a page that was saved, it is not told of.
        let both = settled(&[(CREATED, &[path]), (WRITTEN, &[PAGE])], &ground).unwrap();
        assert_eq!((Some(both.changed), both.paths), (files(&[PAGE]), vec![PathBuf::from(PAGE)]), "{path}");
        // Once the guide has it, it is a file as any other.
        let known = Made { files: &[path], folders: &["content"], known: &[path] };
        assert!(!gathered.is_temporary(&known), "{path}");
        assert_eq!(changed(&[(WRITTEN, &[path])], &known), files(&[path]), "{path}");
        assert_eq!(changed(&[(REMOVED, &[path])], &Made { files: &[], ..known }), Some(Changed::Anything), "{path}");
    }
    for page in ["content/plan.tmp.md", "content/a.tmp-1.MD", "content/#1.md"] {
        let ground = Made { files: &[PAGE, page], ..PAGES };
        assert_eq!(changed(&[(CREATED, &[page])], &ground), Some(Changed::Anything), "{page}");
    }
    let mut lost = Gathered::default();
    lost.add(Path::new("/guide"), Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan)));
    assert!(!lost.is_temporary(&PAGES));
}

#[test]
fn what_is_new_gone_or_a_folder_is_anything() {
    let anything = Some(Changed::Anything);
    let new = Made { files: &[PAGE, "content/b.md"], ..PAGES };
    assert_eq!(changed(&[(CREATED, &["content/b.md"]), (WRITTEN, &[PAGE])], &new), anything);
    assert_eq!(changed(&[(REMOVED, &[PAGE])], &Made { files: &[], ..PAGES }), anything);
    let folder = Made { known: &["content/roles/x.md"], ..PAGES };
    assert_eq!(changed(&[(FROM, &["content/roles"])], &folder), anything);
    let made = Made { folders: &["content/roles"], ..PAGES };
    assert_eq!(changed(&[(EventKind::Create(CreateKind::Folder), &["content/roles"])], &made), anything);
    assert_eq!(changed(&[(REMOVED, &["guide.yaml"])], &Made { files: &[], ..PAGES }), anything);
}

#[test]
fn what_came_and_went_is_nothing() {
    assert_eq!(changed(&[(CREATED, &["content/neuf"]), (REMOVED, &["content/neuf"])], &PAGES), None);
    assert_eq!(changed(&[], &PAGES), None);
}

#[test]
fn lost_events_and_the_folders_of_sources_are_anything_and_watched_anew() {
    let mut lost = Gathered::default();
    assert!(lost.add(Path::new("/guide"), Ok(Event::new(EventKind::Other).set_flag(Flag::Rescan))));
    assert_eq!(lost.settle(&PAGES), Some(Changes::anything()));
    let mut failed = Gathered::default();
    assert!(failed.add(Path::new("/guide"), Err(notify::Error::generic("no"))));
    assert_eq!(failed.settle(&PAGES), Some(Changes::anything()));
    let mut gone = Gathered::default();
    assert!(!gone.add(Path::new("/guide"), Err(notify::Error::path_not_found())));
    let mut elsewhere = Gathered::default();
    assert!(elsewhere.add(Path::new("/guide"), event(WRITTEN, &["/shared/a.md"])));
    assert_eq!(elsewhere.settle(&PAGES), Some(Changes::anything()));
    let mut linked = Gathered::default();
    assert!(linked.add(Path::new("/guide"), event(WRITTEN, &["partage/a.md"])));
    assert!(!linked.add(Path::new("/guide"), event(WRITTEN, &["partage/a.md~"])));
    assert_eq!(linked.settle(&PAGES), Some(Changes::anything()));
    let tree = settled(&[(EventKind::Remove(RemoveKind::Folder), &["content"])], &Made { folders: &[], ..PAGES });
    assert!(tree.is_some_and(|changes| changes.trees && changes.changed == Changed::Anything));
}

#[test]
fn where_something_was_renamed_to_is_known() {
    let ground = Made { files: &["content/b.md"], folders: &["content"], known: &[PAGE] };
    let changes = settled(&[(BOTH, &[PAGE, "content/b.md"])], &ground).unwrap();
    assert_eq!(changes.moves, [(PAGE.to_owned(), "content/b.md".to_owned())]);
    assert_eq!(changes.paths, [PathBuf::from(PAGE), PathBuf::from("content/b.md")]);
}
