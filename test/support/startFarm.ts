/**
 * A whole farm in this process, for one test: real HTTP, the embedded store in a folder of its own, a clock
 * that the test moves. Feed, queues and tick run when the test says so, so nothing happens behind its back.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it, type TestContext } from 'node:test';
import { type Client, createClient } from '../../client/src/client.ts';
import {
  CONSOLE_PUSH,
  DISPATCH_QUEUE,
  EVENT_QUEUE,
  HOOK_QUEUE,
  type LocalFarm,
  PROJECTOR,
  RECOUNT_QUEUE,
  startLocalFarm,
} from '../../local/farm.ts';
import { runFeedBatch } from '../../local/feedPump.ts';
import { lambdaContext } from '../../local/gateway/lambda.ts';
import type { EventBus } from '../../shared/bus/eventBus.ts';
import type { Template } from '../../shared/contract/hooks.ts';
import type { CapacityUse, Table } from '../../shared/store/table.ts';
import { templates } from '../../templates/index.ts';
import { aUser } from './aUser.ts';
import { type FakeNode, fakeNode } from './fakeNode.ts';
import { InterceptedTable } from './interceptedTable.ts';
import { type ManualClock, manualClock } from './manualClock.ts';

export const JOIN_TOKEN = 'join-token-of-the-tests';

/** Sees every write of the handlers before it happens. */
export type Writes = Pick<
  InterceptedTable,
  'beforeFirst' | 'crashAfter' | 'crashOnceAfter' | 'count' | 'calm'
>;

export interface TestFarm extends Omit<LocalFarm, 'close'> {
  readonly writes: Writes;
  readonly clock: ManualClock;
  /** Folder of the farm's data. */
  readonly data: string;
  /** Client of user `admin`. */
  readonly admin: Client;
  /** Lines that the farm logged, parsed. */
  readonly logged: { readonly event: string; readonly level: string; readonly [field: string]: unknown }[];
  /** A client with another token, or none. */
  clientWith(token: string | undefined): Client;
  /** Adds a user whose password is `ADMIN_PASSWORD`, and gives a client with a token of theirs. */
  addUser(name: string, given?: Parameters<typeof aUser>[2]): Promise<Client>;
  /** Registers a node that speaks the protocol and renders nothing. */
  addNode(name: string, options?: Parameters<typeof fakeNode>[3]): Promise<FakeNode>;
  /** Runs feed and queues until nothing is left that could run now. */
  drain(): Promise<void>;
  /** Lets a second pass and tells Consoles what has happened. */
  push(): Promise<void>;
  /** Units and calls since the last time this was asked. */
  takeUse(): {
    readonly readUnits: number;
    readonly writeUnits: number;
    readonly uses: readonly CapacityUse[];
  };
  /** Before the test ends; afterwards it happens by itself. */
  close(): Promise<void>;
}

export interface TestFarmOptions {
  readonly templates?: readonly Template[];
  readonly indexLag?: () => number;
  readonly eventBus?: EventBus;
  /** Keep a folder of the test's own, to open it again. */
  readonly data?: string;
  /** What {@link TestFarm.writes} sees of the store: where writes are let lose their guard. */
  readonly wrapTable?: (table: Table) => Table;
}

export type StartFarm = (
  t: Pick<TestContext, 'after' | 'diagnostic'>,
  options?: TestFarmOptions,
) => Promise<TestFarm>;

let start: StartFarm = startEmbeddedFarm;

/** Starts a farm that closes when the test ends. */
export const startFarm: StartFarm = (t, options) => start(t, options);

/** Lets {@link startFarm} start its farms elsewhere from now on. */
export function startFarmsBy(other: StartFarm): void {
  start = other;
}

/** A test of what only the embedded farm has: lagging indexes, capacity, its own feed, templates of the test. */
export const onEmbedded = (name: string, test: (t: TestContext) => Promise<void>): void => {
  if (start === startEmbeddedFarm) it(name, test);
};

