// Opens every page of a guide whose authors mean harm, as readers do, and finds whatever runs, leaves, or could.
//
//     node tests/node/xss.mjs GUIDE SITE
//
// GUIDE is tests/xss/guide, with files of the names in tests/xss/names.txt; SITE is what is built of it, with the report
// of its health beside it. It is opened twice: with the policy that its pages and its `_headers` give to browsers, which
// may refuse nothing since nothing is to be left to refuse; and without it, since what authors write must be harmless by
// itself. A page on which vectors do run must be found out each time.

import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';

import { launch, report, settled, visit } from './browser.mjs';
import { pagesOf, redirects } from './pages.mjs';
import { serve } from './site.mjs';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('playwright-core').BrowserContext} BrowserContext */
/** @typedef {import('./site.mjs').Site} Site */

const LEAST_VECTORS = 150;
/** How many pages are open at once. */
const WINDOWS = 4;
const CONTROL = '/controle.html';
const REPORT = 'report.html';
const POLICY = /<meta http-equiv="Content-Security-Policy"[^>]*>/;
/** Where nothing of the site may lead a browser by itself. */
const CANARY = 'canary.example';

/** Vectors that run, each with what must be told of it, under the policy and without. */
const LIVE = [
  ['<script>alert(1)</script>', 'the policy refuses script-src-elem', 'alert(1)'],
  ['<img src="rien.png" onerror="alert(2)" alt="">', 'the policy refuses script-src-attr', 'alert(2)'],
  ['<b onmouseover="alert(3)">a</b>', 'onmouseover stands on <b>', 'alert(3)'],
  ['<a href="javascript:alert(4)">a</a>', 'a link to javascript:', 'alert(4)'],
  ['<iframe srcdoc="<script>parent.alert(5)</script>"></iframe>', 'there is <iframe>', 'alert(5)'],
  ['<b style="background:url(https://canary.example/6)">a</b>', 'the policy refuses style-src-attr', 'it asks https://canary.example/6'],
  ['<script src="https://canary.example/7.js"></script>', 'the policy refuses script-src-elem', 'it asks https://canary.example/7.js'],
  ['<form action="https://canary.example/8"></form>', 'there is <form>', 'there is <form>'],
  ['<svg><animate onbegin="alert(9)" attributeName="x" dur="1s"/></svg>', 'onbegin stands on <animate>', 'alert(9)'],
  ['<base href="https://canary.example/">', 'the policy refuses base-uri', 'there is <base>'],
];

const [guide = 'tests/xss/guide', built = 'public'] = process.argv.slice(2);
/** @type {string[]} */
const faults = [];
const work = mkdtempSync(join(tmpdir(), 'xss-'));
const browser = await launch();
let opened = 0;
try {
  faults.push(...missing());
  const told = await Promise.all([false, true].map(async (isBare) => {
    const site = await serve(copy(isBare));
    const told = await read(site, isBare);
    site.close();
    return told.map((fault) => `${isBare ? 'without' : 'with'} the policy: ${fault}`);
  }));
  faults.push(...told.flat());
} finally {
  await browser.close();
  rmSync(work, { recursive: true });
}
report(`hostile guide: ${vectors()} vectors, ${opened} pages opened`, faults);

/** A copy of the site with a page on which vectors run; without the policy, where `isBare`. @param {boolean} isBare */
function copy(isBare) {
  const folder = join(work, isBare ? 'bare' : 'whole');
  cpSync(built, folder, { recursive: true });
  const home = readFileSync(join(folder, 'index.html'), 'utf8');
  writeFileSync(join(folder, CONTROL), home.replace('<main id="contenu">', (main) => main + LIVE.map(([html]) => html).join('\n')));
  if (!isBare) {
    // The report has a policy of its own, and is no page of the site.
    rmSync(join(folder, REPORT), { force: true });
    return folder;
  }
  rmSync(join(folder, '_headers'));
  for (const name of readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith('.html'))) {
    const file = join(folder, name);
    const html = readFileSync(file, 'utf8');
    if (!POLICY.test(html)) faults.push(`${name} has no policy to take away`);
    writeFileSync(file, html.replace(POLICY, ''));
  }
  return folder;
}

