/** Every hook of one pushed template, through the whole life of a job. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, type TestContext } from 'node:test';
import { aLoggedInRollcall } from '../cli/rollcall.ts';
import { itWithPython } from '../python/runPython.ts';
import { aJob } from '../support/aJob.ts';
import { onEmbedded, startFarm } from '../support/startFarm.ts';

/** Templates of this folder print a line for each call: hook, key, and what else they were given. */
const templates = join(import.meta.dirname, '../support/templates');

/** Lets a job live through everything; `file` is pushed for it as a studio does it. */
async function liveThroughAll(t: TestContext, file: string, templateId: number): Promise<void> {
  const farm = await startFarm(t);
  const rollcall = await aLoggedInRollcall(t, farm.url);
  const pushed = await rollcall.run(['templates', 'push', join(templates, file)]);
  assert.equal(pushed.code, 0, pushed.stderr);
  await farm.addUser('ada');
  // As long as a process takes templates for unchanged.
  farm.clock.advance(6_000);
  const keys = new Set<string>();
  const heardAfter = async (what: () => Promise<unknown>): Promise<string[]> => {
    await what();
    await farm.drain();
    return farm.logged.splice(0).flatMap(({ event, output }) => {
      if (event !== 'hook-printed') return [];
      const [hook = '', key = '', ...given] = String(output).trim().split('|');
      keys.add(key);
      return [[hook, ...given].join(' ')];
    });
  };
  const submit = (project: string) =>
    farm.admin.jobSubmit({ job: aJob(1, { templateId, name: 'shot 10', project }) });

  let id = 0;
  assert.deepEqual(
    await heardAfter(() =>
      assert.rejects(submit(''), {
        code: 'hook-refused',
        message: /every job needs a project/,
      }),
    ),
    [
      'onDispatcherOverrideImpersonationUser 1 shot 10 queued admin',
      'onValidateJobSubmission 1 shot 10 queued',
    ],
  );
  assert.deepEqual(
    await heardAfter(async () => {
      ({ id } = await submit('Rome'));
    }),
    [
      'onDispatcherOverrideImpersonationUser 2 shot 10 queued admin',
      'onValidateJobSubmission 2 shot 10 queued',
      'onSubmitJob 2 shot 10 waiting',
      'onValidateJobDependancies 2 shot 10 waiting',
      'onValidateChunkDependancies 2 shot 10 queued chunk 1',
    ],
  );
  assert.equal((await farm.admin.jobGet({ id })).job.owner, 'ada');
  assert.deepEqual(await heardAfter(() => farm.admin.jobEdit({ id, changes: { name: 'shot 11' } })), [
    'onEditJob 2 shot 11 waiting',
    'onJobPropertiesChanged 2 shot 11 waiting',
    'onValidateJobDependancies 2 shot 11 waiting',
  ]);
  assert.deepEqual(await heardAfter(() => farm.admin.jobEdit({ id, changes: { paused: true } })), [
    'onJobPropertiesChanged 2 shot 11 queued',
  ]);
  assert.deepEqual(await heardAfter(() => farm.admin.jobEdit({ id, changes: { paused: false } })), [
    'onJobPropertiesChanged 2 shot 11 queued',
  ]);

  const node = await farm.addNode('alpha');
  assert.deepEqual(await heardAfter(() => node.claim()), ['onJobStart 2 shot 11 in-progress']);
  const [failure] = (await farm.admin.templateGetHookFailures({})).failures;
  assert.deepEqual([failure?.hook, failure?.count, failure?.isGivenUp], ['onJobStart', 1, false]);
  assert.match(failure?.message ?? '', /^it ended its process \(exit code 1\)$/);
  const rendered = async () => {
    for (let work = node.work; work !== null && work.assignment.jobId === id; work = await node.report());
  };
  // What comes after the start waits for it.
  assert.deepEqual(await heardAfter(rendered), []);
  farm.clock.advance(31_000);
  assert.deepEqual(await heardAfter(async () => {}), [
    'onJobStart 2 shot 11 in-progress',
    'onJobEnd 2 shot 11 completed',
    'onJobCompleted 2 shot 11 completed',
  ]);
  const { jobs } = await farm.admin.jobGetList({});
  assert.deepEqual(
    jobs.map(({ name, owner }) => [name.slice(0, 18), owner]),
    [
      ['shot 11', 'ada'],
      ['preview of shot 11', 'ada'],
    ],
  );
  assert.deepEqual((await farm.admin.templateGetHookFailures({})).failures, []);

  assert.deepEqual(await heardAfter(() => farm.admin.jobReinit({ id })), [
    'onReinitJob 2 shot 11 waiting',
    'onValidateJobDependancies 2 shot 11 waiting',
    'onValidateChunkDependancies 2 shot 11 queued chunk 1',
  ]);
  assert.deepEqual(await heardAfter(() => farm.admin.jobDelete({ id })), ['onDeleteJob 2 shot 11 deleting']);
  farm.clock.advance(600_000);
  assert.deepEqual(await heardAfter(() => farm.tick()), ['onDispatcherIdling']);

  assert.deepEqual(
    [...keys].map((key) => key.replace(/\d+:(?=on)/, 'version:')),
    [
      '1:1:version:onDispatcherOverrideImpersonationUser',
      '1:1:version:onValidateJobSubmission',
      '2:1:version:onDispatcherOverrideImpersonationUser',
      '2:1:version:onValidateJobSubmission',
      '2:1:version:onSubmitJob',
      '2:1:version:onValidateJobDependancies',
      '2:1:0:version:onValidateChunkDependancies',
      '2:1:version:onEditJob',
      '2:1:version:onJobPropertiesChanged',
      '2:1:version:onValidateJobDependancies',
      '2:1:version:onJobPropertiesChanged',
      '2:1:version:onJobPropertiesChanged',
      '2:1:version:onJobStart',
      '2:1:version:onJobEnd',
      '2:1:version:onJobCompleted',
      '2:2:version:onReinitJob',
      '2:2:version:onValidateJobDependancies',
      '2:2:0:version:onValidateChunkDependancies',
      '2:3:version:onDeleteJob',
      `${templateId}:2026-01-01T00:10:00.000Z:onDispatcherIdling`,
    ],
  );
}

describe('a template with every hook', () => {
  onEmbedded('in TypeScript hears of a whole life, in order and each transition under one key', async (t) => {
    await liveThroughAll(t, 'everyHook.ts', 2_400);
  });
  itWithPython('in Python hears of a whole life, in order and each transition under one key', async (t) => {
    await liveThroughAll(t, 'everyHook.py', 2_401);
  });
});
