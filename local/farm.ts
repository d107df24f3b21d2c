/**
 * The whole dispatcher in one process: the handlers that deploy, over the embedded store, behind the local
 * gateway. What AWS does between them (streams, queues, schedule) is done by pumps and a timer.
 */

import { join } from 'node:path';
import { createHandler as createBackup } from '../functions/backup/index.ts';
import { createHandler as createChunks } from '../functions/chunks/index.ts';
import { createHandler as createClients } from '../functions/clients/index.ts';
import { createHandler as createConsole } from '../functions/console/index.ts';
import { createHandler as createConsolePush } from '../functions/consolePush/index.ts';
import { createHandler as createDb } from '../functions/db/index.ts';
import { createHandler as createDispatch } from '../functions/dispatch/index.ts';
import { createHandler as createEvents } from '../functions/events/index.ts';
import { createHandler as createGroups } from '../functions/groups/index.ts';
import { createHandler as createHooks } from '../functions/hooks/index.ts';
import { createHandler as createIdling, type TickCounts } from '../functions/idling/index.ts';
import { createHandler as createJobs } from '../functions/jobs/index.ts';
import { createHandler as createLog } from '../functions/log/index.ts';
import { createHandler as createNodeProtocol } from '../functions/nodeProtocol/index.ts';
import { createHandler as createNodes } from '../functions/nodes/index.ts';
import { createHandler as createNotificators } from '../functions/notificators/index.ts';
import { createHandler as createPools } from '../functions/pools/index.ts';
import { createHandler as createProjector } from '../functions/projector/index.ts';
import { createHandler as createRecount } from '../functions/recount/index.ts';
import { createHandler as createRepositories } from '../functions/repositories/index.ts';
import { createHandler as createRest } from '../functions/rest/index.ts';
import { createHandler as createSession } from '../functions/session/index.ts';
import { createHandler as createSystem } from '../functions/system/index.ts';
import { createHandler as createTemplates } from '../functions/templates/index.ts';
import { createHandler as createUsers } from '../functions/users/index.ts';
import type { EventBus } from '../shared/bus/eventBus.ts';
import type { Template } from '../shared/contract/hooks.ts';
import { contract, type GroupName } from '../shared/contract/index.ts';
import { MAXIMUM_RECEIVES } from '../shared/contract/queueMessages.ts';
import { pushedTemplate } from '../shared/domain/pushedTemplate.ts';
import type { Clock } from '../shared/model/clock.ts';
import { createLogger } from '../shared/observe/logger.ts';
import { connectPush, consolePush } from '../shared/push/consolePush.ts';
import { connectQueues } from '../shared/queues/connectQueues.ts';
import { dispatchQueue } from '../shared/queues/dispatchQueue.ts';
import { eventQueue } from '../shared/queues/eventQueue.ts';
import { hookQueue } from '../shared/queues/hookQueue.ts';
import { connectTokens, mailboxCredentials } from '../shared/queues/mailboxCredentials.ts';
import { nodeMailbox } from '../shared/queues/nodeMailbox.ts';
import { recountQueue } from '../shared/queues/recountQueue.ts';
import { type Context, createContext } from '../shared/runtime/context.ts';
import { sqlReader } from '../shared/sql/readSql.ts';
import type { CapacityListener, Table } from '../shared/store/table.ts';
import { blobRetention } from './blobRetention.ts';
import { type FeedPump, startFeedPump } from './feedPump.ts';
import { FileBlobs } from './fileBlobs.ts';
import { fileSecrets } from './fileSecrets.ts';
import { GatewayCredentials } from './gateway/credentials.ts';
import type { GroupHandlers } from './gateway/httpApi.ts';
import { livePath } from './gateway/liveApi.ts';
import { LiveConnections } from './gateway/liveConnections.ts';
import { loopback } from './gateway/loopback.ts';
import { type Pump, type QueueHandler, startPump } from './gateway/pump.ts';
import { localRegion, queueArnBase, queuePathBase } from './gateway/queueNames.ts';
import { QueueStore } from './gateway/queueStore.ts';
import { startGateway } from './gateway/server.ts';
import { pause, type Timer } from './gateway/timer.ts';
import { localHookHost } from './hookHost.ts';
import { masterKey } from './masterKey.ts';
import { type Schedule, startSchedule } from './schedule.ts';
import { Database } from './store/database.ts';
import { SqliteTable } from './store/sqliteTable.ts';
import { tokenSource } from './tokenSource.ts';

export interface LocalFarmOptions {
  /** Folder of all data; it is created, and held until the farm closes. */
  readonly data: string;
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Address under which nodes reach the gateway. @default the address that it listens on */
  readonly publicUrl?: (listening: string) => string;
  readonly templates: readonly Template[];
  readonly clock: Clock;
  readonly timer: Timer;
  /** Seconds from tick to tick. */
  readonly tickSeconds: number;
  /** Whether feed, queues and tick run by themselves; without, whoever started the farm runs them. */
  readonly isDriven: boolean;
  readonly log: (line: string) => void;
  readonly indexLag?: () => number;
  /** Where events are put. @default nowhere: the bus is for those who listen in AWS */
  readonly eventBus?: EventBus;
  readonly onCapacity?: CapacityListener;
  /** What the handlers see of the table: where a test lets writes fail or runs something in between. */
  readonly wrapTable?: (table: Table) => Table;
}

