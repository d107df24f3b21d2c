import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../support/aJob.ts';
import { assertConsistent, renderAll, twoTicks } from '../support/consistency.ts';
import { onEmbedded, startFarm } from '../support/startFarm.ts';

describe('commands of an operator at the worst moment', () => {
  it('a pause that races an assignment wins: the chunk goes back and the node stays paused', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    farm.writes.beforeFirst('NODESTATES', () => farm.admin.nodePause({ id: node.id }));

    const work = await node.claim();

    assert.equal(work, null);
    const { node: view } = await farm.admin.nodeGet({ id: node.id });
    assert.deepEqual([view.status, view.jobId], ['paused', null]);
    assert.equal((await farm.admin.chunkGet({ jobId: id, chunkId: 1 })).chunk.status, 'queued');
    await assertConsistent(farm, id);
  });

  it('a pause that races a report and next lets the node finish and keeps the next chunk from it', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    await node.claim();
    farm.writes.beforeFirst('NODESTATES', () => farm.admin.nodePause({ id: node.id }));

    const next = await node.report();

    assert.equal(next, null);
    assert.equal((await farm.admin.nodeGet({ id: node.id })).node.status, 'paused');
    assert.equal((await farm.admin.jobGet({ id })).job.counts.completed, 1);
    await assertConsistent(farm, id);
    await farm.admin.nodeResume({ id: node.id });
    await renderAll(farm, [node]);
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'completed');
  });

  it('a paused node finishes its chunk and takes no other', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aJob(3) });
    await node.claim();
    await farm.admin.nodePause({ id: node.id });

    assert.equal((await node.heartbeat(0.5)).desired.paused, true);
    assert.equal((await farm.admin.nodeGet({ id: node.id })).node.status, 'working');
    assert.equal(await node.report(), null);
    assert.equal(await node.claim(), null);
    assert.equal((await farm.admin.nodeGet({ id: node.id })).node.status, 'paused');
  });

  it('a node that is paused while it is offline comes back paused', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await node.leave();
    await farm.admin.nodePause({ id: node.id });
    await farm.admin.jobSubmit({ job: aJob(1) });

    const again = await farm.addNode('alpha');

    assert.equal(await again.claim(), null);
    assert.equal((await farm.admin.nodeGet({ id: node.id })).node.status, 'paused');
  });

  it('nodeKillProcess puts the chunk back without penalty and lets the node go on', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    const before = await node.claim();

    await farm.admin.nodeKillProcess({ id: node.id });

    await assert.rejects(node.heartbeat(), { code: 'stale-attempt' });
    node.work = null;
    const after = await node.claim();
    assert.deepEqual([after?.assignment.index, after?.assignment.attempt], [0, 2]);
    assert.notEqual(after?.assignment.token, before?.assignment.token);
    assert.equal((await farm.admin.chunkGet({ jobId: id, chunkId: 1 })).chunk.requeueCount, 0);
    await assertConsistent(farm, id);
  });

  it('nodeKillProcessAndPause puts the chunk back and leaves the node paused', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });
    await node.claim();

    await farm.admin.nodeKillProcessAndPause({ id: node.id });
    await farm.drain();

    node.work = null;
    assert.equal(await node.claim(), null);
    assert.equal((await farm.admin.nodeGet({ id: node.id })).node.status, 'paused');
    assert.equal((await farm.admin.chunkGet({ jobId: id, chunkId: 1 })).chunk.status, 'queued');
    await assertConsistent(farm, id);
  });

  it('nodeKillProcessAndRestart starts the same chunk again on the same node, as a new attempt', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    const before = await node.claim();

    await farm.admin.nodeKillProcessAndRestart({ id: node.id });

    await assert.rejects(node.heartbeat(), { code: 'stale-attempt' });
    node.work = null;
    const after = await node.claim();
    assert.deepEqual([after?.assignment.index, after?.assignment.attempt], [before?.assignment.index, 2]);
    assert.equal((await farm.admin.jobGet({ id })).job.runningCount, 1);
    await farm.drain();
    const { attempts } = await farm.admin.chunkGetHistory({ jobId: id });
    assert.deepEqual(
      attempts.map(({ attempt, outcome }) => [attempt, outcome]),
      [[1, 'overridden']],
    );
    await assertConsistent(farm, id);
  });

  onEmbedded('a kill of all nodes that work on a job reaches those that the index shows late', async (t) => {
    let lag = 0;
    const farm = await startFarm(t, { indexLag: () => lag });
    const alpha = await farm.addNode('alpha');
    const beta = await farm.addNode('beta');
    const { id } = await farm.admin.jobSubmit({ job: aJob(5) });
    await alpha.claim();
    lag = 4_000;
    await beta.claim();

    farm.clock.advance(1);
    const { nodeIds } = await farm.admin.nodeKillAndPauseNodesWorkingOnJob({ id });
    assert.deepEqual(nodeIds, [alpha.id]);
    farm.clock.advance(5_000);
    await farm.drain();

    assert.equal((await farm.admin.nodeGet({ id: beta.id })).node.status, 'paused');
    await assertConsistent(farm, id);
  });

  it('a kill does not hit what a node began afterwards', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(5) });
    await node.claim();
    await farm.admin.nodeKillAndGoOnNodesWorkingOnJob({ id });
    node.work = null;
    farm.clock.advance(1_000);
    const next = await node.claim();
    farm.clock.advance(5_000);
    await farm.drain();

    assert.equal((await node.heartbeat(0.5)).hasWork, false);
    assert.ok(next);
    await assertConsistent(farm, id);
  });

  it('a chunk that is set by hand during the recount keeps the job from ending', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    await node.claim();
    await node.report();
    await node.report({ wantsNext: false });
    await node.leave();
    // The recount has read every item and is about to commit.
    farm.writes.beforeFirst('STATES', () =>
      farm.admin.chunkSetStatus({ jobId: id, chunkId: 1, status: 'queued' }),
    );

    await farm.drain();

    const { job } = await farm.admin.jobGet({ id });
    assert.deepEqual([job.status, job.counts.queued, job.counts.completed], ['in-progress', 1, 1]);
    await assertConsistent(farm, id);
  });

  it('a chunk that is requeued by hand reopens an ended job, and only that chunk renders again', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    await renderAll(farm, [node]);

    await farm.admin.chunkSetStatus({ jobId: id, chunkId: 2, status: 'queued' });
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'in-progress');
    await renderAll(farm, [node]);

    const { chunks } = await farm.admin.chunkGetList({ jobId: id });
    assert.deepEqual(
      chunks.map(({ attempt }) => attempt),
      [1, 2, 1],
    );
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'completed');
    await assertConsistent(farm, id);
  });

  it('a chunk that is completed by hand while it runs stops its node and is not counted twice', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(2) });
    const held = await node.claim();

    await farm.admin.chunkSetStatus({ jobId: id, chunkId: 1, status: 'completed' });

    await assert.rejects(node.heartbeat(), { code: 'stale-attempt' });
    assert.equal(held?.assignment.index, 0);
    await assert.rejects(node.report(), { code: 'stale-attempt' });
    const next = await node.claim();
    assert.equal(next?.assignment.index, 1);
    assert.equal((await farm.admin.jobGet({ id })).job.counts.completed, 1);
    await assertConsistent(farm, id);
  });

  it('chunks that are completed by hand before anyone had them are skipped', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(5) });
    for (const chunkId of [1, 2, 4])
      await farm.admin.chunkSetStatus({ jobId: id, chunkId, status: 'completed' });
    const node = await farm.addNode('alpha');

    const frames: number[] = [];
    for (let work = await node.claim(); work !== null; work = await node.report())
      frames.push(work.packet.startFrame);
    await farm.drain();

    assert.deepEqual(frames, [3, 5]);
    assert.equal((await farm.admin.jobGet({ id })).job.status, 'completed');
    await assertConsistent(farm, id);
  });

  it('a job whose chunks are all completed by hand ends without a node', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(2, { paused: true }) });
    for (const chunkId of [1, 2])
      await farm.admin.chunkSetStatus({ jobId: id, chunkId, status: 'completed' });

    await farm.drain();

    assert.equal((await farm.admin.jobGet({ id })).job.status, 'completed');
  });

  it('a job that is paused, reinitialised and deleted under its nodes leaves no slot and no node behind', async (t) => {
    const farm = await startFarm(t);
    const nodes = await Promise.all(['a', 'b', 'c'].map((name) => farm.addNode(name)));
    const { id } = await farm.admin.jobSubmit({ job: aJob(20) });
    for (const node of nodes) await node.claim();
    await farm.admin.jobEdit({ id, changes: { paused: true } });
    await nodes[0]?.report();
    await farm.admin.jobReinit({ id });
    await nodes[1]?.report();
    await farm.admin.jobEdit({ id, changes: { paused: false, priority: 77 } });
    await farm.drain();
    await farm.admin.jobDelete({ id });
    await nodes[2]?.report().catch(() => {});
    await farm.drain();
    const { nodes: views } = await farm.admin.nodeGetList({});
    await twoTicks(farm);

    assert.deepEqual(
      views.map(({ status, jobId }) => [status, jobId]),
      [
        ['idle', null],
        ['idle', null],
        ['idle', null],
      ],
    );
    assert.equal(await farm.context.jobs.findState(id, { consistent: true }), undefined);
  });
});

