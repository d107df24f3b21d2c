/**
 * Tables, keys, indexes and lifetimes: read by infrastructure, the embedded store and tests alike.
 * Every table has the string keys `pk` and `sk`. Index keys are attributes of the same names as the index
 * (`readyPk`, `readySk`); an item without them is not in the index.
 */
export interface IndexDefinition {
  readonly partition: string;
  readonly sort: string;
  /** Projected attributes besides the keys. Never one that a claim, a report or a heartbeat changes. */
  readonly projection: readonly string[];
}

export interface TableDefinition {
  readonly indexes: Readonly<Record<string, IndexDefinition>>;
  /** Attribute with epoch seconds after which the item may vanish. */
  readonly timeToLive?: 'expiresAt';
  /** Whether changes appear in the change feed. */
  readonly feed: boolean;
}

export const tables = {
  /** Jobs, their states, chunks, dependency edges, match classes, request tokens, tombstones. */
  queue: {
    indexes: {
      /** Claimable jobs of a match class, best first. */
      ready: { partition: 'readyPk', sort: 'readySk', projection: ['jobId'] },
      /** Chunks that wait for a node although they were handed out before, by job and generation. */
      requeued: { partition: 'requeuedPk', sort: 'sk', projection: [] },
      /** States of jobs that have not ended. */
      open: { partition: 'openPk', sort: 'sk', projection: [] },
      /** Jobs and folders inside a folder. Root entries are not in it. */
      children: { partition: 'childrenPk', sort: 'sk', projection: [] },
    },
    timeToLive: 'expiresAt',
    feed: true,
  },
  /** Nodes, their states, tokens, users, pools, limits, configuration, counters. */
  farm: {
    indexes: {
      /** States of nodes that could take work, longest idle first, in shards. */
      idle: { partition: 'idlePk', sort: 'idleSk', projection: [] },
      /** States of nodes that hold a chunk, by job. */
      working: { partition: 'workingPk', sort: 'sk', projection: [] },
      /** States of nodes that are not offline. */
      online: { partition: 'onlinePk', sort: 'sk', projection: [] },
    },
    timeToLive: 'expiresAt',
    feed: true,
  },
  /** Chunk attempts, statistics samples, log lines by day. */
  history: {
    indexes: {
      /** Attempts by the time of their end, in shards of months: for statistics, bounds and clearing. */
      byTime: { partition: 'timePk', sort: 'timeSk', projection: ['outcome'] },
    },
    timeToLive: 'expiresAt',
    feed: false,
  },
  /** Index items of backed-up jobs. */
  archive: { indexes: {}, feed: false },
} as const satisfies Record<string, TableDefinition>;

export type TableName = keyof typeof tables;
export type IndexName = { [T in TableName]: keyof (typeof tables)[T]['indexes'] }[TableName];

/** The definition of a table in its general shape. */
export const tableDefinition = (name: TableName): TableDefinition => tables[name];

/** The definition of an index; throws for an index that the table does not have. */
export function indexDefinition(table: TableName, index: IndexName): IndexDefinition {
  const definition = tableDefinition(table).indexes[index];
  if (definition === undefined) throw new RangeError(`table ${table} has no index ${index}`);
  return definition;
}
