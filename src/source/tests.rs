#![expect(clippy::disallowed_methods, reason = "the tests make the files that are read")]

use std::fs;
use std::path::Path;

use proptest::prelude::{any, prop_assert_eq, proptest};
use tempfile::TempDir;

use super::{Content, Fault, FaultKind, LineColumn, Reserved, Role, Sources};
use crate::path::GuidePath;

fn memory(files: &[(&str, &[u8])]) -> (Sources, Vec<Fault>) {
    Sources::in_memory(files.iter().map(|(path, bytes)| (GuidePath::new(path).unwrap(), bytes.to_vec())))
}

fn disk(files: &[(&str, &[u8])]) -> TempDir {
    let root = TempDir::new().unwrap();
    for (path, bytes) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    root
}

/// Each fault as `path:line:column Kind`.
fn told(sources: &Sources, faults: &[Fault]) -> Vec<String> {
    let tell = |fault: &Fault| {
        let LineColumn { line, column } = sources.locate(fault.span).0;
        let kind = match &fault.kind {
            FaultKind::SamePath(first) => format!("SamePath {}", sources[*first].path),
            FaultKind::SameName(first) => format!("SameName {}", sources[*first].path),
            FaultKind::Unreadable { .. } => "Unreadable".to_owned(),
            FaultKind::ReservedName { name, why } => format!("ReservedName {name} {why:?}"),
            kind => format!("{kind:?}"),
        };
        format!("{}:{line}:{column} {kind}", sources[fault.span.file].path)
    };
    faults.iter().map(tell).collect()
}

fn load(root: &Path) -> (Sources, Vec<String>) {
    let (sources, faults) = Sources::load(root).unwrap();
    let told = told(&sources, &faults);
    (sources, told)
}

fn paths(sources: &Sources) -> Vec<(&str, Role)> {
    sources.iter().map(|(_, file)| (file.path.as_str(), file.role)).collect()
}

fn text<'a>(sources: &'a Sources, path: &str) -> &'a str {
    sources.text(sources.at(&GuidePath::new(path).unwrap()).unwrap())
}

const TREE: &[(&str, &[u8])] = &[
    ("guide.yaml", b"title: G"),
    ("README.md", b"not ours"),
    ("public/index.html", b"not ours"),
    ("content/index.md", b"# A"),
    ("content/roles/a.MD", b"# B"),
    ("content/roles/plan.draft.md", b"# C"),
    ("content/roles/photo.png", b"\xFF\r\n"),
    ("content/.hidden/a.md", b""),
    ("content/_drafts/a.md", b""),
    ("content/_a.md", b""),
    ("content/.a.png", b""),
    ("static/.well-known/security.txt", b"a\r\n"),
    ("static/_redirects", b""),
    ("themes/mine/templates/page.html", b"a\r\n"),
    ("themes/mine/assets/main.css", b"a\r\n"),
    ("themes/mine/.git/config", b""),
];

#[test]
fn a_file_is_what_its_place_says() {
    let expected = [
        ("content/index.md", Role::Page),
        ("content/roles/a.MD", Role::Page),
        ("content/roles/photo.png", Role::Asset),
        ("content/roles/plan.draft.md", Role::Page),
        ("guide.yaml", Role::Configuration),
        ("static/.well-known/security.txt", Role::Static),
        ("static/_redirects", Role::Static),
        ("themes/mine/assets/main.css", Role::Theme),
        ("themes/mine/templates/page.html", Role::Theme),
    ];
    let root = disk(TREE);
    let (on_disk, faults) = load(root.path());
    assert_eq!(faults, [""; 0]);
    assert_eq!(paths(&on_disk), expected);
    let (in_memory, faults) = memory(TREE);
    assert!(faults.is_empty());
    assert_eq!(paths(&in_memory), expected);
    for (file, _) in on_disk.iter() {
        assert_eq!(on_disk.read(file).unwrap(), in_memory.read(file).unwrap(), "{}", on_disk[file].path);
    }
}

#[test]
fn only_text_is_read_as_text() {
    let (sources, _) = memory(TREE);
    assert_eq!(text(&sources, "themes/mine/templates/page.html"), "a\n");
    let bytes = |path: &str| sources.read(sources.at(&GuidePath::new(path).unwrap()).unwrap()).unwrap();
    assert_eq!(bytes("themes/mine/assets/main.css"), b"a\r\n");
    assert_eq!(bytes("content/roles/photo.png"), b"\xFF\r\n");
}

