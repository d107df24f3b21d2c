/** Nodes that report and take the next chunk as fast as they are answered, over a backlog that is kept filled. */
import { setTimeout as delay } from 'node:timers/promises';
import type { JobSubmission } from '../client/src/generated.ts';
import { type BenchNode, registerNodes } from './benchNode.ts';
import { Connection } from './connection.ts';
import { type Dispatcher, type DispatcherOptions, startDispatcher } from './dispatcher.ts';
import { benchJob, submitJobs } from './jobs.ts';
import { percentile } from './percentile.ts';

export interface ThroughputScenario {
  readonly name: string;
  readonly nodes: number;
  /** Jobs that the backlog is spread over. */
  readonly jobs: number;
  /** Chunks that wait all the time: one job more is submitted whenever one job's chunks were handed out. */
  readonly chunksQueued: number;
  /** Jobs that fit none of the nodes and stand before all others. */
  readonly unfitJobs?: number;
  /** Whether a Console pages through all jobs meanwhile, two hundred at a time, as fast as somebody scrolls. */
  readonly hasConsole?: boolean;
}

/** What the store does with every commit, here as anywhere: nothing can change it. */
const DURABILITY = 'synchronous=FULL';

export interface Throughput {
  readonly name: string;
  readonly nodes: number;
  readonly jobs: number;
  readonly chunksQueued: number;
  readonly chunksPerSecond: number;
  readonly reportP50Ms: number;
  readonly reportP99Ms: number;
  /** The most memory that the dispatcher held. */
  readonly rssMb: number;
  /** Processor time of the dispatcher: disturbed least by whatever else runs on the machine. */
  readonly cpuMsPerChunk: number;
  /** How writes were made safe before they were answered. */
  readonly durability: typeof DURABILITY;
  /** Pages of the Console, where one was open. */
  readonly pageP50Ms?: number;
  readonly pageP99Ms?: number;
}

export interface Window {
  readonly warmUpMs: number;
  readonly measureMs: number;
}

/** Before a node asks again that was told there is nothing. */
const IDLE_MS = 10;
/** Between two pages of the Console. */
const SCROLL_MS = 100;
/** Pools of jobs that fit nobody: so many match classes lie before the one that fits. */
const UNFIT_POOLS = 50;

export async function measureThroughput(
  scenario: ThroughputScenario,
  window: Window,
  options: DispatcherOptions,
): Promise<Throughput> {
  const { name, nodes: nodeCount, jobs, chunksQueued, hasConsole = false } = scenario;
  const dispatcher = await startDispatcher(options);
  const { admin, url } = dispatcher;
  await submitUnfit(dispatcher, scenario.unfitJobs ?? 0);
  const job = benchJob(Math.floor(chunksQueued / jobs));
  await submitJobs(admin, jobs, () => job);
  const nodes = await registerNodes(url, nodeCount);
  const run = new Run(dispatcher, job);
  const working = nodes.map((node) => run.work(node));
  const reading = hasConsole ? [run.readLists(await Connection.open(url))] : [];
  await delay(window.warmUpMs);
  const before = await dispatcher.usage();
  const startedAt = performance.now();
  run.isMeasuring = true;
  await delay(window.measureMs);
  run.isMeasuring = false;
  const seconds = (performance.now() - startedAt) / 1_000;
  const after = await dispatcher.usage();
  run.isOver = true;
  await Promise.all([...working, ...reading]);
  for (const node of nodes) node.die();
  await dispatcher.stop();
  const chunks = run.reportMs.length;
  return {
    name,
    nodes: nodeCount,
    jobs,
    chunksQueued,
    chunksPerSecond: chunks / seconds,
    reportP50Ms: percentile(run.reportMs, 0.5),
    reportP99Ms: percentile(run.reportMs, 0.99),
    rssMb: after.rssMb,
    cpuMsPerChunk: (after.cpuMs - before.cpuMs) / chunks,
    durability: DURABILITY,
    ...(hasConsole
      ? { pageP50Ms: percentile(run.pageMs, 0.5), pageP99Ms: percentile(run.pageMs, 0.99) }
      : {}),
  };
}

async function submitUnfit({ admin }: Dispatcher, count: number): Promise<void> {
  await submitJobs(admin, count, (index) =>
    benchJob(1, { priority: 99, includedPools: [`pool-${index % UNFIT_POOLS}`] }),
  );
}

/** What the nodes and the Console of one measurement do and see. */
class Run {
  readonly #dispatcher: Dispatcher;
  readonly #job: JobSubmission;
  readonly #chunksPerJob: number;
  #handedOut = 0;
  isMeasuring = false;
  isOver = false;
  readonly reportMs: number[] = [];
  readonly pageMs: number[] = [];

  constructor(dispatcher: Dispatcher, job: JobSubmission) {
    this.#dispatcher = dispatcher;
    this.#job = job;
    this.#chunksPerJob = Number(job.endFrame);
    // Half a job early, so that the last of one meets the first of the next.
    this.#handedOut = Math.floor(this.#chunksPerJob / 2);
  }

  async work(node: BenchNode): Promise<void> {
    while (!this.isOver) {
      if (node.work === null) {
        await node.claim();
        if (node.work === null) await delay(IDLE_MS);
        else await this.#refill();
        continue;
      }
      const askedAt = performance.now();
      await node.report();
      if (this.isMeasuring) this.reportMs.push(performance.now() - askedAt);
      if (node.work !== null) await this.#refill();
    }
  }

  async readLists(connection: Connection): Promise<void> {
    for (let pageToken = ''; !this.isOver; ) {
      const after = pageToken === '' ? '' : `&pageToken=${encodeURIComponent(pageToken)}`;
      const askedAt = performance.now();
      const reply = await connection.get(`/v1/jobs/jobGetList?limit=200${after}`, this.#dispatcher.token);
      if (reply.status !== 200) throw new Error(`jobGetList answered ${reply.status}: ${reply.body}`);
      if (this.isMeasuring) this.pageMs.push(performance.now() - askedAt);
      pageToken = JSON.parse(reply.body).nextPageToken ?? '';
      await delay(SCROLL_MS);
    }
    connection.destroy();
  }

  async #refill(): Promise<void> {
    this.#handedOut += 1;
    if (this.#handedOut % this.#chunksPerJob === 0)
      await this.#dispatcher.admin.jobSubmit({ job: this.#job });
  }
}
