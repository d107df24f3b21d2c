/** Dollars of a run, of an hour of a node and of what is kept, out of slices of a farm that were simulated. */
import type { Post } from '../../infra/priceAtRest.ts';
import { type PriceName, priceOf, prices } from '../../infra/prices.ts';
import { type Amounts, amountsOf, feedCalls, type Part, partFor, parts } from './amounts.ts';
import { LOG_BYTES, THUMBNAIL_BYTES } from './assumptions.ts';
import { postsAtRest } from './postsAtRest.ts';
import { type Slice, type SliceOptions, simulateSlice } from './slice.ts';
import { allUnits, type Units } from './use.ts';

export interface Question {
  readonly nodes: number;
  readonly chunks: number;
  readonly secondsPerChunk: number;
}

/** What is priced unless something else is asked for, and on the page of the documentation. */
export const standardQuestion: Question = { nodes: 1_000, chunks: 1_000_000, secondsPerChunk: 60 };

/** Dollars by service. */
export type Dollars = Readonly<Record<string, number>>;
export type ByPart<Value> = Readonly<Record<Part, Value>>;

/** What the budget of a chunk speaks of: its life without log, heartbeats and mailbox. */
export interface ChunkLife {
  readonly dollarsPerMillion: number;
  /** The same when every function takes twice the time that is assumed. */
  readonly dollarsPerMillionDoubled: number;
  readonly writeUnits: number;
  readonly readUnits: number;
}

/** What one cause asks for, a chunk or an hour of a node. */
export interface CauseUse {
  readonly cause: string;
  readonly part: Part;
  readonly calls: number;
  readonly all: Units;
  readonly feedRecords: number;
  readonly queueRequests: Readonly<Record<string, number>>;
  /** By table and verb. */
  readonly units: Readonly<Record<string, Units>>;
}

export interface Bill {
  readonly question: Question;
  readonly simulated: readonly (Omit<Slice, 'uses' | 'changes'> & { readonly what: string })[];
  readonly run: {
    readonly nodeHours: number;
    readonly hours: number;
    readonly dollars: ByPart<Dollars>;
    readonly total: number;
    /** Of the total, what follows from the assumed times of functions. */
    readonly assumed: number;
  };
  readonly chunkLife: ChunkLife;
  /** When a job has only one chunk for each node, so that hardly a chunk follows one of its own job. */
  readonly chunkLifeInShortJobs: ChunkLife;
  readonly nodeHour: {
    /** Beside the chunks that it renders. */
    readonly busy: ByPart<number>;
    readonly idle: ByPart<number>;
  };
  readonly atRest: readonly Post[];
  /** A month of what the chunks of the run leave behind. */
  readonly keptMonth: { readonly bytesPerChunk: number; readonly tables: number; readonly logs: number };
  /** What comes on top if all jobs of the run have thumbnails: with the run, and by the month. */
  readonly thumbnails: { readonly run: number; readonly month: number };
  readonly busyPerChunk: readonly CauseUse[];
  readonly idlePerNodeHour: readonly CauseUse[];
}

const MILLION = 1e6;

/**
 * Small, so that the answer is there in seconds; long enough that twice as long changes writes, requests and dollars of
 * a chunk by less than 2 %. Twelve chunks of a job for each node.
 */
export const BUSY = { nodes: 10, jobs: 4, chunksPerJob: 120, hours: 0 } as const;
const SHORT_JOBS = { nodes: 10, jobs: 30, chunksPerJob: 10, hours: 0 } as const;
const IDLE = { nodes: 10, jobs: 0, chunksPerJob: 1, hours: 2 } as const;

