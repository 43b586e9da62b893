//! Making what is not there yet.

use std::collections::BTreeMap;

use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use super::super::product::{Earlier, MadeFile, Product};
use super::{Icons, Pictures, icons};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::guide::{Guide, Pictured};
use crate::markup::candidates::Candidate;
use crate::path::{OutputPath, Slug};
use crate::picture::{Format, Picture, Undecodable, WIDTHS, smaller};
use crate::source::{FileId, Sources};

/// How smaller pictures are made; another number makes all of them anew.
const VERSION: u32 = 1;

/// How many letters of a picture’s own name are part of those of smaller ones.
const STEM: usize = 60;

/// How many digits of a hash are part of a name.
pub(super) const DIGITS: usize = 10;

/// Makes the pictures of a guide.
pub(super) struct Maker<'a> {
    pub(super) guide: &'a Guide,
    pub(super) sources: &'a Sources,
    pub(super) earlier: Earlier<'a>,
}

/// A picture to make smaller ones of, and every file that is the same to the byte.
struct Original {
    fingerprint: String,
    picture: Picture,
    /// What the names of the files that are made begin with.
    stem: String,
    files: Vec<FileId>,
}

/// What came of an original.
type Outcome<'a> = (&'a Original, Result<Option<Product>, Undecodable>);

