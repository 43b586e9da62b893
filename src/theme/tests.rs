use std::collections::BTreeMap;

use super::linked::Linked;
use super::sample::{self, files, page, sources, theme};
use super::view::{Colophon, Html, Page};
use super::{Context, Listed, Theme, Wanted};
use crate::config::Accent;
use crate::diagnostic::{Code, Diagnostic};
use crate::language::Tongue;
use crate::source::Sources;

mod shared;

impl Theme {
    fn render_text(&self, template: &str, context: Context) -> Result<String, Box<Diagnostic>> {
        Ok(String::from_utf8(self.render(template, context, 256)?).unwrap())
    }
}

fn load(files: &[(&str, &str)], name: &str) -> (Theme, Vec<Diagnostic>, Sources) {
    let sources = sources(files);
    let (theme, found) = Theme::load(&sources, Wanted { name, tongue: Tongue::English, accent: None });
    let site = sample::site(&theme, Tongue::English);
    (theme.of(&site), found, sources)
}

/// `path:line:column: message` of each fault, in English.
fn told(found: &[Diagnostic], sources: &Sources) -> Vec<String> {
    let tell = |fault: &Diagnostic| {
        let message = fault.message.tell(Tongue::English);
        let Some(span) = fault.span else { return message.to_owned() };
        let (start, _) = sources.locate(span);
        format!("{}:{}:{}: {message}", sources[span.file].path, start.line, start.column)
    };
    found.iter().map(tell).collect()
}

#[test]
fn every_built_in_template_makes_a_file_in_both_tongues() {
    for tongue in [Tongue::French, Tongue::English] {
        let theme = theme(tongue);
        for (template, context) in files() {
            let html = theme.render_text(template, context).unwrap_or_else(|fault| panic!("{}", fault.message.english));
            assert!(html.starts_with("<!doctype html>\n<html lang=\""), "{template}");
            assert_eq!(html.matches("<main").count(), 1, "{template}");
            assert_eq!(html.matches("<h1").count(), 1, "{template}");
            assert!(!html.contains("\n\n"), "{template} has blank lines:\n{html}");
        }
    }
}

#[test]
fn a_page_keeps_the_hooks_that_others_rely_on() {
    let html = theme(Tongue::French).render_text("page.html", Context::page(&page())).unwrap();
    for hook in [
        "<html lang=\"fr\">",
        "<nav class=\"breadcrumb\" aria-label=\"Fil d’Ariane\"><ol><li><a href=\"/guide/\">Accueil</a></li>\
         <li><a href=\"/guide/roles/\">Rôles</a></li><li>Organisation</li>\
         <li><span aria-current=\"page\">Coordinateur &lt;chef&gt;</span></li></ol></nav>",
        "<main id=\"contenu\">",
        "<h1>Coordinateur &lt;chef&gt;<sup class=\"ref\">1</sup></h1>",
        "<ol class=\"references\">\n<li>https://exemple.org/guide/roles/coordinateur/</li>\n</ol>",
        "<aside class=\"backlinks\">\n<h2>Cité dans</h2>",
        "<aside class=\"roles\">",
        "<ol class=\"questions\">\n<li><a href=\"#qui\">Qui ?</a></li>\n</ol>",
        "<section class=\"questions-about\">",
        "<figure class=\"life-cycle\"",
        "<nav class=\"series\" aria-label=\"Série\u{a0}: Une série\">",
        "<section class=\"facet\" data-facet=\"theorie\" id=\"theorie\">\n<h2>Théorie</h2>\n<p>Pourquoi.</p>\n</section>",
        "<a class=\"skip\" href=\"#contenu\">Aller au contenu</a>",
        "<li><a href=\"/guide/accessibilite/\">Accessibilité\u{a0}: partiellement conforme</a></li>\n\
         <li><a href=\"/guide/mentions-legales/\">Mentions légales</a></li>",
        "<div class=\"facet-bar\" data-label=\"Volets\" data-tabs=\"En onglets\"></div>",
        "<time datetime=\"2026-03-01\">1er mars 2026</time>",
        "<a href=\"/guide/roles/\" aria-current=\"true\">Rôles</a>",
        "<a rel=\"prev\" href=\"/guide/roles/animateur/\">",
    ] {
        assert!(html.contains(hook), "{hook}\nin\n{html}");
    }
}

