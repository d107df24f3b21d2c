/**
 * Sees each transition of a job whose template has hooks, each call of a hook and each message that is put aside, and holds
 * them against each other. What should be told it decides by itself.
 */
import { type HookAnswer, type HookCall, type JobHook, jobHooks } from '../../shared/contract/hooks.ts';
import { followsChunks } from '../../shared/domain/dependencies.ts';
import { type JobSpec, type JobState, jobStatuses } from '../../shared/model/job.ts';
import { specOf } from '../../shared/store/jobStore.ts';
import { keys } from '../../shared/store/keys.ts';
import type { Item, Key } from '../../shared/store/table.ts';
import type { TableName } from '../../shared/store/tables.ts';
import type { ChunkGateWitness } from './chunkGateWitness.ts';
import { isHooked, SETTINGS_KNOWN_MS } from './commands.ts';
import { STUDIO, submitterOf } from './simulatedHooks.ts';

interface HookWitnessOptions {
  readonly now: () => number;
  readonly start: number;
  readonly find: (table: TableName, key: Key) => Item | undefined;
  readonly items: (table: TableName, partitionPrefix: string) => Iterable<Item>;
  /** Whether a record or a message was put aside by bad luck: what it should have told is missing in the order. */
  readonly wasPutAside: () => boolean;
  /** Whether no function dies in the run. */
  readonly countsAreExact: boolean;
  readonly violate: (rule: string, details: string, jobId?: number) => void;
  readonly chunkGates: ChunkGateWitness;
  /** Whether hooks that fail hold nothing up. */
  readonly failedHooksPass: boolean;
  readonly trace: (line: () => string) => void;
}

/** One hook that has to be told of one transition. */
interface Due {
  readonly key: string;
  readonly state: JobState;
  /** Told, or given up after its failures. */
  isSettled: boolean;
}

const RULE = '10 hooks are told';
const GATE = '10 gates hold';
const MOST_DEPTH = 3;

const isEnded = ({ status }: JobState): boolean => jobStatuses[status].ended;

export class HookWitness {
  readonly #options: HookWitnessOptions;
  /** By job, in the order of its transitions. */
  readonly #due = new Map<number, Due[]>();
  /** Keys that were called, and since when. */
  readonly #begun = new Set<string>();
  /** What gates said yes to, as `job:generation:version`. */
  readonly #passed = new Set<string>();
  /** Keys of hooks that were given up and have not run well since. */
  readonly #givenUp = new Set<string>();
  /** How many hooks led to each job. */
  readonly #depths = new Map<number, number>();
  /** Jobs that the hook of submissions took, by id. */
  readonly #taken = new Set<number>();
  /** Jobs whose owner was not decided because the hook failed, and failed hooks pass. */
  readonly #unowned = new Set<number>();

  constructor(options: HookWitnessOptions) {
    this.#options = options;
  }

  changed(was: JobState | undefined, is: JobState, isReturning: boolean): void {
    const item = this.#options.find('queue', keys.job(is.id));
    if (item === undefined || was?.status === 'folder' || is.status === 'folder') return;
    const spec = specOf(item);
    const { violate } = this.#options;
    const isSubmitted = was === undefined && is.version === 1;
    if (isSubmitted) this.#assertDepth(spec);
    if (isImport(was, is)) this.#depths.set(is.id, spec.hookDepth);
    if (!isHooked(spec.templateId)) return;
    if (isSubmitted && !this.#taken.has(is.id)) {
      violate(GATE, `job ${is.id} was submitted though its template did not take it`, is.id);
    }
    if (isSubmitted && spec.owner !== STUDIO && !this.#unowned.has(is.id)) {
      violate(GATE, `job ${is.id} belongs to ${spec.owner}, its template gave it to ${STUDIO}`, is.id);
    }
    for (const hook of dueOf(was, is)) {
      const key = `${is.id}:${is.generation}:${is.version}:${hook}`;
      const due = this.#dueOf(is.id);
      if (due.some((other) => other.key === key)) {
        violate(RULE, `${key} names two transitions`, is.id);
      }
      due.push({ key, state: is, isSettled: false });
      this.#options.trace(() => `hook ${key} is due`);
    }
    if (!isReturning && !followsChunks(spec)) this.#assertGate(was, is, spec);
  }

