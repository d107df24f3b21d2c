import assert from 'node:assert/strict';
import { describe } from 'node:test';
import type { HookCall, HookFunctions, Template } from '../../../shared/contract/hooks.ts';
import { commandTemplate } from '../../../templates/command.ts';
import { aJob } from '../../support/aJob.ts';
import { assertRefused } from '../../support/refusal.ts';
import { onEmbedded, startFarm } from '../../support/startFarm.ts';

const withHooks = (hooks: HookFunctions): readonly Template[] => [{ ...commandTemplate, hooks }];

describe('hooks that are asked at submission', () => {
  onEmbedded('refuse a job with their own text, and nothing is left of it', async (t) => {
    const farm = await startFarm(t, {
      templates: withHooks({
        onValidateJobSubmission: async ({ job }) =>
          job.project === '' ? { kind: 'error', message: 'name a project' } : { kind: 'ok' },
      }),
    });

    const details = { template: commandTemplate.name, rule: 'name a project' };
    await assertRefused(farm.admin, 'jobSubmit', 'hook-refused', details, { job: aJob(1) });
    const { jobs } = await farm.admin.jobGetList({});
    const { id } = await farm.admin.jobSubmit({ job: { ...aJob(1), project: 'comet' } });

    assert.deepEqual(jobs, []);
    assert.equal((await farm.admin.jobGet({ id })).job.project, 'comet');
  });

  onEmbedded('see the job as it will be, once for a request that comes twice', async (t) => {
    const calls: HookCall[] = [];
    const farm = await startFarm(t, {
      templates: withHooks({
        onValidateJobSubmission: async (call) => {
          calls.push(call);
        },
      }),
    });
    const request = { job: { ...aJob(3), name: 'shot 10' }, requestToken: 'the-same-request-0001' };
    const { id } = await farm.admin.jobSubmit(request);
    await farm.admin.jobSubmit(request);

    assert.deepEqual(
      calls.map(({ key, job, chunk, user }) => [key, job?.id, job?.name, job?.chunkCount, chunk, user]),
      [[`${id}:1:1:onValidateJobSubmission`, id, 'shot 10', 3, null, null]],
    );
  });

  onEmbedded('give a job to another owner, before it is validated', async (t) => {
    const owners: string[] = [];
    const farm = await startFarm(t, {
      templates: withHooks({
        onDispatcherOverrideImpersonationUser: async ({ user }) => ({ kind: 'ok', user: `${user}-farm` }),
        onValidateJobSubmission: async ({ job }) => {
          owners.push(job.owner);
        },
      }),
    });
    const olga = await farm.addUser('olga');
    const { id } = await olga.jobSubmit({ job: aJob(1) });

    assert.deepEqual(owners, ['olga-farm']);
    assert.equal((await farm.admin.jobGet({ id })).job.owner, 'olga-farm');
    await assert.rejects(olga.jobDelete({ id }), { code: 'forbidden' });
  });

  onEmbedded('refuse when they throw, give no name, or take too long, and it is said', async (t) => {
    const hooks: readonly HookFunctions[] = [
      { onDispatcherOverrideImpersonationUser: async () => ({ kind: 'ok', user: '' }) },
      {
        onValidateJobSubmission: async () => {
          throw new Error('no licence server');
        },
      },
      { onValidateJobSubmission: () => new Promise<never>(() => {}) },
    ];
    const farm = await startFarm(t, {
      templates: hooks.map((one, index) => ({ ...commandTemplate, id: 9_001 + index, hooks: one })),
    });
    await farm.admin.systemSetConfiguration({ configuration: { hookSeconds: 1, version: 0 } });
    farm.clock.advance(6_000);

    for (const templateId of [9_001, 9_002, 9_003]) {
      const job = { ...aJob(1), templateId };
      await assertRefused(farm.admin, 'jobSubmit', 'hook-failed', {}, { job });
    }

    assert.deepEqual(
      (await farm.context.hookFailures.list()).map(({ key, reason, message, count }) => [
        key,
        reason,
        message,
        count,
      ]),
      [
        ['9001:onDispatcherOverrideImpersonationUser', 'threw', 'gave "", which is no name', 1],
        ['9002:onValidateJobSubmission', 'threw', 'no licence server', 1],
        ['9003:onValidateJobSubmission', 'timed-out', 'gave no answer within 1000 ms', 1],
      ],
    );
    assert.equal(farm.logged.filter(({ event }) => event === 'hook-failed').length, 3);
    assert.deepEqual((await farm.admin.jobGetList({})).jobs, []);
  });

  onEmbedded('let pass when they fail, where the farm says so', async (t) => {
    const farm = await startFarm(t, {
      templates: withHooks({
        onValidateJobSubmission: async () => {
          throw new Error('no licence server');
        },
      }),
    });
    await farm.admin.systemSetConfiguration({ configuration: { failedHooksPass: true, version: 0 } });
    farm.clock.advance(6_000);
    await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.admin.jobSubmit({ job: aJob(1) });

    const [failure] = await farm.context.hookFailures.list();
    assert.deepEqual([failure?.message, failure?.count], ['no licence server', 2]);
  });
});
