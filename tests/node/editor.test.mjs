// What an editor makes of the schemas in schema/: what it proposes, explains and finds wrong, in the guide's language.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';

import { LanguageServer } from './language-server.mjs';

const PAGE = 'page.front-matter.yaml';
const GUIDE = 'guide.yaml';
/** A page of a guide with the kind `outil`, whose field `licence` must be given. */
const TOOL = 'outil.yaml';

/** @param {string} tongue */
const server = (tongue) => {
  const schema = (/** @type {string} */ name) => fileURLToPath(new URL(`../../schema/${tongue}/${name}`, import.meta.url));
  const own = fileURLToPath(new URL('own-kind.schema.json', import.meta.url));
  return new LanguageServer({
    [GUIDE]: schema('guide.yaml.schema.json'),
    '*.front-matter.yaml': schema('page.schema.json'),
    [TOOL]: own,
  }).start(tongue);
};

/** @type {LanguageServer} */
let french;
/** @type {LanguageServer} */
let english;

before(async () => {
  [french, english] = await Promise.all([server('fr'), server('en')]);
});

after(() => Promise.all([french.stop(), english.stop()]));

const KEYS = [
  'titre', 'genre', 'résumé', 'slug', 'ordre', 'synonymes', 'lien-auto', 'lien-auto-ici', 'rôles', 'thèmes', 'à-propos-de',
  'mène-à', 'voir-aussi', 'série', 'partie', 'tâches', 'auteurs', 'date', 'mis-à-jour', 'à-revoir-le', 'responsable', 'image',
  'sans-index', 'redirige-depuis', 'langue', 'brouillon', 'volet',
];
const KINDS = ['page', 'section', 'rôle', 'thème', 'étape', 'coplanification', 'question', 'article', 'terme'];

test('the keys of a page are proposed in the language of the guide, those that are there aside', async () => {
  assert.deepEqual(await french.completions(PAGE, '|'), KEYS);
  assert.deepEqual(await french.completions(PAGE, 'titre: A\n|\ndate: 2026-03-01\n'), KEYS.filter((key) => key !== 'titre' && key !== 'date'));
  assert.deepEqual(await french.completions(PAGE, 'tâches:\n  - |'), ['tâche', 'responsables', 'participants']);
  const keys = await english.completions(PAGE, '|');
  assert.deepEqual([keys.length, keys.slice(0, 3)], [KEYS.length, ['title', 'kind', 'summary']]);
});

test('the values of a key are proposed', async () => {
  assert.deepEqual(await french.completions(PAGE, 'genre: |'), KINDS);
  assert.deepEqual(await french.completions(PAGE, 'kind: |'), KINDS);
  assert.deepEqual(await french.completions(PAGE, 'volet: |'), ['theorie', 'exemples', 'pratique', 'plus-value']);
  assert.deepEqual((await french.completions(PAGE, 'brouillon: |')).sort(), ['false', 'true']);
  assert.deepEqual(await french.completions(PAGE, 'titre: |'), []);
});

test('the settings of a guide are proposed, and their values', async () => {
  assert.deepEqual(await french.completions(GUIDE, '|'), [
    'title', 'description', 'lang', 'base_url', 'theme', 'output', 'edit_url', 'logo', 'license', 'contact', 'accessibility',
    'facets', 'kinds', 'links', 'checks', 'search', 'accent',
  ]);
  for (const [text, proposed] of [
    ['lang: |', ['fr', 'fr-CA', 'fr-CH', 'fr-BE', 'fr-LU', 'en']],
    ['links:\n  automatic: |', ['first-per-facet', 'first-per-page', 'all', 'none']],
    ['checks:\n  dead-link: |', ['error', 'warning', 'note', '"off"']],
    ['checks:\n  review-overdue: |', ['note', '"off"']],
    ['kinds:\n  |', KINDS],
    ['kinds:\n  outil:\n    |', ['label', 'plural', 'facets', 'required_facets', 'fields']],
    ['kinds:\n  outil:\n    fields:\n      a:\n        type: |', ['text', 'integer', 'bool', 'date', 'choice', 'page', 'url']],
  ]) {
    assert.deepEqual(await french.completions(GUIDE, /** @type {string} */ (text)), proposed, /** @type {string} */ (text));
  }
  const codes = await french.completions(GUIDE, 'checks:\n  |');
  assert.ok(codes.includes('dead-link') && !codes.includes('not-utf8'), codes.join());
});

test('a key is explained however it is spelled', async () => {
  for (const text of ['genr|e: rôle', 'Gen|re: role', 'kin|d: rôle']) {
    const words = await french.hover(PAGE, text);
    assert.ok(words.includes('Genre') && words.includes('Le genre de la page. Sans lui\u00a0: `section`'), words);
  }
  assert.ok((await english.hover(PAGE, 'kin|d: role')).includes('The kind of the page. Without it: `section`'));
  assert.ok((await french.hover(GUIDE, 'base_u|rl: https://exemple.org/')).includes('L’adresse où le guide est publié'));
});

