//! What is made once for many pages is what templates would make for each.

use std::collections::BTreeSet;

use super::super::linked::Linked;
use super::super::sample::{self, page, theme};
use super::super::view::{Colophon, Html, Page, Site};
use super::super::{Context, Theme, Wanted, embedded};
use super::{load, sources};
use crate::language::Tongue;

#[test]
fn finished_lists_are_what_loops_over_their_items_make() {
    let lang = "{% if item.lang %} lang=\"{{ item.lang }}\"{% endif %}";
    let tab = "\n<li>{% if item.current %}<span aria-current=\"true\">{{ item.title }}</span>{% else %}\
      <a href=\"{{ item.url }}\">{{ item.title }}</a>{% endif %}</li>";
    let entry = format!("\n<li{lang}><a href=\"{{{{ item.url }}}}\">{{{{ item.title }}}}</a>");
    for (list, of_item) in [
        ("page.breadcrumb", "<li>{% if loop.last %}<span aria-current=\"page\">{{ item.title }}</span>{% elif loop.first %}\
          <a href=\"{{ item.url }}\">Accueil</a>{% elif item.url %}\
          <a href=\"{{ item.url }}\">{{ item.title }}</a>{% else %}{{ item.title }}{% endif %}</li>".to_owned()),
        ("page.contents", "<li><a href=\"#{{ item.id }}\">{{ item.title }}</a>{% if item.children %}<ul>{% for sub in item.children %}\
          <li><a href=\"#{{ sub.id }}\">{{ sub.title }}</a></li>{% endfor %}</ul>{% endif %}</li>".to_owned()),
        ("page.linked.related", "\n<li><a href=\"{{ item.url }}\">{{ item.title }}</a></li>".to_owned()),
        ("page.linked.references", "\n<li>{{ item }}</li>".to_owned()),
        ("page.facets", "<section class=\"facet\" data-facet=\"{{ item.id }}\" id=\"{{ item.id }}\">\n<h2>{{ item.title }}</h2>\n\
          {{ item.html }}\n</section>\n".to_owned()),
        (
            "page.linked.backlinks",
            "{% if item.more %}<p class=\"more\"><a href=\"{{ item.more.url }}\">{{ item.more.title }}</a></p>\n{% else %}\
             <h3>{{ item.title }}</h3>\n<ul>{{ item.entries_html }}\n</ul>\n{% endif %}"
                .to_owned(),
        ),
        ("page.linked.backlinks[0].entries", format!("{entry}<p>{{{{ item.text }}}}</p></li>")),
        ("list.groups[0].items", format!("{entry} <span class=\"count\" lang=\"fr\">{{{{ item.kind }}}}</span>\
          <p>{{{{ item.html }}}}</p></li>")),
        ("list.index", tab.to_owned()),
        ("list.kinds", tab.to_owned()),
    ] {
        assert_looped((list, &of_item), &|| Context::listing(&page(), &sample::firsts()));
    }
    let term = format!(
        "\n<div{lang}><dt><a class=\"term\" href=\"{{{{ item.url }}}}\">{{{{ item.title }}}}</a>\
      {{% if item.synonyms %}} <span>{{{{ item.synonyms | join(sep=\", \") }}}}</span>{{% endif %}}</dt>\n<dd>{{{{ item.html }}}}</dd></div>"
    );
    assert_looped(("list.groups[0].items", &term), &|| Context::listing(&page(), &sample::listing()));
    let question = format!(
        "<section class=\"asked\"{lang}>\n<h3><a href=\"{{{{ item.url }}}}\">{{{{ item.title }}}}</a></h3>\n\
      {{{{ item.html }}}}\n</section>\n"
    );
    assert_looped(("list.groups[0].items", &question), &|| Context::listing(&page(), &sample::questions()));
    let row = "\n<li>{% if item.url %}<a href=\"{{ item.url }}\">{{ item.title }}</a>{% else %}{{ item.title }}{% endif %}\
      {% if item.more %} <a class=\"more\" href=\"{{ item.more.url }}\">{{ item.more.title }}</a>{% endif %}\
      {% if item.opens %}<ul>{% else %}</li>{% endif %}{% for level in range(end=item.closes) %}</ul></li>{% endfor %}";
    assert_looped(("map.entries", row), &|| Context::site_map(&page(), &sample::map()));
}

