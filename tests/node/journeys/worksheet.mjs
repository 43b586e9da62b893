// Worksheets: answered in place, kept in this browser, carried in files, brought together without losing a text.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {{ question: string, prompt: string, by: string, text: string }} Answer */

const HERS = 'Une réponse à nous,\nsur <b>deux</b> lignes & plus';

/** @type {import('../journeys.mjs').Journey[]} */
export const journeys = [
  {
    name: 'what is answered is still there on another day, and nothing was sent',
    async run({ page, site, go, again, longest }) {
      await go(longest('coplanning'));
      const progress = page.locator('.worksheet .progress').first();
      const before = await progress.textContent();
      await answer(page, 0, HERS);
      await page.locator('.worksheet [name=by]').fill('Léa');
      await page.waitForFunction((was) => document.querySelector('.worksheet .progress')?.textContent !== was, before);
      const own = ['document', 'style', 'script', 'module', 'image'];
      const asked = site.answers.filter(({ path, use }) => !own.includes(use) && !path.startsWith('/assets/'));
      assert.deepEqual(asked, []);
      await again();
      assert.equal(await area(page, 0).inputValue(), HERS);
      assert.equal(await page.locator('.worksheet [name=by]').inputValue(), 'Léa');
      await go('/');
      await go(longest('coplanning'));
      assert.equal(await area(page, 0).inputValue(), HERS);
      const keys = await page.evaluate(() => Object.keys(localStorage));
      assert.deepEqual(keys, [`boussole-worksheet:${longest('coplanning')}`]);
    },
  },
  {
    name: 'every field of a worksheet has a label of its own, and is reached by keyboard',
    async run({ page, go, longest }) {
      await go(longest('coplanning'));
      const prompts = await page.locator('section.question .prompts > li').count();
      assert.equal(await page.locator('section.question textarea').count(), prompts);
      const labels = await page.locator('section.question textarea').evaluateAll((areas) => areas.map((one) => {
        const named = (one.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id));
        const labels = /** @type {HTMLTextAreaElement} */ (one).labels ?? [];
        return [...named, ...labels].map((label) => label?.textContent?.trim() ?? '').join(' ').trim();
      }));
      assert.equal(new Set(labels).size, prompts);
      assert.ok(labels.every((label) => label.length > 5), `labels: ${labels}`);
      await area(page, 0).focus();
      for (let stop = 0; stop < 20 && await page.evaluate(() => document.activeElement?.id) !== await area(page, 1).getAttribute('id'); stop++) {
        await page.keyboard.press('Tab');
      }
      await page.keyboard.type('écrit au clavier');
      assert.equal(await area(page, 1).inputValue(), 'écrit au clavier');
    },
  },
  {
    name: 'a worksheet is saved as a file, cleared after a question, and resumed from the file',
    async run({ page, site, go, again, longest }) {
      await go(longest('coplanning'));
      await answer(page, 0, HERS);
      await page.locator('.worksheet [name=by]').fill('Léa');
      const file = await saved(page, 'file');
      const contents = JSON.parse(file.text);
      assert.deepEqual({ ...contents, answers: [] }, { format: 'boussole-worksheet', version: 1, page: idOf(site.folder, longest('coplanning')), answers: [] });
      const [first] = contents.answers;
      assert.equal(contents.answers.length, 1);
      assert.deepEqual({ by: first.by, text: first.text }, { by: 'Léa', text: HERS });
      assert.ok((await page.locator('section.question h2').first().innerText()).includes(first.question.slice(0, 20)));
      const markdown = await saved(page, 'markdown');
      for (const text of [first.question, first.prompt, 'Léa', 'sur ']) assert.ok(markdown.text.includes(text), `Markdown without “${text}”`);

      await page.locator('[data-do=clear]').click();
      await page.locator('.worksheet dialog button:not([value=clear])').click();
      assert.equal(await area(page, 0).inputValue(), HERS, 'it was cleared without consent');
      await page.locator('[data-do=clear]').click();
      await page.locator('.worksheet dialog button[value=clear]').click();
      await page.waitForFunction(() => ![...document.querySelectorAll('textarea')].some((one) => one.value));
      await again();
      assert.equal(await area(page, 0).inputValue(), '');
      assert.deepEqual(await page.evaluate(() => Object.keys(localStorage)), []);

      await open(page, 'resume', [file]);
      await page.waitForFunction((text) => document.querySelector('textarea')?.value === text, HERS);
      assert.equal(await page.locator('.worksheet [name=by]').inputValue(), 'Léa');
    },
  },
  {
    name: 'several people’s files are brought together question by question, and no text is lost',
    async run({ page, go, again, longest }) {
      await go(longest('coplanning'));
      await answer(page, 0, 'mienne');
      const mine = await saved(page, 'file');
      const others = ['Noé', 'Inès'].map((by) => ({ name: `${by}.json`, text: changed(mine.text, (one) => ({ ...one, by, text: `de ${by} <img src=x>` })) }));
      await open(page, 'merge', others);
      const given = page.locator('section.question .others li');
      await given.nth(1).waitFor();
      const texts = (await given.allInnerTexts()).join('\n');
      for (const by of ['Noé', 'Inès']) assert.ok(texts.includes(`de ${by} <img src=x>`), `${by}’s answer is not shown`);
      assert.equal(await page.locator('section.question img').count(), 0, 'a text became markup');
      assert.equal(await area(page, 0).inputValue(), 'mienne');
      await open(page, 'merge', others);
      await page.locator('.worksheet .done').filter({ hasText: /\S/ }).waitFor();
      await again();
      assert.equal(await given.count(), 2, 'a file that was merged twice counts twice, or nothing was kept');
      const all = JSON.parse((await saved(page, 'file')).text);
      assert.deepEqual(all.answers.map((/** @type {Answer} */ one) => one.by).sort(), ['', 'Inès', 'Noé']);
    },
  },
  {
    name: 'a file that is no worksheet is refused by name, and changes nothing',
    async run({ page, go, longest }) {
      await go(longest('coplanning'));
      await answer(page, 0, HERS);
      const good = await saved(page, 'file');
      const elsewhere = JSON.stringify({ ...JSON.parse(good.text), page: 'ailleurs' });
      const newer = JSON.stringify({ ...JSON.parse(good.text), version: 2 });
      for (const text of ['', 'pas du JSON', '[]', '{"format":"autre"}', good.text.slice(0, -20), newer, elsewhere]) {
        await open(page, 'resume', [{ name: 'bizarre.json', text }]);
        const wrong = page.locator('.worksheet .wrong p');
        await wrong.filter({ hasText: 'bizarre.json' }).waitFor();
        assert.equal(await area(page, 0).inputValue(), HERS);
        await page.locator('.worksheet .wrong').evaluate((box) => box.replaceChildren());
      }
    },
  },
  {
    name: 'a worksheet prints filled, and blank for those who ask',
    async run({ page, go, longest }) {
      await page.addInitScript(() => { globalThis.print = () => { /** @type {any} */ (globalThis).printed = document.documentElement.className; }; });
      await go(longest('coplanning'));
      const text = `écrit ${'longuement '.repeat(60)}jusqu’au bout`;
      await answer(page, 0, text);
      assert.ok(squeezed(printed(await page.pdf())).includes(squeezed(text)), 'the answer is not printed whole');
      await page.locator('[data-do=blank]').click();
      assert.match(await page.evaluate(() => /** @type {any} */ (globalThis).printed), /\bblank\b/);
      assert.ok(!squeezed(printed(await page.pdf())).includes(squeezed('longuement')), 'the blank form is not blank');
      await page.evaluate(() => dispatchEvent(new Event('afterprint')));
      assert.ok(squeezed(printed(await page.pdf())).includes(squeezed('jusqu’au bout')), 'answers stay away after a blank form');
      assert.equal(await area(page, 0).inputValue(), text);
    },
  },
  {
    name: 'two windows on one worksheet lose nothing of each other',
    async run({ page, site, go, longest }) {
      await go(longest('coplanning'));
      const other = await page.context().newPage();
      await other.goto(site.origin + longest('coplanning'));
      await area(other, 1).waitFor();
      await answer(page, 0, 'ici');
      await other.waitForFunction(() => document.querySelector('textarea')?.value === 'ici');
      await area(other, 1).fill('là');
      await page.waitForFunction(() => document.querySelectorAll('textarea')[1]?.value === 'là');
      assert.equal(await area(page, 0).inputValue(), 'ici');
    },
  },
];

