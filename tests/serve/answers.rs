//! What is answered: what a build writes, as a host would send it.

use std::path::Path;

use crate::server::{Server, program, until};

const PAGES: &[(&str, &str)] = &[
    ("guide.yaml", "title: Guide\nbase_url: https://exemple.org/guide/\n"),
    ("content/index.md", "# Accueil\n\nBonjour.\n\n[Le film](film.mp4)\n"),
    ("content/rôles/index.md", "# Rôles\n\nQui fait quoi.\n"),
    ("content/rôles/animatrice.md", "# Animatrice\n\nElle anime.\n"),
    ("content/film.mp4", "0123456789"),
    ("content/été.txt", "chaud"),
];

/// A page without what only the server adds: a stylesheet and a script, each with a line's end.
fn as_built(bytes: &[u8], base: &str) -> Vec<u8> {
    let start = format!("<link rel=\"stylesheet\" href=\"{base}__boussole/live.css\">\n<script ");
    let find = |bytes: &[u8], words: &[u8]| bytes.windows(words.len()).position(|part| part == words);
    let Some(at) = find(bytes, start.as_bytes()) else { return bytes.to_vec() };
    let end = b"></script>\n";
    let after = at + find(&bytes[at..], end).unwrap() + end.len();
    [&bytes[..at], &bytes[after..]].concat()
}

#[test]
fn every_file_of_a_build_is_answered_byte_by_byte() {
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden");
    let mut guides: Vec<_> =
        std::fs::read_dir(golden).unwrap().map(|entry| entry.unwrap().path().join("guide")).collect();
    guides.retain(|guide| guide.is_dir());
    assert!(guides.len() > 3);
    for guide in guides {
        let server = Server::of_folder(&guide);
        let site = tempfile::tempdir().unwrap();
        let public = site.path().join("public");
        let mut build = program();
        build.args(["build", "--date", "2026-03-01", "--root"]).arg(server.root()).arg("--output").arg(&public);
        // Golden guides with faults of their own have no site.
        if !build.output().unwrap().status.success() {
            continue;
        }
        let mut compared = 0;
        for entry in walkdir::WalkDir::new(&public).into_iter().map(Result::unwrap) {
            let name = entry.path().strip_prefix(&public).unwrap().to_str().unwrap().to_owned();
            if !entry.file_type().is_file() || name == ".boussole.json" {
                continue;
            }
            let target = format!("{}{}", server.base, name.replace(' ', "%20"));
            let answer = server.get(&target);
            assert_eq!(answer.status, 200, "{target}");
            let built = std::fs::read(entry.path()).unwrap();
            assert!(
                as_built(&answer.body, &server.base) == built,
                "{target} is not what is built in {}",
                guide.display()
            );
            compared += 1;
        }
        assert!(compared > 5, "{}", guide.display());
    }
}

#[test]
fn addresses_are_answered_as_hosts_do() {
    let server = Server::of(PAGES);
    for (target, status, location) in [
        ("/", 307, Some("/guide/")),
        ("/guide", 307, Some("/guide/")),
        ("/guide/roles?a=b", 307, Some("/guide/roles/?a=b")),
        ("/guide/roles/animatrice/", 200, None),
        ("/guide/roles/animatrice/?x#y", 200, None),
        ("/guide/%C3%A9t%C3%A9.txt", 200, None),
        ("/guide/e%CC%81te%CC%81.txt", 200, None),
        ("/guide/roles/personne/", 404, None),
        ("/ailleurs/", 404, None),
    ] {
        let answer = server.get(target);
        assert_eq!((answer.status, answer.header("location")), (status, location), "{target}");
    }
    let missing = server.get("/guide/rien/");
    assert!(missing.text().contains("<h1"), "the guide’s own page says that there is none");
    for (target, of) in [
        ("/guide/", "text/html; charset=utf-8"),
        ("/guide/index.txt", "text/plain; charset=utf-8"),
        ("/guide/film.mp4", "video/mp4"),
        ("/guide/guide.json", "application/json"),
        ("/guide/pagefind/pagefind.js", "text/javascript; charset=utf-8"),
    ] {
        let answer = server.get(target);
        assert_eq!(answer.header("content-type"), Some(of), "{target}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{target}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{target}");
        assert_eq!(answer.header("cross-origin-resource-policy"), Some("same-origin"), "{target}");
    }
    let policy = server.get("/guide/").header("content-security-policy").unwrap().to_owned();
    assert!(policy.contains("script-src 'self'") && policy.contains("frame-ancestors 'none'"), "{policy}");
}

#[test]
fn heads_and_parts_of_files_are_given() {
    let server = Server::of(PAGES);
    let head = server.ask("HEAD", "/guide/film.mp4", &[]);
    assert_eq!((head.status, head.header("content-length"), head.body.len()), (200, Some("10"), 0));
    assert_eq!(head.header("accept-ranges"), Some("bytes"));
    let part = server.ask("GET", "/guide/film.mp4", &[("Range", "bytes=2-4")]);
    assert_eq!((part.status, part.text().as_str()), (206, "234"));
    assert_eq!(part.header("content-range"), Some("bytes 2-4/10"));
    let beyond = server.ask("GET", "/guide/film.mp4", &[("Range", "bytes=10-")]);
    assert_eq!((beyond.status, beyond.header("content-range")), (416, Some("bytes */10")));
}

#[test]
fn a_large_file_is_given_whole_and_in_parts() {
    let server = Server::of(PAGES);
    let large: String = (0..200_000).map(|number| format!("{number:06}")).collect();
    server.write("static/grand.txt", &large);
    server.shows("/guide/grand.txt", 200, "199999");
    assert!(server.get("/guide/grand.txt").text() == large);
    let part = server.ask("GET", "/guide/grand.txt", &[("Range", "bytes=600000-1199999")]);
    assert!(part.status == 206 && part.text() == large[600_000..]);
}

#[test]
fn the_search_index_is_that_of_the_guide_as_it_is() {
    let server = Server::of(PAGES);
    let first = server.get("/guide/pagefind/pagefind-entry.json");
    assert_eq!(first.status, 200);
    server.write("content/rôles/animatrice.md", "# Animatrice\n\nElle anime la myrtille.\n");
    server.shows("/guide/roles/animatrice/", 200, "myrtille");
    until("another index", || {
        let now = server.get("/guide/pagefind/pagefind-entry.json");
        (now.status == 200 && now.body != first.body).then_some(())
    });
    server.write("guide.yaml", "title: Guide\nbase_url: https://exemple.org/guide/\nsearch: false\n");
    server.shows("/guide/pagefind/pagefind-entry.json", 404, "");
}
