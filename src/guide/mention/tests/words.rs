//! Where words begin and end, how they are joined, and how their spelling is compared.

use super::{check, check_in};
use crate::language::Tongue;

#[test]
fn names_are_whole_words() {
    check(
        &["rôle"],
        &[
            "⟨rôle⟩",
            "Un ⟨rôle⟩.",
            "(⟨rôle⟩)",
            "enrôle",
            "rôlee",
            "rôle2",
            "2rôle",
            "rôle_x",
            "« ⟨rôle⟩\u{A0}»",
            "",
            " ",
        ],
    );
    check(
        &["rôle"],
        &["⟨rôle⟩/x", "x/⟨rôle⟩", "x,⟨rôle⟩;x", "⟨rôle⟩…", "–⟨rôle⟩—", "⟨rôle⟩👍", "👨‍👩‍👧⟨rôle⟩", "\0⟨rôle⟩\u{7}"],
    );
    check(
        &["exemple"],
        &[
            "exemple.org",
            "l’exemple.org",
            "⟨exemple⟩. Org",
            "⟨exemple⟩.",
            "www.exemple",
            "exemple:un",
            "⟨exemple⟩ : un",
        ],
    );
    check(&["Activité"], &["l’⟨activité⟩", "l'⟨activite\u{301}⟩ ⟨ACTIVITE\u{301}S⟩", "l’activite"]);
    check(&["2026"], &["en ⟨2026⟩", "2 026", "3,2026", "⟨2026⟩,", "20261", "l’⟨2026⟩"]);
    check(&["社区"], &["这是⟨社区⟩吗", "社 区"]);
}

#[test]
fn inclusive_forms_are_words_of_their_own() {
    check(&["animateur"], &["animateur·rice", "animateur·ice·s", "animateur.rice", "animateur-rice", "⟨animateur⟩ ·"]);
    check(
        &["animateur·rice"],
        &["un·e ⟨animateur·rice⟩", "⟨animateur·rices⟩", "animateur", "animateurs·rices", "animateur-rice"],
    );
}

#[test]
fn an_elided_word_is_not_of_the_name_after_it() {
    check(
        &["animateur"],
        &[
            "l’⟨animateur⟩ l'⟨animateur⟩ lʼ⟨animateur⟩ L’⟨Animateur⟩ L’⟨ANIMATEUR⟩",
            "d’⟨animateur⟩ qu’⟨animateur⟩ Jusqu’⟨animateur⟩ lorsqu’⟨animateur⟩ puisqu’⟨animateur⟩ quoiqu’⟨animateur⟩",
            "j’⟨animateur⟩ m’⟨animateur⟩ t’⟨animateur⟩ s’⟨animateur⟩ n’⟨animateur⟩ c’⟨animateur⟩ Ç’⟨animateur⟩",
            "qu’l’⟨animateur⟩",
            "aujourd’animateur x’animateur presqu’animateur animateur’x",
            "‘⟨animateur⟩’ '⟨animateur⟩' ʼ⟨animateur⟩ʼ l’«⟨animateur⟩»",
            "ʼ\u{ad}⟨animateur⟩ ʼ\u{ad} ʼ",
            "l’\u{ad}⟨animateur⟩ l'\u{200e}\u{ad}⟨animateur⟩ lʼ\u{ad}⟨animateur⟩ l’\u{ad} lʼ\u{ad}",
            "l’ ⟨animateur⟩",
            "l‘animateur",
        ],
    );
    check(&["C", "L", "s"], &["c’est l’animateur", "le ⟨C⟩ et ⟨1:L⟩", "l’1", "l’«x»", "l’", "l’’x", "x’s"]);
    check(&["l’"], &["⟨l’⟩", "⟨l ’⟩", "l", "l’x"]);
}

#[test]
fn other_apostrophes_are_of_their_word() {
    check(
        &["homme", "prud’homme"],
        &["l’⟨homme⟩", "⟨1:prud'homme⟩", "⟨1:prud’hommes⟩", "aujourd’homme", "prud ⟨homme⟩"],
    );
    check(&["hui"], &["aujourd’hui", "d’⟨hui⟩", "d'aujourd'hui"]);
    check(&["aujourd’hui"], &["⟨aujourd'hui⟩", "d’⟨aujourdʼhui⟩", "⟨AUJOURD’HUI⟩"]);
    check(&["rock’n’roll"], &["du ⟨rock'n’roll⟩", "rock", "roll"]);
}

