//! `init`: a small guide that builds without a warning, to be rewritten by its authors; and, for that guide or one that
//! is there already, what an editor and a forge need. Nothing that is there is written over.

mod ci;
mod editor;
mod snippets;

use std::path::Path;

use include_dir::{Dir, include_dir};

use super::Status;
use super::arguments::{Forge, InitLanguage};
use super::console::Console;
use super::create::{Added, add};
use super::failure::Failure;
use super::numbers::counted;
use super::place::{Place, here, is_guide, is_here, quoted_path, tongue};
use super::schema::defaults;
use super::settings;
use crate::config::Config;
use crate::diagnostic::say;
use crate::language::Tongue;
use crate::path::GuidePath;
use crate::source::Sources;

static FRENCH: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/init/fr");
static ENGLISH: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/init/en");

/// What git leaves out of a guide's history.
const IGNORED: &str = "/public/";

/// What there is to begin with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Beginning {
    /// A folder without a guide.
    New,
    /// A guide.
    Guide,
}

/// Writes the small guide into `folder`, with what an editor needs, and what the forges of `ci` do. In a folder that
/// has a guide: what an editor needs, or, where forges are named, what these need alone.
pub(super) fn init(
    folder: &Path,
    (lang, ci): (Option<InitLanguage>, &[Forge]),
    console: &Console,
) -> Result<Status, Failure> {
    let target = here()?.join(folder);
    let shown = folder.display().to_string();
    if target.exists() && !target.is_dir() {
        return Err(Failure::usage(say!(
            "`{shown}` est un fichier, pas un dossier",
            "`{shown}` is a file, not a folder"
        ))
        .help(say!("choisissez un autre nom", "choose another name")));
    }
    let beginning = if is_guide(&target) { Beginning::Guide } else { Beginning::New };
    match beginning {
        Beginning::Guide => console.speak(tongue(&target)),
        Beginning::New => lang.into_iter().for_each(|lang| console.speak(lang.tongue())),
    }
    let config = match beginning {
        Beginning::New => begun(lang.map_or(Tongue::French, InitLanguage::tongue)),
        // What a forge does depends on nothing that could be wrong there.
        Beginning::Guide if !ci.is_empty() => Config::read(&Sources::settings(&target)).0,
        Beginning::Guide => match settings::read(&Place::find(Some(folder))?, console)? {
            Some((_, config)) => config,
            None => return Ok(Status::Faulty),
        },
    };
    let files = files(&config, beginning, (ci, &target))?;
    let files: Vec<(&str, &[u8])> = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice())).collect();
    let added = add(&target, &files)?;
    let told = Told { shown: &shown, target: &target, beginning, added: &added };
    console.remark(&told.text(console.tongue()));
    Ok(Status::Done)
}

/// The settings of the small guide in `tongue`.
fn begun(tongue: Tongue) -> Config {
    let settings = pages(tongue).get_file("guide.yaml").map(|file| file.contents().to_vec());
    let file = GuidePath::new("guide.yaml").zip(settings);
    if file.is_none() { defaults(tongue) } else { Config::read(&Sources::in_memory(file).0).0 }
}

fn pages(tongue: Tongue) -> &'static Dir<'static> {
    match tongue {
        Tongue::French => &FRENCH,
        Tongue::English => &ENGLISH,
    }
}

/// The files to write where they are not there, in the order of their paths.
fn files(
    config: &Config,
    beginning: Beginning,
    (ci, target): (&[Forge], &Path),
) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    let tongue = config.site.language.tongue();
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    if beginning == Beginning::New {
        collect(pages(tongue), &mut files);
    }
    if beginning == Beginning::New || ci.is_empty() {
        files.extend(editor::files(config).into_iter().map(|(path, text)| (path, text.into_bytes())));
        files.push((".gitignore".to_owned(), format!("{IGNORED}\n").into_bytes()));
    }
    let ci = ci::files(ci, target, tongue)?;
    files.extend(ci.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())));
    files.sort_unstable();
    Ok(files)
}

fn collect(folder: &'static Dir<'static>, files: &mut Vec<(String, Vec<u8>)>) {
    files.extend(
        folder.files().filter_map(|file| Some((file.path().to_str()?.replace('\\', "/"), file.contents().to_vec()))),
    );
    folder.dirs().for_each(|folder| collect(folder, files));
}

/// What there is to tell of a beginning.
struct Told<'a> {
    shown: &'a str,
    target: &'a Path,
    beginning: Beginning,
    added: &'a Added<'a>,
}

