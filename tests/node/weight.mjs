// Weighs every page of a built guide as a first visit brings it, and watches whether anything moves while it appears.
//
//     node tests/node/weight.mjs public
//
// Compressed, pictures and recordings apart, before anybody does anything. Modules and pictures come after the page was
// first painted: on a poor connection they do, and what they change shows.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { launch, report, settled, visit, watch } from './browser.mjs';
import { coverOf, pagesOf, redirects } from './pages.mjs';
import { serve } from './site.mjs';

const MOST_BYTES = 30_000;
const MOST_REQUESTS = 6;
const MOST_MODULES = 3;
const MOST_SCRIPTS = 15_000;
const LATE = new Set(['module', 'image']);
const APART = new Set(['image', 'video', 'audio', 'track']);

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ address: string, bytes: number, requests: number, modules: number }} Weight */

const folder = process.argv[2] ?? 'public';
const pages = pagesOf(folder).filter(({ html }) => !redirects(html));
/** @type {string[]} */
const faults = pages.length > 0 ? [] : [`\`${folder}\` holds no page`];
/** @type {Weight[]} */
const weights = [];
/** @type {Set<string>[]} */
const watched = [];
const site = await serve(folder);
/** Kept until the page at hand was painted. @type {Promise<void>} */
let painted = Promise.resolve();
let paint = () => {};
site.isNew = true;
site.before = (_, use) => (LATE.has(use) ? painted : undefined);
const browser = await launch();
try {
  const wide = await newcomer(1280);
  for (const { address } of pages) {
    weights.push(await weigh(wide, address));
    await still(wide, address);
  }
  const narrow = await newcomer(320);
  for (const { address } of coverOf(pages)) {
    await arrive(narrow, address);
    await still(narrow, address);
  }
} finally {
  await browser.close();
  site.close();
}
faults.push(...watched.flatMap((told) => [...told]).filter((fault) => !fault.startsWith('/404.html')));
tell();

/** A window of someone to whom everything here is new. @param {number} width */
async function newcomer(width) {
  const page = await browser.newPage({ viewport: { width, height: 900 } });
  await page.exposeFunction('painted', () => paint());
  await page.addInitScript(observe);
  watched.push(watch(page, site));
  return page;
}

/** Gathers what moves, and tells when something was painted. Runs in the page, before its own scripts. */
function observe() {
  const shared = /** @type {any} */ (globalThis);
  shared.moved = [];
  const nameOf = (/** @type {any} */ node) => (node ? `${node.nodeName.toLowerCase()} ${node.className ?? ''}`.trim() : 'something that is gone');
  const note = (/** @type {any[]} */ entries) => entries.forEach((entry) => shared.moved.push(...entry.sources.map((/** @type {any} */ source) => nameOf(source.node))));
  shared.shifts = new PerformanceObserver((list) => note(list.getEntries()));
  shared.shifts.observe({ type: 'layout-shift', buffered: true });
  shared.note = note;
  new PerformanceObserver((list) => {
    if (list.getEntriesByName('first-contentful-paint').length > 0) shared.painted();
  }).observe({ type: 'paint', buffered: true });
}

/** Comes to `address` as for the first time. @param {Page} page @param {string} address */
async function arrive(page, address) {
  painted = new Promise((done) => { paint = done; });
  site.answers.length = 0;
  await visit(page, site.origin + address);
}

/** @param {Page} page @param {string} address @returns {Promise<Weight>} */
async function weigh(page, address) {
  await arrive(page, address);
  const answers = site.answers.filter((answer) => !APART.has(answer.use));
  const bytes = answers.reduce((sum, answer) => sum + answer.bytes, 0);
  const modules = answers.filter((answer) => answer.use === 'module').length;
  const weight = { address, bytes, requests: answers.length, modules };
  if (!answers.some((answer) => answer.use === 'style')) faults.push(`${address}: its style was not asked for; is it weighed as by a newcomer?`);
  if (bytes > MOST_BYTES) faults.push(`${address}: ${bytes} bytes, more than ${MOST_BYTES}`);
  if (weight.requests > MOST_REQUESTS) faults.push(`${address}: ${weight.requests} requests, more than ${MOST_REQUESTS}: ${answers.map((answer) => answer.path)}`);
  if (modules > MOST_MODULES) faults.push(`${address}: ${modules} modules, more than ${MOST_MODULES}`);
  return weight;
}

/** Reads down `page`, and finds what moved. @param {Page} page @param {string} address */
async function still(page, address) {
  await page.evaluate(async () => {
    const frame = () => new Promise((done) => { requestAnimationFrame(done); });
    for (let down = 0; down < document.documentElement.scrollHeight; down += innerHeight) {
      scrollTo(0, down);
      await frame();
    }
  });
  await settled(page);
  const moved = await page.evaluate(async () => {
    const shared = /** @type {any} */ (globalThis);
    await new Promise((done) => { requestAnimationFrame(() => requestAnimationFrame(done)); });
    shared.note(shared.shifts.takeRecords());
    return /** @type {string[]} */ ([...new Set(shared.moved)]);
  });
  const { width } = page.viewportSize() ?? {};
  if (moved.length > 0) faults.push(`${address} (${width}): while it appears, this moves: ${moved.join(', ')}`);
}

function tell() {
  const assets = join(folder, 'assets');
  const scripts = readdirSync(assets).filter((name) => name.endsWith('.js')).map((name) => ({ name, bytes: gzipSync(readFileSync(join(assets, name)), { level: 9 }).length }));
  const total = scripts.reduce((sum, script) => sum + script.bytes, 0);
  if (total >= MOST_SCRIPTS) faults.push(`all scripts: ${total} bytes, not under ${MOST_SCRIPTS}`);
  console.log(`scripts: ${total} bytes (${scripts.map(({ name, bytes }) => `${name} ${bytes}`).join(', ')})`);
  const most = (/** @type {(weight: Weight) => number} */ measure) => weights.reduce((one, other) => (measure(other) > measure(one) ? other : one), weights[0]);
  if (weights.length > 0) {
    const [heavy, asking] = [most((weight) => weight.bytes), most((weight) => weight.requests)];
    const middle = weights.map((weight) => weight.bytes).sort((one, other) => one - other)[weights.length >> 1];
    console.log(`heaviest: ${heavy.address} ${heavy.bytes} bytes; half are under ${middle}; most requests: ${asking.address} ${asking.requests}`);
  }
  report(`weight: ${weights.length} pages`, faults);
}
