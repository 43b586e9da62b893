//! The theme: templates, translations and assets; and the views, which are all that a template can know.
//!
//! A theme is the built-in one, which the binary carries, with the guide's own files of `themes/NAME/` over it, one by
//! one. All that can be wrong with templates as text is found when the theme is loaded, before anything is written.

mod asset;
mod context;
mod embedded;
mod form;
mod frame;
mod joined;
mod known;
pub(crate) mod linked;
mod listed;
pub(crate) mod listing;
mod menu;
#[cfg(test)]
mod sample;
mod template;
#[cfg(test)]
mod tests;
pub(crate) mod view;
mod walked;
mod words;

use crate::config::{self, Accent};
use crate::diagnostic::{Code, Diagnostic, say};
use crate::language::Tongue;
use crate::name::nearest;
use crate::path::GuidePath;
use crate::source::{FileId, Sources};

pub(crate) use asset::Asset;
pub(crate) use context::Context;
pub(crate) use embedded::embedded;
pub(crate) use known::Known;
pub(crate) use listed::{Item, Line, Listed, Telling, TextLine};
pub(crate) use menu::Menu;

use listing::Listing;
use template::Templates;
use words::Words;

/// The name of the built-in theme.
const BUILT_IN: &str = "boussole";

/// What a guide asks of its theme.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted<'a> {
    /// The theme's name.
    pub(crate) name: &'a str,
    /// The language of the interface.
    pub(crate) tongue: Tongue,
    /// The accent colours, where the guide has its own.
    pub(crate) accent: Option<&'a Accent>,
}

/// A theme ready to render pages.
pub(crate) struct Theme {
    templates: Templates,
    words: Words,
    assets: Vec<Asset>,
}

/// The guide's own files of a theme, over the built-in ones.
pub(super) struct Layers<'a> {
    sources: &'a Sources,
    name: &'a str,
}

impl Theme {
    /// Loads the theme that is `wanted`. Where something in it is at fault the built-in part stands in, so that the
    /// rest of the guide can be checked.
    pub(crate) fn load(sources: &Sources, wanted: Wanted<'_>) -> (Theme, Vec<Diagnostic>) {
        let layers = Layers { sources, name: wanted.name };
        let mut found: Vec<Diagnostic> = layers.unknown().into_iter().collect();
        let (words, faults) = words::read(&layers, wanted.tongue);
        found.extend(faults);
        let (assets, faults) = asset::read(&layers, wanted.accent, &words);
        found.extend(faults);
        let (templates, faults) = Templates::load(&layers, &words);
        found.extend(faults);
        (Theme { templates, words, assets }, found)
    }

    /// The theme for this guide: `site` is what every template gets under that name.
    #[must_use]
    pub(crate) fn of(mut self, site: &view::Site) -> Theme {
        self.templates.share("site", tera::Value::from_serializable(site));
        self.templates.finish_parts(site);
        self
    }

    /// The files that pages load, in the order of their names.
    pub(crate) fn assets(&self) -> impl ExactSizeIterator<Item = &Asset> {
        self.assets.iter()
    }

    /// One of the interface's words (`home`, `site_map`, `not_found`); the key itself where there is no such word.
    pub(crate) fn word<'a>(&'a self, key: &'a str) -> &'a str {
        self.words.get(key).map_or(key, String::as_str)
    }

    /// Whether some of its templates are the guide's own.
    pub(crate) fn has_own_templates(&self) -> bool {
        self.templates.has_own()
    }

    /// Whether there is a template of this name (`kinds/role.html`).
    pub(crate) fn has(&self, template: &str) -> bool {
        self.templates.has(template)
    }

    /// The file that `template` makes of `context`; `size` is about how many bytes it will have.
    pub(crate) fn render(&self, template: &str, context: Context, size: usize) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.templates.render(template, context, size)
    }

    /// The same of a page, and of what it lists.
    pub(crate) fn render_page(
        &self,
        template: &str,
        page: (view::Page, Option<Listing>),
        size: usize,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.templates.page(template, page, size)
    }
}

impl<'a> Layers<'a> {
    /// The guide's own files below `folder` of the theme, by their path below it.
    fn own(&self, folder: &str) -> impl Iterator<Item = (&'a str, FileId)> + use<'a> {
        let folder = format!("themes/{}/{folder}", self.name);
        self.sources.iter().filter_map(move |(id, file)| Some((file.path.below(&folder)?, id)))
    }

    /// The names of the themes there are.
    fn names(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        let folder = |path: &'a GuidePath| Some(path.below("themes")?.split_once('/')?.0);
        self.sources.iter().filter_map(move |(_, file)| folder(&file.path)).chain([BUILT_IN])
    }

    fn unknown(&self) -> Option<Diagnostic> {
        if self.names().any(|name| name == self.name) {
            return None;
        }
        let name = self.name;
        let message = say!("le guide n’a pas de thème `{name}`", "the guide has no theme `{name}`");
        let fault = match config::place(self.sources, "theme") {
            Some(span) => Diagnostic::new(Code::UnknownTheme, span, message),
            None => Diagnostic::of_the_guide(Code::UnknownTheme, message),
        };
        let fault = fault.help(say!(
            "mettez ses fichiers dans `themes/{name}/`, ou prenez le thème `boussole`",
            "put its files into `themes/{name}/`, or take the theme `boussole`"
        ));
        Some(fault.nearest(nearest(name, self.names())))
    }
}
