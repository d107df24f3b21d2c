/**
 * Sees every change of every item the moment it is made, every render that ended and every answer that somebody got, and
 * compares them with the invariants of the hot path (docs/architecture.md). It reads items, never the code's opinion of them.
 */
import { isDeepStrictEqual } from 'node:util';
import { gunzipSync } from 'node:zlib';
import type { AssignmentKey } from '../../client/src/generated.ts';
import type { RunResult } from '../../nodeagent/src/ports.ts';
import { exportName } from '../../shared/blobs/blobStore.ts';
import type { ChunkItem } from '../../shared/model/chunk.ts';
import { type JobState, jobStatuses } from '../../shared/model/job.ts';
import type { NodeState } from '../../shared/model/node.ts';
import type { QueueImport } from '../../shared/model/queueImport.ts';
import { chunkOf } from '../../shared/store/chunkStore.ts';
import { specOf, stateOf } from '../../shared/store/jobStore.ts';
import { keys, kindOf } from '../../shared/store/keys.ts';
import { nodeStateOf } from '../../shared/store/nodeStore.ts';
import { queueImportOf } from '../../shared/store/queueImportStore.ts';
import type { FeedRecord, Item, Key } from '../../shared/store/table.ts';
import type { TableName } from '../../shared/store/tables.ts';
import { ArchiveWitness } from './archiveWitness.ts';
import { ChunkGateWitness } from './chunkGateWitness.ts';
import { HistoryWitness } from './historyWitness.ts';
import { HookWitness } from './hookWitness.ts';
import { RestartWitness } from './restartWitness.ts';
import type { AgentWitness } from './simulatedAgent.ts';
import type { SimulatedBlobs } from './simulatedBlobs.ts';

/** A rule of the design did not hold. */
export class Violation extends Error {
  override readonly name = 'Violation';
  /** Short and the same for every breach of the rule. */
  readonly rule: string;
  /** Job that it concerns, to find it in the trace. */
  readonly jobId: number | undefined;

  constructor(rule: string, details: string, jobId?: number) {
    super(`${rule}: ${details}`);
    this.rule = rule;
    this.jobId = jobId;
  }
}

/** What people asked for that makes otherwise forbidden changes right. */
export interface Orders {
  /** Chunks that somebody set by hand, as `job/index`. */
  readonly chunksSet: Set<string>;
  /** Jobs that somebody reinitialised, cut anew or deleted. */
  readonly jobsRestarted: Set<number>;
  readonly jobsDeleted: Set<number>;
  /** Jobs that somebody is deleting, once for each who does. */
  readonly deletesUnderWay: number[];
  /** Jobs that somebody is editing or has edited a moment ago, once for each edit. */
  readonly editsUnderWay: number[];
  /** Jobs that somebody backed up to delete them. */
  readonly jobsArchived: Set<number>;
  /** Whether anybody started chunks again on their node. */
  redos: boolean;
}

interface EndedAttempt {
  readonly jobId: number;
  readonly generation: number;
  readonly index: number;
  readonly attempt: number;
  readonly outcome: string;
}

interface WitnessOptions {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly start: number;
  readonly onViolation: (violation: Violation) => void;
  /** An item as it is. */
  readonly find: (table: TableName, key: Key) => Item | undefined;
  /** Items of partitions as they are. */
  readonly items: (table: TableName, partitionPrefix: string) => Iterable<Item>;
  readonly blobs: () => SimulatedBlobs;
  /** Whether a record or a message has failed five times. */
  readonly wasPutAside: () => boolean;
  readonly limits: ReadonlyMap<string, number>;
  /** Whether nothing happens in the run after which counts may be wrong until they are repaired. */
  readonly countsAreExact: boolean;
  /** Whether hooks that fail hold nothing up. */
  readonly failedHooksPass: boolean;
  readonly isTraced: boolean;
}

const TRACED_LINES = 4_000;
/** Clocks of functions differ by so much from the true time. */
const SKEW_MS = 300;
/** Longest life of a call of a function. */
const CALL_MS = 25_000;
/** A parent may be reopened between the look at it and what follows from the look. */
const DEPENDENCY_GRACE_MS = 60_000;
/** How long a job waits whose program got no licence: two minutes, less what passes until it is written. */
const LEAST_BACK_OFF_MS = 100_000;
const MOST_BACK_OFF_MS = 120_000;

