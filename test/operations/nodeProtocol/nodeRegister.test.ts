import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { someCapabilities } from '../../support/fakeNode.ts';
import { assertRefused, assertRefusedWhole } from '../../support/refusal.ts';
import { JOIN_TOKEN, startFarm } from '../../support/startFarm.ts';

const registration = { name: 'alpha', secret: 'a secret of alpha', capabilities: someCapabilities };

describe('nodeRegister', () => {
  it('gives a new node an id, a session, a token and its desired state', async (t) => {
    const farm = await startFarm(t);
    const joiner = farm.clientWith(JOIN_TOKEN);

    const { nodeId, session, token, desired } = await joiner.nodeRegister(registration);
    const claimed = await farm.clientWith(token).nodeClaim({ session, attemptToken: null });

    assert.equal(nodeId, 1);
    assert.deepEqual(desired, {
      paused: false,
      processPriority: 'normal',
      realtimeLog: false,
      commandNo: 0,
      heartbeatSeconds: 300,
      farmRevision: 0,
    });
    assert.equal(claimed.work, null);
  });

  it('gives a known node a new session and takes over what it says of itself', async (t) => {
    const farm = await startFarm(t);
    const joiner = farm.clientWith(JOIN_TOKEN);
    const first = await joiner.nodeRegister(registration);

    const second = await joiner.nodeRegister({
      ...registration,
      pools: ['gpu'],
      capabilities: { ...someCapabilities, cores: 64 },
    });
    const { node } = await farm.admin.nodeGet({ id: first.nodeId });

    assert.equal(second.nodeId, first.nodeId);
    assert.notEqual(second.session, first.session);
    assert.deepEqual([node.cores, node.pools], [64, ['gpu']]);
  });

  it('ends the former session, whose chunk goes back without penalty', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(1) });
    await node.claim();

    await farm.addNode('alpha');
    const { chunk } = await farm.admin.chunkGet({ jobId, chunkId: 1 });
    const { job } = await farm.admin.jobGet({ id: jobId });

    assert.deepEqual([chunk.status, chunk.requeueCount], ['queued', 0]);
    assert.equal(job.runningCount, 0);
    await assertRefused(
      node.client,
      'nodeHeartbeat',
      'session-replaced',
      { nodeId: node.id },
      { session: node.session, attemptToken: null, load: { cpu: 0, freeMemoryMb: 0, freeDiskMb: 0 } },
    );
  });

  it('refuses the name of a live node to another machine', async (t) => {
    const farm = await startFarm(t);
    await farm.addNode('alpha');

    await assertRefusedWhole(
      farm,
      'nodeRegister',
      'node-name-taken',
      { name: 'alpha' },
      { ...registration, secret: 'another secret 0000' },
      farm.clientWith(JOIN_TOKEN),
    );
  });

  it('passes the name of a node that left, and its id, to another machine', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await node.leave();

    const newcomer = await farm.addNode('alpha', { secret: 'another secret 0000' });

    assert.equal(newcomer.id, node.id);
  });

  it('keeps a node that was paused from work when it comes back', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await farm.admin.nodePause({ id: node.id });
    await node.leave();

    const { desired } = await farm.clientWith(JOIN_TOKEN).nodeRegister({
      ...registration,
      secret: node.secret,
    });

    assert.equal(desired.paused, true);
  });
});
