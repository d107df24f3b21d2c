/** From when to when there are samples of statistics or of history, and how many. */
import { timeAfter } from '../model/clock.ts';
import { monthsBetween } from '../model/time.ts';
import type { Context } from '../runtime/context.ts';

const DAY_SECONDS = 86_400;
/** History is looked for at least so far back, even if it is not kept so long any more. */
const LEAST_DAYS = 366;
/** A count that takes longer is given as far as it came: the gateway ends a call after 30 s. */
const LONGEST_COUNT_MS = 15_000;

export interface Extent {
  readonly start: string | null;
  readonly end: string | null;
  readonly sampleCount: number;
  /** False if there are more than were counted in the time that a call has. */
  readonly isComplete: boolean;
}

const nothing: Extent = { start: null, end: null, sampleCount: 0, isComplete: true };

export async function statisticsExtent(context: Context): Promise<Extent> {
  let extent = nothing;
  for await (const at of context.statistics.times()) {
    extent = { start: extent.start ?? at, end: at, sampleCount: extent.sampleCount + 1, isComplete: true };
  }
  return extent;
}

export async function historyExtent(context: Context): Promise<Extent> {
  const endsAt = context.clock.now() + LONGEST_COUNT_MS;
  const { historyDays } = await context.configuration.get();
  const oldest = timeAfter(context.clock, -Math.max(historyDays, LEAST_DAYS) * DAY_SECONDS);
  const months = monthsBetween(oldest, timeAfter(context.clock, DAY_SECONDS));
  const start = await firstFound(months, (month) => context.history.edgeOfMonth(month, 'first'));
  if (start === undefined) return nothing;
  const end = await firstFound(months.toReversed(), (month) => context.history.edgeOfMonth(month, 'last'));
  // Removed between the two looks.
  if (end === undefined) return nothing;
  let sampleCount = 0;
  let isComplete = true;
  for (const month of monthsBetween(start, end)) {
    await context.history.countMonth(month, (count) => {
      sampleCount += count;
      isComplete &&= context.clock.now() < endsAt;
      return isComplete;
    });
  }
  return { start, end, sampleCount, isComplete };
}

async function firstFound(
  months: readonly string[],
  find: (month: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  for (const month of months) {
    const found = await find(month);
    if (found !== undefined) return found;
  }
  return undefined;
}
