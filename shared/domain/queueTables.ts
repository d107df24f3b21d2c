/**
 * The queue as tables of standard SQL, by the reference's names of tables and columns where those are known. What the
 * reference's columns do not hold has columns of our own, so that a job is there as a whole. `docs/databases.md` lists all.
 */
import { type ChunkItem, chunkStatuses } from '../model/chunk.ts';
import type { Group } from '../model/group.ts';
import {
  checkTypes,
  chunkOrders,
  dependLinkModes,
  dependModes,
  type JobSpec,
  type JobState,
  jobStatuses,
  packetTypes,
} from '../model/job.ts';
import type { Repository } from '../model/repository.ts';
import type { User } from '../model/user.ts';

export type SqlValue = string | number | null;
/** What a cell of somebody else's table may hold besides: what no column here is. */
export type SqlCell = SqlValue | { readonly other: string };

interface Kind {
  readonly type: 'INTEGER' | 'REAL' | 'TEXT';
  write(value: unknown): SqlValue;
  /** What was written; undefined for what {@link write} never writes. */
  read(value: SqlCell): unknown;
  /** What a value must be to be read. */
  readonly rule: string;
}

interface Column extends Kind {
  readonly column: string;
}

type Columns<Record> = { readonly [Field in keyof Record]-?: Column };

const asItIs = (type: Kind['type']): Kind => ({
  type,
  write: (value) => value as SqlValue,
  read: (value) => value,
  rule: 'must be a value of SQL',
});
const integer = asItIs('INTEGER');
const real = asItIs('REAL');
const text = asItIs('TEXT');
const flag: Kind = {
  type: 'INTEGER',
  write: Number,
  read: (value) => (value === 0 || value === 1 ? value === 1 : undefined),
  rule: 'must be 0 or 1',
};
const json: Kind = {
  type: 'TEXT',
  write: (value) => (value === null ? null : JSON.stringify(value)),
  read: (value) => (value === null ? null : typeof value === 'string' ? parsedJson(value) : undefined),
  rule: 'must be JSON',
};
/** A word of ours as the number that clients of the reference know. */
const coded = (words: Readonly<Record<string, { readonly legacy: number }>>): Kind => ({
  type: 'INTEGER',
  write: (word) => words[String(word)]?.legacy ?? null,
  read: (value) => Object.keys(words).find((word) => words[word]?.legacy === value),
  rule: `must be one of ${Object.values(words)
    .map(({ legacy }) => legacy)
    .sort((a, b) => a - b)
    .join(', ')}`,
});

function parsedJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    // Whoever reads says which column is wrong.
    return undefined;
  }
}

const as = (column: string, kind: Kind): Column => ({ column, ...kind });

/** Versions guard writes and mean nothing elsewhere, nor does who led to a job; the open maps have a table of their own. */
type KeptSpec = Omit<
  JobSpec,
  'specVersion' | 'framesVersion' | 'hookDepth' | 'needs' | 'environment' | 'attributes'
>;

const specColumns: Columns<KeptSpec> = {
  id: as('id', integer),
  parentId: as('parent_id', integer),
  type: as('job_type', text),
  name: as('job_name', text),
  owner: as('job_owner', text),
  templateId: as('engine', integer),
  templateVersion: as('engine_version', text),
  priority: as('priority', integer),
  emergencyQueue: as('emergency_queue', flag),
  startFrame: as('start_frame', real),
  endFrame: as('end_frame', real),
  byFrame: as('by_frame', real),
  packetType: as('packet_type', coded(packetTypes)),
  packetSize: as('packet_size', integer),
  imageSlices: as('image_slices', integer),
  chunksPriority: as('chunks_priority', coded(chunkOrders)),
  chunksInterleave: as('chunks_interleave', integer),
  startOn: as('start_on', text),
  maximumInstances: as('max_cpu', integer),
  includedPools: as('included_pools', json),
  excludedPools: as('excluded_pools', json),
  dependIds: as('depend_id', json),
  dependMode: as('depend_mode', coded(dependModes)),
  dependLinkMode: as('depend_link_mode', coded(dependLinkModes)),
  minimumCores: as('minimum_cores', integer),
  minimumThreads: as('minimum_threads', integer),
  minimumSpeedMhz: as('minimum_speed_mhz', real),
  minimumRamMb: as('minimum_ram_mb', real),
  minimumPhysicalMb: as('minimum_physical_mb', real),
  minimumDiskSpaceMb: as('minimum_disk_space_mb', real),
  platform: as('platform', text),
  exitCodesErrorCheckType: as('exit_codes_check_type', coded(checkTypes)),
  logsErrorCheckType: as('logs_check_type', coded(checkTypes)),
  validExitCodes: as('valid_exit_codes', json),
  warningExitCodes: as('warning_exit_codes', json),
  errorExitCodes: as('error_exit_codes', json),
  chunkTimeoutSeconds: as('chunk_timeout_seconds', integer),
  maximumChunksRequeue: as('maximum_chunks_requeue', integer),
  department: as('department', text),
  project: as('project', text),
  sequence: as('sequence', text),
  shot: as('shot', text),
  camera: as('camera', text),
  notifications: as('notifications', json),
  outputFiles: as('output_files', text),
  frameCheck: as('frame_check', json),
  thumbnails: as('thumbnails', flag),
  actions: as('actions', json),
  movie: as('movie', json),
  submittedAt: as('submitted_at', text),
};