describe('lagging indexes', () => {
  onEmbedded('an idle node and a job find each other although the indexes show neither yet', async (t) => {
    const farm = await startFarm(t, { indexLag: () => 4_000 });
    const node = await farm.addNode('alpha');
    await node.claim();
    await farm.drain();
    await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.drain();
    assert.equal((await node.heartbeat()).hasWork, false);

    farm.clock.advance(5_000);
    await farm.drain();

    assert.equal((await node.heartbeat()).hasWork, true);
  });

  onEmbedded('a farm whose indexes lag by seconds still renders everything once', async (t) => {
    let draw = 0;
    const farm = await startFarm(t, { indexLag: () => (draw = (draw * 7 + 1_300) % 5_000) });
    const nodes = await Promise.all(['a', 'b', 'c'].map((name) => farm.addNode(name)));
    const ids: number[] = [];
    for (let job = 0; job < 3; job += 1) ids.push((await farm.admin.jobSubmit({ job: aJob(7) })).id);

    for (let round = 0; round < 40; round += 1) {
      await renderAll(farm, nodes);
      farm.clock.advance(2_500);
      await farm.tick();
    }

    for (const id of ids) {
      const { job } = await farm.admin.jobGet({ id });
      assert.deepEqual([job.status, job.counts.completed], ['completed', 7]);
      assert.equal((await farm.admin.chunkGetHistory({ jobId: id })).attempts.length, 7);
      await assertConsistent(farm, id);
    }
  });

  it('a ready index that says something else than its job is corrected by the feed', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({ job: aJob(3) });
    await farm.drain();
    const { keys } = await import('../../shared/store/keys.ts');
    await farm.table.update('queue', keys.jobState(id), {
      remove: ['readyPk', 'readySk'],
      add: { version: 1 },
    });

    await farm.drain();

    assert.ok(await node.claim());
  });
});
