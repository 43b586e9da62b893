#![expect(clippy::disallowed_methods, reason = "the tests look at what was written, and disturb it")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use proptest::prelude::{Just, ProptestConfig, Strategy, prop_assert_eq, proptest};
use proptest::{collection, option, sample};
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};
use tempfile::TempDir;

use super::{Content, Error, Kept, Made, Output, Written};
use crate::path::OutputPath;

type Tree = BTreeMap<String, Vec<u8>>;

fn tree(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

fn path(text: &str) -> OutputPath {
    OutputPath::new(text).unwrap()
}

fn build(folder: &Path, files: &Tree) -> Result<Written, Error> {
    let output = open(folder, files)?;
    let all: Vec<_> = files.values().collect();
    all.par_iter().enumerate().try_for_each(|(at, bytes)| output.put(at, Content::Bytes((*bytes).clone())))?;
    output.finish()
}

fn open(folder: &Path, files: &Tree) -> Result<Output, Error> {
    Output::open(folder, &files.keys().map(|file| path(file)).collect::<Vec<_>>(), Made::new())
}

/// Every file in `folder` but the manifest, and every empty folder as `name/`.
fn on_disk(folder: &Path) -> Tree {
    fn add(tree: &mut Tree, root: &Path, folder: &Path) {
        let entries: Vec<_> = fs::read_dir(folder).unwrap().map(Result::unwrap).collect();
        if entries.is_empty() && folder != root {
            tree.insert(format!("{}/", folder.strip_prefix(root).unwrap().display()), Vec::new());
        }
        for entry in entries {
            if entry.file_type().unwrap().is_dir() {
                add(tree, root, &entry.path());
            } else {
                let name = entry.path().strip_prefix(root).unwrap().display().to_string();
                tree.insert(name, fs::read(entry.path()).unwrap_or_default());
            }
        }
    }
    let mut tree = Tree::new();
    if folder.exists() {
        add(&mut tree, folder, folder);
    }
    tree.remove(".boussole.json");
    tree
}

fn times(folder: &Path) -> Vec<(String, SystemTime)> {
    let names = on_disk(folder).into_keys().chain([".boussole.json".to_owned()]);
    let time = |name: &String| fs::symlink_metadata(folder.join(name)).unwrap().modified().unwrap();
    names.map(|name| (name.clone(), time(&name))).collect()
}

fn written(created: usize, changed: usize, unchanged: usize, removed: usize) -> Written {
    Written { created, changed, unchanged, removed }
}

#[test]
fn the_output_becomes_what_is_written() {
    let folder = TempDir::new().unwrap();
    let output = folder.path().join("deep/public");
    let first = tree(&[("index.html", "home"), ("a/index.html", "a"), ("b/c/index.html", "c"), ("d.css", "")]);
    assert_eq!(build(&output, &first).unwrap(), written(4, 0, 0, 0));
    assert_eq!(on_disk(&output), first);
    let second = tree(&[("index.html", "home!"), ("a/index.html", "A"), ("e/index.html", "e"), ("d.css", "")]);
    assert_eq!(build(&output, &second).unwrap(), written(1, 2, 1, 1));
    assert_eq!(on_disk(&output), second);
    let manifest = fs::read_to_string(output.join(".boussole.json")).unwrap();
    assert!(
        manifest.contains("\"complete\": true") && manifest.contains("\"d.css\": \"99aa06d3014798d86001c324468d497f\"")
    );
}

#[test]
fn an_unchanged_build_touches_nothing() {
    let folder = TempDir::new().unwrap();
    let files = tree(&[("index.html", "home"), ("a/index.html", "a")]);
    build(folder.path(), &files).unwrap();
    let before = times(folder.path());
    assert_eq!(build(folder.path(), &files).unwrap(), written(0, 0, 2, 0));
    assert_eq!(times(folder.path()), before);
}

#[test]
fn files_are_copied_and_compared_in_pieces() {
    let folder = TempDir::new().unwrap();
    let (original, output) = (folder.path().join("film"), folder.path().join("public"));
    let put = |bytes: &[u8]| {
        fs::write(&original, bytes).unwrap();
        let output = Output::open(&output, &[path("film"), path("shared")], Made::new()).unwrap();
        output.put(0, Content::Copy(File::open(&original).unwrap())).unwrap();
        output.put(1, Content::Shared(Arc::from(bytes))).unwrap();
        let written = output.finish().unwrap();
        for name in ["film", "shared"] {
            assert!(fs::read(folder.path().join("public").join(name)).unwrap() == bytes);
        }
        written
    };
    let mut bytes: Vec<u8> = (0..300_000_u32).map(|n| (n % 251) as u8).collect();
    assert_eq!(put(&bytes), written(2, 0, 0, 0));
    assert_eq!(put(&bytes), written(0, 0, 2, 0));
    *bytes.last_mut().unwrap() ^= 1;
    assert_eq!(put(&bytes), written(0, 2, 0, 0));
    bytes.truncate(65_536);
    assert_eq!(put(&bytes), written(0, 2, 0, 0));
    assert_eq!(put(&bytes), written(0, 0, 2, 0));
}

#[test]
fn a_folder_that_is_not_ours_is_refused() {
    let manifests = ["", "{}", "{\"generator\":\"other\",\"version\":1,\"complete\":true,\"files\":{}}"];
    for manifest in manifests {
        let folder = TempDir::new().unwrap();
        fs::write(folder.path().join(".boussole.json"), manifest).unwrap();
        assert!(matches!(build(folder.path(), &tree(&[("index.html", "")])), Err(Error::Unreadable(_))), "{manifest}");
        assert_eq!(fs::read_to_string(folder.path().join(".boussole.json")).unwrap(), manifest);
        assert_eq!(on_disk(folder.path()), tree(&[]));
    }
    let folder = TempDir::new().unwrap();
    fs::create_dir(folder.path().join("mine")).unwrap();
    assert!(matches!(build(folder.path(), &tree(&[("index.html", "")])), Err(Error::Foreign(_))));
    assert_eq!(on_disk(folder.path()), tree(&[("mine/", "")]));
}

#[test]
fn what_others_wrote_is_left_alone() {
    let folder = TempDir::new().unwrap();
    build(folder.path(), &tree(&[("index.html", "home"), ("a/b.html", "b"), ("a/c.html", "c")])).unwrap();
    fs::write(folder.path().join("CNAME"), "mine").unwrap();
    fs::write(folder.path().join("a/b.html"), "edited").unwrap();
    let next = tree(&[("index.html", "next")]);
    assert_eq!(build(folder.path(), &next).unwrap(), written(0, 1, 0, 1));
    let left = tree(&[("index.html", "next"), ("CNAME", "mine"), ("a/b.html", "edited")]);
    assert_eq!(on_disk(folder.path()), left);

    for (file, bar) in [("CNAME", "CNAME"), ("a/b.html", "a/b.html"), ("a", "a"), ("CNAME/x", "CNAME")] {
        let files = tree(&[("index.html", "third"), (file, "ours")]);
        let refused = build(folder.path(), &files).unwrap_err();
        assert!(matches!(&refused, Error::InTheWay(path) if *path == folder.path().join(bar)), "{file}: {refused:?}");
    }
    for files in [&[".boussole.json"][..], &["a/.b.boussole"], &["x", "x/y"]] {
        let files = files.iter().map(|file| path(file)).collect::<Vec<_>>();
        assert!(matches!(Output::open(folder.path(), &files, Made::new()), Err(Error::InTheWay(_))), "{files:?}");
    }
    assert_eq!(on_disk(folder.path()), left);
}

#[test]
fn files_and_folders_trade_places() {
    let folder = TempDir::new().unwrap();
    let first = tree(&[("index.html", "1"), ("doc", "file"), ("deep/a/b", "b"), ("deep/c", "c")]);
    let second = tree(&[("index.html", "2"), ("doc/x/index.html", "x"), ("doc/y", "y"), ("deep", "file")]);
    build(folder.path(), &first).unwrap();
    for (files, counts) in [(&second, written(3, 1, 0, 3)), (&first, written(3, 1, 0, 3))] {
        assert_eq!(build(folder.path(), files).unwrap(), counts);
        assert_eq!(&on_disk(folder.path()), files);
    }
}

#[cfg(unix)]
#[test]
fn links_in_the_output_are_not_followed() {
    use std::os::unix::fs::symlink;

    let outside = TempDir::new().unwrap();
    let folder = TempDir::new().unwrap();
    let first = tree(&[("index.html", "1"), ("a/old.html", "old"), ("b.html", "b")]);
    build(folder.path(), &first).unwrap();
    fs::write(outside.path().join("old.html"), "old").unwrap();
    fs::write(outside.path().join("kept"), "kept").unwrap();
    fs::remove_dir_all(folder.path().join("a")).unwrap();
    symlink(outside.path(), folder.path().join("a")).unwrap();
    assert!(matches!(build(folder.path(), &first), Err(Error::InTheWay(_))));
    fs::remove_file(folder.path().join("b.html")).unwrap();
    symlink(outside.path().join("kept"), folder.path().join("b.html")).unwrap();
    symlink(outside.path().join("kept"), folder.path().join(".b.html.boussole")).unwrap();
    build(folder.path(), &tree(&[("index.html", "2"), ("b.html", "new")])).unwrap();
    assert_eq!(on_disk(outside.path()), tree(&[("kept", "kept"), ("old.html", "old")]));
    assert!(fs::symlink_metadata(folder.path().join("b.html")).unwrap().is_file());
}

#[test]
fn a_manifest_cannot_lead_outside() {
    let parent = TempDir::new().unwrap();
    let folder = parent.path().join("public");
    build(&folder, &tree(&[("index.html", "1")])).unwrap();
    fs::write(parent.path().join("mine"), "mine").unwrap();
    let files = format!("{{\"../mine\":\"\",\"{}\":\"\"}}", parent.path().join("mine").display());
    let manifest = format!("{{\"generator\":\"boussole\",\"version\":2,\"complete\":false,\"files\":{files}}}");
    fs::remove_file(folder.join("index.html")).unwrap();
    fs::write(folder.join(".boussole.json"), manifest).unwrap();
    build(&folder, &tree(&[("index.html", "2")])).unwrap();
    assert_eq!(fs::read_to_string(parent.path().join("mine")).unwrap(), "mine");
}

#[test]
fn a_build_that_stops_leaves_no_temporary_file() {
    let folder = TempDir::new().unwrap();
    let first = tree(&[("index.html", "1"), ("a.html", "a"), ("doc", "file")]);
    build(folder.path(), &first).unwrap();
    let second = tree(&[("index.html", "2"), ("a.html", "A"), ("doc/new.html", "n"), ("new.html", "n")]);
    let output = open(folder.path(), &second).unwrap();
    for (at, bytes) in second.values().enumerate() {
        output.put(at, Content::Bytes(bytes.clone())).unwrap();
    }
    drop(output);
    let mut left = first.clone();
    left.extend(tree(&[("new.html", "n")]));
    assert_eq!(on_disk(folder.path()), left);

    let output = open(folder.path(), &second).unwrap();
    output.put(0, Content::Bytes(b"A".to_vec())).unwrap();
    assert!(output.put(0, Content::Bytes(b"A".to_vec())).is_err());
    assert!(output.finish().is_err());
    assert_eq!(on_disk(folder.path()), left);
    build(folder.path(), &first).unwrap();
    assert_eq!(on_disk(folder.path()), first);
}

#[test]
fn what_a_killed_build_left_is_swept() {
    let folder = TempDir::new().unwrap();
    fs::write(folder.path().join("..boussole.json.boussole"), "{\"gen").unwrap();
    let first = tree(&[("index.html", "1"), ("a/b.html", "b")]);
    build(folder.path(), &first).unwrap();
    assert_eq!(on_disk(folder.path()), first);

    let second = tree(&[("index.html", "2"), ("c/d/e.html", "e"), ("a/b.html", "B")]);
    let output = open(folder.path(), &second).unwrap();
    for (at, bytes) in second.values().enumerate() {
        output.put(at, Content::Bytes(bytes.clone())).unwrap();
    }
    fs::remove_file(folder.path().join("c/d/e.html")).unwrap();
    fs::write(folder.path().join("c/d/.e.html.boussole"), "half").unwrap();
    // Killed here: nothing is tidied.
    std::mem::forget(output);
    build(folder.path(), &first).unwrap();
    assert_eq!(on_disk(folder.path()), first);
}

#[test]
fn long_names_are_written_too() {
    let folder = TempDir::new().unwrap();
    let name = "n".repeat(255);
    build(folder.path(), &tree(&[(&name, "1")])).unwrap();
    build(folder.path(), &tree(&[(&name, "2")])).unwrap();
    assert_eq!(on_disk(folder.path()), tree(&[(&name, "2")]));
}

/// A tree in which no file is in another's place.
fn trees() -> impl Strategy<Value = Tree> {
    let names = sample::select(vec!["index.html", "a", "a/b", "a/b/c", "a/d", "b/c/d", "b/c", "b/e", "c", "film"]);
    collection::btree_map(names, sample::select(vec!["", "1", "2", "three"]), 0..8).prop_map(|files| {
        let names: BTreeSet<&str> = files.keys().copied().collect();
        let is_inside = |file: &str| names.iter().any(|other| file.starts_with(&format!("{other}/")));
        let apart = files.iter().filter(|(file, _)| !is_inside(file));
        apart.map(|(file, text)| ((*file).to_owned(), text.as_bytes().to_vec())).collect()
    })
}

/// How a build ends.
#[derive(Clone, Copy, Debug)]
enum End {
    Finished,
    Dropped(usize),
    Killed(usize),
}

fn ends() -> impl Strategy<Value = End> {
    let after = 0..8_usize;
    option::of((after, proptest::bool::ANY)).prop_map(|end| match end {
        None => End::Finished,
        Some((after, true)) => End::Dropped(after),
        Some((after, false)) => End::Killed(after),
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_was_there_the_output_is_the_last_tree(
        builds in collection::vec((trees(), ends()), 1..6),
        last in trees(),
        foreign in Just(tree(&[("mine", "m"), ("mine2/x", "m")])),
    ) {
        let folder = TempDir::new().unwrap();
        build(folder.path(), &Tree::new()).unwrap();
        for (file, bytes) in &foreign {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
        }
        for (files, end) in builds {
            let after = match end {
                End::Finished => usize::MAX,
                End::Dropped(after) | End::Killed(after) => after,
            };
            let output = open(folder.path(), &files).unwrap();
            for (at, bytes) in files.values().enumerate().take(after) {
                output.put(at, Content::Bytes(bytes.clone())).unwrap();
            }
            match end {
                End::Finished => drop(output.finish().unwrap()),
                End::Dropped(_) => drop(output),
                End::Killed(_) => std::mem::forget(output),
            }
        }
        build(folder.path(), &last).unwrap();
        let mut expected = last.clone();
        expected.extend(foreign);
        prop_assert_eq!(on_disk(folder.path()), expected);
        prop_assert_eq!(build(folder.path(), &last).unwrap(), written(0, 0, last.len(), 0));
    }
}

#[test]
fn what_was_made_is_kept_until_it_is_made_of_something_else_or_disturbed() {
    let folder = TempDir::new().unwrap();
    let (page, small) = (path("index.html"), path("assets/small.webp"));
    let made: Made = [("picture 1".to_owned(), vec![small.clone()])].into();
    let open = |made: &Made| Output::open(folder.path(), &[page.clone(), small.clone()], made.clone()).unwrap();
    assert_eq!(Kept::of(folder.path()).files("picture 1"), None);
    let output = open(&made);
    output.put(0, Content::Bytes(b"page".to_vec())).unwrap();
    output.put(1, Content::Bytes(b"small".to_vec())).unwrap();
    assert_eq!(output.finish().unwrap(), written(2, 0, 0, 0));

    assert_eq!(Kept::of(folder.path()).files("picture 1"), Some([small.clone()].as_slice()));
    assert_eq!(Kept::of(folder.path()).files("picture 2"), None);
    let before = times(folder.path());
    let output = open(&made);
    output.put(0, Content::Bytes(b"page".to_vec())).unwrap();
    output.put(1, Content::Kept).unwrap();
    assert_eq!(output.finish().unwrap(), written(0, 0, 2, 0));
    assert_eq!(times(folder.path()), before);

    fs::write(folder.path().join("assets/small.webp"), "other").unwrap();
    assert_eq!(Kept::of(folder.path()).files("picture 1"), None);
    fs::remove_file(folder.path().join("assets/small.webp")).unwrap();
    assert_eq!(Kept::of(folder.path()).files("picture 1"), None);
    assert!(open(&made).put(1, Content::Kept).is_err());
}
