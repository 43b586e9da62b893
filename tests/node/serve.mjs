// Writes a guide as an author does, with its pages open in a browser: it begins one, changes, breaks and mends it.
//
//     node tests/node/serve.mjs target/release/boussole [FOLDER FOR PICTURES]
//
// On the way nothing may be told to the console, asked of another site, or asked for in vain.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { launch, report, watch } from './browser.mjs';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa', 'best-practice'];
/** How long is waited for what must come, in milliseconds: long, since the machine may be busy. */
const PATIENCE = 30_000;
const PAGE = 'content/roles/animateur.md';
const ADDRESS = '/roles/animateur/';

const [program = 'target/release/boussole', pictures = ''] = process.argv.slice(2);
const work = mkdtempSync(join(tmpdir(), 'boussole-'));
const root = join(work, 'guide');
/** @type {string[]} */
const faults = [];
let steps = 0;

execFileSync(resolve(program), ['--quiet', 'init', root]);
// A guide that says where it will be published has nothing to be told.
appendFileSync(join(root, 'guide.yaml'), '\nbase_url: https://exemple.org/\n');
if (pictures) mkdirSync(pictures, { recursive: true });
/** How the page begins. */
const begun = readFileSync(join(root, PAGE), 'utf8');
const long = `${begun}\n${Array.from({ length: 60 }, (_, at) => `Paragraphe ${at}, assez long pour que la page défile.\n`).join('\n')}`;

let server = await start('0');
const browser = await launch();
const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'fr' });
context.setDefaultTimeout(PATIENCE);
const page = await context.newPage();
const told = watch(page, /** @type {import('./site.mjs').Site} */ ({ origin: server.origin }));
const panel = page.locator('#boussole_faults');
const badge = page.locator('.boussole-badge');

for (const [name, run] of /** @type {[string, () => Promise<void>][]} */ ([
  ['a page is seen as soon as it is saved, where one was reading', edited],
  ['a stylesheet is put on without loading the page again', dressed],
  ['a fault stands over the page with its line, and goes when it is mended', broken],
  ['a warning is a small sign, that opens what it says', warned],
  ['what was written a moment ago is found', found],
  ['a page is followed where its file goes', moved],
  ['a page comes back with the server', restarted],
])) {
  steps += 1;
  try {
    await run();
  } catch (error) {
    faults.push(`${name}: ${error instanceof Error ? error.message : error}`);
    await picture(`fault-${steps}`).catch(() => {});
  }
}
await browser.close();
server.stop();
rmSync(work, { recursive: true, force: true });
report(`serve: ${steps} steps of a journey`, [...faults, ...told]);

/** Serves the guide; resolves when it says where. @param {string} port */
async function start(port) {
  const child = spawn(resolve(program), ['serve', '--port', port, '--root', root], { stdio: ['ignore', 'ignore', 'pipe'] });
  const origin = await new Promise((found, missed) => {
    let said = '';
    child.stderr.on('data', (bytes) => {
      said += bytes;
      const address = /http:\/\/[\d.]+:\d+/.exec(said)?.[0];
      if (address) found(address);
    });
    child.on('exit', () => missed(new Error(`the server does not start: ${said}`)));
  });
  return { origin: String(origin), stop: () => child.kill('SIGINT') };
}

/** @param {string} path @param {string} text */
function write(path, text) {
  writeFileSync(join(root, path), text);
}