  /** How many hooks led to a job is told by those that did. */
  #assertDepth({ id, name, hookDepth }: JobSpec): void {
    const parentId = submitterOf(name);
    const depth = parentId === undefined ? 0 : (this.#depths.get(parentId) ?? 0) + 1;
    this.#depths.set(id, depth);
    if (depth > MOST_DEPTH || hookDepth !== depth) {
      this.#options.violate(RULE, `job ${id} follows ${depth} hooks and says ${hookDepth}`, id);
    }
  }

  /** A job that waited starts by a yes to just what it was; one that is new, begins anew or is edited before it begins waits. */
  #assertGate(was: JobState | undefined, is: JobState, spec: JobSpec): void {
    // It followed its parents chunk by chunk, which asks nobody, and is about to be told that it does no more.
    const isBehind = is.followsChunks && is.specVersion !== spec.specVersion;
    if (is.status === 'waiting' || is.status === 'deleting' || isBehind || isEnded(is)) return;
    const isNew = was === undefined ? is.version === 1 : was.generation !== is.generation;
    const isEdited = was !== undefined && was.specVersion !== is.specVersion && is.status !== 'in-progress';
    const waited = was?.status === 'waiting' && this.#passed.has(`${is.id}:${was.generation}:${was.version}`);
    if (isNew || isEdited || (was?.status === 'waiting' && !waited)) {
      this.#options.violate(GATE, `job ${is.id} became ${is.status} without the yes of its hook`, is.id);
    }
  }

  /** A call reaches its hook. */
  begins(call: HookCall): void {
    const { hook, key, job } = call;
    this.#options.trace(() => `hook ${key} is called`);
    this.#options.chunkGates.begins(call);
    if (job === null || !isTold(hook)) return;
    const due = this.#dueOf(job.id);
    const position = due.findIndex((other) => other.key === key);
    const { violate } = this.#options;
    const found = due[position];
    if (found === undefined) {
      violate(RULE, `${key} is told of what did not happen`, job.id);
      return;
    }
    const { status, paused, generation, version, total } = found.state;
    const isSame =
      job.status === status &&
      job.paused === paused &&
      job.generation === generation &&
      job.version === version &&
      job.chunkCount === total;
    if (!isSame)
      violate(RULE, `${key} is told of ${job.status} v${job.version}, it was ${status} v${version}`, job.id);
    if (this.#begun.has(key)) return;
    this.#begun.add(key);
    const missed = due.slice(0, position).find(({ isSettled }) => !isSettled);
    if (missed !== undefined && !this.#options.wasPutAside())
      violate(RULE, `${key} is told before ${missed.key}`, job.id);
  }

  /** A hook has run well. */
  answers(call: HookCall, answer: HookAnswer): void {
    const { hook, key, job } = call;
    this.#options.trace(() => `hook ${key} answers ${answer.kind}`);
    if (job === null) return;
    if (isTold(hook)) this.#settle(job.id, key);
    this.#givenUp.delete(key);
    if (answer.kind === 'ok') this.#agrees(call);
  }

  /** A hook has failed: with the setting whatever was asked about passes. */
  fails(call: HookCall): void {
    this.#options.trace(() => `hook ${call.key} fails`);
    if (!this.#options.failedHooksPass || call.job === null) return;
    if (call.hook === 'onDispatcherOverrideImpersonationUser') this.#unowned.add(call.job.id);
    this.#agrees(call);
  }

  #agrees(call: HookCall): void {
    const { hook, job } = call;
    if (job === null) return;
    if (hook === 'onValidateJobDependancies') this.#passed.add(`${job.id}:${job.generation}:${job.version}`);
    if (hook === 'onValidateJobSubmission') this.#taken.add(job.id);
    this.#options.chunkGates.agrees(call);
  }

  /** A submission was refused because a hook has failed. */
  refusedAfterFailure(): void {
    const { now, start, failedHooksPass, violate } = this.#options;
    if (!failedHooksPass || now() - start < SETTINGS_KNOWN_MS) return;
    violate(GATE, 'a submission was refused because its hook failed');
  }

  /** A hook has tried to submit a job. */
  submits(key: string, depth: number, result: 'submitted' | 'refused' | 'failed'): void {
    this.#options.trace(() => `hook ${key} at depth ${depth}: ${result}`);
    const mayBeRefused = depth >= MOST_DEPTH;
    if (result === 'submitted' && mayBeRefused) {
      this.#options.violate(RULE, `${key} submits a job at depth ${depth}`);
    }
    if (result === 'refused' && !mayBeRefused) {
      this.#options.violate(RULE, `${key} is refused at depth ${depth}`);
    }
  }

  /** A message was put aside; answers whether that was right, since its hook was given up or is asked again. */
  putAside(body: string): boolean {
    const message = JSON.parse(body);
    // Chunks that it names nobody else names again before their parents end.
    if (message.state === undefined) return !Array.isArray(message.question);
    const { id, generation, version } = message.state;
    const key = `${id}:${generation}:${version}:${message.hook}`;
    const isGivenUp = this.#isGivenUp(key);
    this.#options.trace(() => `hook ${key} is put aside${isGivenUp ? ', given up' : ''}`);
    // Where nothing dies only the hook itself can have failed five times.
    const count = Number(this.#failure(key)?.['count'] ?? 0);
    if ((!isGivenUp || count < 5) && this.#options.countsAreExact) {
      const text = isGivenUp ? `is said to have failed ${count} times` : 'is in no list as given up';
      this.#options.violate(RULE, `${key} failed five times and ${text}`, id);
    }
    if (!isGivenUp) return false;
    this.#settle(id, key);
    this.#givenUp.add(key);
    return true;
  }

  /** In the end each was told, or is in the list of failures as given up. */
  assertDrained(): void {
    for (const [id, due] of this.#due) {
      const missed = due.find(({ isSettled }) => !isSettled);
      if (missed !== undefined) this.#options.violate(RULE, `${missed.key} was never told`, id);
    }
    for (const key of this.#givenUp) {
      if (!this.#isGivenUp(key)) this.#options.violate(RULE, `${key} was given up and is in no list`);
    }
    for (const { sk: key, retry, isGivenUp } of this.#options.items('farm', keys.hookFailurePartition)) {
      if (retry === null || isGivenUp === true) continue;
      this.#options.violate(RULE, `${key} stays in the list of failures though it was told`);
    }
  }

  #isGivenUp(key: string): boolean {
    return this.#failure(key)?.['isGivenUp'] === true;
  }

  #failure(key: string): Item | undefined {
    return this.#options.find('farm', keys.hookFailure(key));
  }

  #settle(jobId: number, key: string): void {
    for (const due of this.#dueOf(jobId)) if (due.key === key) due.isSettled = true;
  }

  #dueOf(jobId: number): Due[] {
    const due = this.#due.get(jobId) ?? [];
    this.#due.set(jobId, due);
    return due;
  }
}

