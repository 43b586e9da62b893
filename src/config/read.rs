//! From `guide.yaml` to a [`Config`].

use url::Url;

use super::keys::{GUIDE, LINKS};
use super::{Accessibility, Automatic, Base, Config, Kinds, Look, Site, accent, checks, facet, kinds};
use crate::diagnostic::{Code, Diagnostic, Say, say};
use crate::language::{Language, Tongue};
use crate::name::nearest;
use crate::path::GuidePath;
use crate::source::{FileId, Role, Sources, Span};
use crate::yaml::{Entry, Given, Key, Map, Named, Node, Read, Value, parse};

impl Config {
    /// Reads the `guide.yaml` in `sources`, or the defaults where there is none. Faulty values are reported and defaulted.
    pub(crate) fn read(sources: &Sources) -> (Config, Vec<Diagnostic>) {
        let file = GuidePath::new("guide.yaml").and_then(|path| sources.at(&path));
        let Some(file) = file else { return config(Map::new(&[], GUIDE, Tongue::French), sources) };
        let (mut config, faults) = Config::read_file(file, sources);
        // What is missing may stand in what could not be taken in.
        if sources[file].role == Role::Faulty && config.base.given == Given::No {
            config.base.given = Given::Faulty;
        }
        (config, faults)
    }

    fn read_file(file: FileId, sources: &Sources) -> (Config, Vec<Diagnostic>) {
        match parse(file, sources, 0..sources.text(file).len()) {
            Err(fault) => before(*fault, file, sources),
            Ok(None) => config(Map::new(&[], GUIDE, Tongue::French), sources),
            Ok(Some(node)) if node.is_absent() => config(Map::new(&[], GUIDE, Tongue::French), sources),
            Ok(Some(node)) => match (Named { key: "guide.yaml", node: &node }).entries() {
                Err(fault) => defaults(*fault, sources),
                Ok(entries) => {
                    let (config, mut faults) = config(Map::new(entries, GUIDE, Tongue::French), sources);
                    faults.extend(commented_accent(entries, sources));
                    faults.sort_by_key(|fault| fault.span);
                    (config, faults)
                }
            },
        }
    }

    /// The same guide published at `base_url`; why not, where that is not an address.
    pub(crate) fn with_base_url(self, base_url: &str) -> Result<Config, Say> {
        Ok(Config { base: Base::new(base_url)?, ..self })
    }
}

/// How many keys above the line of a fault are given up at most.
const GIVEN_UP: usize = 20;

/// The settings that stand above what is not YAML: whoever has slipped in the last line is still told in the guide's language.
fn before(fault: Diagnostic, file: FileId, sources: &Sources) -> (Config, Vec<Diagnostic>) {
    let text = sources.text(file);
    let end = fault.span.map_or(0, |span| span.range().start);
    let mut start = text[..end].rfind('\n').map_or(0, |at| at + 1);
    for _ in 0..GIVEN_UP {
        let entries = parse(file, sources, 0..start).ok().flatten();
        if let Some(Node { value: Value::Map(entries), .. }) = &entries {
            let (mut config, _) = config(Map::new(entries, GUIDE, Tongue::French), sources);
            if config.base.given == Given::No {
                config.base.given = Given::Faulty;
            }
            return (config, vec![fault]);
        }
        let Some(above) = last_key(&text[..start.saturating_sub(1)]) else { break };
        start = above;
    }
    defaults(fault, sources)
}

/// Where the last line of `text` starts that begins a key of the file's own; none where that is the first.
fn last_key(text: &str) -> Option<usize> {
    let starts = text.rmatch_indices('\n').map(|(at, _)| at + 1);
    let begins_key = |&start: &usize| text[start..].starts_with(|c: char| c.is_alphabetic() || c == '"' || c == '\'');
    starts.into_iter().find(begins_key)
}

fn defaults(fault: Diagnostic, sources: &Sources) -> (Config, Vec<Diagnostic>) {
    let (config, _) = config(Map::new(&[], GUIDE, Tongue::French), sources);
    (Config { base: Base::unknown(Given::Faulty), ..config }, vec![fault])
}

