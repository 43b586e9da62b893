// The definition of a term beside the link to it: for pointer and keyboard, until it is left or sent away with Escape.

/** How long a pointer rests on a term before its definition comes, and may be away before it goes, in milliseconds. */
const REST = 250;
const LEAVE = 300;
/** The room between the link and its definition, and round it, in pixels. */
const GAP = 8;

/** @type {Map<string, Promise<HTMLElement | null>>} */
const definitions = new Map();
const box = document.createElement('div');
box.className = 'preview';
box.id = 'term_preview';
box.setAttribute('role', 'tooltip');
box.hidden = true;

/** @type {HTMLAnchorElement | null} */
let shown = null;
/** @type {HTMLAnchorElement | null} */
let wanted = null;
let timer = 0;

/**
 * Shows definitions from now on, that of `first` at once.
 * @param {HTMLAnchorElement} first
 */
export function start(first) {
  // Within a landmark, where assistive technology looks for text.
  (document.querySelector('main') ?? document.body).append(box);
  document.addEventListener('pointerover', (event) => {
    if (event.pointerType === 'touch') return;
    const link = termAt(event.target);
    if (link) ask(link, REST);
    else if (event.target instanceof Node && box.contains(event.target)) stay();
    else if (document.activeElement !== (shown ?? wanted)) leave(LEAVE);
  });
  document.addEventListener('focusin', (event) => {
    const link = termAt(event.target);
    if (link?.matches(':focus-visible')) ask(link, 0);
    else leave(0);
  });
  document.addEventListener('focusout', (event) => {
    if (event.target === shown && !box.matches(':hover')) leave(0);
  });
  document.documentElement.addEventListener('pointerleave', () => {
    if (document.activeElement !== shown) leave(LEAVE);
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !(shown || wanted)) return;
    leave(0);
    event.preventDefault();
  });
  addEventListener('resize', () => leave(0));
  if (first.matches(':focus-visible')) ask(first, 0);
  else if (first.matches(':hover') && !matchMedia('(hover: none)').matches) ask(first, REST);
}

/**
 * The term that a link under `target` leads to, where it is not this very page.
 * @param {EventTarget | null} target
 * @returns {HTMLAnchorElement | null}
 */
function termAt(target) {
  const link = target instanceof Element ? target.closest('a.term') : null;
  if (!(link instanceof HTMLAnchorElement) || link.origin !== location.origin) return null;
  return link.pathname === location.pathname ? null : link;
}

function stay() {
  clearTimeout(timer);
}

/** @param {number} after */
function leave(after) {
  stay();
  const go = () => {
    wanted = null;
    shown?.removeAttribute('aria-describedby');
    shown = null;
    box.hidden = true;
  };
  if (after > 0) timer = window.setTimeout(go, after);
  else go();
}

/**
 * Shows what `link` leads to, unless the reader turns away before.
 * @param {HTMLAnchorElement} link
 * @param {number} after
 */
function ask(link, after) {
  stay();
  wanted = link;
  if (link === shown) return;
  const coming = definition(link);
  timer = window.setTimeout(async () => {
    const text = await coming;
    if (wanted !== link) return;
    leave(0);
    if (!text) return;
    box.replaceChildren(text);
    box.hidden = false;
    place(link);
    link.setAttribute('aria-describedby', box.id);
    shown = link;
  }, after);
}

/**
 * The first paragraph of a term's page, asked for once; nothing where it cannot be had.
 * @param {HTMLAnchorElement} link
 */
function definition(link) {
  const address = link.origin + link.pathname + link.search;
  const known = definitions.get(address);
  if (known) return known;
  const asked = read(address).catch(() => null);
  definitions.set(address, asked);
  return asked;
}

/**
 * @param {string} address
 * @returns {Promise<HTMLElement | null>}
 */
async function read(address) {
  const answer = await fetch(address);
  if (!answer.ok) return null;
  const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
  const first = page.querySelector('main .text > p, main .text .facet > p');
  if (!first?.textContent?.trim()) return null;
  const copy = /** @type {Element} */ (first.cloneNode(true));
  // The numbers of references and notes stand for nothing here, and links would be out of the keyboard's reach.
  copy.querySelectorAll('sup.ref, .footnote-ref').forEach((number) => number.remove());
  const text = document.createElement('p');
  const lang = first.closest('[lang]')?.getAttribute('lang');
  if (lang) text.lang = lang;
  text.textContent = copy.textContent;
  return text;
}

/**
 * Places the definition under the line of the link, or over it where there is no room, within the window.
 * @param {HTMLAnchorElement} link
 */
function place(link) {
  const lines = link.getClientRects();
  const line = lines[0];
  if (!line) return;
  const room = document.documentElement.clientWidth;
  const { width, height } = box.getBoundingClientRect();
  const left = Math.max(GAP, Math.min(line.left, room - width - GAP));
  const last = lines[lines.length - 1] ?? line;
  const isUnder = last.bottom + GAP + height <= innerHeight || line.top < height + GAP;
  box.style.left = `${left + scrollX}px`;
  box.style.top = `${(isUnder ? last.bottom + GAP : line.top - GAP - height) + scrollY}px`;
}
