//! Pictures made here, and read back.

use std::io::Cursor;

use super::{Format, Picture, Size, Unfit};

/// The first bytes of a GIF of that size.
fn gif_head(width: u16, height: u16) -> Vec<u8> {
    [&b"GIF89a"[..], &width.to_le_bytes(), &height.to_le_bytes(), b"\0\0\0;      "].concat()
}

fn read(named: Format, bytes: &[u8]) -> Result<Picture, Unfit> {
    Picture::read(named, &mut Cursor::new(bytes))
}

fn drawing(text: &str) -> Option<(u32, u32)> {
    let picture = read(Format::Svg, text.as_bytes()).unwrap();
    picture.size.map(|Size { width, height }| (width, height))
}

#[test]
fn a_name_says_of_what_format_a_file_should_be() {
    assert_eq!(Format::of_name("photo.JPG"), Some(Format::Jpeg));
    assert_eq!(Format::of_name("a.b.webp"), Some(Format::WebP));
    assert_eq!(Format::of_name("photo"), None);
    assert_eq!(Format::of_name("plan.pdf"), None);
}

#[test]
fn what_no_browser_shows_is_broken() {
    for bytes in
        [&b""[..], b"une image", b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8 ", b"%PDF-1.7"]
    {
        assert_eq!(read(Format::Png, bytes), Err(Unfit::Broken), "{bytes:?}");
    }
    assert_eq!(read(Format::Gif, &gif_head(0, 10)), Err(Unfit::Broken));
    // What it is counts, not what it is called.
    assert_eq!(read(Format::Png, &gif_head(3, 2)).map(|picture| picture.format), Ok(Format::Gif));
}

#[test]
fn what_is_too_large_is_refused_by_its_header() {
    let huge = |width, height| read(Format::Gif, &gif_head(width, height));
    assert!(huge(10_000, 10_000).is_ok());
    assert!(huge(20_000, 5_000).is_ok());
    assert_eq!(huge(10_001, 10_000), Err(Unfit::Huge(Size { width: 10_001, height: 10_000 })));
    assert!(matches!(huge(20_001, 1), Err(Unfit::Huge(_))));
    assert!(matches!(huge(1, 20_001), Err(Unfit::Huge(_))));
}

#[test]
fn a_drawing_says_its_size_in_its_first_tag() {
    assert_eq!(drawing("<svg width=\"120\" height='80px' viewBox=\"0 0 1 1\">"), Some((120, 80)));
    assert_eq!(drawing("<svg viewBox=\"0 0 640.4 -400\"/>"), None);
    assert_eq!(drawing("<svg viewBox=\" 0,0, 640.4 400 \"/>"), Some((640, 400)));
    assert_eq!(drawing("<svg width=\"320\" viewBox=\"0 0 640 400\">"), Some((320, 200)));
    assert_eq!(drawing("<svg height=\"200\" viewBox=\"0 0 640 400\">"), Some((320, 200)));
    assert_eq!(drawing("<svg width=\"100%\" height=\"100%\" viewBox=\"0 0 640 400\">"), Some((640, 400)));
    assert_eq!(drawing("<svg width=\"25.4mm\" height=\"1in\">"), Some((96, 96)));
    assert_eq!(drawing("<svg xmlns=\"http://www.w3.org/2000/svg\">"), None);
    assert_eq!(drawing("<svg width=\"1e999\" height=\"-3\">"), None);
    assert_eq!(drawing("<svg width=\"120\""), None);
    assert_eq!(drawing("<html width=\"1\" height=\"1\">"), None);
    assert_eq!(drawing(""), None);
    let prolog = "\u{feff}<?xml version=\"1.0\"?>\n<!-- <svg width=\"1\" height=\"1\"> -->\n<!DOCTYPE svg [<!ENTITY a \"b\">]>\n";
    assert_eq!(drawing(&format!("{prolog}<svg title=\"a > b\" width = \"12\" height=\"8\">")), Some((12, 8)));
}

/// A JPEG's header with this orientation in its EXIF, in one order of bytes or the other.
fn turned_jpeg(orientation: u8, is_little: bool) -> Vec<u8> {
    let short = |value: u16| if is_little { value.to_le_bytes() } else { value.to_be_bytes() };
    let long = |value: u32| if is_little { value.to_le_bytes() } else { value.to_be_bytes() };
    let mut tiff = if is_little { b"II".to_vec() } else { b"MM".to_vec() };
    tiff.extend(short(42));
    tiff.extend(long(8));
    tiff.extend(short(1));
    tiff.extend(short(0x0112));
    tiff.extend(short(3));
    tiff.extend(long(1));
    tiff.extend(short(orientation.into()));
    tiff.extend(short(0));
    let exif = [b"Exif\0\0", tiff.as_slice()].concat();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    // A frame of 30 by 20.
    let frame = [0xff, 0xc0, 0, 11, 8, 0, 20, 0, 30, 1, 1, 0x11, 0];
    [&[0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xe1][..], &length, &exif, &frame].concat()
}

#[test]
fn a_photograph_is_as_large_as_it_is_shown() {
    for is_little in [true, false] {
        for orientation in 0..=9 {
            let picture = read(Format::Jpeg, &turned_jpeg(orientation, is_little)).unwrap();
            let is_turned = (5..=8).contains(&orientation);
            let size = if is_turned { Size { width: 20, height: 30 } } else { Size { width: 30, height: 20 } };
            assert_eq!((picture.size, picture.format), (Some(size), Format::Jpeg), "{orientation}");
            assert_eq!(picture.orientation, if (1..=8).contains(&orientation) { orientation } else { 1 });
        }
    }
    // Cut off anywhere, it is read or broken, and nothing else.
    let whole = turned_jpeg(6, true);
    for end in 0..whole.len() {
        let cut = read(Format::Jpeg, &whole[..end]);
        assert!(cut.is_err() || cut.is_ok_and(|picture| picture.size.is_some()));
    }
}

#[cfg(feature = "images")]
mod made {
    use image::codecs::gif::GifEncoder;
    use image::{DynamicImage, ExtendedColorType, Frame, ImageEncoder, Rgb, RgbImage, Rgba, RgbaImage};

    use super::super::{Drawing, Undecodable, as_ico, smaller};
    use super::{Cursor, Format, Picture, gif_head, read, turned_jpeg};

    fn encoded(image: &DynamicImage, format: image::ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        image.write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    /// What looks like a photograph to an encoder.
    fn photo(width: u32, height: u32) -> DynamicImage {
        let noise = |x: u32, y: u32| u8::try_from((x * 31 + y * 17 + x * y) % 97).unwrap();
        let pixel = |x: u32, y: u32| Rgb([noise(x, y), u8::try_from(x * 255 / width).unwrap(), noise(y, x) / 2]);
        DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, pixel))
    }

    /// The widths and formats of what is made.
    fn made(named: Format, bytes: &[u8]) -> Vec<(u32, Format)> {
        let picture = read(named, bytes).unwrap();
        let made = smaller(bytes, picture).unwrap();
        for one in &made {
            assert!(one.bytes.len() < bytes.len());
            let read = read(one.format, &one.bytes).unwrap();
            let (size, whole) = (read.size.unwrap(), picture.size.unwrap());
            assert_eq!((size.width, size.height, read.format), (one.width, whole.height_at(one.width), one.format));
        }
        made.iter().map(|one| (one.width, one.format)).collect()
    }

    #[test]
    fn a_photograph_is_made_smaller_down_to_small_screens() {
        let jpeg = encoded(&photo(1700, 300), image::ImageFormat::Jpeg);
        assert_eq!(made(Format::Jpeg, &jpeg), [480, 960, 1600].map(|width| (width, Format::Jpeg)));
        assert_eq!(made(Format::Jpeg, &encoded(&photo(480, 100), image::ImageFormat::Jpeg)), []);
        let webp = encoded(&photo(600, 80), image::ImageFormat::WebP);
        assert_eq!(made(Format::WebP, &webp), [(480, Format::WebP)]);
    }

    #[test]
    fn what_is_flat_or_clear_keeps_its_edges() {
        let clear = RgbaImage::from_fn(1000, 100, |x, _| Rgba([200, 0, 0, if x < 500 { 255 } else { 0 }]));
        let png = encoded(&DynamicImage::ImageRgba8(clear), image::ImageFormat::Png);
        let picture = read(Format::Png, &png).unwrap();
        for one in smaller(&png, picture).unwrap() {
            assert_ne!(one.format, Format::Jpeg);
            let pixels = image::load_from_memory(&one.bytes).unwrap().into_rgba8();
            // The colour of what is not seen does not bleed into what is.
            assert!(pixels.pixels().all(|pixel| pixel.0[3] < 8 || pixel.0[0] > 190), "a fringe");
        }
    }

    #[test]
    fn what_moves_stays_as_it_is() {
        let mut gif = Vec::new();
        let frames = (0..2_u8).map(|at| Frame::new(RgbaImage::from_pixel(600, 20, Rgba([at * 200, 0, 0, 255]))));
        GifEncoder::new(&mut gif).encode_frames(frames).unwrap();
        assert_eq!(made(Format::Gif, &gif), []);
        let still = encoded(&photo(600, 200), image::ImageFormat::Gif);
        assert!(made(Format::Gif, &still).iter().all(|(_, format)| *format != Format::Gif));
    }

    #[test]
    fn a_photograph_is_turned_as_it_was_held() {
        // The left half is dark: turned by a quarter to the right, the upper half is.
        let halves = RgbImage::from_fn(400, 600, |_, y| Rgb([if y < 300 { 0 } else { 250 }; 3]));
        let mut jpeg = encoded(&DynamicImage::ImageRgb8(halves), image::ImageFormat::Jpeg);
        // Its own start, then the segment that says how it was held.
        let head = turned_jpeg(6, true);
        let exif = &head[8..head.len() - 13];
        jpeg.splice(2..2, exif.iter().copied());
        let picture = read(Format::Jpeg, &jpeg).unwrap();
        assert_eq!(picture.size.map(|size| (size.width, size.height)), Some((600, 400)));
        let made = smaller(&jpeg, picture).unwrap();
        let pixels = image::load_from_memory(&made[0].bytes).unwrap().into_rgb8();
        assert_eq!(pixels.dimensions(), (480, 320));
        assert!(pixels.get_pixel(20, 160).0[0] > 240 && pixels.get_pixel(460, 160).0[0] < 10);
    }

    #[test]
    fn a_colour_profile_goes_with_the_colours() {
        let image = photo(600, 200);
        let mut profile = vec![7; 40];
        profile[16..20].copy_from_slice(b"RGB ");
        let mut jpeg = Vec::new();
        let mut encoder = image::codecs::jpeg::JpegEncoder::new_with_quality(&mut jpeg, 95);
        encoder.set_icc_profile(profile.clone()).unwrap();
        encoder.write_image(image.as_bytes(), 600, 200, ExtendedColorType::Rgb8).unwrap();
        let made = smaller(&jpeg, read(Format::Jpeg, &jpeg).unwrap()).unwrap();
        assert!(made[0].bytes.windows(40).any(|window| window == profile));
    }

    #[test]
    fn what_ends_too_soon_is_told() {
        let whole = encoded(&photo(600, 200), image::ImageFormat::Png);
        let cut = &whole[..whole.len() / 2];
        assert_eq!(smaller(cut, read(Format::Png, cut).unwrap()).unwrap_err(), Undecodable);
        let bare = gif_head(9000, 9000);
        assert_eq!(smaller(&bare, read(Format::Gif, &bare).unwrap()).unwrap_err(), Undecodable);
    }

    fn svg(text: &str) -> Result<Drawing, Undecodable> {
        Drawing::read(text.as_bytes(), Picture { format: Format::Svg, size: None, orientation: 1 })
    }

    #[test]
    fn a_logo_becomes_square_icons() {
        let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 20 10\"><rect width=\"20\" height=\"10\" fill=\"#080\"/></svg>";
        let tall = encoded(&photo(30, 60), image::ImageFormat::Png);
        let raster = Drawing::read(&tall, read(Format::Png, &tall).unwrap()).unwrap();
        for (drawing, inside, outside) in [(svg(logo).unwrap(), (10, 32), (32, 4)), (raster, (32, 4), (4, 32))] {
            let icon = image::load_from_memory(&drawing.icon(64).unwrap()).unwrap().into_rgba8();
            assert_eq!(icon.dimensions(), (64, 64));
            assert_eq!(icon.get_pixel(inside.0, inside.1).0[3], 255);
            assert_eq!(icon.get_pixel(outside.0, outside.1).0[3], 0);
            let icon = image::load_from_memory(&drawing.icon_on(180, [1, 2, 3]).unwrap()).unwrap().into_rgba8();
            assert!(icon.pixels().all(|pixel| pixel.0[3] == 255));
            assert_eq!(icon.get_pixel(2, 2).0, [1, 2, 3, 255]);
        }
        let ico = as_ico(&svg(logo).unwrap().icon(32).unwrap(), 32);
        assert_eq!(&ico[..8], [0, 0, 1, 0, 1, 0, 32, 32]);
        assert!(image::load_from_memory(&ico[22..]).is_ok());
    }

    #[test]
    fn a_drawing_that_would_grow_without_end_is_not_drawn() {
        let doubled: String = (1..40)
            .map(|at| format!("<g id=\"g{at}\"><use href=\"#g{}\"/><use href=\"#g{0}\"/></g>", at - 1))
            .collect();
        let uses = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><g id=\"g0\"><path d=\"M0 0h1\"/></g>{doubled}</svg>"
        );
        assert!(svg(&uses).is_err());
        let circle =
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><g id=\"a\"><use href=\"#a\"/></g></svg>";
        assert!(svg(circle).is_err());
        let entities: String =
            (1..12).map(|at| format!("<!ENTITY e{at} \"{}\">", format!("&e{};", at - 1).repeat(10))).collect();
        let laughs = format!(
            "<!DOCTYPE svg [<!ENTITY e0 \"<path d='M0 0h1'/>\">{entities}]><svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\">&e11;</svg>"
        );
        assert!(svg(&laughs).is_err());
        assert!(svg("<svg").is_err());
        assert!(svg("").is_err());
    }

    #[test]
    fn a_drawing_that_would_take_for_ever_is_not_drawn() {
        let drawing = |inner: &str| {
            svg(&format!(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{inner}<path d=\"M0 0h9v9z\" filter=\"url(#f)\"/></svg>"
            ))
        };
        let filter = |primitives: &str| drawing(&format!("<filter id=\"f\">{primitives}</filter>"));
        for primitive in [
            "<feTurbulence numOctaves=\"100000000\"/>",
            "<feConvolveMatrix order=\"3\" kernelMatrix=\"1 1 1 1 1 1 1 1 1\"/>",
            "<feMorphology operator=\"dilate\" radius=\"100000\"/>",
            &"<feGaussianBlur stdDeviation=\"1\"/>".repeat(200),
        ] {
            assert!(filter(primitive).is_err(), "{primitive:.60}");
        }
        let chain = |way: fn(usize) -> String| -> String {
            let mask = |at: usize| format!("<mask id=\"m{}\"><g {}><path d=\"M0 0h1\"/></g></mask>", at + 1, way(at));
            (0..5_000).map(mask).collect::<String>() + "<g style=\"mask:url(#m5000)\"/>"
        };
        let classes: String = (0..5_000).map(|at| format!(".c{at}{{mask:url( '#m{at}' )}}")).collect();
        for inner in [
            "<pattern id=\"p\" width=\"100000000\" height=\"100000000\"/>".to_owned(),
            format!(
                "<marker id=\"m\"><path d=\"M0 0h1\"/></marker><path marker-mid=\"url(#m)\" d=\"M0 0{}\"/>",
                "l1 1".repeat(100)
            ),
            "<g opacity=\".5\"><path d=\"M0 0h9v9z\"/></g>".repeat(200),
            chain(|at| format!("style=\"fill:url(#x);mask:url(#m{at})\"")),
            chain(|at| format!("mask=\" url(#m{at})\"")),
            format!("<style>{classes}</style>{}", chain(|at| format!("class=\"c{at}\""))),
            "<style>g{mask:u\\72l(#f)}</style>".to_owned(),
        ] {
            assert!(drawing(&inner).is_err(), "{inner:.90}");
        }
        // What logos do have: shadows, colours that run into one another, what shines through.
        assert!(
            filter("<feGaussianBlur stdDeviation=\"1\"/><feOffset dx=\"1\"/><feMerge><feMergeNode/></feMerge>").is_ok()
        );
        let gradient = "<linearGradient id=\"g\"><stop stop-color=\"red\"/></linearGradient>";
        assert!(
            drawing(&format!("<style>.a{{fill:url(#g)}}</style>{gradient}<path class=\"a\" d=\"M0 0h9v9z\"/>")).is_ok()
        );
        assert!(drawing(&"<g opacity=\".5\"><path d=\"M0 0h9v9z\"/></g>".repeat(20)).is_ok());
    }

    /// A colour profile is packed: a small file could unfold to gigabytes.
    #[test]
    fn what_goes_with_a_picture_does_not_fill_the_memory() {
        use std::io::Write;

        let whole = encoded(&photo(600, 200), image::ImageFormat::Png);
        let mut packed = flate2::write::ZlibEncoder::new(Vec::new(), flate2::Compression::best());
        packed.write_all(b"0123456789abcdefRGB ").unwrap();
        for _ in 0..40 {
            packed.write_all(&[0; 1 << 20]).unwrap();
        }
        let data = [b"iCCPa\0\0".as_slice(), &packed.finish().unwrap()].concat();
        let mut sum = flate2::Crc::new();
        sum.update(&data);
        let length = u32::try_from(data.len() - 4).unwrap().to_be_bytes();
        // After the signature and the header.
        let bomb = [&whole[..33], &length, &data, &sum.sum().to_be_bytes(), &whole[33..]].concat();
        let made = smaller(&bomb, read(Format::Png, &bomb).unwrap()).unwrap();
        let has_profile = |bytes: &[u8]| bytes.windows(4).any(|four| four == b"iCCP" || four == b"ICCP");
        assert!(!made.is_empty() && made.iter().all(|one| !has_profile(&one.bytes)));
    }

    #[test]
    fn a_drawing_takes_nothing_from_outside() {
        let outside = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"><image href=\"Cargo.toml\" width=\"1\" height=\"1\"/></svg>";
        let icon = image::load_from_memory(&svg(outside).unwrap().icon(8).unwrap()).unwrap().into_rgba8();
        assert!(icon.pixels().all(|pixel| pixel.0[3] == 0));
    }
}
