// What `init --ci` writes, as the forges' own rules see it: GitHub's parser of workflows, which Forgejo's follows, and
// the schema that GitLab publishes.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { register } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

// The parser imports JSON in a way that Node wants to be told of.
register(`data:text/javascript,${encodeURIComponent(`
  export const load = (url, context, next) =>
    next(url, url.endsWith('.json') ? { ...context, importAttributes: { type: 'json' } } : context);
`)}`);
const { NoOperationTraceWriter, convertWorkflowTemplate, parseWorkflow } = await import('@actions/workflow-parser');

/** The file that a forge gets. @param {string} tongue @param {string} forge */
const written = (tongue, forge) => {
  const template = new URL(`../../src/cli/init/ci/${tongue}/${forge}.yml`, import.meta.url);
  return readFileSync(template, 'utf8').replaceAll('{{version}}', '0.1.0').replaceAll('{{rust}}', '1.95');
};

/** What GitHub finds wrong with a workflow. @param {string} content @returns {Promise<string[]>} */
const github = async (content) => {
  const { context, value } = parseWorkflow({ name: 'guide.yml', content }, new NoOperationTraceWriter());
  if (value) await convertWorkflowTemplate(context, value);
  return context.errors.getErrors().map(({ message }) => message);
};

const GITLAB = fileURLToPath(new URL('node_modules/gitlab-ci-local/dist/index.js', import.meta.url));
// It is made for a later version of Node.
const UNION = `data:text/javascript,${encodeURIComponent('Set.prototype.union ??= function (other) { return new Set([...this, ...other]); };')}`;

