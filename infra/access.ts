/**
 * What each function may touch: the only source of rights, and of the variables that come with them. A line is here
 * because a code path of the function needs it; whoever adds a path adds a line.
 *
 * Rights on tables are the verbs of the table port. A transaction is allowed by the verbs that it consists of.
 * `query:ready` reads the index `ready`.
 */
import type { GroupName } from '../shared/contract/index.ts';
import type { QueueName } from '../shared/runtime/env.ts';
import type { TableName, tables } from '../shared/store/tables.ts';

export type FunctionName =
  | GroupName
  | 'rest'
  | 'console'
  | 'projector'
  | 'consolePush'
  | 'dispatch'
  | 'recount'
  | 'hooks'
  | 'events'
  | 'idling'
  | 'firstStart';

export type Verb = 'get' | 'batchGet' | 'query' | 'put' | 'update' | 'delete' | 'batchWrite' | 'check';
export type TableRight<T extends TableName = TableName> =
  | Verb
  | `query:${keyof (typeof tables)[T]['indexes'] & string}`;

export interface Access {
  readonly tables: { readonly [T in TableName]?: readonly TableRight<T>[] };
  /** Queues that it sends to. */
  readonly queues?: readonly QueueName[];
  /** `credentials` lets it hand a mailbox to its node. */
  readonly mailboxes?: readonly ('create' | 'remove' | 'send' | 'credentials')[];
  /** Of live connections: to tell where they are made, to send to them and end them. */
  readonly live?: readonly ('url' | 'push')[];
  /** What it, or a link that it gives, may do in each folder of blobs. */
  readonly blobs?: { readonly [F in BlobFolder]?: readonly BlobRight[] };
  /** Whether it calls hooks of pushed templates. */
  readonly callsHooks?: boolean;
  /** Whether it puts events on the bus. */
  readonly putsEvents?: boolean;
  /** Secrets that it tells others, such as a directory. */
  readonly secrets?: readonly ('read' | 'write')[];
}

/** Who writes lines of the logs: the day is noted, then its lines. */
const recorded = ['update', 'batchWrite'] as const;

/** Who remembers requests under their tokens, so that each has its effect once. */
const requests = ['get', 'put', 'update'] as const;

/** Things of the farm that people add, change and remove. */
const keptByName = {
  queue: requests,
  farm: ['get', 'batchGet', 'query', 'put', 'delete'],
  history: recorded,
} as const;
/** Connections are ended by a word to who follows the feed, and messages are put there. */
const connections = {
  queue: requests,
  farm: ['get', 'batchGet', 'query', 'put', 'update'],
  history: recorded,
} as const;

/** Blobs are in folders by kind. */
export type BlobFolder = 'logs' | 'backups' | 'exports' | 'imports' | 'templates';
export type BlobRight = 'upload' | 'download' | 'remove';