export interface LocalFarm {
  readonly url: string;
  readonly context: Context;
  readonly table: SqliteTable;
  readonly queues: QueueStore;
  readonly live: LiveConnections;
  /** The handlers behind feed and queues, by the name of their source. */
  readonly sources: {
    readonly projector: ReturnType<typeof createProjector>;
    readonly consolePush: ReturnType<typeof createConsolePush>;
    readonly dispatch: QueueHandler;
    readonly recount: QueueHandler;
    readonly hooks: QueueHandler;
    readonly events: QueueHandler;
  };
  /** Runs the tick now. */
  tick(): Promise<TickCounts>;
  /** Stops everything that runs and releases the data. */
  close(): Promise<void>;
}

export const DISPATCH_QUEUE = 'rollcall-dispatch';
export const RECOUNT_QUEUE = 'rollcall-recount';
export const HOOK_QUEUE = 'rollcall-hooks.fifo';
export const EVENT_QUEUE = 'rollcall-events';
/** Readers of the change feed. */
export const PROJECTOR = 'projector';
export const CONSOLE_PUSH = 'consolePush';

/** As the event source in AWS waits for more changes, and takes them together. */
const PUSH_WINDOW_MS = 1_000;
const PUSH_BATCH = 10_000;

const tableOf = (name: string): 'queue' | 'farm' | undefined =>
  name === 'queue' || name === 'farm' ? name : undefined;

