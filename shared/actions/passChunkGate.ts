/**
 * Asks the hook that decides when a chunk may start. Its yes is kept as the chunk, which is put into the queue; its no in
 * one item of the job, with the reason. So no claim asks. A message asks about some chunks and ends soon: claims that use
 * up what is queued, and the tick, ask for the next ones.
 */
import type { Template } from '../contract/hooks.ts';
import { type ChunkGateMessage, MOST_TURNS } from '../contract/queueMessages.ts';
import { LOOK_AHEAD } from '../domain/chunkGates.ts';
import { followsChunks } from '../domain/dependencies.ts';
import { chunkHookKey } from '../domain/hookKeys.ts';
import { isStartable } from '../domain/jobStatus.ts';
import {
  type ChunkGate,
  MOST_REASONS,
  MOST_REFUSED,
  newChunkGate,
  REASON_CHARACTERS,
} from '../model/chunkGate.ts';
import type { JobSpec, JobState } from '../model/job.ts';
import { milliseconds } from '../model/time.ts';
import type { Context } from '../runtime/context.ts';
import { isGatedByChunk } from './askChunks.ts';
import { findRefusal, type Refusal } from './askHook.ts';
import { followParents, readParentJobs, stopFollowing } from './followParents.ts';
import { mapAtMost } from './mapAtMost.ts';
import { releaseChunks } from './releaseChunks.ts';
import { viewChunk } from './viewChunk.ts';
import { viewJob } from './viewJob.ts';

/** Calls of the hook at a time. */
const AT_ONCE = 4;
/** Indexes that are looked at in one read. */
const WINDOW = 100;
/** Chunks that one message asks about for the first time, and that it looks at: most may be in the queue already. */
const MOST_NEW = 300;
const MOST_WINDOWS = 50;
/** Beyond so much time, or so many failures, no more is asked: half of it for those that were refused before. */
const LONGEST_MS = 10_000;
const MOST_FAILURES = 10;

/** Every process has heard of an edition that is so old. */
const EDITION_KNOWN_MS = 30_000;

/** Asks for one message. Repeating it asks again, under the same keys, and puts no chunk into the queue twice. */
export async function passChunkGate(context: Context, message: ChunkGateMessage): Promise<void> {
  const job = await context.jobs.findToWriteState(message.jobId);
  if (job?.state.generation !== message.generation) return;
  const { spec, state } = job;
  if (!state.followsChunks || !isStartable(state)) return;
  const template = await context.templates.findKept(spec.templateId);
  if (template === undefined || !(await isGatedByChunk(context, spec))) {
    // The hook that has held its chunks back is there no more, unless this process has an edition from before it came.
    if (followsChunks(spec)) return forgetRefused(context, spec, state);
    const isNew = context.clock.now() - milliseconds(state.generationSince) < EDITION_KNOWN_MS;
    return isNew ? undefined : stopFollowing(context, state);
  }
  if (message.question === 'again') await recountForgotten(context, state);
  const { gate, version } = await context.chunkGates.get(state.id, state.generation);
  const asking = new Asking(context, message, { spec, state, template, gate });
  if (typeof message.question !== 'string') await asking.askAbout(message.question);
  if (message.question === 'again') await asking.askAgain();
  // Chunks of parents that are at work still name those that they let start.
  const isFollowing = followsChunks(spec) && (await readParentJobs(context, spec)).length > 0;
  const mayLookAround = isFollowing && message.question === 'again' && asking.forgetPassedOver();
  if (!isFollowing) await asking.askNext();
  const next = asking.gate;
  if (JSON.stringify(next) !== JSON.stringify(gate)) await context.chunkGates.replace(next, version);
  if (mayLookAround) await followParents(context, spec, state);
  if (!isFollowing && asking.mayGoOn && message.turn < MOST_TURNS) {
    await context.hookQueue.send({ ...message, question: 'next', turn: message.turn + 1 });
  }
}

/** Chunks that the hook has refused, but not their parents', may start now. */
async function forgetRefused(context: Context, spec: JobSpec, state: JobState): Promise<void> {
  await followParents(context, spec, state);
  const { gate, version } = await context.chunkGates.get(state.id, state.generation);
  if (gate.refused.length > 0)
    await context.chunkGates.replace(newChunkGate(state.id, state.generation), version);
}

/** Whoever put chunks into the queue may have died before they were counted. */
async function recountForgotten(context: Context, { id, generation, counts }: JobState): Promise<void> {
  if (counts.queued > 0) return;
  const forgotten = await context.chunks.requeued(id, generation, 1);
  if (forgotten.length > 0) await context.recountQueue.send({ jobId: id, generation });
}

interface Asked {
  readonly spec: JobSpec;
  readonly state: JobState;
  readonly template: Template;
  readonly gate: ChunkGate;
}

/** The asking of one message. */
class Asking {
  readonly #context: Context;
  readonly #message: ChunkGateMessage;
  readonly #asked: Asked;
  readonly #beganAt: number;
  #failures = 0;
  #queued: number;
  #released = 0;
  #next: number;
  #passedOver: number | null;
  /** With what the hook has said; null where that was not kept. */
  #refused: (readonly [index: number, reason: string | null])[];

