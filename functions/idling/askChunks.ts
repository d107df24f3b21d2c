/** Has hooks asked, each minute, about chunks that wait for their word. */
import { askChunks as ask } from '../../shared/actions/askChunks.ts';
import { mayHaveHooks } from '../../shared/actions/templatesWithHooks.ts';
import { mayHaveWaiting } from '../../shared/domain/chunkGates.ts';
import { followsChunks } from '../../shared/domain/dependencies.ts';
import { isStartable } from '../../shared/domain/jobStatus.ts';
import { isoTime } from '../../shared/model/time.ts';
import type { Context } from '../../shared/runtime/context.ts';
import type { Farm } from './farm.ts';

/** Of a job whose template has lost the hook too: then nothing holds its chunks back. */
export async function askChunks(context: Context, { jobs }: Farm): Promise<number> {
  const waiting = jobs.filter((state) => mayHaveWaiting(state) && isStartable(state));
  if (waiting.length === 0 || !(await mayHaveHooks(context, ['onValidateChunkDependancies']))) return 0;
  const specs = await context.jobs.specs(waiting.map(({ id }) => id));
  const minute = isoTime(context.clock.now()).slice(0, 16);
  let count = 0;
  for (const state of waiting) {
    const spec = specs.get(state.id);
    if (spec === undefined || followsChunks(spec)) continue;
    await ask(context, state, minute, 'again');
    count += 1;
  }
  return count;
}
