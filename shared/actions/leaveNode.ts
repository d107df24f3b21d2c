/** A node leaves on purpose. */
import { timeAfter } from '../model/clock.ts';
import type { Context } from '../runtime/context.ts';
import { assertSession, getSessionState, type NodeSession } from './claimChunk.ts';
import { returnChunk } from './returnChunk.ts';

/** Ends the session: the node is offline, a chunk that it still holds goes back without penalty. */
export async function leaveNode(context: Context, caller: NodeSession): Promise<void> {
  let state = await getSessionState(context, caller);
  while (state.status !== 'offline') {
    const write = await context.nodes.goOffline(state);
    if (write.applied) {
      if (state.assignment !== null) {
        await returnChunk(context, state.assignment, `its node left at ${timeAfter(context.clock)}`);
      }
      return;
    }
    state = assertSession(write.present, caller);
  }
}
