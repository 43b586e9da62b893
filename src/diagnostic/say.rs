//! A sentence in both languages of the interface.

use crate::language::Tongue;

/// The same words in French and in English; made by [`say!`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Say {
    /// In French.
    pub french: String,
    /// In English.
    pub english: String,
}

impl Say {
    /// The words in `tongue`.
    pub fn tell(&self, tongue: Tongue) -> &str {
        match tongue {
            Tongue::French => &self.french,
            Tongue::English => &self.english,
        }
    }
}

/// A [`Say`] from two format strings, French first; both may name local variables.
macro_rules! say {
    ($french:literal, $english:literal) => {
        $crate::diagnostic::Say { french: format!($french), english: format!($english) }
    };
}
pub(crate) use say;
