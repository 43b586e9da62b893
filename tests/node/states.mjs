// What a page can be brought into by those who use it; each is a page of its own for someone who reads.

import { settled } from './browser.mjs';

/**
 * A state: whether a page has it, and how to come into it from the page as it opened.
 * @typedef {import('playwright-core').Page} Page
 * @typedef {{ name: string, has: (page: Page) => Promise<boolean>, enter: (page: Page) => Promise<unknown> }} State
 */

/** In this order one follows the other: none hinders the next. @type {State[]} */
export const STATES = [
  { name: 'as it opens', has: async () => true, enter: async () => {} },
  { name: 'unfolded', has: (page) => isThere(page, 'details'), enter: unfold },
];

/** @param {Page} page @param {string} selector */
async function isThere(page, selector) {
  return await page.locator(selector).count() > 0;
}

/** @param {Page} page */
async function unfold(page) {
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
  await settled(page);
}
