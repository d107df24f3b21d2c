/** A chunk was set by hand while a node ran it: it is not the node's any more. */
import type { Context } from '../runtime/context.ts';
import { killNode } from './commandNode.ts';
import { giveBackLimits } from './returnChunk.ts';

/** Stops the node unless it has gone on already. Of several who try at once one gives its limits back. */
export async function stopOverridden(context: Context, nodeId: number, token: string): Promise<void> {
  let limits: readonly string[] = [];
  const isStopped = await killNode(context, nodeId, 'go-on', (assignment) => {
    limits = assignment.limits;
    return assignment.token === token;
  });
  if (isStopped) await giveBackLimits(context, limits);
}