export async function startLocalFarm(options: LocalFarmOptions): Promise<LocalFarm> {
  const { clock, timer } = options;
  const database = Database.open(options.data);
  const key = masterKey(options.data);
  const credentials = new GatewayCredentials(key, clock);
  const queues = new QueueStore({ database, clock, timer });
  const table = new SqliteTable(database, {
    consumers: [PROJECTOR, CONSOLE_PUSH],
    now: () => clock.now(),
    ...(options.indexLag ? { indexLag: options.indexLag } : {}),
    ...(options.onCapacity ? { onCapacity: options.onCapacity } : {}),
  });
  // While nobody is connected nothing is kept for them.
  table.leaveFeed(CONSOLE_PUSH);
  let publicUrl = '';
  const blobDirectory = join(options.data, 'blobs');
  const blobs = await FileBlobs.open({
    directory: blobDirectory,
    publicUrl: () => publicUrl,
    masterKey: key,
    clock,
  });
  const logger = createLogger(options.log);
  // The gateway's address is part of what the handlers are built with, so it listens first; whoever calls
  // before they are there waits for them. An answer of 404 would tell a node that its dispatcher is gone.
  const ready = Promise.withResolvers<{
    readonly http: { readonly [G in GroupName | 'rest']: GroupHandlers[string] };
    readonly console: ReturnType<typeof createConsole>;
  }>();
  const handlers: GroupHandlers = Object.fromEntries(
    ([...Object.keys(contract), 'rest'] as (GroupName | 'rest')[]).map((group) => [
      group,
      async (event, lambdaContext) => (await ready.promise).http[group](event, lambdaContext),
    ]),
  );
  const live = new LiveConnections({
    handler: async (event) => (await ready.promise).console(event),
    clock,
    timer,
    onPresence: (areAny) => (areAny ? table.followFeed(CONSOLE_PUSH) : table.leaveFeed(CONSOLE_PUSH)),
    onFailure: (error, requestId) =>
      logger.log('request-failed', { requestId, operation: 'live', code: 'internal' }, error),
  });
  const gateway = await startGateway({
    handlers,
    queues,
    live,
    credentials,
    blobs,
    clock,
    host: options.host,
    port: options.port,
    onFailure: (error, { requestId, path }) =>
      logger.log('request-failed', { requestId, operation: path, code: 'internal' }, error),
  });
  publicUrl = options.publicUrl?.(gateway.url) ?? gateway.url;
  for (const name of [DISPATCH_QUEUE, RECOUNT_QUEUE, HOOK_QUEUE, EVENT_QUEUE]) {
    const dead = name.replace(/(\.fifo)?$/, '-dead$1');
    await queues.declare(dead);
    await queues.declare(name, { deadLetters: { queueName: dead, maxReceiveCount: MAXIMUM_RECEIVES } });
  }
  const connection = {
    region: localRegion,
    endpoint: gateway.url,
    credentials: credentials.functionCredentials(),
    requestHandler: loopback({
      queues,
      live,
      credentials,
      clock,
      onFailure: (error) => logger.log('record-failed', { source: 'queue' }, error),
    }),
  };
  const sqs = connectQueues(connection);
  const sts = connectTokens(connection);
  const push = connectPush({ ...connection, endpoint: `${gateway.url}${livePath}` });
  const mailboxes = { queueUrlBase: `${publicUrl}${queuePathBase}`, namePrefix: 'rollcall-node-' };
  // Hooks are on this machine, whatever name nodes reach it by.
  const hookHost = localHookHost(gateway.url);
  const context = createContext({
    clock,
    random: Math.random,
    newToken: tokenSource(),
    table: options.wrapTable?.(table) ?? table,
    dispatchQueue: dispatchQueue(sqs, `${gateway.url}${queuePathBase}${DISPATCH_QUEUE}`),
    recountQueue: recountQueue(sqs, `${gateway.url}${queuePathBase}${RECOUNT_QUEUE}`),
    hookQueue: hookQueue(sqs, `${gateway.url}${queuePathBase}${HOOK_QUEUE}`),
    eventQueue: eventQueue(sqs, `${gateway.url}${queuePathBase}${EVENT_QUEUE}`),
    mailbox: nodeMailbox(sqs, mailboxes),
    mailboxCredentials: mailboxCredentials(sts, {
      ...mailboxes,
      queueArnBase,
      roleArn: 'arn:aws:iam::000000000000:role/rollcall-mailbox',
      region: localRegion,
      endpoint: publicUrl,
    }),
    push: consolePush(push),
    liveUrl: () => `${publicUrl.replace(/^http/, 'ws')}${livePath}`,
    blobs,
    secrets: fileSecrets(join(options.data, 'secrets')),
    templates: async () => ({ templates: options.templates, pushedTemplate }),
    readSql: sqlReader(new URL('../shared/sql/sqlReader.ts', import.meta.url)),
    hookHost,
    eventBus: options.eventBus ?? { put: async () => {} },
    logger,
  });
  // Whom a former process held is gone with it.
  for (const { id } of await context.connections.listAll()) await context.connections.remove(id);
  const groups = {
    jobs: createJobs(context),
    chunks: createChunks(context),
    nodes: createNodes(context),
    clients: createClients(context),
    notificators: createNotificators(context),
    users: createUsers(context),
    groups: createGroups(context),
    pools: createPools(context),
    repositories: createRepositories(context),
    templates: createTemplates(context),
    backup: createBackup(context),
    db: createDb(context),
    system: createSystem(context),
    log: createLog(context),
    session: createSession(context),
    nodeProtocol: createNodeProtocol(context),
  };
  ready.resolve({
    http: { ...groups, rest: createRest(context, groups) },
    console: createConsole(context),
  });
  const closing = new AbortController();
  const sources = {
    projector: createProjector(context, tableOf),
    consolePush: createConsolePush(context, tableOf, (milliseconds) =>
      pause(timer, milliseconds, closing.signal),
    ),
    dispatch: createDispatch(context),
    recount: createRecount(context),
    hooks: createHooks(context),
    events: createEvents(context),
  };
  const idling = createIdling(context);
  const removeOldBlobs = blobRetention(blobDirectory, clock);
  const tick = async (): Promise<TickCounts> => {
    await table.expireItems(Math.floor(clock.now() / 1000), 1_000);
    const counts = await idling();
    await removeOldBlobs();
    return counts;
  };
  const driven: (FeedPump | Pump | Schedule)[] = [];
  if (options.isDriven) {
    const onError = (error: unknown): void => logger.log('record-failed', { source: 'pump' }, error);
    driven.push(
      startFeedPump({ table, consumer: PROJECTOR, handler: sources.projector, timer, logger }),
      startFeedPump({
        table,
        consumer: CONSOLE_PUSH,
        handler: sources.consolePush,
        timer,
        logger,
        windowMs: PUSH_WINDOW_MS,
        batchSize: PUSH_BATCH,
      }),
      startPump({ queues, queueName: DISPATCH_QUEUE, handler: sources.dispatch, clock, timer, onError }),
      startPump({ queues, queueName: RECOUNT_QUEUE, handler: sources.recount, clock, timer, onError }),
      startPump({
        queues,
        queueName: HOOK_QUEUE,
        handler: sources.hooks,
        batchSize: 1,
        clock,
        timer,
        onError,
      }),
      startPump({ queues, queueName: EVENT_QUEUE, handler: sources.events, clock, timer, onError }),
      startSchedule({ run: tick, seconds: options.tickSeconds, timer, logger }),
    );
  }
  return {
    url: gateway.url,
    context,
    table,
    queues,
    live,
    sources,
    tick,
    async close() {
      // What runs of feed and queues speaks to the gateway, so that goes last.
      closing.abort();
      // What waits for a hook hears at once that it has ended.
      hookHost.close();
      await Promise.all(driven.map((part) => part.stop()));
      await gateway.close();
      sqs.destroy();
      sts.destroy();
      push.destroy();
      database.close();
    },
  };
}
