/** The only place where a partition or sort key is built. Ids are padded so that they sort as text. */
import { shardCount } from '../domain/chunking.ts';
import type { Key } from './table.ts';

/** Partitions that jobs, nodes and idle nodes are spread over: 1,000 writes a second each. */
export const SHARDS = 16;
/** Partitions of the lines of one day of a log. */
export const LOG_SHARDS = 4;

const sort = (id: number): string => String(id).padStart(12, '0');
const shardOf = (id: number): number => id % SHARDS;

interface ChunkKey {
  readonly jobId: number;
  readonly generation: number;
  readonly index: number;
}

export const keys = {
  job: (id: number): Key => ({ pk: `JOBS#${shardOf(id)}`, sk: sort(id) }),
  jobPartition: (shard: number): string => `JOBS#${shard}`,
  jobState: (id: number): Key => ({ pk: `STATES#${shardOf(id)}`, sk: sort(id) }),
  jobStatePartition: (shard: number): string => `STATES#${shard}`,
  chunk: (jobId: number, generation: number, index: number, total: number): Key => ({
    pk: `CHUNKS#${jobId}#${generation}#${index % shardCount(total)}`,
    sk: sort(index),
  }),
  chunkPartitions: (jobId: number, generation: number, total: number): string[] =>
    Array.from({ length: shardCount(total) }, (_, shard) => `CHUNKS#${jobId}#${generation}#${shard}`),
  /** Every partition that a generation may have, whatever its length was. */
  allChunkPartitions: (jobId: number, generation: number): string[] =>
    Array.from({ length: 16 }, (_, shard) => `CHUNKS#${jobId}#${generation}#${shard}`),
  dependant: (parentId: number, childId: number): Key => ({
    pk: `DEPENDANTS#${parentId}`,
    sk: sort(childId),
  }),
  dependantPartition: (parentId: number): string => `DEPENDANTS#${parentId}`,
  /** How far the chunks of a generation were asked about. */
  chunkGate: (jobId: number, generation: number): Key => ({
    pk: keys.chunkGatePartition(jobId),
    sk: sort(generation),
  }),
  chunkGatePartition: (jobId: number): string => `CHUNKGATES#${jobId}`,
  matchClass: (id: string): Key => ({ pk: 'CLASSES', sk: id }),
  matchClassPartition: 'CLASSES',
  request: (caller: string, requestToken: string): Key => ({ pk: `REQUESTS#${caller}`, sk: requestToken }),
  tombstone: (id: number): Key => ({ pk: `TOMBSTONES#${shardOf(id)}`, sk: sort(id) }),
  /** What a deleted job was submitted as. */
  remains: (id: number): Key => ({ pk: `REMAINS#${shardOf(id)}`, sk: sort(id) }),
  flushMarker: (flushId: string, number: number): Key => ({
    pk: `FLUSHES#${flushId}#${number}`,
    sk: 'marker',
  }),
  /** Guards the tree of folders and the graph of dependencies against cycles made at the same time. */
  treeVersion: { pk: 'TREE', sk: 'version' } as Key,

  readyPartition: (matchClass: string): string => `READY#${matchClass}`,
  requeuedPartition: (jobId: number, generation: number): string => `REQUEUED#${jobId}#${generation}`,
  openPartition: 'OPEN',
  childrenPartition: (parentId: number): string => `CHILDREN#${parentId}`,

  node: (id: number): Key => ({ pk: `NODES#${shardOf(id)}`, sk: sort(id) }),
  nodePartition: (shard: number): string => `NODES#${shard}`,
  nodeState: (id: number): Key => ({ pk: `NODESTATES#${shardOf(id)}`, sk: sort(id) }),
  nodeStatePartition: (shard: number): string => `NODESTATES#${shard}`,
  nodeName: (name: string): Key => ({ pk: 'NODENAMES', sk: name }),
  command: (nodeId: number, commandId: string): Key => ({ pk: `COMMANDS#${nodeId}`, sk: commandId }),
  commandPartition: (nodeId: number): string => `COMMANDS#${nodeId}`,
  commandAnswer: (nodeId: number, commandId: string): Key => ({ pk: `ANSWERS#${nodeId}`, sk: commandId }),
  /** Output of an attempt while it runs, by the characters before it. */
  liveLog: (chunk: ChunkKey, attempt: number, offset: number): Key => ({
    pk: keys.liveLogPartition(chunk, attempt),
    sk: sort(offset),
  }),
  liveLogPartition: ({ jobId, generation, index }: ChunkKey, attempt: number): string =>
    `LIVELOG#${jobId}#${generation}#${index}#${attempt}`,
  idlePartition: (nodeId: number): string => `IDLE#${shardOf(nodeId)}`,
  idlePartitionOfShard: (shard: number): string => `IDLE#${shard}`,
  workingPartition: (jobId: number): string => `WORKING#${jobId}`,
  onlinePartition: 'ONLINE',
  token: (hash: string): Key => ({ pk: `TOKENS#${hash}`, sk: 'token' }),
  /** A token in the list of a user, or of those that nodes join with. */
  listedToken: (list: string, id: string): Key => ({ pk: keys.tokenListPartition(list), sk: id }),
  tokenListPartition: (list: string): string => `TOKENLISTS#${list}`,
  user: (name: string): Key => ({ pk: 'USERS', sk: name }),
  userPartition: 'USERS',
  group: (name: string): Key => ({ pk: 'GROUPS', sk: name }),
  groupPartition: 'GROUPS',
  loginTries: (subject: string, window: number): Key => ({ pk: `LOGINS#${subject}`, sk: String(window) }),
  oidcLogin: (hash: string): Key => ({ pk: `OIDCLOGINS#${hash}`, sk: 'login' }),
  pool: (name: string): Key => ({ pk: 'POOLS', sk: name }),
  poolPartition: 'POOLS',
  repository: (name: string): Key => ({ pk: 'REPOSITORIES', sk: name }),
  repositoryPartition: 'REPOSITORIES',
  template: (id: number): Key => ({ pk: 'TEMPLATES', sk: sort(id) }),
  templatePartition: 'TEMPLATES',
  templateEdition: (id: number, edition: number): Key => ({
    pk: `TEMPLATEEDITIONS#${id}`,
    sk: sort(edition),
  }),
  templateEditionPartition: (id: number): string => `TEMPLATEEDITIONS#${id}`,
  hookFailure: (key: string): Key => ({ pk: keys.hookFailurePartition, sk: key }),
  hookFailurePartition: 'HOOKFAILURES',
  connection: (id: string): Key => ({ pk: 'CONNECTIONS', sk: id }),
  connectionPartition: 'CONNECTIONS',
  message: (id: string): Key => ({ pk: 'MESSAGES', sk: id }),
  limit: (name: string): Key => ({ pk: 'LIMITS', sk: name }),
  limitPartition: 'LIMITS',
  nextStart: (group: string): Key => ({ pk: 'STARTS', sk: group }),
  configuration: { pk: 'CONFIGURATION', sk: 'dispatcher' } as Key,
  settings: (kind: 'ldap' | 'oidc'): Key => ({ pk: 'DIRECTORIES', sk: kind }),
  secretNote: (name: string): Key => ({ pk: 'SECRETS', sk: name }),
  secretNotePartition: 'SECRETS',
  nodesScan: { pk: 'SCANS', sk: 'nodes' } as Key,
  queueImport: (run: string): Key => ({ pk: 'IMPORTS', sk: run }),
  counter: (name: 'job' | 'node'): Key => ({ pk: 'COUNTERS', sk: name }),

  attempt: (jobId: number, generation: number, index: number, attempt: number): Key => ({
    pk: `ATTEMPTS#${jobId}#${generation}`,
    sk: `${sort(index)}#${String(attempt).padStart(6, '0')}`,
  }),
  attemptPartition: (jobId: number, generation: number): string => `ATTEMPTS#${jobId}#${generation}`,
  attemptsOfChunk: (index: number): { from: string; to: string } => ({
    from: `${sort(index)}#`,
    to: `${sort(index)}#~`,
  }),
  /** Attempts that ended in a month (`2026-01`), by the shard of their job. */
  monthPartition: (month: string, jobId: number): string => keys.monthPartitionOfShard(month, shardOf(jobId)),
  monthPartitionOfShard: (month: string, shard: number): string => `MONTH#${month}#${shard}`,
  /** Names of an attempt in its key. */
  attemptIn: ({ pk, sk }: Key): { readonly jobId: number; readonly index: number } => ({
    jobId: Number(pk.split('#')[1]),
    index: Number(sk.split('#')[0]),
  }),
  /** Samples by their minute, and beside them what the tick must know of them: it looks at both in one read. */
  statisticsPartition: 'STATISTICS',
  statisticsSample: (at: string): Key => ({ pk: keys.statisticsPartition, sk: at }),
  statisticsReset: { pk: 'STATISTICS', sk: 'reset' } as Key,
  /** A clearing of samples or attempts that goes on. */
  clearing: (what: string, start: string, end: string): Key => ({
    pk: keys.statisticsPartition,
    sk: `clearing#${what}#${start}#${end}`,
  }),

  logLine: (kind: string, day: string, at: string, id: string): Key => ({
    pk: `LOGS#${kind}#${day}#${[...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % LOG_SHARDS}`,
    sk: `${at}#${id}`,
  }),
  logPartitions: (kind: string, day: string): string[] =>
    Array.from({ length: LOG_SHARDS }, (_, shard) => `LOGS#${kind}#${day}#${shard}`),
  logDay: (kind: string, day: string): Key => ({ pk: 'LOGDAYS', sk: `${kind}#${day}` }),
  logDayPartition: 'LOGDAYS',
  liveLogMark: { pk: 'LOGMARKS', sk: 'live' } as Key,
  /** An entry of the archive, by when it was backed up. */
  backup: (backedUpAt: string, id: number): Key => ({
    pk: keys.backupPartition(backedUpAt.slice(0, 7)),
    sk: `${backedUpAt}#${sort(id)}`,
  }),
  backupPartition: (month: string): string => `BACKUPS#${month}`,
  /** Says when an entry was backed up, which tells where it is. */
  backupPlace: (id: number): Key => ({ pk: `BACKUPPLACES#${shardOf(id)}`, sk: sort(id) }),
  /** How many entries a month has. */
  backupMonth: (month: string): Key => ({ pk: 'BACKUPMONTHS', sk: month }),
  backupMonthPartition: 'BACKUPMONTHS',
  archiveWork: (id: string): Key => ({ pk: 'ARCHIVEWORK', sk: id }),
  archiveWorkPartition: 'ARCHIVEWORK',

  /** Sort key of an id, for bounds of a query. */
  sortOf: sort,
  /** Id in a sort key. */
  idIn: (sk: string): number => Number(sk),
} as const;

/** What kind of item a key belongs to: the part before the first `#`. */
export function kindOf({ pk }: Key): string {
  const end = pk.indexOf('#');
  return end === -1 ? pk : pk.slice(0, end);
}
