import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../support/aJob.ts';
import { assertConsistent } from '../support/consistency.ts';
import { onEmbedded, startFarm } from '../support/startFarm.ts';

describe('answers and messages that are lost', () => {
  it('a claim whose answer was lost is answered with the same chunk', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    const lost = await node.client.nodeClaim({ session: node.session, attemptToken: null });

    const again = await node.client.nodeClaim({ session: node.session, attemptToken: null });

    assert.deepEqual(again.work?.assignment, lost.work?.assignment);
    assert.equal(again.work?.packet.startFrame, 1);
    await assertConsistent(farm, id);
  });

  it('a report whose answer was lost is answered with the chunk that was handed out with it', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    const first = await node.claim();
    assert.ok(first);
    const report = {
      session: node.session,
      attempt: first.assignment,
      outcome: 'completed',
      exitCode: 0,
      wantsNext: true,
    } as const;
    const lost = await node.client.nodeReport(report);

    const again = await node.client.nodeReport(report);

    assert.deepEqual(again.work?.assignment, lost.work?.assignment);
    assert.equal((await farm.admin.jobGet({ id })).job.counts.completed, 1);
    await assertConsistent(farm, id);
  });

  it('a report that comes a third time, after the next chunk was reported too, changes nothing', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    const first = await node.claim();
    assert.ok(first);
    await node.report();
    const third = await node.report();

    const late = await node.client.nodeReport({
      session: node.session,
      attempt: first.assignment,
      outcome: 'completed',
      exitCode: 0,
      wantsNext: true,
    });

    assert.deepEqual(late.work?.assignment, third?.assignment);
    assert.equal((await farm.admin.jobGet({ id })).job.counts.completed, 2);
    await assertConsistent(farm, id);
  });

  it('a pushed chunk whose message was lost is found by the next heartbeat', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await node.claim();
    await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.drain();

    const { hasWork } = await node.heartbeat();

    assert.equal(hasWork, true);
    assert.equal((await node.claim())?.packet.startFrame, 1);
  });

  it('a pushed chunk that its node never accepts goes back without penalty', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await node.claim();
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.drain();

    farm.clock.advance(31_000);
    const counts = await farm.tick();

    assert.equal(counts.expireLeases, 1);
    const { chunk } = await farm.admin.chunkGet({ jobId: id, chunkId: 1 });
    assert.deepEqual([chunk.status, chunk.requeueCount], ['queued', 0]);
    await assertConsistent(farm, id);
  });

  it('a chunk that was pushed at the moment of a claim is what the claim is answered with', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aJob(2) });
    farm.writes.beforeFirst('NODESTATES', () => farm.drain());

    const work = await node.claim();

    assert.ok(work);
    assert.equal((await node.heartbeat(0.5)).hasWork, false);
    await farm.drain();
    await assertConsistent(farm, 1);
  });

  onEmbedded('feed records that come twice write one attempt and end a job once', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await node.claim();
    await node.report();
    const records = farm.table.readFeed('projector', 1_000);
    const { toStreamEvent } = await import('../../shared/store/streamRecords.ts');

    for (let time = 0; time < 3; time += 1) {
      await farm.sources.projector(toStreamEvent(records, (name) => name));
    }
    await farm.drain();

    assert.equal((await farm.admin.chunkGetHistory({ jobId: id })).attempts.length, 1);
    assert.equal(farm.logged.filter(({ event }) => event === 'job-ended').length, 1);
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'completed');
  });
});
