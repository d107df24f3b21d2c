import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

/** What waits in the mailbox of a node. */
const mailOf = async (farm: TestFarm, id: number): Promise<unknown[]> =>
  (await farm.queues.receive(`rollcall-node-${id}.fifo`, 10, 30)).map(({ body }) => JSON.parse(body));

describe('systemSoftRestart', () => {
  it('tells each node by a higher revision, whatever it calls', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(3) });
    const [busy, idle] = [await farm.addNode('alpha'), await farm.addNode('beta')];
    await busy.claim();
    const before = (await busy.heartbeat()).desired.farmRevision;

    await farm.admin.systemSoftRestart({});
    const after = (await busy.heartbeat()).desired.farmRevision;
    const idleAfter = (await idle.heartbeat()).desired.farmRevision;
    const newcomer = await farm.addNode('gamma');

    assert.deepEqual([before, after, idleAfter], [0, 1, 1]);
    assert.equal((await newcomer.heartbeat()).desired.farmRevision, 1);
  });

  it('calls the nodes that are online, a hundred at a time, once every process knows of it', async (t) => {
    const farm = await startFarm(t);
    const nodes = await Promise.all(Array.from({ length: 101 }, (_, n) => farm.addNode(`node ${n}`)));
    const ids = nodes.map(({ id }) => id).sort((a, b) => a - b);
    await farm.drain();

    await farm.admin.systemSoftRestart({});
    await farm.drain();
    const atOnce = await mailOf(farm, ids[0] ?? 0);
    farm.clock.advance(6_000);
    await farm.drain();
    const first = await mailOf(farm, ids[0] ?? 0);
    const last = await mailOf(farm, ids[100] ?? 0);
    farm.clock.advance(1_000);
    await farm.drain();

    assert.deepEqual(atOnce, []);
    assert.deepEqual(first, [{ kind: 'converge', occasion: 'restart-1' }]);
    assert.deepEqual(last, []);
    assert.deepEqual(await mailOf(farm, ids[100] ?? 0), [{ kind: 'converge', occasion: 'restart-1' }]);
  });

  it('leaves chunks that run and their attempts alone', async (t) => {
    const farm = await startFarm(t);
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(1) });
    const node = await farm.addNode('alpha');
    await node.claim();

    await farm.admin.systemSoftRestart({});
    await farm.drain();
    farm.clock.advance(10_000);
    await farm.drain();
    await node.report({ wantsNext: false });
    await farm.drain();
    const { chunks } = await farm.admin.chunkGetList({ jobId });

    assert.deepEqual(
      chunks.map(({ status, attempt, requeueCount }) => ({ status, attempt, requeueCount })),
      [{ status: 'completed', attempt: 1, requeueCount: 0 }],
    );
  });
});
