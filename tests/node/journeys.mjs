// Goes through a built guide as people do: with a keyboard, a pointer, on paper, without scripts.
//
//     node tests/node/journeys.mjs public [WORDS OF A JOURNEY'S NAME]
//
// On the way nothing may be told to the console, asked of another site, or asked for in vain.

import { launch, report, settled, visit, watch } from './browser.mjs';
import { journeys as plain } from './journeys/plain.mjs';
import { journeys as reading } from './journeys/reading.mjs';
import { journeys as search } from './journeys/search.mjs';
import { journeys as tabs } from './journeys/tabs.mjs';
import { journeys as worksheet } from './journeys/worksheet.mjs';
import { pagesOf } from './pages.mjs';
import { serve } from './site.mjs';

/** How long a journey waits for what must come, in milliseconds: long, since the machine may be busy. */
const PATIENCE = 20_000;

/**
 * What a journey has to go with.
 * @typedef {object} Trip
 * @property {import('playwright-core').Page} page
 * @property {import('playwright-core').Browser} browser
 * @property {import('./site.mjs').Site} site
 * @property {import('./pages.mjs').SitePage[]} pages
 * @property {(address: string) => Promise<void>} go opens an address, and waits until its page is there
 * @property {() => Promise<void>} again loads the page again
 * @property {(kind: string) => string} longest the address of the longest page of a kind
 *
 * @typedef {object} Journey
 * @property {string} name what is true when it ends well
 * @property {import('playwright-core').BrowserContextOptions} [with] what the browser is told
 * @property {boolean} [upset] whether the console may complain: something is broken on purpose
 * @property {(trip: Trip) => Promise<void>} run throws where it does not end well
 */

const [folder = 'public', wanted = ''] = process.argv.slice(2);
const all = [...plain, ...reading, ...tabs, ...search, ...worksheet].filter(({ name }) => name.includes(wanted));
/** @type {string[]} */
const faults = all.length > 0 ? [] : ['no journey has such a name'];
const pages = pagesOf(folder);
const site = await serve(folder);
const browser = await launch();
for (const journey of all) {
  faults.push(...(await travel(journey)).map((fault) => `${journey.name}: ${fault}`));
}
await browser.close();
site.close();
report(`journeys: ${all.length}`, faults);

/** @param {Journey} journey @returns {Promise<string[]>} */
async function travel(journey) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...journey.with });
  context.setDefaultTimeout(PATIENCE);
  const page = await context.newPage();
  const told = watch(page, site);
  site.answers.length = 0;
  try {
    await journey.run({
      page, browser, site, pages, longest,
      go: (address) => visit(page, site.origin + address),
      again: () => page.reload().then(() => settled(page)),
    });
    return journey.upset ? [] : [...told];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error), ...told];
  } finally {
    await context.close();
  }
}

/** @param {string} kind */
function longest(kind) {
  const found = pages.filter((page) => page.kind === kind).sort((one, other) => other.html.length - one.html.length)[0];
  if (!found) throw new Error(`the guide has no page of kind \`${kind}\``);
  return found.address;
}
