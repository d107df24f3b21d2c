/** Links under which a node uploads the output of one of its attempts, and the picture of its last frame. */
import { logName, thumbnailName } from '../blobs/blobStore.ts';
import { DispatcherError } from '../errors.ts';
import type { AssignmentKey } from '../model/node.ts';
import type { Context } from '../runtime/context.ts';
import { getSessionState, type NodeSession } from './claimChunk.ts';

/** The agent keeps its logs below this. */
const MAXIMUM_LOG_BYTES = 8_388_608;
/** And its pictures below this: a thousand of them are shown side by side. */
const MAXIMUM_THUMBNAIL_BYTES = 32_768;

interface UploadLink {
  url: string;
  maximumBytes: number;
}

/** `stale-attempt` unless the chunk is or was last run by this node under the attempt's token. */
export async function outputUploadLinks(
  context: Context,
  caller: NodeSession,
  attempt: AssignmentKey,
  hasThumbnail: boolean,
): Promise<UploadLink & { thumbnail?: UploadLink }> {
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
  const link = async (
    nameOf: typeof logName,
    contentType: string,
    maximumBytes: number,
  ): Promise<UploadLink> => {
    const name = nameOf(attempt.jobId, attempt.generation, attempt.index + 1, attempt.attempt);
    return { url: await context.blobs.uploadLink(name, { contentType, maximumBytes }), maximumBytes };
  };
  return {
    ...(await link(logName, 'text/plain; charset=utf-8', MAXIMUM_LOG_BYTES)),
    ...(hasThumbnail && { thumbnail: await link(thumbnailName, 'image/jpeg', MAXIMUM_THUMBNAIL_BYTES) }),
  };
}