/** `onProgress` hears what is simulated, and how much of that is done. */
export async function makeBill(
  question: Question,
  onProgress: (what: string, share: number) => void,
): Promise<Bill> {
  const { nodes, chunks, secondsPerChunk } = question;
  const simulate = (
    what: string,
    options: Omit<SliceOptions, 'secondsPerChunk' | 'onProgress'>,
  ): Promise<Slice> =>
    simulateSlice({ ...options, secondsPerChunk, onProgress: (share) => onProgress(what, share) });
  const busy = await simulate('nodes at work', BUSY);
  const shortJobs = await simulate('short jobs', SHORT_JOBS);
  const idle = await simulate('idle nodes', IDLE);

  const used = amountsOf(busy, nodes);
  const run = each((part) => dollars(used[part], chunks / busy.chunks));
  const runTime = sum(parts.map((part) => run[part][prices.functionTime.service] ?? 0));
  const nodeHours = nodeHoursOf(busy) * (chunks / busy.chunks);
  const usedIdle = amountsOf(idle, nodes);
  const tableGigabytes = (chunks * busy.storedBytesPerChunk) / 1e9;
  return {
    question,
    simulated: [
      { what: 'nodes at work', ...withoutUses(busy) },
      { what: 'nodes at work on short jobs', ...withoutUses(shortJobs) },
      { what: 'idle nodes', ...withoutUses(idle) },
    ],
    run: {
      nodeHours,
      hours: nodeHours / nodes,
      dollars: run,
      total: sum(parts.map((part) => total(run[part]))),
      assumed: runTime,
    },
    chunkLife: chunkLife(busy, nodes),
    chunkLifeInShortJobs: chunkLife(shortJobs, nodes),
    nodeHour: {
      busy: each((part) =>
        part === 'chunks' || part === 'logs' ? 0 : total(dollars(used[part], 1 / nodeHoursOf(busy))),
      ),
      idle: each((part) => total(dollars(usedIdle[part], 1 / nodeHoursOf(idle)))),
    },
    atRest: postsAtRest(),
    keptMonth: {
      bytesPerChunk: busy.storedBytesPerChunk,
      tables: priceOf('tableStorage', tableGigabytes) + priceOf('tableRecovery', tableGigabytes),
      logs: priceOf('objectStorage', (chunks * LOG_BYTES) / 1e9),
    },
    thumbnails: {
      // Their links come with those of the logs.
      run: priceOf('objectPut', chunks),
      month: priceOf('objectStorage', (chunks * THUMBNAIL_BYTES) / 1e9),
    },
    busyPerChunk: causesOf(busy, nodes, busy.chunks),
    idlePerNodeHour: causesOf(idle, nodes, nodeHoursOf(idle)),
  };
}

const nodeHoursOf = ({ seconds, options }: Slice): number => (seconds * options.nodes) / 3_600;

const each = <Value>(make: (part: Part) => Value): ByPart<Value> =>
  Object.fromEntries(parts.map((part) => [part, make(part)])) as Record<Part, Value>;

export const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);
export const total = (bill: Dollars): number => sum(Object.values(bill));

function dollars(amounts: Amounts, factor: number): Dollars {
  const byService: Record<string, number> = {};
  for (const [name, amount] of Object.entries(amounts) as [PriceName, number][]) {
    const { service } = prices[name];
    byService[service] = (byService[service] ?? 0) + priceOf(name, amount * factor);
  }
  return byService;
}

function chunkLife(slice: Slice, nodes: number): ChunkLife {
  const amounts = amountsOf(slice, nodes).chunks;
  const perMillion = dollars(amounts, MILLION / slice.chunks);
  return {
    dollarsPerMillion: total(perMillion),
    dollarsPerMillionDoubled: total(perMillion) + (perMillion[prices.functionTime.service] ?? 0),
    writeUnits: (amounts.writeUnit ?? 0) / slice.chunks,
    readUnits: (amounts.readUnit ?? 0) / slice.chunks,
  };
}

function withoutUses({ uses: _uses, changes: _changes, ...rest }: Slice): Omit<Slice, 'uses' | 'changes'> {
  return rest;
}

function causesOf(slice: Slice, nodes: number, count: number): CauseUse[] {
  const perOne = (units: Units): Units => ({
    calls: units.calls / count,
    readUnits: units.readUnits / count,
    writeUnits: units.writeUnits / count,
    lostGuards: units.lostGuards / count,
  });
  const projectorCalls = sum([...slice.uses.values()].map((use) => feedCalls(slice, use, nodes)));
  return [...slice.uses]
    .map(([cause, use]) => ({
      cause,
      part: partFor(cause),
      calls: (cause === 'projector' ? projectorCalls : use.invocations) / count,
      all: perOne(allUnits(use)),
      feedRecords: (use.feedRecords.queue + use.feedRecords.farm) / count,
      queueRequests: Object.fromEntries([...use.queueRequests].map(([name, times]) => [name, times / count])),
      units: Object.fromEntries([...use.units].map(([name, units]) => [name, perOne(units)])),
    }))
    .sort((one, other) => parts.indexOf(one.part) - parts.indexOf(other.part) || other.calls - one.calls);
}
