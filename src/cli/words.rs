//! The words of the command line's help, in both languages.

use clap::{Arg, CommandFactory};

use super::arguments::Arguments;
use crate::language::Tongue;

/// The same words in French and in English.
type Both = [&'static str; 2];

/// What each command does.
const COMMANDS: &[(&str, Both)] = &[
    (
        "boussole",
        [
            "Fait d’un dossier de pages Markdown le site d’un guide. Sans commande\u{a0}: écrit le site, et dit comment le voir.",
            "Turns a folder of Markdown pages into the site of a guide. Without a command: writes the site, and says how to see it.",
        ],
    ),
    ("build", ["Écrit le site", "Writes the site"]),
    (
        "check",
        [
            "Montre tout ce qui ne va pas dans le guide, sans rien écrire",
            "Shows all that is wrong in the guide, and writes nothing",
        ],
    ),
    #[cfg(feature = "serve")]
    (
        "serve",
        [
            "Montre le guide dans le navigateur, et le met à jour pendant que vous écrivez",
            "Shows the guide in the browser, and keeps it up to date while you write",
        ],
    ),
    ("init", ["Commence un guide dans un dossier", "Starts a guide in a folder"]),
    ("new", ["Commence une page, avec ses volets", "Starts a page, with its facets in place"]),
    (
        "report",
        [
            "Dit la santé du guide\u{a0}: ce qui manque, ce qui est à relire, ce que l’on ne trouve pas",
            "Tells the health of the guide: what is missing, what is to be reviewed, what cannot be found",
        ],
    ),
    ("theme", ["Agit sur le thème du guide", "Works on the theme of the guide"]),
    (
        "eject",
        [
            "Copie le thème intégré dans `themes/boussole`, pour le modifier",
            "Copies the built-in theme to `themes/boussole`, to change it",
        ],
    ),
    (
        "schema",
        [
            "Écrit les schémas JSON de l’en-tête des pages et de `guide.yaml`, pour les éditeurs de texte",
            "Writes the JSON Schemas of front matter and of `guide.yaml`, for text editors",
        ],
    ),
    (
        "completions",
        [
            "Écrit le script qui complète les commandes de Boussole",
            "Writes the script that completes the commands of Boussole",
        ],
    ),
    ("help", ["Affiche l’aide d’une commande", "Shows the help of a command"]),
];

/// What each argument is called, where it takes a value, and what it is for.
const ARGUMENTS: &[(&str, Both, Both)] = &[
    (
        "root",
        ["DOSSIER", "FOLDER"],
        [
            "Le dossier du guide [par défaut\u{a0}: le plus proche qui contient `guide.yaml` ou `content`]",
            "The folder of the guide [default: the nearest with `guide.yaml` or `content`]",
        ],
    ),
    ("quiet", ["", ""], ["Ne dit que ce qui ne va pas", "Says only what is wrong"]),
    ("verbose", ["", ""], ["Dit aussi combien de temps prend chaque étape", "Says how long each stage takes, too"]),
    ("help", ["", ""], ["Affiche cette aide", "Shows this help"]),
    ("version", ["", ""], ["Affiche la version", "Shows the version"]),
    (
        "output",
        ["DOSSIER", "FOLDER"],
        [
            "Le dossier où écrire le site, à partir du dossier courant [par défaut\u{a0}: celui de `guide.yaml`, sinon `public`]",
            "The folder to write the site to, from the current folder [default: as `guide.yaml` says, else `public`]",
        ],
    ),
    (
        "base_url",
        ["ADRESSE", "ADDRESS"],
        [
            "L’adresse où le site sera publié, à la place de celle de `guide.yaml`",
            "The address that the site will be published at, in place of the one in `guide.yaml`",
        ],
    ),
    #[cfg(feature = "serve")]
    ("open", ["", ""], ["Ouvre le navigateur", "Opens the browser"]),
    #[cfg(feature = "serve")]
    (
        "port",
        ["PORT", "PORT"],
        [
            "Le port où montrer le guide, `0` pour n’importe lequel [par défaut\u{a0}: 4000, ou le premier libre après lui]",
            "The port to show the guide at, `0` for any [default: 4000, or the first free one after it]",
        ],
    ),
    #[cfg(feature = "serve")]
    (
        "host",
        ["ADRESSE", "ADDRESS"],
        [
            "L’adresse où montrer le guide\u{a0}; `0.0.0.0` le montre aussi aux autres personnes du réseau [par défaut\u{a0}: 127.0.0.1, cette machine seule]",
            "The address to show the guide at; `0.0.0.0` shows it to others on the network, too [default: 127.0.0.1, this machine alone]",
        ],
    ),
    #[cfg(feature = "serve")]
    (
        "editor",
        ["COMMANDE", "COMMAND"],
        [
            "La commande qui ouvre une page dans votre éditeur\u{a0}: `code`, `subl`, `\"mon-editeur {file} -l {line}\"`… [par défaut\u{a0}: les liens `vscode://`]",
            "The command that opens a page in your editor: `code`, `subl`, `\"my-editor {file} -l {line}\"`… [default: `vscode://` links]",
        ],
    ),
    #[cfg(feature = "serve")]
    (
        "poll",
        ["", ""],
        [
            "Regarde le disque deux fois par seconde\u{a0}: pour un dossier en réseau, dont le système ne signale pas les changements",
            "Looks at the disk twice a second: for a network folder, of which the system tells no changes",
        ],
    ),
    ("drafts", ["", ""], ["Prend aussi les brouillons", "Takes drafts, too"]),
    ("strict", ["", ""], ["Refuse aussi les avertissements", "Refuses warnings, too"]),
    (
        "date",
        ["AAAA-MM-JJ", "YYYY-MM-DD"],
        [
            "La date du jour, pour le guide [par défaut\u{a0}: `SOURCE_DATE_EPOCH`, sinon aujourd’hui]",
            "Today’s date, for the guide [default: `SOURCE_DATE_EPOCH`, else today]",
        ],
    ),
    (
        "format",
        ["FORMAT", "FORMAT"],
        [
            "Comment montrer ce qui ne va pas\u{a0}: `human`, `json`, `sarif` ou `github` [par défaut\u{a0}: `human`]",
            "How to show what is wrong: `human`, `json`, `sarif` or `github` [default: `human`]",
        ],
    ),
    (
        "html",
        ["FICHIER", "FILE"],
        [
            "Écrit aussi le rapport en une page [par défaut\u{a0}: `rapport.html`]",
            "Writes the report as a page, too [default: `report.html`]",
        ],
    ),
    (
        "ics",
        ["FICHIER", "FILE"],
        [
            "Écrit aussi les relectures pour un agenda [par défaut\u{a0}: `relectures.ics`]",
            "Writes the reviews for a calendar, too [default: `reviews.ics`]",
        ],
    ),
    (
        "report_format",
        ["FORMAT", "FORMAT"],
        [
            "Comment dire le rapport\u{a0}: `human` ou `json` [par défaut\u{a0}: `human`, et rien avec `--html` ou `--ics`]",
            "How to tell the report: `human` or `json` [default: `human`, and nothing with `--html` or `--ics`]",
        ],
    ),
    ("folder", ["DOSSIER", "FOLDER"], ["Le dossier du nouveau guide", "The folder of the new guide"]),
    (
        "lang",
        ["LANGUE", "LANGUAGE"],
        [
            "La langue du guide\u{a0}: `fr` ou `en` [par défaut\u{a0}: `fr`]",
            "The language of the guide: `fr` or `en` [default: `fr`]",
        ],
    ),
    (
        "ci",
        ["FORGE", "FORGE"],
        [
            "Ajoute de quoi vérifier et publier le guide à chaque changement, avec `github`, `gitlab` ou `forgejo` [sans nom\u{a0}: d’après le dépôt]",
            "Adds what checks and publishes the guide at each change, with `github`, `gitlab` or `forgejo` [without a name: as the repository says]",
        ],
    ),
    (
        "kind",
        ["GENRE", "KIND"],
        [
            "Le genre de la page\u{a0}: `page`, `rôle`, `thème`, `étape`, `coplanification`, `question`, `article`, `terme`… [sans genre\u{a0}: ceux du guide]",
            "The kind of the page: `page`, `role`, `theme`, `stage`, `coplanning`, `question`, `article`, `term`… [without a kind: those of the guide]",
        ],
    ),
    ("title", ["TITRE", "TITLE"], ["Le titre de la page", "The title of the page"]),
    (
        "what",
        ["GENRE", "KIND"],
        [
            "Un genre de page, ou `guide.yaml` [par défaut\u{a0}: toutes les pages]",
            "A kind of page, or `guide.yaml` [default: pages of any kind]",
        ],
    ),
    (
        "schemas",
        ["DOSSIER", "FOLDER"],
        [
            "Le dossier où écrire les schémas, au lieu de les afficher",
            "The folder to write the schemas to, in place of printing them",
        ],
    ),
    (
        "shell",
        ["SHELL", "SHELL"],
        ["`bash`, `zsh`, `fish`, `powershell` ou `elvish`", "`bash`, `zsh`, `fish`, `powershell` or `elvish`"],
    ),
    ("command", ["COMMANDE", "COMMAND"], ["La commande [par défaut\u{a0}: toutes]", "The command [default: all]"]),
];

/// The options that every command has; they stand after its own.
const EVERYWHERE: &[&str] = &["root", "quiet", "verbose", "help", "version"];
const LAST: usize = 100;

/// The command line as it is read, with its help in `tongue`.
pub(super) fn command(tongue: Tongue) -> clap::Command {
    explained(Arguments::command(), tongue).after_help(
        tongue.pick(["Pour commencer\u{a0}: `boussole init mon-guide`", "To start: `boussole init my-guide`"]),
    )
}

fn explained(command: clap::Command, tongue: Tongue) -> clap::Command {
    let about =
        COMMANDS.iter().find(|(name, _)| *name == command.get_name()).map_or("", |(_, about)| tongue.pick(*about));
    command
        .about(about)
        .long_about(None)
        .help_template(tongue.pick([
            "{about}\n\nUtilisation\u{a0}: {usage}\n\n{all-args}{after-help}",
            "{about}\n\nUsage: {usage}\n\n{all-args}{after-help}",
        ]))
        .subcommand_help_heading(tongue.pick(["Commandes\u{a0}", "Commands"]))
        .subcommand_value_name(tongue.pick(["COMMANDE", "COMMAND"]))
        .mut_args(|argument| named(argument, tongue))
        .mut_subcommands(|command| explained(command, tongue))
}

fn named(argument: Arg, tongue: Tongue) -> Arg {
    let words = ARGUMENTS.iter().find(|(id, _, _)| argument.get_id() == id);
    let Some((_, value, help)) = words else { return argument };
    let heading = match argument.is_positional() {
        true => tongue.pick(["Arguments\u{a0}", "Arguments"]),
        false => tongue.pick(["Options\u{a0}", "Options"]),
    };
    let argument = argument.help(tongue.pick(*help)).long_help(None).help_heading(heading);
    let argument =
        if EVERYWHERE.contains(&argument.get_id().as_str()) { argument.display_order(LAST) } else { argument };
    match tongue.pick(*value) {
        "" => argument,
        value => argument.value_name(value),
    }
}

#[cfg(test)]
mod tests {
    use super::{ARGUMENTS, COMMANDS, command};
    use crate::language::Tongue;

    fn every(command: &clap::Command) -> Vec<&clap::Command> {
        std::iter::once(command).chain(command.get_subcommands().flat_map(every)).collect()
    }

    #[test]
    fn every_command_and_argument_is_explained_and_nothing_else_is() {
        let command = command(Tongue::French);
        let mut names: Vec<&str> = every(&command).iter().map(|command| command.get_name()).collect();
        let arguments = every(&command).into_iter().flat_map(clap::Command::get_arguments);
        let mut ids: Vec<&str> = arguments.map(|argument| argument.get_id().as_str()).collect();
        let mut explained: [Vec<&str>; 2] =
            [COMMANDS.iter().map(|row| row.0).collect(), ARGUMENTS.iter().map(|row| row.0).collect()];
        for list in [&mut names, &mut ids].into_iter().chain(&mut explained) {
            list.sort_unstable();
            list.dedup();
        }
        assert_eq!([names, ids], explained);
    }

    #[test]
    fn help_in_one_language_has_no_word_of_the_other() {
        for (tongue, foreign) in [
            (Tongue::French, ["Usage", "Commands", "default", "possible values", "Print", "FOLDER", "[COMMAND]"]),
            (Tongue::English, ["Utilisation", "Commandes", "défaut", "Affiche", "DOSSIER", "[COMMANDE]", "\u{a0}"]),
        ] {
            let mut command = command(tongue);
            command.build();
            for command in every(&command) {
                let help = command.clone().render_long_help().to_string();
                let found: Vec<_> = foreign.iter().filter(|word| help.contains(**word)).collect();
                assert!(found.is_empty(), "{found:?} in {help}");
            }
        }
    }

    #[test]
    fn the_command_line_is_coherent() {
        command(Tongue::French).debug_assert();
        command(Tongue::English).debug_assert();
    }
}
