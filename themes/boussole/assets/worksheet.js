// A coplanning page as a worksheet: each question is answered in place. What is written stays in this browser, until
// its reader saves it as a file. The upper half is functions from data to data; the lower half is the page.

/** @typedef {{question: string, prompt: string}} Field a place to answer; `prompt` is '' where a question has only one */
/** @typedef {Field & {by: string, text: string}} Answer */
/** @typedef {{name: string, own: Answer[], others: Answer[]}} Sheet who writes here, what they wrote, what others did */
/** @typedef {{page: string, answers: Answer[]}} Contents what a file holds */
/** @typedef {Record<string, string>} Words */

const FORMAT = 'boussole-worksheet';
const VERSION = 1;
const LARGEST = 1e7;

/** @returns {Sheet} */
export const blank = () => ({ name: '', own: [], others: [] });

/** A text without what typography may change about it. @param {string} text */
const folded = (text) => text.normalize('NFC').replace(/’/g, "'").replace(/\s+/g, ' ').trim().toLowerCase();

/** What two fields that ask the same have in common. @param {Field} field */
export const keyOf = ({ question, prompt }) => folded(question) + '\n' + folded(prompt);

/** @param {Answer} answer */
const identity = (answer) => JSON.stringify([keyOf(answer), answer.by, answer.text.trim()]);

/** @param {Answer} answer */
const isWritten = (answer) => answer.text.trim() !== '';

/** All answers of all lists, each once, in an order that does not depend on theirs. @param {...Answer[]} lists */
export function union(...lists) {
  const all = new Map(lists.flat().filter(isWritten).map((answer) => [identity(answer), answer]));
  return [...all].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, answer]) => answer);
}

/** @param {Sheet} sheet @param {Field} field */
export function ownText(sheet, field) {
  const key = keyOf(field);
  return sheet.own.find((answer) => keyOf(answer) === key)?.text ?? '';
}

/** The sheet, with `text` as its own answer. @param {Sheet} sheet @param {Field} field @param {string} text @returns {Sheet} */
export function write(sheet, { question, prompt }, text) {
  const key = keyOf({ question, prompt });
  const own = sheet.own.filter((answer) => keyOf(answer) !== key);
  if (text) own.push({ question, prompt, by: '', text });
  return { ...sheet, own };
}

/** The sheet, with `answers` added: those that `isOwn` accepts as its own where it has none. Nothing is replaced.
 * @param {Sheet} sheet @param {Answer[]} answers @param {(answer: Answer) => boolean} isOwn */
export function add(sheet, answers, isOwn) {
  let grown = sheet;
  const rest = [];
  for (const answer of union(answers)) {
    const own = isOwn(answer) ? ownText(grown, answer) : undefined;
    if (own?.trim() === '') grown = write(grown, answer, answer.text);
    else if (own?.trim() !== answer.text.trim()) rest.push(answer);
  }
  return { ...grown, others: union(grown.others, rest) };
}

/** What several people’s files say, beside what the sheet says. @param {Sheet} sheet @param {Answer[]} answers */
export const merge = (sheet, answers) => add(sheet, answers, ({ by }) => by !== '' && by === sheet.name);

/** A sheet taken up again: answers without a name are its own, and so is a file’s only name where it has none.
 * @param {Sheet} sheet @param {Answer[]} answers */
export function resume(sheet, answers) {
  const names = new Set(answers.map(({ by }) => by));
  const name = sheet.name || (names.size === 1 ? [...names][0] : '');
  return add({ ...sheet, name }, answers, ({ by }) => by === '' || by === name);
}

/** The sheet of someone who now gives this name: what others’ answers say in that name becomes their own.
 * @param {Sheet} sheet @param {string} name @returns {Sheet} */
export function rename(sheet, name) {
  return name ? merge({ ...sheet, name, others: [] }, sheet.others) : { ...sheet, name };
}

/** What two tabs made of the sheet `base`: each one’s changes, and where both changed an answer, both texts.
 * @param {Sheet} base @param {Sheet} here @param {Sheet} there @returns {Sheet} */
export function reconcile(base, here, there) {
  const name = here.name === base.name ? there.name : here.name;
  const kept = union(here.others, there.others).filter((answer) => {
    const has = (/** @type {Sheet} */ sheet) => sheet.others.some((other) => identity(other) === identity(answer));
    return has(here) && has(there) || !has(base);
  });
  /** @type {Sheet} */
  let both = { name, own: there.own, others: kept };
  for (const field of new Map([...base.own, ...here.own].map((answer) => [keyOf(answer), answer])).values()) {
    const [was, mine, theirs] = [base, here, there].map((sheet) => ownText(sheet, field));
    if (mine === was || mine === theirs) continue;
    both = write(both, field, mine);
    if (theirs !== was) both.others = union(both.others, [{ ...field, by: there.name, text: theirs }]);
  }
  return both;
}

