//! Builds that keep what they can of the last give what a build from nothing would, whatever was edited; and they work out
//! no more than has to be.

use std::collections::BTreeMap;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use proptest::prelude::{ProptestConfig, Strategy, any, prop, prop_oneof, proptest};
use proptest::prop_assert_eq;

use super::{bytes, request};
use crate::guide::Work;
use crate::path::{GuidePath, OutputPath};
use crate::pipeline::preview::{Incremental, Preview};
use crate::source::{Fault, Sources};

/// The files of a guide: paths and texts.
type Files = BTreeMap<String, String>;

/// Every file of a site, and all that was found in its guide.
type Outcome = (Vec<(String, Vec<u8>)>, Vec<String>);

const GUIDE: [(&str, &str); 14] = [
    ("guide.yaml", "title: Guide\nlang: fr\nbase_url: https://exemple.org/guide/\n"),
    ("content/index.md", "# Accueil\n\nLa CoP et son animateur.\n"),
    ("content/glossaire/index.md", "# Glossaire\n"),
    (
        "content/glossaire/cop.md",
        "---\ntitre: CoP\ngenre: terme\n---\nUne communauté, avec [son animateur](../roles/animateur.md#theorie).\n",
    ),
    (
        "content/glossaire/partage.md",
        "---\ntitre: Partage de pratiques\ngenre: terme\nsynonymes: [partages]\n---\nDire comment on fait.\n",
    ),
    ("content/roles/index.md", "---\ntitre: Rôles\nordre: 2\n---\n"),
    (
        "content/roles/animateur.md",
        "---\ntitre: Animateur\ngenre: rôle\n---\nIl anime.\n\n## Théorie\n\nLe partage de pratiques, et la CoP.\n\n## Exemples\n\n![[CoP]]\n",
    ),
    (
        "content/roles/coordinateur/index.md",
        "---\ntitre: Coordinateur\ngenre: rôle\ntâches:\n  - {tâche: Inviter, responsables: [Animateur]}\n---\nIl coordonne la CoP.\n",
    ),
    (
        "content/roles/coordinateur/theorie.md",
        "---\nvolet: theorie\n---\nAvec l’animateur. ![[Animateur#exemples]]\n\n![[Animateur#exemples]]\n",
    ),
    (
        "content/questions/qui.md",
        "---\ntitre: Qui anime ?\ngenre: question\nà-propos-de: [CoP, Animateur]\n---\nL’animateur, par le partage.\n",
    ),
    (
        "content/articles/un.md",
        "---\ntitre: Un premier article\ngenre: article\ndate: 2026-01-02\nsérie: Débuter\npartie: 1\n---\nVoir [[CoP]] et [[Coordinateur]].\n",
    ),
    (
        "content/articles/deux.md",
        "---\ntitre: Un autre article\ngenre: article\ndate: 2026-02-03\nsérie: Débuter\npartie: 2\n---\nLes partages.\n",
    ),
    ("content/libre.md", "# Libre\n\nAprès la coordination, le dictionnaire.\n"),
    ("static/robots.txt", "User-agent: *\n"),
];

