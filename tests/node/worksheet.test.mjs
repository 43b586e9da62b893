// What may be done to worksheets, and how a search is spelled: what the scripts of the theme do without a page.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

/** A script of the theme as a module, whatever this version of Node takes a file for. @param {string} name */
const script = (name) => {
  const source = readFileSync(new URL(`../../themes/boussole/assets/${name}`, import.meta.url));
  return import(`data:text/javascript;base64,${source.toString('base64')}`);
};

const { spelled } = /** @type {typeof import('../../themes/boussole/assets/search.js')} */ (await script('search.js'));
const {
  answersOf, empty, fileName, fromFile, keyOf, merge, ownText, reconcile, rename, resume, toFile, toMarkdown, union, write,
} = /** @type {typeof import('../../themes/boussole/assets/worksheet.js')} */ (await script('worksheet.js'));

const WHO = { question: 'Qui porte le projet\u202f?', prompt: 'Qui reprend s’il s’en va' };
const WHY = { question: 'Pourquoi\u202f?', prompt: '' };
const WORDS = { worksheet_nameless: 'Sans nom', worksheet_unanswered: 'Sans réponse', worksheet_gone: 'Plus ici' };

/** @param {Field} field @param {string} by @param {string} text @returns {Answer} */
const answer = (field, by, text) => ({ ...field, by, text });

/** @param {Answer[]} answers */
const contents = (answers) => JSON.stringify({ format: 'boussole-worksheet', version: 1, page: 'p', answers });

/** What a sheet holds, whoever it is that writes on it. @param {Sheet} sheet */
const held = (sheet) => answersOf(sheet, [WHO, WHY]).map(({ by, text, ...field }) => [keyOf(field), by, text.trim()]);

/** The same numbers each time. @param {number} seed */
function numbers(seed) {
  let state = seed;
  return (/** @type {number} */ below) => (state = (state * 1103515245 + 12345) % 2 ** 31) % below;
}

/** @param {(below: number) => number} number @returns {Answer[]} */
function someAnswers(number) {
  const texts = ['', ' ', 'oui', ' oui ', 'non', '<b>non</b>', '# titre\n\n```'];
  return Array.from({ length: number(6) }, () => (
    answer([WHO, WHY, { question: 'Ancienne ?', prompt: '' }][number(3)], ['', 'Karim', 'Zoé'][number(3)], texts[number(7)])));
}

test('a file that is no worksheet says why', () => {
  const cases = [
    ['', 'foreign'], ['{', 'foreign'], ['null', 'foreign'], ['[]', 'foreign'], ['"x"', 'foreign'], ['{"format":"autre"}', 'foreign'],
    ['{"format":"boussole-worksheet"}', 'damaged'],
    ['{"format":"boussole-worksheet","version":2}', 'newer'],
    ['{"format":"boussole-worksheet","version":"1","page":"p","answers":[]}', 'damaged'],
    ['{"format":"boussole-worksheet","version":1,"page":1,"answers":[]}', 'damaged'],
    ['{"format":"boussole-worksheet","version":1,"page":"p","answers":{}}', 'damaged'],
    ['{"format":"boussole-worksheet","version":1,"page":"p","answers":[null]}', 'damaged'],
    ['{"format":"boussole-worksheet","version":1,"page":"p","answers":[{"question":"q"}]}', 'damaged'],
    ['{"format":"boussole-worksheet","version":1,"page":"p","answers":[{"question":"q","text":"t","by":3}]}', 'damaged'],
  ];
  for (const [text, fault] of cases) assert.equal(fromFile(text), fault, text);
});

test('a file says again what was written to it', () => {
  const answers = [answer(WHO, 'Zoé', 'un\ndeux <img src=x>'), answer(WHY, '', '« oui »')];
  assert.deepEqual(fromFile(toFile('coplanifier/porter', answers)), { page: 'coplanifier/porter', answers });
  const lines = contents([answer(WHY, ' Zoé ', 'un\r\ndeux\rtrois')]);
  assert.deepEqual(fromFile(lines), { page: 'p', answers: [answer(WHY, 'Zoé', 'un\ndeux\ntrois')] });
  const short = '{"format":"boussole-worksheet","version":1,"page":"p","answers":[{"question":"q","text":"t"}]}';
  assert.deepEqual(fromFile(short), { page: 'p', answers: [{ question: 'q', prompt: '', by: '', text: 't' }] });
});

test('typography does not part a question from its answers', () => {
  const typed = { question: 'Qui  porte le projet ?', prompt: "Qui reprend s'il s'en va" };
  assert.equal(ownText(write(empty(), typed, 'Zoé'), WHO), 'Zoé');
});

test('a sheet is taken up again by who wrote it', () => {
  const answers = [answer(WHO, 'Zoé', 'elle'), answer(WHY, 'Zoé', 'parce que')];
  const sheet = resume(empty(), answers);
  assert.deepEqual([sheet.name, ownText(sheet, WHO), sheet.others], ['Zoé', 'elle', []]);
  const nameless = resume(empty(), [answer(WHO, '', 'elle')]);
  assert.deepEqual([nameless.name, ownText(nameless, WHO)], ['', 'elle']);
  const several = resume(empty(), [...answers, answer(WHY, 'Karim', 'car')]);
  assert.deepEqual([several.name, several.own.length, several.others.length], ['', 0, 3]);
  const named = rename(several, 'Zoé');
  assert.deepEqual([ownText(named, WHY), named.others.length], ['parce que', 1]);
});