#[test]
fn what_a_page_does_not_have_leaves_nothing() {
    let bare = Page {
        description: String::new(),
        full_url: None,
        image: None,
        noindex: false,
        kind_label: None,
        json_ld: None,
        facets: Listed::default(),
        contents: Listed::default(),
        menu: Html::default(),
        previous: None,
        next: None,
        fields: Vec::new(),
        about: Colophon::default(),
        linked: Linked::default(),
        ..page()
    };
    let html = theme(Tongue::French).render_text("page.html", Context::page(&bare)).unwrap();
    let body = &html[html.find("<main").unwrap()..html.find("</main>").unwrap()];
    assert_eq!(
        body,
        "<main id=\"contenu\">\n<article>\n<header class=\"heading\">\n<h1>Coordinateur &lt;chef&gt;</h1>\n</header>\n\
         <div class=\"text\">\n<p>Il tient le lien.</p>\n<h2 id=\"limites\">Limites</h2><p>Le temps.</p>\n</div>\n\
         </article>\n"
    );
    for absent in ["canonical", "robots", "ld+json", "og:image", "og:url", "rel=\"prev\"", "\"description\""] {
        assert!(!html.contains(absent), "{absent}");
    }
}

#[test]
fn a_page_in_another_language_tells_the_interface_from_the_text() {
    let english = Page { lang: "en".into(), ..page() };
    let html = theme(Tongue::French).render_text("page.html", Context::page(&english)).unwrap();
    for mark in
        ["<html lang=\"en\">", "<body class=\"page\" lang=\"fr\">", "<h1 lang=\"en\">", "class=\"text\" lang=\"en\""]
    {
        assert!(html.contains(mark), "{mark}");
    }
}

#[test]
fn the_site_map_nests_as_the_guide_does() {
    let page = Page { linked: Linked::default(), ..page() };
    let html = theme(Tongue::French).render_text("site-map.html", Context::site_map(&page, &sample::map())).unwrap();
    let tree = &html[html.find("<ul class=\"tree\">").unwrap()..html.find("</article>").unwrap()];
    let mut shape = String::new();
    for tag in tree.split('<').skip(1) {
        match tag.split(['>', ' ']).next().unwrap() {
            "ul" => shape.push('('),
            "/ul" => shape.push(')'),
            "li" => shape.push_str(tag.strip_prefix("li>").unwrap()),
            "a" if !tag.contains("more") => shape.push_str(tag.rsplit('>').next().unwrap()),
            _ => {}
        }
    }
    let shape: String = shape.split_whitespace().collect();
    assert!(shape.starts_with("(a(b(c(d))x)ef(b(c(d))))"), "{shape}");
    assert_eq!(tree.matches("<li>").count(), tree.matches("</li>").count());
}

#[test]
fn a_guide_overrides_one_file_at_a_time() {
    let (theme, found, _) = load(
        &[
            (
                "themes/mine/templates/page.html",
                "{% extends \"boussole/page.html\" %}{% block after %}<hr>{{ t.ours }}{% endblock %}",
            ),
            ("themes/mine/templates/kinds/role.html", "{{ page.title }} {{ t.skip_link }}"),
            ("themes/mine/i18n/en.yaml", "skip_link: Jump\nours: Our word\n"),
            ("themes/mine/assets/mine.css", "a{}"),
            ("themes/other/templates/base.html", "{% never"),
        ],
        "mine",
    );
    assert!(found.is_empty(), "{found:?}");
    let html = theme.render_text("page.html", Context::page(&page())).unwrap();
    assert!(html.contains("<hr>Our word") && html.contains(">Jump</a>") && html.contains("Main menu"), "{html}");
    assert!(theme.render_text("section.html", Context::page(&page())).unwrap().contains("class=\"page section\""));
    assert_eq!(theme.render_text("kinds/role.html", Context::page(&page())).unwrap(), "Coordinateur &lt;chef&gt; Jump");
    assert!(theme.has("kinds/role.html") && theme.has("home.html") && !theme.has("kinds/term.html"));
    let names: Vec<&str> = theme.assets().map(|asset| asset.name.as_str()).collect();
    assert!(names.contains(&"boussole.css") && names.contains(&"mine.css") && names.is_sorted(), "{names:?}");
    assert_eq!((theme.word("home"), theme.word("nothing")), ("Home", "nothing"));
}

#[test]
fn a_theme_that_does_not_exist_is_told_with_the_nearest() {
    for (guide, name, place) in [
        ("title: x\ntheme: bousole\n", "bousole", "guide.yaml:2:8: the guide has no theme `bousole`"),
        ("title: x\n", "bousole", "the guide has no theme `bousole`"),
    ] {
        let (_, found, sources) = load(&[("guide.yaml", guide)], name);
        assert_eq!(told(&found, &sources), [place]);
        assert_eq!(found[0].code, Code::UnknownTheme);
        assert_eq!(found[0].help.as_ref().unwrap().english, "did you mean `boussole`?");
    }
    let (_, found, _) = load(&[("themes/foret/theme.yaml", "")], "mer");
    assert!(found[0].help.as_ref().unwrap().english.contains("themes/mer/"));
}

