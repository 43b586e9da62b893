// The search dialog, over the index that Pagefind made of the guide. Loaded when it is first opened.

const AT_A_TIME = 10;
const SUBS = 3;
const KEPT = 'boussole-search';
const FACETS = /** @type {const} */ (['kind', 'theme']);

const addresses = () => document.getElementById('boussole_script')?.dataset ?? {};
const language = () => document.body.lang || document.documentElement.lang;
/** @type {Record<string, string>} */
let words = {};
/** @type {Promise<HTMLDialogElement> | undefined} */
let making;
/** @type {Promise<Pagefind> | undefined} */
let loading;
/** @type {Found[]} */
let left = [];
let asked = 0;

/** A query as the index spells it: plain apostrophes, no elided articles, `œ` where French has it.
 * @param {string} text @param {string} lang */
export function spelled(text, lang) {
  const plain = text.normalize('NFC').replace(/[’‘ʼ′]/g, "'").replace(/\s+/g, ' ').trim();
  if (!lang.startsWith('fr')) return plain;
  const whole = plain.replace(/(?<![\p{L}\p{N}])(?:[cdjlmnst]|(?:jus|lors|puis|quoi)?qu)'(?=[\p{L}\p{N}])/giu, '');
  return whole.replace(/oe(?=[iu])/gi, 'œ');
}

/** Opens the dialog; closing it brings the focus back to where it was. @param {HTMLElement} opener */
export async function open(opener) {
  making ??= make();
  const dialog = await making.catch((error) => {
    making = undefined;
    throw error;
  });
  if (dialog.open) return;
  // Browsers give the focus back themselves where something had it.
  dialog.onclose = () => document.activeElement === document.body && opener.focus();
  dialog.showModal();
  part(dialog, 'input').select();
  index().then((pagefind) => pagefind.filters()).then((filters) => asked || offer(filters)).catch(fail);
}

/** @param {ParentNode} within @param {string} selector @returns {any} */
const part = (within, selector) => within.querySelector(selector);

/** @template {keyof HTMLElementTagNameMap} N @param {N} name @param {Record<string, string>} [attributes]
 * @param {...(Node | string)} inner @returns {HTMLElementTagNameMap[N]} */
function element(name, attributes = {}, ...inner) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inner);
  return made;
}

/** @param {string} key @param {Record<string, string | number>} [values] */
const say = (key, values = {}) => (words['search_' + key] ?? '').replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** @returns {Promise<HTMLDialogElement>} */
async function make() {
  words = await (await fetch(addresses().words ?? '')).json();
  const style = element('link', { rel: 'stylesheet', href: addresses().searchStyle ?? '' });
  await new Promise((ready) => {
    style.onload = style.onerror = ready;
    document.head.append(style);
  });
  const choices = FACETS.map((name) => element('p', { hidden: '' },
    element('label', { for: 'search_' + name }, say(name)), element('select', { id: 'search_' + name, name })));
  const dialog = element('dialog', { class: 'search', 'aria-labelledby': 'search_title' },
    element('button', { type: 'button', class: 'close' }, say('close')),
    element('h2', { id: 'search_title' }, say('title')),
    element('form', { role: 'search' },
      element('label', { for: 'search_query' }, say('label')),
      element('p', { class: 'query' },
        element('input', { type: 'search', id: 'search_query', name: 'q', maxlength: '200', autocomplete: 'off', enterkeyhint: 'search' }),
        element('button', {}, say('submit'))),
      element('fieldset', { hidden: '' }, element('legend', {}, say('filters')), ...choices)),
    element('p', { role: 'status' }),
    element('div', { role: 'alert' }),
    element('ol', { class: 'results' }),
    element('button', { type: 'button', class: 'more', hidden: '' }, say('more')));
  listen(dialog);
  document.body.append(dialog);
  recall();
  return dialog;
}

const dialog = () => /** @type {HTMLDialogElement} */ (document.querySelector('dialog.search'));

