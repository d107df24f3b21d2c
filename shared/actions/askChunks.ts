/** Has the hook asked which chunks of a job may start. */
import { followsChunks } from '../domain/dependencies.ts';
import { hasHook } from '../domain/jobHooks.ts';
import type { JobSpec, JobState } from '../model/job.ts';
import type { Context } from '../runtime/context.ts';

/** Whether a hook of its template says of each chunk of a job when it may start. */
export async function isGatedByChunk(context: Context, spec: JobSpec): Promise<boolean> {
  if (spec.type === 'folder' || followsChunks(spec)) return false;
  const template = await context.templates.findKept(spec.templateId);
  return template !== undefined && hasHook(template, 'onValidateChunkDependancies');
}

/** Once for an occasion. Refused ones are asked about again, or only those that nobody was asked about yet. */
export const askChunks = (
  context: Context,
  { id, generation }: Pick<JobState, 'id' | 'generation'>,
  occasion: string,
  question: 'again' | 'next',
): Promise<void> =>
  context.hookQueue.send({
    hook: 'onValidateChunkDependancies',
    jobId: id,
    generation,
    occasion,
    question,
    turn: 1,
  });
