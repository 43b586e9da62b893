// Reading with a keyboard and a pointer: the focus, the menu, definitions, the ground, the contents of a page.

import assert from 'node:assert/strict';

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('../journeys.mjs').Journey[]} */
export const journeys = [
  {
    name: 'the link to the content comes first, shows itself, and works',
    async run({ page, go, longest }) {
      await go(longest('role'));
      await page.keyboard.press('Tab');
      const skip = page.locator('a.skip:focus');
      const target = await skip.getAttribute('href');
      assert.ok(((await skip.boundingBox())?.y ?? -1) >= 0, 'the link is outside the window');
      await skip.press('Enter');
      assert.equal(new URL(page.url()).hash, target);
      await page.keyboard.press('Tab');
      assert.ok(await page.evaluate(() => document.activeElement?.closest('main')), 'the next stop is not in the content');
    },
  },
  ...[1280, 320].map((width) => ({
    name: `whatever has the focus shows it, ${width} px wide`,
    with: { viewport: { width, height: 700 }, reducedMotion: /** @type {const} */ ('reduce') },
    /** @param {import('../journeys.mjs').Trip} trip */
    async run({ page, go, longest }) {
      for (const kind of ['role', 'coplanning']) {
        await go(longest(kind));
        await stopsShow(page);
      }
    },
  })),
  {
    name: 'the menu of a small screen opens, is gone through and closes by keyboard',
    with: { viewport: { width: 320, height: 700 } },
    async run({ page, go }) {
      await go('/');
      const menu = page.locator('.main-menu details');
      const first = menu.locator('a').first();
      assert.equal(await first.isVisible(), false);
      await menu.locator('summary').focus();
      await page.keyboard.press('Enter');
      await first.waitFor({ state: 'visible' });
      await page.keyboard.press('Tab');
      assert.ok(await first.evaluate((link) => link === document.activeElement), 'the first link is not the next stop');
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Space');
      await first.waitFor({ state: 'hidden' });
    },
  },
  {
    name: 'a term shows what it means to the pointer, stays under it, and goes with Escape',
    async run({ page, go, longest }) {
      await go(longest('role'));
      const term = page.locator('main .text a.term').first();
      const preview = page.locator('.preview');
      await term.scrollIntoViewIfNeeded();
      await term.hover();
      await preview.waitFor({ state: 'visible' });
      assert.ok((await preview.innerText()).trim().length > 20, 'it says next to nothing');
      const box = await preview.boundingBox();
      assert.ok(box);
      await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 8 });
      await staysFor(page, 600);
      assert.equal(await preview.isVisible(), true, 'it does not let the pointer come to it');
      await page.keyboard.press('Escape');
      await preview.waitFor({ state: 'hidden' });
      await page.mouse.move(2, 2);
      await term.hover();
      await preview.waitFor({ state: 'visible' });
      await page.mouse.move(2, 2, { steps: 8 });
      await preview.waitFor({ state: 'hidden' });
    },
  },
  ...[1280, 320].map((width) => ({
    name: `a term shows what it means to the keyboard, within ${width} px`,
    with: { viewport: { width, height: 700 } },
    /** @param {import('../journeys.mjs').Trip} trip */
    async run({ page, go, longest }) {
      await go(longest('role'));
      const preview = page.locator('.preview');
      await tabTo(page, 'main .text a.term');
      await preview.waitFor({ state: 'visible' });
      const term = page.locator('main .text a.term:focus');
      assert.equal(await term.getAttribute('aria-describedby'), await preview.getAttribute('id'));
      const box = await preview.boundingBox();
      assert.ok(box && box.x >= 0 && box.x + box.width <= width, 'it does not fit the window');
      await page.keyboard.press('Escape');
      await preview.waitFor({ state: 'hidden' });
      assert.equal(await term.count(), 1, 'the focus is lost');
      await page.keyboard.press('Shift+Tab');
      await page.keyboard.press('Tab');
      await preview.waitFor({ state: 'visible' });
      await page.keyboard.press('Shift+Tab');
      await preview.waitFor({ state: 'hidden' });
    },
  })),
  ...[{ system: /** @type {const} */ ('light'), chosen: 'dark' }, { system: /** @type {const} */ ('dark'), chosen: 'light' }].map(({ system, chosen }) => ({
    name: `the ${chosen} ground that a reader chose is there before anything is drawn, and not on paper`,
    with: { colorScheme: system },
    /** @param {import('../journeys.mjs').Trip} trip */
    async run({ page, go, again, longest }) {
      // What was chosen, and the ground, when the page's first element comes.
      await page.addInitScript(() => new MutationObserver((_, observer) => {
        if (!document.body) return;
        /** @type {any} */ (globalThis).early = document.documentElement.dataset.theme ?? 'none';
        observer.disconnect();
      }).observe(document, { childList: true, subtree: true }));
      const early = () => page.evaluate(() => String(/** @type {any} */ (globalThis).early));
      await go('/');
      const before = await groundOf(page);
      assert.equal(await early(), 'none');
      const button = page.locator('.theme-switch');
      await button.focus();
      await page.keyboard.press('Space');
      assert.equal(await button.getAttribute('aria-pressed'), String(chosen === 'dark'));
      const after = await groundOf(page);
      assert.notEqual(after, before);
      await again();
      assert.equal(await early(), chosen);
      await go(longest('role'));
      assert.equal(await early(), chosen);
      assert.equal(await groundOf(page), after);
      await page.emulateMedia({ media: 'print' });
      assert.match(await groundOf(page), /rgb\(25[0-5], 25[0-5], 25[0-5]\)|rgba\(0, 0, 0, 0\)/, 'paper is not white');
      await page.emulateMedia({ media: 'screen' });
      await page.locator('.theme-switch').click();
      assert.equal(await groundOf(page), before);
    },
  })),
  {
    name: 'the contents of a page say which heading is being read',
    async run({ page, go, longest }) {
      await go(longest('role'));
      const links = page.locator('.contents a');
      assert.ok(await links.count() > 2);
      await links.nth(2).click();
      await links.nth(2).and(page.locator('[aria-current]')).waitFor();
      assert.equal(await page.locator('.contents a[aria-current]').count(), 1);
    },
  },
];

