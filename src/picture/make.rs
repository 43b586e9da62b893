//! Smaller pictures, for smaller screens.

use std::io::Cursor;
use std::sync::{Mutex, PoisonError};

use image::codecs::gif::GifDecoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType, PngDecoder, PngEncoder};
use image::codecs::webp::{WebPDecoder, WebPEncoder};
use image::imageops::FilterType as Filter;
use image::metadata::Orientation;
use image::{AnimationDecoder, DynamicImage, ImageDecoder, ImageEncoder, ImageReader, ImageResult, Limits, RgbaImage};

use super::{Format, LONGEST_SIDE, Picture, Undecodable};

/// The widths that a picture is also made in, where it is wider.
pub(crate) const WIDTHS: [u32; 3] = [480, 960, 1600];

/// The quality of JPEG: what is lost over this is not seen.
const QUALITY: u8 = 82;

/// The memory that decoding may take, in bytes: so much for each pixel, and some more for what goes with them. A colour
/// profile of a gigabyte, packed, is a small file.
const PIXEL: u64 = 10;
const MORE: u64 = 16 << 20;

/// Pictures of more pixels than this are decoded one at a time, so that many do not take the memory of as many.
const LARGE: u64 = 16_000_000;

/// Held while one of them is decoded.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// A smaller version of a picture.
#[derive(Debug)]
pub(crate) struct Smaller {
    pub(crate) width: u32,
    pub(crate) format: Format,
    pub(crate) bytes: Vec<u8>,
}

/// Pixels and what their colours mean.
struct Pixels {
    image: DynamicImage,
    /// The colour profile, where it fits the pixels as they are decoded.
    profile: Option<Vec<u8>>,
}

/// The smaller versions of the picture that `bytes` are, the smallest first. There is none of what moves, nor any that
/// would not be smaller in bytes too.
pub(crate) fn smaller(bytes: &[u8], picture: Picture) -> Result<Vec<Smaller>, Undecodable> {
    let is_wide = picture.size.is_some_and(|size| size.width > WIDTHS[0]);
    if !is_wide || picture.format == Format::Svg {
        return Ok(Vec::new());
    }
    let is_large = picture.size.is_some_and(|size| size.pixels() > LARGE);
    let _alone = is_large.then(|| ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner));
    let moves = moves(bytes, picture).map_err(|_| Undecodable)?;
    if moves {
        return Ok(Vec::new());
    }
    let pixels = decode(bytes, picture).map_err(|_| Undecodable)?;
    let mut codings = codings(bytes, picture.format, &pixels.image);
    let mut made = Vec::new();
    for pixels in resized(pixels) {
        let mut all = Vec::with_capacity(codings.len());
        for &coding in &codings {
            let coded = encode(&pixels, coding).map_err(|_| Undecodable)?;
            all.push(Smaller { width: pixels.image.width(), format: coding, bytes: coded });
        }
        let Some(best) = all.into_iter().min_by_key(|made| made.bytes.len()) else { continue };
        // A photograph that is no smaller without loss at one size is none at another: that need not be tried again.
        if best.format == Format::Jpeg {
            codings.retain(|&coding| coding == Format::Jpeg);
        }
        if best.bytes.len() < bytes.len() {
            made.push(best);
        }
    }
    Ok(made)
}

/// Whether a picture is several, shown one after the other.
fn moves(bytes: &[u8], picture: Picture) -> ImageResult<bool> {
    let file = Cursor::new(bytes);
    match picture.format {
        Format::Png => PngDecoder::with_limits(file, limits(picture))?.is_apng(),
        Format::WebP => Ok(WebPDecoder::new(file)?.has_animation()),
        Format::Gif => {
            let mut decoder = GifDecoder::new(file)?;
            decoder.set_limits(limits(picture))?;
            Ok(decoder.into_frames().take(2).filter(Result::is_ok).count() > 1)
        }
        Format::Jpeg | Format::Svg => Ok(false),
    }
}

