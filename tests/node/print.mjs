// Prints some pages of a built guide from a browser that runs no scripts.
//
//     node tests/node/print.mjs public
//
// Each must show its title, the numbers of its links and the addresses that they stand for; and whatever it asks for
// must be there. Of the pages with references, the one that has most is always among them.

import { execFileSync } from 'node:child_process';

import { launch, report, watch } from './browser.mjs';
import { pagesOf, redirects } from './pages.mjs';
import { serve } from './site.mjs';

const PRINTED = 6;
const folder = process.argv[2] ?? 'public';
const pages = pagesOf(folder).filter(({ html }) => titleOf(html) && !redirects(html));
/** @type {string[]} */
const faults = pages.length > 0 ? [] : [`\`${folder}\` holds no page with a title`];
const site = await serve(folder);
const browser = await launch();
const context = await browser.newContext({ javaScriptEnabled: false });
const page = await context.newPage();
const told = watch(page, site);
const chosen = choose();
for (const one of chosen) {
  faults.push(...(await print(one)).map((fault) => `${one.address}: ${fault}`));
}
await browser.close();
site.close();
report(`print: ${chosen.length} pages of ${pages.length} printed`, [...faults, ...told]);

/** Some pages from all over the guide, and the one with most references. */
function choose() {
  const every = Math.max(1, Math.floor(pages.length / PRINTED));
  const chosen = pages.filter((_, at) => at % every === 0);
  const longest = pages.reduce((one, other) => (references(other.html).length > references(one.html).length ? other : one), pages[0]);
  return chosen.includes(longest) || !longest ? chosen : [...chosen, longest];
}

/** What a page does not say on paper. @param {import('./pages.mjs').SitePage} printed @returns {Promise<string[]>} */
async function print({ address, html }) {
  await page.goto(site.origin + address);
  const paper = await page.pdf({ preferCSSPageSize: true });
  const printed = execFileSync('pdftotext', ['-', '-'], { input: paper, encoding: 'utf8', maxBuffer: 1 << 28 });
  const title = titleOf(html);
  const addresses = references(html);
  const numbers = addresses.map((_, at) => `[${at + 1}]`);
  const wanted = [addresses.length > 0 ? `${title}[1]` : title, ...numbers, ...addresses];
  const shown = letters(printed);
  const faults = wanted.filter((text) => !shown.includes(letters(text))).map((text) => `printed, it does not say “${text}”`);
  // Wide paper is no wide screen: the text keeps its column.
  const [upright, wide] = [sheetsOf(paper), sheetsOf(await page.pdf({ format: 'A4', landscape: true }))];
  if (wide > 2 * upright) faults.push(`it takes ${upright} sheets, and ${wide} turned on their sides`);
  return faults;
}

/** How many sheets a PDF has. @param {Buffer} paper */
function sheetsOf(paper) {
  return paper.toString('latin1').match(/\/Type\s*\/Page\b/g)?.length ?? 0;
}

/** The addresses that close a page on paper, in the order of their numbers. @param {string} html */
function references(html) {
  const list = /<ol class="references">(.*?)<\/ol>/s.exec(html)?.[1] ?? '';
  return [...list.matchAll(/<li>(.*?)<\/li>/gs)].map((item) => words(item[1]));
}

/** The words of a page's `h1`, without its reference's number. @param {string} html */
function titleOf(html) {
  const heading = /<h1\b[^>]*>(.*?)<\/h1>/s.exec(html)?.[1] ?? '';
  return words(heading.replace(/<sup\b.*?<\/sup>/gs, '').replace(/<[^>]*>/g, ''));
}

/** @param {string} text */
function words(text) {
  /** @type {Record<string, string>} */
  const named = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };
  const plain = text.replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name) => named[name]).replace(/&#39;|&#x27;/g, "'");
  return plain.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** `text` without what lines and ligatures on paper make of it. @param {string} text */
function letters(text) {
  return text.normalize('NFKC').replace(/[\s\u00AD\u2010-]/g, '');
}
