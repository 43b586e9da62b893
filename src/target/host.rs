//! What static hosts and engines read.

use super::own;
use crate::guide::Guide;
use crate::markup::spelling::Spelling;

/// `robots.txt`
pub(super) fn robots(spelling: Spelling<'_>) -> String {
    let sitemap = spelling.full(&spelling.file(&own("sitemap.xml")));
    let sitemap = sitemap.map(|address| format!("\nSitemap: {address}\n")).unwrap_or_default();
    format!("User-agent: *\nAllow: /\n{sitemap}")
}

/// What pages may load and run: nothing of others but images, films and sounds, and no script or style that stands in a
/// page. Search runs WebAssembly.
pub(super) fn policy(guide: &Guide) -> String {
    let wasm = if super::shared::has_search(guide) { " 'wasm-unsafe-eval'" } else { "" };
    format!(
        "default-src 'none'; script-src 'self'{wasm}; worker-src 'self'; connect-src 'self'; style-src 'self'; \
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
