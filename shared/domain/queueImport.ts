/** Checks the tables of a text as a whole, and makes jobs of them: all of it is in order, or none of it is used. */
import * as z from 'zod/mini';
import { DispatcherError } from '../errors.ts';
import { boundedInt, boundedNumber, boundedText } from '../model/bounded.ts';
import { attemptOutcomes, type ChunkItem, chunkStatusNames } from '../model/chunk.ts';
import { type BrokenRule, findUnkeepable, firstRule } from '../model/firstRule.ts';
import { groupSchema } from '../model/group.ts';
import { MAXIMUM_ID, nameSchema, nodeIdSchema, ROOT_ID } from '../model/ids.ts';
import { inEnglish } from '../model/inEnglish.ts';
import {
  type ChunkCounts,
  type JobSpec,
  type JobStatus,
  jobStatuses,
  jobStatusNames,
  jobSubmissionSchema,
  jobTypes,
} from '../model/job.ts';
import { onDemand } from '../model/onDemand.ts';
import type { ImportedChunk, ImportedJob } from '../model/queueImport.ts';
import { repositoryPathsSchema } from '../model/repository.ts';
import { timeSchema } from '../model/time.ts';
import { userSchema } from '../model/user.ts';
import { chunkCount, MAXIMUM_CHUNKS } from './chunking.ts';
import { dependenciesMet, findCycle, followsChunks } from './dependencies.ts';
import { endOfJob } from './jobRollup.ts';
import { initialEvent, jobTransitions } from './jobStatus.ts';
import { type JobDatum, type QueueTable, queueTables, type SqlCell } from './queueTables.ts';
import { getTransition } from './transition.ts';

/** A table as a text made it. */
export interface GivenTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly SqlCell[])[];
}

/** Without one of these, jobs would lose what belongs to them. */
const NEEDED: readonly QueueTable[] = ['db_jobs', 'db_jobs_data', 'db_chunks'];
/** Of a job's reason and a chunk's message: ours are far shorter. */
const MAXIMUM_TEXT = 4_096;

interface Place {
  readonly table: QueueTable;
  /** Counts from 1. */
  readonly row: number;
}

interface Row extends Place {
  /** What is in it, by our names. */
  readonly fields: Readonly<Record<string, unknown>>;
}

const countedAnew = () => z.optional(z.int());

const jobRow = onDemand(() => {
  const submission = jobSubmissionSchema();
  return z.strictObject({
    ...z.omit(submission, { environment: true, attributes: true }).shape,
    id: boundedInt(1, MAXIMUM_ID),
    type: z.enum(jobTypes),
    owner: nameSchema(),
    submittedAt: timeSchema(),
    status: z.enum(jobStatusNames),
    statusReason: z._default(boundedText(0, MAXIMUM_TEXT), ''),
    next: z._default(boundedInt(0), 0),
    total: z.optional(boundedInt(0)),
    startedAt: z._default(z.nullable(timeSchema()), null),
    endedAt: z._default(z.nullable(timeSchema()), null),
    requeued: countedAnew(),
    working: countedAnew(),
    queuedCount: countedAnew(),
    completedCount: countedAnew(),
    warningCount: countedAnew(),
    failedCount: countedAnew(),
  });
});

const datumRow = onDemand(() =>
  z.strictObject({
    jobId: boundedInt(1, MAXIMUM_ID),
    kind: z.enum(['attribute', 'environment']),
    name: z.string(),
    value: z.string(),
    isNumber: z._default(z.boolean(), false),
    state: z._default(z.boolean(), true),
    subst: z._default(z.boolean(), false),
  }),
);

const chunkRow = onDemand(() =>
  z.strictObject({
    jobId: boundedInt(1, MAXIMUM_ID),
    id: boundedInt(1),
    status: z.enum(chunkStatusNames.filter((status) => status !== 'waiting')),
    nodeId: z._default(z.nullable(nodeIdSchema()), null),
    attempt: z._default(boundedInt(0), 0),
    requeueCount: z._default(boundedInt(0), 0),
    outcome: z._default(z.nullable(z.enum(attemptOutcomes)), null),
    startedAt: z._default(z.nullable(timeSchema()), null),
    endedAt: z._default(z.nullable(timeSchema()), null),
    exitCode: z._default(z.nullable(z.int()), null),
    message: z._default(boundedText(0, MAXIMUM_TEXT), ''),
    cpuSeconds: z._default(boundedNumber(0), 0),
    peakMemoryMb: z._default(boundedNumber(0), 0),
  }),
);

