/** The real-time log as people read it. */
import { notFound } from '../errors.ts';
import type { Context } from '../runtime/context.ts';
import { nameChunk } from './nameChunk.ts';

/** What an attempt has written after so many characters. */
export async function readLiveLog(
  context: Context,
  {
    jobId,
    chunkId,
    attempt: wanted,
    after,
  }: {
    readonly jobId: number;
    readonly chunkId: number;
    readonly attempt?: number | undefined;
    readonly after: number;
  },
) {
  const { state } = await context.jobs.get(jobId);
  const name = nameChunk(state, chunkId);
  const chunk = await context.chunks.find(name, { consistent: true });
  const attempt = wanted ?? chunk?.attempt ?? 0;
  if (chunk === undefined || attempt === 0 || attempt > chunk.attempt) {
    throw notFound(`attempt ${attempt === 0 ? '' : `${attempt} `}at chunk ${chunkId} of job`, jobId);
  }
  const isRunning = chunk.status === 'running' && attempt === chunk.attempt;
  const [node, live] = await Promise.all([
    isRunning && chunk.nodeId !== null
      ? context.nodes.findState(chunk.nodeId, { consistent: false })
      : undefined,
    context.liveLogs.read({ ...name, attempt }, after),
  ]);
  return {
    attempt,
    nodeId: isRunning ? chunk.nodeId : null,
    isRunning,
    isLive: node?.realtimeLog === true && node.assignment?.token === chunk.token,
    from: live.from,
    text: live.text,
    next: live.from + live.text.length,
  };
}
