/**
 * Where hooks of pushed templates run: apart from the dispatcher, so that they go on when the function dies that waits for
 * them. A template has every hook that a job meets, and one is asked about each chunk too; they answer late, fail before or
 * after what they do, or fail for good.
 */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { RollcallError } from '../../client/src/client.ts';
import { templateSourceName } from '../../shared/blobs/blobStore.ts';
import { type HookCall, jobHooks, type Template } from '../../shared/contract/hooks.ts';
import type { HookHost, HookOutcome, HookRequest } from '../../shared/hookHost/hookHost.ts';
import { chunkName } from './chunkGateWitness.ts';
import { templateIds } from './commands.ts';
import type { Faults } from './faults.ts';
import type { Gateway } from './gateway.ts';
import type { HookWitness } from './hookWitness.ts';
import type { Instance } from './lambdas.ts';
import type { Random } from './random.ts';
import type { SimulatedBlobs } from './simulatedBlobs.ts';
import type { VirtualTime } from './virtualTime.ts';

const SOURCE = '// What it does is simulated.';
const sha256 = createHash('sha256').update(SOURCE).digest('hex');

type WithHooks = Pick<Template, 'hookNames' | 'hookSource'>;
/** What makes a template one with hooks. */
export const simulatedHooks: Required<WithHooks> = {
  hookNames: [
    ...jobHooks,
    'onDispatcherOverrideImpersonationUser',
    'onValidateJobSubmission',
    'onValidateJobDependancies',
    'onDispatcherIdling',
  ],
  hookSource: { language: 'typescript', file: 'studio.ts', sha256, edition: 1 },
};
/** What makes it one that is asked about each chunk. */
export const simulatedChunkGate: WithHooks = {
  ...simulatedHooks,
  hookNames: [...simulatedHooks.hookNames, 'onValidateChunkDependancies'],
};

export const putHookSource = (blobs: SimulatedBlobs): Promise<void> =>
  blobs
    .storeFor({ port: (call) => call() })
    .writeOnce(templateSourceName(sha256, 'typescript'), gzipSync(SOURCE));

/** Whom the hook gives the jobs to. */
export const STUDIO = 'studio';
/** The job whose hook submitted a job, by the name of the latter. */
export function submitterOf(name: string): number | undefined {
  const id = /^after (\d+):/.exec(name)?.[1];
  return id === undefined ? undefined : Number(id);
}

/** How long a hook takes, most often. */
const MEAN_MS = 80;
/** A hook that hangs is ended before the function that waits for it. */
const LONGEST_MS = 10_000;
/** How long a job or a chunk is held up, most often. */
const MEAN_HOLD_MS = 60_000;
/** So many may start at once. */
const OPEN_JOBS = 0.5;
const OPEN_CHUNKS = 0.7;
/** Of hooks that are told, so many never run well. */
const HOPELESS = 0.1;
const REFUSED = 0.1;

type Answer = Extract<HookOutcome, { kind: 'answered' }>['answer'];
const agreed: Answer = { kind: 'ok' };
const refused: Answer = { kind: 'error', message: 'not yet' };
type FailureReason = Extract<HookOutcome, { kind: 'failed' }>['reason'];
/** What a hook says that fails. */
export const FAILURE = 'not now';

export class SimulatedHooks {
  readonly #time: VirtualTime;
  readonly #faults: Faults;
  readonly #random: Random;
  readonly #witness: HookWitness;
  /** Whether jobs submit others here. */
  readonly #submits: boolean;
  /** Calls that never run well, and others, by key. */
  readonly #isHopeless = new Map<string, boolean>();
  /** When each job and each chunk may start. */
  readonly #opensAt = new Map<string, number>();
  gateway: Gateway | undefined;

  constructor(time: VirtualTime, faults: Faults, random: Random, witness: HookWitness) {
    this.#time = time;
    this.#faults = faults;
    this.#random = random;
    this.#witness = witness;
    this.#submits = faults.has('commands') && random.chance(0.3);
  }

