//! The icons of a guide, all from its logo.

use rayon::prelude::{IntoParallelIterator, ParallelIterator};

use super::super::product::{Earlier, MadeFile, Product};
use super::Icons;
use super::make::{DIGITS, fingerprint};
use crate::config::LIGHT_GROUND;
use crate::path::OutputPath;
use crate::picture::{Drawing, Picture, Undecodable, as_ico};

/// How icons are made; another number makes all of them anew.
const VERSION: u32 = 1;

/// The icon that browsers look for themselves.
pub(super) const ICO: &str = "favicon.ico";

/// The side of that icon.
const ICO_SIDE: u8 = 32;

/// The side of the icon for home screens.
const TOUCH_SIDE: u32 = 180;

/// The sides of the icons for the web manifest.
const LISTED_SIDES: [u32; 2] = [192, 512];

/// One of the icons.
#[derive(Clone, Copy)]
enum Icon {
    Ico,
    Touch,
    Listed(u32),
}

/// The icons of the logo that `bytes` are, from before or made now; without `favicon.ico` where authors have their own.
pub(super) fn make(
    bytes: &[u8],
    picture: Picture,
    (earlier, has_own_ico): (Earlier<'_>, bool),
) -> Result<(Icons, Product), Undecodable> {
    let fingerprint = fingerprint(&format!("icons {VERSION} {has_own_ico} {LIGHT_GROUND}"), bytes);
    let hash = &fingerprint[..DIGITS];
    let all = [Icon::Touch].into_iter().chain(LISTED_SIDES.map(Icon::Listed));
    let all: Vec<Icon> = all.chain((!has_own_ico).then_some(Icon::Ico)).collect();
    let icons = Icons {
        ico: file(Icon::Ico, hash),
        touch: file(Icon::Touch, hash),
        listed: LISTED_SIDES.map(|side| (side, file(Icon::Listed(side), hash))).to_vec(),
    };
    if let Some(product) = Product::known(earlier, &fingerprint) {
        return Ok((icons, product));
    }
    let drawing = Drawing::read(bytes, picture)?;
    let draw = |icon: Icon| {
        let bytes = match icon {
            Icon::Ico => as_ico(&drawing.icon(ICO_SIDE.into())?, ICO_SIDE),
            Icon::Touch => drawing.icon_on(TOUCH_SIDE, LIGHT_GROUND.channels())?,
            Icon::Listed(side) => drawing.icon(side)?,
        };
        Ok(MadeFile::new(file(icon, hash), bytes))
    };
    let files = all.into_par_iter().map(draw).collect::<Result<Vec<_>, _>>()?;
    Ok((icons, Product { fingerprint, files }))
}

fn file(icon: Icon, hash: &str) -> OutputPath {
    let name = match icon {
        Icon::Ico => ICO.to_owned(),
        Icon::Touch => format!("assets/icons/touch.{hash}-{TOUCH_SIDE}.png"),
        Icon::Listed(side) => format!("assets/icons/icon.{hash}-{side}.png"),
    };
    OutputPath::new(&name).expect("the names of icons are plain")
}