#[test]
fn text_has_one_form() {
    let forms: &[(&[u8], &str)] = &[
        (b"\xEF\xBB\xBFa", "a"),
        (b"a\r\nb\rc\n\r\n\r", "a\nb\nc\n\n\n"),
        (b"\r\r\n", "\n\n"),
        (b"", ""),
        ("é\r\nà".as_bytes(), "é\nà"),
    ];
    for (bytes, expected) in forms {
        let (sources, faults) = memory(&[("content/a.md", bytes)]);
        assert_eq!((text(&sources, "content/a.md"), faults.len()), (*expected, 0));
    }
}

#[test]
fn a_byte_that_is_no_character_is_told_at_its_place() {
    let cases: &[(&[u8], &str, &str)] = &[
        (b"abc\r\nd\xC3\xA9j\xE0 vu\r\nend", "content/a.md:2:4 NotUtf8", "abc\ndéj\u{FFFD} vu"),
        (b"\xFF\xFEa\0", "content/a.md:1:1 NotUtf8", "\u{FFFD}\u{FFFD}a\0"),
        (b"a\xC3", "content/a.md:1:2 NotUtf8", "a\u{FFFD}"),
        (b"a\r\xE9\rb", "content/a.md:2:1 NotUtf8", "a\n\u{FFFD}"),
    ];
    for (bytes, fault, shown) in cases {
        let (sources, faults) = memory(&[("content/a.md", bytes)]);
        assert_eq!(told(&sources, &faults), [*fault]);
        assert_eq!(text(&sources, "content/a.md"), *shown);
        assert_eq!(sources.slice(faults[0].span), "\u{FFFD}");
        assert_eq!(paths(&sources), [("content/a.md", Role::Faulty)]);
    }
}

#[test]
fn names_that_some_systems_take_for_one_another() {
    let (sources, faults) = memory(&[
        ("content/Roles/a.md", b""),
        ("content/Roles/É.md", b""),
        ("content/Roles/é.md", b""),
        ("content/roles/a.md", b""),
        ("content/roles/b.md", b""),
        ("static/Roles/a.md", b""),
    ]);
    assert_eq!(
        told(&sources, &faults),
        ["content/Roles/é.md:1:1 SameName content/Roles/É.md", "content/roles/a.md:1:1 SameName content/Roles/a.md",]
    );
}

#[test]
fn names_that_differ_by_unicode_form_only() {
    let root =
        disk(&[("content/é/a.md", b"first"), ("content/e\u{301}/a.md", b"second"), ("content/e\u{301}/b.md", b"b")]);
    let (sources, faults) = load(root.path());
    let twin = "content/é/a.md:1:1 SamePath content/é/a.md";
    assert_eq!(faults, [twin]);
    // The decomposed form sorts first, and the first is kept.
    assert_eq!(text(&sources, "content/é/a.md"), "second");
    assert_eq!(text(&sources, "content/é/b.md"), "b");
    assert_eq!(sources.iter().filter(|(_, file)| file.role == Role::Page).count(), 2);
    let root = disk(&[("content/é/a.md", b""), ("content/e\u{301}/b.md", b""), ("content/e\u{301}/c.md", b"")]);
    assert_eq!(load(root.path()).1, ["content/é/b.md:1:1 SameName content/é/a.md"], "no file is left out");
}

#[test]
fn names_that_windows_reserves() {
    for (name, why) in [
        ("CON.md", Reserved::Device),
        ("aux", Reserved::Device),
        ("com1.tar.gz", Reserved::Device),
        ("lpt9 .md", Reserved::Device),
        ("a:b.md", Reserved::Character(':')),
        ("a?.md", Reserved::Character('?')),
        ("a\\b", Reserved::Character('\\')),
        ("a.", Reserved::Ending('.')),
        ("a ", Reserved::Ending(' ')),
        ("a\u{1}b", Reserved::Character('\u{1}')),
    ] {
        let path = format!("content/{name}");
        let (sources, faults) = memory(&[(&path, b"")]);
        assert_eq!(told(&sources, &faults), [format!("{path}:1:1 ReservedName {name} {why:?}")]);
    }
    for name in ["console.md", "com0", "com", "com10", "a.b", "nul-part.md"] {
        assert_eq!(memory(&[(&format!("content/{name}"), b"")]).1.len(), 0, "{name}");
    }
    let (sources, faults) = memory(&[("content/aux/a.md", b""), ("content/aux/b.md", b"")]);
    assert_eq!(told(&sources, &faults), ["content/aux/a.md:1:1 ReservedName aux Device"]);
}

