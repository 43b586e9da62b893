//! The system grants only so much.

use std::process::Command;

use crate::{PROGRAM, build, ending, files, in_peace, sound, works};

/// A guide whose pictures and index are made, too.
fn rich() -> crate::Guide {
    let guide = sound();
    guide.write("guide.yaml", "title: Guide\nbase_url: https://exemple.org/\n");
    guide
}

#[test]
fn few_threads_are_enough_and_none_is_told() {
    assert!(
        works(&["strace", "-qq", "-o", "/dev/null", "true"]),
        "`strace` is needed here: run `bash tests/run tools`"
    );
    // Of a rich guide, the seventh is there to see whether the index can have one.
    for (guide, is_rich, most) in [(sound(), false, 10), (rich(), true, 7)] {
        let whole = in_peace(&guide);
        for first_refused in 1..=most {
            let refuse = format!("inject=clone,clone3:error=EAGAIN:when={first_refused}+");
            let strace = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", "trace=clone,clone3", "-e", &refuse];
            let (status, told) = ending(build(&guide, &strace).env("RAYON_NUM_THREADS", "6"));
            match status {
                Some(0) => assert!(files(&guide) == whole, "from thread {first_refused} on"),
                Some(3) if first_refused == 1 => {
                    let words = "erreur : le système n’a plus de quoi faire travailler Boussole : trop de programmes sont ouverts\n  aide : fermez-en quelques-uns, puis recommencez\n";
                    assert_eq!(told.replace('\u{a0}', " "), words);
                    assert!(!guide.site().exists());
                }
                Some(3) if is_rich => {
                    assert!(told.contains("Boussole n’a pas pu faire l’index de recherche"), "{told}");
                    assert!(!guide.site().exists(), "its folder goes again");
                }
                status => panic!("{status:?}, from thread {first_refused} on: {told}"),
            }
            if guide.site().exists() {
                std::fs::remove_dir_all(guide.site()).unwrap();
            }
        }
    }
}

/// A server needs a few more, which are asked for before anything is served.
#[test]
fn a_server_without_threads_is_refused_in_words() {
    let guide = sound();
    for first_refused in [1, 2, 4, 9] {
        let refuse = format!("inject=clone,clone3:error=EAGAIN:when={first_refused}+");
        let mut serve = Command::new("strace");
        serve.args(["-f", "-qq", "-o", "/dev/null", "-e", "trace=clone,clone3", "-e", &refuse, PROGRAM, "serve"]);
        serve.args(["--port", "0", "--root"]).arg(guide.root()).env("RAYON_NUM_THREADS", "2");
        let (status, told) = ending(&mut serve);
        assert_eq!(status, Some(3), "from thread {first_refused} on: {told}");
        assert!(told.contains("trop de programmes sont ouverts"), "{told}");
    }
}

#[test]
fn few_files_may_be_open_at_once() {
    let guide = rich();
    let whole = in_peace(&guide);
    let mut built = 0;
    for files_at_once in 4..=20 {
        let limit = format!("--nofile={files_at_once}");
        let (status, told) = ending(&mut build(&guide, &["prlimit", &limit]));
        match status {
            Some(0) => {
                assert!(files(&guide) == whole, "{limit}");
                built += 1;
            }
            Some(1 | 3) => assert!(!told.is_empty() && !guide.site().join("index.html").exists(), "{limit}: {told}"),
            // The program itself cannot be loaded.
            Some(127) => {}
            status => panic!("{limit}: {status:?}: {told}"),
        }
        if guide.site().exists() {
            std::fs::remove_dir_all(guide.site()).unwrap();
        }
    }
    assert!(built > 8, "built {built} times only");
}

/// The system then stops the program, which is like being killed: it has no memory left to say a word in.
#[test]
fn memory_may_run_out() {
    let guide = rich();
    let old = guide.build();
    guide.write("content/partie/un.md", "# Un\n\nAutrement.\n");
    guide.write("content/partie/trois.md", "# Trois\n");
    let new = in_peace(&guide);
    let mut stops = 0;
    for megabytes in (20..=260).step_by(12) {
        let limit = format!("--as={}", megabytes << 20);
        let (status, told) = ending(&mut build(&guide, &["prlimit", &limit]));
        if status == Some(0) {
            assert!(files(&guide) == new, "{limit}");
        } else {
            stops += 1;
        }
        for (path, bytes) in files(&guide) {
            let is_old = old.get(&path).is_some_and(|file| file.bytes == bytes);
            let is_new = new.iter().any(|(other, content)| *other == path && *content == bytes);
            let is_ours = path.ends_with(".boussole") || path == ".boussole.json";
            assert!(is_old || is_new || is_ours, "{limit}: `{path}` is neither old nor new: {told}");
        }
    }
    assert!(stops > 0, "memory never ran out");
    guide.build();
    assert!(files(&guide) == new);
}