fn limits(picture: Picture) -> Limits {
    let pixels = picture.size.map_or(0, super::Size::pixels);
    let mut limits = Limits::no_limits();
    limits.max_image_width = Some(LONGEST_SIDE);
    limits.max_image_height = Some(LONGEST_SIDE);
    limits.max_alloc = Some(pixels * PIXEL + MORE);
    limits
}

/// The picture as it is shown: turned as EXIF says, eight bits for each colour, without transparency where all is opaque.
fn decode(bytes: &[u8], picture: Picture) -> ImageResult<Pixels> {
    let format = match picture.format {
        Format::Png => image::ImageFormat::Png,
        Format::Gif => image::ImageFormat::Gif,
        Format::WebP => image::ImageFormat::WebP,
        Format::Jpeg | Format::Svg => image::ImageFormat::Jpeg,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits(picture));
    let mut decoder = reader.into_decoder()?;
    let profile = decoder.icc_profile().unwrap_or(None);
    let mut image = DynamicImage::from_decoder(decoder)?;
    if let Some(orientation) = Orientation::from_exif(picture.orientation) {
        image.apply_orientation(orientation);
    }
    let image = plain(image);
    let profile = profile.filter(|profile| fits(profile, &image));
    Ok(Pixels { image, profile })
}

fn plain(image: DynamicImage) -> DynamicImage {
    let is_opaque = |image: &RgbaImage| image.pixels().all(|pixel| pixel.0[3] == u8::MAX);
    match image {
        image if image.color().has_alpha() => {
            let image = image.into_rgba8();
            let is_opaque = is_opaque(&image);
            let image = DynamicImage::ImageRgba8(image);
            if is_opaque { DynamicImage::ImageRgb8(image.into_rgb8()) } else { image }
        }
        image if image.color().has_color() => DynamicImage::ImageRgb8(image.into_rgb8()),
        image => DynamicImage::ImageLuma8(image.into_luma8()),
    }
}

/// Whether a colour profile speaks of the colours that `image` has: decoding turns those of print into those of screens.
fn fits(profile: &[u8], image: &DynamicImage) -> bool {
    let wanted: &[u8] = if image.color().has_color() { b"RGB " } else { b"GRAY" };
    profile.get(16..20) == Some(wanted)
}

/// The formats to try: that of the picture, and WebP. What was coded with loss stays so, where nothing shines through.
fn codings(bytes: &[u8], format: Format, image: &DynamicImage) -> Vec<Format> {
    let is_opaque = !image.color().has_alpha();
    match format {
        Format::Jpeg => vec![Format::Jpeg, Format::WebP],
        Format::WebP if is_opaque && is_lossy(bytes) => vec![Format::Jpeg, Format::WebP],
        Format::WebP => vec![Format::WebP],
        // Made smaller, it has more colours than a GIF can hold.
        Format::Png | Format::Gif | Format::Svg => vec![Format::Png, Format::WebP],
    }
}

/// Whether a WebP was coded with loss.
fn is_lossy(webp: &[u8]) -> bool {
    let mut chunks = webp.get(12..).unwrap_or_default();
    while let Some((head, rest)) = chunks.split_at_checked(8) {
        if head.starts_with(b"VP8 ") {
            return true;
        }
        let size = u32::from_le_bytes([head[4], head[5], head[6], head[7]]);
        let Some(next) = usize::try_from(size).ok().and_then(|size| rest.get(size.checked_add(size & 1)?..)) else {
            return false;
        };
        chunks = next;
    }
    false
}

