/**
 * A node wants work. Invariants 1, 2, 4 and 5 of the hot path rest here, in `takeChunk.ts` and in the guards of
 * the stores: a node that holds a chunk is answered with that one, so a lost answer is no loss.
 */
import type { DesiredState } from '../contract/nodeProtocol.ts';
import type { WorkOrder } from '../contract/workOrder.ts';
import { DispatcherError, notFound } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import { type EffectiveConfiguration, handsOut } from '../model/configuration.ts';
import type { Assignment, NodeItem, NodeState } from '../model/node.ts';
import type { Context } from '../runtime/context.ts';
import { buildWorkOrder } from './buildWorkOrder.ts';
import { dropAssignment } from './dropAssignment.ts';
import { findWork, type KnownLoad } from './findWork.ts';
import { returnChunk } from './returnChunk.ts';
import type { Taken } from './takeChunk.ts';

export interface WorkAnswer {
  readonly work: WorkOrder | null;
  readonly desired: DesiredState;
}

/** The session that a node's call was made in. */
export interface NodeSession {
  readonly nodeId: number;
  readonly session: string;
}

/** Answers a node with the chunk that it holds, or takes one for it, or makes it idle. */
export async function claimChunk(context: Context, caller: NodeSession): Promise<WorkAnswer> {
  const state = await getSessionState(context, caller);
  const configuration = await context.configuration.get();
  const held = state.assignment;
  if (held !== null) {
    const chunk = await context.chunks.find(held, { consistent: true });
    if (chunk?.status === 'running' && chunk.token === held.token) {
      return acceptHeld(context, caller, held, configuration);
    }
  }
  return claimAnew(context, state, held?.token ?? null, configuration);
}

/**
 * Takes work for a node that holds nothing valid; `seenToken` is the ended attempt that its state still names.
 * A node without work becomes idle, or paused.
 */
export async function claimAnew(
  context: Context,
  seen: Pick<NodeState, 'id' | 'session' | 'paused' | 'status'> & { readonly load: KnownLoad },
  seenToken: string | null,
  configuration: EffectiveConfiguration,
): Promise<WorkAnswer> {
  const node = await getNode(context, seen.id);
  const taken =
    handsOut(configuration) && !seen.paused
      ? await findWork(context, node, seen.load, { isFresh: false })
      : undefined;
  return taken === undefined
    ? becomeFree(context, seen, seenToken, configuration)
    : assignTaken(context, seen, seenToken, node, taken, configuration);
}

/**
 * Gives a taken chunk to its node. If the node has changed meanwhile the chunk goes back, and the node is
 * answered by what it is now.
 */
export async function assignTaken(
  context: Context,
  seen: Pick<NodeState, 'id' | 'session'>,
  seenToken: string | null,
  node: NodeItem,
  { spec, assignment }: Taken,
  configuration: EffectiveConfiguration,
): Promise<WorkAnswer> {
  const write = await context.nodes.assign(
    seen,
    seenToken,
    assignment,
    timeAfter(context.clock, configuration.busyLeaseSeconds),
    { fromOffline: true },
  );
  if (write.applied) {
    return {
      work: await buildWorkOrder(context, spec, assignment, node, configuration),
      desired: desiredState(write.state, configuration),
    };
  }
  await returnChunk(context, assignment, 'its node could not take it');
  const present = assertSession(write.present, { nodeId: seen.id, session: seen.session });
  if (present.assignment !== null && present.assignment.token !== seenToken) {
    return claimChunk(context, { nodeId: seen.id, session: seen.session });
  }
  return becomeFree(context, present, seenToken, configuration);
}

/** Frees a node: idle, or paused if somebody paused it meanwhile. */
export async function becomeFree(
  context: Context,
  seen: Pick<NodeState, 'id' | 'session' | 'paused' | 'status'>,
  seenToken: string | null,
  configuration: EffectiveConfiguration,
): Promise<WorkAnswer> {
  const now = timeAfter(context.clock);
  const leaseUntil = timeAfter(context.clock, configuration.idleLeaseSeconds);
  let paused = seen.paused;
  for (;;) {
    const write = await context.nodes.free({ ...seen, paused }, seenToken, leaseUntil, now);
    if (write.applied) return { work: null, desired: desiredState(write.state, configuration) };
    const present = assertSession(write.present, { nodeId: seen.id, session: seen.session });
    if ((present.assignment?.token ?? null) !== seenToken) {
      // A chunk was pushed to the node, or taken from it, at this very moment.
      return present.assignment === null
        ? { work: null, desired: desiredState(present, configuration) }
        : claimChunk(context, { nodeId: seen.id, session: seen.session });
    }
    paused = present.paused;
  }
}

async function acceptHeld(
  context: Context,
  caller: NodeSession,
  held: Assignment,
  configuration: EffectiveConfiguration,
): Promise<WorkAnswer> {
  const [spec, node, accepted] = await Promise.all([
    context.jobs.findSpecWithFrames(held.jobId, held.framesVersion),
    getNode(context, caller.nodeId),
    context.nodes.accept(
      caller.nodeId,
      caller.session,
      held.token,
      timeAfter(context.clock, configuration.busyLeaseSeconds),
      timeAfter(context.clock),
    ),
  ]);
  if (!accepted.applied) return claimChunk(context, caller);
  if (spec === undefined) {
    // The job was cut anew or deleted: what is left is an attempt of a generation that is over.
    await dropAssignment(context, accepted.state, 'its job has changed');
    return claimChunk(context, caller);
  }
  return {
    work: await buildWorkOrder(context, spec, held, node, configuration),
    desired: desiredState(accepted.state, configuration),
  };
}

/** The state of the node that calls, by a strong read, if its session is the present one. */
export async function getSessionState(context: Context, caller: NodeSession): Promise<NodeState> {
  return assertSession(await context.nodes.findState(caller.nodeId, { consistent: true }), caller);
}

/** Throws unless the state is there and belongs to the caller's session. */
export function assertSession(state: NodeState | undefined, { nodeId, session }: NodeSession): NodeState {
  if (state === undefined) throw notFound('node', nodeId);
  if (state.session !== session) throw new DispatcherError('session-replaced', { nodeId });
  return state;
}

export async function getNode(context: Context, nodeId: number): Promise<NodeItem> {
  // A node that registered a moment ago may not be seen by the cheap read yet.
  const node =
    (await context.nodes.find(nodeId, { consistent: false })) ??
    (await context.nodes.find(nodeId, { consistent: true }));
  if (node === undefined) throw notFound('node', nodeId);
  return node;
}

/** What the node should be, as each answer tells it. */
export const desiredState = (state: NodeState, configuration: EffectiveConfiguration): DesiredState => ({
  paused: state.paused,
  processPriority: state.processPriority,
  realtimeLog: state.realtimeLog,
  commandNo: state.commandNo,
  heartbeatSeconds:
    state.assignment === null ? configuration.idleHeartbeatSeconds : configuration.busyHeartbeatSeconds,
  farmRevision: configuration.revision,
});
