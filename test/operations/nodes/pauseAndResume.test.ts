import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertUnchanged } from '../../support/farmState.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm } from '../../support/startFarm.ts';

describe('nodePause and nodeResume', () => {
  it('take an idle node from work and give it back', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aJob(1) });

    await farm.admin.nodePause({ id: node.id });
    const { node: paused } = await farm.admin.nodeGet({ id: node.id });
    const none = await node.claim();
    await farm.admin.nodeResume({ id: node.id });
    const { node: resumed } = await farm.admin.nodeGet({ id: node.id });
    farm.clock.advance(1_000);
    const work = await node.claim();

    assert.deepEqual([paused.status, paused.paused], ['paused', true]);
    assert.equal(none, null);
    assert.deepEqual([resumed.status, resumed.paused], ['idle', false]);
    assert.notEqual(work, null);
  });

  it('let a working node finish its chunk, and tell it with its heartbeat', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(2) });
    await node.claim();

    await farm.admin.nodePause({ id: node.id });
    const { desired } = await node.heartbeat();
    const { node: working } = await farm.admin.nodeGet({ id: node.id });
    const next = await node.report();
    const { node: paused } = await farm.admin.nodeGet({ id: node.id });
    const { job } = await farm.admin.jobGet({ id: jobId });

    assert.deepEqual(desired, {
      paused: true,
      processPriority: 'normal',
      realtimeLog: false,
      commandNo: 1,
      heartbeatSeconds: 30,
      farmRevision: 0,
    });
    assert.deepEqual([working.status, working.paused], ['working', true]);
    assert.equal(next, null);
    assert.equal(paused.status, 'paused');
    assert.equal(job.counts.completed, 1);
    assert.equal(job.runningCount, 0);
  });

  it('take the chunk from a working node at once when asked to', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(1) });
    await node.claim();

    await farm.admin.nodePause({ id: node.id, kill: true });
    const { node: paused } = await farm.admin.nodeGet({ id: node.id });
    const { chunk } = await farm.admin.chunkGet({ jobId, chunkId: 1 });

    assert.equal(paused.status, 'paused');
    assert.equal(paused.jobId, null);
    assert.equal(chunk.status, 'queued');
    assert.equal(chunk.requeueCount, 0);
  });

  it('keep the wish of a node that is offline for when it comes back', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await node.leave();

    await farm.admin.nodePause({ id: node.id, kill: true });
    const { node: offline } = await farm.admin.nodeGet({ id: node.id });
    await farm.addNode('alpha');
    const { node: back } = await farm.admin.nodeGet({ id: node.id });

    assert.deepEqual([offline.status, offline.paused], ['offline', true]);
    assert.equal(back.status, 'paused');
  });

  it('change nothing when nothing differs', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');

    await assertUnchanged(farm, () => farm.admin.nodeResume({ id: node.id }));
    await farm.admin.nodePause({ id: node.id });
    await assertUnchanged(farm, () => farm.admin.nodePause({ id: node.id, kill: true }));
  });

  it('refuse a node that is not there', async (t) => {
    const farm = await startFarm(t);
    const details = { what: 'node', id: 999 };

    await assertRefusedWhole(farm, 'nodePause', 'not-found', details, { id: 999 });
    await assertRefusedWhole(farm, 'nodePause', 'not-found', details, { id: 999, kill: true });
    await assertRefusedWhole(farm, 'nodeResume', 'not-found', details, { id: 999 });
  });
});
