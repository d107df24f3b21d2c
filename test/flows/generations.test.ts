import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../support/aJob.ts';
import { assertConsistent, renderAll, twoTicks } from '../support/consistency.ts';
import { onEmbedded, startFarm } from '../support/startFarm.ts';

describe('generations: reinit, delete and edits while a job renders', () => {
  it('a report that is late after a reinit goes to history only, and the node is given new work', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    await node.claim();
    await farm.admin.jobReinit({ id });

    const next = await node.report();
    await farm.drain();

    const { job } = await farm.admin.jobGet({ id });
    assert.deepEqual([job.generation, job.counts.completed, job.runningCount], [2, 0, 1]);
    assert.deepEqual([next?.assignment.generation, next?.packet.startFrame], [2, 1]);
    const { attempts } = await farm.admin.chunkGetHistory({ jobId: id });
    assert.deepEqual(
      attempts.map(({ generation, outcome }) => [generation, outcome]),
      [[1, 'completed']],
    );
    await assertConsistent(farm, id);
  });

  it('a reinit stops the nodes that work on the old generation', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    await node.claim();

    await farm.admin.jobReinit({ id });
    await farm.drain();

    await assert.rejects(node.heartbeat(), { code: 'stale-attempt' });
    node.work = null;
    assert.equal((await node.claim())?.assignment.generation, 2);
    await assertConsistent(farm, id);
  });

  onEmbedded('a node that no recall has reached is stopped by the tick', async (t) => {
    const farm = await startFarm(t, { indexLag: () => 20_000 });
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    farm.clock.advance(20_000);
    await node.claim();
    await farm.admin.jobReinit({ id });
    await farm.drain();
    await node.heartbeat();

    farm.clock.advance(30_000);
    const counts = await farm.tick();

    assert.equal(counts.recallStrays, 1);
    await assert.rejects(node.heartbeat(), { code: 'stale-attempt' });
  });

  it('items of former generations are swept, and the job then needs no more of the tick', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    await renderAll(farm, [node]);
    await farm.admin.jobReinit({ id });
    await renderAll(farm, [node]);

    const early = await farm.tick();
    farm.clock.advance(60_000);
    const counts = await farm.tick();

    // Whoever is still at work on the former generation could bring an item of it back.
    assert.equal(early.sweepJobs, 0);
    assert.equal(counts.sweepJobs, 1);
    assert.equal(await farm.context.chunks.sweep(id, 1, 100), true);
    assert.equal((await farm.tick()).sweepJobs, 0);
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'completed');
    await assertConsistent(farm, id);
  });

  it('a job that is deleted while it renders is gone at once, and its nodes are stopped', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    await node.claim();

    await farm.admin.jobDelete({ id });

    await assert.rejects(farm.admin.jobGet({ id }), { code: 'not-found' });
    assert.deepEqual((await farm.admin.jobGetList({})).jobs, []);
    await farm.drain();
    await assert.rejects(node.heartbeat(), { code: 'stale-attempt' });
    await assert.rejects(node.report(), { code: 'stale-attempt' });
    assert.equal(await node.claim(), null);
    assert.equal((await farm.admin.nodeGet({ id: node.id })).node.status, 'idle');
  });

  it('a report for a deleted job that comes before the recall is taken and changes nothing', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    await node.claim();
    await farm.admin.jobDelete({ id });

    const next = await node.report();

    assert.equal(next, null);
    assert.equal((await farm.admin.nodeGet({ id: node.id })).node.status, 'idle');
  });

  it('a deleted job leaves its name and its history', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(2, { name: 'the lost shot' }) });
    await renderAll(farm, [node]);
    await farm.admin.jobDelete({ id });
    await twoTicks(farm);

    const { attempts } = await farm.admin.chunkGetHistory({ jobId: id });

    assert.equal(attempts.length, 2);
    assert.equal((await farm.context.jobs.findTombstone(id))?.name, 'the lost shot');
    assert.equal(await farm.context.jobs.findState(id, { consistent: true }), undefined);
    assert.equal((await farm.admin.jobSubmit({ job: aJob(1) })).id, id + 1);
  });

  it('an edit of the frames of an untouched job voids a chunk that is claimed at that moment', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    farm.writes.beforeFirst('JOBS', () => node.claim());

    await farm.admin.jobEdit({ id, changes: { startFrame: 101, endFrame: 102 } });

    assert.equal(node.work?.packet.startFrame, 1);
    assert.equal((await farm.admin.jobGet({ id })).job.generation, 2);
    const next = await node.report();
    assert.deepEqual([next?.assignment.generation, next?.packet.startFrame], [2, 101]);
    assert.equal((await farm.admin.jobGet({ id })).job.counts.completed, 0);
    await assertConsistent(farm, id);
  });

  it('frames of a job that has begun are refused until it is reinitialised', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    await node.claim();

    const edit = farm.admin.jobEdit({ id, changes: { packetSize: 2 } });

    await assert.rejects(edit, {
      code: 'transition-refused',
      message:
        'job 1 is in-progress: edit of packetSize is not possible; chunks were handed out; pause and reinitialise the job first.',
    });
    await farm.admin.jobEdit({ id, changes: { paused: true } });
    await farm.admin.jobReinit({ id });
    const { job } = await farm.admin.jobEdit({ id, changes: { packetSize: 2, paused: false } });
    assert.equal(job.chunkCount, 1);
  });

  it('an edit that is cut off between job and state is finished by the feed', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(2, { priority: 10 }) });
    await farm.drain();
    farm.writes.crashOnceAfter('JOBS');

    await assert.rejects(farm.admin.jobEdit({ id, changes: { priority: 99, maximumInstances: 1 } }));
    await farm.drain();

    const state = await farm.context.jobs.findState(id, { consistent: true });
    assert.equal(state?.maximumInstances, 1);
    assert.match(state?.readyKey ?? '', /^1#65436#/);
  });
});
