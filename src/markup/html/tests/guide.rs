//! What guides write beyond the specifications: small texts, and the whole of their HTML.
#![expect(clippy::too_many_lines, reason = "tables of texts and their HTML")]

use super::{Dialect, html};

/// The HTML of each text, as guides read it.
#[track_caller]
fn check(rows: &[(&str, &str)]) {
    for (written, expected) in rows {
        let found = html(written, Dialect::Guide);
        assert!(found == *expected, "\n── written ──\n{written}\n── expected ──\n{expected}\n── found ──\n{found}");
    }
}

#[test]
fn tables_have_headings_captions_and_a_region_that_scrolls() {
    check(&[
        (
            "Table : Une légende\n\n| a | b |\n|---|:-:|\n| 1 | 2 |",
            "\
<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Une légende\">
<table>
<caption>Une légende</caption>
<thead>
<tr>
<th scope=\"col\">a</th>
<th scope=\"col\" class=\"align-center\">b</th>
</tr>
</thead>
<tbody>
<tr>
<td>1</td>
<td class=\"align-center\">2</td>
</tr>
</tbody>
</table>
</div>
",
        ),
        (
            "| a | b |\n|---|---|\n| 1 | 2 |\n\nTable: *Après*",
            "\
<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Après\">
<table>
<caption><em>Après</em></caption>
<thead>
<tr>
<th scope=\"col\">a</th>
<th scope=\"col\">b</th>
</tr>
</thead>
<tbody>
<tr>
<td>1</td>
<td>2</td>
</tr>
</tbody>
</table>
</div>
",
        ),
        (
            "Table: Un\n\n| a |\n|---|\n\nTable: Deux",
            "\
<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Un\">
<table>
<caption>Un</caption>
<thead>
<tr>
<th scope=\"col\">a</th>
</tr>
</thead>
</table>
</div>
<p>Table: Deux</p>
",
        ),
        (
            "|   | b | c |\n|:--|--:|---|\n| l | 1 |",
            "\
<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Tableau 1\">
<table>
<thead>
<tr>
<td class=\"align-left\"></td>
<th scope=\"col\" class=\"align-right\">b</th>
<th scope=\"col\">c</th>
</tr>
</thead>
<tbody>
<tr>
<td class=\"align-left\">l</td>
<td class=\"align-right\">1</td>
<td></td>
</tr>
</tbody>
</table>
</div>
",
        ),
        (
            "| a |\n|---|\n\n| b |\n|---|",
            "\
<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Tableau 1\">
<table>
<thead>
<tr>
<th scope=\"col\">a</th>
</tr>
</thead>
</table>
</div>
<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Tableau 2\">
<table>
<thead>
<tr>
<th scope=\"col\">b</th>
</tr>
</thead>
</table>
</div>
",
        ),
    ]);
}

#[test]
fn a_caption_without_a_table_is_a_paragraph() {
    check(&[("Table: Aucune table", "<p>Table: Aucune table</p>\n")]);
}