test('what is wrong with a page is told at its line, in words that say what to do', async () => {
  const text = 'titre: A\ntitle: B\nsumary: c\ngenre: rolle\ndate: hier\nordre: a\nbrouillon: oui\nvoir-aussi: {a: b}\ntâches: [{a: b}]\n';
  assert.deepEqual(await french.faults(PAGE, text), [
    '1: cette clé est donnée deux fois, peut-être en deux langues\u00a0: n’en gardez qu’une',
    '2: cette clé est donnée deux fois, peut-être en deux langues\u00a0: n’en gardez qu’une',
    '3: cette clé n’existe pas ici\u00a0: corrigez son nom, ou enlevez cette ligne',
    '4: choisissez parmi `page`, `section`, `rôle`, `thème`, `étape`, `coplanification`, `question`, `article`, `terme`',
    '5: écrivez l’année, le mois et le jour\u00a0: `2026-03-01`',
    '6: écrivez un nombre entier, comme `3`',
    '7: écrivez `true` ou `false`',
    '8: écrivez une liste, comme `[a, b]`',
    '9: cette clé n’existe pas ici\u00a0: corrigez son nom, ou enlevez cette ligne',
    '9: la clé `tâche` manque\u00a0: ajoutez `tâche: …`',
  ]);
  assert.deepEqual(await english.faults(PAGE, 'kind: rolle\ndate: today\n'), [
    '1: choose among `page`, `section`, `role`, `theme`, `stage`, `coplanning`, `question`, `article`, `term`',
    '2: write the year, the month and the day: `2026-03-01`',
  ]);
});

test('what is wrong with the settings is told at its line', async () => {
  const text = 'titel: A\nbase_url: exemple\nlang: de\nchecks: {dead-lnk: off, not-utf8: note}\nkinds:\n  outil:\n    fields:\n      titre: {type: text}\n      b: {type: texte}\n      c: {type: choice}\n      d: {}\naccent: bleu\n';
  assert.deepEqual(await french.faults(GUIDE, text), [
    '1: cette clé n’existe pas ici\u00a0: corrigez son nom, ou enlevez cette ligne',
    '2: écrivez une adresse comme `https://exemple.org/guide/`',
    '3: choisissez parmi `fr`, `fr-CA`, `fr-CH`, `fr-BE`, `fr-LU`, `en`',
    '4: ce code n’existe pas\u00a0: corrigez son nom, ou enlevez cette ligne',
    '4: choisissez parmi `error`',
    '8: c’est déjà une clé de toutes les pages\u00a0: donnez un autre nom à ce champ',
    '9: choisissez parmi `text`, `integer`, `bool`, `date`, `choice`, `page`, `url`',
    '10: la clé `choices` manque\u00a0: ajoutez `choices: …`',
    '11: la clé `type` manque\u00a0: ajoutez `type: …`',
    '12: écrivez-la entre guillemets\u00a0: `"#0b5c7d"`',
  ]);
});

test('the fields of a kind are for pages of that kind', async () => {
  const fields = ['licence', 'niveau', 'referent', 'depuis', 'places', 'libre', 'site', 'liens'];
  const proposed = async (/** @type {string} */ text) =>
    (await french.completions(TOOL, text)).filter((key) => fields.includes(key));
  assert.deepEqual(await proposed('genre: outil\n|'), fields);
  assert.deepEqual(await proposed('genre: rôle\n|'), []);
  assert.deepEqual(await french.completions(TOOL, 'genre: outil\nniveau: |'), ['débutant', 'confirmé', '"3"', '3']);
  assert.ok((await french.hover(TOOL, 'genre: outil\nlicenc|e: libre')).includes('Licence'));
  assert.deepEqual(await french.faults(TOOL, 'genre: outil\n'), ['1: la clé `licence` manque\u00a0: ajoutez `licence: …`']);
  assert.deepEqual(await french.faults(TOOL, 'genre: rôle\nlicence: libre\n'), [
    '2: c’est un champ du genre `outil`\u00a0: donnez ce genre à la page, ou enlevez la clé',
  ]);
  assert.deepEqual(await french.faults(TOOL, 'genre: outil\nlicence: libre\nniveau: moyen\ndepuis: hier\n'), [
    '3: choisissez parmi `débutant`, `confirmé`, `3`',
    '4: écrivez l’année, le mois et le jour\u00a0: `2026-03-01`',
  ]);
});

test('nothing is wrong with what a build takes', async () => {
  assert.deepEqual(await french.faults(PAGE, 'Titre: A\nKind: ROLE\nrésumé:\nthemes: un\ndate: 2026-03-01\nslug: 2026\n'), []);
  assert.deepEqual(await french.faults(GUIDE, 'Title: 1984\nlang: FR\nchecks: {Dead Link: OFF}\naccent: "#0b5c7d"\nfacets: []\n'), []);
});
