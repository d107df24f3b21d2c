/** The invariants of the hot path, read from the items themselves. */
import assert from 'node:assert/strict';
import type { ChunkItem } from '../../shared/model/chunk.ts';
import type { TestFarm } from './startFarm.ts';

/** Every item of a job's present generation. */
export async function chunkItems(farm: TestFarm, jobId: number): Promise<ChunkItem[]> {
  const { state } = await farm.context.jobs.get(jobId);
  const chunks: ChunkItem[] = [];
  await farm.context.chunks.readAll(jobId, state.generation, state.total, (chunk) => chunks.push(chunk));
  return chunks.sort((a, b) => a.index - b.index);
}

/** Asserts that a job at rest counts what is there: items, instances, and the nodes that hold its chunks. */
export async function assertConsistent(farm: TestFarm, jobId: number): Promise<void> {
  const { state } = await farm.context.jobs.get(jobId);
  const chunks = await chunkItems(farm, jobId);
  const running = chunks.filter(({ status }) => status === 'running');
  const count = (status: string): number => chunks.filter((chunk) => chunk.status === status).length;
  assert.deepEqual(
    { ...state.counts, running: state.slots },
    {
      queued: count('queued'),
      completed: count('completed'),
      warning: count('warning'),
      failed: count('failed'),
      running: running.length,
    },
    'counts and instances of the job equal its items',
  );
  const holes = Array.from({ length: Math.min(state.next, state.total) }, (_, index) => index).filter(
    (index) => !chunks.some((chunk) => chunk.index === index),
  );
  if (!state.followsChunks) assert.deepEqual(holes, [], 'every index that was handed out has an item');
  for (const chunk of running) {
    const node = await farm.context.nodes.findState(chunk.nodeId ?? 0, { consistent: true });
    assert.equal(node?.assignment?.token, chunk.token, `chunk ${chunk.index + 1} is held by its node`);
  }
}

/** Lets two ticks pass, a minute apart, with everything that follows from them. */
export async function twoTicks(farm: TestFarm): Promise<void> {
  await farm.drain();
  for (let tick = 0; tick < 3; tick += 1) {
    await farm.tick();
    await farm.drain();
    farm.clock.advance(60_000);
  }
}

/** Lets nodes take and complete work until there is none. */
export async function renderAll(
  farm: TestFarm,
  nodes: readonly { claim(): Promise<unknown>; report(): Promise<unknown>; work: unknown }[],
): Promise<void> {
  for (let round = 0; round < 1_000; round += 1) {
    await farm.drain();
    let isBusy = false;
    for (const node of nodes) {
      if (node.work === null) await node.claim();
      if (node.work === null) continue;
      isBusy = true;
      await node.report();
    }
    if (!isBusy) return;
  }
  throw new Error('the nodes never run out of work');
}
