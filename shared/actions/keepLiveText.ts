/** The real-time log as a node sends it. */
import { DispatcherError } from '../errors.ts';
import type { AssignmentKey } from '../model/node.ts';
import type { Context } from '../runtime/context.ts';
import { getSessionState, type NodeSession } from './claimChunk.ts';

/** Keeps a piece of output; `stale-attempt` unless the caller's node holds the attempt. */
export async function keepLiveText(
  context: Context,
  caller: NodeSession,
  {
    attempt,
    offset,
    text,
  }: { readonly attempt: AssignmentKey; readonly offset: number; readonly text: string },
): Promise<void> {
  const { assignment } = await getSessionState(context, caller);
  if (assignment?.token !== attempt.token) {
    throw new DispatcherError('stale-attempt', { token: attempt.token });
  }
  await context.liveLogs.put(assignment, offset, text);
}
