//! Guides by people who mean harm: what they can write, and what it comes to. `SECURITY.md` says what is to hold.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::guide::{Guide, between, run};

const CONFIGURATION: &str = "title: Guide\nbase_url: https://exemple.org/guide/\nsearch: false\n";

fn guide(files: &[(&str, &str)]) -> Guide {
    Guide::new(&[&[("guide.yaml", CONFIGURATION), ("content/index.md", "# Accueil\n")], files].concat())
}

/// What `boussole check` finds, as JSON.
fn checked(root: &Path) -> Vec<Value> {
    let mut check = Command::new(env!("CARGO_BIN_EXE_boussole"));
    check.args(["check", "--date", "2026-03-01", "--format", "json", "--root"]).arg(root).stdin(Stdio::null());
    serde_json::from_slice(&check.output().unwrap().stdout).unwrap()
}

/// The lines of each page of `tests/xss/refused/` are addresses that may not be written; with the code that refuses each.
#[test]
fn addresses_that_run_are_refused_one_by_one() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/xss/refused");
    let found = checked(&folder);
    let mut vectors = 0;
    for name in ["addresses.md", "html.md"] {
        let path = format!("content/{name}");
        let errors: Vec<u64> = found
            .iter()
            .filter(|fault| fault["path"] == *path && fault["severity"] == "error")
            .map(|fault| fault["line"].as_u64().unwrap())
            .collect();
        let text = fs::read_to_string(folder.join(&path)).unwrap();
        for (line, vector) in (1..).zip(text.lines()).filter(|(_, line)| line.starts_with(['[', '<', '!'])) {
            vectors += 1;
            assert!(errors.contains(&line), "{path}:{line} is not refused: {vector}");
        }
    }
    for name in ["contact", "edit_url", "base_url", "theme", "output", "logo", "accent", "lang"] {
        vectors += 1;
        let message = |fault: &&Value| fault["path"] == "guide.yaml" && fault["severity"] == "error";
        let told: Vec<String> = found.iter().filter(message).map(|fault| fault["line"].to_string()).collect();
        let text = fs::read_to_string(folder.join("guide.yaml")).unwrap();
        let line = text.lines().position(|line| line.starts_with(&format!("{name}:"))).unwrap() + 1;
        assert!(told.contains(&line.to_string()), "`{name}` of guide.yaml is not refused: {told:?}");
    }
    assert!(vectors >= 60, "{vectors}");
}

