/**
 * Sees each question about a chunk of a job whose hook says when its chunks may start, what becomes of it, and each chunk that
 * comes into being, and holds them against each other.
 */
import type { HookCall } from '../../shared/contract/hooks.ts';
import type { ChunkItem } from '../../shared/model/chunk.ts';
import type { JobState } from '../../shared/model/job.ts';
import { specOf, stateOf } from '../../shared/store/jobStore.ts';
import { keys } from '../../shared/store/keys.ts';
import type { Item, Key } from '../../shared/store/table.ts';
import type { TableName } from '../../shared/store/tables.ts';
import { SETTINGS_KNOWN_MS, templateIds } from './commands.ts';
import { FAILURE } from './simulatedHooks.ts';

interface ChunkGateWitnessOptions {
  readonly now: () => number;
  readonly start: number;
  readonly find: (table: TableName, key: Key) => Item | undefined;
  readonly violate: (rule: string, details: string, jobId?: number) => void;
  /** Whether hooks that fail hold nothing up. */
  readonly failedHooksPass: boolean;
}

const RULE = '10 chunks wait for their hook';
/** Longest life of a call of a function: it asks about a job that it has read when it began. */
const CALL_MS = 25_000;

export class ChunkGateWitness {
  readonly #options: ChunkGateWitnessOptions;
  /** Chunks that may start by the word of their hook, as `job/generation/index`. */
  readonly #passed = new Set<string>();
  /** When each generation was last seen to be one that may start, as `job/generation`. */
  readonly #startableAt = new Map<string, number>();

  constructor(options: ChunkGateWitnessOptions) {
    this.#options = options;
  }

  jobChanged(was: JobState | undefined): void {
    if (was !== undefined && mayStart(was)) {
      this.#startableAt.set(`${was.id}/${was.generation}`, this.#options.now());
    }
  }

  /** What is known of the questions about a generation: with the setting nothing waits because its hook has failed. */
  gateChanged(gate: Item): void {
    const { now, start, failedHooksPass, violate } = this.#options;
    if (!failedHooksPass || now() - start < SETTINGS_KNOWN_MS) return;
    if (!(gate['reasons'] as readonly string[]).some((reason) => reason.endsWith(FAILURE))) return;
    violate(RULE, `chunks of job ${gate['jobId']} wait because their hook failed`, Number(gate['jobId']));
  }

  /** The hook is asked; only about chunks of a job that may start, or might a moment ago. */
  begins({ key, job, chunk }: HookCall): void {
    if (job === null || chunk === null) return;
    const { find, now, violate } = this.#options;
    const item = find('queue', keys.jobState(job.id));
    const state = item && stateOf(item);
    const mayStartNow = state?.generation === job.generation && mayStart(state);
    const seenAt = this.#startableAt.get(`${job.id}/${job.generation}`) ?? Number.NEGATIVE_INFINITY;
    if (!mayStart(job) || !(mayStartNow || now() - seenAt <= CALL_MS)) {
      violate(RULE, `${key} is asked of a job that is ${state?.status} and was ${job.status}`, job.id);
    }
  }

  /** The hook lets a chunk start, or fails where that counts as much. */
  agrees({ job, chunk }: HookCall): void {
    if (job !== null && chunk !== null) this.#passed.add(chunkName(job, chunk));
  }

  /** A chunk comes into being other than by hand, out of the archive or with an import. */
  begun({ jobId, generation, index, status }: ChunkItem): void {
    const item = this.#options.find('queue', keys.job(jobId));
    if (item === undefined || specOf(item).templateId !== templateIds.gated) return;
    const name = `${jobId}/${generation}/${index}`;
    if (this.#passed.has(name)) return;
    this.#options.violate(RULE, `chunk ${name} is ${status} without the yes of its hook`, jobId);
  }
}

const mayStart = ({ status, paused }: Pick<JobState, 'status' | 'paused'>): boolean =>
  (status === 'queued' || status === 'in-progress') && !paused;

/** A chunk that a hook is asked about, as `job/generation/index`. */
export const chunkName = (
  { id, generation }: { readonly id: number; readonly generation: number },
  { chunkId }: { readonly chunkId: number },
): string => `${id}/${generation}/${chunkId - 1}`;
