/**
 * Jobs and their states. A job is what was submitted; its state is the small item that claims and reports
 * change. Hot writes are single-item, guarded by the generation, and come back with the new state.
 */
import { isClaimable, startableStatuses } from '../domain/jobStatus.ts';
import type { Candidate } from '../domain/scheduling.ts';
import { notFound } from '../errors.ts';
import type { Clock } from '../model/clock.ts';
import type { ChunkCounts, JobSpec, JobState, JobStatus } from '../model/job.ts';
import { jobStatuses } from '../model/job.ts';
import { Kept } from './kept.ts';
import { keys } from './keys.ts';
import { everyItem, type MergedPage, mergedPage } from './pages.ts';
import {
  absent,
  all,
  any,
  atMost,
  attribute,
  type Changes,
  type Clause,
  equals,
  type Guard,
  type Item,
  isNew,
  isThere,
  lessThan,
  moreThan,
  oneOf,
  type Table,
  type TransactWrite,
  type Value,
} from './table.ts';

/** Which count an ended or requeued chunk goes to. */
export type CountName = keyof ChunkCounts;

const countAttribute: { readonly [N in CountName]: string } = {
  queued: 'countQueued',
  completed: 'countCompleted',
  warning: 'countWarning',
  failed: 'countFailed',
};

export type StateWrite =
  | { readonly applied: true; readonly state: JobState }
  | { readonly applied: false; readonly present: JobState | undefined };

/** Chunks are handed out: engine aside, the job is queued or in progress and not paused. */
const startable: Clause = all(oneOf('status', startableStatuses), equals('paused', false));
/** One more instance stays within the limit. */
const hasFreeSlot: Clause = any(
  equals('maximumInstances', 0),
  lessThan('slots', attribute('maximumInstances')),
);
/** The instance that is passed on stays within the limit, which may have been lowered meanwhile. */
const keepsSlot: Clause = any(equals('maximumInstances', 0), atMost('slots', attribute('maximumInstances')));
const hasNext: Clause = lessThan('next', attribute('total'));

/** How long what claims read again and again is kept. Guards make a stale look harmless, only wasteful. */
const KEPT_MS = 1_000;
/** As long as messages that failed are kept. */
const REMAINS_KEPT_SECONDS = 14 * 86_400;
/** Heads that a claim looks at per class and page. */
export const HEADS_PER_PAGE = 8;

/** What is left of a deleted job for good. */
export interface Tombstone {
  readonly name: string;
  /** The last that its id has had: so many its history has. */
  readonly generation: number;
  /** The last that its state has had. */
  readonly version: number;
  readonly deletedAt: string;
}

