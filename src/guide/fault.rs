//! The faults of places, links and names, in words.

use super::PageId;
use super::names::Missing;
use super::tree::Tree;
use crate::diagnostic::{Code, Diagnostic, say};
use crate::source::{FileId, Sources, Span};
use crate::syntax::front_matter;

/// Where a page's title is, else the page as a whole.
pub(super) fn title_place(tree: &Tree, page: PageId, sources: &Sources) -> Span {
    let draft = &tree.entries[page.index()].draft;
    if draft.front_matter.title.is_some() {
        return front_matter::place(draft.file, sources, "title", &[]);
    }
    draft.body.tables.headings.first().map_or(Span::whole(draft.file), |heading| heading.span)
}

/// A file name without a letter or digit.
pub(super) fn no_address(file: FileId, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NoAddress,
        Span::whole(file),
        say!("aucune adresse ne peut être tirée du nom `{name}`", "no address can be made of the name `{name}`"),
    )
    .help(say!(
        "donnez à la page un `slug`, ou un autre nom au fichier",
        "give the page a `slug`, or the file another name"
    ))
}

/// A name where it is written.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    pub(super) code: Code,
    pub(super) place: Span,
    pub(super) written: &'a str,
}

/// A link by name or a name in front matter that leads to no page; `paths` are those of the pages that share it.
pub(super) fn missing_page(named: Named<'_>, missing: &Missing, paths: &[String]) -> Diagnostic {
    let Named { code, place, written } = named;
    let said = if written.contains('/') {
        say!("il n’y a pas de page `{written}`", "there is no page `{written}`")
    } else {
        say!("aucune page ne s’appelle « {written} »", "no page is called “{written}”")
    };
    match missing {
        Missing::Unknown(Some(nearest)) => Diagnostic::new(code, place, said).nearest(Some(nearest)),
        Missing::Unknown(None) => Diagnostic::new(code, place, said).help(say!(
            "créez cette page, ou écrivez le titre, un synonyme ou le chemin d’une page qui existe",
            "create this page, or write the title, a synonym or the path of a page that exists"
        )),
        Missing::Draft => draft(Diagnostic::new(code, place, said)),
        Missing::Ambiguous(_) => {
            let all: Vec<String> = paths.iter().map(|path| format!("`{path}`")).collect();
            let (all, first) = (all.join(", "), paths.first().map_or("", String::as_str));
            Diagnostic::new(
                Code::AmbiguousName,
                place,
                say!(
                    "« {written} » est le nom de plusieurs pages : {all}",
                    "“{written}” is the name of several pages: {all}"
                ),
            )
            .help(say!(
                "écrivez le chemin de celle que vous voulez dire, comme `{first}`",
                "write the path of the one that you mean, like `{first}`"
            ))
        }
    }
}

/// A link without an address.
pub(super) fn no_destination(place: Span) -> Diagnostic {
    Diagnostic::new(Code::DeadLink, place, say!("ce lien n’a pas d’adresse", "this link has no address"))
        .help(say!("écrivez où il mène entre les parenthèses", "write where it leads between the parentheses"))
}

/// A page where an image or a player should be.
pub(super) fn not_shown(place: Span, target: &str) -> Diagnostic {
    Diagnostic::new(
        Code::MissingFile,
        place,
        say!("`{target}` est une page, pas une image", "`{target}` is a page, not an image"),
    )
    .help(say!("enlevez le `!` pour en faire un lien", "remove the `!` to make it a link"))
}

/// With the help that a draft deserves.
pub(super) fn draft(fault: Diagnostic) -> Diagnostic {
    fault.help(say!(
        "cette page est un brouillon : publiez-la, ne la nommez pas encore, ou construisez avec `--drafts`",
        "this page is a draft: publish it, do not name it yet, or build with `--drafts`"
    ))
}

/// Two places in files, and the paths of the files.
pub(super) struct Pair<'a> {
    pub(super) second: (Span, &'a str),
    pub(super) first: (Span, &'a str),
}

/// Two pages at one address.
pub(super) fn same_address(address: &str, pair: &Pair<'_>) -> Diagnostic {
    let Pair { second: (second, this), first: (first, that) } = *pair;
    Diagnostic::new(
        Code::SameAddress,
        second,
        say!(
            "deux pages ont l’adresse `{address}` : `{this}` et `{that}`",
            "two pages live at `{address}`: `{this}` and `{that}`"
        ),
    )
    .label(say!("cette page", "this page"))
    .related(first, say!("celle-ci aussi", "so does this one"))
    .help(say!(
        "changez le `slug` ou le nom de fichier de l’une d’elles",
        "change the `slug` or the file name of one of them"
    ))
}

/// Two things that would be one file of the output.
pub(super) fn same_output(file: &str, pair: &Pair<'_>) -> Diagnostic {
    let Pair { second: (second, this), first: (first, that) } = *pair;
    Diagnostic::new(
        Code::SameOutput,
        second,
        say!(
            "`{this}` et `{that}` seraient tous deux écrits dans `{file}`",
            "`{this}` and `{that}` would both be written to `{file}`"
        ),
    )
    .related(first, say!("et cela", "and that"))
    .help(say!("renommez l’un des deux", "rename one of the two"))
}

/// A file in the place of one that Boussole writes itself.
pub(super) fn reserved_output(place: Span, file: &str) -> Diagnostic {
    Diagnostic::new(
        Code::SameOutput,
        place,
        say!("`{file}` est un fichier que Boussole écrit toujours", "`{file}` is a file that Boussole always writes"),
    )
    .help(say!("donnez un autre nom au vôtre, ou supprimez-le", "give yours another name, or delete it"))
}

/// An old address at which there is something.
pub(super) fn taken_redirect(place: Span, path: &str) -> Diagnostic {
    Diagnostic::new(
        Code::SameOutput,
        place,
        say!(
            "il y a déjà quelque chose à l’ancienne adresse `{path}`",
            "there is something at the old address `{path}` already"
        ),
    )
    .help(say!("retirez cette redirection", "remove this redirection"))
}

/// A link to a heading that is not there.
pub(super) fn dead_anchor(place: Span, anchor: &str, title: &str) -> Diagnostic {
    Diagnostic::new(
        Code::DeadAnchor,
        place,
        say!("la page « {title} » n’a pas d’ancre `#{anchor}`", "the page “{title}” has no anchor `#{anchor}`"),
    )
}

/// A link whose scheme is refused.
pub(super) fn refused_scheme(place: Span, scheme: &str) -> Diagnostic {
    Diagnostic::new(
        Code::RefusedScheme,
        place,
        say!(
            "l’adresse commence par `{scheme}:`, qui n’est pas admis",
            "the address begins with `{scheme}:`, which is not allowed"
        ),
    )
    .help(say!(
        "écrivez une adresse en `https:`, `http:`, `mailto:` ou `tel:` ; ou copiez le fichier à côté de la page et écrivez son nom",
        "write an address in `https:`, `http:`, `mailto:` or `tel:`; or copy the file beside the page and write its name"
    ))
}

/// A page of another kind than the one wanted.
pub(super) fn wrong_kind(place: Span, title: &str, (is, wanted): (&str, &str)) -> Diagnostic {
    Diagnostic::new(
        Code::WrongKind,
        place,
        say!(
            "« {title} » est une page du genre `{is}`, et il faut ici une page du genre `{wanted}`",
            "“{title}” is a page of kind `{is}`, and a page of kind `{wanted}` is needed here"
        ),
    )
    .help(say!("nommez une page du genre `{wanted}`", "name a page of kind `{wanted}`"))
}
