import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { farmState } from '../../support/farmState.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();

describe('jobDelete', () => {
  it('takes a job from the queue at once and its items with the tick a minute later', async () => {
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    await farm.admin.chunkSetStatus({ jobId: id, chunkId: 2, status: 'completed' });

    await farm.admin.jobDelete({ id });
    const { jobs } = await farm.admin.jobGetList({});
    await farm.drain();
    farm.clock.advance(60_000);
    await farm.tick();

    assert.deepEqual(jobs, []);
    const left = [...farmState(farm).keys()].filter((key) => /^(JOBS|STATES|CHUNKS|TOMBSTONES)#/.test(key));
    assert.deepEqual(left, [`TOMBSTONES#${id % 16}/${String(id).padStart(12, '0')}`]);
  });

  it('stops the nodes that work on it and keeps their attempts in history', async () => {
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    await node.claim();

    await farm.admin.jobDelete({ id });
    await farm.drain();
    const { node: after } = await farm.admin.nodeGet({ id: node.id });
    await farm.tick();
    const { attempts } = await farm.admin.chunkGetHistory({ jobId: id });
    await node.leave();

    assert.equal(after.status, 'idle');
    assert.equal(after.jobId, null);
    assert.deepEqual(
      attempts.map(({ chunkId, outcome }) => [chunkId, outcome]),
      [[1, 'interrupted']],
    );
  });

  it('holds nobody up that waits for the job', async () => {
    const { id: parent } = await farm.admin.jobSubmit({ job: aJob(1) });
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { dependIds: [parent] }) });

    await farm.admin.jobDelete({ id: parent });
    await farm.drain();

    assert.equal((await farm.admin.jobGet({ id })).job.status, 'queued');
  });

  it('deletes an empty folder', async () => {
    const { id } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });

    await farm.admin.jobDelete({ id });

    await assertRefusedWhole(farm, 'jobGet', 'not-found', { what: 'job', id }, { id });
  });

  it('deletes a folder whose last job was deleted a moment before', async () => {
    const { id } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    const { id: inside } = await farm.admin.jobSubmit({ job: aJob(1, { parentId: id }) });
    await farm.admin.jobDelete({ id: inside });

    await farm.admin.jobDelete({ id });
  });

  it('refuses a folder that is not empty', async () => {
    const { id } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    await farm.admin.jobSubmit({ job: aJob(1, { parentId: id }) });
    const details = {
      what: 'folder',
      id,
      from: 'folder',
      event: 'delete',
      rule: 'it is not empty; delete or move what is inside first',
    };

    await assertRefusedWhole(farm, 'jobDelete', 'transition-refused', details, { id });
  });

  it('refuses a job that is not there or was deleted', async () => {
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.admin.jobDelete({ id });

    for (const gone of [999, id])
      await assertRefusedWhole(farm, 'jobDelete', 'not-found', { what: 'job', id: gone }, { id: gone });
  });
});
