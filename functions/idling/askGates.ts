/** Has hooks asked once more, each minute, about jobs that wait for their word. */
import { askGate } from '../../shared/actions/evaluateDependencies.ts';
import { isGated } from '../../shared/actions/newJobState.ts';
import { templatesWithHook } from '../../shared/actions/templatesWithHooks.ts';
import { isoTime } from '../../shared/model/time.ts';
import type { Context } from '../../shared/runtime/context.ts';
import type { Farm } from './farm.ts';

export async function askGates(context: Context, { jobs }: Farm): Promise<number> {
  const waiting = jobs.filter(({ status }) => status === 'waiting');
  if (waiting.length === 0 || (await templatesWithHook(context, 'onValidateJobDependancies')).length === 0) {
    return 0;
  }
  const specs = await context.jobs.specs(waiting.map(({ id }) => id));
  const minute = isoTime(context.clock.now()).slice(0, 16);
  let count = 0;
  for (const state of waiting) {
    const spec = specs.get(state.id);
    if (spec === undefined || !(await isGated(context, spec))) continue;
    await askGate(context, state, minute);
    count += 1;
  }
  return count;
}
