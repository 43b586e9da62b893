// Measures how soon the search of a built guide answers: from the last letter to the first results that are shown.
//
//     node tests/node/latency.mjs public
//
// Each word is asked for once, in a window that has searched for something else: nothing of its answer is there yet.

import { launch, visit } from './browser.mjs';
import { serve } from './site.mjs';

const WORDS = ['équipe', 'communauté de pratique', 'animateur', 'rencontre', 'rôle'];
/** How long the dialog waits for another letter, in milliseconds: not counted. */
const WAIT = 80;
const folder = process.argv[2] ?? 'public';

const site = await serve(folder);
const browser = await launch();
const page = await browser.newPage();
await visit(page, `${site.origin}/`);
await page.locator('.to-search').click();
await page.locator('dialog.search[open]').waitFor();
/** Types `word` into the dialog; how long its first results take, in milliseconds. @param {string} word */
const ask = (word) => page.evaluate((word) => new Promise((done) => {
  const field = /** @type {HTMLInputElement} */ (document.querySelector('dialog.search input'));
  const results = /** @type {HTMLElement} */ (document.querySelector('dialog.search .results'));
  const started = performance.now();
  const watch = new MutationObserver(() => {
    if (!results.firstElementChild) return;
    watch.disconnect();
    done(performance.now() - started);
  });
  watch.observe(results, { childList: true });
  field.value = word;
  field.dispatchEvent(new Event('input', { bubbles: true }));
}), word);
await ask('guide');
for (const word of WORDS) {
  console.log(`${word}: ${Math.round(await ask(word) - WAIT)} ms`);
}
await browser.close();
site.close();