/// One edit.
#[derive(Clone, Debug)]
enum Edit {
    /// A sentence at the end of a page.
    Say(usize, &'static str),
    /// Another title.
    Call(usize, &'static str),
    /// A line of front matter.
    Add(usize, &'static str),
    /// A new page, or another in the place of one.
    Write(&'static str, &'static str),
    Delete(usize),
    Move(usize, &'static str),
    MoveFolder(&'static str, &'static str),
    DeleteFolder(&'static str),
    /// The words of the next build's names are noted in time, or not.
    Wait,
}

const SENTENCES: [&str; 12] = [
    "Le coordinateur aussi.",
    "Des partages, des CoP.",
    "## Théorie\n\nUn dictionnaire.",
    "## Pratique\n\n[[Animateur]] et [le plan](/plan-du-site/).",
    "![[CoP]]",
    "![[Animateur]]",
    "Un lien [mort](rien.md), un autre [[Nulle part]].",
    "### Sous-titre {#sous-titre}",
    "[là](../roles/animateur.md#pratique)",
    "Une note[^1].\n\n[^1]: Sur la CoP.",
    "<b>sans fin",
    "- [ ] Une question ?",
];

const TITLES: [&str; 8] =
    ["CoP", "Animateur", "Dictionnaire", "Coordination", "Partage", "Été", "Communauté de pratique", "« Libre »"];

const LINES: [&str; 12] = [
    "synonymes: [dictionnaires, coordination]",
    "genre: terme",
    "genre: rôle",
    "brouillon: true",
    "volet: exemples",
    "slug: autre-adresse",
    "lien-auto: false",
    "lien-auto-ici: false",
    "rôles: [Animateur]",
    "redirige-depuis: [/vieux/]",
    "inconnu: oui",
    "# un commentaire",
];

const NEW: [(&str, &str); 11] = [
    ("static/glossaire/cop", "Ni page ni dossier.\n"),
    ("content/libre/index.html/plan.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ("content/a-neuf.md", "# Neuf\n\nUne CoP.\n"),
    ("content/glossaire/zele.md", "---\ntitre: Zèle\ngenre: terme\n---\nTrop.\n"),
    ("content/plan.svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
    ("guide.yaml", "title: Guide\nlang: fr\nlinks: {automatic: all}\n"),
    ("guide.yaml", "title: Guide\nlang: en\nbase_url: https://exemple.org/\n"),
    ("guide.yaml", "title: Guide\nfacets: [{id: theorie, title: Théorie}, {id: libre, title: Libre}]\n"),
    ("themes/boussole/templates/partials/menu-entry.html", "<li>{{ link.title }}</li>\n"),
    ("themes/boussole/templates/partials/menu-entry.html", "<li>{{ rien.du.tout }}</li>\n"),
    ("content/_brouillon.md", "# Rien\n"),
];

fn edit() -> impl Strategy<Value = Edit> {
    let at = || any::<usize>();
    let place =
        prop::sample::select(&["content/ailleurs.md", "content/roles/ailleurs.md", "content/glossaire/aa.md"][..]);
    let folders = prop::sample::select(&["content/roles", "content/glossaire", "content/articles"][..]);
    prop_oneof![
        4 => (at(), prop::sample::select(&SENTENCES[..])).prop_map(|(at, text)| Edit::Say(at, text)),
        4 => (at(), prop::sample::select(&TITLES[..])).prop_map(|(at, text)| Edit::Call(at, text)),
        3 => (at(), prop::sample::select(&LINES[..])).prop_map(|(at, line)| Edit::Add(at, line)),
        2 => prop::sample::select(&NEW[..]).prop_map(|(path, text)| Edit::Write(path, text)),
        1 => at().prop_map(Edit::Delete),
        1 => (at(), place).prop_map(|(at, path)| Edit::Move(at, path)),
        1 => folders.clone().prop_map(|folder| Edit::MoveFolder(folder, "content/autre-dossier")),
        1 => folders.prop_map(Edit::DeleteFolder),
        2 => prop::strategy::Just(Edit::Wait),
    ]
}

impl Edit {
    fn apply(&self, files: &mut Files) {
        let page = |at: usize, files: &Files| {
            let pages: Vec<&String> = files.keys().filter(|path| path.ends_with(".md")).collect();
            (!pages.is_empty()).then(|| pages[at % pages.len()].clone())
        };
        match *self {
            Edit::Say(at, sentence) => {
                if let Some(text) = page(at, files).and_then(|path| files.get_mut(&path)) {
                    *text += &format!("\n{sentence}\n");
                }
            }
            Edit::Call(at, title) => {
                if let Some(text) = page(at, files).and_then(|path| files.get_mut(&path)) {
                    let is_title = |line: &&str| line.starts_with("titre: ") || line.starts_with("# ");
                    if let Some(line) = text.clone().lines().find(is_title) {
                        let mark = line.split_once(' ').map_or("#", |(mark, _)| mark);
                        *text = text.replacen(line, &format!("{mark} {title}"), 1);
                    }
                }
            }
            Edit::Add(at, line) => {
                if let Some(text) = page(at, files).and_then(|path| files.get_mut(&path)) {
                    *text = match text.strip_prefix("---\n") {
                        Some(rest) => format!("---\n{line}\n{rest}"),
                        None => format!("---\n{line}\n---\n{text}"),
                    };
                }
            }
            Edit::Write(path, text) => drop(files.insert(path.to_owned(), text.to_owned())),
            Edit::Delete(at) => drop(page(at, files).and_then(|path| files.remove(&path))),
            Edit::Move(at, to) => {
                if let Some(text) = page(at, files).and_then(|path| files.remove(&path)) {
                    files.insert(to.to_owned(), text);
                }
            }
            Edit::MoveFolder(from, to) => {
                let moved = std::mem::take(files).into_iter();
                files.extend(moved.map(|(path, text)| match path.strip_prefix(&format!("{from}/")) {
                    Some(rest) => (format!("{to}/{rest}"), text),
                    None => (path, text),
                }));
            }
            Edit::DeleteFolder(folder) => files.retain(|path, _| !path.starts_with(&format!("{folder}/"))),
            Edit::Wait => {}
        }
    }
}

fn start() -> Files {
    GUIDE.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

fn sources(files: &Files) -> (Sources, Vec<Fault>) {
    let bytes = files.iter().map(|(path, text)| (GuidePath::new(path).unwrap(), text.clone().into_bytes()));
    Sources::in_memory(bytes)
}

/// Builds `files`, and renders all of the site.
fn build(incremental: &mut Incremental, files: &Files) -> Outcome {
    let (sources, faults) = sources(files);
    let outcome = incremental.build_from(sources, faults, |preview| {
        let render = |file: &OutputPath| match preview.file(file) {
            Some(Ok(content)) => bytes(content),
            failed => format!("{failed:?}").into_bytes(),
        };
        let mut site: Vec<(String, Vec<u8>)> =
            preview.files().map(|file| (file.as_str().to_owned(), render(file))).collect();
        site.sort();
        let found = preview.findings().found.iter();
        for fault in preview.obstructions() {
            assert!(found.clone().any(|finding| finding.diagnostic.message == fault.message), "{fault:?}");
        }
        (site, found.map(|finding| format!("{finding:?}")).collect())
    });
    outcome.unwrap()
}

fn work(incremental: &mut Incremental, files: &Files) -> (usize, Work) {
    build(incremental, files);
    incremental.work()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn what_is_kept_changes_nothing(edits in prop::collection::vec(edit(), 1..9)) {
        let mut files = start();
        let mut kept = Incremental::new(request());
        build(&mut kept, &files);
        for edit in &edits {
            edit.apply(&mut files);
            if let Edit::Wait = edit {
                kept.note_words();
                continue;
            }
            let (site, found) = build(&mut kept, &files);
            let (fresh_site, fresh_found) = build(&mut Incremental::new(request()), &files);
            prop_assert_eq!(found, fresh_found, "after {:?}", edit);
            let names = |site: &[(String, Vec<u8>)]| site.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
            prop_assert_eq!(names(&site), names(&fresh_site), "after {:?}", edit);
            for ((name, own), (_, fresh)) in site.iter().zip(&fresh_site) {
                prop_assert_eq!(
                    String::from_utf8_lossy(own), String::from_utf8_lossy(fresh), "{} after {:?}", name, edit
                );
            }
        }
    }
}

/// The guide, built and its words noted.
fn settled(files: &Files) -> Incremental {
    let mut incremental = Incremental::new(request());
    build(&mut incremental, files);
    incremental.note_words();
    incremental
}

#[test]
fn one_changed_sentence_is_work_for_one_page() {
    let mut files = start();
    let mut incremental = settled(&files);
    Edit::Say(0, "Une phrase, et la CoP.").apply(&mut files);
    let one = Work { decided: 1, scanned: 1, read: 1 };
    assert_eq!(work(&mut incremental, &files), (1, one));
    assert_eq!(work(&mut incremental, &files), (0, Work::default()));
}

#[test]
fn an_included_page_is_work_for_those_that_show_it_too() {
    let mut files = start();
    let mut incremental = settled(&files);
    *files.get_mut("content/glossaire/cop.md").unwrap() += "\nAutre chose.\n";
    // The term, the role that includes it, and the other role that includes a facet of that one.
    assert_eq!(work(&mut incremental, &files), (1, Work { decided: 1, scanned: 1, read: 3 }));
}

#[test]
fn a_changed_title_is_looked_for_where_its_words_are() {
    let mut files = start();
    let mut incremental = settled(&files);
    let term = files.get_mut("content/glossaire/partage.md").unwrap();
    *term = term.replace("Partage de pratiques", "Dictionnaire");
    let pages = GUIDE.iter().filter(|(path, _)| path.ends_with(".md")).count() - 1;
    let (parsed, work) = work(&mut incremental, &files);
    // The term itself, the three pages with “partage” or “partages”, and the one with “dictionnaire”; two others show one of them.
    assert_eq!((parsed, work), (1, Work { decided: pages, scanned: 5, read: 7 }));
}

/// What some pages are with a fault in another, icons of the logo included, is what they are without it.
#[test]
fn a_fault_changes_no_other_page() {
    let mut files = start();
    files.get_mut("guide.yaml").unwrap().push_str("logo: content/logo.svg\n");
    let logo = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'><path d='M0 0h10v10z'/></svg>";
    files.insert("content/logo.svg".to_owned(), logo.to_owned());
    let mut incremental = Incremental::new(request());
    let (before, _) = build(&mut incremental, &files);
    files.get_mut("content/libre.md").unwrap().push_str("\nUn lien [mort](rien.md).\n");
    let (after, found) = build(&mut incremental, &files);
    assert!(found.iter().any(|finding| finding.contains("DeadLink")), "{found:?}");
    let changed = before.iter().zip(&after).filter(|(before, after)| before != after);
    let changed: Vec<&str> = changed.map(|((name, _), _)| name.as_str()).collect();
    assert_eq!(before.len(), after.len());
    assert!(changed.iter().all(|name| name.starts_with("libre/")), "{changed:?}");
}

/// Those who wait for the same list of files do not wait for each other.
#[test]
fn many_may_ask_at_once_for_what_is_not_there() {
    let mut files = start();
    for page in 0..300 {
        files.insert(format!("content/pages/page-{page}.md"), format!("# Page {page}\n\n## Théorie\n\nTexte.\n"));
    }
    let (done, all_done) = mpsc::channel();
    thread::spawn(move || {
        let threads = rayon::ThreadPoolBuilder::new().num_threads(4).build().unwrap();
        for _ in 0..40 {
            let (sources, faults) = sources(&files);
            let ask = |preview: &Preview<'_>| {
                let absent = OutputPath::new("rien.html").unwrap();
                // They come one after the other, some while the first ones are helped.
                rayon::scope(|scope| {
                    for _ in 0..64 {
                        scope.spawn(|_| assert!(!preview.has(&absent)));
                        thread::sleep(Duration::from_micros(50));
                    }
                });
            };
            threads.install(|| Incremental::new(request()).build_from(sources, faults, ask)).unwrap();
        }
        done.send(()).unwrap();
    });
    all_done.recv_timeout(Duration::from_secs(240)).expect("nobody waits for ever");
}
