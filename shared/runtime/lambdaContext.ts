/** The context of a function in AWS, from its environment alone. Built once per cold start. */
import { randomBytes } from 'node:crypto';
import type { BlobStore } from '../blobs/blobStore.ts';
import type { Template } from '../contract/hooks.ts';
import { systemClock } from '../model/clock.ts';
import { createLogger } from '../observe/logger.ts';
import { connectQueues } from '../queues/connectQueues.ts';
import { dispatchQueue } from '../queues/dispatchQueue.ts';
import { hookQueue } from '../queues/hookQueue.ts';
import { nodeMailbox } from '../queues/nodeMailbox.ts';
import { recountQueue } from '../queues/recountQueue.ts';
import { connectDynamo, DynamoTable } from '../store/dynamoTable.ts';
import type { TableName } from '../store/tables.ts';
import { type Context, createContext } from './context.ts';
import {
  mailboxVariables,
  queueVariables,
  readEnvironment,
  required,
  tableVariables,
  type Variable,
} from './env.ts';

export interface LambdaParts {
  readonly templates: readonly Template[];
  /** Of functions that have blobs. */
  readonly blobs?: BlobStore;
}

/** Who asks for something that the function may not touch is told so at that moment, not at the start. */
export function lambdaContext({ templates, blobs = withoutBlobs }: LambdaParts): Context {
  const environment = readEnvironment();
  const variable = (name: Variable): string => required(environment, name);
  const { sqs, sts } = connectQueues({ region: environment.AWS_REGION });
  return createContext({
    clock: systemClock,
    random: Math.random,
    newToken: () => randomBytes(18).toString('base64url'),
    table: new DynamoTable({
      client: connectDynamo(),
      tableName: (table) => variable(tableVariables[table]),
    }),
    dispatchQueue: {
      send: (...message) => dispatchQueue(sqs, variable(queueVariables.dispatch)).send(...message),
      sendAll: (...messages) => dispatchQueue(sqs, variable(queueVariables.dispatch)).sendAll(...messages),
    },
    recountQueue: {
      send: (...message) => recountQueue(sqs, variable(queueVariables.recount)).send(...message),
    },
    hookQueue: {
      send: (...message) => hookQueue(sqs, variable(queueVariables.hooks)).send(...message),
    },
    mailbox: nodeMailbox(sqs, sts, {
      region: environment.AWS_REGION,
      endpoint: null,
      get namePrefix() {
        return variable(mailboxVariables.namePrefix);
      },
      get queueUrlBase() {
        return variable(mailboxVariables.urlBase);
      },
      get queueArnBase() {
        return variable(mailboxVariables.arnBase);
      },
      get roleArn() {
        return variable(mailboxVariables.roleArn);
      },
    }),
    blobs,
    templates,
    // Past the console, which Lambda would wrap into a line of its own.
    logger: createLogger((line) => process.stdout.write(`${line}\n`)),
  });
}

const refuse = async (name: string): Promise<never> => {
  throw new Error(`blob ${name} was asked of a function without blobs; see its lambda.ts`);
};
const withoutBlobs: BlobStore = { uploadLink: refuse, findDownloadLink: refuse };

/** Tables by their names in the account, as this function is told them. */
const tablesByName = new Map(
  (Object.entries(tableVariables) as [TableName, string][]).map(([table, variable]) => [
    process.env[variable],
    table,
  ]),
);

/** The table of a name in the account, for events that carry it; undefined for one that this function is not told. */
export const tableOf = (name: string): TableName | undefined => tablesByName.get(name);