test('nothing that was written is replaced', () => {
  const mine = write({ ...empty(), name: 'Zoé' }, WHO, 'moi');
  for (const take of [merge, resume]) {
    const sheet = take(mine, [answer(WHO, 'Zoé', 'une autre'), answer(WHO, 'Zoé', ' moi '), answer(WHO, 'Karim', 'moi')]);
    assert.equal(ownText(sheet, WHO), 'moi');
    assert.deepEqual(sheet.others.map(({ by, text }) => [by, text]), [['Karim', 'moi'], ['Zoé', 'une autre']]);
  }
});

test('others’ answers without a name are not taken for one’s own', () => {
  const sheet = merge(empty(), [answer(WHO, '', 'quelqu’un')]);
  assert.deepEqual([ownText(sheet, WHO), sheet.others.length], ['', 1]);
});

test('merging loses nothing, twice changes nothing, and its order does not matter', () => {
  for (let seed = 1; seed <= 500; seed += 1) {
    const number = numbers(seed);
    const [one, two, three] = [someAnswers(number), someAnswers(number), someAnswers(number)];
    const start = resume({ ...empty(), name: ['', 'Karim'][number(2)] }, someAnswers(number));
    const all = merge(merge(merge(start, one), two), three);
    assert.deepEqual(held(merge(all, [...two, ...one])), held(all), `twice, ${seed}`);
    assert.deepEqual(held(merge(merge(merge(start, three), two), one)), held(all), `in another order, ${seed}`);
    assert.deepEqual(held(merge(start, [...three, ...one, ...two])), held(all), `at once, ${seed}`);
    const wanted = union(answersOf(start, []), one, two, three).map(({ by, text, ...field }) => [keyOf(field), by, text.trim()]);
    const missing = wanted.filter((entry) => !held(all).some((other) => JSON.stringify(other) === JSON.stringify(entry)));
    assert.deepEqual(missing, [], `lost, ${seed}`);
    const again = fromFile(toFile('p', answersOf(all, [WHO, WHY])));
    assert.ok(typeof again !== 'string');
    assert.deepEqual(held(merge(empty(), again.answers)), held(all), `through a file, ${seed}`);
  }
});

test('two tabs keep what each of them wrote', () => {
  const base = write(write(empty(), WHO, 'avant'), WHY, 'avant');
  const here = write(base, WHO, 'ici');
  const there = write({ ...base, name: 'Zoé' }, WHY, 'là');
  const both = reconcile(base, here, there);
  assert.deepEqual([both.name, ownText(both, WHO), ownText(both, WHY), both.others], ['Zoé', 'ici', 'là', []]);
  const clash = reconcile(base, here, write(base, WHO, 'là aussi'));
  assert.equal(ownText(clash, WHO), 'ici');
  assert.deepEqual(clash.others.map(({ text }) => text), ['là aussi']);
  const cleared = reconcile(base, base, empty());
  assert.deepEqual(cleared, empty());
  const written = reconcile(base, here, empty());
  assert.deepEqual([ownText(written, WHO), ownText(written, WHY)], ['ici', '']);
  const read = merge(base, [answer(WHO, 'Karim', 'x')]);
  assert.deepEqual(reconcile(read, base, read).others, [], 'what one tab took away is away');
  assert.deepEqual(reconcile(base, read, base).others.length, 1, 'what one tab read is there');
});

test('Markdown has every question, and texts open nothing in it', () => {
  const answers = [answer(WHO, 'Zoé', '# un\ndeux\n\n```\n<!--'), answer({ question: 'Ancienne ?', prompt: 'mot' }, '', 'gardé')];
  assert.equal(toMarkdown('Porter', [WHO, WHY], answers, WORDS), [
    '# Porter', `## ${WHO.question}`, `### ${WHO.prompt}`, '**Zoé**', '\\# un  \ndeux', '\\```  \n\\<!--', `## ${WHY.question}`,
    '*Sans réponse*', '## Plus ici', '### Ancienne ?', '#### mot', '**Sans nom**', 'gardé\n',
  ].join('\n\n'));
});

test('files have plain names', () => {
  assert.equal(fileName('Porter le projet  Zoé Müller'), 'porter-le-projet-zoe-muller');
  assert.equal(fileName('../..\\ '), '');
  assert.equal(fileName('a'.repeat(300)).length, 80);
});

test('a search is spelled as the index is', () => {
  const cases = [
    ['l’équipe', 'équipe'], ["d'équipe", 'équipe'], ['L’ÉQUIPE', 'ÉQUIPE'], ['qu’une équipe', 'une équipe'], ['jusqu’ici', 'ici'],
    ['aujourd’hui', "aujourd'hui"], ['presqu’île', "presqu'île"], ['  l’   équipe ', "l' équipe"], ['e\u0301quipe', 'équipe'],
    ['coeur', 'cœur'], ['COEUR', 'CœUR'], ['coexister', 'coexister'], ['\t\n ', ''], ['l’', "l'"], ['"l’équipe projet"', '"équipe projet"'],
  ];
  for (const [typed, wanted] of cases) assert.equal(spelled(typed, 'fr-CA'), wanted);
  assert.equal(spelled('manoeuvre l’', 'en'), "manoeuvre l'");
});

test('what people write opens nothing in Markdown', () => {
  const given = [answer(WHY, 'x\n\n# y <i>', 'a <img src=x onerror=alert(1)>\n\n    code\n# titre')];
  const written = toMarkdown('Titre', [WHY], given, WORDS);
  assert.equal(written, '# Titre\n\n## Pourquoi\u202f?\n\n**x # y \\<i>**\n\na \\<img src=x onerror=alert(1)>\n\n   code  \n\\# titre\n');
});
