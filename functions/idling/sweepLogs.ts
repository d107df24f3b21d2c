/** Deletes the lines of logs that were removed, in steps: a day may have a million. Nobody sees them meanwhile. */
import type { Context } from '../../shared/runtime/context.ts';

/** There is no hurry, and a farm at rest should not pay for a look each minute. */
const MINUTES = 10;
/** A step takes up to four thousand lines. */
const STEPS_AT_ONCE = 5;

export async function sweepLogs(context: Context): Promise<number> {
  if (new Date(context.clock.now()).getUTCMinutes() % MINUTES !== 0) return 0;
  let steps = 0;
  for (const day of await context.logs.days()) {
    if (day.removedBefore === null) continue;
    while (steps < STEPS_AT_ONCE) {
      steps += 1;
      if (await context.logs.sweep(day)) break;
    }
  }
  return steps;
}