const isStartable = ({ status, paused }: JobState): boolean =>
  (status === 'queued' || status === 'in-progress') && !paused;
const isEnded = (state: Pick<JobState, 'status'>): boolean => jobStatuses[state.status].ended;

export class Witness implements AgentWitness {
  readonly orders: Orders = {
    chunksSet: new Set(),
    jobsRestarted: new Set(),
    jobsDeleted: new Set(),
    deletesUnderWay: [],
    editsUnderWay: [],
    jobsArchived: new Set(),
    redos: false,
  };
  readonly lines: string[] = [];
  readonly archive: ArchiveWitness;
  readonly history: HistoryWitness;
  readonly restarts: RestartWitness;
  readonly hooks: HookWitness;
  readonly #chunkGates: ChunkGateWitness;
  /** Chunks that ended for good, in whatever generation: one life each. */
  chunkLives = 0;
  readonly #options: WitnessOptions;
  readonly #rendered = new Map<string, RunResult['outcome']>();
  /** Attempts that left their chunk, by token. */
  readonly #ended = new Map<string, EndedAttempt>();
  /** Where each token was first seen. */
  readonly #places = new Map<string, string>();
  readonly #holders = new Map<string, number>();
  /** When renders ended that got no licence, by token. */
  readonly #lackedAt = new Map<string, number>();
  /** When each job was last seen to hand out nothing. */
  readonly #heldAt = new Map<number, number>();
  /** Jobs that follow others chunk by chunk, or did. */
  readonly #followers = new Set<number>();
  /** Ends that chunks left by hand, and when, by `job/generation/index`. */
  readonly #putBack = new Map<string, { readonly from: keyof JobState['counts']; readonly at: number }>();
  /** When a job was last seen in an end, by the end, or `gone`. */
  readonly #endsSeen = new Map<number, Map<string, number>>();
  /** The import that is under way or was last. */
  #import: QueueImport | undefined;

  constructor(options: WitnessOptions) {
    this.#options = options;
    const violate = this.#violate.bind(this);
    this.history = new HistoryWitness({ ...options, violate });
    this.restarts = new RestartWitness({ ...options, violate });
    this.#chunkGates = new ChunkGateWitness({ ...options, violate });
    this.hooks = new HookWitness({
      ...options,
      violate,
      chunkGates: this.#chunkGates,
      trace: this.trace.bind(this),
    });
    const { chunksSet } = this.orders;
    this.archive = new ArchiveWitness({ ...options, history: this.history, chunksSet, violate });
  }

