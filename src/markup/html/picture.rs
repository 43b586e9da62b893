//! Images with all that browsers need to know before they have them, and players.

use super::Writer;
use crate::guide::Link;
use crate::markup::candidates::Candidate;
use crate::markup::typography;
use crate::picture::Picture;
use crate::source::FileId;
use crate::syntax::body::{HtmlTag, HtmlValue};

/// The files that are played, by the end of their names.
const VIDEO: [&str; 3] = ["mp4", "webm", "ogv"];
const AUDIO: [&str; 5] = ["mp3", "ogg", "oga", "wav", "m4a"];

/// How wide the column of text is where there is room for it, in pixels: `--measure` of the theme, 36 rem.
const COLUMN: u32 = 576;

/// What shows a file.
enum Shown {
    Image,
    Video,
    Audio,
}

/// When the first image of what is written is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FirstImage {
    /// At once: it is likely to be seen first.
    AtOnce,
    /// When it is near, like all others.
    Waits,
}

/// What an author says of an image's sides.
#[derive(Clone, Copy)]
struct Given {
    width: Side,
    height: Side,
}

#[derive(Clone, Copy)]
enum Side {
    Absent,
    Pixels(u32),
    /// A share of the page, or what is no length.
    Other,
}

impl Side {
    fn of(tag: &HtmlTag, side: &str) -> Side {
        let value = tag.attributes.iter().find(|(name, _)| name == side).map(|(_, value)| value);
        match value {
            None => Side::Absent,
            Some(HtmlValue::Text(value)) => match value.trim().parse() {
                Ok(pixels) if pixels > 0 => Side::Pixels(pixels),
                _ => Side::Other,
            },
            Some(HtmlValue::Link(_)) => Side::Other,
        }
    }
}

/// How wide an image of `width` pixels is on screens of any size.
fn sizes(width: u32) -> String {
    if width >= COLUMN {
        return "(min-width: 40rem) 36rem, 100vw".to_owned();
    }
    format!("(max-width: {width}px) 100vw, {width}px")
}

/// The name of the file at an address.
fn name(src: &str) -> &str {
    src.rsplit('/').next().unwrap_or(src)
}

fn shown(src: &str) -> Shown {
    let path = src.split(['?', '#']).next().unwrap_or(src);
    let end = path.rsplit_once('.').map_or("", |(_, end)| end).to_ascii_lowercase();
    if VIDEO.contains(&end.as_str()) {
        Shown::Video
    } else if AUDIO.contains(&end.as_str()) {
        Shown::Audio
    } else {
        Shown::Image
    }
}