/** Goes through all stops of `page` by Tab; each must be in the window, have a frame, and not be covered. @param {Page} page */
async function stopsShow(page) {
  const stops = new Set();
  for (let at = 0; at < 500; at++) {
    await page.keyboard.press('Tab');
    const stop = await page.evaluate(stopAtHand);
    if (!stop || stops.has(stop.name)) break;
    stops.add(stop.name);
    assert.ok(stop.framed, `${stop.name}: nothing shows that it has the focus`);
    assert.ok(stop.seen, `${stop.name}: it has the focus outside the window, or under something else`);
  }
  assert.ok(stops.size > 20, `only ${stops.size} stops`);
}

/** What has the focus. Runs in the page. */
function stopAtHand() {
  const element = document.activeElement;
  if (!element || element === document.body) return undefined;
  const index = [...document.querySelectorAll('*')].indexOf(element);
  const style = getComputedStyle(element);
  const framed = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
  const seen = [...element.getClientRects()].some(({ left, right, top, bottom }) => [0.1, 0.5, 0.9].some((part) => {
    const top1 = document.elementFromPoint(left + (right - left) * part, top + (bottom - top) * part);
    return top1 && (element.contains(top1) || top1.contains(element));
  }));
  return { name: `${element.localName} ${index} “${element.textContent?.trim().slice(0, 40)}”`, framed, seen };
}

/** Presses Tab until something that `selector` names has the focus. @param {Page} page @param {string} selector */
async function tabTo(page, selector) {
  for (let at = 0; at < 200; at++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  assert.fail(`Tab does not lead to ${selector}`);
}

/** Lets time pass in which nothing must happen. @param {Page} page @param {number} milliseconds */
function staysFor(page, milliseconds) {
  return page.evaluate((wait) => new Promise((done) => { setTimeout(done, wait); }), milliseconds);
}

/** @param {Page} page */
function groundOf(page) {
  return page.evaluate(() => {
    const [body, root] = [document.body, document.documentElement].map((element) => getComputedStyle(element).backgroundColor);
    return body === 'rgba(0, 0, 0, 0)' ? root : body;
  });
}