export function jobStore(table: Table, clock: Clock) {
  const keptHeads = new Kept<string, Candidate[]>(clock, KEPT_MS);
  const keptSpecs = new Kept<number, JobSpec>(clock, KEPT_MS);
  const readSpec = (item: Item | undefined): JobSpec | undefined =>
    item === undefined ? undefined : specOf(item);
  const readState = (item: Item | undefined): JobState | undefined =>
    item === undefined ? undefined : stateOf(item);

  async function change(id: number, changes: Changes, guard: Guard): Promise<StateWrite> {
    const result = await table.update(
      'queue',
      keys.jobState(id),
      { ...changes, add: { version: 1, ...changes.add } },
      guard,
    );
    if (result.applied) return { applied: true, state: stateOf(result.item as Item) };
    return { applied: false, present: readState(result.present) };
  }

  const ofGeneration = (generation: number, ...clauses: Clause[]): Guard => [
    equals('generation', generation),
    ...clauses,
  ];
  const begun = (now: string): Changes => ({
    set: { status: 'in-progress', statusReason: 'rendering has begun' },
    setIfAbsent: { startedAt: now },
  });

  return {
    /** Pattern J1. */
    async findSpec(id: number, options: { readonly consistent: boolean }): Promise<JobSpec | undefined> {
      return readSpec(await table.get('queue', keys.job(id), options));
    },

    /** What was submitted, also as a job that was deleted in the last days and whose hooks may still be told. Pattern J12. */
    async findSpecOrRemains(id: number): Promise<JobSpec | undefined> {
      const spec = await this.findSpec(id, { consistent: true });
      return spec ?? readSpec(await table.get('queue', keys.remains(id), { consistent: true }));
    },

    /** Pattern J2. */
    async findState(id: number, options: { readonly consistent: boolean }): Promise<JobState | undefined> {
      return readState(await table.get('queue', keys.jobState(id), options));
    },

    /** Both parts of a job by strong reads; `not-found` also for one that is being deleted. */
    async get(id: number): Promise<{ spec: JobSpec; state: JobState }> {
      const [spec, state] = await Promise.all([
        this.findSpec(id, { consistent: true }),
        this.findState(id, { consistent: true }),
      ]);
      // The state is written last and decides that a job exists.
      if (spec === undefined || state === undefined || state.status === 'deleting') throw notFound('job', id);
      return { spec, state };
    },

    /**
     * Both parts, for writing a state that follows from the job: the state is read first, so that the job is not older than
     * what the state was made of. Patterns J1 and J2.
     */
    async findToWriteState(id: number): Promise<{ spec: JobSpec; state: JobState } | undefined> {
      const state = await this.findState(id, { consistent: true });
      const spec = await this.findSpec(id, { consistent: true });
      return spec === undefined || state === undefined ? undefined : { spec, state };
    },

    /** Pattern J4. */
    async states(
      ids: readonly number[],
      options: { readonly consistent: boolean },
    ): Promise<Map<number, JobState>> {
      const items = await table.batchGet('queue', ids.map(keys.jobState), options);
      return new Map(items.map((item) => [keys.idIn(item.sk), stateOf(item)]));
    },

    /** Pattern J5. */
    async specs(ids: readonly number[]): Promise<Map<number, JobSpec>> {
      const items = await table.batchGet('queue', ids.map(keys.job));
      return new Map(items.map((item) => [keys.idIn(item.sk), specOf(item)]));
    },

    /** A page of jobs and states, merged by id. Pattern J3. */
    async list(options: { after: number | undefined; limit: number; backward: boolean }): Promise<{
      readonly jobs: readonly { spec: JobSpec; state: JobState }[];
      readonly nextAfter: number | undefined;
    }> {
      const page: MergedPage = await mergedPage(table, 'queue', keys.jobPartition, options);
      const states = await statesBetween(table, page, options.backward);
      const jobs = page.items.flatMap((item) => {
        const state = states.get(keys.idIn(item.sk));
        return state === undefined || state.status === 'deleting' ? [] : [{ spec: specOf(item), state }];
      });
      return { jobs, nextAfter: page.nextAfter };
    },

    /** Ids of what is directly inside a folder, at most `limit`. The index may lag. Pattern J11. */
    async children(parentId: number, limit: number): Promise<number[]> {
      const page = await table.query({
        table: 'queue',
        index: 'children',
        partition: keys.childrenPartition(parentId),
        limit,
      });
      return page.items.map((item) => keys.idIn(item.sk));
    },

    /** Ids of jobs that have not ended. The index may lag. Pattern J6. */
    async *open(): AsyncGenerator<number> {
      const query = { table: 'queue', index: 'open', partition: keys.openPartition } as const;
      for await (const item of everyItem(table, query)) yield keys.idIn(item.sk);
    },

    /** Claimable jobs of a match class, best first. The index may lag. Pattern M1. */
    async heads(matchClass: string, limit: number, after?: Candidate): Promise<Candidate[]> {
      const page = await table.query({
        table: 'queue',
        index: 'ready',
        partition: keys.readyPartition(matchClass),
        limit,
        ...(after === undefined
          ? {}
          : {
              after: {
                ...keys.jobState(after.jobId),
                readyPk: keys.readyPartition(matchClass),
                readySk: after.readyKey,
              },
            }),
      });
      return page.items.map((item) => ({
        jobId: Number(item['jobId']),
        matchClass,
        readyKey: String(item['readySk']),
      }));
    },

    /** The first heads of a match class as they were at most a second ago; undefined if nobody has looked. */
    findKeptHeads(matchClass: string): Candidate[] | undefined {
      return keptHeads.get(matchClass);
    },

    /** The first heads of a match class, read now and kept. */
    async readHeads(matchClass: string): Promise<Candidate[]> {
      return keptHeads.put(matchClass, await this.heads(matchClass, HEADS_PER_PAGE));
    },

    /** A job as it was at most a second ago. */
    async findKeptSpec(id: number): Promise<JobSpec | undefined> {
      const kept = keptSpecs.get(id);
      if (kept !== undefined) return kept;
      const spec = await this.findSpec(id, { consistent: false });
      return spec === undefined ? undefined : keptSpecs.put(id, spec);
    },

    /** A job with the frames that a generation's chunks are computed from; undefined if they are gone. */
    async findSpecWithFrames(id: number, framesVersion: number): Promise<JobSpec | undefined> {
      const kept = await this.findKeptSpec(id);
      if (kept === undefined || kept.framesVersion === framesVersion) return kept;
      const spec = await this.findSpec(id, { consistent: true });
      if (spec === undefined) return undefined;
      keptSpecs.put(id, spec);
      return spec.framesVersion === framesVersion ? spec : undefined;
    },

    /** Writes the job; false if it was there already. */
    async createSpec(spec: JobSpec): Promise<boolean> {
      return (await table.put('queue', specItem(spec), isNew)).applied;
    },

    /** Writes the state, with which the job exists; false if it was there already. */
    async createState(state: JobState): Promise<boolean> {
      return (await table.put('queue', stateItem(state), isNew)).applied;
    },

    /** Replaces the job if nobody did meanwhile. */
    async replaceSpec(spec: JobSpec, seenVersion: number): Promise<boolean> {
      return (await table.put('queue', specItem(spec), [equals('specVersion', seenVersion)])).applied;
    },

    /**
     * Replaces the whole state if nobody changed it meanwhile: for commands, recounts and repairs, never on the
     * hot path. The index keys follow from the state.
     */
    async replaceState(state: JobState, seenVersion: number): Promise<StateWrite> {
      const next = { ...state, version: seenVersion + 1 };
      const result = await table.put('queue', stateItem(next), [equals('version', seenVersion)]);
      if (result.applied) return { applied: true, state: { ...next, isIndexed: isClaimable(next) } };
      return { applied: false, present: readState(result.present) };
    },

    /** Replaces the whole state if neither it nor the job itself was changed meanwhile. */
    async replaceStateOf(
      { id, specVersion }: Pick<JobSpec, 'id' | 'specVersion'>,
      state: JobState,
      seenVersion: number,
    ): Promise<boolean> {
      const next = { ...state, version: seenVersion + 1 };
      const result = await table.transact([
        { kind: 'put', table: 'queue', item: stateItem(next), guard: [equals('version', seenVersion)] },
        { kind: 'check', table: 'queue', key: keys.job(id), guard: [equals('specVersion', specVersion)] },
      ]);
      return result.applied;
    },

    /** Takes the next indexes and as many slots. Guarded: generation, startable, enough left, instances. */
    takeNext(
      id: number,
      generation: number,
      seen: Pick<JobState, 'next' | 'slots' | 'maximumInstances'>,
      count: number,
      now: string,
    ): Promise<StateWrite> {
      const changes = begun(now);
      const guard =
        count === 1
          ? ofGeneration(generation, startable, hasNext, hasFreeSlot)
          : // A bulk take was sized by what was seen, so nothing may have moved.
            ofGeneration(
              generation,
              startable,
              equals('next', seen.next),
              equals('slots', seen.slots),
              equals('maximumInstances', seen.maximumInstances),
            );
      return change(id, { ...changes, add: { next: count, slots: count } }, guard);
    },

    /** Takes a slot for a chunk that was queued again. Guarded: generation, startable, instances. */
    takeQueued(id: number, generation: number, now: string): Promise<StateWrite> {
      return change(
        id,
        { ...begun(now), add: { slots: 1, countQueued: -1 } },
        ofGeneration(generation, startable, hasFreeSlot),
      );
    },

    /** Counts an ended chunk and takes the next index; the slot passes on. */
    endAndTakeNext(id: number, generation: number, count: CountName): Promise<StateWrite> {
      return change(
        id,
        { add: { next: 1, [countAttribute[count]]: 1 } },
        ofGeneration(generation, startable, hasNext, keepsSlot),
      );
    },

    /** Counts an ended chunk and keeps the slot for one that was queued again. */
    endAndTakeQueued(id: number, generation: number, count: CountName): Promise<StateWrite> {
      const add = count === 'queued' ? {} : { countQueued: -1, [countAttribute[count]]: 1 };
      return change(id, { add }, ofGeneration(generation, startable, keepsSlot, moreThan('countQueued', 0)));
    },

    /** Counts a chunk that left running and gives its slot back. Only the generation guards it. */
    end(id: number, generation: number, count: CountName): Promise<StateWrite> {
      return change(id, { add: { slots: -1, [countAttribute[count]]: 1 } }, ofGeneration(generation));
    },

    /** Hands out nothing of a job until some time; nothing happens to one that hands out nothing already. */
    backOff(id: number, generation: number, until: string): Promise<StateWrite> {
      const statusReason = 'got no licence; tries again in a few minutes';
      const set = { status: 'delayed', statusReason, startOn: until };
      return change(id, { set }, ofGeneration(generation, startable));
    },

    /** Gives a slot back without a chunk. */
    giveBackSlot(id: number, generation: number): Promise<StateWrite> {
      return change(id, { add: { slots: -1 } }, ofGeneration(generation));
    },

    /** Counts chunks that became queued without having run. */
    addQueued(id: number, generation: number, count: number): Promise<StateWrite> {
      return change(id, { add: { countQueued: count } }, ofGeneration(generation));
    },

    /** Counts a chunk that was set by hand into an end, or takes back that it was counted as queued. */
    adjustCounts({ id, generation, counts }: JobState, after: ChunkCounts): Promise<StateWrite> {
      return change(id, { add: difference(counts, after) }, ofGeneration(generation));
    },

    /**
     * Counts a chunk that is about to leave its end and reopens a job that has ended. Guarded by the status as
     * seen; the version that it raises stops a recount under way.
     */
    reopen(seen: JobState, after: ChunkCounts, reason: string): Promise<StateWrite> {
      const reopened = {
        status: 'in-progress',
        statusReason: reason,
        endedAt: null,
        openPk: keys.openPartition,
      };
      return change(
        seen.id,
        { add: difference(seen.counts, after), ...(jobStatuses[seen.status].ended ? { set: reopened } : {}) },
        ofGeneration(seen.generation, equals('status', seen.status)),
      );
    },

    /** Moves `next` on past indexes that have items. Guarded by `next` as seen. */
    skipTo(id: number, generation: number, seenNext: number, next: number): Promise<StateWrite> {
      return change(id, { set: { next } }, ofGeneration(generation, equals('next', seenNext)));
    },

    /**
     * Makes the ready index say what the state says, guarded by the version that was looked at. A second write
     * after one that made the two differ; whoever loses the guard leaves it to the one who won.
     */
    async correctReady(state: JobState): Promise<JobState> {
      const shouldBe = isClaimable(state);
      if (shouldBe === state.isIndexed) return state;
      const result = await table.update(
        'queue',
        keys.jobState(state.id),
        shouldBe
          ? {
              set: { readyPk: keys.readyPartition(state.matchClass), readySk: state.readyKey },
              add: { version: 1 },
            }
          : { remove: ['readyPk', 'readySk'], add: { version: 1 } },
        [equals('version', state.version)],
      );
      return result.applied ? stateOf(result.item as Item) : state;
    },

    /** Notes when a mismatch was first seen. The version stays: nothing that is decided on changes. */
    async suspect(id: number, seenVersion: number, since: string): Promise<void> {
      const changes = { set: { suspectSince: since, suspectVersion: seenVersion } };
      await table.update('queue', keys.jobState(id), changes, [equals('version', seenVersion)]);
    },

    /**
     * Notes of which version of the job the state says all; false if it says that of this one or a later one, or the job
     * has got another status since.
     */
    async noteSpec({ id, status }: JobState, specVersion: number): Promise<boolean> {
      const guard = [lessThan('specVersion', specVersion), equals('status', status)];
      return (await change(id, { set: { specVersion } }, guard)).applied;
    },

    /** Raises the version so that every reader of the feed hears of the job again; false if there is none. */
    async touch(id: number): Promise<boolean> {
      return (await table.update('queue', keys.jobState(id), { add: { version: 1 } }, isThere)).applied;
    },

    /** Keeps what was submitted as a job that is about to be buried, for hooks that are told late. */
    async keepRemains(spec: JobSpec): Promise<void> {
      const expiresAt = Math.floor(clock.now() / 1_000) + REMAINS_KEPT_SECONDS;
      await table.put('queue', {
        ...(withoutDefaults(spec) as unknown as Record<string, Value>),
        ...keys.remains(spec.id),
        expiresAt,
      });
    },

    /** Removes what was submitted as a swept job and leaves its name behind. Its state goes last, so that the tick comes back. */
    async bury(spec: JobSpec, state: Pick<JobState, 'generation' | 'version'>, now: string): Promise<void> {
      const { name, owner } = spec;
      const { generation, version } = state;
      await table.put('queue', {
        ...keys.tombstone(spec.id),
        name,
        owner,
        generation,
        version,
        deletedAt: now,
      });
      await table.delete('queue', keys.job(spec.id));
    },

    /** Removes the state of a job that was buried. */
    async removeBuriedState(id: number): Promise<void> {
      await table.delete('queue', keys.jobState(id), [equals('status', 'deleting')]);
    },

    /** What is left of a deleted job: see `Tombstone`. Pattern J7. */
    async findTombstone(
      id: number,
      options: { readonly consistent: boolean } = { consistent: false },
    ): Promise<Tombstone | undefined> {
      const item = await table.get('queue', keys.tombstone(id), options);
      if (item === undefined) return undefined;
      return {
        name: String(item['name']),
        generation: Number(item['generation']),
        version: Number(item['version'] ?? 0),
        deletedAt: String(item['deletedAt']),
      };
    },

    /** Whether a deleted job had this id; strong, for repeated submits. Pattern J7. */
    async isBuried(id: number): Promise<boolean> {
      return (await table.get('queue', keys.tombstone(id), { consistent: true })) !== undefined;
    },

    /** Notes that a child waits for parents, chunk by chunk or as a whole. Edges come before the child's state. */
    async addDependants(parentIds: readonly number[], childId: number, byChunks: boolean): Promise<void> {
      await table.batchWrite('queue', {
        puts: parentIds.map((parentId) => ({ ...keys.dependant(parentId, childId), byChunks })),
      });
    },

    async removeDependants(parentIds: readonly number[], childId: number): Promise<void> {
      await table.batchWrite('queue', {
        deletes: parentIds.map((parentId) => keys.dependant(parentId, childId)),
      });
    },

    /** Jobs that wait for a job; strong, so that no edge written before is missed. Pattern J9. */
    async dependants(parentId: number): Promise<{ readonly jobId: number; readonly byChunks: boolean }[]> {
      const found: { jobId: number; byChunks: boolean }[] = [];
      const query = {
        table: 'queue',
        partition: keys.dependantPartition(parentId),
        consistent: true,
      } as const;
      for await (const item of everyItem(table, query)) {
        found.push({ jobId: keys.idIn(item.sk), byChunks: Boolean(item['byChunks']) });
      }
      return found;
    },

    /** Version of the tree of folders and dependencies, 0 before its first change. Pattern J10. */
    async treeVersion(): Promise<number> {
      const item = await table.get('queue', keys.treeVersion, { consistent: true });
      return Number(item?.['version'] ?? 0);
    },

    /** Replaces the job and raises the tree's version together; false if either moved meanwhile. */
    async replaceInTree(spec: JobSpec, seenVersion: number, seenTree: number): Promise<boolean> {
      const result = await table.transact([
        { kind: 'put', table: 'queue', item: specItem(spec), guard: [equals('specVersion', seenVersion)] },
        raisedTree(seenTree),
      ]);
      return result.applied;
    },

    /**
     * Writes job and state of a job whose chunks are there already, with another write that must come true with them; under
     * the tree's version for a job that waits for others. False if anything of it moved meanwhile.
     */
    async createWhole(
      spec: JobSpec,
      state: JobState,
      seenTree: number | undefined,
      withIt: TransactWrite,
    ): Promise<boolean> {
      const result = await table.transact([
        { kind: 'put', table: 'queue', item: specItem(spec), guard: isNew },
        { kind: 'put', table: 'queue', item: stateItem(state), guard: isNew },
        ...(seenTree === undefined ? [] : [raisedTree(seenTree)]),
        withIt,
      ]);
      return result.applied;
    },

    /** Holds while there is no job under an id: a condition of transactions. */
    absence: (id: number): TransactWrite => ({
      kind: 'check',
      table: 'queue',
      key: keys.jobState(id),
      guard: isNew,
    }),

    /**
     * Writes job and state in the place of those that have their versions, or of none, with another write that must come true
     * with them. False if anything of it moved meanwhile.
     */
    async replaceWhole(
      spec: JobSpec,
      state: JobState,
      seen: { readonly specVersion: number | undefined; readonly stateVersion: number | undefined },
      withIt: TransactWrite,
    ): Promise<boolean> {
      const guardOf = (name: string, version: number | undefined): Guard =>
        version === undefined ? isNew : [equals(name, version)];
      const result = await table.transact([
        withIt,
        {
          kind: 'put',
          table: 'queue',
          item: specItem(spec),
          guard: guardOf('specVersion', seen.specVersion),
        },
        {
          kind: 'put',
          table: 'queue',
          item: stateItem(state),
          guard: guardOf('version', seen.stateVersion),
        },
      ]);
      return result.applied;
    },
  };
}

