import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { JobSubmission } from '../../../client/src/generated.ts';
import { aJob } from '../../support/aJob.ts';
import { startFarm } from '../../support/startFarm.ts';

describe('nodeClaim', () => {
  it('hands out the best chunk with everything that the node needs to run it', async (t) => {
    const farm = await startFarm(t);
    const { id: jobId } = await farm.admin.jobSubmit({
      job: aJob(4, {
        name: 'shot 010',
        packetSize: 2,
        environment: { SCENE: 'a' },
        chunkTimeoutSeconds: 60,
        validExitCodes: [0, 3],
        attributes: { command: { value: '/bin/echo' }, arguments: { value: 'frame' } },
      }),
    });
    const node = await farm.addNode('alpha');

    const { work, desired } = await node.client.nodeClaim({ session: node.session, attemptToken: null });

    assert.ok(work);
    const { token, ...assignment } = work.assignment;
    assert.deepEqual(assignment, { jobId, generation: 1, index: 0, total: 2, attempt: 1 });
    assert.match(token, /^[\w-]{24}$/);
    assert.equal(work.jobName, 'shot 010');
    assert.equal(work.templateId, 43);
    assert.deepEqual(work.packet, { startFrame: 1, endFrame: 2, byFrame: 1, frameCount: 2, slice: 0 });
    assert.equal(work.program, '/bin/echo');
    assert.deepEqual(work.environment, { SCENE: 'a' });
    assert.equal(work.timeoutSeconds, 60);
    assert.deepEqual(work.checks.validExitCodes, [0, 3]);
    assert.deepEqual(desired, {
      paused: false,
      processPriority: 'normal',
      realtimeLog: false,
      commandNo: 0,
      heartbeatSeconds: 30,
      farmRevision: 0,
    });
  });

  it('answers a node that holds a chunk with that very one', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(4) });
    const node = await farm.addNode('alpha');

    const first = await node.claim();
    const second = await node.claim();

    assert.notEqual(first, null);
    assert.deepEqual(second, first);
  });

  it('makes a node idle when there is no work', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');

    const { work, desired } = await node.client.nodeClaim({ session: node.session, attemptToken: null });

    assert.equal(work, null);
    assert.equal(desired.heartbeatSeconds, 300);
    assert.equal((await farm.admin.nodeGet({ id: node.id })).node.status, 'idle');
  });

  it('brings back a node whose lease had lapsed', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha');
    farm.clock.advance(901_000);
    await farm.tick();
    const { node: gone } = await farm.admin
      .nodeGet({ id: node.id })
      .catch(() => farm.admin.nodeGet({ id: 1 }));

    await node.claim();
    const { node: back } = await farm.admin.nodeGet({ id: node.id });

    assert.equal(gone.status, 'offline');
    assert.equal(back.status, 'idle');
  });

  it('goes by emergency, then priority, then age', async (t) => {
    const farm = await startFarm(t);
    const submit = async (change: Partial<JobSubmission>): Promise<number> =>
      (await farm.admin.jobSubmit({ job: aJob(1, change) })).id;
    const ids = [
      await submit({ priority: 10 }),
      await submit({ priority: 60 }),
      await submit({ priority: 60 }),
      await submit({ priority: 0, emergencyQueue: true }),
    ];
    const node = await farm.addNode('alpha');

    const order: number[] = [];
    for (let work = await node.claim(); work !== null; work = await node.report())
      order.push(work.assignment.jobId);

    assert.deepEqual(order, [ids[3], ids[1], ids[2], ids[0]]);
  });

  it('gives a node nothing that it does not fit', async (t) => {
    const farm = await startFarm(t);
    const node = await farm.addNode('alpha', { pools: ['cpu'] });
    for (const change of [
      { platform: 'win32' },
      { includedPools: ['gpu'] },
      { excludedPools: ['cpu'] },
      { excludedPools: ['alpha'] },
      { minimumCores: 9 },
      { minimumPhysicalMb: 40_000 },
    ] as const)
      await farm.admin.jobSubmit({ job: aJob(1, change) });

    assert.equal(await node.claim(), null);
  });

  it('gives no more chunks of a job at a time than it allows', async (t) => {
    const farm = await startFarm(t);
    await farm.admin.jobSubmit({ job: aJob(3, { maximumInstances: 1 }) });
    const [alpha, beta] = [await farm.addNode('alpha'), await farm.addNode('beta')];

    const work = await alpha.claim();
    farm.clock.advance(1_000);
    const none = await beta.claim();

    assert.notEqual(work, null);
    assert.equal(none, null);
  });
});
