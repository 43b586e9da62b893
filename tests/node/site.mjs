// A folder served as a site, and a browser without a window to look at it.

import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join, normalize } from 'node:path';
import { promisify } from 'node:util';

const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json',
  '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg', '.webp': 'image/webp', '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8', '.xml': 'application/xml', '.woff2': 'font/woff2', '.wasm': 'application/wasm',
};
const BROWSERS = ['chromium', 'chromium-browser', 'google-chrome', '/Applications/Chromium.app/Contents/MacOS/Chromium'];
const run = promisify(execFile);

/** Serves `folder`, with `headers`, until `close()`; `missing` gathers the paths that were asked for in vain. */
export async function serve(folder, headers = {}) {
  const missing = new Set();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://localhost').pathname);
    const file = fileAt(folder, path);
    if (!file) missing.add(path);
    const type = TYPES[extname(file ?? '')] ?? 'application/octet-stream';
    response.writeHead(file ? 200 : 404, { ...headers, 'content-type': type });
    response.end(file ? readFileSync(file) : '');
  });
  await new Promise((ready) => server.listen(0, '127.0.0.1', ready));
  const origin = `http://127.0.0.1:${server.address().port}`;
  return { origin, missing, close: () => { server.closeAllConnections(); server.close(); } };
}

function fileAt(folder, path) {
  const file = join(folder, normalize(path), path.endsWith('/') ? 'index.html' : '');
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
}

/** Runs the first browser found with `options`, and returns what it printed. */
export async function browse(...options) {
  const profile = mkdtempSync(join(tmpdir(), 'browser-'));
  const always = ['--headless', '--disable-gpu', '--hide-scrollbars', '--no-first-run', `--user-data-dir=${profile}`];
  // The sandbox refuses to start for root, as which containers run.
  if (process.getuid?.() === 0) always.push('--no-sandbox');
  try {
    for (const browser of BROWSERS) {
      try {
        return (await run(browser, [...always, ...options], { maxBuffer: 1 << 28, timeout: 120_000 })).stdout;
      } catch (error) {
        if (error.code !== 'ENOENT') throw error;
      }
    }
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  throw new Error(`no browser found: ${BROWSERS.join(', ')}`);
}
