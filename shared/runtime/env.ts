/**
 * Every environment variable of a function in AWS. Infrastructure sets them, `lambdaContext.ts` reads them, and both
 * take the names from here. A function has those of what it may touch and no others: a right comes with its
 * variable, or neither.
 */
import { z } from 'zod';
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

export const blobsVariable = 'ROLLCALL_BLOBS_BUCKET';

const text = z.string().min(1).optional();

const environmentSchema = z.object({
  /** Set by Lambda itself. */
  AWS_REGION: z.string().min(1),
  [tableVariables.queue]: text,
  [tableVariables.farm]: text,
  [tableVariables.history]: text,
  [tableVariables.archive]: text,
  [queueVariables.dispatch]: z.url().optional(),
  [queueVariables.recount]: z.url().optional(),
  [queueVariables.hooks]: z.url().optional(),
  [mailboxVariables.namePrefix]: text,
  [mailboxVariables.urlBase]: z.url().optional(),
  [mailboxVariables.arnBase]: text,
  [mailboxVariables.roleArn]: text,
  [blobsVariable]: text,
});
type Environment = z.infer<typeof environmentSchema>;
export type Variable = keyof Environment;

/** Of this process; a message for a malformed variable names it. */
export const readEnvironment = (): Environment => environmentSchema.parse(process.env);

/** The value of a variable; who needs one that is not set may not touch what it names. */
export function required(environment: Environment, name: Variable): string {
  const value = environment[name];
  if (value === undefined) {
    throw new Error(`${name} is not set: this function has no right to what it names; see infra/access.ts`);
  }
  return value;
}
