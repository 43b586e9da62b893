// A coplanning page as a worksheet: each question is answered in place, and what is written stays in this browser until
// its reader saves a file. First what is done to sheets, as functions of data; then the page.

const FORMAT = 'boussole-worksheet';
const VERSION = 1;
const LARGEST = 2e6;
const MOST = 2000;

/** @returns {Sheet} */
export const empty = () => ({ name: '', own: [], others: [] });

/** A text without what typography may change in it. @param {string} text */
const folded = (text) => text.normalize('NFC').replace(/’/g, "'").replace(/\s+/g, ' ').trim().toLowerCase();

/** @type {WeakMap<Field, string>} */
const keys = new WeakMap();

/** The same for fields that ask the same. @param {Field} field */
export function keyOf(field) {
  const key = keys.get(field) ?? folded(field.question) + '\n' + folded(field.prompt);
  keys.set(field, key);
  return key;
}

/** @param {Answer} answer */
const identity = (answer) => JSON.stringify([keyOf(answer), answer.by, answer.text.trim()]);

/** All that is answered, each once, in an order that does not depend on that of the lists. @param {...Answer[]} lists */
export function union(...lists) {
  const written = lists.flat().filter(({ text }) => text.trim());
  const all = new Map(written.map((answer) => [identity(answer), answer]));
  return [...all].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, answer]) => answer);
}

/** @param {Sheet} sheet @param {Field} field */
export function ownText(sheet, field) {
  const key = keyOf(field);
  return sheet.own.find((answer) => keyOf(answer) === key)?.text ?? '';
}

/** The sheet with `text` for its own answer. @param {Sheet} sheet @param {Field} field @param {string} text */
export function write(sheet, { question, prompt }, text) {
  const written = { question, prompt, by: '', text };
  const key = keyOf(written);
  const own = sheet.own.filter((answer) => keyOf(answer) !== key);
  return { ...sheet, own: text ? [...own, written] : own };
}

/** The sheet with `answers`: its own are those that `isOwn`, where it has none. Nothing is replaced.
 * @param {Sheet} sheet @param {Answer[]} answers @param {(answer: Answer) => boolean} isOwn */
function add(sheet, answers, isOwn) {
  let grown = sheet;
  const rest = union(answers).filter((answer) => {
    const own = ownText(grown, answer).trim();
    if (isOwn(answer) && !own) grown = write(grown, answer, answer.text);
    return !isOwn(answer) || (own && own !== answer.text.trim());
  });
  return { ...grown, others: union(grown.others, rest) };
}

/** What several people say, beside what the sheet says. @type {Taking} */
export const merge = (sheet, answers) => add(sheet, answers, ({ by }) => by !== '' && by === sheet.name);

/** A sheet taken up again: what has no name is its own, and so is an only name where it has none yet. @type {Taking} */
export function resume(sheet, answers) {
  const names = new Set(answers.map(({ by }) => by));
  const name = sheet.name || (names.size === 1 ? [...names][0] : '');
  return add({ ...sheet, name }, answers, ({ by }) => by === '' || by === name);
}

/** The sheet of someone who gives a name: what others said in that name is theirs. @param {Sheet} sheet @param {string} name */
export const rename = (sheet, name) => merge({ ...sheet, name, others: [] }, sheet.others);

/** What two tabs made of `base`: the changes of both, and both texts where both changed one.
 * @param {Sheet} base @param {Sheet} here @param {Sheet} there */
export function reconcile(base, here, there) {
  const [before, mine, theirs] = [base, here, there].map((sheet) => new Set(sheet.others.map(identity)));
  const others = union(here.others, there.others).filter((answer) => {
    const id = identity(answer);
    return mine.has(id) && theirs.has(id) || !before.has(id);
  });
  let both = { ...there, others, name: here.name === base.name ? there.name : here.name };
  for (const field of [...base.own, ...here.own]) {
    const [was, now, other] = [base, here, there].map((sheet) => ownText(sheet, field));
    if (now === was || now === other) continue;
    both = write(both, field, now);
    if (other !== was) both.others = union(both.others, [{ ...field, by: there.name, text: other }]);
  }
  return both;
}

