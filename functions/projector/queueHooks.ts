/** A transition of a job → the hooks of its template, if it has any. */
import { hooksOf } from '../../shared/domain/jobHooks.ts';
import type { JobState } from '../../shared/model/job.ts';
import type { Context } from '../../shared/runtime/context.ts';

export async function queueHooks(context: Context, was: JobState | undefined, is: JobState): Promise<void> {
  if (was === undefined || was.generation !== is.generation) return;
  const wanted = hooksOf(was.status, is.status);
  if (wanted.length === 0) return;
  // A farm whose templates have no hooks pays nothing for them.
  const ofTheProject = await context.templates.builtIn();
  if (!ofTheProject.some(({ hooks }) => wanted.some((hook) => hooks?.[hook] !== undefined))) return;
  const spec = await context.jobs.findKeptSpec(is.id);
  const template = spec && (await context.templates.findBuiltIn(spec.templateId));
  for (const hook of wanted) {
    if (template?.hooks?.[hook] === undefined) continue;
    await context.hookQueue.send({ hook, jobId: is.id, generation: is.generation, version: is.version });
  }
}
