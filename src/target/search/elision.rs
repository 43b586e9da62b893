//! Elided words: to find the team in *l’équipe*, the index needs a space after the apostrophe.

/// What French elides before an apostrophe.
const ELIDED: [&str; 14] = ["c", "d", "j", "l", "m", "n", "s", "t", "ç", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"];

/// `html` with a space after each elided word of its text; tags stay as they are. Interfaces take the space out again.
pub(super) fn parted(html: &str) -> String {
    let mut parted = String::with_capacity(html.len() + html.len() / 32);
    let mut is_tag = false;
    let mut word = 0;
    for (at, letter) in html.char_indices() {
        parted.push(letter);
        match letter {
            '<' => is_tag = true,
            '>' if is_tag => (is_tag, word) = (false, at + 1),
            _ if is_tag || letter.is_alphanumeric() => {}
            '\'' | '’' => {
                if is_elided(&html[word..at]) && goes_on(&html[at + letter.len_utf8()..]) {
                    parted.push(' ');
                    word = at + letter.len_utf8();
                }
            }
            _ => word = at + letter.len_utf8(),
        }
    }
    parted
}

fn is_elided(word: &str) -> bool {
    ELIDED.iter().any(|elided| word.chars().flat_map(char::to_lowercase).eq(elided.chars()))
}

/// Whether a word follows, or a tag that may hold one.
fn goes_on(rest: &str) -> bool {
    rest.chars().next().is_some_and(|next| next.is_alphanumeric() || next == '<')
}

#[cfg(test)]
mod tests {
    use super::parted;

    #[test]
    fn a_space_follows_what_is_elided() {
        for (html, expected) in [
            ("L’équipe d'ici", "L’ équipe d' ici"),
            ("<p>qu’<em>elle</em>, jusqu’à Lorsqu’on</p>", "<p>qu’ <em>elle</em>, jusqu’ à Lorsqu’ on</p>"),
            ("aujourd’hui, quelqu’un, presqu’île, entr’ouvert", "aujourd’hui, quelqu’un, presqu’île, entr’ouvert"),
            ("<a title=\"l’équipe\">l’école</a>", "<a title=\"l’équipe\">l’ école</a>"),
            ("5’ l’’ d’ «l’un» rock’n’roll", "5’ l’’ d’ «l’ un» rock’n’roll"),
            ("Ç’aurait n’y s’<b>", "Ç’ aurait n’ y s’ <b>"),
            ("", ""),
        ] {
            assert_eq!(parted(html), expected);
        }
    }
}