  hostFor(instance: Pick<Instance, 'port'>): HookHost {
    return {
      callHook: (request) => instance.port(() => this.#call(request)),
      runScript: async () => {
        throw new Error('nobody runs scripts here');
      },
    };
  }

  async #call(request: HookRequest): Promise<HookOutcome> {
    const { call, deadlineMs } = request;
    this.#witness.begins(call);
    const failure = this.#failureOf(call.key);
    await this.#time.pause(Math.min(this.#random.exponential(MEAN_MS), LONGEST_MS));
    if (failure === 'threw') return this.#fail(call, failure);
    const answer = await this.#answer(request);
    if (failure === 'timed-out') await this.#time.pause(Math.min(deadlineMs, LONGEST_MS));
    if (failure !== undefined) return this.#fail(call, failure);
    this.#witness.answers(call, answer);
    return { kind: 'answered', answer, output: '' };
  }

  #fail(call: HookCall, reason: FailureReason): HookOutcome {
    this.#witness.fails(call);
    return { kind: 'failed', reason, message: FAILURE, output: '' };
  }

  #failureOf(key: string): 'threw' | 'crashed' | 'timed-out' | undefined {
    if (!this.#faults.has('hook-failure')) return undefined;
    const stream = this.#faults.stream('hook-failure');
    const isTold = jobHooks.some((hook) => key.endsWith(`:${hook}`));
    const isHopeless = this.#isHopeless.get(key) ?? (isTold && stream.chance(HOPELESS));
    this.#isHopeless.set(key, isHopeless);
    const fails = isHopeless || this.#faults.strikes('hook-failure');
    return fails ? stream.pick(['threw', 'crashed', 'timed-out'] as const) : undefined;
  }

  async #answer({ call, token }: HookRequest): Promise<Answer> {
    const { hook, key, job, chunk, depth } = call;
    switch (hook) {
      case 'onDispatcherOverrideImpersonationUser':
        return { kind: 'ok', user: STUDIO };
      case 'onValidateJobSubmission':
        return !this.#faults.isCalm && this.#faults.has('commands') && this.#random.chance(REFUSED)
          ? { kind: 'error', message: 'not this one' }
          : { kind: 'ok' };
      case 'onValidateJobDependancies':
        return !this.#faults.has('commands') || this.#isOpen(String(job?.id), OPEN_JOBS) ? agreed : refused;
      case 'onValidateChunkDependancies':
        return job !== null && chunk !== null && this.#isOpen(chunkName(job, chunk), OPEN_CHUNKS)
          ? agreed
          : refused;
      case 'onSubmitJob':
        if (this.#submits) await this.#submitNext(key, token, depth);
        return { kind: 'ok' };
      default:
        return { kind: 'ok' };
    }
  }

  #isOpen(name: string, openShare: number): boolean {
    if (this.#faults.isCalm) return true;
    const opensAt =
      this.#opensAt.get(name) ??
      (this.#random.chance(openShare) ? 0 : this.#time.now() + this.#random.exponential(MEAN_HOLD_MS));
    this.#opensAt.set(name, opensAt);
    return opensAt <= this.#time.now();
  }

  /** Whether the hook holds up a chunk, as `job/generation/index`, that it was asked about, or might hold up any. */
  holdsUp(name: string): boolean {
    const mayFail = this.#faults.has('hook-failure');
    return !this.#faults.isCalm && (mayFail || (this.#opensAt.get(name) ?? 0) > this.#time.now());
  }

  /** One job more, named after the hook, under a token that is the same each time that this hook runs. */
  async #submitNext(key: string, token: string, depth: number): Promise<void> {
    const job = { name: `after ${key}`, templateId: templateIds.hooked, endFrame: 1, attributes: {} };
    const requestToken = `request-token-of-${key.replaceAll(':', '-')}`;
    try {
      await this.gateway?.call('jobSubmit', token, { job, requestToken }, () => true);
    } catch (error) {
      const isBounded = error instanceof RollcallError && error.code === 'hook-recursion';
      this.#witness.submits(key, depth, isBounded ? 'refused' : 'failed');
      return;
    }
    this.#witness.submits(key, depth, 'submitted');
  }
}
