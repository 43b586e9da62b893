//! What has a forge check and publish a guide: one file for each, with this version of Boussole.
#![expect(clippy::disallowed_methods, reason = "`.git` is not of the guide, and so not among its sources")]

use std::fs;
use std::path::Path;

use crate::cli::arguments::Forge;
use crate::cli::failure::Failure;
use crate::diagnostic::say;
use crate::language::Tongue;

/// The files that `asked` forges need, by their paths, each once.
pub(super) fn files(asked: &[Forge], folder: &Path, tongue: Tongue) -> Result<Vec<(&'static str, String)>, Failure> {
    let mut forges = Vec::new();
    for forge in asked {
        forges.push(match forge {
            Forge::Auto => origin(folder).ok_or_else(unknown)?,
            forge => *forge,
        });
    }
    forges.sort_unstable();
    forges.dedup();
    Ok(forges.into_iter().map(|forge| (path(forge), text(forge, tongue))).collect())
}

fn path(forge: Forge) -> &'static str {
    match forge {
        Forge::Gitlab => ".gitlab-ci.yml",
        Forge::Forgejo => ".forgejo/workflows/guide.yml",
        Forge::Github | Forge::Auto => ".github/workflows/guide.yml",
    }
}

fn text(forge: Forge, tongue: Tongue) -> String {
    let text = match (forge, tongue) {
        (Forge::Gitlab, Tongue::French) => include_str!("ci/fr/gitlab.yml"),
        (Forge::Gitlab, Tongue::English) => include_str!("ci/en/gitlab.yml"),
        (Forge::Forgejo, Tongue::French) => include_str!("ci/fr/forgejo.yml"),
        (Forge::Forgejo, Tongue::English) => include_str!("ci/en/forgejo.yml"),
        (_, Tongue::French) => include_str!("ci/fr/github.yml"),
        (_, Tongue::English) => include_str!("ci/en/github.yml"),
    };
    text.replace("{{version}}", env!("CARGO_PKG_VERSION")).replace("{{rust}}", env!("CARGO_PKG_RUST_VERSION"))
}

/// Whether `folder` is inside a repository, but is not its root, where forges look for these files.
pub(super) fn is_below_a_root(folder: &Path) -> bool {
    !is_root(folder) && folder.ancestors().skip(1).any(is_root)
}

fn is_root(folder: &Path) -> bool {
    folder.join(".git").exists()
}

/// The forge that the repository around `folder` was cloned from.
fn origin(folder: &Path) -> Option<Forge> {
    let root = folder.ancestors().find(|folder| is_root(folder))?;
    forge_of(&remote(&fs::read_to_string(root.join(".git/config")).ok()?)?)
}

/// The address of `origin`, else of the first other one, in what git keeps of a repository.
fn remote(config: &str) -> Option<String> {
    let (mut section, mut found) = ("", None);
    for line in config.lines().map(str::trim) {
        match line.split_once('=').map(|(key, value)| (key.trim(), value.trim())) {
            Some(("url", url)) if section == "[remote \"origin\"]" => return Some(url.to_owned()),
            Some(("url", url)) if section.starts_with("[remote ") && found.is_none() => found = Some(url.to_owned()),
            _ if line.starts_with('[') => section = line,
            _ => {}
        }
    }
    found
}

/// The forge that answers at an address, as far as its name tells.
fn forge_of(address: &str) -> Option<Forge> {
    let host = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = host.split('/').next().and_then(|host| host.rsplit('@').next()).unwrap_or_default();
    let host = host.split(':').next().unwrap_or_default().to_ascii_lowercase();
    let named = |word: &str| host.split('.').any(|part| part == word);
    match () {
        () if named("github") => Some(Forge::Github),
        () if named("gitlab") || host == "framagit.org" => Some(Forge::Gitlab),
        () if named("codeberg") || named("forgejo") => Some(Forge::Forgejo),
        () => None,
    }
}

fn unknown() -> Failure {
    Failure::usage(say!(
        "le dossier ne dit pas de quelle forge il vient",
        "the folder does not say which forge it comes from"
    ))
    .help(say!(
        "nommez-la\u{a0}: `--ci github`, `--ci gitlab` ou `--ci forgejo`",
        "name it: `--ci github`, `--ci gitlab` or `--ci forgejo`"
    ))
}

#[cfg(test)]
mod tests {
    use super::{forge_of, path, remote, text};
    use crate::cli::arguments::Forge;
    use crate::language::Tongue;

    #[test]
    fn a_forge_is_known_by_its_address() {
        for (address, forge) in [
            ("git@github.com:a/b.git", Some(Forge::Github)),
            ("https://github.com/a/b", Some(Forge::Github)),
            ("https://moi:clef@gitlab.com/a/b.git", Some(Forge::Gitlab)),
            ("ssh://git@gitlab.exemple.org:22/a/b.git", Some(Forge::Gitlab)),
            ("https://framagit.org/a/b.git", Some(Forge::Gitlab)),
            ("https://Codeberg.org/a/b.git", Some(Forge::Forgejo)),
            ("ssh://git@forgejo.exemple.org/a/b.git", Some(Forge::Forgejo)),
            ("https://exemple.org/github/b.git", None),
            ("../ailleurs", None),
            ("", None),
        ] {
            assert_eq!(forge_of(address), forge, "{address}");
        }
    }

    #[test]
    fn the_remote_called_origin_counts_first() {
        let other = "[core]\n\turl = no\n[remote \"other\"]\n\turl = https://gitlab.com/a/b\n";
        assert_eq!(remote(other).as_deref(), Some("https://gitlab.com/a/b"));
        let both = format!("{other}[remote \"origin\"]\r\n\turl = https://github.com/a/b\r\n");
        assert_eq!(remote(&both).as_deref(), Some("https://github.com/a/b"));
        assert_eq!(remote("[core]\n"), None);
    }

    /// What differs between languages is what people read.
    #[test]
    fn both_languages_have_forges_do_the_same() {
        for forge in [Forge::Github, Forge::Gitlab, Forge::Forgejo] {
            let deeds = |tongue| {
                let text = text(forge, tongue);
                let lines = text.lines().filter(|line| !line.trim_start().starts_with('#'));
                let lines = lines.map(|line| line.split_once("name: ").map_or(line, |(before, _)| before).to_owned());
                lines.collect::<Vec<String>>()
            };
            assert_eq!(deeds(Tongue::French), deeds(Tongue::English), "{}", path(forge));
            assert!(!text(forge, Tongue::French).replace("${{", "").contains("{{"), "{}", path(forge));
        }
    }
}
