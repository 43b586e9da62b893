//! Whether a site that some program built lacks anything.

#[path = "../../benches/build/proof.rs"]
mod proof;

/// What is missing in a site of these files, of a guide of two pages, one of which has a picture and a link to the other,
/// and the other a related page.
fn missing(site: &[(&str, &str)]) -> Option<String> {
    let folder = tempfile::tempdir().expect("there is room for small files");
    let page = "![Une image](a.png)\n\nVoir [la seconde](b.md#pratique) pour *elle*.\n";
    let guide =
        [("content/a.md", page), ("content/b.md", "---\nrelated: [a]\n---\n## Pratique\n"), ("content/a.png", "")];
    let site = site.iter().map(|(path, text)| (format!("site/{path}"), *text));
    for (path, text) in guide.into_iter().map(|(path, text)| (path.to_owned(), text)).chain(site) {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().expect("it is in a folder")).expect("a folder can be made");
        std::fs::write(file, text).expect("a file can be written");
    }
    let written = proof::Written::in_content(&folder.path().join("content")).expect("the guide can be read");
    let error = written.check(&folder.path().join("site")).err()?.to_string();
    Some(error.replace(&*folder.path().join("site").to_string_lossy(), "site").replace('\\', "/"))
}

/// The list of related pages in the second page.
fn list(address: &str) -> String {
    format!("<h2>Voir aussi</h2>\n<ul><li><a href=\"{address}\">la première</a></li></ul>")
}

#[test]
fn a_site_is_whole_however_it_spells_its_links() {
    let page =
        |address: &str| format!("<p>Voir <a class=\"role\" href=\"{address}\">la seconde</a> pour <em>elle</em>.");
    for (there, back) in [
        ("/b/#pratique", "/a/"),
        ("../b/", "../a/"),
        ("https://guide.example.org/b/#pratique", "https://guide.example.org/a/"),
        ("../b/index.html", "../a/index.html"),
    ] {
        let site = [("a/index.html", page(there)), ("b/index.html", list(back)), ("a.png", String::new())];
        assert_eq!(missing(&site.each_ref().map(|(path, text)| (*path, text.as_str()))), None, "{there}");
    }
    let site = [("a.html", page("b.html#pratique")), ("b.html", list("a.html")), ("a.png", String::new())];
    assert_eq!(missing(&site.each_ref().map(|(path, text)| (*path, text.as_str()))), None);
}

#[test]
fn what_a_site_lacks_is_told() {
    let (linked, dead) = ("Voir <a href=\"/b/\">la seconde</a>", "Voir <a href=\"/c/\">la seconde</a>");
    let (list, dead_list) = (list("/a/"), list("/c/"));
    let (a, b, picture) = (("a/index.html", linked), ("b/index.html", list.as_str()), ("a.png", ""));
    let told = |site: &[(&str, &str)]| missing(site).expect("something is missing");
    assert_eq!(told(&[b, ("a.html", ""), picture]), "/a/ of site/b/index.html leads nowhere");
    assert_eq!(told(&[a, b]), "0 pictures instead of 1");
    assert_eq!(told(&[("a/index.html", ""), b, picture]), "0 links instead of 1");
    assert_eq!(told(&[("a/index.html", dead), b, picture]), "/c/ of site/a/index.html leads nowhere");
    assert_eq!(told(&[a, ("b/index.html", &dead_list), picture]), "/c/ of site/b/index.html leads nowhere");
    let empty = "<h2>Voir aussi</h2>\n<ul></ul> <a rel=\"prev\" href=\"/a/\">la première</a>";
    for page in ["", empty] {
        assert_eq!(told(&[a, ("b/index.html", page), picture]), "0 lists of related pages instead of 1");
    }
    assert_eq!(told(&[("b/index.html", ""), picture]), "1 pages instead of 2");
}