/** @param {HTMLDialogElement} dialog */
function listen(dialog) {
  const form = part(dialog, 'form');
  let timer = 0;
  form.addEventListener('submit', (/** @type {Event} */ event) => (event.preventDefault(), search()));
  form.addEventListener('input', () => {
    clearTimeout(timer);
    timer = window.setTimeout(search, 80);
  });
  part(dialog, '.close').addEventListener('click', () => dialog.close());
  part(dialog, '.more').addEventListener('click', more);
  // Pressed and let go beside the sheet: not in its margin, nor at the end of words that were being selected.
  dialog.closedBy = 'any';
  dialog.addEventListener('click', ({ target, ctrlKey, metaKey, shiftKey }) => {
    const follows = target instanceof Element && target.closest('.results a') && !(ctrlKey || metaKey || shiftKey);
    if (follows) dialog.close();
  });
  dialog.addEventListener('keydown', move);
}

/** The arrows go from the field into the results, along them, and back; Escape closes at once, not only empties the field.
 * @param {KeyboardEvent} event */
function move(event) {
  if (event.isComposing) return;
  const field = part(dialog(), 'input');
  if (event.key === 'Escape' && event.target === field) return event.preventDefault(), dialog().close();
  const stops = /** @type {HTMLElement[]} */ ([field, ...dialog().querySelectorAll('.results a')]);
  const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const to = stops[at + ({ ArrowDown: 1, ArrowUp: -1 }[event.key] ?? 0)];
  if (at < 0 || !to || to === stops[at] || event.ctrlKey || event.altKey || event.metaKey) return;
  event.preventDefault();
  to.focus();
}

function index() {
  loading ??= load().catch((error) => {
    loading = undefined;
    throw error;
  });
  return loading;
}

/** @returns {Promise<Pagefind>} */
async function load() {
  const folder = addresses().pagefind ?? '';
  const pagefind = await import(folder + 'pagefind.js');
  await pagefind.options({ baseUrl: folder.replace(/[^/]+\/$/, ''), bundlePath: folder, excerptLength: 24 });
  await pagefind.init();
  return pagefind;
}

/** Offers to search only pages of one kind or theme. @param {Record<string, Record<string, number>>} filters */
function offer(filters) {
  const fieldset = part(dialog(), 'fieldset');
  for (const name of FACETS) {
    const select = part(dialog(), `[name=${name}]`);
    const chosen = select.value || select.dataset.wanted || '';
    delete select.dataset.wanted;
    const counts = Object.entries(filters[name] ?? {}).filter(([value, count]) => count || value === chosen);
    counts.sort(([one], [other]) => one.localeCompare(other, language()));
    select.replaceChildren(new Option(say('all_' + name + 's'), ''), ...counts.map(([value, count]) => new Option(`${quoted(value)} (${count})`, value)));
    select.value = chosen;
    select.parentElement.hidden = !counts.length;
    fieldset.hidden &&= !counts.length;
  }
}

async function search() {
  const number = ++asked;
  const { q, kind, theme } = values();
  const query = spelled(q, language());
  keep({ q, kind, theme });
  try {
    const pagefind = await index();
    // Who types fast may ask before the index has said which kinds and themes there are: then it would never say so.
    const filters = await pagefind.filters();
    if (!query && !kind && !theme) {
      if (number !== asked) return;
      offer(filters);
      return show([], '');
    }
    /** @param {string} kind @param {string} theme */
    const ask = (kind, theme) => pagefind.search(query || null, { filters: { ...(kind && { kind }), ...(theme && { theme }) } });
    const found = await ask(kind, theme);
    const kinds = kind ? await ask('', theme) : found;
    const themes = theme ? await ask(kind, '') : found;
    if (number !== asked) return;
    offer({ kind: kinds.filters.kind, theme: themes.filters.theme });
    const count = found.results.length;
    const none = kind || theme ? 'none_there' : 'none';
    await show(found.results, say(count > 1 ? 'many' : count ? 'one' : none, { count, query: q.trim() }));
  } catch (error) {
    fail(error);
  }
}

function values() {
  const data = new FormData(part(dialog(), 'form'));
  const [q, kind, theme] = ['q', ...FACETS].map((name) => String(data.get(name) ?? ''));
  return { q, kind, theme };
}

