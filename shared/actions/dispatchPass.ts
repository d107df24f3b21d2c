/**
 * One pass of the dispatch queue: idle nodes × ready jobs. Invariant 4 rests here. Indexes lag, so the trigger
 * is read strongly and added to what they say, and a pass that leaves its trigger unmatched asks for another.
 */

import { isClaimable } from '../domain/jobStatus.ts';
import { classRule, type MatchClass } from '../domain/matchClass.ts';
import { type Candidate, exclusionRule, inOrder } from '../domain/scheduling.ts';
import { timeAfter } from '../model/clock.ts';
import { type Configuration, handsOut } from '../model/configuration.ts';
import type { JobSpec, JobState } from '../model/job.ts';
import type { NodeItem, NodeState } from '../model/node.ts';
import { inEffect } from '../model/settings.ts';
import type { Context } from '../runtime/context.ts';
import { HEADS_PER_PAGE } from '../store/jobStore.ts';
import { findWork } from './findWork.ts';
import { mapAtMost } from './mapAtMost.ts';
import { giveBackLimits, returnChunk, settle } from './returnChunk.ts';
import { assignmentOf, Patience, startFor, type Taken, takeChunk, takeLimits } from './takeChunk.ts';

/** Idle nodes that are looked at together in each of the sixteen shards. */
const NODES_PER_SHARD = 32;
/** Chunks that are pushed at the same time: the first nodes work while the last ones' messages are written. */
const PUSHED_AT_ONCE = 50;
/** A pass that has taken so long leaves the rest to the next one; its function ends after 25 s. */
const LONGEST_PASS_MS = 15_000;

export type Trigger = { readonly jobId: number } | { readonly nodeId: number } | null;

interface IdleNode {
  readonly node: NodeItem;
  readonly state: NodeState;
}

/** Hands chunks to idle nodes; true when the trigger still has or wants work that nobody took or gave. */
export async function dispatchPass(context: Context, trigger: Trigger): Promise<boolean> {
  const configuration = await context.configuration.get();
  if (!handsOut(configuration) && !(await isEngineRunning(context))) return false;
  if (trigger !== null && 'nodeId' in trigger) return matchNode(context, trigger.nodeId, configuration);
  const triggerJob = trigger === null ? undefined : await readTriggerJob(context, trigger.jobId);
  if (trigger !== null && triggerJob === undefined) return false;
  const endsAt = context.clock.now() + LONGEST_PASS_MS;
  let isUnmatched = triggerJob !== undefined;
  // The nodes that a job fits may stand behind any number that it does not fit.
  for await (const ids of context.nodes.idlePages(NODES_PER_SHARD)) {
    const idle = await readIdleNodes(context, ids);
    if (idle.size > 0) await matchAll(context, idle, triggerJob, configuration);
    isUnmatched = triggerJob !== undefined && (await isStillReady(context, triggerJob.jobId));
    if ((triggerJob !== undefined && !isUnmatched) || context.clock.now() > endsAt) break;
  }
  return isUnmatched;
}

/** Read anew: an engine that was started a moment ago asks for a pass once, and this may be it. */
const isEngineRunning = async ({ configuration }: Context): Promise<boolean> =>
  handsOut(inEffect(await configuration.getSettings()));

/** A node that has become idle is alone its pass's concern; true if there was nothing for it. */
async function matchNode(context: Context, nodeId: number, configuration: Configuration): Promise<boolean> {
  const idle = await readIdleNodes(context, [nodeId]);
  const target = idle.get(nodeId);
  if (target === undefined) return false;
  const taken = await findWork(context, target.node, target.state.load, { isFresh: true });
  if (taken !== undefined) await push(context, idle, target, taken, configuration);
  return taken === undefined;
}

async function readTriggerJob(context: Context, jobId: number): Promise<Candidate | undefined> {
  const state = await context.jobs.findState(jobId, { consistent: true });
  if (state === undefined || !isClaimable(state)) return undefined;
  return { jobId, matchClass: state.matchClass, readyKey: state.readyKey };
}

