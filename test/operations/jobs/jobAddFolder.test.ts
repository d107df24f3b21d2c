import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();
const olga = await farm.addUser('olga');

describe('jobAddFolder', () => {
  it('makes a folder inside another one, owned by the caller', async () => {
    const { id: parentId } = await olga.jobAddFolder({ parentId: -1, name: 'Rome' });

    const { id } = await olga.jobAddFolder({ parentId, name: 'shots' });
    const { job } = await olga.jobGet({ id });

    assert.equal(job.type, 'folder');
    assert.equal(job.parentId, parentId);
    assert.equal(job.name, 'shots');
    assert.equal(job.owner, 'olga');
  });

  it('lets an administrator make one for somebody else, and nobody else', async () => {
    const { id } = await farm.admin.jobAddFolder({ parentId: -1, name: 'hers', owner: 'olga' });

    const { job } = await farm.admin.jobGet({ id });

    assert.equal(job.owner, 'olga');
    const rule = 'it needs the right submit-for-others';
    const input = { parentId: -1, name: 'his', owner: 'admin' };
    await assertRefusedWhole(farm, 'jobAddFolder', 'forbidden', { rule }, input, olga);
  });

  it('refuses a parent that is not there', async () => {
    await assertRefusedWhole(
      farm,
      'jobAddFolder',
      'not-found',
      { what: 'folder', id: 999 },
      { parentId: 999, name: 'Rome' },
    );
  });

  it('refuses a parent that is a job', async () => {
    const { id: parentId } = await olga.jobSubmit({ job: aJob(1) });
    const details = { field: 'parentId', rule: `must be a folder; ${parentId} is a job` };

    await assertRefusedWhole(farm, 'jobAddFolder', 'invalid-input', details, { parentId, name: 'Rome' });
  });
});
