//! The built-in theme, as it stands in the binary.

use include_dir::{Dir, include_dir};

static BUILT_IN: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/boussole");

/// The picture of the theme for those who read about it: no part of it.
const PICTURE: &str = "screenshot.png";

/// The files of the built-in theme by their path in it (`templates/page.html`), in the order of their paths.
pub(crate) fn embedded() -> impl Iterator<Item = (&'static str, &'static [u8])> {
    let mut files = Vec::new();
    let mut folders = vec![&BUILT_IN];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        files.extend(folder.files().filter_map(|file| Some((file.path().to_str()?, file.contents()))));
    }
    files.retain(|(path, _)| *path != PICTURE);
    files.sort_unstable();
    files.into_iter()
}

/// Those below `folder` that are text, by their path below it.
pub(super) fn embedded_text(folder: &str) -> impl Iterator<Item = (&'static str, &'static str)> {
    embedded().filter_map(move |(path, bytes)| {
        let name = path.strip_prefix(folder)?.strip_prefix('/')?;
        Some((name, std::str::from_utf8(bytes).ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::embedded;

    #[test]
    fn the_binary_holds_templates_assets_translations_and_their_manual() {
        let paths: Vec<&str> = embedded().map(|(path, _)| path).collect();
        for path in ["README.md", "assets/boussole.css", "i18n/fr.yaml", "templates/page.html", "theme.yaml"] {
            assert!(paths.contains(&path), "{path} in {paths:?}");
        }
        assert!(paths.is_sorted());
        assert!(!paths.contains(&super::PICTURE));
    }
}