const raisedTree = (seenTree: number): TransactWrite => ({
  kind: 'update',
  table: 'queue',
  key: keys.treeVersion,
  changes: { set: { version: seenTree + 1 } },
  guard: seenTree === 0 ? [absent('version')] : [equals('version', seenTree)],
});

/** What to add to the counts to come from one to the other. */
function difference(before: ChunkCounts, after: ChunkCounts): Record<string, number> {
  return Object.fromEntries(
    (Object.keys(countAttribute) as CountName[])
      .filter((name) => after[name] !== before[name])
      .map((name) => [countAttribute[name], after[name] - before[name]]),
  );
}

export type JobStore = ReturnType<typeof jobStore>;

/** States of the jobs of a page: by ranges of the state partitions, which costs less than one read each. Pattern J8. */
async function statesBetween(
  table: Table,
  page: MergedPage,
  backward: boolean,
): Promise<Map<number, JobState>> {
  const first = page.items[0];
  const last = page.items.at(-1);
  if (first === undefined || last === undefined) return new Map();
  const [from, to] = backward ? [last.sk, first.sk] : [first.sk, last.sk];
  const shards = [...new Set(page.items.map((item) => Number(item.pk.split('#')[1])))];
  const found = await Promise.all(
    shards.map(async (shard) => {
      const items: Item[] = [];
      for await (const item of everyItem(table, {
        table: 'queue',
        partition: keys.jobStatePartition(shard),
        from,
        to,
      })) {
        items.push(item);
      }
      return items;
    }),
  );
  return new Map(found.flat().map((item) => [keys.idIn(item.sk), stateOf(item)]));
}

