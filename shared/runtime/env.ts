/**
 * Every environment variable of a function in AWS. Infrastructure sets them, the files beside this one read them, and both
 * take the names from here. A function has those of what it may touch and no others: a right comes with its
 * variable, or neither.
 */
import type { TableName } from '../store/tables.ts';

/** Names of tables in the account. */
export const tableVariables = {
  queue: 'ROLLCALL_QUEUE_TABLE',
  farm: 'ROLLCALL_FARM_TABLE',
  history: 'ROLLCALL_HISTORY_TABLE',
  archive: 'ROLLCALL_ARCHIVE_TABLE',
} as const satisfies Record<TableName, string>;

/** URLs of the dispatcher's own queues. */
export const queueVariables = {
  dispatch: 'ROLLCALL_DISPATCH_QUEUE_URL',
  recount: 'ROLLCALL_RECOUNT_QUEUE_URL',
  hooks: 'ROLLCALL_HOOK_QUEUE_URL',
  events: 'ROLLCALL_EVENT_QUEUE_URL',
} as const;

/** The dispatcher's own queues; node mailboxes are not among them. */
export type QueueName = keyof typeof queueVariables;

export const mailboxVariables = {
  /** What names of mailboxes begin with. */
  namePrefix: 'ROLLCALL_MAILBOX_PREFIX',
  /** What URLs of queues begin with. */
  urlBase: 'ROLLCALL_QUEUE_URL_BASE',
  /** What ARNs of queues begin with; only for who gives credentials. */
  arnBase: 'ROLLCALL_QUEUE_ARN_BASE',
  /** Role that a node gets, narrowed to its own mailbox; only for who gives credentials. */
  roleArn: 'ROLLCALL_MAILBOX_ROLE_ARN',
} as const;

export const liveVariables = {
  /** Where Consoles connect. */
  url: 'ROLLCALL_LIVE_URL',
  /** Where messages to them are posted. */
  pushEndpoint: 'ROLLCALL_PUSH_ENDPOINT',
} as const;

export const blobsVariable = 'ROLLCALL_BLOBS_BUCKET';

/** What names of secrets begin with. */
export const secretsVariable = 'ROLLCALL_SECRETS_PREFIX';

/** Names of the functions that run hooks, by their language. */
export const hookHostVariables = {
  python: 'ROLLCALL_HOOKS_PYTHON',
  typescript: 'ROLLCALL_HOOKS_TYPESCRIPT',
} as const;

/** Name of the bus on which studios hear of jobs and nodes. */
export const eventBusVariable = 'ROLLCALL_EVENT_BUS';

/** Where the dispatcher is; only for who runs hooks, which call it. */
export const apiVariable = 'ROLLCALL_API_URL';

/** Set by Lambda itself. */
export const lambdaVariables = {
  region: 'AWS_REGION',
  accessKeyId: 'AWS_ACCESS_KEY_ID',
  secretAccessKey: 'AWS_SECRET_ACCESS_KEY',
  sessionToken: 'AWS_SESSION_TOKEN',
} as const;

/** Where the services are if not in AWS; read by the SDK's clients too. */
export const endpointVariable = 'AWS_ENDPOINT_URL';

type ValueOf<T> = T[keyof T];
export type Variable =
  | ValueOf<typeof tableVariables>
  | ValueOf<typeof queueVariables>
  | ValueOf<typeof mailboxVariables>
  | ValueOf<typeof liveVariables>
  | ValueOf<typeof lambdaVariables>
  | ValueOf<typeof hookHostVariables>
  | typeof apiVariable
  | typeof eventBusVariable
  | typeof blobsVariable
  | typeof secretsVariable;

/** The value of a variable of this process; who needs one that is not set may not touch what it names. */
export function required(name: Variable): string {
  const value = process.env[name];
  if (value === undefined || value === '') {
    throw new Error(`${name} is not set: this function has no right to what it names; see infra/access.ts`);
  }
  return value;
}
