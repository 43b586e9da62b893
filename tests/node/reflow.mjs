// Reads every page of a built guide in a narrow window, enlarged, and with the text spacing that a reader may want.
//
//     node tests/node/reflow.mjs public
//
// Nothing may make the page scroll sideways, stand outside the window, or be cut off (WCAG 1.4.4, 1.4.10, 1.4.12).

import { launch, report, visit, watch } from './browser.mjs';
import { pagesOf, redirects } from './pages.mjs';
import { serve } from './site.mjs';

/** 1280 px enlarged twice are 640, four times 320. */
const WINDOWS = [
  { name: '320 px', width: 320, spaced: false },
  { name: '320 px, spaced', width: 320, spaced: true },
  { name: '640 px, spaced', width: 640, spaced: true },
  { name: '1280 px, spaced', width: 1280, spaced: true },
];
const SPACED = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }`;

/** @typedef {import('playwright-core').Page} Page */

const folder = process.argv[2] ?? 'public';
const pages = pagesOf(folder).filter(({ html }) => !redirects(html));
/** @type {string[]} */
const faults = pages.length > 0 ? [] : [`\`${folder}\` holds no page`];
const site = await serve(folder);
const browser = await launch();
const page = await browser.newPage();
const told = watch(page, site);
for (const { address } of pages) {
  await page.setViewportSize({ width: WINDOWS[0].width, height: 900 });
  await visit(page, site.origin + address);
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
  for (const { name, width, spaced } of WINDOWS) {
    await page.setViewportSize({ width, height: 900 });
    if (spaced) await space(page);
    faults.push(...(await page.evaluate(losses)).map((loss) => `${address} (${name}): ${loss}`));
  }
}
await browser.close();
site.close();
report(`reflow: ${pages.length} pages in ${WINDOWS.length} windows`, [...faults, ...[...told].filter((fault) => !fault.startsWith('/404.html'))]);

/** Spaces the text of `page`, once, in a way that its policy does not refuse. @param {Page} page */
async function space(page) {
  await page.evaluate((rules) => {
    if (document.adoptedStyleSheets.length > 0) return;
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [sheet];
  }, SPACED);
}

/** What is lost of the page in its window. Runs in the page. */
function losses() {
  const wide = document.documentElement.clientWidth;
  const found = new Set();
  if (document.documentElement.scrollWidth > wide) {
    found.add(`the page scrolls sideways: ${document.documentElement.scrollWidth} px in ${wide}`);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || !node.nodeValue?.trim() || !parent.checkVisibility({ visibilityProperty: true })) continue;
    range.selectNodeContents(node);
    const boxes = [...range.getClientRects()].filter((box) => box.width > 1 && box.height > 1);
    const loss = boxes.map((box) => lossOf(box, parent)).find(Boolean);
    if (loss) found.add(`“${node.nodeValue.trim().slice(0, 60)}” ${loss}`);
  }
  return [...found];

  /** How the ancestors of a text cut its `box` off. @param {DOMRect} box @param {Element} parent */
  function lossOf(box, parent) {
    for (let element = /** @type {Element | null} */ (parent); element && element !== document.body; element = element.parentElement) {
      const style = getComputedStyle(element);
      if (style.clipPath !== 'none' || style.position === 'fixed') return undefined;
      const frame = element.getBoundingClientRect();
      if (frame.width <= 1 || frame.height <= 1) return undefined;
      const cutX = box.left < frame.left - 1 || box.right > frame.right + 1;
      const cutY = box.top < frame.top - 1 || box.bottom > frame.bottom + 1;
      if (['hidden', 'clip'].includes(style.overflowX) && cutX) return `is cut off by ${nameOf(element)}`;
      if (['hidden', 'clip'].includes(style.overflowY) && cutY) return `is cut off by ${nameOf(element)}`;
      if (['auto', 'scroll'].includes(style.overflowX) && element.scrollWidth > element.clientWidth) return undefined;
      if (['auto', 'scroll'].includes(style.overflowY) && element.scrollHeight > element.clientHeight) return undefined;
      // Off the window on purpose until it has the focus, as the link that skips to the content.
      if (style.position === 'absolute' && frame.bottom <= 0) return undefined;
    }
    return box.left < -1 || box.right > wide + 1 ? 'stands outside the window' : undefined;
  }

  /** @param {Element} element */
  function nameOf(element) {
    return element.localName + [...element.classList].map((name) => `.${name}`).join('');
  }
}
