/** Has hooks asked, each minute, about chunks that wait for their word. */
import { askChunks as ask, isGatedByChunk } from '../../shared/actions/askChunks.ts';
import { mayHaveHooks } from '../../shared/actions/templatesWithHooks.ts';
import { mayHaveWaiting } from '../../shared/domain/chunkGates.ts';
import { followsChunks } from '../../shared/domain/dependencies.ts';
import { isStartable } from '../../shared/domain/jobStatus.ts';
import type { JobSpec, JobState } from '../../shared/model/job.ts';
import { isoTime } from '../../shared/model/time.ts';
import type { Context } from '../../shared/runtime/context.ts';
import type { Farm } from './farm.ts';

/** A job that follows others chunk by chunk waits for no hook as long as its template has none, and has refused nothing. */
async function waitsForHook(context: Context, spec: JobSpec, { id, generation }: JobState): Promise<boolean> {
  if (!followsChunks(spec) || (await isGatedByChunk(context, spec))) return true;
  return (await context.chunkGates.get(id, generation)).gate.refused.length > 0;
}

/** Of a job whose template has lost the hook too: then nothing holds its chunks back. */
export async function askChunks(context: Context, { jobs }: Farm): Promise<number> {
  const waiting = jobs.filter((state) => mayHaveWaiting(state) && isStartable(state));
  if (waiting.length === 0 || !(await mayHaveHooks(context, ['onValidateChunkDependancies']))) return 0;
  const specs = await context.jobs.specs(waiting.map(({ id }) => id));
  const minute = isoTime(context.clock.now()).slice(0, 16);
  let count = 0;
  for (const state of waiting) {
    const spec = specs.get(state.id);
    if (spec === undefined || !(await waitsForHook(context, spec, state))) continue;
    await ask(context, state, minute, 'again');
    count += 1;
  }
  return count;
}