/** All answers in the order of `fields`, then those to what is not there. @param {Sheet} sheet @param {Field[]} fields */
export function answersOf(sheet, fields) {
  const order = fields.map(keyOf);
  const place = (/** @type {Answer} */ answer) => order.indexOf(keyOf(answer)) + 1 || order.length + 1;
  const all = union(sheet.own.map((answer) => ({ ...answer, by: sheet.name })), sheet.others);
  return all.sort((one, other) => place(one) - place(other));
}

/** @param {string} page @param {Answer[]} answers */
export function toFile(page, answers) {
  const list = answers.map(({ question, prompt, by, text }) => ({ question, prompt, by, text }));
  return JSON.stringify({ format: FORMAT, version: VERSION, page, answers: list }, null, 2) + '\n';
}

/** What a file says, or the name of what is wrong with it. @param {string} text @returns {Contents | string} */
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
  if (file.answers.length > MOST) return 'large';
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
  const lines = ['# ' + title];
  const here = new Set(fields.map(keyOf));
  const gone = answers.filter((answer) => !here.has(keyOf(answer)));
  let question = '';
  /** @param {Field} field @param {string} level */
  const put = (field, level) => {
    if (field.question !== question) lines.push(level + ' ' + (question = field.question));
    if (field.prompt) lines.push(level + '# ' + field.prompt);
    const given = answers.filter((answer) => keyOf(answer) === keyOf(field));
    for (const { by, text } of given) lines.push(`**${asMarkdown(by.replace(/\s+/g, ' ').replace(/[*_`[\]]/g, '\\$&')) || words.worksheet_nameless}**`, asMarkdown(text));
    if (!given.length) lines.push(`*${words.worksheet_unanswered}*`);
  };
  for (const field of fields) put(field, '##');
  if (gone.length) lines.push('## ' + words.worksheet_gone);
  for (const field of new Map(gone.map((answer) => [keyOf(answer), answer])).values()) put(field, '###');
  return lines.join('\n\n') + '\n';
}

/** Lines stay lines, and none opens a heading, a code block or HTML. @param {string} text */
const asMarkdown = (text) => text.trim().replace(/<|!(?=\[)/g, '\\$&').replace(/^[ \t]{4,}/gm, '   ').replace(/^( {0,3})(#{1,6}(?=\s|$)|=+ *$|-+ *$|```|~~~)/gm, '$1\\$2').replace(/(\S) *\n(?=\S)/g, '$1  \n');

/** @param {string} text */
export const fileName = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '').slice(0, 80);

const storeKey = () => 'boussole-worksheet:' + location.pathname.replace(/index\.html$/, '');
let sheet = empty();
let saved = sheet;
let isKept = true;
let page = '';
let timer = 0;
/** @type {Place[]} */
let places = [];
/** @type {Promise<Words> | undefined} */
let loading;
/** @type {Set<string>} */
const questions = new Set();
/** What each list was last asked to show. @type {WeakMap<HTMLElement, Answer[]>} */
const listed = new WeakMap();

/** The words of the interface: asked for when they are first needed. */
function words() {
  const source = document.getElementById('boussole_script')?.dataset.words ?? '';
  loading ??= fetch(source).then((answer) => answer.json()).catch(() => ((loading = undefined), {}));
  return loading;
}

/** @param {string | undefined} word @param {Values} values */
const fill = (word = '', values) => word.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** @param {string} selector @returns {any} */
const part = (selector) => document.querySelector('.worksheet' + selector);

/** @template {keyof HTMLElementTagNameMap} N @param {N} name @param {string} className @param {string} [text] */
function make(name, className, text = '') {
  return Object.assign(document.createElement(name), { className, textContent: text });
}