#[test]
fn a_root_that_cannot_be_listed_is_an_error() {
    let root = disk(&[("file", b"")]);
    for path in ["absent", "file"] {
        let error = Sources::load(&root.path().join(path)).unwrap_err();
        assert_eq!(error.path, root.path().join(path));
    }
}

#[cfg(unix)]
#[test]
fn links_stay_in_the_guide() {
    use std::os::unix::fs::symlink;

    let outside = disk(&[("secret.md", b"secret")]);
    let root = disk(&[
        ("content/a/page.md", b"page"),
        ("commun/b.md", b"b"),
        ("static/.well-known/c.txt", b"c"),
        (".git/config", b"secret"),
        ("commun/.env", b"secret"),
    ]);
    let link = |target: &Path, name: &str| symlink(target, root.path().join("content").join(name)).unwrap();
    link(&outside.path().join("secret.md"), "out.md");
    link(outside.path(), "outside");
    link(Path::new("../commun"), "in");
    link(Path::new("a/page.md"), "same.md");
    link(Path::new("../static/.well-known"), "known");
    link(Path::new("../.git"), "hidden");
    link(Path::new("../.git/config"), "hidden.txt");
    link(Path::new("in/.env"), "hidden.md");
    link(Path::new("nowhere"), "dangling.md");
    link(Path::new("ring2.md"), "ring1.md");
    link(Path::new("ring1.md"), "ring2.md");
    link(Path::new(".."), "a/up");
    link(Path::new("nowhere"), "_ignored");
    symlink("nowhere", root.path().join("result")).unwrap();
    let (sources, faults) = load(root.path());
    assert_eq!(
        faults,
        [
            "content/a/up:1:1 CircularLink",
            "content/dangling.md:1:1 DanglingLink",
            "content/hidden:1:1 OutsideLink",
            "content/hidden.md:1:1 OutsideLink",
            "content/hidden.txt:1:1 OutsideLink",
            "content/out.md:1:1 OutsideLink",
            "content/outside:1:1 OutsideLink",
            "content/ring1.md:1:1 CircularLink",
            "content/ring2.md:1:1 CircularLink",
        ]
    );
    assert_eq!(text(&sources, "content/in/b.md"), "b");
    assert_eq!(text(&sources, "content/same.md"), "page");
    assert!(sources.at(&GuidePath::new("content/known/c.txt").unwrap()).is_some());
    assert!(sources.iter().all(|(file, _)| &**sources.text(file) != "secret"));
}