/** What is there to read along is checked and left as it is: a queue is jobs and chunks. */
const readAlong = {
  db_logs: onDemand(() => z.strictObject({ at: z.optional(z.unknown()), message: z.optional(z.unknown()) })),
  db_mails: onDemand(() =>
    z.strictObject({ address: z.optional(z.unknown()), message: z.optional(z.unknown()) }),
  ),
  db_pools: onDemand(() => z.strictObject({ pool: nameSchema(), node: nameSchema() })),
  db_users: onDemand(() => z.omit(userSchema(), { version: true })),
  db_users_groups: onDemand(() => z.omit(groupSchema(), { version: true })),
  db_paths: onDemand(() =>
    z.strictObject({
      name: nameSchema(),
      description: z.string().check(z.maxLength(1_024)),
      linux: repositoryPathsSchema().shape.linux,
      darwin: repositoryPathsSchema().shape.darwin,
      win32: repositoryPathsSchema().shape.win32,
    }),
  ),
} as const satisfies Partial<Record<QueueTable, () => z.ZodMiniType>>;

/** Makes jobs of tables, those that are waited for before those that wait. Throws `import-refused` for the first thing that is wrong. */
export function jobsOf(tables: readonly GivenTable[], now: string): ImportedJob[] {
  const rows = rowsByTable(tables);
  for (const [table, schema] of Object.entries(readAlong) as [
    keyof typeof readAlong,
    () => z.ZodMiniType,
  ][]) {
    for (const row of rows[table]) parse(schema(), row);
  }
  const data = Map.groupBy(rows.db_jobs_data.map(readDatum), ({ datum }) => datum.jobId);
  const chunks = Map.groupBy(rows.db_chunks.map(readChunk), ({ jobId }) => jobId);
  const jobs = new Map<number, GivenJob>();
  for (const row of rows.db_jobs) {
    const job = readJob(row, data);
    if (jobs.has(job.spec.id)) throw refused(row, 'id', `${job.spec.id} is there twice`);
    jobs.set(job.spec.id, job);
  }
  for (const { place, datum } of [...data.values()].flat()) assertOfJob(jobs, place, datum.jobId);
  for (const { place, jobId } of [...chunks.values()].flat()) assertOfJob(jobs, place, jobId);
  const rooted = new Set<number>();
  for (const job of jobs.values()) checkParent(jobs, rooted, job);
  const statuses = new Map<number, JobStatus>();
  return inOrder(jobs).map((job) => {
    const imported = importedJob(job, chunks.get(job.spec.id) ?? [], statuses, now);
    statuses.set(job.spec.id, imported.state.status);
    return imported;
  });
}

function refused({ table, row }: Place, column: string, rule: string): DispatcherError {
  return new DispatcherError('import-refused', {
    rule: `Table ${table}, row ${row}, ${column}: ${rule}`,
    table,
    row,
    column,
  });
}

const refusedAsWhole = (rule: string): DispatcherError => new DispatcherError('import-refused', { rule });

function rowsByTable(tables: readonly GivenTable[]): Readonly<Record<QueueTable, Row[]>> {
  const names = Object.keys(queueTables) as QueueTable[];
  const unknown = tables.find(({ name }) => !(names as string[]).includes(name));
  if (unknown !== undefined) {
    throw refusedAsWhole(`Table ${unknown.name} is not one of the queue, which are ${names.join(', ')}`);
  }
  const missing = NEEDED.find((needed) => !tables.some(({ name }) => name === needed));
  if (missing !== undefined) throw refusedAsWhole(`Table ${missing} is missing`);
  return Object.fromEntries(
    names.map((name) => {
      const given = tables.find((table) => table.name === name);
      return [name, given === undefined ? [] : rowsOf(name, given)];
    }),
  ) as Record<QueueTable, Row[]>;
}

