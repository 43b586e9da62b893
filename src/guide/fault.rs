//! The faults of places, links and names, in words.

use super::PageId;
use super::names::Missing;
use super::tree::Tree;
use crate::diagnostic::{Code, Diagnostic, Say, say};
use crate::picture::{Size, Unfit};
use crate::source::{FileId, Sources, Span};

/// Where a page's title is, else the page as a whole.
pub(super) fn title_place(tree: &Tree, page: PageId, sources: &Sources) -> Span {
    tree.entries[page.index()].draft.title_place(sources)
}

/// A file name without a letter or digit, of which an address could be made.
pub(super) fn no_address_of_file(file: FileId, name: &str) -> Diagnostic {
    no_address(file, name)
        .help(say!("renommez le fichier avec des lettres ou des chiffres", "rename the file with letters or digits"))
}

/// The same of a folder; `file` is its front page, or one that is in it.
pub(super) fn no_address_of_folder(file: FileId, name: &str) -> Diagnostic {
    no_address(file, name)
        .help(say!("renommez le dossier avec des lettres ou des chiffres", "rename the folder with letters or digits"))
}

fn no_address(file: FileId, name: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NoAddress,
        Span::whole(file),
        say!(
            "le nom `{name}` n’a ni lettre ni chiffre dont faire une adresse",
            "the name `{name}` has neither letter nor digit to make an address of"
        ),
    )
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
        Missing::Draft => draft(named),
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

/// A picture that no browser shows, or that asks too much of one.
pub(super) fn unfit_picture(place: Span, name: &str, unfit: Unfit) -> Diagnostic {
    match unfit {
        Unfit::Broken => Diagnostic::new(
            Code::BrokenImage,
            place,
            say!(
                "`{name}` n’est pas une image qu’un navigateur peut montrer",
                "`{name}` is not an image that a browser can show"
            ),
        )
        .help(say!(
            "ouvrez-la dans un logiciel d’images, puis enregistrez-la en PNG, en JPEG ou en WebP",
            "open it in an image program, then save it as PNG, JPEG or WebP"
        )),
        Unfit::Huge(Size { width, height }) => Diagnostic::new(
            Code::HugeImage,
            place,
            say!(
                "`{name}` fait {width} × {height} pixels, plus qu’un appareil ordinaire ne peut en montrer",
                "`{name}` has {width} × {height} pixels, more than an ordinary device can show"
            ),
        )
        .help(say!(
            "réduisez-la\u{a0}: une largeur de 2000 pixels suffit",
            "make it smaller: a width of 2000 pixels is enough"
        )),
    }
}

/// What to do about an address at which there is nothing like what was meant.
pub(super) fn mend_address(target: &str) -> Say {
    if target.starts_with('/') {
        return say!(
            "corrigez cette adresse\u{a0}: comme elle commence par `/`, elle part de l’accueil du site",
            "correct this address: as it begins with `/`, it starts from the home page of the site"
        );
    }
    say!(
        "corrigez cette adresse, qui part du dossier de la page, ou mettez un fichier à cet endroit",
        "correct this address, which starts from the folder of the page, or put a file in that place"
    )
}

/// A page that is named, but will not be there.
pub(super) fn draft(named: Named<'_>) -> Diagnostic {
    let Named { code, place, written } = named;
    let message = say!(
        "«\u{a0}{written}\u{a0}» est un brouillon, que le site ne montre pas",
        "“{written}” is a draft, which the site does not show"
    );
    Diagnostic::new(code, place, message).help(say!(
        "attendez qu’il soit publié pour le nommer ici, ou ajoutez `--drafts` à la commande pour voir aussi les brouillons",
        "wait for it to be published before you name it here, or add `--drafts` to the command to see drafts, too"
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
            "deux pages ont l’adresse `{address}`\u{a0}: `{this}` et `{that}`",
            "two pages have the address `{address}`: `{this}` and `{that}`"
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
            "`{this}` et `{that}` auraient la même place dans le site\u{a0}: `{file}`",
            "`{this}` and `{that}` would have the same place in the site: `{file}`"
        ),
    )
    .related(first, say!("l’autre", "the other"))
    .help(say!("renommez l’un des deux", "rename one of the two"))
}