#[test]
fn a_possessive_s_is_not_of_the_name_before_it() {
    check_in(
        Tongue::English,
        &["coordinator"],
        &[
            "the ⟨coordinator⟩’s plan",
            "⟨Coordinator⟩'S",
            "⟨coordinators⟩’ plan",
            "coordinator’st",
            "coordinator’s-x",
            "l’⟨coordinator⟩’s",
        ],
    );
    check_in(
        Tongue::English,
        &["s", "coordinator’s plan"],
        &["⟨1:coordinator's plan⟩", "the king’s", "⟨1:coordinator’s plans⟩"],
    );
}

#[test]
fn a_name_may_have_elisions() {
    check(
        &["L’équipe", "équipe"],
        &["de ⟨l'équipe⟩", "⟨Lʼéquipe⟩", "d’⟨1:équipe⟩", "⟨1:équipe⟩", "l ⟨1:équipe⟩", "l’ ⟨1:équipe⟩"],
    );
    check(
        &["étude d’impact"],
        &["l’⟨étude d'impact⟩", "⟨Études d’impacts⟩", "étude impact", "étude de impact", "étude d impact"],
    );
    check(&["impact"], &["étude d’⟨impact⟩"]);
}

#[test]
fn a_compound_is_found_whole() {
    check(
        &["animateur", "co"],
        &["co-animateur", "animateur-co", "co\u{2010}animateur", "co\u{2011}animateur", "⟨1:co⟩ - ⟨animateur⟩"],
    );
    check(
        &["co-animateur"],
        &[
            "⟨co-animateur⟩",
            "⟨Co\u{2010}Animateurs⟩",
            "l’⟨co\u{2011}animateur⟩",
            "co animateur",
            "co – animateur",
            "co - animateur",
        ],
    );
    check(
        &["co-animateur"],
        &["co-animateur-né", "ex-co-animateur", "coanimateur", "co--animateur", "co-\u{2010}animateur"],
    );
    check(
        &["animateur"],
        &["co--⟨animateur⟩", "-⟨animateur⟩", "⟨animateur⟩-", "⟨animateur⟩- x", "x -⟨animateur⟩", "(co-)⟨animateur⟩"],
    );
    check(&["pratique"], &["pratique-t-il", "la pratique-là"]);
    check(&["œuvre", "chef", "d’œuvre"], &["un chef-d’œuvre", "l’⟨œuvre⟩", "⟨2:d’œuvre⟩"]);
    check(&["chef-d’œuvre"], &["un ⟨chef-d'œuvre⟩", "le sous-chef-d’œuvre", "⟨chefs-d’œuvres⟩"]);
    check(&["auto-évaluation", "évaluation", "auto"], &["l’⟨auto-évaluation⟩", "qu’auto-x"]);
    check(&["plus-value"], &["plus value", "⟨plus-values⟩"]);
    check(&["x - y", "x-"], &["⟨x - y⟩ ⟨x- y⟩ x-y", "⟨1:x-⟩ z ⟨1:x -⟩"]);
}

#[test]
fn white_space_is_one_space() {
    check(
        &["groupe de travail"],
        &[
            "⟨groupe de travail⟩",
            "⟨groupe  de\ttravail⟩",
            "⟨groupe\u{A0}de\u{202F}travail⟩",
            "⟨groupe\u{2009}de\u{3000}travail⟩",
            "⟨groupe \r\n de\u{2028}travail⟩",
            "⟨groupe\u{200B}de travail⟩",
            "\u{202F}⟨groupe de travail⟩\u{202F}!",
            "groupede travail",
            "groupe, de travail",
            "groupe. De travail",
            "groupe (de) travail",
            "groupe-de-travail",
            "groupe de",
            "de travail",
        ],
    );
    check(&["  groupe\u{A0}de\n travail "], &["un ⟨groupe de travail⟩"]);
}

#[test]
fn punctuation_of_a_name_is_part_of_it() {
    check(
        &["Qui fait quoi ?"],
        &["⟨Qui fait quoi ?⟩", "⟨qui fait quoi\u{202F}?⟩", "⟨qui fait quoi?⟩ Non", "qui fait quoi", "qui fait quoi !"],
    );
    check(&["Lire, écrire"], &["⟨lire, écrire⟩", "⟨lire , écrire⟩", "⟨lire,écrire⟩", "lire écrire", "lire; écrire"]);
    check(&["Rôle (animateur)", "rôle"], &["⟨rôle (animateur)⟩", "⟨1:rôle⟩ animateur", "⟨1:rôle⟩ (animateur"]);
    check(&["R&D"], &["la ⟨R&D⟩", "⟨r & d⟩", "r d", "RD"]);
    check(&["oui/non"], &["⟨oui/non⟩", "⟨oui / non⟩", "oui non", "oui\\non"]);
    check(&["C++", "C#", ".NET"], &["en ⟨C++⟩", "⟨1:C#⟩.", "c", "⟨2:.NET⟩", "NET"]);
    check(&["Et après…", "etc."], &["⟨Et après…⟩", "et après", "⟨1:etc.⟩..", "etc"]);
    check(&["« bonjour »"], &["dire ⟨«\u{A0}bonjour\u{A0}»⟩", "bonjour", "\"bonjour\""]);
    check(&["Les 4 ’"], &["⟨les 4 '⟩"]);
}

