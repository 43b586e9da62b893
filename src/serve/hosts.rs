//! Who is spoken to: the names that this server answers to, and the pages that may ask it for more than files.
//!
//! A page of another site may send the browser here under a name of its own that leads to this machine; it would then
//! read the guide as if it were its own. So a name that this server was not given is refused.

use std::net::{IpAddr, SocketAddr};

use hyper::HeaderMap;
use hyper::Uri;
use hyper::header::{HOST, HeaderName, ORIGIN};

const FETCH_SITE: HeaderName = HeaderName::from_static("sec-fetch-site");

/// The names that this server answers to.
#[derive(Clone, Debug)]
pub(super) struct Hosts {
    /// As it was given.
    name: String,
    /// Where it listens.
    at: SocketAddr,
}

impl Hosts {
    pub(super) fn new(name: &str, at: SocketAddr) -> Hosts {
        Hosts { name: name.trim_matches(['[', ']']).to_lowercase(), at }
    }

    /// Whether a request is for this server: by its target where that names one, and by its `Host`.
    pub(super) fn are_meant(&self, target: &Uri, headers: &HeaderMap) -> bool {
        let mut named = headers.get_all(HOST).iter();
        let (Some(host), None) = (named.next(), named.next()) else { return false };
        let is_meant = |authority: &str| self.is_own(authority);
        host.to_str().is_ok_and(is_meant) && target.authority().is_none_or(|authority| is_meant(authority.as_str()))
    }

    /// Whether a request comes from a page of this server, or from no page at all.
    pub(super) fn is_from_here(&self, headers: &HeaderMap) -> bool {
        let origin = headers.get(ORIGIN).map(|origin| origin.to_str().is_ok_and(|origin| self.is_own_origin(origin)));
        let site = headers.get(FETCH_SITE).map(|site| matches!(site.as_bytes(), b"same-origin" | b"none"));
        origin != Some(false) && site != Some(false)
    }

    /// The same, where a page must be behind it.
    pub(super) fn is_from_a_page_here(&self, headers: &HeaderMap) -> bool {
        self.is_from_here(headers) && headers.contains_key(ORIGIN)
    }

    fn is_own_origin(&self, origin: &str) -> bool {
        origin.strip_prefix("http://").is_some_and(|authority| self.is_own(authority))
    }

    /// Whether `authority`, a name with a port, is this server.
    fn is_own(&self, authority: &str) -> bool {
        let (name, port) = match authority.rsplit_once(':') {
            Some((name, port)) if !port.ends_with(']') => (name, port.parse().ok()),
            _ => (authority, Some(80)),
        };
        if port != Some(self.at.port()) {
            return false;
        }
        let name = name.to_lowercase();
        let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(&name);
        if bare == self.name || ["localhost", "127.0.0.1", "::1"].contains(&bare) {
            return true;
        }
        // A number cannot be made to lead elsewhere.
        bare.parse().is_ok_and(|address: IpAddr| self.at.ip().is_unspecified() || address == self.at.ip())
    }
}

#[cfg(test)]
mod tests {
    use hyper::header::{HOST, HeaderMap, HeaderName, HeaderValue, ORIGIN};

    use super::{FETCH_SITE, Hosts};

    fn headers(given: &[(HeaderName, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in given {
            headers.append(name, HeaderValue::from_str(value).unwrap());
        }
        headers
    }

    fn answers(name: &str, at: &str, host: &str) -> bool {
        Hosts::new(name, at.parse().unwrap()).are_meant(&"/".parse().unwrap(), &headers(&[(HOST, host)]))
    }

    #[test]
    fn only_names_of_this_machine_are_answered() {
        for host in ["localhost:4000", "127.0.0.1:4000", "[::1]:4000", "LOCALHOST:4000"] {
            assert!(answers("127.0.0.1", "127.0.0.1:4000", host), "{host}");
        }
        let others =
            ["evil.example:4000", "localhost:4001", "localhost", "", "localhost.evil.example:4000", "10.0.0.2:4000"];
        for host in
            others.iter().chain(&["127.0.0.1:4000@evil", "[::1]", "127.0.0.1.nip.io:4000", ":4000", "localhost:x"])
        {
            assert!(!answers("127.0.0.1", "127.0.0.1:4000", host), "{host}");
        }
        assert!(answers("127.0.0.1", "127.0.0.1:80", "localhost"));
    }

    #[test]
    fn a_server_for_others_answers_to_its_addresses_and_to_the_name_it_was_given() {
        for host in ["192.168.1.20:4000", "[fe80::1]:4000", "localhost:4000"] {
            assert!(answers("0.0.0.0", "0.0.0.0:4000", host), "{host}");
        }
        assert!(!answers("0.0.0.0", "0.0.0.0:4000", "evil.example:4000"));
        assert!(answers("mon-mac.local", "192.168.1.20:4000", "Mon-Mac.local:4000"));
        assert!(answers("mon-mac.local", "192.168.1.20:4000", "192.168.1.20:4000"));
        assert!(!answers("192.168.1.20", "192.168.1.20:4000", "10.0.0.2:4000"));
    }

    #[test]
    fn a_target_that_names_another_server_is_refused() {
        let hosts = Hosts::new("127.0.0.1", "127.0.0.1:4000".parse().unwrap());
        let here = headers(&[(HOST, "127.0.0.1:4000")]);
        assert!(hosts.are_meant(&"http://localhost:4000/".parse().unwrap(), &here));
        assert!(!hosts.are_meant(&"http://evil.example/".parse().unwrap(), &here));
        assert!(!hosts.are_meant(&"/".parse().unwrap(), &headers(&[])));
        let two = headers(&[(HOST, "127.0.0.1:4000"), (HOST, "evil.example")]);
        assert!(!hosts.are_meant(&"/".parse().unwrap(), &two));
    }

    #[test]
    fn pages_of_other_sites_get_nothing_more_than_files() {
        let hosts = Hosts::new("127.0.0.1", "127.0.0.1:4000".parse().unwrap());
        let here = (ORIGIN, "http://127.0.0.1:4000");
        assert!(hosts.is_from_here(&headers(&[])) && !hosts.is_from_a_page_here(&headers(&[])));
        assert!(hosts.is_from_a_page_here(&headers(&[here.clone(), (FETCH_SITE, "same-origin")])));
        for wrong in ["https://evil.example", "null", "https://127.0.0.1:4000", "http://127.0.0.1:5000"] {
            assert!(!hosts.is_from_here(&headers(&[(ORIGIN, wrong)])), "{wrong}");
        }
        for site in ["cross-site", "same-site"] {
            assert!(!hosts.is_from_here(&headers(&[here.clone(), (FETCH_SITE, site)])), "{site}");
        }
        assert!(hosts.is_from_here(&headers(&[(FETCH_SITE, "none")])));
    }
}
