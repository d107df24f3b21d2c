/** Units and times of the hot path against the size of everything it must not depend on. */
import { DISPATCH_QUEUE, PROJECTOR } from '../../local/farm.ts';
import { runFeedBatch } from '../../local/feedPump.ts';
import { lambdaContext } from '../../local/gateway/lambda.ts';
import { keys } from '../../shared/store/keys.ts';
import { aJob } from '../../test/support/aJob.ts';
import type { FakeNode } from '../../test/support/fakeNode.ts';
import { startFarm, type TestFarm } from '../../test/support/startFarm.ts';
import { addIdleNodes, addReadyJobs, addWorkingNodes } from './population.ts';

export interface Units {
  readonly writeUnits: number;
  readonly readUnits: number;
  /** On this machine, over HTTP on loopback, on the embedded store. */
  readonly milliseconds: number;
}

/** How the hot path does when something has one size. */
export interface Point {
  readonly size: number;
  /** `jobSubmit`. */
  readonly submit: Units;
  /** A claim by a node of which nothing is kept in memory. */
  readonly claim: Units;
  /** A chunk from its report to the next, with its history; the time is that of the report. */
  readonly chunk: Units;
  readonly heartbeat: Units;
  readonly tick: Units;
}

/** How a job finds idle nodes. */
export interface WakeUp {
  readonly nodes: number;
  /** Nodes that the first pass gives work, the one after 5 s, and the one that a tick asks for. */
  readonly woken: readonly number[];
  /** Of the first pass, a node. */
  readonly perNode: Units;
  /** Until all of them have work: a second pass after 5 s, then one a minute. */
  readonly secondsForAll: number;
  /**
   * Until a node gets work that it alone can do, while as many have been idle for longer; undefined if three minutes do
   * not bring it.
   */
  readonly secondsBehindUnfit: number | undefined;
}

export interface Curves {
  readonly backlog: readonly Point[];
  readonly nodes: readonly Point[];
  readonly jobs: readonly Point[];
  /** Different demands on nodes, a job each, all of which the node meets. */
  readonly classes: readonly Point[];
  readonly wakeUp: readonly WakeUp[];
}

/** The sizes of each curve. */
export type Sizes = { readonly [Name in keyof Curves]: readonly number[] };

export const fullSizes: Sizes = {
  backlog: [1_000, 10_000, 100_000, 1_000_000, 10_000_000],
  nodes: [10, 100, 1_000, 10_000, 50_000],
  jobs: [1, 100, 1_000, 10_000, 100_000],
  classes: [1, 10, 100, 1_000],
  wakeUp: [10, 100, 1_000, 10_000, 50_000],
};

/** Chunks and claims that each point is measured over. */
const CHUNKS = 20;
const CLAIMS = 5;

/** `onProgress` hears what is measured next. */
export async function measureCurves(sizes: Sizes, onProgress: (what: string) => void): Promise<Curves> {
  const curve = async <Result>(
    name: keyof Curves,
    measure: (farm: TestFarm, size: number) => Promise<Result>,
  ): Promise<Result[]> => {
    const results: Result[] = [];
    for (const size of sizes[name]) {
      onProgress(`${name} ${size}`);
      results.push(await withFarm((farm) => measure(farm, size)));
    }
    return results;
  };
  return {
    backlog: await curve('backlog', (farm, size) => measurePoint(farm, size, { chunks: size })),
    nodes: await curve('nodes', (farm, size) => measurePoint(farm, size, { nodes: size })),
    jobs: await curve('jobs', (farm, size) => measurePoint(farm, size, { jobs: size })),
    classes: await curve('classes', (farm, size) => measurePoint(farm, size, { classes: size })),
    wakeUp: await curve('wakeUp', async (farm, size) => ({
      ...(await measureWakeUp(farm, size)),
      secondsBehindUnfit: await withFarm((other) => measureBehindUnfit(other, size)),
    })),
  };
}

async function withFarm<Result>(work: (farm: TestFarm) => Promise<Result>): Promise<Result> {
  const endings: (() => unknown)[] = [];
  const farm = await startFarm({
    after: (end) => endings.push(end as () => unknown),
    diagnostic: (line) => console.error(line),
  });
  try {
    return await work(farm);
  } finally {
    for (const end of endings) await end();
  }
}

interface Circumstances {
  readonly chunks?: number;
  readonly nodes?: number;
  readonly jobs?: number;
  readonly classes?: number;
}

async function measurePoint(
  farm: TestFarm,
  size: number,
  { chunks = 1_000_000, nodes = 1, jobs = 1, classes = 1 }: Circumstances,
): Promise<Point> {
  const node = await farm.addNode('alpha');
  await farm.drain();
  for (let number = 1; number < classes; number += 1) {
    await farm.admin.jobSubmit({ job: aJob(10, { minimumSpeedMhz: number, priority: 1 }) });
  }
  // The class is known from here on; how a new one is made is not what grows.
  await farm.admin.jobDelete({ id: (await farm.admin.jobSubmit({ job: aJob(1) })).id });
  let jobId = 0;
  const submit = await measure(farm, 1, async () => {
    ({ id: jobId } = await farm.admin.jobSubmit({ job: aJob(chunks) }));
  });
  // In the middle, where nothing is special.
  await farm.table.update('queue', keys.jobState(jobId), {
    set: { next: Math.floor(chunks / 2) },
    add: { version: 1 },
  });
  if (jobs > 1) await addReadyJobs(farm, jobId, jobs - 1);
  await farm.drain();
  await node.claim();
  if (nodes > 1) await addWorkingNodes(farm, node.id, nodes - 1);
  const claim = await measureClaims(farm, node);
  await farm.drain();
  const chunk = await measureChunks(farm, node);
  const heartbeat = await measure(farm, 1, () => node.heartbeat(0.5));
  // The first sweeps what the submissions above left behind.
  await farm.tick();
  await farm.drain();
  return { size, submit, claim, chunk, heartbeat, tick: await measure(farm, 1, () => farm.tick()) };
}

