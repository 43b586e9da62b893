// The guide without scripts: everything is there but the search, and nothing that would not work.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';

import { coverOf, redirects } from '../pages.mjs';
import { headerRules } from '../site.mjs';

const PLAIN = { javaScriptEnabled: false };

/** @type {import('../journeys.mjs').Journey[]} */
export const journeys = [
  {
    name: 'without scripts one goes from the home page to a role, to a term and back by the breadcrumb',
    with: PLAIN,
    async run({ page, site, pages }) {
      const addresses = (/** @type {string} */ kind) => new Set(pages.filter((one) => one.kind === kind).map((one) => one.address));
      const roles = addresses('role');
      const terms = addresses('term');
      await page.goto(`${site.origin}/`);
      const role = await firstLink(page, 'main a[href]', roles);
      await page.locator(`main a[href="${role}"]`).first().click();
      const term = await firstLink(page, 'main a.term', terms);
      await page.locator(`main a.term[href="${term}"]`).first().click();
      assert.equal(new URL(page.url()).pathname, term);
      const crumbs = page.locator('.breadcrumb a');
      await crumbs.last().click();
      assert.equal(await page.locator(`main a[href="${term}"]`).count() > 0, true, 'the glossary does not lead to its term');
      await page.locator('.breadcrumb a').first().click();
      assert.equal(new URL(page.url()).pathname, '/');
    },
  },
  {
    name: 'without scripts every facet is shown, and no button, field or switch',
    with: PLAIN,
    async run({ page, site, pages }) {
      for (const { address } of coverOf(pages.filter(({ html }) => !redirects(html)))) {
        await page.goto(site.origin + address);
        const facets = page.locator('.facet');
        assert.equal(await page.locator('.facet:visible').count(), await facets.count(), `${address}: a facet is not shown`);
        const dead = await page.locator(':is(button, input, select, textarea, [role=button], [role=tab], dialog):visible:not(:disabled)').evaluateAll((found) => found.map((element) => element.outerHTML.slice(0, 80)));
        assert.deepEqual(dead, [], address);
      }
      site.answers.length = 0;
    },
  },
  {
    name: 'without scripts a coplanning page prints as a form to fill by hand',
    with: PLAIN,
    async run({ page, site, longest }) {
      await page.goto(site.origin + longest('coplanning'));
      await page.emulateMedia({ media: 'print' });
      const prompts = page.locator('section.question .prompts > li');
      assert.ok(await prompts.count() > 2);
      for (const prompt of await prompts.all()) {
        const room = await prompt.evaluate((item) => {
          const range = document.createRange();
          range.selectNodeContents(item);
          const drawn = [...item.querySelectorAll('*')].reduce((sum, one) => sum + one.getBoundingClientRect().height, 0);
          return item.getBoundingClientRect().height + parseFloat(getComputedStyle(item).marginBottom) - Math.max(range.getBoundingClientRect().height, drawn);
        });
        assert.ok(room > 30, `no room to write under “${await prompt.textContent()}”`);
      }
      const printed = execFileSync('pdftotext', ['-', '-'], { input: await page.pdf(), encoding: 'utf8' }).replace(/\s/g, '');
      const first = (await prompts.first().innerText()).replace(/\s/g, '');
      assert.ok(printed.includes(first.slice(0, 30)), 'its prompts are not printed');
    },
  },
  {
    name: 'every page says its policy itself, as strictly as the headers, for hosts that send none',
    with: PLAIN,
    async run({ site, pages }) {
      const sent = headerRules(site.folder).map((rule) => rule.headers['content-security-policy']).find(Boolean);
      assert.ok(sent, '`_headers` has no policy');
      assert.match(sent, /default-src 'none'/);
      assert.match(sent, /script-src 'self'( 'wasm-unsafe-eval')?(;|$)/);
      assert.match(sent, /style-src 'self'(;|$)/);
      assert.doesNotMatch(sent, /unsafe-inline|'unsafe-eval'|data:/);
      // Browsers heed these only where a host sends them.
      const wanted = directives(sent).filter((one) => !/^(frame-ancestors|report-uri|sandbox)\b/.test(one));
      for (const { address, html } of pages) {
        const said = /<meta http-equiv="Content-Security-Policy" content="([^"]*)"/i.exec(html)?.[1];
        assert.ok(said, `${address} says no policy`);
        assert.deepEqual(directives(said.replace(/&#39;|&#x27;/g, "'")), wanted, address);
        assert.doesNotMatch(html, /<style\b|\sstyle="|\son[a-z]+="|="javascript:/i, address);
        assert.doesNotMatch(html.replace(/<script type="application\/ld\+json">.*?<\/script>/gs, ''), /<script(?![^>]*\ssrc=)/i, address);
      }
    },
  },
];

/** @param {string} policy */
function directives(policy) {
  return policy.split(';').map((one) => one.trim()).filter(Boolean).sort();
}

/**
 * The first of the addresses that a link of the page leads to.
 * @param {import('playwright-core').Page} page
 * @param {string} selector
 * @param {Set<string>} addresses
 */
async function firstLink(page, selector, addresses) {
  const links = await page.locator(selector).evaluateAll((found) => found.map((link) => link.getAttribute('href') ?? ''));
  const link = links.find((address) => addresses.has(address));
  assert.ok(link, `${new URL(page.url()).pathname} leads to no such page`);
  return link;
}
