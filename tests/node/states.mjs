// What a page can be brought into by those who use it; each is a page of its own for someone who reads.

import { settled } from './browser.mjs';

/**
 * A state: whether a page has it, and how to come into it and out of it again. What `once` is alike on all pages.
 * @typedef {import('playwright-core').Page} Page
 * @typedef {object} State
 * @property {string} name
 * @property {boolean} once
 * @property {(page: Page) => Promise<boolean>} has
 * @property {(page: Page) => Promise<unknown>} enter
 * @property {(page: Page) => Promise<unknown>} leave
 */

/** @type {State[]} */
export const STATES = [
  { name: 'as it opens', once: false, has: async () => true, enter: nothing, leave: nothing },
  { name: 'unfolded', once: false, has: (page) => isThere(page, 'details'), enter: unfold, leave: nothing },
  { name: 'in tabs', once: true, has: (page) => isThere(page, 'button.in-tabs'), enter: turn, leave: turn },
  { name: 'with a definition', once: true, has: (page) => isThere(page, 'main .text a.term'), enter: define, leave: escape },
  { name: 'answered', once: true, has: (page) => isThere(page, 'section.question textarea'), enter: answer, leave: nothing },
  { name: 'asked before clearing', once: true, has: (page) => isThere(page, '[data-do=clear]:visible'), enter: clear, leave: escape },
  { name: 'with a file refused', once: true, has: (page) => isThere(page, '[name=resume]:visible'), enter: refuse, leave: nothing },
  { name: 'searched', once: true, has: (page) => isThere(page, '.to-search:visible'), enter: search, leave: escape },
  { name: 'searched in vain', once: true, has: (page) => isThere(page, '.to-search:visible'), enter: searchInVain, leave: escape },
];

async function nothing() {}

/** @param {Page} page @param {string} selector */
async function isThere(page, selector) {
  return await page.locator(selector).count() > 0;
}

/** @param {Page} page */
async function unfold(page) {
  await page.evaluate(() => document.querySelectorAll('details').forEach((details) => { details.open = true; }));
  await settled(page);
}

/** @param {Page} page */
function turn(page) {
  return page.locator('button.in-tabs').click();
}

/** @param {Page} page */
function escape(page) {
  return page.keyboard.press('Escape');
}

/** By keyboard: the definition then stays whatever happens to the window. @param {Page} page */
async function define(page) {
  await page.locator('main .text a.term').first().focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await page.locator('.preview').waitFor({ state: 'visible' });
}

/** One answer here, and one from someone else. @param {Page} page */
async function answer(page) {
  await page.locator('.worksheet [name=by]').fill('Léa');
  await page.locator('section.question textarea').first().fill('Une réponse\nsur deux lignes');
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator('[data-do=file]').click()]);
  const chunks = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString().replaceAll('Léa', 'Noé').replaceAll('Une réponse', 'Une autre');
  await page.locator('[name=merge]').setInputFiles({ name: 'noe.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await page.locator('section.question .others li').first().waitFor();
}

/** @param {Page} page */
async function clear(page) {
  await page.locator('[data-do=clear]').click();
  await page.locator('.worksheet dialog[open]').waitFor();
}

/** @param {Page} page */
async function refuse(page) {
  await page.locator('[name=resume]').setInputFiles({ name: 'autre.json', mimeType: 'application/json', buffer: Buffer.from('[]') });
  await page.locator('.worksheet .wrong p').waitFor();
}

/** Asks for the longest word of the page's title, which the page itself has. @param {Page} page */
async function search(page) {
  const title = await page.locator('h1').first().innerText();
  const word = title.match(/\p{L}+/gu)?.sort((one, other) => other.length - one.length)[0] ?? '';
  await page.locator('.to-search').click();
  await page.locator('dialog.search[open] input[type=search]').fill(word);
  await page.locator('.results li').first().waitFor();
}

/** @param {Page} page */
async function searchInVain(page) {
  await search(page);
  await page.locator('dialog.search[open] input[type=search]').fill('wkwkwk');
  await page.locator('.results li').first().waitFor({ state: 'detached' });
}
