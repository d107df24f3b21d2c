/** Templates that have a hook: of the project, and of those that were pushed. */
import type { DispatcherHook, Template } from '../contract/hooks.ts';
import { hasHook } from '../domain/jobHooks.ts';
import type { Context } from '../runtime/context.ts';

/** One that was pushed in the last ten minutes may be missing. */
export async function templatesWithHook(context: Context, hook: DispatcherHook): Promise<Template[]> {
  const { hookTemplates } = await context.configuration.getLate();
  const pushed = await Promise.all(hookTemplates.map((id) => context.templates.findKept(id)));
  const all = [
    ...(await context.templates.builtIn()),
    ...pushed.filter((template) => template !== undefined),
  ];
  return all.filter((template) => hasHook(template, hook));
}

/** Whether some template may have one of some hooks. A farm whose templates have none pays nothing for the question. */
export async function mayHaveHooks(context: Context, hooks: readonly DispatcherHook[]): Promise<boolean> {
  const ofTheProject = await context.templates.builtIn();
  if (ofTheProject.some((template) => hooks.some((hook) => hasHook(template, hook)))) return true;
  // Whoever asks has read the settings for the activity log.
  return (await context.configuration.get()).hookTemplates.length > 0;
}
