//! The pages of a guide, and what others ask of each, side by side: links lead to pages from everywhere, and ask for little of what a
//! page is, which is spread over much memory.

use std::ops::Deref;

use super::{Page, PageId};
use crate::config::{Config, KindId};
use crate::id::{IdTexts, IdVec};
use crate::language::Language;

/// All pages, in the order of their files' paths.
#[derive(Debug)]
pub(crate) struct Pages {
    all: IdVec<Page>,
    paths: IdTexts<Page>,
    briefs: Vec<Brief>,
}

/// What others ask of a page.
#[derive(Debug)]
struct Brief {
    kind: KindId,
    language: Language,
    /// Whether its front matter says its language.
    has_own_lang: bool,
}

impl Deref for Pages {
    type Target = IdVec<Page>;

    fn deref(&self) -> &IdVec<Page> {
        &self.all
    }
}

impl Pages {
    /// These pages.
    pub(super) fn of(all: IdVec<Page>, config: &Config) -> Pages {
        let paths = IdTexts::of(&all, |paths, page| {
            paths.push_str(&config.base.path);
            paths.push_str(&page.address.as_str()[1..]);
        });
        let brief = |page: &Page| {
            let own = page.draft.front_matter.lang.as_deref();
            let language = own.map_or(config.site.language, Language::of_tag);
            Brief { kind: page.kind, language, has_own_lang: own.is_some() }
        };
        let briefs = all.as_slice().iter().map(brief).collect();
        Pages { all, paths, briefs }
    }

    fn brief(&self, page: PageId) -> &Brief {
        &self.briefs[page.index()]
    }

    /// The path of a page: its address below the base path.
    pub(crate) fn path(&self, page: PageId) -> &str {
        &self.paths[page]
    }

    /// What a page is.
    pub(crate) fn kind(&self, page: PageId) -> KindId {
        self.brief(page).kind
    }

    /// The language whose typography a page has.
    pub(super) fn language(&self, page: PageId) -> Language {
        self.brief(page).language
    }

    /// The tag of the language that a page says it is in.
    pub(crate) fn own_lang(&self, page: PageId) -> Option<&str> {
        if self.brief(page).has_own_lang { self.all[page].draft.front_matter.lang.as_deref() } else { None }
    }
}
