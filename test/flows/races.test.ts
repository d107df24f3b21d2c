import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { recountJob } from '../../shared/actions/recountJob.ts';
import { keys } from '../../shared/store/keys.ts';
import { aJob } from '../support/aJob.ts';
import { assertConsistent, chunkItems, renderAll } from '../support/consistency.ts';
import { onEmbedded, startFarm } from '../support/startFarm.ts';

describe('two at once', () => {
  it('two nodes that claim at the same moment do not exceed the maximum of a job', async (t) => {
    const farm = await startFarm(t);
    const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];
    const { id } = await farm.admin.jobSubmit({ job: aJob(5, { maximumInstances: 1 }) });
    // Beta claims between alpha's look at the job and its write.
    farm.writes.beforeFirst('STATES', () => beta.claim());

    await alpha.claim();

    assert.deepEqual([alpha.work, beta.work?.packet.startFrame], [null, 1]);
    assert.equal((await farm.admin.jobGet({ id })).job.runningCount, 1);
    await assertConsistent(farm, id);
  });

  it('two nodes that draw the same queued chunk: one gets it, the other goes on', async (t) => {
    const farm = await startFarm(t);
    Object.assign(farm.context, { random: () => 0 });
    const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    for (const node of [alpha, beta]) await node.claim();
    for (const node of [alpha, beta])
      await node.report({ outcome: 'interrupted', exitCode: null, wantsNext: false });
    farm.writes.beforeFirst('CHUNKS', () => beta.claim());

    await alpha.claim();

    assert.deepEqual([alpha.work?.assignment.index, beta.work?.assignment.index].sort(), [0, 1]);
    await assertConsistent(farm, id);
  });

  it('a node that registers again during its claim leaves no chunk behind', async (t) => {
    const farm = await startFarm(t);
    const before = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    let after = before;
    farm.writes.beforeFirst('NODESTATES', async () => {
      after = await farm.addNode('alpha');
    });

    await assert.rejects(before.claim(), { code: 'session-replaced' });

    assert.equal((await farm.admin.chunkGet({ jobId: id, chunkId: 1 })).chunk.status, 'queued');
    await assertConsistent(farm, id);
    assert.ok(await after.claim());
    await assertConsistent(farm, id);
  });

  it('a claim and a dispatch pass at the same moment give a node one chunk', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await node.claim();
    const { id } = await farm.admin.jobSubmit({ job: aJob(5) });
    farm.writes.beforeFirst('NODESTATES', async () => {
      // What it has seen of the farm before is too old by then.
      farm.clock.advance(5_000);
      await node.claim();
    });

    await farm.drain();

    assert.ok(node.work);
    assert.equal((await farm.admin.jobGet({ id })).job.runningCount, 1);
    await assertConsistent(farm, id);
  });
});

