/** A link under which a node uploads the output of one of its attempts. */
import { logName } from '../blobs/blobStore.ts';
import { DispatcherError } from '../errors.ts';
import type { AssignmentKey } from '../model/node.ts';
import type { Context } from '../runtime/context.ts';
import { getSessionState, type NodeSession } from './claimChunk.ts';

/** The agent keeps its logs below this. */
const MAXIMUM_BYTES = 8_388_608;

/** `stale-attempt` unless the chunk is or was last run by this node under the attempt's token. */
export async function logUploadLink(
  context: Context,
  caller: NodeSession,
  attempt: AssignmentKey,
): Promise<{ url: string; maximumBytes: number }> {
  await getSessionState(context, caller);
  const chunk = await context.chunks.find(attempt, { consistent: true });
  // The token that ended last belongs to the attempt before the one that runs, if one runs.
  const attemptOf = (token: string): number | undefined => {
    if (chunk?.nodeId !== caller.nodeId) return undefined;
    if (chunk.token === token) return chunk.attempt;
    if (chunk.endedToken !== token) return undefined;
    return chunk.status === 'running' ? chunk.attempt - 1 : chunk.attempt;
  };
  const isTheirs = attemptOf(attempt.token) === attempt.attempt;
  if (!isTheirs) throw new DispatcherError('stale-attempt', { token: attempt.token });
  const name = logName(attempt.jobId, attempt.generation, attempt.index + 1, attempt.attempt);
  const url = await context.blobs.uploadLink(name, {
    contentType: 'text/plain; charset=utf-8',
    maximumBytes: MAXIMUM_BYTES,
  });
  return { url, maximumBytes: MAXIMUM_BYTES };
}