/// A file in the place of one that Boussole writes itself.
pub(super) fn reserved_output(place: Span, file: &str) -> Diagnostic {
    Diagnostic::new(
        Code::SameOutput,
        place,
        say!("Boussole écrit toujours lui-même le fichier `{file}`", "Boussole always writes the file `{file}` itself"),
    )
    .help(say!("donnez un autre nom au vôtre, ou supprimez-le", "give yours another name, or delete it"))
}

/// An old address at which there is something.
pub(super) fn taken_redirect(place: Span, path: &str) -> Diagnostic {
    Diagnostic::new(
        Code::SameOutput,
        place,
        say!("l’ancienne adresse `{path}` est déjà prise", "the old address `{path}` is already taken"),
    )
    .help(say!("retirez-la d’ici, ou de l’autre page", "remove it here, or from the other page"))
}

/// A link to a heading that is not there.
pub(super) fn dead_anchor(place: Span, anchor: &str, title: &str) -> Diagnostic {
    Diagnostic::new(
        Code::DeadAnchor,
        place,
        say!("la page « {title} » n’a pas d’ancre `#{anchor}`", "the page “{title}” has no anchor `#{anchor}`"),
    )
}

/// Anchors that help names at most.
const ANCHORS: usize = 8;

/// What to do about an anchor like none of `anchors`, which the page has.
pub(super) fn mend_anchor<'a>(anchor: &str, anchors: impl Iterator<Item = &'a str>) -> Say {
    let anchors: Vec<String> = anchors.take(ANCHORS + 1).map(|anchor| format!("`#{anchor}`")).collect();
    if anchors.is_empty() {
        return say!(
            "retirez `#{anchor}`\u{a0}: cette page n’a ni volet ni titre de partie",
            "remove `#{anchor}`: this page has neither facets nor headings"
        );
    }
    if anchors.len() > ANCHORS {
        return say!(
            "écrivez après le `#` le texte d’un titre de cette page, ou retirez `#{anchor}`",
            "write the text of one of its headings after the `#`, or remove `#{anchor}`"
        );
    }
    let anchors = anchors.join(", ");
    say!("choisissez parmi {anchors}, ou retirez `#{anchor}`", "choose among {anchors}, or remove `#{anchor}`")
}

