/** A job whose chunks may start now, or whose queued ones are used up → its template is asked about the next ones. */
import { askChunks, isGatedByChunk } from '../../shared/actions/askChunks.ts';
import { mayHaveHooks } from '../../shared/actions/templatesWithHooks.ts';
import { questionAfter } from '../../shared/domain/chunkGates.ts';
import type { JobState } from '../../shared/model/job.ts';
import type { Context } from '../../shared/runtime/context.ts';

export async function queueChunkGates(
  context: Context,
  was: JobState | undefined,
  is: JobState,
): Promise<void> {
  const question = questionAfter(was, is);
  if (question === undefined || !(await mayHaveHooks(context, ['onValidateChunkDependancies']))) return;
  const spec = await context.jobs.findSpec(is.id, { consistent: true });
  if (spec === undefined || !(await isGatedByChunk(context, spec))) return;
  await askChunks(context, is, String(is.version), question);
}
