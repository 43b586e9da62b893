//! The manifest: by it a folder is known as Boussole's, and in it each file with its hash.
#![expect(clippy::disallowed_methods, reason = "`output` reads and writes what is its own")]

mod files;

pub(super) use files::Files;

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::io::{self, ErrorKind, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};
use twox_hash::xxhash3_128::Hasher;

use super::{Error, Made, Stream, temporary};
use crate::path::OutputPath;
use crate::put;

/// The manifest's own name.
pub(super) const NAME: &str = ".boussole.json";
const GENERATOR: &str = "boussole";
const VERSION: u32 = 2;

/// The size in bytes over which a manifest is none of ours: that of millions of files.
const TOO_LARGE: u64 = 1 << 30;

/// The XXH3 hash of a file: enough to know one's own files by, which nobody gains from imitating.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Hash(u128);

impl From<Hasher> for Hash {
    fn from(hasher: Hasher) -> Hash {
        Hash(hasher.finish_128())
    }
}

impl Hash {
    pub(super) fn of(bytes: &[u8]) -> Hash {
        Hash(Hasher::oneshot(bytes))
    }

    /// Adds its hexadecimal digits.
    pub(super) fn put(self, out: &mut String) {
        self.0.to_be_bytes().into_iter().for_each(|byte| put::hex(out, byte));
    }

    fn from_hex(hex: &str) -> Option<Hash> {
        let (high, low) = hex.split_at_checked(16).filter(|_| hex.len() == 32)?;
        // One number of 128 bits takes three times as long as two of 64.
        let with = |number: u64, digit: u8| Some(number << 4 | u64::from(char::from(digit).to_digit(16)?));
        let half = |digits: &str| digits.bytes().try_fold(0, with);
        Some(Hash(u128::from(half(high)?) << 64 | u128::from(half(low)?)))
    }
}

/// What a build wrote, or, before it is complete, what it may have written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) complete: bool,
    /// Each file with the hash of its content, or with none while it may be old, new or absent.
    pub(super) files: Files,
    /// Which of them were made of what.
    pub(super) made: Made,
    /// What is remembered beside them.
    pub(super) history: Option<Remembered>,
    /// What all of them were made of, where the same would make the same.
    pub(super) whole: Option<Whole>,
}

/// When the guide's sources were changed last, as a later build may take it from this one: the manifest is published with
/// the site, so that sources are named by hashes only.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Remembered {
    /// A fingerprint of the state that this is true of.
    pub(crate) at: String,
    /// Dates (`2026-03-01`) by the hashes of their sources.
    pub(crate) dates: BTreeMap<String, String>,
}

/// What a site was made of in which nothing was found, as long as it lasts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Whole {
    /// A fingerprint of all sources and settings, and of the program.
    pub(crate) of: String,
    /// How many pages the guide has.
    pub(crate) pages: usize,
    /// The last day (`2026-03-01`) on which the same would be found; none where that does not depend on the day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) until: Option<String>,
}

/// The manifest as JSON.
#[derive(Serialize, Deserialize)]
struct Raw {
    generator: String,
    version: u32,
    complete: bool,
    #[serde(skip_serializing, deserialize_with = "files::read")]
    files: Files,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    made: BTreeMap<String, Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    history: Option<Remembered>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    whole: Option<Whole>,
}

impl Manifest {
    /// Writes its JSON piece by piece: a large site's is long.
    fn write_json(&self, json: &mut dyn Write) -> io::Result<()> {
        let names = |files: &Vec<OutputPath>| files.iter().map(|file| file.as_str().to_owned()).collect();
        let made = self.made.iter().map(|(fingerprint, files)| (fingerprint.clone(), names(files))).collect();
        let (history, whole) = (self.history.clone(), self.whole.clone());
        let (generator, version, complete) = (GENERATOR.to_owned(), VERSION, self.complete);
        let raw = Raw { generator, version, complete, files: Files::default(), made, history, whole };
        let head = serde_json::to_string_pretty(&raw)?;
        json.write_all(head.strip_suffix("\n}").unwrap_or(&head).as_bytes())?;
        json.write_all(b",\n  \"files\": ")?;
        self.files.write(json)?;
        json.write_all(b"\n}\n")
    }

