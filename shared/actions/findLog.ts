/** Where the output of an attempt is. */
import { logName } from '../blobs/blobStore.ts';
import { notFound } from '../errors.ts';
import type { Context } from '../runtime/context.ts';
import { nameChunk } from './nameChunk.ts';

export async function findLog(
  context: Context,
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
  const url = await context.blobs.findDownloadLink(logName(jobId, state.generation, chunkId, wanted));
  if (url === undefined) throw notFound(`log of attempt ${wanted} at chunk ${chunkId} of job`, jobId);
  return { attempt: wanted, url };
}
