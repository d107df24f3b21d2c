import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { aJob } from '../../support/aJob.ts';
import type { FakeNode } from '../../support/fakeNode.ts';
import { assertUnchanged } from '../../support/farmState.ts';
import { startFarm, type TestFarm } from '../../support/startFarm.ts';

const clearCache = (fields: object = {}) =>
  aJob(2, { name: 'clear cache', packetType: 'broadcast', ...fields });

/** Names of the jobs that a node is given, one after the other. */
async function renderAll(farm: TestFarm, node: FakeNode): Promise<string[]> {
  const names: string[] = [];
  for (let work = await node.claim(); work !== null; work = await node.report()) {
    names.push((await farm.admin.jobGet({ id: work.assignment.jobId })).job.name);
  }
  return names;
}

describe('a job with packet type broadcast', () => {
  it('is a folder with a job for each node that fits, which only that one renders', async (t) => {
    const farm = await startFarm(t);
    const alpha = await farm.addNode('alpha', { pools: ['gpu'] });
    const beta = await farm.addNode('beta', { pools: ['gpu'] });
    const gamma = await farm.addNode('gamma');

    const { id, chunkCount } = await farm.admin.jobSubmit({ job: clearCache({ includedPools: ['gpu'] }) });

    const { jobs } = await farm.admin.jobGetList({});
    assert.deepEqual(
      jobs.map(({ name, status, parentId }) => [name, status, parentId]),
      [
        ['clear cache', 'folder', -1],
        ['clear cache on alpha', 'queued', id],
        ['clear cache on beta', 'queued', id],
      ],
    );
    assert.equal(chunkCount, 4);
    assert.deepEqual(await renderAll(farm, gamma), []);
    assert.deepEqual(await renderAll(farm, alpha), ['clear cache on alpha', 'clear cache on alpha']);
    assert.deepEqual(await renderAll(farm, beta), ['clear cache on beta', 'clear cache on beta']);
  });

  it('goes on where it was cut off when the request comes again, and not once it is deleted', async (t) => {
    const farm = await startFarm(t);
    for (const name of ['alpha', 'beta', 'gamma']) await farm.addNode(name);
    const request = { job: clearCache(), requestToken: 'a-broadcast-of-the-tests' };

    farm.writes.crashAfter(12);

    await assert.rejects(farm.admin.jobSubmit(request));
    farm.writes.calm();
    assert.ok((await farm.admin.jobGetList({})).jobs.length < 4);
    await farm.admin.jobSubmit(request);
    const made = (await farm.admin.jobGetList({})).jobs;
    for (const job of made.toReversed()) await farm.admin.jobDelete({ id: job.id });
    farm.clock.advance(120_000);
    await farm.tick();
    await farm.drain();
    await farm.admin.jobSubmit(request);

    assert.deepEqual(made.map(({ name }) => name).toSorted(), [
      'clear cache',
      'clear cache on alpha',
      'clear cache on beta',
      'clear cache on gamma',
    ]);
    assert.deepEqual((await farm.admin.jobGetList({})).jobs, []);
  });

  it('is refused where no node fits, and changes nothing', async (t) => {
    const farm = await startFarm(t);
    await farm.addNode('alpha');

    await assertUnchanged(farm, () =>
      assert.rejects(farm.admin.jobSubmit({ job: clearCache({ includedPools: ['gpu'] }) }), {
        code: 'invalid-input',
        message:
          'job.includedPools: must leave 1 to 1000 nodes with packetType broadcast; 0 of the farm fit.',
      }),
    );
  });
});

describe('a job with packet type target-host', () => {
  it('is rendered by the node that it names', async (t) => {
    const farm = await startFarm(t);
    const alpha = await farm.addNode('alpha');
    const beta = await farm.addNode('beta');
    await farm.admin.jobSubmit({ job: aJob(2, { packetType: 'target-host', includedPools: ['beta'] }) });

    assert.deepEqual(await renderAll(farm, alpha), []);
    assert.deepEqual(await renderAll(farm, beta), ['a job', 'a job']);
  });

  it('is refused unless it names one node, at submission and at an edit', async (t) => {
    const farm = await startFarm(t);
    await farm.addNode('alpha');
    const { id } = await farm.admin.jobSubmit({
      job: aJob(1, { packetType: 'target-host', includedPools: ['alpha'] }),
    });

    for (const [includedPools, given] of [
      [[], 'empty'],
      [['gpu'], 'gpu'],
      [['alpha', 'gpu'], 'alpha, gpu'],
    ] as const) {
      await assert.rejects(
        farm.admin.jobSubmit({ job: aJob(1, { packetType: 'target-host', includedPools }) }),
        {
          code: 'invalid-input',
          message: `job.includedPools: must be the name of one node with packetType target-host; it is ${given}.`,
        },
      );
      await assert.rejects(farm.admin.jobEdit({ id, changes: { includedPools } }), {
        code: 'invalid-input',
        message: `changes.includedPools: must be the name of one node with packetType target-host; it is ${given}.`,
      });
    }
  });
});
