/** Carries on backups, restores and imports that nobody asks about any more, and removes bodies that no entry has. */
import type { Context } from '../../shared/runtime/context.ts';

/** Then the tick ends, and the next one goes on: nothing else of it should wait for longer. */
const LONGEST_MS = 30_000;

export async function continueArchive(context: Context): Promise<number> {
  const until = context.clock.now() + LONGEST_MS;
  const works = await context.backups.work();
  if (works.length === 0) return 0;
  const { isEnded } = await import('./archiveSteps.ts');
  let count = 0;
  for (const work of works) {
    if (context.clock.now() >= until) break;
    if (await isEnded(context, work, until)) count += 1;
  }
  return count;
}
