//! What holds of parts of a guide, in one that is otherwise always the same.

use std::sync::LazyLock;

use url::Url;

use super::{site, told};
use crate::config::{Config, PAGE_KEYS};
use crate::path::GuidePath;
use crate::source::Sources;
use crate::syntax::draft::Draft;
use crate::syntax::front_matter;

/// Kinds with a field of every type.
const KINDS: &str = "lang: fr
kinds:
  outil:
    label: Outil
    facets: [theorie, pratique]
    fields:
      licence: {type: text, required: true}
      annee: {type: integer}
      libre: {type: bool}
      depuis: {type: date}
      niveau: {type: choice, choices: [débutant, confirmé]}
      referent: {type: page, kind: role}
      adresse: {type: url}
      mots: {type: {list: text}}
      voisins: {type: {list: page}}
";

/// Settings as a guide has them, its base address with a path.
const SETTINGS: &str = "title: Guide\nbase_url: https://exemple.org/guide/\n";

/// The other files of the guide.
const FILES: [(&str, &str); 8] = [
    ("content/index.md", "# Accueil\n\n## Théorie\n\nDu texte.\n"),
    ("content/dossier/index.md", "# Le dossier\n\n## Une partie {#partie}\n"),
    ("content/dossier/été.md", "---\ntitre: L’été\nsynonymes: [saison, C#]\ngenre: terme\n---\nChaud.\n"),
    ("content/dossier/role.md", "---\ntitre: Rôle\ngenre: role\n---\n## Pratique\n\nDu texte.\n\n### Détail\n"),
    ("content/dossier/plan du site.png", "\u{89}PNG"),
    ("content/video.mp4", "rien"),
    ("content/secret.draft.md", "# Secret\n"),
    ("static/robots.pdf", "rien"),
];

fn files<'a>(others: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<(GuidePath, Vec<u8>)> {
    let others = others.into_iter();
    let path = |path| GuidePath::new(path).expect("a plain path");
    others.map(|(at, bytes)| (path(at), bytes.to_vec())).collect()
}

/// The front matter of a page.
pub(super) fn front_matter(data: &[u8]) {
    static CONFIG: LazyLock<Config> = LazyLock::new(|| {
        let (config, faults) = Config::read(&Sources::in_memory(files([("guide.yaml", KINDS.as_bytes())])).0);
        assert!(faults.is_empty(), "{faults:?}");
        config
    });
    let (sources, _) = Sources::in_memory(files([("content/a.md", data)]));
    let Some((file, _)) = sources.iter().next() else { return };
    let text = sources.text(file);
    let parsed = front_matter::parse(file, &sources, &CONFIG);
    assert!(parsed.body.end == text.len() && text.is_char_boundary(parsed.body.start), "{:?}", parsed.body);
    told(&parsed.faults, &sources);
    for key in PAGE_KEYS {
        let span = front_matter::place(file, &sources, key.english, &[]);
        assert!(text.get(span.range()).is_some(), "{}: {span:?}", key.english);
    }
    let (draft, faults) = Draft::parse(file, &sources, &CONFIG);
    told(&faults, &sources);
    let again = front_matter::parse(file, &sources, &CONFIG);
    assert!(again.front_matter == draft.front_matter && again.front_matter == parsed.front_matter);
}

/// What `guide.yaml` says.
pub(super) fn settings(data: &[u8]) {
    let others = FILES.iter().map(|(path, text)| (*path, text.as_bytes()));
    let files = files(others.chain([("guide.yaml", data)]));
    let (sources, _) = Sources::in_memory(files.clone());
    let (config, faults) = Config::read(&sources);
    told(&faults, &sources);
    assert!(config.base.path.starts_with('/') && config.base.path.ends_with('/'), "{:?}", config.base);
    let mut ids: Vec<&str> = config.facets.iter().map(|facet| facet.id.as_str()).collect();
    ids.sort_unstable();
    let count = ids.len();
    ids.dedup();
    assert!(count == ids.len() && ids.iter().all(|id| !id.is_empty()), "{ids:?}");
    site::Built::of(files, |file| !file.starts_with("assets/")).is_sound();
}

/// Schemes that a link may have.
const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Where the guide’s pages are asked for, and the one with the link.
const HERE: &str = "https://exemple.org/guide/dossier/ici/";

/// Where links of every spelling lead that say `target`.
pub(super) fn link(target: &str) {
    let target = target.replace(['\n', '\r'], " ");
    let text = format!(
        "# Ici\n\n[a](<{target}>) [b]({target}) [[{target}]] [[{target}|c]]\n\n![d](<{target}>)\n\n![[{target}]]\n\n<a href=\"{target}\">e</a> <img src='{target}' alt=''> <video src={target}></video>\n"
    );
    let others = FILES.iter().map(|(path, text)| (*path, text.as_bytes()));
    let own = [("content/dossier/ici.md", text.as_bytes()), ("guide.yaml", SETTINGS.as_bytes())];
    let built = site::Built::of(files(others.chain(own)), |file| file.starts_with("dossier/"));
    built.is_sound();
    let page = built.page("dossier/ici/index.html").expect("the page is there");
    let here = Url::parse(HERE).expect("an address");
    for lead in &page.leads {
        // What browsers do not understand they do not follow.
        let Ok(url) = here.join(lead) else { continue };
        assert!(SCHEMES.contains(&url.scheme()), "`{target}` becomes `{lead}`, which is `{url}`");
        let is_written_out = lead.starts_with("//") || lead.contains(':');
        assert!(is_written_out || url.host() == here.host(), "`{target}` becomes `{lead}`, which is `{url}`");
        if !is_written_out && url.path() != here.path() {
            assert!(built.answers(url.path()), "`{target}` becomes `{lead}`, where nothing is");
        }
    }
}
