// A browser without a window, led through a served guide; whatever goes wrong on the way is a fault.

import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome'];
const ELSEWHERE = ['/Applications/Chromium.app/Contents/MacOS/Chromium', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').Browser} Browser */
/** @typedef {import('./site.mjs').Site} Site */

/** Where the first browser of this machine is. */
export function browserPath() {
  const folders = (process.env.PATH ?? '').split(delimiter);
  const places = [...NAMES.flatMap((name) => folders.map((folder) => join(folder, name))), ...ELSEWHERE];
  const place = places.find((file) => existsSync(file));
  if (!place) throw new Error(`no browser found: ${NAMES.join(', ')}`);
  return place;
}

/** Starts the browser. It can reach no other machine. @returns {Promise<Browser>} */
export function launch() {
  return chromium.launch({
    executablePath: browserPath(),
    // The sandbox refuses to start for root, as which containers run.
    chromiumSandbox: process.getuid?.() !== 0,
    args: ['--disable-gpu', '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1'],
  });
}

/**
 * What goes wrong on `page` from now on: errors told to the console (refusals of the policy are among them), requests
 * that leave the site, and those that come to nothing. The set is filled as the page is used.
 * @param {Page} page
 * @param {Site} site
 * @returns {Set<string>}
 */
export function watch(page, site) {
  /** @type {Set<string>} */
  const faults = new Set();
  const where = () => page.url().replace(site.origin, '');
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type()) && !isIcon(message.location().url)) faults.add(`${where()}: the console says: ${message.text()}`);
  });
  page.on('pageerror', (error) => { faults.add(`${where()}: not caught: ${error.message}`); });
  page.on('request', (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== site.origin && !['blob:', 'about:'].includes(protocol)) faults.add(`${where()}: it asks ${request.url()}`);
  });
  page.on('response', (response) => {
    if (response.status() >= 400 && !isIcon(response.url())) faults.add(`${where()}: ${response.status()} for ${response.url().replace(site.origin, '')}`);
  });
  return faults;
}

/** Whether the browser asks for this of its own accord, where a page names no icon. @param {string} address */
function isIcon(address) {
  return address.endsWith('/favicon.ico');
}

/** @type {WeakMap<Page, Set<import('playwright-core').Request>>} */
const waiting = new WeakMap();

/** Counts what `page` waits for; for `settled`. @param {Page} page */
function pending(page) {
  const known = waiting.get(page);
  if (known) return known;
  /** @type {Set<import('playwright-core').Request>} */
  const requests = new Set();
  page.on('request', (request) => requests.add(request));
  page.on('requestfinished', (request) => requests.delete(request));
  page.on('requestfailed', (request) => requests.delete(request));
  waiting.set(page, requests);
  return requests;
}

/**
 * Opens `address` and waits until the page is as it will be: loaded, its modules run, what they asked for there.
 * @param {Page} page
 * @param {string} address
 */
export async function visit(page, address) {
  const requests = pending(page);
  requests.clear();
  await page.goto(address, { waitUntil: 'load' });
  await settled(page);
}

/** Waits until `page` has been idle twice in a row with nothing on its way. @param {Page} page */
export async function settled(page) {
  const requests = pending(page);
  for (let quiet = 0; quiet < 2;) {
    // Now and then Chromium without a window forgets to say that it is idle.
    await page.evaluate(() => new Promise((done) => { requestIdleCallback(() => done(undefined), { timeout: 200 }); }));
    quiet = requests.size === 0 ? quiet + 1 : 0;
  }
}

/**
 * Prints `faults` and what was done, and sets the exit status.
 * @param {string} what
 * @param {Iterable<string>} faults
 */
export function report(what, faults) {
  const found = [...faults];
  found.forEach((fault) => console.log(fault));
  console.log(`${what}, ${found.length} faults`);
  process.exitCode = found.length > 0 ? 1 : 0;
}
