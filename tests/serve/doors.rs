//! Who is let in: this machine, under its own names; and nothing of it but the site.

use std::io::Write;
use std::net::{TcpListener, TcpStream};
use std::path::Path;

use crate::server::{Server, program, until, write};

const PAGES: &[(&str, &str)] = &[
    ("guide.yaml", "title: Guide\nbase_url: https://exemple.org/guide/\n"),
    ("content/index.md", "# Accueil\n\nBonjour.\n"),
    ("secret.txt", "contenu-interdit"),
];

#[test]
fn nothing_but_the_site_can_be_asked_for() {
    let server = Server::of(PAGES);
    write(&server.root().parent().unwrap().join("dehors.txt"), "contenu-interdit");
    let long = format!("/guide/{}", "a/".repeat(20_000));
    let targets = [
        "/guide/../secret.txt",
        "/guide/../guide.yaml",
        "/../dehors.txt",
        "/guide/../../dehors.txt",
        "/guide/%2e%2e/secret.txt",
        "/guide/..%2fsecret.txt",
        "/guide/%2e%2e%2fsecret.txt",
        "/guide/..\\secret.txt",
        "/guide/..%5csecret.txt",
        "/guide/%00",
        "/guide/secret.txt%00.html",
        "/guide/content/index.md",
        "/guide/guide.yaml",
        "//etc/passwd",
        "/guide//etc/passwd",
        "/guide/%ff%fe",
        "/guide/./index.html",
        "file:///etc/passwd",
        "*",
        "",
        "/guide/\u{0}",
        &long,
    ];
    for target in targets {
        let answer = server.ask("GET", target, &[]);
        assert!((400..500).contains(&answer.status), "{} for {target:.60}", answer.status);
        assert!(!answer.text().contains("interdit"), "{target:.60}");
    }
    assert_eq!(server.get("/guide/").status, 200);
}