/** All answers of a sheet, in the order of `fields`, then those to questions that are not there.
 * @param {Sheet} sheet @param {Field[]} fields */
export function answersOf(sheet, fields) {
  const places = new Map(fields.map((field, at) => [keyOf(field), at]));
  const place = (/** @type {Answer} */ answer) => places.get(keyOf(answer)) ?? fields.length;
  const all = union(sheet.own.map((answer) => ({ ...answer, by: sheet.name })), sheet.others);
  return all.sort((one, other) => place(one) - place(other));
}

/** @param {string} page @param {Answer[]} answers */
export function toFile(page, answers) {
  const list = answers.map(({ question, prompt, by, text }) => ({ question, prompt, by, text }));
  return JSON.stringify({ format: FORMAT, version: VERSION, page, answers: list }, null, 2) + '\n';
}

/** What the text of a file holds, or the name of what is wrong with it. @param {string} text @returns {Contents | string} */
export function fromFile(text) {
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    return 'foreign';
  }
  if (file?.format !== FORMAT) return 'foreign';
  if (Number.isInteger(file.version) && file.version > VERSION) return 'newer';
  if (file.version !== VERSION || typeof file.page !== 'string' || !Array.isArray(file.answers)) return 'damaged';
  const answers = file.answers.map(toAnswer);
  return answers.includes(undefined) ? 'damaged' : { page: file.page, answers };
}

/** @param {any} entry @returns {Answer | undefined} */
function toAnswer(entry) {
  const { question, prompt = '', by = '', text } = entry ?? {};
  if ([question, prompt, by, text].some((value) => typeof value !== 'string')) return undefined;
  return { question, prompt, by: by.trim(), text: text.replace(/\r\n?/g, '\n') };
}

/** @param {string} title @param {Field[]} fields @param {Answer[]} answers @param {Words} words */
export function toMarkdown(title, fields, answers, words) {
  const isHere = new Set(fields.map(keyOf));
  const gone = answers.filter((answer) => !isHere.has(keyOf(answer)));
  const parts = ['# ' + title];
  let question = '';
  for (const field of [...fields, ...new Map(gone.map((answer) => [keyOf(answer), answer])).values()]) {
    const key = keyOf(field);
    if (gone[0] && key === keyOf(gone[0])) parts.push('## ' + words.worksheet_gone);
    if (field.question !== question) parts.push((isHere.has(key) ? '## ' : '### ') + field.question);
    if (field.prompt) parts.push((isHere.has(key) ? '### ' : '#### ') + field.prompt);
    question = field.question;
    const given = answers.filter((answer) => keyOf(answer) === key);
    for (const { by, text } of given) parts.push(`**${by || words.worksheet_nameless}**`, asMarkdown(text));
    if (!given.length) parts.push(`*${words.worksheet_unanswered}*`);
  }
  return parts.join('\n\n') + '\n';
}

