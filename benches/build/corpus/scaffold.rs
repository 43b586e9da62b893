//! The configuration of each program, and for the peers templates that draw what Boussole's pages show:
//! breadcrumbs, the section's own menu, a table of contents, the body, what relates the page to others, previous and next.

use super::{Corpus, File, Format};

type Scaffold = &'static [(&'static str, &'static str)];

const GUIDE: &str = include_str!("templates/guide.yaml");

const HUGO: Scaffold = &[
    ("hugo.toml", include_str!("templates/hugo/hugo.toml")),
    ("layouts/baseof.html", include_str!("templates/hugo/baseof.html")),
    ("layouts/page.html", include_str!("templates/hugo/page.html")),
    ("layouts/list.html", include_str!("templates/hugo/list.html")),
    ("layouts/home.html", include_str!("templates/hugo/list.html")),
    ("layouts/_partials/menu.html", include_str!("templates/hugo/menu.html")),
];

const ZOLA: Scaffold = &[
    ("config.toml", include_str!("templates/zola/config.toml")),
    ("templates/base.html", include_str!("templates/zola/base.html")),
    ("templates/page.html", include_str!("templates/zola/page.html")),
    ("templates/section.html", include_str!("templates/zola/section.html")),
    ("templates/index.html", include_str!("templates/zola/section.html")),
];

const MDBOOK: Scaffold = &[
    ("book.toml", include_str!("templates/mdbook/book.toml")),
    ("theme/index.hbs", include_str!("templates/mdbook/index.hbs")),
];

const ZENSICAL: Scaffold = &[
    ("zensical.toml", include_str!("templates/zensical/zensical.toml")),
    ("overrides/main.html", include_str!("templates/zensical/main.html")),
];

pub(super) fn files(corpus: Corpus) -> Vec<File> {
    let scaffold = match corpus.format {
        Format::Boussole => {
            return vec![File::text("guide.yaml".into(), GUIDE.to_owned() + corpus.names.settings())];
        }
        Format::Hugo => HUGO,
        Format::Zola => ZOLA,
        Format::Mdbook => MDBOOK,
        Format::Zensical => ZENSICAL,
    };
    scaffold.iter().map(|&(path, text)| File::text(path.into(), text.into())).collect()
}