impl Told<'_> {
    fn text(&self, tongue: Tongue) -> String {
        let paragraphs = [Some(self.written(tongue)), self.left(tongue), self.forges(tongue), self.next(tongue)];
        paragraphs.into_iter().flatten().collect::<Vec<_>>().join("\n")
    }

    fn written(&self, tongue: Tongue) -> String {
        let shown = self.shown;
        let count = match tongue {
            Tongue::French => counted(self.added.written.len(), tongue, ["fichier écrit", "fichiers écrits"]),
            Tongue::English => counted(self.added.written.len(), tongue, ["file written", "files written"]),
        };
        let summary = match (tongue, self.beginning) {
            (Tongue::French, Beginning::New) => format!("{count} dans {shown}"),
            (Tongue::English, Beginning::New) => format!("{count} to {shown}"),
            (Tongue::French, Beginning::Guide) => {
                format!("Un guide est déjà là\u{a0}: ses pages et ses réglages restent comme ils sont.\n{count}")
            }
            (Tongue::English, Beginning::Guide) => {
                format!("A guide is there already: its pages and its settings stay as they are.\n{count}")
            }
        };
        match (self.beginning, self.added.written.is_empty()) {
            (Beginning::Guide, false) => format!("{summary}{}", list(&self.added.written, tongue)),
            _ => summary,
        }
    }

    /// What was there before, and what that asks of the author.
    fn left(&self, tongue: Tongue) -> Option<String> {
        if self.added.left.is_empty() {
            return None;
        }
        let list = list(&self.added.left, tongue);
        let words = match tongue {
            Tongue::French => "Déjà là, et laissés tels quels",
            Tongue::English => "There before, and left as they are",
        };
        let ignored = self.added.left.contains(&".gitignore") && !self.ignores();
        let ignore = match tongue {
            Tongue::French => {
                format!("\nAjoutez la ligne `{IGNORED}` à `.gitignore`\u{a0}: le site n’est pas une source.")
            }
            Tongue::English => format!("\nAdd the line `{IGNORED}` to `.gitignore`: the site is not a source."),
        };
        Some(format!("{words}{list}{}", if ignored { ignore.as_str() } else { "" }))
    }

    /// Whether git leaves the site out already.
    fn ignores(&self) -> bool {
        let path = self.target.join(".gitignore");
        let is_it = |line: &str| line.trim().trim_matches('/') == IGNORED.trim_matches('/');
        super::create::text(&path).is_some_and(|text| text.lines().any(is_it))
    }

    /// Forges look for their files at the root of a repository only.
    fn forges(&self, tongue: Tongue) -> Option<String> {
        let workflows: Vec<&str> = self.added.written.iter().copied().filter(|path| path.ends_with(".yml")).collect();
        if workflows.is_empty() {
            return None;
        }
        let names = workflows.iter().map(|path| format!("`{path}`")).collect::<Vec<_>>().join(", ");
        let read = match tongue {
            Tongue::French => format!(
                "S’il reste quelque chose à régler dans la forge, les premières lignes le disent\u{a0}: {names}"
            ),
            Tongue::English => {
                format!("If something is left to set in the forge, the first lines say so: {names}")
            }
        };
        if !ci::is_below_a_root(self.target) {
            return Some(read);
        }
        let list = list(&workflows, tongue);
        Some(match tongue {
            Tongue::French => format!(
                "{read}\nCe dossier est dans un dépôt sans en être la racine, seul endroit où une forge lit ceci. Déplacez-le, et faites précéder ses commandes de `cd`{list}"
            ),
            Tongue::English => format!(
                "{read}\nThis folder is in a repository without being its root, the only place where a forge reads this. Move it, and have a `cd` go before its commands{list}"
            ),
        })
    }

    /// What to do next.
    fn next(&self, tongue: Tongue) -> Option<String> {
        if self.beginning == Beginning::Guide {
            return None;
        }
        let (see, command) = match (cfg!(feature = "serve"), tongue) {
            (true, Tongue::French) => ("Pour le voir\u{a0}:", "boussole serve --open"),
            (true, Tongue::English) => ("To see it:", "boussole serve --open"),
            (false, Tongue::French) => ("Pour en faire un site\u{a0}:", "boussole"),
            (false, Tongue::English) => ("To make a site of it:", "boussole"),
        };
        let path = quoted_path(self.shown);
        Some(match (is_here(self.target), tongue) {
            (true, Tongue::French) => format!("{see} lancez `{command}`."),
            (true, Tongue::English) => format!("{see} run `{command}`."),
            (false, Tongue::French) => {
                format!("{see} allez dans ce dossier (`cd {path}`), puis lancez `{command}`.")
            }
            (false, Tongue::English) => format!("{see} go to that folder (`cd {path}`), then run `{command}`."),
        })
    }
}

/// A colon, and one line for each path.
fn list(paths: &[&str], tongue: Tongue) -> String {
    let colon = match tongue {
        Tongue::French => "\u{a0}:",
        Tongue::English => ":",
    };
    let lines = paths.iter().map(|path| format!("\n  - {path}")).collect::<String>();
    format!("{colon}{lines}")
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{Beginning, begun, files};
    use crate::language::Tongue;

    #[test]
    fn a_new_guide_has_its_configuration_a_readme_and_a_handful_of_pages() {
        for tongue in [Tongue::French, Tongue::English] {
            let files = files(&begun(tongue), Beginning::New, (&[], Path::new(""))).unwrap();
            let has = |wanted: &str| files.iter().any(|(path, _)| path == wanted);
            assert!(has("guide.yaml") && has("README.md") && has("content/index.md"));
            assert!(has(".vscode/settings.json") && has(".editorconfig") && has(".schema/page.schema.json"));
            let pages = files.iter().filter(|(path, _)| path.starts_with("content/")).count();
            assert!((10..=14).contains(&pages), "{pages} pages");
        }
    }

    #[test]
    fn what_editors_read_is_json() {
        let files = files(&begun(Tongue::French), Beginning::Guide, (&[], Path::new(""))).unwrap();
        let json = files.iter().filter(|(path, _)| path.ends_with(".json") || path.ends_with("-snippets"));
        let read = json.map(|(path, text)| (path, serde_json::from_slice::<serde_json::Value>(text).unwrap()));
        assert_eq!(read.filter(|(_, value)| value.as_object().is_some_and(|it| !it.is_empty())).count(), 6);
    }
}