impl Writer<'_> {
    /// Says when the first image of what is written next is loaded.
    pub(crate) fn first_image(&mut self, first: FirstImage) {
        self.first_image = first;
    }

    /// Writes the image that opens at event `at`; answers the event that closes it.
    pub(super) fn image(&mut self, image: u32, at: u32) -> u32 {
        let body = self.setting.body;
        let end = body.close_of(at);
        if !self.has_pictures {
            return end;
        }
        let alternative = body.plain(at..end);
        let written = &body.tables.images[image as usize];
        let Some(src) = self.href(written.link) else {
            self.escape(&alternative);
            return end;
        };
        let alternative = if written.decorative { "" } else { &alternative };
        match shown(&src) {
            Shown::Image => self.put_image(image, &src, alternative),
            Shown::Video => self.put_player("video", &src, alternative),
            Shown::Audio => self.put_player("audio", &src, alternative),
        }
        end
    }

    fn put_image(&mut self, image: u32, src: &str, alternative: &str) {
        self.out.push_str("<img");
        self.address("src", src);
        if self.is_guide() {
            let alternative = typography::apply(self.setting.language, alternative);
            self.attribute("alt", &alternative);
        } else {
            self.attribute("alt", alternative);
        }
        let body = self.setting.body;
        let link = body.tables.images[image as usize].link;
        let title = body.text(body.tables.links[link as usize].title);
        if !title.is_empty() && !self.in_figure {
            self.attribute("title", title);
        }
        if self.is_guide() {
            if let Some((file, picture)) = self.picture(link) {
                self.put_sizes((file, picture, src), Given { width: Side::Absent, height: Side::Absent });
            }
            self.put_loading();
        }
        self.end_void();
    }

    /// The picture that a link shows.
    fn picture(&self, link: u32) -> Option<(FileId, Picture)> {
        let (links, spelling) = self.setting.links?;
        let Link::Asset(file) = links[link as usize] else { return None };
        Some((file, spelling.guide.files.pictures.get(&file)?.picture))
    }

    fn put_loading(&mut self) {
        if std::mem::replace(&mut self.first_image, FirstImage::Waits) == FirstImage::Waits {
            self.out.push_str(" loading=\"lazy\"");
        }
    }

    /// Writes how large a picture is, so that nothing moves when it comes, and which smaller ones there are.
    fn put_sizes(&mut self, (file, picture, src): (FileId, Picture, &str), given: Given) {
        let (Some(size), Some((_, spelling))) = (picture.size, self.setting.links) else { return };
        let candidates = spelling.candidates.of(file);
        let shown = match given.width {
            Side::Absent => Some(size.width),
            Side::Pixels(width) => Some(width),
            Side::Other => None,
        };
        if let Some(shown) = shown.filter(|_| !candidates.is_empty()) {
            self.put_candidates(candidates, (src, size.width));
            self.attribute("sizes", &sizes(shown));
        }
        match (given.width, given.height) {
            (Side::Absent, Side::Absent) => {
                self.put(format_args!(" width=\"{}\" height=\"{}\"", size.width, size.height));
            }
            (Side::Pixels(width), Side::Absent) => {
                self.put(format_args!(" height=\"{}\"", size.height_at(width)));
            }
            _ => {}
        }
    }

    fn put_candidates(&mut self, candidates: &[Candidate], (src, width): (&str, u32)) {
        let Some((_, spelling)) = self.setting.links else { return };
        // Spaces part what is listed; what follows `#` is as its author wrote it.
        let src = src.replace(|c: char| c.is_ascii_whitespace(), "%20");
        let smaller = candidates.iter().map(|Candidate { file, width }| format!("{} {width}w", spelling.file(file)));
        let all: Vec<String> = smaller.chain([format!("{src} {width}w")]).collect();
        self.attribute("srcset", &all.join(", "));
    }

    /// Adds to a raw `<img>` what its author left to say.
    pub(super) fn complete_image(&mut self, tag: &HtmlTag) {
        let link = tag.attributes.iter().find_map(|(name, value)| match value {
            HtmlValue::Link(link) if name == "src" => Some(*link),
            _ => None,
        });
        let Some(link) = link else { return };
        if let (Some((file, picture)), Some(src)) = (self.picture(link), self.href(link)) {
            let given = Given { width: Side::of(tag, "width"), height: Side::of(tag, "height") };
            self.put_sizes((file, picture, &src), given);
            self.put_loading();
        }
    }

    /// Writes a player with a link to its file inside, for those who have none.
    fn put_player(&mut self, element: &str, src: &str, label: &str) {
        self.put(format_args!("<{element} controls preload=\"metadata\""));
        self.address("src", src);
        let label = if self.is_guide() {
            typography::apply(self.setting.language, label).into_owned()
        } else {
            label.to_owned()
        };
        if !label.is_empty() {
            self.attribute("aria-label", &label);
        }
        self.out.push('>');
        let words = if label.is_empty() { name(src) } else { &label };
        if self.is_guide() && self.links > 0 {
            self.escape(words);
        } else if self.is_guide() {
            self.out.push_str("<a");
            self.address("href", src);
            self.out.push('>');
            self.escape(words);
            self.out.push_str("</a>");
        }
        self.put(format_args!("</{element}>"));
    }

    pub(super) fn open_figure(&mut self, image: u32) {
        self.fresh_line();
        self.in_figure = true;
        let caption = self.caption(image);
        self.out.push_str("<figure role=\"figure\"");
        self.attribute("aria-label", &caption);
        self.out.push_str(">\n");
    }

    pub(super) fn close_figure(&mut self, image: u32) {
        self.in_figure = false;
        let caption = self.caption(image);
        self.out.push_str("\n<figcaption>");
        self.escape(&caption);
        self.out.push_str("</figcaption>\n</figure>\n");
    }

    fn caption(&self, image: u32) -> String {
        let body = self.setting.body;
        let link = &body.tables.links[body.tables.images[image as usize].link as usize];
        typography::apply(self.setting.language, body.text(link.title)).into_owned()
    }
}