/** Every function that answers HTTP calls knows its caller by `get` and `batchGet` of `farm`: token, user and groups. */
export const access: Readonly<Record<FunctionName, Access>> = {
  jobs: {
    tables: {
      queue: ['get', 'batchGet', 'query', 'query:children', 'put', 'update', 'batchWrite'],
      farm: ['get', 'batchGet', 'query', 'put', 'update'],
      history: recorded,
    },
    queues: ['recount'],
    blobs: { templates: ['download'] },
    callsHooks: true,
  },
  chunks: {
    tables: {
      queue: ['get', 'query', 'put', 'update'],
      farm: ['get', 'batchGet', 'query', 'update'],
      history: ['query', ...recorded],
    },
    queues: ['recount'],
    mailboxes: ['send'],
    blobs: { logs: ['download'] },
  },
  nodes: {
    tables: {
      queue: requests,
      farm: ['get', 'batchGet', 'query', 'query:online', 'query:working', 'put', 'update', 'delete'],
      history: recorded,
    },
    queues: ['dispatch'],
    mailboxes: ['send', 'remove'],
  },
  clients: { tables: connections, live: ['url'] },
  notificators: { tables: connections },
  users: { tables: keptByName, secrets: ['read'] },
  groups: { tables: keptByName },
  pools: { tables: keptByName },
  repositories: { tables: keptByName },
  system: {
    tables: {
      queue: requests,
      farm: ['get', 'batchGet', 'query', 'put', 'delete'],
      history: ['get', 'query', 'put', ...recorded],
    },
    callsHooks: true,
    secrets: ['write'],
  },
  log: {
    tables: {
      queue: requests,
      farm: ['get', 'batchGet'],
      history: ['get', 'query', ...recorded],
    },
  },
  templates: {
    tables: { ...keptByName, farm: [...keptByName.farm, 'update'] },
    queues: ['hooks'],
    blobs: { templates: ['upload'] },
  },
  backup: {
    tables: {
      queue: ['get', 'batchGet', 'query', 'query:children', 'put', 'update', 'batchWrite', 'check'],
      farm: ['get', 'batchGet', 'update'],
      history: ['query', ...recorded],
      archive: ['get', 'query', 'put', 'update', 'delete'],
    },
    blobs: { backups: ['upload', 'download'] },
  },
  db: {
    tables: {
      queue: ['get', 'batchGet', 'query', 'put', 'update', 'batchWrite'],
      farm: ['get', 'batchGet', 'query', 'put', 'update'],
      history: ['query', 'query:byTime', 'put', 'delete', ...recorded],
      archive: ['query', 'put', 'delete'],
    },
    blobs: { exports: ['upload', 'download'], imports: ['upload', 'download', 'remove'] },
  },
  session: {
    tables: {
      queue: requests,
      farm: ['get', 'batchGet', 'query', 'put', 'update', 'delete'],
      history: recorded,
    },
    secrets: ['read'],
  },
  // What the operations need that it calls: of jobs, chunks, nodes, pools and sessions.
  rest: {
    tables: {
      queue: ['get', 'batchGet', 'query', 'query:children', 'put', 'update', 'batchWrite'],
      farm: ['get', 'batchGet', 'query', 'query:online', 'put', 'update', 'delete'],
      history: recorded,
    },
    queues: ['recount'],
    mailboxes: ['send', 'remove'],
    blobs: { templates: ['download'] },
    callsHooks: true,
    secrets: ['read'],
  },
  nodeProtocol: {
    tables: {
      queue: ['get', 'query', 'query:ready', 'query:requeued', 'put', 'update'],
      farm: ['get', 'batchGet', 'query', 'put', 'update', 'delete'],
    },
    mailboxes: ['create', 'credentials'],
    blobs: { logs: ['upload'], templates: ['download'] },
  },
  console: { tables: { farm: ['get', 'batchGet', 'put', 'update', 'delete'] } },
  projector: {
    tables: {
      queue: ['get', 'batchGet', 'query', 'put', 'update', 'batchWrite'],
      farm: ['get'],
      history: recorded,
    },
    queues: ['dispatch', 'recount', 'hooks', 'events'],
    mailboxes: ['send'],
    putsEvents: true,
  },
  // Who is disconnected is looked up with all that makes a token good.
  consolePush: {
    // Of `queue` it reads the feed alone, and knows it by the name of the table.
    tables: { queue: [], farm: ['get', 'batchGet', 'query', 'delete'] },
    live: ['push'],
  },
  dispatch: {
    tables: {
      queue: ['get', 'query', 'query:ready', 'query:requeued', 'put', 'update'],
      farm: ['get', 'batchGet', 'query', 'query:idle', 'query:working', 'query:online', 'put', 'update'],
    },
    queues: ['dispatch'],
    mailboxes: ['send'],
  },
  // It submits what comes after the end of a job, too.
  recount: {
    tables: { queue: ['get', 'batchGet', 'query', 'put', 'batchWrite'], farm: ['get', 'update'] },
  },
  // A token for each call of a hook is put there. Where chunks wait for a hook it goes on by itself, and lets them into the queue.
  hooks: {
    tables: {
      queue: ['get', 'batchGet', 'query', 'query:requeued', 'put', 'update'],
      farm: ['get', 'put', 'update', 'delete'],
    },
    queues: ['hooks', 'recount'],
    blobs: { templates: ['download'] },
    callsHooks: true,
  },
  events: { tables: {}, putsEvents: true },
  idling: {
    tables: {
      queue: [
        'get',
        'batchGet',
        'query',
        'query:open',
        'put',
        'update',
        'delete',
        'batchWrite',
        'check',
        'query:children',
      ],
      farm: ['get', 'batchGet', 'query', 'query:online', 'put', 'update', 'delete'],
      history: ['query', 'query:byTime', 'put', 'delete', ...recorded],
      archive: ['get', 'query', 'put', 'update', 'delete'],
    },
    blobs: {
      backups: ['upload', 'download', 'remove'],
      exports: ['upload'],
      imports: ['download', 'remove'],
    },
    queues: ['dispatch', 'hooks'],
    mailboxes: ['send', 'remove'],
  },
  firstStart: { tables: { farm: ['get', 'query', 'put', 'delete'] } },
};

export const functionNames = Object.keys(access) as readonly FunctionName[];