/** What became of the job, apart from what follows from the rest. */
interface KeptState
  extends Pick<JobState, 'status' | 'statusReason' | 'paused' | 'next' | 'total' | 'startedAt' | 'endedAt'> {
  readonly requeued: number;
  readonly working: number;
  readonly queuedCount: number;
  readonly completedCount: number;
  readonly warningCount: number;
  readonly failedCount: number;
}

const stateColumns: Columns<KeptState> = {
  status: as('status', coded(jobStatuses)),
  statusReason: as('status_reason', text),
  paused: as('is_paused', flag),
  requeued: as('requeued', integer),
  working: as('max_cpu_working', integer),
  total: as('chunk_count', integer),
  next: as('next_chunk', integer),
  queuedCount: as('queued_count', integer),
  completedCount: as('completed_count', integer),
  warningCount: as('warning_count', integer),
  failedCount: as('failed_count', integer),
  startedAt: as('started_at', text),
  endedAt: as('ended_at', text),
};

const jobColumns = { ...specColumns, ...stateColumns };

export interface JobDatum {
  readonly jobId: number;
  readonly kind: 'attribute' | 'environment';
  readonly name: string;
  readonly value: string;
  readonly isNumber: boolean;
  readonly state: boolean;
  readonly subst: boolean;
}

const dataColumns: Columns<JobDatum> = {
  jobId: as('job_id', integer),
  kind: as('kind', text),
  name: as('name', text),
  value: as('value', text),
  isNumber: as('is_number', flag),
  state: as('state', flag),
  subst: as('subst', flag),
};

/** Tokens say who may report, the generation is the job's; neither leaves the farm. */
type KeptChunk = Omit<ChunkItem, 'index' | 'generation' | 'token' | 'endedToken' | 'version'> & {
  readonly id: number;
};

const chunkColumns: Columns<KeptChunk> = {
  jobId: as('job_id', integer),
  id: as('id', integer),
  status: as('status', coded(chunkStatuses)),
  nodeId: as('node_id', integer),
  attempt: as('attempt', integer),
  requeueCount: as('requeued', integer),
  outcome: as('outcome', text),
  startedAt: as('started_at', text),
  endedAt: as('ended_at', text),
  exitCode: as('exit_code', integer),
  message: as('message', text),
  cpuSeconds: as('cpu_seconds', real),
  peakMemoryMb: as('peak_memory_mb', real),
};

const logColumns = { at: as('at', text), message: as('message', text) };
const mailColumns = { address: as('address', text), message: as('message', text) };

interface PoolMember {
  readonly pool: string;
  readonly node: string;
}

const poolColumns: Columns<PoolMember> = { pool: as('pool_parent', text), node: as('pool_member', text) };

const grantColumns = {
  rights: as('rights', json),
  pools: as('pools', json),
  maximumPriority: as('maximum_priority', integer),
};

