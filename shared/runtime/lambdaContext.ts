/** The context of a function in AWS, from its environment alone. Built once per cold start. */
import { randomBytes } from 'node:crypto';
import type { BlobStore } from '../blobs/blobStore.ts';
import type { EventBus } from '../bus/eventBus.ts';
import type { TemplateSource } from '../contract/hooks.ts';
import type { HookHost } from '../hookHost/hookHost.ts';
import { systemClock } from '../model/clock.ts';
import { createLogger } from '../observe/logger.ts';
import type { ConsolePush } from '../push/consolePush.ts';
import type { MailboxCredentialSource } from '../queues/mailboxCredentials.ts';
import type { SecretStore } from '../secrets/secretStore.ts';
import type { ReadSql } from '../sql/readSql.ts';
import { connectDynamo, DynamoTable } from '../store/dynamoTable.ts';
import type { TableName } from '../store/tables.ts';
import { type Context, createContext, type Ports } from './context.ts';
import { liveVariables, required, tableVariables } from './env.ts';

/** The ports to queues. */
export type Queues = Pick<Ports, 'dispatchQueue' | 'recountQueue' | 'hookQueue' | 'eventQueue' | 'mailbox'>;

/** What only some functions have: each start would pay for it, so each names it in its lambda.ts. */
export interface LambdaParts {
  readonly templates?: () => Promise<TemplateSource>;
  readonly queues?: Queues;
  readonly blobs?: BlobStore;
  readonly mailboxCredentials?: MailboxCredentialSource;
  readonly secrets?: SecretStore;
  readonly push?: ConsolePush;
  readonly readSql?: ReadSql;
  readonly hookHost?: HookHost;
  readonly eventBus?: EventBus;
}

/** Who asks for something that the function may not touch is told so at that moment, not at the start. */
export function lambdaContext({
  templates = missing('templates'),
  queues = withoutQueues,
  blobs = withoutBlobs,
  mailboxCredentials = missing('credentials of mailboxes'),
  secrets = withoutSecrets,
  push = withoutPush,
  readSql = missing('reader of SQL'),
  hookHost = withoutHooks,
  eventBus = withoutEvents,
}: LambdaParts = {}): Context {
  return createContext({
    clock: systemClock,
    random: Math.random,
    newToken: () => randomBytes(18).toString('base64url'),
    table: new DynamoTable({
      client: connectDynamo(),
      tableName: (table) => required(tableVariables[table]),
    }),
    ...queues,
    mailboxCredentials,
    push,
    liveUrl: () => required(liveVariables.url),
    blobs,
    secrets,
    templates,
    readSql,
    hookHost,
    eventBus,
    // Past the console, which Lambda would wrap into a line of its own.
    logger: createLogger((line) => process.stdout.write(`${line}\n`)),
  });
}

const missing = (what: string) => async (): Promise<never> => {
  throw new Error(`this function has no ${what}; see its lambda.ts`);
};
const withoutQueues: Queues = {
  dispatchQueue: { send: missing('queues'), sendAll: missing('queues') },
  recountQueue: { send: missing('queues') },
  hookQueue: { send: missing('queues') },
  eventQueue: { send: missing('queues') },
  mailbox: { create: missing('queues'), remove: missing('queues'), send: missing('queues') },
};
const withoutSecrets: SecretStore = {
  add: missing('secrets'),
  find: missing('secrets'),
  remove: missing('secrets'),
};
const withoutPush: ConsolePush = { send: missing('push'), disconnect: missing('push') };
const withoutHooks: HookHost = {
  callHook: missing('host of hooks'),
  runScript: missing('host of hooks'),
};
const withoutEvents: EventBus = { put: missing('event bus') };
const withoutBlobs: BlobStore = {
  uploadLink: missing('blobs'),
  findDownloadLink: missing('blobs'),
  size: missing('blobs'),
  writeOnce: missing('blobs'),
  read: missing('blobs'),
  remove: missing('blobs'),
};

/** Tables by their names in the account, as this function is told them. */
const tablesByName = new Map(
  (Object.entries(tableVariables) as [TableName, string][]).map(([table, variable]) => [
    process.env[variable],
    table,
  ]),
);

/** The table of a name in the account, for events that carry it; undefined for one that this function is not told. */
export const tableOf = (name: string): TableName | undefined => tablesByName.get(name);
