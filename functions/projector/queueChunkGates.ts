/** A job whose chunks may start now, or whose queued ones are used up → its template is asked about the next ones. */
import { askChunks, isGatedByChunk } from '../../shared/actions/askChunks.ts';
import { evaluateDependencies } from '../../shared/actions/evaluateDependencies.ts';
import { mayHaveHooks } from '../../shared/actions/templatesWithHooks.ts';
import { questionAfter } from '../../shared/domain/chunkGates.ts';
import { followsChunks } from '../../shared/domain/dependencies.ts';
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
  const isSameLife = was?.followsChunks === true && was.generation === is.generation;
  // Its parents' chunks let its own start: those that did so while it could not are looked for now.
  if (followsChunks(spec) && question === 'again') {
    if (!isSameLife) return;
    await evaluateDependencies(context, is.id);
  }
  await askChunks(context, is, String(is.version), question);
}
