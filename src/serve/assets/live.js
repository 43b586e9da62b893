// What lives in a page while its guide is written: it becomes what the guide is, and shows what is wrong in it.

/**
 * A file that can be opened where its author writes; without an address, the server opens it.
 * @typedef {{ file: string, line: number, column: number, address?: string }} Opened
 *
 * A fault: `line` is what stands before, in and after its place.
 * @typedef {object} Fault
 * @property {'error' | 'warning' | 'note'} severity
 * @property {string} code
 * @property {string} message
 * @property {string | null} help
 * @property {boolean} here
 * @property {string | null} place
 * @property {[string, string, string] | null} line
 * @property {Opened | null} open
 *
 * @typedef {{ lang: 'fr' | 'en', errors: number, warnings: number, notes: number, faults: Fault[], page: Opened | null }} Told
 * @typedef {{ page: string, x: number, y: number, open: number[], focus: string | null }} Kept
 */

const WORDS = {
  fr: {
    bar: 'Boussole',
    title: 'Ce qui ne va pas dans le guide',
    /** @param {number} count */ errors: (count) => `${count} erreur${count < 2 ? '' : 's'}`,
    /** @param {number} count */ warnings: (count) => `${count} avertissement${count < 2 ? '' : 's'}`,
    /** @param {number} count */ notes: (count) => `${count} note${count < 2 ? '' : 's'}`,
    severity: { error: 'Erreur', warning: 'Avertissement', note: 'Note' },
    here: 'Sur cette page', elsewhere: 'Ailleurs dans le guide',
    help: 'Que faire\u00a0:',
    open: 'Ouvrir dans l’éditeur', edit: 'Modifier cette page', close: 'Fermer',
    mended: 'Tout est en ordre.',
    /** @param {number} count */ more: (count) => `… et ${count} de plus\u00a0: «\u00a0boussole check\u00a0» montre tout.`,
    unopened: 'L’éditeur ne s’ouvre pas\u00a0: vérifiez la commande donnée à --editor.',
  },
  en: {
    bar: 'Boussole',
    title: 'What is wrong in the guide',
    /** @param {number} count */ errors: (count) => `${count} error${count === 1 ? '' : 's'}`,
    /** @param {number} count */ warnings: (count) => `${count} warning${count === 1 ? '' : 's'}`,
    /** @param {number} count */ notes: (count) => `${count} note${count === 1 ? '' : 's'}`,
    severity: { error: 'Error', warning: 'Warning', note: 'Note' },
    here: 'On this page', elsewhere: 'Elsewhere in the guide',
    help: 'What to do:',
    open: 'Open in the editor', edit: 'Edit this page', close: 'Close',
    mended: 'All is well.',
    /** @param {number} count */ more: (count) => `… and ${count} more: “boussole check” shows all.`,
    unopened: 'The editor does not open: check the command that --editor gives.',
  },
};
/** How long is waited before the server is asked for again, in milliseconds. */
const AGAIN = 500;
const KEPT = 'boussole-live';
const CLOSED = 'boussole-live-closed';

const script = /** @type {HTMLScriptElement} */ (document.getElementById('boussole_live'));
const near = new URL('.', script.src);
const page = script.dataset.page ?? location.pathname;
const shown = script.dataset.source ?? '';
let version = script.dataset.version ?? '';
/** @type {EventSource | undefined} */
let source;

/** @param {string} name @param {string} value */
function keep(name, value) {
  try {
    sessionStorage.setItem(name, value);
  } catch {
    // Without storage the page begins at its top again.
  }
}

/** @param {string} name */
function kept(name) {
  try {
    return sessionStorage.getItem(name);
  } catch {
    return null;
  }
}

/** Everything that opens and closes. */
function folds() {
  return /** @type {HTMLDetailsElement[]} */ ([...document.querySelectorAll('details')]);
}

/** Loads the page again, to go on reading where one was. */
function reload() {
  const focus = document.activeElement?.id || null;
  const open = folds().flatMap((fold, at) => (fold.open ? [at] : []));
  /** @type {Kept} */
  const state = { page: location.pathname, x: scrollX, y: scrollY, open, focus };
  keep(KEPT, JSON.stringify(state));
  // Else the browser goes to where it was itself, before or after.
  history.scrollRestoration = 'manual';
  location.reload();
}

