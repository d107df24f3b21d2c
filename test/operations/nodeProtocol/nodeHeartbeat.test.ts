import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { startFarm } from '../../support/startFarm.ts';

const load = { cpu: 50, freeMemoryMb: 1_000, freeDiskMb: 2_000 };

describe('nodeHeartbeat', () => {
  it('renews the lease of a node, so that it stays online', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');

    for (let minutes = 0; minutes < 30; minutes += 10) {
      farm.clock.advance(600_000);
      await node.heartbeat();
      await farm.tick();
    }
    const { node: after } = await farm.admin.nodeGet({ id: node.id });

    assert.equal(after.status, 'idle');
    assert.equal(after.lastSeenAt, '2026-01-01T00:30:00.000Z');
  });

  it('notes load and progress', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');

    await node.client.nodeHeartbeat({ session: node.session, attemptToken: null, progress: 0.5, load });
    const { node: after } = await farm.admin.nodeGet({ id: node.id });

    assert.deepEqual(after.load, load);
    assert.equal(after.progress, 0.5);
  });

  it('tells of a chunk that was pushed', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.drain();

    const { hasWork, desired } = await node.heartbeat();

    assert.equal(hasWork, true);
    assert.equal(desired.heartbeatSeconds, 30);
  });

  it('accepts a pushed chunk that the node runs', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aJob(1) });
    await farm.drain();
    const state = await farm.context.nodes.findState(node.id, { consistent: true });
    const attemptToken = state?.assignment?.token ?? '';

    await node.client.nodeHeartbeat({ session: node.session, attemptToken, load });
    farm.clock.advance(31_000);
    await farm.tick();

    assert.equal((await farm.admin.nodeGet({ id: node.id })).node.status, 'working');
  });

  it('refuses an attempt that is not the node’s', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aJob(2) });
    const work = await node.claim();
    await farm.admin.nodeKillProcess({ id: node.id });

    for (const attemptToken of [work?.assignment.token ?? '', 'made-up'])
      await assertRefusedWhole(
        farm,
        'nodeHeartbeat',
        'stale-attempt',
        { token: attemptToken },
        { session: node.session, attemptToken, load },
        node.client,
      );
  });
});
