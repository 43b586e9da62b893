//! What is wrong in a guide, as plain data: where, what, and what to do about it. Nothing here prints.

mod code;
mod faults;
mod say;

pub use code::{CODES, Code, Severity};
pub(crate) use faults::{make_readable, refusal};
pub use say::Say;
pub(crate) use say::say;

use crate::source::Span;

/// One fault of the guide, with its place and a way out.
#[derive(Clone, Debug)]
pub struct Diagnostic {
    /// The stable name of this kind of fault.
    pub code: Code,
    /// Where it is; `None` where the guide as a whole is meant.
    pub span: Option<Span>,
    /// What is, in an author's words.
    pub message: Say,
    /// A few words under the place.
    pub label: Option<Say>,
    /// Other places that have a part in it, each with a few words.
    pub related: Vec<(Span, Say)>,
    /// What to do.
    pub help: Option<Say>,
    /// A certain correction.
    pub patch: Option<Patch>,
}

/// The text that a place should hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Patch {
    /// What is replaced.
    pub span: Span,
    /// By what.
    pub text: String,
}

impl Diagnostic {
    /// A fault at `span`.
    pub fn new(code: Code, span: Span, message: Say) -> Diagnostic {
        Diagnostic { span: Some(span), ..Diagnostic::of_the_guide(code, message) }
    }

    /// A fault that has no place of its own.
    pub fn of_the_guide(code: Code, message: Say) -> Diagnostic {
        Diagnostic { code, span: None, message, label: None, related: Vec::new(), help: None, patch: None }
    }

    /// With a few words under the place.
    #[must_use]
    pub fn label(mut self, label: Say) -> Diagnostic {
        self.label = Some(label);
        self
    }

    /// With another place that has a part in it.
    #[must_use]
    pub fn related(mut self, span: Span, label: Say) -> Diagnostic {
        self.related.push((span, label));
        self
    }

    /// With what to do.
    #[must_use]
    pub fn help(mut self, help: Say) -> Diagnostic {
        self.help = Some(help);
        self
    }

    /// With the nearest of the names that exist, where one is near: as help, and as a patch of the place.
    #[must_use]
    pub fn nearest(self, nearest: Option<&str>) -> Diagnostic {
        let Some(nearest) = nearest else { return self };
        let named = self.help(say!("vouliez-vous dire `{nearest}` ?", "did you mean `{nearest}`?"));
        match named.span {
            Some(span) => named.patch(span, nearest.to_owned()),
            None => named,
        }
    }

    /// With the text that `span` should hold.
    #[must_use]
    pub fn patch(mut self, span: Span, text: String) -> Diagnostic {
        self.patch = Some(Patch { span, text });
        self
    }
}

#[cfg(test)]
mod tests;