/** What GitLab would say of a pipeline: the exit status, and the words. @param {string} content */
const gitlab = (content) => {
  const folder = mkdtempSync(join(tmpdir(), 'boussole-'));
  try {
    spawnSync('git', ['init', '--quiet'], { cwd: folder });
    spawnSync('git', ['remote', 'add', 'origin', 'https://gitlab.com/exemple/guide.git'], { cwd: folder });
    writeFileSync(join(folder, '.gitlab-ci.yml'), content);
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', UNION, GITLAB, '--list'], { cwd: folder, encoding: 'utf8' });
    return { status, told: stdout + stderr };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** The commands of the step called `name`. @param {string} workflow @param {string} name */
const commands = (workflow, name) => {
  const lines = workflow.slice(workflow.indexOf(`- name: ${name}\n`)).split('\n');
  const start = lines.findIndex((line) => line.trim() === 'run: |') + 1;
  const end = lines.findIndex((line, at) => at >= start && line !== '' && !line.startsWith('          '));
  return lines.slice(start, end < 0 ? undefined : end).join('\n');
};

/** What a program called boussole is asked for where these commands run. @param {string} script @param {{ [name: string]: string }} env @param {string} settings */
const asked = (script, env, settings) => {
  const home = mkdtempSync(join(tmpdir(), 'boussole-'));
  try {
    const bin = join(home, '.cargo/bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, 'boussole'), '#!/bin/sh\necho "$@"\n', { mode: 0o755 });
    writeFileSync(join(home, 'guide.yaml'), settings);
    const path = `${bin}:${process.env.PATH}`;
    const { stdout, status, stderr } = spawnSync('bash', ['-e', '-c', script], { cwd: home, env: { ...env, HOME: home, PATH: path }, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    return stdout.trim();
  } finally {
    rmSync(home, { recursive: true });
  }
};

test('the address is that of the guide, else the one that the forge gives', () => {
  const build = 'build --strict --output public';
  const github = commands(written('fr', 'github'), 'Construire le site');
  const forgejo = commands(written('fr', 'forgejo'), 'Construire le site');
  const gitlab = /- >-\n( +if grep[^]*?fi)\n/.exec(written('fr', 'gitlab'))?.[1] ?? '';
  const codeberg = 'https://codeberg.org';
  for (const [script, env, settings, expected] of /** @type {[string, any, string, string][]} */ ([
    [github, { OWNER: 'Moi', REPOSITORY: 'Guide' }, '', `${build} --base-url https://moi.github.io/Guide/`],
    [github, { OWNER: 'Moi', REPOSITORY: 'moi.github.io' }, '', `${build} --base-url https://moi.github.io/`],
    [github, { OWNER: 'Moi', REPOSITORY: 'Guide' }, '# base_url: a\nbase_url: https://exemple.org/\n', build],
    [forgejo, { SERVER: codeberg, OWNER: 'Moi', REPOSITORY: 'guide' }, '', `${build} --base-url https://moi.codeberg.page/guide/`],
    [forgejo, { SERVER: codeberg, OWNER: 'Moi', REPOSITORY: 'pages' }, '', `${build} --base-url https://moi.codeberg.page/`],
    [forgejo, { SERVER: codeberg, OWNER: 'Moi', REPOSITORY: 'guide' }, 'base_url: https://exemple.org/\n', build],
    [forgejo, { SERVER: 'https://forge.exemple.org', OWNER: 'Moi', REPOSITORY: 'guide' }, '', build],
    [gitlab, { CI_PAGES_URL: 'https://moi.gitlab.io/guide' }, '# base_url: a\n', `${build} --base-url https://moi.gitlab.io/guide/`],
    [gitlab, { CI_PAGES_URL: 'https://moi.gitlab.io/guide' }, 'base_url: https://exemple.org/\n', build],
  ])) {
    assert.equal(asked(script, env, settings), expected, JSON.stringify([env, settings]));
  }
});

test('what is published is the site alone, in a branch of its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'boussole-'));
  try {
    spawnSync('git', ['init', '--quiet', '--bare', join(folder, 'moi/guide.git')]);
    mkdirSync(join(folder, 'work/public'), { recursive: true });
    writeFileSync(join(folder, 'work/public/index.html'), 'un guide');
    writeFileSync(join(folder, 'work/public/.gitignore'), '*');
    const env = { PATH: process.env.PATH, HOME: folder, SERVER: `file://${folder}`, NAME: 'moi/guide', TOKEN: 'secret', COMMIT: 'abc' };
    for (const _ of [1, 2]) {
      rmSync(join(folder, 'work/public/.git'), { recursive: true, force: true });
      const script = commands(written('fr', 'forgejo'), 'Publier');
      const { status, stderr } = spawnSync('bash', ['-e', '-c', script], { cwd: join(folder, 'work'), env, encoding: 'utf8' });
      assert.equal(status, 0, stderr);
    }
    const { stdout } = spawnSync('git', ['--git-dir', join(folder, 'moi/guide.git'), 'ls-tree', '--name-only', 'pages'], { encoding: 'utf8' });
    assert.equal(stdout, '.gitignore\nindex.html\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

for (const tongue of ['fr', 'en']) {
  for (const forge of ['github', 'forgejo']) {
    test(`the workflow for ${forge} is one (${tongue})`, async () => {
      const workflow = written(tongue, forge);
      assert.deepEqual(await github(workflow), []);
      for (const [sound, broken] of [['runs-on', 'run-on'], ['needs: check', 'needs: other'], ['  - uses:', '  - use:'], ['github.ref', 'github ref']]) {
        if (forge === 'forgejo' && sound.startsWith('needs')) continue;
        assert.notDeepEqual(await github(workflow.replace(sound, broken)), [], broken);
      }
    });
  }

  test(`the pipeline for gitlab is one (${tongue})`, () => {
    const pipeline = written(tongue, 'gitlab');
    const { status, told } = gitlab(pipeline);
    assert.equal(status, 0, told);
    assert.match(told, /json schema validated/);
    for (const [sound, broken] of [['interruptible: true', 'interruptible: always'], ['resource_group:', 'resource-group:'], ['stages: [check, publish]', 'stages: [check]']]) {
      assert.notEqual(gitlab(pipeline.replace(sound, broken)).status, 0, broken);
    }
  });
}
