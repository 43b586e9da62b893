//! What is in the file of a picture: how large it is, smaller ones like it, icons. Bytes in, bytes out.
//!
//! [`Picture::read`] looks at the header alone, whatever the size of the file. Only `make` and `icon`, which come with
//! the feature `images`, decode anything, and nothing that is over [`MOST_PIXELS`] or [`LONGEST_SIDE`].

mod exif;
#[cfg(feature = "images")]
mod icon;
#[cfg(feature = "images")]
mod make;
#[cfg(feature = "images")]
mod modest;
mod svg;
#[cfg(test)]
mod tests;

use std::io::{BufRead, Seek, SeekFrom};

#[cfg(feature = "images")]
pub(crate) use icon::{Drawing, as_ico};
#[cfg(feature = "images")]
pub(crate) use make::{WIDTHS, smaller};

/// The most pixels that a picture may have.
pub(crate) const MOST_PIXELS: u64 = 100_000_000;

/// The most pixels that a side of it may have.
pub(crate) const LONGEST_SIDE: u32 = 20_000;

/// The formats that are looked into.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Png,
    Jpeg,
    Gif,
    WebP,
    Svg,
}

/// Width and height in pixels, as the picture is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Size {
    pub(crate) width: u32,
    pub(crate) height: u32,
}

/// What the header of a picture says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Picture {
    /// What it is, whatever its name ends in.
    pub(crate) format: Format,
    /// Absent where a drawing fits any size.
    pub(crate) size: Option<Size>,
    /// How it is turned to be shown, as EXIF numbers it; 1 as it is.
    pub(crate) orientation: u8,
}

/// Why a file is no picture that can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// Its header cannot be read: no browser shows it.
    Broken,
    /// It would take more memory to show than anyone has to spare.
    Huge(Size),
}

/// A picture that cannot be decoded to its end, or whose drawing is not understood.
#[cfg(feature = "images")]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Undecodable;

impl Format {
    /// The format that a file of this name should have, where it is one of those that are looked into.
    pub(crate) fn of_name(name: &str) -> Option<Format> {
        let end = name.rsplit_once('.')?.1.to_ascii_lowercase();
        Some(match end.as_str() {
            "png" | "apng" => Format::Png,
            "jpg" | "jpeg" | "jpe" | "jfif" => Format::Jpeg,
            "gif" => Format::Gif,
            "webp" => Format::WebP,
            "svg" => Format::Svg,
            _ => return None,
        })
    }

    /// What the names of such files end in.
    #[cfg(feature = "images")]
    pub(crate) fn end(self) -> &'static str {
        match self {
            Format::Png => "png",
            Format::Jpeg => "jpg",
            Format::Gif => "gif",
            Format::WebP => "webp",
            Format::Svg => "svg",
        }
    }
}

impl Size {
    fn turned(self) -> Size {
        Size { width: self.height, height: self.width }
    }

    fn pixels(self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    /// Whether a picture of this size is refused.
    fn is_huge(self) -> bool {
        self.pixels() > MOST_PIXELS || self.width.max(self.height) > LONGEST_SIDE
    }

    /// The height that goes with another width.
    pub(crate) fn height_at(self, width: u32) -> u32 {
        let whole = u64::from(self.height) * u64::from(width);
        let height = (whole + u64::from(self.width) / 2) / u64::from(self.width.max(1));
        u32::try_from(height).unwrap_or(u32::MAX).max(1)
    }
}

impl Picture {
    /// What the header of the file says, which should be of the format `named`.
    pub(crate) fn read(named: Format, file: &mut (impl BufRead + Seek)) -> Result<Picture, Unfit> {
        if named == Format::Svg {
            return Ok(Picture { format: Format::Svg, size: svg::size(file), orientation: 1 });
        }
        let kind = imagesize::reader_type(&mut *file).map_err(|_| Unfit::Broken)?;
        let format = match kind {
            imagesize::ImageType::Png => Format::Png,
            imagesize::ImageType::Jpeg => Format::Jpeg,
            imagesize::ImageType::Gif => Format::Gif,
            imagesize::ImageType::Webp => Format::WebP,
            _ => return Err(Unfit::Broken),
        };
        file.seek(SeekFrom::Start(0)).map_err(|_| Unfit::Broken)?;
        let raw = imagesize::reader_size(&mut *file).map_err(|_| Unfit::Broken)?;
        let side = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let size = Size { width: side(raw.width), height: side(raw.height) };
        if size.width == 0 || size.height == 0 {
            return Err(Unfit::Broken);
        }
        if size.is_huge() {
            return Err(Unfit::Huge(size));
        }
        let orientation = if format == Format::Jpeg { exif::orientation(file).unwrap_or(1) } else { 1 };
        let size = if orientation > 4 { size.turned() } else { size };
        Ok(Picture { format, size: Some(size), orientation })
    }
}
