/**
 * A slice of a farm in virtual time, without faults: the handlers that deploy and the agent's own state machine, with
 * every request and unit counted under what caused it. What a long run on many nodes costs is this, many times over.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { GroupHandlers } from '../../local/gateway/httpApi.ts';
import { itemSize } from '../../shared/store/itemSize.ts';
import { kindOf } from '../../shared/store/keys.ts';
import type { FeedRecord, Key } from '../../shared/store/table.ts';
import { tableDefinition } from '../../shared/store/tables.ts';
import { templates } from '../../templates/index.ts';
import { createFarm, type Farm, type Handlers, tokens } from '../../test/simulation/farm.ts';
import { Faults } from '../../test/simulation/faults.ts';
import { Random } from '../../test/simulation/random.ts';
import { SimulatedAgent } from '../../test/simulation/simulatedAgent.ts';
import { VirtualTime } from '../../test/simulation/virtualTime.ts';
import { addUnits, noUse, type Use } from './use.ts';

export interface SliceOptions {
  readonly nodes: number;
  /** Jobs that end while it is counted; 0: the nodes idle. */
  readonly jobs: number;
  readonly chunksPerJob: number;
  readonly secondsPerChunk: number;
  /** How long to count when there are no jobs. */
  readonly hours: number;
  /** Told now and then how much is done, from 0 to 1. */
  readonly onProgress: (share: number) => void;
}

export interface Slice {
  readonly options: Omit<SliceOptions, 'onProgress'>;
  /** Virtual time that was counted. */
  readonly seconds: number;
  /** Chunks that ended meanwhile. */
  readonly chunks: number;
  readonly jobs: number;
  /** By what caused it: an operation, a function that follows, or `agent` for what nodes ask of SQS. */
  readonly uses: ReadonlyMap<string, Use>;
  /** Changes of items by the kind of their key, of tables without a feed too. */
  readonly changes: ReadonlyMap<string, number>;
  /** What a chunk leaves in the tables for good, with its share of its job. */
  readonly storedBytesPerChunk: number;
}

const START = Date.UTC(2026, 0, 1);
const MINUTE = 60_000;
/** What DynamoDB adds to an item, and to each entry of it in an index. */
const ITEM_OVERHEAD_BYTES = 100;
/** Jobs that wait at any moment beside those that are rendered: nodes never run dry at the end of one. */
const WAITING_JOBS = 2;
/** Jobs before the first that counts: registrations and a farm that fills up are not what a run consists of. */
const WARM_UP_JOBS = 1;

/** Counts what a farm uses in its steady state. The same numbers each time: the simulation draws from one seed. */
export const simulateSlice = (options: SliceOptions): Promise<Slice> => new RunningSlice(options).run();

/** Nobody doubts what the agents say here. */
const witness = { rendered() {}, acknowledged() {}, registers() {}, trace() {} };

class RunningSlice {
  readonly #options: SliceOptions;
  #farm!: Farm;
  readonly #time = new VirtualTime(START);
  readonly #cause = new AsyncLocalStorage<string>();
  readonly #uses = new Map<string, Use>();
  readonly #changes = new Map<string, number>();
  #chunks = 0;
  #jobsEnded = 0;
  #submissions = 0;

  constructor(options: SliceOptions) {
    this.#options = options;
  }

