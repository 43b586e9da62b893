//! `schema`: JSON Schemas of what authors write in YAML, for editors and other tools.
#![expect(
    clippy::disallowed_methods,
    reason = "`output` writes the site; schemas stand among the sources, where only other schemas are replaced"
)]

use std::fs;
use std::path::Path;

use super::Status;
use super::console::Console;
use super::failure::Failure;
use super::new;
use super::numbers::counted;
use super::place;
use super::settings;
use crate::config::Config;
use crate::diagnostic::say;
use crate::language::Tongue;
use crate::output;
use crate::path::GuidePath;
use crate::schema::{self, SchemaFile};
use crate::source::Sources;

/// What `guide.yaml` is called on the command line, beside its own name.
const SETTINGS: [&str; 2] = ["guide.yaml", "config"];

/// Prints the schema that `what` names: that of `guide.yaml`, of a kind, or of any page; or writes all of them, or that
/// one, into the folder `output`.
pub(super) fn schema(
    what: Option<&str>,
    output: Option<&Path>,
    (root, console): (Option<&Path>, &Console),
) -> Result<Status, Failure> {
    let Some(config) = config(root, console)? else { return Ok(Status::Faulty) };
    let Some(folder) = output else {
        console.print(schema::text(&one(what, &config, console.tongue())?.schema).as_bytes())?;
        return Ok(Status::Done);
    };
    let files = match what {
        Some(_) => vec![one(what, &config, console.tongue())?],
        None => schema::files(&config),
    };
    let shown = folder.display().to_string();
    let changed = write(&place::here()?.join(folder), &files)?;
    let tongue = console.tongue();
    let all = files.len();
    console.remark(&match tongue {
        Tongue::French => {
            let changed = counted(changed, tongue, ["changé", "changés"]);
            format!("{} dans {shown}, dont {changed}", counted(all, tongue, ["schéma", "schémas"]))
        }
        Tongue::English => {
            format!("{} in {shown}, {changed} of them changed", counted(all, tongue, ["schema", "schemas"]))
        }
    });
    Ok(Status::Done)
}

/// The settings of the guide around the current folder; those of a new one where there is none. `None` where they have
/// errors, which are then shown.
fn config(root: Option<&Path>, console: &Console) -> Result<Option<Config>, Failure> {
    let place = match super::find(root, console) {
        Err(_) if root.is_none() => return Ok(Some(defaults(console.tongue()))),
        place => place?,
    };
    Ok(settings::read(&place, console)?.map(|(_, config)| config))
}

/// The settings of a guide in the language of `tongue` that has none of its own.
pub(super) fn defaults(tongue: Tongue) -> Config {
    let text = format!("lang: {}\n", tongue.tag()).into_bytes();
    let file = GuidePath::new("guide.yaml").map(|path| (path, text));
    Config::read(&Sources::in_memory(file).0).0
}

fn one(what: Option<&str>, config: &Config, tongue: Tongue) -> Result<SchemaFile, Failure> {
    let file = |path: String, schema| SchemaFile { path, schema };
    match what {
        None => Ok(file(schema::PAGE_FILE.to_owned(), schema::page(config, None))),
        Some(name) if SETTINGS.contains(&name) => Ok(file(schema::SETTINGS_FILE.to_owned(), schema::settings(config))),
        Some(name) => {
            let kind = config.kinds.named(name).ok_or_else(|| new::unknown(name, config, tongue))?;
            Ok(file(schema::kind_file(&config.kinds[kind]), schema::page(config, Some(kind))))
        }
    }
}

/// Writes the files that are not there as they should be, and counts them. What is no schema is left, and stops all.
fn write(folder: &Path, files: &[SchemaFile]) -> Result<usize, Failure> {
    let mut changed = Vec::new();
    for file in files {
        let path = folder.join(&file.path);
        let text = schema::text(&file.schema);
        match fs::read_to_string(&path) {
            Ok(there) if there == text => {}
            Ok(there) if !schema::is_one(&there) => return Err(foreign(&file.path)),
            Err(_) if path.symlink_metadata().is_ok() => return Err(foreign(&file.path)),
            _ => changed.push((path, text)),
        }
    }
    for (path, text) in &changed {
        output::replace(path, text.as_bytes())?;
    }
    Ok(changed.len())
}

fn foreign(path: &str) -> Failure {
    Failure::usage(say!(
        "`{path}` n’est pas un schéma que Boussole a écrit",
        "`{path}` is not a schema that Boussole wrote"
    ))
    .help(say!(
        "rien n’a été écrit\u{a0}; déplacez ce qui est là, ou choisissez un autre dossier",
        "nothing was written; move what is there, or choose another folder"
    ))
}
