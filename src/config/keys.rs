//! The keys that authors can use, in `guide.yaml` and in front matter.

use crate::yaml::Key;

/// The keys of a page's front matter. Here, as a guide's own fields may not be named like one of them.
pub(crate) const PAGE: &[Key] = &[
    Key::new("title", "titre"),
    Key::new("kind", "genre"),
    Key::new("summary", "résumé").elsewhere(&["description"]),
    Key::only("slug"),
    Key::new("order", "ordre").elsewhere(&["weight"]),
    Key::new("synonyms", "synonymes").elsewhere(&["keywords"]),
    Key::new("autolink", "lien-auto"),
    Key::new("autolink_here", "lien-auto-ici"),
    Key::new("roles", "rôles"),
    Key::new("themes", "thèmes").elsewhere(&["tags", "categories"]),
    Key::new("about", "à-propos-de"),
    Key::new("leads_to", "mène-à"),
    Key::new("related", "voir-aussi"),
    Key::new("series", "série"),
    Key::new("part", "partie"),
    Key::new("tasks", "tâches"),
    Key::new("authors", "auteurs"),
    Key::only("date"),
    Key::new("updated", "mis-à-jour"),
    Key::new("review_by", "à-revoir-le"),
    Key::new("owner", "responsable"),
    Key::only("image"),
    Key::new("noindex", "sans-index"),
    Key::new("redirect_from", "redirige-depuis").elsewhere(&["aliases"]),
    Key::new("lang", "langue"),
    Key::new("draft", "brouillon"),
    Key::new("facet", "volet"),
];

/// The keys of one of a page's `tasks`.
pub(crate) const TASK: &[Key] =
    &[Key::new("task", "tâche"), Key::new("responsible", "responsables"), Key::new("involved", "participants")];

/// The keys of `guide.yaml`.
pub(crate) const GUIDE: &[Key] = &[
    Key::only("title"),
    Key::only("description"),
    Key::only("lang"),
    Key::only("base_url"),
    Key::only("theme"),
    Key::only("output"),
    Key::only("edit_url"),
    Key::only("logo"),
    Key::only("license"),
    Key::only("contact"),
    Key::only("accessibility"),
    Key::only("facets"),
    Key::only("kinds"),
    Key::only("links"),
    Key::only("checks"),
    Key::only("search"),
    Key::only("accent"),
];

/// The keys of one of `facets`.
pub(crate) const FACET: &[Key] = &[Key::only("id"), Key::only("title")];

/// The keys of one of `kinds`.
pub(crate) const KIND: &[Key] =
    &[Key::only("label"), Key::only("plural"), Key::only("facets"), Key::only("required_facets"), Key::only("fields")];

/// The keys of one of a kind's `fields`.
pub(crate) const FIELD: &[Key] =
    &[Key::only("type"), Key::only("label"), Key::only("required"), Key::only("choices"), Key::only("kind")];

/// The key of a field's type that is a list.
pub(crate) const LIST: &[Key] = &[Key::only("list")];

/// The keys of `links`.
pub(crate) const LINKS: &[Key] = &[Key::only("automatic")];

/// The keys of `accent`, where it gives both colours.
pub(crate) const ACCENT: &[Key] = &[Key::only("light"), Key::only("dark")];

#[cfg(test)]
mod tests {
    use super::{ACCENT, FACET, FIELD, GUIDE, KIND, Key, LINKS, LIST, PAGE, TASK};
    use crate::name::fold;

    #[test]
    fn no_two_keys_of_a_map_are_spelled_alike() {
        for keys in [PAGE, TASK, GUIDE, FACET, KIND, FIELD, LIST, LINKS, ACCENT] {
            let mut spellings: Vec<String> = Vec::new();
            for key in keys {
                spellings.push(fold(key.english));
                spellings.extend((fold(key.french) != fold(key.english)).then(|| fold(key.french)));
            }
            let count = spellings.len();
            spellings.sort();
            spellings.dedup();
            assert_eq!(spellings.len(), count, "{spellings:?}");
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "the manual is made of files")]
    fn the_manual_names_every_key_in_all_its_spellings() {
        let page = |name: &str| {
            let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content/ecrire").join(name);
            std::fs::read_to_string(path).unwrap()
        };
        let (of_pages, of_guide) = (page("cles-de-page.md"), page("guide-yaml.md"));
        let named = |text: &str, keys: &[Key]| {
            let spellings = keys.iter().flat_map(|key| [key.french, key.english]);
            let unknown = spellings.filter(|spelling| !text.contains(&format!("`{spelling}`"))).map(str::to_owned);
            unknown.collect::<Vec<_>>()
        };
        let of_guide = [GUIDE, FACET, KIND, FIELD, LIST, LINKS, ACCENT].map(|keys| named(&of_guide, keys)).concat();
        assert_eq!([named(&of_pages, PAGE), named(&of_pages, TASK), of_guide], [const { Vec::<String>::new() }; 3]);
    }
}