function rowsOf(table: QueueTable, { columns, rows }: GivenTable): Row[] {
  const known = Object.entries(queueTables[table].columns);
  const kinds = columns.map((column) => {
    const kind = known.find(([, { column: name }]) => name === column);
    if (kind === undefined) {
      const names = known.map(([, { column: name }]) => name).join(', ');
      throw refusedAsWhole(`Table ${table} has no column ${column}; it has ${names}`);
    }
    return kind;
  });
  return rows.map((cells, position) => {
    const place = { table, row: position + 1 };
    const fields = kinds.map(([field, { column, read, rule }], index) => {
      const cell = cells[index] ?? null;
      const value = read(cell);
      if (value === undefined) throw refused(place, column, `${rule}; it is ${shown(cell)}`);
      return [field, value] as const;
    });
    return { ...place, fields: Object.fromEntries(fields) };
  });
}

const shown = (cell: SqlCell): string =>
  cell === null
    ? 'NULL'
    : typeof cell === 'object'
      ? cell.other
      : typeof cell === 'string'
        ? JSON.stringify(cell.slice(0, 80))
        : String(cell);

/** What a row says by a schema of our fields; its rules are told by the names of columns. */
function parse<Schema extends z.ZodMiniType>(schema: Schema, row: Row): z.output<Schema> {
  const parsed = schema.safeParse(row.fields, inEnglish);
  const broken = parsed.success ? findUnkeepable(row.fields) : firstRule(parsed.error.issues, row.fields);
  if (broken !== undefined) throw brokenIn(row, broken);
  return parsed.data as z.output<Schema>;
}

function brokenIn(place: Place, { path: [field, ...inside], rule }: BrokenRule): DispatcherError {
  const columns = queueTables[place.table].columns as Readonly<Record<string, { readonly column: string }>>;
  const column = columns[String(field)]?.column ?? String(field ?? 'row');
  return refused(place, [column, ...inside.map(String)].join('.'), rule);
}

interface GivenDatum {
  readonly place: Place;
  readonly datum: JobDatum;
}

function readDatum(row: Row): GivenDatum {
  const datum = parse(datumRow(), row);
  if (datum.isNumber && !(datum.value.trim() !== '' && Number.isFinite(Number(datum.value)))) {
    throw refused(row, 'value', `must be a number, as is_number says; it is ${shown(datum.value)}`);
  }
  return { place: row, datum };
}

interface GivenChunk {
  readonly place: Place;
  readonly jobId: number;
  readonly chunk: ImportedChunk;
}

function readChunk(row: Row): GivenChunk {
  const { jobId, id, status, ...rest } = parse(chunkRow(), row);
  // Whoever renders it has no token for what is imported.
  const settled = status === 'running' ? 'queued' : (status as ChunkItem['status']);
  return { place: row, jobId, chunk: { ...rest, index: id - 1, status: settled } };
}

interface GivenJob {
  readonly place: Place;
  readonly spec: JobSpec;
  readonly given: Pick<
    z.output<ReturnType<typeof jobRow>>,
    'status' | 'statusReason' | 'paused' | 'next' | 'startedAt' | 'endedAt'
  >;
}

function readJob(row: Row, data: ReadonlyMap<number, readonly GivenDatum[]>): GivenJob {
  const {
    status,
    statusReason,
    paused,
    next,
    total,
    startedAt,
    endedAt,
    requeued: _r,
    working: _w,
    queuedCount: _q,
    completedCount: _c,
    warningCount: _warnings,
    failedCount: _f,
    ...fields
  } = parse(jobRow(), row);
  const maps = readMaps(row, data.get(fields.id) ?? []);
  const spec: JobSpec = { ...fields, ...maps, specVersion: 1, framesVersion: 1, hookDepth: 0, needs: null };
  const isFolder = spec.type === 'folder';
  if (isFolder !== (status === 'folder') || status === 'deleting') {
    const statuses = isFolder ? 'folder' : 'a status of a job that stays';
    throw refused(row, 'status', `must be that of ${statuses}, for the job_type says ${spec.type}`);
  }
  const chunks = isFolder ? 0 : countChunks(row, spec);
  if (total !== undefined && total !== chunks) {
    throw refused(row, 'chunk_count', `must be ${chunks}, by frames and packets; it is ${total}`);
  }
  if (next > chunks) throw refused(row, 'next_chunk', `must be at most ${chunks}; it is ${next}`);
  return { place: row, spec, given: { status, statusReason, paused, next, startedAt, endedAt } };
}

