/** A transition of a job → the hooks of its template, if it has any. */
import { mayHaveHooks } from '../../shared/actions/templatesWithHooks.ts';
import { hasHook, hooksOf } from '../../shared/domain/jobHooks.ts';
import type { JobState, SeenState } from '../../shared/model/job.ts';
import type { Context } from '../../shared/runtime/context.ts';

export async function queueHooks(context: Context, was: JobState | undefined, is: JobState): Promise<void> {
  const wanted = hooksOf(was, is);
  if (wanted.length === 0 || !(await mayHaveHooks(context, wanted))) return;
  // Strongly: a job that was submitted a moment ago must not be missed.
  const spec = await context.jobs.findSpecOrRemains(is.id);
  const template = spec && (await context.templates.findKept(spec.templateId));
  if (template === undefined) return;
  for (const hook of wanted) {
    if (hasHook(template, hook))
      await context.hookQueue.send({ hook, templateId: template.id, state: seen(is) });
  }
}

/** A message carries no more of a state than hooks are told. */
function seen(state: JobState): SeenState {
  const { id, status, statusReason, paused, generation, version, next, total, slots } = state;
  const { counts, followsChunks, startedAt, endedAt } = state;
  return {
    id,
    status,
    statusReason,
    paused,
    generation,
    version,
    next,
    total,
    slots,
    counts,
    followsChunks,
    startedAt,
    endedAt,
  };
}
