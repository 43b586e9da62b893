//! French sentences drawn from a seed: plain grammar, accents, elisions and the punctuation that typography must space.

const SUBJECTS: [&str; 20] = [
    "la communauté de pratique",
    "le coordinateur",
    "l'animatrice",
    "le comité de parrainage",
    "chaque membre",
    "l'équipe d'animation",
    "le réseau régional",
    "la facilitatrice",
    "un pair expérimenté",
    "l'établissement d'accueil",
    "le veilleur",
    "la rapporteuse de séance",
    "une nouvelle venue",
    "le groupe de travail",
    "l'organisation qui libère du temps",
    "le mentor",
    "la direction des soins",
    "ce cercle d'enseignants",
    "le noyau fondateur",
    "la responsable du répertoire",
];

const VERBS: [&str; 20] = [
    "prépare",
    "partage",
    "documente",
    "soutient",
    "relance",
    "évalue",
    "accueille",
    "négocie",
    "enrichit",
    "transmet",
    "met en lumière",
    "rend légitime",
    "coordonne",
    "fait circuler",
    "remet en question",
    "protège",
    "réunit",
    "inscrit dans la durée",
    "éclaire",
    "facilite",
];

const THINGS: [&str; 24] = [
    "les échanges entre pairs",
    "le répertoire commun",
    "les récits d'expérience",
    "la confiance du groupe",
    "l'ordre du jour",
    "les connaissances tacites",
    "un problème concret",
    "les décisions prises",
    "l'engagement des membres",
    "la charte d'accueil",
    "les données probantes",
    "le sentiment d'appartenance",
    "les outils numériques",
    "la question de départ",
    "les apprentissages en cours",
    "le mandat confié",
    "l'identité professionnelle",
    "les enjeux du terrain",
    "la prochaine rencontre",
    "une solution éprouvée",
    "les ressources utiles",
    "le plan de l'année",
    "les besoins exprimés",
    "la mémoire collective",
];

const CIRCUMSTANCES: [&str; 16] = [
    "au fil des rencontres",
    "sans attendre la fin du projet",
    "avec l'appui d'un parrain",
    "pendant 45 minutes au plus",
    "dans un climat d'ouverture",
    "à partir d'exemples vécus",
    "même lorsque le temps manque",
    "deux fois par trimestre",
    "en s'appuyant sur « ce qui marche déjà »",
    "pour 15 % de son temps",
    "hors de tout lien hiérarchique",
    "après un tour de table",
    "là où l'urgence l'emporte d'ordinaire",
    "avec des mots simples",
    "grâce à une trace écrite",
    "jusqu'à ce qu'un accord se dégage",
];

const OPENERS: [&str; 10] = [
    "",
    "",
    "",
    "",
    "En pratique, ",
    "Le plus souvent, ",
    "Au départ, ",
    "D'une séance à l'autre, ",
    "À cette étape, ",
    "Peu à peu, ",
];

const ENDS: [&str; 8] = [".", ".", ".", ".", ".", " ?", " !", " : rien ne presse."];

const TASKS: [&str; 14] = [
    "Préparer l'ordre du jour",
    "Accueillir les nouveaux membres",
    "Tenir le journal de bord",
    "Recueillir les questions",
    "Relancer les absents",
    "Inviter un témoin",
    "Choisir un thème",
    "Rédiger la synthèse",
    "Réserver la salle",
    "Mettre à jour le répertoire",
    "Vérifier l'accès à la plateforme",
    "Noter les accords et les désaccords",
    "Proposer un cas réel",
    "Dresser le bilan",
];

const PEOPLE: [&str; 8] = [
    "le coordinateur",
    "l'animatrice",
    "le veilleur",
    "la rapporteuse",
    "le parrain",
    "le mentor",
    "un membre volontaire",
    "la fondatrice",
];

const MOMENTS: [&str; 8] = [
    "avant la rencontre",
    "à l'ouverture",
    "en séance",
    "dès le lendemain",
    "chaque mois",
    "en fin de cycle",
    "au besoin",
    "sous dix jours",
];

/// Draws words; the same seed and page draw the same ones.
pub(super) struct Writer {
    state: u64,
}

impl Writer {
    pub(super) fn new(seed: u64, page: u32) -> Writer {
        let mut writer = Writer { state: seed };
        let base = writer.draw();
        writer.state = base ^ u64::from(page);
        writer
    }

    /// The next number of a SplitMix64 sequence.
    fn draw(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number under `limit`; 0 where that is 0.
    pub(super) fn below(&mut self, limit: u32) -> u32 {
        let high_half = self.draw() >> 32;
        let scaled = (high_half * u64::from(limit)) >> 32;
        u32::try_from(scaled).expect("half of a product by a 32-bit number has 32 bits")
    }

    fn pick(&mut self, words: &[&'static str]) -> &'static str {
        let limit = u32::try_from(words.len()).expect("the lists above are short");
        words[self.below(limit) as usize]
    }

    /// One sentence, from its capital to its full stop.
    pub(super) fn sentence(&mut self) -> String {
        self.sentence_about(None)
    }

    /// The same sentence, about `object` where there is one.
    pub(super) fn sentence_about(&mut self, object: Option<&str>) -> String {
        let opener = self.pick(&OPENERS);
        let subject = self.pick(&SUBJECTS);
        let (verb, thing) = (self.pick(&VERBS), self.pick(&THINGS));
        let object = object.unwrap_or(thing);
        let (circumstance, end) = (self.pick(&CIRCUMSTANCES), self.pick(&ENDS));
        capitalised(format!("{opener}{subject} {verb} {object} {circumstance}{end}"))
    }

    pub(super) fn thing(&mut self) -> &'static str {
        self.pick(&THINGS)
    }

    pub(super) fn task(&mut self) -> &'static str {
        self.pick(&TASKS)
    }

    pub(super) fn someone(&mut self) -> &'static str {
        self.pick(&PEOPLE)
    }

    pub(super) fn moment(&mut self) -> &'static str {
        self.pick(&MOMENTS)
    }
}

/// `text` with its first letter, which is an ASCII one or already a capital, in upper case.
fn capitalised(mut text: String) -> String {
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}