async function startEmbeddedFarm(
  t: Pick<TestContext, 'after' | 'diagnostic'>,
  options: TestFarmOptions = {},
): Promise<TestFarm> {
  const data = options.data ?? mkdtempSync(join(tmpdir(), 'rollcall-test-'));
  const clock = manualClock();
  let uses: CapacityUse[] = [];
  const logged: TestFarm['logged'] = [];
  let writes: InterceptedTable | undefined;
  const farm = await startLocalFarm({
    data,
    host: '127.0.0.1',
    port: 0,
    templates: options.templates ?? templates,
    clock,
    timer: clock,
    tickSeconds: 60,
    isDriven: false,
    wrapTable(table) {
      writes = new InterceptedTable(options.wrapTable?.(table) ?? table);
      return writes;
    },
    log(line) {
      const entry = JSON.parse(line);
      logged.push(entry);
      // Our own fault is shown with the test that met it.
      if (entry.level === 'error') t.diagnostic(line);
    },
    onCapacity: (use) => uses.push(use),
    ...(options.indexLag ? { indexLag: options.indexLag } : {}),
    ...(options.eventBus ? { eventBus: options.eventBus } : {}),
  });
  let isClosed = false;
  const close = async (): Promise<void> => {
    if (isClosed) return;
    isClosed = true;
    await farm.close();
    if (options.data === undefined) rmSync(data, { recursive: true, force: true });
  };
  t.after(close);
  if (writes === undefined) throw new Error('the farm has not asked for its table');
  const clientWith = (token: string | undefined): Client =>
    createClient({ url: farm.url, retries: 0, ...(token === undefined ? {} : { token }) });
  await farm.context.tokens.add(JOIN_TOKEN, { kind: 'join' }, { expiresAt: null });
  const addUser: TestFarm['addUser'] = async (name, given) =>
    clientWith(await aUser(farm.context, name, given));
  return {
    ...farm,
    writes,
    clock,
    data,
    logged,
    admin: await addUser('admin', { isAdmin: true }),
    clientWith,
    addUser,
    addNode: (name, nodeOptions) => fakeNode(farm.url, JOIN_TOKEN, name, nodeOptions),
    drain: () => drain(farm, clock),
    async push() {
      clock.advance(1_000);
      for (let fed = 'done'; fed !== 'empty'; ) fed = await feed(farm, CONSOLE_PUSH, 'consolePush', 10_000);
    },
    takeUse() {
      const taken = uses;
      uses = [];
      const sum = (field: 'readUnits' | 'writeUnits'): number =>
        taken.reduce((total, use) => total + use[field], 0);
      return { readUnits: sum('readUnits'), writeUnits: sum('writeUnits'), uses: taken };
    },
    close,
  };
}

async function drain(farm: LocalFarm, clock: ManualClock): Promise<void> {
  for (let round = 0; round < 1_000; round += 1) {
    const fed = await feed(farm, PROJECTOR, 'projector', 200);
    const dispatched = await drainQueue(farm, DISPATCH_QUEUE, farm.sources.dispatch, clock);
    const recounted = await drainQueue(farm, RECOUNT_QUEUE, farm.sources.recount, clock);
    const hooked = await drainQueue(farm, HOOK_QUEUE, farm.sources.hooks, clock);
    const postponed = await drainQueue(farm, EVENT_QUEUE, farm.sources.events, clock);
    if (fed === 'empty' && !dispatched && !recounted && !hooked && !postponed) return;
  }
  throw new Error('feed and queues do not come to rest');
}

const feed = (farm: LocalFarm, consumer: string, source: 'projector' | 'consolePush', size: number) =>
  runFeedBatch(
    { table: farm.table, consumer, handler: farm.sources[source], logger: farm.context.logger },
    size,
    true,
  );

async function drainQueue(
  farm: LocalFarm,
  name: string,
  handler: LocalFarm['sources']['dispatch'],
  clock: ManualClock,
): Promise<boolean> {
  const messages = await farm.queues.receive(name, 10, 30);
  if (messages.length === 0) return false;
  const records = messages.map(({ messageId, body, receiveCount }) => ({
    messageId,
    body,
    attributes: { ApproximateReceiveCount: String(receiveCount) },
  }));
  const answer = await handler({ Records: records as never }, lambdaContext(name, clock));
  const failed = new Set((answer?.batchItemFailures ?? []).map(({ itemIdentifier }) => itemIdentifier));
  const done = messages.filter(({ messageId }) => !failed.has(messageId));
  await farm.queues.delete(
    name,
    done.map(({ receiptHandle }) => receiptHandle),
  );
  return true;
}
