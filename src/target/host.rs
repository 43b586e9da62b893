//! What static hosts and engines read.

use super::own;
use crate::markup::spelling::Spelling;

/// `robots.txt`
pub(super) fn robots(spelling: Spelling<'_>) -> String {
    let sitemap = spelling.full(&spelling.file(&own("sitemap.xml")));
    let sitemap = sitemap.map(|address| format!("\nSitemap: {address}\n")).unwrap_or_default();
    format!("User-agent: *\nAllow: /\n{sitemap}")
}

/// `_headers`: a strict policy for every page, and a long life for files whose name changes with their content.
pub(super) fn headers(spelling: Spelling<'_>) -> String {
    let base = spelling.address(&crate::path::Address::root());
    format!(
        "{base}*\n  \
           Content-Security-Policy: default-src 'none'; style-src 'self'; img-src 'self' https:; media-src 'self' https:; \
           manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'\n  \
           X-Content-Type-Options: nosniff\n  \
           Referrer-Policy: strict-origin-when-cross-origin\n\n\
         {base}assets/*\n  \
           Cache-Control: public, max-age=31536000, immutable\n"
    )
}
