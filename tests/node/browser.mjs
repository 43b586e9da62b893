// Prints some pages of a built guide from a browser that runs no scripts.
//
//     node tests/node/browser.mjs public
//
// Each must show its title, the numbers of its links and the addresses that they stand for; and whatever it asks for
// must be there. Of the pages with references, the one that has most is always among them.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';

import { browse, serve } from './site.mjs';

const PRINTED = 6;
const folder = process.argv[2] ?? 'public';
const pages = readdirSync(folder, { recursive: true })
  .filter((name) => name.split(sep).at(-1) === 'index.html')
  .map((name) => '/' + name.split(sep).slice(0, -1).map((part) => part + '/').join(''))
  .filter((page) => titleOf(readFileSync(join(folder, page, 'index.html'), 'utf8')))
  .sort();
const every = Math.max(1, Math.floor(pages.length / PRINTED));
const chosen = pages.filter((_, at) => at % every === 0);
const longest = pages.reduce((one, other) => (references(other).length > references(one).length ? other : one), pages[0]);
if (!chosen.includes(longest)) {
  chosen.push(longest);
}
const faults = [];
if (chosen.length === 0) {
  faults.push(`\`${folder}\` holds no page with a title`);
}

const site = await serve(folder, { 'content-security-policy': "script-src 'none'" });
const papers = mkdtempSync(join(tmpdir(), 'paper-'));
try {
  for (const page of chosen) {
    faults.push(...(await print(page)).map((fault) => `${page}: ${fault}`));
  }
} finally {
  site.close();
  rmSync(papers, { recursive: true });
}
site.missing.delete('/favicon.ico');
faults.push(...[...site.missing].map((path) => `asked for, but not there: ${path}`));
faults.forEach((fault) => console.log(fault));
console.log(`browser: ${chosen.length} pages of ${pages.length} printed, ${faults.length} faults`);
process.exitCode = faults.length > 0 ? 1 : 0;

async function print(page) {
  const title = titleOf(readFileSync(join(folder, page, 'index.html'), 'utf8'));
  const paper = join(papers, 'page.pdf');
  await browse('--no-pdf-header-footer', `--print-to-pdf=${paper}`, site.origin + page);
  const printed = execFileSync('pdftotext', [paper, '-'], { encoding: 'utf8' });
  const addresses = references(page);
  const numbers = addresses.map((_, at) => `[${at + 1}]`);
  const wanted = [addresses.length > 0 ? `${title}[1]` : title, ...numbers, ...addresses];
  const shown = letters(printed);
  return wanted.filter((text) => !shown.includes(letters(text))).map((text) => `printed, it does not say “${text}”`);
}

/** The addresses that close a page on paper, in the order of their numbers. */
function references(page) {
  const list = /<ol class="references">(.*?)<\/ol>/s.exec(readFileSync(join(folder, page, 'index.html'), 'utf8'))?.[1] ?? '';
  return [...list.matchAll(/<li>(.*?)<\/li>/gs)].map((item) => words(item[1]));
}

/** The words of a page's `h1`, without its reference's number; nothing where it redirects. */
function titleOf(html) {
  const heading = /<h1\b[^>]*>(.*?)<\/h1>/s.exec(html)?.[1] ?? '';
  return words(heading.replace(/<sup\b.*?<\/sup>/gs, '').replace(/<[^>]*>/g, ''));
}

function words(text) {
  const named = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };
  const plain = text.replace(/&(amp|lt|gt|quot|nbsp);/g, (_, name) => named[name]).replace(/&#39;|&#x27;/g, "'");
  return plain.normalize('NFC').replace(/\s+/g, ' ').trim();
}

/** `text` without what lines and ligatures on paper make of it. */
function letters(text) {
  return text.normalize('NFKC').replace(/[\s\u00AD\u2010-]/g, '');
}
