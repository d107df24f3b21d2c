/** The dispatcher in virtual time: the handlers that deploy, on simulated table, blobs, queues, feed and instances. */
import { pushedTemplate } from '../../shared/domain/pushedTemplate.ts';
import './compressionAtOnce.ts';
import { createHandler as createBackup } from '../../functions/backup/index.ts';
import { createHandler as createChunks } from '../../functions/chunks/index.ts';
import { createHandler as createDb } from '../../functions/db/index.ts';
import { createHandler as createDispatch } from '../../functions/dispatch/index.ts';
import { createHandler as createHooks } from '../../functions/hooks/index.ts';
import { createHandler as createIdling } from '../../functions/idling/index.ts';
import { createHandler as createJobs } from '../../functions/jobs/index.ts';
import { createHandler as createNodeProtocol } from '../../functions/nodeProtocol/index.ts';
import { createHandler as createNodes } from '../../functions/nodes/index.ts';
import { createHandler as createProjector } from '../../functions/projector/index.ts';
import { createHandler as createRecount } from '../../functions/recount/index.ts';
import { createHandler as createSystem } from '../../functions/system/index.ts';
import { createHandler as createTemplates } from '../../functions/templates/index.ts';
import type { EventBus } from '../../shared/bus/eventBus.ts';
import type { Template } from '../../shared/contract/hooks.ts';
import { FIRST_USER, newUser } from '../../shared/model/user.ts';
import { createLogger } from '../../shared/observe/logger.ts';
import { dispatchQueue } from '../../shared/queues/dispatchQueue.ts';
import { eventQueue } from '../../shared/queues/eventQueue.ts';
import { hookQueue } from '../../shared/queues/hookQueue.ts';
import { mailboxCredentials } from '../../shared/queues/mailboxCredentials.ts';
import { nodeMailbox } from '../../shared/queues/nodeMailbox.ts';
import { recountQueue } from '../../shared/queues/recountQueue.ts';
import { type Context, createContext } from '../../shared/runtime/context.ts';
import { readingOf, type SqlReading } from '../../shared/sql/readSql.ts';
import { loadSql } from '../../shared/sql/sqlReader.ts';
import type { CapacityListener, FeedRecord } from '../../shared/store/table.ts';
import { tableDefinition } from '../../shared/store/tables.ts';
import type { Faults } from './faults.ts';
import { Gateway } from './gateway.ts';
import { InstanceTable } from './instanceTable.ts';
import { type Instance, Lambdas } from './lambdas.ts';
import { MemoryTable } from './memoryTable.ts';
import type { Random } from './random.ts';
import { SimulatedBlobs } from './simulatedBlobs.ts';
import { SimulatedFeed } from './simulatedFeed.ts';
import { putHookSource, type SimulatedHooks } from './simulatedHooks.ts';
import { SimulatedQueues } from './simulatedQueues.ts';
import type { VirtualTime } from './virtualTime.ts';

export interface FarmOptions {
  readonly time: VirtualTime;
  readonly faults: Faults;
  readonly random: Random;
  readonly templates: readonly Template[];
  /** One, as in Lambda, or many, as in the local dispatcher. */
  readonly callsAtOnce: number;
  /** Hooks of the template that has some. @default none */
  readonly hooks?: SimulatedHooks;
  readonly onChange: (record: FeedRecord) => void;
  /** Lines that the dispatcher logged. */
  readonly log: (line: string) => void;
  /** Told what a function threw that did not die; whoever called it takes that for a failure. */
  readonly onThrow: (error: unknown) => void;
  readonly onCapacity?: CapacityListener;
  /** Told how many events are put on the bus, on which nobody listens here. */
  readonly onEvents?: (count: number) => void;
  /** Sees every invocation, for those who count them. @default what is invoked is called as it is */
  readonly wrap?: (handlers: Handlers) => Handlers;
}

/** All functions of the dispatcher, on one instance. */
export type Handlers = ReturnType<typeof handlersOn>;

export interface Farm {
  readonly table: MemoryTable;
  readonly blobs: SimulatedBlobs;
  readonly queues: SimulatedQueues;
  readonly feed: SimulatedFeed;
  readonly gateway: Gateway;
  /** Of whoever sets the farm up: reaches the table directly, and nothing fails. */
  readonly context: Context;
  tick(): Promise<void>;
}

/** No directory is simulated. */
const noSecrets = async (): Promise<never> => {
  throw new Error('the simulation has no secrets');
};
const withoutSecrets = { add: noSecrets, find: noSecrets, remove: noSecrets };
/** Of a farm whose templates have none. */
const withoutHooks = { callHook: noSecrets, runScript: noSecrets };

/** A hook may take its time, and none waits for another job's. */
const HOOKS_AT_ONCE = 1;

const JOIN_TOKEN = 'join-token-of-the-simulation';
const USER_TOKEN = 'user-token-of-the-simulation';
export const tokens = { join: JOIN_TOKEN, user: USER_TOKEN } as const;

/** Consoles are not simulated. */
const nobodyConnected = {
  push: { send: async () => false, disconnect: async () => {} },
  liveUrl: () => 'wss://live.invalid',
};