/** Brings the page back to where it was before it was loaded again. */
function restore() {
  const written = kept(KEPT);
  if (!written) return;
  try {
    sessionStorage.removeItem(KEPT);
  } catch {
    // It was read, so it can be removed.
  }
  const state = /** @type {Kept} */ (JSON.parse(written));
  if (state.page !== location.pathname) return;
  folds().forEach((fold, at) => { fold.open = state.open.includes(at); });
  const back = () => scrollTo({ left: state.x, top: state.y, behavior: 'instant' });
  const end = () => {
    back();
    if (state.focus) document.getElementById(state.focus)?.focus({ preventScroll: true });
    history.scrollRestoration = 'auto';
  };
  back();
  if (document.readyState === 'complete') end();
  else addEventListener('load', end, { once: true });
}

/** The stylesheets of a page, those of this script apart. @param {Document} of */
function sheets(of) {
  const links = /** @type {NodeListOf<HTMLLinkElement>} */ (of.querySelectorAll('link[rel=stylesheet]'));
  return [...links].filter((link) => !link.getAttribute('href')?.includes('/__boussole/'));
}

/** Dresses the page in its new stylesheets, without loading it again. @param {string} to the version that it will be */
async function dress(to) {
  const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
  const next = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const [worn, wanted] = [sheets(document), sheets(next)];
  if (worn.length !== wanted.length) return reload();
  await Promise.all(worn.map((link, at) => {
    const fresh = link.cloneNode();
    if (!(fresh instanceof HTMLLinkElement)) return undefined;
    const address = new URL(wanted[at]?.getAttribute('href') ?? link.href, location.href);
    address.searchParams.set('version', to);
    fresh.href = address.href;
    // The old one goes when the new one is there: the page is never without.
    return new Promise((done) => {
      fresh.addEventListener('load', () => { link.remove(); done(undefined); });
      fresh.addEventListener('error', () => { fresh.remove(); done(undefined); });
      link.after(fresh);
    });
  }));
  const [main, other] = [document, next].map((of) => /** @type {HTMLElement | null} */ (of.getElementById('boussole_script')));
  if (main && other) Object.assign(main.dataset, other.dataset);
  version = to;
}

/** @template {keyof HTMLElementTagNameMap} T @param {T} name @param {Record<string, string>} [attributes] @param {...(Node | string)} content */
function make(name, attributes = {}, ...content) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...content);
  return element;
}

/** Words in which what stands between backticks is code. @param {string} words @returns {(Node | string)[]} */
function spelled(words) {
  const parts = words.split('`');
  // A backtick without another is one.
  if (parts.length % 2 === 0) return [words];
  return parts.map((part, at) => (at % 2 === 0 ? part : make('code', {}, part)));
}

/** What leads to a file in the editor. @param {Opened} opened @param {Told} told @param {string} words */
function opener(opened, told, words) {
  if (opened.address) return make('a', { href: opened.address, class: 'boussole-open' }, words);
  const button = make('button', { type: 'button', class: 'boussole-open' }, words);
  button.addEventListener('click', async () => {
    const asked = new URLSearchParams({ file: opened.file, line: String(opened.line), column: String(opened.column) });
    const answer = await fetch(new URL(`open?${asked}`, near), { method: 'POST' }).catch(() => undefined);
    if (!answer?.ok) say(WORDS[told.lang].unopened);
  });
  return button;
}

/** @param {Fault} fault @param {Told} told */
function item(fault, told) {
  const words = WORDS[told.lang];
  const line = fault.line && make('pre', {}, make('code', {}, fault.line[0], make('mark', {}, fault.line[1] || ' '), fault.line[2]));
  const help = fault.help && make('p', { class: 'boussole-help' }, make('b', {}, words.help), ' ', ...spelled(fault.help));
  const place = make('p', { class: 'boussole-place' }, ...(fault.place ? [make('code', {}, fault.place)] : []));
  if (fault.open) place.append(' ', opener(fault.open, told, words.open));
  const head = make('p', { class: 'boussole-message' }, make('b', {}, words.severity[fault.severity]), ' ', ...spelled(fault.message));
  return make('li', { class: `boussole-${fault.severity}` }, head, ...[line, help].filter((part) => part !== null && part !== ''), place);
}

/** @param {string} title @param {Fault[]} faults @param {Told} told */
function group(title, faults, told) {
  if (faults.length === 0) return [];
  return [make('h3', {}, title), make('ul', {}, ...faults.map((fault) => item(fault, told)))];
}

/** What stands over the page. */
const bar = make('aside', { class: 'boussole-live', 'data-pagefind-ignore': 'all' });
const status = make('p', { role: 'status', class: 'boussole-status' });
/** @type {HTMLElement | undefined} */
let panel;
/** @type {HTMLButtonElement | undefined} */
let badge;
/** How many faults were told before. */
let before = 0;