  constructor(context: Context, message: ChunkGateMessage, asked: Asked) {
    this.#context = context;
    this.#message = message;
    this.#asked = asked;
    this.#beganAt = context.clock.now();
    this.#queued = asked.state.counts.queued;
    const { refused, reasons, passedOver } = asked.gate;
    // From the end it goes back to those that were refused and not kept.
    const isAtEnd = asked.gate.asked >= asked.state.total && passedOver !== null && message.turn === 1;
    this.#next = isAtEnd ? passedOver : asked.gate.asked;
    this.#passedOver = isAtEnd ? null : passedOver;
    this.#refused = refused.map((index, position) => [index, reasons[position] ?? null]);
  }

  /** Whether another message should go on at once. Where all was refused, the next minute is soon enough. */
  get mayGoOn(): boolean {
    return this.#released > 0 && this.#queued < LOOK_AHEAD && this.#next < this.#asked.state.total;
  }

  get gate(): ChunkGate {
    const firstWithout = this.#refused.findIndex(([, reason]) => reason === null);
    const withReason = firstWithout < 0 ? this.#refused.length : firstWithout;
    return {
      ...this.#asked.gate,
      asked: this.#next,
      passedOver: this.#passedOver,
      refused: this.#refused.map(([index]) => index),
      reasons: this.#refused
        .slice(0, Math.min(withReason, MOST_REASONS))
        .map(([, reason]) => String(reason).slice(0, REASON_CHARACTERS)),
    };
  }

  /** About those that were refused before. */
  async askAgain(): Promise<void> {
    const before = this.#refused;
    const touched = await this.#touched(before.map(([index]) => index));
    const open = before.filter(([index]) => !touched.has(index));
    this.#refused = [];
    const answered = await this.#ask(
      open.map(([index]) => index),
      0.5,
    );
    // Those that were not reached are the first the next time.
    this.#refused = [...open.slice(answered), ...this.#refused];
  }

  /** About some; those that it does not come to are the first the next time. */
  async askAbout(indexes: readonly number[]): Promise<void> {
    const known = await this.#touched(indexes);
    for (const [index] of this.#refused) known.add(index);
    const open = indexes.filter((index) => index < this.#asked.state.total && !known.has(index));
    const answered = await this.#ask(open, 1);
    for (const index of open.slice(answered)) this.#keep(index, null);
  }

  /** Whether chunks were refused and not kept, and there is room for them now: whoever knows them names them anew. */
  forgetPassedOver(): boolean {
    if (this.#passedOver === null || this.#refused.length > MOST_REFUSED / 2) return false;
    this.#passedOver = null;
    return true;
  }

  /** About those that nobody was asked about yet, until enough wait in the queue. */
  async askNext(): Promise<void> {
    const { id, generation, total } = this.#asked.state;
    const known = new Set(this.#refused.map(([index]) => index));
    let left = MOST_NEW;
    for (let window = 0; window < MOST_WINDOWS; window += 1) {
      const missing = Math.min(left, LOOK_AHEAD - this.#queued);
      if (missing <= 0 || this.#next >= total || this.#isOver(1)) return;
      const from = this.#next;
      const end = Math.min(total, from + WINDOW);
      const touched = await this.#context.chunks.range(id, generation, total, from, end - 1);
      for (const { index } of touched) known.add(index);
      const open = Array.from({ length: end - from }, (_, offset) => from + offset).filter(
        (index) => !known.has(index),
      );
      const wanted = open.slice(0, missing);
      const answered = await this.#ask(wanted, 1);
      this.#next = open[answered] ?? end;
      left -= answered;
    }
  }

  /** Those of some chunks that are in the queue already, or beyond it. */
  async #touched(indexes: readonly number[]): Promise<Set<number>> {
    const { id: jobId, generation, total } = this.#asked.state;
    const names = indexes.map((index) => ({ jobId, generation, index, total }));
    return new Set((await this.#context.chunks.findMany(names)).map(({ index }) => index));
  }

  /** Asks about chunks in their order; answers with how many it came to. */
  async #ask(indexes: readonly number[], share: number): Promise<number> {
    const answers = await mapAtMost(AT_ONCE, indexes, async (index) =>
      this.#isOver(share) ? undefined : { index, refusal: await this.#findRefusal(index) },
    );
    const given = answers.filter((answer) => answer !== undefined);
    const agreed = given.filter(({ refusal }) => refusal === undefined).map(({ index }) => index);
    this.#queued += await releaseChunks(
      this.#context,
      this.#asked.state,
      agreed,
      'its template has let it start',
    );
    this.#released += agreed.length;
    for (const { index, refusal } of given) if (refusal !== undefined) this.#keep(index, refusal.text);
    return given.length;
  }

  #keep(index: number, reason: string | null): void {
    if (this.#refused.length < MOST_REFUSED) this.#refused.push([index, reason]);
    else this.#passedOver = Math.min(this.#passedOver ?? index, index);
  }

  async #findRefusal(index: number): Promise<Refusal | undefined> {
    const { spec, state, template } = this.#asked;
    const refusal = await findRefusal(this.#context, template, {
      hook: 'onValidateChunkDependancies',
      key: chunkHookKey(this.#message, index),
      job: viewJob(spec, state),
      chunk: viewChunk(spec, state, index, undefined, 0, ''),
      user: null,
      depth: spec.hookDepth,
    });
    if (refusal?.isFailure) this.#failures += 1;
    return refusal;
  }

  #isOver(share: number): boolean {
    const ms = this.#context.clock.now() - this.#beganAt;
    return ms >= LONGEST_MS * share || this.#failures >= MOST_FAILURES * share;
  }
}
