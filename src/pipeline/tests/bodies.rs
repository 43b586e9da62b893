//! Bodies whose links lead somewhere, as HTML.

use super::prepared;
use crate::fixture::Fixture;
use crate::markup::html::{Edition, References, Writer};
use crate::markup::spelling::Spelling;
use crate::memo::Memo;
use crate::pipeline::Prepared;

/// The HTML of the text of `content/ici.md`, in a guide with a role, a term and a file; ids begin with `prefix`.
fn html(text: &str, prefix: &str) -> String {
    let guide = format!(
        "//- content/ici.md\n# Ici\n\n{text}\n//- content/plan.png\n//- content/roles/coordinateur.md\n---\ntitre: Coordinateur\ngenre: rôle\n---\n## Théorie\n//- content/terme.md\n---\ntitre: Terme\ngenre: terme\n---\n"
    );
    let sources = Fixture::new(&guide).sources();
    let Prepared { guide, .. } = prepared(&sources, &[]);
    let page = &guide.pages.as_slice()[0];
    let memo = Memo::new();
    let edition = Edition {
        spelling: Spelling::plain(&guide),
        memo: &memo,
        excerpt: &page.reading.own,
        of: guide.pages.ids().next().unwrap(),
        references: References::None,
        number: 0,
    };
    let mut writer = Writer::edition(edition, prefix);
    let flow: String = page.reading.own.parts.iter().map(|part| writer.part(part)).collect();
    flow + &writer.write_notes()
}

#[track_caller]
fn check(rows: &[(&str, &str)]) {
    for (written, expected) in rows {
        assert_eq!(html(written, ""), *expected, "{written}");
    }
}

#[test]
fn a_link_to_a_page_says_what_kind_it_is() {
    check(&[
        (
            "[[Coordinateur]]",
            r#"<p><a href="/roles/coordinateur/" class="role" data-link="written">Coordinateur</a></p>
"#,
        ),
        (
            "[son *rôle*](roles/coordinateur.md#theorie \"Titre\")",
            r#"<p><a href="/roles/coordinateur/#theorie" title="Titre" class="role" data-link="written">son <em>rôle</em></a></p>
"#,
        ),
        (
            "[[terme|des termes !]]",
            "<p><a href=\"/terme/\" class=\"term\" data-link=\"written\">des termes\u{202f}!</a></p>\n",
        ),
        (
            "<a href=\"terme.md\" title=\"T\">a</a>",
            "<p><a href=\"/terme/\" class=\"term\" data-link=\"written\" title=\"T\">a</a></p>\n",
        ),
    ]);
}

#[test]
fn a_link_by_name_may_stand_in_a_table() {
    let expected = r#"<div class="table" role="region" tabindex="0" aria-label="Tableau 1">
<table>
<thead>
<tr>
<th scope="col">qui</th>
</tr>
</thead>
<tbody>
<tr>
<td><a href="/terme/" class="term" data-link="written">le terme</a></td>
</tr>
</tbody>
</table>
</div>
"#;
    check(&[("| qui |\n|---|\n| [[Terme\\|le terme]] |", expected)]);
}

#[test]
fn a_link_that_leads_nowhere_is_text() {
    check(&[
        ("un [*lien* mort](rien.md) ici", "<p>un <em>lien</em> mort ici</p>\n"),
        ("[[Personne|lui]]", "<p>lui</p>\n"),
        ("![Une image](rien.png)", "<p>Une image</p>\n"),
        ("<a href=\"javascript:x\">a</a>", "<p><a>a</a></p>\n"),
        ("[a](javascript:x)", "<p>a</p>\n"),
    ]);
}

#[test]
fn images_are_where_they_are_copied_to() {
    check(&[
        ("![Le plan](plan.png)", "<p><img src=\"/plan.png\" alt=\"Le plan\" loading=\"lazy\"></p>\n"),
        ("<img src=\"plan.png\" alt=\"\">", "<img src=\"/plan.png\" alt=\"\">\n"),
        (
            "[![Le plan](plan.png)](terme.md)",
            "<p><a href=\"/terme/\" class=\"term\" data-link=\"written\"><img src=\"/plan.png\" alt=\"Le plan\" loading=\"lazy\"></a></p>\n",
        ),
    ]);
}

#[test]
fn notes_of_two_pages_have_ids_of_their_own() {
    let ids = |prefix: &str| {
        let html = html("Un[^a] et deux[^b].\n\n## Suite\n\nTrois[^a].\n\n[^a]: A\n\n[^b]: B\n", prefix);
        let ids = html.split(" id=\"").skip(1).filter_map(|rest| rest.split('"').next());
        ids.map(str::to_owned).collect::<Vec<_>>()
    };
    let notes = |prefix: &str| {
        ["appel-1", "appel-2", "suite", "appel-1-2", "note-1", "note-2"]
            .map(|id| id.replace("appel", &format!("appel{prefix}")).replace("note", &format!("note{prefix}")))
    };
    assert_eq!(ids(""), notes(""));
    assert_eq!(ids("-roles-coordinateur"), notes("-roles-coordinateur"));
}