function countChunks(place: Place, spec: JobSpec): number {
  if (spec.endFrame < spec.startFrame) {
    throw refused(
      place,
      'end_frame',
      `must not be before start_frame ${spec.startFrame}; it is ${spec.endFrame}`,
    );
  }
  const count = chunkCount(spec);
  if (count > MAXIMUM_CHUNKS) {
    throw refused(place, 'packet_size', `gives ${count} chunks, the most is ${MAXIMUM_CHUNKS}`);
  }
  return count;
}

/** Attributes and environment of a job, under the rules for a submission. */
function readMaps(job: Place, data: readonly GivenDatum[]): Pick<JobSpec, 'environment' | 'attributes'> {
  const maps: { environment: Record<string, string>; attributes: JobSpec['attributes'] } = {
    environment: {},
    attributes: {},
  };
  const places = new Map<string, Place>();
  for (const { place, datum } of data) {
    const { kind, name, value, isNumber, state, subst } = datum;
    const map = kind === 'attribute' ? 'attributes' : 'environment';
    const path = `${map}.${name}`;
    if (places.has(path)) throw refused(place, 'name', `${shown(name)} is there twice`);
    places.set(path, place);
    // Not by assignment, to which `__proto__` is more than a name.
    Object.defineProperty(maps[map], name, {
      value: kind === 'environment' ? value : { value: isNumber ? Number(value) : value, state, subst },
      enumerable: true,
    });
  }
  const schema = z.pick(jobSubmissionSchema(), { environment: true, attributes: true });
  const parsed = schema.safeParse(maps, inEnglish);
  const broken = parsed.success ? findUnkeepable(maps) : firstRule(parsed.error.issues, maps);
  if (broken !== undefined) {
    const [map, name, ...inside] = broken.path.map(String);
    const place = places.get(`${map}.${name}`);
    if (place === undefined) throw refused(job, String(map), broken.rule);
    throw refused(place, inside.length === 0 && map === 'attributes' ? 'name' : 'value', broken.rule);
  }
  return parsed.data as Pick<JobSpec, 'environment' | 'attributes'>;
}

function assertOfJob(jobs: ReadonlyMap<number, GivenJob>, place: Place, jobId: number): void {
  const job = jobs.get(jobId);
  if (job === undefined) throw refused(place, 'job_id', `there is no job ${jobId} in db_jobs`);
  if (job.spec.type === 'folder') throw refused(place, 'job_id', `${jobId} is a folder`);
}

/** Parents are folders, and none is inside itself; `rooted` are folders that are known to lead to the root. */
function checkParent(
  jobs: ReadonlyMap<number, GivenJob>,
  rooted: Set<number>,
  { place, spec }: GivenJob,
): void {
  const path = new Set([spec.id]);
  for (let id = spec.parentId; id !== ROOT_ID && !rooted.has(id); ) {
    const folder = jobs.get(id)?.spec;
    if (folder?.type !== 'folder') throw refused(place, 'parent_id', `${id} is no folder in db_jobs`);
    if (path.has(id)) throw refused(place, 'parent_id', `folder ${id} is inside itself`);
    path.add(id);
    id = folder.parentId;
  }
  if (spec.type !== 'folder') path.delete(spec.id);
  for (const id of path) rooted.add(id);
}

/** Jobs in an order in which each comes after those that it waits for. */
function inOrder(jobs: ReadonlyMap<number, GivenJob>): GivenJob[] {
  const waiters = new Map<number, GivenJob[]>();
  const left = new Map<number, number>();
  for (const job of jobs.values()) {
    // One that was deleted holds nobody up, here as in the queue.
    const parents = job.spec.dependIds.filter((id) => jobs.has(id));
    const folder = parents.find((id) => jobs.get(id)?.spec.type === 'folder');
    if (folder !== undefined) {
      throw refused(job.place, 'depend_id', `${folder} is a folder; only jobs can be waited for`);
    }
    left.set(job.spec.id, parents.length);
    for (const id of parents) {
      const ofParent = waiters.get(id) ?? [];
      ofParent.push(job);
      waiters.set(id, ofParent);
    }
  }
  const ordered = [...jobs.values()].filter(({ spec }) => left.get(spec.id) === 0);
  for (const { spec } of ordered) {
    for (const waiter of waiters.get(spec.id) ?? []) {
      const count = (left.get(waiter.spec.id) ?? 0) - 1;
      left.set(waiter.spec.id, count);
      if (count === 0) ordered.push(waiter);
    }
  }
  if (ordered.length < jobs.size) throw circle(jobs, ordered);
  return ordered;
}