/// The pixels at each smaller width, the smallest first. Each is made from the next wider one.
fn resized(pixels: Pixels) -> Vec<Pixels> {
    let Pixels { image, profile } = pixels;
    let size = super::Size { width: image.width(), height: image.height() };
    let mut last = premultiplied(image);
    let mut all = Vec::new();
    for &width in WIDTHS.iter().rev().filter(|&&width| width < size.width) {
        last = last.resize_exact(width, size.height_at(width), Filter::Lanczos3);
        all.push(Pixels { image: straight(last.clone()), profile: profile.clone() });
    }
    all.reverse();
    all
}

/// With colours weighed by how opaque they are, so that those which are not seen do not bleed into their neighbours.
fn premultiplied(mut image: DynamicImage) -> DynamicImage {
    if let DynamicImage::ImageRgba8(pixels) = &mut image {
        for pixel in pixels.pixels_mut() {
            let [red, green, blue, alpha] = pixel.0;
            let weigh = |colour: u8| weighed(colour, alpha, u8::MAX);
            pixel.0 = [weigh(red), weigh(green), weigh(blue), alpha];
        }
    }
    image
}

/// The reverse.
fn straight(mut image: DynamicImage) -> DynamicImage {
    if let DynamicImage::ImageRgba8(pixels) = &mut image {
        for pixel in pixels.pixels_mut() {
            let [red, green, blue, alpha] = pixel.0;
            let weigh = |colour: u8| weighed(colour, u8::MAX, alpha.max(1));
            pixel.0 = [weigh(red), weigh(green), weigh(blue), alpha];
        }
    }
    image
}

/// `colour` times `numerator` by `denominator`, rounded.
fn weighed(colour: u8, numerator: u8, denominator: u8) -> u8 {
    let denominator = u16::from(denominator);
    let value = (u32::from(colour) * u32::from(numerator) + u32::from(denominator) / 2) / u32::from(denominator);
    u8::try_from(value).unwrap_or(u8::MAX)
}

fn encode(pixels: &Pixels, format: Format) -> ImageResult<Vec<u8>> {
    let mut bytes = Vec::new();
    match format {
        Format::Jpeg => write(pixels, JpegEncoder::new_with_quality(&mut bytes, QUALITY))?,
        Format::WebP => write(pixels, WebPEncoder::new_lossless(&mut bytes))?,
        Format::Png | Format::Gif | Format::Svg => {
            let encoder = PngEncoder::new_with_quality(&mut bytes, CompressionType::Best, FilterType::Adaptive);
            write(pixels, encoder)?;
        }
    }
    Ok(bytes)
}

fn write(pixels: &Pixels, mut encoder: impl ImageEncoder) -> ImageResult<()> {
    if let Some(profile) = &pixels.profile {
        // A format without room for it shows the colours of most screens.
        drop(encoder.set_icc_profile(profile.clone()));
    }
    let image = &pixels.image;
    encoder.write_image(image.as_bytes(), image.width(), image.height(), image.color().into())
}

/// The picture that `bytes` are, whole.
pub(super) fn whole(bytes: &[u8], picture: Picture) -> Result<DynamicImage, Undecodable> {
    decode(bytes, picture).map(|pixels| pixels.image).map_err(|_| Undecodable)
}

/// `image` made to fit a square of `side`, as tall or as wide as that.
pub(super) fn fitted(image: &DynamicImage, side: u32) -> RgbaImage {
    let (width, height) = (image.width().max(1), image.height().max(1));
    let longest = u64::from(width.max(height));
    let scaled = |length: u32| {
        let length = (u64::from(length) * u64::from(side) + longest / 2) / longest;
        u32::try_from(length).unwrap_or(side).clamp(1, side)
    };
    let resized = premultiplied(image.clone()).resize_exact(scaled(width), scaled(height), Filter::Lanczos3);
    straight(resized).into_rgba8()
}

/// `image` as PNG.
pub(super) fn png(image: RgbaImage) -> Result<Vec<u8>, Undecodable> {
    let image = DynamicImage::ImageRgba8(image);
    encode(&Pixels { image, profile: None }, Format::Png).map_err(|_| Undecodable)
}
