// A folder served as hosts serve it: compressed, with the headers of its `_headers`, and with its own page for what is not there.

import { existsSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { gzipSync } from 'node:zlib';

/** @type {Record<string, string>} */
const TYPES = {
  '.html': 'text/html; charset=utf-8', '.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json', '.svg': 'image/svg+xml', '.png': 'image/png', '.jpg': 'image/jpeg', '.jpeg': 'image/jpeg',
  '.gif': 'image/gif', '.webp': 'image/webp', '.ico': 'image/x-icon', '.txt': 'text/plain; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8', '.md': 'text/markdown; charset=utf-8', '.xml': 'application/xml',
  '.webmanifest': 'application/manifest+json', '.wasm': 'application/wasm', '.pdf': 'application/pdf',
  '.woff2': 'font/woff2', '.mp3': 'audio/mpeg', '.mp4': 'video/mp4', '.webm': 'video/webm', '.vtt': 'text/vtt',
};
const COMPRESSED = /^(text\/|image\/svg|application\/(json|xml|wasm|manifest))/;

/**
 * What was answered: the path, its bytes as they travelled, and what for (`document`, `style`, `script`, `module` …).
 * @typedef {{ path: string, status: number, bytes: number, use: string }} Answer
 *
 * A folder being served. `before` may hold an answer back; nothing is kept by browsers while `isNew`.
 * @typedef {object} Site
 * @property {string} folder
 * @property {string} origin
 * @property {Answer[]} answers
 * @property {(path: string, use: string) => Promise<void> | void} before
 * @property {boolean} isNew
 * @property {() => Set<string>} missing the paths asked for in vain
 * @property {() => void} close
 */

/**
 * Serves `folder` until `close()`, on any free port or on `port`.
 * @param {string} folder
 * @param {number} [port]
 * @returns {Promise<Site>}
 */
export async function serve(folder, port = 0) {
  const rules = headerRules(folder);
  /** @type {Map<string, Buffer>} */
  const packed = new Map();
  /** @type {Answer[]} */
  const answers = [];
  /** @type {Site} */
  const site = {
    folder, answers, origin: '', isNew: false, before: () => {}, close: () => {},
    missing: () => new Set(answers.filter((answer) => answer.status === 404).map((answer) => answer.path)),
  };
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://localhost').pathname);
    const use = useOf(request.headers);
    await site.before(path, use);
    const found = fileAt(folder, path);
    const file = found ?? fileAt(folder, '/404.html');
    const type = TYPES[extname(file ?? '')] ?? 'application/octet-stream';
    const pack = COMPRESSED.test(type) && /\bgzip\b/.test(String(request.headers['accept-encoding']));
    const body = file ? (pack ? packedOf(file, packed) : readFileSync(file)) : Buffer.alloc(0);
    const status = found ? 200 : 404;
    answers.push({ path, status, bytes: body.length, use });
    response.writeHead(status, {
      ...headersFor(path, rules), 'content-type': type, 'content-length': body.length,
      ...(pack ? { 'content-encoding': 'gzip' } : {}), ...(site.isNew ? { 'cache-control': 'no-store' } : {}),
    });
    response.end(body);
  });
  await new Promise((ready) => { server.listen(port, '127.0.0.1', () => ready(undefined)); });
  const address = server.address();
  site.origin = `http://127.0.0.1:${address && typeof address === 'object' ? address.port : port}`;
  site.close = () => { server.closeAllConnections(); server.close(); };
  return site;
}

/** The bytes of `file`, compressed once. @param {string} file @param {Map<string, Buffer>} packed */
function packedOf(file, packed) {
  const known = packed.get(file) ?? gzipSync(readFileSync(file), { level: 9 });
  packed.set(file, known);
  return known;
}

/** What a browser asks for, in its own words. @param {import('node:http').IncomingHttpHeaders} headers */
function useOf(headers) {
  const use = String(headers['sec-fetch-dest'] ?? 'unknown');
  return use === 'script' && headers['sec-fetch-mode'] === 'cors' ? 'module' : use;
}

/** @param {string} folder @param {string} path */
function fileAt(folder, path) {
  const file = join(folder, normalize(path), path.endsWith('/') ? 'index.html' : '');
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? file : undefined;
}

/**
 * The rules of `_headers`: addresses with `*`, each followed by its headers, indented.
 * @param {string} folder
 */
export function headerRules(folder) {
  const file = join(folder, '_headers');
  /** @type {{ pattern: RegExp, headers: Record<string, string> }[]} */
  const rules = [];
  for (const line of existsSync(file) ? readFileSync(file, 'utf8').split('\n') : []) {
    const [, name, value] = /^\s+([\w-]+):\s*(.*)$/.exec(line) ?? [];
    const rule = rules.at(-1);
    if (name && rule) {
      rule.headers[name.toLowerCase()] = value;
    } else if (/^\S/.test(line) && !line.startsWith('#')) {
      const pattern = line.trim().split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*');
      rules.push({ pattern: new RegExp(`^${pattern}$`), headers: {} });
    }
  }
  return rules;
}

/** @param {string} path @param {ReturnType<typeof headerRules>} rules */
function headersFor(path, rules) {
  return Object.assign({}, ...rules.filter((rule) => rule.pattern.test(path)).map((rule) => rule.headers));
}