/** Nothing runs the feed in between, or work would be pushed to the node before it asks. */
async function measureClaims(farm: TestFarm, node: FakeNode): Promise<Units> {
  const claims: Units[] = [];
  for (let number = 0; number < CLAIMS; number += 1) {
    await node.report({ wantsNext: false });
    farm.clock.advance(60_000);
    claims.push(await measure(farm, 1, () => node.claim()));
  }
  return {
    ...(claims.at(-1) as Units),
    milliseconds: median(claims.map(({ milliseconds }) => milliseconds)),
  };
}

/** A second passes from chunk to chunk, as it does in a busy farm: nothing is warm from the chunk before. */
async function measureChunks(farm: TestFarm, node: FakeNode): Promise<Units> {
  const times: number[] = [];
  const units = await measure(farm, CHUNKS, async () => {
    for (let number = 0; number < CHUNKS; number += 1) {
      farm.clock.advance(1_000);
      const startedAt = performance.now();
      await node.report();
      times.push(performance.now() - startedAt);
    }
    await farm.drain();
  });
  return { ...units, milliseconds: median(times) };
}

const median = (times: readonly number[]): number => [...times].sort((a, b) => a - b)[times.length >> 1] ?? 0;

/** What `work` takes for each of `count` things that it does. */
async function measure(farm: TestFarm, count: number, work: () => Promise<unknown>): Promise<Units> {
  farm.takeUse();
  const startedAt = performance.now();
  await work();
  const milliseconds = (performance.now() - startedAt) / count;
  const { writeUnits, readUnits } = farm.takeUse();
  return { writeUnits: writeUnits / count, readUnits: readUnits / count, milliseconds };
}

async function measureWakeUp(farm: TestFarm, nodes: number): Promise<Omit<WakeUp, 'secondsBehindUnfit'>> {
  const node = await farm.addNode('alpha');
  await addIdleNodes(farm, node.id, nodes - 1);
  const { id } = await farm.admin.jobSubmit({ job: aJob(2 * nodes + 1) });
  const woken: number[] = [];
  const pass = async (): Promise<void> => {
    const before = await instancesOf(farm, id);
    await runDispatch(farm);
    woken.push((await instancesOf(farm, id)) - before);
  };
  await runFeed(farm);
  const first = await measure(farm, 1, pass);
  farm.clock.advance(5_000);
  await pass();
  await farm.tick();
  await pass();
  const [one = 0, two = 0, three = 0] = woken;
  const left = nodes - one - two;
  return {
    nodes,
    woken,
    perNode: {
      writeUnits: first.writeUnits / one,
      readUnits: first.readUnits / one,
      milliseconds: first.milliseconds / one,
    },
    secondsForAll: left > 0 ? Math.ceil(left / three) * 60 : two > 0 ? 5 : 0,
  };
}

/** Looks for work for a node that the idle list has last, behind nodes that cannot do it. */
async function measureBehindUnfit(farm: TestFarm, nodes: number): Promise<number | undefined> {
  const other = await farm.addNode('alpha');
  await addIdleNodes(farm, other.id, nodes - 1);
  farm.clock.advance(60_000);
  await farm.addNode('beta', { pools: ['gpu'] });
  // Both looks for work for the new node itself are over before there is any.
  await farm.drain();
  farm.clock.advance(10_000);
  await farm.drain();
  const { id } = await farm.admin.jobSubmit({ job: aJob(2, { includedPools: ['gpu'] }) });
  let seconds = 0;
  for (const wait of [0, 5, 60, 60, 60]) {
    seconds += wait;
    farm.clock.advance(wait * 1_000);
    if (wait === 60) await farm.tick();
    await farm.drain();
    if ((await instancesOf(farm, id)) > 0) return seconds;
  }
  return undefined;
}

async function instancesOf(farm: TestFarm, jobId: number): Promise<number> {
  return (await farm.context.jobs.findState(jobId, { consistent: true }))?.slots ?? 0;
}

/** One look at the change feed. */
const runFeed = (farm: TestFarm) =>
  runFeedBatch(
    { table: farm.table, consumer: PROJECTOR, handler: farm.sources.projector, logger: farm.context.logger },
    200,
    true,
  );

/** Handles the messages that wait in the dispatch queue now. */
async function runDispatch(farm: TestFarm): Promise<void> {
  const messages = await farm.queues.receive(DISPATCH_QUEUE, 10, 30);
  const records = messages.map(({ messageId, body }) => ({ messageId, body }));
  await farm.sources.dispatch({ Records: records as never }, lambdaContext(DISPATCH_QUEUE, farm.clock));
  await farm.queues.delete(
    DISPATCH_QUEUE,
    messages.map(({ receiptHandle }) => receiptHandle),
  );
}