/** Makes a worksheet of the page. */
export function start() {
  if (!part('') || places.length) return;
  page = document.querySelector('article')?.dataset.page ?? location.pathname;
  places = [...document.querySelectorAll('section.question')].flatMap((section) => fieldsIn(/** @type {HTMLElement} */ (section)));
  synchronise();
  listen();
  show(true);
  document.querySelectorAll('.worksheet').forEach((panel) => panel.removeAttribute('hidden'));
  document.documentElement.classList.add('answering');
}

/** What an element says, without numbers and what stands below it. @param {Element} element */
function textOf(element) {
  const copy = /** @type {Element} */ (element.cloneNode(true));
  copy.querySelectorAll('sup.ref, .footnote-ref, .file, ul, ol').forEach((child) => child.remove());
  return (copy.textContent ?? '').replace(/[ \t\n]+/g, ' ').trim();
}

/** @param {HTMLElement} section */
function fieldsIn(section) {
  const heading = /** @type {HTMLElement} */ (section.querySelector('h2'));
  // A question that is asked twice has answers of its own each time.
  let question = textOf(heading);
  while (questions.has(question)) question += ' (2)';
  questions.add(question);
  heading.id ||= section.id + '--question';
  section.setAttribute('role', 'group');
  section.setAttribute('aria-labelledby', heading.id);
  const prompts = /** @type {HTMLElement[]} */ ([...section.querySelectorAll('.prompts > li')].filter(textOf));
  const seen = new Set();
  return (prompts[0] ? prompts : [section]).map((place, at) => {
    let prompt = prompts[0] ? textOf(place) : '';
    while (seen.has(prompt)) prompt += ' (2)';
    seen.add(prompt);
    return fieldIn(place, section, { question, prompt }, `${section.id}--${at}`);
  });
}

/** A field at the end of `place`, before a list in it. @param {HTMLElement} place @param {HTMLElement} section
 * @param {Field} field @param {string} id @returns {Place} */
function fieldIn(place, section, field, id) {
  const [answer, mirror, others] = [make('div', 'answer'), make('div', 'written'), make('ul', 'others')];
  const area = Object.assign(make('textarea', ''), { id, rows: 1 });
  const label = Object.assign(make('label', 'prompt'), { htmlFor: id, id: id + '-label' });
  const below = place === section ? null : place.querySelector(':scope > :is(ul, ol)');
  if (place === section) {
    Object.assign(label, { textContent: part('').dataset.answer, lang: part('').lang });
    area.setAttribute('aria-labelledby', `${label.id} ${section.getAttribute('aria-labelledby')}`);
    place.append(label);
  } else {
    const host = place.querySelector(':scope > p') ?? place;
    const said = [...host.childNodes];
    label.append(...said.slice(0, below && host === place ? said.indexOf(below) : said.length));
    host.prepend(label);
  }
  answer.append(area, mirror);
  place.insertBefore(answer, below);
  place.insertBefore(others, below);
  area.addEventListener('input', () => change(write(sheet, field, area.value)));
  return { ...field, area, mirror, others, place, section };
}

/** @param {Sheet} changed */
function change(changed) {
  sheet = changed;
  clearTimeout(timer);
  timer = window.setTimeout(synchronise, 300);
  show();
}

/** The sheet that this browser keeps. What cannot be read is put aside, not written over. @returns {Sheet} */
function kept() {
  const text = localStorage.getItem(storeKey());
  if (!text) return empty();
  try {
    const { name, own, others } = JSON.parse(text);
    const lists = [own, others].map((list) => list.map(toAnswer));
    if (typeof name === 'string' && !lists.flat().includes(undefined)) return { name, own: lists[0], others: lists[1] };
  } catch {
    // As below.
  }
  localStorage.setItem(storeKey() + ':unread', text);
  return empty();
}