/// A link whose scheme is refused.
pub(super) fn refused_scheme(place: Span, scheme: &str) -> Diagnostic {
    let fault = Diagnostic::new(
        Code::RefusedScheme,
        place,
        say!(
            "cette adresse commence par `{scheme}:`, que Boussole n’accepte pas",
            "this address begins with `{scheme}:`, which Boussole does not accept"
        ),
    );
    // A single letter is a disk of Windows.
    if scheme.len() == 1 || ["file", "data", "blob", "ftp"].iter().any(|known| known.eq_ignore_ascii_case(scheme)) {
        return fault.help(say!(
            "copiez le fichier à côté de la page, puis écrivez ici son nom seul",
            "copy the file beside the page, then write its name alone here"
        ));
    }
    fault.help(say!(
        "écrivez une adresse en `https:`, `http:`, `mailto:` ou `tel:`",
        "write an address in `https:`, `http:`, `mailto:` or `tel:`"
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
    .help(say!("écrivez le nom d’une page du genre `{wanted}`", "write the name of a page of kind `{wanted}`"))
}

/// The file of a facet in a folder without a page.
pub(super) fn facet_without_page(place: Span) -> Diagnostic {
    let message = say!(
        "ce fichier est un volet, mais son dossier n’a pas de page à laquelle le rattacher",
        "this file is a facet, but its folder has no page that it could belong to"
    );
    Diagnostic::new(Code::FacetWithoutPage, place, message).help(say!("écrivez la page dans un fichier `index.md` du même dossier, ou retirez cette ligne pour faire de ce fichier une page", "write the page in a file `index.md` of the same folder, or remove this line to make this file a page"))
}

/// A front page that says it is a facet of the page that it is.
pub(super) fn facet_of_itself(place: Span) -> Diagnostic {
    let message = say!(
        "`index.md` est la page elle-même, et non l’un de ses volets",
        "`index.md` is the page itself, not one of its facets"
    );
    Diagnostic::new(Code::FacetWithoutPage, place, message).help(say!(
        "retirez cette ligne, ou mettez ce volet dans un autre fichier du même dossier",
        "remove this line, or put this facet into another file of the same folder"
    ))
}

/// A facet that its page has already.
pub(super) fn facet_in_two_files(place: Span, first: Span, title: &str) -> Diagnostic {
    let message = say!("la page a déjà un volet « {title} »", "the page has a facet “{title}” already");
    Diagnostic::new(Code::DuplicateFacet, place, message)
        .related(first, say!("le voici", "here it is"))
        .help(say!("réunissez les deux textes dans un seul fichier", "bring both texts together in one file"))
}

/// An anchor that stands in two files of one page.
pub(super) fn anchor_in_two_files(place: Span, first: Span, anchor: &str) -> Diagnostic {
    let message = say!(
        "l’ancre `#{anchor}` est déjà prise dans un autre fichier de cette page",
        "the anchor `#{anchor}` is already taken in another file of this page"
    );
    Diagnostic::new(Code::DuplicateAnchor, place, message)
        .related(first, say!("prise ici", "taken here"))
        .help(say!("choisissez-en une autre", "choose another"))
}

/// A page of a series that does not say which part it is.
pub(super) fn series_without_part(place: Span, series: &str) -> Diagnostic {
    let message = say!(
        "cette page est dans la série « {series} », mais n’a pas de numéro de partie",
        "this page is in the series “{series}”, but has no part number"
    );
    Diagnostic::new(Code::MissingKey, place, message)
        .help(say!("ajoutez `partie: 1`, ou le numéro qui convient", "add `part: 1`, or the number that fits"))
}

/// A page that says which part it is, but of nothing.
pub(super) fn part_without_series(place: Span) -> Diagnostic {
    let message = say!(
        "cette page a un numéro de partie, mais ne dit pas de quelle série",
        "this page has a part number, but does not say of which series"
    );
    Diagnostic::new(Code::MissingKey, place, message).help(say!(
        "ajoutez `série: …` avec le nom de la série, ou retirez cette ligne",
        "add `series: …` with the name of the series, or remove this line"
    ))
}

/// A part of the series called `series`, and its number.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) place: Span,
    pub(super) number: i64,
    pub(super) series: &'a str,
}

/// Two parts with one number.
pub(super) fn duplicate_part(second: Part<'_>, first: Span) -> Diagnostic {
    let Part { place, number, series } = second;
    let message =
        say!("la série « {series} » a déjà une partie {number}", "the series “{series}” has a part {number} already");
    Diagnostic::new(Code::DuplicatePart, place, message)
        .related(first, say!("la voici", "here it is"))
        .help(say!("donnez un autre numéro à l’une des deux", "give one of the two another number"))
}

/// A number that no part has, before one that a part has.
pub(super) fn missing_part(part: Part<'_>, missing: i64) -> Diagnostic {
    let Part { place, number, series } = part;
    let message = say!(
        "la série « {series} » a une partie {number}, mais pas de partie {missing}",
        "the series “{series}” has a part {number}, but no part {missing}"
    );
    Diagnostic::new(Code::MissingPart, place, message).help(say!(
        "ajoutez la page qui manque, ou écrivez ici `partie: {missing}`",
        "add the page that is missing, or write `part: {missing}` here"
    ))
}

/// A name to which two pages answer when words are linked; the names of both, and where they are written.
pub(super) fn two_definitions(second: Span, first: Span, name: &str) -> Diagnostic {
    let message = say!(
        "« {name} » est le nom de deux pages : il ne peut mener qu’à une seule",
        "“{name}” is the name of two pages: it can lead to only one"
    );
    Diagnostic::new(Code::TwoDefinitions, second, message)
        .related(first, say!("l’autre est ici", "the other is here"))
        .help(say!(
            "donnez un autre nom à l’une des deux, ou écrivez `lien-auto: false` dans son en-tête",
            "give one of the two another name, or write `autolink: false` in its front matter"
        ))
}

/// An inclusion of a cycle: its place, and the title of its page.
pub(super) type Step<'a> = (Span, &'a str);

