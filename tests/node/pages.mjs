// Which pages a built guide has, and which of them show all that there is to see.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/**
 * A page of the site; `kind` is that of `guide.json`, or says what else it is.
 * @typedef {{ address: string, html: string, kind: string }} SitePage
 */

/**
 * All pages under `folder`, in order of address.
 * @param {string} folder
 * @returns {SitePage[]}
 */
export function pagesOf(folder) {
  const kinds = kindsOf(folder);
  return readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => name.endsWith('.html'))
    .map((name) => {
      const address = '/' + name.split(sep).join('/').replace(/(^|\/)index\.html$/, '$1');
      const html = readFileSync(join(folder, name), 'utf8');
      return { address, html, kind: kinds.get(address) ?? kindOfOther(address, html) };
    })
    .sort((one, other) => (one.address < other.address ? -1 : 1));
}

/** The kind of each page that `guide.json` names; a folder without it is no site. @param {string} folder */
function kindsOf(folder) {
  const path = join(folder, 'guide.json');
  /** @type {{ pages: { url: string, kind: string }[] }} */
  const guide = existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : { pages: [] };
  return new Map(guide.pages.map((page) => [page.url, page.kind]));
}

/** What a generated page is: by the part of the site that it stands in, and how deep. @param {string} address @param {string} html */
function kindOfOther(address, html) {
  if (redirects(html)) return 'redirect';
  const parts = address.split('/').filter(Boolean);
  return `generated ${parts[0] ?? 'home'} ${parts.length}`;
}

/** Whether a page only leads to another. @param {string} html */
export function redirects(html) {
  return /<meta http-equiv="refresh"/i.test(html);
}

/**
 * A few of `pages` that together have every kind of page and every element, class and role that any page has: each
 * time the page is taken that adds most. So a new kind or a new component is never forgotten.
 * @param {SitePage[]} pages
 * @returns {SitePage[]}
 */
export function coverOf(pages) {
  const signs = pages.map((page) => ({ page, signs: signsOf(page) }));
  const seen = new Set();
  const chosen = [];
  for (;;) {
    let best = { page: pages[0], gain: 0 };
    for (const one of signs) {
      const gain = [...one.signs].filter((sign) => !seen.has(sign)).length;
      if (gain > best.gain) best = { page: one.page, gain };
    }
    if (best.gain === 0) return chosen.sort((one, other) => (one.address < other.address ? -1 : 1));
    chosen.push(best.page);
    signsOf(best.page).forEach((sign) => seen.add(sign));
  }
}

/** @param {SitePage} page */
function signsOf({ html, kind }) {
  const signs = new Set([`kind ${kind}`]);
  for (const [, name, attributes] of html.matchAll(/<([a-z][a-z0-9]*)\b([^>]*)>/g)) {
    signs.add(name);
    for (const [, attribute, value] of attributes.matchAll(/\s(class|role|aria-[a-z]+|type|data-[a-z]+)="([^"]*)"/g)) {
      const told = /^(class|role|type)$/.test(attribute) || /^data-(facet|link|kind)$/.test(attribute);
      (told ? value.split(/\s+/) : ['']).forEach((word) => signs.add(`${name} ${attribute} ${word}`));
    }
  }
  return signs;
}
