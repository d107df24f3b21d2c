/** Leaves the newest failures of hooks in their list: a hook that always fails must not fill it without end. */
import { hasHooks } from '../../shared/domain/jobHooks.ts';
import type { Context } from '../../shared/runtime/context.ts';
import { isFirstOfHour } from './isFirstOfHour.ts';

const MOST = 1_000;

/** Once an hour, since it reads the whole list. */
export async function trimHookFailures(context: Context): Promise<number> {
  if (!isFirstOfHour(context.clock)) return 0;
  const { hookTemplates } = await context.configuration.getLate();
  if (hookTemplates.length === 0 && !(await context.templates.builtIn()).some(hasHooks)) return 0;
  const failures = await context.hookFailures.list();
  const oldest = failures.toSorted((a, b) => (a.lastAt < b.lastAt ? 1 : -1)).slice(MOST);
  for (const { key } of oldest) await context.hookFailures.remove(key);
  if (oldest.length > 0) context.logger.log('hook-failures-dropped', { count: oldest.length });
  return oldest.length;
}