/** @param {Found[]} found @param {string} status */
async function show(found, status) {
  const number = asked;
  part(dialog(), '[role=status]').textContent = status;
  part(dialog(), '[role=alert]').replaceChildren();
  const pages = await Promise.all(found.slice(0, AT_A_TIME).map((one) => one.data()));
  if (number !== asked) return;
  const query = folded(spelled(values().q, language()));
  /** What is called as the reader says stands first. @param {FoundPage} page */
  const isNamed = ({ meta }) => [meta.title, ...(meta.synonyms ?? '').split('|')].some((name) => folded(spelled(name, language())) === query);
  const items = [...pages.filter(isNamed), ...pages.filter((page) => !isNamed(page))].map(item);
  left = found.slice(AT_A_TIME);
  part(dialog(), '.results').replaceChildren(...items);
  part(dialog(), '.more').hidden = !left.length;
}

async function more() {
  const [number, next] = [asked, left.slice(0, AT_A_TIME)];
  try {
    const pages = await Promise.all(next.map((one) => one.data()));
    // Asked again meanwhile, or pressed twice.
    if (number !== asked || !next[0] || left[0] !== next[0]) return;
    left = left.slice(AT_A_TIME);
    const items = pages.map(item);
    part(dialog(), '.results').append(...items);
    part(dialog(), '.more').hidden = !left.length;
    part(items[0], 'a').focus();
  } catch (error) {
    fail(error);
  }
}

/** @param {FoundPage} page */
function item(page) {
  const subs = page.sub_results.filter((sub) => sub.url.includes('#'));
  subs.sort((one, other) => other.locations.length - one.locations.length);
  const place = [page.filters.kind?.[0], page.meta.section].filter(Boolean).join(' · ');
  const made = element('li', {}, element('p', { class: 'place' }, quoted(place)), element('a', { class: 'title', href: page.url }, quoted(page.meta.title)));
  const lead = page.sub_results.find((sub) => !sub.url.includes('#'));
  if (lead || !subs.length) made.append(excerpt((lead ?? page).excerpt));
  if (subs.length) made.append(element('ul', {}, ...subs.slice(0, SUBS).map((sub) => (
    element('li', {}, element('a', { href: sub.url }, quoted(sub.title)), excerpt(sub.excerpt))))));
  return made;
}

/** Without accents and case. @param {string} text */
const folded = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The index has plain apostrophes, and a space after elided words. @param {string} text */
const quoted = (text) => text.replaceAll("'", '’').replace(/(?<=(?:^|[^\p{L}\p{N}])(?:[cçdjlmnst]|(?:jus|lors|puis|quoi)?qu)’) (?=[\p{L}\p{N}]|$)/giu, '');

/** What the index quotes, with its marks and nothing else of HTML. @param {string} html */
function excerpt(html) {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  const parts = [...body.childNodes].map((node) => [node.nodeName === 'MARK', quoted(node.textContent ?? '')]);
  const end = /[.!?…:;]\s*$/.test(body.textContent ?? '') ? '' : ' …';
  return element('p', {}, ...parts.map(([isMarked, text]) => (isMarked ? element('mark', {}, String(text)) : String(text))), end);
}

/** Says that there is no index to search, and where else to look. @param {unknown} error */
function fail(error) {
  console.warn(error);
  const map = [...document.querySelectorAll('a')].find((link) => link.textContent?.trim() === words.site_map);
  const way = map ? [' ', element('a', { href: map.href }, words.site_map)] : [];
  part(dialog(), '[role=status]').textContent = '';
  part(dialog(), '[role=alert]').replaceChildren(element('p', {}, say('failed'), ...way));
}

/** The last search stands there again, for as long as the tab is open. @param {Record<string, string>} search */
function keep(search) {
  try {
    sessionStorage.setItem(KEPT, JSON.stringify(search));
  } catch {
    // Then it does not.
  }
}

function recall() {
  try {
    const { q, kind, theme } = JSON.parse(sessionStorage.getItem(KEPT) ?? '{}');
    part(dialog(), 'input').value = q ?? '';
    Object.entries({ kind, theme }).forEach(([name, value]) => (part(dialog(), `[name=${name}]`).dataset.wanted = value ?? ''));
    if (q || kind || theme) index().then((pagefind) => pagefind.filters()).then(offer).then(search, fail);
  } catch {
    // As if nothing had been searched.
  }
}
