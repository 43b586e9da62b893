//! Colours, and how well one is read on another.

use std::fmt;

/// The light ground of every theme that uses the accent as it is given.
pub(crate) const LIGHT_GROUND: Colour = Colour([0xff, 0xfd, 0xf8]);

/// The dark ground.
pub(crate) const DARK_GROUND: Colour = Colour([0x14, 0x18, 0x1b]);

/// The least contrast at which text is readable (WCAG 2.2, 1.4.3).
pub(crate) const READABLE: f64 = 4.5;

/// Red, green and blue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Colour([u8; 3]);

impl Colour {
    /// The colour spelled `#rgb` or `#rrggbb`.
    pub(crate) fn new(text: &str) -> Option<Colour> {
        let digits = text.strip_prefix('#')?;
        let digits: Vec<u8> =
            digits.chars().map(|c| c.to_digit(16).and_then(|d| u8::try_from(d).ok())).collect::<Option<_>>()?;
        match digits[..] {
            [r, g, b] => Some(Colour([r * 17, g * 17, b * 17])),
            [r, s, g, h, b, c] => Some(Colour([r * 16 + s, g * 16 + h, b * 16 + c])),
            _ => None,
        }
    }

    /// Red, green and blue.
    #[cfg(feature = "images")]
    pub(crate) fn channels(self) -> [u8; 3] {
        self.0
    }

    /// The contrast with `ground`, from 1 to 21 (WCAG 2.2).
    pub(crate) fn contrast(self, ground: Colour) -> f64 {
        let (one, other) = (self.luminance(), ground.luminance());
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    /// The first colour of the same hue, step by step towards white, of which `enough` is true.
    pub(crate) fn lightened_until(self, enough: impl Fn(Colour) -> bool) -> Colour {
        self.towards(255.0, enough)
    }

    /// The same towards black.
    pub(crate) fn darkened_until(self, enough: impl Fn(Colour) -> bool) -> Colour {
        self.towards(0.0, enough)
    }

    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a mix of two bytes is a byte")]
    fn towards(self, end: f64, enough: impl Fn(Colour) -> bool) -> Colour {
        let mixed = |step: u8| {
            let share = f64::from(step) / 100.0;
            Colour(self.0.map(|channel| (f64::from(channel) * (1.0 - share) + end * share).round() as u8))
        };
        (0..=100).map(mixed).find(|colour| enough(*colour)).unwrap_or_else(|| mixed(100))
    }

    fn luminance(self) -> f64 {
        let [red, green, blue] = self.0.map(|channel| {
            let share = f64::from(channel) / 255.0;
            if share <= 0.04045 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Colour([red, green, blue]) = self;
        write!(f, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::{Colour, DARK_GROUND, READABLE};

    #[test]
    fn colours_are_read_and_written() {
        for (text, colour) in
            [("#fff", Some("#ffffff")), ("#0B5c7d", Some("#0b5c7d")), ("fff", None), ("#ffff", None), ("#é12345", None)]
        {
            assert_eq!(Colour::new(text).map(|colour| colour.to_string()).as_deref(), colour);
        }
    }

    #[test]
    fn contrast_is_that_of_wcag() {
        let contrast = |one, other| Colour::new(one).unwrap().contrast(Colour::new(other).unwrap());
        assert!((contrast("#000", "#fff") - 21.0).abs() < 1e-9);
        assert!((contrast("#777777", "#fff") - 4.478).abs() < 1e-3);
        assert!((contrast("#fff", "#fff") - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_colour_is_lightened_no_more_than_it_must() {
        let found = Colour::new("#0b5c7d").unwrap().lightened_until(|colour| colour.contrast(DARK_GROUND) >= READABLE);
        let contrast = found.contrast(DARK_GROUND);
        assert!((READABLE..READABLE + 0.2).contains(&contrast), "{found} {contrast}");
    }
}
