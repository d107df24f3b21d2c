import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertUnchanged } from '../../support/farmState.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm } from '../../support/startFarm.ts';

describe('chunkSetStatus', () => {
  it('completes a chunk that no node has had, and no node gets it', async (t) => {
    const farm = await startFarm(t);
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(3) });
    const node = await farm.addNode('alpha');

    await farm.admin.chunkSetStatus({ jobId, chunkId: 2, status: 'completed' });
    const frames: number[] = [];
    for (let work = await node.claim(); work !== null; work = await node.report())
      frames.push(work.packet.startFrame);
    await farm.drain();
    const { job } = await farm.admin.jobGet({ id: jobId });
    const { chunk } = await farm.admin.chunkGet({ jobId, chunkId: 2 });

    assert.deepEqual(frames, [1, 3]);
    assert.equal(job.status, 'completed');
    assert.deepEqual(job.counts, { queued: 0, completed: 3, warning: 0, failed: 0 });
    assert.equal(chunk.message, 'set to completed by hand');
    assert.equal(chunk.endedAt, '2026-01-01T00:00:00.000Z');
  });

  it('fails a chunk, and the job with it', async (t) => {
    const farm = await startFarm(t);
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(2) });
    const node = await farm.addNode('alpha');

    await farm.admin.chunkSetStatus({ jobId, chunkId: 1, status: 'failed' });
    await node.claim();
    await node.report();
    await farm.drain();
    const { job } = await farm.admin.jobGet({ id: jobId });

    assert.equal(job.status, 'failed');
    assert.deepEqual(job.counts, { queued: 0, completed: 1, warning: 0, failed: 1 });
  });

  it('puts an ended chunk back into the queue and reopens its job', async (t) => {
    const farm = await startFarm(t);
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(2) });
    const node = await farm.addNode('alpha');
    for (let work = await node.claim(); work !== null; work = await node.report());
    await farm.drain();
    const { job: ended } = await farm.admin.jobGet({ id: jobId });

    await farm.admin.chunkSetStatus({ jobId, chunkId: 2, status: 'queued' });
    const { job: reopened } = await farm.admin.jobGet({ id: jobId });
    await farm.drain();
    const work = await node.claim();
    await node.report();
    await farm.drain();
    const { job } = await farm.admin.jobGet({ id: jobId });

    assert.equal(ended.status, 'completed');
    assert.equal(reopened.status, 'in-progress');
    assert.equal(reopened.endedAt, null);
    assert.deepEqual(reopened.counts, { queued: 1, completed: 1, warning: 0, failed: 0 });
    assert.equal(work?.assignment.index, 1);
    assert.equal(work?.assignment.attempt, 2);
    assert.equal(job.status, 'completed');
    assert.deepEqual(job.counts, { queued: 0, completed: 2, warning: 0, failed: 0 });
  });

  it('takes a running chunk from its node, whatever it becomes', async (t) => {
    const farm = await startFarm(t);
    for (const status of ['queued', 'completed', 'failed'] as const) {
      const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(1, { priority: 99 }) });
      const node = await farm.addNode(status);
      await node.claim();

      await farm.admin.chunkSetStatus({ jobId, chunkId: 1, status });
      const { chunk } = await farm.admin.chunkGet({ jobId, chunkId: 1 });
      const { job } = await farm.admin.jobGet({ id: jobId });
      await farm.drain();
      const { attempts } = await farm.admin.chunkGetHistory({ jobId });

      assert.equal(chunk.status, status);
      assert.equal(job.runningCount, 0);
      assert.deepEqual(
        attempts.map(({ outcome }) => outcome),
        ['overridden'],
      );
      await node.leave();
      await farm.admin.jobDelete({ id: jobId });
      farm.clock.advance(1_000);
    }
  });

  it('ends a job of which every chunk was set by hand', async (t) => {
    const farm = await startFarm(t);
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(2) });

    await farm.admin.chunkSetStatus({ jobId, chunkId: 1, status: 'completed' });
    await farm.admin.chunkSetStatus({ jobId, chunkId: 2, status: 'failed' });
    await farm.drain();
    await farm.tick();
    await farm.drain();

    assert.equal((await farm.admin.jobGet({ id: jobId })).job.status, 'failed');
  });

  it('leaves a chunk that is what it should be', async (t) => {
    const farm = await startFarm(t);
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(2) });
    await farm.admin.chunkSetStatus({ jobId, chunkId: 2, status: 'completed' });

    await assertUnchanged(farm, async () => {
      await farm.admin.chunkSetStatus({ jobId, chunkId: 1, status: 'queued' });
      await farm.admin.chunkSetStatus({ jobId, chunkId: 2, status: 'completed' });
    });
  });

  it('refuses a job that is not there, a chunk beyond its end and chunks of folders', async (t) => {
    const farm = await startFarm(t);
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(2) });
    const { id: folder } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });
    const { id: deleted } = await farm.admin.jobSubmit({ job: aJob(2) });
    await farm.admin.jobDelete({ id: deleted });

    for (const gone of [999, deleted])
      await assertRefusedWhole(
        farm,
        'chunkSetStatus',
        'not-found',
        { what: 'job', id: gone },
        { jobId: gone, chunkId: 1, status: 'queued' },
      );
    for (const [id, chunkId] of [
      [jobId, 3],
      [folder, 1],
    ] as const)
      await assertRefusedWhole(
        farm,
        'chunkSetStatus',
        'not-found',
        { what: `chunk of job ${id}`, id: chunkId },
        { jobId: id, chunkId, status: 'queued' },
      );
  });
});
