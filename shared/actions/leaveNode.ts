/** A node leaves on purpose. */
import { timeAfter } from '../model/clock.ts';
import type { Context } from '../runtime/context.ts';
import { assertSession, type NodeSession } from './claimChunk.ts';
import { returnChunk } from './returnChunk.ts';

/**
 * Ends the session: the node is offline, a chunk that it still holds goes back without penalty. A claim that the
 * node gave up on and that arrives only now belongs to a session that is over, and takes nothing.
 */
export async function leaveNode(context: Context, caller: NodeSession): Promise<void> {
  const leftSession = `${caller.session}#left`;
  const found = await context.nodes.findState(caller.nodeId, { consistent: true });
  if (found?.session === leftSession) return;
  let state = assertSession(found, caller);
  for (;;) {
    const write = await context.nodes.goOffline(state, leftSession);
    if (write.applied) {
      if (state.assignment !== null) {
        await returnChunk(context, state.assignment, `its node left at ${timeAfter(context.clock)}`);
      }
      return;
    }
    state = assertSession(write.present, caller);
  }
}
