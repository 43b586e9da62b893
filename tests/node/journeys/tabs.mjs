// Facets as tabs, for those who turn them on: each facet keeps its address, can be found, and prints.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('../journeys.mjs').Journey[]} */
export const journeys = [
  {
    name: 'facets stand one under the other until tabs are turned on, which arrows go through',
    async run({ page, go, again, longest }) {
      await go(longest('role'));
      const facets = await page.locator('.facet:visible').count();
      assert.ok(facets > 1);
      await turn(page);
      const tabs = page.locator('[role=tablist] [role=tab]');
      assert.equal(await tabs.count(), facets);
      assert.deepEqual(await chosen(page), [0]);
      await tabs.first().focus();
      for (const [key, at] of /** @type {[string, number][]} */ ([['ArrowRight', 1], ['End', facets - 1], ['ArrowRight', 0], ['ArrowLeft', facets - 1], ['Home', 0]])) {
        await page.keyboard.press(key);
        assert.deepEqual(await chosen(page), [at], key);
        assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('aria-selected')), 'true', key);
      }
      // The switch of the tabs may come first.
      const panel = () => page.evaluate(() => document.activeElement?.closest('[role=tabpanel]')?.id);
      for (let stop = 0; stop < 2 && !await panel(); stop++) await page.keyboard.press('Tab');
      assert.equal(await panel(), await tabs.first().getAttribute('aria-controls'));
      await again();
      assert.deepEqual(await chosen(page), [0], 'the choice is not kept');
      await turn(page);
      assert.equal(await page.locator('[role=tab], [role=tabpanel]').count(), 0);
      assert.equal(await page.locator('.facet:visible').count(), facets);
    },
  },
  {
    name: 'an address of a facet, a link to it and the way back select its tab',
    async run({ page, go, longest }) {
      const address = longest('role');
      await go(address);
      const ids = await page.locator('.facet').evaluateAll((facets) => facets.map((facet) => facet.id));
      await turn(page);
      await go(`${address}#${ids[2]}`);
      await page.reload();
      await page.locator(`#${ids[2]}:visible`).waitFor();
      assert.deepEqual(await chosen(page), [2]);
      await page.locator(`.contents a[href="#${ids[1]}"]`).click();
      await page.locator(`#${ids[1]}:visible`).waitFor();
      assert.deepEqual(await chosen(page), [1]);
      assert.equal(new URL(page.url()).hash, `#${ids[1]}`);
      await page.goBack();
      await page.locator(`#${ids[2]}:visible`).waitFor();
      assert.deepEqual(await chosen(page), [2]);
    },
  },
  {
    name: 'what is in another tab is found by the browser, and is printed',
    async run({ page, go, longest }) {
      const address = longest('role');
      await go(address);
      await turn(page);
      const last = page.locator('.facet').last();
      assert.equal(await last.getAttribute('hidden'), 'until-found');
      const paper = await page.pdf();
      const printed = execFileSync('pdftotext', ['-', '-'], { input: paper, encoding: 'utf8' }).replace(/\s/g, '');
      for (const title of await page.locator('.facet h2').allTextContents()) {
        assert.ok(printed.includes(title.replace(/\s/g, '')), `“${title}” is not printed`);
      }
      const words = (await last.locator('p').first().textContent() ?? '').trim().split(/\s+/).slice(0, 4).join(' ');
      assert.ok(printed.includes(words.replace(/\s/g, '')), `“${words}” is not printed`);
      await go('/404.html');
      await go(`${address}#:~:text=${encodeURIComponent(words)}`);
      await last.and(page.locator(':visible')).waitFor();
      assert.deepEqual(await chosen(page), [await page.locator('.facet').count() - 1]);
    },
  },
];

/** Presses the switch of the tabs. @param {Page} page */
async function turn(page) {
  await page.locator('button.in-tabs').focus();
  await page.keyboard.press('Space');
}

/** The places of the tabs that are selected; their panels, and no other, must be seen. @param {Page} page */
async function chosen(page) {
  const { selected, shown } = await page.evaluate(() => {
    const tabs = [...document.querySelectorAll('[role=tab]')];
    const places = (/** @type {(tab: Element) => unknown} */ is) => tabs.flatMap((tab, at) => (is(tab) ? [at] : []));
    return {
      selected: places((tab) => tab.getAttribute('aria-selected') === 'true'),
      shown: places((tab) => !document.getElementById(tab.getAttribute('aria-controls') ?? '')?.hasAttribute('hidden')),
    };
  });
  assert.deepEqual(shown, selected, 'other panels are shown than are selected');
  return selected;
}
