//! What is said of a file beside its bytes: its type, and what the site's `_headers` asks of hosts.

use hyper::header::{CACHE_CONTROL, HeaderMap, HeaderName, HeaderValue};

/// The types of files by their extensions, in lower case.
const TYPES: &[(&str, &str)] = &[
    ("html", "text/html; charset=utf-8"),
    ("htm", "text/html; charset=utf-8"),
    ("css", "text/css; charset=utf-8"),
    ("js", "text/javascript; charset=utf-8"),
    ("mjs", "text/javascript; charset=utf-8"),
    ("txt", "text/plain; charset=utf-8"),
    ("md", "text/markdown; charset=utf-8"),
    ("csv", "text/csv; charset=utf-8"),
    ("ics", "text/calendar; charset=utf-8"),
    ("vtt", "text/vtt; charset=utf-8"),
    ("json", "application/json"),
    ("xml", "application/xml"),
    ("webmanifest", "application/manifest+json"),
    ("wasm", "application/wasm"),
    ("pdf", "application/pdf"),
    ("zip", "application/zip"),
    ("epub", "application/epub+zip"),
    ("odt", "application/vnd.oasis.opendocument.text"),
    ("ods", "application/vnd.oasis.opendocument.spreadsheet"),
    ("odp", "application/vnd.oasis.opendocument.presentation"),
    ("doc", "application/msword"),
    ("docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
    ("xls", "application/vnd.ms-excel"),
    ("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    ("ppt", "application/vnd.ms-powerpoint"),
    ("pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
    ("svg", "image/svg+xml"),
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("avif", "image/avif"),
    ("ico", "image/x-icon"),
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("ogg", "audio/ogg"),
    ("oga", "audio/ogg"),
    ("wav", "audio/wav"),
    ("flac", "audio/flac"),
    ("mp4", "video/mp4"),
    ("m4v", "video/mp4"),
    ("webm", "video/webm"),
    ("ogv", "video/ogg"),
    ("woff", "font/woff"),
    ("woff2", "font/woff2"),
    ("ttf", "font/ttf"),
    ("otf", "font/otf"),
];

/// The type of the file called `path`.
pub(super) fn type_of(path: &str) -> &'static str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_ascii_lowercase());
    match (name, extension.as_deref()) {
        ("_headers" | "_redirects" | ".nojekyll", _) => "text/plain; charset=utf-8",
        (_, Some(extension)) => {
            TYPES.iter().find(|(known, _)| *known == extension).map_or("application/octet-stream", |(_, of)| of)
        }
        (_, None) => "application/octet-stream",
    }
}

/// Adds to `headers` what the site's `_headers` says of the address `path`. Nothing is kept by browsers here, whatever
/// it says.
pub(super) fn apply(rules: &str, path: &str, headers: &mut HeaderMap) {
    let mut applies = false;
    for line in rules.lines().filter(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#')) {
        if !line.starts_with([' ', '\t']) {
            applies = matches(line.trim(), path);
            continue;
        }
        let Some((name, value)) = line.split_once(':').filter(|_| applies) else { continue };
        let name = HeaderName::from_bytes(name.trim().as_bytes());
        let value = HeaderValue::from_str(value.trim());
        if let (Ok(name), Ok(value)) = (name, value)
            && name != CACHE_CONTROL
            && !is_of_the_connection(&name)
        {
            headers.insert(name, value);
        }
    }
}

/// Whether the pattern of a rule, in which `*` is anything, is for `path`.
fn matches(pattern: &str, path: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or("");
    let Some(mut rest) = path.strip_prefix(first) else { return false };
    let mut pieces = pieces.peekable();
    if pieces.peek().is_none() {
        return rest.is_empty();
    }
    while let Some(piece) = pieces.next() {
        if pieces.peek().is_none() {
            return rest.ends_with(piece);
        }
        let Some(at) = rest.find(piece) else { return false };
        rest = &rest[at + piece.len()..];
    }
    true
}

/// What the server says itself, or what would keep a browser from coming back without encryption.
fn is_of_the_connection(name: &HeaderName) -> bool {
    let own = ["connection", "content-length", "content-type", "transfer-encoding", "content-range", "location"];
    own.contains(&name.as_str()) || name == "strict-transport-security"
}

#[cfg(test)]
mod tests {
    use hyper::header::HeaderMap;

    use super::{apply, matches, type_of};

    #[test]
    fn a_file_is_of_the_type_that_its_name_says() {
        for (path, expected) in [
            ("roles/index.html", "text/html; charset=utf-8"),
            ("a/B.JPG", "image/jpeg"),
            ("_headers", "text/plain; charset=utf-8"),
            ("pagefind/fr_1.pf_fragment", "application/octet-stream"),
            ("a.b/c", "application/octet-stream"),
            (".nojekyll", "text/plain; charset=utf-8"),
        ] {
            assert_eq!(type_of(path), expected, "{path}");
        }
    }

    #[test]
    fn rules_are_for_the_addresses_of_their_pattern() {
        for (pattern, path, does) in [
            ("/*", "/a/b", true),
            ("/guide/*", "/guide/", true),
            ("/guide/*", "/autre/", false),
            ("/a", "/a", true),
            ("/a", "/ab", false),
            ("/*.pdf", "/x/y.pdf", true),
            ("/*.pdf", "/x/y.pdf.html", false),
            ("/*/b/*", "/a/b/c", true),
            ("/*/b/*", "/a/c", false),
        ] {
            assert_eq!(matches(pattern, path), does, "{pattern} {path}");
        }
    }

    #[test]
    fn what_the_site_asks_of_hosts_is_done() {
        let rules = "# Pour tous\n/*\n  Content-Security-Policy: default-src 'none'\n  Cache-Control: immutable\n  X-A: 1\n\
                     \n/b/*\n  X-A: 2\n  pas un en-tête\n  Mal formé: x\n  Content-Length: 3\n";
        let said = |path| {
            let mut headers = HeaderMap::new();
            apply(rules, path, &mut headers);
            let mut said: Vec<String> =
                headers.iter().map(|(name, value)| format!("{name}: {}", value.to_str().unwrap())).collect();
            said.sort();
            said
        };
        assert_eq!(said("/a"), ["content-security-policy: default-src 'none'", "x-a: 1"]);
        assert_eq!(said("/b/c"), ["content-security-policy: default-src 'none'", "x-a: 2"]);
    }
}