  async run(): Promise<Slice> {
    const { nodes, jobs, hours, onProgress, ...rest } = this.#options;
    const time = this.#time;
    const random = new Random(1);
    const faults = new Faults(random.fork('faults'), []);
    this.#farm = await createFarm({
      time,
      faults,
      random: random.fork('farm'),
      templates,
      callsAtOnce: 1,
      onThrow: (error) => time.fail(error),
      onChange: (record) => this.#changed(record),
      log: (line) => {
        this.#use().logBytes += line.length;
      },
      onCapacity: (use) => addUnits(this.#use(), use),
      onEvents: (count) => {
        this.#use().events += count;
      },
      wrap: (handlers) => this.#watch(handlers),
    });
    this.#farm.queues.onRequest = ({ verb, queue }) => {
      const { queueRequests } = this.#use();
      const name = `${queue}.${verb}` as const;
      queueRequests.set(name, (queueRequests.get(name) ?? 0) + 1);
    };
    for (let number = 1; number <= nodes; number += 1) {
      const settings = {
        name: `node-${number}`,
        pools: [],
        cores: 8,
        joinToken: tokens.join,
        renderMs: rest.secondsPerChunk * 1_000,
      };
      const agent = new SimulatedAgent(settings, {
        time,
        faults,
        random: random.fork(settings.name),
        gateway: this.#farm.gateway,
        queues: this.#farm.queues,
        witness,
        onCall() {},
      });
      time.after(random.between(0, MINUTE), () => agent.start());
    }
    this.#tickEachMinute();
    if (jobs > 0) for (let open = 0; open < this.#openJobs; open += 1) this.#submit();

    const warmUntil = START + 20 * MINUTE;
    await time.runUntil(() => jobs > 0 && this.#jobsEnded >= WARM_UP_JOBS, jobs > 0 ? Infinity : warmUntil);
    this.#uses.clear();
    this.#changes.clear();
    const begin = { at: time.now(), chunks: this.#chunks, jobs: this.#jobsEnded };
    const step = Math.max(1, Math.ceil(jobs / 20));
    let told = begin.jobs;
    await time.runUntil(
      () => {
        if (jobs > 0 && this.#jobsEnded >= told + step) {
          told = this.#jobsEnded;
          onProgress((told - begin.jobs) / jobs);
        }
        return jobs > 0 && this.#jobsEnded >= begin.jobs + jobs;
      },
      jobs > 0 ? Infinity : begin.at + hours * 60 * MINUTE,
    );
    const chunks = this.#chunks - begin.chunks;
    return {
      options: { nodes, jobs, hours, ...rest },
      seconds: (time.now() - begin.at) / 1_000,
      chunks,
      jobs: this.#jobsEnded - begin.jobs,
      uses: new Map(this.#uses),
      changes: new Map(this.#changes),
      storedBytesPerChunk: storedBytes(this.#farm) / Math.max(1, this.#chunks),
    };
  }

  get #openJobs(): number {
    const { nodes, chunksPerJob } = this.#options;
    return WAITING_JOBS + 2 * Math.ceil(nodes / chunksPerJob);
  }

  #use(): Use {
    const cause = this.#cause.getStore() ?? 'agent';
    let use = this.#uses.get(cause);
    if (use === undefined) {
      use = noUse();
      this.#uses.set(cause, use);
    }
    return use;
  }

  #watch(handlers: Handlers): Handlers {
    const counted =
      <Event extends { readonly Records: readonly unknown[] }, Answer>(
        cause: string,
        handler: (event: Event) => Promise<Answer>,
      ) =>
      (event: Event): Promise<Answer> =>
        this.#cause.run(cause, () => {
          const use = this.#use();
          use.invocations += 1;
          use.messages += event.Records.length;
          return handler(event);
        });
    const groups: GroupHandlers = Object.fromEntries(
      Object.entries(handlers.groups as GroupHandlers).map(([group, handler]) => [
        group,
        (event, context) =>
          this.#cause.run(event.rawPath.split('/')[3] ?? group, async () => {
            const use = this.#use();
            use.invocations += 1;
            const answer = await handler(event, context);
            use.answerBytes += answer.body?.length ?? 0;
            return answer;
          }),
      ]),
    );
    return {
      groups: groups as Handlers['groups'],
      projector: counted('projector', handlers.projector),
      dispatch: counted('dispatch', handlers.dispatch),
      recount: counted('recount', handlers.recount),
      hooks: counted('hooks', handlers.hooks),
      idling: () =>
        this.#cause.run('idling', () => {
          this.#use().invocations += 1;
          return handlers.idling();
        }),
    };
  }

  #changed({ table, before, after, expired }: FeedRecord): void {
    if (tableDefinition(table).feed && !expired) {
      const { feedRecords } = this.#use();
      feedRecords[table as 'queue' | 'farm'] += 1;
    }
    const kind = kindOf((after ?? before) as Key);
    this.#changes.set(kind, (this.#changes.get(kind) ?? 0) + 1);
    if (before === undefined || after === undefined) return;
    if (kind === 'CHUNKS' && before['status'] === 'running' && after['status'] === 'completed') {
      this.#chunks += 1;
    }
    if (kind === 'STATES' && before['status'] !== 'completed' && after['status'] === 'completed') {
      this.#jobsEnded += 1;
      // People submit as fast as the farm renders.
      this.#time.after(1_000, () => this.#submit());
    }
  }

  #submit(): void {
    this.#submissions += 1;
    const job = {
      name: `job ${this.#submissions}`,
      templateId: 43,
      startFrame: 1,
      endFrame: this.#options.chunksPerJob,
      packetSize: 1,
      // What people ask of a renderer comes to 2 KB with everything else.
      attributes: { command: { value: '/bin/true' }, memo: { value: 'x'.repeat(1_500) } },
    };
    const requestToken = `request-token-of-the-slice-${this.#submissions}`;
    this.#do(this.#farm.gateway.call('jobSubmit', tokens.user, { job, requestToken }, () => true));
  }

  #tickEachMinute(): void {
    this.#time.after(MINUTE, () => {
      this.#do(this.#farm.tick());
      this.#tickEachMinute();
    });
  }

  #do(work: Promise<unknown>): void {
    work.catch((error: unknown) => this.#time.fail(error));
  }
}

/** Everything in the tables that chunks leave behind, entries of indexes included. */
function storedBytes({ table }: Farm): number {
  let bytes = 0;
  for (const name of ['queue', 'history'] as const) {
    const { indexes } = tableDefinition(name);
    for (const item of table.all(name)) {
      bytes += itemSize(item) + ITEM_OVERHEAD_BYTES;
      for (const { partition, sort, projection } of Object.values(indexes)) {
        if (item[partition] === undefined || item[sort] === undefined) continue;
        const { pk, sk } = item;
        const kept = [partition, sort, ...projection].flatMap((attribute) => {
          const value = item[attribute];
          return value === undefined ? [] : [[attribute, value]];
        });
        bytes += itemSize({ pk, sk, ...Object.fromEntries(kept) }) + ITEM_OVERHEAD_BYTES;
      }
    }
  }
  return bytes;
}
