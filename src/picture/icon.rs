//! Icons, from the one drawing that a guide has for a logo.

use std::collections::HashMap;

use image::{DynamicImage, Rgba, RgbaImage};
use resvg::{tiny_skia, usvg};
use usvg::roxmltree::{Document, Node, ParsingOptions};

use super::{Format, Picture, Undecodable, make};

/// The most elements that a drawing may have, those counted again that it uses again.
const MOST_ELEMENTS: u64 = 100_000;

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
        if elements(&document) > MOST_ELEMENTS {
            return Err(Undecodable);
        }
        let alone =
            usvg::ImageHrefResolver { resolve_data: Box::new(|_, _, _| None), resolve_string: Box::new(|_, _| None) };
        let options = usvg::Options { image_href_resolver: alone, ..usvg::Options::default() };
        let tree = usvg::Tree::from_xmltree(&document, &options).map_err(|_| Undecodable)?;
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

/// How many elements a drawing has when what it uses again is counted again: a few that use one another can be billions.
fn elements(document: &Document<'_>) -> u64 {
    let named = document.descendants().filter_map(|node| Some((node.attribute("id")?, node)));
    let mut count = Count { named: named.collect(), known: HashMap::new(), depth: 0 };
    count.below(document.root())
}

/// The deepest that elements may stand in, or use, one another.
const DEEPEST: usize = 200;

struct Count<'a, 'input> {
    named: HashMap<&'a str, Node<'a, 'input>>,
    /// What is known of elements that were counted.
    known: HashMap<usvg::roxmltree::NodeId, u64>,
    depth: usize,
}

impl<'a, 'input> Count<'a, 'input> {
    /// An element and all below it; too many where it uses itself.
    fn below(&mut self, node: Node<'a, 'input>) -> u64 {
        if let Some(&known) = self.known.get(&node.id()) {
            return known;
        }
        if self.depth > DEEPEST {
            return u64::MAX;
        }
        self.depth += 1;
        let mut all: u64 = 1;
        for child in node.children().filter(Node::is_element) {
            all = all.saturating_add(self.below(child));
        }
        let used = node.attributes().filter_map(|attribute| used(attribute.name(), attribute.value()));
        let used: Vec<_> = used.filter_map(|id| self.named.get(id).copied()).collect();
        for other in used {
            all = all.saturating_add(self.below(other));
        }
        self.depth -= 1;
        self.known.insert(node.id(), all);
        all
    }
}

/// The id of what an attribute has drawn again: a copy, a pattern, a mask.
fn used<'a>(name: &str, value: &'a str) -> Option<&'a str> {
    match name {
        "href" => value.strip_prefix('#'),
        _ => Some(
            value
                .split_once("url(")?
                .1
                .trim_start_matches(['\'', '"'])
                .strip_prefix('#')?
                .split(['\'', '"', ')'])
                .next()?,
        ),
    }
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
