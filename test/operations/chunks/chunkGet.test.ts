import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm } from '../../support/startFarm.ts';

describe('chunkGet', () => {
  it('retrieves a chunk that no node has had', async (t) => {
    const farm = await startFarm(t);
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(10, { packetSize: 4 }) });

    const { chunk } = await farm.admin.chunkGet({ jobId, chunkId: 3 });

    assert.deepEqual(chunk, {
      jobId,
      chunkId: 3,
      status: 'queued',
      startFrame: 9,
      endFrame: 10,
      byFrame: 1,
      frameCount: 2,
      slice: 0,
      nodeId: null,
      attempt: 0,
      requeueCount: 0,
      progress: 0,
      startedAt: null,
      endedAt: null,
      exitCode: null,
      message: '',
    });
  });

  it('retrieves a running chunk with the progress of its node', async (t) => {
    const farm = await startFarm(t);
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(1) });
    const node = await farm.addNode('alpha');
    await node.claim();
    await node.heartbeat(0.25);

    const { chunk } = await farm.admin.chunkGet({ jobId, chunkId: 1 });

    assert.equal(chunk.status, 'running');
    assert.equal(chunk.progress, 0.25);
    assert.equal(chunk.nodeId, node.id);
    assert.equal(chunk.attempt, 1);
    assert.equal(chunk.startedAt, '2026-01-01T00:00:00.000Z');
    assert.equal(chunk.endedAt, null);
  });

  it('retrieves an ended chunk with what its node said', async (t) => {
    const farm = await startFarm(t);
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(1, { maximumChunksRequeue: 0 }) });
    const node = await farm.addNode('alpha');
    await node.claim();
    farm.clock.advance(2_000);
    await node.report({ outcome: 'failed', exitCode: 3, message: 'no licence', wantsNext: false });

    const { chunk } = await farm.admin.chunkGet({ jobId, chunkId: 1 });

    assert.equal(chunk.status, 'failed');
    assert.equal(chunk.exitCode, 3);
    assert.equal(chunk.message, 'no licence');
    assert.equal(chunk.requeueCount, 1);
    assert.equal(chunk.endedAt, '2026-01-01T00:00:02.000Z');
  });

  it('shows chunks of a job that follows another one as waiting', async (t) => {
    const farm = await startFarm(t);
    const { id: parent } = await farm.admin.jobSubmit({ job: aJob(2) });
    const { id: jobId } = await farm.admin.jobSubmit({
      job: aJob(2, { dependIds: [parent], dependLinkMode: 'chunks' }),
    });

    const { chunk } = await farm.admin.chunkGet({ jobId, chunkId: 1 });

    assert.equal(chunk.status, 'waiting');
  });

  it('refuses a job that is not there and a chunk beyond its end', async (t) => {
    const farm = await startFarm(t);
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(2) });
    const { id: folder } = await farm.admin.jobAddFolder({ parentId: -1, name: 'Rome' });

    await assertRefusedWhole(
      farm,
      'chunkGet',
      'not-found',
      { what: 'job', id: 999 },
      { jobId: 999, chunkId: 1 },
    );
    await assertRefusedWhole(
      farm,
      'chunkGet',
      'not-found',
      { what: `chunk of job ${jobId}`, id: 3 },
      { jobId, chunkId: 3 },
    );
    await assertRefusedWhole(
      farm,
      'chunkGet',
      'not-found',
      { what: `chunk of job ${folder}`, id: 1 },
      { jobId: folder, chunkId: 1 },
    );
  });
});