function specItem(spec: JobSpec): Item {
  return {
    ...keys.job(spec.id),
    ...(spec.parentId > 0 ? { childrenPk: keys.childrenPartition(spec.parentId) } : {}),
    ...(withoutDefaults(spec) as unknown as Record<string, Value>),
  };
}

/** Fields whose value says nothing are left out: they come back with the read, and a job stays below 2 KB. */
export const silent: { readonly [N in keyof JobSpec]?: Value } = {
  hookDepth: 0,
  needs: null,
  outputFiles: null,
  frameCheck: null,
  thumbnails: false,
  actions: null,
  movie: null,
  emergencyQueue: false,
  packetType: 'multiframe',
  packetSize: 1,
  imageSlices: 1,
  chunksPriority: 'forward',
  chunksInterleave: 2,
  startOn: null,
  maximumInstances: 0,
  includedPools: [],
  excludedPools: [],
  dependIds: [],
  dependMode: 'success',
  dependLinkMode: 'all',
  minimumCores: null,
  minimumThreads: null,
  minimumSpeedMhz: null,
  minimumRamMb: null,
  minimumPhysicalMb: null,
  minimumDiskSpaceMb: null,
  platform: 'any',
  exitCodesErrorCheckType: 'full',
  logsErrorCheckType: 'full',
  validExitCodes: null,
  warningExitCodes: null,
  errorExitCodes: null,
  chunkTimeoutSeconds: null,
  maximumChunksRequeue: null,
  department: '',
  project: '',
  sequence: '',
  shot: '',
  camera: '',
  templateVersion: '',
  notifications: {},
  environment: {},
  attributes: {},
};

