//! The table of codes: the stable names of everything that can be wrong in a guide.

/// How much a fault weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Fails the build.
    Error,
    /// Fails it with `--strict`.
    Warning,
    /// Never fails it.
    Note,
}

impl Severity {
    /// Its name in `guide.yaml` and in machine formats.
    pub const fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

impl Code {
    /// Whether the mere passing of time brings it about, so that it can never be more than a note.
    pub fn passes_with_time(self) -> bool {
        self == Code::ReviewOverdue
    }
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident $name:literal $severity:ident $weight:ident;)*) => {
        /// The stable name of one kind of fault.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])* $variant,)*
        }

        /// Every code, in the order of the stages that find them.
        pub const CODES: &[Code] = &[$(Code::$variant,)*];

        impl Code {
            /// The name in messages and in `checks:`.
            pub fn name(self) -> &'static str {
                match self { $(Code::$variant => $name,)* }
            }

            /// The severity where `checks:` says nothing.
            pub fn severity(self) -> Severity {
                match self { $(Code::$variant => Severity::$severity,)* }
            }

            /// Whether `checks:` may give it another severity. What is not adjustable would leave no guide to build.
            pub fn adjustable(self) -> bool {
                match self { $(Code::$variant => codes!(@ $weight),)* }
            }
        }
    };
    (@ adjustable) => { true };
    (@ fixed) => { false };
}

codes! {
    /// A file's bytes are not UTF-8.
    NotUtf8 "not-utf8" Error fixed;
    /// A file or folder cannot be read.
    Unreadable "unreadable" Error fixed;
    /// A symbolic link leads out of the guide, or in circles.
    OutsideLink "outside-link" Error fixed;
    /// A page is over the size that can be addressed (2 GiB).
    TooLarge "too-large" Error fixed;
    /// Two names differ by case only, or two folders' by Unicode form.
    SameName "same-name" Warning adjustable;
    /// A name that some systems cannot hold.
    ReservedName "reserved-name" Warning adjustable;

    /// Text that is not YAML.
    YamlSyntax "yaml-syntax" Error fixed;
    /// Front matter that opens and never closes.
    UnclosedFrontMatter "unclosed-front-matter" Error fixed;
    /// A key that does not exist.
    UnknownKey "unknown-key" Error fixed;
    /// A key given twice, perhaps in both languages.
    DuplicateKey "duplicate-key" Error fixed;
    /// A value of another type than its key's.
    WrongType "wrong-type" Error fixed;
    /// A value of the right type that its key does not accept.
    WrongValue "wrong-value" Error fixed;
    /// A required key that is absent.
    MissingKey "missing-key" Error fixed;
    /// A field of the authors' own that is named like a built-in key.
    ReservedKey "reserved-key" Error fixed;

    /// A kind that does not exist.
    UnknownKind "unknown-kind" Error fixed;
    /// A page with no title.
    MissingTitle "missing-title" Error fixed;
    /// A level-1 heading beside the title.
    SecondTitle "second-title" Error fixed;
    /// A heading with no text.
    EmptyHeading "empty-heading" Warning adjustable;
    /// A heading more than one level below the one before.
    SkippedHeading "skipped-heading" Warning adjustable;
    /// An anchor given to two headings.
    DuplicateAnchor "duplicate-anchor" Error fixed;
    /// A facet that opens twice in a page.
    DuplicateFacet "duplicate-facet" Error fixed;
    /// A facet that the page's kind requires and the page lacks.
    MissingFacet "missing-facet" Warning adjustable;
    /// An image with neither an alternative nor `{.deco}`.
    MissingAlternative "missing-alternative" Error adjustable;
    /// HTML that the allow-list does not let through.
    RemovedHtml "removed-html" Warning adjustable;
    /// A link or image whose scheme is refused.
    RefusedScheme "refused-scheme" Error fixed;
    /// An inclusion that does not stand alone in its paragraph.
    MisplacedInclusion "misplaced-inclusion" Error fixed;
    /// A footnote call without its note.
    UndefinedFootnote "undefined-footnote" Warning adjustable;
    /// A note that nothing calls.
    UnusedFootnote "unused-footnote" Warning adjustable;
    /// Two notes under one name.
    DuplicateFootnote "duplicate-footnote" Warning adjustable;

    /// A file name from which no address can be made.
    NoAddress "no-address" Error fixed;
    /// Two pages at one address.
    SameAddress "same-address" Error fixed;
    /// Two pages of one part that are called the same.
    SameTitle "same-title" Warning adjustable;
    /// Two things that would be written to one file.
    SameOutput "same-output" Error fixed;
    /// A link to a page that does not exist.
    DeadLink "dead-link" Error adjustable;
    /// A link to a heading that the page does not have.
    DeadAnchor "dead-anchor" Error adjustable;
    /// An image, a player or a download whose file does not exist.
    MissingFile "missing-file" Error adjustable;
    /// A picture that no browser can show.
    BrokenImage "broken-image" Error adjustable;
    /// A picture with more pixels than a browser can bear.
    HugeImage "huge-image" Error adjustable;
    /// A picture that is published as it is, because it cannot be decoded to its end.
    UnresizedImage "unresized-image" Note adjustable;
    /// A page name in front matter that no page has.
    UnknownPage "unknown-page" Error adjustable;
    /// A name that two pages have, where it is used.
    AmbiguousName "ambiguous-name" Error fixed;
    /// A page of another kind than the one expected.
    WrongKind "wrong-kind" Error adjustable;
    /// A role in front matter that has no page.
    RoleWithoutPage "role-without-page" Error adjustable;
    /// A facet’s file whose folder has no page of its own.
    FacetWithoutPage "facet-without-page" Error fixed;
    /// Two pages that words lead to, under one name.
    TwoDefinitions "two-definitions" Error fixed;
    /// A page that includes itself, perhaps through others.
    InclusionCycle "inclusion-cycle" Error fixed;
    /// A page that includes more than can be read.
    TooManyInclusions "too-many-inclusions" Error fixed;
    /// Two parts of a series with one number.
    DuplicatePart "duplicate-part" Error adjustable;
    /// A number between two parts of a series that no page has.
    MissingPart "missing-part" Warning adjustable;
    /// A page that no page leads to.
    OrphanPage "orphan-page" Note adjustable;
    /// A page to which pages lead, none of which can be reached from the home page.
    NoWayIn "no-way-in" Note adjustable;
    /// A term that no page uses.
    UnusedTerm "unused-term" Note adjustable;
    /// A term that only its own page uses.
    SelfUsedTerm "self-used-term" Note adjustable;
    /// A paragraph with very many links.
    OverLinked "over-linked" Note adjustable;
    /// A review date that has passed.
    ReviewOverdue "review-overdue" Note adjustable;
    /// Git cannot tell when pages were changed.
    NoHistory "no-history" Note adjustable;
    /// No `base_url`, so that nothing with a full address is written.
    NoBaseUrl "no-base-url" Note adjustable;

    /// A theme that does not exist.
    UnknownTheme "unknown-theme" Error fixed;
    /// A template that does not read, or that cannot be rendered.
    Template "template" Error fixed;
}
