/**
 * Clears statistics or history between two times. What is too much for one call is noted, and the tick goes on with
 * it; whoever asks again for the same helps, and harms nothing.
 */
import { invalidInput } from '../errors.ts';
import { timeAfter } from '../model/clock.ts';
import { laterOf, monthsBetween } from '../model/time.ts';
import type { Context } from '../runtime/context.ts';
import type { Clearable, Clearing } from '../store/statisticsStore.ts';

/** Samples that a call removes before it answers. */
const AT_ONCE = 2_000;
const DAY_SECONDS = 86_400;
const BEGINNING = '1970-01-01T00:00:00.000Z';
/** Nothing is kept longer, and nothing ends later than now. */
const LONGEST_KEPT_DAYS = 3_660;

export interface Cleared {
  readonly removedCount: number;
  /** What is still to be cleared; null if nothing is. */
  readonly remaining: { readonly start: string; readonly end: string } | null;
}

/** Clears what lies between two times, both inclusive: a first part of it, if it is much. */
export async function clearBetween(
  context: Context,
  what: Clearable,
  asked: { readonly start: string | null; readonly end: string | null },
): Promise<Cleared> {
  const start = asked.start ?? BEGINNING;
  const end = asked.end ?? timeAfter(context.clock);
  if (start > end) throw invalidInput('end', `must not be before start ${start}; it is ${end}`);
  const remainingFrom = laterOf(start, timeAfter(context.clock, -LONGEST_KEPT_DAYS * DAY_SECONDS));
  const clearing = await context.statistics.beginClearing({ what, start, end, remainingFrom });
  return continueClearing(context, clearing, AT_ONCE);
}

/** Goes on with a clearing, removing at most about so much. */
export async function continueClearing(
  context: Context,
  clearing: Clearing,
  limit: number,
): Promise<Cleared> {
  const { removedCount, remainingFrom } = await (clearing.what === 'statistics'
    ? clearStatistics(context, clearing, limit)
    : clearHistory(context, clearing, limit));
  if (remainingFrom === undefined) {
    await context.statistics.endClearing(clearing);
    return { removedCount, remaining: null };
  }
  await context.statistics.moveClearing(clearing, remainingFrom);
  return { removedCount, remaining: { start: remainingFrom, end: clearing.end } };
}

interface Progress {
  readonly removedCount: number;
  /** Undefined when nothing is left. */
  readonly remainingFrom: string | undefined;
}

async function clearStatistics(
  context: Context,
  { remainingFrom, end }: Clearing,
  limit: number,
): Promise<Progress> {
  const { removedCount, isDone } = await context.statistics.removeBetween(remainingFrom, end, limit);
  return { removedCount, remainingFrom: isDone ? undefined : remainingFrom };
}

async function clearHistory(
  context: Context,
  { remainingFrom, end }: Clearing,
  limit: number,
): Promise<Progress> {
  let removedCount = 0;
  const tomorrow = timeAfter(context.clock, DAY_SECONDS);
  for (const month of monthsBetween(remainingFrom, end < tomorrow ? end : tomorrow)) {
    const from = laterOf(remainingFrom, `${month}-01T00:00:00.000Z`);
    if (removedCount >= limit) return { removedCount, remainingFrom: from };
    const part = await context.history.removeOfMonth(month, { from, to: end, limit: limit - removedCount });
    removedCount += part.removedCount;
    if (!part.isDone) return { removedCount, remainingFrom: from };
  }
  return { removedCount, remainingFrom: undefined };
}
