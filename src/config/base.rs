//! Where a guide is published.

use url::Url;

use super::Base;
use crate::diagnostic::{Say, say};
use crate::yaml::Given;

impl Base {
    /// What `base_url` says, or why it cannot.
    pub(crate) fn new(text: &str) -> Result<Base, Say> {
        let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
        let url = url.ok_or_else(|| {
            say!(
                "`{text}` n’est pas une adresse en `http:` ou `https:`",
                "`{text}` is not an address in `http:` or `https:`"
            )
        })?;
        if url.query().is_some() || url.fragment().is_some() {
            return Err(say!("`base_url` ne peut avoir ni `?` ni `#`", "`base_url` can have neither `?` nor `#`"));
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(say!(
                "`base_url` ne peut contenir ni nom ni mot de passe",
                "`base_url` can hold neither name nor password"
            ));
        }
        let mut path = String::from("/");
        for segment in url.path().split('/').filter(|segment| !segment.is_empty()) {
            path.push_str(segment);
            path.push('/');
        }
        Ok(Base { origin: Some(url.origin().ascii_serialization()), path, given: Given::Yes })
    }

    /// That of a guide whose `base_url` is absent or cannot be read.
    pub(super) fn unknown(given: Given) -> Base {
        Base { origin: None, path: "/".to_owned(), given }
    }
}

impl Default for Base {
    fn default() -> Base {
        Base::unknown(Given::No)
    }
}

#[cfg(test)]
mod tests {
    use super::Base;
    use crate::yaml::Given;

    #[test]
    fn an_address_is_an_origin_and_a_path_between_slashes() {
        for (text, origin, path) in [
            ("https://exemple.org", "https://exemple.org", "/"),
            ("http://localhost:4000/a//b", "http://localhost:4000", "/a/b/"),
            ("HTTPS://Exemple.org:443/guide/", "https://exemple.org", "/guide/"),
            ("https://exemple.org/été/", "https://exemple.org", "/%C3%A9t%C3%A9/"),
        ] {
            let base = Base { origin: Some(origin.to_owned()), path: path.to_owned(), given: Given::Yes };
            assert_eq!(Base::new(text), Ok(base));
        }
    }

    #[test]
    fn what_is_not_the_address_of_a_site_is_refused() {
        for text in [
            "",
            "/guide/",
            "exemple.org",
            "ftp://exemple.org",
            "https://",
            "https://a.org?b",
            "https://a.org#b",
            "https://me@a.org",
        ] {
            assert!(Base::new(text).is_err(), "{text}");
        }
    }
}