export function withoutDefaults(spec: JobSpec): Partial<JobSpec> {
  return Object.fromEntries(
    Object.entries(spec).filter(
      ([name, value]) =>
        !(name in silent) || JSON.stringify(value) !== JSON.stringify(silent[name as keyof JobSpec]),
    ),
  );
}

/** A job as it was submitted, out of its item. */
export function specOf(item: Item): JobSpec {
  const { pk: _pk, sk: _sk, childrenPk: _children, expiresAt: _expires, ...fields } = item;
  return { ...silent, ...fields } as unknown as JobSpec;
}

function stateItem(state: JobState): Item {
  const { counts, isIndexed: _, startedAt, id, hasFollowUps, importedVersion, ...fields } = state;
  return {
    ...keys.jobState(id),
    ...fields,
    jobId: id,
    countQueued: counts.queued,
    countCompleted: counts.completed,
    countWarning: counts.warning,
    countFailed: counts.failed,
    // Absent until the first claim, which sets it once.
    ...(startedAt === null ? {} : { startedAt }),
    ...(hasFollowUps ? { hasFollowUps } : {}),
    ...(importedVersion === null ? {} : { importedVersion }),
    ...(isClaimable(state)
      ? { readyPk: keys.readyPartition(state.matchClass), readySk: state.readyKey }
      : {}),
    ...(isOpen(state) ? { openPk: keys.openPartition } : {}),
  };
}