#[test]
fn what_authors_write_is_text_in_files_for_machines() {
    let hostile = "</script></title><x y='\"]]>&amp;\u{1b}[2J";
    let quoted = serde_json::to_string(hostile).unwrap();
    let guide = Guide::new(&[
        (
            "guide.yaml",
            &format!("title: {quoted}\ndescription: {quoted}\nbase_url: https://exemple.org/a%0AX-Evil:%201/\n"),
        ),
        ("content/index.md", &format!("---\ntitle: {quoted}\nsummary: {quoted}\n---\n")),
        (
            "content/a.md",
            &format!(
                "---\ntitle: {quoted}\nkind: article\ndate: 2026-01-01\nauthors: [{quoted}]\nsummary: {quoted}\n---\n"
            ),
        ),
        (
            "content/role.md",
            "---\ntitle: \"=cmd|' /C calc'!A0\"\nkind: role\ntasks: [{task: \"@SUM(1)\"}, {task: \"\\t=1\"}]\n---\n",
        ),
    ]);
    let ending = guide.run(&[]);
    // The base path holds a break: it is no address, or it is encoded, and never a line of `_headers`.
    if ending.status == 0 {
        assert!(!guide.page("_headers").lines().any(|line| line.trim_start().starts_with("X-Evil")));
    } else {
        assert!(ending.told.contains("wrong-value"), "{}", ending.told);
    }
    guide.write("guide.yaml", &format!("title: {quoted}\ndescription: {quoted}\nbase_url: https://exemple.org/\n"));
    guide.build();
    for xml in ["feed.xml", "sitemap.xml"] {
        let text = guide.page(xml);
        roxmltree::Document::parse(&text).unwrap_or_else(|error| panic!("{xml}: {error}"));
    }
    let page = guide.page("a/index.html");
    let json = between(&page, "<script type=\"application/ld+json\">", "</script>");
    let crumbs: Value = serde_json::from_str(json).unwrap();
    assert!(crumbs.to_string().contains("]]>"), "{json}");
    assert!(!page.contains("<x y="), "{page}");
    assert_eq!(page.matches("</title>").count(), 1);
    serde_json::from_str::<Value>(&guide.page("guide.json")).unwrap();
    let csv = guide.page("qui-fait-quoi.csv");
    let cells: Vec<&str> =
        csv.trim_start_matches('\u{feff}').split([',', '\n']).map(|cell| cell.trim_start_matches('"')).collect();
    assert!(cells.iter().all(|cell| !cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{csv:?}");
    assert!(cells.contains(&"'@SUM(1)"), "{csv:?}");
}

#[test]
fn code_of_the_template_engine_is_words_to_it() {
    let template = "{{ 7 * 7 }} {% include 'page.html' %} {{ site.policy }}";
    let quoted = serde_json::to_string(template).unwrap();
    let guide = Guide::new(&[
        ("guide.yaml", &format!("title: {quoted}\nlicense: {quoted}\nsearch: false\n")),
        (
            "content/index.md",
            &format!(
                "---\ntitle: {quoted}\nsummary: {quoted}\n---\n{template}\n\n<b title=\"{{{{ 7 * 7 }}}}\">x</b>\n"
            ),
        ),
    ]);
    guide.build();
    let page = guide.page("index.html");
    assert!(!page.contains("49"), "{page}");
    assert!(page.matches("{{ 7 * 7 }}").count() > 4, "{page}");
}

/// A theme makes pages of what it is given, and can reach nothing else.
#[test]
fn a_theme_reads_no_file_and_no_environment() {
    let files = [("themes/a/templates/partials/own.html", "propre"), ("secret.html", "interdit")];
    for (template, is_refused) in [
        ("{% include \"partials/own.html\" %}", false),
        ("{% include \"../../../secret.html\" %}", true),
        ("{% include \"/etc/passwd\" %}", true),
        ("{% include \"secret.html\" %}", true),
        ("{% extends \"../../../secret.html\" %}", true),
        ("{% import \"../../../secret.html\" as a %}", true),
        ("{{ get_env(name=\"PATH\") }}", true),
        ("{{ now() }}", true),
        ("{{ load_data(path=\"secret.html\") }}", true),
        ("{% for i in range(end=100000000) %}{% endfor %}", true),
        ("{% for i in range(end=10) %}{% endfor %}", false),
    ] {
        let guide = guide(&files);
        guide.write("guide.yaml", &format!("{CONFIGURATION}theme: a\n"));
        guide.write("themes/a/templates/page.html", template);
        guide.write("content/page.md", "# Page\n");
        let ending = guide.run(&[]);
        assert_eq!(ending.status, i32::from(is_refused), "{template}: {}", ending.told);
        assert!(!ending.told.contains("interdit"), "{template}: {}", ending.told);
    }
}

/// A template that is in itself ends in a fault, not with the stack.
#[test]
fn a_theme_that_turns_in_circles_is_told() {
    for (name, template) in [
        ("page.html", "{% include \"page.html\" %}"),
        ("page.html", "{% extends \"page.html\" %}"),
        ("page.html", "{% component a() %}{{ <a /> }}{% endcomponent a %}{{ <a /> }}"),
        ("page.html", &format!("{{{{ {}1{} }}}}", "(".repeat(50_000), ")".repeat(50_000))),
        ("page.html", &format!("{}{}", "{% if true %}".repeat(50_000), "{% endif %}".repeat(50_000))),
        ("partials/a.html", "{% include \"partials/a.html\" %}"),
    ] {
        let guide = guide(&[("content/page.md", "# Page\n")]);
        guide.write("guide.yaml", &format!("{CONFIGURATION}theme: a\n"));
        guide.write(&format!("themes/a/templates/{name}"), template);
        let ending = guide.run(&[]);
        assert_eq!(ending.status, 1, "{template:.80}: {}", ending.told);
        assert!(ending.told.contains("error[template]") || ending.told.contains("erreur[template]"), "{}", ending.told);
    }
}

#[test]
fn a_guide_writes_nowhere_that_programs_keep_for_themselves() {
    let guide = guide(&[("static/authorized_keys", "x")]);
    let folder = guide.root().parent().unwrap().to_owned();
    for output in ["../.ssh", "../a/.config/autostart", "../../.ssh", ".git", "./.git/hooks", ".git\\\\hooks"] {
        guide.write("guide.yaml", &format!("{CONFIGURATION}output: \"{output}\"\n"));
        let mut build = Command::new(env!("CARGO_BIN_EXE_boussole"));
        let ending = run(build.args(["build", "--date", "2026-03-01", "--root"]).arg(guide.root()));
        assert_eq!(ending.status, 1, "{output}: {}", ending.told);
    }
    let names = |folder: &Path| -> Vec<String> {
        let mut names: Vec<String> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    };
    assert_eq!(
        (names(&folder), names(&guide.root())),
        (vec!["guide".into()], ["content", "guide.yaml", "static"].map(String::from).to_vec())
    );
}

#[test]
fn a_new_page_stays_in_the_guide() {
    let guide = guide(&[]);
    let folder = guide.root().parent().unwrap().to_owned();
    for title in ["../../../dehors", "/tmp/dedans", "..\\..\\derrière", "a\n---\nnoindex: true"] {
        let mut new = Command::new(env!("CARGO_BIN_EXE_boussole"));
        let ending = run(new.args(["new", "role", title, "--root"]).arg(guide.root()));
        assert_eq!(ending.status, 0, "{title}: {}", ending.told);
    }
    let entries = walkdir::WalkDir::new(&folder).into_iter().map(Result::unwrap);
    let files = entries.filter(|entry| entry.file_type().is_file());
    let outside = files.filter(|entry| !entry.path().starts_with(guide.root().join("content")));
    let outside: Vec<String> = outside.map(|entry| entry.file_name().to_str().unwrap().to_owned()).collect();
    assert_eq!(outside, ["guide.yaml"]);
    guide.build();
    assert!(!guide.page("guide.json").contains("\"noindex\": true"));
}

/// What no name of a file may hold in an address, a header, a page or a workflow command.
#[cfg(unix)]
#[test]
fn names_of_files_are_only_names() {
    let names = [
        "<img src=x onerror=alert(1)>.txt",
        "a\"onmouseover=\"alert(1).png",
        "javascript:alert(1).txt",
        "a\n  X-Evil: 1\n.txt",
        "%2e%2e%2fb.txt",
        "{{ 7 * 7 }}.txt",
        "--output=x.txt",
        "$(touch x).txt",
        "\u{202e}fdp.txt",
    ];
    let guide = guide(&[]);
    let mut page = String::from("# Page\n\n");
    for name in names {
        crate::guide::write(&guide.root().join("content").join(name), "x");
        let encoded: String = name.bytes().map(|byte| format!("%{byte:02x}")).collect();
        page.push_str(&format!("[x]({encoded})\n\n"));
    }
    guide.write("content/page.md", &page);
    let ending = guide.run(&["--format", "github"]);
    assert!(matches!(ending.status, 0 | 1), "{}", ending.told);
    // What Windows cannot hold is told, and may be all that keeps the site from being written.
    guide.write("guide.yaml", &format!("{CONFIGURATION}checks: {{reserved-name: off}}\n"));
    let ending = guide.run(&[]);
    if ending.status == 0 {
        let html = guide.page("page/index.html");
        assert!(
            !html.contains("<img src=x") && !html.contains("\"onmouseover") && !html.contains("href=\"javascript:"),
            "{html}"
        );
        assert!(!guide.page("_headers").contains("X-Evil"));
        assert!(!guide.page("sitemap.xml").contains("<img"));
    } else {
        assert!(ending.told.contains("reserved-name"), "{}", ending.told);
    }
}

/// What costs little to write and would cost much to read.
#[test]
fn little_text_is_little_work() {
    let include = "![[b]]\n\n".repeat(200);
    let pages: BTreeMap<&str, String> = [
        ("a long line of code", format!("```sh\n{}\n```\n", "a".repeat(60_000))),
        ("long lines of code", format!("```sh\n{}```\n", ("a".repeat(2_000) + "\n").repeat(30))),
        ("inclusions that double", include.clone()),
        ("a wide table", format!("|{0}\n|{1}\n|{0}\n", "a|".repeat(5_000), "-|".repeat(5_000))),
        ("definitions", "a\n: b\n\n".repeat(20_000)),
        ("references", format!("{}\n[a]: /\n", "[a][a] ".repeat(20_000))),
        ("attributes", "[a]{lang=en} ".repeat(20_000)),
        ("headings with attributes", format!("## a {{{}}}\n", ".a ".repeat(20_000))),
        ("links in themselves", "[[a]] ".repeat(20_000)),
        ("a long name", format!("[[{}]]\n", "a".repeat(200_000))),
        ("tags with many attributes", format!("<b{}>x</b>\n", " title=a".repeat(20_000))),
    ]
    .into();
    for (what, text) in pages {
        let guide = guide(&[
            ("content/b.md", &format!("# b\n\n{}", include.replace("[[b]]", "[[c]]"))),
            ("content/c.md", "# c\n\nx\n"),
        ]);
        guide.write("content/a.md", &format!("# a\n\n{text}"));
        let ending = guide.run(&[]);
        assert!(
            matches!(ending.status, 0 | 1),
            "{what}: status {}: {}",
            ending.status,
            ending.told.chars().take(500).collect::<String>()
        );
        assert!(ending.took.as_secs() < 300, "{what}: {:?}", ending.took);
    }
}

#[test]
fn front_matter_may_be_a_bomb() {
    let aliases: String = (1..20).map(|at| format!("a{at}: &a{at} [*a{0}, *a{0}, *a{0}, *a{0}]\n", at - 1)).collect();
    for yaml in [
        format!("a0: &a0 [x]\n{aliases}titre: *a19\n"),
        format!("{}: x\n", "k".repeat(1_000_000)),
        format!("titre: {}\n", "x".repeat(1_000_000)),
        format!("titre: {}x{}\n", "[".repeat(50_000), "]".repeat(50_000)),
        (0..4_000).map(|at| format!("k{at}: x\n")).collect(),
        format!("synonymes: [{}]\n", "x,".repeat(50_000)),
        "titre: !!python/object/apply:os.system [x]\n".to_owned(),
        "titre: !include /etc/passwd\n".to_owned(),
        "<<: *x\n".to_owned(),
        "&a titre: *a\n".to_owned(),
    ] {
        let guide = guide(&[("content/a.md", &format!("---\n{yaml}---\nx\n"))]);
        let ending = guide.run(&[]);
        assert!(matches!(ending.status, 0 | 1), "{:.60}: status {}", yaml, ending.status);
        assert!(ending.took.as_secs() < 300, "{:.60}: {:?}", yaml, ending.took);
    }
}

/// Files of some hundred kilobytes that are gigabytes of pixels: many take no more memory than one.
#[cfg(all(unix, feature = "images"))]
#[test]
fn large_pictures_are_decoded_one_at_a_time() {
    use image::{ExtendedColorType, ImageEncoder, codecs::png::PngEncoder};
    use wait4::Wait4;

    const SIDE: u32 = 4_010;
    let guide = guide(&[]);
    let pixels = vec![0; SIDE as usize * SIDE as usize * 6];
    let mut page = String::from("# Page\n\n");
    let mut bytes = Vec::new();
    PngEncoder::new(&mut bytes).write_image(&pixels, SIDE, SIDE, ExtendedColorType::Rgb16).unwrap();
    drop(pixels);
    for at in 0..3_u8 {
        // What follows the end makes another file of it.
        fs::write(guide.root().join(format!("content/{at}.png")), [&bytes[..], &[at]].concat()).unwrap();
        page.push_str(&format!("![x]({at}.png)\n\n"));
    }
    guide.write("content/page.md", &page);
    let mut build = Command::new(env!("CARGO_BIN_EXE_boussole"));
    build.args(["build", "--date", "2026-03-01", "--root"]).arg(guide.root()).arg("--output").arg(guide.site());
    let child = build.env("RAYON_NUM_THREADS", "3").stdin(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let ended = child.wait4().unwrap();
    assert!(ended.status.success());
    let one = u64::from(SIDE) * u64::from(SIDE) * 6;
    assert!(ended.rusage.maxrss < 3 * one, "{} MB for pictures of {} MB", ended.rusage.maxrss >> 20, one >> 20);
}
