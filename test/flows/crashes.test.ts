import assert from 'node:assert/strict';
import { describe, it, type TestContext } from 'node:test';
import { aJob } from '../support/aJob.ts';
import { assertConsistent, renderAll, twoTicks } from '../support/consistency.ts';
import type { FakeNode } from '../support/fakeNode.ts';
import { startFarm, type TestFarm } from '../support/startFarm.ts';

/** A farm with a job of five chunks and a node at some point of it. */
interface Scene {
  readonly farm: TestFarm;
  readonly node: FakeNode;
  readonly jobId: number;
}

/** Something that a handler does in several writes. */
interface Case {
  readonly name: string;
  /** Brings the farm to the point where the handler is called. */
  readonly arrange: (scene: Scene) => Promise<unknown>;
  readonly act: (scene: Scene) => Promise<unknown>;
}

const cases: readonly Case[] = [
  {
    name: 'a claim of a new chunk',
    arrange: async () => {},
    act: ({ node }) => node.claim(),
  },
  {
    name: 'a claim of a chunk that waits again',
    async arrange({ node }) {
      await node.claim();
      await node.report({ outcome: 'interrupted', exitCode: null, wantsNext: false });
    },
    act: ({ node }) => node.claim(),
  },
  {
    name: 'a report and next',
    arrange: ({ node }) => node.claim(),
    act: ({ node }) => node.report(),
  },
  {
    name: 'a report without next',
    arrange: ({ node }) => node.claim(),
    act: ({ node }) => node.report({ wantsNext: false }),
  },
  {
    name: 'a report of a failure',
    arrange: ({ node }) => node.claim(),
    act: ({ node }) => node.report({ outcome: 'failed', exitCode: 1 }),
  },
  {
    name: 'a report whose next chunk is of another job',
    async arrange({ farm, node }) {
      await node.claim();
      await farm.admin.jobSubmit({ job: aJob(2, { priority: 99 }) });
      farm.clock.advance(2_000);
    },
    act: ({ node }) => node.report(),
  },
  {
    name: 'the end of a lapsed lease',
    async arrange({ farm, node }) {
      await node.claim();
      farm.clock.advance(91_000);
    },
    act: ({ farm }) => farm.tick(),
  },
  {
    name: 'a kill',
    arrange: ({ node }) => node.claim(),
    act: ({ farm, node }) => farm.admin.nodeKillProcess({ id: node.id }),
  },
  {
    name: 'a new attempt on the same node',
    arrange: ({ node }) => node.claim(),
    act: ({ farm, node }) => farm.admin.nodeKillProcessAndRestart({ id: node.id }),
  },
  {
    name: 'a new session of a node that holds a chunk',
    arrange: ({ node }) => node.claim(),
    act: ({ farm }) => farm.addNode('alpha'),
  },
  {
    name: 'a chunk that is set by hand while it runs',
    arrange: ({ node }) => node.claim(),
    act: ({ farm, jobId }) => farm.admin.chunkSetStatus({ jobId, chunkId: 1, status: 'queued' }),
  },
  {
    name: 'a dispatch pass',
    arrange: ({ node }) =>
      node.claim().then(() => node.report({ outcome: 'interrupted', exitCode: null, wantsNext: false })),
    act: ({ farm }) => farm.drain(),
  },
];

async function scene(t: TestContext): Promise<Scene> {
  const farm = await startFarm(t);
  const node = await farm.addNode('alpha');
  const { id: jobId } = await farm.admin.jobSubmit({ job: aJob(5, { maximumInstances: 1 }) });
  return { farm, node, jobId };
}

describe('a crash of the dispatcher between any two writes', () => {
  for (const { name, arrange, act } of cases) {
    it(`${name} loses no chunk and finishes none twice, wherever it is cut off`, async (t) => {
      const undisturbed = await scene(t);
      await arrange(undisturbed);
      const writes = await undisturbed.farm.writes.count(() => act(undisturbed));
      await undisturbed.farm.close();
      assert.ok(writes >= 2, `${name} takes ${writes} writes`);

      for (let survived = 0; survived < writes; survived += 1) {
        const crashed = await scene(t);
        await arrange(crashed);
        crashed.farm.writes.crashAfter(survived);
        await act(crashed).catch(() => {});
        crashed.farm.writes.calm();
        await recover(crashed);

        const { job } = await crashed.farm.admin.jobGet({ id: crashed.jobId });
        assert.deepEqual(
          [job.status, job.counts, job.runningCount],
          ['completed', { queued: 0, completed: 5, warning: 0, failed: 0 }, 0],
          `after ${survived} of ${writes} writes`,
        );
        await assertConsistent(crashed.farm, crashed.jobId);
        const { attempts } = await crashed.farm.admin.chunkGetHistory({ jobId: crashed.jobId });
        const completed = attempts
          .filter(({ outcome }) => outcome === 'completed')
          .map(({ chunkId }) => chunkId);
        assert.deepEqual(completed, [1, 2, 3, 4, 5], `after ${survived} of ${writes} writes`);
        await crashed.farm.close();
      }
    });
  }
});

/** What the farm and a patient node do by themselves: the node repeats its call, the tick repairs. */
async function recover({ farm, node }: Scene): Promise<void> {
  const held = node.work;
  if (held !== null) {
    // The agent repeats a report until it is answered; a stale one is dropped.
    await node.report().catch(() => {
      node.work = null;
    });
  }
  const session = await node.heartbeat().then(
    () => true,
    () => false,
  );
  node.work = null;
  const worker = session ? node : await farm.addNode('alpha');
  await renderAll(farm, [worker]);
  await twoTicks(farm);
  const again = await farm.addNode('alpha');
  await renderAll(farm, [again]);
  await twoTicks(farm);
}