#[test]
fn what_is_wrong_in_the_guides_own_templates_is_told_at_its_place() {
    for (text, told_as) in [
        (
            "a\n  {% if page %}é {{ page. }}",
            "2:27: the template `page.html` holds a mistake; the template engine says: “",
        ),
        (
            "é\n{{ page.title | uper }}",
            "2:17: the template `page.html` holds a mistake; the template engine says: “Unknown filter `uper`",
        ),
        (
            "{% extends \"bas.html\" %}",
            "1:1: the template `page.html` holds a mistake; the template engine says: “Template 'page.html' is inheriting",
        ),
        (
            "\n\n é{% include \"a.html\" %}",
            "3:14: the template `page.html` holds a mistake; the template engine says: “Unknown template `a.html`",
        ),
        (
            "{% extends \"base.html\" %}\n{% block mian %}{% endblock %}",
            "2:10: the template `page.html` holds a mistake; the template engine says: “Block `mian`",
        ),
    ] {
        let (_, found, sources) = load(&[("themes/boussole/templates/page.html", text)], "boussole");
        let told = told(&found, &sources);
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains(told_as), "{told_as}: {told:?}");
        assert_eq!((found[0].code, found[0].help.is_some()), (Code::Template, true));
    }
}

#[test]
fn each_template_that_does_not_read_is_told() {
    let files = [("themes/t/templates/a.html", "{% if %}"), ("themes/t/templates/b.html", "\n{{ }}")];
    let (theme, found, sources) = load(&files, "t");
    let told = told(&found, &sources);
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told[0].starts_with("themes/t/templates/a.html:1:"), "{told:?}");
    assert!(told[1].starts_with("themes/t/templates/b.html:2:"), "{told:?}");
    assert!(theme.render_text("page.html", Context::page(&page())).is_ok());
}

#[test]
fn a_variable_that_does_not_exist_names_its_place_and_the_page() {
    let (theme, _, sources) = load(&[("themes/t/templates/page.html", "\n<p>{{ page.titel }}</p>")], "t");
    let fault = theme.render_text("page.html", Context::page(&page())).unwrap_err();
    let told = told(&[*fault], &sources);
    assert!(
        told[0].starts_with(
            "themes/t/templates/page.html:2:12: the template `page.html` cannot make the page `/guide/roles/coordinateur/`; \
             the template engine says: “"
        ),
        "{told:?}"
    );
    assert!(told[0].contains("titel"), "{told:?}");
}

#[test]
fn a_built_in_template_that_misses_a_block_says_so() {
    let (_, found, sources) = load(&[("themes/t/templates/base.html", "<p>")], "t");
    let told = told(&found, &sources);
    assert!(told[0].contains("`boussole/404.html`") || told[0].contains("`boussole/page.html`"), "{told:?}");
    let help = "this built-in template relies on a template of your theme: keep the original’s blocks and names in it";
    assert!(
        found.iter().all(|fault| fault.code == Code::Template && fault.help.as_ref().unwrap().english == help),
        "{found:?}"
    );
}

#[test]
fn words_that_do_not_read_are_told_at_their_place() {
    let (theme, found, sources) = load(&[("themes/t/i18n/en.yaml", "home: Start\nmenu: [a\n")], "t");
    assert_eq!(found[0].code, Code::YamlSyntax);
    assert!(told(&found, &sources)[0].starts_with("themes/t/i18n/en.yaml:"));
    assert_eq!(theme.word("home"), "Home");
}

#[test]
fn the_accent_is_part_of_the_stylesheet_and_of_its_name() {
    let accent = Accent { light: "#123456".into(), dark: "#abcdef".into() };
    let css = |accent: Option<&Accent>| {
        let (theme, _) = Theme::load(&sources(&[]), Wanted { name: "boussole", tongue: Tongue::French, accent });
        let asset = theme.assets().next().unwrap();
        (asset.output.as_str().to_owned(), String::from_utf8(asset.bytes.to_vec()).unwrap())
    };
    let ((plain_name, plain), (name, accented)) = (css(None), css(Some(&accent)));
    assert!(accented.starts_with(&plain) && accented.contains("--accent:light-dark(#123456,#abcdef)"));
    assert!(accented[plain.len()..].starts_with("@media screen{:root{--accent:#123456}"), "print stays black");
    assert_ne!(name, plain_name);
    assert!(
        name.starts_with("assets/boussole.")
            && name.ends_with(".css")
            && name.len() == "assets/boussole.12345678.css".len()
    );
}

