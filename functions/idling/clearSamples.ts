/** Goes on with clearings of statistics and history that were too large for the call that asked for them. */
import { continueClearing } from '../../shared/actions/clearBetween.ts';
import type { Context } from '../../shared/runtime/context.ts';
import type { Farm } from './farm.ts';

/** Samples that one tick removes at most, for each clearing. */
const AT_ONCE = 50_000;

export async function clearSamples(context: Context, { statistics }: Farm): Promise<number> {
  let count = 0;
  for (const clearing of statistics.clearings) {
    count += (await continueClearing(context, clearing, AT_ONCE)).removedCount;
  }
  return count;
}
