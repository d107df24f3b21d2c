/** Access in the words of IAM, together with the variables that name what may be accessed: both, or neither. */

import {
  blobsVariable,
  eventBusVariable,
  hookHostVariables,
  liveVariables,
  mailboxVariables,
  queueVariables,
  secretsVariable,
  tableVariables,
} from '../shared/runtime/env.ts';
import type { TableName } from '../shared/store/tables.ts';
import type { Access, BlobFolder, BlobRight, TableRight, Verb } from './access.ts';

/** Names and addresses of what a stage has. */
export interface Resources {
  readonly tables: Readonly<Record<TableName, { readonly name: string; readonly arn: string }>>;
  readonly queues: Readonly<
    Record<keyof typeof queueVariables, { readonly url: string; readonly arn: string }>
  >;
  readonly mailboxes: {
    readonly namePrefix: string;
    readonly urlBase: string;
    readonly arnBase: string;
    readonly roleArn: string;
  };
  readonly live: {
    /** Where Consoles connect. */
    readonly url: string;
    /** Where messages to them are posted. */
    readonly pushEndpoint: string;
    /** What ARNs of connections begin with. */
    readonly connectionsArn: string;
  };
  readonly blobs: { readonly bucketName: string; readonly bucketArn: string };
  readonly eventBus: { readonly name: string; readonly arn: string };
  /** Functions that run hooks, by the language of those. */
  readonly hookHosts: Readonly<
    Record<keyof typeof hookHostVariables, { readonly name: string; readonly arn: string }>
  >;
  /** What names of secrets begin with, and their ARNs. */
  readonly secrets: { readonly prefix: string; readonly arnPrefix: string };
}

export interface Right {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
}

export interface Grant {
  readonly rights: readonly Right[];
  readonly variables: Readonly<Record<string, string>>;
}

const tableActions: Readonly<Record<Verb, string>> = {
  get: 'dynamodb:GetItem',
  batchGet: 'dynamodb:BatchGetItem',
  query: 'dynamodb:Query',
  put: 'dynamodb:PutItem',
  update: 'dynamodb:UpdateItem',
  delete: 'dynamodb:DeleteItem',
  batchWrite: 'dynamodb:BatchWriteItem',
  check: 'dynamodb:ConditionCheckItem',
};

const mailboxActions = {
  create: 'sqs:CreateQueue',
  remove: 'sqs:DeleteQueue',
  send: 'sqs:SendMessage',
} as const;

const blobActions: Readonly<Record<BlobRight, string>> = {
  upload: 's3:PutObject',
  download: 's3:GetObject',
  remove: 's3:DeleteObject',
};

/** What a function with such access is given. */
export function grantOf(access: Access, resources: Resources): Grant {
  const parts = [
    ...(Object.entries(access.tables) as [TableName, readonly TableRight[]][]).map(([name, rights]) =>
      tableGrant(name, rights, resources),
    ),
    ...(access.queues ?? []).map((name) => ({
      rights: [{ actions: ['sqs:SendMessage'], resources: [resources.queues[name].arn] }],
      variables: { [queueVariables[name]]: resources.queues[name].url },
    })),
    mailboxGrant(access.mailboxes ?? [], resources),
    liveGrant(access.live ?? [], resources),
    blobGrant(access.blobs ?? {}, resources),
    secretGrant(access.secrets ?? [], resources),
    ...(access.callsHooks ? [hookGrant(resources)] : []),
    ...(access.putsEvents ? [eventGrant(resources)] : []),
  ];
  return {
    rights: parts.flatMap(({ rights }) => rights),
    variables: Object.assign({}, ...parts.map(({ variables }) => variables)),
  };
}