const userColumns: Columns<Omit<User, 'version'>> = {
  name: as('username', text),
  description: as('description', text),
  email: as('email', text),
  isAdmin: as('is_admin', flag),
  isEnabled: as('is_enabled', flag),
  groups: as('user_groups', json),
  ...grantColumns,
};

const groupColumns: Columns<Omit<Group, 'version'>> = {
  name: as('group_name', text),
  description: as('description', text),
  ...grantColumns,
};

interface RepositoryRow {
  readonly name: string;
  readonly description: string;
  readonly linux: string | null;
  readonly darwin: string | null;
  readonly win32: string | null;
}

const pathColumns: Columns<RepositoryRow> = {
  name: as('name', text),
  description: as('description', text),
  linux: as('linux', text),
  darwin: as('darwin', text),
  win32: as('win32', text),
};

export const queueTables = {
  db_jobs: { columns: jobColumns, key: 'id' },
  db_jobs_data: { columns: dataColumns, key: 'job_id, kind, name' },
  db_chunks: { columns: chunkColumns, key: 'job_id, id' },
  db_logs: { columns: logColumns, key: undefined },
  db_mails: { columns: mailColumns, key: undefined },
  db_pools: { columns: poolColumns, key: 'pool_parent, pool_member' },
  db_users: { columns: userColumns, key: 'username' },
  db_users_groups: { columns: groupColumns, key: 'group_name' },
  db_paths: { columns: pathColumns, key: 'name' },
} as const;

export type QueueTable = keyof typeof queueTables;

/** The statement that creates each table. */
export const tableStatements: readonly string[] = Object.entries(queueTables).map(
  ([name, { columns, key }]) => {
    const declared = Object.values<Column>(columns).map(({ column, type }) => `${column} ${type}`);
    const all = key === undefined ? declared : [...declared, `PRIMARY KEY (${key})`];
    return `CREATE TABLE ${name} (${all.join(', ')});\n`;
  },
);

function insert<Record>(table: keyof typeof queueTables, columns: Columns<Record>, record: Record): string {
  const entries = Object.entries(columns) as [keyof Record & string, Column][];
  const values = entries.map(([field, { write }]) => literal(write(record[field])));
  return `INSERT INTO ${table} (${entries.map(([, { column }]) => column).join(', ')}) VALUES (${values.join(', ')});\n`;
}

/** No text of SQL can hold a null character. */
function literal(value: SqlValue): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return String(value);
  return `'${value.replaceAll('\0', '\uFFFD').replaceAll("'", "''")}'`;
}

/** A job, its attributes and its environment. */
export function jobStatements(spec: JobSpec, state: JobState): string[] {
  const { counts, generation, slots } = state;
  const row = {
    ...spec,
    ...state,
    startOn: spec.startOn,
    maximumInstances: spec.maximumInstances,
    requeued: generation - 1,
    working: slots,
    queuedCount: counts.queued,
    completedCount: counts.completed,
    warningCount: counts.warning,
    failedCount: counts.failed,
  };
  const datum = (kind: JobDatum['kind'], name: string, value: string | number, state = true, subst = false) =>
    insert<JobDatum>('db_jobs_data', dataColumns, {
      jobId: spec.id,
      kind,
      name,
      value: String(value),
      isNumber: typeof value === 'number',
      state,
      subst,
    });
  return [
    insert<KeptSpec & KeptState>('db_jobs', jobColumns, row),
    ...Object.entries(spec.attributes).map(([name, { value, state: isActive, subst }]) =>
      datum('attribute', name, value, isActive, subst),
    ),
    ...Object.entries(spec.environment).map(([name, value]) => datum('environment', name, value)),
  ];
}

export const chunkStatement = (chunk: ChunkItem): string =>
  insert<KeptChunk>('db_chunks', chunkColumns, { ...chunk, id: chunk.index + 1 });

export const poolStatement = (member: PoolMember): string =>
  insert<PoolMember>('db_pools', poolColumns, member);

/** Of a user only what everybody with the right sees of them: no hash of a password. */
export const userStatement = (user: User): string => insert('db_users', userColumns, user);

export const groupStatement = (group: Group): string => insert('db_users_groups', groupColumns, group);

export const pathStatement = ({ name, description, paths }: Repository): string =>
  insert<RepositoryRow>('db_paths', pathColumns, { name, description, ...paths });
