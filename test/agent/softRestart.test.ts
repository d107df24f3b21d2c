/** The soft restart of the farm, as real agents live through it. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { realFarm, until, untilEnded } from '../support/realFarm.ts';
import { isAlive, rendering, slowJob } from '../support/slowJob.ts';

describe('a soft restart of the farm', { timeout: 120_000 }, () => {
  it('lets a working agent keep its chunk, and an idle one register at once', async (t) => {
    const { client, farm, folder, startAgent } = await realFarm(t);
    const [busy, idle] = [startAgent('busy'), startAgent('idle', { arguments: ['--pools', 'night'] })];
    await until('both are idle', async () => {
      const { nodes } = await client.nodeGetList({ status: 'idle' });
      return nodes.length === 2;
    });
    const frames = join(folder, 'frames');
    mkdirSync(frames);
    const { id: jobId } = await client.jobSubmit({
      job: slowJob(frames, 2, 12_000, { excludedPools: ['night'] }),
    });
    const pid = await rendering(frames, 1);
    const registered = (agent: typeof busy): number => agent.said().match(/registered as node/g)?.length ?? 0;

    await client.systemSoftRestart({});
    await until('the idle one has registered again', () => registered(idle) === 2);
    assert.equal(registered(busy), 1);
    assert.ok(isAlive(pid));
    const job = await untilEnded(client, jobId);

    const { attempts } = await client.chunkGetHistory({ jobId });
    const { chunks } = await client.chunkGetList({ jobId });
    assert.deepEqual([job.status, job.counts.completed], ['completed', 2]);
    assert.deepEqual([registered(busy), registered(idle)], [2, 2]);
    assert.deepEqual(
      attempts.filter(({ chunkId }) => chunkId === 1).map(({ outcome, attempt }) => [outcome, attempt]),
      [['completed', 1]],
    );
    assert.deepEqual(
      chunks.map(({ requeueCount }) => requeueCount),
      [0, 0],
    );
    assert.equal((await farm.context.configuration.getSettings()).permanent.revision, 1);
  });
});
