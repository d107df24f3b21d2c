import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();

describe('jobUpdate', () => {
  it('raises the version of a job or folder and changes nothing else', async () => {
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    const { id: folder } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });

    for (const one of [id, folder]) {
      const { job: before } = await farm.admin.jobGet({ id: one });
      await farm.admin.jobUpdate({ id: one });
      const { job } = await farm.admin.jobGet({ id: one });

      assert.deepEqual(job, { ...before, version: before.version + 1 });
    }
  });

  it('refuses a job that is not there', async () => {
    await assertRefusedWhole(farm, 'jobUpdate', 'not-found', { what: 'job', id: 999 }, { id: 999 });
  });
});
