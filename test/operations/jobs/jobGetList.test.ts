import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Operations } from '../../../client/src/generated.ts';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();
const olga = await farm.addUser('olga');
const folder = (await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' })).id;
const first = (await farm.admin.jobSubmit({ job: aJob(1, { parentId: folder, project: 'Rome' }) })).id;
const second = (await olga.jobSubmit({ job: aJob(1, { project: 'Rome' }) })).id;
const third = (await olga.jobSubmit({ job: aJob(1, { startOn: '2027-01-01T00:00:00.000Z' }) })).id;
const deleted = (await olga.jobSubmit({ job: aJob(1) })).id;
await olga.jobDelete({ id: deleted });
const last = (await farm.admin.jobSubmit({ job: aJob(1, { parentId: folder }) })).id;

async function idsOf(input: Operations['jobGetList']['input']): Promise<number[]> {
  const ids: number[] = [];
  let pageToken: string | null = null;
  do {
    const page: Operations['jobGetList']['output'] = await farm.admin.jobGetList(
      pageToken === null ? input : { ...input, pageToken },
    );
    ids.push(...page.jobs.map(({ id }) => id));
    pageToken = page.nextPageToken;
  } while (pageToken !== null);
  return ids;
}

describe('jobGetList', () => {
  it('lists jobs and folders in the order of submission, deleted ones left out', async () => {
    assert.deepEqual(await idsOf({}), [folder, first, second, third, last]);
  });

  it('lists the newest first when asked to', async () => {
    assert.deepEqual(await idsOf({ order: 'newest-first' }), [last, third, second, first, folder]);
  });

  it('gives the same list in pages of any size', async () => {
    for (const limit of [1, 2, 3, 1000]) {
      assert.deepEqual(await idsOf({ limit }), [folder, first, second, third, last]);
      assert.deepEqual(await idsOf({ limit, order: 'newest-first' }), [last, third, second, first, folder]);
    }
  });

  it('gives no more entries than asked for', async () => {
    const { jobs, nextPageToken } = await farm.admin.jobGetList({ limit: 2 });

    assert.equal(jobs.length, 2);
    assert.notEqual(nextPageToken, null);
  });

  it('shows each job as jobGet does', async () => {
    const { jobs } = await farm.admin.jobGetList({});

    assert.deepEqual(jobs[1], (await farm.admin.jobGet({ id: first })).job);
  });

  it('filters by status, folder, owner and project, and by all of them', async () => {
    assert.deepEqual(await idsOf({ status: 'delayed' }), [third]);
    assert.deepEqual(await idsOf({ status: 'folder' }), [folder]);
    assert.deepEqual(await idsOf({ parentId: folder }), [first, last]);
    assert.deepEqual(await idsOf({ parentId: -1 }), [folder, second, third]);
    assert.deepEqual(await idsOf({ owner: 'olga' }), [second, third]);
    assert.deepEqual(await idsOf({ project: 'Rome' }), [first, second]);
    assert.deepEqual(await idsOf({ project: 'Rome', owner: 'olga', status: 'queued' }), [second]);
    assert.deepEqual(await idsOf({ owner: 'nobody' }), []);
  });

  it('refuses a page token that is none or belongs to another list', async () => {
    const rule = 'must be the nextPageToken of a page of this very list';
    const { nextPageToken } = await farm.admin.jobGetList({ limit: 1, order: 'newest-first' });

    for (const pageToken of ['x', '', nextPageToken ?? ''])
      await assertRefusedWhole(
        farm,
        'jobGetList',
        'invalid-input',
        { field: 'pageToken', rule },
        { pageToken },
      );
  });
});