/** What of the guide is not in the site, or is too little. */
function missing() {
  const sources = new Set(/** @type {{ pages: { source: string }[] }} */ (JSON.parse(readFileSync(join(built, 'guide.json'), 'utf8'))).pages.map((page) => page.source));
  const files = textsOf(guide).filter((name) => name.endsWith('.md'));
  const told = files.filter((name) => !sources.has(name)).map((name) => `${name} is no page of the site`);
  if (!existsSync(join(built, REPORT))) told.push('there is no report');
  return vectors() < LEAST_VECTORS ? [...told, `only ${vectors()} vectors`] : told;
}

/** How many different vectors the guide holds: each has a number of its own. */
function vectors() {
  const numbers = textsOf(guide).flatMap((name) => [...(name + readFileSync(join(guide, name), 'utf8')).matchAll(/(?:alert\(|canary\.example[/\\]+)(\d+)/g)]);
  return new Set(numbers.map(([, number]) => number)).size;
}

/** The files below `folder`. @param {string} folder */
function textsOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).split(sep).join('/'));
}

/** Reads the whole site as people do. @param {Site} site @param {boolean} isBare @returns {Promise<string[]>} */
async function read(site, isBare) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  /** @type {string[]} */
  const told = [];
  const left = pagesOf(site.folder).filter(({ address }) => address !== CONTROL);
  await Promise.all(Array.from({ length: WINDOWS }, async () => {
    const page = await watched(context, site, told);
    for (let next = left.pop(); next; next = left.pop()) await open(page, site, next, told);
    await page.close();
  }));
  const page = await watched(context, site, told);
  for (const go of [search, preview, worksheet, poisoned, onPaper]) {
    try {
      await go(page, site);
    } catch (error) {
      told.push(`${go.name}: ${error}`);
    }
    await provoke(page, told);
  }
  await page.close();
  told.push(...await overlooked(context, site, isBare));
  await context.close();
  return told;
}

/** @param {Page} page @param {Site} site @param {import('./pages.mjs').SitePage} opening @param {string[]} told */
async function open(page, site, { address, html }, told) {
  opened += 1;
  if (redirects(html)) {
    await page.goto(site.origin + address);
    await page.waitForURL((url) => url.pathname !== address);
  } else {
    await page.goto(site.origin + address);
    await provoke(page, told);
  }
}

/** The vectors that run and that nobody tells of. @param {BrowserContext} context @param {Site} site @param {boolean} isBare */
async function overlooked(context, site, isBare) {
  /** @type {string[]} */
  const caught = [];
  const page = await watched(context, site, caught);
  await page.goto(site.origin + CONTROL);
  // What runs there may lead elsewhere.
  await provoke(page, caught).catch(() => {});
  await page.close();
  const isCaught = (/** @type {string[]} */ [, policed, bare]) => caught.some((fault) => fault.includes(isBare ? bare : policed));
  return LIVE.filter((live) => !isCaught(live)).map(([html]) => `nobody tells of what runs: ${html}`);
}

/**
 * A page whose every step is told where it should not be taken.
 * @param {BrowserContext} context
 * @param {Site} site
 * @param {string[]} told
 * @returns {Promise<Page>}
 */