/** @param {string} name */
async function picture(name) {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`) });
}

/** Waits until the page says `words`. @param {string} words */
async function says(words) {
  await page.locator('main', { hasText: words }).waitFor();
}

/** Marks this load of the page. */
async function mark() {
  await page.evaluate(() => { /** @type {any} */ (globalThis).marked = true; });
}

/** Whether the page is still the load that was marked. */
async function isMarked() {
  return page.evaluate(() => /** @type {any} */ (globalThis).marked === true);
}

async function edited() {
  write(PAGE, long);
  await page.goto(server.origin);
  await picture('1-init');
  await page.goto(server.origin + ADDRESS);
  await says('Paragraphe 59');
  await page.evaluate(() => scrollTo(0, 900));
  await mark();
  await picture('2-serve');
  write(PAGE, long.replace('Paragraphe 20,', 'Paragraphe tout neuf,'));
  await says('Paragraphe tout neuf');
  await page.waitForLoadState('load');
  assert.equal(await isMarked(), false, 'it was not loaded again');
  await page.waitForFunction(() => Math.abs(scrollY - 900) < 2);
  assert.equal(await page.evaluate(() => history.scrollRestoration), 'auto');
  await picture('3-edit');
  // Another page is none of this one's business.
  await mark();
  appendFileSync(join(root, 'content/comprendre/qui-peut-participer.md'), '\nUne phrase de plus.\n');
  write(PAGE, long);
  await page.waitForFunction(() => /** @type {any} */ (globalThis).marked !== true);
}

async function dressed() {
  const sheet = await page.evaluate(async () => {
    const link = /** @type {HTMLLinkElement | null} */ (document.querySelector('link[rel=stylesheet]'));
    return (await fetch(link?.href ?? '')).text();
  });
  await mark();
  mkdirSync(join(root, 'themes/boussole/assets'), { recursive: true });
  write('themes/boussole/assets/boussole.css', `${sheet}\nh1 { color: rgb(1, 2, 3); }\n`);
  await page.waitForFunction(() => getComputedStyle(document.querySelector('h1') ?? document.body).color === 'rgb(1, 2, 3)');
  assert.equal(await isMarked(), true, 'it was loaded again');
  rmSync(join(root, 'themes'), { recursive: true });
  await page.waitForFunction(() => getComputedStyle(document.querySelector('h1') ?? document.body).color !== 'rgb(1, 2, 3)');
  assert.equal(await isMarked(), true, 'it was loaded again');
}

async function broken() {
  await page.evaluate(() => document.querySelector('a')?.focus());
  write(PAGE, `${long}\nVoir [le planning](plannning.md).\n`);
  await panel.waitFor();
  assert.equal(await panel.locator('mark').innerText(), 'plannning.md');
  assert.match(await panel.locator('pre').innerText(), /^Voir \[le planning\]\(plannning\.md\)\.$/);
  const line = long.split('\n').length + 1;
  assert.ok((await panel.innerText()).includes(`${PAGE}:${line}:`), 'it does not say where');
  const link = await panel.locator('a.boussole-open').first().getAttribute('href');
  assert.match(link ?? '', new RegExp(`^vscode://file/.*/guide/${PAGE}:${line}:\\d+$`));
  assert.equal(await page.evaluate(() => document.activeElement?.closest('.boussole-live') === null), true, 'it takes the focus');
  await picture('4-fault');
  await accessible('with a fault');
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });
  assert.equal(await badge.getAttribute('aria-expanded'), 'false');
  // It stays away on the next load, and comes when it is asked for.
  await page.reload();
  await badge.waitFor();
  assert.equal(await panel.isVisible(), false, 'it comes back unasked');
  await badge.click();
  await panel.waitFor();
  await panel.getByRole('button', { name: 'Fermer' }).click();
  await panel.waitFor({ state: 'hidden' });
  await badge.click();
  write(PAGE, long);
  await badge.waitFor({ state: 'detached' });
  assert.equal(await panel.count(), 0);
  await picture('5-fix');
}

async function warned() {
  write(PAGE, `${long}\nUn mot en <font color="red">rouge</font>.\n`);
  await badge.waitFor();
  assert.equal(await badge.innerText(), '1 avertissement');
  assert.equal(await panel.isVisible(), false, 'a warning stands over the page');
  await accessible('with a warning, folded');
  await badge.click();
  await panel.waitFor();
  await accessible('with a warning');
  write(PAGE, long);
  await badge.waitFor({ state: 'detached' });
}

async function found() {
  for (const word of ['hippocampe', 'ornithorynque']) {
    write(PAGE, `${long}\nUn ${word} est venu.\n`);
    await says(word);
    // The index is made beside all else: soon it is there.
    for (let tries = 0; ; tries += 1) {
      await page.goto(server.origin + ADDRESS);
      await page.keyboard.press('Control+k');
      await page.locator('dialog.search[open] input[type=search]').fill(word);
      await page.waitForFunction(() => document.querySelector('dialog.search [role=status]')?.textContent?.trim());
      if (await page.locator('.results a').count() > 0 || await page.locator('.results a').first().waitFor({ timeout: 2000 }).then(() => true, () => false)) break;
      assert.ok(tries < 10, `“${word}” is not found`);
    }
    await page.keyboard.press('Escape');
  }
}

async function moved() {
  renameSync(join(root, PAGE), join(root, 'content/roles/facilitateur.md'));
  await page.waitForURL(`${server.origin}/roles/facilitateur/`);
  await says('Paragraphe 59');
  renameSync(join(root, 'content/roles/facilitateur.md'), join(root, PAGE));
  await page.waitForURL(server.origin + ADDRESS);
}

async function restarted() {
  await mark();
  const before = new Set(told);
  server.stop();
  write(PAGE, `${long}\nÉcrit entre-temps.\n`);
  await page.waitForTimeout(1000);
  server = await start(new URL(server.origin).port);
  await says('Écrit entre-temps');
  // That nobody answered meanwhile is what the console says of it.
  for (const fault of told) if (!before.has(fault) && fault.includes('ERR_')) told.delete(fault);
}

/** What axe forbids, light and dark, wide and narrow. @param {string} state */
async function accessible(state) {
  for (const width of [1280, 320]) {
    for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
      await page.setViewportSize({ width, height: 800 });
      await page.emulateMedia({ colorScheme });
      // Run apart from the page: its policy lets no script in.
      await page.evaluate(AXE);
      const found = await page.evaluate(async (tags) => {
        const { violations } = await /** @type {any} */ (globalThis).axe.run(document, { runOnly: tags });
        return violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes.map((/** @type {any} */ node) => node.target).join(', ')}`);
      }, TAGS);
      faults.push(...found.map((/** @type {string} */ fault) => `${state}, ${width} px, ${colorScheme}: ${fault}`));
      const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
      if (wide) faults.push(`${state}, ${width} px: one must scroll sideways`);
      if (pictures) await picture(`axe-${state.replace(/\W+/g, '-')}-${width}-${colorScheme}`);
    }
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.emulateMedia({ colorScheme: 'light' });
}
