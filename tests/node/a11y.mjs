// Asks axe-core for what WCAG 2.2 AA and good practice forbid, on every kind of page of built guides.
//
//     node tests/node/a11y.mjs public [MORE FOLDERS]
//
// Each page is seen light and dark, wide and narrow, as it opens and in whatever state it can be brought into.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

import { launch, report, visit, watch } from './browser.mjs';
import { coverOf, pagesOf } from './pages.mjs';
import { serve } from './site.mjs';
import { STATES } from './states.mjs';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
/** How long a page may take to come into a state, in milliseconds: long, since the machine may be busy. */
const PATIENCE = 20_000;
const WIDTHS = [1280, 320];
/** @type {('light' | 'dark')[]} */
const SCHEMES = ['light', 'dark'];
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** @typedef {import('playwright-core').Page} Page */

const folders = process.argv.slice(2);
/** @type {string[]} */
const faults = [];
let views = 0;
const browser = await launch();
for (const folder of folders.length > 0 ? folders : ['public']) {
  await examine(folder);
}
await browser.close();
report(`a11y: ${views} views of pages`, faults);

/** @param {string} folder */
async function examine(folder) {
  const site = await serve(folder);
  const context = await browser.newContext();
  context.setDefaultTimeout(PATIENCE);
  const pages = coverOf(pagesOf(folder));
  if (pages.length === 0) faults.push(`\`${folder}\` holds no page`);
  /** @type {Set<string>} */
  const entered = new Set();
  for (const { address, kind } of pages) {
    const page = await context.newPage();
    const told = watch(page, site);
    // A page that leads elsewhere at once is looked at all the same.
    if (kind === 'redirect') await page.route((url) => url.pathname !== address && !url.pathname.startsWith('/assets/'), (route) => route.fulfill({ status: 204 }));
    await visit(page, site.origin + address);
    await page.evaluate(AXE);
    for (const state of STATES.filter(({ name, once }) => !once || !entered.has(name))) {
      const where = `${address} (${kind}, ${state.name}`;
      try {
        if (!await state.has(page)) continue;
        entered.add(state.name);
        faults.push(...(await look(page, state)).map((fault) => `${where}, ${fault}`));
      } catch (error) {
        faults.push(`${where}): it does not come to this: ${error instanceof Error ? error.message : error}`);
      }
    }
    faults.push(...[...told].filter((fault) => !fault.startsWith('/404.html')));
    await page.close();
  }
  await context.close();
  site.close();
}

/** What is wrong with `page` in `state`, at all widths, light and dark. @param {Page} page @param {import('./states.mjs').State} state */
async function look(page, state) {
  /** @type {string[]} */
  const found = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    await state.enter(page);
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      found.push(...(await violations(page)).map((fault) => `${width}, ${colorScheme}): ${fault}`));
      views += 1;
    }
    await state.leave(page);
  }
  return found;
}

/** @param {Page} page @returns {Promise<string[]>} */
function violations(page) {
  return page.evaluate(async (tags) => {
    const axe = /** @type {any} */ (globalThis).axe;
    const { violations } = await axe.run(document, { runOnly: tags, resultTypes: ['violations'] });
    return violations.flatMap((/** @type {any} */ rule) => rule.nodes.map((/** @type {any} */ node) => `${rule.id}: ${node.target} ${node.html.slice(0, 160)} ${node.failureSummary.split('\n').at(-1).trim()}`));
  }, TAGS);
}
