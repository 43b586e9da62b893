// Checks every HTML and SVG file of a folder with the Nu HTML checker.
//
//     node tests/node/html-check.mjs public
//
// Exit status: 0 nothing found; 1 something found, listed as path:line:column; 2 the checker did not run.

import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is accepted: `{ message: /…/, why: '…' }`. Empty is best; an entry that matches nothing is reported. */
const ACCEPTED = [
  {
    message: /^The “figure” role is unnecessary for element “figure”\.$/,
    why: 'RGAA 1.9 asks for it, with the caption as name, for screen readers that do not know the element',
  },
  {
    message: /violates Content Security Policy/,
    why: 'files have no origin here, and data is no script; a browser under the policy is asked in the other checks',
  },
];

const folder = process.argv[2] ?? '';
if (!existsSync(folder)) {
  stop(folder ? `there is no folder \`${folder}\`` : 'usage: node html-check.mjs FOLDER');
}
const checked = readdirSync(folder, { recursive: true }).map(String).filter((name) => /\.(html|svg)$/.test(name));
if (checked.length === 0) {
  stop(`\`${folder}\` holds no page`);
}
report(messagesOf(folder));

/**
 * What the checker says of a place.
 * @typedef {{ url?: string, lastLine?: number, firstColumn?: number, lastColumn?: number, type: string, subType?: string, message: string, extract?: string }} Message
 */

/** The checker's messages on all pages and drawings under `folder`. @param {string} folder @returns {Message[]} */
function messagesOf(folder) {
  const jar = String(createRequire(import.meta.url)('vnu-jar'));
  const options = ['-Xss4m', '-jar', jar, '--format', 'json', '--stdout', '--also-check-svg', '--skip-non-html', folder];
  const run = spawnSync('java', options, { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (run.error) {
    stop(`java did not start: ${run.error.message}`);
  }
  try {
    return JSON.parse(run.stdout).messages;
  } catch {
    stop(`the checker gave no report: ${run.stderr || run.stdout}`);
  }
}

/** @param {Message[]} messages */
function report(messages) {
  const used = new Set();
  const left = messages.filter((message) => {
    const accepted = ACCEPTED.find((entry) => entry.message.test(message.message));
    used.add(accepted);
    return !accepted;
  });
  left.map(lineOf).sort().forEach((line) => console.log(line));
  const unused = ACCEPTED.filter((entry) => !used.has(entry));
  unused.forEach((entry) => console.log(`accepted, but no longer found: ${entry.message}`));
  const errors = left.filter((message) => message.type === 'error').length;
  console.log(`html: ${checked.length} files, ${errors} errors, ${left.length - errors} warnings`);
  process.exitCode = left.length + unused.length > 0 ? 1 : 0;
}

/** @param {Message} message */
function lineOf({ url, lastLine, firstColumn, lastColumn, type, subType, message, extract }) {
  const path = url?.startsWith('file:') ? relative(process.cwd(), fileURLToPath(url)) : (url ?? folder);
  const excerpt = extract ? `\n    ${extract.trim().replace(/\s+/g, ' ')}` : '';
  return `${path}:${lastLine ?? 1}:${firstColumn ?? lastColumn ?? 1}: ${subType ?? type}: ${message}${excerpt}`;
}

/** @param {string} reason @returns {never} */
function stop(reason) {
  console.error(`html-check: ${reason}`);
  process.exit(2);
}
