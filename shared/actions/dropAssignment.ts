/** Takes a chunk from a node that should not have it any more. */
import { timeAfter } from '../model/clock.ts';
import type { NodeState } from '../model/node.ts';
import type { Context } from '../runtime/context.ts';
import { returnChunk } from './returnChunk.ts';

/** Takes the assignment from a node and puts its chunk back; false if the node has changed. */
export async function dropAssignment(context: Context, state: NodeState, message: string): Promise<boolean> {
  const { assignment } = state;
  if (assignment === null) return true;
  const now = timeAfter(context.clock);
  const freed = await context.nodes.free(state, assignment.token, state.leaseUntil ?? now, now);
  if (!freed.applied) return false;
  await returnChunk(context, assignment, message);
  return true;
}
