import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { someCapabilities } from '../../support/fakeNode.ts';
import { startFarm } from '../../support/startFarm.ts';

const load = { cpu: 42, freeMemoryMb: 1_000, freeDiskMb: 2_000 };
const capabilities = {
  ...someCapabilities,
  cores: 64,
  software: [{ name: 'blender', version: '4.5.0' }],
  interfaces: [{ mac: '02:00:00:00:00:01', cidr: '10.0.7.12/24' }],
};

describe('nodeUpdate', () => {
  it('takes note of what the machine is and does, and leaves the rest of the node as it is', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha', { pools: ['gpu'] });
    await farm.admin.nodeSetNotes({ id: node.id, notes: 'loud fan' });
    const { node: before } = await farm.admin.nodeGet({ id: node.id });
    farm.clock.advance(1_000);

    await node.client.nodeUpdate({ session: node.session, capabilities, load });

    const { node: after } = await farm.admin.nodeGet({ id: node.id });
    assert.deepEqual(after, { ...before, ...capabilities, load, lastSeenAt: '2026-01-01T00:00:01.000Z' });
  });

  it('gives an idle node the work that fits it now', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    await farm.admin.jobSubmit({ job: aJob(1, { minimumCores: 64 }) });
    await node.claim();
    await farm.drain();

    await node.client.nodeUpdate({ session: node.session, capabilities, load });
    await farm.drain();

    assert.equal((await node.heartbeat()).hasWork, true);
  });
});