function circle(jobs: ReadonlyMap<number, GivenJob>, ordered: readonly GivenJob[]): DispatcherError {
  const graph = new Map([...jobs].map(([id, { spec }]) => [id, spec.dependIds]));
  const free = new Set(ordered);
  for (const job of jobs.values()) {
    if (free.has(job)) continue;
    const { place, spec } = job;
    const cycle = findCycle(graph, spec.id, spec.dependIds);
    if (cycle !== undefined) {
      return refused(place, 'depend_id', `jobs would wait for each other: ${cycle.join(' waits for ')}`);
    }
  }
  throw new Error('jobs that cannot be put in order wait for each other');
}

function importedJob(
  { place, spec, given }: GivenJob,
  chunks: readonly GivenChunk[],
  statuses: ReadonlyMap<number, JobStatus>,
  now: string,
): ImportedJob {
  const total = spec.type === 'folder' ? 0 : chunkCount(spec);
  const counts: { -readonly [N in keyof ChunkCounts]: number } = {
    queued: 0,
    completed: 0,
    warning: 0,
    failed: 0,
  };
  const indexes = new Set<number>();
  for (const { place: ofChunk, chunk } of chunks) {
    if (chunk.index >= total) {
      throw refused(
        ofChunk,
        'id',
        `must be at most ${total}, the chunks of job ${spec.id}; it is ${chunk.index + 1}`,
      );
    }
    if (indexes.has(chunk.index)) throw refused(ofChunk, 'id', `${chunk.index + 1} is there twice`);
    indexes.add(chunk.index);
    if (chunk.status !== 'running') counts[chunk.status] += 1;
  }
  const { status, reason, isEnded } = standingOf(place, spec, given, counts, total, statuses, now);
  return {
    spec,
    state: {
      status,
      statusReason: status === given.status && given.statusReason !== '' ? given.statusReason : reason,
      paused: given.paused,
      next: followsChunks(spec) ? total : given.next,
      counts,
      startedAt: given.startedAt,
      endedAt: isEnded ? (given.endedAt ?? now) : null,
    },
    chunks: chunks.map(({ chunk }) => chunk).sort((a, b) => a.index - b.index),
  };
}

/** Where a job stands. A text cannot say that a job has ended, or may begin, against what its chunks and other jobs say. */
function standingOf(
  place: Place,
  spec: JobSpec,
  { status, next }: GivenJob['given'],
  counts: ChunkCounts,
  total: number,
  statuses: ReadonlyMap<number, JobStatus>,
  now: string,
): { readonly status: JobStatus; readonly reason: string; readonly isEnded: boolean } {
  if (spec.type === 'folder') return { status: 'folder', reason: 'is a folder', isEnded: false };
  if (status === 'waiting' || status === 'delayed' || status === 'queued') {
    const parents = spec.dependIds.map((id) => ({ id, status: statuses.get(id) }));
    const event = initialEvent(dependenciesMet(spec, parents), spec.startOn, now);
    const { to, reason } = getTransition(jobTransitions, 'job', spec.id, 'queued', event);
    return { status: to, reason, isEnded: false };
  }
  if (!jobStatuses[status].ended) return { status, reason: 'rendering has begun', isEnded: false };
  const event = endOfJob({ next, total }, { counts, running: 0, holes: [] });
  if (event === undefined) {
    return { status: 'in-progress', reason: 'not all of its chunks have ended', isEnded: false };
  }
  const { to, reason } = getTransition(jobTransitions, 'job', place.row, 'in-progress', event);
  return { status: to, reason, isEnded: true };
}
