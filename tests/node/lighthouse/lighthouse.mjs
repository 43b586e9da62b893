// Lets Lighthouse judge a built guide as a telephone on a slow connection gets it.
//
//     node tests/node/lighthouse/lighthouse.mjs public 4180
//
// The guide must have been built for http://127.0.0.1:4180/: the addresses that pages give of themselves are judged too.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';

import { browserPath, report } from '../browser.mjs';
import { pagesOf } from '../pages.mjs';
import { serve } from '../site.mjs';

/** @type {Record<string, number>} */
const LEAST = { accessibility: 100, 'best-practices': 100, seo: 100, performance: 99 };
const KINDS = ['role', 'coplanning', 'article'];

const [folder = 'public', port = '4180'] = process.argv.slice(2);
/** @type {string[]} */
const faults = [];
const site = await serve(folder, Number(port));
const chrome = await launch({
  chromePath: browserPath(),
  chromeFlags: ['--headless=new', '--disable-gpu', ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
});
const addresses = chosen();
for (const address of addresses) {
  faults.push(...(await judge(address)).map((fault) => `${address}: ${fault}`));
}
chrome.kill();
site.close();
report(`lighthouse: ${addresses.length} pages`, faults);

/** Home, the glossary, and of some kinds the longest page. */
function chosen() {
  const pages = pagesOf(folder);
  const longest = KINDS.map((kind) => pages.filter((page) => page.kind === kind).sort((one, other) => other.html.length - one.html.length)[0]);
  longest.forEach((page, at) => page ?? faults.push(`the guide has no page of kind \`${KINDS[at]}\``));
  return ['/', ...glossary(), ...longest.filter(Boolean).map((page) => page.address)];
}

/** Where terms stand. */
function glossary() {
  /** @type {{ pages: { kind: string, breadcrumb: { url: string }[] }[] }} */
  const guide = JSON.parse(readFileSync(join(folder, 'guide.json'), 'utf8'));
  const crumb = guide.pages.find((page) => page.kind === 'term')?.breadcrumb.at(-1);
  return crumb ? [crumb.url] : [];
}

/** @param {string} address @returns {Promise<string[]>} */
async function judge(address) {
  const run = await lighthouse(site.origin + address, { port: chrome.port, onlyCategories: Object.keys(LEAST), logLevel: 'error' });
  if (!run || run.lhr.runtimeError) return [`it was not judged: ${run?.lhr.runtimeError?.message ?? 'no result'}`];
  const { categories, audits } = run.lhr;
  const scores = Object.keys(LEAST).map((name) => ({ name, score: Math.round((categories[name].score ?? 0) * 100) }));
  console.log(`${address} ${scores.map(({ name, score }) => `${name} ${score}`).join(', ')}`);
  return scores.filter(({ name, score }) => score < LEAST[name]).flatMap(({ name, score }) => {
    const lost = categories[name].auditRefs.filter(({ id, weight }) => weight > 0 && (audits[id].score ?? 1) < 1);
    return [`${name} ${score}, less than ${LEAST[name]}: ${lost.map(({ id }) => `${id} (${audits[id].displayValue ?? audits[id].title})`).join(', ')}`];
  });
}