#[cfg(unix)]
#[test]
fn what_cannot_be_read_is_told() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::net::UnixListener;

    let root =
        disk(&[("content/closed/a.md", b""), ("content/b.md", b""), ("content/c.png", b""), ("guide.yaml/a", b"")]);
    let content = root.path().join("content");
    let _socket = UnixListener::bind(content.join("socket.md")).unwrap();
    fs::write(content.join(OsStr::from_bytes(b"caf\xE9.md")), b"").unwrap();
    let huge = fs::File::create(content.join("huge.md")).unwrap();
    huge.set_len(2 << 30).unwrap();
    for closed in ["closed", "b.md", "c.png"] {
        fs::set_permissions(content.join(closed), fs::Permissions::from_mode(0o000)).unwrap();
    }
    let (_, faults) = load(root.path());
    let mut expected = vec![
        "content/b.md:1:1 Unreadable",
        "content/c.png:1:1 Unreadable",
        "content/caf\u{FFFD}.md:1:1 NameNotUnicode",
        "content/closed:1:1 Unreadable",
        "content/huge.md:1:1 TooLarge",
        "content/socket.md:1:1 Special",
        "guide.yaml:1:1 Unreadable",
    ];
    // Who may read everything (root) reads these too.
    if fs::read(content.join("b.md")).is_ok() {
        expected.retain(|fault| !["/b.md", "/c.png", "/closed"].iter().any(|name| fault.contains(name)));
    }
    assert_eq!(faults, expected);
    fs::set_permissions(content.join("closed"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn what_the_output_copies_is_what_is_on_disk() {
    let root = disk(&[("content/a.png", b"\xFF\r\n")]);
    let (sources, _) = load(root.path());
    let (file, _) = sources.iter().next().unwrap();
    assert!(matches!(sources[file].content, Content::Disk(_)));
    let crate::output::Content::Copy(mut open) = sources.open(file).unwrap() else { panic!("not a file on disk") };
    let mut bytes = Vec::new();
    std::io::Read::read_to_end(&mut open, &mut bytes).unwrap();
    assert_eq!(bytes, b"\xFF\r\n");
}

proptest! {
    /// What is found from a checkpoint is what is found from the start, wherever it is, to the ends and beyond.
    #[test]
    fn places_in_long_texts(words in proptest::collection::vec("[a-z\n é€😀]{0,9}", 0..600), at in any::<u32>()) {
        let text = words.concat();
        let offset = at % (text.len() as u32 + 3);
        let (sources, _) = memory(&[("content/a.md", text.as_bytes())]);
        let (file, _) = sources.iter().next().unwrap();
        let before = &text[..text.floor_char_boundary(offset as usize)];
        let (line, column) = (before.split('\n').count(), before.rsplit('\n').next().unwrap().chars().count() + 1);
        let expected = LineColumn { line, column };
        prop_assert_eq!(LineColumn::of(&text, offset), expected);
        prop_assert_eq!(sources.locate(super::Span { file, start: offset, end: offset }).0, expected);
    }
}

#[cfg(feature = "serve")]
#[test]
fn what_is_in_known_files_is_read_again_alone() {
    let root = disk(&[("guide.yaml", b"title: G"), ("content/\u{e9}t\u{e9}.md", b"# A\n"), ("content/b.md", b"# B\n")]);
    let before = load(root.path()).0;
    let write = |path: &str, bytes: &[u8]| fs::write(root.path().join(path), bytes).unwrap();
    let again = |paths: &[&str]| before.read_again(&paths.iter().map(Into::into).collect::<Vec<_>>());

    write("content/\u{e9}t\u{e9}.md", b"\xEF\xBB\xBF# Autre\r\n");
    let after = again(&["content/\u{e9}t\u{e9}.md"]).unwrap();
    assert_eq!(text(&after, "content/\u{e9}t\u{e9}.md"), "# Autre\n");
    assert_eq!(text(&before, "content/\u{e9}t\u{e9}.md"), "# A\n");
    assert!(std::sync::Arc::ptr_eq(
        after.text(after.at(&GuidePath::new("content/b.md").unwrap()).unwrap()),
        before.text(before.at(&GuidePath::new("content/b.md").unwrap()).unwrap()),
    ));

    // What is new, gone, no text, or no file any more is for whoever reads the whole guide.
    write("content/c.md", b"# C");
    assert!(again(&["content/c.md"]).is_none());
    write("content/b.md", b"# B\xFF");
    assert!(again(&["content/b.md"]).is_none());
    fs::remove_file(root.path().join("content/b.md")).unwrap();
    assert!(again(&["content/b.md"]).is_none());
    fs::create_dir(root.path().join("content/b.md")).unwrap();
    assert!(again(&["content/b.md"]).is_none());
    assert!(again(&["../ailleurs.md"]).is_none());
}

#[cfg(feature = "serve")]
#[test]
fn equal_texts_of_the_same_files_are_shared() {
    let before = memory(&[("content/a.md", b"# A"), ("content/b.md", b"# B")]).0;
    let at = |sources: &Sources, path: &str| {
        std::sync::Arc::clone(sources.text(sources.at(&GuidePath::new(path).unwrap()).unwrap()))
    };
    let (after, same) = memory(&[("content/a.md", b"# A"), ("content/b.md", b"# C")]).0.sharing(&before);
    assert!(same && std::sync::Arc::ptr_eq(&at(&after, "content/a.md"), &at(&before, "content/a.md")));
    assert_eq!(&*at(&after, "content/b.md"), "# C");
    assert!(!memory(&[("content/a.md", b"# A")]).0.sharing(&before).1);
}
