// What `init --ci` writes, as the forges' own rules see it: GitHub's parser of workflows, which Forgejo's follows, and
// the schema that GitLab publishes.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
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
