import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import type { FakeNode } from '../../support/fakeNode.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

/** Two nodes work on the job that is meant, one on another job, one is idle. */
async function busyFarm(farm: TestFarm): Promise<{ jobId: number; nodes: FakeNode[] }> {
  const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(2) });
  const nodes = [await farm.addNode('alpha'), await farm.addNode('beta'), await farm.addNode('gamma')];
  await nodes[0]?.claim();
  await nodes[1]?.claim();
  await farm.admin.jobSubmit({ job: aJob(1) });
  farm.clock.advance(1_000);
  await nodes[2]?.claim();
  nodes.push(await farm.addNode('delta'));
  farm.clock.advance(1_000);
  return { jobId, nodes };
}
const statusesOf = async (farm: TestFarm): Promise<string[]> =>
  (await farm.admin.nodeGetList({})).nodes.map(({ status }) => status);

describe('kills on all nodes that work on a job', () => {
  it('nodeKillAndGoOnNodesWorkingOnJob frees them and puts their chunks back', async (t) => {
    const farm = await startFarm(t);
    const { jobId } = await busyFarm(farm);

    const { nodeIds } = await farm.admin.nodeKillAndGoOnNodesWorkingOnJob({ id: jobId });
    const { chunks } = await farm.admin.chunkGetList({ jobId });
    const { job } = await farm.admin.jobGet({ id: jobId });

    assert.deepEqual(nodeIds, [1, 2]);
    assert.deepEqual(await statusesOf(farm), ['idle', 'idle', 'working', 'idle']);
    assert.deepEqual(
      chunks.map(({ status, requeueCount }) => [status, requeueCount]),
      [
        ['queued', 0],
        ['queued', 0],
      ],
    );
    assert.equal(job.runningCount, 0);
  });

  it('nodeKillAndPauseNodesWorkingOnJob pauses them and puts their chunks back', async (t) => {
    const farm = await startFarm(t);
    const { jobId } = await busyFarm(farm);

    const { nodeIds } = await farm.admin.nodeKillAndPauseNodesWorkingOnJob({ id: jobId });
    const { chunks } = await farm.admin.chunkGetList({ jobId });

    assert.deepEqual(nodeIds, [1, 2]);
    assert.deepEqual(await statusesOf(farm), ['paused', 'paused', 'working', 'idle']);
    assert.deepEqual(
      chunks.map(({ status }) => status),
      ['queued', 'queued'],
    );
  });

  it('nodeKillAndRedoNodesWorkingOnJob starts each chunk again on its node', async (t) => {
    const farm = await startFarm(t);
    const { jobId } = await busyFarm(farm);
    const { chunks: before } = await farm.admin.chunkGetList({ jobId });

    const { nodeIds } = await farm.admin.nodeKillAndRedoNodesWorkingOnJob({ id: jobId });
    const { chunks } = await farm.admin.chunkGetList({ jobId });

    assert.deepEqual(nodeIds, [1, 2]);
    assert.deepEqual(await statusesOf(farm), ['working', 'working', 'working', 'idle']);
    assert.deepEqual(
      chunks.map(({ status, nodeId, attempt }) => [status, nodeId, attempt]),
      before.map(({ nodeId }) => ['running', nodeId, 2]),
    );
  });

  it('nodeKillAndRedoNodesWorkingOnJob spares the new attempts at its second look', async (t) => {
    const farm = await startFarm(t);
    const { jobId } = await busyFarm(farm);

    await farm.admin.nodeKillAndRedoNodesWorkingOnJob({ id: jobId });
    farm.clock.advance(6_000);
    await farm.drain();
    const { chunks } = await farm.admin.chunkGetList({ jobId });

    assert.deepEqual(
      chunks.map(({ status, attempt }) => [status, attempt]),
      [
        ['running', 2],
        ['running', 2],
      ],
    );
  });

  it('looks a second time for nodes that the index did not show yet', async (t) => {
    const farm = await startFarm(t, { indexLag: () => 3_000 });
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(1) });
    const node = await farm.addNode('alpha');
    farm.clock.advance(3_000);
    await node.claim();
    farm.clock.advance(1);

    const { nodeIds } = await farm.admin.nodeKillAndPauseNodesWorkingOnJob({ id: jobId });
    const { node: missed } = await farm.admin.nodeGet({ id: node.id });
    farm.clock.advance(6_000);
    await farm.drain();
    const { node: found } = await farm.admin.nodeGet({ id: node.id });

    assert.deepEqual(nodeIds, []);
    assert.equal(missed.status, 'working');
    assert.equal(found.status, 'paused');
  });

  it('answer with nobody when nobody works on the job', async (t) => {
    const farm = await startFarm(t);
    const { id } = await farm.admin.jobSubmit({ job: aJob(1) });

    const { nodeIds } = await farm.admin.nodeKillAndGoOnNodesWorkingOnJob({ id });

    assert.deepEqual(nodeIds, []);
  });

  it('refuse a job that is not there', async (t) => {
    const farm = await startFarm(t);
    const details = { what: 'job', id: 999 };

    await assertRefusedWhole(farm, 'nodeKillAndGoOnNodesWorkingOnJob', 'not-found', details, { id: 999 });
    await assertRefusedWhole(farm, 'nodeKillAndPauseNodesWorkingOnJob', 'not-found', details, { id: 999 });
    await assertRefusedWhole(farm, 'nodeKillAndRedoNodesWorkingOnJob', 'not-found', details, { id: 999 });
  });
});
