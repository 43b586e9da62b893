use std::fs;
use std::path::{Path, PathBuf};

use notify::Event;
use notify::event::{CreateKind, EventKind};

use super::{Disk, LONGEST, LULL, MANY, QUIET, UTMOST, pace};
use crate::pipeline::Changed;
use crate::serve::gather::Gathered;
use crate::source::Sources;

#[test]
fn many_files_are_waited_for_longer_than_one() {
    assert_eq!([1, MANY].map(pace), [(QUIET, LONGEST); 2]);
    assert_eq!([MANY + 1, 10_000].map(pace), [(LULL, UTMOST); 2]);
}

/// What is taken for changed once `path` has been written.
fn changed(sources: &Sources, path: &str) -> Option<Changed> {
    let mut gathered = Gathered::default();
    fs::write(sources.root().join(path), "# Autre\n").unwrap();
    gathered
        .add(sources.root(), Ok(Event::new(EventKind::Create(CreateKind::File)).add_path(sources.root().join(path))));
    gathered.settle(&Disk { sources }).map(|changes| changes.changed)
}

// Other systems’ disks may take the two for one.
#[cfg(target_os = "linux")]
#[test]
fn a_file_is_not_taken_for_its_twin_whose_accents_are_written_otherwise() {
    for (known, twin) in [("content/été.md", "content/e\u{301}te\u{301}.md"), ("content/e\u{301}.md", "content/é.md")]
    {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("content")).unwrap();
        fs::write(folder.path().join(known), "# Un\n").unwrap();
        let (sources, _) = Sources::load(folder.path()).unwrap();
        if known == "content/été.md" {
            assert_eq!(changed(&sources, known), Some(Changed::Files(vec![PathBuf::from(known)])));
        }
        assert_eq!(changed(&sources, twin), Some(Changed::Anything), "{twin:?}");
        let apart = [known, twin].map(Path::new).into_iter().find(|path| path.to_str().unwrap().contains('\u{301}'));
        assert!(sources.read_again(&[apart.unwrap().to_owned()]).is_none());
    }
}