async function isStillReady(context: Context, jobId: number): Promise<boolean> {
  const state = await context.jobs.findState(jobId, { consistent: true });
  return state !== undefined && isClaimable(state);
}

async function readIdleNodes(context: Context, ids: readonly number[]): Promise<Map<number, IdleNode>> {
  const [nodes, states] = await Promise.all([
    context.nodes.findMany(ids),
    context.nodes.findStates(ids, { consistent: true }),
  ]);
  return new Map(
    ids.flatMap((id) => {
      const node = nodes.get(id);
      const state = states.get(id);
      return node !== undefined && state?.status === 'idle' ? [[id, { node, state }] as const] : [];
    }),
  );
}

/** Goes through the jobs, best first, until no idle node or no job is left; matched nodes leave `idle`. */
async function matchAll(
  context: Context,
  idle: Map<number, IdleNode>,
  triggerJob: Candidate | undefined,
  configuration: Configuration,
): Promise<void> {
  const classes = new Map(
    (await context.matchClasses.list()).map((matchClass) => [matchClass.id, matchClass]),
  );
  if (triggerJob !== undefined && !classes.has(triggerJob.matchClass)) {
    const matchClass = await context.matchClasses.find(triggerJob.matchClass);
    if (matchClass !== undefined) classes.set(matchClass.id, matchClass);
  }
  const wanted = [...classes.values()].filter((matchClass) => fitting(idle, matchClass).length > 0);
  const heads = await Promise.all(wanted.map(({ id }) => context.jobs.heads(id, HEADS_PER_PAGE)));
  const candidates = new Map(heads.flat().map((candidate) => [candidate.jobId, candidate]));
  if (triggerJob !== undefined) candidates.set(triggerJob.jobId, triggerJob);
  for (const candidate of inOrder([...candidates.values()])) {
    if (idle.size === 0) return;
    const matchClass = classes.get(candidate.matchClass);
    if (matchClass !== undefined) await matchJob(context, idle, candidate, matchClass, configuration);
  }
}

const fitting = (idle: Map<number, IdleNode>, matchClass: MatchClass): IdleNode[] =>
  [...idle.values()].filter(({ node, state }) => classRule(node, state.load, matchClass) === undefined);

/** How often one pass comes back to a job whose next chunks were all touched by hand. */
const SKIPS = 5;

/** Gives one job's chunks to the idle nodes that fit it: those that wait again first, then many new ones in one write. */
async function matchJob(
  context: Context,
  idle: Map<number, IdleNode>,
  { jobId }: Candidate,
  matchClass: MatchClass,
  configuration: Configuration,
): Promise<void> {
  const nodes = fitting(idle, matchClass).filter(({ node }) => exclusionRule(node, jobId) === undefined);
  const state = await context.jobs.findState(jobId, { consistent: true });
  if (nodes.length === 0 || state === undefined || !isClaimable(state)) return;
  const queued = nodes.slice(0, Math.max(0, state.counts.queued));
  await matchOneByOne(context, idle, queued, jobId, configuration);
  for (let skip = 0; skip < SKIPS; skip += 1) {
    const rest = nodes.filter(({ node }) => idle.has(node.id));
    if (rest.length === 0 || (await matchNew(context, idle, rest, jobId, configuration))) return;
  }
}