/** Text in which nothing opens a heading, a code block or HTML, and lines stay lines. @param {string} text */
function asMarkdown(text) {
  const safe = text.trim().replace(/^( {0,3})(#{1,6}(?=\s|$)|=+ *$|-+ *$|```|~~~|<)/gm, '$1\\$2');
  return safe.replace(/(\S) *\n(?=\S)/g, '$1  \n');
}

/** A name for a file. @param {string[]} parts */
export function fileName(...parts) {
  const plain = parts.map((part) => part.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase());
  return plain.map((part) => part.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '')).filter(Boolean).join('-').slice(0, 80);
}

// The page.

/** @typedef {Field & {area: HTMLTextAreaElement, mirror: HTMLElement, others: HTMLElement, place: HTMLElement, section: HTMLElement}} Place */

const address = () => 'boussole-worksheet:' + location.pathname.replace(/index\.html$/, '');
const state = { sheet: blank(), saved: blank(), /** @type {Place[]} */ places: [], page: '', timer: 0, isStored: true };

/** @type {Promise<Words> | undefined} */
let loading;

function words() {
  const source = document.getElementById('boussole')?.dataset.words ?? '';
  loading ??= fetch(source).then((answer) => answer.json()).catch(() => ((loading = undefined), {}));
  return loading;
}

/** @param {string} word @param {Record<string, string | number>} values */
const fill = (word, values) => word.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** @param {string} selector @returns {HTMLElement} */
const part = (selector) => /** @type {HTMLElement} */ (document.querySelector('.worksheet ' + selector));

/** @template {keyof HTMLElementTagNameMap} N @param {N} name @param {string} className @param {string} [text] */
function make(name, className, text = '') {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = text;
  return element;
}

/** Makes a worksheet of the page. */
export function start() {
  const panels = document.querySelectorAll('.worksheet');
  if (!panels.length || state.places.length) return;
  state.page = document.querySelector('article')?.dataset.page ?? location.pathname;
  state.places = [...document.querySelectorAll('section.question')].flatMap((section) => fieldsOf(/** @type {HTMLElement} */ (section)));
  synchronise();
  listen();
  show(true);
  panels.forEach((panel) => panel.removeAttribute('hidden'));
  document.documentElement.classList.add('answering');
}

/** What an element says, without numbers of references, notes and what stands below it. @param {Element} element */
function textOf(element) {
  const copy = /** @type {Element} */ (element.cloneNode(true));
  copy.querySelectorAll('sup.ref, .footnote-ref, ul, ol').forEach((child) => child.remove());
  return (copy.textContent ?? '').replace(/[ \t\n]+/g, ' ').trim();
}

/** @param {HTMLElement} section */
function fieldsOf(section) {
  const heading = /** @type {HTMLElement} */ (section.querySelector('h2'));
  const question = textOf(heading);
  heading.id ||= section.id + '--question';
  section.setAttribute('role', 'group');
  section.setAttribute('aria-labelledby', heading.id);
  const prompts = /** @type {HTMLElement[]} */ ([...section.querySelectorAll('.prompts > li')]);
  const seen = new Set();
  return (prompts.length ? prompts : [section]).map((place) => {
    let prompt = place === section ? '' : textOf(place);
    while (seen.has(prompt)) prompt += ' (2)';
    seen.add(prompt);
    return fieldIn(place, section, { question, prompt });
  });
}

/** @param {HTMLElement} place @param {HTMLElement} section @param {Field} field @returns {Place} */
function fieldIn(place, section, field) {
  const answer = make('div', 'answer');
  const area = make('textarea', '');
  const mirror = make('div', 'written');
  const others = make('ul', 'others');
  area.id = `${section.id}--${section.querySelectorAll('textarea').length}`;
  area.rows = 1;
  const below = [...place.children].find((child) => /^[UO]L$/.test(child.tagName));
  const label = place === section ? make('label', 'prompt', panel().dataset.answer) : labelOf(place, below);
  label.id = area.id + '-label';
  if (label instanceof HTMLLabelElement) label.htmlFor = area.id;
  area.setAttribute('aria-labelledby', place === section ? `${label.id} ${section.getAttribute('aria-labelledby')}` : label.id);
  if (place === section) label.lang = panel().lang;
  answer.append(area, mirror);
  if (place === section) place.append(label, answer, others);
  else label.after(answer, others);
  const made = { ...field, area, mirror, others, place, section };
  area.addEventListener('input', () => change(write(state.sheet, field, area.value)));
  return made;
}

const panel = () => /** @type {HTMLElement} */ (document.querySelector('.worksheet'));

/** A prompt as a label: an element of its own around what it says, up to a list below it.
 * @param {HTMLElement} prompt @param {Element | undefined} below */
function labelOf(prompt, below) {
  const said = [...prompt.childNodes].slice(0, below ? [...prompt.childNodes].indexOf(below) : undefined);
  const isPlain = !said.some((node) => node instanceof Element && getComputedStyle(node).display === 'block');
  const label = make(isPlain ? 'label' : 'div', 'prompt');
  label.append(...said);
  prompt.prepend(label);
  return label;
}

/** @param {Sheet} sheet */
function change(sheet) {
  state.sheet = sheet;
  clearTimeout(state.timer);
  state.timer = setTimeout(synchronise, 300);
  show();
}

/** The sheet that this browser keeps. What cannot be read is put aside, not written over. @returns {Sheet} */
function stored() {
  const text = localStorage.getItem(address());
  if (!text) return blank();
  try {
    const { name, own, others } = JSON.parse(text);
    const lists = [own, others].map((list) => list.map(toAnswer));
    if (typeof name === 'string' && !lists.flat().includes(undefined)) return { name, own: lists[0], others: lists[1] };
  } catch {
    // As below.
  }
  localStorage.setItem(address() + ':unread', text);
  return blank();
}

/** Brings together what is written here and what this browser keeps, in which another tab may have written. */
function synchronise() {
  clearTimeout(state.timer);
  const here = state.sheet;
  try {
    const there = stored();
    state.sheet = reconcile(state.saved, here, there);
    const isEmpty = !state.sheet.name && !state.sheet.own.length && !state.sheet.others.length;
    if (isEmpty) localStorage.removeItem(address());
    else if (JSON.stringify(there) !== JSON.stringify(state.sheet)) localStorage.setItem(address(), JSON.stringify(state.sheet));
    state.saved = state.sheet;
    state.isStored = true;
  } catch {
    if (state.isStored) complain([['unsaved', {}]]);
    state.isStored = false;
  }
  if (state.sheet !== here) show(true);
}

/** Shows the sheet: counts and mirrors always, `all` of it where fields may have changed from elsewhere. @param {boolean} [all] */
function show(all = false) {
  const { sheet, places } = state;
  const given = new Map();
  for (const answer of sheet.others) given.set(keyOf(answer), [...(given.get(keyOf(answer)) ?? []), answer]);
  for (const place of places) {
    const text = ownText(sheet, place);
    const others = given.get(keyOf(place)) ?? [];
    if (place.area.value !== text) place.area.value = text;
    place.mirror.textContent = text + '\n';
    place.place.classList.toggle('filled', Boolean(text.trim()) || others.length > 0);
    place.place.classList.toggle('own', Boolean(text.trim()));
    if (all) list(place.others, others);
  }
  count();
  if (!all) return;
  /** @type {HTMLInputElement} */ (part('[name=by]')).value = sheet.name;
  const isHere = new Set(places.map(keyOf));
  const gone = [...sheet.own.map((answer) => ({ ...answer, by: sheet.name })), ...sheet.others].filter((answer) => !isHere.has(keyOf(answer)));
  part('.gone').hidden = !gone.length;
  list(part('.gone ul'), gone, true);
}

function count() {
  const { places } = state;
  const filled = places.filter(({ place }) => place.classList.contains('filled')).length;
  const { none, one, many } = panel().dataset;
  const text = fill((filled > 1 ? many : filled ? one : none) ?? '', { count: filled, total: places.length });
  document.querySelectorAll('.worksheet .progress').forEach((line) => {
    if (line.textContent !== text) line.textContent = text;
  });
  const beads = new Map(places.map(({ section }) => [section, '']));
  for (const section of beads.keys()) {
    const of = places.filter((place) => place.section === section);
    const some = of.filter(({ place }) => place.classList.contains('filled')).length;
    beads.set(section, some === of.length ? 'all' : some ? 'some' : '');
  }
  part('.beads').replaceChildren(...[...beads.values()].map((bead) => make('span', bead)));
}

/** Lists answers that are read, not written. @param {HTMLElement} shown @param {Answer[]} answers @param {boolean} [whole] */
async function list(shown, answers, whole = false) {
  shown.hidden = !answers.length;
  const said = answers.length ? await words() : {};
  shown.replaceChildren(...answers.map(({ question, prompt, by, text }) => {
    const item = make('li', '');
    if (whole) item.append(make('p', 'asked-for', [question, prompt].filter(Boolean).join(' — ')));
    const name = make('p', 'by', by ? fill(said.worksheet_by ?? '{name}', { name: by }) : said.worksheet_nameless);
    name.lang = panel().lang;
    item.append(name, make('div', 'written', text));
    return item;
  }));
}

function listen() {
  const name = /** @type {HTMLInputElement} */ (part('[name=by]'));
  name.addEventListener('input', () => change({ ...state.sheet, name: name.value.trim() }));
  name.addEventListener('change', () => replace(rename(state.sheet, name.value.trim())));
  document.addEventListener('visibilitychange', synchronise);
  addEventListener('pagehide', synchronise);
  addEventListener('pageshow', synchronise);
  addEventListener('storage', ({ key }) => (key === null || key === address()) && synchronise());
  addEventListener('beforeunload', (event) => !state.isStored && event.preventDefault());
  addEventListener('focusin', words, { once: true });
  addEventListener('afterprint', () => document.documentElement.classList.remove('blank'));
  /** @type {Record<string, () => void>} */
  const actions = { file: saveFile, markdown: saveMarkdown, print: () => print(), blank: printBlank, clear: askToClear };
  document.querySelectorAll('.worksheet [data-do]').forEach((button) => {
    button.addEventListener('click', () => actions[/** @type {HTMLElement} */ (button).dataset.do ?? '']());
  });
  for (const [kind, take] of Object.entries({ resume, merge })) {
    const input = /** @type {HTMLInputElement} */ (part(`[name=${kind}]`));
    input.addEventListener('change', () => open(input, take));
  }
}

/** @param {Sheet} sheet */
function replace(sheet) {
  state.sheet = sheet;
  synchronise();
  show(true);
}

/** @param {string} name @param {string} type @param {string} text */
function download(name, type, text) {
  const link = make('a', '');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

const answers = () => answersOf(state.sheet, state.places);
const title = () => textOf(/** @type {Element} */ (document.querySelector('h1')));

function saveFile() {
  const name = fileName(title(), state.sheet.name) + '.json';
  download(name, 'application/json', toFile(state.page, answers()));
  tell(state.sheet.name ? 'saved' : 'saved_nameless', { file: name });
}

async function saveMarkdown() {
  const name = fileName(title(), state.sheet.name) + '.md';
  download(name, 'text/markdown', toMarkdown(title(), state.places, answers(), await words()));
  tell('saved', { file: name });
}

function printBlank() {
  document.documentElement.classList.add('blank');
  print();
}

function askToClear() {
  const dialog = /** @type {HTMLDialogElement} */ (part('dialog'));
  dialog.returnValue = '';
  dialog.onclose = () => {
    if (dialog.returnValue !== 'clear') return;
    const before = state.sheet;
    replace(blank());
    tell('cleared', {}, before);
  };
  dialog.showModal();
}

/** @typedef {[string, Record<string, string | number>]} Message a word’s key without `worksheet_`, and what fills it */

/** Takes the answers of the files that `input` was given. @param {HTMLInputElement} input @param {typeof merge} take */
async function open(input, take) {
  /** @type {Message[]} */
  const faults = [];
  /** @type {Answer[]} */
  const found = [];
  /** @type {Answer[]} */
  const elsewhere = [];
  for (const file of input.files ?? []) {
    const contents = await read(file);
    const isHere = typeof contents !== 'string' && contents.page === state.page;
    if (typeof contents === 'string') faults.push([contents, { file: file.name }]);
    else if (!isHere) faults.push(['elsewhere', { file: file.name, page: contents.page }]);
    if (typeof contents !== 'string') (isHere ? found : elsewhere).push(...contents.answers);
  }
  input.value = '';
  complain(faults, elsewhere.length ? () => bring(elsewhere, take) : undefined);
  if (found.length || !faults.length) bring(found, take);
}

/** @param {Answer[]} found @param {typeof merge} take */
function bring(found, take) {
  synchronise();
  const before = state.sheet;
  const known = answers().length;
  replace(take(before, found));
  const more = answers().length - known;
  tell(more > 1 ? 'opened' : more ? 'opened_one' : 'opened_none', { count: more }, more ? before : undefined);
}

/** @param {File} file @returns {Promise<Contents | string>} */
async function read(file) {
  if (file.size > LARGEST) return 'large';
  try {
    return fromFile(new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()));
  } catch (error) {
    return error instanceof TypeError ? 'foreign' : 'unreadable';
  }
}

/** Says what was done; with what was there before it, it can be undone.
 * @param {string} key @param {Message[1]} values @param {Sheet} [before] */
async function tell(key, values, before) {
  const said = await words();
  const line = part('.done');
  line.textContent = fill(said['worksheet_' + key] ?? '', values) + ' ';
  if (!before) return;
  line.append(button(said.worksheet_undo, () => {
    replace(before);
    tell('undone', {});
    part('[data-do=file]').focus();
  }));
}

/** Says what is wrong, and `anyway` offers to go on all the same. @param {Message[]} faults @param {() => void} [anyway] */
async function complain(faults, anyway) {
  const said = faults.length ? await words() : {};
  const box = part('.wrong');
  box.replaceChildren(...faults.map(([key, values]) => make('p', '', fill(said['worksheet_' + key] ?? key, values))));
  if (anyway) box.append(button(said.worksheet_anyway, () => (box.replaceChildren(), anyway(), part('[data-do=file]').focus())));
}

/** @param {string} text @param {() => void} action */
function button(text, action) {
  const made = make('button', '', text);
  made.type = 'button';
  made.addEventListener('click', action);
  return made;
}