function tableGrant(table: TableName, rights: readonly TableRight[], { tables }: Resources): Grant {
  const { name, arn } = tables[table];
  const verbs = rights.filter((right): right is Verb => right in tableActions);
  const indexes = rights.flatMap((right) =>
    right.startsWith('query:') ? [right.slice('query:'.length)] : [],
  );
  return {
    rights: [
      // A function that only follows the feed of a table knows its name and may not touch it.
      ...(verbs.length === 0 ? [] : [{ actions: verbs.map((verb) => tableActions[verb]), resources: [arn] }]),
      ...(indexes.length === 0
        ? []
        : [{ actions: [tableActions.query], resources: indexes.map((index) => `${arn}/index/${index}`) }]),
    ],
    variables: { [tableVariables[table]]: name },
  };
}

function mailboxGrant(
  rights: NonNullable<Access['mailboxes']>,
  { mailboxes: { namePrefix, urlBase, arnBase, roleArn } }: Resources,
): Grant {
  if (rights.length === 0) return { rights: [], variables: {} };
  const { namePrefix: prefix, urlBase: url, arnBase: arn, roleArn: role } = mailboxVariables;
  const actions = rights.flatMap((right) => (right === 'credentials' ? [] : [mailboxActions[right]]));
  const lends = rights.includes('credentials');
  return {
    rights: [
      { actions, resources: [`${arnBase}${namePrefix}*`] },
      ...(lends ? [{ actions: ['sts:AssumeRole'], resources: [roleArn] }] : []),
    ],
    variables: {
      [prefix]: namePrefix,
      [url]: urlBase,
      ...(lends ? { [arn]: arnBase, [role]: roleArn } : {}),
    },
  };
}

function liveGrant(rights: NonNullable<Access['live']>, { live }: Resources): Grant {
  const pushes = rights.includes('push');
  return {
    rights: pushes
      ? [
          {
            actions: ['execute-api:ManageConnections'],
            resources: [
              `${live.connectionsArn}POST/@connections/*`,
              `${live.connectionsArn}DELETE/@connections/*`,
            ],
          },
        ]
      : [],
    variables: {
      ...(rights.includes('url') ? { [liveVariables.url]: live.url } : {}),
      ...(pushes ? { [liveVariables.pushEndpoint]: live.pushEndpoint } : {}),
    },
  };
}

function blobGrant(
  folders: NonNullable<Access['blobs']>,
  { blobs: { bucketName, bucketArn } }: Resources,
): Grant {
  const granted = Object.entries(folders) as [BlobFolder, readonly BlobRight[]][];
  if (granted.length === 0) return { rights: [], variables: {} };
  const reads = granted.some(([, rights]) => rights.includes('download'));
  return {
    rights: [
      ...granted.map(([folder, rights]) => ({
        actions: rights.map((right) => blobActions[right]),
        resources: [`${bucketArn}/${folder}/*`],
      })),
      // Without it S3 answers "forbidden" where a blob is missing, and nobody could tell the two apart.
      ...(reads ? [{ actions: ['s3:ListBucket'], resources: [bucketArn] }] : []),
    ],
    variables: { [blobsVariable]: bucketName },
  };
}

function hookGrant({ hookHosts: { python, typescript } }: Resources): Grant {
  return {
    rights: [{ actions: ['lambda:InvokeFunction'], resources: [python.arn, typescript.arn] }],
    variables: {
      [hookHostVariables.python]: python.name,
      [hookHostVariables.typescript]: typescript.name,
    },
  };
}

const eventGrant = ({ eventBus: { name, arn } }: Resources): Grant => ({
  rights: [{ actions: ['events:PutEvents'], resources: [arn] }],
  variables: { [eventBusVariable]: name },
});

/** The key that Systems Manager encrypts with is the account's own, which whoever may use the parameter may use. */
function secretGrant(
  rights: NonNullable<Access['secrets']>,
  { secrets: { prefix, arnPrefix } }: Resources,
): Grant {
  if (rights.length === 0) return { rights: [], variables: {} };
  const actions = rights.flatMap((right) =>
    right === 'read' ? ['ssm:GetParameter'] : ['ssm:PutParameter', 'ssm:DeleteParameter'],
  );
  return {
    rights: [{ actions, resources: [`${arnPrefix}*`] }],
    variables: { [secretsVariable]: prefix },
  };
}
