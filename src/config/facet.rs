//! `facets:`, and the facets of a guide that says nothing of them.

use super::FacetName;
use super::keys::FACET;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::language::Tongue;
use crate::name::{fold, nearest};
use crate::path::Slug;
use crate::source::Span;
use crate::yaml::{Map, Named, Read, these};

/// The facets of a guide: those it configures, none where it configures an empty list.
pub(super) fn read(map: &mut Map<'_>, tongue: Tongue) -> Vec<FacetName> {
    let items = map.read("facets", |named| named.items().map_err(with_example));
    let Some(items) = items else { return defaults(tongue) };
    let mut found: Vec<(FacetName, Span)> = Vec::new();
    for item in items {
        let Some(mut keys) = map.keep(Map::of(item, FACET, tongue).map_err(with_example)) else { continue };
        let id = keys.required("id", item.node, free_slug);
        let title = keys.required("title", item.node, Named::text);
        map.faults(keys.finish());
        let (Some(id), Some(title)) = (id, title) else { continue };
        let facet = FacetName::new(id, title);
        match found.iter().find(|(other, _)| same(other, &facet)) {
            Some((_, first)) => map.fault(twice(&facet, item.node.span, *first)),
            None => found.push((facet, item.node.span)),
        }
    }
    found.into_iter().map(|(facet, _)| facet).collect()
}

fn with_example(fault: Box<Diagnostic>) -> Box<Diagnostic> {
    Box::new(fault.help(say!(
        "écrivez une ligne pour chaque volet, comme `- {{id: theorie, title: Théorie}}`",
        "write one line for each facet, like `- {{id: theory, title: Theory}}`"
    )))
}

/// The anchor of the page's own content, which no facet can have.
pub(crate) const CONTENT_ANCHOR: &str = "contenu";

fn free_slug(named: Named<'_>) -> Read<String> {
    let id = slug(named)?;
    if id != CONTENT_ANCHOR {
        return Ok(id);
    }
    let fault = named.fault(say!(
        "Boussole se sert déjà de l’ancre `{CONTENT_ANCHOR}` dans chaque page",
        "Boussole already uses the anchor `{CONTENT_ANCHOR}` in every page"
    ));
    Err(Box::new(fault.help(say!("choisissez un autre `id`", "choose another `id`"))))
}

/// The place in `facets` of the one that `named` names, by its id or title.
pub(crate) fn find(named: Named<'_>, facets: &[FacetName]) -> Read<usize> {
    let name = named.written()?;
    let folded = fold(name);
    let found = facets.iter().position(|facet| facet.is_called(&folded));
    found.ok_or_else(|| {
        let near = nearest(name, facets.iter().map(|facet| facet.id.as_str()));
        let near = near.or_else(|| nearest(name, facets.iter().map(|facet| facet.title.as_str())));
        let fault = named.fault(say!("ce guide n’a pas de volet `{name}`", "this guide has no facet `{name}`"));
        Box::new(match near {
            None if facets.is_empty() => fault.help(say!(
                "enlevez ce nom, ou ajoutez ce volet sous `facets` dans `guide.yaml`",
                "remove this name, or add this facet under `facets` in `guide.yaml`"
            )),
            None => fault.help(these(facets.iter().map(|facet| facet.id.as_str()))),
            near => fault.nearest(near),
        })
    })
}

/// A slug; anything else is a fault that offers one.
pub(crate) fn slug(named: Named<'_>) -> Read<String> {
    let text = named.written()?;
    if Slug::exact(text).is_some() {
        return Ok(text.to_owned());
    }
    let key = named.key;
    let fault = named.fault(say!(
        "`{text}` ne convient pas à `{key}`, qui n’a que des lettres de a à z, des chiffres et des traits d’union",
        "`{text}` does not fit `{key}`, which has only letters from a to z, digits and hyphens"
    ));
    let help = say!("écrivez un nom comme `plus-value`", "write a name like `plus-value`");
    Err(Box::new(fault.help(help).nearest(Slug::of(text).as_ref().map(Slug::as_str))))
}

fn defaults(tongue: Tongue) -> Vec<FacetName> {
    let titles = match tongue {
        Tongue::French => ["Théorie", "Exemples", "Pratique", "Plus-value"],
        Tongue::English => ["Theory", "Examples", "Practice", "Added value"],
    };
    let ids = ["theorie", "exemples", "pratique", "plus-value"];
    ids.into_iter().zip(titles).map(|(id, title)| FacetName::new(id.to_owned(), title.to_owned())).collect()
}

fn same(one: &FacetName, other: &FacetName) -> bool {
    one.id == other.id || fold(&one.title) == fold(&other.title)
}

fn twice(facet: &FacetName, span: Span, first: Span) -> Diagnostic {
    let title = &facet.title;
    let message = say!(
        "un autre volet a déjà l’`id` ou le titre de «\u{a0}{title}\u{a0}»",
        "another facet already has the `id` or the title of “{title}”"
    );
    Diagnostic::new(Code::WrongValue, span, message)
        .related(first, say!("l’autre volet", "the other facet"))
        .help(say!("donnez-lui un autre `id` et un autre titre", "give it another `id` and another title"))
}
