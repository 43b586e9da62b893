//! Opening a file of the guide where its author writes. No shell takes part: what is run is what was given, word by word.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};

/// A command that opens files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Editor {
    program: String,
    arguments: Vec<String>,
}

impl Editor {
    /// The command that is written `text`: words, in quotes where they have spaces. `None` where there is none, or a
    /// quote does not end.
    pub(crate) fn new(text: &str) -> Option<Editor> {
        let mut words = words(text)?.into_iter();
        Some(Editor { program: words.next()?, arguments: words.collect() })
    }

    /// Opens `file` at a place, and does not wait for its end.
    pub(super) fn open(&self, file: &Path, place: (usize, usize)) -> io::Result<()> {
        let mut command = Command::new(&self.program);
        command.args(self.arguments(&file.to_string_lossy(), place));
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn()?;
        // A program that has ended and that nobody waits for stays in the system's list.
        std::thread::spawn(move || drop(child.wait()));
        Ok(())
    }

    /// What the program is given: `{file}`, `{line}` and `{column}` replaced where they are written, else the place as
    /// this program takes it.
    fn arguments(&self, file: &str, (line, column): (usize, usize)) -> Vec<String> {
        let marks = ["{file}", "{line}", "{column}"];
        if self.arguments.iter().any(|word| marks.iter().any(|mark| word.contains(mark))) {
            let places = [("{line}", line.to_string()), ("{column}", column.to_string()), ("{file}", file.to_owned())];
            let filled = |word: &String| places.iter().fold(word.clone(), |word, (mark, is)| word.replace(mark, is));
            return self.arguments.iter().map(filled).collect();
        }
        let name = self.program.rsplit(['/', '\\']).next().unwrap_or(&self.program).to_lowercase();
        let name = name.strip_suffix(".exe").or(name.strip_suffix(".cmd")).unwrap_or(&name);
        let place = match name {
            "code" | "code-insiders" | "codium" | "vscodium" | "cursor" | "windsurf" => {
                vec!["--goto".to_owned(), format!("{file}:{line}:{column}")]
            }
            "subl" | "sublime_text" | "zed" | "atom" | "pulsar" | "hx" => vec![format!("{file}:{line}:{column}")],
            "vim" | "nvim" | "gvim" | "mvim" | "vi" => vec![format!("+call cursor({line},{column})"), file.to_owned()],
            "emacs" | "emacsclient" | "gedit" | "gnome-text-editor" | "kakoune" | "kak" => {
                vec![format!("+{line}:{column}"), file.to_owned()]
            }
            "nano" | "micro" => vec![format!("+{line},{column}"), file.to_owned()],
            "kate" | "kwrite" | "idea" | "pycharm" | "webstorm" | "phpstorm" | "rustrover" => {
                let [line, column] = [line, column].map(|number| number.to_string());
                vec!["--line".to_owned(), line, "--column".to_owned(), column, file.to_owned()]
            }
            "notepad++" => vec![format!("-n{line}"), format!("-c{column}"), file.to_owned()],
            "mate" => vec!["-l".to_owned(), format!("{line}:{column}"), file.to_owned()],
            _ => vec![file.to_owned()],
        };
        self.arguments.iter().cloned().chain(place).collect()
    }
}

/// The words of a command; a backslash is one, as paths on Windows have it.
fn words(text: &str) -> Option<Vec<String>> {
    let mut words: Vec<String> = Vec::new();
    let (mut word, mut quote): (Option<String>, Option<char>) = (None, None);
    for c in text.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}

#[cfg(test)]
mod tests {
    use super::Editor;

    fn run(editor: &str) -> String {
        let editor = Editor::new(editor).unwrap();
        let arguments = editor.arguments("/g/à lire.md", (3, 7));
        [vec![editor.program], arguments].concat().join("|")
    }

    #[test]
    fn a_place_is_given_as_the_editor_takes_it() {
        for (editor, expected) in [
            ("code", "code|--goto|/g/à lire.md:3:7"),
            ("/usr/bin/codium -r", "/usr/bin/codium|-r|--goto|/g/à lire.md:3:7"),
            (
                "\"C:\\Program Files\\VS Code\\Code.exe\"",
                "C:\\Program Files\\VS Code\\Code.exe|--goto|/g/à lire.md:3:7",
            ),
            ("subl", "subl|/g/à lire.md:3:7"),
            ("gvim --remote", "gvim|--remote|+call cursor(3,7)|/g/à lire.md"),
            ("emacsclient -n", "emacsclient|-n|+3:7|/g/à lire.md"),
            ("kate", "kate|--line|3|--column|7|/g/à lire.md"),
            ("typora", "typora|/g/à lire.md"),
            ("x --at {line} '{file}' -c{column}", "x|--at|3|/g/à lire.md|-c7"),
            ("sh -c '; rm {line}'", "sh|-c|; rm 3"),
            ("a '' b", "a||b|/g/à lire.md"),
        ] {
            assert_eq!(run(editor), expected);
        }
    }

    #[test]
    fn a_command_that_cannot_be_one_is_none() {
        for text in ["", "   ", "code 'x", "\""] {
            assert_eq!(Editor::new(text), None, "{text}");
        }
    }
}
