/** Where the output of an attempt is, or the picture of its last frame. */
import { logName, thumbnailName } from '../blobs/blobStore.ts';
import { notFound } from '../errors.ts';
import type { Context } from '../runtime/context.ts';
import { nameChunk } from './nameChunk.ts';

const blobNames = { log: logName, thumbnail: thumbnailName };

export async function findAttemptBlob(
  context: Context,
  what: keyof typeof blobNames,
  {
    jobId,
    chunkId,
    attempt,
  }: { readonly jobId: number; readonly chunkId: number; readonly attempt?: number | undefined },
): Promise<{ attempt: number; url: string }> {
  const { state } = await context.jobs.get(jobId);
  const name = nameChunk(state, chunkId);
  const begun = (await context.chunks.find(name, { consistent: true }))?.attempt ?? 0;
  const wanted = attempt ?? begun;
  if (wanted === 0) throw notFound(`attempt at chunk ${chunkId} of job`, jobId);
  const url = await context.blobs.findDownloadLink(blobNames[what](jobId, state.generation, chunkId, wanted));
  if (url === undefined) throw notFound(`${what} of attempt ${wanted} at chunk ${chunkId} of job`, jobId);
  return { attempt: wanted, url };
}
