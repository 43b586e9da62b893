use super::{Draft, shorten};
use crate::config::Config;
use crate::path::GuidePath;
use crate::source::Sources;

fn draft(text: &str) -> (Draft, Vec<&'static str>) {
    let path = GuidePath::new("content/a.md").unwrap();
    let (sources, _) = Sources::in_memory([(path.clone(), text.as_bytes().to_vec())]);
    let config = Config::read(&sources).0;
    let (draft, faults) = Draft::parse(sources.at(&path).unwrap(), &sources, &config);
    (Draft::clone(&draft), faults.iter().map(|fault| fault.code.name()).collect())
}

/// The text of each section without its heading, `ANCHOR: text`.
fn sections(draft: &Draft) -> Vec<String> {
    let told = |section: &super::Section| {
        let headings = &draft.body.tables.headings;
        let heading = section.heading.map(|heading| &headings[heading as usize]);
        let start = heading.map_or(section.events.start, |heading| heading.content.end + 1);
        let anchor = heading.map_or("", |heading| &heading.anchor);
        let facet = if section.facet.is_some() { "*" } else { "" };
        format!("{facet}{anchor}: {}", draft.body.plain(start..section.events.end))
    };
    draft.sections.iter().map(told).collect()
}

#[test]
fn a_title_is_the_front_matters_or_the_first_headings() {
    let cases: &[(&str, &str, &[&str])] = &[
        ("# Un *titre* `ici`\n\nTexte", "Un titre ici", &[]),
        ("\n\n#   Un titre   ##\n", "Un titre", &[]),
        ("Un titre\n===\n", "Un titre", &[]),
        ("---\ntitre: Un titre\n---\n# UN-TITRE\n\nTexte", "Un titre", &[]),
        ("---\ntitre: Un titre\n---\nTexte", "Un titre", &[]),
        ("---\ntitre: Un titre\n---\n# Un autre\n", "Un titre", &["second-title"]),
        ("---\ntitre: ~\n---\n# Un titre\n", "Un titre", &[]),
        ("---\ntitre: [a]\n---\nTexte", "", &["wrong-type"]),
        ("# \n\nTexte", "", &["missing-title"]),
        ("Texte\n\n# Un titre\n", "", &["second-title"]),
        ("Texte\n\n# Un titre\n\n# Un autre\n", "", &["second-title", "second-title"]),
        ("## Un titre\n", "", &["missing-title"]),
        ("> # Un titre\n", "", &["second-title"]),
        ("", "", &["missing-title"]),
    ];
    for (text, title, codes) in cases {
        let (draft, faults) = draft(text);
        assert_eq!((&*draft.title, faults.as_slice()), (*title, *codes), "{text}");
    }
}

#[test]
fn a_body_falls_into_sections_at_its_own_headings_of_level_2() {
    let text = "# T\n\nAvant.\n\n## Théorie\n\nUn.\n\n### Dessous\n\nDeux.\n\n> ## Dans une citation\n\n- ## Dans une liste\n\n## plus value\n\nTrois.\n\n## Autre\n\nQuatre.\n";
    let (draft, faults) = draft(text);
    assert_eq!(faults, [""; 0]);
    let expected = [
        ": Avant.",
        "*theorie: Un.DessousDeux.Dans une citationDans une liste",
        "*plus-value: Trois.",
        "autre: Quatre.",
    ];
    assert_eq!(sections(&draft), expected);
}

#[test]
fn anchors_are_made_of_texts_and_leave_those_of_facets_alone() {
    let text = "# T\n\n## Œuvre d’été !\n\n## Œuvre d’été\n\n## ???\n\n### Théorie\n\n## Contenu\n\n## Ici {#là-bas}\n\n### un\n\n### un\n\n### un-2\n";
    let (draft, _) = draft(text);
    let anchors: Vec<&str> = draft.body.tables.headings[1..].iter().map(|heading| heading.anchor.as_str()).collect();
    let expected =
        ["oeuvre-d-ete", "oeuvre-d-ete-2", "section", "theorie-2", "contenu-2", "là-bas", "un", "un-2", "un-2-2"];
    assert_eq!(anchors, expected);
}

#[test]
fn what_is_too_long_is_cut_between_words() {
    let cases = [
        ("court", "court"),
        ("dix lettres", "dix…"),
        ("été, hiver", "été, hiver"),
        ("un, deux, trois", "un, deux…"),
        ("anticonstitutionnellement", "anticonsti…"),
        ("", ""),
    ];
    for (text, cut) in cases {
        assert_eq!(shorten(text, 10), cut);
    }
}
