//! Kinds of pages, and the fields that authors give them.

use crate::id::{Id, IdVec};
use crate::language::Tongue;
use crate::name::fold;

/// The place of a kind in [`Kinds`].
pub(crate) type KindId = Id<Kind>;

/// The kinds of pages of a guide: the built-in ones in the order of [`Builtin`], then the authors' own.
#[derive(Clone, Debug)]
pub(crate) struct Kinds {
    pub(super) kinds: IdVec<Kind>,
}

/// A kind of page.
#[derive(Clone, Debug)]
pub(crate) struct Kind {
    /// Its name in front matter (`role`).
    pub name: String,
    /// Its name on pages ("Rôle").
    pub label: String,
    /// The same for many ("Rôles").
    pub plural: String,
    /// The facets expected of it, as indices into `Config::facets`.
    pub facets: Vec<usize>,
    /// Those whose absence is reported.
    pub required_facets: Vec<usize>,
    /// The authors' own front-matter fields.
    pub fields: Vec<Field>,
    /// The built-in kind it is.
    pub builtin: Option<Builtin>,
}

/// The kinds that Boussole knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Builtin {
    /// `page`
    Page,
    /// `section`
    Section,
    /// `role`
    Role,
    /// `theme`
    Theme,
    /// `stage`
    Stage,
    /// `coplanning`
    Coplanning,
    /// `question`
    Question,
    /// `article`
    Article,
    /// `term`
    Term,
}

/// A front-matter field of the authors' own.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// Its key.
    pub name: String,
    /// Its name on pages.
    pub label: String,
    /// What it holds.
    pub of: FieldType,
    /// Whether a page of the kind must have it.
    pub required: bool,
}

/// What a field holds.
#[derive(Clone, Debug)]
pub(crate) enum FieldType {
    /// `text`
    Text,
    /// `integer`
    Integer,
    /// `bool`
    Bool,
    /// `date`
    Date,
    /// `choice`
    Choice(Vec<Choice>),
    /// `page`, perhaps of one kind only
    Page(Option<KindId>),
    /// `url`
    Url,
    /// `{list: TYPE}`
    List(Box<FieldType>),
}

/// One of the values that a `choice` accepts.
pub(crate) type Choice = String;

impl Builtin {
    /// Every built-in kind, in the order in which [`Kinds`] holds them.
    pub(super) const ALL: [Builtin; 9] = [
        Builtin::Page,
        Builtin::Section,
        Builtin::Role,
        Builtin::Theme,
        Builtin::Stage,
        Builtin::Coplanning,
        Builtin::Question,
        Builtin::Article,
        Builtin::Term,
    ];

    /// Its name in front matter.
    pub(crate) fn name(self) -> &'static str {
        self.names()[0]
    }

    /// Its names in front matter: English, then French.
    fn names(self) -> [&'static str; 2] {
        match self {
            Builtin::Page => ["page", "page"],
            Builtin::Section => ["section", "section"],
            Builtin::Role => ["role", "rôle"],
            Builtin::Theme => ["theme", "thème"],
            Builtin::Stage => ["stage", "étape"],
            Builtin::Coplanning => ["coplanning", "coplanification"],
            Builtin::Question => ["question", "question"],
            Builtin::Article => ["article", "article"],
            Builtin::Term => ["term", "terme"],
        }
    }

    /// Its names on pages: for one, and for many.
    fn labels(self, tongue: Tongue) -> [&'static str; 2] {
        match (self, tongue) {
            (Builtin::Page, _) => ["Page", "Pages"],
            (Builtin::Section, _) => ["Section", "Sections"],
            (Builtin::Role, Tongue::French) => ["Rôle", "Rôles"],
            (Builtin::Role, Tongue::English) => ["Role", "Roles"],
            (Builtin::Theme, Tongue::French) => ["Thème", "Thèmes"],
            (Builtin::Theme, Tongue::English) => ["Theme", "Themes"],
            (Builtin::Stage, Tongue::French) => ["Étape", "Étapes"],
            (Builtin::Stage, Tongue::English) => ["Stage", "Stages"],
            (Builtin::Coplanning, Tongue::French) => ["Coplanification", "Coplanifications"],
            (Builtin::Coplanning, Tongue::English) => ["Co-planning", "Co-plannings"],
            (Builtin::Question, _) => ["Question", "Questions"],
            (Builtin::Article, _) => ["Article", "Articles"],
            (Builtin::Term, Tongue::French) => ["Terme", "Termes"],
            (Builtin::Term, Tongue::English) => ["Term", "Terms"],
        }
    }

    fn kind(self, tongue: Tongue, facets: usize) -> Kind {
        let [label, plural] = self.labels(tongue).map(str::to_owned);
        let faceted = matches!(self, Builtin::Role | Builtin::Theme | Builtin::Stage);
        Kind {
            name: self.name().to_owned(),
            label,
            plural,
            facets: if faceted { (0..facets).collect() } else { Vec::new() },
            required_facets: Vec::new(),
            fields: Vec::new(),
            builtin: Some(self),
        }
    }
}

impl Kinds {
    /// The built-in kinds of a guide with so many facets.
    pub(super) fn builtins(tongue: Tongue, facets: usize) -> Kinds {
        Kinds { kinds: Builtin::ALL.iter().map(|builtin| builtin.kind(tongue, facets)).collect() }
    }

    /// The kind named `name` (case, accents, hyphens aside; built-in kinds in both languages).
    pub(crate) fn named(&self, name: &str) -> Option<KindId> {
        let exact = self.kinds.iter().find(|(_, kind)| kind.names().any(|spelled| spelled == name));
        let folded = || {
            let folded = fold(name);
            self.kinds.iter().find(|(_, kind)| kind.names().any(|name| fold(name) == folded))
        };
        exact.or_else(folded).map(|(id, _)| id)
    }

    /// The id of a built-in kind.
    pub(crate) fn builtin(&self, builtin: Builtin) -> KindId {
        let found = self.kinds.iter().find(|(_, kind)| kind.builtin == Some(builtin));
        found.expect("the built-in kinds are there before any other").0
    }

    /// Kinds with their ids.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = (KindId, &Kind)> {
        self.kinds.iter()
    }
}

impl std::ops::Index<KindId> for Kinds {
    type Output = Kind;

    fn index(&self, kind: KindId) -> &Kind {
        &self.kinds[kind]
    }
}

impl Kind {
    /// The names by which front matter can call it.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let [english, french] = match self.builtin {
            Some(builtin) => builtin.names(),
            None => [self.name.as_str(); 2],
        };
        [french, english].into_iter()
    }

    /// Its name in `tongue`, as front matter spells it.
    pub(crate) fn spelled(&self, tongue: Tongue) -> &str {
        match (self.builtin, tongue) {
            (Some(builtin), Tongue::French) => builtin.names()[1],
            (Some(builtin), Tongue::English) => builtin.names()[0],
            (None, _) => &self.name,
        }
    }
}
