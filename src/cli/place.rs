//! Where a command works: the current folder, and the guide's root.
#![expect(clippy::disallowed_methods, reason = "`cli` may ask for the current folder")]

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use super::failure::Failure;
use crate::config::Config;
use crate::diagnostic::say;
use crate::language::Tongue;
use crate::path::GuidePath;
use crate::source::Sources;

/// The current folder and the guide's root, both absolute and without symbolic links.
#[derive(Clone, Debug)]
pub(super) struct Place {
    here: PathBuf,
    root: PathBuf,
    way: Way,
}

/// What leads from the current folder to the guide's files.
#[derive(Clone, Debug)]
enum Way {
    /// The current folder is in the guide: the names that lead to it from the root.
    Inside(Vec<String>),
    /// It is not: what stands before the path of a file, `/` included.
    Outside(String),
}

impl Place {
    /// The guide that `asked` names, else the nearest one around the current folder.
    pub(super) fn find(asked: Option<&Path>) -> Result<Place, Failure> {
        let here = here()?;
        let root = match asked {
            Some(folder) => named(&here, folder)?,
            None => here.ancestors().find(|folder| is_guide(folder)).ok_or_else(nowhere)?.to_owned(),
        };
        Ok(Place::new(here, root))
    }

    pub(super) fn new(here: PathBuf, root: PathBuf) -> Place {
        let way = match here.strip_prefix(&root) {
            Ok(inside) => Way::Inside(names(inside).collect()),
            Err(_) => Way::Outside(format!("{}/", relative(&here, &root))),
        };
        Place { here, root, way }
    }

    /// The guide's root.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Whether the current folder is the guide's root or in it.
    pub(super) fn is_inside(&self) -> bool {
        matches!(self.way, Way::Inside(_))
    }

    /// `path`, taken from the current folder.
    pub(super) fn resolve(&self, path: &Path) -> PathBuf {
        self.here.join(path)
    }

    /// A file of the guide as it is named from the current folder, with `/` between names.
    pub(super) fn shown(&self, path: &GuidePath) -> String {
        let inside = match &self.way {
            Way::Outside(before) => return format!("{before}{path}"),
            Way::Inside(names) => names,
        };
        let mut below = path.as_str();
        let mut shared = 0;
        for name in inside {
            let Some(rest) = below.strip_prefix(name.as_str()).and_then(|rest| rest.strip_prefix('/')) else { break };
            below = rest;
            shared += 1;
        }
        "../".repeat(inside.len() - shared) + below
    }

    /// Any file or folder as it is named from the current folder; in full where it is elsewhere.
    pub(super) fn shown_outside(&self, path: &Path) -> String {
        match path.strip_prefix(&self.here) {
            Ok(below) if !below.as_os_str().is_empty() => below.display().to_string(),
            _ => path.display().to_string(),
        }
    }
}

/// The current folder.
pub(super) fn here() -> Result<PathBuf, Failure> {
    std::env::current_dir().and_then(|folder| real(&folder)).map_err(|error| match error.kind() {
        ErrorKind::NotFound => Failure::without_means(say!(
            "le dossier où vous êtes n’existe plus",
            "the folder that you are in does not exist any more"
        ))
        .help(say!("allez dans un autre dossier, puis recommencez", "go to another folder, then start again")),
        _ => Failure::world(Path::new("."), error),
    })
}

fn named(here: &Path, folder: &Path) -> Result<PathBuf, Failure> {
    let found = real(&here.join(folder)).ok();
    if let Some(root) = found.as_deref().filter(|root| is_guide(root)) {
        return Ok(root.to_owned());
    }
    let above = found.as_deref().and_then(|found| found.ancestors().skip(1).find(|above| is_guide(above)));
    if let Some(denied) = found.as_deref().and_then(denied) {
        return Err(Failure::world(folder, denied));
    }
    let asked = folder.display();
    Err(match above {
        Some(root) => {
            let root = quoted_path(&written(here, folder, root));
            Failure::usage(say!(
                "`{asked}` n’est pas un guide, mais fait partie d’un guide",
                "`{asked}` is not a guide, but belongs to one"
            ))
            .help(say!("écrivez `--root {root}`", "write `--root {root}`"))
        }
        None if found.as_deref().is_some_and(Path::is_file) => Failure::usage(say!(
            "`{asked}` est un fichier, pas le dossier d’un guide",
            "`{asked}` is a file, not the folder of a guide"
        ))
        .help(say!(
            "donnez le dossier qui contient `guide.yaml` ou `content`",
            "give the folder that holds `guide.yaml` or `content`"
        )),
        None => {
            let new = quoted_path(&asked.to_string());
            Failure::usage(say!(
                "`{asked}` n’est pas un guide\u{a0}: il n’y a là ni `guide.yaml` ni dossier `content`",
                "`{asked}` is not a guide: it has neither `guide.yaml` nor a folder `content`"
            ))
            .help(say!(
                "pour y commencer un guide\u{a0}: `boussole init {new}`",
                "to start a guide there: `boussole init {new}`"
            ))
        }
    })
}

/// `root`, which is above `folder`, as one who wrote `folder` would write it.
fn written(here: &Path, folder: &Path, root: &Path) -> String {
    let is_root = |above: &&Path| real(&here.join(above)).is_ok_and(|above| above == root);
    let above = folder.ancestors().find(is_root).map(|above| above.display().to_string());
    let above = above.unwrap_or_else(|| relative(here, root));
    if above.is_empty() { ".".to_owned() } else { above }
}