#[test]
fn other_names_of_this_machine_are_refused() {
    let server = Server::of(PAGES);
    let port = server.host.rsplit_once(':').unwrap().1;
    let ask =
        |host: &str| server.raw(format!("GET /guide/ HTTP/1.1\r\n{host}Connection: close\r\n\r\n").as_bytes()).status;
    for host in [format!("127.0.0.1:{port}"), format!("localhost:{port}"), format!("[::1]:{port}")] {
        assert_eq!(ask(&format!("Host: {host}\r\n")), 200, "{host}");
    }
    for host in [format!("evil.example:{port}"), "localhost".into(), "localhost:1".into(), format!("192.0.2.7:{port}")]
    {
        assert_eq!(ask(&format!("Host: {host}\r\n")), 421, "{host}");
    }
    assert_eq!(ask(""), 421);
    let absolute =
        format!("GET http://evil.example/guide/ HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.host);
    assert_eq!(server.raw(absolute.as_bytes()).status, 421);
}

#[test]
fn pages_of_other_sites_are_told_nothing() {
    let server = Server::of(PAGES);
    let here = format!("http://{}", server.host);
    for (headers, status) in [
        (vec![("Origin", "https://evil.example")], 403),
        (vec![("Origin", "null")], 403),
        (vec![("Sec-Fetch-Site", "cross-site")], 403),
        (vec![("Origin", here.as_str()), ("Sec-Fetch-Site", "same-site")], 403),
        (vec![("Origin", here.as_str()), ("Sec-Fetch-Site", "same-origin")], 200),
        (vec![], 200),
    ] {
        assert_eq!(server.ask("GET", "/guide/__boussole/live.js", &headers).status, status, "{headers:?}");
        if status == 403 {
            assert_eq!(server.ask("GET", "/guide/__boussole/events?page=/guide/", &headers).status, 403, "{headers:?}");
        }
    }
    assert_eq!(server.get("/guide/__boussole/rien").status, 404);
    assert_eq!(server.get("/guide/__boussole/events").status, 400);
}

#[test]
fn only_questions_are_taken() {
    let server = Server::of(PAGES);
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let answer = server.ask(method, "/guide/", &[]);
        assert_eq!((answer.status, answer.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
    assert_eq!(server.ask("GET", "/guide/", &[("Content-Length", "1000000000")]).status, 413);
    assert_eq!(server.ask("POST", "/guide/__boussole/live.js", &[]).status, 405);
    assert!((400..500).contains(&server.raw(b"\x16\x03\x01\x02\x00\x01\x00\r\n\r\n").status));
    let head = format!("GET /guide/ HTTP/1.1\r\nHost: {}\r\nX: {}\r\n\r\n", server.host, "x".repeat(100_000));
    assert_ne!(server.raw(head.as_bytes()).status, 200);
}

#[cfg(unix)]
#[test]
fn an_editor_opens_files_of_the_guide_for_its_own_pages_only() {
    let folder = tempfile::tempdir().unwrap();
    let (script, opened) = (folder.path().join("editor.sh"), folder.path().join("opened"));
    write(&script, &format!("printf '%s|' \"$@\" > '{}'\n", opened.display()));
    let editor = format!("sh '{}' {{file}} {{line}} {{column}}", script.display());
    let files = &[PAGES, &[("content/l'été.md", "# Été\n\nVoir [x](rien.md).\n")]].concat();
    let server = Server::with(files, &["--editor", &editor]);
    let here = format!("http://{}", server.host);
    let answer = |file: &str, headers: &[(&str, &str)]| {
        server.ask("POST", &format!("/guide/__boussole/open?file={file}&line=3&column=10"), headers)
    };
    let ask = |file: &str, headers: &[(&str, &str)]| answer(file, headers).status;
    assert_eq!(ask("content/index.md", &[]), 403);
    assert_eq!(ask("content/index.md", &[("Origin", "https://evil.example")]), 403);
    for file in ["secret.txt", "../dehors.txt", "content/../secret.txt", "/etc/passwd", "", "content/"] {
        assert_eq!(ask(file, &[("Origin", &here)]), 404, "{file}");
    }
    assert!(!opened.exists());
    let opening = answer("content/l%27%C3%A9t%C3%A9.md", &[("Origin", &here)]);
    assert_eq!((opening.status, opening.header("content-length"), opening.body.len()), (204, None, 0));
    let expected = format!("{}|3|10|", server.root().canonicalize().unwrap().join("content/l'été.md").display());
    until("the editor is run", || (std::fs::read_to_string(&opened).ok()? == expected).then_some(()));
    // Without a command the server opens nothing.
    let without = Server::of(PAGES);
    let here = format!("http://{}", without.host);
    let answer = without.ask("POST", "/guide/__boussole/open?file=content/index.md", &[("Origin", &here)]);
    assert_eq!(answer.status, 403);
}

#[test]
fn a_port_that_is_taken_is_told_or_passed_over() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let server = Server::of(PAGES);
    let output = program().args(["serve", "--port", &port, "--root"]).arg(server.root()).output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.starts_with(&format!("erreur\u{a0}: le port {port} est déjà pris\n")), "{told}");
    for (arguments, status) in [
        (["--port", "70000"], 2),
        (["--editor", "\""], 2),
        (["--host", "nulle.part.invalid"], 3),
        (["--host", "192.0.2.1"], 3),
    ] {
        let output = program().arg("serve").args(arguments).arg("--root").arg(server.root()).output().unwrap();
        assert_eq!(output.status.code(), Some(status), "{arguments:?}");
    }
    // Whether it is held here or by something else, it is taken.
    let _held = TcpListener::bind("127.0.0.1:4000");
    let mut next = program();
    next.args(["serve", "--root"]).arg(server.root()).stderr(std::process::Stdio::piped());
    let mut next = next.spawn().unwrap();
    let mut lines = std::io::BufRead::lines(std::io::BufReader::new(next.stderr.take().unwrap()));
    let said = lines.next().unwrap().unwrap();
    next.kill().unwrap();
    next.wait().unwrap();
    assert!(said.starts_with("Le port 4000 est pris"), "{said}");
}

#[test]
fn those_who_open_the_guide_to_others_are_told() {
    let server = Server::with(PAGES, &["--host", "0.0.0.0"]);
    until("a warning", || server.told().contains("toute personne reliée au même réseau").then_some(()));
    assert!(server.host.starts_with("127.0.0.1:"), "{}", server.told());
    let port = server.host.rsplit_once(':').unwrap().1;
    let ask = |host: &str| {
        let request = format!("GET /guide/ HTTP/1.1\r\nHost: {host}:{port}\r\nConnection: close\r\n\r\n");
        server.raw(request.as_bytes()).status
    };
    assert_eq!([ask("192.168.1.20"), ask("evil.example")], [200, 421]);
}

/// A guide that cannot be published is served nonetheless: what is refused in it does not run there either.
#[test]
fn what_is_refused_does_not_run_while_it_is_written() {
    let guide = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/xss/refused");
    let server = Server::of_folder(&guide);
    for path in ["/addresses/", "/html/"] {
        let page = server.get(path);
        assert_eq!(page.status, 200);
        let html = page.text();
        for (attribute, rest) in
            ["href=\"", "src=\"", "cite=\""].iter().flat_map(|at| html.split(at).skip(1).map(move |rest| (at, rest)))
        {
            let address = &rest[..rest.find('"').unwrap()];
            let is_harmless = ["/", "#", "http:", "https:", "mailto:", "tel:", "vscode:"]
                .iter()
                .any(|start| address.starts_with(start));
            assert!(is_harmless, "{path}: {attribute}{address}");
        }
    }
}

/// What stands in for a page that cannot be made shows words of authors as words, under a policy of its own.
#[test]
fn what_is_wrong_is_shown_as_text() {
    let files = &[
        ("guide.yaml", "title: \"<img src=x onerror=alert(1)>\"\nbase_url: https://exemple.org/guide/\ntheme: a\n"),
        ("themes/a/templates/page.html", "<svg onload=alert(2)>{{ throw(message=\"<script>alert(3)</script>\") }}\n"),
        ("content/index.md", "# Accueil\n"),
        ("content/page.md", "# Page\n"),
    ];
    let server = Server::of(files);
    let page = server.get("/guide/page/");
    let html = page.text();
    assert_eq!(page.status, 500, "{html}");
    assert!(html.contains("&lt;script&gt;alert(3)"), "{html}");
    assert!(!["<img", "<svg", "<script>"].iter().any(|tag| html.contains(tag)), "{html}");
    assert_eq!(page.header("content-security-policy"), Some("default-src 'self'; frame-ancestors 'none'"));
}

#[test]
fn those_who_do_not_ask_to_the_end_keep_nobody_waiting() {
    let server = Server::of(PAGES);
    let start = format!("GET /guide/ HTTP/1.1\r\nHost: {}\r\n", server.host);
    let slow: Vec<TcpStream> = (0..200)
        .map(|at| {
            let mut stream = TcpStream::connect(&server.host).unwrap();
            stream.write_all(&start.as_bytes()[..start.len().min(at)]).unwrap();
            stream
        })
        .collect();
    assert_eq!(server.get("/guide/").status, 200);
    drop(slow);
    assert_eq!(server.get("/guide/").status, 200);
}

#[cfg(unix)]
#[test]
fn it_ends_when_it_is_asked_to() {
    let server = Server::of(PAGES);
    let _page = server.open("/guide/");
    assert_eq!(server.interrupt(), Some(0));
}
