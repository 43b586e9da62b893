//! What static hosts and engines read.

use serde::Serialize;

use super::own;
use super::pictures::Icons;
use crate::config::LIGHT_GROUND;
use crate::guide::Guide;
use crate::markup::spelling::Spelling;
use crate::markup::typography;
use crate::path::OutputPath;

/// `robots.txt`
pub(super) fn robots(spelling: Spelling<'_>) -> String {
    let sitemap = spelling.full(&spelling.file(&own("sitemap.xml")));
    let sitemap = sitemap.map(|address| format!("\nSitemap: {address}\n")).unwrap_or_default();
    format!("User-agent: *\nAllow: /\n{sitemap}")
}

/// What pages may load and run: nothing of others but images, films and sounds, and no script or style that stands in a
/// page. Search runs WebAssembly.
pub(super) fn policy(guide: &Guide) -> String {
    let search = if super::shared::has_search(guide) { " 'wasm-unsafe-eval'; worker-src 'self'" } else { "" };
    format!(
        "default-src 'none'; script-src 'self'{search}; connect-src 'self'; style-src 'self'; \
         img-src 'self' https:; media-src 'self' https:; manifest-src 'self'; base-uri 'none'; form-action 'none'"
    )
}

/// `_headers`: the policy for every page, and a long life for files whose name changes with their content.
pub(super) fn headers(spelling: Spelling<'_>) -> String {
    let base = spelling.address(&crate::path::Address::root());
    let policy = policy(spelling.guide);
    format!(
        "{base}*\n  \
           Content-Security-Policy: {policy}; frame-ancestors 'none'\n  \
           X-Content-Type-Options: nosniff\n  \
           Referrer-Policy: strict-origin-when-cross-origin\n\n\
         {base}assets/*\n  \
           Cache-Control: public, max-age=31536000, immutable\n"
    )
}

/// `site.webmanifest`: how the guide is named, and what it looks like, where someone keeps it on a home screen.
pub(super) fn web_manifest(spelling: Spelling<'_>, icons: &Icons) -> Vec<u8> {
    let site = &spelling.guide.config.site;
    let title = typography::apply(site.language, &site.title).into_owned();
    let start = spelling.address(&crate::path::Address::root());
    let icon = |(side, file): &(u32, OutputPath)| ListedIcon {
        src: spelling.file(file),
        sizes: format!("{side}x{side}"),
        of: "image/png",
    };
    let ground = LIGHT_GROUND.to_string();
    let manifest = WebManifest {
        name: &title,
        short_name: &title,
        lang: site.language.tag(),
        start_url: &start,
        scope: &start,
        display: "browser",
        theme_color: &ground,
        background_color: &ground,
        icons: icons.listed.iter().map(icon).collect(),
    };
    let mut json = serde_json::to_vec_pretty(&manifest).expect("text and lists are JSON");
    json.push(b'\n');
    json
}

#[derive(Serialize)]
struct WebManifest<'a> {
    name: &'a str,
    short_name: &'a str,
    lang: &'a str,
    start_url: &'a str,
    scope: &'a str,
    display: &'static str,
    theme_color: &'a str,
    background_color: &'a str,
    icons: Vec<ListedIcon>,
}

#[derive(Serialize)]
struct ListedIcon {
    src: String,
    sizes: String,
    #[serde(rename = "type")]
    of: &'static str,
}
