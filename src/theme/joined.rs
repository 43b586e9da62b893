//! Templates with the partials that they include in their places: what they make is the same, but to include one takes the
//! engine longer than most of what partials do.

/// `text`, where each partial that it includes is what `partial` knows under its name.
pub(super) fn joined<'a>(text: &'a str, partial: &impl Fn(&str) -> Option<&'a str>) -> String {
    let mut parts = text.split("{% include \"");
    let mut whole = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let included = part.split_once("\" -%}").and_then(|(name, after)| Some((partial(name)?, after)));
        match included {
            // White space on either side stays apart, as it does between files; that after the tag is cut.
            Some((of, after)) => whole.extend(["{# #}", &joined(of, partial), "{# -#}", after]),
            None => whole.extend(["{% include \"", part]),
        }
    }
    whole
}