/** Brings together what is written here and what this browser keeps, where another tab may have written. */
function synchronise() {
  clearTimeout(timer);
  const here = sheet;
  try {
    const there = kept();
    sheet = reconcile(saved, here, there);
    const text = JSON.stringify(sheet);
    if (!sheet.name && !sheet.own[0] && !sheet.others[0]) localStorage.removeItem(storeKey());
    else if (text !== JSON.stringify(there)) localStorage.setItem(storeKey(), text);
    saved = sheet;
    isKept = true;
  } catch {
    isKept = false;
  }
  warn();
  if (JSON.stringify(here) !== JSON.stringify(sheet)) show(true);
}

/** Says at the head of the sheet that it is not kept, while it is not. */
async function warn() {
  const line = part(' .unkept');
  if (isKept === !line.textContent) return;
  const said = await words();
  line.textContent = isKept ? '' : said.worksheet_unsaved;
}

/** Shows the sheet; `all` of it where more may have changed than what is written here. */
function show(all = false) {
  for (const field of places) {
    const { place, area, mirror, others } = field;
    const text = ownText(sheet, field);
    const given = sheet.others.filter((answer) => keyOf(answer) === keyOf(field));
    if (area.value !== text) area.value = text;
    mirror.textContent = text + '\n';
    place.classList.toggle('own', !!text.trim());
    place.classList.toggle('filled', !!(text.trim() || given[0]));
    if (all) list(others, given);
  }
  count();
  if (!all) return;
  part(' [name=by]').value = sheet.name;
  const here = new Set(places.map(keyOf));
  const gone = answers().filter((answer) => !here.has(keyOf(answer)));
  part(' .gone').hidden = !gone[0];
  list(part(' .gone ul'), gone, true);
}

function count() {
  const isFilled = (/** @type {Place} */ { place }) => place.classList.contains('filled');
  const filled = places.filter(isFilled).length;
  const { none, one, many } = part('').dataset;
  const text = fill(filled > 1 ? many : filled ? one : none, { count: filled, total: places.length });
  document.querySelectorAll('.worksheet .progress').forEach((line) => line.textContent === text || (line.textContent = text));
  const sections = [...new Set(places.map(({ section }) => section))];
  part(' .beads').childNodes.forEach((/** @type {Element} */ bead, /** @type {number} */ at) => {
    const of = places.filter(({ section }) => section === sections[at]);
    bead.className = !of.some(isFilled) ? '' : of.every(isFilled) ? 'all' : 'some';
  });
}

/** Lists what is read, not written; `whole` with what it answers. @param {HTMLElement} shown @param {Answer[]} answers */
async function list(shown, answers, whole = false) {
  listed.set(shown, answers);
  const said = answers[0] ? await words() : {};
  // Words may be long in coming: what was asked for since stands.
  if (listed.get(shown) !== answers) return;
  shown.replaceChildren(...answers.map(({ question, prompt, by, text }) => {
    const item = make('li', '');
    const name = make('p', 'by', by ? fill(said.worksheet_by, { name: by }) : said.worksheet_nameless);
    name.lang = part('').lang;
    if (whole) item.append(make('p', 'asked-for', prompt ? `${question} – ${prompt}` : question));
    item.append(name, make('div', 'written', text));
    return item;
  }));
}

function listen() {
  const name = part(' [name=by]');
  name.addEventListener('input', () => change({ ...sheet, name: name.value.trim() }));
  name.addEventListener('change', () => replace(rename(sheet, sheet.name)));
  document.addEventListener('visibilitychange', synchronise);
  for (const event of ['pagehide', 'pageshow', 'storage']) addEventListener(event, synchronise);
  addEventListener('beforeunload', (event) => isKept || !answers()[0] || event.preventDefault());
  addEventListener('focusin', words, { once: true });
  addEventListener('afterprint', () => document.documentElement.classList.remove('blank'));
  /** @type {Record<string, () => void>} */
  const actions = { file: saveFile, markdown: saveMarkdown, print: () => print(), blank: printBlank, clear: askToClear };
  for (const [action, act] of Object.entries(actions)) part(` [data-do=${action}]`).addEventListener('click', act);
  for (const take of [resume, merge]) {
    const input = part(` [name=${take.name}]`);
    input.addEventListener('change', () => open(input, take));
  }
}

