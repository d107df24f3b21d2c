/** Pause, resume and the kills of the reference, on real agents. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import type { Client } from '../../client/src/client.ts';
import { realFarm, until, untilEnded } from '../support/realFarm.ts';
import { isAlive, rendering, slowJob } from '../support/slowJob.ts';

/** A farm with agents of these names that are ready. */
async function farmWith(t: TestContext, ...names: readonly string[]) {
  const { client, folder, startAgent } = await realFarm(t);
  for (const name of names) startAgent(name);
  const nodes = await until('the nodes are there', async () => {
    const { nodes: idle } = await client.nodeGetList({ status: 'idle' });
    return idle.length === names.length ? idle : undefined;
  });
  return { client, frames: join(folder, 'frames'), ids: nodes.map(({ id }) => id) };
}

const untilDead = (pids: readonly number[]) =>
  until('the renders are gone', () => pids.every((pid) => !isAlive(pid)));

const statusOf = async (client: Client, id: number): Promise<string> =>
  (await client.nodeGet({ id })).node.status;

/** Of each chunk: attempts made, penalties, and who had it last. */
const triesOf = async (client: Client, jobId: number) =>
  (await client.chunkGetList({ jobId })).chunks.map(({ attempt, requeueCount }) => [attempt, requeueCount]);

describe('a real agent', { concurrency: 2, timeout: 180_000 }, () => {
  it('that is paused finishes its chunk, takes no other, and goes on when it is resumed', async (t) => {
    const { client, frames, ids } = await farmWith(t, 'alpha');
    const [id = 0] = ids;
    const { id: jobId } = await client.jobSubmit({ job: slowJob(frames, 2, 1_000) });
    await rendering(frames, 1);

    await client.nodePause({ id });
    await until('the chunk has ended', async () => (await statusOf(client, id)) === 'paused');
    const { job: meanwhile } = await client.jobGet({ id: jobId });
    await client.nodeResume({ id });
    const job = await untilEnded(client, jobId);

    assert.deepEqual([meanwhile.counts.completed, meanwhile.runningCount], [1, 0]);
    assert.equal(job.status, 'completed');
    assert.deepEqual(await triesOf(client, jobId), [
      [1, 0],
      [1, 0],
    ]);
  });

  it('whose process is killed and which is paused gives its chunk back and stays paused', async (t) => {
    const { client, frames, ids } = await farmWith(t, 'alpha');
    const [id = 0] = ids;
    const { id: jobId } = await client.jobSubmit({ job: slowJob(frames, 1, 2_000) });
    const pid = await rendering(frames, 1);

    await client.nodeKillProcessAndPause({ id });
    await untilDead([pid]);
    const { chunk } = await client.chunkGet({ jobId, chunkId: 1 });

    assert.deepEqual([chunk.status, chunk.requeueCount], ['queued', 0]);
    assert.equal(await statusOf(client, id), 'paused');
    await client.nodeResume({ id });
    assert.equal((await untilEnded(client, jobId)).status, 'completed');
  });

  it('whose process is killed and restarted renders the same chunk again itself', async (t) => {
    const { client, frames, ids } = await farmWith(t, 'alpha', 'beta');
    const { id: jobId } = await client.jobSubmit({ job: slowJob(frames, 1, 2_000) });
    const pid = await rendering(frames, 1);
    const { nodeId } = (await client.chunkGet({ jobId, chunkId: 1 })).chunk;
    assert.ok(nodeId !== null && ids.includes(nodeId));

    await client.nodeKillProcessAndRestart({ id: nodeId });
    await untilDead([pid]);
    const job = await untilEnded(client, jobId);

    const { chunk } = await client.chunkGet({ jobId, chunkId: 1 });
    assert.equal(job.status, 'completed');
    assert.deepEqual([chunk.nodeId, chunk.attempt, chunk.requeueCount], [nodeId, 2, 0]);
  });

  for (const [name, isPaused] of [
    ['nodeKillAndGoOnNodesWorkingOnJob', false],
    ['nodeKillAndRedoNodesWorkingOnJob', false],
    ['nodeKillAndPauseNodesWorkingOnJob', true],
  ] as const) {
    it(`of all that work on a job is reached by ${name}`, async (t) => {
      const { client, frames, ids } = await farmWith(t, 'alpha', 'beta');
      const { id: jobId } = await client.jobSubmit({ job: slowJob(frames, 2, 2_500) });
      const pids = await Promise.all([rendering(frames, 1), rendering(frames, 2)]);

      const told = await client[name]({ id: jobId });
      await untilDead(pids);
      if (isPaused) {
        for (const id of ids) {
          assert.equal(await statusOf(client, id), 'paused');
          await client.nodeResume({ id });
        }
      }
      const job = await untilEnded(client, jobId);

      assert.deepEqual(told.nodeIds, ids);
      assert.equal(job.status, 'completed');
      const tries = await triesOf(client, jobId);
      assert.equal(tries.length, 2);
      for (const [attempt = 0, requeueCount] of tries) {
        // A push that crosses the node's own claim takes a number more.
        assert.ok(attempt >= 2, `attempt ${attempt}`);
        assert.equal(requeueCount, 0);
      }
    });
  }
});