impl Maker<'_> {
    pub(super) fn make(&self) -> (Pictures, Vec<Diagnostic>) {
        let (originals, (icons, fault)) = rayon::join(|| self.originals(), || self.icons());
        let outcomes: Vec<Outcome<'_>> =
            originals.iter().collect::<Vec<_>>().into_par_iter().map(|one| (one, self.product(one))).collect();
        let mut faults: Vec<Diagnostic> = fault.into_iter().collect();
        let (mut candidates, mut products) = (Vec::new(), Vec::new());
        for (original, outcome) in outcomes {
            match outcome {
                Err(Undecodable) => faults.extend(original.files.iter().map(|&file| self.undecodable(file))),
                // A file that cannot be read any more is told when it is copied.
                Ok(None) => {}
                Ok(Some(product)) => {
                    let own: Vec<Candidate> = product.files.iter().filter_map(|made| candidate(&made.file)).collect();
                    candidates.extend(original.files.iter().map(|&file| (file, own.clone())));
                    products.push(product);
                }
            }
        }
        let icons = icons.map(|(icons, product)| {
            products.push(product);
            icons
        });
        (Pictures { candidates: candidates.into_iter().collect(), icons, products }, faults)
    }

    /// The pictures that are wide enough for smaller ones, those that are the same only once, in the order of their
    /// fingerprints. A file that cannot be read any more is left out: it is told when it is copied.
    fn originals(&self) -> Vec<Original> {
        let is_wide = |picture: &Picture| picture.size.is_some_and(|size| size.width > WIDTHS[0]);
        let shown = self.guide.files.pictures.iter().map(|(&file, pictured)| (file, pictured.picture));
        let wide = shown.filter(|(file, picture)| {
            picture.format != Format::Svg && is_wide(picture) && self.guide.files.pictures[file].is_on_a_page
        });
        let wide: Vec<(FileId, Picture)> = wide.collect();
        let read = |(file, picture): (FileId, Picture)| {
            let stem = Slug::of(self.sources[file].path.stem());
            let stem = stem.map_or_else(|| "image".to_owned(), |slug| slug.as_str().chars().take(STEM).collect());
            let bytes = self.sources.read(file).ok()?;
            Some((fingerprint(&format!("picture {VERSION} {stem}"), &bytes), Original::new(file, picture, stem)))
        };
        let mut by_fingerprint: BTreeMap<String, Original> = BTreeMap::new();
        for (fingerprint, original) in wide.into_par_iter().filter_map(read).collect::<Vec<_>>() {
            match by_fingerprint.get_mut(&fingerprint) {
                Some(same) => same.files.extend(original.files),
                None => drop(by_fingerprint.insert(fingerprint.clone(), Original { fingerprint, ..original })),
            }
        }
        let mut originals: Vec<Original> = by_fingerprint.into_values().collect();
        originals.iter_mut().for_each(|original| original.files.sort_unstable());
        originals
    }

    /// The smaller versions of a picture, from before or made now.
    fn product(&self, original: &Original) -> Result<Option<Product>, Undecodable> {
        let Original { fingerprint, picture, stem, files } = original;
        if let Some(product) = Product::known(self.earlier, fingerprint) {
            return Ok(Some(product));
        }
        let Some(bytes) = files.first().and_then(|&file| self.sources.read(file).ok()) else {
            return Ok(None);
        };
        let hash = &fingerprint[..DIGITS];
        let made = smaller(&bytes, *picture)?.into_iter().filter_map(|smaller| {
            let name = format!("assets/images/{stem}.{hash}-{}.{}", smaller.width, smaller.format.end());
            Some(MadeFile::new(OutputPath::new(&name)?, smaller.bytes))
        });
        Ok(Some(Product { fingerprint: fingerprint.clone(), files: made.collect() }))
    }

    /// The icons of the logo, where there is one that icons can be made of.
    fn icons(&self) -> (Option<(Icons, Product)>, Option<Diagnostic>) {
        let logo = self.guide.config.look.logo.as_ref().and_then(|logo| self.sources.at(logo));
        let pictured = logo.and_then(|logo| Some((logo, self.guide.files.pictures.get(&logo)?)));
        let Some((logo, pictured)) = pictured else { return (None, None) };
        let Ok(bytes) = self.sources.read(logo) else { return (None, None) };
        // An icon of the authors' own stands first.
        let has_own_ico = self.guide.assets.values().any(|file| file.as_str() == icons::ICO);
        match icons::make(&bytes, pictured.picture, (self.earlier, has_own_ico)) {
            Ok(made) => (Some(made), None),
            Err(Undecodable) => (None, Some(self.no_icons(logo, pictured))),
        }
    }

    fn undecodable(&self, file: FileId) -> Diagnostic {
        let name = self.sources[file].path.name();
        Diagnostic::new(
            Code::UnresizedImage,
            self.guide.files.pictures[&file].place,
            say!(
                "Boussole ne peut pas lire `{name}` jusqu’au bout\u{a0}: l’image est publiée telle quelle",
                "Boussole cannot read `{name}` to its end: the image is published as it is"
            ),
        )
        .help(say!(
            "copiez-la encore une fois, ou enregistrez-la à nouveau dans un logiciel d’images",
            "copy it once more, or save it again in an image program"
        ))
    }

    fn no_icons(&self, logo: FileId, pictured: &Pictured) -> Diagnostic {
        let name = self.sources[logo].path.name();
        Diagnostic::new(
            Code::UnresizedImage,
            pictured.place,
            say!("Boussole ne peut pas faire d’icônes de `{name}`", "Boussole cannot make icons of `{name}`"),
        )
        .help(say!(
            "enregistrez le logo à nouveau, en SVG simple ou en PNG",
            "save the logo again, as a plain SVG or as PNG"
        ))
    }
}

impl Original {
    fn new(file: FileId, picture: Picture, stem: String) -> Original {
        Original { fingerprint: String::new(), picture, stem, files: vec![file] }
    }
}

/// What says of which bytes files were made, and how.
pub(super) fn fingerprint(how: &str, bytes: &[u8]) -> String {
    let mut hasher = blake3::Hasher::new();
    hasher.update(how.as_bytes()).update(&[0]).update(bytes);
    hasher.finalize().to_hex()[..32].to_owned()
}

/// What a file's name says of the picture in it.
fn candidate(file: &OutputPath) -> Option<Candidate> {
    let (_, end) = file.as_str().rsplit_once('-')?;
    let width = end.split('.').next()?.parse().ok()?;
    Some(Candidate { file: file.clone(), width })
}
