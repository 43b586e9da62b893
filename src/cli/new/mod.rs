//! `new`: a page of some kind, where its like are, with its facets in place; without a kind, which ones there are.

mod kinds;
pub(super) mod page;

use std::collections::BTreeMap;

use page::Examples;

use super::Status;
use super::clock;
use super::console::Console;
use super::create::create;
use super::failure::Failure;
use super::place::{Place, quoted};
use super::settings;
use crate::config::{Builtin, Config, KindId};
use crate::diagnostic::say;
use crate::language::Tongue;
use crate::name;
use crate::path::{GuidePath, Slug};
use crate::source::{FileId, Reserved, Role, Sources};
use crate::syntax::front_matter;

/// Writes a page of the kind named `kind`, titled `title`.
pub(super) fn new(kind: &str, title: &str, place: &Place, console: &Console) -> Result<Status, Failure> {
    let Some((sources, config)) = settings::read(place, console)? else { return Ok(Status::Faulty) };
    let kind = config.kinds.named(kind).ok_or_else(|| unknown(kind, &config, console.tongue()))?;
    let title = title.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        return Err(untitled(config.kinds[kind].spelled(console.tongue())));
    }
    let slug = Slug::of(&title).and_then(short).ok_or_else(|| nameless(&title))?;
    if Reserved::of(slug.as_str()).is_some() {
        return Err(reserved(&slug));
    }
    let folder = home_of(kind, &sources, &config);
    let path = free(&file(&folder, kind, &slug, &config), &folder, &slug, &sources)?;
    let page = |of: Option<KindId>| first_of(of, &sources, &config);
    let text = page::text(&config, kind, &title, &Examples { today: clock::date(None)?, page: &page });
    create(place.root(), &[(path.as_str(), text.as_bytes())])?;
    let shown = place.shown(&path);
    console.remark(&match console.tongue() {
        Tongue::French => format!("Nouvelle page\u{a0}: {shown}"),
        Tongue::English => format!("New page: {shown}"),
    });
    Ok(Status::Done)
}

/// Says which kinds of pages the guide has, each with what it is for and where its pages go.
pub(super) fn list(place: &Place, console: &Console) -> Result<Status, Failure> {
    let Some((sources, config)) = settings::read(place, console)? else { return Ok(Status::Faulty) };
    let rows: Vec<(KindId, String)> =
        config.kinds.iter().map(|(kind, _)| (kind, home_of(kind, &sources, &config))).collect();
    console.tell(&kinds::text(&config, &rows, console.tongue()));
    Ok(Status::Done)
}

fn untitled(kind: &str) -> Failure {
    let kind = quoted(kind);
    Failure::usage(say!("il manque le titre de la page", "the title of the page is missing"))
        .help(say!("écrivez `boussole new {kind} \"Le titre\"`", "write `boussole new {kind} \"The title\"`"))
}

/// The failure of a kind that the guide does not have.
pub(in crate::cli) fn unknown(kind: &str, config: &Config, tongue: Tongue) -> Failure {
    let names: Vec<&str> = config.kinds.iter().map(|(_, kind)| kind.spelled(tongue)).collect();
    let all = names.join("`, `");
    let help = match name::nearest(kind, names.iter().copied()) {
        Some(near) => say!(
            "vouliez-vous dire `{near}`\u{202f}? Les genres de ce guide sont `{all}`",
            "did you mean `{near}`? The kinds of this guide are `{all}`"
        ),
        None => say!("les genres de ce guide sont `{all}`", "the kinds of this guide are `{all}`"),
    };
    Failure::usage(say!("le genre `{kind}` n’existe pas", "there is no kind `{kind}`")).help(help)
}

fn nameless(title: &str) -> Failure {
    Failure::usage(say!(
        "le titre `{title}` n’a ni lettre ni chiffre",
        "the title `{title}` has neither letter nor digit"
    ))
    .help(say!("donnez un titre dont on puisse faire un nom de fichier", "give a title that can make a file name"))
}

fn reserved(slug: &Slug) -> Failure {
    let name = slug.as_str();
    Failure::usage(say!(
        "ce titre donnerait le nom `{name}`, que Windows garde pour lui-même",
        "this title would give the name `{name}`, which Windows keeps for itself"
    ))
    .help(say!(
        "ajoutez un mot au titre\u{a0}; dans la page, vous pourrez ensuite écrire le titre que vous voulez",
        "add a word to the title; in the page, you can then write the title that you want"
    ))
}

/// As many words at the start of `slug` as make a name of a length that every system, and every archive, can hold.
fn short(slug: Slug) -> Option<Slug> {
    let Some((start, rest)) = slug.as_str().split_at_checked(LONGEST).filter(|(_, rest)| !rest.is_empty()) else {
        return Some(slug);
    };
    let words = if rest.starts_with('-') { Some(start) } else { start.rsplit_once('-').map(|(words, _)| words) };
    Slug::exact(words.unwrap_or(start))
}