#[test]
fn case_does_not_count_but_accents_do() {
    check(&["Pratique"], &["⟨PRATIQUE⟩ ⟨pratique⟩ ⟨pRATIQUE⟩", "pratiqué", "PRATIQUÉ"]);
    check(&["Élève"], &["⟨élève⟩ ⟨ÉLÈVE⟩", "eleve", "ELEVE", "élevé"]);
    check(&["Œuvre", "ça"], &["l’⟨ŒUVRE⟩", "oeuvre", "⟨1:Ça⟩", "ca"]);
    check(&["Straße", "ΟΔΟΣ", "ﬁn"], &["⟨STRASSE⟩ ⟨strasse⟩ ⟨STRAẞE⟩", "⟨ſtraße⟩", "⟨2:fin⟩"]);
    check(&["ß"], &["y ⟨ß⟩ y", "⟨SS⟩"]);
    check(&["Οδος"], &["⟨Οδος⟩ ⟨οδος⟩ ⟨οδοσ⟩ ⟨ΟΔΟΣ⟩"]);
    check(&["ısı"], &["⟨ısı⟩", "isi"]);
}

#[test]
fn two_capitals_or_more_are_kept() {
    check(&["CoP"], &["⟨CoP⟩ COP cop Cop cOp cops COPs CoPS", "⟨CoPs⟩", "l’⟨CoP⟩", "CoPx CoPss"]);
    check(&["CoPs"], &["⟨CoP⟩ ⟨CoPs⟩ cops COPS"]);
    check(&["STR", "SMS", "CAL"], &["⟨STR⟩ ⟨STRs⟩ str STRS STRx", "⟨1:SMS⟩ ⟨1:SMSs⟩ SM sms", "⟨2:CALs⟩ CAUX caux"]);
    check(&["Équipe CoP"], &["l’⟨équipe CoP⟩", "⟨ÉQUIPES CoPs⟩", "équipe cop", "ÉQUIPE COP"]);
    check(&["Co-Animateur"], &["⟨co-animateur⟩"]);
    check(&["LA", "CoPeR", "ÉÀ"], &["⟨LA⟩ la La", "⟨1:CoPeR⟩ ⟨1:CoPeRs⟩ coper", "⟨2:E\u{301}A\u{300}⟩ éà"]);
    check(&["O’Reilly"], &["⟨O'Reilly⟩", "o’reilly"]);
}

#[test]
fn composed_and_decomposed_are_one() {
    check(&["communauté"], &["une ⟨communaute\u{301}⟩ !", "⟨COMMUNAUTE\u{301}S⟩", "communaute\u{300}"]);
    check(&["communaute\u{301}", "Ang\u{30A}"], &["⟨communauté⟩", "communaute", "ang"]);
    check(&["Ångström"], &["⟨\u{212B}ngstro\u{308}m⟩", "⟨a\u{30A}ngström⟩"]);
    check(&["pratiqué"], &["pratique", "pratique \u{301}"]);
    check(&["ê\u{323}t"], &["⟨e\u{302}\u{323}t⟩ ⟨e\u{323}\u{302}t⟩ ⟨ệt⟩"]);
}

#[test]
fn what_cannot_be_seen_does_not_count() {
    check(
        &["animateur"],
        &[
            "⟨anima\u{AD}teur⟩",
            "⟨animateur⟩ \u{2060}x",
            "\u{FEFF}⟨animateur⟩",
            "co\u{AD}-animateur",
            "co-\u{AD}animateur",
            "l’\u{2060}1-animateur",
        ],
    );
    check(&["chef d’équipe"], &["⟨chef \u{2060}d’équipe⟩", "⟨chef d’é\u{AD}quipes⟩"]);
    check(&["ani\u{AD}mateur"], &["⟨animateur⟩"]);
}
