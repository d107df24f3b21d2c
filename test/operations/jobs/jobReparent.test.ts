import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();
const addFolder = async (parentId = -1): Promise<number> =>
  (await farm.admin.jobAddFolder({ parentId, name: 'Rome' })).id;
const submit = async (parentId = -1): Promise<number> =>
  (await farm.admin.jobSubmit({ job: aJob(1, { parentId }) })).id;
const parentOf = async (id: number): Promise<number> => (await farm.admin.jobGet({ id })).job.parentId;

describe('jobReparent', () => {
  it('moves a job into a folder and back to the root', async () => {
    const [folder, id] = [await addFolder(), await submit()];

    await farm.admin.jobReparent({ id, newParentId: folder });
    const inside = await parentOf(id);
    await farm.admin.jobReparent({ id, newParentId: -1 });

    assert.equal(inside, folder);
    assert.equal(await parentOf(id), -1);
  });

  it('moves a folder with what is inside', async () => {
    const [top, folder] = [await addFolder(), await addFolder()];
    const id = await submit(folder);

    await farm.admin.jobReparent({ id: folder, newParentId: top });

    assert.equal(await parentOf(folder), top);
    assert.equal(await parentOf(id), folder);
  });

  it('changes nothing when the job is there already', async () => {
    const folder = await addFolder();
    const id = await submit(folder);
    const { job: before } = await farm.admin.jobGet({ id });

    await farm.admin.jobReparent({ id, newParentId: folder });

    assert.deepEqual((await farm.admin.jobGet({ id })).job, before);
  });

  it('refuses a job that is not there', async () => {
    await assertRefusedWhole(
      farm,
      'jobReparent',
      'not-found',
      { what: 'job', id: 999 },
      { id: 999, newParentId: -1 },
    );
  });

  it('refuses a folder that is not there', async () => {
    const id = await submit();

    await assertRefusedWhole(
      farm,
      'jobReparent',
      'not-found',
      { what: 'folder', id: 999 },
      { id, newParentId: 999 },
    );
  });

  it('refuses a folder inside itself, however deep', async () => {
    const top = await addFolder();
    const below = await addFolder(await addFolder(top));

    for (const newParentId of [top, below]) {
      const rule = `folder ${top} must not be inside itself; ${newParentId} is below it`;
      await assertRefusedWhole(
        farm,
        'jobReparent',
        'invalid-input',
        { field: 'newParentId', rule },
        { id: top, newParentId },
      );
    }
  });

  it('refuses two folders that are moved into each other at the same time', async () => {
    const [one, two] = [await addFolder(), await addFolder()];

    const results = await Promise.allSettled([
      farm.admin.jobReparent({ id: one, newParentId: two }),
      farm.admin.jobReparent({ id: two, newParentId: one }),
    ]);

    assert.deepEqual(results.map(({ status }) => status).sort(), ['fulfilled', 'rejected']);
  });

  it('refuses a parent that is a job', async () => {
    const [parent, id] = [await submit(), await submit()];
    const details = { field: 'newParentId', rule: `must be a folder; ${parent} is a job` };

    await assertRefusedWhole(farm, 'jobReparent', 'invalid-input', details, { id, newParentId: parent });
  });
});
