import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import { assertRefusedWhole } from '../../support/refusal.ts';
import { sharedFarm } from '../../support/sharedFarm.ts';

const farm = await sharedFarm();
const alpha = await farm.addNode('alpha', { pools: ['gpu'] });

const fresh = {
  id: alpha.id,
  name: 'alpha',
  host: 'testhost',
  platform: 'linux',
  architecture: 'x64',
  cores: 8,
  threads: 16,
  speedMhz: 3_000,
  memoryMb: 32_768,
  agentVersion: '0.1.0',
  software: [{ name: 'python3', version: '3.12.3' }],
  interfaces: [],
  pools: ['gpu'],
  status: 'idle',
  paused: false,
  processPriority: 'normal',
  realtimeLog: false,
  notes: '',
  jobId: null,
  chunkId: null,
  progress: 0,
  load: null,
  lastSeenAt: '2026-01-01T00:00:00.000Z',
  registeredAt: '2026-01-01T00:00:00.000Z',
  excludedJobs: [],
  excludedTemplates: [],
};

describe('nodeGet and nodeGetByName', () => {
  it('retrieve a node that has just registered', async () => {
    const { node } = await farm.admin.nodeGet({ id: alpha.id });
    const { node: byName } = await farm.admin.nodeGetByName({ name: 'alpha' });

    assert.deepEqual(node, fresh);
    assert.deepEqual(byName, fresh);
  });

  it('show what a node works on, and its load', async () => {
    const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(2) });
    await alpha.claim();
    farm.clock.advance(1_000);
    await alpha.heartbeat(0.5);

    const { node } = await farm.admin.nodeGet({ id: alpha.id });

    assert.deepEqual(node, {
      ...fresh,
      status: 'working',
      jobId,
      chunkId: 1,
      progress: 0.5,
      load: { cpu: 10, freeMemoryMb: 16_000, freeDiskMb: 100_000 },
      lastSeenAt: '2026-01-01T00:00:01.000Z',
    });
  });

  it('refuse an id and a name that no node has', async () => {
    await assertRefusedWhole(farm, 'nodeGet', 'not-found', { what: 'node', id: 999 }, { id: 999 });
    await assertRefusedWhole(
      farm,
      'nodeGetByName',
      'not-found',
      { what: 'node', id: 'omega' },
      { name: 'omega' },
    );
  });
});