/// That a list comes finished as a loop over its items makes it.
fn assert_looped((list, of_item): (&str, &str), context: &dyn Fn() -> Context) {
    let looped = format!("{{% for item in {list} %}}{of_item}{{% endfor %}}");
    let finished = format!("{{{{ {list}_html }}}}");
    let files = [("themes/t/templates/l.html", &*looped), ("themes/t/templates/f.html", &*finished)];
    let (theme, found, _) = load(&files, "t");
    assert!(found.is_empty(), "{found:?}");
    let html = theme.render_text("f.html", context()).unwrap();
    assert!(html.contains("</"), "{list}: {html}");
    assert_eq!(html, theme.render_text("l.html", context()).unwrap(), "{list}");
}

#[test]
fn pages_of_one_form_are_what_their_template_makes_of_each() {
    let theme = theme(Tongue::French);
    let page = || Page { linked: Linked { cycle: None, ..page().linked }, ..page() };
    let other = || {
        let (title, url) = ("A & <b>\"B\"</b>".to_owned(), "/guide/roles/".to_owned());
        let about = Colophon { owner: None, ..page().about };
        Page { title, url, description: String::new(), intro: Html("<p>&amp;</p>".into()), about, ..page() }
    };
    let pages: [(&str, &dyn Fn() -> Page); 6] = [
        ("page.html", &page),
        ("page.html", &other),
        ("page.html", &|| Page { title: "Autre".into(), head_title: "Autre – Guide".into(), ..page() }),
        ("page.html", &|| Page { lang: "en".into(), kind: "article".into(), ..other() }),
        ("page.html", &|| Page { linked: Linked::default(), menu: Html::default(), next: None, ..page() }),
        ("section.html", &|| Page { linked: page().linked, ..sample::section() }),
    ];
    for (template, page) in pages.iter().chain(&pages) {
        let html = theme.render_page(template, (page(), None), 0).unwrap();
        let fresh = theme.render_text(template, Context::page(&page())).unwrap();
        assert_eq!(String::from_utf8(html).unwrap(), fresh);
    }
    for (template, listing) in [("facet.html", sample::firsts()), ("list.html", sample::pages())] {
        let fresh = theme.render_text(template, Context::listing(&page(), &listing)).unwrap();
        let html = theme.render_page(template, (page(), Some(listing)), 0).unwrap();
        assert_eq!(String::from_utf8(html).unwrap(), fresh);
    }
}

#[test]
fn what_looks_like_a_gap_is_a_text_like_others() {
    let load = || Theme::load(&sources(&[]), Wanted { name: "boussole", tongue: Tongue::French, accent: None }).0;
    let title = "A\u{fdd0}7.0\u{fdd1} & \u{fdd0}";
    let site = |theme: &Theme| Site { title: title.into(), ..sample::site(theme, Tongue::French) };
    let theme = load().of(&site(&load()));
    let page = || Page { linked: Linked { cycle: None, ..page().linked }, title: title.into(), ..page() };
    let html = theme.render_page("page.html", (page(), None), 0).unwrap();
    let fresh = theme.render_text("page.html", Context::page(&page())).unwrap();
    assert_eq!(String::from_utf8(html).unwrap(), fresh);
    assert!(fresh.matches("A\u{fdd0}7.0\u{fdd1} &amp; \u{fdd0}").count() > 2, "{fresh}");
}

#[test]
fn templates_ask_no_text_what_it_says() {
    let mut compared = BTreeSet::new();
    let finished = ["header", "footer"].map(|part| format!("templates/partials/{part}.html"));
    let apart = ["templates/partials/shape.html", "templates/who-does-what.html"];
    for (name, text) in embedded().filter(|(name, _)| name.starts_with("templates/")) {
        if finished.iter().any(|part| part == name) || apart.contains(&name) {
            continue;
        }
        let text = std::str::from_utf8(text).unwrap();
        let tags = text.split(['{', '}']).filter(|tag| tag.starts_with('%') || !tag.contains(['<', '\n']));
        for tag in tags {
            let words: Vec<&str> = tag.split_whitespace().collect();
            let asked =
                words.windows(2).filter(|pair| ["==", "!=", "<", ">", "<=", ">=", "|", "in", "is"].contains(&pair[1]));
            compared.extend(asked.map(|pair| pair[0].to_owned()));
        }
    }
    // Loops have names before `in`. All others are numbers, or told as part of a view’s form.
    let asked: Vec<&str> = compared.iter().map(String::as_str).filter(|name| name.contains('.')).collect();
    let known =
        "child.pages group.count group.entries_html page.breadcrumb page.facets_count page.kind page.lang task.share";
    assert_eq!(asked.join(" "), known);
}