async function watched(context, site, told) {
  const page = await context.newPage();
  const where = () => decodeURIComponent(page.url().replace(site.origin, ''));
  const tell = (/** @type {string} */ what) => { told.push(`${where()}: ${what}`); };
  await page.exposeFunction('toldOfXss', tell);
  await page.addInitScript(listen);
  page.on('dialog', (dialog) => { tell(`a dialog: ${dialog.message()}`); dialog.dismiss().catch(() => {}); });
  page.on('popup', (popup) => tell(`it opens ${popup.url()}`));
  page.on('pageerror', (error) => tell(`not caught: ${error.message}`));
  page.on('download', (download) => { if (!download.url().startsWith('blob:')) tell(`it downloads ${download.url()}`); });
  page.on('framenavigated', (frame) => { if (!frame.url().startsWith(site.origin)) tell(`it leads to ${frame.url()}`); });
  page.on('request', (request) => {
    const { origin, hostname, protocol } = new URL(request.url());
    // Authors may show pictures of other sites, from where they say so.
    const isPicture = request.resourceType() === 'image' && protocol === 'https:' && hostname !== CANARY;
    if (origin !== site.origin && protocol !== 'blob:' && !isPicture) tell(`it asks ${request.url()}`);
  });
  return page;
}

/** Tells of what vectors call, and of what the policy refuses. Runs in every document, before all that is in it. */
function listen() {
  const shared = /** @type {any} */ (globalThis);
  const tell = shared.toldOfXss;
  for (const name of ['alert', 'confirm', 'prompt', 'open']) {
    shared[name] = (/** @type {any[]} */ ...words) => tell(`${name}(${words.map(String)})`);
  }
  document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => tell(`the policy refuses ${effectiveDirective} ${blockedURI} ${sample}`));
}

/** Does to everything on the page what runs handlers, and finds what should not be there. @param {Page} page @param {string[]} told */
async function provoke(page, told) {
  const found = await page.evaluate(() => {
    const EVENTS = ['animationstart', 'auxclick', 'beforetoggle', 'begin', 'blur', 'canplay', 'change', 'click', 'copy', 'cut', 'dblclick', 'drag', 'end', 'error', 'focus', 'input', 'keydown', 'load', 'loadstart', 'mousedown', 'mouseenter', 'mouseover', 'paste', 'pointerover', 'pointerrawupdate', 'scrollend', 'selectstart', 'slotchange', 'start', 'submit', 'toggle', 'touchstart', 'transitionend', 'wheel'];
    const FOREIGN = 'iframe, frame, frameset, object, embed, applet, base, portal, bgsound, marquee, style, math, foreignObject, template, main form:not(dialog form), [srcdoc], [formaction], [ping], [background], meta[http-equiv=refresh]';
    const SCHEMES = ['http:', 'https:', 'mailto:', 'tel:', 'blob:'];
    const isOfTheSite = document.documentElement.innerHTML.includes('boussole_script');
    const foreign = isOfTheSite ? FOREIGN : FOREIGN.replace('style, ', '');
    const found = new Set([...document.querySelectorAll(foreign)].map((element) => `there is <${element.localName}>`));
    for (const script of document.querySelectorAll('script')) {
      const isOwn = script.src ? script.src.startsWith(`${location.origin}/assets/`) : script.type === 'application/ld+json';
      if (!isOwn) found.add(`there is a script: ${script.outerHTML.slice(0, 80)}`);
    }
    if (isOfTheSite && !(document.getElementById('boussole_script') instanceof HTMLScriptElement)) found.add('another element takes the place of the script');
    for (const element of document.querySelectorAll('*')) {
      for (const { name } of element.attributes) {
        if (/^on/i.test(name)) found.add(`${name} stands on <${element.localName}>`);
      }
      EVENTS.forEach((type) => element.dispatchEvent(new Event(type)));
    }
    for (const link of document.querySelectorAll('a, area')) {
      const { protocol } = /** @type {HTMLAnchorElement} */ (link);
      const inner = link.getAttribute('xlink:href') ?? '';
      // A link that leads nowhere has only the colon.
      if ((protocol !== ':' && !SCHEMES.includes(protocol)) || inner) {
        found.add(`a link to ${protocol}${inner}`);
        /** @type {HTMLAnchorElement} */ (link).click?.();
      }
    }
    return [...found];
  });
  const where = decodeURIComponent(new URL(page.url()).pathname);
  told.push(...found.map((fault) => `${where}: ${fault}`));
  await settled(page);
}