#[test]
fn footnotes_are_numbered_by_their_first_call_and_lead_back_to_each() {
    check(&[
        ("a[^a][^a] [^b]\n\n[^a]: A", "\
<p>a<sup class=\"footnote-ref\"><a href=\"#note-1\" id=\"appel-1\" role=\"doc-noteref\">1</a></sup><sup class=\"footnote-ref\"><a href=\"#note-1\" id=\"appel-1-2\" role=\"doc-noteref\">1</a></sup> [^b]</p>
<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Notes\">
<ol>
<li id=\"note-1\">
<p>A <a class=\"footnote-back\" href=\"#appel-1\" role=\"doc-backlink\" aria-label=\"Retour à l’appel de la note 1\">↩</a> <a class=\"footnote-back\" href=\"#appel-1-2\" role=\"doc-backlink\" aria-label=\"Retour à l’appel de la note 1 (2)\">↩</a></p>
</li>
</ol>
</section>
"),
        ("a[^x] b[^y] c[^x].\n\n[^y]: Y\n\n[^x]: X *x*\n\n    suite", "\
<p>a<sup class=\"footnote-ref\"><a href=\"#note-1\" id=\"appel-1\" role=\"doc-noteref\">1</a></sup> b<sup class=\"footnote-ref\"><a href=\"#note-2\" id=\"appel-2\" role=\"doc-noteref\">2</a></sup> c<sup class=\"footnote-ref\"><a href=\"#note-1\" id=\"appel-1-2\" role=\"doc-noteref\">1</a></sup>.</p>
<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Notes\">
<ol>
<li id=\"note-1\">
<p>X <em>x</em></p>
<p>suite <a class=\"footnote-back\" href=\"#appel-1\" role=\"doc-backlink\" aria-label=\"Retour à l’appel de la note 1\">↩</a> <a class=\"footnote-back\" href=\"#appel-1-2\" role=\"doc-backlink\" aria-label=\"Retour à l’appel de la note 1 (2)\">↩</a></p>
</li>
<li id=\"note-2\">
<p>Y <a class=\"footnote-back\" href=\"#appel-2\" role=\"doc-backlink\" aria-label=\"Retour à l’appel de la note 2\">↩</a></p>
</li>
</ol>
</section>
"),
        ("a[^x].\n\n[^x]: - liste", "\
<p>a<sup class=\"footnote-ref\"><a href=\"#note-1\" id=\"appel-1\" role=\"doc-noteref\">1</a></sup>.</p>
<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Notes\">
<ol>
<li id=\"note-1\">
<ul>
<li>liste</li>
</ul>
 <a class=\"footnote-back\" href=\"#appel-1\" role=\"doc-backlink\" aria-label=\"Retour à l’appel de la note 1\">↩</a></li>
</ol>
</section>
"),
        ("a[^1].\n\n[^1]: appelle[^2]\n\n[^2]: B", "\
<p>a<sup class=\"footnote-ref\"><a href=\"#note-1\" id=\"appel-1\" role=\"doc-noteref\">1</a></sup>.</p>
<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"Notes\">
<ol>
<li id=\"note-1\">
<p>appelle<sup class=\"footnote-ref\"><a href=\"#note-2\" id=\"appel-2\" role=\"doc-noteref\">2</a></sup> <a class=\"footnote-back\" href=\"#appel-1\" role=\"doc-backlink\" aria-label=\"Retour à l’appel de la note 1\">↩</a></p>
</li>
<li id=\"note-2\">
<p>B <a class=\"footnote-back\" href=\"#appel-2\" role=\"doc-backlink\" aria-label=\"Retour à l’appel de la note 2\">↩</a></p>
</li>
</ol>
</section>
"),
    ]);
}

#[test]
fn alerts_have_a_heading_in_the_guides_language() {
    check(&[
        (
            "> [!TIP]\n> a",
            "\
<div class=\"alert alert-tip\" role=\"note\">
<p class=\"alert-title\">Conseil</p>
<p>a</p>
</div>
",
        ),
        (
            "> [!IMPORTANT]\n> a",
            "\
<div class=\"alert alert-important\" role=\"note\">
<p class=\"alert-title\">Important</p>
<p>a</p>
</div>
",
        ),
        (
            "> [!CAUTION]\n> a",
            "\
<div class=\"alert alert-caution\" role=\"note\">
<p class=\"alert-title\">Prudence</p>
<p>a</p>
</div>
",
        ),
        (
            "> [!WARNING]\n> Attention !",
            "\
<div class=\"alert alert-warning\" role=\"note\">
<p class=\"alert-title\">Attention</p>
<p>Attention\u{202f}!</p>
</div>
",
        ),
        (
            "> [!note]\n> a",
            "\
<div class=\"alert alert-note\" role=\"note\">
<p class=\"alert-title\">À noter</p>
<p>a</p>
</div>
",
        ),
        ("> [!AUTRE]\n> a", "<blockquote>\n<p>[!AUTRE]\na</p>\n</blockquote>\n"),
        ("> Simple", "<blockquote>\n<p>Simple</p>\n</blockquote>\n"),
    ]);
}

#[test]
fn an_address_in_a_link_is_words_of_it() {
    check(&[(
        "[voir <https://a.b> *ici*](c.md) <https://a.b>",
        "<p><a href=\"c.md\">voir https://a.b <em>ici</em></a> <a href=\"https://a.b\">https://a.b</a></p>\n",
    )]);
}

#[test]
fn images_figures_and_players() {
    check(&[
        ("![Le plan](plan.png)", "<p><img src=\"plan.png\" alt=\"Le plan\" loading=\"lazy\"></p>\n"),
        (
            "![Le plan](plan.png \"Le plan : en gros\")",
            "\
<figure role=\"figure\" aria-label=\"Le plan\u{a0}: en gros\">
<img src=\"plan.png\" alt=\"Le plan\" loading=\"lazy\">
<figcaption>Le plan\u{a0}: en gros</figcaption>
</figure>
",
        ),
        (
            "![Le plan](plan.png \"Titre\") dans le texte",
            "<p><img src=\"plan.png\" alt=\"Le plan\" title=\"Titre\" loading=\"lazy\"> dans le texte</p>\n",
        ),
        ("![](deco.png){.deco}", "<p><img src=\"deco.png\" alt=\"\" loading=\"lazy\"></p>\n"),
        (
            "![Un oiseau](deco.png \"Titre\"){.deco}",
            "<p><img src=\"deco.png\" alt=\"\" title=\"Titre\" loading=\"lazy\"></p>\n",
        ),
        ("avant ![](deco.png){.deco} après", "<p>avant <img src=\"deco.png\" alt=\"\" loading=\"lazy\"> après</p>\n"),
        (
            "![Un film](film.mp4)",
            "<p><video controls preload=\"metadata\" src=\"film.mp4\" aria-label=\"Un film\"><a href=\"film.mp4\">Un film</a></video></p>\n",
        ),
        (
            "![Un son](son.MP3?x)",
            "<p><audio controls preload=\"metadata\" src=\"son.MP3?x\" aria-label=\"Un son\"><a href=\"son.MP3?x\">Un son</a></audio></p>\n",
        ),
    ]);
}

#[test]
fn attributes_of_words_and_paragraphs() {
    check(&[
        ("Le [mot *anglais*]{lang=en} est !", "<p>Le <span lang=\"en\">mot <em>anglais</em></span> est\u{202f}!</p>\n"),
        ("[a [b] c]{lang=en}", "<p><span lang=\"en\">a [b] c</span></p>\n"),
        ("\\[a]{lang=en}", "<p>[a]{lang=en}</p>\n"),
        ("[a]{lang=}", "<p>[a]{lang=}</p>\n"),
        ("[a](b.md){lang=en}", "<p><a href=\"b.md\">a</a>{lang=en}</p>\n"),
        ("[un]{lang=en} et [deux]{lang=de}", "<p><span lang=\"en\">un</span> et <span lang=\"de\">deux</span></p>\n"),
        ("Texte. {.sans-lien}", "<p>Texte.</p>\n"),
        ("Texte.\n{.sans-lien}", "<p>Texte.</p>\n"),
        ("{.sans-lien}", "<p></p>\n"),
        ("`{.sans-lien}`", "<p><code>{.sans-lien}</code></p>\n"),
        ("## Titre {#ici .a .sans-lien}", "<h2 id=\"ici\" class=\"a\">Titre</h2>\n"),
    ]);
}

#[test]
fn lists_of_tasks() {
    check(&[
        (
            "- [ ] à faire\n- [x] fait",
            "\
<ul class=\"tasks\">
<li><input type=\"checkbox\" disabled aria-label=\"À faire\"> à faire</li>
<li><input type=\"checkbox\" disabled checked aria-label=\"Fait\"> fait</li>
</ul>
",
        ),
        (
            "- [ ] à faire\n\n- [x] fait",
            "\
<ul class=\"tasks\">
<li>
<p><input type=\"checkbox\" disabled aria-label=\"À faire\"> à faire</p>
</li>
<li>
<p><input type=\"checkbox\" disabled checked aria-label=\"Fait\"> fait</p>
</li>
</ul>
",
        ),
        (
            "- un\n- [x] deux",
            "\
<ul>
<li>un</li>
<li><input type=\"checkbox\" disabled checked aria-label=\"Fait\"> deux</li>
</ul>
",
        ),
        ("1. [ ] un", "<ol>\n<li><input type=\"checkbox\" disabled aria-label=\"À faire\"> un</li>\n</ol>\n"),
    ]);
}

#[test]
fn code_blocks_definitions_and_typography() {
    check(&[
        ("Terme\n: Un\n: Deux", "<dl>\n<dt>Terme</dt>\n<dd>Un</dd>\n<dd>Deux</dd>\n</dl>\n"),
        ("```rust\nlet a;\n```", "\
<pre class=\"code\" tabindex=\"0\"><code class=\"language-rust\"><span class=\"s-source s-rust\"><span class=\"s-storage s-type s-rust\">let</span> a<span class=\"s-punctuation s-terminator s-rust\">;</span>
</span></code></pre>
"),
        ("```\nlibre <b>\n```", "<pre class=\"code\" tabindex=\"0\"><code>libre &lt;b&gt;\n</code></pre>\n"),
        ("```inconnu\nx\n```", "<pre class=\"code\" tabindex=\"0\"><code class=\"language-inconnu\">x\n</code></pre>\n"),
        ("~~a~~ **b** *c* `d !`  \ne", "<p><del>a</del> <strong>b</strong> <em>c</em> <code>d !</code><br>\ne</p>\n"),
        ("« Quoi ? » l'eau ; 10 km : oui !", "<p>«\u{a0}Quoi\u{202f}?\u{a0}» l’eau\u{202f}; 10\u{a0}km\u{a0}: oui\u{202f}!</p>\n"),
    ]);
}

#[test]
fn html_blocks_go_on_over_empty_lines() {
    check(&[
        (
            "<details open>\n<summary>Ouvrir</summary>\n\nDu *texte* !\n\n</details>",
            "<details open=\"\">\n<summary>Ouvrir</summary>\n<p>Du <em>texte</em>\u{202f}!</p>\n</details>",
        ),
        (
            "<details>\n<summary>A</summary>\n\n- un\n\n<details>\n<summary>B</summary>\n\nb\n\n</details>\n\n</details>\n\nAprès.",
            "\
<details>
<summary>A</summary>
<ul>
<li>un</li>
</ul>
<details>
<summary>B</summary>
<p>b</p>
</details>
</details>
<p>Après.</p>
",
        ),
        (
            "<details>\n<summary>A</summary>\n\nJamais fermé\n\n## Titre",
            "<details>\n<summary>A</summary>\n<p>Jamais fermé</p>\n<h2 id=\"\">Titre</h2>\n</details>",
        ),
        (
            "<DIV>\n\n> <details>\n\n## T {#t}",
            "<div>\n<blockquote>\n<details>\n</details>\n</blockquote>\n<h2 id=\"t\">T</h2>\n</div>",
        ),
        ("<style>p{}</style>\n\nb", "\n<p>b</p>\n"),
        ("<div>\n\na\n\n</div>\n</div>", "<div>\n<p>a</p>\n</div>\n"),
        ("> <div>\n\na", "<blockquote>\n<div>\n</div>\n</blockquote>\n<p>a</p>\n"),
        ("<div>\n\n**a** ?\n\n</div>", "<div>\n<p><strong>a</strong>\u{202f}?</p>\n</div>"),
        ("<div/>\n\na", "<div>\n<p>a</p>\n</div>"),
        ("<pre>\na\n\nb</pre>", "<pre>\na\n\nb</pre>"),
        ("<script>\nalert\n\n**a**\n</script>", ""),
        ("<p align=\"center\">\n\na\n\n</p>", "<p>\n</p>\n<p>a</p>\n"),
        ("<div>\n\na</div>", "<div>\n<p>a</p>\n</div>"),
    ]);
}

#[test]
fn html_that_is_not_allowed_goes() {
    check(&[
        ("a<script>*b</script>* c", "<p>a</p>\n"),
        ("<script>alert(1)</script>", ""),
        ("a<script>alert(1)</script>b", "<p>ab</p>\n"),
        ("<iframe src=\"x\"></iframe>", ""),
        ("<p onclick=\"x\" style=\"y\" class=\"z\" lang=\"en\" title=\"t\">a</p>", r#"<p lang="en" title="t">a</p>"#),
        ("<blink>a</blink>", "<p>a</p>\n"),
        ("<x-y>a</x-y>", "<p>a</p>\n"),
        ("<!-- a --> b", " b"),
        ("<!-- a -->", ""),
        ("<?php ?>", ""),
        ("<!DOCTYPE html>", ""),
        ("<![CDATA[a]]>", ""),
        ("<img src=\"a.png\" alt=\"A\" onerror=\"x\">", r#"<img src="a.png" alt="A">"#),
        ("<video src=\"f.mp4\" controls autoplay></video>", "<p><video src=\"f.mp4\" controls=\"\"></video></p>\n"),
        ("<svg><circle/></svg>", "<p></p>\n"),
        ("<math><mi>x</mi></math>", "<p>x</p>\n"),
        ("<form><input name=a><button>b</button></form>", "b"),
        ("<textarea></textarea><b>", "<b></b>"),
        ("<title><b></title>", "&lt;b&gt;"),
        ("&lt;script&gt;", "<p>&lt;script&gt;</p>\n"),
        ("<plaintext>a", "<p>a</p>\n"),
        ("<noscript><img src=x onerror=alert(1)></noscript>", "<p><img src=\"x\"></p>\n"),
        ("<a id=\"x\" name=\"y\">a</a>", "<p><a>a</a></p>\n"),
        ("<h2 id=\"a\">a</h2>", "<h2>a</h2>"),
        ("<h1>a</h1>", "a"),
    ]);
}

#[test]
fn html_is_closed_where_browsers_would_close_it() {
    check(&[
        ("a <kbd>Ctrl</kbd> b", "<p>a <kbd>Ctrl</kbd> b</p>\n"),
        ("<b>a *b</b> c*", "<p><b>a <em>b c</em></b></p>\n"),
        ("*a <b>b* c</b>", "<p><em>a <b>b</b></em> c</p>\n"),
        ("<b>a", "<p><b>a</b></p>\n"),
        ("a</b>", "<p>a</p>\n"),
        ("</div>", ""),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<p>a<p>b", "<p>a</p><p>b</p>"),
        ("<table><tr><td>a<td>b<tr><td>c</table>", "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>"),
        ("<a href=\"a.md\">a</a>", "<p><a href=\"a.md\">a</a></p>\n"),
        ("<a href=\"a&amp;b\">a</a>", "<p><a href=\"a&amp;b\">a</a></p>\n"),
        ("<div>\n**a** ?\n</div>", "<div>\n**a** ?\n</div>"),
        ("<span>a !</span>", "<p><span>a\u{202f}!</span></p>\n"),
        ("<code>a !</code>", "<p><code>a !</code></p>\n"),
        ("<a href=\"a.md\"><a href=\"b.md\">x</a></a>", "<p><a href=\"a.md\"></a><a href=\"b.md\">x</a></p>\n"),
        ("<b title='\"<>'>a</b>", "<p><b title=\"&quot;&lt;&gt;\">a</b></p>\n"),
        ("<B CLASS=a>x</B>", "<p><b>x</b></p>\n"),
        ("[<b>a](x.md)</b>", "<p><a href=\"x.md\"><b>a</b></a></p>\n"),
        ("<summary>a</summary>", "<summary>a</summary>"),
        ("<td>a</td>", "<td>a</td>"),
        ("<p>a</p></p>", "<p>a</p>"),
        ("a <div>b</div> c", "<p>a b c</p>\n"),
        (
            "<a href=\"a.md\"><b><a href=\"b.md\">x</a></b></a>",
            "<p><a href=\"a.md\"><b></b></a><a href=\"b.md\">x</a></p>\n",
        ),
        ("## a <div>b</div> {#t}", "<h2 id=\"t\">a b</h2>\n"),
        ("- a <div>b</div>", "<ul>\n<li>a <div>b</div></li>\n</ul>\n"),
        (
            "| a <div>b</div> |\n|---|",
            "\
<div class=\"table\" role=\"region\" tabindex=\"0\" aria-label=\"Tableau 1\">
<table>
<thead>
<tr>
<th scope=\"col\">a <div>b</div></th>
</tr>
</thead>
</table>
</div>
",
        ),
    ]);
}

#[test]
fn html_of_other_shapes() {
    check(&[
        ("- <div>\n- b", "<ul>\n<li><div>\n</div></li>\n<li>b</li>\n</ul>\n"),
        ("- a *b<p>c* d", "<ul>\n<li>a <em>bc</em> d</li>\n</ul>\n"),
        ("- `<p>*x<p>y*", "<ul>\n<li>`<p><em>xy</em></p></li>\n</ul>\n"),
        ("<br>", "<br>"),
        ("a<br/>b", "<p>a<br>b</p>\n"),
        ("<hr/>", "<hr>"),
        ("<b/>a", "<p><b>a</b></p>\n"),
        ("a < b > c", "<p>a &lt; b &gt; c</p>\n"),
        ("<div class=\"a\"", ""),
        ("<b", "<p>&lt;b</p>\n"),
    ]);
}
