import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';
import { startFarm } from '../../support/startFarm.ts';

const farm = await sharedFarm();

describe('jobReinit', () => {
  it('starts every chunk of a job again, as a new generation', async () => {
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    await node.claim();
    await node.report();
    await node.report({ wantsNext: false });
    await farm.drain();
    const { job: before } = await farm.admin.jobGet({ id });

    await farm.admin.jobReinit({ id });
    const { job } = await farm.admin.jobGet({ id });
    const { chunks } = await farm.admin.chunkGetList({ jobId: id });
    await farm.admin.jobDelete({ id });
    await node.leave();

    assert.equal(before.status, 'completed');
    assert.equal(job.status, 'queued');
    assert.equal(job.statusReason, 'reinitialised; may start');
    assert.equal(job.generation, 2);
    assert.deepEqual(job.counts, { queued: 0, completed: 0, warning: 0, failed: 0 });
    assert.equal(job.handedOutCount, 0);
    assert.equal(job.startedAt, null);
    assert.equal(job.endedAt, null);
    assert.deepEqual(
      chunks.map(({ status, attempt, nodeId }) => [status, attempt, nodeId]),
      [
        ['queued', 0, null],
        ['queued', 0, null],
      ],
    );
  });

  it('lets what nodes still report of the old generation go to history only', async () => {
    const node = await farm.addNode('beta');
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    farm.clock.advance(1_000);
    await node.claim();

    await farm.admin.jobReinit({ id });
    await node.report({ wantsNext: false });
    await farm.drain();
    const { job } = await farm.admin.jobGet({ id });
    const { attempts } = await farm.admin.chunkGetHistory({ jobId: id });
    await farm.admin.jobDelete({ id });
    await node.leave();

    assert.deepEqual(job.counts, { queued: 0, completed: 0, warning: 0, failed: 0 });
    assert.deepEqual(
      attempts.map(({ generation, chunkId, outcome }) => [generation, chunkId, outcome]),
      [[1, 1, 'completed']],
    );
  });

  it('takes the old chunks from the nodes that work on them', async (t) => {
    const own = await startFarm(t);
    const { id } = await own.admin.jobSubmit({ job: aJob(2) });
    const node = await own.addNode('alpha');
    const before = await node.claim();

    await own.admin.jobReinit({ id });
    await own.drain();
    const after = await node.claim();

    assert.equal(before?.assignment.generation, 1);
    assert.equal(after?.assignment.generation, 2);
    assert.equal(after?.assignment.index, 0);
  });

  it('lets the job wait again for what it depends on', async () => {
    const { id: parent } = await farm.admin.jobSubmit({ job: aJob(1, { paused: true }) });
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { dependIds: [parent] }) });

    await farm.admin.jobReinit({ id });
    const { job } = await farm.admin.jobGet({ id });

    assert.equal(job.status, 'waiting');
    assert.equal(job.generation, 2);
  });

  it('keeps a paused job paused', async () => {
    const { id } = await farm.admin.jobSubmit({ job: aJob(1, { paused: true }) });

    await farm.admin.jobReinit({ id });

    assert.equal((await farm.admin.jobGet({ id })).job.paused, true);
  });

  it('refuses a folder', async () => {
    const { id } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    const details = {
      what: 'job',
      id,
      from: 'folder',
      event: 'restart-queue',
      rule: 'possible are delete',
    };

    await assertRefusedWhole(farm, 'jobReinit', 'transition-refused', details, { id });
  });

  it('refuses a job that is not there or is being deleted', async () => {
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.admin.jobDelete({ id });

    for (const gone of [999, id])
      await assertRefusedWhole(farm, 'jobReinit', 'not-found', { what: 'job', id: gone }, { id: gone });
  });
});