/** Asks for what is in hostile titles and texts. @param {Page} page @param {Site} site */
async function search(page, site) {
  await visit(page, site.origin + '/');
  await page.keyboard.press('Control+k');
  const field = page.locator('dialog.search[open] input[type=search]');
  for (const words of ['vecteur', 'alert', '<img src=x onerror=alert(951)>', '"><svg onload=alert(952)>', 'pourquoi script']) {
    await field.fill(words);
    if (!/[<"]/.test(words)) await page.locator('.results a').first().waitFor();
    await settled(page);
  }
  await field.fill('vecteur');
  await page.locator('.results a', { hasText: '<script>' }).first().waitFor();
}

/** Looks at the definition of a hostile term. @param {Page} page @param {Site} site */
async function preview(page, site) {
  await visit(page, `${site.origin}/usage/`);
  await page.locator('main .text a.term').first().hover();
  await page.locator('.preview:not([hidden])', { hasText: '<img src=x' }).waitFor();
}

/** Fills in a worksheet with vectors, and takes some from a file. @param {Page} page @param {Site} site */
async function worksheet(page, site) {
  const vector = '</textarea><script>alert(961)</script><img src=x onerror=alert(962)>';
  await visit(page, `${site.origin}/atelier/`);
  const areas = page.locator('section.question textarea');
  await areas.first().waitFor();
  for (const area of await areas.all()) await area.fill(vector);
  const own = /** @type {string[]} */ (await page.evaluate(() => Object.values(localStorage)));
  const questions = await page.evaluate(() => [...document.querySelectorAll('section.question h2')].map((heading) => heading.textContent ?? ''));
  const answers = [...questions, vector].map((question) => ({ question, prompt: '', by: vector, text: vector }));
  const name = await page.locator('article').first().getAttribute('data-page') ?? '/atelier/';
  const text = JSON.stringify({ format: 'boussole-worksheet', version: 1, page: name, answers });
  await page.locator('input[name=merge]').setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from(text) });
  await page.locator('.worksheet .others, section.question', { hasText: 'alert(961)' }).first().waitFor();
  await page.emulateMedia({ media: 'print' });
  await settled(page);
  await page.emulateMedia({ media: null });
  await visit(page, `${site.origin}/atelier/`);
  if (!own.some((kept) => kept.includes('alert(961)')) && !(await areas.first().inputValue()).includes('alert(961)')) throw new Error('nothing was kept');
}

/** Opens pages with hostile addresses and stores. @param {Page} page @param {Site} site */
async function poisoned(page, site) {
  const vector = '"><img src=x onerror=alert(971)>';
  await page.evaluate((text) => {
    for (const key of [...Object.keys(localStorage), 'boussole-theme', 'boussole-worksheet:/atelier/']) localStorage.setItem(key, text);
    for (const key of [...Object.keys(sessionStorage), 'boussole-search']) sessionStorage.setItem(key, JSON.stringify({ q: text, kind: text, theme: text }));
  }, vector);
  const hashes = ['%E0%A4%A', 'javascript:alert(972)', '__proto__', '<svg onload=alert(973)>'];
  for (const [address, hash] of [['/', vector], ['/atelier/', vector], ...hashes.map((hash) => ['/coordination/', hash])]) {
    await page.goto(`${site.origin}${address}?q=${encodeURIComponent(vector)}#${hash}`);
  }
  await page.evaluate(() => { localStorage.clear(); sessionStorage.clear(); });
}

/** Prints a page of vectors. @param {Page} page @param {Site} site */
async function onPaper(page, site) {
  await visit(page, `${site.origin}/html/scripts/`);
  await page.pdf();
}
