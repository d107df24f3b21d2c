/** What the bench measures: not every combination, but each that has a question of its own. */
import type { DispatcherOptions } from './dispatcher.ts';
import { type Loss, measureLoss } from './loss.ts';
import { measureThroughput, type Throughput, type ThroughputScenario, type Window } from './throughput.ts';
import { measureWakeUp, type WakeUp } from './wakeUp.ts';

/** What came out of the scenarios of a run; each kind of question has figures of its own. */
export interface Results {
  readonly scenarios: Throughput[];
  readonly wakeUps: WakeUp[];
  readonly losses: Loss[];
}

export interface Scenario {
  readonly name: string;
  readonly text: string;
  /** Whether it is measured in chunks a second, as what is compared with another revision must be. */
  readonly isThroughput: boolean;
  /** Measures and adds what it found. */
  run(results: Results, options: DispatcherOptions): Promise<void>;
}

const FULL_WINDOW: Window = { warmUpMs: 4_000, measureMs: 10_000 };

const throughputs: readonly (ThroughputScenario & { readonly text: string; readonly window?: Window })[] = [
  {
    name: 'tiny',
    text: 'whether the bench itself works',
    nodes: 2,
    jobs: 2,
    chunksQueued: 200,
    window: { warmUpMs: 100, measureMs: 400 },
  },
  { name: '2k', text: 'the usual farm', nodes: 50, jobs: 1, chunksQueued: 2_000 },
  { name: '2k-10-nodes', text: 'a small farm', nodes: 10, jobs: 1, chunksQueued: 2_000 },
  {
    name: '20k-100-jobs',
    text: 'short jobs, one submitted every 200 chunks',
    nodes: 50,
    jobs: 100,
    chunksQueued: 20_000,
  },
  { name: '1m', text: 'one job of a million chunks', nodes: 50, jobs: 1, chunksQueued: 1_000_000 },
  {
    name: '1m-100-jobs',
    text: 'a million chunks in a hundred jobs',
    nodes: 200,
    jobs: 100,
    chunksQueued: 1_000_000,
  },
  { name: '1m-200-nodes', text: 'memory of a large job', nodes: 200, jobs: 1, chunksQueued: 1_000_000 },
  {
    name: '1m-1000-nodes',
    text: 'a thousand nodes want chunks of one job',
    nodes: 1_000,
    jobs: 1,
    chunksQueued: 1_000_000,
  },
  {
    name: 'last-of-5000',
    text: '4,999 ready jobs that fit no node stand before the one that does',
    nodes: 50,
    jobs: 1,
    chunksQueued: 1_000_000,
    unfitJobs: 4_999,
  },
  {
    name: 'console',
    text: 'a Console pages through 10,000 jobs, 200 a page, ten pages a second',
    nodes: 50,
    jobs: 1,
    chunksQueued: 1_000_000,
    unfitJobs: 9_999,
    hasConsole: true,
  },
];

const throughputScenario = ({
  text,
  window = FULL_WINDOW,
  ...scenario
}: (typeof throughputs)[number]): Scenario => ({
  name: scenario.name,
  text,
  isThroughput: true,
  async run(results, options) {
    results.scenarios.push(await measureThroughput(scenario, window, options));
  },
});

export const scenarios: readonly Scenario[] = [
  ...throughputs.map(throughputScenario),
  {
    name: 'wake-up',
    text: '200 nodes wait in their mailboxes; a job is submitted',
    isThroughput: false,
    async run(results, options) {
      results.wakeUps.push(await measureWakeUp({ name: 'wake-up', nodes: 200, rounds: 10 }, options));
    },
  },
  {
    name: 'loss',
    text: '200 nodes die at once; 200 others wait',
    isThroughput: false,
    async run(results, options) {
      results.losses.push(await measureLoss({ name: 'loss', nodes: 200 }, options));
    },
  },
];