/// The folder where most pages of the kind are; where there is none, one named after the kind.
fn home_of(kind: KindId, sources: &Sources, config: &Config) -> String {
    let mut folders: BTreeMap<String, usize> = BTreeMap::new();
    for (file, path) in pages(sources) {
        if kind_of(file, sources, config) == Some(kind) {
            *folders.entry(folder_of(path)).or_default() += 1;
        }
    }
    let most = folders.into_iter().rev().max_by_key(|(_, pages)| *pages);
    most.map_or_else(|| default_home(kind, config), |(folder, _)| folder)
}

fn default_home(kind: KindId, config: &Config) -> String {
    let kind = &config.kinds[kind];
    if matches!(kind.builtin, Some(Builtin::Page | Builtin::Section)) {
        return CONTENT.to_owned();
    }
    let slug = Slug::of(&kind.plural).or_else(|| Slug::of(&kind.name)).and_then(short);
    slug.filter(|slug| Reserved::of(slug.as_str()).is_none())
        .map_or_else(|| CONTENT.to_owned(), |slug| format!("{CONTENT}/{}", slug.as_str()))
}

/// The first page of a kind, or of any, as front matter names it: by its path, which no other page has.
fn first_of(kind: Option<KindId>, sources: &Sources, config: &Config) -> Option<String> {
    let is_one = |file| kind_of(file, sources, config).is_some_and(|own| kind.is_none_or(|kind| kind == own));
    let found = pages(sources).find(|(file, _)| is_one(*file));
    found.and_then(|(_, path)| path.below(CONTENT)).map(str::to_owned)
}

fn pages(sources: &Sources) -> impl Iterator<Item = (FileId, &GuidePath)> {
    sources.iter().filter(|(_, file)| file.role == Role::Page).map(|(id, file)| (id, &file.path))
}

/// The kind of a page, where the file is one and not a facet of another.
fn kind_of(file: FileId, sources: &Sources, config: &Config) -> Option<KindId> {
    let front_matter = front_matter::parse(file, sources, config).front_matter;
    if front_matter.facet.is_some() {
        return None;
    }
    let default = if is_index(&sources[file].path) { Builtin::Section } else { Builtin::Page };
    Some(front_matter.kind.unwrap_or_else(|| config.kinds.builtin(default)))
}

/// The folder in which a page stands among its siblings: a section's front page stands beside the section's folder.
fn folder_of(path: &GuidePath) -> String {
    let parent = path.parent().filter(|parent| !parent.as_str().is_empty());
    let Some(parent) = parent else { return CONTENT.to_owned() };
    let above = parent.parent().filter(|above| is_index(path) && !above.as_str().is_empty());
    above.unwrap_or(parent).as_str().to_owned()
}

fn is_index(path: &GuidePath) -> bool {
    path.name() == INDEX
}

/// The file of a page: for a section, the front page of a folder.
fn file(folder: &str, kind: KindId, slug: &Slug, config: &Config) -> String {
    let slug = slug.as_str();
    match config.kinds[kind].builtin {
        Some(Builtin::Section) => format!("{folder}/{slug}/{INDEX}"),
        // A file called `index.md` would be the front page of its folder.
        _ if slug == "index" => format!("{folder}/page-index.md"),
        _ => format!("{folder}/{slug}.md"),
    }
}

/// The path spelled `file`, unless a page of that name is there, as a file or as a folder.
fn free(file: &str, folder: &str, slug: &Slug, sources: &Sources) -> Result<GuidePath, Failure> {
    let slug = slug.as_str();
    let mut spellings = vec![file.to_owned(), format!("{folder}/{slug}/{INDEX}")];
    // A page called “Index” is not the front page of its folder.
    if slug != "index" {
        spellings.push(format!("{folder}/{slug}.md"));
    }
    let there = spellings.iter().filter_map(|path| GuidePath::new(path)).find(|path| sources.at(path).is_some());
    if let Some(path) = there {
        return Err(Failure::usage(say!("la page `{path}` existe déjà", "the page `{path}` exists already")).help(
            say!("choisissez un autre titre, ou complétez cette page", "choose another title, or complete that page"),
        ));
    }
    GuidePath::new(file).ok_or_else(|| nameless(slug))
}

const CONTENT: &str = "content";
const INDEX: &str = "index.md";
/// How many characters a page's file name has at most, before `.md`.
const LONGEST: usize = 80 - ".md".len();

#[cfg(test)]
mod tests {
    use super::short;
    use crate::path::Slug;

    #[test]
    fn a_long_title_makes_a_name_of_whole_words() {
        let letters = |many| "a".repeat(many);
        for (title, name) in [
            (letters(77), letters(77)),
            (letters(78), letters(77)),
            (format!("b {}", letters(75)), format!("b-{}", letters(75))),
            (format!("b {}", letters(76)), "b".to_owned()),
            (format!("{} b", letters(77)), letters(77)),
            (format!("{} b", letters(76)), letters(76)),
            ("mot ".repeat(100), format!("{}mot", "mot-".repeat(18))),
        ] {
            let slug = Slug::of(&title).and_then(short).unwrap();
            assert_eq!(slug.as_str(), name, "{title}");
        }
    }
}