/** Hands out new chunks in one write; false if some had been touched by hand, so that it is worth coming back. */
async function matchNew(
  context: Context,
  idle: Map<number, IdleNode>,
  nodes: readonly IdleNode[],
  jobId: number,
  configuration: Configuration,
): Promise<boolean> {
  const state = await context.jobs.findState(jobId, { consistent: true });
  if (state === undefined || !isClaimable(state) || state.next >= state.total) return true;
  const spec = await context.jobs.findSpecWithFrames(jobId, state.framesVersion);
  if (spec === undefined) return true;
  const room = state.maximumInstances === 0 ? nodes.length : state.maximumInstances - state.slots;
  const limits = await takeLimitsMany(context, spec, Math.min(nodes.length, room, state.total - state.next));
  if (limits.length === 0) return true;
  const now = timeAfter(context.clock);
  const bulk = await context.jobs.takeNext(jobId, state.generation, state, limits.length, now);
  if (!bulk.applied) {
    // Somebody claims at the same time: one by one the guards allow both.
    await Promise.all(limits.map((held) => giveBackLimits(context, held)));
    await matchOneByOne(context, idle, nodes.slice(0, limits.length), jobId, configuration);
    return true;
  }
  await settle(context, bulk);
  const started = await mapAtMost(PUSHED_AT_ONCE, limits, (held, position) =>
    startAndPush(context, idle, nodes[position], { spec, state, held, position }, configuration),
  );
  if (started.every(Boolean)) return true;
  const absent = await context.chunks.firstAbsent(jobId, state.generation, state.total, bulk.state.next);
  await settle(context, await context.jobs.skipTo(jobId, state.generation, bulk.state.next, absent));
  return false;
}

/** Starts one chunk of a bulk take and pushes it; false if it had been touched by hand before. */
async function startAndPush(
  context: Context,
  idle: Map<number, IdleNode>,
  target: IdleNode | undefined,
  taken: {
    readonly spec: JobSpec;
    readonly state: JobState;
    readonly held: readonly string[];
    readonly position: number;
  },
  configuration: Configuration,
): Promise<boolean> {
  if (target === undefined) throw new Error('more chunks were taken than there are nodes');
  const { spec, state, held, position } = taken;
  const name = {
    jobId: spec.id,
    generation: state.generation,
    index: state.next + position,
    total: state.total,
  };
  const started = await context.chunks.startNew(name, startFor(context, target.node.id));
  if (!started.applied) {
    await settle(context, await context.jobs.giveBackSlot(spec.id, state.generation));
    await giveBackLimits(context, held);
    return false;
  }
  await push(
    context,
    idle,
    target,
    { spec, assignment: assignmentOf(started.chunk, state, held) },
    configuration,
  );
  return true;
}

async function matchOneByOne(
  context: Context,
  idle: Map<number, IdleNode>,
  nodes: readonly IdleNode[],
  jobId: number,
  configuration: Configuration,
): Promise<void> {
  for (const target of nodes) {
    const taken = await takeChunk(context, target.node.id, jobId, new Patience());
    if (taken === undefined || taken === 'limits-used-up') return;
    await push(context, idle, target, taken, configuration);
  }
}

/** Takes the template's limits for as many chunks as they allow, at most `count`. */
async function takeLimitsMany(
  context: Context,
  spec: JobSpec,
  count: number,
): Promise<(readonly string[])[]> {
  const held: (readonly string[])[] = [];
  while (held.length < count) {
    const limits = await takeLimits(context, spec);
    if (limits === undefined) break;
    held.push(limits);
  }
  return held;
}

/**
 * Pushes a taken chunk to an idle node: it accepts by its next call or loses it without penalty. A node that is
 * not idle any more leaves the pass, and the chunk goes back.
 */
async function push(
  context: Context,
  idle: Map<number, IdleNode>,
  { node, state }: IdleNode,
  { assignment }: Taken,
  configuration: Configuration,
): Promise<void> {
  idle.delete(node.id);
  const pushed = { ...assignment, acceptBy: timeAfter(context.clock, configuration.acceptSeconds) };
  const leaseUntil = timeAfter(context.clock, configuration.busyLeaseSeconds);
  const write = await context.nodes.assign(state, null, pushed, leaseUntil, { fromOffline: false });
  if (write.applied) await context.mailbox.send(node.id, { kind: 'assign', token: assignment.token });
  else await returnChunk(context, assignment, 'its node was not idle any more');
}
