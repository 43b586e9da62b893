// The guide whose builds are counted: a little of everything that pages are made of, the same bytes each time. What costs
// much and is made once (pictures in other sizes, the search index, coloured code) is left out: it would hide the rest.
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";

const ROLES = 200;
const TERMS = 60;
const PER_FOLDER = 20;

const SUBJECTS = ["la communauté", "l'animatrice", "chaque membre", "le réseau", "un pair", "l'équipe d'animation", "le comité"];
const VERBS = ["prépare", "partage", "documente", "soutient", "accueille", "transmet", "fait circuler", "remet en question"];
const THINGS = ["les récits d'expérience", "l'ordre du jour", "la confiance du groupe", "un problème concret", "la charte"];
const MOMENTS = ["au fil des rencontres", "pendant 45 minutes", "avec des mots « simples »", "pour 15 % du temps", "sans attendre"];
const ENDS = [".", ".", " ?", " !", " : rien ne presse."];
const FIRST = ["pratique", "mémoire", "rencontre", "trace", "charte", "récit", "question", "veille"];
const LAST = ["partagée", "commune", "réflexive", "située", "collective", "élargie", "apprenante", "tacite"];

/** @param {number} start */
function draws(start) {
  let state = Math.imul(start, 0x9e3779b9);
  return (/** @type {number} */ limit) => {
    state = (state + 0x9e3779b9) | 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x85ebca6b);
    mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
    return Math.floor(((mixed ^ (mixed >>> 16)) >>> 0) / 2 ** 32 * limit);
  };
}

/** @typedef {ReturnType<typeof draws>} Draw */

/** @param {number} number */
const term = (number) => `${FIRST[number % FIRST.length]} ${LAST[Math.floor(number / FIRST.length) % LAST.length]}`;
/** @param {number} number */
const folder = (number) => `groupe-${Math.floor(number / PER_FOLDER)}`;
/** @param {Draw} draw @param {string[]} words */
const pick = (draw, words) => words[draw(words.length)] ?? "";

/** @param {Draw} draw @param {string} thing */
function sentence(draw, thing = pick(draw, THINGS)) {
  const words = [pick(draw, SUBJECTS), pick(draw, VERBS), thing, pick(draw, MOMENTS)].join(" ");
  return words.charAt(0).toUpperCase() + words.slice(1) + pick(draw, ENDS);
}

/** @param {Draw} draw */
function paragraph(draw) {
  const other = draw(ROLES);
  const mention = `une ${term(draw(TERMS))}`;
  const link = `Voir [ce rôle](../${folder(other)}/role-${other}.md#pratique), **${pick(draw, THINGS)}** et *${pick(draw, THINGS)}*.`;
  return [sentence(draw), sentence(draw, mention), sentence(draw), link].join(" ") + "\n";
}

/** @param {number} number */
function role(number) {
  const draw = draws(number + 1);
  const front = ["---", `title: Rôle ${number}`, "kind: role", `summary: "${sentence(draw)}"`, `order: ${number % PER_FOLDER}`];
  front.push(`synonyms: [Fonction ${number}]`, `themes: [Thème ${number % 8}]`, `related: [Rôle ${(number + 7) % ROLES}]`);
  front.push("tasks:", `  - {task: "Tâche ${number % 25}", responsible: [Rôle ${number}]}`, "---");
  const table = ["| Tâche | Qui | Quand |", "|---|---|---|"];
  const steps = [];
  for (let row = 0; row < 4; row++) {
    table.push(`| ${sentence(draw)} | ${pick(draw, SUBJECTS)} | \`${pick(draw, MOMENTS)}\` |`);
    steps.push(`${row + 1}. ${sentence(draw)}`);
  }
  const included = number % 10 === 9 ? `![[Rôle ${number - 1}#theorie]]\n` : "";
  const note = `Une phrase avec une note[^1], et <kbd>une touche</kbd>, vers <https://exemple.org/${number}>.\n`;
  return [
    front.join("\n"), sentence(draw) + "\n",
    "## Théorie\n", paragraph(draw), note, "[^1]: " + sentence(draw) + "\n",
    "## Exemples\n", paragraph(draw), table.join("\n") + "\n", included,
    "## Pratique\n", paragraph(draw), "### Pas à pas {#pas}\n", steps.join("\n") + "\n", "```\nplan: séance\n```\n",
    "## Plus-value\n", paragraph(draw), `> ${sentence(draw)}\n`, `- [[Fonction ${draw(ROLES)}]]\n- [ ] ${sentence(draw)}\n`,
  ].join("\n");
}

/** @param {string} title @param {string} kind @param {string} rest @param {number} number */
function small(title, kind, rest, number) {
  const draw = draws(number + 5000);
  return `---\ntitle: ${title}\nkind: ${kind}\n${rest}---\n\n${sentence(draw)} ${sentence(draw, `une ${term(draw(TERMS))}`)}\n`;
}

/** @returns {Map<string, string>} The text of each file, by its path. */
export function files() {
  const files = new Map([["guide.yaml", "title: Guide compté\nlang: fr\nbase_url: https://exemple.org/guide/\nsearch: false\n"]]);
  const front = (/** @type {string} */ at, /** @type {string} */ title) => files.set(`content/${at}index.md`, `# ${title}\n\nUne partie.\n`);
  front("", "Accueil");
  front("roles/", "Rôles");
  front("glossaire/", "Glossaire");
  for (let number = 0; number < ROLES; number++) {
    const at = `roles/${folder(number)}/`;
    if (number % PER_FOLDER === 0) front(at, `Groupe ${number / PER_FOLDER}`);
    files.set(`content/${at}role-${number}.md`, role(number));
  }
  for (let number = 0; number < TERMS; number++) {
    files.set(`content/glossaire/terme-${number}.md`, small(`"${term(number)}"`, "term", "", number));
  }
  for (let number = 0; number < 8; number++) {
    const next = `leads_to: [Étape ${(number + 1) % 8}]\n`;
    files.set(`content/themes/theme-${number}.md`, small(`Thème ${number}`, "theme", "", number + 100));
    files.set(`content/etapes/etape-${number}.md`, small(`Étape ${number}`, "stage", next, number + 200));
  }
  for (let number = 0; number < 20; number++) {
    const about = `about: [Rôle ${number * 3}]\nthemes: [Thème ${number % 8}]\n`;
    const series = `series: Récits\npart: ${number + 1}\ndate: 2026-01-${String(number + 1).padStart(2, "0")}\n`;
    files.set(`content/questions/question-${number}.md`, small(`Que dire du rôle ${number} ?`, "question", about, number + 300));
    files.set(`content/articles/article-${number}.md`, small(`Récit ${number}`, "article", series, number + 400));
  }
  return files;
}

/** Writes the guide into `root`. @param {string} root */
export function writeGuide(root) {
  for (const [name, text] of files()) {
    const file = path.join(root, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
}