/// A page that includes itself, from its `first` inclusion through `others` back to it.
pub(super) fn inclusion_cycle(first: Step<'_>, others: &[Step<'_>]) -> Diagnostic {
    let (place, title) = first;
    if others.is_empty() {
        let message = say!("la page « {title} » s’inclut elle-même", "the page “{title}” includes itself");
        return Diagnostic::new(Code::InclusionCycle, place, message).help(say!(
            "retirez cette inclusion, ou n’incluez qu’une autre partie de cette page",
            "remove this inclusion, or include only another part of this page"
        ));
    }
    let titles = std::iter::once(title).chain(others.iter().map(|&(_, title)| title)).chain([title]);
    let path = titles.collect::<Vec<_>>().join(" → ");
    let message = say!("cette inclusion tourne en rond : {path}", "this inclusion goes round in circles: {path}");
    let fault = Diagnostic::new(Code::InclusionCycle, place, message).help(say!(
        "remplacez l’une de ces inclusions par un lien `[[…]]`",
        "put a link `[[…]]` in place of one of these inclusions"
    ));
    others.iter().fold(fault, |fault, &(place, _)| fault.related(place, say!("puis celle-ci", "then this one")))
}

/// An inclusion with which a page shows more of them than it can.
pub(super) fn too_many_inclusions(place: Span, most: usize) -> Diagnostic {
    let message = say!(
        "avec cette inclusion et celles qu’elle amène, la page en a plus de {most}",
        "with this inclusion and those that it brings, the page has more than {most}"
    );
    Diagnostic::new(Code::TooManyInclusions, place, message).help(fewer_inclusions())
}

/// An inclusion that brings others, one in the other, deeper than a page can show.
pub(super) fn too_deep_inclusions(place: Span, deepest: usize) -> Diagnostic {
    let message = say!(
        "cette inclusion en amène d’autres, plus de {deepest} les unes dans les autres",
        "this inclusion brings others, more than {deepest} one inside the other"
    );
    Diagnostic::new(Code::TooManyInclusions, place, message).help(fewer_inclusions())
}

fn fewer_inclusions() -> Say {
    say!("remplacez des inclusions par des liens `[[…]]`", "put links `[[…]]` in place of inclusions")
}

/// A role that has no page.
pub(super) fn role_without_page(named: Named<'_>, missing: &Missing) -> Diagnostic {
    let Named { place, written, .. } = named;
    let fault = Diagnostic::new(
        Code::RoleWithoutPage,
        place,
        say!("le rôle « {written} » n’a pas de page", "the role “{written}” has no page"),
    );
    match missing {
        Missing::Unknown(Some(nearest)) => fault.nearest(Some(nearest)),
        // A path is no title to create a page by.
        _ if written.contains('/') => fault.help(say!(
            "créez-la à cet endroit, ou écrivez le titre d’un rôle qui existe",
            "create it in this place, or write the title of a role that exists"
        )),
        _ => fault.help(say!(
            "créez-la avec `boussole new rôle \"{written}\"`, ou écrivez le titre d’un rôle qui existe",
            "create it with `boussole new role \"{written}\"`, or write the title of a role that exists"
        )),
    }
}