  trace(line: () => string): void {
    if (!this.#options.isTraced) return;
    if (this.lines.length >= TRACED_LINES) this.lines.shift();
    this.lines.push(`${((this.#options.now() - this.#options.start) / 1_000).toFixed(3)} ${line()}`);
  }

  rendered(attempt: AssignmentKey, { outcome, lacksLicence }: RunResult): void {
    const how = lacksLicence ? `${outcome}, without a licence` : outcome;
    this.trace(() => `render ended ${how}: ${nameOf(attempt)} ${attempt.token}`);
    this.#rendered.set(attempt.token, outcome);
    if (lacksLicence) this.#lackedAt.set(attempt.token, this.#options.now());
  }

  acknowledged(attempt: AssignmentKey, outcome: RunResult['outcome']): void {
    const ended = this.#ended.get(attempt.token);
    if (this.#lackedAt.has(attempt.token)) this.#assertHeld(attempt);
    if (ended?.outcome === outcome) return;
    this.#violate(
      '6 nothing told is lost',
      `a report ${outcome} of ${nameOf(attempt)} was accepted`,
      attempt.jobId,
    );
  }

  /** The next chunk would get no licence either. Whoever died in between leaves that to the next one to find out. */
  #assertHeld({ jobId, generation, token }: AssignmentKey): void {
    const state = this.#findState(jobId);
    const wasHeld = (this.#heldAt.get(jobId) ?? Number.NEGATIVE_INFINITY) >= (this.#lackedAt.get(token) ?? 0);
    if (!this.#options.countsAreExact || state?.generation !== generation || wasHeld) return;
    this.#violate('a job waits for its licence', `job ${jobId} goes on ${state.status}`, jobId);
  }

  registers(name: string, runningToken: string | undefined): void {
    if (runningToken !== undefined) this.restarts.registers(name, runningToken);
  }

  changed(record: FeedRecord): void {
    const { table, before, after, expired } = record;
    const item = after ?? before;
    if (item === undefined) return;
    if (table === 'history') {
      this.history.changed(record);
      return;
    }
    if (table === 'archive') {
      this.trace(
        () => `archive ${item.pk}/${item.sk} ${after?.['phase'] ?? ''} ${after === undefined ? 'gone' : ''}`,
      );
      this.archive.changed(record);
      return;
    }
    this.restarts.changed(record);
    switch (kindOf(item)) {
      case 'CHUNKS':
        this.#chunkChanged(before && chunkOf(before), after && chunkOf(after));
        break;
      case 'STATES':
        this.#jobChanged(before && stateOf(before), after && stateOf(after));
        break;
      case 'NODESTATES':
        this.#nodeChanged(before && nodeStateOf(before), after && nodeStateOf(after));
        break;
      case 'LIMITS':
        this.#limitChanged(before, after);
        break;
      case 'IMPORTS':
        this.#import = after && queueImportOf(after);
        this.trace(() => `import ${item.sk}: ${this.#import?.phase}`);
        break;
      case 'CHUNKGATES':
        if (after !== undefined) this.#chunkGates.gateChanged(after);
        break;
      case 'REQUESTS':
      case 'TOKENS':
        break;
      default:
        this.trace(() => `${table} ${item.pk}/${item.sk} ${expired ? 'expired' : 'changed'}`);
    }
  }

  /** Attempts that have left their chunk so far. */
  ended(): Iterable<EndedAttempt> {
    return this.#ended.values();
  }

  #violate(rule: string, details: string, jobId?: number): void {
    this.trace(() => `VIOLATION ${rule}: ${details}`);
    this.#options.onViolation(new Violation(rule, details, jobId));
  }

  #chunkChanged(was: ChunkItem | undefined, is: ChunkItem | undefined): void {
    const chunk = is ?? was;
    if (chunk === undefined) return;
    const { jobId } = chunk;
    this.archive.chunkChanged(jobId);
    const name = `chunk ${jobId}/${chunk.generation}/${chunk.index}`;
    this.trace(() => `${name}: ${was?.status} ${was?.token} -> ${is?.status} ${is?.token} ${is?.outcome}`);
    if (was?.token != null && is?.token !== was.token) {
      this.#ended.set(was.token, {
        jobId,
        generation: was.generation,
        index: was.index,
        attempt: was.attempt,
        outcome: is === undefined ? 'overridden' : (is.outcome ?? 'none'),
      });
    }
    if (is?.outcome === 'lost' && was?.token != null && is.token === null && this.#holders.has(was.token)) {
      this.#violate('leases end at the node first', `${name} was lost while its node holds it`, jobId);
    }
    if (is === undefined) {
      const state = this.#findState(jobId);
      const isVoid =
        state === undefined || state.status === 'deleting' || state.generation > chunk.generation;
      if (!isVoid)
        this.#violate('1 a chunk is in one state', `${name} of the present generation was removed`, jobId);
      return;
    }
    const isSetByHand = this.orders.chunksSet.has(`${jobId}/${is.index}`);
    if (was !== undefined && was.status !== 'running' && was.status !== 'queued' && is.status === 'queued') {
      this.#putBack.set(`${jobId}/${is.generation}/${is.index}`, {
        from: was.status,
        at: this.#options.now(),
      });
    }
    if ((is.status === 'running') !== (is.token !== null)) {
      this.#violate('2 one valid token', `${name} is ${is.status} with token ${is.token}`, jobId);
    }
    if (is.token !== null) {
      const place = `${jobId}/${is.generation}/${is.index}/${is.attempt}`;
      const seen = this.#places.get(is.token);
      if (seen !== undefined && seen !== place) {
        this.#violate('2 one valid token', `${is.token} names ${seen} and ${place}`, jobId);
      }
      this.#places.set(is.token, place);
    }
    if (was === undefined) {
      const mayBegin = isSetByHand || this.archive.isReturning(jobId) || this.#isReplacing;
      if (is.status !== 'running' && is.status !== 'queued' && !mayBegin) {
        this.#violate('1 a chunk is in one state', `${name} came into being ${is.status}`, jobId);
      }
      if (!mayBegin) this.#chunkGates.begun(is);
      return;
    }
    if (was.status === is.status && was.token === is.token) return;
    const isEnd = is.status === 'completed' || is.status === 'warning' || is.status === 'failed';
    if (isEnd) this.chunkLives += 1;
    switch (was.status) {
      case 'running':
        if (is.status === 'running' && is.token !== was.token && !this.orders.redos) {
          this.#violate('2 only its holder ends it', `${name} was taken over while it ran`, jobId);
        }
        if ((is.status === 'completed' || is.status === 'warning') && !isSetByHand) {
          const rendered = this.#rendered.get(was.token ?? '');
          if (rendered !== is.status) {
            this.#violate(
              '2 only its holder ends it',
              `${name} became ${is.status}, its render ${rendered === undefined ? 'goes on' : `ended ${rendered}`}`,
              jobId,
            );
          }
        }
        return;
      case 'queued':
        if (is.status !== 'running' && !isSetByHand) {
          this.#violate('1 a chunk is in one state', `${name} went from queued to ${is.status}`, jobId);
        }
        return;
      default:
        if (!isSetByHand)
          this.#violate(
            '2 leaves an end only by command',
            `${name} left ${was.status} for ${is.status}`,
            jobId,
          );
    }
  }

  #jobChanged(was: JobState | undefined, is: JobState | undefined): void {
    const state = is ?? was;
    if (state === undefined) return;
    const { id } = state;
    this.#chunkGates.jobChanged(was);
    this.trace(() => `job ${id}: ${summary(was)} -> ${summary(is)}`);
    if (is !== undefined && isEnded(is)) this.#seeEnd(id, is.status);
    if (was !== undefined && isEnded(was)) this.#seeEnd(id, was.status);
    if (!isStartable(state)) this.#heldAt.set(id, this.#options.now());
    if (is === undefined) {
      const isMeant = this.orders.jobsDeleted.has(id) || this.archive.wasTaken(id);
      if (!isMeant) this.#violate('6 nothing told is lost', `job ${id} is gone`, id);
      return;
    }
    this.hooks.changed(was, is, this.archive.isReturning(id) || this.#isReplacing);
    if (was === undefined) {
      // Out of the archive, or with an import.
      if (is.version > 1) this.#seeEnd(id, 'gone');
      if (this.archive.isReturning(id)) this.#cameBack(is);
      return;
    }
    const goes = is.status === 'deleting' && was.status !== 'deleting';
    // Whoever imports a queue restarts what is in it and deletes the rest.
    if (is.generation > was.generation && this.#isReplacing) this.orders.jobsRestarted.add(id);
    if (goes && this.#import?.phase === 'clear') {
      this.orders.jobsDeleted.add(id);
      this.#assertExported(id, this.#import.run);
    }
    if (goes && this.orders.jobsArchived.has(id) && !this.orders.jobsDeleted.has(id)) {
      this.archive.took(was);
    }
    if (is.version < was.version) this.#violate('versions grow', `job ${id} fell to ${is.version}`, id);
    if (is.generation !== was.generation) {
      const isMeant = this.orders.jobsRestarted.has(id) || (goes && this.orders.jobsArchived.has(id));
      if (is.generation < was.generation || !isMeant) {
        this.#violate('generations', `job ${id} went from ${was.generation} to ${is.generation}`, id);
      }
      return;
    }
    // A job that stops following its parents hands its chunks out in the usual way, from the first on.
    const beginsAnew = was.followsChunks && !is.followsChunks;
    if ((is.next < was.next && !beginsAnew) || is.next > is.total) {
      this.#violate('1 next only grows', `job ${id}: next ${was.next} -> ${is.next} of ${is.total}`, id);
    }
    this.#assertCounted(was, is);
    if (is.slots < 0) this.#violate('5 slots', `job ${id} has ${is.slots} slots`, id);
    if (was.maximumInstances > 0 && is.next > was.next && is.slots > was.maximumInstances) {
      this.#violate('5 slots', `job ${id} went on with ${is.slots} of ${was.maximumInstances} instances`, id);
    }
    // Past what was touched by hand `next` moves without anything that begins or ends.
    const isSkip = is.slots === was.slots && isDeepStrictEqual(is.counts, was.counts);
    const takes =
      (is.next > was.next && !isSkip) || (is.slots > was.slots && is.suspectSince === was.suspectSince);
    const isBounded = was.maximumInstances > 0 && is.slots > was.slots && is.slots > was.maximumInstances;
    if (isBounded && !this.#isFactOf(is)) {
      this.#violate('5 slots', `job ${id}: ${was.slots} -> ${is.slots} of ${was.maximumInstances}`, id);
    }
    this.#assertDelayed(was, is);
    if (takes && !isStartable(was) && !this.#isFactOf(is) && !isEnded(is)) {
      this.#violate(
        '5 slots',
        `job ${id} handed out work while ${was.status}${was.paused ? ', paused' : ''}`,
        id,
      );
    }
    if (was.status === 'waiting' && is.status !== 'waiting' && is.status !== 'deleting') this.#mayStart(is);
    if (isEnded(is) && !isEnded(was)) this.#assertEnded(is);
    if (!isEnded(is) && isEnded(was) && is.status !== 'deleting') {
      if (!this.#isSetByHand(id))
        this.#violate('2 leaves an end only by command', `job ${id} became ${is.status}`, id);
    }
  }

  /** Nothing of a job is handed out before its time, be it what was submitted or what its program has to wait for. */
  #assertDelayed(was: JobState, is: JobState): void {
    const { id, status, startOn } = is;
    const now = this.#options.now();
    const begins = was.status === 'in-progress' && status === 'delayed';
    const waitsMs = Date.parse(startOn ?? '') - now;
    if (begins && !(waitsMs > LEAST_BACK_OFF_MS && waitsMs <= MOST_BACK_OFF_MS + SKEW_MS)) {
      this.#violate('a job waits for its licence', `job ${id} waits until ${startOn}`, id);
    }
    // Whoever edits a job does not want it to wait for its licence.
    const isAsked = this.orders.editsUnderWay.includes(id);
    const isEarly = Date.parse(was.startOn ?? '') > now + SKEW_MS;
    if (was.status === 'delayed' && isStartable(is) && isEarly && !isAsked) {
      this.#violate('a job waits until its time', `job ${id} starts before ${was.startOn}`, id);
    }
  }

  /** What was done after the backup is undone; its attempts will be made again, under the same numbers. */
  #cameBack(state: JobState): void {
    if (!this.orders.deletesUnderWay.includes(state.id)) this.orders.jobsDeleted.delete(state.id);
    for (const [token, { jobId, generation, index, attempt }] of this.#ended) {
      if (jobId !== state.id) continue;
      const item = [...this.#options.items('queue', `CHUNKS#${jobId}#${generation}#`)]
        .map(chunkOf)
        .find((chunk) => chunk.index === index);
      const isKept = generation < state.generation || (item !== undefined && attempt <= item.attempt);
      if (!isKept) this.#ended.delete(token);
    }
    this.archive.cameBack(state);
  }

  /**
   * Counts are hints, but where nothing died each step keeps them: a chunk is put into the queue before it is counted there,
   * and counted out of it before it is taken. Chunks that are set by hand or set free by a parent or a hook may be counted twice,
   * until the recount that follows, and a job that is cut anew begins anew.
   */
  #assertCounted(was: JobState, is: JobState): void {
    const { id, counts } = is;
    if (was.followsChunks || is.followsChunks) this.#followers.add(id);
    const isExact =
      this.#options.countsAreExact &&
      !this.#followers.has(id) &&
      !this.#isSetByHand(id) &&
      // What it was made of may have had chunks that were set by hand.
      !this.archive.returned.has(id) &&
      !this.orders.jobsRestarted.has(id);
    if (!isExact) return;
    const counted = counts.queued + counts.completed + counts.warning + counts.failed + is.slots;
    let queued = 0;
    if (counts.queued > was.counts.queued) {
      for (const item of this.#options.items('queue', `CHUNKS#${id}#${is.generation}#`)) {
        if (item['status'] === 'queued') queued += 1;
      }
    }
    if (counted > is.next || (counts.queued > was.counts.queued && counts.queued > queued)) {
      this.#violate(
        '3 counts equal the items',
        `job ${id} counts a chunk twice: ${summary(was)} -> ${summary(is)}`,
        id,
      );
    }
  }

  get #isReplacing(): boolean {
    return this.#import?.phase === 'replace' || this.#import?.phase === 'clear';
  }

  /** Whatever an import deletes can be brought back. */
  #assertExported(jobId: number, run: string): void {
    const packed = this.#options.blobs().find(exportName(run));
    const text = packed === undefined ? '' : gunzipSync(packed).toString('utf8');
    if (new RegExp(`^INSERT INTO db_jobs .* VALUES \\(${jobId}, `, 'm').test(text)) return;
    this.#violate('6 nothing told is lost', `job ${jobId} goes and the export of the import lacks it`, jobId);
  }

  /** Whether somebody set any chunk of a job. */
  #isSetByHand(jobId: number): boolean {
    for (const name of this.orders.chunksSet) if (name.startsWith(`${jobId}/`)) return true;
    return false;
  }

  /** Repairs set instances to what the items say, which may be above a maximum that was lowered since. */
  #isFactOf(state: JobState): boolean {
    let running = 0;
    for (const item of this.#options.items('queue', `CHUNKS#${state.id}#${state.generation}#`)) {
      if (item['status'] === 'running') running += 1;
    }
    return state.slots <= running && state.suspectSince === null && running > 0;
  }

  #seeEnd(jobId: number, status: string): void {
    const seen = this.#endsSeen.get(jobId) ?? new Map<string, number>();
    seen.set(status, this.#options.now());
    this.#endsSeen.set(jobId, seen);
  }

  /** A job that waited starts: its parents must have ended as asked, now or a moment ago. */
  #mayStart(state: JobState): void {
    const item = this.#options.find('queue', keys.job(state.id));
    if (item === undefined) return;
    const { dependIds, dependLinkMode, dependMode, specVersion } = specOf(item);
    if (dependIds.length === 0 || dependLinkMode === 'chunks') return;
    const wanted: Record<string, readonly string[]> = {
      success: ['completed', 'completed-with-warnings'],
      ended: ['completed', 'completed-with-warnings', 'failed'],
      failure: ['failed'],
    };
    const met = dependIds.filter((parentId) => {
      const parent = this.#findState(parentId);
      if (parent === undefined || parent.status === 'deleting') return true;
      const seen = this.#endsSeen.get(parentId);
      const wasSeen = (status: string): boolean =>
        (seen?.get(status) ?? Number.NEGATIVE_INFINITY) > this.#options.now() - DEPENDENCY_GRACE_MS;
      return (
        wasSeen('gone') ||
        (wanted[dependMode] ?? []).some((status) => parent.status === status || wasSeen(status))
      );
    });
    const isMet = dependLinkMode === 'any' ? met.length > 0 : met.length === dependIds.length;
    // Edges may have been edited since the look; then the state was evaluated with the former ones.
    if (!isMet && specVersion === 1) {
      this.#violate(
        'dependencies',
        `job ${state.id} became ${state.status} before its parents ended`,
        state.id,
      );
    }
  }

  /**
   * A job ends: every chunk of its generation must have ended, and the counts must be those of the items. A chunk that was put
   * back by hand while the function counted is counted by its end; the feed then reopens the job.
   */
  #assertEnded(state: JobState): void {
    const counts = { queued: 0, completed: 0, warning: 0, failed: 0, running: 0 };
    let items = 0;
    for (const item of this.#options.items('queue', `CHUNKS#${state.id}#${state.generation}#`)) {
      const { status, jobId, generation, index } = chunkOf(item);
      const putBack = this.#putBack.get(`${jobId}/${generation}/${index}`);
      const wasCounted = putBack !== undefined && putBack.at > this.#options.now() - CALL_MS;
      counts[status === 'queued' && wasCounted ? putBack.from : status] += 1;
      items += 1;
    }
    const isTrue =
      items === state.total &&
      counts.running === 0 &&
      counts.queued === 0 &&
      state.counts.queued === 0 &&
      state.counts.completed === counts.completed &&
      state.counts.warning === counts.warning &&
      state.counts.failed === counts.failed;
    if (!isTrue) {
      this.#violate(
        '3 a job ends by its items',
        `job ${state.id} ended ${state.status} with ${items} of ${state.total} items ${JSON.stringify(counts)}, it says ${JSON.stringify(state.counts)}`,
        state.id,
      );
    }
  }

  #findState(jobId: number): JobState | undefined {
    const item = this.#options.find('queue', keys.jobState(jobId));
    return item && stateOf(item);
  }

  #nodeChanged(was: NodeState | undefined, is: NodeState | undefined): void {
    const node = is ?? was;
    if (node === undefined) return;
    const job = is?.assignment?.jobId ?? was?.assignment?.jobId;
    // Most changes are heartbeats.
    const isTold = nodeSummary(was) !== nodeSummary(is);
    if (isTold)
      this.trace(
        () =>
          `node ${node.id}${job === undefined ? '' : ` (job ${job})`}: ${nodeSummary(was)} -> ${nodeSummary(is)}`,
      );
    const before = was?.assignment ?? null;
    const after = is?.assignment ?? null;
    if (before !== null && before.token !== after?.token) this.#holders.delete(before.token);
    const left = was !== undefined && was.status !== 'offline' && is?.status === 'offline';
    if (left && is.session === was.session) {
      // Or it did not come for what was pushed to it.
      const lapsesAt = Date.parse(was.assignment?.acceptBy ?? was.leaseUntil ?? '');
      if (lapsesAt > this.#options.now() + SKEW_MS) {
        this.#violate(
          'a heartbeat renews the lease',
          `node ${node.id} was sent off before ${was.leaseUntil}`,
          job,
        );
      }
    }
    if (was !== undefined && is !== undefined) {
      const isOrdered = is.commandNo > was.commandNo;
      if (is.commandNo < was.commandNo || (is.paused !== was.paused && !isOrdered)) {
        this.#violate(
          '6 nothing told is lost',
          `node ${node.id} went back from wish ${was.commandNo} (paused: ${was.paused}) to ${is.commandNo} (paused: ${is.paused})`,
          job,
        );
      }
    }
    if (after === null || after.token === before?.token) return;
    const holder = this.#holders.get(after.token);
    if (holder !== undefined && holder !== node.id) {
      this.#violate(
        '2 one valid token',
        `${after.token} is held by nodes ${holder} and ${node.id}`,
        after.jobId,
      );
    }
    this.#holders.set(after.token, node.id);
    const isRedo = before !== null && before.jobId === after.jobId && before.index === after.index;
    if (before !== null && !isRedo) {
      const { jobId, generation, index, total, token } = before;
      const former = this.#options.find('queue', keys.chunk(jobId, generation, index, total));
      if (former?.['token'] === token) {
        this.#violate(
          '2 one valid token',
          `node ${node.id} got other work while ${nameOf(before)} runs`,
          jobId,
        );
      }
    }
    if (is?.paused && !isRedo) {
      this.#violate('paused nodes get no work', `node ${node.id} got ${nameOf(after)}`, after.jobId);
    }
    if (is?.status === 'offline') {
      this.#violate('offline nodes hold nothing', `node ${node.id} got ${nameOf(after)}`, after.jobId);
    }
  }

  #limitChanged(was: Item | undefined, is: Item | undefined): void {
    if (is === undefined) return;
    const inUse = Number(is['inUse']);
    this.trace(() => `limit ${is.sk}: ${was?.['inUse']} -> ${inUse}`);
    const maximum = this.#options.limits.get(is.sk) ?? 0;
    const grows = inUse > Number(was?.['inUse'] ?? 0);
    if (inUse < 0 || (grows && inUse > maximum)) {
      this.#violate('5 limits', `limit ${is.sk} is at ${inUse} of ${maximum}`);
    }
  }
}

export const nameOf = ({
  jobId,
  generation,
  index,
  attempt,
}: Omit<AssignmentKey, 'token' | 'total'>): string =>
  `chunk ${jobId}/${generation}/${index}, attempt ${attempt}`;

const summary = (state: JobState | undefined): string =>
  state === undefined
    ? 'none'
    : `${state.status}${state.paused ? ' paused' : ''} g${state.generation} v${state.version} next ${state.next}/${state.total} slots ${state.slots}/${state.maximumInstances} q${state.counts.queued} c${state.counts.completed} w${state.counts.warning} f${state.counts.failed}${state.isIndexed ? ' ready' : ''}${state.suspectSince === null ? '' : ' suspect'}`;

const nodeSummary = (state: NodeState | undefined): string =>
  state === undefined
    ? 'none'
    : `${state.status}${state.paused ? ' paused' : ''} ${state.session.slice(-6)} ${state.assignment === null ? '' : `${nameOf(state.assignment)} ${state.assignment.token}`}${state.assignment?.acceptBy == null ? '' : ' pushed'}`;
