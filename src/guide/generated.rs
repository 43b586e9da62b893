//! The pages that no author wrote: which there are, and where.

use super::tree::Entry;
use crate::config::{Builtin, Config, KindId};
use crate::language::Tongue;
use crate::path::{Address, Slug};

/// Where the pages are that no author wrote; an author's page may be at each of these addresses too.
#[derive(Clone, Debug)]
pub(crate) struct Generated {
    pub(crate) site_map: Address,
    /// Where there are terms.
    pub(crate) glossary: Option<Address>,
    /// Where there are frequent questions.
    pub(crate) questions: Option<Address>,
    /// Roles and their tasks, where there are tasks.
    pub(crate) tasks: Option<Address>,
    /// The facets that pages have, as indices into `Config::facets`.
    pub(crate) facets: Vec<(usize, Address)>,
}

impl Generated {
    /// What can be generated from these pages, of these kinds.
    pub(super) fn of(entries: &[Entry], kinds: &[KindId], config: &Config) -> Generated {
        let tongue = config.site.language.tongue();
        let at = |french: &str, english: &str| Address::root().join(&slug(tongue, french, english));
        let any = |builtin| kinds.iter().any(|&kind| config.kinds[kind].builtin == Some(builtin));
        let has_tasks = entries.iter().any(|entry| !entry.draft.front_matter.tasks.is_empty());
        let facets = at("volets", "facets");
        let facet = |(facet, name): (usize, &crate::config::FacetName)| {
            let is_open = |entry: &Entry| {
                let own = entry.draft.sections.iter().any(|section| section.facet == Some(facet));
                own || entry.leaves.iter().any(|leaf| leaf.facet == facet)
            };
            let slug = Slug::exact(&name.id)?;
            entries.iter().any(is_open).then(|| (facet, facets.join(&slug)))
        };
        Generated {
            site_map: at("plan-du-site", "site-map"),
            glossary: any(Builtin::Term).then(|| at("glossaire", "glossary")),
            questions: any(Builtin::Question).then(|| at("questions", "questions")),
            tasks: has_tasks.then(|| at("qui-fait-quoi", "who-does-what")),
            facets: config.facets.iter().enumerate().filter_map(facet).collect(),
        }
    }

    /// Every address.
    pub(crate) fn addresses(&self) -> impl Iterator<Item = &Address> {
        let views = [&self.glossary, &self.questions, &self.tasks].into_iter().flatten();
        views.chain(self.facets.iter().map(|(_, address)| address)).chain([&self.site_map])
    }

    /// Whether `address` is one of them, or below one.
    pub(crate) fn holds(&self, address: &Address) -> bool {
        self.addresses().any(|generated| address.as_str().starts_with(generated.as_str()))
    }

    /// Whether one of them is at `address`.
    pub(crate) fn has(&self, address: &Address) -> bool {
        self.addresses().any(|generated| generated == address)
    }
}

fn slug(tongue: Tongue, french: &str, english: &str) -> Slug {
    let slug = match tongue {
        Tongue::French => french,
        Tongue::English => english,
    };
    Slug::exact(slug).expect("it is one")
}