fn config(mut map: Map<'_>, sources: &Sources) -> (Config, Vec<Diagnostic>) {
    let site = site(&mut map, sources);
    let tongue = site.language.tongue();
    let facets = facet::read(&mut map, tongue);
    let kinds: Kinds = kinds::read(&mut map, &facets, tongue);
    let base = map.read("base_url", base);
    let base = base.clone().unwrap_or_else(|| Base::unknown(map.given("base_url", base.as_ref())));
    let config = Config {
        site,
        base,
        facets,
        kinds,
        automatic: automatic(&mut map),
        checks: checks::read(&mut map),
        look: Look {
            theme: map.read("theme", theme).unwrap_or_else(|| "boussole".to_owned()),
            logo: map.read("logo", |named| logo(named, sources)),
            accent: accent::read(&mut map),
            search: map.read("search", Named::boolean).unwrap_or(true),
        },
        output: map.read("output", output).unwrap_or_else(|| "public".to_owned()),
    };
    (config, map.finish())
}

fn site(map: &mut Map<'_>, sources: &Sources) -> Site {
    let folder = || sources.root().file_name().map(|name| name.to_string_lossy().into_owned());
    Site {
        title: map.read("title", Named::text).or_else(folder).unwrap_or_else(|| "Guide".to_owned()),
        description: map.read("description", Named::text),
        language: map.read("lang", language).unwrap_or(Language::French),
        edit_url: map.read("edit_url", edit_url),
        license: map.read("license", Named::text),
        contact: map.read("contact", contact),
        accessibility: map.read("accessibility", accessibility),
    }
}

fn language(named: Named<'_>) -> Read<Language> {
    named.one_of(&Language::ALL.map(|language| (language.tag(), language)))
}

fn accessibility(named: Named<'_>) -> Read<Accessibility> {
    named.one_of(&Accessibility::WORDS)
}

fn automatic(map: &mut Map<'_>) -> Automatic {
    let help = say!("écrivez par exemple `{{automatic: none}}`", "write for example `{{automatic: none}}`");
    let Some(mut links) = map.map("links", LINKS, help) else { return Automatic::FirstPerFacet };
    let automatic = links.read("automatic", |named| named.one_of(&Automatic::WORDS));
    map.faults(links.finish());
    automatic.unwrap_or(Automatic::FirstPerFacet)
}

fn base(named: Named<'_>) -> Read<Base> {
    Base::new(named.written()?).map_err(|message| {
        let help = say!(
            "écrivez une adresse comme `https://exemple.org/guide/`",
            "write an address like `https://example.org/guide/`"
        );
        Box::new(named.fault(message).help(help))
    })
}

fn edit_url(named: Named<'_>) -> Read<String> {
    let text = named.written()?;
    if !text.contains("{path}") {
        let fault = named.fault(say!("`edit_url` ne contient pas `{{path}}`", "`edit_url` does not hold `{{path}}`"));
        return Err(Box::new(fault.help(say!(
            "mettez `{{path}}` là où va le chemin du fichier",
            "put `{{path}}` where the path of the file goes"
        ))));
    }
    web(named, &text.replace("{path}", "page.md"))?;
    Ok(text.to_owned())
}

/// `text` as the address of something on the web.
fn web(named: Named<'_>, text: &str) -> Read<()> {
    match Url::parse(text) {
        Ok(url) if matches!(url.scheme(), "http" | "https") && url.has_host() => Ok(()),
        _ => {
            let key = named.key;
            let message = say!(
                "`{key}` n’est pas une adresse en `http:` ou `https:`",
                "`{key}` is not an address in `http:` or `https:`"
            );
            Err(Box::new(named.fault(message).help(say!(
                "écrivez une adresse comme `https://forge.exemple.org/guide/_edit/main/{{path}}`",
                "write an address like `https://forge.example.org/guide/_edit/main/{{path}}`"
            ))))
        }
    }
}