const isTold = (hook: string): boolean => (jobHooks as readonly string[]).includes(hook);

const isImport = (was: JobState | undefined, is: JobState): boolean =>
  was?.specVersion !== is.specVersion && is.specVersion === is.importedVersion;

/** What docs/hooks.md promises for a change. */
function dueOf(was: JobState | undefined, is: JobState): JobHook[] {
  if (was === undefined) return is.version === 1 ? ['onSubmitJob'] : [];
  if (is.status === 'deleting') return was.status === 'deleting' ? [] : ['onDeleteJob'];
  const due: JobHook[] = [];
  // An import asks and tells nobody.
  const isImported = isImport(was, is);
  if (!isImported && was.specVersion !== is.specVersion) {
    due.push('onEditJob', 'onJobPropertiesChanged');
  } else if (was.paused !== is.paused && !isImported) due.push('onJobPropertiesChanged');
  if (was.generation !== is.generation) {
    if (was.framesVersion === is.framesVersion) due.push('onReinitJob');
    return due;
  }
  const hadStarted = was.startedAt !== null || isEnded(was);
  if (is.status === 'in-progress' && was.status !== 'in-progress' && !hadStarted) due.push('onJobStart');
  if (isEnded(is) && !isEnded(was)) {
    due.push('onJobEnd');
    if (is.status !== 'failed') due.push('onJobCompleted');
  }
  return due;
}