/// The colours of the stylesheet: each token on the light ground, and on the dark one. The first block, for browsers that
/// know but the light ground, says the same of that as the second.
fn tokens(css: &str) -> BTreeMap<&str, [&str; 2]> {
    let declared = css.split([';', '{', '}']).filter_map(|token| token.trim().strip_prefix("--")?.split_once(": "));
    let (mut plain, mut both) = (BTreeMap::new(), BTreeMap::new());
    for (name, value) in declared {
        if let Some(pair) = value.strip_prefix("light-dark(").and_then(|pair| pair.strip_suffix(')')?.split_once(", "))
        {
            assert!(both.insert(name, [pair.0, pair.1]).is_none(), "{name} twice");
        } else if value.starts_with('#') {
            plain.entry(name).or_insert(value);
        }
    }
    assert_eq!(both.iter().map(|(name, [light, _])| (*name, *light)).collect::<BTreeMap<_, _>>(), plain);
    both
}

fn luminance(colour: &str) -> f64 {
    let channel = |at: usize| {
        let value = f64::from(u8::from_str_radix(&colour[at..at + 2], 16).unwrap()) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

fn contrast(one: &str, other: &str) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn stylesheet() -> String {
    let (theme, _, _) = load(&[], "boussole");
    let asset = theme.assets().find(|asset| asset.name == "boussole.css").unwrap();
    String::from_utf8(asset.bytes.to_vec()).unwrap()
}

#[test]
fn every_colour_can_be_read_on_every_ground() {
    let css = stylesheet();
    let tokens = tokens(&css);
    assert!(tokens.len() >= 19, "{tokens:?}");
    for (name, colours) in tokens.iter().filter(|(name, _)| !["ground", "sheet", "rule"].contains(name)) {
        let least = if *name == "edge" { 3.0 } else { 4.5 };
        for ground in ["ground", "sheet"] {
            for (mode, colour) in colours.iter().enumerate() {
                let found = contrast(colour, tokens[ground][mode]);
                assert!(found >= least, "{name} on {ground}, {mode}: {found:.2}");
            }
        }
    }
    assert!((contrast("#000000", "#ffffff") - 21.0).abs() < 1e-9);
}

#[test]
fn every_part_of_the_interface_has_an_edge_that_can_be_seen() {
    let css = stylesheet();
    // What is pressed, typed into or laid over the page is told from it by its line, or by the ink in it.
    for part in ["button {", ".preview {"] {
        let rule = &css[css.find(part).unwrap()..];
        assert!(rule[..rule.find('}').unwrap()].contains("border: 1px solid var(--edge)"), "{part}");
    }
    assert!(css.contains(":focus-visible { outline: .1875rem solid var(--accent)"));
    assert!(!css.contains("outline: none"));
}

#[test]
fn the_ground_follows_the_choice_of_the_reader() {
    let css = stylesheet();
    for mode in ["light", "dark"] {
        assert!(css.contains(&format!(":root[data-theme={mode}] {{ color-scheme: {mode}; }}")), "{mode}");
    }
    let screen = css.find("@media screen").unwrap();
    assert!(css.find("--ground: light-dark(").unwrap() > screen, "paper is white");
    let [light, dark] = tokens(&css)["ground"];
    let html = theme(Tongue::French).render_text("page.html", Context::page(&page())).unwrap();
    for (mode, colour) in [("light", light), ("dark", dark)] {
        let meta = format!("<meta name=\"theme-color\" content=\"{colour}\" media=\"(prefers-color-scheme: {mode})\">");
        assert!(html.contains(&meta), "{meta}");
    }
}

#[test]
fn the_manual_names_every_field_of_a_page_and_every_template() {
    let (_, manual) = super::embedded().find(|(path, _)| *path == "README.md").unwrap();
    let manual = std::str::from_utf8(manual).unwrap();
    let (theme, _, _) = load(
        &[(
            "themes/t/templates/page.html",
            "{% for key, v in page %}{{ key }} {% endfor %}{% for key, v in site %}{{ key }} {% endfor %}",
        )],
        "t",
    );
    let names = theme.render_text("page.html", Context::page(&page())).unwrap();
    assert!(names.split_whitespace().count() > 30, "{names}");
    for name in names.split_whitespace() {
        assert!(manual.contains(&format!("`{name}`")), "{name}");
    }
    for (path, _) in super::embedded().filter(|(path, _)| path.starts_with("templates/")) {
        let name = path.trim_start_matches("templates/");
        let name = name.strip_prefix("partials/").map_or(name, |partial| partial.trim_end_matches(".html"));
        assert!(manual.contains(&format!("`{name}`")), "{name}");
    }
}

#[test]
fn finished_parts_are_what_their_partials_make_for_each_page() {
    let finished = theme(Tongue::English);
    let partial = |name: &str| {
        let include = format!("{{% include \"boussole/partials/{name}.html\" %}}");
        (format!("themes/t/templates/partials/{name}.html"), include)
    };
    let files = ["head-assets", "header", "footer"].map(partial);
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let (fresh, found, _) = load(&files, "t");
    assert!(found.is_empty(), "{found:?}");
    let known = ["comprendre", "roles", "glossaire", "plan-du-site", "accessibilite", "mentions-legales", "ailleurs"];
    for (url, part) in known.iter().flat_map(|url| known.iter().map(move |part| (url, part))) {
        let breadcrumb = vec![sample::link("", "/guide/"), sample::link("", &format!("/guide/{part}/"))];
        let linked = if url == part { page().linked } else { Linked::default() };
        let page = Page { url: format!("/guide/{url}/"), breadcrumb, linked, ..page() };
        let html = finished.render_text("page.html", Context::page(&page)).unwrap();
        assert_eq!(html, fresh.render_text("page.html", Context::page(&page)).unwrap(), "{url} {part}");
        let marked = html.matches(&format!("<a href=\"/guide/{url}/\" aria-current=\"page\">")).count();
        assert_eq!(marked, usize::from(*url != "ailleurs"), "{url}");
    }
}

#[test]
fn parts_are_made_anew_where_they_are_not_finished() {
    let own = |path: &str, text: &str| {
        let (theme, found, _) = load(&[(&format!("themes/t/templates/{path}"), text)], "t");
        assert!(found.is_empty(), "{found:?}");
        theme
    };
    let elsewhere = own("redirect.html", "{% set page = redirect %}{% include \"partials/footer.html\" %}");
    let (template, context) = files().into_iter().find(|(template, _)| *template == "redirect.html").unwrap();
    assert!(elsewhere.render_text(template, context).unwrap().starts_with("<footer class=\"foot\">"));
    let replaced = own("boussole/partials/header.html", "<header>{{ page.title }}</header>");
    let html = replaced.render_text("page.html", Context::page(&page())).unwrap();
    assert!(
        html.contains("<header>Coordinateur &lt;chef&gt;</header>") && html.contains("<footer class=\"foot\">"),
        "{html}"
    );
}

#[test]
fn templates_with_their_partials_in_place_make_what_includes_make() {
    let joined = theme(Tongue::English);
    let (included, _, _) = load(&[("themes/t/templates/unused.html", "")], "t");
    for ((template, context), (_, same)) in files().into_iter().zip(files()) {
        let html = joined.render_text(template, context).unwrap();
        assert_eq!(html, included.render_text(template, same).unwrap(), "{template}");
    }
}

#[test]
fn groups_that_a_template_makes_are_listed() {
    let of = |entries: &str| {
        let groups = format!("{{% set groups = [{{\"title\": \"X\", \"entries\": {entries}, \"more\": none}}] %}}");
        let own = format!("{groups}{{% include \"partials/groups.html\" %}}");
        let (theme, found, _) = load(&[("themes/t/templates/own.html", &own)], "t");
        assert!(found.is_empty(), "{found:?}");
        theme.render_text("own.html", Context::page(&page())).unwrap()
    };
    let html = of("page.linked.roles");
    assert!(html.starts_with("<h3>X</h3>\n<ul>\n<li") && html.contains("<a href=\""), "{html}");
    assert_eq!(of("[]"), "<h3>X</h3>\n");
}

#[test]
fn a_menu_differs_only_in_the_entry_that_is_current() {
    let menu = theme(Tongue::French).menu(sample::menu()).unwrap();
    let nowhere = menu.at(None).0;
    assert!(!nowhere.contains("aria-current"), "{nowhere}");
    for (at, address) in ["/guide/roles/animateur/", "/guide/roles/coordinateur/"].iter().enumerate() {
        let html = menu.at(Some(at)).0;
        assert!(html.contains(&format!("<a href=\"{address}\" aria-current=\"page\">")), "{html}");
        assert_eq!(html.replace(" aria-current=\"page\"", ""), nowhere);
    }
}