fn contact(named: Named<'_>) -> Read<String> {
    let text = named.written()?;
    if text.strip_prefix("mailto:").is_some_and(|address| address.contains('@')) || text.starts_with("https://") {
        return Ok(text.to_owned());
    }
    let fault = named.fault(say!(
        "`{text}` n’est ni une adresse de courriel ni une adresse du web",
        "`{text}` is neither a mail nor a web address"
    ));
    let help =
        say!("écrivez `mailto:` ou `https://` devant l’adresse", "write `mailto:` or `https://` before the address");
    let bare = text.contains('@') && !text.contains([':', '/', ' ']);
    Err(Box::new(if bare {
        fault.help(help).patch(named.node.span, format!("mailto:{text}"))
    } else {
        fault.help(help)
    }))
}

/// A theme's name: that of a folder in `themes/`.
fn theme(named: Named<'_>) -> Read<String> {
    let text = named.written()?;
    if text.contains(['/', '\\']) || text.starts_with('.') {
        let fault = named.fault(say!("`{text}` n’est pas le nom d’un thème", "`{text}` is not the name of a theme"));
        return Err(Box::new(fault.help(say!(
            "écrivez le nom d’un dossier de `themes/`, sans barre oblique",
            "write the name of a folder in `themes/`, without a slash"
        ))));
    }
    Ok(text.to_owned())
}

fn logo(named: Named<'_>, sources: &Sources) -> Read<GuidePath> {
    let text = named.written()?;
    let path = GuidePath::new(text).filter(|path| sources.at(path).is_some());
    path.ok_or_else(|| {
        let message = say!("il n’y a pas de fichier `{text}`", "there is no file `{text}`");
        let fault = Diagnostic::new(Code::MissingFile, named.node.span, message);
        let near = nearest(text, sources.iter().map(|(_, file)| file.path.as_str()));
        let help = say!(
            "corrigez ce chemin, qui part du dossier de `guide.yaml`",
            "correct this path, which starts from the folder of `guide.yaml`"
        );
        Box::new(if near.is_some() { fault.nearest(near) } else { fault.help(help) })
    })
}

/// The output folder: anywhere but in or around the sources, and not among what programs keep for themselves. Beside the
/// root it may be.
fn output(named: Named<'_>) -> Read<String> {
    let text = named.written()?.replace('\\', "/");
    let absolute = text.starts_with('/') || text.as_bytes().get(1) == Some(&b':');
    let around = text.trim_end_matches('/').ends_with("..");
    let within = GuidePath::new(&text);
    let source = within.as_ref().is_some_and(|path| {
        matches!(path.as_str().split('/').next(), Some("" | "content" | "static" | "themes" | "guide.yaml"))
    });
    let first = within.as_ref().and_then(|path| path.as_str().split('/').next());
    let kept = first.is_some_and(|name| name.eq_ignore_ascii_case(".git"));
    let names = || text.trim_start().split('/').map(str::trim_end);
    let is_hidden = |name: &str| name.starts_with('.') && name != "." && name != "..";
    let hidden = names().any(|name| name == "..") && names().any(is_hidden);
    if absolute || around || source || kept || hidden {
        let message = say!("le site ne peut pas être écrit dans `{text}`", "the site cannot be written to `{text}`");
        return Err(Box::new(named.fault(message).help(say!(
            "donnez-lui un dossier à part, à côté de `guide.yaml`, comme `public`",
            "give it a folder of its own, beside `guide.yaml`, like `public`"
        ))));
    }
    Ok(text)
}

fn commented_accent<'a>(entries: &'a [Entry<'a>], sources: &Sources) -> Option<Diagnostic> {
    let entry = entry_of(entries, "accent").filter(|entry| entry.value.is_absent())?;
    accent::commented(&entry.value, sources)
}

/// Where `guide.yaml` has the value of a key; nothing where it does not give it. Reads the file again.
pub(crate) fn place(sources: &Sources, key: &'static str) -> Option<Span> {
    let file = sources.at(&GuidePath::new("guide.yaml")?)?;
    let Ok(Some(Node { value: Value::Map(entries), .. })) = parse(file, sources, 0..sources.text(file).len()) else {
        return None;
    };
    entry_of(&entries, key).map(|entry| entry.value.span)
}

fn entry_of<'a>(entries: &'a [Entry<'a>], key: &'static str) -> Option<&'a Entry<'a>> {
    let is_it = |written| Key::find(GUIDE, written) == Some(&Key::only(key));
    entries.iter().find(|entry| entry.key.as_text().is_some_and(is_it))
}
