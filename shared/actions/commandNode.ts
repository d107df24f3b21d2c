/** What an operator does to a node: wishes that last, and the kills of the reference. */
import type { KillMode } from '../contract/queueMessages.ts';
import { DispatcherError, notFound } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import type { Assignment, NodeState } from '../model/node.ts';
import type { Context } from '../runtime/context.ts';
import type { NodeWish } from '../store/nodeStore.ts';
import { dropAssignment } from './dropAssignment.ts';
import type { Once } from './once.ts';
import { returnChunk } from './returnChunk.ts';
import type { Delivery } from './sendCommand.ts';
import { assignmentOf, startFor } from './takeChunk.ts';

/** How often a command looks again when its node changed at the same time. */
const TRIES = 5;

/** Changes what a node should be all the time; one that is offline keeps the wish for when it comes back. */
export async function setNodeWish(
  context: Context,
  nodeId: number,
  wish: Partial<NodeWish>,
): Promise<Delivery> {
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const state = await getNodeState(context, nodeId);
    const delivery = state.status === 'offline' ? 'waits' : 'sent';
    const isSo = Object.entries(wish).every(([name, value]) => state[name as keyof NodeWish] === value);
    if (isSo) return delivery;
    const write = await context.nodes.setWish(state, wish, timeAfter(context.clock));
    if (write.applied) {
      if (delivery === 'sent') {
        await context.mailbox.send(nodeId, { kind: 'converge', commandNo: write.state.commandNo });
      }
      return delivery;
    }
  }
  throw new DispatcherError('conflict', { what: 'node', id: nodeId });
}

/**
 * Kills what a node runs. `go-on` and `pause` put the chunk back without penalty, `redo` starts it again on the
 * same node as a new attempt. Only an assignment that is meant is touched; answers false if there is none, also of a
 * node that was removed meanwhile.
 */
export async function killNode(
  context: Context,
  nodeId: number,
  mode: KillMode,
  isMeant: (assignment: Assignment) => boolean,
): Promise<boolean> {
  if (mode === 'pause') await setNodeWish(context, nodeId, { paused: true });
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    const state = await context.nodes.findState(nodeId, { consistent: true });
    if (state?.assignment == null || !isMeant(state.assignment)) return false;
    const { assignment } = state;
    const done =
      mode === 'redo'
        ? await redo(context, state, assignment)
        : await dropAssignment(context, state, 'killed by hand');
    if (done) {
      await context.mailbox.send(nodeId, { kind: 'kill', token: assignment.token });
      return true;
    }
  }
  throw new DispatcherError('conflict', { what: 'node', id: nodeId });
}

/** A new attempt at the same chunk on the same node: the chunk first, then the node's state. */
async function redo(context: Context, state: NodeState, assignment: Assignment): Promise<boolean> {
  const write = await context.chunks.redo(
    assignment,
    assignment.token,
    startFor(context, state.id),
    'started again by hand on the same node',
  );
  const chunk = write.applied ? write.chunk : write.present;
  // The attempt has just ended: there is nothing to start again. A chunk that runs under another token was
  // started again by a request that was cut off, and its node must still be told.
  if (chunk?.status !== 'running' || chunk.nodeId !== state.id) return true;
  if (chunk.token === assignment.token) return false;
  const next = assignmentOf(chunk, assignment, assignment.limits);
  const moved = await context.nodes.reassign(state, assignment.token, next);
  // Lost to the same request, which came twice: the node has it. Otherwise it has another assignment or none, and the chunk
  // goes back for anyone to take.
  const isThere = moved.applied || moved.present?.assignment?.token === next.token;
  if (!isThere) await returnChunk(context, next, 'its node changed while it was started again');
  return true;
}

async function getNodeState(context: Context, nodeId: number): Promise<NodeState> {
  const state = await context.nodes.findState(nodeId, { consistent: true });
  if (state === undefined) throw notFound('node', nodeId);
  return state;
}

/** Pauses a node; with `kill` its chunk goes back at once instead of being finished. */
export async function pauseNode(context: Context, nodeId: number, kill: boolean): Promise<void> {
  if (kill) await killNode(context, nodeId, 'pause', () => true);
  else await setNodeWish(context, nodeId, { paused: true });
}

/** Kills what the node runs at the moment of the request; a repeated request does not kill what came after. */
export async function killRunning(
  context: Context,
  nodeId: number,
  mode: KillMode,
  once: Once,
): Promise<void> {
  const first = await getNodeState(context, nodeId);
  const { value: token, isRepeat } = await once.reserve(async () => first.assignment?.token ?? null);
  const isKilled = token !== null && (await killNode(context, nodeId, mode, (held) => held.token === token));
  if (isKilled || isRepeat || token !== null) return;
  throw new DispatcherError('transition-refused', {
    what: 'node',
    id: nodeId,
    from: first.status,
    event: 'kill',
    rule: 'it runs no chunk',
  });
}
