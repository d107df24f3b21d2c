/** Has the hook asked which chunks of a job may start. */
import { type ChunkGateMessage, MOST_NAMED } from '../contract/queueMessages.ts';
import { hasHook } from '../domain/jobHooks.ts';
import type { JobSpec, JobState } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';

/** Whether a hook of its template says of each chunk of a job when it may start. */
export async function isGatedByChunk(context: Context, spec: JobSpec): Promise<boolean> {
  if (spec.type === 'folder') return false;
  const template = await context.templates.findKept(spec.templateId);
  return template !== undefined && hasHook(template, 'onValidateChunkDependancies');
}

/** Once for an occasion. */
export const askChunks = (
  context: Context,
  { id, generation }: Pick<JobState, 'id' | 'generation'>,
  occasion: string,
  question: ChunkGateMessage['question'],
): Promise<void> =>
  context.hookQueue.send({
    hook: 'onValidateChunkDependancies',
    jobId: id,
    generation,
    occasion,
    question,
    turn: 1,
  });

/** About chunks whose parents have just come to let them start, so many a message. */
export async function askAboutChunks(
  context: Context,
  state: Pick<JobState, 'id' | 'generation'>,
  occasion: string,
  indexes: readonly number[],
): Promise<void> {
  for (let from = 0; from < indexes.length; from += MOST_NAMED) {
    await askChunks(context, state, `${occasion}-${from}`, indexes.slice(from, from + MOST_NAMED));
  }
}
