//! What may not be read or written, whoever runs the tests.

use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::Path;

use crate::{Guide, build, ending, files, in_peace, sound, works};

/// What runs a program without the rights that the administrator has over everyone's files.
fn without_privileges() -> &'static [&'static str] {
    const PLAIN: &[&str] = &["setpriv", "--inh-caps=-all", "--bounding-set=-all"];
    if fs::metadata("/proc/self").unwrap().uid() != 0 {
        return &[];
    }
    assert!(works(&[PLAIN, &["true"]].concat()), "`setpriv` is needed here");
    PLAIN
}

fn forbid(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

/// What a plain build ends with while `path` may only be used as `mode` says.
fn with_mode(guide: &Guide, path: &Path, mode: u32) -> (Option<i32>, String) {
    let usual = fs::metadata(path).unwrap().permissions();
    forbid(path, mode);
    let ending = ending(&mut build(guide, without_privileges()));
    fs::set_permissions(path, usual).unwrap();
    ending
}

#[test]
fn sources_may_be_forbidden() {
    let guide = sound();
    let site = guide.build();
    for (path, status, told) in [
        ("content/partie/un.md", 1, "`content/partie/un.md` ne peut pas être lu : l’accès est refusé"),
        ("content/partie/plan.txt", 1, "`content/partie/plan.txt` ne peut pas être lu : l’accès est refusé"),
        ("content/partie", 1, "`content/partie` ne peut pas être lu : l’accès est refusé"),
        ("content", 1, "`content` ne peut pas être lu : l’accès est refusé"),
        ("guide.yaml", 1, "`guide.yaml` ne peut pas être lu : l’accès est refusé"),
        ("", 3, "erreur : l’accès à `"),
    ] {
        let (found, words) = with_mode(&guide, &guide.root().join(path), 0);
        assert_eq!(found, Some(status), "{path}: {words}");
        assert!(words.replace('\u{a0}', " ").contains(told), "{path}: {words}");
        assert_eq!(guide.tree(), site, "{path}: nothing was written");
    }
}

#[test]
fn a_guide_may_be_for_reading_only() {
    let guide = sound();
    for folder in ["content/partie", "content", ""] {
        forbid(&guide.root().join(folder), 0o555);
    }
    assert_eq!(ending(&mut build(&guide, without_privileges())).0, Some(0));
    for folder in ["", "content", "content/partie"] {
        forbid(&guide.root().join(folder), 0o755);
    }
}

#[test]
fn the_site_may_be_forbidden() {
    let guide = sound();
    guide.build();
    guide.write("content/partie/un.md", "# Un\n\nAutrement.\n");
    guide.write("content/partie/trois.md", "# Trois\n");
    fs::remove_file(guide.root().join("content/partie/deux.md")).unwrap();
    guide.write("content/index.md", "# Accueil\n\nVoir [un](partie/un.md).\n");
    let new = in_peace(&guide);
    for (path, mode, at) in [
        ("", 0o555, "site/.boussole.json"),
        ("", 0o000, "site"),
        ("", 0o333, "site"),
        ("partie", 0o555, "site/partie"),
        ("partie", 0o000, "site/partie"),
        ("partie/un", 0o555, "site/partie/un/index"),
        ("partie/deux", 0o555, "site/partie/deux/index"),
        (".boussole.json", 0o000, "site/.boussole.json"),
    ] {
        let (status, told) = with_mode(&guide, &guide.site().join(path), mode);
        assert_eq!(status, Some(3), "{path} {mode:o}: {told}");
        let at = guide.site().parent().unwrap().join(at);
        let words = format!("erreur\u{a0}: l’accès à `{}", at.display());
        assert!(told.starts_with(&words), "{path} {mode:o}: {told}");
        assert!(files(&guide).iter().all(|(path, _)| !path.ends_with(".boussole")), "{path} {mode:o}");
    }
    // What may not be read is replaced nonetheless.
    assert_eq!(with_mode(&guide, &guide.site().join("partie/un/index.html"), 0).0, Some(0));
    assert!(files(&guide) == new);
}

#[test]
fn the_folder_above_the_site_may_be_forbidden() {
    let guide = sound();
    let above = guide.root().parent().unwrap().to_owned();
    let (status, told) = with_mode(&guide, &above, 0o555);
    assert_eq!(status, Some(3), "{told}");
    let words = format!("l’accès à `{}` est refusé", above.display());
    assert!(told.contains(&words), "{told}");
    guide.build();
}

/// As the system refuses it, and where it lets us, on a disk that is.
#[test]
fn the_disk_may_be_for_reading_only() {
    let guide = sound();
    let old = guide.build();
    guide.write("content/partie/un.md", "# Un\n\nAutrement.\n");
    let refuse = "inject=mkdir,rename,renameat,renameat2,unlink,unlinkat,rmdir:error=EROFS";
    let strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", refuse];
    let readonly = "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\" && exec \"$@\"";
    let site = guide.site().to_str().unwrap().to_owned();
    let mounted: Vec<&str> = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", readonly, &site].into();
    let can_mount = works(&[&mounted[..], &["true"]].concat());
    for before in [&strace[..], &mounted].into_iter().take(if can_mount { 2 } else { 1 }) {
        let (status, told) = ending(&mut build(&guide, before));
        assert_eq!(status, Some(3), "{told}");
        assert!(told.contains("est sur un disque en lecture seule"), "{told}");
        let mut found = guide.tree();
        // That it cannot be taken away is part of what the system refuses.
        found.retain(|path, _| !path.ends_with(".boussole"));
        assert_eq!(found, old, "{told}");
    }
    guide.build();
    assert!(files(&guide) == in_peace(&guide));
}