export async function createFarm(options: FarmOptions): Promise<Farm> {
  const { time, faults, random } = options;
  const lag = random.fork('lag');
  const logger = createLogger(options.log);
  const table = new MemoryTable({
    now: () => time.now(),
    // An index is never quite up to date, and lags most of all when it is asked often.
    indexLag: () =>
      faults.has('index-stale') && !faults.isCalm ? lag.between(0, 5_000) : lag.between(0, 100),
    readLag: () => (faults.has('read-stale') && !faults.isCalm ? lag.between(0, 1_000) : lag.between(0, 10)),
    onChange(record) {
      options.onChange(record);
      if (tableDefinition(record.table).feed) feed.append(record);
    },
    ...(options.onCapacity && { onCapacity: options.onCapacity }),
  });
  const blobs = new SimulatedBlobs();
  await putHookSource(blobs);
  const archiveLines = random.fork('archive').pick([2, 6, 1_000]);
  const queues = new SimulatedQueues(time, faults, random.fork('queues'));
  const handlersRandom = random.fork('handlers');
  let made = 0;
  const newToken = (): string => {
    made += 1;
    return `token-${made}`;
  };
  // In this process: one of its own knows nothing of the time here.
  const readSql = async (sql: string): Promise<SqlReading> => readingOf(loadSql(sql));
  const eventBus: EventBus = { put: async ({ length }) => options.onEvents?.(length) };
  const contextOn = (instance: Instance): Context =>
    createContext({
      clock: instance.clock,
      random: () => handlersRandom.next(),
      newToken,
      table: new InstanceTable(table, instance),
      ...queueClients(queues, instance),
      secrets: withoutSecrets,
      ...nobodyConnected,
      blobs: blobs.storeFor(instance),
      archiveLines,
      templates: async () => ({ templates: options.templates, pushedTemplate }),
      readSql,
      hookHost: options.hooks?.hostFor(instance) ?? withoutHooks,
      eventBus,
      logger,
    });
  const lambdas = new Lambdas({
    time,
    faults,
    random: random.fork('latency'),
    callsAtOnce: options.callsAtOnce,
    onThrow: options.onThrow,
    make(instance) {
      const handlers = handlersOn(contextOn(instance));
      return options.wrap?.(handlers) ?? handlers;
    },
  });
  const feed = new SimulatedFeed(time, faults, random.fork('feed'), (event) =>
    lambdas.invoke(({ projector }) => projector(event)),
  );
  queues.subscribe('queue:dispatch', (event) => lambdas.invoke(({ dispatch }) => dispatch(event)));
  queues.subscribe('queue:recount', (event) => lambdas.invoke(({ recount }) => recount(event)));
  queues.subscribe('queue:hooks', (event) => lambdas.invoke(({ hooks }) => hooks(event)), HOOKS_AT_ONCE);
  const outside = { port: (call: () => Promise<unknown>) => call() } as Pick<Instance, 'port'>;
  const context = createContext({
    clock: time,
    random: () => handlersRandom.next(),
    newToken,
    table,
    ...queueClients(queues, outside as Instance),
    secrets: withoutSecrets,
    ...nobodyConnected,
    blobs: blobs.storeFor(outside),
    templates: async () => ({ templates: options.templates, pushedTemplate }),
    readSql,
    hookHost: options.hooks?.hostFor(outside) ?? withoutHooks,
    eventBus,
    logger,
  });
  await context.tokens.add(JOIN_TOKEN, { kind: 'join' }, { expiresAt: null });
  const admin = {
    ...newUser,
    name: FIRST_USER,
    isAdmin: true,
    passwordHash: null,
    tokensSince: '',
    version: 0,
  };
  await context.users.replace(admin, 0);
  await context.tokens.add(USER_TOKEN, { kind: 'user', name: FIRST_USER }, { expiresAt: null });
  const gateway = new Gateway(time, faults, random.fork('network'), lambdas);
  if (options.hooks !== undefined) options.hooks.gateway = gateway;
  return {
    table,
    blobs,
    queues,
    feed,
    gateway,
    context,
    async tick() {
      table.expireItems(Math.floor(time.now() / 1_000));
      // A tick that dies is not repeated: the next one comes.
      await lambdas.invoke(({ idling }) => idling()).catch(() => {});
    },
  };
}

function queueClients(queues: SimulatedQueues, instance: Instance) {
  const sqs = queues.sqsFor(instance);
  const mailboxes = { queueUrlBase: 'mailbox:', namePrefix: 'node-' };
  return {
    dispatchQueue: dispatchQueue(sqs, 'queue:dispatch'),
    recountQueue: recountQueue(sqs, 'queue:recount'),
    hookQueue: hookQueue(sqs, 'queue:hooks'),
    eventQueue: eventQueue(sqs, 'queue:events'),
    mailbox: nodeMailbox(sqs, mailboxes),
    mailboxCredentials: mailboxCredentials(queues.stsFor(instance), {
      ...mailboxes,
      queueArnBase: 'arn:aws:sqs:eu-central-1:000000000000:',
      roleArn: 'arn:aws:iam::000000000000:role/mailbox',
      region: 'eu-central-1',
      endpoint: null,
    }),
  };
}

function handlersOn(context: Context) {
  return {
    groups: {
      jobs: createJobs(context),
      chunks: createChunks(context),
      nodes: createNodes(context),
      system: createSystem(context),
      templates: createTemplates(context),
      backup: createBackup(context),
      db: createDb(context),
      nodeProtocol: createNodeProtocol(context),
    },
    projector: createProjector(context, (name) => (name === 'queue' || name === 'farm' ? name : undefined)),
    dispatch: createDispatch(context),
    recount: createRecount(context),
    hooks: createHooks(context),
    idling: createIdling(context),
  };
}