    /// Whether `json` is it, to the byte.
    pub(super) fn is(&self, json: &[u8]) -> bool {
        let mut written = Vec::with_capacity(json.len());
        self.write_json(&mut written).is_ok() && written == json
    }

    /// Puts it in its place in `folder`, which is made where it is absent.
    pub(super) fn write(&self, folder: &Path) -> Result<(), Error> {
        let json = |file: &mut dyn Write| self.write_json(file);
        temporary::put(&folder.join(NAME), &mut Stream(&json))
    }

    /// The manifest that `json` is; `None` where it is none. Files that it cannot have named so are left out.
    fn from_json(json: &[u8]) -> Option<Manifest> {
        let raw: Raw = serde_json::from_slice(json).ok()?;
        if raw.generator != GENERATOR || raw.version != VERSION {
            return None;
        }
        let paths = |names: Vec<String>| names.iter().map(|name| OutputPath::new(name)).collect::<Option<Vec<_>>>();
        let made = raw.made.into_iter().filter_map(|(fingerprint, names)| Some((fingerprint, paths(names)?)));
        let made = made.collect();
        let mut files = raw.files;
        if raw.complete {
            files.leave_unhashed_out();
        }
        Some(Manifest { complete: raw.complete, files, made, history: raw.history, whole: raw.whole })
    }
}

/// What the last build left in a folder.
#[derive(Debug)]
pub(super) struct OnDisk {
    /// Its manifest; an empty one where there is none.
    pub(super) manifest: Manifest,
    /// The same to the byte.
    pub(super) json: Option<Vec<u8>>,
    /// Whether the build was interrupted, so that temporary files may lie about.
    pub(super) is_interrupted: bool,
}

impl OnDisk {
    /// What is in `folder`, which may be absent; refuses a folder that is neither empty nor Boussole's.
    pub(super) fn read(folder: &Path) -> Result<OnDisk, Error> {
        let Some(first) = FirstNames::of(folder).map_err(Error::at(folder))? else {
            return Ok(OnDisk::nothing());
        };
        let path = folder.join(NAME);
        // A link in the manifest's place is nothing that Boussole made.
        if let Some(entry) = fs::symlink_metadata(&path).ok().filter(Metadata::is_file) {
            let json = if entry.len() < TOO_LARGE { fs::read(&path).map_err(Error::at(&path))? } else { Vec::new() };
            let Some(manifest) = Manifest::from_json(&json) else { return Err(Error::Unreadable(path)) };
            let is_interrupted = !manifest.complete || exists(&temporary::beside(&path));
            return Ok(OnDisk { manifest, json: Some(json), is_interrupted });
        }
        match first {
            FirstNames::None => Ok(OnDisk::nothing()),
            FirstNames::OurFirstStep => Ok(OnDisk { is_interrupted: true, ..OnDisk::nothing() }),
            FirstNames::Others => Err(Error::Foreign(folder.to_owned())),
        }
    }

    fn nothing() -> OnDisk {
        OnDisk { manifest: Manifest::default(), json: None, is_interrupted: false }
    }
}

/// What a folder's listing begins with.
enum FirstNames {
    None,
    /// Only what a build leaves that is killed while it writes its first manifest.
    OurFirstStep,
    Others,
}

impl FirstNames {
    /// `None` where the folder is absent.
    fn of(folder: &Path) -> io::Result<Option<FirstNames>> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == ErrorKind::NotFound && !folder.exists() => return Ok(None),
            Err(error) => return Err(error),
        };
        let ours = temporary::beside(Path::new(NAME));
        let mut first = FirstNames::None;
        for entry in entries {
            if Path::new(&entry?.file_name()) != ours {
                return Ok(Some(FirstNames::Others));
            }
            first = FirstNames::OurFirstStep;
        }
        Ok(Some(first))
    }
}

fn exists(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok()
}