/** @param {Page} page @param {number} at */
function area(page, at) {
  return page.locator('section.question textarea').nth(at);
}

/** Writes an answer, and waits until this browser keeps it. @param {Page} page @param {number} at @param {string} text */
async function answer(page, at, text) {
  await area(page, at).fill(text);
  await page.waitForFunction((wanted) => Object.entries(localStorage).some(([key, value]) => (
    key.startsWith('boussole-worksheet:') && value.includes(JSON.stringify(wanted)))), text);
}

/** The file that a button offers. @param {Page} page @param {string} what */
async function saved(page, what) {
  const [download] = await Promise.all([page.waitForEvent('download'), page.locator(`[data-do=${what}]`).click()]);
  return { name: download.suggestedFilename(), text: readFileSync(await download.path(), 'utf8') };
}

/** @param {Page} page @param {string} name @param {{ name: string, text: string }[]} files */
function open(page, name, files) {
  return page.locator(`.worksheet [name=${name}]`).setInputFiles(files.map((file) => ({
    name: file.name, mimeType: 'application/json', buffer: Buffer.from(file.text),
  })));
}

/** A file with other answers. @param {string} text @param {(answer: Answer) => Answer} change */
function changed(text, change) {
  const file = JSON.parse(text);
  return JSON.stringify({ ...file, answers: file.answers.map(change) });
}

/** The id that `guide.json` gives the page at `address`. @param {string} folder @param {string} address */
function idOf(folder, address) {
  /** @type {{ pages: { id: string, url: string }[] }} */
  const guide = JSON.parse(readFileSync(join(folder, 'guide.json'), 'utf8'));
  return guide.pages.find(({ url }) => url === address)?.id;
}

/** @param {Buffer} paper */
function printed(paper) {
  return execFileSync('pdftotext', ['-', '-'], { input: paper, encoding: 'utf8' });
}

/** @param {string} text */
function squeezed(text) {
  return text.normalize('NFKC').replace(/[\s\u00AD\u2010-]/g, '');
}
