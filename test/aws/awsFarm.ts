/**
 * The farm of the stories in AWS, as far as an emulator is AWS: the stack of the synthesised template, whose functions
 * run as they would be deployed. One farm at a time; the next finds an empty account.
 */

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createClient } from '../../client/src/client.ts';
import { pushedTemplate } from '../../shared/domain/pushedTemplate.ts';
import { createLogger } from '../../shared/observe/logger.ts';
import { connectQueues } from '../../shared/queues/connectQueues.ts';
import { dispatchQueue } from '../../shared/queues/dispatchQueue.ts';
import { hookQueue } from '../../shared/queues/hookQueue.ts';
import { nodeMailbox } from '../../shared/queues/nodeMailbox.ts';
import { recountQueue } from '../../shared/queues/recountQueue.ts';
import { type Context, createContext } from '../../shared/runtime/context.ts';
import type { Table } from '../../shared/store/table.ts';
import { templates } from '../../templates/index.ts';
import { aUser } from '../support/aUser.ts';
import { emulatorCredentials, emulatorRegion } from '../support/emulator.ts';
import { fakeNode } from '../support/fakeNode.ts';
import { JOIN_TOKEN, type StartFarm, type TestFarm } from '../support/startFarm.ts';
import type { Breach } from './checkRights.ts';
import { type HeardEvent, heardEvent, listenToBus } from './listenToBus.ts';
import type { MovedClock } from './movedClock.ts';
import { openEventSources } from './pumpEventSources.ts';
import type { Stage } from './stage.ts';
import { tick } from './tick.ts';
import { watchWrites } from './watchWrites.ts';
import type { Wire } from './wire.ts';

/** What names of queues begin with: in the local farm, and here. */
const LOCAL_PREFIX = /^rollcall-/;
const PREFIX = 'rollcall-try-';

export interface AwsFarm extends TestFarm {
  readonly wire: Wire;
  readonly clock: MovedClock;
  /** Calls a function with an event, by its name in the stage. */
  invoke(name: string, event: unknown): Promise<unknown>;
  /** Bodies of all messages in a queue, which is empty afterwards for half a minute. */
  messagesOf(queueName: string): Promise<string[]>;
  /** Listens to events that fit a pattern; answers with those that came since the last time this was asked. */
  listen(pattern: object): Promise<() => Promise<HeardEvent[]>>;
  /** Calls since the last time this was asked that IAM would have refused. A test that has some must ask. */
  takeBreaches(): readonly Breach[];
  /** How often a function has done something, in this and all farms before. */
  usesOf(name: string, action: string): number;
}

export type StartAwsFarm = (
  t: Parameters<StartFarm>[0],
  options?: Parameters<StartFarm>[1] & {
    /** Without user admin and join token. */
    readonly isEmpty?: boolean;
  },
) => Promise<AwsFarm>;

export const farmsIn =
  (stage: Stage): StartAwsFarm =>
  async (t, { isEmpty = false, ...options } = {}) => {
    const unable = Object.keys(options);
    if (unable.length > 0)
      throw new Error(`${unable} is of the embedded farm: mark the test with onEmbedded`);
    const { template, emulator, wire, clock, functions, http } = stage;
    const { stack, rights } = await stage.deployAnew();
    const logged: TestFarm['logged'] = [];
    stage.onLine = (line) => {
      const entry = JSON.parse(line);
      logged.push(entry);
      // Our own fault is shown with the test that met it.
      if (entry.level === 'error') t.diagnostic(line);
    };
    const sources = await openEventSources({
      template,
      stack,
      functions,
      rights,
      endpoint: emulator.endpoint,
      wireUrl: wire.url,
      now: clock.now,
    });
    const direct = connectDirectly(emulator.endpoint, stage.table, clock);
    const clientWith = (token: string | undefined) =>
      createClient({ url: http.url, retries: 0, ...(token === undefined ? {} : { token }) });
    const addUser: TestFarm['addUser'] = async (name, given) =>
      clientWith(await aUser(direct.context, name, given));
    let isClosed = false;
    const close = async (): Promise<void> => {
      if (isClosed) return;
      isClosed = true;
      wire.calm();
      sources.close();
      direct.close();
      const breaches = rights
        .takeBreaches()
        .map(({ principal, action, resource }) => `${principal} may not ${action} ${resource}`);
      // A test that has failed before is not told what its end finds.
      for (const breach of breaches) t.diagnostic(breach);
      assert.deepEqual(breaches, []);
    };
    t.after(close);
    if (!isEmpty) await direct.context.tokens.add(JOIN_TOKEN, { kind: 'join' }, { expiresAt: null });
    const invoke = (name: string, event: unknown): Promise<unknown> => {
      const host = functions.get(`${PREFIX}${name}`);
      if (host === undefined) throw new Error(`the template has no function ${name}`);
      return host.invoke(event);
    };
    const messagesOf = async (queueName: string): Promise<string[]> => {
      const bodies: string[] = [];
      for (;;) {
        const found = await direct.receive(queueName.replace(LOCAL_PREFIX, PREFIX), 10, 30);
        if (found.length === 0) return bodies;
        bodies.push(...found.map(({ body }) => body));
      }
    };
    const farm: Omit<AwsFarm, OfTheEmbedded> = {
      url: http.url,
      context: direct.context,
      clock,
      logged,
      admin: isEmpty ? clientWith(undefined) : await addUser('admin', { isAdmin: true }),
      wire,
      writes: watchWrites(wire, functions),
      clientWith,
      addUser,
      addNode: (name, nodeOptions) => fakeNode(http.url, JOIN_TOKEN, name, nodeOptions),
      tick: () => tick(template, functions, clock.now()) as ReturnType<TestFarm['tick']>,
      async drain() {
        for (let round = 0; round < 1_000; round += 1) if (!(await sources.pump())) return;
        throw new Error('feed and queues do not come to rest');
      },
      live: http.live,
      async push() {
        clock.advance(1_000);
        await farm.drain();
      },
      invoke,
      messagesOf,
      async listen(pattern) {
        const queueName = await listenToBus(emulator.endpoint, `${PREFIX}events`, pattern);
        return async () => (await messagesOf(queueName)).map(heardEvent);
      },
      takeBreaches: rights.takeBreaches,
      usesOf: (name, action) =>
        [...(stage.used.get(`${PREFIX}${name}`) ?? [])]
          .filter(([right]) => right.startsWith(`${action} `))
          .reduce((total, [, uses]) => total + uses, 0),
      queues: { receive: direct.receiveAs } as TestFarm['queues'],
      // What stories change by hand is changed past the wire.
      table: stage.table as unknown as TestFarm['table'],
      close,
    };
    return Object.defineProperties(farm, ofTheEmbedded('sources', 'data', 'takeUse')) as AwsFarm;
  };

