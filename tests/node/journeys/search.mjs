// The search: opened, asked, gone through and left by keyboard; the same answers however a word is spelled.

import assert from 'node:assert/strict';

/** @typedef {import('playwright-core').Page} Page */

/** One word, as people write it. */
const SPELLINGS = ['équipe', 'equipe', 'équipes', 'l’équipe', "L'ÉQUIPE"];

/** @type {import('../journeys.mjs').Journey[]} */
export const journeys = [
  {
    name: 'the search is opened by its button, gone through with arrows, and gives the focus back',
    async run({ page, go, longest }) {
      await go(longest('role'));
      const opener = page.locator('.to-search');
      await opener.focus();
      await page.keyboard.press('Enter');
      const field = page.locator('dialog.search[open] input[type=search]');
      await field.and(page.locator(':focus')).waitFor();
      await page.keyboard.type('équipe');
      await page.locator('.results li').first().waitFor();
      assert.match(await page.locator('dialog.search [role=status]').innerText(), /^\d+\s/);
      const links = page.locator('.results a');
      await page.keyboard.press('ArrowDown');
      assert.ok(await hasFocus(links.first()), 'the arrow does not lead to the first result');
      await page.keyboard.press('ArrowDown');
      assert.ok(await hasFocus(links.nth(1)), 'the arrow does not lead to the second result');
      await page.keyboard.press('ArrowUp');
      await page.keyboard.press('ArrowUp');
      assert.ok(await hasFocus(field), 'the arrow does not lead back to the field');
      // The first Escape may empty the field, as browsers have it.
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Escape');
      await page.locator('dialog.search').waitFor({ state: 'hidden' });
      assert.ok(await hasFocus(opener), 'the focus does not come back');
    },
  },
  {
    name: 'the search is opened with Ctrl+K, and Enter follows a result, also to a facet',
    async run({ page, site, go }) {
      await ask(page, go, 'coordinateur');
      const facet = page.locator('.results a[href*="#"]').first();
      const address = await facet.getAttribute('href') ?? '';
      await facet.focus();
      await page.keyboard.press('Enter');
      await page.waitForURL(site.origin + address);
      const heading = page.locator(`[id="${decodeURIComponent(new URL(page.url()).hash.slice(1))}"]`);
      await heading.waitFor();
      const top = (await heading.boundingBox())?.y ?? -1;
      assert.ok(top >= 0 && top < (page.viewportSize()?.height ?? 0), 'it does not lead to the facet');
    },
  },
  {
    name: 'a word is found alike with and without accents, in the plural and after an article',
    async run({ page, go }) {
      /** @type {string[][]} */
      const answers = [];
      for (const spelling of SPELLINGS) {
        await ask(page, go, spelling);
        await listed(page);
        answers.push((await results(page)).sort());
      }
      assert.ok(answers[0].length > 0);
      SPELLINGS.forEach((spelling, at) => assert.deepEqual(answers[at], answers[0], `“${spelling}” finds others than “${SPELLINGS[0]}”`));
    },
  },
  {
    name: 'results are limited to a kind and to a theme, and their number is said',
    async run({ page, go }) {
      await ask(page, go, 'communauté');
      await listed(page);
      const status = page.locator('dialog.search [role=status]');
      for (const name of ['kind', 'theme']) {
        const choice = page.locator(`dialog.search select[name=${name}]`);
        const option = choice.locator('option').nth(1);
        const [, label, count] = /^(.*) \((\d+)\)$/.exec(await option.innerText()) ?? [];
        assert.ok(label, `the choices of ${name} say no number`);
        const before = await status.innerText();
        await choice.selectOption({ index: 1 });
        await page.waitForFunction(([was, wanted]) => {
          const now = document.querySelector('dialog.search [role=status]')?.textContent ?? '';
          return now !== was && parseInt(now, 10) === Number(wanted);
        }, [before, count]);
        await listed(page);
        assert.equal((await results(page)).length, Number(count));
        if (name === 'kind') {
          for (const place of await page.locator('.results .place').allInnerTexts()) assert.ok(place.startsWith(label), `${place} is not ${label}`);
        }
        await choice.selectOption({ index: 0 });
        await page.waitForFunction((was) => document.querySelector('dialog.search [role=status]')?.textContent === was, before);
        await listed(page);
      }
    },
  },
  {
    name: 'where nothing is found it is said, and markup in a query is only text',
    async run({ page, go }) {
      const query = '<b>wkwkwk</b>';
      await ask(page, go, query);
      const status = page.locator('dialog.search [role=status]');
      await status.filter({ hasText: query }).waitFor();
      assert.equal(await page.locator('.results li').count(), 0);
      assert.equal(await page.locator('dialog.search img').count(), 0);
      await page.locator('dialog.search input[type=search]').fill('   ');
      await page.waitForFunction(() => document.querySelector('dialog.search [role=status]')?.textContent?.trim() === '');
    },
  },
  {
    name: 'where the index cannot be had, it is said with a way out',
    upset: true,
    async run({ page, go }) {
      await page.route('**/pagefind/**', (route) => route.abort());
      await ask(page, go, 'équipe');
      const alert = page.locator('dialog.search [role=alert]');
      await alert.locator('a').waitFor();
      assert.ok((await alert.innerText()).trim().length > 20);
    },
  },
];

/**
 * Opens the search on the home page and types `query`; waits until something is said.
 * @param {Page} page
 * @param {(address: string) => Promise<void>} go
 * @param {string} query
 */
async function ask(page, go, query) {
  await go('/');
  await page.evaluate(() => sessionStorage.clear());
  await page.keyboard.press('Control+k');
  const field = page.locator('dialog.search[open] input[type=search]');
  await field.waitFor();
  await field.fill(query);
  await page.waitForFunction(() => [...document.querySelectorAll('dialog.search :is([role=status], [role=alert])')].some((said) => said.textContent?.trim()));
}

/** Waits until as many results are listed as are said to be found: ten of them, where there are more. @param {Page} page */
async function listed(page) {
  await page.waitForFunction(() => {
    const said = parseInt(document.querySelector('dialog.search [role=status]')?.textContent ?? '', 10) || 0;
    const more = document.querySelector('dialog.search .more');
    return document.querySelectorAll('.results .title').length === Math.min(said, 10) && more?.hasAttribute('hidden') === said <= 10;
  });
}

/** Where all results lead, page by page. @param {Page} page @returns {Promise<string[]>} */
async function results(page) {
  const titles = page.locator('.results .title');
  const more = page.locator('dialog.search .more');
  while (await more.isVisible()) {
    const shown = await titles.count();
    await more.click();
    await titles.nth(shown).waitFor();
  }
  return titles.evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
}

/** @param {import('playwright-core').Locator} locator @returns {Promise<boolean>} */
function hasFocus(locator) {
  return locator.evaluate((element) => element === document.activeElement);
}
