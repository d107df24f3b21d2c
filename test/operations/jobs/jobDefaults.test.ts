import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { anEngine } from '../../support/anEngine.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();
const jobDefaults = { priority: 70, includedPools: ['gpu', 'fast'], excludedPools: ['old'] };
await farm.admin.templatePush({ definition: anEngine(2_001, { jobDefaults }) });
const toon = { templateId: 2_001, attributes: { job_file: { value: '/jobs/a.ma' } } };

describe('what a template says of its jobs', () => {
  it('holds where the submission says nothing', async () => {
    assert.deepEqual(await submitted(toon), jobDefaults);
  });

  it('gives way to what the submission says, also to no pool at all', async () => {
    const said = { priority: 0, includedPools: [], excludedPools: ['slow'] };

    assert.deepEqual(await submitted({ ...toon, ...said }), said);
  });

  it('is for nobody else: other jobs have priority 50 and every node', async () => {
    assert.deepEqual(await submitted({}), { priority: 50, includedPools: [], excludedPools: [] });
  });

  it('is bounded by the limits of the user, as if the user had said it', async () => {
    const lena = await farm.addUser('lena', { pools: ['gpu'], maximumPriority: 60 });

    await assert.rejects(lena.jobSubmit({ job: aJob(1, toon) }), { code: 'forbidden', message: /pool fast/ });

    const { id } = await lena.jobSubmit({ job: aJob(1, { ...toon, includedPools: ['gpu'] }) });
    assert.equal((await farm.admin.jobGet({ id })).job.priority, 60);
  });

  it('is shown with the template', async () => {
    const { template } = await farm.admin.templateGet({ id: 2_001 });

    assert.deepEqual(template.jobDefaults, jobDefaults);
  });
});

async function submitted(fields: Parameters<typeof aJob>[1]) {
  const { id } = await farm.admin.jobSubmit({ job: aJob(1, fields) });
  const { priority, includedPools, excludedPools } = (await farm.admin.jobGet({ id })).job;
  return { priority, includedPools, excludedPools };
}
