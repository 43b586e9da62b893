//! Icons, from the one drawing that a guide has for a logo.

use image::{DynamicImage, Rgba, RgbaImage};
use resvg::{tiny_skia, usvg};
use usvg::roxmltree::{Document, ParsingOptions};

use super::modest::{MOST_ELEMENTS, is_light, is_short};
use super::{Format, Picture, Undecodable, make};

/// A logo, ready to be drawn in any size.
pub(crate) struct Drawing(Kind);

enum Kind {
    Vector(Box<usvg::Tree>),
    Raster(DynamicImage),
}

impl Drawing {
    /// The logo that `bytes` are. What it refers to outside of itself is not looked for, and letters that are not drawn as
    /// outlines are left out: a build does not depend on the fonts of a machine.
    pub(crate) fn read(bytes: &[u8], picture: Picture) -> Result<Drawing, Undecodable> {
        if picture.format != Format::Svg {
            return make::whole(bytes, picture).map(|image| Drawing(Kind::Raster(image)));
        }
        let text = std::str::from_utf8(bytes).map_err(|_| Undecodable)?;
        let most = u32::try_from(MOST_ELEMENTS).unwrap_or(u32::MAX);
        let options = ParsingOptions { allow_dtd: true, nodes_limit: most, ..ParsingOptions::default() };
        let document = Document::parse_with_options(text, options).map_err(|_| Undecodable)?;
        if !is_short(&document) {
            return Err(Undecodable);
        }
        let alone =
            usvg::ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) };
        let options = usvg::Options { image_href_resolver: alone, ..usvg::Options::default() };
        let tree = usvg::Tree::from_xmltree(&document, &options).map_err(|_| Undecodable)?;
        if !is_light(&tree) {
            return Err(Undecodable);
        }
        Ok(Drawing(Kind::Vector(Box::new(tree))))
    }

    /// The logo as a square PNG of `side` pixels, transparent around it.
    pub(crate) fn icon(&self, side: u32) -> Result<Vec<u8>, Undecodable> {
        make::png(self.draw(side)?)
    }

    /// The same on an opaque ground, with a margin of a tenth.
    pub(crate) fn icon_on(&self, side: u32, ground: [u8; 3]) -> Result<Vec<u8>, Undecodable> {
        let [red, green, blue] = ground;
        let mut whole = RgbaImage::from_pixel(side, side, Rgba([red, green, blue, u8::MAX]));
        let margin = side / 10;
        let inner = self.draw(side - 2 * margin)?;
        image::imageops::overlay(&mut whole, &inner, i64::from(margin), i64::from(margin));
        make::png(whole)
    }

    /// The logo in the middle of a square.
    fn draw(&self, side: u32) -> Result<RgbaImage, Undecodable> {
        match &self.0 {
            Kind::Vector(tree) => draw_vector(tree, side),
            Kind::Raster(image) => {
                let fitted = make::fitted(image, side);
                let mut square = RgbaImage::new(side, side);
                let (x, y) = ((side - fitted.width()) / 2, (side - fitted.height()) / 2);
                image::imageops::overlay(&mut square, &fitted, i64::from(x), i64::from(y));
                Ok(square)
            }
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "an icon has some hundred pixels a side")]
fn draw_vector(tree: &usvg::Tree, side: u32) -> Result<RgbaImage, Undecodable> {
    let mut square = tiny_skia::Pixmap::new(side, side).ok_or(Undecodable)?;
    let (width, height, length) = (tree.size().width(), tree.size().height(), side as f32);
    let scale = length / width.max(height);
    let (x, y) = ((length - width * scale) / 2.0, (length - height * scale) / 2.0);
    let place = tiny_skia::Transform::from_scale(scale, scale).post_translate(x, y);
    resvg::render(tree, place, &mut square.as_mut());
    let straight = square.pixels().iter().flat_map(|pixel| {
        let colour = pixel.demultiply();
        [colour.red(), colour.green(), colour.blue(), colour.alpha()]
    });
    RgbaImage::from_raw(side, side, straight.collect()).ok_or(Undecodable)
}

/// A PNG of `side` pixels as `favicon.ico`.
pub(crate) fn as_ico(png: &[u8], side: u8) -> Vec<u8> {
    let length = u32::try_from(png.len()).unwrap_or(u32::MAX);
    let mut ico = Vec::with_capacity(22 + png.len());
    // One picture; its sides, no palette, one plane of 32 bits; its length, and where it begins.
    ico.extend([0, 0, 1, 0, 1, 0, side, side, 0, 0, 1, 0, 32, 0]);
    ico.extend(length.to_le_bytes());
    ico.extend(22_u32.to_le_bytes());
    ico.extend(png);
    ico
}