/** Has `words` read out, and shown where they are short. @param {string} words */
function say(words) {
  status.textContent = words;
}

/** @param {boolean} open */
function show(open) {
  if (!panel || !badge) return;
  const had = panel.contains(document.activeElement);
  panel.hidden = !open;
  badge.setAttribute('aria-expanded', String(open));
  if (!open && had) badge.focus();
}

/** Which faults these are, wherever they stand. @param {Told} told */
function known(told) {
  return told.faults.filter(({ severity }) => severity === 'error').map(({ code, message }) => `${code} ${message}`).join('\n');
}

/** @param {Told} told */
function faults(told) {
  const words = WORDS[told.lang];
  const wasOpen = panel !== undefined && !panel.hidden;
  const had = panel?.contains(document.activeElement) ?? false;
  const scrolled = panel?.scrollTop ?? 0;
  bar.setAttribute('aria-label', words.bar);
  bar.lang = told.lang;
  const counts = [
    ...(told.errors ? [words.errors(told.errors)] : []),
    ...(told.warnings ? [words.warnings(told.warnings)] : []),
    ...(told.notes && !told.errors && !told.warnings ? [words.notes(told.notes)] : []),
  ];
  const tools = make('div', { class: 'boussole-tools' });
  [panel, badge] = [undefined, undefined];
  if (counts.length > 0) {
    badge = make('button', {
      type: 'button', class: `boussole-badge${told.errors ? ' boussole-error' : ''}`, 'aria-controls': 'boussole_faults', 'aria-expanded': 'false',
    }, counts.join(', '));
    badge.addEventListener('click', () => {
      const opens = Boolean(panel?.hidden);
      keep(CLOSED, opens ? '' : known(told));
      show(opens);
      if (opens) panel?.focus();
    });
    tools.append(badge);
    panel = list(told);
  }
  if (told.page) tools.append(opener(told.page, told, words.edit));
  bar.replaceChildren(...(panel ? [panel] : []), tools, status);
  bar.hidden = false;
  // A warning is no reason to stand before what one reads; errors are, until they are put away.
  show(panel !== undefined && (wasOpen || (told.errors > 0 && kept(CLOSED) !== known(told))));
  if (panel && wasOpen) panel.scrollTop = scrolled;
  if (had) (panel ?? badge)?.focus();
  const count = told.errors + told.warnings;
  if (count !== before) say(count > 0 ? counts.join(', ') : words.mended);
  before = count;
}

/** @param {Told} told */
function list(told) {
  const words = WORDS[told.lang];
  const close = make('button', { type: 'button', class: 'boussole-close' }, words.close);
  close.addEventListener('click', () => { keep(CLOSED, known(told)); show(false); badge?.focus(); });
  const more = told.errors + told.warnings + told.notes - told.faults.length;
  return make(
    'section',
    { id: 'boussole_faults', class: 'boussole-panel', 'aria-labelledby': 'boussole_faults_title', tabindex: '-1', hidden: '' },
    make('div', { class: 'boussole-head' }, make('h2', { id: 'boussole_faults_title' }, words.title), close),
    ...group(words.here, told.faults.filter((fault) => fault.here), told),
    ...group(words.elsewhere, told.faults.filter((fault) => !fault.here), told),
    ...(more > 0 ? [make('p', {}, words.more(more))] : []),
  );
}

addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented || !panel || panel.hidden || document.querySelector('dialog[open]')) return;
  panel.querySelector('button')?.click();
});

/** Listens to the server while the page is seen: browsers give only a few connections to all the pages of one. */
function listen() {
  if (source || document.visibilityState === 'hidden') return;
  source = new EventSource(new URL(`events?${new URLSearchParams({ page, version, source: shown })}`, near));
  source.addEventListener('reload', () => reload());
  source.addEventListener('style', (event) => { dress(event.data).catch(reload); });
  source.addEventListener('moved', (event) => { location.replace(event.data + location.hash); });
  source.addEventListener('faults', (event) => {
    if (script.dataset.broken === undefined) faults(JSON.parse(event.data));
  });
  source.addEventListener('error', () => {
    // A new one is asked for as this page is now, and not as it was.
    hush();
    setTimeout(listen, AGAIN);
  });
}

/** Listens no more. */
function hush() {
  source?.close();
  source = undefined;
}

restore();
bar.hidden = true;
document.body.append(bar);
document.addEventListener('visibilitychange', () => (document.visibilityState === 'hidden' ? hush() : listen()));
addEventListener('pagehide', hush);
addEventListener('pageshow', listen);
listen();

export {};
