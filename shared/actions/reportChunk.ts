/**
 * Report and next: ends the attempt that a node ran and hands it the next chunk in the same answer. Order: the
 * chunk (by its token), one update of the job's state that counts and takes the next index, the new chunk, the
 * node. A report that comes twice finds `endedToken` and goes on as a fresh claim, never giving a slot back.
 */
import { endEvent } from '../domain/chunkStatus.ts';
import { afterFailure, afterSuccess, remembersFailures } from '../domain/exclusions.ts';
import { classRule } from '../domain/matchClass.ts';
import { exclusionRule, isBetterThan } from '../domain/scheduling.ts';
import { DispatcherError } from '../errors.ts';
import type { AttemptOutcome, ChunkItem } from '../model/chunk.ts';
import { timeAfter } from '../model/clock.ts';
import { type Configuration, handsOut } from '../model/configuration.ts';
import type { JobSpec, JobState } from '../model/job.ts';
import type { AssignmentKey, NodeItem } from '../model/node.ts';
import type { Context } from '../runtime/context.ts';
import type { ChunkEnd, ChunkName } from '../store/chunkStore.ts';
import type { CountName } from '../store/jobStore.ts';
import {
  assignTaken,
  becomeFree,
  claimAnew,
  claimChunk,
  getNode,
  getSessionState,
  type NodeSession,
  type WorkAnswer,
} from './claimChunk.ts';
import { bestCandidate } from './findWork.ts';
import { giveBackLimits, giveSlotBack, settle } from './returnChunk.ts';
import { assignmentOf, drawQueued, startFor, startNewChunk, type Taken } from './takeChunk.ts';

/** What a node says of an attempt that ended. */
export interface Report {
  readonly attempt: AssignmentKey;
  readonly outcome: Extract<AttemptOutcome, 'completed' | 'warning' | 'failed' | 'timed-out' | 'interrupted'>;
  readonly exitCode: number | null;
  readonly message: string;
  readonly cpuSeconds: number;
  readonly peakMemoryMb: number;
  /** Whether the program got no licence. */
  readonly lacksLicence: boolean;
  readonly wantsNext: boolean;
}

/** How long a job waits that got no licence; the tick starts it again. */
const BACK_OFF_SECONDS = 120;

/** Ends the attempt and answers with the next chunk. `stale-attempt` if it is not the caller's to end. */
export async function reportChunk(
  context: Context,
  caller: NodeSession,
  report: Report,
): Promise<WorkAnswer> {
  const { attempt } = report;
  const [configuration, spec] = await Promise.all([
    context.configuration.get(),
    context.jobs.findKeptSpec(attempt.jobId),
  ]);
  const end = await decideEnd(context, report, spec, configuration);
  const ended = await context.chunks.end(attempt, { ...end, byNodeId: caller.nodeId });
  if (!ended.applied) return answerRepeated(context, caller, report, ended.present);
  const node = await getNode(context, caller.nodeId);
  const remembered =
    spec === undefined ? node : await rememberOutcome(context, node, spec, report, configuration);
  const seen = {
    id: caller.nodeId,
    session: caller.session,
    paused: false,
    load: undefined,
    status: 'working' as const,
  };
  const template = spec === undefined ? undefined : await context.templates.findKept(spec.templateId);
  const limits = (template?.limits ?? []).map(({ name }) => name);
  // Without its template, which may have been removed, the next chunk could not be built.
  const mayStay =
    report.wantsNext &&
    !report.lacksLicence &&
    spec !== undefined &&
    template !== undefined &&
    handsOut(configuration);
  if (!mayStay) await giveSlotBack(context, attempt, end.status);
  // Every other chunk would fare the same, on every node.
  if (report.lacksLicence) await backOff(context, attempt);
  const taken = mayStay
    ? await takeInSameJob(context, remembered, spec, attempt, end.status, limits)
    : undefined;
  if (taken !== undefined) {
    return assignTaken(context, seen, attempt.token, remembered, taken, configuration);
  }
  await giveBackLimits(context, limits);
  return report.wantsNext
    ? claimAnew(context, seen, attempt.token, configuration)
    : becomeFree(context, seen, attempt.token, configuration);
}

async function backOff(context: Context, { jobId, generation }: AssignmentKey): Promise<void> {
  const until = timeAfter(context.clock, BACK_OFF_SECONDS);
  await settle(context, await context.jobs.backOff(jobId, generation, until));
  context.logger.log('job-lacks-licence', { jobId, until });
}

/** What becomes of the chunk. Only what did not go well needs to look at the chunk's past. */
async function decideEnd(
  context: Context,
  report: Report,
  spec: JobSpec | undefined,
  configuration: Configuration,
): Promise<ChunkEnd> {
  const { attempt, outcome } = report;
  const isFailure = outcome === 'failed' || outcome === 'timed-out';
  const requeueCount = isFailure
    ? ((await context.chunks.find(attempt, { consistent: true }))?.requeueCount ?? 0)
    : 0;
  const event = endEvent(
    outcome,
    requeueCount,
    spec?.maximumChunksRequeue ?? configuration.maximumChunksRequeue,
  );
  return {
    token: attempt.token,
    status: statusAfter[event],
    outcome,
    endedAt: timeAfter(context.clock),
    exitCode: report.exitCode,
    message: report.message,
    cpuSeconds: report.cpuSeconds,
    peakMemoryMb: report.peakMemoryMb,
    isPenalty: isFailure,
  };
}