describe('counts are hints', () => {
  it('counts that say everything has ended do not end a job whose items say otherwise', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(2, { maximumInstances: 1 }) });
    await node.claim();
    await node.report({ outcome: 'interrupted', exitCode: null, wantsNext: false });
    await node.leave();
    await farm.table.update('queue', keys.jobState(id), {
      set: { next: 2, slots: 0, countQueued: 0, countCompleted: 2 },
      add: { version: 1 },
    });

    await farm.drain();

    const { job } = await farm.admin.jobGet({ id });
    assert.equal(job.status, 'in-progress');
    // The one that was never written is a hole, and is queued.
    assert.deepEqual(job.counts, { queued: 2, completed: 0, warning: 0, failed: 0 });
    await assertConsistent(farm, id);
    const other = await farm.addNode('beta');
    await renderAll(farm, [other]);
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'completed');
  });

  onEmbedded('a recount does not commit over a chunk that was set by hand while it read', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    await node.claim();
    await node.report();
    await node.report({ wantsNext: false });
    await node.leave();
    let writes = 0;
    farm.writes.beforeFirst('STATES', async () => {
      writes += 1;
      await farm.admin.chunkSetStatus({ jobId: id, chunkId: 1, status: 'queued' });
    });

    await recountJob(farm.context, id, 1);

    assert.equal(writes, 1);
    const { job } = await farm.admin.jobGet({ id });
    assert.deepEqual([job.status, job.counts.queued, job.counts.completed], ['in-progress', 1, 1]);
    await assertConsistent(farm, id);
  });

  it('slots that differ are left alone while claims and reports come in, and set when the job is calm', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(9) });
    await node.claim();
    await farm.table.update('queue', keys.jobState(id), { add: { slots: 1, version: 1 } });
    const slots = async (): Promise<number> => (await farm.admin.jobGet({ id })).job.runningCount;

    for (let minute = 0; minute < 3; minute += 1) {
      assert.equal((await farm.tick()).repairJobs, 0);
      await node.report();
      farm.clock.advance(60_000);
    }
    assert.equal(await slots(), 2);
    await node.heartbeat();
    await farm.tick();
    farm.clock.advance(60_000);
    await node.heartbeat();
    const counts = await farm.tick();

    assert.equal(counts.repairJobs, 1);
    assert.equal(await slots(), 1);
    await assertConsistent(farm, id);
  });

  it('a chunk that runs without a holder and an index that was never written come back when the job is calm', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(4) });
    await node.claim();
    const { state } = await farm.context.jobs.get(id);
    await farm.context.chunks.startNew(
      { jobId: id, generation: 1, index: 1, total: 4 },
      { nodeId: 77, token: 'a token of nobody', startedAt: '2026-01-01T00:00:00.000Z' },
    );
    await farm.table.update('queue', keys.jobState(id), { set: { next: 3 }, add: { slots: 2, version: 1 } });
    for (let minute = 0; minute < 3; minute += 1) {
      await node.heartbeat();
      await farm.tick();
      farm.clock.advance(60_000);
    }

    const chunks = await chunkItems(farm, id);

    assert.equal(state.next, 1);
    assert.deepEqual(
      chunks.map(({ index, status }) => [index, status]),
      [
        [0, 'running'],
        [1, 'queued'],
        [2, 'queued'],
      ],
    );
    await assertConsistent(farm, id);
  });
});

describe('the ready index', () => {
  it('is corrected by the feed when it says something else than its job', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    await farm.drain();
    const { state } = await farm.context.jobs.get(id);
    const heads = async (): Promise<number[]> =>
      (await farm.context.jobs.heads(state.matchClass, 8)).map(({ jobId }) => jobId);
    await farm.table.update('queue', keys.jobState(id), {
      remove: ['readyPk', 'readySk'],
      add: { version: 1 },
    });
    assert.deepEqual(await heads(), []);

    await farm.drain();

    assert.deepEqual(await heads(), [id]);
  });

  onEmbedded(
    'a job that it does not show yet is matched at once, since the pass reads its trigger',
    async (t) => {
      let lag = 0;
      const farm = await startFarm(t, { indexLag: () => lag });
      const node = await farm.addNode('alpha');
      await node.claim();
      await farm.drain();
      lag = 60_000;

      await farm.admin.jobSubmit({ job: aJob(1) });
      await farm.drain();

      assert.equal((await node.heartbeat()).hasWork, true);
    },
  );

  it('a job leaves it when every chunk is handed out, and comes back when one is queued again', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    const isIndexed = async (): Promise<boolean> => (await farm.context.jobs.get(id)).state.isIndexed;
    assert.equal(await isIndexed(), true);
    await node.claim();
    assert.equal(await isIndexed(), false);

    await node.report({ outcome: 'interrupted', exitCode: null, wantsNext: false });

    assert.equal(await isIndexed(), true);
  });

  it('a node that is excluded from the first jobs of a class is given a later one', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const ids: number[] = [];
    for (let job = 0; job < 20; job += 1) ids.push((await farm.admin.jobSubmit({ job: aJob(1) })).id);
    const item = await farm.context.nodes.find(node.id, { consistent: true });
    assert.ok(item);
    const excludedJobs = ids
      .slice(0, 12)
      .map((id) => ({ id, since: '2026-01-01T00:00:00.000Z', reason: 'for the test' }));
    await farm.context.nodes.replace({ ...item, excludedJobs });

    await farm.drain();

    assert.equal((await node.heartbeat()).hasWork, true);
    assert.equal((await node.claim())?.assignment.jobId, ids[12]);
  });
});