type OfTheEmbedded = 'sources' | 'data' | 'takeUse';

/** Parts that only the embedded farm has; a story that asks for one says so by failing. */
const ofTheEmbedded = (...names: OfTheEmbedded[]): PropertyDescriptorMap =>
  Object.fromEntries(
    names.map((name) => [
      name,
      {
        get() {
          throw new Error(`farm.${name} is of the embedded farm: mark the test with onEmbedded`);
        },
      },
    ]),
  );

interface Direct {
  readonly context: Context;
  receive(queueName: string, count: number, visibilitySeconds: number): Promise<{ readonly body: string }[]>;
  /** By the name that the queue has in the local farm. */
  receiveAs(
    localName: string,
    count?: number,
    visibilitySeconds?: number,
  ): Promise<{ readonly body: string }[]>;
  close(): void;
}

/** What the test itself sees of the account, past the wire and all rights. */
function connectDirectly(endpoint: string, table: Table, clock: TestFarm['clock']): Direct {
  const settings = { endpoint, region: emulatorRegion, credentials: emulatorCredentials };
  const sqs = connectQueues(settings);
  const reader = new SQSClient(settings);
  const queueUrl = (name: string): string => `${endpoint}/000000000000/${name}`;
  const without = async (): Promise<never> => {
    throw new Error('only functions may do that: the test itself has the tables and the queues alone');
  };
  const context = createContext({
    clock,
    random: Math.random,
    newToken: () => randomBytes(18).toString('base64url'),
    table,
    dispatchQueue: dispatchQueue(sqs, queueUrl(`${PREFIX}dispatch`)),
    recountQueue: recountQueue(sqs, queueUrl(`${PREFIX}recount`)),
    hookQueue: hookQueue(sqs, queueUrl(`${PREFIX}hooks.fifo`)),
    eventQueue: { send: without },
    mailbox: nodeMailbox(sqs, { queueUrlBase: queueUrl(''), namePrefix: `${PREFIX}node-` }),
    mailboxCredentials: without,
    secrets: { add: without, find: without, remove: without },
    push: { send: without, disconnect: without },
    liveUrl: () => 'wss://live.invalid',
    blobs: {
      uploadLink: without,
      findDownloadLink: without,
      size: without,
      writeOnce: without,
      read: without,
      remove: without,
    },
    templates: async () => ({ templates, pushedTemplate }),
    readSql: without,
    hookHost: { callHook: without, runScript: without },
    eventBus: { put: without },
    logger: createLogger(() => {}),
  });
  const receive: Direct['receive'] = async (name, count, visibilitySeconds) => {
    const { Messages = [] } = await reader.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl(name),
        MaxNumberOfMessages: count,
        VisibilityTimeout: visibilitySeconds,
      }),
    );
    return Messages.map(({ Body = '' }) => ({ body: Body }));
  };
  return {
    context,
    receive,
    receiveAs: (localName, count = 1, visibilitySeconds = 30) =>
      receive(localName.replace(LOCAL_PREFIX, PREFIX), count, visibilitySeconds),
    close() {
      sqs.destroy();
      reader.destroy();
    },
  };
}