fn nowhere() -> Failure {
    Failure::usage(say!(
        "il n’y a pas de guide ici\u{a0}: ni `guide.yaml` ni dossier `content`, ni dans ce dossier ni au-dessus",
        "there is no guide here: neither `guide.yaml` nor a folder `content`, in this folder or above it"
    ))
    .help(say!(
        "allez dans le dossier de votre guide, ou commencez-en un\u{a0}: `boussole init mon-guide`",
        "go to the folder of your guide, or start one: `boussole init my-guide`"
    ))
}

/// The language that the guide in `folder` is told about in.
pub(super) fn tongue(folder: &Path) -> Tongue {
    Config::read(&Sources::settings(folder)).0.site.language.tongue()
}

/// Whether `folder` is the current one.
pub(super) fn is_here(folder: &Path) -> bool {
    here().is_ok_and(|here| real(folder).is_ok_and(|folder| folder == here))
}

/// Whether a guide is in `folder`.
pub(super) fn is_guide(folder: &Path) -> bool {
    folder.join("guide.yaml").is_file() || folder.join("content").is_dir()
}

/// Why it cannot be said whether a guide is in `folder`.
fn denied(folder: &Path) -> Option<io::Error> {
    let mut refused = ["guide.yaml", "content"].into_iter().filter_map(|name| folder.join(name).metadata().err());
    refused.find(|error| !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory))
}

/// The folder without symbolic links, and without the prefix under which Windows takes no `/`.
fn real(folder: &Path) -> io::Result<PathBuf> {
    let real = folder.canonicalize()?;
    let plain =
        real.to_str().and_then(|text| text.strip_prefix(r"\\?\")).filter(|text| text.as_bytes().get(1) == Some(&b':'));
    Ok(plain.map(PathBuf::from).unwrap_or(real))
}

/// What leads from `here` to `there`, with `/` between names; `there` itself where nothing does.
fn relative(here: &Path, there: &Path) -> String {
    let common = here.components().zip(there.components()).take_while(|(one, other)| one == other).count();
    if common == 0 {
        return there.display().to_string();
    }
    let up = here.components().skip(common).map(|_| "..".to_owned());
    up.chain(names(&there.components().skip(common).collect::<PathBuf>())).collect::<Vec<_>>().join("/")
}

fn names(path: &Path) -> impl Iterator<Item = String> {
    path.components().map(|name| name.as_os_str().to_string_lossy().into_owned())
}

/// `text` as a shell takes it, as one word.
pub(super) fn quoted(text: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "_./,-".contains(c) || cfg!(windows) && "\\:".contains(c);
    if !text.is_empty() && text.chars().all(is_plain) {
        text.to_owned()
    } else if cfg!(windows) {
        // No path has such quotes there.
        format!("\"{text}\"")
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}

/// `path` as a shell takes it, as one word that is no option.
pub(super) fn quoted_path(path: &str) -> String {
    if path.starts_with('-') { quoted(&format!("./{path}")) } else { quoted(path) }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::{Place, quoted_path};
    use crate::path::GuidePath;

    #[cfg(not(windows))]
    #[test]
    fn what_is_typed_again_is_one_word_for_a_shell() {
        for (path, typed) in [
            ("mon-guide", "mon-guide"),
            ("../été/guide_2,v1.0", "../été/guide_2,v1.0"),
            ("mon guide", "'mon guide'"),
            ("l'été", r"'l'\''été'"),
            ("a$HOME`b`!", "'a$HOME`b`!'"),
            ("~", "'~'"),
            ("a\"b", "'a\"b'"),
            ("-tiret", "./-tiret"),
            ("-un tiret", "'./-un tiret'"),
            ("", "''"),
        ] {
            assert_eq!(quoted_path(path), typed);
        }
    }

    #[test]
    fn a_file_is_named_from_the_current_folder() {
        for (here, root, shown) in [
            ("/a/guide", "/a/guide", "content/x.md"),
            ("/a", "/a/guide", "guide/content/x.md"),
            ("/a/guide/content", "/a/guide", "x.md"),
            ("/a/guide/content/roles", "/a/guide", "../x.md"),
            ("/a/guide/cont", "/a/guide", "../content/x.md"),
            ("/b/c", "/a/guide", "../../a/guide/content/x.md"),
        ] {
            let path = GuidePath::new("content/x.md").unwrap();
            assert_eq!(Place::new(here.into(), root.into()).shown(&path), shown);
        }
    }

    #[test]
    fn a_folder_elsewhere_is_named_in_full() {
        let place = Place::new("/a/guide".into(), "/a/guide".into());
        assert_eq!(place.shown_outside(Path::new("/a/guide/public")), "public");
        assert_eq!(place.shown_outside(Path::new("/a/other")), "/a/other");
    }

    #[test]
    fn a_guide_has_a_configuration_or_content() {
        let folder = tempfile::tempdir().unwrap();
        let under = |name: &str| folder.path().join(name);
        fs::create_dir_all(under("configured")).unwrap();
        fs::write(under("configured/guide.yaml"), "title: Guide\n").unwrap();
        fs::create_dir_all(under("written/content")).unwrap();
        fs::create_dir_all(under("neither/static")).unwrap();
        assert!(Place::find(Some(&under("configured"))).is_ok());
        assert!(Place::find(Some(&under("written"))).is_ok());
        assert!(Place::find(Some(&under("neither"))).is_err());
        assert!(Place::find(Some(&under("absent"))).is_err());
    }
}