/** Whether the tick looks after the job: it has not ended, or items of former generations are left. */
const isOpen = (state: JobState): boolean =>
  state.status !== 'folder' &&
  (!jobStatuses[state.status].ended || state.sweptGeneration < state.generation - 1);

/** A job state out of its item; the projector reads images of the feed with it. */
export function stateOf(item: Item): JobState {
  return {
    id: Number(item['jobId']),
    status: item['status'] as JobStatus,
    statusReason: String(item['statusReason']),
    paused: Boolean(item['paused']),
    generation: Number(item['generation']),
    version: Number(item['version']),
    next: Number(item['next']),
    total: Number(item['total']),
    slots: Number(item['slots']),
    maximumInstances: Number(item['maximumInstances']),
    counts: {
      queued: Number(item['countQueued']),
      completed: Number(item['countCompleted']),
      warning: Number(item['countWarning']),
      failed: Number(item['countFailed']),
    },
    matchClass: String(item['matchClass']),
    readyKey: String(item['readyKey']),
    isIndexed: item['readyPk'] !== undefined,
    startOn: (item['startOn'] ?? null) as string | null,
    startedAt: (item['startedAt'] ?? null) as string | null,
    endedAt: (item['endedAt'] ?? null) as string | null,
    followsChunks: Boolean(item['followsChunks']),
    hasFollowUps: Boolean(item['hasFollowUps']),
    framesVersion: Number(item['framesVersion']),
    specVersion: Number(item['specVersion']),
    importedVersion: (item['importedVersion'] ?? null) as number | null,
    generationSince: String(item['generationSince']),
    sweptGeneration: Number(item['sweptGeneration']),
    suspectSince: (item['suspectSince'] ?? null) as string | null,
    suspectVersion: (item['suspectVersion'] ?? null) as number | null,
  };
}
