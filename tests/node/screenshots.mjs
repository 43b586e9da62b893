// Takes pictures of pages of a built guide: at three widths, light and dark, and on paper.
//
//     node tests/node/screenshots.mjs public target/screenshots / /roles/
//
// Without addresses: one page of each kind.

import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { launch, visit } from './browser.mjs';
import { pagesOf } from './pages.mjs';
import { serve } from './site.mjs';

const WIDTHS = [320, 768, 1280];
/** @type {('light' | 'dark')[]} */
const SCHEMES = ['light', 'dark'];
const [folder = 'public', pictures = 'target/screenshots', ...addresses] = process.argv.slice(2);

mkdirSync(pictures, { recursive: true });
const site = await serve(folder);
const browser = await launch();
const page = await browser.newPage();
for (const address of addresses.length > 0 ? addresses : oneOfEachKind()) {
  const name = join(pictures, address.replace(/\.html$|^\/|\/$/g, '').replace(/\W+/g, '-') || 'accueil');
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    for (const colorScheme of SCHEMES) {
      await page.emulateMedia({ colorScheme });
      await visit(page, site.origin + address);
      await page.screenshot({ path: `${name}-${width}-${colorScheme}.png`, fullPage: true });
    }
  }
  await onPaper(name);
  console.log(name);
}
await browser.close();
site.close();

/** Prints the page at hand, sheet by sheet. @param {string} name */
async function onPaper(name) {
  const paper = await page.pdf({ preferCSSPageSize: true });
  execFileSync('pdftoppm', ['-png', '-r', '80', '-', `${name}-print`], { input: paper });
}

function oneOfEachKind() {
  const kinds = new Map(pagesOf(folder).map(({ kind, address }) => [kind, address]));
  return ['/', ...[...kinds.values()].filter((address) => address !== '/')];
}