const statusAfter = {
  complete: 'completed',
  warn: 'warning',
  fail: 'failed',
  retry: 'queued',
  requeue: 'queued',
} as const;

/**
 * The chunk was not running under the reported token: it was reported before, or it is somebody else's, or its attempt
 * was ended in another way meanwhile. Only what was reported before may be answered as if it counted.
 */
async function answerRepeated(
  context: Context,
  caller: NodeSession,
  report: Report,
  present: ChunkItem | undefined,
): Promise<WorkAnswer> {
  if (present?.endedToken !== report.attempt.token || present.nodeId !== caller.nodeId) {
    throw new DispatcherError('stale-attempt', { token: report.attempt.token });
  }
  if (present.outcome !== report.outcome) {
    // Of a session that is over, that is what the node must hear.
    await getSessionState(context, caller);
    throw new DispatcherError('stale-attempt', { token: report.attempt.token });
  }
  // Whoever ended the attempt instead, or died after it, does not know that the next chunk would fare the same.
  if (report.lacksLicence) await backOff(context, report.attempt);
  if (!report.wantsNext) {
    const state = await getSessionState(context, caller);
    const held = state.assignment?.token ?? null;
    if (held === null || held === report.attempt.token) {
      return becomeFree(context, state, held, await context.configuration.get());
    }
  }
  // Whatever the node state names now is the answer; if it still names this attempt, a fresh claim follows.
  return claimChunk(context, caller);
}

/**
 * Takes the next chunk of the same job if it is still the node's best. Always counts the ended chunk; when
 * nothing is taken its slot is given back here.
 */
async function takeInSameJob(
  context: Context,
  node: NodeItem,
  reported: JobSpec,
  attempt: AssignmentKey,
  count: CountName,
  limits: readonly string[],
): Promise<Taken | undefined> {
  const { jobId, generation } = attempt;
  const state = await context.jobs.findState(jobId, { consistent: false });
  const spec =
    state === undefined ? undefined : await context.jobs.findSpecWithFrames(jobId, state.framesVersion);
  const stays =
    state !== undefined &&
    spec !== undefined &&
    spec.templateId === reported.templateId &&
    exclusionRule(node, jobId) === undefined &&
    classRule(node, null, spec) === undefined &&
    !isBetterThan(state.readyKey, await bestCandidate(context, node, undefined));
  if (!stays) {
    await giveSlotBack(context, attempt, count);
    return undefined;
  }
  const queuedIndex =
    state.counts.queued > 0 || count === 'queued' ? await drawQueued(context, state) : undefined;
  // Most jobs end so: a write that is known to be refused is not tried.
  if (queuedIndex === undefined && state.next >= state.total) {
    await giveSlotBack(context, attempt, count);
    return undefined;
  }
  const passed =
    queuedIndex === undefined
      ? await context.jobs.endAndTakeNext(jobId, generation, count)
      : await context.jobs.endAndTakeQueued(jobId, generation, count);
  if (!passed.applied) {
    await giveSlotBack(context, attempt, count);
    return undefined;
  }
  await settle(context, passed);
  return startPassed(context, node.id, passed.state, queuedIndex, spec, limits);
}

/** Starts the chunk that the slot was passed on to; gives the slot back if somebody else has it. */
async function startPassed(
  context: Context,
  nodeId: number,
  state: JobState,
  queuedIndex: number | undefined,
  spec: JobSpec,
  limits: readonly string[],
): Promise<Taken | undefined> {
  const { id: jobId, generation, total } = state;
  const name: ChunkName = { jobId, generation, index: queuedIndex ?? state.next - 1, total };
  const started =
    queuedIndex === undefined
      ? await startNewChunk(context, state, name, nodeId)
      : await context.chunks.startQueued(name, startFor(context, nodeId));
  if (started?.applied) return { spec, assignment: assignmentOf(started.chunk, state, limits) };
  if (queuedIndex === undefined) await settle(context, await context.jobs.giveBackSlot(jobId, generation));
  else await giveSlotBack(context, { jobId, generation }, 'queued');
  return undefined;
}

/** Notes a failure, or the end of a streak of failures, with the node; answers with the node as it is now. */
async function rememberOutcome(
  context: Context,
  seen: NodeItem,
  spec: JobSpec,
  report: Report,
  configuration: Configuration,
): Promise<NodeItem> {
  const { outcome } = report;
  const isFailure = outcome === 'failed' || outcome === 'timed-out';
  if (!isFailure && (outcome === 'interrupted' || !remembersFailures(seen, spec.id, spec.templateId)))
    return seen;
  let node = seen;
  // A streak that is lost to a third concurrent change costs one more failure, nothing else.
  for (let attempt = 0; attempt < 3; attempt += 1) {
    const changed = isFailure
      ? afterFailure(
          node,
          { jobId: spec.id, templateId: spec.templateId, at: timeAfter(context.clock) },
          configuration,
        )
      : afterSuccess(node, spec.id, spec.templateId);
    const next = { ...node, ...changed };
    if (await context.nodes.replace(next)) return { ...next, version: node.version + 1 };
    node = (await context.nodes.find(node.id, { consistent: true })) ?? node;
  }
  return node;
}