/** @param {Sheet} other */
function replace(other) {
  sheet = other;
  synchronise();
  show(true);
}

const answers = () => answersOf(sheet, places);
const title = () => textOf(/** @type {Element} */ (document.querySelector('h1')));

/** @param {string} extension @param {string} type @param {string} text */
function download(extension, type, text) {
  const link = make('a', '');
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = fileName(`${title()} ${sheet.name}`) + extension;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  tell(sheet.name || !sheet.own[0] ? 'saved' : 'saved_nameless', { file: link.download });
}

function saveFile() {
  download('.json', 'application/json', toFile(page, answers()));
}

async function saveMarkdown() {
  download('.md', 'text/markdown', toMarkdown(title(), places, answers(), await words()));
}

function printBlank() {
  document.documentElement.classList.add('blank');
  print();
}

function askToClear() {
  const dialog = part(' dialog');
  dialog.returnValue = '';
  dialog.onclose = () => {
    const before = sheet;
    if (dialog.returnValue !== 'clear') return;
    replace(empty());
    tell('cleared', {}, before);
  };
  dialog.showModal();
}

/** Takes the answers of the files that `input` was given. @param {HTMLInputElement} input @param {Taking} take */
async function open(input, take) {
  /** @type {[string, Values][]} */
  const faults = [];
  /** @type {Answer[]} */
  const found = [];
  /** @type {Answer[]} */
  const elsewhere = [];
  for (const file of input.files ?? []) {
    const contents = await read(file);
    const isFault = typeof contents === 'string';
    if (isFault) faults.push([contents, { file: file.name }]);
    else if (contents.page !== page) faults.push(['elsewhere', { file: file.name, page: contents.page }]);
    if (!isFault) (contents.page === page ? found : elsewhere).push(...contents.answers);
  }
  input.value = '';
  complain(faults, elsewhere[0] && (() => bring(elsewhere, take)));
  if (found[0] || !faults[0]) bring(found, take);
}

/** @param {Answer[]} found @param {Taking} take */
function bring(found, take) {
  synchronise();
  const before = sheet;
  const known = answers().length;
  replace(take(before, found));
  const more = answers().length - known;
  tell(more > 1 ? 'opened' : more ? 'opened_one' : 'opened_none', { count: more }, more ? before : undefined);
}

/** @param {File} file */
async function read(file) {
  if (file.size > LARGEST) return 'large';
  try {
    return fromFile(new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()));
  } catch (error) {
    return error instanceof TypeError ? 'foreign' : 'unreadable';
  }
}

/** Says what was done, which can be undone where it is known what was `before`.
 * @param {string} key @param {Values} values @param {Sheet} [before] */
async function tell(key, values, before) {
  const said = await words();
  const undo = () => (replace(before ?? sheet), tell('undone', {}));
  part(' .done').replaceChildren(fill(said['worksheet_' + key], values) + ' ', ...(before ? [button(said.worksheet_undo, undo)] : []));
}

/** Says what is wrong, and offers to go on `anyway`. @param {[string, Values][]} faults @param {() => void} [anyway] */
async function complain(faults, anyway) {
  const said = faults[0] ? await words() : {};
  if (faults[0]) part(' .done').replaceChildren();
  const lines = faults.map(([key, values]) => make('p', '', fill(said['worksheet_' + key], values)));
  part(' .wrong').replaceChildren(...lines, ...(anyway ? [button(said.worksheet_anyway, () => (complain([]), anyway()))] : []));
}

/** A button that leaves when it has acted, and the focus in its place. @param {string} text @param {() => void} act */
function button(text, act) {
  const made = make('button', '', text);
  made.type = 'button';
  made.onclick = () => (part(' #worksheet_share').focus(), act());
  return made;
}
