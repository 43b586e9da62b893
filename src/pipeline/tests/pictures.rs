//! What is made of a guide's pictures, from files in memory.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use super::{prepared, site};
use crate::output::{Kept, Output};
use crate::path::{GuidePath, OutputPath};
use crate::source::Sources;
use crate::target::pictures::Pictures;
use crate::target::{Earlier, Product};

/// A picture that is larger in bytes than any smaller one of it.
fn picture(width: u32, format: ImageFormat) -> Vec<u8> {
    let noise = |x: u32, y: u32| u8::try_from((x * 31 + y * 17 + x * y) % 97).unwrap();
    let image = RgbImage::from_fn(width, 40, |x, y| Rgb([noise(x, y), noise(y, x), 0]));
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(image).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

const LOGO: &[u8] = b"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 10 10'><path d='M0 0h10v10z'/></svg>";

fn guide() -> Sources {
    let jpeg = picture(1500, ImageFormat::Jpeg);
    let files: Vec<(&str, Vec<u8>)> = vec![
        ("guide.yaml", b"title: Guide\nlang: fr\nlogo: content/logo.svg\nbase_url: https://exemple.org/guide/\n".to_vec()),
        ("content/logo.svg", LOGO.to_vec()),
        ("content/index.md", "# Accueil\n\n![Un](Été%20à%20Nîmes.JPG)\n\n![Deux](Été%20à%20Nîmes.JPG)\n\n![Logo](logo.svg)\n".into()),
        ("content/autre.md", "# Autre\n\n![Un](Été%20à%20Nîmes.JPG) ![Copie](copie/Été%20à%20Nîmes.JPG)\n\n![[Accueil]]\n".into()),
        ("content/brut.md", "# Brut\n\n<img src=\"petit.png\" alt=\"\" width=\"100\">\n\n<img src=\"Été à Nîmes.JPG\" alt=\"\" width=\"500\">\n".into()),
        ("content/petit.png", picture(20, ImageFormat::Png)),
        ("content/copie/Été à Nîmes.JPG", jpeg.clone()),
        ("content/Été à Nîmes.JPG", jpeg),
        ("content/jamais-montrée.png", picture(1000, ImageFormat::Png)),
    ];
    let files = files.into_iter().map(|(path, bytes)| (GuidePath::new(path).unwrap(), bytes));
    Sources::in_memory(files).0
}

fn made(sources: &Sources, earlier: Earlier<'_>) -> Pictures {
    let prepared = prepared(sources, &[]);
    assert!(prepared.faults.is_empty(), "{:?}", prepared.faults);
    let (pictures, faults) = Pictures::make(&prepared.guide, sources, earlier);
    assert!(faults.is_empty(), "{faults:?}");
    pictures
}

fn text(files: &[(String, Vec<u8>)], path: &str) -> String {
    let (_, bytes) = files.iter().find(|(file, _)| file == path).unwrap();
    String::from_utf8(bytes.clone()).unwrap()
}

#[test]
fn what_pages_show_is_made_smaller_once() {
    let sources = guide();
    let pictures = made(&sources, Earlier::Output(&Kept::default()));
    let names: Vec<&str> =
        pictures.products.iter().flat_map(|product| &product.files).map(|made| made.file.as_str()).collect();
    let images: Vec<&&str> = names.iter().filter(|name| name.starts_with("assets/images/")).collect();
    assert_eq!(images.len(), 2, "{names:?}");
    assert!(images.iter().all(|name| name.starts_with("assets/images/ete-a-nimes.") && name.ends_with(".jpg")));
    assert!(names.contains(&"favicon.ico"));
    assert_eq!(names.len(), 6);
}

#[test]
fn the_place_in_an_address_lists_no_other_picture() {
    let page = "# Accueil\n\n![x](<a.jpg#a 1w, https://ailleurs.exemple/p.png>)\n";
    let files = [
        ("guide.yaml", b"title: Guide\n".to_vec()),
        ("content/index.md", page.into()),
        ("content/a.jpg", picture(1500, ImageFormat::Jpeg)),
    ];
    let files = site(&Sources::in_memory(files.map(|(path, bytes)| (GuidePath::new(path).unwrap(), bytes))).0);
    let home = text(&files, "index.html");
    let (_, listed) = home.split_once("srcset=\"").unwrap();
    let listed: Vec<&str> = listed.split('"').next().unwrap().split(", ").collect();
    assert_eq!(listed.len(), 3, "{listed:?}");
    assert_eq!(listed[2], "/a.jpg#a%201w,%20https://ailleurs.exemple/p.png 1500w");
}

#[test]
fn pages_say_how_large_pictures_are_and_which_there_are() {
    let files = site(&guide());
    let home = text(&files, "index.html");
    let src = "/guide/%C3%89t%C3%A9%20%C3%A0%20N%C3%AEmes.JPG";
    let image = home.split("<img").find(|image| image.contains(src)).unwrap();
    assert!(image.contains(&format!("src=\"{src}\" alt=\"Un\" srcset=\"/guide/assets/images/ete-a-nimes.")), "{image}");
    assert!(
        image.contains(&format!("-960.jpg 960w, {src} 1500w\" sizes=\"(min-width: 40rem) 36rem, 100vw\"")),
        "{image}"
    );
    assert!(image.contains(" width=\"1500\" height=\"40\">"), "the first does not wait: {image}");
    assert_eq!(home.matches(" loading=\"lazy\"").count(), 2);
    assert!(home.contains("src=\"/guide/logo.svg\" alt=\"Logo\" width=\"10\" height=\"10\" loading=\"lazy\""));
    let other = text(&files, "autre/index.html");
    assert_eq!(other.matches("-480.jpg 480w").count(), 4);
    let raw = text(&files, "brut/index.html");
    assert!(raw.contains("width=\"100\" height=\"200\""), "{raw}");
    assert!(raw.contains("sizes=\"(max-width: 500px) 100vw, 500px\" height=\"13\""), "{raw}");
    assert!(!home.contains("\"/guide/assets/images/jamais"));
}

#[test]
fn icons_are_linked_below_any_path() {
    let files = site(&guide());
    let home = text(&files, "index.html");
    assert!(home.contains("<link rel=\"icon\" href=\"/guide/favicon.ico\" sizes=\"32x32\">"));
    assert!(home.contains("<link rel=\"icon\" href=\"/guide/logo.svg\" type=\"image/svg+xml\">"));
    assert!(home.contains("<link rel=\"apple-touch-icon\" href=\"/guide/assets/icons/touch."));
    assert!(home.contains("<link rel=\"manifest\" href=\"/guide/site.webmanifest\">"));
    let manifest: serde_json::Value = serde_json::from_str(&text(&files, "site.webmanifest")).unwrap();
    assert_eq!(manifest["start_url"], "/guide/");
    assert_eq!(manifest["scope"], "/guide/");
    assert_eq!(manifest["icons"][1]["sizes"], "512x512");
    for icon in manifest["icons"].as_array().unwrap() {
        let file = icon["src"].as_str().unwrap().strip_prefix("/guide/").unwrap();
        assert!(files.iter().any(|(path, _)| path == file), "{file}");
    }
}

#[test]
fn what_was_made_before_is_not_made_again() {
    let sources = guide();
    let first = made(&sources, Earlier::Output(&Kept::default()));
    let folder = tempfile::tempdir().unwrap();
    let files: Vec<OutputPath> = first.products.iter().flat_map(|product| product.entry().1).collect();
    let output = Output::open(folder.path(), &files, first.products.iter().map(Product::entry).collect()).unwrap();
    for (at, made) in first.products.iter().flat_map(|product| &product.files).enumerate() {
        output.put(at, made.content()).unwrap();
    }
    output.finish().unwrap();
    let second = made(&sources, Earlier::Output(&Kept::of(folder.path())));
    assert!(second.products.iter().flat_map(|product| &product.files).all(|made| made.bytes.is_none()));
    let entries = |pictures: &Pictures| -> Vec<_> { pictures.products.iter().map(Product::entry).collect() };
    assert_eq!(entries(&first), entries(&second));
}

#[test]
fn an_icon_of_the_authors_own_stands_first() {
    let mut files: Vec<(GuidePath, Vec<u8>)> = Vec::new();
    for (path, bytes) in [
        ("guide.yaml", &b"title: Guide\nlogo: content/logo.svg\nbase_url: https://exemple.org/\n"[..]),
        ("content/logo.svg", LOGO),
        ("content/index.md", b"# Accueil\n"),
        ("static/favicon.ico", b"own"),
    ] {
        files.push((GuidePath::new(path).unwrap(), bytes.to_vec()));
    }
    let files = site(&Sources::in_memory(files).0);
    assert_eq!(text(&files, "favicon.ico"), "own");
    assert!(text(&files, "index.html").contains("href=\"/favicon.ico\""));
}
