// Takes pictures of pages of a built guide, as a desk and a telephone show them.
//
//     node tests/node/screenshots.mjs public target/screenshots / /roles/
//
// Without addresses: the home page.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { browse, serve } from './site.mjs';

const WINDOWS = { desk: '1280,900', telephone: '500,1000' };
const [folder = 'public', pictures = 'target/screenshots', ...addresses] = process.argv.slice(2);

mkdirSync(pictures, { recursive: true });
const site = await serve(folder);
try {
  for (const address of addresses.length > 0 ? addresses : ['/']) {
    for (const [window, size] of Object.entries(WINDOWS)) {
      const name = address.replace(/^\/|\/$/g, '').replace(/\W+/g, '-') || 'accueil';
      const picture = join(pictures, `${name}-${window}.png`);
      await browse(`--window-size=${size}`, `--screenshot=${picture}`, site.origin + address);
      console.log(picture);
    }
  }
} finally {
  site.close();
}
